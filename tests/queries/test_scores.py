"""Points of a branch: hand-worked sums, what is missing, what does not apply, what happened, and the year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import select

from okr_desk.clock import FixedClock
from okr_desk.model.tables import Category
from okr_desk.queries import facts, orgs
from okr_desk.queries import scores as queries
from okr_desk.rules.indicators import IndicatorDraft
from okr_desk.rules.schemes import BlockDraft, LineDraft, SchemeDraft
from okr_desk.rules.scores import EventDraft, RedLineDraft
from okr_desk.scoring.grades import RedLineKind
from okr_desk.services import indicators, schemes, scores
from okr_desk.terms import Accumulation, Across, BlockKind, Dimension, Direction, Frequency, PointsState, QuarterState
from tests.scored_township import Scored, draft, scored

D = Decimal


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Iterator[Scored]:
    made = scored(tmp_path / "镇.okr", clock)
    yield made
    made.small.store.close()


def event(
    town: Scored,
    code: str,
    amount: str,
    fact: str,
    day: date = date(2026, 8, 12),
    quarter: int = 3,
    org_id: int | None = None,
    matter: str = "",
) -> int:
    small = town.small
    with small.store.write(small.office) as session:
        key = (org_id or small.village, town.ids[code], small.quarters[quarter])
        said = EventDraft(*key, day, D(amount), fact, "青组〔2026〕8号", matter)
        return scores.record_event(session, small.office, said).value


def points_of(town: Scored, number: int = 3) -> dict[str, Decimal | None]:
    return {one.line.code: one.points.points if one.points else None for one in town.sheet(number).lines}


def fill(town: Scored, number: int = 3) -> None:
    """到会率 78.5 → 2, 党费 97.2 → 1 (the issue's own example), 收入 7 of 8 → 7."""
    for code, value in (("B08", "78.5"), ("B09", "97.2"), ("F07", "7")):
        town.measure(code, value, number)


def test_a_sheet_worked_out_by_hand(town: Scored) -> None:
    fill(town)
    event(town, "B11", "1", "预审材料漏项")
    event(town, "X03", "1", "推广", matter="联户议事")
    event(town, "X03", "2", "市级推广", matter="联户议事")
    sheet = town.sheet()
    assert points_of(town) == {"B08": 2, "B09": 1, "B11": 2, "F07": 7, "X03": 2}  # the highest award only
    assert [block.total.total.points if block.total else None for block in sheet.blocks] == [5, 7, None]
    assert sheet.sheet is not None and sheet.grade is not None
    assert (sheet.sheet.base, sheet.sheet.bonus, sheet.sheet.total.points) == (12, 2, 14)
    assert sheet.sheet.percent is not None and round(sheet.sheet.percent, 4) == D("73.6842")  # 14 ÷ 19
    assert sheet.grade.grade == "一般"
    assert {name: one.points for name, one in sheet.sheet.dimensions.items()} == {Dimension.BASIC: 12}


def test_the_reason_can_be_read_in_one_line(town: Scored) -> None:
    fill(town)
    reasons = {one.line.code: one.reason for one in town.sheet().lines}
    assert reasons["B09"] == "97.2% → 差 2.8 个百分点 → 扣 3 分（向上取整）→ 1 分；4－3＝1"
    assert reasons["B08"] == "4×（78.5－72）÷（85－72）＝2"


def test_missing_is_not_zero_until_the_quarter_is_closed(town: Scored) -> None:
    town.measure("B08", "85")
    sheet = town.sheet()
    assert points_of(town) == {"B08": 4, "B09": None, "B11": 3, "F07": None, "X03": None}
    assert sheet.sheet is not None and sheet.sheet.percent == 100  # 7 of the 7 points that are reported
    town.state(3, QuarterState.CLOSED)
    assert points_of(town) == {"B08": 4, "B09": 0, "B11": 3, "F07": 0, "X03": None}
    closed = town.sheet()
    assert closed.sheet is not None and closed.sheet.total.points == 7
    states = {one.line.code: one.points.state for one in closed.lines if one.points}
    assert states["B09"] is PointsState.MISSING and "未报送" in closed.lines[1].reason


def test_what_does_not_apply_is_shared_by_the_others(town: Scored) -> None:
    """Without 党费 (4 of 11) the block scales: (2＋3)×11÷7."""
    fill(town)
    with town.small.store.write(town.small.office) as session:
        indicators.not_applicable(session, town.small.office, town.small.village, town.ids["B09"], 2026, "没有在职党员")
    sheet = town.sheet()
    total = sheet.blocks[0].total
    assert total is not None and total.total.points is not None
    assert round(total.total.points, 6) == D("7.857143") and total.coverage == D(7) / D(11)
    assert sheet.lines[1].points is not None and sheet.lines[1].points.state is PointsState.NOT_APPLICABLE


def test_events_count_until_they_are_withdrawn(town: Scored) -> None:
    made = event(town, "B11", "2", "两份材料缺签字")
    assert points_of(town)["B11"] == 1
    with town.small.store.write(town.small.office) as session:
        scores.withdraw_event(session, town.small.office, made, "已补签，经核实不扣分")
    assert points_of(town)["B11"] == 3


def add(town: Scored, *said: object, **more: object) -> int:
    """One more indicator of the library."""
    with town.small.store.write(town.small.office) as session:
        made = indicators.create(session, town.small.office, IndicatorDraft(*said, **more)).value  # type: ignore[arg-type]
    town.ids[str(said[0])] = made
    return made


def for_schools(town: Scored, *blocks: BlockDraft) -> None:
    """A scheme for the category 学校, in use."""
    small = town.small
    with small.store.write(small.office) as session:
        school = session.exec(select(Category.id).where(Category.name == "学校")).one()
        made = schemes.create(session, small.office, school, 2026, SchemeDraft("学校五分制", blocks)).value
        schemes.activate(session, small.office, schemes.standing.scheme(session, made).versions[0].id)


def test_what_happens_on_occasion_is_only_judged_when_it_was_due(town: Scored) -> None:
    """按期换届: no election due in a quarter is no election left out, also when the quarter is closed."""
    school = town.small.school
    kept = add(town, "B14", "按期换届", "", Direction.UP, Dimension.BASIC, Frequency.ON_EVENT)
    lines = (LineDraft(kept, D(2), "yesno"), LineDraft(town.ids["B11"], D(3), "deduct each=1"))
    for_schools(town, BlockDraft("基础性", D(5), lines))
    town.measure("B14", "1", org_id=school)
    town.state(2, QuarterState.CLOSED)

    election, faults = town.sheet(2, school).lines
    assert election.points is None and election.note == "本项不在本季考核，有数值时计入。"
    assert faults.points is not None and faults.points.points == 3
    assert [one.points.points for one in town.sheet(3, school).lines if one.points] == [2, 3]


def test_events_of_what_counts_through_the_year_add_up(town: Scored) -> None:
    """急难愁盼典型案例数, 2.5 points each: one in the first quarter and one in the third are two in the third."""
    school = town.small.school
    kept = Accumulation.YEAR_TO_DATE
    said = ("X02", "急难愁盼典型案例数", "个", Direction.UP, Dimension.INNOVATION, Frequency.HALF_YEARLY)
    cases = add(town, *said, accumulation=kept)
    base = (LineDraft(town.ids["B11"], D(3), "deduct each=1"),)
    best = (LineDraft(cases, D(5), "bonus each=2.5", across=Across.BEST),)
    for_schools(town, BlockDraft("基础性", D(3), base), BlockDraft("创新性", D(5), best, kind=BlockKind.BONUS))
    event(town, "X02", "1", "独居老人助浴", date(2026, 2, 12), 1, school)
    event(town, "X02", "1", "夜间校车", date(2026, 8, 12), 3, school)
    event(town, "B11", "1", "材料缺签字", date(2026, 2, 12), 1, school)

    made = {number: [one.points.points for one in town.sheet(number, school).lines if one.points] for number in (1, 3)}
    assert made == {1: [2, D("2.5")], 3: [3, 5]}
    with town.small.store.read() as session:
        org = orgs.view(session, school, date(2026, 12, 31))
        faults, found = queries.year_sheets(session, 2026, [org])[0].lines
    assert found.points is not None and found.points.points == 5 and len(found.events) == 2
    assert [one.fact for one in faults.events] == ["材料缺签字"]


def test_a_red_line_limits_the_grade_and_leaves_the_score(town: Scored) -> None:
    for code, value in (("B08", "85"), ("B09", "100"), ("F07", "8")):
        town.measure(code, value)
    before = town.sheet()
    assert before.grade is not None and (before.grade.grade, before.grade.score) == ("好", 100)
    small = town.small
    with small.store.write(small.office) as session:
        said = RedLineDraft(
            small.village, small.quarters[3], "V4", RedLineKind.LOCK, date(2026, 9, 1), "会议照片挪用上年",
            "青纪〔2026〕3号",
        )  # fmt: skip
        made = scores.record_red_line(session, small.office, said).value
    after = town.sheet()
    assert after.grade is not None and (after.grade.grade, after.grade.by_score, after.grade.score) == (
        "较好",
        "好",
        100,
    )
    assert [(one.code, one.document) for one in after.red_lines] == [("V4", "青纪〔2026〕3号")]
    with small.store.write(small.office) as session:
        scores.lift_red_line(session, small.office, made, "核实为误报")
    assert town.sheet().grade == before.grade


def test_a_category_without_a_scheme_has_an_empty_sheet(town: Scored) -> None:
    sheet = town.sheet(org_id=town.small.school)
    assert (sheet.scheme, sheet.version, sheet.blocks, sheet.sheet, sheet.grade) == (None, None, (), None, None)


def test_the_year_is_the_mean_of_its_quarters(town: Scored) -> None:
    """到会率 2 and 4 → 3; 收入 7 and 8 → 7.5; 差错 without events 3 each quarter; 党费 only in the third: 1."""
    fill(town)
    town.measure("B08", "85", 2)
    town.measure("F07", "8", 2)
    made = {one.line.code: one.points.points if one.points else None for one in town.year().lines}
    assert made == {"B08": 3, "B09": 1, "B11": 3, "F07": D("7.5"), "X03": None}


def test_the_year_brings_the_quarters_that_it_is_made_of(town: Scored) -> None:
    """The first and second quarter have begun, the fourth has not."""
    fill(town)
    town.measure("B08", "85", 2)
    with town.small.store.read() as session:
        org = orgs.view(session, town.small.village, date(2026, 12, 31))
        made = queries.years(session, 2026, [org])[0]
    assert [one.quarter.number for one in made.quarters if one.quarter] == [1, 2, 3]
    assert made.quarters[2].lines == town.sheet().lines and made.year == town.year()
    attendance = [one.lines[0].points.points if one.lines[0].points else None for one in made.quarters]
    assert attendance == [None, 4, 2]


def test_measured_values_feed_both_ledgers(town: Scored) -> None:
    """The sheet shows OKR progress beside the points and never puts it into the grade."""
    fill(town)
    sheet = town.sheet()
    assert sheet.progress is None  # no key results here
    assert sheet.grade is not None and sheet.grade.by_score == "一般"


def test_only_what_a_sheet_needs_is_read(town: Scored, monkeypatch: pytest.MonkeyPatch) -> None:
    """One branch is scored from its own values, unless a rule compares it with others of its kind."""
    asked: list[object] = []
    read = facts.year_lines
    monkeypatch.setattr(
        facts, "year_lines", lambda s, y, q, of=None, people=False: asked.append(of) or read(s, y, q, of, people)
    )
    town.sheet()
    small = town.small
    with small.store.write(small.office) as session:
        version = schemes.next_version(session, small.office, town.scheme, 3, "与第一名比").value
        wanted = draft(town.ids)
        lines = (replace(wanted.blocks[1].lines[0], rule="to-first"),)
        blocks = (wanted.blocks[0], replace(wanted.blocks[1], lines=lines), wanted.blocks[2])
        schemes.revise(session, small.office, version, replace(wanted, blocks=blocks, from_quarter=3))
        schemes.activate(session, small.office, version)
    town.measure("F07", "6")
    assert points_of(town)["F07"] == 8  # the only one of its kind is the first
    assert asked[0] == [small.village] and asked[-1] is None

"""What rules take from values and events: awards by matter, several counts, ballots, places among those of a kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import Session, select

from okr_desk.clock import FixedClock
from okr_desk.errors import InputRefused
from okr_desk.model.tables import OrgVersion
from okr_desk.queries.score_lines import LineScore
from okr_desk.rules.indicators import BaselineDraft, IndicatorDraft, TargetDraft
from okr_desk.rules.schemes import LineDraft
from okr_desk.rules.scores import EventDraft
from okr_desk.services import indicators, schemes, scores
from okr_desk.terms import Accumulation, Across, Dimension, Direction, Frequency, PointsState, QuarterState
from tests.scored_township import DAY, Scored, draft, scored

D = Decimal


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Scored]:
    made = scored(tmp_path / "计分.okr", FixedClock(DAY))
    yield made
    made.small.store.close()


def ruled(town: Scored, *lines: tuple[str, str, str], bonus: str = "bonus") -> None:
    """A second version from the third quarter on: these lines (code, points, rule) in the first block."""
    wanted = draft(town.ids)
    office = town.small.office
    made = tuple(LineDraft(town.ids[code], D(points), rule) for code, points, rule in lines)
    first = replace(wanted.blocks[0], maximum=sum((line.maximum for line in made), D(0)), lines=made)
    award = replace(wanted.blocks[2], lines=(replace(wanted.blocks[2].lines[0], rule=bonus),))
    with town.small.store.write(office) as session:
        version = schemes.next_version(session, office, town.scheme, 3, "换规则").value
        blocks = (first if made else wanted.blocks[0], wanted.blocks[1], award)
        schemes.revise(session, office, version, replace(wanted, blocks=blocks, from_quarter=3))
        schemes.activate(session, office, version)


def event(town: Scored, code: str, amount: str = "1", **more: object) -> int:
    office = town.small.office
    key = (town.small.village, town.ids[code], town.small.quarters[3])
    said = EventDraft(*key, date(2026, 8, 12), D(amount), "事由")
    with town.small.store.write(office) as session:
        return scores.record_event(session, office, replace(said, **more)).value  # type: ignore[arg-type]


def line(town: Scored, code: str, org_id: int | None = None) -> LineScore:
    return next(one for one in town.sheet(org_id=org_id).lines if one.line.code == code)


def made(town: Scored, code: str, org_id: int | None = None) -> tuple[Decimal | None, PointsState]:
    found = line(town, code, org_id).points
    assert found is not None
    return found.points, found.state


# Awards


def test_one_matter_counts_by_its_highest_award_and_matters_add_up(town: Scored) -> None:
    """联户议事 1 and 2 → 2, 积分超市 1 → 1, together 3; domain fact 3: the same item takes the highest."""
    event(town, "X03", "1", matter="联户议事")
    event(town, "X03", "2", matter="联户议事")
    event(town, "X03", "1", matter="积分超市")
    found = line(town, "X03")
    assert made(town, "X03") == (3, PointsState.SCORED)
    assert "“联户议事”1、2 中取最高，计 2 分；“积分超市”计 1 分；同一事项不累加，不同事项相加：2＋1＝3" in found.reason


def test_events_without_a_matter_are_matters_of_their_own(town: Scored) -> None:
    event(town, "X03", "1", fact="县级推广")
    event(town, "X03", "1", fact="市级表彰")
    assert made(town, "X03") == (2, PointsState.SCORED)


def test_what_adds_up_beyond_the_cap_is_cut(town: Scored) -> None:
    for matter in ("一", "二", "三", "四"):
        event(town, "X03", "1", matter=matter)
    assert made(town, "X03") == (3, PointsState.SCORED)


def test_a_typed_count_is_no_points_of_an_award(town: Scored) -> None:
    """2 次 reported says nothing of what they are worth; the line says what to do."""
    town.measure("X03", "2")
    found = line(town, "X03")
    assert made(town, "X03") == (0, PointsState.SCORED)
    assert found.note == "填报了 2次，加分按登记的事项计，请逐项登记。"


def test_only_the_levels_of_the_rule_can_be_entered(town: Scored) -> None:
    """domain 1.4 X03: 县 1, 市 2, 省 3."""
    ruled(town, bonus="bonus levels=1,2,3")
    event(town, "X03", "2")
    with pytest.raises(InputRefused, match="每项加分只能是 1、2、3 分中的一种") as refused:
        event(town, "X03", "9")
    assert refused.value.field == "amount"


# Several counts at once


def test_two_kinds_of_deduction_are_counted_apart(town: Scored) -> None:
    """10 − 0.5×2 − 1×3 = 6; a second entry adds up: 10 − 0.5×3 − 1×3 = 5.5."""
    ruled(town, ("B11", "10", "deduct each=0.5,1"))
    event(town, "B11", "5", counts=(D(2), D(3)))
    assert made(town, "B11") == (6, PointsState.SCORED)
    event(town, "B11", "1", counts=(D(1), D(0)))
    assert made(town, "B11") == (D("5.5"), PointsState.SCORED)


def test_without_events_nothing_is_deducted_and_a_total_alone_cannot_be_told_apart(town: Scored) -> None:
    ruled(town, ("B11", "10", "deduct each=0.5,1"))
    assert made(town, "B11") == (10, PointsState.SCORED)
    town.measure("B11", "4")
    found = line(town, "B11")
    assert found.points is not None and found.points.points is None
    assert found.reason == "这一项分 2 类扣分，只有总次数不能计分，请按类登记。"


def test_ballots_are_counted_by_answer_and_add_up(town: Scored) -> None:
    """domain 1.3 "VOTE": 18, 5, 2, 0 at 100, 85, 70, 50 → 94.6; half of it again changes nothing."""
    ruled(town, ("B08", "100", "votes values=100,85,70,50"))
    event(town, "B08", "25", counts=(D(18), D(5), D(2), D(0)))
    assert made(town, "B08") == (D("94.6"), PointsState.SCORED)
    event(town, "B08", "25", counts=(D(18), D(5), D(2), D(0)))
    assert made(town, "B08") == (D("94.6"), PointsState.SCORED)


def test_a_mean_counted_elsewhere_is_taken_as_it_is(town: Scored) -> None:
    ruled(town, ("B08", "100", "votes values=100,85,70,50"))
    assert made(town, "B08") == (None, PointsState.MISSING)
    town.measure("B08", "94.6")
    assert made(town, "B08") == (D("94.6"), PointsState.SCORED)
    town.measure("B08", "30")
    assert "不在各档分值 50 至 100 之间" in line(town, "B08").reason


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [((), "请依次填 4 个数"), ((D(1), D(2)), "请依次填 4 个数"), ((D(1), D("0.5"), D(0), D(0)), "0 或正整数")],
)
def test_counts_that_the_rule_cannot_tell_apart_are_refused(
    town: Scored, counts: tuple[Decimal, ...], sentence: str
) -> None:
    ruled(town, ("B08", "100", "votes values=100,85,70,50"))
    with pytest.raises(InputRefused, match=sentence) as refused:
        event(town, "B08", "1", counts=counts)
    assert refused.value.field == "counts"


# Others, targets, years


def _move_to_rural(town: Scored, session: Session) -> None:
    """The school becomes the second branch of the village's category."""
    for row in session.exec(select(OrgVersion).where(OrgVersion.org_id == town.small.school)):
        row.category_id = town.rural
        session.add(row)
    session.flush()


def test_a_branch_that_it_does_not_apply_to_has_no_place(town: Scored) -> None:
    """Village 80 behind the school's 90; once the indicator does not apply to the school, the village is first."""
    small = town.small
    with small.store.write(small.office) as session:
        _move_to_rural(town, session)
    ruled(town, ("B08", "10", "rank table=10,6"))
    town.measure("B08", "80")
    town.measure("B08", "90", org_id=small.school)
    assert made(town, "B08") == (6, PointsState.SCORED)
    with small.store.write(small.office) as session:
        indicators.not_applicable(session, small.office, small.school, town.ids["B08"], 2026, "没有这项工作")
    assert made(town, "B08") == (10, PointsState.SCORED)


def test_without_a_target_nothing_is_scored_and_closing_makes_no_zero_of_it(town: Scored) -> None:
    """The office has set no line for X04: the branch's 5 hours stay unscored, open and closed; silence becomes 0."""
    small = town.small
    with small.store.write(small.office) as session:
        said = IndicatorDraft("X04", "志愿服务时长", "小时", Direction.UP, Dimension.INNOVATION)
        town.ids["X04"] = indicators.create(session, small.office, said).value
        _move_to_rural(town, session)
        line = (small.school, town.ids["X04"], 2026)
        start = BaselineDraft(*line, D(0), date(2025, 12, 31), "2025年末实绩")
        indicators.set_line(session, small.office, start, TargetDraft(*line, D(10)))
    ruled(town, ("X04", "6", "linear"), ("B09", "4", "per-point rounding=ceil"))
    town.measure("X04", "5")
    assert made(town, "X04") == (None, PointsState.UNSET)
    town.state(3, QuarterState.CLOSED)
    assert made(town, "X04") == (None, PointsState.UNSET) and made(town, "B09") == (0, PointsState.MISSING)
    sheet = town.sheet()
    assert sheet.blocks[0].total is not None and sheet.blocks[0].total.total.reported == 4
    assert any("未设基线或目标 1 项" in step for step in sheet.blocks[0].total.steps)


def test_a_target_in_the_rule_is_phased_like_the_branch_s_own(town: Scored) -> None:
    """A year-cumulative 100 owes 75 by the third quarter: 60 of 75 of 10 points are 8, and 75 is what is shown."""
    small = town.small
    with small.store.write(small.office) as session:
        said = IndicatorDraft(
            "F01", "重点项目节点完成率", "%", Direction.UP, Dimension.FUSION, accumulation=Accumulation.YEAR_TO_DATE
        )
        town.ids["F01"] = indicators.create(session, small.office, said).value
    ruled(town, ("F01", "10", "ratio t=100"))
    town.measure("F01", "60")
    found = line(town, "F01")
    assert (found.baseline, found.target, made(town, "F01")[0]) == (0, 75, 8)
    assert found.note == "年累计指标，自 0 起算，到第3季度按全年目标的 3/4 计。"


def test_the_satisfaction_beside_an_activity_names_its_indicator(town: Scored) -> None:
    """12 of 12 held, 90 of 100 content: 10 × 1 × 0.9 in the product form (domain 1.3 "DUAL")."""
    office = town.small.office
    with town.small.store.write(office) as session:
        said = IndicatorDraft("F12", "活动场次", "场", Direction.UP, Dimension.FUSION)
        town.ids["F12"] = indicators.create(session, office, said).value
        version = schemes.next_version(session, office, town.scheme, 3, "加活动").value
        wanted = draft(town.ids)
        held = LineDraft(town.ids["F12"], D(10), "dual N=12 form=product", town.ids["B08"])
        blocks = (replace(wanted.blocks[0], maximum=D(10), lines=(held,)), *wanted.blocks[1:])
        schemes.revise(session, office, version, replace(wanted, blocks=blocks, from_quarter=3))
        schemes.activate(session, office, version)
    town.measure("F12", "12")
    town.measure("B08", "90")
    assert made(town, "F12")[0] == 9
    assert "满意度取“B08 党员到会率”，为 90" in line(town, "F12").reason


def test_a_block_of_a_later_version_owes_the_year_only_its_own_quarters(town: Scored) -> None:
    """Blocks of 16 a year from the third quarter on: a new one has 3 of 4, one whose line stood before 11 of 12.

    差错 1 time at 4 points: 12 of 16, a fourth of it is 3. The two quarters before had 3 of 3 on that line, which are
    4 of 4 of it now.
    """
    office = town.small.office
    with town.small.store.write(office) as session:
        said = IndicatorDraft("B99", "台账差错", "项", Direction.DOWN, Dimension.BASIC, Frequency.ON_EVENT)
        town.ids["B99"] = indicators.create(session, office, said).value
        version = schemes.next_version(session, office, town.scheme, 3, "改块").value
        wanted = draft(town.ids)
        old, new = (
            replace(
                wanted.blocks[0],
                name=code,
                maximum=D(16),
                lines=(LineDraft(town.ids[code], D(16), "deduct each=4"),),
                across=Across.CUMULATIVE,
            )
            for code in ("B11", "B99")
        )
        schemes.revise(session, office, version, replace(wanted, blocks=(old, new, *wanted.blocks[1:]), from_quarter=3))
        schemes.activate(session, office, version)
    event(town, "B11")
    event(town, "B99")
    found = [block.total.total for block in town.year().blocks[:2] if block.total]
    assert [(one.points, one.maximum) for one in found] == [(11, 12), (3, 4)]
    points = next(one.points for one in town.year().lines if one.line.code == "B11")
    assert points is not None and points.maximum == 12

"""Red lines are the office's own: added, reworded, retired; entries keep their wording; schemes name their lists."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from okr_desk.clock import FixedClock
from okr_desk.errors import InputRefused, NotAllowed, WrongState
from okr_desk.queries import cycles, orgs
from okr_desk.queries import red_lines as standing
from okr_desk.queries import schemes as schemes_now
from okr_desk.queries.red_lines import RedLineRuleView
from okr_desk.rules.permissions import Actor
from okr_desk.rules.red_lines import RedLineRuleDraft, seed
from okr_desk.rules.schemes import BlockDraft, LineDraft, SchemeDraft
from okr_desk.rules.scores import RedLineDraft
from okr_desk.scoring.grades import RedLineKind
from okr_desk.services import red_lines, schemes, scores
from okr_desk.services.outcome import Topic
from okr_desk.terms import Across, QuarterState
from tests.scored_township import Scored, draft, scored

D = Decimal
DAYS = {3: date(2026, 9, 1), 4: date(2026, 10, 5)}
TARGET = RedLineRuleDraft(
    "J1",
    "主要经营指标未完成",
    RedLineKind.VETO,
    "年度主要经营指标未完成",
    source="锦州供电考核（国家电网报，2018）",
    list_name="国企否决",
)
"""Of the veto list of 锦州供电 (domain 1.1, scheme 5), in a list of its own."""
LOCK = replace(TARGET, code="H1", name="被上级通报批评", kind=RedLineKind.LOCK, highest="一般", list_name="通用")
"""As the negative list of 淮南矿业 (domain 1.1, scheme 16): named cases are not 好."""


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Iterator[Scored]:
    """The third quarter is open, the first two are frozen, the fourth is planned."""
    made = scored(tmp_path / "镇.okr", clock)
    yield made
    made.small.store.close()


def add(town: Scored, wanted: RedLineRuleDraft, quarter: int = 3, actor: Actor | None = None) -> int:
    with town.small.store.write(actor or town.small.office) as session:
        outcome = red_lines.create(session, actor or town.small.office, wanted, town.small.quarters[quarter])
    assert outcome.changes.topics == {Topic.SCHEMES}
    return outcome.value


def reword(town: Scored, rule_id: int, wanted: RedLineRuleDraft, quarter: int = 3) -> bool:
    with town.small.store.write(town.small.office) as session:
        outcome = red_lines.new_version(session, town.small.office, rule_id, wanted, town.small.quarters[quarter])
    return bool(outcome.changes)


def retire(town: Scored, rule_id: int, reason: str = "不再适用") -> None:
    with town.small.store.write(town.small.office) as session:
        red_lines.retire(session, town.small.office, rule_id, reason)


def rules(town: Scored, day: date = date(2026, 9, 28), retired: bool = False) -> dict[str, RedLineRuleView]:
    with town.small.store.read() as session:
        return {one.code: one for one in standing.rules(session, day, retired)}


def counting(town: Scored, quarter: int = 3, org_id: int | None = None) -> list[str]:
    """The codes that can be entered for the village."""
    with town.small.store.read() as session:
        found = cycles.quarter(session, 2026, quarter)
        assert found is not None
        version = standing.in_force(session, found, org_id or town.small.village)
        return [one.code for one in standing.counting(session, found, version)]


def enter(town: Scored, code: str, quarter: int = 3, **more: object) -> int:
    small = town.small
    plain: dict[str, object] = {"kind": RedLineKind.LOCK, "fact": "会议照片挪用上年", "document": "青纪〔2026〕3号"}
    said = RedLineDraft(
        small.village,
        small.quarters[quarter],
        code,
        happened_on=DAYS[quarter],
        **{**plain, **more},  # type: ignore[arg-type]
    )
    with small.store.write(small.office) as session:
        return scores.record_red_line(session, small.office, said).value


def test_the_seed_is_there_once(town: Scored) -> None:
    with town.small.store.write(town.small.office) as session:
        assert red_lines.load_seed(session, date(2026, 1, 1)).value == 0
    assert [one.draft for one in rules(town).values()] == list(seed())


def test_what_is_added_comes_back_with_who_and_from_when(town: Scored) -> None:
    made = add(town, TARGET, 4)
    found = rules(town, date(2026, 10, 1))["J1"]
    assert found.draft == TARGET and (found.id, found.version, found.by) == (made, 1, "王玥")
    assert found.valid_from == date(2026, 10, 1) and found.title == "J1 主要经营指标未完成"
    told = [(one.table, one.action) for one in town.small.trail()[-2:]]
    assert told == [("redlinerule", "insert"), ("redlineversion", "insert")]
    with town.small.store.read() as session:
        assert standing.board(session).lists == ("通用", "青海反向", "国企否决")


@pytest.mark.parametrize(
    ("change", "quarter", "field", "sentence"),
    [
        ({"code": "v4"}, 3, "code", "编号“v4”已有红线"),
        ({"trigger": ""}, 3, "trigger", "请填写“触碰情形”"),
        ({}, 2, "quarter_id", "2026年第二季度已冻结或关账"),
        (
            {"kind": RedLineKind.LOCK, "highest": "三星", "list_name": "通用"},
            3,
            "highest",
            "“农村百分制”的等次里没有“三星”",
        ),
    ],
)
def test_what_cannot_be_added(town: Scored, change: dict[str, object], quarter: int, field: str, sentence: str) -> None:
    with pytest.raises(InputRefused) as refused:
        add(town, replace(TARGET, **change), quarter)  # type: ignore[arg-type]
    assert refused.value.field == field and sentence in refused.value.sentence
    assert len(rules(town)) == len(seed())


def test_only_the_office_may(town: Scored) -> None:
    rule_id, small = rules(town)["V4"].id, town.small
    with pytest.raises(NotAllowed):
        add(town, TARGET, actor=small.secretary)
    for act in (
        lambda session: red_lines.new_version(session, small.secretary, rule_id, TARGET, small.quarters[3]),
        lambda session: red_lines.retire(session, small.secretary, rule_id, "不再适用"),
    ):
        with pytest.raises(NotAllowed), small.store.write(small.secretary) as session:
            act(session)


def test_another_wording_counts_from_its_quarter_and_entries_keep_theirs(town: Scored) -> None:
    town.state(4, QuarterState.OPEN)
    first = rules(town)["V4"]
    enter(town, "V4")
    wanted = replace(first.draft, name="弄虚作假、虚报瞒报", reason="县里统一表述")
    assert reword(town, first.id, wanted, 4)
    assert (rules(town)["V4"].name, rules(town, date(2026, 10, 1))["V4"].name) == ("弄虚作假", "弄虚作假、虚报瞒报")
    enter(town, "V4", 4, fact="台账补造")
    assert [town.sheet(n).red_lines[0].title for n in (3, 4)] == ["V4 弄虚作假", "V4 弄虚作假、虚报瞒报"]
    with town.small.store.read() as session:
        board = standing.board(session)
    told = (next(one for one in board.rules if one.id == first.id), *board.earlier[first.id])
    assert [(one.version, one.name, one.reason) for one in told] == [
        (2, "弄虚作假、虚报瞒报", "县里统一表述"),
        (1, "弄虚作假", ""),
    ]


def test_a_wording_replaced_within_the_quarter_leaves_what_was_entered_before(town: Scored) -> None:
    first = rules(town)["V4"]
    enter(town, "V4")
    assert reword(town, first.id, replace(first.draft, name="数据造假", reason="统一表述"))
    enter(town, "V4", fact="台账补造")
    assert [one.title for one in town.sheet(3).red_lines] == ["V4 弄虚作假", "V4 数据造假"]


def test_a_change_needs_its_reason_and_something_to_change(town: Scored) -> None:
    first = rules(town)["V4"]
    with pytest.raises(InputRefused, match="修改红线须写明理由"):
        reword(town, first.id, replace(first.draft, trigger="数据弄虚作假"))
    assert not reword(town, first.id, replace(first.draft, trigger=f" {first.trigger} ", reason="没有变化"))
    with pytest.raises(InputRefused, match="编号和清单不能改"):
        reword(town, first.id, replace(first.draft, list_name="国企否决", reason="调整"))
    made = add(town, TARGET, 4)
    with pytest.raises(InputRefused, match="现行的表述从 2026-10-01 起用"):
        reword(town, made, replace(TARGET, name="经营指标未完成", reason="简化"), 3)


def test_a_retired_one_is_offered_no_more_and_what_was_entered_counts(town: Scored) -> None:
    for code, value in (("B08", "85"), ("B09", "100"), ("F07", "8")):
        town.measure(code, value)
    enter(town, "V4")
    found = rules(town)["V4"]
    with pytest.raises(InputRefused, match="请写明停用的理由"):
        retire(town, found.id, " ")
    retire(town, found.id)
    assert "V4" not in rules(town) and rules(town, retired=True)["V4"].retired_on == town.small.store.clock.today()
    assert "V4" not in counting(town)
    with pytest.raises(InputRefused, match="红线“V4”不在这个支部2026年第三季度适用的清单里"):
        enter(town, "V4")
    sheet = town.sheet(3)
    assert sheet.grade is not None and (sheet.grade.by_score, sheet.grade.grade) == ("好", "较好")
    with pytest.raises(WrongState, match="红线“V4”已停用"):
        reword(town, found.id, replace(found.draft, reason="再用"))
    last = [one for one in town.small.trail() if one.table == "redlineversion"][-1]
    assert json.loads(last.after)["reason"] == "不再适用"


def test_only_the_lists_that_the_scheme_names_count(town: Scored) -> None:
    """The village's scheme names 通用; the school has no scheme: all that are declared can be entered there."""
    add(town, TARGET)
    add(town, LOCK)
    assert counting(town) == ["V1", "V2", "V3", "V4", "V5", "V6", "V7", "V8", "H1"]
    assert counting(town, 2) == ["V1", "V2", "V3", "V4", "V5", "V6", "V7", "V8"]
    assert "J1" in counting(town, org_id=town.small.school)
    with pytest.raises(InputRefused, match="红线“J1”不在这个支部"):
        enter(town, "J1")


def test_an_entry_leaves_a_grade_that_the_scheme_has(town: Scored) -> None:
    with pytest.raises(InputRefused, match="没有“三星”这个等次") as refused:
        enter(town, "V4", highest="三星")
    assert refused.value.field == "highest"


def test_another_list_is_another_version_of_the_scheme(town: Scored) -> None:
    """From the fourth quarter on 农村 has a list of its own; the third keeps the common one."""
    add(town, TARGET)
    small = town.small
    with small.store.write(small.office) as session:
        version = schemes.next_version(session, small.office, town.scheme, 4, "另立清单").value
        schemes.revise(
            session,
            small.office,
            version,
            draft(town.ids, red_lists=("国企否决",), from_quarter=4, reason="另立清单"),
        )
        schemes.activate(session, small.office, version)
    assert counting(town) == [f"V{n}" for n in range(1, 9)] and counting(town, 4) == ["J1"]
    with small.store.write(small.office) as session:
        schemes.copy_year(session, small.office, 2026, 2027)
    with small.store.read() as session:
        (found,) = schemes_now.schemes(session, 2027)
    assert found.draft is not None and found.draft.red_lists == ("国企否决",)


def test_a_scheme_whose_grades_a_red_line_does_not_know_is_not_put_to_use(town: Scored) -> None:
    """Stars know no 一般: the office says so when the scheme is put to use, not when the first branch crosses it."""
    add(town, LOCK)
    small = town.small
    with (
        pytest.raises(WrongState, match="红线“H1 被上级通报批评”最高评为“一般”"),
        small.store.write(small.office) as session,
    ):
        version = schemes.next_version(session, small.office, town.scheme, 3, "改评星级").value
        schemes.revise(session, small.office, version, draft(town.ids, grades="stars", from_quarter=3, reason="评星级"))
        schemes.activate(session, small.office, version)


def test_a_scheme_that_changed_its_grades_asks_for_those_it_has_now(town: Scored) -> None:
    """From the fourth quarter on 农村 is graded in stars: a new lock may leave 三星, and 一般 no more."""
    small = town.small
    with small.store.write(small.office) as session:
        version = schemes.next_version(session, small.office, town.scheme, 4, "改评星级").value
        schemes.revise(session, small.office, version, draft(town.ids, grades="stars", from_quarter=4, reason="评星级"))
        schemes.activate(session, small.office, version)
    add(town, replace(LOCK, highest="三星"), 4)
    with pytest.raises(InputRefused, match="“农村百分制”的等次里没有“一般”"):
        add(town, replace(LOCK, code="H2"), 4)


def built(town: Scored, blocks: tuple[BlockDraft, ...], lists: tuple[str, ...]) -> None:
    """A scheme for 学校, drawn up from nothing and put to use."""
    small = town.small
    with small.store.write(small.office) as session:
        school = next(one.id for one in orgs.categories(session) if one.name == "学校")
        made = schemes.create(
            session, small.office, school, 2026, SchemeDraft("自拟方案", blocks, red_lists=lists)
        ).value
        schemes.activate(session, small.office, schemes_now.scheme(session, made).versions[0].id)


@pytest.mark.parametrize(
    ("blocks", "list_name", "crossed"),
    [
        # 青海 (domain 1.1, scheme 2): 60 common and 40 own points, six situations lead straight to the lowest grade
        ((("共性指数", "60"), ("个性指数", "40")), "青海反向（自拟）", [f"情形{n}" for n in "一二三四五六"]),
        # CZ-420 (domain 1.2): 320 + 100, with the five vetoes of a power company (domain 1.1, scheme 5)
        ((("党建基础", "320"), ("业绩亮旗", "100")), "长治否决", [f"否决{n}" for n in "一二三四五"]),
    ],
)
def test_a_published_scheme_is_built_from_nothing_with_its_own_list(
    town: Scored, blocks: tuple[tuple[str, str], ...], list_name: str, crossed: list[str]
) -> None:
    for number, name in enumerate(crossed, start=1):
        add(town, RedLineRuleDraft(f"N{number}", name, RedLineKind.VETO, f"{name}的，属实", list_name=list_name))
    lines = (
        (LineDraft(town.ids["B11"], D(blocks[0][1]), "deduct each=1"),),
        (LineDraft(town.ids["X03"], D(blocks[1][1]), "deduct each=1"),),
    )
    built(
        town,
        tuple(
            BlockDraft(name, D(points), line, across=Across.CUMULATIVE)
            for (name, points), line in zip(blocks, lines, strict=True)
        ),
        (list_name,),
    )
    small = town.small
    assert counting(town, org_id=small.school) == [f"N{n}" for n in range(1, len(crossed) + 1)]
    town.state(3, QuarterState.CLOSED)
    before = town.sheet(3, small.school)
    town.state(3, QuarterState.OPEN)
    said = RedLineDraft(
        small.school, small.quarters[3], "N2", RedLineKind.VETO, date(2026, 9, 1), "经查属实", "青党〔2026〕9号"
    )
    with small.store.write(small.office) as session:
        scores.record_red_line(session, small.office, said)
    town.state(3, QuarterState.CLOSED)
    after = town.sheet(3, small.school)
    assert before.grade is not None and after.grade is not None
    assert (before.grade.grade, after.grade.by_score, after.grade.grade) == ("好", "好", "较差")
    assert after.sheet is not None and before.sheet is not None and after.sheet.percent == before.sheet.percent
    assert after.grade.ceilings[0].sentence == (f"一票否决 N2 {crossed[1]}：经查属实（青党〔2026〕9号），评为“较差”。")

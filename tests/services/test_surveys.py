"""Definitions are written anew until somebody answers, then go on in versions; rounds lie in their quarter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from okr_desk.clock import FixedClock
from okr_desk.errors import InputRefused, NotAllowed, WrongState
from okr_desk.queries import surveys as standing
from okr_desk.rules.surveys import GroupDraft, ItemDraft, PopulationDraft
from okr_desk.services import surveys
from okr_desk.services.outcome import Topic
from okr_desk.survey_terms import ItemKind, NumberOrder
from tests.small_survey import PARTY, TWENTY, VILLAGERS, Surveyed, a_round, definition, surveyed

D = Decimal


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Iterator[Surveyed]:
    made = surveyed(tmp_path / "镇.okr", clock)
    yield made
    made.small.store.close()


def define(town: Surveyed, **more: object) -> tuple[str, ...]:
    office = town.small.office
    with town.small.store.write(office) as session:
        return surveys.define(session, office, definition(**more)).notices


def versions(town: Surveyed) -> tuple[standing.DefinitionView, ...]:
    with town.small.store.read() as session:
        return standing.definitions(session, 2026)


def test_what_nobody_has_answered_is_written_anew(town: Surveyed) -> None:
    assert define(town, name="满意度问卷", items=(ItemDraft("总体评价", is_overall=True),)) == ()
    (only,) = versions(town)
    assert (only.id, only.version, only.name, len(only.items), only.is_frozen) == (
        town.definition, 1, "满意度问卷", 1, False,
    )  # fmt: skip


def test_once_answered_a_change_is_a_new_version_with_a_reason(town: Surveyed) -> None:
    town.ballots(TWENTY)
    with pytest.raises(InputRefused, match="写明理由"):
        define(town, narrow=1)
    assert define(town, name="改名", reason="换了名称") == ()
    first, second = versions(town)
    assert first.is_frozen and not second.is_frozen
    assert (first.name, second.name, second.version, second.reason) == ("群众满意度测评", "改名", 2, "换了名称")


@pytest.mark.parametrize(
    "other",
    [
        {"scores": (D(100), D(75), D(55), D(30), D(0))},
        {"wide": 2},
        {"items": (ItemDraft("总的满意吗", is_overall=True),)},
    ],
)
def test_another_way_of_counting_says_that_it_is_not_compared(town: Surveyed, other: dict[str, object]) -> None:
    town.ballots(TWENTY)
    (said,) = define(town, reason="上级统一口径", **other)
    assert "第2版" in said and "不作比较" in said
    first, second = versions(town)
    assert not second.is_comparable(first)


def test_a_round_lies_in_its_quarter_and_asks_the_questions_of_its_year(town: Surveyed) -> None:
    office, quarters = town.small.office, town.small.quarters
    draft = a_round(town.definition, quarters[3])
    for wrong, said in (
        (replace(draft, starts_on=date(2026, 6, 30)), "须在本季度"),
        (replace(draft, ends_on=date(2026, 8, 31)), "早于开始日期"),
        (replace(draft, name=" "), "名称"),
        (replace(draft, quarter_id=999), "没有这个季度"),
    ):
        with pytest.raises(InputRefused, match=said), town.small.store.write(office) as session:
            surveys.open_round(session, office, wrong)
    with pytest.raises(WrongState, match="还没有开始"), town.small.store.write(office) as session:
        surveys.open_round(session, office, a_round(town.definition, quarters[4], 4))


def test_a_round_announces_surveys_and_stands_in_the_trail(town: Surveyed) -> None:
    office = town.small.office
    with town.small.store.write(office) as session:
        made = surveys.open_round(session, office, a_round(town.definition, town.small.quarters[3], name="补测"))
    assert made.changes.topics == {Topic.SURVEYS}
    last = town.small.trail()[-1]
    assert (last.action, last.table, last.row_id) == ("insert", "surveyround", made.value)


def test_populations_change_only_what_differs(town: Surveyed) -> None:
    office, village = town.small.office, town.small.village
    drafts = (PopulationDraft(village, None, 300, 60), PopulationDraft(town.small.school, None, 40, None))
    with town.small.store.write(office) as session:
        assert surveys.set_populations(session, office, town.round, drafts).value == 2
        assert surveys.set_populations(session, office, town.round, drafts).value == 0
    with town.small.store.read() as session:
        found = standing.populations(session, town.round)
    assert [(one.org_id, one.population, one.invited) for one in found] == [
        (village, 300, 60), (town.small.school, 40, None),
    ]  # fmt: skip
    with pytest.raises(InputRefused, match="超过这一人群"), town.small.store.write(office) as session:
        surveys.set_populations(session, office, town.round, (PopulationDraft(village, None, 30, 60),))


def test_only_the_office_sets_what_is_asked(town: Surveyed) -> None:
    secretary = town.small.secretary
    with pytest.raises(NotAllowed), town.small.store.write(secretary) as session:
        surveys.define(session, secretary, definition())
    with pytest.raises(NotAllowed), town.small.store.write(secretary) as session:
        surveys.open_round(session, secretary, a_round(town.definition, town.small.quarters[3]))
    with pytest.raises(NotAllowed), town.small.store.write(secretary) as session:
        surveys.set_populations(session, secretary, town.round, ())


def test_other_wordings_change_in_what_is_answered_without_a_new_version(town: Surveyed) -> None:
    town.ballots(TWENTY)
    items = (
        ItemDraft("服务态度", aliases=("态度", " 态度 ", "")),
        ItemDraft("总体评价", is_overall=True, aliases=("总的满意吗",)),
        ItemDraft("最希望解决的一件事", ItemKind.OPEN, aliases=("建议",)),
    )
    groups = (GroupDraft(PARTY), GroupDraft(VILLAGERS, ("群众",)))
    (said,) = define(town, items=items, groups=groups, number_order=NumberOrder.WORST_FIRST)
    assert "仍是第1版" in said
    (one,) = versions(town)
    assert [item.aliases for item in one.items] == [("态度",), ("总的满意吗",), ("建议",)]
    assert [group.aliases for group in one.groups] == [(), ("群众",)]
    assert one.number_order is NumberOrder.WORST_FIRST
    assert {(row.action, row.table) for row in town.small.trail()[-5:]} >= {
        ("update", "surveyitem"), ("update", "surveygroup"), ("update", "surveydefinition"),
    }  # fmt: skip
    with pytest.raises(InputRefused, match="从新的一版起计"):
        define(town, items=(*items[:2], ItemDraft("别的题", ItemKind.OPEN)), groups=groups)


def test_a_wording_stands_for_one_thing_only(town: Surveyed) -> None:
    items = (ItemDraft("服务态度", aliases=("总体",)), ItemDraft("总体评价", is_overall=True, aliases=("总体",)))
    with pytest.raises(InputRefused, match="导入时分不清") as caught:
        define(town, items=items)
    assert caught.value.field == "items"
    with pytest.raises(InputRefused, match="既是“党员”的写法"):
        define(town, groups=(GroupDraft(PARTY, ("群众",)), GroupDraft("群众")))


def test_two_rounds_of_a_quarter_have_two_names(town: Surveyed) -> None:
    office, quarters = town.small.office, town.small.quarters
    draft = a_round(town.definition, quarters[3])
    with pytest.raises(InputRefused, match="请换一个名称") as caught, town.small.store.write(office) as session:
        surveys.open_round(session, office, replace(draft, name=f" {draft.name} "))
    assert caught.value.field == "name"
    with town.small.store.write(office) as session:
        surveys.open_round(session, office, replace(draft, name="第二次"))

"""Organisations change by dated versions: rows, history, trail and refusals on a real file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session, select

from okr_desk.errors import InputRefused, NotAllowed, Refusal, WrongState
from okr_desk.model import audit
from okr_desk.model.tables import OrgVersion
from okr_desk.queries import library as library_now
from okr_desk.queries import org_lines
from okr_desk.queries import orgs as standing
from okr_desk.queries import users as users_now
from okr_desk.rules.indicators import IndicatorDraft
from okr_desk.rules.orgs import MergeDraft, MoveDraft, OrgDraft, RenameDraft, RetireDraft, SplitDraft
from okr_desk.rules.users import AppointmentDraft, PersonDraft
from okr_desk.services import cycles, library, orgs, successions, users
from okr_desk.services.outcome import Topic
from okr_desk.terms import Dimension, Direction, OrgKind, Post, QuarterState
from tests.founded_township import FIRST, TODAY, Town, found

VILLAGE, SPRING, SCHOOL, GENERAL = "青石村党支部", "龙泉村党支部", "中心小学党支部", "教育党总支"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    town = found(tmp_path / "镇.okr")
    yield town
    town.store.close()


def versions(town: Town, name: str) -> list[OrgVersion]:
    def query(session: Session) -> list[OrgVersion]:
        rows = session.exec(select(OrgVersion).where(OrgVersion.org_id == town.ids[name]))
        return sorted(rows, key=lambda row: row.valid_from)

    return list(town.read(query))


def test_tree_stands_in_the_office_order_with_lines_to_the_township(town: Town) -> None:
    tree = town.read(standing.tree, TODAY)
    assert [org.short_name for org in tree] == ["青山镇", VILLAGE, SPRING, GENERAL, SCHOOL]
    assert tree[-1].line == (town.ids[SCHOOL], town.ids[GENERAL], town.township)
    assert tree[-1].category == "学校"
    assert town.read(standing.tree, date(2025, 12, 31)) == ()


def test_creating_writes_row_trail_and_changes(town: Town) -> None:
    before = len(town.trail())
    outcome = town.write("admin", orgs.create, town.branch("柳湾村党支部", full_members=2))
    assert outcome.changes.topics == {Topic.ORGS}
    assert outcome.notices == ("正式党员不足 3 人，一般应成立联合党支部，请核对。",)
    written = [(entry.action, entry.table, entry.account_id) for entry in town.trail()[before:]]
    assert written == [("insert", "org", 1), ("insert", "orgversion", 1)]
    assert town.read(audit.first_broken) is None


def test_reorder_is_kept(town: Town) -> None:
    town.write("admin", orgs.reorder, [town.ids[SPRING], town.ids[VILLAGE]])
    assert [org.short_name for org in town.read(standing.tree, TODAY)][1:3] == [SPRING, VILLAGE]


def test_rename_keeps_the_old_name_for_the_time_before(town: Town) -> None:
    on = date(2026, 7, 1)
    draft = RenameDraft(town.ids[VILLAGE], "中共青山镇青石社区支部委员会", "青石社区党支部", on, "撤村改居")
    town.write("admin", orgs.rename, draft)
    assert town.read(standing.view, town.ids[VILLAGE], date(2026, 6, 30)).short_name == VILLAGE
    assert town.read(standing.view, town.ids[VILLAGE], on).short_name == "青石社区党支部"
    assert town.read(standing.find, VILLAGE, TODAY).id == town.ids[VILLAGE]
    history = town.read(standing.history, town.ids[VILLAGE])
    assert [(v.valid_from, v.valid_to, v.reason) for v in history.versions] == [
        (FIRST, date(2026, 6, 30), ""),
        (on, None, "撤村改居"),
    ]


def test_correction_on_the_same_day_replaces_the_version_and_leaves_a_trail(town: Town) -> None:
    before = len(town.trail())
    town.write("admin", orgs.revise, town.ids[VILLAGE], town.branch(VILLAGE, full_members=45))
    assert len(versions(town, VILLAGE)) == 1
    entry = town.trail()[before]
    assert (entry.table, entry.before, entry.after) == (
        "orgversion",
        '{"full_members":20}',
        '{"full_members":45}',
    )


def test_saying_the_same_again_changes_nothing(town: Town) -> None:
    before = len(town.trail())
    outcome = town.write("admin", orgs.revise, town.ids[VILLAGE], town.branch(VILLAGE, full_members=20))
    assert not outcome.changes
    assert len(town.trail()) == before


def test_category_changes_with_the_next_quarter(town: Town) -> None:
    draft = town.branch(VILLAGE, full_members=21, valid_from=date(2026, 8, 15), category_id=town.categories["社区"])
    outcome = town.write("admin", orgs.revise, town.ids[VILLAGE], draft)
    assert "2026-10-01" in outcome.notices[-1]
    rows = versions(town, VILLAGE)
    rural, urban = town.categories["农村"], town.categories["社区"]
    assert [(r.valid_from, r.full_members, r.category_id) for r in rows] == [
        (FIRST, 20, rural),
        (date(2026, 8, 15), 21, rural),
        (date(2026, 10, 1), 21, urban),
    ]
    later = replace(draft, category_id=rural, full_members=25, valid_from=date(2026, 9, 1))
    town.write("admin", orgs.revise, town.ids[VILLAGE], later)
    assert [(r.full_members, r.category_id) for r in versions(town, VILLAGE)][-2:] == [(25, rural), (25, urban)]


def test_category_changes_at_once_when_told_so(town: Town) -> None:
    draft = town.branch(
        VILLAGE, valid_from=date(2026, 8, 15), category_id=town.categories["社区"], category_at_once=True
    )
    town.write("admin", orgs.revise, town.ids[VILLAGE], draft)
    assert town.read(standing.view, town.ids[VILLAGE], date(2026, 8, 15)).category == "社区"


def test_move_refuses_a_loop_and_a_wrong_level(town: Town) -> None:
    moved = MoveDraft(town.ids[VILLAGE], town.ids[GENERAL], TODAY)
    town.write("admin", orgs.move, moved)
    assert town.read(standing.view, town.ids[VILLAGE], TODAY).line[1] == town.ids[GENERAL]
    with pytest.raises(InputRefused, match="党总支的上级只能是镇党委"):
        town.write("admin", orgs.move, MoveDraft(town.ids[GENERAL], town.ids[VILLAGE], TODAY))


def test_retire_needs_nothing_below_and_ends_posts_and_grants(town: Town) -> None:
    with pytest.raises(WrongState, match="下面还有 1 个党组织（中心小学党支部 等）"):
        town.write("admin", successions.retire, RetireDraft(town.ids[GENERAL], TODAY, "机构调整"))
    person = town.write("admin", users.create_person, PersonDraft("李旭昇")).value
    town.write("admin", users.appoint, AppointmentDraft(town.ids[VILLAGE], Post.SECRETARY, person, FIRST))
    town.write("admin", successions.retire, RetireDraft(town.ids[VILLAGE], TODAY, "村民外迁"))
    assert VILLAGE not in [org.short_name for org in town.read(standing.tree, TODAY)]
    assert VILLAGE in [org.short_name for org in town.read(standing.tree, date(2026, 10, 7))]
    assert [org.short_name for org in town.read(standing.retired, TODAY)] == [VILLAGE]
    assert town.read(users_now.appointments, town.ids[VILLAGE], TODAY) == ()
    assert town.read(standing.view, town.ids[VILLAGE], date(2026, 9, 30)).secretary == "李旭昇"
    account = town.read(users_now.by_login, "secretary", TODAY)
    assert account.grants == ()
    with pytest.raises(WrongState, match="已于 2026-10-08 撤销"):
        town.write("admin", orgs.revise, town.ids[VILLAGE], town.branch(VILLAGE))


def test_merger_into_an_existing_branch_records_who_came_from_whom(town: Town) -> None:
    draft = MergeDraft(
        (town.ids[SPRING], town.ids[VILLAGE]), TODAY, "青委〔2026〕12号", into_id=town.ids[VILLAGE],
        heirs_of=(town.ids[SPRING],),
    )  # fmt: skip
    assert town.write("admin", successions.merge, draft).value == town.ids[VILLAGE]
    steps = town.read(standing.successions, town.ids[VILLAGE])
    assert [(s.kind, s.predecessor, s.successor, s.inherits, s.on) for s in steps] == [
        ("merger", SPRING, VILLAGE, True, TODAY)
    ]
    assert [org.short_name for org in town.read(standing.tree, TODAY)] == ["青山镇", VILLAGE, GENERAL, SCHOOL]
    assert town.read(standing.view, town.ids[SPRING], date(2026, 9, 30)).short_name == SPRING


def test_merger_into_a_new_branch_may_take_over_a_name(town: Town) -> None:
    draft = MergeDraft(
        (town.ids[SPRING], town.ids[VILLAGE]), TODAY, "并村", successor=town.branch(VILLAGE), heirs_of=()
    )
    new = town.write("admin", successions.merge, draft).value
    assert new not in town.ids.values()
    assert town.read(standing.find, VILLAGE, TODAY).id == new
    assert town.read(standing.find, VILLAGE, date(2026, 9, 30)).id == town.ids[VILLAGE]


def test_split_records_the_heir(town: Town) -> None:
    halves = (town.branch("青石东村党支部"), town.branch("青石西村党支部"))
    draft = SplitDraft(town.ids[VILLAGE], halves, TODAY, "分村", heir=1)
    east, west = town.write("admin", successions.split, draft).value
    steps = town.read(standing.successions, town.ids[VILLAGE])
    assert [(s.successor_id, s.inherits) for s in steps] == [(east, False), (west, True)]
    assert town.read(standing.view, east, TODAY).short_name == "青石东村党支部"


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (MergeDraft((1,), TODAY, "并", into_id=1), "predecessor_ids"),
        (MergeDraft((1, 2), TODAY, "并"), "into_id"),
        (MergeDraft((1, 2), TODAY, " ", into_id=1), "reason"),
        (MergeDraft((1, 2), TODAY, "并", into_id=1, heirs_of=(9,)), "heirs_of"),
    ],
)
def test_mergers_that_make_no_sense_are_refused(town: Town, draft: MergeDraft, field: str) -> None:
    with pytest.raises(InputRefused) as refused:
        town.write("admin", successions.merge, draft)
    assert refused.value.field == field


def test_nothing_changes_within_a_closed_quarter(town: Town) -> None:
    town.freeze(1)
    town.write("admin", cycles.move_quarter, town.quarter(1).id, QuarterState.CLOSED)
    draft = RenameDraft(town.ids[VILLAGE], "中共青山镇青石社区支部委员会", "青石社区党支部", date(2026, 3, 31), "改居")
    with pytest.raises(WrongState, match="2026-03-31 及以前的季度已经关账"):
        town.write("admin", orgs.rename, draft)
    town.write("admin", orgs.rename, replace(draft, on=date(2026, 4, 1)))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"full_name": " "}, "full_name"),
        ({"short_name": "长" * 61}, "short_name"),
        ({"full_members": -1}, "full_members"),
        ({"category_id": None}, "category_id"),
        ({"parent_id": None}, "parent_id"),
        ({"short_name": "龙泉村党支部"}, "short_name"),
    ],
)
def test_a_draft_that_cannot_be_taken_names_its_field(town: Town, change: dict[str, object], field: str) -> None:
    with pytest.raises(InputRefused) as refused:
        town.write("admin", orgs.create, replace(town.branch("柳湾村党支部"), **change))  # type: ignore[arg-type]
    assert refused.value.field == field


def test_a_second_township_is_refused(town: Town) -> None:
    draft = OrgDraft(OrgKind.TOWNSHIP, "中共河口镇委员会", "河口镇", FIRST)
    with pytest.raises(InputRefused, match="只能有一个镇党委"):
        town.write("admin", orgs.create, draft)


@pytest.mark.parametrize("who", ["secretary", "viewer"])
def test_a_branch_changes_no_organisation_and_the_denial_is_recorded(town: Town, who: str) -> None:
    tree = town.read(standing.tree, TODAY)
    with pytest.raises(NotAllowed):
        town.write(who, orgs.revise, town.ids[VILLAGE], town.branch(VILLAGE, full_members=99))
    assert town.read(standing.tree, TODAY) == tree
    assert (town.trail()[-1].action, town.trail()[-1].account_id) == ("denied", town.actors[who].account_id)


def test_categories_are_data_of_the_office(town: Town) -> None:
    made = town.write("admin", orgs.create_category, "商圈").value
    town.write("admin", orgs.rename_category, made, "商圈市场")
    with pytest.raises(WrongState, match="还有 2 个党组织属于“农村”"):
        town.write("admin", orgs.retire_category, town.categories["农村"])
    town.write("admin", orgs.retire_category, made)
    assert town.read(standing.categories)[-1].is_retired
    with pytest.raises(InputRefused, match="已停用"):
        town.write("admin", orgs.create, town.branch("柳湾村党支部", category_id=made))
    with pytest.raises(InputRefused, match="已有类别"):
        town.write("admin", orgs.create_category, "农村")


def test_a_renamed_category_keeps_its_indicators(town: Town) -> None:
    """The library names categories: without this, what was meant for 农村 would fit no category any more."""
    meant = IndicatorDraft("F99", "集体收入", "万元", Direction.UP, Dimension.FUSION, categories=("农村", "社区"))
    made = town.write("admin", library.create, meant).value
    renamed = town.write("admin", orgs.rename_category, town.categories["农村"], "行政村")
    assert renamed.changes.topics == {Topic.ORGS, Topic.INDICATORS}
    found = town.read(library_now.definition, made, date(2026, 7, 1))
    assert found.categories == ("行政村", "社区")


def test_unknown_ids_are_one_sentence(town: Town) -> None:
    for query in (standing.history, standing.view):
        with pytest.raises(Refusal, match="找不到这个党组织"):
            town.read(query, 999, *([TODAY] if query is standing.view else []))


def test_lines_step_by_step_and_in_bulk_agree_also_for_moves_to_come_and_ended_branches(town: Town) -> None:
    town.write("admin", orgs.move, MoveDraft(town.ids[VILLAGE], town.ids[GENERAL], date(2026, 12, 1)))
    town.write("admin", successions.retire, RetireDraft(town.ids[SPRING], TODAY, "并村"))
    for day in (date(2025, 1, 1), TODAY, date(2026, 11, 30), date(2026, 12, 1)):
        above = town.read(org_lines.parents, day)
        for org_id in above:
            assert town.read(org_lines.line, org_id, day) == org_lines.climb(above, org_id)
    village, top = town.ids[VILLAGE], town.township
    assert town.read(org_lines.line, village, date(2026, 11, 30)) == (village, top)
    assert town.read(org_lines.line, village, date(2026, 12, 1)) == (village, town.ids[GENERAL], top)
    assert town.read(org_lines.line, town.ids[SPRING], date(2026, 12, 1)) == (town.ids[SPRING], top)

"""Finding quarters and organisations: by what people write, and which quarter the desk shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from okr_desk.errors import Refusal
from okr_desk.queries import cycles, orgs, users
from okr_desk.rules.orgs import RenameDraft
from okr_desk.services import cycles as moves
from okr_desk.services import orgs as changes
from okr_desk.terms import QuarterState, YearState
from tests.founded_township import TODAY, Town, found

VILLAGE = "青石村党支部"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    town = found(tmp_path / "镇.okr")
    yield town
    town.store.close()


@pytest.mark.parametrize("written", ["2026Q3", "2026q3", " 2026-Q3 ", "2026 Q3"])
def test_a_quarter_is_found_as_people_write_it(town: Town, written: str) -> None:
    assert town.read(cycles.by_key, written).label == "2026年第三季度"


@pytest.mark.parametrize("written", ["2026Q5", "26Q3", "三季度", "", "2031Q1"])
def test_what_is_no_quarter_is_none(town: Town, written: str) -> None:
    assert town.read(cycles.by_key, written) is None


def test_the_desk_shows_the_newest_open_quarter_else_the_one_of_the_day(town: Town) -> None:
    assert town.read(cycles.current, date(2026, 8, 1)).number == 3
    assert town.read(cycles.current, date(2025, 8, 1)).number == 1
    assert town.read(cycles.current, date(2030, 8, 1)).number == 4
    town.write("admin", moves.move_year, town.read(cycles.years)[0].id, YearState.OPEN)
    for number in (2, 3):
        town.write("admin", moves.move_quarter, town.quarter(number).id, QuarterState.OPEN)
    assert town.read(cycles.current, TODAY).number == 3
    town.write("admin", moves.move_quarter, town.quarter(3).id, QuarterState.FROZEN)
    assert town.read(cycles.current, TODAY).number == 2


@pytest.mark.parametrize("written", [VILLAGE, "中共青山镇青石村党支部支部委员会", " 青石村 党支部", "青石村党支部　"])
def test_an_organisation_is_found_by_full_or_short_name(town: Town, written: str) -> None:
    assert town.read(orgs.find, written, TODAY).id == town.ids[VILLAGE]


@pytest.mark.parametrize("day", [date(2020, 1, 1), date(2026, 6, 30), date(2026, 7, 1), TODAY])
def test_short_names_are_those_of_the_tree_of_the_day(town: Town, day: date) -> None:
    on = date(2026, 7, 1)
    renamed = RenameDraft(town.ids[VILLAGE], "中共青石社区支部委员会", "青石社区党支部", on, "改居")
    town.write("admin", changes.rename, renamed)
    assert town.read(orgs.short_names, day) == {org.id: org.short_name for org in town.read(orgs.tree, day)}


@pytest.mark.parametrize("day", [date(2020, 1, 1), date(2026, 6, 30), date(2026, 7, 1), TODAY])
def test_one_organisation_is_what_the_tree_says_of_it(town: Town, day: date) -> None:
    """Also before it was renamed; its line is asked step by step, its name and category alone in one question."""
    renamed = RenameDraft(town.ids[VILLAGE], "中共青石社区支部委员会", "青石社区党支部", date(2026, 7, 1), "改居")
    town.write("admin", changes.rename, renamed)
    there = {org.id: org for org in town.read(orgs.tree, day)}
    for org_id in town.ids.values():
        alone = town.read(orgs.view, org_id, day)
        assert alone == there.get(org_id, alone)
        assert town.read(orgs.called, org_id, day) == (alone.short_name, alone.category)
    with pytest.raises(Refusal, match="找不到"):
        town.read(orgs.called, 999, day)


def test_a_former_name_finds_it_until_another_one_bears_it(town: Town) -> None:
    on = date(2026, 7, 1)
    renamed = RenameDraft(town.ids[VILLAGE], "中共青石社区支部委员会", "青石社区党支部", on, "改居")
    town.write("admin", changes.rename, renamed)
    assert town.read(orgs.find, VILLAGE, TODAY).short_name == "青石社区党支部"
    heir = town.write("admin", changes.create, town.branch(VILLAGE, valid_from=on)).value
    assert town.read(orgs.find, VILLAGE, TODAY).id == heir
    assert town.read(orgs.find, VILLAGE, date(2026, 6, 30)).id == town.ids[VILLAGE]
    assert town.read(orgs.find, "没有这个支部", TODAY) is None


def test_names_and_accounts_belong_together(town: Town) -> None:
    names = town.read(users.names)
    assert {names[account.id] for account in town.read(users.accounts, TODAY)} == {"王玥", "李旭昇", "覃喆"}
    assert town.read(users.by_login, "ADMIN", TODAY).name == "王玥"
    assert town.read(users.actor, 99, TODAY) is None

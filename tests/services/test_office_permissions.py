"""Every service of the office × every role × own and other branch: what the table forbids is refused and recorded.

A new public service that is not named here fails the first test.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sqlmodel import select

from okr_desk.errors import NotAllowed, Refusal
from okr_desk.model.tables import Account, CalendarDay, Org, OrgVersion, Person, Quarter, Reopening, RoleGrant, Year
from okr_desk.rules.cycles import AgreeDraft, CalendarDayDraft, ReopenDraft, RollOverDraft
from okr_desk.rules.orgs import MergeDraft, MoveDraft, RenameDraft, RetireDraft, SplitDraft
from okr_desk.rules.permissions import ALLOWED, Action
from okr_desk.rules.users import AccountDraft, AppointmentDraft, GrantDraft, PersonDraft
from okr_desk.services import cycles, new_year, orgs, people, reopenings, successions, users
from okr_desk.terms import Post, QuarterState, Role, YearState
from tests.founded_township import FIRST, TODAY, Town, add_account, found

MODULES: tuple[ModuleType, ...] = (orgs, successions, people, users, cycles, reopenings, new_year)
ASKS_FOR_ITSELF = {"attempt", "sign_in", "enter_demo"}
VILLAGE, SPRING = "青石村党支部", "龙泉村党支部"
Case = tuple[Callable[..., Any], Action, tuple[Any, ...]]


def cases(town: Town, org_id: int) -> list[Case]:
    """One call of each service, on one organisation where it has one."""
    draft, on = town.branch("新设党支部"), TODAY
    changed = town.branch("改名党支部", valid_from=TODAY)
    first = town.quarter(1).id
    return [
        (orgs.create, Action.EDIT_ORGS, (draft,)),
        (orgs.revise, Action.EDIT_ORGS, (org_id, changed)),
        (orgs.rename, Action.EDIT_ORGS, (RenameDraft(org_id, "中共改名支部委员会", "改名党支部", on, "改名"),)),
        (orgs.move, Action.EDIT_ORGS, (MoveDraft(org_id, town.ids["教育党总支"], on),)),
        (orgs.reorder, Action.EDIT_ORGS, ([town.ids[SPRING], town.ids[VILLAGE]],)),
        (orgs.create_category, Action.EDIT_ORGS, ("商圈",)),
        (orgs.rename_category, Action.EDIT_ORGS, (town.categories["国企"], "国有企业")),
        (orgs.retire_category, Action.EDIT_ORGS, (town.categories["国企"],)),
        (successions.retire, Action.EDIT_ORGS, (RetireDraft(org_id, on, "撤销"),)),
        (
            successions.merge,
            Action.EDIT_ORGS,
            (MergeDraft(tuple(town.ids[n] for n in (VILLAGE, SPRING)), on, "并", org_id),),
        ),
        (successions.split, Action.EDIT_ORGS, (SplitDraft(org_id, (draft,), on, "分", continues=True),)),
        (people.create_person, Action.EDIT_ORGS, (PersonDraft("朱丽华"),)),
        (people.rename_person, Action.EDIT_ORGS, (1, PersonDraft("王月"))),
        (people.person_named, Action.EDIT_ORGS, ("朱丽华",)),
        (people.appoint, Action.EDIT_ORGS, (AppointmentDraft(org_id, Post.SECRETARY, 1, on),)),
        (people.vacate, Action.EDIT_ORGS, (term_of(town, org_id), on)),
        (users.create_account, Action.EDIT_USERS, (AccountDraft("neu", 1, Role.VIEWER, town.township, FIRST),)),
        (users.grant, Action.EDIT_USERS, (GrantDraft(2, Role.BRANCH_RECORDER, org_id, TODAY),)),
        (users.revoke, Action.EDIT_USERS, (2,)),
        (users.disable, Action.EDIT_USERS, (2,)),
        (users.enable, Action.EDIT_USERS, (2,)),
        (users.reset_password, Action.EDIT_USERS, (2, "春风十里2026")),
        (users.change_password, Action.VIEW, ("", "春风十里2026")),
        (cycles.create_year, Action.MOVE_CYCLES, (2028,)),
        (cycles.move_quarter, Action.MOVE_CYCLES, (first, QuarterState.OPEN)),
        (cycles.move_year, Action.MOVE_CYCLES, (1, YearState.OPEN)),
        (cycles.set_due, Action.MOVE_CYCLES, (first, date(2026, 4, 20))),
        (cycles.set_day, Action.EDIT_CALENDAR, (CalendarDayDraft(date(2026, 11, 9), False, "县庆"),)),
        (cycles.remove_day, Action.EDIT_CALENDAR, (date(2026, 10, 1),)),
        (cycles.fill_from_library, Action.EDIT_CALENDAR, (2025,)),
        (cycles.confirm_year, Action.EDIT_CALENDAR, (2026,)),
        (reopenings.ask, Action.MOVE_CYCLES, (ReopenDraft(first, (org_id,), "录错"),)),
        (reopenings.agree, Action.MOVE_CYCLES, (AgreeDraft((1,)),)),
        (reopenings.end, Action.MOVE_CYCLES, (1,)),
        (new_year.roll_over, Action.MOVE_CYCLES, (RollOverDraft(2026),)),
    ]


def term_of(town: Town, org_id: int) -> int:
    """The secretary's term of a branch."""
    from okr_desk.queries import users as users_now

    return int(town.read(users_now.appointments, org_id)[0].id)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    town = found(tmp_path / "镇.okr")
    for name in (VILLAGE, SPRING):
        draft = AppointmentDraft(town.ids[name], Post.SECRETARY, None, FIRST, name=f"{name[0]}书记")
        town.write("admin", people.appoint, draft)
    add_account(town, "office", "董玥", Role.TOWNSHIP_OFFICIAL, town.township)
    add_account(town, "recorder", "唐晨曦", Role.BRANCH_RECORDER, town.ids[VILLAGE])
    yield town
    town.store.close()


def everything(town: Town) -> list[str]:
    """All rows that the office's services may touch, as text."""
    with town.store.rows() as session:
        tables = (Account, CalendarDay, Org, OrgVersion, Person, Quarter, Reopening, RoleGrant, Year)
        return [repr(row) for table in tables for row in session.exec(select(table).order_by("id"))]


def test_every_public_service_is_in_the_table(town: Town) -> None:
    named = {service for service, _action, _arguments in cases(town, town.ids[VILLAGE])}
    for module in MODULES:
        for name, function in inspect.getmembers(module, inspect.isfunction):
            parameters = list(inspect.signature(function).parameters)
            is_service = parameters[:2] == ["session", "actor"] and not name.startswith("_")
            if function.__module__ == module.__name__ and is_service:
                assert function in named, f"{module.__name__}.{name}"
            elif function.__module__ == module.__name__ and "actor" in parameters and not name.startswith("_"):
                assert name in ASKS_FOR_ITSELF


@pytest.mark.parametrize("branch", [VILLAGE, SPRING], ids=["own", "other"])
@pytest.mark.parametrize("who", ["secretary", "recorder", "viewer", "office"])
def test_what_the_table_forbids_is_refused_and_recorded(town: Town, who: str, branch: str) -> None:
    roles = {
        "secretary": Role.BRANCH_SECRETARY,
        "recorder": Role.BRANCH_RECORDER,
        "viewer": Role.VIEWER,
        "office": Role.TOWNSHIP_OFFICIAL,
    }
    before = everything(town)
    for service, action, arguments in cases(town, town.ids[branch]):
        if roles[who] in ALLOWED[action]:
            continue
        denials = sum(entry.action == "denied" for entry in town.trail())
        with pytest.raises(NotAllowed):
            town.write(who, service, *arguments)
        assert sum(entry.action == "denied" for entry in town.trail()) == denials + 1, service.__name__
        assert everything(town) == before, service.__name__


def test_what_the_table_allows_is_never_called_a_lack_of_rights(town: Town) -> None:
    for service, action, arguments in cases(town, town.ids[VILLAGE]):
        for who, role in (("admin", Role.ADMINISTRATOR), ("office", Role.TOWNSHIP_OFFICIAL)):
            if role not in ALLOWED[action]:
                continue
            with town.store.rows() as session:
                try:
                    service(session, town.actors[who], *arguments)
                except NotAllowed:
                    pytest.fail(f"{service.__name__} {who}")
                except Refusal:
                    pass


def test_an_account_disabled_meanwhile_changes_nothing(town: Town) -> None:
    town.write("admin", users.disable, town.actors["office"].account_id)
    before = everything(town)
    for service, _action, arguments in cases(town, town.ids[VILLAGE]):
        with pytest.raises(NotAllowed):
            town.write("office", service, *arguments)
    assert everything(town) == before

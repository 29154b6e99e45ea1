"""人员与账号: who holds which post, and who may sign in and do what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtWidgets import QTabWidget

from okr_desk.clock import local
from okr_desk.i18n import N_, _
from okr_desk.queries import orgs as orgs_now
from okr_desk.queries import users as standing
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.users import AccountView, AppointmentView, PersonView
from okr_desk.rules.permissions import Action
from okr_desk.services.outcome import Topic
from okr_desk.terms import OrgKind, label
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.account import AccountDialog
from okr_desk.ui.dialogs.person import AppointDialog, PersonDialog
from okr_desk.ui.models.rows import Column
from okr_desk.ui.pages.base import Page
from okr_desk.ui.widgets.account_panel import AccountPanel, state_words
from okr_desk.ui.widgets.table import Table


@dataclass(frozen=True)
class UsersSnapshot:
    """Accounts, people and their posts today."""

    today: date
    orgs: tuple[OrgView, ...]
    people: tuple[PersonView, ...]
    terms: tuple[AppointmentView, ...]
    accounts: tuple[AccountView, ...]
    is_demo: bool


@dataclass(frozen=True)
class PersonRow:
    """A person with the posts held today and the accounts owned."""

    person: PersonView
    posts: str
    since: str
    logins: str


class UsersPage(Page):
    """Two tabs: accounts with their roles; people with their posts."""

    title = N_("人员与账号")
    topics = frozenset({Topic.USERS, Topic.ORGS})
    follows_quarter = follows_org = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._snapshot: UsersSnapshot | None = None
        self.tabs = QTabWidget(self)
        self.accounts = Table(desk, _account_columns(self._org_name), "accounts", _("账号"), self)
        self.people = Table(desk, _people_columns(), "people", _("人员"), self)
        for table, name in ((self.accounts, _("账号")), (self.people, _("人员"))):
            table.setContentsMargins(0, theme.gap(0.4), 0, 0)
            self.tabs.addTab(table, name)
        self.content.addWidget(self.tabs, 1)
        self._can_edit = desk.actor is not None and desk.actor.may(Action.EDIT_USERS)
        if self._can_edit:
            self.add_quiet(_("新增人员"), "person", self.add_person)
            self.add_quiet(_("任免"), "edit", self.appoint)
            self.set_accent(_("新增账号"), "add", self.add_account, "Ins")
        self.accounts.marked.connect(self._show_account)
        self.people.opened.connect(self._rename)
        self.tabs.currentChanged.connect(self._follow_tab)

    def query(self) -> Callable[..., Any]:
        today = self.desk.clock.today()
        is_demo = self.desk.store is not None and self.desk.store.is_demo
        return lambda session: _read(session, today, is_demo)

    def show_answer(self, snapshot: UsersSnapshot) -> None:
        self._snapshot = snapshot
        self.set_answer(_sentence(snapshot))
        self.accounts.set_rows(snapshot.accounts)
        self.people.set_rows(_people_rows(snapshot))
        self._show_account(self.accounts.current())

    def add_account(self) -> None:
        """Give somebody an account; the person marked in the list of people is offered."""
        if self._snapshot is not None:
            row: PersonRow | None = self.people.current() if self.tabs.currentWidget() is self.people else None
            chosen = row.person.id if row else None
            shown = self._snapshot
            AccountDialog.ask(self, self.desk, shown.people, shown.orgs, shown.terms, person_id=chosen)

    def add_person(self) -> None:
        """Add somebody by name."""
        if PersonDialog.ask(self, self.desk) is not None:
            self.tabs.setCurrentWidget(self.people)

    def appoint(self) -> None:
        """Appoint somebody; the person marked in the list of people is offered."""
        if self._snapshot is not None:
            row: PersonRow | None = self.people.current() if self.tabs.currentWidget() is self.people else None
            shown = self._snapshot
            chosen = row.person.id if row else None
            AppointDialog.ask(self, self.desk, shown.orgs, shown.people, person_id=chosen)

    def _rename(self, row: PersonRow) -> None:
        if self._can_edit:
            PersonDialog.ask(self, self.desk, row.person)

    def _org_name(self, org_id: int) -> str:
        orgs = self._snapshot.orgs if self._snapshot else ()
        return next((org.short_name for org in orgs if org.id == org_id), "")

    def _show_account(self, account: AccountView | None) -> None:
        if account is None or self._snapshot is None or self.tabs.currentWidget() is not self.accounts:
            return
        if self._can_edit:
            self.open_side(AccountPanel(self.desk, account, self._snapshot.orgs, self), account.name)

    def _follow_tab(self) -> None:
        if self.tabs.currentWidget() is self.people:
            self.close_side()
        else:
            self._show_account(self.accounts.current())


def _account_columns(org_name: Callable[[int], str]) -> tuple[Column, ...]:
    def where(account: AccountView) -> str:
        return _("、").join(dict.fromkeys(org_name(grant.org_id) for grant in account.grants))

    def each(account: AccountView) -> str:
        return "\n".join(f"{org_name(grant.org_id)} {label(grant.role)}" for grant in account.grants)

    return (
        Column(_("账号"), lambda row: row.login),
        Column(_("姓名"), lambda row: row.name),
        Column(_("角色"), _roles, width=12, tooltip=each),
        Column(_("党组织"), where, stretch=True, width=12, tooltip=each),
        Column(_("状态"), state_words),
        Column(_("上次登录"), _seen, sort=lambda row: str(row.last_sign_in_at or "")),
    )


def _people_columns() -> tuple[Column, ...]:
    return (
        Column(_("姓名"), lambda row: row.person.name, keys=lambda row: row.person.search_keys),
        Column(_("现任职务"), lambda row: row.posts, stretch=True, width=20, tooltip=lambda row: row.posts),
        Column(_("最近任职"), lambda row: row.since),
        Column(_("账号"), lambda row: row.logins),
    )


def _roles(account: AccountView) -> str:
    return _("、").join(dict.fromkeys(label(grant.role) for grant in account.grants)) or _("没有角色")


def _seen(account: AccountView) -> str:
    return f"{local(account.last_sign_in_at):%Y-%m-%d %H:%M}" if account.last_sign_in_at else ""


def _people_rows(shown: UsersSnapshot) -> list[PersonRow]:
    names = {org.id: org.short_name for org in shown.orgs}
    rows = []
    for person in shown.people:
        held = [term for term in shown.terms if term.person_id == person.id]
        posts = _posts(held, names)
        since = str(max((term.valid_from for term in held), default=""))
        logins = _("、").join(account.login for account in shown.accounts if account.person_id == person.id)
        rows.append(PersonRow(person, posts, since, logins))
    return rows


def _posts(held: list[AppointmentView], names: dict[int, str]) -> str:
    """Posts in words; a post held in several places is named once."""
    places: dict[str, list[str]] = {}
    for term in held:
        post = label(term.post) + (_("（代）") if term.acting else "")
        places.setdefault(post, []).append(names.get(term.org_id, ""))
    return _("；").join(
        where[0] + post if len(where) == 1 else post + _("：") + _("、").join(where) for post, where in places.items()
    )


def _sentence(shown: UsersSnapshot) -> str:
    usable = sum(not a.is_disabled and (a.has_password or shown.is_demo) for a in shown.accounts)
    sentence = _("{people} 人，{accounts} 个账号可以登录。").format(people=len(shown.people), accounts=usable)
    open_ones = sum(not a.is_disabled and not a.has_password for a in shown.accounts)
    if open_ones and not shown.is_demo:
        sentence += _("{n} 个账号还没有设置密码。").format(n=open_ones)
    vacant = [org for org in shown.orgs if org.kind == OrgKind.BRANCH and not org.secretary]
    if vacant:
        sentence += _("{n} 个支部书记空缺。").format(n=len(vacant))
    return sentence


def _read(session: Any, today: date, is_demo: bool) -> UsersSnapshot:
    return UsersSnapshot(
        today=today,
        orgs=orgs_now.tree(session, today),
        people=standing.people(session),
        terms=standing.appointments(session, day=today),
        accounts=standing.accounts(session, today),
        is_demo=is_demo,
    )

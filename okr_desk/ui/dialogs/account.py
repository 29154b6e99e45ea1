"""Accounts: give somebody one, set a password, add a role."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from okr_desk import services
from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.users import AccountView, AppointmentView, PersonView
from okr_desk.rules.users import BRANCH, OFFICE, AccountDraft, GrantDraft
from okr_desk.terms import OrgKind, Post, Role, label
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.person import PersonBox
from okr_desk.ui.dialogs.saving import SavingDialog
from okr_desk.ui.forms import choices, password_line
from okr_desk.ui.widgets.day_line import DayLine

_ROLE_OF = {
    Post.SECRETARY: Role.BRANCH_SECRETARY,
    Post.DEPUTY_SECRETARY: Role.BRANCH_RECORDER,
    Post.OFFICE_HEAD: Role.TOWNSHIP_OFFICIAL,
    Post.OFFICE_STAFF: Role.TOWNSHIP_OFFICIAL,
}
"""What an account is for by its owner's post, the first of these that is held; other posts, and those of the township's
Party committee, look only."""


class RoleRows:
    """The two rows that say what an account may do and where; office roles stand at the township.

    Where several organisations are possible none is chosen beforehand: a grant for the wrong branch goes unnoticed.
    """

    def __init__(self, dialog: SavingDialog, orgs: tuple[OrgView, ...], role: Role = Role.BRANCH_SECRETARY) -> None:
        self._orgs = orgs
        self.role = choices([(label(one), one) for one in Role], role)
        self.org = QComboBox()
        self.org.setPlaceholderText(_("请选择"))
        self.below = QCheckBox(_("包括下级党组织"), dialog)
        self.below.setChecked(True)
        dialog.add_row("role", _("角色"), self.role)
        dialog.add_row("org_id", _("党组织"), self.org)
        dialog.form.addRow("", self.below)
        self.role.currentIndexChanged.connect(self._follow)
        self._follow()

    def chosen(self) -> tuple[Role, int]:
        """Role and organisation. Raises InputRefused while no organisation is chosen."""
        if self.org.currentData() is None:
            raise InputRefused(_("请选择这个角色用在哪个党组织。"), "org_id")
        return Role(self.role.currentData()), int(self.org.currentData())

    def suit(self, held: Sequence[AppointmentView]) -> None:
        """Offer the role and the organisation that go with somebody's posts; without one, no organisation."""
        kinds = {org.id: org.kind for org in self._orgs}
        order = list(_ROLE_OF)
        rank = {post: order.index(post) if post in order else len(order) for post in Post}
        posts = sorted((term for term in held if term.org_id in kinds), key=lambda term: rank[term.post])
        role, org_id = Role.BRANCH_SECRETARY, None
        if posts:
            role, org_id = _ROLE_OF.get(posts[0].post, Role.VIEWER), posts[0].org_id
            if role in BRANCH and kinds[org_id] == OrgKind.TOWNSHIP:
                role = Role.VIEWER
        self.role.setCurrentIndex(self.role.findData(role))
        self._follow()
        self.org.setCurrentIndex(self.org.findData(org_id) if self.org.count() > 1 else 0)

    def _follow(self) -> None:
        role, kept = Role(self.role.currentData()), self.org.currentData()
        self.org.clear()
        for org in self._orgs:
            is_top = org.kind == OrgKind.TOWNSHIP
            if not ((role in OFFICE and not is_top) or (role in BRANCH and is_top)):
                self.org.addItem(org.short_name, org.id)
        self.org.setCurrentIndex(0 if self.org.count() == 1 else self.org.findData(kept))


class AccountDialog(SavingDialog):
    """A new account for a person, with a first role and a first password that its owner replaces."""

    def __init__(
        self,
        desk: Desk,
        people: tuple[PersonView, ...],
        orgs: tuple[OrgView, ...],
        today: date,
        terms: Sequence[AppointmentView] = (),
        person_id: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        note = _("初始密码由本人首次登录时更换。")
        super().__init__(desk, services.users.create_account, _("新增账号"), parent=parent, note=note)
        self._today, self._terms = today, tuple(terms)
        self.person = PersonBox(people)
        self.person.setCurrentIndex(max(0, self.person.findData(person_id)))
        self.add_row("person_id", _("姓名"), self.person)
        self.add_row("login", _("账号"), QLineEdit(), _("登录时输入，可用汉字、字母、数字"))
        self.rows = RoleRows(self, orgs)
        self.add_row("password", _("初始密码"), password_line(), _("至少 8 位；不填则暂不能登录"))
        self._whose: int | None = -1
        self.person.currentTextChanged.connect(lambda _words: self._follow_person())
        self._follow_person()

    @classmethod
    def ask(
        cls,
        parent: QWidget,
        desk: Desk,
        people: tuple[PersonView, ...],
        orgs: tuple[OrgView, ...],
        terms: Sequence[AppointmentView] = (),
        person_id: int | None = None,
    ) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, people, orgs, desk.clock.today(), terms, person_id, parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> AccountDraft:
        person_id, _name = self.person.chosen()
        if person_id is None:
            raise InputRefused(_("请从名单中选择账号属于谁；没有的先在“人员”中新增。"), "person_id")
        role, org_id = self.rows.chosen()
        line = self.fields["password"]
        password = line.text() if isinstance(line, QLineEdit) else ""
        return AccountDraft(
            login=self.text("login"),
            person_id=person_id,
            role=role,
            org_id=org_id,
            valid_from=self._today,
            password=password or None,
            includes_below=self.rows.below.isChecked(),
        )

    def _follow_person(self) -> None:
        """Role and organisation follow the post of whoever is chosen."""
        person_id, _name = self.person.chosen()
        if person_id != self._whose:
            self._whose = person_id
            self.rows.suit([term for term in self._terms if person_id is not None and term.person_id == person_id])


class GrantDialog(SavingDialog):
    """One more role for an account."""

    def __init__(
        self, desk: Desk, account: AccountView, orgs: tuple[OrgView, ...], today: date, parent: QWidget | None = None
    ) -> None:
        title = _("为{name}增加角色").format(name=account.name)
        super().__init__(desk, services.users.grant, title, parent=parent)
        self._account = account
        self.rows = RoleRows(self, orgs)
        self.first = DayLine(_("开始日期"), today, today.year, pick=True)
        self.last = DayLine(_("结束日期"), None, today.year, pick=True)
        self.add_row("valid_from", _("开始日期"), self.first)
        self.add_row("valid_to", _("结束日期"), self.last, _("长期有效可不填"))

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, account: AccountView, orgs: tuple[OrgView, ...]) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, account, orgs, desk.clock.today(), parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> GrantDraft:
        role, org_id = self.rows.chosen()
        first, last = self.first.day("valid_from"), self.last.optional_day("valid_to")
        return GrantDraft(self._account.id, role, org_id, first, self.rows.below.isChecked(), last)


class ResetDialog(SavingDialog):
    """A first or forgotten password, typed twice."""

    def __init__(self, desk: Desk, account: AccountView, parent: QWidget | None = None) -> None:
        title = _("为{name}设置密码").format(name=account.name)
        note = _("设置后等待时间清零；本人下次登录时须换成自己的密码。")
        super().__init__(desk, services.users.reset_password, title, account.id, parent=parent, note=note)
        self.add_row("password", _("新密码"), password_line(), _("至少 8 位，不要用账号、连续数字或常见密码"))
        self.add_row("again", _("再输一遍"), password_line())

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, account: AccountView) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, account, parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> str:
        typed = [line.text() if isinstance(line, QLineEdit) else "" for line in self.fields.values()]
        if typed[0] != typed[1]:
            raise InputRefused(_("两次输入的密码不一样，请重新输入。"), "again")
        return typed[0]

"""Signing in, and choosing an own password where somebody else gave the first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.forms import FormDialog, password_line

if TYPE_CHECKING:
    from okr_desk.rules.permissions import Actor


class SignIn(FormDialog):
    """Account and password; the try runs in the pool, its refusal stands at the field."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_("登录"), parent, accept=_("登录"))
        self._desk = desk
        self.actor: Actor | None = None
        login = self.add_row("login", _("账号"), QLineEdit(desk.settings.last_login))
        password = self.add_row("password", _("密码"), password_line())
        self._secrets = QLabel(_("不得存储、处理国家秘密。"), self)
        self._secrets.setObjectName("quiet")
        self._secrets.setFont(theme.font("small"))
        self.form.addRow("", self._secrets)
        (password if desk.settings.last_login else login).setFocus()

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk) -> Actor | None:
        """The person who signed in, None when the dialog was left."""
        dialog = cls(desk, parent)
        dialog.exec()
        return dialog.actor

    def draft(self) -> tuple[str, str]:
        """Account and password; raises InputRefused without an account."""
        if not self.text("login"):
            raise InputRefused(_("请输入账号。"), "login")
        return self.text("login"), self._password()

    def submit(self) -> None:
        """Try; the dialog stays open until it succeeds or is left."""
        self.clear_refusals()
        try:
            login, password = self.draft()
        except InputRefused as error:
            self.refuse(error)
            return
        self.ok.setEnabled(False)
        self._desk.tasks.run(
            _attempt,
            self._desk.store,
            login,
            password,
            done=self._let_in,
            failed=self._turn_away,
            owner=self,
        )

    def _password(self) -> str:
        line = self.fields["password"]
        return line.text() if isinstance(line, QLineEdit) else ""

    def _let_in(self, found: tuple[Actor, bool]) -> None:
        self.ok.setEnabled(True)
        actor, must_change = found
        if must_change and not self._ask_new(actor):
            return
        self._desk.change_settings(replace(self._desk.settings, last_login=self.text("login")))
        self.actor = actor
        self.accept()

    def _ask_new(self, actor: Actor) -> bool:
        """Whether the person has replaced a password that somebody else gave."""
        changed = NewPassword.ask(self, self._desk, actor, self._password())
        if not changed:
            self.refuse(InputRefused(_("请先设置自己的新密码，再登录。"), "password"))
        return changed

    def _turn_away(self, error: Exception) -> None:
        self.ok.setEnabled(True)
        line = self.fields["password"]
        if isinstance(line, QLineEdit):
            line.clear()
        self.refuse(error)


@dataclass(frozen=True)
class PasswordChange:
    """The old password and the new one."""

    old: str
    new: str


class NewPassword(FormDialog):
    """Old password, new one, new one again. `old` given: the first sign-in, where it was just typed."""

    def __init__(self, desk: Desk, actor: Any, old: str = "", parent: QWidget | None = None) -> None:
        note = _("密码由他人代设，请换成只有您自己知道的密码。") if old else ""
        super().__init__(_("修改密码"), parent, note=note)
        self._desk, self._actor, self._old = desk, actor, old
        if not old:
            self.add_row("old", _("原密码"), password_line())
        advice = _("至少 8 位，不要用账号、连续数字或常见密码。")
        self.add_row("password", _("新密码"), password_line(), advice)
        self.add_row("again", _("再输一遍"), password_line())

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, actor: Any, old: str = "") -> bool:
        """Whether the password was changed."""
        return cls(desk, actor, old, parent).exec() == cls.DialogCode.Accepted

    def draft(self) -> PasswordChange:
        new = self._line("password")
        if new != self._line("again"):
            raise InputRefused(_("两次输入的新密码不一样，请重新输入。"), "again")
        return PasswordChange(self._old or self._line("old"), new)

    def submit(self) -> None:
        """Change it in the database; the dialog stays open until that succeeds or it is left."""
        self.clear_refusals()
        try:
            draft = self.draft()
        except InputRefused as error:
            self.refuse(error)
            return
        self.ok.setEnabled(False)
        self._desk.tasks.run(
            _change,
            self._desk.store,
            self._actor,
            draft,
            done=lambda _made: self.accept(),
            failed=self._refused,
            owner=self,
        )

    def _refused(self, error: Exception) -> None:
        self.ok.setEnabled(True)
        self.refuse(error)

    def _line(self, name: str) -> str:
        line = self.fields[name]
        return line.text() if isinstance(line, QLineEdit) else ""


def _attempt(store: Any, login: str, password: str) -> tuple[Any, bool]:
    from okr_desk.queries import users as standing
    from okr_desk.services import users

    actor = users.attempt(store, login, password)
    with store.read() as session:
        return actor, standing.must_change(session, actor.account_id)


def _change(store: Any, actor: Any, draft: PasswordChange) -> None:
    from okr_desk.services import users

    with store.write(actor) as session:
        users.change_password(session, actor, draft.old, draft.new)

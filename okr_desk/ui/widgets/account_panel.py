"""One account beside the list: its roles, how it stands, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from okr_desk import services
from okr_desk.clock import local
from okr_desk.i18n import _
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.users import AccountView
from okr_desk.rules.permissions import GrantHeld
from okr_desk.terms import label
from okr_desk.ui import icons, theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.account import GrantDialog, ResetDialog


class AccountPanel(QWidget):
    """Roles with their dates, the state of the password, and the buttons."""

    def __init__(
        self, desk: Desk, account: AccountView, orgs: tuple[OrgView, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._account, self._orgs = desk, account, orgs
        self._names = {org.id: org.short_name for org in orgs}
        self.buttons: dict[str, QPushButton] = {}
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.gap(0.35))
        lines.addLayout(self._facts())
        heading = QLabel(_("角色"), self)
        heading.setFont(theme.font("body", bold=True))
        heading.setContentsMargins(0, theme.gap(0.5), 0, 0)
        lines.addWidget(heading)
        for grant in account.grants:
            lines.addLayout(self._role(grant))
        if not account.grants:
            lines.addWidget(_quiet(_("没有角色，登录后看不到内容。")))
        lines.addSpacing(theme.gap(0.5))
        for name, words, icon, slot in (
            ("grant", _("增加角色…"), "add", self.add_role),
            ("reset", _("设置密码…"), "key", self.reset),
            ("switch", _("启用") if account.is_disabled else _("停用"), "lock", self.switch),
        ):
            self.buttons[name] = self._button(words, icon, slot)
            lines.addWidget(self.buttons[name], 0, Qt.AlignmentFlag.AlignLeft)
        self.buttons["switch"].setEnabled(desk.actor is None or desk.actor.account_id != account.id)
        lines.addStretch(1)

    def add_role(self) -> None:
        """One more role."""
        GrantDialog.ask(self, self._desk, self._account, self._orgs)

    def reset(self) -> None:
        """A new password."""
        ResetDialog.ask(self, self._desk, self._account)

    def switch(self) -> None:
        """Close the account, or open it again."""
        if self._account.is_disabled:
            self._desk.tasks.write(services.users.enable, self._account.id)
        elif self._agrees(_("停用"), _("停用后{name}立即不能登录和操作，记录都保留。").format(name=self._account.name)):
            self._desk.tasks.write(services.users.disable, self._account.id)

    def _facts(self) -> QFormLayout:
        form = QFormLayout()
        form.setVerticalSpacing(theme.gap(0.2))
        account = self._account
        seen = account.last_sign_in_at
        facts: list[tuple[str, Any]] = [
            (_("账号"), account.login),
            (_("状态"), state_words(account)),
            (_("上次登录"), f"{local(seen):%Y-%m-%d %H:%M}" if seen else _("还没有登录过")),
        ]
        for words, fact in facts:
            form.addRow(_quiet(words), QLabel(str(fact), self))
        return form

    def _role(self, grant: GrantHeld) -> QHBoxLayout:
        place = self._names.get(grant.org_id, "")
        more = _("及下级") if grant.includes_below and grant.org_id == self._orgs[0].id else ""
        words = QLabel(f"{label(grant.role)}　{place}{more}", self)
        words.setWordWrap(True)
        until = _("{day} 止").format(day=grant.valid_to) if grant.valid_to else ""
        row = QHBoxLayout()
        row.addWidget(words, 1)
        if until:
            row.addWidget(_quiet(until))
        button = QToolButton(self)
        icons.dress(button, "close", "text_quiet")
        tip = _("收回{role}").format(role=label(grant.role))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.clicked.connect(lambda: self._revoke(grant))
        row.addWidget(button)
        return row

    def _revoke(self, grant: GrantHeld) -> None:
        words = _("收回{name}的“{role}”？立即生效。").format(name=self._account.name, role=label(grant.role))
        if self._agrees(_("收回角色"), words):
            self._desk.tasks.write(services.users.revoke, grant.id)

    def _agrees(self, title: str, words: str) -> bool:
        button = QMessageBox.StandardButton
        return QMessageBox.question(self, title, words, button.Ok | button.Cancel, button.Cancel) == button.Ok

    def _button(self, words: str, icon: str, slot: Callable[[], None]) -> QPushButton:
        button = QPushButton(words, self)
        icons.dress(button, icon, "text")
        button.clicked.connect(lambda: slot())
        return button


def state_words(account: AccountView) -> str:
    """How an account stands, in one word or two."""
    if account.is_disabled:
        return _("已停用")
    if not account.has_password:
        return _("未设密码")
    return _("待换初始密码") if account.must_change else _("可登录")


def _quiet(words: str) -> QLabel:
    line = QLabel(words)
    line.setObjectName("quiet")
    line.setWordWrap(True)
    return line

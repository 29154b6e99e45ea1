"""The top bar: which quarter, which part of the township, search, and who sits here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QWidget

from okr_desk.i18n import _
from okr_desk.ui import icons, theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.widgets.picker import Choice, Picker

if TYPE_CHECKING:
    from okr_desk.queries.objectives import OrgView

EVERYTHING = 0


class TopBar(QFrame):
    """Pickers follow the desk's selection and set it; the rest is told by signals."""

    search_asked = Signal()
    password_asked = Signal()
    lock_asked = Signal()
    sign_out_asked = Signal()
    account_chosen = Signal(str)
    open_asked = Signal()
    new_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topbar")
        self._desk = desk
        self.quarter = Picker(_("季度"), self, searchable=False)
        self.org = Picker(_("组织"), self)
        self.search = QPushButton(self)
        self.user = QPushButton(self)
        self.user_menu = QMenu(self)
        self._accounts: tuple[tuple[str, str], ...] = ()
        self.search.setObjectName("jump")
        icons.dress(self.search, "search", "text_quiet")
        icons.dress(self.user, "person", "text_quiet")
        self.search.setMinimumWidth(theme.span(self, 15))
        self.user.setProperty("flat", True)

        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.gap(0.5), theme.gap(0.35), theme.gap(0.8), theme.gap(0.35))
        layout.setSpacing(theme.gap(0.4))
        layout.addWidget(self.quarter)
        layout.addWidget(self.org)
        layout.addStretch(1)
        layout.addWidget(self.search)
        layout.addSpacing(theme.gap(0.4))
        layout.addWidget(self.user)

        self.search.clicked.connect(self.search_asked)
        self.user.clicked.connect(self._open_user_menu)
        self.quarter.chosen.connect(desk.selection.choose_quarter)
        self.org.chosen.connect(lambda key: desk.selection.choose_org(key or None))
        desk.selection.offered.connect(self.follow)
        desk.selection.quarter_changed.connect(self.follow)
        desk.selection.org_changed.connect(self.follow)
        desk.actor_changed.connect(self.follow)
        self.follow()

    def offer_accounts(self, accounts: tuple[tuple[str, str], ...]) -> None:
        """Accounts of the demo, (login, words), to change places without a password."""
        self._accounts = accounts

    def follow(self) -> None:
        """Show what the desk has, in the language in use."""
        self.search.setText(_("搜索页面、支部、操作") + "   Ctrl+K")
        self.search.setAccessibleName(_("搜索页面、支部、操作"))
        self.quarter.set_name(_("季度"))
        self.org.set_name(_("组织"))
        chosen = self._desk.selection
        self.quarter.offer(
            [Choice(q.id, q.label, note=q.key) for q in chosen.quarters],
            chosen.quarter.id if chosen.quarter else None,
        )
        self.org.offer(self._orgs(), chosen.org.id if chosen.org else EVERYTHING)
        self.quarter.setVisible(bool(chosen.quarters))
        self.org.setVisible(bool(chosen.orgs))
        actor = self._desk.actor
        self.user.setVisible(actor is not None)
        if actor is not None:
            role = actor.role_label
            words = actor.name if actor.name == role else _("{name} · {role}").format(name=actor.name, role=role)
            self.user.setText(words)
            self.user.setAccessibleName(self.user.text())

    def _orgs(self) -> list[Choice]:
        orgs = self._desk.selection.orgs
        known = {org.id for org in orgs}
        root = self._desk.selection.top
        if root is not None:
            everything = Choice(EVERYTHING, _("{name} · 全部支部").format(name=root.short_name), root.search_keys)
            below = [org for org in orgs if org is not root]
            return [everything, *(self._choice(org, known - {root.id}) for org in below)]
        if len(orgs) == 1:
            return [Choice(orgs[0].id, orgs[0].short_name)]
        return [Choice(EVERYTHING, _("全部")), *(self._choice(org, known) for org in orgs)]

    def _choice(self, org: OrgView, known: set[int]) -> Choice:
        parent = org.parent_id if org.parent_id in known else None
        return Choice(org.id, org.short_name, org.search_keys, parent, org.full_name)

    def _open_user_menu(self) -> None:
        menu = self.user_menu
        menu.clear()
        if self._accounts:
            for login, words in self._accounts:
                action = menu.addAction(words, lambda name=login: self.account_chosen.emit(name))
                action.setCheckable(True)
                action.setChecked(self._desk.actor is not None and self._desk.actor.login == login)
        else:
            menu.addAction(icons.icon("key"), _("修改密码…"), self.password_asked.emit)
            menu.addAction(icons.icon("lock"), _("锁定"), self.lock_asked.emit)
            menu.addAction(icons.icon("sign_out"), _("退出登录"), self.sign_out_asked.emit)
        menu.addSeparator()
        menu.addAction(icons.icon("folder"), _("打开数据文件…"), self.open_asked.emit)
        menu.addAction(icons.icon("add"), _("新建数据文件…"), self.new_asked.emit)
        menu.addAction(icons.icon("settings"), _("设置"), lambda: self._desk.go("settings"))
        menu.popup(self.user.mapToGlobal(self.user.rect().bottomLeft()))

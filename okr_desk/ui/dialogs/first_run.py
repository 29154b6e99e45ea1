"""The first start: a new township, a file that exists, or the demo. Says what must never be kept here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.ui import icons, theme
from okr_desk.ui.forms import FormDialog, grow, password_line

if TYPE_CHECKING:
    from okr_desk.rules.setup import TownshipDraft

SUFFIX = ".okr"
FIELDS = {"short_name": "name", "name": "admin_name", "login": "admin_login"}
"""Where the rules' drafts and this form call a field differently."""


@dataclass(frozen=True)
class NewFile:
    """A township to be set up, and where its file goes."""

    path: Path
    township: TownshipDraft


@dataclass(frozen=True)
class Wish:
    """What was chosen at the first start."""

    demo: bool = False
    existing: Path | None = None
    draft: NewFile | None = None


class FirstRun(QDialog):
    """Three ways to begin."""

    def __init__(self, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("开始使用"))
        self._year = year
        self.wish: Wish | None = None
        title = QLabel(_("支部目标工作台"), self)
        title.setFont(theme.font("title", bold=True))
        words = QLabel(_("数据只保存在本机的一个文件里，不联网。请选择怎样开始："), self)
        words.setWordWrap(True)
        self.new = self._way("add", _("新建"), _("为本乡镇建立数据文件，设置系统管理员。"), self._ask_new)
        self.existing = self._way("folder", _("打开已有"), _("打开以前建立的数据文件（.okr）。"), self._ask_existing)
        self.demo = self._way("eye", _("看示范镇"), _("用一个虚构的乡镇试一试，不影响正式数据。"), self._take_demo)
        secrets = QFrame(self)
        secrets.setObjectName("band")
        warning = QLabel(_("本程序不得存储、处理国家秘密。不要填写身份证号、手机号等个人信息。"), secrets)
        warning.setWordWrap(True)
        QVBoxLayout(secrets).addWidget(warning)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.gap(1.4)] * 4)
        layout.setSpacing(theme.gap(0.7))
        layout.addWidget(title)
        layout.addWidget(words)
        for way in (self.new, self.existing, self.demo):
            layout.addWidget(way)
        layout.addStretch(1)
        layout.addWidget(secrets)
        ways = max(way.sizeHint().width() for way in (self.new, self.existing, self.demo))
        self.setMinimumWidth(max(theme.span(self, 32), ways + 2 * theme.gap(1.4)))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        grow(self)

    @classmethod
    def ask(cls, parent: QWidget, year: int) -> Wish | None:
        """What was chosen, None when the dialog was left."""
        dialog = cls(year, parent)
        dialog.exec()
        return dialog.wish

    def _way(self, icon: str, name: str, words: str, slot: object) -> QPushButton:
        button = QPushButton(f"{name}\n{words}", self)
        icons.dress(button, icon)
        button.setStyleSheet("text-align: left;")
        button.setMinimumHeight(button.sizeHint().height())
        button.setAccessibleName(name)
        button.setAccessibleDescription(words)
        button.clicked.connect(slot)
        return button

    def _ask_new(self) -> None:
        draft = NewTownship.ask(self, self._year)
        if draft is not None:
            self.wish = Wish(draft=draft)
            self.accept()

    def _ask_existing(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, _("打开数据文件"), "", _("数据文件 (*.okr)"))
        if name:
            self.wish = Wish(existing=Path(name))
            self.accept()

    def _take_demo(self) -> None:
        self.wish = Wish(demo=True)
        self.accept()


class NewTownship(FormDialog):
    """The township, its first administrator, and where the file goes."""

    def __init__(self, year: int, parent: QWidget | None = None) -> None:
        super().__init__(_("新建数据文件"), parent, accept=_("建立"))
        self._year = year
        self._name, self._full = QLineEdit(), QLineEdit()
        self._name.setPlaceholderText(_("例如：青山镇"))
        self.path = QLineEdit(str(_documents() / f"{year}{SUFFIX}"))
        self.add_row("name", _("乡镇（街道）简称"), self._name)
        self.add_row("full_name", _("党委全称"), self._full, _("印在评审表上，例如：中共青山镇委员会"))
        self.add_row("admin_name", _("管理员姓名"), QLineEdit())
        self.add_row("admin_login", _("登录账号"), QLineEdit("admin"))
        self.add_row("password", _("密码"), password_line(), _("至少 8 位，不要用账号、连续数字或常见密码。"))
        self.add_row("again", _("再输一遍"), password_line())
        self.add_row("path", _("数据文件"), self._with_browse())
        self._name.textChanged.connect(self._follow_name)

    @classmethod
    def ask(cls, parent: QWidget, year: int) -> NewFile | None:
        """The draft, None when the dialog was left."""
        found: NewFile | None = cls(year, parent).run()
        return found

    def draft(self) -> NewFile:
        from okr_desk.rules import setup

        password = self._secret("password")
        township = setup.TownshipDraft(
            self.text("name"),
            self.text("full_name"),
            self.text("admin_login"),
            self.text("admin_name"),
            password,
            self._year,
        )
        try:
            setup.check(township)
        except InputRefused as error:
            raise InputRefused(error.sentence, FIELDS.get(error.field, error.field)) from error
        if password != self._secret("again"):
            raise InputRefused(_("两次输入的密码不一样，请重新输入。"), "again")
        path = Path(self.path.text().strip()).expanduser()
        if not self.path.text().strip():
            raise InputRefused(_("请选择数据文件放在哪里。"), "path")
        path = path if path.suffix.lower() == SUFFIX else path.with_name(path.name + SUFFIX)
        if path.exists():
            raise InputRefused(_("“{name}”已经存在，不会覆盖。请换一个文件名。").format(name=path.name), "path")
        return NewFile(path, township)

    def _secret(self, name: str) -> str:
        line = self.fields[name]
        return line.text() if isinstance(line, QLineEdit) else ""

    def _follow_name(self, name: str) -> None:
        short = name.strip()
        self._full.setText(_("中共{name}委员会").format(name=short) if short else "")
        if short:
            self.path.setText(str(_documents() / f"{short}{self._year}{SUFFIX}"))

    def _with_browse(self) -> QWidget:
        place = QWidget(self)
        browse = QToolButton(place)
        browse.setAccessibleName(_("选择位置"))
        browse.setToolTip(_("选择位置"))
        icons.dress(browse, "folder", "text_quiet")
        self.path.setAccessibleName(_("数据文件"))
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.path, 1)
        row.addWidget(browse)
        place.setFocusProxy(self.path)
        place.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        browse.clicked.connect(self._browse)
        return place

    def _browse(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(self, _("数据文件放在哪里"), self.path.text(), _("数据文件 (*.okr)"))
        if name:
            self.path.setText(name)


def _documents() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or Path.home())

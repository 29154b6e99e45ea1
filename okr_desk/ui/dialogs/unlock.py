"""The sign-in form over covered windows: the password of the person who sits here, or somebody else signs in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QMessageBox, QWidget

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.sign_in import SignIn

if TYPE_CHECKING:
    from okr_desk.rules.permissions import Actor


class Unlock(SignIn):
    """Stays until the password fits (`unlocked`) or somebody else wants the desk (`left`)."""

    unlocked = Signal()
    left = Signal()

    def __init__(self, desk: Desk, sitting: Actor, parent: QWidget) -> None:
        super().__init__(desk, parent)
        self._sitting = sitting
        words = _("{name}，请输入密码继续。").format(name=sitting.name)
        self.heading.setText(_("已锁定"))
        self.setWindowTitle(_("已锁定"))
        self.note.setText(words)
        self.note.show()
        self.ok.setText(_("继续"))
        self.cancel.setText(_("换人登录"))
        login, password = self.fields["login"], self.fields["password"]
        if isinstance(login, QLineEdit):
            login.setText(sitting.login)
            login.setReadOnly(True)
            login.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        password.setFocus()
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setWindowFlag(Qt.WindowType.WindowCloseButtonHint, False)

    def reject(self) -> None:
        """Escape and the second button: only somebody else's wish, after a question, ends the wait."""
        words = _("换人登录将关闭现在打开的内容，没有保存的会丢失。要换人登录吗？")
        buttons = QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No
        if QMessageBox.question(self, _("换人登录"), words, buttons, QMessageBox.StandardButton.No) == (
            QMessageBox.StandardButton.Yes
        ):
            self.left.emit()

    def finish(self) -> None:
        """Take the form away without asking."""
        self.done(self.DialogCode.Accepted)
        self.deleteLater()

    def _let_in(self, found: tuple[Actor, bool]) -> None:
        self.ok.setEnabled(True)
        actor, must_change = found
        if actor.account_id != self._sitting.account_id:
            self.refuse(
                InputRefused(_("请输入{name}的密码，或者换人登录。").format(name=self._sitting.name), "password")
            )
            return
        if must_change and not self._ask_new(actor):
            return
        self.unlocked.emit()

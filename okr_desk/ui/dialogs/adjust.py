"""One sentence that an official step needs: the reason of a stop or change, the opinion of a return."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from okr_desk.i18n import _
from okr_desk.rules.checks import check_reason
from okr_desk.ui import theme
from okr_desk.ui.forms import FormDialog


class Reason(FormDialog):
    """Title, what will happen, and the field for the reason."""

    def __init__(self, title: str, note: str, label: str, accept: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent, note, accept)
        self._label = label
        field = QPlainTextEdit()
        field.setTabChangesFocus(True)
        field.setFixedHeight(round(theme.line_height() * 5))
        self.add_row("reason", label, field)
        field.setFocus()

    @classmethod
    def ask(cls, parent: QWidget, title: str, note: str, label: str, accept: str) -> str | None:
        """The reason, None when the dialog was left."""
        found: str | None = cls(title, note, label, accept, parent).run()
        return found

    def draft(self) -> str:
        return check_reason(self.text("reason"), _("请填写“{label}”。").format(label=self._label))

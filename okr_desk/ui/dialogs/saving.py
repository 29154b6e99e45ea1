"""Dialogs that stay open until what was typed is saved: a refusal from the service stands at its field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QLineEdit, QSpinBox, QWidget

from okr_desk.errors import InputRefused, Refusal
from okr_desk.i18n import _
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.fields import PairedForm

FIELD = 1.5
"""Height of fields in lines of text, so that counts stand as tall as lines of text."""


class SavingDialog(PairedForm):
    """A form whose draft goes to `service(session, actor, *before, draft)`; `outcome` holds what came back."""

    def __init__(
        self,
        desk: Desk,
        service: Callable[..., Any],
        title: str,
        *before: Any,
        parent: QWidget | None = None,
        note: str = "",
        accept: str = "",
    ) -> None:
        super().__init__(title, parent, note, accept or _("保存"))
        self.desk, self._service, self._before = desk, service, before
        self.outcome: Any = None
        self.ok.style().unpolish(self.ok)
        self.ok.style().polish(self.ok)

    @property
    def saved(self) -> tuple[Any, Any] | None:
        """What the service gave back, with the draft that it took; None while nothing was saved."""
        return None if self.outcome is None else (self.outcome, self.result_draft)

    def submit(self) -> None:
        """Send the draft; the dialog closes when it is saved, and shows the sentence when it is refused."""
        self.clear_refusals()
        try:
            self.result_draft = self.draft()
        except Refusal as error:
            self.refuse(error)
            return
        self.ok.setEnabled(False)
        self.desk.tasks.write(
            self._service, *self._before, self.result_draft, done=self._saved, failed=self._refused, owner=self
        )

    def add_reason(self, is_asked: bool, caption: str = "", advice: str = "") -> QLineEdit:
        """The reason of a late entry: there at once where the quarter shown is shut, else as soon as one is asked for,
        because the day typed lies in another one."""
        line = QLineEdit()
        self.add_row("reason", caption or _("补报理由"), line, advice)
        self.show_field("reason", is_asked)
        return line

    def refuse(self, error: Exception) -> None:
        if isinstance(error, InputRefused) and error.field == "reason" and "reason" in self.fields:
            self.show_field("reason", True)
        super().refuse(error)

    def _saved(self, outcome: Any) -> None:
        self.outcome = outcome
        self.accept()

    def _refused(self, error: Exception) -> None:
        self.ok.setEnabled(True)
        self.refuse(error if isinstance(error, Refusal) else Refusal(_("没有保存成功，请重试。")))


class CountField(QSpinBox):
    """A count that may stay 未填: missing is not zero."""

    def __init__(self, count: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(-1, 999_999)
        self.setSpecialValueText(_("未填"))
        self.setValue(-1 if count is None else count)
        self.setMinimumWidth(theme.span(self, 6))
        self.setMinimumHeight(theme.gap(FIELD))

    def count(self) -> int | None:
        """The number, or None where it was left open."""
        return None if self.value() < 0 else self.value()

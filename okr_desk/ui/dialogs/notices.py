"""What a step leaves to do, as a list that stays until it is put away and can be copied."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from okr_desk.i18n import _
from okr_desk.ui import theme
from okr_desk.ui.forms import accent

LINES = 12


class NoticesDialog(QDialog):
    """Numbered sentences under a heading; read, copied, closed."""

    def __init__(self, title: str, sentences: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        heading = QLabel(title, self)
        heading.setFont(theme.font("title", bold=True))
        self.list = QPlainTextEdit("\n".join(f"{n}. {said}" for n, said in enumerate(sentences, 1)), self)
        self.list.setReadOnly(True)
        self.list.setAccessibleName(title)
        self.list.setFixedHeight(round(theme.line_height() * LINES))
        self.buttons = QDialogButtonBox(self)
        self.copy = self.buttons.addButton(_("复制"), QDialogButtonBox.ButtonRole.ActionRole)
        accent(self.buttons.addButton(_("知道了"), QDialogButtonBox.ButtonRole.AcceptRole))

        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.gap(1.2)] * 4)
        layout.setSpacing(theme.gap(0.6))
        for widget in (heading, self.list, self.buttons):
            layout.addWidget(widget)
        self.setMinimumWidth(theme.span(self, 44))
        self.copy.clicked.connect(self._copy)
        self.buttons.accepted.connect(self.accept)

    @classmethod
    def tell(cls, parent: QWidget, title: str, sentences: Sequence[str]) -> None:
        """Show the list until it is put away; nothing for an empty one."""
        if sentences:
            cls(title, sentences, parent).exec()

    def _copy(self) -> None:
        self.list.selectAll()
        self.list.copy()

"""Other wordings of the line under the cursor, one a line, as export files have them."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from okr_desk.i18n import _
from okr_desk.ui import theme
from okr_desk.ui.widgets.ordered_texts import OrderedTexts

LINES = 3.4
"""Height in lines of text."""


def lines_of(text: str) -> tuple[str, ...]:
    """The lines with something in them, each once."""
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


class OtherWords(QPlainTextEdit):
    """Follows a list: what is typed is kept beside the line chosen there and moves with it."""

    def __init__(self, texts: OrderedTexts, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setFixedHeight(round(theme.line_height() * LINES))
        texts.currentRowChanged.connect(lambda _row: self._show())
        texts.changed.connect(self._show)
        self.textChanged.connect(self._keep)
        texts.setCurrentRow(0)
        self._show()

    def _show(self) -> None:
        row = self._texts.currentRow()
        text = self._texts.text_at(row)
        self.setEnabled(bool(text))
        said = _("“{text}”的其他写法，一行一个").format(text=text) if text else _("先在上面选定一行")
        self.setPlaceholderText(said)
        self.setToolTip(said)
        kept = self._texts.kept(row) or ()
        if lines_of(self.toPlainText()) != tuple(kept) or not text:
            with QSignalBlocker(self):
                self.setPlainText("\n".join(kept) if text else "")

    def _keep(self) -> None:
        self._texts.keep(self._texts.currentRow(), lines_of(self.toPlainText()))

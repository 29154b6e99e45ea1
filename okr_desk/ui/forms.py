"""Forms: labelled rows, the sentence of a refusal beside its field, one button that takes what was typed."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from okr_desk.errors import InputRefused, Refusal
from okr_desk.i18n import _
from okr_desk.ui import theme

_COLUMN = 30
"""Characters that a column of fields has room for at least."""


class FormDialog(QDialog):
    """The base of dialogs that collect a draft.

    A subclass adds rows with `add_row(name, label, widget)` and gives `draft()`, which may raise InputRefused: the
    sentence then stands under the field that it names. `result_draft` holds the draft after OK.
    """

    def __init__(self, title: str, parent: QWidget | None = None, note: str = "", accept: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.fields: dict[str, QWidget] = {}
        self._labels: dict[str, str] = {}
        self._sentences: dict[str, QLabel] = {}
        self.result_draft: Any = None
        self.heading = QLabel(title, self)
        self.heading.setFont(theme.font("title", bold=True))
        self.note = QLabel(note, self)
        self.note.setObjectName("quiet")
        self.note.setWordWrap(True)
        self.note.setVisible(bool(note))
        self.whole = QLabel(self)
        self.whole.setWordWrap(True)
        self.whole.setProperty("refusal", True)
        self.whole.hide()
        self.columns = QHBoxLayout()
        self.columns.setSpacing(theme.gap(1.2))
        self.form = self._column()
        self.buttons = QDialogButtonBox(self)
        self.ok = self.buttons.addButton(accept or _("确定"), QDialogButtonBox.ButtonRole.AcceptRole)
        accent(self.ok)
        self.cancel = self.buttons.addButton(_("取消"), QDialogButtonBox.ButtonRole.RejectRole)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.gap(1.2)] * 4)
        layout.setSpacing(theme.gap(0.6))
        for widget in (self.heading, self.note):
            layout.addWidget(widget)
        layout.addLayout(self.columns)
        layout.addWidget(self.whole)
        layout.addStretch(1)
        layout.addWidget(self.buttons)
        self.setMinimumWidth(theme.span(self, _COLUMN))
        self.buttons.accepted.connect(self.submit)
        self.buttons.rejected.connect(self.reject)

    def add_row(self, name: str, label: str, widget: QWidget, advice: str = "") -> QWidget:
        """A labelled field; `name` is the draft's attribute, `advice` a small line under it."""
        place = QWidget(self)
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(0.12))
        column.addWidget(widget)
        if advice:
            words = QLabel(advice, place)
            words.setObjectName("quiet")
            words.setFont(theme.font("small"))
            words.setWordWrap(True)
            column.addWidget(words)
        sentence = QLabel(place)
        sentence.setWordWrap(True)
        sentence.setProperty("refusal", True)
        sentence.hide()
        column.addWidget(sentence)
        title = QLabel(label, self)
        title.setBuddy(widget)
        widget.setAccessibleName(label)
        if advice:
            widget.setAccessibleDescription(advice)
        self.form.addRow(title, place)
        self.fields[name] = widget
        self._sentences[name] = sentence
        return widget

    def next_column(self) -> None:
        """Rows from here on stand in one more column to the right, where one would be too high for a small screen."""
        self.form = self._column()
        self.setMinimumWidth(theme.span(self, _COLUMN) * self.columns.count())

    def let_scroll(self) -> QScrollArea:
        """Put the rows into a place that scrolls, so that a long form fits a small screen at large text."""
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        at = column.indexOf(self.columns)
        column.removeItem(self.columns)
        inner = QWidget(self)
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(0, 0, theme.gap(0.3), 0)
        inside.addLayout(self.columns)
        inside.addStretch(1)
        area = QScrollArea(self)
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(self.windowTitle())
        area.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        column.insertWidget(at, area, 1)
        stretch = next(n for n in range(column.count()) if column.itemAt(n).spacerItem() is not None)
        column.takeAt(stretch)
        return area

    def text(self, name: str) -> str:
        """What was typed into a field, without blanks at the ends."""
        return text_of(self.fields[name]).strip()

    @abstractmethod
    def draft(self) -> Any:
        """The draft from the fields; raises InputRefused for what cannot be taken."""

    def submit(self) -> None:
        """OK: take the draft, or show the sentence at its field."""
        self.clear_refusals()
        try:
            self.result_draft = self.draft()
        except Refusal as error:
            self.refuse(error)
            return
        self.accept()

    def refuse(self, error: Exception) -> None:
        """Show a refusal at the field it names, else above the buttons."""
        field = error.field if isinstance(error, InputRefused) else ""
        sentence = self._sentences.get(field, self.whole)
        sentence.setText(str(error))
        sentence.show()
        if field in self.fields:
            mark(self.fields[field], True)
            self.fields[field].setFocus()
        self._make_room()

    def clear_refusals(self) -> None:
        """Take the sentences of the last try away."""
        for sentence in (*self._sentences.values(), self.whole):
            sentence.hide()
        for widget in self.fields.values():
            mark(widget, False)

    @property
    def refusal(self) -> str:
        """The sentence shown now; empty when there is none."""
        shown = [label.text() for label in (*self._sentences.values(), self.whole) if not label.isHidden()]
        return shown[0] if shown else ""

    def _make_room(self) -> None:
        """Grow by what is lacking, so that a sentence that has come never lies over a field."""
        layout = self.layout()
        layout.activate()
        least = layout.totalHeightForWidth(self.width())
        if least > self.height():
            self.resize(self.width(), least)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt opens a window no higher than two thirds of the screen, too low for wrapped lines at large text."""
        super().showEvent(event)
        self._make_room()

    def _column(self) -> QFormLayout:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        form.setVerticalSpacing(theme.gap(0.45))
        form.setHorizontalSpacing(theme.gap(0.6))
        self.columns.addLayout(form, 1)
        return form

    def run(self) -> Any:
        """Show the dialog until it is answered; the draft, or None."""
        return self.result_draft if self.exec() == QDialog.DialogCode.Accepted else None


def accent(button: QPushButton) -> None:
    """Make a button the one thing to do next, also where it was styled already."""
    button.setProperty("accent", True)
    button.style().unpolish(button)
    button.style().polish(button)


def mark(widget: QWidget, wrong: bool) -> None:
    """Colour a field as wrong or right again."""
    widget.setProperty("wrong", wrong)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def text_of(widget: QWidget) -> str:
    """What a field holds, as text; a combo box gives the data of its choice."""
    if isinstance(widget, QLineEdit):
        return widget.text()
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText()
    if isinstance(widget, QComboBox):
        return str(widget.currentData() if widget.currentData() is not None else widget.currentText())
    if isinstance(widget, QCheckBox):
        return "true" if widget.isChecked() else "false"
    raise TypeError(type(widget))


def password_line() -> QLineEdit:
    """A field whose text is hidden."""
    line = QLineEdit()
    line.setEchoMode(QLineEdit.EchoMode.Password)
    return line


def choices(pairs: list[tuple[str, Any]], chosen: Any = None) -> QComboBox:
    """A combo box of (words, data)."""
    box = QComboBox()
    for words, data in pairs:
        box.addItem(words, data)
    row = next((row for row, (_words, data) in enumerate(pairs) if data == chosen), 0)
    box.setCurrentIndex(row)
    return box

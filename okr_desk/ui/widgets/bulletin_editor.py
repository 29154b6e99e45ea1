"""The parts of a bulletin as one edits them, one under the other, each with its own count of characters."""

from __future__ import annotations

from dataclasses import fields

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from okr_desk.i18n import _
from okr_desk.rules.bulletins import LINES, LONG, PARTS, TITLE_LIMIT, Wording, length
from okr_desk.ui import theme
from okr_desk.ui.forms import mark

_LEAST_LINES = 2


class PartText(QPlainTextEdit):
    """A text as high as its lines, so that only the page scrolls; what was typed is undone until it is saved."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self.updateGeometry())

    def sizeHint(self) -> QSize:
        lines = max(_LEAST_LINES, round(self.document().size().height()))
        inside = lines * self.fontMetrics().lineSpacing() + round(2 * self.document().documentMargin())
        return QSize(theme.span(self, 12), inside + theme.gap(0.5))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class BulletinEditor(QScrollArea):
    """All parts; `edited` tells that what stands there may differ from what is saved."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, QLineEdit | PartText] = {}
        self.counters: dict[str, QLabel] = {}
        self.saved: Wording | None = None
        self.setAccessibleName(_("通报正文"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget(self)
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, theme.gap(0.5), 0)
        self._column.setSpacing(theme.gap(0.15))
        for name, title in PARTS:
            self._add(name, _(title))
        self._column.addStretch(1)
        self.setWidget(inner)

    def show_wording(self, wording: Wording, is_open: bool) -> None:
        """Fill the fields; one that already reads so keeps its cursor. What was undone before is past."""
        self.saved = wording
        for name, field in self.fields.items():
            text = getattr(wording, name)
            with QSignalBlocker(field):
                if isinstance(field, QLineEdit):
                    if field.text() != text:
                        field.setText(text)
                        field.setCursorPosition(0)
                elif field.toPlainText() != text:
                    field.setPlainText(text)
            field.setReadOnly(not is_open)
            mark(field, False)
            self._count(name)
        self.edited.emit()

    def wording(self) -> Wording:
        """What stands in the fields."""
        return Wording(**{one.name: self._text(one.name) for one in fields(Wording)})

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed that is not saved."""
        return self.saved is not None and self.wording() != self.saved

    def revert(self) -> None:
        """Back to what is saved."""
        if self.saved is not None:
            self.show_wording(self.saved, True)

    def keep(self) -> None:
        """What stands there is saved: nothing before it can be undone."""
        self.saved = self.wording()
        for field in self.fields.values():
            if isinstance(field, PartText):
                field.document().clearUndoRedoStacks()

    def point_at(self, name: str) -> None:
        """Bring a part that was refused into sight."""
        field = self.fields.get(name)
        if field is not None:
            mark(field, True)
            self.ensureWidgetVisible(field)
            field.setFocus()

    # Inside

    def _add(self, name: str, title: str) -> None:
        head, counter = QLabel(title, self), QLabel(self)
        head.setFont(theme.font("small", bold=True))
        counter.setObjectName("quiet")
        counter.setFont(theme.font("small"))
        field: QLineEdit | PartText = QLineEdit(self) if name in LINES else PartText(self)
        head.setBuddy(field)
        field.setAccessibleName(title)
        field.textChanged.connect(lambda *_text, part=name: self._typed(part))
        row = QHBoxLayout()
        row.addWidget(head)
        row.addStretch(1)
        row.addWidget(counter)
        self._column.addLayout(row)
        self._column.addWidget(field)
        self._column.addSpacing(theme.gap(0.3))
        self.fields[name], self.counters[name] = field, counter
        if name == "copies":
            field.setToolTip(_("抄送机关之间用逗号隔开；没有抄送就留空。"))

    def _text(self, name: str) -> str:
        field = self.fields[name]
        return field.text() if isinstance(field, QLineEdit) else field.toPlainText()

    def _typed(self, name: str) -> None:
        mark(self.fields[name], name == "title" and length(self._text(name)) > TITLE_LIMIT)
        self._count(name)
        self.edited.emit()

    def _count(self, name: str) -> None:
        typed = length(self._text(name))
        words = f"{typed} / {TITLE_LIMIT}" if name == "title" else _("{n} 字").format(n=typed)
        self.counters[name].setText(words if name not in LINES or name == "title" else "")


def counted(wording: Wording) -> str:
    """How long the whole is, and whether that is too long."""
    said = _("全文 {n} 字").format(n=wording.characters)
    return said + (_("，超过 {most} 字，请压缩").format(most=LONG) if wording.characters > LONG else "")

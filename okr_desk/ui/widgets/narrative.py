"""The three short texts of a branch on its quarter, each with a counter that runs while one types."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPlainTextEdit, QWidget

from okr_desk.i18n import N_, _
from okr_desk.queries.checkins import NarrativeView
from okr_desk.rules.checkins import NARRATIVE_LIMIT
from okr_desk.ui import theme

MOST_LINES = 3
_TEXTS = (
    ("practice", N_("主要做法"), N_("本季做了什么、见到什么效果")),
    ("problems", N_("存在问题"), N_("哪些没有做到、原因是什么")),
    ("next_quarter", N_("下季安排"), N_("下季要做的几件事，谁来做、何时完成")),
)


class NarrativeFields(QWidget):
    """主要做法, 存在问题, 下季安排 side by side. `edited` tells that a person changed something."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, QPlainTextEdit] = {}
        self.counters: dict[str, QLabel] = {}
        self._filling, self._lines = False, MOST_LINES
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(theme.gap(0.8))
        layout.setVerticalSpacing(theme.gap(0.15))
        for number, (name, title, hint) in enumerate(_TEXTS):
            head, counter, field = QLabel(_(title), self), QLabel(self), QPlainTextEdit(self)
            head.setBuddy(field)
            counter.setObjectName("quiet")
            counter.setFont(theme.font("small"))
            field.setAccessibleName(_(title))
            field.setPlaceholderText(_(hint))
            field.setTabChangesFocus(True)
            field.installEventFilter(self)
            layout.addWidget(head, 0, number * 2)
            layout.addWidget(counter, 0, number * 2 + 1, Qt.AlignmentFlag.AlignRight)
            layout.addWidget(field, 1, number * 2, 1, 2)
            layout.setColumnStretch(number * 2, 1)
            field.textChanged.connect(lambda name=name: self._count(name))
            self.fields[name], self.counters[name] = field, counter
            self._count(name)
        self._fit()

    def show_texts(self, texts: NarrativeView) -> None:
        """Fill the fields without telling that somebody typed; a field that already reads so keeps its cursor."""
        self._filling = True
        for name, field in self.fields.items():
            if field.toPlainText() != getattr(texts, name):
                field.setPlainText(getattr(texts, name))
        self._filling = False

    def texts(self) -> NarrativeView:
        """What stands in the fields."""
        return NarrativeView(**{name: field.toPlainText() for name, field in self.fields.items()})

    def set_open(self, is_open: bool) -> None:
        """Whether one may type."""
        for name, _title, hint in _TEXTS:
            self.fields[name].setReadOnly(not is_open)
            self.fields[name].setPlaceholderText(_(hint) if is_open else "")

    def set_lines(self, lines: int) -> None:
        """How many lines each field shows; once one of them is entered they show the most."""
        self._lines = min(lines, MOST_LINES)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            QTimer.singleShot(0, self, self._fit)
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        entered = any(field.hasFocus() for field in self.fields.values())
        lines = MOST_LINES if entered else self._lines
        bars = Qt.ScrollBarPolicy
        for field in self.fields.values():
            field.setVerticalScrollBarPolicy(bars.ScrollBarAlwaysOff if lines == 1 else bars.ScrollBarAsNeeded)
            field.setFixedHeight(theme.line_height(field) * lines + theme.gap(0.7))

    def _count(self, name: str) -> None:
        field, counter = self.fields.get(name), self.counters.get(name)
        if field is None or counter is None:
            return
        typed = len(field.toPlainText().strip())
        over = typed > NARRATIVE_LIMIT
        words = _("超出 {n} 字").format(n=typed - NARRATIVE_LIMIT) if over else f"{typed} / {NARRATIVE_LIMIT}"
        counter.setText(words)
        if field.property("wrong") != over:
            field.setProperty("wrong", over)
            field.style().polish(field)
        if not self._filling:
            self.edited.emit()

"""Beside the sheet: how a number came about, what was entered for it, and the way to its value history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from okr_desk.i18n import _
from okr_desk.queries import score_inputs
from okr_desk.queries.schemes import LineView
from okr_desk.queries.score_lines import LineScore
from okr_desk.queries.score_measured import EventView
from okr_desk.queries.score_wording import effect, event_amount, event_fact
from okr_desk.queries.scores import RedLineView
from okr_desk.scoring.explained import Explained
from okr_desk.scoring.line_rule import rule_kind
from okr_desk.scoring.rounding import plain
from okr_desk.terms import RuleKind
from okr_desk.ui import icons, theme
from okr_desk.ui.models.score_figures import PLACES
from okr_desk.ui.models.score_rows import SheetRow
from okr_desk.ui.models.score_year_rows import YearRow
from okr_desk.ui.widgets.explain_panel import ExplainPanel


@dataclass(frozen=True)
class Entered:
    """Something entered by hand, in words: what it is, and who says so; `source` is the view behind it."""

    source: EventView | RedLineView
    said: str
    by: str


class ScorePanel(QWidget):
    """Steps above; entries below, each with the way to take it back where the person may.

    `taken_back` tells the view of an entry, `history_asked` the indicator whose value history is wanted.
    """

    taken_back = Signal(object)
    history_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line: int | None = None
        self.explain = ExplainPanel(self)
        self.entries = QVBoxLayout()
        self.history = QPushButton(_("历次数值和口径"), self)
        self.history.setProperty("flat", True)
        icons.dress(self.history, "history", "text_quiet")
        self.entries.setSpacing(theme.gap(0.35))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.explain, 1)
        layout.addLayout(self.entries)
        layout.addWidget(self.history, 0, Qt.AlignmentFlag.AlignLeft)
        self.history.clicked.connect(lambda: self.history_asked.emit(self._line))

    def show_row(self, row: SheetRow, may_take_back: bool) -> str:
        """A line or a sum of the quarter's sheet with the events that count in it; what the panel is called."""
        words = row.mark.words
        if row.mark.value is not None and row.maximum is not None:
            words = _("{points}／{maximum} 分").format(points=words, maximum=plain(row.maximum))
        entries = [event_entry(event, row.score.line) for event in row.score.events] if row.score else []
        inputs = score_inputs.inputs(row.score) if row.score else ()
        return self._show(row.name, row.explained, words, entries, may_take_back, row.score, inputs)

    def show_year_row(self, row: YearRow, title: str = "", explained: Explained | None = None) -> str:
        """A line or a sum of the year, or what one of its quarters brought; what the panel is called."""
        found = explained or row.explained
        words = row.mark.words if found is None or found is row.explained else plain(found.value, PLACES)
        asked = (part for each, part in zip(row.each, row.parts, strict=True) if each is explained)
        part = None if explained is None else next(asked, None)
        inputs = () if part is None else score_inputs.inputs(part)
        return self._show(f"{row.name} {title}".strip(), found, words, (), False, row.score, inputs)

    def show_result(
        self, title: str, explained: Explained, words: str, red_lines: Sequence[RedLineView], may_take_back: bool
    ) -> str:
        """A number of the head with the red lines that limit it; what the panel is called."""
        return self._show(title, explained, words, [red_line_entry(line) for line in red_lines], may_take_back, None)

    def _show(
        self,
        title: str,
        explained: Explained | None,
        words: str,
        entries: Sequence[Entered],
        may_take_back: bool,
        score: LineScore | None,
        inputs: Sequence[tuple[str, str]] = (),
    ) -> str:
        self.explain.show_explained(title, explained or Explained(None, ()), words, inputs)
        self._line = None if score is None else score.line.indicator_id
        self.history.setVisible(score is not None)
        while self.entries.count():
            widget = self.entries.takeAt(0).widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if entries:
            head = QLabel(_("登记事项"), self)
            head.setFont(theme.font("body", bold=True))
            self.entries.addWidget(head)
        for entry in entries:
            self.entries.addWidget(self._entry(entry, may_take_back))
        return title

    def _entry(self, entry: Entered, may_take_back: bool) -> QWidget:
        place = QWidget(self)
        said, by = QLabel(entry.said, place), QLabel(entry.by, place)
        by.setObjectName("quiet")
        by.setFont(theme.font("small"))
        for label in (said, by):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(said)
        words.addWidget(by)
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(words, 1)
        if may_take_back:
            button = QToolButton(place)
            button.setText(_("撤销") if isinstance(entry.source, RedLineView) else _("撤回"))
            button.setAccessibleName(f"{button.text()} {entry.said}")
            button.clicked.connect(lambda: self.taken_back.emit(entry.source))
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return place


def event_entry(event: EventView, line: LineView) -> Entered:
    """A dated event of a line in words: how often, how many points where the highest award counts, or the ballots."""
    kind = rule_kind(line.rule)
    is_award = kind is RuleKind.BONUS and "each=" not in line.rule
    unit = _("{n} 分") if is_award else (_("{n} 票") if kind is RuleKind.VOTES else _("{n} 次"))
    amount = unit.format(n=event_amount(event))
    said = _("{day}　{amount}　{fact}").format(day=event.happened_on.isoformat(), amount=amount, fact=event_fact(event))
    return Entered(event, said, _by(event))


def red_line_entry(line: RedLineView) -> Entered:
    """A red line in words, with what it does to the grade."""
    said = _("{day}　{title}：{fact}（{effect}）").format(
        day=line.happened_on.isoformat(), title=line.title, fact=line.fact, effect=effect(line)
    )
    return Entered(line, said, _by(line))


def _by(entry: EventView | RedLineView) -> str:
    said = _("{by} {day} 登记").format(by=entry.by, day=entry.recorded_on.isoformat())
    return " · ".join(part for part in (entry.document, said) if part)

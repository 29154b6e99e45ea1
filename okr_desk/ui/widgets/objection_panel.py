"""Beside the list: one objection with its reason, its files, the answer, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from okr_desk.i18n import _
from okr_desk.queries import objections
from okr_desk.queries.objections import ObjectionView
from okr_desk.scoring.rounding import plain
from okr_desk.terms import EntryBasis, label
from okr_desk.ui import icons, theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.forms import accent
from okr_desk.ui.models.objection_rows import ObjectionRow
from okr_desk.ui.models.score_figures import PLACES
from okr_desk.ui.widgets.attachments import Attachments


class ObjectionPanel(QScrollArea):
    """`asked` tells the name of the action chosen."""

    asked = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.files = Attachments(desk, self)
        self.buttons: list[QPushButton] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("申辩"))
        inner = QWidget(self)
        self._rows = QVBoxLayout(inner)
        self._rows.setContentsMargins(0, 0, theme.gap(0.3), 0)
        self._rows.setSpacing(theme.gap(0.3))
        self.setWidget(inner)
        inner.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    def show_objection(self, row: ObjectionRow, actions: Sequence[tuple[str, str, str]], may_attach: bool) -> None:
        """`actions`: name, words and icon of what this person may do; the first one is the one to do next."""
        one = row.view
        said = " · ".join(part for part in (row.state_text, row.left_text) if part)
        state = QLabel(said, self)
        state.setWordWrap(True)
        if one.is_overdue(row.day):
            state.setText(f"■ {said}")
            state.setProperty("refusal", True)
        self._rows.addWidget(state)
        for place, (name, words, icon) in enumerate(actions):
            self._button(name, words, icon, first=place == 0 and name == "decide")
        self._facts(facts(one))
        self._head(_("申辩理由"))
        self._say(one.reason)
        self._head(_("附件"))
        self._rows.addWidget(self.files)
        self.files.show_record(objections.RECORD, one.id, may_attach)
        if one.decision is not None:
            self._head(_("复核意见"))
            self._say(one.decision.opinion)
            self._facts(answer(one))
        if one.withdrawn:
            self._head(_("撤回理由"))
            self._say(one.withdrawn_reason)
        self._rows.addStretch(1)

    # Inside

    def _facts(self, pairs: Sequence[tuple[str, str]]) -> None:
        place = QWidget(self)
        form = QFormLayout(place)
        form.setContentsMargins(0, theme.gap(0.2), 0, 0)
        form.setVerticalSpacing(theme.gap(0.15))
        form.setHorizontalSpacing(theme.gap(0.5))
        for name, text in pairs:
            caption, words = QLabel(name, place), QLabel(text, place)
            caption.setObjectName("quiet")
            words.setWordWrap(True)
            words.setMinimumWidth(theme.span(self, 4))
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            form.addRow(caption, words)
        self._rows.addWidget(place)

    def _head(self, words: str) -> None:
        head = QLabel(words, self)
        head.setFont(theme.font("body", bold=True))
        self._rows.addSpacing(theme.gap(0.3))
        self._rows.addWidget(head)

    def _say(self, words: str) -> None:
        said = QLabel(words, self)
        said.setWordWrap(True)
        said.setMinimumWidth(theme.span(self, 4))
        said.setTextFormat(Qt.TextFormat.PlainText)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._rows.addWidget(said)

    def _button(self, name: str, words: str, icon: str, first: bool) -> None:
        button = QPushButton(words, self)
        icons.dress(button, icon, "on_accent" if first else "text")
        if first:
            accent(button)
        button.clicked.connect(lambda: self.asked.emit(name))
        self._rows.addWidget(button)
        self.buttons.append(button)


def facts(one: ObjectionView) -> tuple[tuple[str, str], ...]:
    """What is objected to; what was not said does not stand there."""
    pairs = (
        (_("支部"), one.org),
        (_("项目"), one.subject),
        (_("原得分"), "" if one.points is None else plain(one.points, PLACES)),
        (_("要求得分"), "" if one.claimed is None else plain(one.claimed, PLACES)),
        (_("申辩人"), one.by),
        (_("收到日期"), one.received_on.isoformat()),
        (_("答复期限"), one.due_on.isoformat()),
        (_("代录"), "" if one.basis is EntryBasis.OWN else _("{basis}，{name}").format(
            basis=label(one.basis), name=one.recorded_by)),
    )  # fmt: skip
    return tuple((name, text) for name, text in pairs if text)


def answer(one: ObjectionView) -> tuple[tuple[str, str], ...]:
    """What was decided."""
    decision = one.decision
    if decision is None:
        return ()
    has_points = one.line_id is not None and decision.points is not None
    pairs = (
        (_("复核结果"), label(decision.outcome)),
        (_("新得分"), plain(decision.points, PLACES) if has_points else ""),
        (_("依据"), decision.rests_on),
        (_("复核人"), decision.by),
        (_("代行"), decision.substitution),
        (_("答复日期"), decision.decided_on.isoformat()),
    )
    return tuple((name, text) for name, text in pairs if text)

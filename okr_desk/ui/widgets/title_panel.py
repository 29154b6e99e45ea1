"""Beside the board: one title with its conditions, marks by party, its steps, and what may come next."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from okr_desk.i18n import _
from okr_desk.queries.titles import StepView, TitleView
from okr_desk.rules.titles import Fact, Move
from okr_desk.terms import label
from okr_desk.title_terms import Strength, TitleParty, TitleState, TitleStep
from okr_desk.ui import icons, theme
from okr_desk.ui.forms import accent
from okr_desk.ui.models.title_rows import points

ICONS = {TitleStep.DECLINE: "close", TitleStep.REVOKE: "close", TitleStep.RECHECK: "sync", TitleStep.PEERS: "people"}
"""Steps that lead beside the way; the others have a tick."""
_OVER = (TitleState.DECLINED, TitleState.REVOKED)


class TitlePanel(QScrollArea):
    """`stepped` tells the move that was chosen, `asked` another action by its name."""

    stepped = Signal(object)
    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: list[QPushButton] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("四强党支部"))
        inner = QWidget(self)
        self._rows = QVBoxLayout(inner)
        self._rows.setContentsMargins(0, 0, theme.gap(0.3), 0)
        self._rows.setSpacing(theme.gap(0.3))
        self.setWidget(inner)
        inner.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    def show_title(
        self,
        one: TitleView,
        facts: Sequence[Fact],
        moves: Sequence[Move],
        others: Sequence[tuple[str, str, str]],
        with_peers: bool,
    ) -> None:
        """`moves`: the legal next steps of this person; `others`: name, words, icon; `with_peers`: who gave what."""
        self._say(label(one.state))
        for number, move in enumerate(moves):
            words, icon = label(move.step), ICONS.get(move.step, "check")
            self._button(words, icon, lambda _checked=False, at=move: self.stepped.emit(at), first=number == 0)
        if not moves and one.state not in _OVER:
            self._say(_("下一步由镇党建办办理。"), quiet=True)
        self._head(_("申报条件"))
        for fact in facts:
            mark = "✓" if fact.met else "✗"
            self._say(f"{mark} {label(fact.fact)}：{fact.said}", wrong=not fact.met)
        self._marks(one, with_peers)
        self._head(_("办理过程"))
        for step in one.steps:
            self._say(step_words(step), quiet=step.is_withdrawn)
        for name, words, icon in others:
            self._button(words, icon, lambda _checked=False, at=name: self.asked.emit(at))
        self._rows.addStretch(1)

    # Inside

    def _marks(self, one: TitleView, with_peers: bool) -> None:
        if not one.marks:
            return
        self._head(_("评分"))
        for party in TitleParty:
            mean = one.mean(party)
            if mean is None:
                continue
            parts = _("，").join(f"{label(s)} {points(one.mean(party, s))}" for s in Strength)
            self._say(_("{party} {mean}：{parts}").format(party=label(party), mean=points(mean), parts=parts))
        if with_peers:
            for marks in one.marks:
                if marks.peer_id is not None:
                    given = _("、").join(points(marks.points[s]) for s in Strength)
                    self._say(_("{peer}：{given}").format(peer=marks.peer, given=given), quiet=True)
        for step in one.total.steps[-1:]:
            self._say(step)

    def _head(self, words: str) -> None:
        head = QLabel(words, self)
        head.setFont(theme.font("body", bold=True))
        self._rows.addSpacing(theme.gap(0.3))
        self._rows.addWidget(head)

    def _say(self, words: str, quiet: bool = False, wrong: bool = False) -> None:
        said = QLabel(words, self)
        said.setWordWrap(True)
        said.setMinimumWidth(theme.span(self, 4))
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        said.setProperty("refusal", wrong)
        if quiet:
            said.setObjectName("quiet")
        self._rows.addWidget(said)

    def _button(self, words: str, icon: str, slot: Callable[..., object], first: bool = False) -> None:
        button = QPushButton(words, self)
        icons.dress(button, icon, "on_accent" if first else "text")
        if first:
            accent(button)
        button.clicked.connect(slot)
        self._rows.addWidget(button)
        self.buttons.append(button)


def step_words(step: StepView) -> str:
    """08-10 评定（镇党委会议）镇党委会议纪要〔2026〕11号：…"""
    who = _("（{name}）").format(name=step.by) if step.by else ""
    said = f"{step.on:%m-%d} {label(step.step)}{who}"
    if step.document:
        said += f" {step.document}"
    if step.note:
        said += _("：{note}").format(note=step.note)
    return said + (_("【已撤回：{why}】").format(why=step.withdrawn_reason) if step.is_withdrawn else "")

"""Beside the ledger: one finding with its light, what comes next, the notice, its three chains, its history, files."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from okr_desk.followup_terms import FollowupStep, ItemLight
from okr_desk.i18n import _
from okr_desk.queries.followup_board import Chains, missing
from okr_desk.queries.followups import FindingView, StepView
from okr_desk.rules.followups import Move
from okr_desk.terms import label
from okr_desk.ui import icons, theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.forms import accent
from okr_desk.ui.models.followup_rows import light_words
from okr_desk.ui.widgets.attachments import Attachments

RECORD = "followups"
"""The word under which the files of a finding are kept."""
ICONS = {
    FollowupStep.ASK_EXTENSION: "clock",
    FollowupStep.EXTEND: "clock",
    FollowupStep.REFUSE_EXTENSION: "close",
    FollowupStep.REJECT: "undo",
    FollowupStep.PROGRESS: "comment",
    FollowupStep.PLAN: "edit",
    FollowupStep.REOPEN: "redo",
    FollowupStep.LOOK_BACK: "eye",
}
"""Steps beside the straight way; the others have a tick."""
SHAPES = {ItemLight.CALM: "", ItemLight.YELLOW: "▲ ", ItemLight.RED: "■ "}


class FollowupPanel(QScrollArea):
    """`stepped` tells the move that was chosen, `asked` another action by its name."""

    stepped = Signal(object)
    asked = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.files = Attachments(desk, self)
        self.buttons: list[QPushButton] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("整改"))
        inner = QWidget(self)
        self._rows = QVBoxLayout(inner)
        self._rows.setContentsMargins(0, 0, theme.gap(0.3), 0)
        self._rows.setSpacing(theme.gap(0.3))
        self.setWidget(inner)
        inner.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    def show_finding(
        self, of: Chains, moves: Sequence[Move], others: Sequence[tuple[str, str, str]], may_attach: bool = False
    ) -> None:
        """`moves`: the legal next steps of this person; `others`: name, words and icon of what else may be done."""
        one = of.finding
        self._state(one)
        for number, move in enumerate(moves):
            self._button(
                label(move.step),
                ICONS.get(move.step, "check"),
                lambda _checked=False, at=move: self.stepped.emit(at),
                first=number == 0 and one.is_open,
            )
        if one.is_open and not moves:
            self._say(_("下一步由镇党建办或支部书记办理。"), quiet=True)
        self._facts(facts(one))
        if not one.withdrawn:
            self._head(_("反馈、激励、整改"))
            self._facts(chain_facts(of))
        self._head(_("办理过程"))
        for step in one.steps:
            self._say(step_words(step), quiet=step.withdrawn)
        self._head(_("佐证"))
        self._rows.addWidget(self.files)
        self.files.show_record(RECORD, one.id, may_attach)
        for name, words, icon in others:
            self._button(words, icon, lambda _checked=False, at=name: self.asked.emit(at))
        self._rows.addStretch(1)

    # Inside

    def _state(self, one: FindingView) -> None:
        words = [label(one.state) if not one.withdrawn else "", light_words(one), missing(one)]
        said = QLabel(SHAPES[one.light] + " · ".join(dict.fromkeys(part for part in words if part)), self)
        said.setWordWrap(True)
        if one.light is not ItemLight.CALM:
            said.setProperty("refusal", True)
        self._rows.addWidget(said)
        if one.withdrawn:
            self._say(_("撤回理由：{why}").format(why=one.withdrawn_reason), quiet=True)

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

    def _say(self, words: str, quiet: bool = False) -> None:
        said = QLabel(words, self)
        said.setWordWrap(True)
        said.setMinimumWidth(theme.span(self, 4))
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
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


def facts(one: FindingView) -> tuple[tuple[str, str], ...]:
    """The notice and the measures; what was not said does not stand there."""
    due = one.due_on.isoformat()
    if one.due_on != one.first_due_on:
        due = _("{day}（原 {first}）").format(day=due, first=one.first_due_on.isoformat())
    pairs = (
        (_("支部"), one.org),
        (_("问题事实"), one.fact),
        (_("依据条款"), one.clause),
        (_("来源"), f"{label(one.source)} · {label(one.kind)}"),
        (_("整改要求"), one.demand),
        (_("期限"), due),
        (_("整改措施"), one.measure),
        (_("责任人"), one.owner),
        (_("包联领导"), one.leader),
        (_("联系人"), one.contact),
        (_("群众认可"), label(one.recognised) if one.recognised else ""),
        (_("原编号"), one.again_of),
    )
    return tuple((name, text) for name, text in pairs if text)


def chain_facts(of: Chains) -> tuple[tuple[str, str], ...]:
    """The three chains, each with a tick or a circle before its words."""
    pairs = ((_("反馈"), of.feedback), (_("激励"), of.incentive), (_("整改"), of.rectified))
    return tuple((name, f"{'✓' if link.done else '○'} {link.words}") for name, link in pairs)


def step_words(step: StepView) -> str:
    """2026-10-08 签收（张三）：已核实."""
    who = _("（{name}）").format(name=step.by) if step.by else ""
    said = f"{step.on.isoformat()} {label(step.step)}{who}"
    if step.due_on is not None:
        said += _("，期限 {day}").format(day=step.due_on.isoformat())
    if step.recognised is not None:
        said += _("，群众{word}").format(word=label(step.recognised))
    if step.note and step.step is not FollowupStep.ISSUE:
        said += _("：{note}").format(note=step.note)
    if step.by != step.recorded_by and step.recorded_by:
        said += _("（{name} 录入）").format(name=step.recorded_by)
    return said + (_("【已撤回：{why}】").format(why=step.withdrawn_reason) if step.withdrawn else "")

"""Beside a list of what moves step by step: the legal next steps as buttons, facts, and what was said so far."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from okr_desk.i18n import _
from okr_desk.ui import icons, theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.forms import accent
from okr_desk.ui.widgets.attachments import Attachments


class StepPanel(QScrollArea):
    """`stepped` tells the move that was chosen, `asked` another action by its name."""

    stepped = Signal(object)
    asked = Signal(str)

    def __init__(self, desk: Desk, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.files = Attachments(desk, self)
        self.files.hide()  # only some have files
        self.buttons: list[QPushButton] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        inner = QWidget(self)
        self._rows = QVBoxLayout(inner)
        self._rows.setContentsMargins(0, 0, theme.gap(0.3), 0)
        self._rows.setSpacing(theme.gap(0.3))
        self.setWidget(inner)
        inner.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    def _moves(self, moves: Iterable[tuple[object, str, str]], *, leads: bool) -> None:
        """A button for each move with its words and icon; where one `leads`, the first is the thing to do next."""
        for number, (move, words, icon) in enumerate(moves):
            self._button(
                words, icon, lambda _checked=False, at=move: self.stepped.emit(at), first=leads and number == 0
            )

    def _others(self, others: Sequence[tuple[str, str, str]]) -> None:
        """What else may be done: name, words and icon each."""
        self._actions(others)
        self._rows.addStretch(1)

    def _actions(self, actions: Sequence[tuple[str, str, str]], leading: str = "") -> None:
        """A button for each action; `leading` is the thing to do next where it comes first."""
        for place, (name, words, icon) in enumerate(actions):
            first = place == 0 and name == leading
            self._button(words, icon, lambda _checked=False, at=name: self.asked.emit(at), first=first)

    def _attached(self, record: str, record_id: int, may_attach: bool) -> None:
        self._rows.addWidget(self.files)
        self.files.show()
        self.files.show_record(record, record_id, may_attach)

    def _state(self, words: str, warns: bool, withdrawn: str) -> None:
        """How it stands, and why it was taken back."""
        said = QLabel(words, self)
        said.setWordWrap(True)
        if warns:
            said.setProperty("refusal", True)
        self._rows.addWidget(said)
        if withdrawn:
            self._say(withdrawn, quiet=True)

    def _facts(self, pairs: Iterable[tuple[str, str]]) -> None:
        place = QWidget(self)
        form = QFormLayout(place)
        form.setContentsMargins(0, theme.gap(0.3), 0, 0)
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

    def _say(self, words: str, quiet: bool = False, wrong: bool = False) -> None:
        said = QLabel(words, self)
        said.setWordWrap(True)
        said.setMinimumWidth(theme.span(self, 4))
        said.setTextFormat(Qt.TextFormat.PlainText)
        said.setProperty("refusal", wrong)
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


def withdrawn(is_withdrawn: bool, why: str) -> str:
    """Why something was taken back, in a sentence; empty where it stands."""
    return _("撤回理由：{why}").format(why=why) if is_withdrawn else ""

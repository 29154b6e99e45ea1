"""The office's settings, drawn from their declarations: value, default, bounds and one line of help each."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.rules import policy
from okr_desk.rules.permissions import Action
from okr_desk.rules.policy import PolicyDraft, Setting
from okr_desk.ui import icons, theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.forms import choices, mark, text_of
from okr_desk.ui.widgets.cards import Card

WIDEST = 62
"""Characters: on a wide screen value and name stay close enough to be read together."""


class PolicyForm(QScrollArea):
    """One card a group; nothing is written before `save`."""

    edited = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._values: dict[str, str] = {}
        self._filling = False
        self.is_editable = desk.actor is not None and desk.actor.may(Action.EDIT_POLICY)
        self.editors: dict[str, QWidget] = {}
        self._sentences: dict[str, QLabel] = {}
        self._resets: dict[str, QToolButton] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(_("考核参数"))
        inner = QWidget(self)
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, theme.gap(0.8), theme.gap(0.6), theme.gap(0.8))
        self._column.setSpacing(theme.gap(0.7))
        if not self.is_editable:
            words = QLabel(_("只有系统管理员可以修改考核参数，每次修改都会留痕。"), inner)
            words.setObjectName("quiet")
            self._column.addWidget(words)
        groups: dict[str, list[Setting]] = {}
        for setting in policy.declared().values():
            groups.setdefault(setting.group, []).append(setting)
        for group, settings in groups.items():
            self._column.addWidget(self._card(group, settings))
        self._column.addStretch(1)
        self.setWidget(inner)

    def show_values(self, values: dict[str, str]) -> None:
        """Put the values in force into the fields."""
        self._filling = True
        self._values = values
        for key, widget in self.editors.items():
            _put(widget, values[key])
            self._mark_default(key)
        self._filling = False
        self._clear()

    def differing(self) -> int:
        """How many settings in force differ from their default."""
        declared = policy.declared()
        return sum(1 for key, value in self._values.items() if value != declared[key].default)

    def changes(self) -> list[PolicyDraft]:
        """What was changed and not yet saved."""
        if not self._values:
            return []
        typed = {key: text_of(widget).strip() for key, widget in self.editors.items()}
        return [PolicyDraft(key, text) for key, text in typed.items() if text != self._values[key]]

    def save(self) -> None:
        """Check, then write all changes in one go; the first refusal stands at its field."""
        self._clear()
        drafts = self.changes()
        for draft in drafts:
            try:
                policy.checked(draft)
            except InputRefused as error:
                self._refuse(draft.key, error)
                return
        if drafts:
            self._desk.tasks.write(_change_all, tuple(drafts), done=self._saved, owner=self)

    def discard(self) -> None:
        """Put the values in force back."""
        self.show_values(self._values)
        self.edited.emit()

    def _saved(self, outcome: Any) -> None:
        self._desk.say(_("已保存 {n} 项设置。").format(n=outcome.value))

    def _card(self, group: str, settings: list[Setting]) -> Card:
        card = Card(_(group), self)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.gap(0.8))
        grid.setVerticalSpacing(theme.gap(0.15))
        grid.setColumnStretch(0, 1)
        for number, setting in enumerate(settings):
            self._row(grid, number * 3, setting)
        card.content.addLayout(grid)
        card.setMaximumWidth(theme.span(self, WIDEST))
        return card

    def _row(self, grid: QGridLayout, row: int, setting: Setting) -> None:
        widget = _editor(setting)
        widget.setAccessibleName(_(setting.label))
        widget.setAccessibleDescription(_(setting.help))
        widget.setEnabled(self.is_editable)
        widget.setMinimumWidth(theme.span(self, 8))
        label = QLabel(_(setting.label), self)
        label.setWordWrap(True)
        label.setBuddy(widget)
        shown = _("默认 {value}").format(value=_words(setting, setting.default))
        default = QLabel(shown, self)
        default.setObjectName("quiet")
        default.setMinimumWidth(theme.span(self, 7))
        reset = QToolButton(self)
        icons.dress(reset, "undo", "text_quiet")
        reset.setToolTip(_("恢复默认"))
        reset.setAccessibleName(_("恢复默认：{label}").format(label=_(setting.label)))
        reset.clicked.connect(lambda: _put(widget, setting.default))
        advice, sentence = QLabel(_(setting.help), self), QLabel(self)
        advice.setObjectName("quiet")
        advice.setFont(theme.font("small"))
        advice.setWordWrap(True)
        sentence.setProperty("refusal", True)
        sentence.setWordWrap(True)
        sentence.hide()
        grid.addWidget(label, row, 0)
        grid.addWidget(widget, row, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(default, row, 2)
        grid.addWidget(reset, row, 3)
        grid.addWidget(advice, row + 1, 0)
        grid.addWidget(sentence, row + 1, 1, 1, 3)
        grid.setRowMinimumHeight(row + 2, theme.gap(0.5))
        self.editors[setting.key] = widget
        self._sentences[setting.key] = sentence
        self._resets[setting.key] = reset
        _listen(widget, lambda: self._touched(setting.key))

    def _touched(self, key: str) -> None:
        self._mark_default(key)
        if not self._filling:
            self.edited.emit()

    def _mark_default(self, key: str) -> None:
        differs = text_of(self.editors[key]).strip() != policy.declared()[key].default
        self._resets[key].setEnabled(differs and self.is_editable)

    def _refuse(self, key: str, error: InputRefused) -> None:
        self._sentences[key].setText(error.sentence)
        self._sentences[key].show()
        mark(self.editors[key], True)
        self.editors[key].setFocus()
        self.ensureWidgetVisible(self.editors[key])

    def _clear(self) -> None:
        for key, sentence in self._sentences.items():
            sentence.hide()
            mark(self.editors[key], False)


def _editor(setting: Setting) -> QWidget:
    if setting.type == "boolean":
        return QCheckBox(_("开启"))
    if setting.type == "choice":
        return choices([(_words(setting, choice), choice) for choice in setting.choices])
    line = QLineEdit()
    if setting.type in ("decimal", "integer"):
        line.setAlignment(Qt.AlignmentFlag.AlignRight)
    return line


def _put(widget: QWidget, value: str) -> None:
    if isinstance(widget, QCheckBox):
        widget.setChecked(value == "true")
    elif isinstance(widget, QComboBox):
        widget.setCurrentIndex(max(0, widget.findData(value)))
    elif isinstance(widget, QLineEdit):
        widget.setText(value)


def _listen(widget: QWidget, slot: Any) -> None:
    if isinstance(widget, QCheckBox):
        widget.toggled.connect(lambda _on: slot())
    elif isinstance(widget, QComboBox):
        widget.currentIndexChanged.connect(lambda _row: slot())
    elif isinstance(widget, QLineEdit):
        widget.textChanged.connect(lambda _text: slot())


def _words(setting: Setting, value: str) -> str:
    if setting.type == "boolean":
        return _("开") if value == "true" else _("关")
    return _(value) if setting.type == "choice" else value


def _change_all(session: Any, actor: Any, drafts: tuple[PolicyDraft, ...]) -> Any:
    from okr_desk.services import policy as service
    from okr_desk.services.outcome import Changes, Outcome

    changes = Changes()
    for draft in drafts:
        changes |= service.change(session, actor, draft).changes
    return Outcome(len(drafts), changes)

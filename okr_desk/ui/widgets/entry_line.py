"""One entry in one line: Enter goes on, at the end it enters; what is refused stays with the sentence under it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.queries.objectives import OrgView
from okr_desk.rules.entered import By
from okr_desk.terms import EntryBasis, label
from okr_desk.ui import icons, theme
from okr_desk.ui.forms import mark, text_of

BASES = (EntryBasis.PAPER, EntryBasis.PHONE, EntryBasis.CHAT)


@dataclass(frozen=True)
class Place:
    """A field of the line: the draft's attribute, its caption, the field, and how much of the width it takes."""

    name: str
    caption: str
    field: QWidget
    stretch: int = 0


class EntryLine(QFrame):
    """Captions above fields, the button at the end; the office sees for whom it enters in a second line.

    `submitted` is told by the button and by Enter in the last field.
    """

    submitted = Signal()
    branch_chosen = Signal(int)

    def __init__(self, places: Sequence[Place], accept: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.fields = {place.name: place.field for place in places}
        self.button = QPushButton(accept, self)
        self.sentence = QLabel(self)
        self.branch, self.reported_by, self.basis, self.reason = (QComboBox(), QLineEdit(), QComboBox(), QLineEdit())
        self._order = [place.field for place in places]
        self._is_office = False
        self._orgs: tuple[OrgView, ...] = ()
        self._assemble(places)
        self.button.clicked.connect(self.submitted)
        self.branch.activated.connect(self._choose)

    def show_for(self, orgs: Sequence[OrgView], org_id: int | None, is_office: bool, is_shut: bool) -> None:
        """For whom may be entered; `is_shut`: the quarter is frozen, so that a reason is needed."""
        kept = self.org_id
        self._is_office, self._orgs = is_office, tuple(orgs)
        with QSignalBlocker(self.branch):
            self.branch.clear()
            for org in orgs:
                self.branch.addItem(org.short_name, org.id)
            wanted = org_id if org_id is not None else kept
            self.branch.setCurrentIndex(max(0, self.branch.findData(wanted)))
        self._for.setVisible(is_office)
        self._why.setVisible(is_office and is_shut)
        if self.org_id != kept:
            self._choose()

    @property
    def org_id(self) -> int | None:
        """The branch that is entered for."""
        found = self.branch.currentData()
        return int(found) if found is not None else None

    def by(self) -> By:
        """Who reports it and on what ground; a branch enters for itself."""
        if not self._is_office:
            return By()
        return By(self.reported_by.text().strip(), EntryBasis(self.basis.currentData()), self.reason.text().strip())

    def text(self, name: str) -> str:
        """What was typed into a field."""
        return text_of(self.fields[name]).strip()

    def suggest(self, name: str, words: Iterable[str]) -> None:
        """Words proposed while one types."""
        field = self.fields[name]
        assert isinstance(field, QLineEdit)
        completer = QCompleter(list(dict.fromkeys(word for word in words if word)), field)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        field.setCompleter(completer)

    def begin(self) -> None:
        """Put the cursor into the first field that is still to be typed."""
        lines = [field for field in self._order if isinstance(field, QLineEdit) and not field.text()]
        (lines or self._order)[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, error: Exception) -> None:
        """Show a refusal; the cursor goes to the field that it names."""
        self.sentence.setText(str(error))
        self.sentence.show()
        name = error.field if isinstance(error, InputRefused) else ""
        found = {**self.fields, "reported_by": self.reported_by, "reason": self.reason}.get(name)
        if name == "reason":
            self._why.show()
        if found is not None:
            mark(found, True)
            found.setFocus()

    def clear_refusal(self) -> None:
        """Take the sentence away."""
        self.sentence.hide()
        for field in (*self._order, self.reported_by, self.reason):
            mark(field, False)

    def next(self, *cleared: str) -> None:
        """The entry was taken: these fields are empty again, the others keep what the next one often repeats."""
        self.clear_refusal()
        for name in cleared:
            field = self.fields[name]
            if isinstance(field, QLineEdit):
                field.clear()
        self.reason.clear()
        self._order[0].setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_press = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if is_press and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and watched in self._order:
            self._go_on(watched)
            return True
        return super().eventFilter(watched, event)

    # Inside

    def _go_on(self, watched: QObject) -> None:
        at = next(n for n, field in enumerate(self._order) if field is watched)
        if at + 1 < len(self._order):
            self._order[at + 1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.submitted.emit()

    def _choose(self) -> None:
        org = next((one for one in self._orgs if one.id == self.org_id), None)
        self.reported_by.setText("" if org is None else org.secretary)
        if org is not None:
            self.branch_chosen.emit(org.id)

    def _assemble(self, places: Sequence[Place]) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.gap(0.35))
        grid.setVerticalSpacing(theme.gap(0.1))
        for column, place in enumerate(places):
            caption = QLabel(place.caption, self)
            caption.setObjectName("quiet")
            caption.setFont(theme.font("small"))
            caption.setBuddy(place.field)
            place.field.setAccessibleName(place.caption)
            place.field.installEventFilter(self)
            grid.addWidget(caption, 0, column)
            grid.addWidget(place.field, 1, column)
            grid.setColumnStretch(column, place.stretch)
        icons.dress(self.button, "add", "text")
        grid.addWidget(self.button, 1, len(places))
        self._for, self._why = QWidget(self), QWidget(self)
        self._pairs(
            self._for, ((_("支部"), self.branch, 2), (_("填报人"), self.reported_by, 1), (_("依据"), self.basis, 0))
        )
        self._pairs(self._why, ((_("补报理由"), self.reason, 1),))
        for basis in BASES:
            self.basis.addItem(label(basis), basis)
        self.reported_by.setMaxLength(40)
        self.reason.setPlaceholderText(_("季度已冻结，请写明补报或更正的理由"))
        self.sentence.setWordWrap(True)
        self.sentence.setProperty("refusal", True)
        self.sentence.hide()
        second = QHBoxLayout()
        second.setSpacing(theme.gap(0.6))
        second.addWidget(self._for, 2)
        second.addWidget(self._why, 3)
        second.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.gap(0.5), theme.gap(0.3), theme.gap(0.5), theme.gap(0.4))
        layout.setSpacing(theme.gap(0.25))
        layout.addLayout(grid)
        layout.addLayout(second)
        layout.addWidget(self.sentence)

    def _pairs(self, place: QWidget, pairs: Sequence[tuple[str, QWidget, int]]) -> None:
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.gap(0.3))
        for words, field, stretch in pairs:
            caption = QLabel(words, place)
            caption.setObjectName("quiet")
            caption.setBuddy(field)
            field.setAccessibleName(words)
            row.addWidget(caption)
            row.addWidget(field, stretch)
        place.hide()

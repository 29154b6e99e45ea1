"""Who says so and on what basis, when the office enters for a branch; and the reason that a frozen quarter asks for."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QWidget

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.terms import EntryBasis, label
from okr_desk.ui import theme
from okr_desk.ui.forms import mark

BASES = (EntryBasis.PAPER, EntryBasis.PHONE, EntryBasis.CHAT)


@dataclass(frozen=True)
class Said:
    """What was typed here."""

    reported_by: str = ""
    basis: EntryBasis = EntryBasis.OWN
    reason: str = ""


class EntrySource(QWidget):
    """One line above the entries; it is not there where it has nothing to ask."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reported_by, self.reason = QLineEdit(self), QLineEdit(self)
        self.basis = QComboBox(self)
        self.reported_by.setMaxLength(40)
        self.reported_by.setFixedWidth(theme.span(self, 7))
        for basis in BASES:
            self.basis.addItem(label(basis), basis)
        self.reason.setPlaceholderText(_("季度已冻结，请写明补登或更正的理由"))
        self._office = [QLabel(_("报送人"), self), self.reported_by, QLabel(_("依据"), self), self.basis]
        self._late = [QLabel(_("理由"), self), self.reason]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.gap(0.4))
        for words, field in ((_("报送人"), self.reported_by), (_("依据"), self.basis), (_("理由"), self.reason)):
            field.setAccessibleName(words)
        for widget in (*self._office, *self._late):
            if isinstance(widget, QLabel):
                widget.setObjectName("quiet")
            row.addWidget(widget, 1 if widget is self.reason else 0)
        row.addStretch(0)
        self._is_asked = False
        self.follow(False, False, "")

    def follow(self, is_office: bool, is_late: bool, reported_by: str) -> None:
        """Ask for what is needed; a name that was typed stays."""
        self._is_office, self._is_late = is_office, is_late
        for widget in self._office:
            widget.setVisible(is_office)
        for widget in self._late:
            widget.setVisible(is_late or self._is_asked)
        if not self.reported_by.isModified():
            self.reported_by.setText(reported_by)
        self.setVisible(is_office or is_late or self._is_asked)

    def refuse(self, error: Exception) -> None:
        """Offer the reason where one is asked for: the day typed lies in a quarter that is shut."""
        if isinstance(error, InputRefused) and error.field == "reason":
            self._is_asked = True
            for widget in (self, *self._late):
                widget.show()
            mark(self.reason, True)
            self.reason.setFocus()

    def settle(self) -> None:
        """It was saved: a reason that was asked for one day is not said of the next."""
        mark(self.reason, False)
        if self._is_asked and not self._is_late:
            self._is_asked = False
            self.reason.clear()
            self.follow(self._is_office, self._is_late, self.reported_by.text())

    def said(self) -> Said:
        """What holds for the next entry."""
        reason = self.reason.text().strip()
        if not self._is_office:
            return Said(reason=reason)
        return Said(self.reported_by.text().strip(), EntryBasis(self.basis.currentData()), reason)

"""The line above the check-in table: date of the data, and who says so when the office enters for a branch."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QWidget

from okr_desk.i18n import _
from okr_desk.queries.checkins import FillSheet
from okr_desk.terms import EntryBasis, label
from okr_desk.ui import theme
from okr_desk.ui.forms import mark
from okr_desk.ui.models.check_in_drafts import Entered
from okr_desk.ui.widgets.day_line import DayLine
from okr_desk.ui.widgets.picker import Choice, Picker

BASES = (EntryBasis.PAPER, EntryBasis.PHONE, EntryBasis.CHAT)


class EnteredFor(QWidget):
    """Fields that hold for the whole sheet. `branch_chosen` tells the id of another branch."""

    branch_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.branch = Picker(_("支部"), self)
        self.as_of = DayLine(_("数据截至日"), None, 0, self, pick=True)
        self.reported_by = QLineEdit(self)
        self.basis = QComboBox(self)
        self.reason = QLineEdit(self)
        self._office_labels = [QLabel(_("填报人"), self), QLabel(_("依据"), self)]
        self._reason_label = QLabel(_("理由"), self)
        as_of_label = QLabel(_("数据截至日"), self)
        self._is_office = False
        self._key: tuple[int, int] | None = None
        self.as_of.setAccessibleName(_("数据截至日"))
        self.reported_by.setAccessibleName(_("填报人"))
        self.reported_by.setMaxLength(40)
        self.reported_by.setFixedWidth(theme.span(self, 6))
        self.basis.setAccessibleName(_("依据"))
        for basis in BASES:
            self.basis.addItem(label(basis), basis)
        self.reason.setAccessibleName(_("补报或更正的理由"))
        self.reason.setPlaceholderText(_("季度已冻结，请写明补报或更正的理由"))

        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.gap(0.4))
        layout.addWidget(self.branch)
        pairs = (
            (self._office_labels[0], self.reported_by),
            (self._office_labels[1], self.basis),
            (as_of_label, self.as_of),
        )
        for caption, field in pairs:
            caption.setObjectName("quiet")
            caption.setBuddy(field)
            layout.addSpacing(theme.gap(0.4))
            layout.addWidget(caption)
            layout.addWidget(field)
        layout.addSpacing(theme.gap(0.4))
        layout.addWidget(self._reason_label)
        layout.addWidget(self.reason, 1)
        layout.addStretch(0)
        self.branch.chosen.connect(self.branch_chosen)

    def offer(self, choices: tuple[Choice, ...], key: int | None) -> None:
        """The branches to enter for; one alone needs no picking."""
        self.branch.offer(choices, key)
        self.branch.setVisible(len(choices) > 1)

    def show_sheet(self, sheet: FillSheet, is_office: bool) -> None:
        """Take the usual values of a sheet; what was changed by hand stays while the same sheet is shown again."""
        self._is_office = is_office
        for widget in (*self._office_labels, self.reported_by, self.basis):
            widget.setVisible(is_office)
        frozen = not sheet.is_open_to_branch and sheet.is_open_to(is_office)
        self._reason_label.setVisible(frozen)
        self.reason.setVisible(frozen)
        key = (sheet.org.id, sheet.quarter.id)
        if key == self._key:
            return
        self._key = key
        first, last = sheet.quarter.starts_on, max(sheet.as_of, sheet.quarter.starts_on)
        is_over = last == sheet.quarter.ends_on
        said = sheet.quarter.label if is_over else _("{quarter}到今天").format(quarter=sheet.quarter.label)
        self.as_of.keep_within(first, last, said)
        self.as_of.set_day(sheet.as_of)
        self.reported_by.setText(sheet.reported_by or sheet.org.secretary)
        self.basis.setCurrentIndex(max(0, self.basis.findData(sheet.basis)))
        self.reason.clear()

    def point(self, field: str) -> None:
        """Put the cursor where a refusal belongs: `as_of` or `reason`."""
        found: QLineEdit = getattr(self, field)
        mark(found, field == "as_of")
        found.setFocus()

    def entered(self) -> Entered:
        """What was typed here. Raises InputRefused for a date that is none or outside of the quarter."""
        mark(self.as_of, False)
        as_of = self.as_of.day("as_of")
        if not self._is_office:
            return Entered(as_of=as_of, reason=self.reason.text().strip())
        return Entered(
            as_of, self.reported_by.text().strip(), EntryBasis(self.basis.currentData()), self.reason.text().strip()
        )

"""One activity in one line: when, what, where, how many came, and how they rated it; Enter takes it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from okr_desk.errors import InputRefused, Refusal
from okr_desk.i18n import _
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.rules.activities import NAME_LIMIT, PLACE_LIMIT, TOPIC_LIMIT, ActivityDraft
from okr_desk.survey_terms import LEVELS, UNSURE
from okr_desk.terms import EntryBasis, QuarterState, label
from okr_desk.ui import icons, theme
from okr_desk.ui.forms import mark
from okr_desk.ui.widgets.count_grid import WIDE_DIGITS
from okr_desk.ui.widgets.day_line import DayLine
from okr_desk.ui.widgets.entered_for import BASES

COUNT = 3.9
"""Width of a count in characters."""


class ActivityLine(QWidget):
    """Fields side by side with their names above; the sentence of a refusal stands below, its field is marked.

    `taken` tells the draft. Numbers of ratings left empty are 0: nobody chose that level.
    """

    taken = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quarter: QuarterView | None = None
        self._is_office = False
        self.org, self.basis = QComboBox(self), QComboBox(self)
        self.day = DayLine(_("日期"), None, 0, self)
        self.topic, self.place = self._text(_("主题"), TOPIC_LIMIT, 6), self._text(_("地点"), PLACE_LIMIT, 4)
        self.attended = self._number(_("参加人数"))
        self.counts = [self._number(_(name)) for name in LEVELS]
        self.unsure = self._number(_(UNSURE))
        self.reported_by, self.reason = self._text(_("填报人"), NAME_LIMIT, 5), self._text(_("理由"), 300, 12)
        self.button = QPushButton(_("登记"), self)
        self.sentence = QLabel(self)
        self.fields: dict[str, QWidget] = {
            "org_id": self.org, "held_on": self.day, "topic": self.topic, "place": self.place,
            "attended": self.attended, "counts": self.counts[0], "reported_by": self.reported_by,
            "reason": self.reason,
        }  # fmt: skip
        self.fields |= {f"counts{place}": field for place, field in enumerate((*self.counts, self.unsure))}
        for basis in BASES:
            self.basis.addItem(label(basis), basis.value)
        self.org.setAccessibleName(_("支部"))
        self.org.setMinimumWidth(theme.span(self, 9))
        self.day.setAccessibleName(_("日期"))
        self.basis.setAccessibleName(_("依据"))
        icons.dress(self.button, "add", "text")
        self.sentence.setProperty("refusal", True)
        self.sentence.setWordWrap(True)
        self.sentence.hide()
        self.rest = QWidget(self)
        self._assemble()
        self.button.clicked.connect(self.submit)
        for line in (
            self.day, self.topic, self.place, self.attended, *self.counts, self.unsure, self.reported_by, self.reason
        ):  # fmt: skip
            line.returnPressed.connect(self.submit)

    def show_for(
        self, branches: Sequence[OrgView], chosen: int | None, quarter: QuarterView, today: date, is_office: bool
    ) -> None:
        """Offer the branches; what has been typed stays while the same quarter is shown again."""
        self._is_office = is_office
        kept = self.org.currentData() if self._quarter == quarter and chosen is None else chosen
        self.org.clear()
        for one in branches:
            self.org.addItem(one.short_name, one.id)
        self.org.setCurrentIndex(max(self.org.findData(kept), 0))
        for widget in (self._org_name, self.org):
            widget.setVisible(len(branches) > 1)
        frozen = quarter.state in (QuarterState.FROZEN, QuarterState.CLOSED)
        self.rest.setVisible(is_office or len(branches) > 1)
        for other in self._for_others:
            other.setVisible(is_office)
        self._reason_name.setVisible(frozen)
        self.reason.setVisible(frozen)
        self.day.follow(quarter, today)
        self._quarter = quarter

    def submit(self) -> None:
        """Tell the draft, or say at which field it cannot be."""
        self.clear_refusal()
        try:
            self.taken.emit(self.draft())
        except InputRefused as refusal:
            self.refuse(refusal)

    def draft(self) -> ActivityDraft:
        """What was typed. Raises InputRefused at the field that is no number."""
        day = self.day.day("held_on")
        attended = _count(self.attended, "attended")
        if attended is None:
            raise InputRefused(_("请填写参加人数。"), "attended")
        *counts, unsure = (
            _count(field, f"counts{place}") or 0 for place, field in enumerate((*self.counts, self.unsure))
        )
        return ActivityDraft(
            org_id=int(self.org.currentData() or 0),
            held_on=day,
            topic=self.topic.text().strip(),
            attended=attended,
            counts=tuple(counts),
            unsure=unsure,
            place=self.place.text().strip(),
            reported_by=self.reported_by.text().strip() if self._is_office else "",
            basis=EntryBasis(self.basis.currentData()) if self._is_office else EntryBasis.OWN,
            reason=self.reason.text().strip() if not self.reason.isHidden() else "",
        )

    def refuse(self, refusal: Refusal) -> None:
        """The sentence below, the field marked and ready to be mended; what was typed stays."""
        self.sentence.setText(refusal.sentence)
        self.sentence.show()
        field = self.fields.get(refusal.field if isinstance(refusal, InputRefused) else "")
        if field is self.reason:  # the day typed lies in a quarter that takes it with a reason
            self.rest.show()
            self._reason_name.show()
            self.reason.show()
        if field is not None:
            mark(field, True)
            field.setFocus()

    def clear_refusal(self) -> None:
        """Forget what was said."""
        self.sentence.hide()
        for field in self.fields.values():
            mark(field, False)

    def clear(self) -> None:
        """Ready for the next one: place, day and who says so are mostly the same and stay."""
        for line in (self.topic, self.attended, *self.counts, self.unsure, self.reason):
            line.clear()
        self.topic.setFocus()

    # Inside

    def _text(self, name: str, limit: int, width: float) -> QLineEdit:
        line = QLineEdit(self)
        line.setAccessibleName(name)
        line.setMaxLength(limit + 1)
        line.setMinimumWidth(theme.span(self, width))
        return line

    def _number(self, name: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setAccessibleName(name)
        line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line.setFixedWidth(theme.span(self, COUNT))
        return line

    def _assemble(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.gap(0.25))
        grid.setVerticalSpacing(theme.gap(0.1))
        heads = [self._head(words) for words in (_("日期"), _("主题"), _("地点"), _("参加"))]
        heads += [self._head(_(name)) for name in (*LEVELS, UNSURE)]
        places = (self.day, self.topic, self.place, self.attended, *self.counts, self.unsure)
        for column, (head, field) in enumerate(zip(heads, places, strict=True)):
            grid.addWidget(head, 0, column)
            grid.addWidget(field, 1, column)
        grid.addWidget(self.button, 1, len(places))
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 1)
        more = QGridLayout(self.rest)
        more.setContentsMargins(0, 0, 0, 0)
        more.setHorizontalSpacing(theme.gap(0.4))
        self._reason_name = self._head(_("补报或更正的理由"))
        self._org_name = self._head(_("支部"))
        self._for_others = (self._head(_("填报人")), self.reported_by, self._head(_("依据")), self.basis)
        for column, widget in enumerate((self._org_name, self.org, *self._for_others, self._reason_name, self.reason)):
            more.addWidget(widget, 0, column)
        more.setColumnStretch(8, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, theme.gap(0.3))
        layout.setSpacing(theme.gap(0.25))
        layout.addLayout(grid)
        layout.addWidget(self.rest)
        layout.addWidget(self.sentence)

    def _head(self, words: str) -> QLabel:
        head = QLabel(words, self)
        head.setObjectName("quiet")
        head.setFont(theme.font("small"))
        return head


def _count(field: QLineEdit, name: str) -> int | None:
    text = field.text().strip().translate(WIDE_DIGITS)
    if not text:
        return None
    if not text.isdecimal() or len(text) > 6:
        said = _("“{text}”不是份数或人数，请填 0 或更大的整数。")
        raise InputRefused(said.format(text=field.text().strip()), name)
    return int(text)

"""The ledger of a year, typed in place: fees by month, the rest by quarter, the grading of members below."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from okr_desk.duty_terms import RegisterKind
from okr_desk.errors import DayShut, InputRefused, Refusal
from okr_desk.i18n import _
from okr_desk.queries.duty_registers import Ledger, Period
from okr_desk.rules.duties import NOTE_LIMIT, RegisterDraft, ReviewDraft
from okr_desk.scoring.rounding import plain
from okr_desk.terms import QuarterState, label
from okr_desk.ui import icons, theme
from okr_desk.ui.dialogs.fields import optional_number
from okr_desk.ui.forms import mark
from okr_desk.ui.widgets.day_line import DayLine
from okr_desk.ui.widgets.ledger_grid import AMOUNTS, COUNTS, EnteredBy, LedgerGrid, Spot

QUARTERLY = tuple(kind for kind in RegisterKind if kind is not RegisterKind.FEES)


class DutyLedger(QWidget):
    """Everything that is kept in a year. `typed` tells every change by a person.

    `appraisal_asked`: the grading is wanted member by member, where it is counted and written here by itself.
    """

    typed = Signal()
    appraisal_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ledger: Ledger | None = None
        self.fees = LedgerGrid(_("党费收缴"), self)
        self.rest = LedgerGrid(_("各季台账"), self)
        self.review_day = DayLine(_("民主评议日期"), None, 0, self, pick=True)
        self.review = {name: QLineEdit(self) for name in _REVIEW}
        self.reason, self.note = QLineEdit(self), QLineEdit(self)
        self.sentence = QLabel(self)
        self.sentence.setProperty("refusal", True)
        self.sentence.setWordWrap(True)
        self.sentence.hide()
        self.hint = QLabel(self)
        self.hint.setObjectName("quiet")
        self.hint.setWordWrap(True)
        self.hint.setFont(theme.font("small"))
        self.appraisal = QPushButton(_("逐人评议党员"), self)
        self.appraisal.setProperty("flat", True)
        self.appraisal.setToolTip(_("到“激励与评议”录入每名党员的票数和等次，办结后这一行自动填好"))
        icons.dress(self.appraisal, "people", "text_quiet")
        self._noting = self.fees
        self._assemble()
        self.appraisal.clicked.connect(lambda _checked=False: self.appraisal_asked.emit())
        for grid in (self.fees, self.rest):
            grid.typed.connect(self.typed)
            grid.stood.connect(lambda period, at=grid: self._follow(at, period))
        self.note.textEdited.connect(lambda text: self._noting.type_note(text))
        for line in self.review.values():
            line.textEdited.connect(lambda _text: self.typed.emit())
        self.review_day.moved.connect(self.typed)
        self.review_day.textEdited.connect(lambda _text: self.typed.emit())

    def show_ledger(self, ledger: Ledger, is_open: bool, asks_reason: bool) -> None:
        """Show a year; what was typed and not saved is gone only where the branch or year is another."""
        same = self._ledger is not None and (self._ledger.org.id, self._ledger.year) == (ledger.org.id, ledger.year)
        if same and self.is_typed():
            return
        self._ledger, self._asks_reason, self._is_open = ledger, asks_reason, is_open
        self.reason.setVisible(asks_reason)
        months = ledger.of(RegisterKind.FEES)
        heads = [_("{n}月").format(n=one.month) for one in months]
        rows = [(_FEES[field](), [Spot(one, field) for one in months]) for field in (*COUNTS, *AMOUNTS)]
        self.fees.show_spots(rows, heads, is_open)
        quarters = (_("一季度"), _("二季度"), _("三季度"), _("四季度"))
        names = [f"{quarters[one.number - 1]}{what}" for one in ledger.quarters for what in (_("应"), _("完成"))]
        lines = [(label(kind), [Spot(one, field) for one in ledger.of(kind) for field in COUNTS]) for kind in QUARTERLY]
        self.rest.show_spots(lines, names, is_open)
        self._show_review(is_open)
        hours = [f"{plain(a)}/{plain(b)}" for a, b in zip(ledger.member_hours, ledger.committee_hours, strict=True)]
        self.hint.setText(
            _(
                "单位：人；党务公开为项，按期换届只在任期届满的季度填。学时按进度达标，各季累计（党员/书记班子）：{hours}。"
                "浅色数字是名册上的人数，填了完成数才算；整格清空为撤回。"
            ).format(hours=_("、").join(hours))
        )

    def is_typed(self) -> bool:
        """Whether anything differs from what stands; a ledger that was never shown holds nothing."""
        if self._ledger is None:
            return False
        return self.fees.is_typed() or self.rest.is_typed() or self._review_texts() != self._said

    def drafts(self, by: EnteredBy) -> tuple[list[RegisterDraft], ReviewDraft | None]:
        """What is to be saved. Raises InputRefused at the first cell that cannot be read."""
        assert self._ledger is not None
        org_id, year = self._ledger.org.id, self._ledger.year
        lines = [*self.fees.drafts(org_id, year, by), *self.rest.drafts(org_id, year, by)]
        return lines, self._review_draft(org_id, by)

    def refuse(self, error: Refusal) -> None:
        """The sentence at the head, the cursor at what it names: the reason, the day, or the quarter that is shut."""
        self.settle()
        self.sentence.setText(error.sentence)
        self.sentence.show()
        field = error.field if isinstance(error, InputRefused) else ""
        at = {"reason": self.reason, "reviewed_on": self.review_day, **self.review}.get(field)
        if isinstance(error, DayShut) and field == "month" and self._ledger is not None:
            shut = {one.number for one in self._ledger.quarters if one.state is not QuarterState.OPEN}
            self.fees.go_to_typed(shut) or self.rest.go_to_typed(shut)
        elif at is not None:
            at.show()
            mark(at, True)
            at.setFocus()

    def settle(self) -> None:
        """Take the sentence and the marks of the last refusal away."""
        self.sentence.hide()
        for field in (self.reason, self.review_day, *self.review.values()):
            mark(field, False)

    def forget(self) -> None:
        """What was typed is saved or no longer wanted: the next snapshot is shown whole."""
        self.settle()
        self._ledger = None

    # Inside

    def _follow(self, grid: LedgerGrid, period: Period | None) -> None:
        """The note of the month or quarter under the cursor; a period that takes nothing takes no note either."""
        self._noting = grid
        self.note.setText("" if period is None else grid.note_of(period))
        self.note.setReadOnly(not self._is_open or period is None or not period.is_begun)

    _said: tuple[str, ...] = ()
    _asks_reason = _is_open = False

    def _show_review(self, is_open: bool) -> None:
        assert self._ledger is not None
        review = self._ledger.review
        with QSignalBlocker(self.review_day):
            self.review_day.year = self._ledger.year
            self.review_day.set_day(None if review is None else review.reviewed_on)
        for name, line in self.review.items():
            line.setText("" if review is None else str(getattr(review, name)))
            line.setReadOnly(not is_open)
        self.review_day.setReadOnly(not is_open)
        self._said = self._review_texts()

    def _review_texts(self) -> tuple[str, ...]:
        day = self.review_day.understood or self.review_day.text().strip()
        return (str(day), *(line.text().strip() for line in self.review.values()))

    def _review_draft(self, org_id: int, by: EnteredBy) -> ReviewDraft | None:
        if self._review_texts() == self._said:
            return None
        day = self.review_day.day("reviewed_on")
        numbers: dict[str, Any] = {}
        for name, line in self.review.items():
            found = optional_number(line.text(), name, _REVIEW[name]())
            if found is not None and found != found.to_integral_value():
                raise InputRefused(_("“{name}”请填整数。").format(name=_REVIEW[name]()), name)
            numbers[name] = int(found or 0)
        return ReviewDraft(org_id, day, **numbers, reported_by=by.reported_by, basis=by.basis, reason=by.reason)

    def _assemble(self) -> None:
        review = QHBoxLayout()
        review.setSpacing(theme.gap(0.3))
        review.addWidget(self._title(_("民主评议党员")))
        review.addWidget(self.review_day)
        self.review_day.setAccessibleName(_("民主评议日期"))
        for name, line in self.review.items():
            caption = QLabel(_REVIEW[name](), self)
            caption.setObjectName("quiet")
            caption.setBuddy(line)
            line.setAccessibleName(_REVIEW[name]())
            line.setFixedWidth(theme.span(self, 2.6))
            review.addWidget(caption)
            review.addWidget(line)
        review.addStretch(1)
        self.reason.setPlaceholderText(_("季度已冻结，请写明补报或更正的理由"))
        self.reason.setAccessibleName(_("补报或更正的理由"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.gap(0.3), 0, 0)
        layout.setSpacing(theme.gap(0.3))
        first = QHBoxLayout()
        first.addWidget(self._title(_("党费收缴")))
        first.addSpacing(theme.gap(0.8))
        first.addWidget(self.reason, 1)
        first.addStretch(0)
        layout.addLayout(first)
        layout.addWidget(self.sentence)
        layout.addWidget(self.fees)
        second = QHBoxLayout()
        second.addWidget(self._title(_("各季台账")))
        second.addSpacing(theme.gap(0.8))
        caption = QLabel(_("备注"), self)
        caption.setObjectName("quiet")
        caption.setBuddy(self.note)
        self.note.setPlaceholderText(_("光标所在月份或季度的备注，随数一起保存，印在登记簿上"))
        self.note.setAccessibleName(_("备注"))
        self.note.setMaxLength(NOTE_LIMIT)
        second.addWidget(caption)
        second.addWidget(self.note, 1)
        layout.addLayout(second)
        layout.addWidget(self.rest)
        layout.addLayout(review)
        last = QHBoxLayout()
        last.addWidget(self.hint, 1)
        last.addWidget(self.appraisal)
        layout.addLayout(last)
        layout.addStretch(1)

    def _title(self, words: str) -> QLabel:
        title = QLabel(words, self)
        title.setFont(theme.font("body", bold=True))
        return title


_FEES = {
    "due": lambda: _("应交人数"),
    "done": lambda: _("足额交纳人数"),
    "amount_due": lambda: _("应交金额（元）"),
    "amount_done": lambda: _("实交金额（元）"),
}
_REVIEW = {
    "due": lambda: _("应参评"),
    "took_part": lambda: _("参评"),
    "probationary": lambda: _("其中预备"),
    "excellent": lambda: _("优秀"),
    "qualified": lambda: _("合格"),
    "basically": lambda: _("基本合格"),
    "unqualified": lambda: _("不合格"),
}

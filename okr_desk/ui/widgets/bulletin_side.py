"""The right of the bulletins page: mode and what issuing needs, the real pages, and who has signed for it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QTabWidget, QVBoxLayout, QWidget

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.queries.bulletins import BulletinBoard, BulletinView
from okr_desk.rules.bulletins import BulletinMode, BulletinState, IssueDraft
from okr_desk.terms import label
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.forms import choices, mark
from okr_desk.ui.widgets.bulletin_receipts import BulletinReceipts
from okr_desk.ui.widgets.day_line import DayLine
from okr_desk.ui.widgets.pdf_view import PdfView

PREVIEW, RECEIPTS = range(2)


class BulletinSide(QWidget):
    """`mode_wanted` tells that another mode was picked, `retyped` that number or day was."""

    mode_wanted = Signal(object)
    retyped = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mode = choices([(label(mode), mode.value) for mode in BulletinMode])
        self.number, self.signer = QLineEdit(self), QLineEdit(self)
        self.number.setPlaceholderText(_("如：青党建〔2026〕12号"))
        self.signer.setPlaceholderText(_("党委书记或者分管领导"))
        today = desk.clock.today()
        self.day = DayLine(_("成文日期"), today, today.year, self, pick=True)
        self.refusal = QLabel(self)
        self.refusal.setWordWrap(True)
        self.refusal.setProperty("refusal", True)
        self.refusal.hide()
        self.view = PdfView(desk, self)
        self.view.buttons["print"].hide()
        self.view.lists_pages = False
        self.receipts = BulletinReceipts(desk.clock.today(), self)
        self.tabs = QTabWidget(self)
        self.tabs.addTab(self.view, _("版式"))
        self.tabs.addTab(self.receipts, _("签收情况"))
        self._assemble()
        self.setMinimumWidth(theme.span(self, 20))
        self.mode.activated.connect(lambda _row: self.mode_wanted.emit(BulletinMode(str(self.mode.currentData()))))
        self.number.textChanged.connect(lambda _text: self.retyped.emit())
        self.day.moved.connect(self.retyped)

    def show_bulletin(self, of: BulletinView, board: BulletinBoard, is_new: bool) -> None:
        """The fields of a bulletin; what is typed into those of a draft stays until another is chosen."""
        is_draft = of.state is BulletinState.DRAFT
        self.set_mode(of.mode)
        if is_new or not is_draft:
            self.number.setText(of.document)
            self.signer.setText(of.signed_by)
            if of.issued_on is not None:
                self.day.set_day(of.issued_on)
            self.clear_refusal()
        for field in (self.mode, self.number, self.signer, self.day):
            field.setEnabled(is_draft)
        self.receipts.show_bulletin(of, board)
        waiting = len(of.waiting) if of.state is BulletinState.ISSUED else 0
        self.tabs.setTabText(RECEIPTS, _("签收（{n} 个未签）").format(n=waiting) if waiting else _("签收情况"))
        self.tabs.setTabEnabled(RECEIPTS, not is_draft)

    def set_mode(self, mode: BulletinMode) -> None:
        """Show a mode without telling."""
        self.mode.setCurrentIndex(self.mode.findData(mode.value))

    def draft(self) -> IssueDraft:
        """What issuing needs, as typed."""
        return IssueDraft(self.number.text(), self.signer.text(), self.day.day("issued_on"))

    def refuse(self, error: Exception) -> None:
        """Say why at the field it names."""
        self.clear_refusal()
        name = error.field if isinstance(error, InputRefused) else ""
        field = {"document": self.number, "signed_by": self.signer, "issued_on": self.day}.get(name)
        if field is not None:
            mark(field, True)
            field.setFocus()
        self.refusal.setText(str(error))
        self.refusal.show()

    def clear_refusal(self) -> None:
        """Take the sentence of the last try away."""
        for field in (self.number, self.signer):
            mark(field, False)
        self.refusal.hide()

    def _assemble(self) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(theme.gap(0.3))
        form.setHorizontalSpacing(theme.gap(0.5))
        rows = (
            (_("点名方式"), self.mode), (_("发文字号"), self.number), (_("签发人"), self.signer),
            (_("成文日期"), self.day),
        )  # fmt: skip
        for words, field in rows:
            field.setAccessibleName(words)
            form.addRow(words, field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(0.4))
        column.addLayout(form)
        column.addWidget(self.refusal)
        column.addWidget(self.tabs, 1)

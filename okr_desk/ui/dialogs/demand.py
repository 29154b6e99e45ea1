"""A move of a demand, a case of one page written of it, and the office's word on the case."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget

from okr_desk import services
from okr_desk.i18n import _
from okr_desk.queries.demands import CaseView, DemandView
from okr_desk.queries.objectives import OrgView
from okr_desk.register_terms import ConfirmedBy, DemandAction
from okr_desk.rules.demands import (
    BACKGROUND_LIMIT,
    EFFECT_LIMIT,
    OPINION_LIMIT,
    PRACTICE_LIMIT,
    TITLE_LIMIT,
    CaseDraft,
    Move,
    PostponeDraft,
    ReviewDraft,
    StepDraft,
)
from okr_desk.terms import label
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.entered_by import add_by, by_of
from okr_desk.ui.dialogs.project import text_field
from okr_desk.ui.dialogs.saving import SavingDialog
from okr_desk.ui.forms import choices
from okr_desk.ui.widgets.day_line import DayLine

WIDE = 46


class StepDialog(SavingDialog):
    """The day of a move with what it needs: a result, an explanation, the way in which the resident said so."""

    def __init__(self, desk: Desk, org: OrgView, demand: DemandView, move: Move, parent: QWidget | None = None) -> None:
        note = _("{label} {what}（{who}）").format(label=demand.label, what=demand.what, who=demand.who)
        title = label(move.action)
        super().__init__(desk, services.demands.move, title, parent=parent, note=note, accept=_("登记"))
        self._demand, self._move = demand, move
        self.day = DayLine(_("日期"), desk.selection.entry_day, desk.clock.today().year)
        self.add_row("on", _("日期"), self.day)
        if move.way:
            self.way = choices([(label(one), one) for one in ConfirmedBy])
            self.add_row("way", _("确认方式"), self.way, _("由诉求人本人确认；电话、当面的由登记人注明。"))
        self.add_row(
            "note", _(move.note) if move.note else _("说明"), text_field("" if move.note else _("可不填"), 3.2)
        )
        add_by(self, desk, org)
        self.fields["note" if move.note else "on"].setFocus()

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, org: OrgView, demand: DemandView, move: Move) -> tuple[Any, Any] | None:
        """What the service gave back with the draft, or None when the dialog was left."""
        dialog = cls(desk, org, demand, move, parent)
        dialog.exec()
        return dialog.saved

    def draft(self) -> StepDraft:
        way = ConfirmedBy(self.way.currentData()) if self._move.way else None
        return StepDraft(self._demand.id, self._move.action, self.day.day("on"), self.text("note"), way, by_of(self))


class PostponeDialog(SavingDialog):
    """A later promised day with the reason; the old one stays beside it."""

    def __init__(self, desk: Desk, org: OrgView, demand: DemandView, parent: QWidget | None = None) -> None:
        note = _("{label} {what}，承诺 {day} 办结。").format(
            label=demand.label, what=demand.what, day=demand.promised_on
        )
        title = label(DemandAction.POSTPONE)
        super().__init__(desk, services.demands.postpone, title, parent=parent, note=note, accept=_("登记"))
        self._demand = demand
        self.day = DayLine(_("新的承诺办结日"), None, desk.clock.today().year)
        self.add_row("promised_on", _("新的承诺办结日"), self.day)
        self.add_row("note", _("延期理由"), text_field(_("为什么延期，原承诺日照样印在清单上"), 2.6))
        add_by(self, desk, org)
        self.day.setFocus()

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, org: OrgView, demand: DemandView) -> tuple[Any, Any] | None:
        """What the service gave back with the draft, or None when the dialog was left."""
        dialog = cls(desk, org, demand, parent)
        dialog.exec()
        return dialog.saved

    def draft(self) -> PostponeDraft:
        return PostponeDraft(self._demand.id, self.day.day("promised_on"), self.text("note"), by_of(self))


class CaseDialog(SavingDialog):
    """背景、做法、成效、群众评价: each with the characters that are left of its part of the page."""

    def __init__(self, desk: Desk, org: OrgView, demand: DemandView, parent: QWidget | None = None) -> None:
        note = _("依据诉求 {label}“{what}”，印成一页。").format(label=demand.label, what=demand.what)
        super().__init__(desk, services.demand_cases.write, _("写典型案例"), parent=parent, note=note, accept=_("登记"))
        self._demand = demand
        self.day = DayLine(_("填写日期"), desk.selection.entry_day, desk.clock.today().year)
        title = QLineEdit()
        title.setMaxLength(TITLE_LIMIT)
        self.add_pair("title", _("标题"), title, "written_on", _("填写日期"), self.day)
        parts = (
            ("background", _("背景"), BACKGROUND_LIMIT, 2.6),
            ("practice", _("做法"), PRACTICE_LIMIT, 4.4),
            ("effect", _("成效"), EFFECT_LIMIT, 2.6),
            ("opinion", _("群众评价"), OPINION_LIMIT, 2.2),
        )
        for name, words, limit, lines in parts:
            self._part(name, words, limit, lines)
        step = demand.done
        field = self.fields["practice"]
        if step is not None and isinstance(field, QPlainTextEdit):
            field.setPlainText(step.note)
        add_by(self, desk, org)
        self.setMinimumWidth(theme.span(self, WIDE))
        title.setFocus()

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, org: OrgView, demand: DemandView) -> tuple[Any, Any] | None:
        """What the service gave back with the draft, or None when the dialog was left."""
        dialog = cls(desk, org, demand, parent)
        dialog.exec()
        return dialog.saved

    def draft(self) -> CaseDraft:
        return CaseDraft(
            demand_id=self._demand.id,
            written_on=self.day.day("written_on"),
            title=self.text("title"),
            background=self.text("background"),
            practice=self.text("practice"),
            effect=self.text("effect"),
            opinion=self.text("opinion"),
            by=by_of(self),
        )

    def _part(self, name: str, words: str, limit: int, lines: float) -> None:
        field = text_field("", lines)
        title = QLabel(self)
        self.add_row(name, words, field)
        holder = field.parentWidget()
        caption = None if holder is None else self.form.labelForField(holder)
        if isinstance(caption, QLabel):
            title = caption

        def count() -> None:
            title.setText(_("{words}\n{n}/{limit}").format(words=words, n=len(field.toPlainText()), limit=limit))

        field.textChanged.connect(count)
        count()


class ReviewDialog(SavingDialog):
    """Valid or not, and why."""

    def __init__(self, desk: Desk, case: CaseView, parent: QWidget | None = None) -> None:
        note = _("“{title}”，依据诉求 {label}。有效的计入典型案例数。")
        super().__init__(
            desk,
            services.demand_cases.review,
            _("复核典型案例"),
            parent=parent,
            note=note.format(title=case.title, label=case.demand.label),
            accept=_("复核"),
        )
        self._case = case
        self.day = DayLine(_("复核日期"), desk.selection.entry_day, desk.clock.today().year)
        self.valid = choices([(_("有效"), True), (_("无效"), False)])
        self.add_pair("is_valid", _("结论"), self.valid, "on", _("复核日期"), self.day)
        self.add_row("note", _("复核意见"), text_field(_("无效的须写明理由"), 2.6))
        reason = QLineEdit()
        reason.setPlaceholderText(_("所属季度已冻结的须写明理由"))
        self.add_row("reason", _("补报理由"), reason)
        self.valid.setFocus()

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, case: CaseView) -> tuple[Any, Any] | None:
        """What the service gave back with the draft, or None when the dialog was left."""
        dialog = cls(desk, case, parent)
        dialog.exec()
        return dialog.saved

    def draft(self) -> ReviewDraft:
        from okr_desk.rules.entered import By

        by = By(reason=self.text("reason"))
        return ReviewDraft(self._case.id, self.day.day("on"), bool(self.valid.currentData()), self.text("note"), by)

"""One step of a review: it asks exactly what the move needs, and says which term begins with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from okr_desk import services
from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.review_desk import ReviewDesk, ReviewRow
from okr_desk.queries.wording import day_text
from okr_desk.review_terms import ReceiptWay, ReviewStep
from okr_desk.rules import reviews as rules
from okr_desk.rules.cycles import Calendar
from okr_desk.rules.reviews import LineDraft, Move, StepDraft
from okr_desk.terms import label
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.saving import SavingDialog
from okr_desk.ui.forms import choices
from okr_desk.ui.models import review_words as words
from okr_desk.ui.widgets.counted_text import CountedText
from okr_desk.ui.widgets.day_line import DayLine
from okr_desk.ui.wording import sentences

SAID = (ReviewStep.SUBMIT, ReviewStep.RETURN, ReviewStep.OPINE, ReviewStep.CHECK, ReviewStep.CORRECT)
"""Steps with an opinion or a reason."""
OF_BRANCH = (ReviewStep.SUBMIT, ReviewStep.DELIVER, ReviewStep.AGREE)
"""Steps that the secretary's name stands under."""


@dataclass(frozen=True)
class Around:
    """What every step is taken in: the quarter, the day, its calendar, and how many working days terms have."""

    of: ReviewDesk
    calendar: Calendar

    @property
    def quarter(self) -> QuarterView:
        """The quarter under review."""
        return self.of.quarter

    @property
    def day(self) -> date:
        """Today."""
        return self.of.day

    def runs(self, move: Move) -> str:
        """Which term begins with a move today; empty where none does, or the calendar does not reach."""
        if not move.term:
            return ""
        until = self.calendar.nth_working_day_after(self.day, self.of.terms[move.term])
        if until is None:
            return ""
        said = _("公示到 {day}。") if move.step is ReviewStep.PUBLICISE else _("申辩期到 {day}。")
        return said.format(day=day_text(until))


class ReviewStepDialog(SavingDialog):
    """Fields by the move; `lines` are the points that go with it."""

    def __init__(
        self, desk: Desk, row: ReviewRow, step: ReviewStep, around: Around, lines: Sequence[LineDraft] = (),
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        move = rules.move_of(row.state, step)
        super().__init__(
            desk, services.reviews.step, label(step), parent=parent, note=_note(row, move, around, lines),
            accept=label(step),
        )  # fmt: skip
        self._row, self._step, self._around, self._lines = row, step, around, tuple(lines)
        legal = next((one for one in row.legal if one.step is step), None)
        add_fields(self, move, around.day, usual(desk, row, step))
        if legal is not None and words.needs_substitution(row, legal):
            self.add_row("substitution", _("代行"), QLineEdit(), legal.lacking[0])
        next(iter(self.fields.values())).setFocus()

    @classmethod
    def ask(
        cls, parent: QWidget, desk: Desk, row: ReviewRow, step: ReviewStep, around: Around,
        lines: Sequence[LineDraft] = (),
    ) -> Any:  # fmt: skip
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, row, step, around, lines, parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> StepDraft:
        made = read_fields(self, self._around.quarter.id, self._row.org.id, self._step, self._lines)
        if "substitution" in self.fields and not made.substitution:
            raise InputRefused(_("请写明由谁代行，如“分管领导 孙立”。"), "substitution")
        move = rules.move_of(self._row.state, self._step)
        rules.check_step(move, made, self._row.record.since, self._around.day)
        return made


def usual(desk: Desk, row: ReviewRow, step: ReviewStep) -> str:
    """Whose name mostly stands under a step: the secretary, the leader who looks after the branch, or one's own."""
    own = "" if desk.actor is None else desk.actor.name
    is_office = desk.actor is not None and desk.actor.is_office
    if step in OF_BRANCH:
        return row.org.secretary if is_office else own
    return row.org.liaison if step is ReviewStep.OPINE else own


def add_fields(form: SavingDialog, move: Move, day: date, by: str | None) -> None:
    """The fields of a move; `by` None: the name may stay open, because it differs from branch to branch."""
    step = move.step
    field = QLineEdit(by or "")
    field.setMaxLength(rules.NAME_LIMIT)
    form.add_row("by", by_label(step), field)
    if by is None:
        field.setPlaceholderText(_("不填时用组织登记的书记、联系领导"))
    if step is ReviewStep.DELIVER:
        ways = choices([(label(way), way.value) for way in ReceiptWay])
        form.add_row("way", _("送达方式"), ways)
    if step in SAID:
        limit = rules.OPINION_LIMIT if step in rules.ON_PAPER else rules.NOTE_LIMIT
        form.add_row("note", note_label(step), CountedText(limit), note_advice(step))
    if "document" in move.needs:
        document = QLineEdit()
        document.setMaxLength(rules.DOCUMENT_LIMIT)
        document.setPlaceholderText(_("如：镇党委会议纪要〔2026〕12号"))
        form.add_row("document", _("依据"), document)
        if "dated_on" in move.needs:
            form.add_row("dated_on", _("会议日期"), DayLine(_("会议日期"), day, day.year, pick=True))


def read_fields(
    form: SavingDialog, quarter_id: int, org_id: int, step: ReviewStep, lines: Sequence[LineDraft] = ()
) -> StepDraft:
    """What was typed, as a draft. Raises InputRefused at the field of a day that is none."""
    dated = form.fields.get("dated_on")
    return StepDraft(
        quarter_id,
        org_id,
        step,
        by=form.text("by"),
        note=_text(form, "note"),
        document=_text(form, "document"),
        dated_on=dated.day("dated_on") if isinstance(dated, DayLine) else None,
        way=ReceiptWay(_text(form, "way") or ReceiptWay.PAPER.value),
        substitution=_text(form, "substitution"),
        lines=tuple(lines),
    )


def by_label(step: ReviewStep) -> str:
    """Whose name a step asks for."""
    return {
        ReviewStep.SUBMIT: _("支部书记"),
        ReviewStep.OPINE: _("联系领导"),
        ReviewStep.CHECK: _("核定人"),
        ReviewStep.DELIVER: _("签收人"),
        ReviewStep.AGREE: _("确认人"),
    }.get(step, _("办理人"))


def note_label(step: ReviewStep) -> str:
    """What a step wants to be told."""
    return {
        ReviewStep.SUBMIT: _("自评意见"),
        ReviewStep.RETURN: _("退回理由"),
        ReviewStep.OPINE: _("联系领导意见"),
        ReviewStep.CHECK: _("核定意见"),
        ReviewStep.CORRECT: _("更正理由"),
    }[step]


def note_advice(step: ReviewStep) -> str:
    """Where the words will stand."""
    if step is ReviewStep.SUBMIT:
        return _("印在评审表“支部自评意见”栏；不填时印“填报”里的“主要做法”。")
    if step is ReviewStep.OPINE:
        return _("印在评审表“联系领导意见”栏。")
    if step is ReviewStep.CHECK:
        return _("印在评审表“镇党建办审核意见”栏，可以不填。")
    return _("支部看得到。") if step is ReviewStep.RETURN else _("随新版评审表留存。")


def _note(row: ReviewRow, move: Move, around: Around, lines: Sequence[LineDraft]) -> str:
    count = _("连同 {n} 项改动的得分。").format(n=len(lines)) if lines else ""
    said = _("{org}：{before} → {after}。").format(
        org=row.org.short_name, before=label(move.before), after=label(move.after)
    )
    return sentences(said, around.runs(move), count, _("登记后不能撤回，请核对。"))


def _text(form: SavingDialog, name: str) -> str:
    return form.text(name) if name in form.fields else ""

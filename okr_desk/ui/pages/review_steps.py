"""What can be done on 评审: ask the dialog, call the service; many branches go with progress, and can be stopped."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from okr_desk import services
from okr_desk.i18n import _
from okr_desk.queries.review_desk import ReviewRow
from okr_desk.review_terms import ReviewState, ReviewStep
from okr_desk.rules.reviews import LineDraft
from okr_desk.services.outcome import Outcome
from okr_desk.services.reviews import Moved
from okr_desk.terms import label
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.objection import ObjectionDialog
from okr_desk.ui.dialogs.review_bulk import ReviewBulkDialog
from okr_desk.ui.dialogs.review_step import Around, ReviewStepDialog
from okr_desk.ui.wording import sentences

LONG = 5
"""Branches from which on a bulk action shows its progress."""


class ReviewSteps:
    """The actions of the page; `widget` is what dialogs stand over."""

    def __init__(self, desk: Desk, widget: QWidget) -> None:
        self._desk, self._widget = desk, widget

    def take(self, row: ReviewRow, step: ReviewStep, around: Around, lines: Sequence[LineDraft] = ()) -> bool:
        """One step of one branch; whether it was taken."""
        made = ReviewStepDialog.ask(self._widget, self._desk, row, step, around, lines)
        if made is None:
            return False
        said = _("{org}：已办理“{step}”，现在是“{state}”。").format(
            org=row.org.short_name, step=label(step), state=label(ReviewState(made.value))
        )
        self._desk.say(sentences(said, *made.notices))
        return True

    def object_(self, row: ReviewRow, around: Around, line_id: int | None = None) -> bool:
        """An objection of a branch, to a line or to the whole; whether it was entered."""
        made = ObjectionDialog.ask(
            self._widget, self._desk, around.quarter, [row.org], org_id=row.org.id, line_id=line_id
        )
        if made is None:
            return False
        self._desk.say(_("申辩已登记，评审表上的得分带 *，到答复为止。"))
        return True

    def bulk(
        self, rows: Sequence[ReviewRow], step: ReviewStep, around: Around, done: Callable[[Moved], object]
    ) -> None:
        """The same step of many branches with one confirmation; `done` gets what was and what was not done."""
        drafts = ReviewBulkDialog.ask(self._widget, self._desk, rows, step, around)
        if drafts is None:
            return

        def told(outcome: Outcome[Moved]) -> None:
            moved = outcome.value
            said = _("“{step}”：已办理 {n} 个支部。").format(step=label(step), n=moved.count)
            rest = _("{n} 个没有办理，原因见右侧。").format(n=len(moved.refused)) if moved.refused else ""
            self._desk.say(sentences(said, rest))
            done(moved)

        if len(drafts) < LONG:
            self._desk.tasks.write(services.review_bulk.steps, drafts, done=told, owner=self._widget)
            return
        title = _("正在对 {n} 个支部办理“{step}”").format(n=len(drafts), step=label(step))
        self._desk.tasks.write_long(title, services.review_bulk.steps, drafts, done=told, owner=self._widget)

"""One confirmation for many branches: who goes, who cannot and why, and what the step needs for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from okr_desk import services
from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.queries.review_desk import ReviewRow
from okr_desk.review_terms import ReviewStep
from okr_desk.rules import reviews as rules
from okr_desk.rules.reviews import StepDraft
from okr_desk.terms import label
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.review_step import OF_BRANCH, Around, add_fields, read_fields, usual
from okr_desk.ui.dialogs.saving import SavingDialog
from okr_desk.ui.forms import FormDialog
from okr_desk.ui.wording import sentences


class ReviewBulkDialog(SavingDialog):
    """Gives the drafts of the branches that can take the step; the page sends them, with progress."""

    def __init__(
        self, desk: Desk, rows: Sequence[ReviewRow], step: ReviewStep, around: Around, parent: QWidget | None = None
    ) -> None:
        self._able = tuple(row for row in rows if any(one.step is step and not one.lacking for one in row.legal))
        move = rules.move_of(self._able[0].state, step)
        said = _("将对 {n} 个支部办理“{step}”。").format(n=len(self._able), step=label(step))
        note = sentences(said, around.runs(move), _("登记后不能撤回，请核对名单。"))
        accept = _("对 {n} 个支部办理").format(n=len(self._able))
        super().__init__(desk, services.reviews.steps, label(step), parent=parent, note=note, accept=accept)
        self._desk, self._step, self._around = desk, step, around
        self._differs = step in OF_BRANCH or step is ReviewStep.OPINE
        add_fields(self, move, around.day, None if self._differs else usual(desk, self._able[0], step))
        self.list = QPlainTextEdit(told(rows, self._able, step))
        self.list.setReadOnly(True)
        self.list.setTabChangesFocus(True)
        self.list.setFixedHeight(round(theme.line_height() * 6.5))
        self.add_row("names", _("名单"), self.list)
        next(iter(self.fields.values())).setFocus()

    @classmethod
    def ask(
        cls, parent: QWidget, desk: Desk, rows: Sequence[ReviewRow], step: ReviewStep, around: Around
    ) -> tuple[StepDraft, ...] | None:
        """The drafts, or None when the dialog was left."""
        found: tuple[StepDraft, ...] | None = cls(desk, rows, step, around, parent).run()
        return found

    def draft(self) -> tuple[StepDraft, ...]:
        """One a branch; what the step needs is asked for here, so that it is said at its field."""
        common = read_fields(self, self._around.quarter.id, 0, self._step)
        made = []
        for row in self._able:
            by = common.by or (usual(self._desk, row, self._step) if self._differs else "")
            one = replace(common, org_id=row.org.id, by=by)
            try:
                rules.check_step(rules.move_of(row.state, self._step), one, row.record.since, self._around.day)
            except InputRefused as refusal:
                said = _("{org}：{why}").format(org=row.org.short_name, why=refusal.sentence)
                raise InputRefused(said, refusal.field) from refusal
            made.append(one)
        return tuple(made)

    def submit(self) -> None:
        """Take the drafts; nothing is sent from here."""
        FormDialog.submit(self)


def told(rows: Sequence[ReviewRow], able: Sequence[ReviewRow], step: ReviewStep) -> str:
    """Who goes; then who cannot, each with the reason."""
    lines = [_("办理：{names}").format(names=_("、").join(row.org.short_name for row in able))]
    going = {row.org.id for row in able}
    others = [row for row in rows if row.org.id not in going]
    if others:
        lines.append(_("不能办理："))
    for row in others:
        legal = next((one for one in row.legal if one.step is step), None)
        why = legal.lacking[0] if legal is not None and legal.lacking else _("现在是“{state}”").format(
            state=label(row.state)
        )  # fmt: skip
        lines.append(_("{org}：{why}").format(org=row.org.short_name, why=why))
    return "\n".join(lines)

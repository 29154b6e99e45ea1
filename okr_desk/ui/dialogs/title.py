"""Applying for a title, and one step on its way: only the fields that the step has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget

from okr_desk import services
from okr_desk.i18n import _
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.titles import TitleView
from okr_desk.rules.titles import ApplyDraft, Fact, Move, MoveDraft
from okr_desk.terms import label
from okr_desk.title_terms import PARTY_OF, TitleParty, TitleStep
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.saving import SavingDialog
from okr_desk.ui.forms import choices
from okr_desk.ui.widgets.day_line import DayLine
from okr_desk.ui.widgets.marks_grid import MarksGrid


class ApplyDialog(SavingDialog):
    """A branch applies; what it does not meet yet is said, not refused."""

    def __init__(
        self,
        desk: Desk,
        year: int,
        branches: Sequence[OrgView],
        org_id: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        note = _("申报后由镇党建办核查条件；年度等次、红线、红牌和整改由程序自动核对。")
        super().__init__(desk, services.titles.apply, _("申报四强党支部"), parent=parent, note=note, accept=_("申报"))
        self._year, self._branches = year, tuple(branches)
        today = desk.clock.today()
        self.org = choices([(one.short_name, one.id) for one in branches], org_id)
        self.day = DayLine(_("申报日期"), today, today.year, pick=True)
        self.add_row("org_id", _("支部"), self.org)
        self.add_pair("on", _("申报日期"), self.day, "by", _("申报人"), QLineEdit())
        self.add_row("note", _("申报理由"), _lines())
        self.add_row("document", _("支部文号或会议"), QLineEdit())
        self.org.currentIndexChanged.connect(self._follow)
        self._follow()

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, year: int, branches: Sequence[OrgView], org_id: int | None = None) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, year, branches, org_id, parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> ApplyDraft:
        return ApplyDraft(
            self.org.currentData(),
            self._year,
            self.day.day("on"),
            self.text("by"),
            self.text("note"),
            self.text("document"),
        )

    def _follow(self) -> None:
        """Who signs for a branch is mostly its secretary."""
        field = self.fields["by"]
        assert isinstance(field, QLineEdit)
        names = {one.secretary for one in self._branches}
        if field.text() in names | {""}:
            chosen = next((one for one in self._branches if one.id == self.org.currentData()), None)
            field.setText("" if chosen is None else chosen.secretary)


class StepDialog(SavingDialog):
    """One step: day, by whom, on what paper, the marks where it gives them; conditions are shown with their facts."""

    def __init__(
        self,
        desk: Desk,
        of: TitleView,
        move: Move,
        org: OrgView,
        facts: Sequence[Fact],
        peers: Sequence[OrgView],
        parent: QWidget | None = None,
    ) -> None:
        note = _("{org}　{year}年度{name}").format(org=org.short_name, year=of.year, name=_(of.name))
        super().__init__(
            desk, services.titles.move, label(move.step), parent=parent, note=note, accept=label(move.step)
        )
        self._of, self._move = of, move
        today = desk.clock.today()
        self.day = DayLine(_("日期"), today, today.year, pick=True)
        self.grid: MarksGrid | None = None
        if "facts" in move.needs:
            self._show_facts(facts)
        by = QLineEdit(self._usual(org))
        self.add_pair("on", _("日期"), self.day, "by", _("办理人"), by)
        if move.step in PARTY_OF:
            self._add_marks(org, peers)
        self.add_row("document", _("依据（文号或会议纪要）"), QLineEdit())
        self.show_field("document", "document" in move.needs or move.step not in PARTY_OF)
        self.add_row("note", _("理由") if "note" in move.needs else _("说明（可不填）"), _lines())

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, of: TitleView, move: Move, org: OrgView, **more: Any) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, of, move, org, parent=parent, **more)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> MoveDraft:
        on: date = self.day.day("on")
        marks = () if self.grid is None else self.grid.marks()
        return MoveDraft(
            self._of.id, self._move.step, on, self.text("by"), self.text("note"), self.text("document"), marks
        )

    def _show_facts(self, facts: Sequence[Fact]) -> None:
        words = QLabel("\n".join(("✓ " if one.met else "✗ ") + f"{label(one.fact)}：{one.said}" for one in facts))
        words.setWordWrap(True)
        words.setMinimumWidth(theme.span(self, 20))
        words.setProperty("refusal", not all(one.met for one in facts))
        self.add_row("facts", _("条件"), words)

    def _add_marks(self, org: OrgView, peers: Sequence[OrgView]) -> None:
        party = PARTY_OF[self._move.step]
        if party is TitleParty.PEERS:
            left = [(one.short_name, one.id) for one in peers if one.id not in self._of.marked]
            self.grid = MarksGrid(left)
            advice = _("每个支部一行，四项都填；没有打分的支部整行留空。可以从电子表格粘贴。")
        else:
            self.grid = MarksGrid([(label(party), None)])
            advice = _("每项 0 到 100 分。")
        self.add_row("marks", _("四项得分"), self.grid, advice)
        self.setMinimumWidth(theme.span(self, 44))

    def _usual(self, org: OrgView) -> str:
        if self._move.step is TitleStep.SELF:
            return org.secretary
        actor = self.desk.actor
        return actor.name if actor is not None and self._move.step in (TitleStep.QUALIFY, TitleStep.UPPER) else ""


def _lines() -> QPlainTextEdit:
    field = QPlainTextEdit()
    field.setTabChangesFocus(True)
    field.setFixedHeight(round(theme.line_height() * 3.4))
    return field

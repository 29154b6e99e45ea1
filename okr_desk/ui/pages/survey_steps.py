"""What can be done on 满意度: ask the dialog, call the service."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QMessageBox, QWidget

from okr_desk import services
from okr_desk.i18n import _
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.survey_overview import EntrySource, SurveyEntry, SurveyOverview
from okr_desk.queries.surveys import RoundView
from okr_desk.services.survey_caps import LiftDraft
from okr_desk.terms import QuarterState
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.adjust import Reason
from okr_desk.ui.dialogs.count_sheet import CountSheetDialog
from okr_desk.ui.dialogs.survey_definition import DefinitionDialog
from okr_desk.ui.dialogs.survey_populations import PopulationsDialog
from okr_desk.ui.dialogs.survey_round import RoundDialog
from okr_desk.ui.models.survey_entry_rows import named
from okr_desk.ui.wording import sentences


class SurveySteps:
    """The actions of the page; `widget` is what dialogs stand over."""

    def __init__(self, desk: Desk, widget: QWidget) -> None:
        self._desk, self._widget = desk, widget

    def define(self, of: SurveyOverview) -> None:
        """What the year asks: anew, or a new version where there are answers."""
        standing = of.versions[-1] if of.versions else None
        made = DefinitionDialog.ask(self._widget, self._desk, of.quarter.year, standing)
        if made is not None:
            self._desk.say(sentences(_("测评表已保存。"), *made.notices))

    def open_round(self, of: SurveyOverview) -> int | None:
        """Begin a survey by the year's newest version; the id of the round."""
        made = RoundDialog.ask(self._widget, self._desk, of.quarter, of.versions[-1], [one.name for one in of.rounds])
        return None if made is None else int(made.value)

    def set_populations(self, of: SurveyOverview, branches: Sequence[OrgView]) -> None:
        """How many people there are and how many were asked."""
        if PopulationsDialog.ask(self._widget, self._desk, of, branches) is not None:
            self._desk.say(_("人数和发放数已保存。"))

    def settle(self, of: RoundView) -> None:
        """Count the results into the indicators, after saying what that means."""
        said = _("把“{name}”各支部的总体评价得分计入指标。计入以后这次测评不再增减答卷；需要更正的，可以撤回计入。")
        reason = self._reason(of, said.format(name=of.name))
        if reason is not None:
            self._desk.tasks.write_long(
                _("正在计入“{name}”").format(name=of.name),
                services.survey_settling.settle,
                of.id,
                reason,
                done=lambda made: self._counted(of, made),
                owner=self._widget,
            )

    def _counted(self, of: RoundView, made: Any) -> None:
        """What was counted, and of whom not: one message, because a second would take its place."""
        said = _("“{name}”的结果已计入 {n} 个支部的指标。").format(name=of.name, n=made.value)
        self._desk.say(sentences(said, *made.notices))

    def unsettle(self, of: RoundView) -> None:
        """Take the counted results back with a reason, so that answers can be corrected."""
        note = _("“{name}”计入的得分撤回，原数和理由留存备查；随后可以更正答卷，再重新计入。").format(name=of.name)
        reason = Reason.ask(self._widget, _("撤回计入"), note, _("理由"), _("撤回计入"))
        if reason is not None:
            self._desk.tasks.write(
                services.survey_settling.unsettle,
                of.id,
                reason,
                done=lambda _outcome: self._desk.say(_("已撤回计入。")),
                owner=self._widget,
            )

    def lift(self, of: SurveyOverview, org: OrgView, done: Callable[[], object]) -> None:
        """Let the points of a branch stand although the evidence is C; the reason is printed beside them."""
        note = _("{org}{quarter}满意度的得分不再按证据等级封顶，理由印在评分表上。")
        reason = Reason.ask(
            self._widget, _("放宽限制"), note.format(org=org.short_name, quarter=of.quarter.label),
            _("放宽理由"), _("放宽限制"),
        )  # fmt: skip
        if reason is not None:
            draft = LiftDraft(org.id, of.quarter.id, reason)
            self._write(services.survey_caps.lift, (draft,), _("已放宽，理由印在评分表上。"), done)

    def restore(self, of: SurveyOverview, org: OrgView, done: Callable[[], object]) -> None:
        """Take that word back: the cap holds again."""
        standing = of.standing.get(org.id)
        if standing is None or standing.lift is None:
            return
        note = _("{org}满意度的得分重新按证据等级封顶，两次的理由都留存备查。").format(org=org.short_name)
        reason = Reason.ask(self._widget, _("撤回放宽"), note, _("理由"), _("撤回放宽"))
        if reason is not None:
            self._write(services.survey_caps.restore, (standing.lift.id, reason), _("已撤回放宽。"), done)

    def _write(
        self, service: Callable[..., Any], asked: tuple[object, ...], said: str, done: Callable[[], object]
    ) -> None:
        def finished(_outcome: Any) -> None:
            done()
            self._desk.say(said)

        self._desk.tasks.write(service, *asked, done=finished, owner=self._widget)

    def _reason(self, of: RoundView, note: str) -> str | None:
        """A frozen quarter asks why results come late; an open one only whether. None: not now."""
        if of.quarter.state is QuarterState.FROZEN:
            late = sentences(note, _("本季度已冻结，须写明理由。"))
            return Reason.ask(self._widget, _("计入指标"), late, _("理由"), _("计入指标"))
        button = QMessageBox.StandardButton
        buttons = button.Ok | button.Cancel
        answer = QMessageBox.question(self._widget, _("计入指标"), note, buttons, button.Cancel)
        return "" if answer == button.Ok else None

    def import_file(self, of: RoundView) -> None:
        """Read answers from an export file."""
        from okr_desk.ui.dialogs.ballot_import import BallotImportDialog

        BallotImportDialog.ask(self._widget, self._desk, of.id)

    def count_sheet(self, of: RoundView, branches: Sequence[OrgView], org_id: int | None) -> None:
        """Copy a count made by hand."""
        if CountSheetDialog.ask(self._widget, self._desk, of, branches, org_id) is not None:
            self._desk.say(_("计票表已登记。"))

    def take_back(self, entry: SurveyEntry) -> None:
        """Withdraw a file, a sitting or a count sheet with the reason; it stays on record."""
        note = _("“{what}”的 {n} 份答卷不再计入，原件和理由留存备查。").format(
            what=named(entry), n=entry.valid + entry.void
        )
        reason = Reason.ask(self._widget, _("撤回"), note, _("理由"), _("撤回"))
        if reason is not None:
            sheet = entry.source is EntrySource.SHEET
            service = services.ballots.withdraw_count_sheet if sheet else services.ballots.withdraw_batch
            self._desk.tasks.write(
                service, entry.id, reason, done=lambda _outcome: self._desk.say(_("已撤回。")), owner=self._widget
            )

    def find_ballots(self, of: RoundView, branches: Sequence[OrgView], may_take_back: bool) -> None:
        """Look for single ballots; each can be taken back with a reason while the round takes answers."""
        from okr_desk.ui.dialogs.survey_ballots import BallotsDialog

        BallotsDialog(self._desk, of, branches, may_take_back, self._widget).exec()

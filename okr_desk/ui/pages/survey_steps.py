"""What can be done on 满意度: ask the dialog, call the service."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from PySide6.QtWidgets import QMessageBox, QWidget

from okr_desk import services
from okr_desk.i18n import _
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.survey_overview import EntrySource, SurveyEntry, SurveyOverview
from okr_desk.queries.surveys import RoundView
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.adjust import Reason
from okr_desk.ui.dialogs.count_sheet import CountSheetDialog
from okr_desk.ui.dialogs.survey_definition import DefinitionDialog
from okr_desk.ui.dialogs.survey_populations import PopulationsDialog
from okr_desk.ui.dialogs.survey_round import RoundDialog
from okr_desk.ui.models.survey_entry_rows import named

SETTLING = "okr_desk.services.survey_settling"
IMPORTING = "okr_desk.ui.dialogs.ballot_import"


def can_settle() -> bool:
    """Whether this program counts results into indicators."""
    return find_spec(SETTLING) is not None


def can_import() -> bool:
    """Whether this program reads export files of surveys."""
    return find_spec(IMPORTING) is not None


class SurveySteps:
    """The actions of the page; `widget` is what dialogs stand over."""

    def __init__(self, desk: Desk, widget: QWidget) -> None:
        self._desk, self._widget = desk, widget

    def define(self, of: SurveyOverview) -> None:
        """What the year asks: anew, or a new version where there are answers."""
        standing = of.versions[-1] if of.versions else None
        if DefinitionDialog.ask(self._widget, self._desk, of.quarter.year, standing) is not None:
            self._desk.say(_("测评表已保存。"))

    def open_round(self, of: SurveyOverview) -> int | None:
        """Begin a survey by the year's newest version; the id of the round."""
        made = RoundDialog.ask(self._widget, self._desk, of.quarter, of.versions[-1])
        return None if made is None else int(made.value)

    def set_populations(self, of: SurveyOverview, branches: Sequence[OrgView]) -> None:
        """How many people there are and how many were asked."""
        if PopulationsDialog.ask(self._widget, self._desk, of, branches) is not None:
            self._desk.say(_("人数和发放数已保存。"))

    def settle(self, of: RoundView) -> None:
        """Count the results into the indicators, after saying what that means."""
        said = _("把“{name}”各支部的总体评价得分计入指标。计入以后这次测评不再增减答卷；需要更正的，可以撤回计入。")
        button = QMessageBox.StandardButton
        answer = QMessageBox.question(
            self._widget, _("计入指标"), said.format(name=of.name), button.Ok | button.Cancel, button.Cancel
        )
        if answer == button.Ok:
            self._desk.tasks.write(
                services.survey_settling.settle,
                of.id,
                done=lambda _outcome: self._desk.say(_("“{name}”的结果已计入指标。").format(name=of.name)),
                owner=self._widget,
            )

    def import_file(self, of: RoundView) -> None:
        """Read answers from an export file."""
        dialog: Any = import_module(IMPORTING).BallotImportDialog
        dialog.ask(self._widget, self._desk, of)

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

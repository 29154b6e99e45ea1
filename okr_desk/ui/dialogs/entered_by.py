"""The fields of a dialog with which the office says for whom it enters, and why after the freeze."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from okr_desk.i18n import _
from okr_desk.queries.objectives import OrgView
from okr_desk.rules.entered import By
from okr_desk.terms import EntryBasis, label
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.fields import PairedForm
from okr_desk.ui.forms import choices
from okr_desk.ui.widgets.entry_line import BASES


def add_by(form: PairedForm, desk: Desk, org: OrgView) -> None:
    """填报人 and 依据 for the office alone; the reason where the quarter on the desk is shut."""
    if desk.actor is None or not desk.actor.is_office:
        return
    reported_by = QLineEdit(org.secretary)
    basis = choices([(_("镇党建办办理"), EntryBasis.OWN), *((label(one), one) for one in BASES)], EntryBasis.PAPER)
    form.add_pair("reported_by", _("填报人"), reported_by, "basis", _("依据"), basis)
    reason = QLineEdit()
    reason.setPlaceholderText(_("所属季度已冻结的须写明理由"))
    form.add_row("reason", _("补报理由"), reason)


def by_of(form: PairedForm) -> By:
    """What was typed there; a branch enters for itself."""
    if "basis" not in form.fields:
        return By()
    basis = EntryBasis(form.box("basis").currentData())
    reported_by = "" if basis is EntryBasis.OWN else form.text("reported_by")
    return By(reported_by, basis, form.text("reason"))

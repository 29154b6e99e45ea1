"""What is entered on a card: the talk that it brings, and its lifting."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from okr_desk import services
from okr_desk.followup_terms import CardColour
from okr_desk.i18n import _
from okr_desk.queries.followup_cards import CardView
from okr_desk.rules.cards import LiftDraft, TalkDraft
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.project import text_field
from okr_desk.ui.dialogs.saving import SavingDialog
from okr_desk.ui.widgets.day_line import DayLine


class CardTalkDialog(SavingDialog):
    """The day of the talk, and who held it."""

    def __init__(self, desk: Desk, card: CardView, parent: QWidget | None = None) -> None:
        title = _("登记提醒谈话") if card.colour is CardColour.YELLOW else _("登记约谈")
        note = f"{card.number}　{card.org}　{card.causes}"
        super().__init__(desk, services.cards.talk, title, parent=parent, note=note, accept=_("登记"))
        self._card = card
        self.day = _day(self, desk, _("谈话日期"))
        self.add_row("by", _("谈话人"), QLineEdit(card.talked_by))
        self.fields["by"].setFocus()

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, card: CardView) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, card, parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> TalkDraft:
        return TalkDraft(self._card.id, self.day.day("on"), self.text("by"))


class CardLiftDialog(SavingDialog):
    """The day of the lifting, by whom, and why."""

    def __init__(self, desk: Desk, card: CardView, parent: QWidget | None = None) -> None:
        note = _("{number}　{org}　整改都销号以后才能解除。").format(number=card.number, org=card.org)
        super().__init__(desk, services.cards.lift, _("解除"), parent=parent, note=note, accept=_("解除"))
        self._card = card
        self.day = _day(self, desk, _("解除日期"))
        self.add_row("by", _("解除人"), QLineEdit("" if desk.actor is None else desk.actor.name))
        self.add_row("reason", _("解除理由"), text_field("", 2.4))
        self.fields["reason"].setFocus()

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, card: CardView) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, card, parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> LiftDraft:
        return LiftDraft(self._card.id, self.day.day("on"), self.text("by"), self.text("reason"))


def _day(dialog: SavingDialog, desk: Desk, words: str) -> DayLine:
    today = desk.clock.today()
    line = DayLine(words, today, today.year, pick=True)
    dialog.add_row("on", words, line)
    return line

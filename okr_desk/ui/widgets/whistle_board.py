"""The board: whistles as cards in columns by state. Arrows go from card to card, Enter opens one."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from okr_desk.i18n import _
from okr_desk.queries.whistle_board import GROUPS, Board, Group
from okr_desk.ui.models import whistle_rows
from okr_desk.ui.models.whistle_rows import WhistleRow
from okr_desk.ui.widgets.card_board import Card, CardBoard


class WhistleBoard(CardBoard):
    """Five columns. `opened` tells the id of the whistle whose card was taken, `current` is where the arrows led."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__({group: _(GROUPS[group][0]) for group in Group}, parent, more=_("还有 {n} 件，见“明细”"))

    def show_board(self, of: Board) -> None:
        """Put the cards; the focus stays on the whistle that had it."""
        self.show_cards({group: [_card(WhistleRow(one, of.now)) for one in of.column(group)] for group in Group})


def _card(row: WhistleRow) -> Card:
    """Number, class, matter, department, time left."""
    one = row.view
    return Card(
        id=one.id,
        quiet=one.number,
        head=f"{whistle_rows.class_text(one.kind)}　{one.matter}",
        who=_("{org} → {department}").format(org=one.org, department=one.department.name),
        state=" · ".join(part for part in (whistle_rows.state_text(one), whistle_rows.left_text(row)) if part),
        warns=whistle_rows.is_late(row),
    )

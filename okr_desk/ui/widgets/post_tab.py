"""The tab 先锋岗: a line to hang a sign, and the register in which the quarter's check is typed row by row."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.partner_board import PartnerBoard
from okr_desk.rules.entered import By
from okr_desk.rules.posts import CheckDraft, PostDraft
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.models import partner_rows
from okr_desk.ui.models.partner_rows import PostRow
from okr_desk.ui.widgets.day_line import DayLine
from okr_desk.ui.widgets.entry_line import EntryLine, Place
from okr_desk.ui.widgets.register_table import RegisterTable
from okr_desk.ui.widgets.score_sheet import Nothing

CLEARED = ("name", "holder", "promise")


class PostTab(RegisterTable):
    """`typed` tells that something was typed into the grid."""

    typed = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        edits = {name: self._edit(name) for name in ("result", "checked_by", "note")}
        super().__init__(desk, partner_rows.post_columns(edits), "posts", _("党员先锋岗"), parent)
        self._desk = desk
        self._may_type = False
        today = desk.clock.today()
        self.hung_on = DayLine(_("挂牌日期"), today, today.year)
        name, place, holder, promise = (QLineEdit() for _n in range(4))
        holder.setMinimumWidth(theme.span(self, 4.5))
        self.line = EntryLine(
            (
                Place("name", _("岗位"), name, 2),
                Place("place", _("地点"), place, 2),
                Place("holder", _("责任党员"), holder, 1),
                Place("promise", _("承诺"), promise, 4),
                Place("hung_on", _("挂牌日期"), self.hung_on),
            ),
            _("挂牌"),
            self,
        )
        self.layout_.insertWidget(0, self.line)
        self.table.model.dataChanged.connect(lambda *_more: self.typed.emit())

    def show_board(
        self,
        of: PartnerBoard,
        orgs: Sequence[OrgView],
        org_id: int | None,
        *,
        may: bool,
        is_office: bool,
        is_shut: bool,
    ) -> None:
        """The posts of the quarter; what was typed and not saved stays beside its post."""
        kept = {row.post.id: row for row in self.table.model.rows if row.is_typed}
        rows = [
            partner_rows.typed(row, result=was.result, checked_by=was.checked_by, note=was.note)
            if (was := kept.get(row.post.id)) is not None
            else row
            for row in partner_rows.post_rows(of)
        ]
        self._may_type = may
        self.line.setVisible(may)
        self.line.show_for(orgs, org_id, is_office, is_shut)
        self.hung_on.follow(of.quarter, of.day)
        self.line.suggest("place", [row.post.place for row in rows])
        nothing = Nothing(
            _("还没有挂牌的先锋岗。"),
            _("填岗位、地点、责任党员和一句承诺，挂牌以后每季考评一次；达标的占比就是达标率。"),
            _("挂第一块牌") if may else "",
            self.line.begin,
        )
        self.show_rows(rows, several=len(of.orgs) > 1, may=may, nothing=nothing)

    def draft(self) -> PostDraft:
        """The post typed into the line. Raises InputRefused for a day that is none."""
        line = self.line
        return PostDraft(
            org_id=line.org_id or 0,
            name=line.text("name"),
            place=line.text("place"),
            holder=line.text("holder"),
            hung_on=self.hung_on.day("hung_on"),
            promise=line.text("promise"),
            by=line.by(),
        )

    def checks(self, of: PartnerBoard, by: By) -> tuple[CheckDraft, ...]:
        """The checks typed; the day is today, or the quarter's last where it is over. Raises Refusal for one without
        a result."""
        day = min(of.day, of.quarter.ends_on)
        found = []
        for row in self.pending:
            if row.shown_result is None:
                raise Refusal(_("“{name}”还没有填考评结果，请填 1、2 或 3。").format(name=row.post.name))
            on = day if row.post.down_on is None else min(day, row.post.down_on)
            found.append(CheckDraft(row.post.id, on, row.shown_result, row.shown_by, row.shown_note, by))
        return tuple(found)

    @property
    def pending(self) -> list[PostRow]:
        """The rows with something that is not saved."""
        return [row for row in self.table.model.rows if row.is_typed]

    def forget(self) -> None:
        """What was typed is saved."""
        plain = [partner_rows.typed(row, result=None, checked_by=None, note=None) for row in self.table.model.rows]
        self.table.set_rows(plain)
        self.typed.emit()

    def _edit(self, name: str) -> Callable[[PostRow, str], PostRow]:
        def take(row: PostRow, text: str) -> PostRow:
            if not self._may_type:
                return row
            try:
                value = partner_rows.read_result(text.removesuffix(" *")) if name == "result" else text.strip()
            except Refusal as refusal:
                self._desk.refuse(refusal)
                return row
            if value == getattr(row, {"result": "shown_result", "checked_by": "shown_by", "note": "shown_note"}[name]):
                return row
            return partner_rows.typed(row, **{name: value})

        return take

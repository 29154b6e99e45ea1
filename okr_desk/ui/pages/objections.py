"""申辩和公示: which objections wait for whom until when; who took which sheet, and which terms run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QTabWidget

from okr_desk.i18n import N_, _
from okr_desk.model.store import Reader, today
from okr_desk.queries import cycles, objections, orgs, review_receipts, review_records
from okr_desk.queries.objections import ObjectionView
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.review_desk import ReviewRow
from okr_desk.queries.review_receipts import ReceiptView
from okr_desk.queries.review_records import ReviewRecord
from okr_desk.reports.registry import by_key
from okr_desk.review_terms import ReviewState, ReviewStep
from okr_desk.rules.cycles import Calendar
from okr_desk.rules.permissions import Action, Actor
from okr_desk.services.outcome import Topic
from okr_desk.services.reviews import Moved
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.review_step import Around
from okr_desk.ui.models import objection_rows
from okr_desk.ui.models import review_words as words
from okr_desk.ui.models.objection_rows import DeliveryRow, ObjectionRow
from okr_desk.ui.pages import review_reading
from okr_desk.ui.pages.base import Page
from okr_desk.ui.pages.objection_steps import DOCUMENT, ObjectionSteps, actions, may_object
from okr_desk.ui.pages.review_reading import Shown
from okr_desk.ui.pages.review_steps import ReviewSteps
from okr_desk.ui.widgets.objection_panel import ObjectionPanel
from okr_desk.ui.widgets.score_sheet import Place
from okr_desk.ui.widgets.state_look import StateLook
from okr_desk.ui.widgets.table import Table
from okr_desk.ui.wording import sentences

OBJECTIONS, DELIVERIES = range(2)
RECEIPTS = "receipts"
"""The document of all deliveries of a quarter, where it can be printed."""
CLOSING = (ReviewStep.PUBLICISE, ReviewStep.FINALISE)


@dataclass(frozen=True)
class Filed:
    """The objections of a quarter, with the branches that may be seen and where their reviews stand."""

    quarter: QuarterView
    day: date
    calendar: Calendar
    objections: tuple[ObjectionView, ...]
    orgs: Mapping[int, OrgView]
    records: Mapping[int, ReviewRecord]


@dataclass(frozen=True)
class Deliveries:
    """The reviews of a quarter with the newest receipt of each."""

    shown: Shown
    receipts: Mapping[int, ReceiptView]


class ObjectionsPage(Page):
    """Tabs: the objections with one of them at the side; deliveries, terms and publicity."""

    title = N_("申辩和公示")
    topics = frozenset({Topic.REVIEWS, Topic.OBJECTIONS, Topic.CYCLES, Topic.ORGS, Topic.POLICY})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.filed: Filed | None = None
        self.deliveries: Deliveries | None = None
        self.steps, self.review_steps = ObjectionSteps(desk, self), ReviewSteps(desk, self)
        self._open: int | None = None
        self.tabs = QTabWidget(self)
        self.places = (Place(self), Place(self))
        self.table = Table(desk, objection_rows.objection_columns(), "objections", _("申辩"), self)
        self.given = Table(desk, objection_rows.delivery_columns(), "review_receipts", _("送达登记"), self)
        for place, table, text in zip(self.places, (self.table, self.given), (_("申辩"), _("送达和公示")), strict=True):
            table.view.setItemDelegate(StateLook(table.view))
            place.layout_.addWidget(table, 1)
            self.tabs.addTab(place, text)
        self.content.addWidget(self.tabs, 1)
        self.closing = {
            ReviewStep.PUBLICISE: self.given.add_tool(_("开始公示…"), "eye", partial(self.close_term, CLOSING[0])),
            ReviewStep.FINALISE: self.given.add_tool(_("定为最终…"), "check", partial(self.close_term, CLOSING[1])),
        }
        receipts = by_key(RECEIPTS)
        if receipts is not None:
            self.given.add_tool(receipts.title, "print", self.print_receipts)
        self.next_button = self.set_accent(
            _("提出申辩"), "add", self.create, QKeySequence(QKeySequence.StandardKey.New)
        )

        self.table.opened.connect(lambda row: self.open_objection(row.view.id))
        self.table.marked.connect(self._follow_row)
        self.given.opened.connect(lambda one: desk.go("reviews", org_id=one.row.org.id))
        self.tabs.currentChanged.connect(self._turn)

    # The page's question

    def query(self) -> Callable[..., Any] | None:
        quarter, actor = self.desk.selection.quarter, self.desk.actor
        ids = frozenset(one.id for one in self.desk.selection.branches)
        if quarter is None or actor is None or not ids or self.desk.clock.today() <= quarter.ends_on:
            return None
        if self.tabs.currentIndex() == DELIVERIES:
            return partial(_read_deliveries, quarter, ids, actor)
        return partial(_read, quarter, ids)

    def refresh(self) -> None:
        if self.query() is not None:
            super().refresh()
            return
        self._stale = False
        self.set_answer("")
        self.next_button.hide()
        quarter = self.desk.selection.quarter
        if quarter is None:
            self.show_empty(_("还没有建立年度和季度。"), _("评审表送达以后，这里登记和答复申辩。"))
        elif not self.desk.selection.branches:
            self.show_denied(_("没有您可以查看申辩的支部。"))
        else:
            sentence, _advice = words.not_begun(quarter, self.desk.clock.today())
            self.show_empty(sentence, _("评审表送达以后，支部在申辩期内可以在这里提出申辩。"))

    def show_answer(self, found: Any) -> None:
        if isinstance(found, Filed):
            self._show_filed(found)
        else:
            self._show_deliveries(found)
        self._turn_buttons()

    def arrive(self, **arguments: Any) -> None:
        """`objection_id`: this one at the side; `org_id`: the first of a branch."""
        self.tabs.setCurrentIndex(OBJECTIONS)
        found, org_id = arguments.get("objection_id"), arguments.get("org_id")
        if isinstance(found, int):
            self.open_objection(found)
        elif isinstance(org_id, int):
            self.table.mark(lambda row: row.view.org_id == org_id and row.view.is_open)

    # What a person does

    def create(self) -> None:
        """Enter an objection of a branch that may still object."""
        of = self.filed
        if of is None or not self.next_button.isVisible():
            return
        chosen = self.desk.selection.org
        made = self.steps.create(of.quarter, self._able(of), None if chosen is None else chosen.id)
        if made is not None:
            self._open = made

    def open_objection(self, objection_id: int) -> None:
        """Show an objection at the side."""
        self._open = objection_id
        self._show_panel()

    def act(self, name: str) -> None:
        """An action on the objection at the side."""
        of, one = self.filed, self._shown_objection()
        if of is None or one is None:
            return
        if name == "decide":
            self.steps.decide(one)
        elif name == "withdraw":
            self.steps.withdraw(one)
        elif name == "again" and one.org_id in of.orgs:
            self._open = self.steps.again(of.quarter, of.orgs[one.org_id], one) or self._open
        elif name == "review":
            self.desk.go("reviews", org_id=one.org_id, tab="sheet")
        elif name == "print":
            self.desk.go("reports", document=DOCUMENT, org_id=one.org_id, record_id=one.id)

    def close_term(self, step: ReviewStep) -> None:
        """Publicise or finalise the branches selected; where none is selected, all that can be."""
        of = self.deliveries
        if of is None:
            return
        able = self._closable(step)
        marked = [one.row for one in self.given.selected() if isinstance(one, DeliveryRow)]
        rows = marked if len(marked) > 1 else able
        if not {row.org.id for row in able} & {row.org.id for row in rows}:
            self.desk.say(_("选中的支部现在都不能办理这一步。"))
            return
        around = Around(of.shown.of, of.shown.calendar)
        self.review_steps.bulk(rows, step, around, self._closed)

    def print_receipts(self) -> None:
        """The list of who took which sheet, to be signed and filed."""
        self.desk.go("reports", document=RECEIPTS)

    def close_side(self) -> None:
        super().close_side()
        self._open = None

    # Inside

    def _show_filed(self, of: Filed) -> None:
        self.filed = of
        self.set_answer(words.of_objections(of.objections, of.day))
        self.table.set_rows(tuple(ObjectionRow(one, of.day, of.calendar) for one in of.objections))
        place = self.places[OBJECTIONS]
        if of.objections:
            place.setCurrentWidget(place.content)
        else:
            advice = _("评审表送达后，支部在申辩期内对哪一项有异议，可以在这里提出，由没有参加评分的人复核。")
            button = _("提出申辩") if self._able(of) else ""
            place.show_empty(_("本季没有申辩。"), advice, button, self.create)
        if self._open is not None:
            self._show_panel()

    def _show_deliveries(self, of: Deliveries) -> None:
        self.deliveries = of
        shown = of.shown
        rows = [
            DeliveryRow(row, of.receipts.get(row.org.id), shown.of.day, shown.calendar)
            for row in shown.of.rows
            if row.org.id in of.receipts or row.state is not ReviewState.DRAFTING
        ]
        self.given.set_rows(rows)
        place = self.places[DELIVERIES]
        if rows:
            place.setCurrentWidget(place.content)
        else:
            advice = _("镇党建办核定并送达以后，这里写明谁在哪天签收、期限到哪天，也在这里一并公示、定为最终。")
            place.show_empty(_("本季还没有送达的评审表。"), advice)
        count = len(of.receipts)
        running = sum(row.state in words.RUNNING and not row.is_overdue(shown.of.day) for row in shown.of.rows)
        late = sum(row.is_overdue(shown.of.day) for row in shown.of.rows)
        self.set_answer(
            sentences(
                _("已送达 {n} 个支部，{running} 个期限未满。").format(n=count, running=running),
                _("{n} 个期满待办。").format(n=late) if late else "",
            )
        )

    def _show_panel(self) -> None:
        of, one = self.filed, self._shown_objection()
        if of is None or one is None:
            return
        actor, org = self.desk.actor, of.orgs.get(one.org_id)
        panel = ObjectionPanel(self.desk, self)
        may_attach = one.is_open and actor is not None and org is not None and actor.may(Action.OBJECT, org.line)
        found = actions(actor, one, org, of.records.get(one.org_id), of.objections, of.day)
        panel.show_objection(ObjectionRow(one, of.day, of.calendar), found, may_attach)
        panel.asked.connect(self.act)
        self.open_side(panel, f"{one.number}　{one.org}")

    def _shown_objection(self) -> ObjectionView | None:
        if self.filed is None:
            return None
        return next((one for one in self.filed.objections if one.id == self._open), None)

    def _follow_row(self, row: object) -> None:
        """While the panel is open it follows the cursor."""
        if isinstance(row, ObjectionRow) and not self.side.isHidden() and row.view.id != self._open:
            self.open_objection(row.view.id)

    def _turn(self) -> None:
        self.close_side()
        self._turn_buttons()
        self.refresh()

    def _turn_buttons(self) -> None:
        """The one thing to do next belongs to the tab in front."""
        is_first = self.tabs.currentIndex() == OBJECTIONS
        has_any = self.filed is not None and bool(self.filed.objections)
        able = self.filed is not None and bool(self._able(self.filed))
        self.next_button.setVisible(is_first and has_any and able)
        for step, button in self.closing.items():
            button.setVisible(bool(self._closable(step)))

    def _able(self, of: Filed) -> list[OrgView]:
        """The branches whose objections may be entered now."""
        return [org for org in of.orgs.values() if may_object(self.desk.actor, org, of.records[org.id], of.day)]

    def _closable(self, step: ReviewStep) -> list[ReviewRow]:
        if self.deliveries is None:
            return []
        rows = self.deliveries.shown.of.rows
        return [row for row in rows if any(one.step is step and not one.lacking for one in row.legal)]

    def _closed(self, moved: Moved) -> None:
        """Those that did not go are named in the message bar, which can be marked and copied."""
        if moved.refused:
            said = _("；").join(_("{org}：{why}").format(org=one.org, why=one.why) for one in moved.refused)
            self.desk.refused.emit(_("没有办理：{names}").format(names=said))


def _read(quarter: QuarterView, ids: frozenset[int], session: Reader) -> Filed:
    of = {org.id: org for org in orgs.tree(session, quarter.ends_on) if org.id in ids}
    return Filed(
        quarter,
        today(session),
        cycles.calendar(session),
        objections.objections(session, quarter, list(of)),
        of,
        review_records.records(session, quarter.id, list(of)),
    )


def _read_deliveries(quarter: QuarterView, ids: frozenset[int], actor: Actor, session: Reader) -> Deliveries:
    shown = review_reading.read((quarter, ids, actor), session)
    found = {one.org_id: one for one in review_receipts.receipts(session, quarter.id) if one.org_id in ids}
    return Deliveries(shown, found)

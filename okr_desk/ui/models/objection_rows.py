"""Objections and deliveries as rows of tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from okr_desk import pinyin
from okr_desk.i18n import _
from okr_desk.queries.objections import ObjectionView
from okr_desk.queries.review_desk import ORDER, ReviewRow
from okr_desk.queries.review_receipts import ReceiptView
from okr_desk.review_terms import ReceiptWay
from okr_desk.rules.cycles import Calendar
from okr_desk.scoring.rounding import plain
from okr_desk.terms import Status, label
from okr_desk.ui.models import review_words as words
from okr_desk.ui.models.rows import Column
from okr_desk.ui.models.score_figures import PLACES, room


@dataclass(frozen=True)
class ObjectionRow:
    """An objection as of a day."""

    view: ObjectionView
    day: date
    calendar: Calendar

    @property
    def light(self) -> Status:
        """■ overdue, ▲ waits for its answer, ✓ answered, ◇ taken back."""
        if self.view.is_overdue(self.day):
            return Status.BEHIND
        if self.view.is_open:
            return Status.WATCH
        return Status.NOT_STARTED if self.view.withdrawn else Status.DONE

    @property
    def state_text(self) -> str:
        """待答复, 已答复 or 已撤回."""
        if self.view.withdrawn:
            return _("已撤回")
        return _("待答复") if self.view.decision is None else _("已答复")

    @property
    def left_text(self) -> str:
        """How long there still is for the answer; empty once there is one."""
        return words.left(self.view.due_on, self.day, self.calendar) if self.view.is_open else ""


@dataclass(frozen=True)
class DeliveryRow:
    """A branch with its newest receipt and the term that runs."""

    row: ReviewRow
    receipt: ReceiptView | None
    day: date
    calendar: Calendar

    @property
    def light(self) -> Status:
        """The shape beside the state."""
        return words.light(self.row, self.day)

    @property
    def state_text(self) -> str:
        """The state of the review."""
        return label(self.row.state)


def objection_columns() -> tuple[Column, ...]:
    """The columns of the list of objections."""
    return (
        Column(_("编号"), lambda row: row.view.number, width=9),
        Column(_("支部"), lambda row: row.view.org, keys=lambda row: pinyin.keys(row.view.org), width=10.5),
        Column(_("项目"), lambda row: row.view.subject, tooltip=lambda row: row.view.subject, width=8, stretch=True),
        Column(_("状态"), lambda row: row.state_text, sort=lambda row: (not row.view.is_open, row.view.due_on),
               look="state", value=lambda row: row.light, width=room(_("待答复"), _("状态")) + 1.8),
        Column(_("原得分"), lambda row: _points(row.view.points), sort=lambda row: row.view.points, look="number",
               width=room(_("原得分"))),
        Column(_("要求得分"), lambda row: _points(row.view.claimed), sort=lambda row: row.view.claimed, look="number",
               head=_("要求"), width=room(_("要求"), "100.25")),
        Column(_("新得分"), lambda row: _points(_new(row.view)), sort=lambda row: _new(row.view), look="number",
               width=room(_("新得分"))),
        Column(_("复核结果"), _outcome, width=room(_("不予采纳"), _("复核结果"))),
        Column(_("收到日期"), lambda row: f"{row.view.received_on:%m-%d}", sort=lambda row: row.view.received_on,
               head=_("收到"), width=4.8),
        Column(_("答复期限"), lambda row: f"{row.view.due_on:%m-%d}", sort=lambda row: row.view.due_on,
               head=_("期限"), width=4.8),
        Column(_("还有"), lambda row: row.left_text, sort=lambda row: row.view.due_on, width=_left_room()),
        Column(_("申辩人"), lambda row: row.view.by, width=5, hidden=True),
        Column(_("依据"), lambda row: label(row.view.basis), width=5, hidden=True),
        Column(_("复核人"), lambda row: row.view.decision.by if row.view.decision else "", width=5, hidden=True),
    )  # fmt: skip


def delivery_columns() -> tuple[Column, ...]:
    """The columns of deliveries and terms."""
    return (
        Column(_("支部"), lambda one: one.row.org.short_name, keys=lambda one: one.row.org.search_keys, width=10,
               stretch=True),
        Column(_("状态"), lambda one: one.state_text, sort=lambda one: ORDER.index(one.row.state), look="state",
               value=lambda one: one.light, width=room(*(label(state) for state in ORDER)) + 1.8),
        Column(_("送达日期"), lambda one: _day(one.receipt and one.receipt.received_on),
               sort=lambda one: one.receipt.received_on if one.receipt else None, width=7.6),
        Column(_("签收人"), lambda one: one.receipt.received_by if one.receipt else "", width=5.5),
        Column(_("送达方式"), lambda one: label(one.receipt.way) if one.receipt else "",
               width=room(*(label(way) for way in ReceiptWay))),
        Column(_("经办人"), lambda one: one.receipt.recorded_by if one.receipt else "", width=5, hidden=True),
        Column(_("期限"), _due, sort=lambda one: words.due_on(one.row), width=7.6),
        Column(_("还有"), _left, sort=lambda one: words.due_on(one.row), width=_left_room()),
        Column(_("版本"), _version, width=room(_("第 {n} 版").format(n=8))),
    )  # fmt: skip


def _left_room() -> float:
    return room(_("还有 {n} 个工作日").format(n=10))


def _due(one: DeliveryRow) -> str:
    return _day(words.due_on(one.row))


def _left(one: DeliveryRow) -> str:
    return words.term(one.row, one.day, one.calendar)


def _version(one: DeliveryRow) -> str:
    published = one.row.publication
    return "" if published is None else _("第 {n} 版").format(n=published.version)


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _points(value: Decimal | None) -> str:
    return "" if value is None else plain(value, PLACES)


def _new(view: ObjectionView) -> Decimal | None:
    return None if view.decision is None or view.line_id is None else view.decision.points


def _outcome(row: ObjectionRow) -> str:
    return "" if row.view.decision is None else label(row.view.decision.outcome)

"""Whistles and departments as rows of tables, and the words of cards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from okr_desk import pinyin
from okr_desk.clock import local
from okr_desk.i18n import _
from okr_desk.queries.departments import DepartmentView
from okr_desk.queries.whistle_board import Board, is_overdue, time_left
from okr_desk.queries.whistle_figures import DepartmentLine, Rate
from okr_desk.queries.whistles import WhistleView
from okr_desk.scoring.explained import Explained
from okr_desk.scoring.rounding import plain
from okr_desk.terms import Status, label
from okr_desk.ui.models.rows import Column
from okr_desk.ui.models.score_figures import room
from okr_desk.ui.widgets.delegates import BarValue
from okr_desk.whistle_terms import WhistleClass, WhistleState

PLACES = 1
SHAPES = {WhistleClass.DAILY: "○", WhistleClass.MAJOR: "▲", WhistleClass.URGENT: "■"}
"""Before the word of a class, so that a grey copy says the same."""


@dataclass(frozen=True)
class WhistleRow:
    """A whistle with the moment it is looked at."""

    view: WhistleView
    now: datetime


def rows(of: Board) -> tuple[WhistleRow, ...]:
    """The whistles of the list, newest first."""
    return tuple(WhistleRow(one, of.now) for one in of.whistles)


def class_text(kind: WhistleClass) -> str:
    """■ 紧急."""
    return f"{SHAPES[kind]} {label(kind)}"


def state_text(one: WhistleView) -> str:
    """The state, or that the whistle was taken back."""
    return _("已撤回") if one.withdrawn else label(one.state)


def left_text(row: WhistleRow) -> str:
    """Time left or overdue; of what is settled, whether it was in time."""
    one = row.view
    if one.withdrawn or one.state is WhistleState.CANCELLED:
        return ""
    if one.finished_at is not None:
        if one.closed_in_time is None:
            return ""
        return _("按期办结") if one.closed_in_time else _("超期办结")
    return time_left(one, row.now)


def is_late(row: WhistleRow) -> bool:
    """Whether the next deadline has passed."""
    return row.view.is_open and is_overdue(row.view, row.now)


def moment(at: datetime | None) -> str:
    """01-19 14:55; nothing where there is none."""
    return "" if at is None else f"{local(at):%m-%d %H:%M}"


def whistle_columns() -> tuple[Column, ...]:
    """The columns of the list."""
    return (
        Column(_("哨号"), lambda row: row.view.number, width=room("2026-1-001") + 2.6),
        Column(_("类别"), lambda row: class_text(row.view.kind), sort=_class_place,
               width=room(class_text(WhistleClass.URGENT)) + 0.4),
        Column(_("事项"), lambda row: row.view.matter, keys=lambda row: pinyin.keys(row.view.matter),
               tooltip=lambda row: row.view.matter, width=8, stretch=True),
        Column(_("吹哨支部"), lambda row: row.view.org, keys=lambda row: pinyin.keys(row.view.org), width=11),
        Column(_("主责部门"), lambda row: row.view.department.name, keys=lambda row: row.view.department.keys, width=6),
        Column(_("状态"), lambda row: state_text(row.view), width=room(_("办理中"))),
        Column(_("时限"), left_text, width=7),
        Column(_("吹哨时间"), lambda row: moment(row.view.blown_at), sort=lambda row: row.view.blown_at, width=6.4),
        Column(_("签收（分钟）"), lambda row: _int(row.view.sign_in_minutes), sort=lambda row: row.view.sign_in_minutes,
               look="number", head=_("签收"), width=4.2),
        Column(_("到场（分钟）"), lambda row: _int(row.view.arrive_minutes), sort=lambda row: row.view.arrive_minutes,
               look="number", head=_("到场"), width=3.6, hidden=True),
        Column(_("承诺办结日"), lambda row: f"{row.view.promised_on:%m-%d}" if row.view.promised_on else "",
               sort=lambda row: row.view.promised_on, head=_("承诺"), width=4.4),
        Column(_("办结时间"), lambda row: moment(row.view.finished_at), sort=lambda row: row.view.finished_at,
               width=6.4, hidden=True),
        Column(_("来源"), lambda row: row.view.source, width=6, hidden=True),
        Column(_("评分"), lambda row: points(row.view.score.total.value), sort=lambda row: row.view.score.total.value,
               look="number", explained=lambda row: _if_there(row.view.score.total), width=4),
    )  # fmt: skip


def department_columns() -> tuple[Column, ...]:
    """The columns of the comparison of departments; every rate explains itself."""
    return (
        Column(_("类别"), lambda row: label(row.department.kind), width=room(_("镇直站所")) + 1.2),
        Column(_("部门"), lambda row: row.department.name, keys=lambda row: row.department.keys, width=7, stretch=True),
        Column(_("吹哨（件）"), lambda row: str(row.figures.count), sort=lambda row: row.figures.count, look="number",
               head=_("吹哨"), width=3.4),
        _rate(_("签收及时率（%）"), _("签收及时"), lambda row: row.figures.signed_in),
        _rate(_("到场及时率（%）"), _("到场及时"), lambda row: row.figures.came),
        _rate(_("按期办结率（%）"), _("按期办结"), lambda row: row.figures.closed),
        _rate(_("一次解决率（%）"), _("一次解决"), lambda row: row.figures.solved_at_once),
        _rate(_("重吹率（%）"), _("重吹"), lambda row: row.figures.again),
        Column(_("平均签收（分钟）"), lambda row: _int(row.figures.sign_in_minutes),
               sort=lambda row: row.figures.sign_in_minutes, look="number", head=_("签收用时"),
               width=room(_("签收用时")) + 0.8),
        Column(_("已评（次）"), lambda row: str(row.figures.rated), sort=lambda row: row.figures.rated, look="number",
               head=_("已评"), width=3.4),
        Column(_("得分"), score_text, sort=lambda row: row.score.value, look="bar", value=score_bar, width=12,
               explained=lambda row: row.score),
    )  # fmt: skip


def register_columns() -> tuple[Column, ...]:
    """The columns of the register of departments."""
    return (
        Column(_("部门"), lambda one: one.name, keys=lambda one: one.keys, width=9),
        Column(_("类别"), lambda one: label(one.kind), width=7),
        Column(_("所属支部（计入应哨及时率等指标）"), branch_text, width=12, stretch=True),
        Column(_("状态"), lambda one: _("在用") if one.is_active else _("停用"), width=5),
    )


def branch_text(one: DepartmentView) -> str:
    """The branch, or that the department feeds none."""
    return one.org or _("没有镇属支部，不计入支部指标")


def score_text(line: DepartmentLine) -> str:
    """The score, or that there are too few ratings."""
    return points(line.score.value) or str(line.score.steps[0])


def score_bar(line: DepartmentLine) -> BarValue | None:
    """The score as a bar of a hundred points; none where it is not listed."""
    if line.score.value is None:
        return None
    return BarValue(line.score.value / 100, None, Status.DUE, points(line.score.value))


def points(value: Decimal | None) -> str:
    """A score with one decimal."""
    return "" if value is None else plain(value, PLACES)


def rate_text(rate: Rate) -> str:
    """A share in percent with one decimal; a dash where nothing is known."""
    return points(rate.explained.value) or "—"


def _class_place(row: WhistleRow) -> int:
    return list(WhistleClass).index(row.view.kind)


def _rate(title: str, head: str, of: Callable[[DepartmentLine], Rate]) -> Column:
    return Column(
        title,
        lambda row: rate_text(of(row)),
        sort=lambda row: of(row).explained.value,
        look="number",
        head=head,
        width=max(4.4, room(head) + 0.6),
        explained=lambda row: of(row).explained,
    )


def _int(value: int | None) -> str:
    return "" if value is None else str(value)


def _if_there(explained: Explained) -> Explained | None:
    return explained if explained.value is not None else None

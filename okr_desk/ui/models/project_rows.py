"""The lists of 项目和诉求 as rows: nodes, demands, cases, and the sums of every branch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from okr_desk.i18n import _
from okr_desk.queries import demand_counts, project_counts
from okr_desk.queries.demand_counts import CaseTally, DemandTally
from okr_desk.queries.demands import CaseView, DemandView
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.project_board import ProjectBoard
from okr_desk.queries.project_counts import NodeTally
from okr_desk.queries.projects import NodeView, ProjectView
from okr_desk.scoring.explained import Explained
from okr_desk.scoring.rounding import half_up, plain
from okr_desk.terms import Status, label
from okr_desk.ui.models.rows import Column
from okr_desk.ui.widgets.register_marks import DEMANDS, NODES, Mark, StripValue

PLACES = 1


@dataclass(frozen=True)
class NodeRow:
    """A node with its project, as of a day."""

    org: str
    project: ProjectView
    node: NodeView
    day: date


@dataclass(frozen=True)
class DemandRow:
    """A demand with its branch."""

    org: str
    demand: DemandView
    day: date


@dataclass(frozen=True)
class CaseRow:
    """A case with its branch."""

    org: str
    case: CaseView


@dataclass(frozen=True)
class BranchRow:
    """The sums of a branch; a register without an entry has none."""

    org: OrgView
    nodes: NodeTally | None
    due: DemandTally | None
    told: CaseTally | None


def rate_words(rate: Decimal | None) -> str:
    """A percentage as it is read; nothing where nothing was due."""
    return "" if rate is None else f"{plain(half_up(rate, PLACES))}%"


def day_words(day: date | None) -> str:
    """A date, nothing for none."""
    return "" if day is None else day.isoformat()


def node_rows(of: ProjectBoard) -> list[NodeRow]:
    """Every node of every project."""
    names = of.names
    return [NodeRow(names[one.org_id], one, node, of.day) for one in of.projects for node in one.nodes]


def node_columns() -> tuple[Column, ...]:
    """One node a row, its plan and what happened on the strip of the year."""
    return (
        Column(_("支部"), lambda row: row.org, width=9),
        Column(_("项目"), lambda row: row.project.name, stretch=True, width=9, tooltip=lambda row: row.project.goal),
        Column(_("牵头人"), lambda row: row.project.lead, width=5),
        Column(_("节点"), lambda row: row.node.name, width=8),
        Column(_("权重"), lambda row: plain(row.node.weight), sort=lambda row: row.node.weight, look="number", width=4),
        Column(_("计划"), lambda row: day_words(row.node.planned_on), width=7, tooltip=_moves),
        Column(_("原计划"), _first_plan, width=7),
        Column(_("完成"), lambda row: day_words(row.node.done_on), width=7, tooltip=lambda row: row.node.done_note),
        Column(_("状态"), _node_state, value=_node_mark, sort=_node_order, width=7),
        Column(_("全年进度"), _strip_words, value=_strip, width=15, tooltip=_strip_words),
    )


def demand_rows(of: ProjectBoard) -> list[DemandRow]:
    """Every demand of the ledger."""
    return [DemandRow(of.names[one.org_id], one, of.day) for one in of.demands]


def demand_columns() -> tuple[Column, ...]:
    """One demand a row up to the resident's own word."""
    return (
        Column(_("支部"), lambda row: row.org, width=8),
        Column(_("编号"), lambda row: row.demand.label, width=6),
        Column(_("提出"), lambda row: day_words(row.demand.raised_on), width=7),
        Column(_("来源"), lambda row: label(row.demand.source), width=6),
        Column(_("诉求人"), lambda row: row.demand.who, width=4.5),
        Column(_("诉求事项"), lambda row: row.demand.what, stretch=True, width=9, tooltip=lambda row: row.demand.what),
        Column(_("类别"), lambda row: _(row.demand.category), width=6.5, hidden=True),
        Column(_("责任人"), lambda row: row.demand.owner, width=4.5),
        Column(
            _("承诺办结"),
            _promise,
            value=_promise_mark,
            sort=lambda row: row.demand.promised_on,
            width=10,
            tooltip=_postponed,
        ),
        Column(_("原承诺"), _first_promise, width=7),
        Column(_("状态"), _demand_state, value=_demand_mark, sort=_demand_order, width=9.5),
        Column(_("办结"), lambda row: day_words(row.demand.done and row.demand.done.on), width=7, hidden=True),
        Column(_("群众确认"), answer_words, width=9, tooltip=_answer_note),
    )


def answer_words(row: DemandRow) -> str:
    """The day of the resident's last word and how it was said."""
    step = row.demand.answer
    if step is None:
        return ""
    return f"{step.on.isoformat()} {label(step.way) if step.way else ''}".strip()


def case_rows(of: ProjectBoard) -> list[CaseRow]:
    """Every case of the year."""
    return [CaseRow(of.names[one.org_id], one) for one in of.cases]


def case_columns() -> tuple[Column, ...]:
    """One case a row with the office's word."""
    return (
        Column(_("支部"), lambda row: row.org, width=9),
        Column(_("标题"), lambda row: row.case.title, width=14),
        Column(_("诉求"), lambda row: row.case.demand.label, width=6),
        Column(_("诉求事项"), lambda row: row.case.demand.what, stretch=True, width=12),
        Column(_("填写"), lambda row: day_words(row.case.written_on), width=7),
        Column(_("复核"), _review_words, value=_review_mark, width=6),
        Column(_("复核日期"), lambda row: day_words(row.case.review and row.case.review.on), width=7),
        Column(_("复核意见"), lambda row: row.case.review.note if row.case.review else "", width=10),
    )


def branch_rows(of: ProjectBoard) -> list[BranchRow]:
    """Every branch, also one without an entry."""
    return [BranchRow(org, of.nodes.get(org.id), of.due.get(org.id), of.told.get(org.id)) for org in of.orgs]


def branch_columns() -> tuple[Column, ...]:
    """One branch a row; the rates say how they came about."""

    def count(title: str, part: str, name: str, width: float = 5.5) -> Column:
        return Column(
            title,
            lambda row: "" if getattr(row, part) is None else str(getattr(getattr(row, part), name)),
            sort=lambda row: -1 if getattr(row, part) is None else getattr(getattr(row, part), name),
            look="number",
            width=width,
            hidden=name in ("late", "raised"),
        )

    return (
        Column(_("支部"), lambda row: row.org.short_name, keys=lambda row: row.org.search_keys, stretch=True, width=10),
        Column(_("类别"), lambda row: row.org.category, width=4.5, hidden=True),
        count(_("应完成节点"), "nodes", "due", 7),
        count(_("已完成"), "nodes", "done"),
        count(_("逾期完成"), "nodes", "late"),
        _rate(_("节点完成率"), lambda row: row.nodes and row.nodes.rate, lambda row: project_counts.said(row.nodes)),
        count(_("本季诉求"), "due", "raised"),
        count(_("到期诉求"), "due", "due"),
        count(_("群众已确认"), "due", "confirmed", 7),
        _rate(_("办结率"), lambda row: row.due and row.due.rate, lambda row: demand_counts.said(row.due)),
        count(_("往季未确认"), "due", "carried", 7.5),
        count(_("有效案例"), "told", "valid"),
        count(_("待复核"), "told", "waiting"),
    )


def _rate(title: str, rate, said) -> Column:  # type: ignore[no-untyped-def]
    def explained(row: BranchRow) -> Explained | None:
        found = rate(row)
        return None if found is None else Explained(found, (said(row),))

    return Column(
        title,
        lambda row: rate_words(rate(row)),
        sort=lambda row: Decimal(-1) if rate(row) is None else rate(row),
        look="number",
        explained=explained,
        width=7,
    )


def _moves(row: NodeRow) -> str:
    said = _("{before} 调整为 {after}：{reason}")
    return "\n".join(said.format(before=one.before, after=one.after, reason=one.reason) for one in row.node.moves)


def _first_plan(row: NodeRow) -> str:
    return "" if row.node.first_planned_on == row.node.planned_on else row.node.first_planned_on.isoformat()


def _strip(row: NodeRow) -> StripValue:
    node = row.node
    return StripValue(
        row.project.year, node.first_planned_on, node.planned_on, node.done_on, row.day, node.state(row.day)
    )


def _strip_words(row: NodeRow) -> str:
    node = row.node
    if node.done_on is not None:
        days = (node.done_on - node.planned_on).days
        if days == 0:
            return _("按期完成")
        return (_("晚 {n} 天完成") if days > 0 else _("早 {n} 天完成")).format(n=abs(days))
    days = (node.planned_on - row.day).days
    return (_("还有 {n} 天") if days >= 0 else _("已过 {n} 天")).format(n=abs(days))


def _node_state(row: NodeRow) -> str:
    return label(row.node.state(row.day))


def _node_mark(row: NodeRow) -> Mark:
    state = row.node.state(row.day)
    return Mark(NODES[state], label(state))


def _node_order(row: NodeRow) -> int:
    return list(NODES).index(row.node.state(row.day))


def _is_past(row: DemandRow) -> bool:
    return row.demand.is_open and row.demand.promised_on < row.day


def _promise(row: DemandRow) -> str:
    day = row.demand.promised_on.isoformat()
    return _("{day} 已过").format(day=day) if _is_past(row) else day


def _first_promise(row: DemandRow) -> str:
    one = row.demand
    return one.first_promised_on.isoformat() if one.postponed else ""


def _postponed(row: DemandRow) -> str:
    said = _("{before} 延期到 {after}：{reason}")
    moves = row.demand.postponed
    return "\n".join(said.format(before=one.before, after=one.after, reason=one.reason) for one in moves)


def _promise_mark(row: DemandRow) -> Mark | str:
    return Mark(Status.BEHIND, _promise(row)) if _is_past(row) else _promise(row)


def _demand_state(row: DemandRow) -> str:
    return label(row.demand.state)


def _demand_mark(row: DemandRow) -> Mark:
    return Mark(DEMANDS[row.demand.state], _demand_state(row))


def _demand_order(row: DemandRow) -> int:
    return list(DEMANDS).index(row.demand.state)


def _answer_note(row: DemandRow) -> str:
    step = row.demand.answer
    return "" if step is None else f"{label(step.action)} {step.note}".strip()


def _review_words(row: CaseRow) -> str:
    review = row.case.review
    return _("待复核") if review is None else _("有效") if review.is_valid else _("无效")


def _review_mark(row: CaseRow) -> Mark:
    review = row.case.review
    status = Status.DUE if review is None else Status.DONE if review.is_valid else Status.BEHIND
    return Mark(status, _review_words(row))


def suggestions(demands: Sequence[DemandView]) -> tuple[list[str], list[str]]:
    """Categories and owners that were used, newest first."""
    newest = list(reversed(demands))
    return [_(one.category) for one in newest], [one.owner for one in newest]

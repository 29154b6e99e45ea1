"""The lists of 先锋和共建 as rows: posts with the check that is typed, the three lists, partners, sums by branch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.queries import partner_counts, post_counts
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.partner_board import PartnerBoard
from okr_desk.queries.partner_counts import PartnerTally
from okr_desk.queries.partners import ItemView, PartnerView
from okr_desk.queries.post_counts import PostTally
from okr_desk.queries.posts import CheckView, PostView
from okr_desk.register_terms import NodeState, PartnerList, PostResult
from okr_desk.scoring.explained import Explained
from okr_desk.terms import Status, label
from okr_desk.ui.models.project_rows import day_words, rate_words
from okr_desk.ui.models.rows import Column
from okr_desk.ui.widgets.register_marks import NODES, POSTS, Mark

RESULTS = {"1": PostResult.MET, "2": PostResult.BASIC, "3": PostResult.MISSED}
"""The key of a result in the grid."""
Edit = Callable[["PostRow", str], "PostRow"]


@dataclass(frozen=True)
class PostRow:
    """A post with its check of the quarter, and what is typed beside it and not yet saved."""

    org: str
    post: PostView
    check: CheckView | None
    before: PostResult | None
    proposed: bool
    result: PostResult | None = None
    checked_by: str | None = None
    note: str | None = None

    @property
    def is_typed(self) -> bool:
        """Whether there is something to save."""
        return (self.result, self.checked_by, self.note) != (None, None, None)

    @property
    def shown_result(self) -> PostResult | None:
        """What was typed, else what stands."""
        return self.result or (self.check.result if self.check else None)

    @property
    def shown_by(self) -> str:
        """Who checked, as typed or as it stands."""
        return self.checked_by if self.checked_by is not None else self.check.checked_by if self.check else ""

    @property
    def shown_note(self) -> str:
        """The note, as typed or as it stands."""
        return self.note if self.note is not None else self.check.note if self.check else ""


@dataclass(frozen=True)
class ItemRow:
    """A line of one of the lists, as of a day."""

    org: str
    item: ItemView
    day: date


@dataclass(frozen=True)
class UnitRow:
    """A partner with its branch."""

    org: str
    unit: PartnerView


@dataclass(frozen=True)
class SumRow:
    """The sums of a branch; a register without an entry has none."""

    org: OrgView
    checked: PostTally | None
    due: PartnerTally | None


def read_result(text: str) -> PostResult:
    """A result as it is typed: 1, 2, 3 or its word. Raises InputRefused for anything else."""
    bare = text.strip()
    words = {label(one): one for one in PostResult}
    found = RESULTS.get(bare) or words.get(bare)
    if found is None:
        raise InputRefused(_("考评结果请填 1 达标、2 基本达标 或 3 不达标。"), "result")
    return found


def post_rows(of: PartnerBoard) -> list[PostRow]:
    """Every post that hung in the quarter."""
    return [
        PostRow(
            of.names[one.org_id],
            one,
            one.check(of.quarter.id),
            next((check.result for check in reversed(one.checks) if check.on < of.quarter.starts_on), None),
            one.proposes_takedown(of.day),
        )
        for one in of.posts
    ]


def post_columns(edits: dict[str, Edit]) -> tuple[Column, ...]:
    """One post a row; result, who checked and the note are typed into the row."""
    return (
        Column(_("支部"), lambda row: row.org, width=9),
        Column(_("岗位"), lambda row: row.post.name, width=9, tooltip=lambda row: row.post.promise),
        Column(_("地点"), lambda row: row.post.place, width=8),
        Column(_("责任党员"), lambda row: row.post.holder, width=5),
        Column(_("挂牌"), lambda row: day_words(row.post.hung_on), width=7),
        Column(_("上次考评"), lambda row: _word(row.before), value=lambda row: _mark(row.before), width=6.5),
        Column(_("本季考评"), _result_words, value=_result_mark, edit=edits["result"], width=7.5, tooltip=_keys),
        Column(_("考评人"), lambda row: row.shown_by, edit=edits["checked_by"], width=5),
        Column(_("说明"), lambda row: row.shown_note, edit=edits["note"], stretch=True, width=8),
        Column(_("岗位状态"), _state_words, value=_state_mark, width=11),
    )


def typed(row: PostRow, **more: object) -> PostRow:
    """The row with something typed."""
    return replace(row, **more)  # type: ignore[arg-type]


def item_rows(of: PartnerBoard, kind: PartnerList) -> list[ItemRow]:
    """The lines of one list."""
    return [ItemRow(of.names[one.org_id], one, of.day) for one in of.of(kind)]


def item_columns(kind: PartnerList) -> tuple[Column, ...]:
    """One line a row, short enough for three lists beside each other."""
    branch = Column(_("支部"), lambda row: row.org, width=7)
    unit = Column(_("共建单位"), lambda row: row.item.partner, width=7)
    if kind is PartnerList.PROJECT:
        made_of = _("需求：{need}\n资源：{resource}")
        return (
            branch,
            Column(
                _("项目"),
                lambda row: row.item.text,
                stretch=True,
                width=7,
                tooltip=lambda row: made_of.format(need=row.item.need, resource=row.item.resource),
            ),
            Column(_("计划"), lambda row: day_words(row.item.planned_on), width=7),
            Column(_("状态"), _item_state, value=_item_mark, width=6),
        )
    text = Column(label(kind), lambda row: row.item.text, stretch=True, width=8, tooltip=lambda row: row.item.text)
    state = Column(_("状态"), _matched, value=_matched_mark, width=5.5)
    return (branch, text, unit, state) if kind is PartnerList.RESOURCE else (branch, text, state)


def unit_rows(of: PartnerBoard) -> list[UnitRow]:
    """Every partner."""
    return [UnitRow(of.names[one.org_id], one) for one in of.partners]


def unit_columns() -> tuple[Column, ...]:
    """One partner a row."""
    return (
        Column(_("支部"), lambda row: row.org, width=9),
        Column(_("单位名称"), lambda row: row.unit.name, stretch=True, width=12),
        Column(_("角色"), lambda row: label(row.unit.role), width=8),
        Column(_("联系人"), lambda row: row.unit.contact, width=5),
        Column(_("加入"), lambda row: day_words(row.unit.since), width=7),
        Column(_("退出"), lambda row: day_words(row.unit.ended_on), width=7),
        Column(_("退出原因"), lambda row: row.unit.ended_reason, width=10),
    )


def sum_rows(of: PartnerBoard) -> list[SumRow]:
    """Every branch, also one without an entry."""
    return [SumRow(org, of.checked.get(org.id), of.due.get(org.id)) for org in of.orgs]


def sum_columns() -> tuple[Column, ...]:
    """One branch a row; the rates say how they came about."""

    def count(title: str, part: str, name: str) -> Column:
        return Column(
            title,
            lambda row: "" if getattr(row, part) is None else str(getattr(getattr(row, part), name)),
            sort=lambda row: -1 if getattr(row, part) is None else getattr(getattr(row, part), name),
            look="number",
            width=7,
        )

    def rate(title: str, part: str, said: Callable[..., str]) -> Column:
        def value(row: SumRow) -> Decimal | None:
            tally = getattr(row, part)
            return None if tally is None else tally.rate

        def explained(row: SumRow) -> Explained | None:
            found = value(row)
            return None if found is None else Explained(found, (said(getattr(row, part)),))

        return Column(
            title,
            lambda row: rate_words(value(row)),
            sort=lambda row: Decimal(-1) if value(row) is None else value(row),
            look="number",
            explained=explained,
            width=7,
        )

    return (
        Column(_("支部"), lambda row: row.org.short_name, keys=lambda row: row.org.search_keys, stretch=True, width=10),
        Column(_("类别"), lambda row: row.org.category, width=6),
        count(_("先锋岗"), "checked", "hung"),
        count(_("已考评"), "checked", "checked"),
        count(_("未考评"), "checked", "unchecked"),
        count(_("达标"), "checked", "met"),
        count(_("不达标"), "checked", "missed"),
        rate(_("达标率"), "checked", post_counts.said),
        count(_("到期项目"), "due", "due"),
        count(_("已办结"), "due", "done"),
        rate(_("对接完成率"), "due", partner_counts.said),
    )


def _word(result: PostResult | None) -> str:
    return "" if result is None else label(result)


def _mark(result: PostResult | None) -> Mark | str:
    return "" if result is None else Mark(POSTS[result], label(result))


def _keys(_row: PostRow) -> str:
    return _("按 1 达标、2 基本达标、3 不达标，回车换下一岗")


def _result_words(row: PostRow) -> str:
    words = _word(row.shown_result) or _("未考评")
    return words + " *" if row.is_typed else words


def _result_mark(row: PostRow) -> Mark:
    found = row.shown_result
    return Mark(Status.DUE if found is None else POSTS[found], _result_words(row))


def _state_words(row: PostRow) -> str:
    if row.post.down_on is not None:
        return _("{day} 摘牌").format(day=row.post.down_on.isoformat())
    return _("建议摘牌") if row.proposed else _("在岗")


def _state_mark(row: PostRow) -> Mark:
    if row.post.down_on is not None:
        return Mark(Status.NOT_STARTED, _state_words(row))
    return Mark(Status.BEHIND if row.proposed else Status.ON_TRACK, _state_words(row))


def _matched(row: ItemRow) -> str:
    return _("待对接") if row.item.project_id is None else _("已对接")


def _matched_mark(row: ItemRow) -> Mark:
    return Mark(Status.DUE if row.item.project_id is None else Status.DONE, _matched(row))


def _item_state(row: ItemRow) -> str:
    return label(row.item.state(row.day) or NodeState.COMING)


def _item_mark(row: ItemRow) -> Mark:
    return Mark(NODES[row.item.state(row.day) or NodeState.COMING], _item_state(row))

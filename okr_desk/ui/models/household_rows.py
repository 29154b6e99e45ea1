"""The columns of the page on members and households."""

from __future__ import annotations

from dataclasses import dataclass

from okr_desk.i18n import _
from okr_desk.queries.household_board import BranchBoard, Keeper, Shares
from okr_desk.queries.member_points import MemberQuarter, PointsEntry
from okr_desk.queries.members import MemberView
from okr_desk.queries.service_hours import HoursEntry, PersonHours
from okr_desk.scoring.rounding import NOTHING, plain
from okr_desk.terms import label
from okr_desk.ui.models.household_sentences import percent
from okr_desk.ui.models.rows import Column


@dataclass(frozen=True)
class MemberRow:
    """A member with what stands of the quarter."""

    member: MemberView
    keeper: Keeper | None
    points: MemberQuarter | None

    @property
    def households(self) -> int:
        """Households looked after now."""
        return len(self.keeper.households) if self.keeper else 0

    @property
    def mark(self) -> str:
        """The half-yearly mark."""
        rating = self.keeper.rating if self.keeper else None
        return NOTHING if rating is None else plain(rating.explained.value, 1)


def member_rows(of: BranchBoard, with_gone: bool = False) -> list[MemberRow]:
    """Members of the branch, those who left behind them where they are wanted."""
    keepers = {one.member.id: one for one in of.keepers}
    points = {one.member.id: one for one in of.points}
    shown = (*of.members, *of.gone) if with_gone else of.members
    return [MemberRow(one, keepers.get(one.id), points.get(one.id)) for one in shown]


def members() -> tuple[Column, ...]:
    """The register of members."""
    return (
        Column(_("姓名"), lambda row: row.member.name, keys=lambda row: row.member.search_keys, width=7),
        Column(_("类别"), lambda row: label(row.member.kind), width=6),
        Column(_("支委"), lambda row: _("是") if row.member.is_committee else "", width=4),
        Column(_("网格"), lambda row: row.member.grid, width=8),
        Column(_("分工"), lambda row: row.member.duty, width=8, stretch=True),
        Column(
            _("联户"),
            lambda row: str(row.households) if row.households else NOTHING,
            sort=lambda row: row.households,
            look="number",
            tooltip=lambda row: row.keeper.notice if row.keeper else "",
        ),
        Column(
            _("半年评分"),
            lambda row: row.mark,
            look="number",
            explained=lambda row: row.keeper.rating.explained if row.keeper and row.keeper.rating else None,
        ),
        Column(
            _("本季积分"),
            lambda row: NOTHING if row.points is None else plain(row.points.sum.value),
            sort=lambda row: row.points.sum.value if row.points else -1000,
            look="number",
            explained=lambda row: row.points.sum.explained if row.points else None,
        ),
        Column(_("转入"), lambda row: _day(row.member.joined_on), width=7, hidden=True),
        Column(_("状态"), _standing, tooltip=_standing, width=17),
    )


def points() -> tuple[Column, ...]:
    """The quarter's list of points."""
    return (
        Column(_("名次"), lambda row: str(row.place), sort=lambda row: row.place, look="number"),
        Column(_("姓名"), lambda row: row.member.name, keys=lambda row: row.member.search_keys, width=6),
        Column(_("网格"), lambda row: row.member.grid, width=5),
        Column(_("加分"), lambda row: plain(row.sum.bonus), sort=lambda row: row.sum.bonus, look="number"),
        Column(_("扣分"), lambda row: plain(row.sum.deduction), sort=lambda row: row.sum.deduction, look="number"),
        Column(
            _("积分"),
            lambda row: plain(row.sum.value),
            sort=lambda row: row.sum.value,
            look="number",
            explained=lambda row: row.sum.explained,
        ),
        Column(_("提示"), flag_text, tooltip=flag_text, width=8, stretch=True),
    )


def flag_text(row: MemberQuarter) -> str:
    """What follows from the points, and which caps are full."""
    return _("；").join(text for text in (row.flag, *row.sum.full) if text)


@dataclass(frozen=True)
class EntryRow:
    """An entry of points or hours with the name of whose it is."""

    name: str
    entry: PointsEntry | HoursEntry


def point_entries() -> tuple[Column, ...]:
    """What was entered of points."""
    return (
        Column(
            _("日期"), lambda row: f"{row.entry.happened_on:%m-%d}", sort=lambda row: row.entry.happened_on, width=4
        ),
        Column(_("姓名"), lambda row: row.name, width=6),
        Column(_("事项"), lambda row: row.entry.matter, tooltip=lambda row: row.entry.note, width=9, stretch=True),
        Column(_("分值"), lambda row: signed(row.entry), sort=lambda row: row.entry.points, look="number"),
        Column(_("来源"), _source, width=6),
    )


def signed(entry: PointsEntry) -> str:
    """Points with their sign."""
    return ("+" if entry.points > 0 else "") + plain(entry.points)


def people() -> tuple[Column, ...]:
    """Who serves, and how far the hours reach."""
    return (
        Column(_("姓名"), lambda row: row.name, keys=lambda row: row.search_keys, width=6),
        Column(_("单位"), lambda row: row.unit or _("本支部党员"), width=9, stretch=True),
        Column(_("本季"), lambda row: plain(row.quarter), sort=lambda row: row.quarter, look="number"),
        Column(_("年初至今"), lambda row: plain(row.year), sort=lambda row: row.year, look="number"),
        Column(_("应达"), lambda row: plain(row.due), sort=lambda row: row.due, look="number"),
        Column(_("状态"), hours_state, width=7.5),
    )


def hours_state(row: PersonHours) -> str:
    """Reached, or how many hours are lacking."""
    if row.is_reached:
        return _("✓ 达标")
    return _("差 {n} 小时").format(n=plain(row.due - row.year))


def hour_entries() -> tuple[Column, ...]:
    """What was entered of hours."""
    return (
        Column(_("日期"), lambda row: f"{row.entry.served_on:%m-%d}", sort=lambda row: row.entry.served_on, width=4),
        Column(_("姓名"), lambda row: row.name, width=6),
        Column(_("服务项目"), lambda row: row.entry.project, width=9, stretch=True),
        Column(_("小时"), lambda row: plain(row.entry.hours), sort=lambda row: row.entry.hours, look="number"),
        Column(_("来源"), _source, width=6),
    )


def townships() -> tuple[Column, ...]:
    """All branches with their shares."""
    return (
        Column(_("支部"), lambda row: row.org.short_name, keys=lambda row: row.org.search_keys, width=12, stretch=True),
        Column(_("类别"), lambda row: row.org.category, width=6),
        Column(
            _("登记党员"),
            lambda row: str(row.strength.registered) if row.strength.registered else NOTHING,
            sort=lambda row: row.strength.registered,
            look="number",
            tooltip=lambda row: row.strength.said,
        ),
        Column(_("联系户"), _households, sort=lambda row: row.households.listed, look="number"),
        _share_column(_("当月走访"), lambda row: row.month_share, lambda row: (row.month_done, row.month_due)),
        _share_column(
            _("逐月走访到"), lambda row: row.reached, lambda row: (row.households.reached, row.households.whole)
        ),
        _share_column(_("有积分"), lambda row: row.active_share, lambda row: (row.active, row.strength.total)),
        _share_column(_("时长达标"), lambda row: row.served_share, lambda row: (row.served, len(row.people))),
        Column(
            _("人均服务时长"),
            lambda row: plain(row.hours / row.strength.total, 1) if row.hours and row.strength.total else NOTHING,
            sort=lambda row: row.hours,
            look="number",
        ),
    )


def _share_column(title: str, share, counts) -> Column:  # type: ignore[no-untyped-def]
    return Column(
        title,
        lambda row: percent(share(row)),
        sort=lambda row: -1 if share(row) is None else share(row),
        look="number",
        tooltip=lambda row: (
            "" if share(row) is None else _("{part} / {whole}").format(part=counts(row)[0], whole=counts(row)[1])
        ),
    )


def _households(row: Shares) -> str:
    return str(row.households.listed) if row.households.listed else NOTHING


def _standing(row: MemberRow) -> str:
    if row.member.left_on is not None:
        return _("{day} 转出").format(day=row.member.left_on)
    return row.points.flag if row.points else ""


def _source(row: EntryRow) -> str:
    entry = row.entry
    if getattr(entry, "imported", False):
        return label(entry.basis)
    late = _("补报") if entry.is_late else ""
    return _("，").join(text for text in (entry.reported_by or label(entry.basis), late) if text)


def _day(day: object) -> str:
    return "" if day is None else str(day)

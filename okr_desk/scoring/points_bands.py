"""Points by position: in which band a value lies, which place it takes, how near it comes to the first."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.scoring.anchors import Anchors, Point
from okr_desk.scoring.explained import result, rounding_note
from okr_desk.scoring.points_result import (
    ZERO,
    Group,
    Reached,
    Value,
    a_number,
    check_full,
    check_not_negative,
    check_up_or_down,
    other_kind,
)
from okr_desk.scoring.rounding import plain
from okr_desk.scoring.spelling import check_numbers
from okr_desk.terms import Direction


@dataclass(frozen=True)
class Ladder:
    """Points of the band that holds the value; bands are (threshold, points), half-open, the threshold included.

    The unrounded value is compared; below the lowest threshold there are 0 points. Bands may come in any order and
    with any points. A layer of its own: anchors cannot jump. Raises InputRefused without bands and for a threshold
    that stands twice. Source: domain 1.3 "TIER", methods B1 "band".
    """

    bands: tuple[Point, ...]

    def __post_init__(self) -> None:
        if not self.bands:
            raise InputRefused(_("分档 bands 没有内容，请按“达到:分值”填写，例如 95:10,90:8。"), "bands")
        for threshold, points in self.bands:
            check_numbers("bands", threshold, points)
        if len({threshold for threshold, _points in self.bands}) < len(self.bands):
            raise InputRefused(_("分档 bands 有两档的界限相同，请只留一档。"), "bands")

    @property
    def maximum(self) -> Decimal:
        """Points of the best band."""
        return max(ZERO, *(points for _threshold, points in self.bands))

    def reach(self, value: Value) -> Reached:
        """Points of one value."""
        x = a_number(value)
        held = max((band for band in self.bands if x >= band[0]), default=None)
        return Reached(ZERO if held is None else held[1], lambda: self._told(x, held))

    def _told(self, x: Decimal, held: Point | None) -> tuple[str, ...]:
        falling = sorted(self.bands, reverse=True)
        rule = _("分档（达到:分值）：{bands}；按未取整的数比较。").format(
            bands="，".join(f"{plain(threshold)}:{plain(points)}" for threshold, points in falling)
        )
        if held is None:
            said = _("现值 {x} 不到最低一档 {threshold}，计 0 分。")
            return rule, said.format(x=plain(x), threshold=plain(falling[-1][0]))
        if held == falling[0]:
            said = _("现值 {x} 达到 {threshold}，计 {points} 分。")
            return rule, said.format(x=plain(x), threshold=plain(held[0]), points=plain(held[1]))
        said = _("现值 {x} 达到 {threshold}、不到 {next}，计 {points} 分。")
        above = falling[falling.index(held) - 1][0]
        return rule, said.format(x=plain(x), threshold=plain(held[0]), next=plain(above), points=plain(held[1]))


@dataclass(frozen=True)
class Rank:
    """Points by place in the group; ties share the better place and the next place stays empty.

    `table` holds the points of the first place, the second and so on; beyond it there are 0 points. Takes the place
    itself, or one's own value with those of the group. Raises InputRefused for a table that rises, and for a place
    that is no whole number from 1 on. Source: domain 1.3 "RANK".
    """

    table: tuple[Decimal, ...]
    direction: Direction = Direction.UP

    def __post_init__(self) -> None:
        check_up_or_down(self.direction)
        if not self.table:
            raise InputRefused(_("名次表 table 没有内容，请从第 1 名起填写各名次的分值。"), "table")
        check_not_negative("table", *self.table)
        if any(after > before for before, after in pairwise(self.table)):
            raise InputRefused(_("名次表 table 里后面的名次分值更高，请从第 1 名起依次填写。"), "table")

    @property
    def maximum(self) -> Decimal:
        """Points of the first place."""
        return self.table[0]

    def reach(self, value: Value) -> Reached:
        """Points of a place, or of one's own value in its group."""
        place = self._place(value) if isinstance(value, Group) else _whole_place(value)
        found = self.table[place - 1] if place <= len(self.table) else ZERO
        return Reached(found, lambda: self._told(value, place, found))

    def _place(self, group: Group) -> int:
        check_numbers("values", *group.values)
        check_numbers("v", group.own)
        return self._ordered(group).index(group.own) + 1

    def _ordered(self, group: Group) -> list[Decimal]:
        return sorted(group.everyone, reverse=self.direction is Direction.UP)

    def _told(self, value: Value, place: int, found: Decimal) -> tuple[str, ...]:
        rule = _("名次分值（从第 1 名起）：{table}").format(table="、".join(plain(points) for points in self.table))
        way = self._way(value, place) if isinstance(value, Group) else ()
        if place > len(self.table):
            said = _("名次表只到第 {last} 名，第 {place} 名计 0 分。")
            return rule, *way, said.format(last=len(self.table), place=place)
        return rule, *way, _("第 {place} 名计 {points} 分。").format(place=place, points=plain(found))

    def _way(self, group: Group, place: int) -> tuple[str, ...]:
        ordered = self._ordered(group)
        said = _("全组由好到差：{values}；本单位 {own}，排在前面的有 {n} 个，列第 {place} 名。").format(
            values="、".join(plain(one) for one in ordered), own=plain(group.own), n=place - 1, place=place
        )
        shared = ordered.count(group.own)
        if shared == 1:
            return (said,)
        return said, _("并列 {n} 个，同取第 {place} 名，其后名次空出。").format(n=shared, place=place)


@dataclass(frozen=True)
class ToFirst:
    """The first of the group takes full points, the others in proportion to it.

    Anchors (0, 0) and (value of the first, maximum). Where the whole group stands at 0 there is no first and everyone
    gets 0. Raises InputRefused for negative values. Source: domain 1.3 "TOFIRST".
    """

    maximum: Decimal

    def __post_init__(self) -> None:
        check_full(self.maximum)

    def reach(self, value: Value) -> Reached:
        """Points of one's own value beside those of the group (or that of the first alone)."""
        if not isinstance(value, Group):
            raise other_kind()
        check_not_negative("values", *value.values)
        check_not_negative("v", value.own)
        first = max(value.everyone)
        if first == 0:
            return Reached(ZERO, lambda: (self._rule(), _("全组都是 0，没有第一名可比，计 0 分。")))
        found = Anchors(((ZERO, ZERO), (first, self.maximum))).at(value.own)
        return Reached(found, lambda: (self._rule(), self._sum(value.own, first, found), *rounding_note(found)))

    def _rule(self) -> str:
        return _("得分＝满分×现值÷第一名的数值")

    def _sum(self, x: Decimal, first: Decimal, found: Decimal) -> str:
        return _("{full}×{x}÷{first}{result}").format(
            full=plain(self.maximum), x=plain(x), first=plain(first), result=result(found)
        )


def _whole_place(value: Value) -> int:
    place = a_number(value)
    if place < 1 or place != place.to_integral_value():
        raise InputRefused(_("名次 place 须是从 1 起的整数，请改正。"), "place")
    return int(place)

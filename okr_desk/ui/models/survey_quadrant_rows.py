"""Activities beside satisfaction as rows: how much was held, what people say, which field of the picture that is."""

from __future__ import annotations

from decimal import Decimal

from okr_desk.i18n import _
from okr_desk.queries.survey_quadrant import Quadrant, Quadrants
from okr_desk.scoring.explained import Explained
from okr_desk.scoring.rounding import half_up, percent, plain
from okr_desk.ui.models.rows import Column
from okr_desk.ui.models.score_figures import room

PLACES = 1


def columns() -> tuple[Column, ...]:
    """The columns beside the chart."""
    return (
        Column(_("支部"), lambda row: row.org.short_name, keys=lambda row: row.org.search_keys, width=9, stretch=True),
        Column(_("活动完成率"), lambda row: percent(row.activity, PLACES), sort=lambda row: row.activity,
               look="number"),
        Column(_("满意度得分"), lambda row: plain(row.satisfaction * 100, PLACES), sort=lambda row: row.satisfaction,
               look="number", head=_("满意度")),
        Column(_("相差（标准差）"), gap_text, sort=lambda row: _gap(row), look="number", explained=gap_explained,
               tooltip=gap_meaning, head=_("相差")),
        Column(_("所在"), lambda row: row.place, width=room(_("多而无感")) + 1.6),
    )  # fmt: skip


def gap_text(row: Quadrant) -> str:
    """By how much more activity than satisfaction stands out in the category, in standard deviations."""
    gap = _gap(row)
    if gap is None:
        return ""
    shown = half_up(gap, PLACES)
    return f"{'+' if shown > 0 else ''}{plain(shown)}"


def gap_meaning(row: Quadrant) -> str:
    """What the sign says."""
    return "" if _gap(row) is None else _("正数：活动比满意度更突出；负数：满意度比活动更突出。")


def gap_explained(row: Quadrant) -> Explained | None:
    """How the gap came about."""
    gap = _gap(row)
    if gap is None or row.activity_z is None or row.satisfaction_z is None:
        return None
    said = _("{what}比同类平均{side} {z} 个标准差")
    lines = [
        said.format(what=what, side=_("高") if z >= 0 else _("低"), z=plain(abs(z), 2))
        for what, z in ((_("活动完成率"), row.activity_z), (_("满意度"), row.satisfaction_z))
    ]
    taken = _("相差＝活动－满意度＝{gap}").format(gap=gap_text(row))
    return Explained(gap, (*lines, taken, gap_meaning(row)))


def sentence(of: Quadrants) -> str:
    """What the picture says, or why nothing is compared."""
    if not of.is_comparable:
        return _("同类不足{n}个，不作比较；下面只列各支部自己的数。").format(n=of.least)
    counts = [
        _("{place} {n} 个").format(place=place, n=n)
        for place in (_("双高"), _("少而精"), _("多而无感"), _("双低"))
        if (n := sum(point.place == place for point in of.points))
    ]
    across, upright = percent(of.cuts[0], PLACES), plain(of.cuts[1] * 100, PLACES)
    said = _("以同类平均分界（活动完成率 {across}，满意度 {upright} 分）：{counts}。")
    return said.format(across=across, upright=upright, counts=_("、").join(counts))


def advice(of: Quadrants) -> str:
    """What to do about branches that hold much and are felt little."""
    felt_little = [point.org.short_name for point in of.points if point.place == _("多而无感")]
    if not felt_little:
        return ""
    return _("多而无感的（{names}）先停办一部分，问问群众要什么。").format(names=_("、").join(felt_little))


def _gap(row: Quadrant) -> Decimal | None:
    if row.activity_z is None or row.satisfaction_z is None:
        return None
    return row.activity_z - row.satisfaction_z

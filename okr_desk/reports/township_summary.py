"""全镇汇总表: all branches by category and dimension on A4 landscape, from the same snapshot as the dashboard."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial
from pathlib import Path

from okr_desk.i18n import _
from okr_desk.queries import dashboard
from okr_desk.queries.dashboard import BranchRow, CategoryRows, Means, Township
from okr_desk.reports import table
from okr_desk.reports.blocks import Lines, Pair, base_line, paragraph
from okr_desk.reports.document import Progress, Sheet, Stop, write
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.lights import light
from okr_desk.reports.outcome import Printed
from okr_desk.reports.pages import A4_LANDSCAPE, MM, Block, Pen
from okr_desk.reports.styles import NOTE, SIGN, SMALL, STRONG, TABLE, TABLE_HEAD, TITLE
from okr_desk.reports.table import Cell
from okr_desk.reports.text import fit_size
from okr_desk.scoring.rounding import half_up
from okr_desk.terms import QuarterState, Status

WIDTH = A4_LANDSCAPE.area_width
COLUMNS_MM = (10, 57, 24, 24, 24, 24, 24, 18, 20)
"""序号 支部 目标完成度 基础性 融合性 创新性 满意度 已报/应报 灯号: 225 mm."""
WIDTHS = tuple(column * MM for column in COLUMNS_MM)
_LEAST = 6.2 * MM
_LIGHT = SMALL.smaller(8)
_LIGHT_AT = 13.8 * MM
_AXIS = 14 * MM
"""In the 24 mm of a number: its decimal point from the right edge, its light from the left."""


def render(
    townships: Sequence[Township],
    path: Path,
    *,
    printed_at: datetime,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
    bundled_fonts: bool = False,
    font_folders: Sequence[Path] | None = None,
) -> Printed:
    """One table a township and quarter. `printed_at` is an instant; raises Cancelled and FileRefused."""
    first = townships[0]
    return write(
        path,
        [partial(sheet_of, snapshot=one) for one in townships],
        title=_title(first),
        printed_at=printed_at,
        bundled_fonts=bundled_fonts,
        progress=progress,
        cancelled=cancelled,
        font_folders=font_folders,
    )


def sheet_of(fonts: Fonts, snapshot: Township) -> Sheet:
    """Lay the table out."""
    blocks: list[Block] = [
        Lines((_title(snapshot),), TITLE, WIDTH, "centre", keep=True),
        Pair(
            _("数据截至 {day}").format(day=snapshot.as_of.isoformat()),
            _("完成度单位：%　满意度单位：分"),
            TABLE,
            WIDTH,
            before=4,
            keep=True,
        ),
        *_rows(fonts, snapshot),
        *_notes(fonts, snapshot),
        Pair(
            _("填表人：　　　　　　　审核人：　　　　　　　镇党建办负责人："),
            _("年　　月　　日"),
            SIGN,
            WIDTH,
            before=12,
        ),
    ]
    return Sheet(
        outline=_title(snapshot),
        blocks=blocks,
        paper=A4_LANDSCAPE,
        digest=snapshot.digest,
        note=_("演示数据，不作评审依据") if snapshot.is_demo else "",
    )


def _title(snapshot: Township) -> str:
    return _("{township}{quarter}目标完成情况汇总表").format(township=snapshot.name, quarter=snapshot.quarter.label)


def _rows(fonts: Fonts, snapshot: Township) -> list[Block]:
    names = (
        _("序号"),
        _("支部"),
        _("目标完成度"),
        _("基础性"),
        _("融合性"),
        _("创新性"),
        _("满意度"),
        _("已报/应报"),
        _("总灯号"),
    )
    cells = [Cell(name, "centre") for name in names]
    head = table.row(fonts, WIDTHS, cells, TABLE_HEAD, least=8 * MM, keep=True, tinted=True)
    found: list[Block] = [head]
    number = 0
    for category in snapshot.categories:
        found.append(_category_row(fonts, category, head))
        for place, row in enumerate(category.rows):
            number += 1
            found.append(_branch_row(fonts, number, row, head, tied=place == len(category.rows) - 2))
    found.append(_whole_row(fonts, snapshot, head))
    return found


def _category_row(fonts: Fonts, category: CategoryRows, head: Block) -> Block:
    name = _("{category}（{n}个支部）").format(category=category.category or _("未分类"), n=len(category.rows))
    return table.row(
        fonts, WIDTHS, _mean_cells(name, category.means, category.rows), STRONG, least=_LEAST, keep=True, head=(head,)
    )


def _branch_row(fonts: Fonts, number: int, row: BranchRow, head: Block, tied: bool) -> Block:
    shares = (row.total, row.basic, row.fusion, row.innovation)
    cells = (
        Cell(str(number), "centre"),
        Cell(row.org.short_name),
        *(_share(cell) for cell in shares),
        _points(row.satisfaction),
        Cell(f"{row.reported}/{row.owed}", "centre"),
        Cell(light(row.status), "centre"),
    )
    return table.row(fonts, WIDTHS, cells, TABLE, least=_LEAST, keep=tied, head=(head,))


def _whole_row(fonts: Fonts, snapshot: Township, head: Block) -> Block:
    name = _("全镇平均（{n}个支部）").format(n=len(snapshot.rows))
    return table.row(
        fonts, WIDTHS, _mean_cells(name, snapshot.means, snapshot.rows), STRONG, least=_LEAST, head=(head,)
    )


def _mean_cells(name: str, means: Means, rows: Sequence[BranchRow]) -> tuple[Cell, ...]:
    """A line of means, set off by weight."""
    return (
        Cell(name, span=2),
        *(_share(cell) for cell in (means.total, means.basic, means.fusion, means.innovation)),
        _points(means.satisfaction),
        Cell(f"{sum(row.reported for row in rows)}/{sum(row.owed for row in rows)}", "centre"),
        Cell(light(means.total.status), "centre"),
    )


def _share(cell: dashboard.Cell) -> Cell:
    return _with_light(cell, Decimal(100))


def _points(cell: dashboard.Cell) -> Cell:
    return _with_light(cell, Decimal(1))


def _with_light(cell: dashboard.Cell, scale: Decimal) -> Cell:
    """The number on the column's decimal point with its light beside it; without a number a word says why."""
    value = cell.value.value
    if value is None:
        missing = cell.status is not Status.NOT_STARTED
        return Cell(_("未报") if missing else "—", "centre")

    def paint(pen: Pen, left: float, top: float, width: float, height: float) -> None:
        y = top - (height - _LIGHT.leading) / 2 - base_line(_LIGHT)
        words = light(cell.status)
        size = fit_size(pen.fonts, words, width - _LIGHT_AT - 1, _LIGHT, 4)
        pen.text(words, left + _LIGHT_AT, y, _LIGHT.smaller(size))

    return Cell(_number(value, scale), "decimal", axis=_AXIS, paint=paint)


def _number(value: Decimal, scale: Decimal) -> str:
    return format(half_up(value * scale, 1), "f")


def _notes(fonts: Fonts, snapshot: Township) -> list[Block]:
    said = [
        _("1. 完成度为加权完成度，不是考核得分；类别和全镇一行为各支部的简单平均，一个支部算一份，没有此项的不计入。"),
        _("2. 已关账，未报送的按0计入平均，仍列为“未报”或“待报”。")
        if snapshot.quarter.state is QuarterState.CLOSED
        else _("2. 未报不等于0，暂不计入平均，列为“未报”或“待报”。"),
    ]
    if snapshot.unreported:
        said.append(_("3. 本季尚未报送的支部：{names}。").format(names="、".join(snapshot.unreported)))
    counts = []
    if snapshot.overdue:
        counts.append(_("逾期未报 {n} 项").format(n=snapshot.overdue))
    if snapshot.open_questions:
        counts.append(_("导入待核对 {n} 格").format(n=snapshot.open_questions))
    if snapshot.conflicts:
        counts.append(_("来源不一致 {n} 项").format(n=snapshot.conflicts))
    if counts:
        said.append(f"{len(said) + 1}. " + "，".join(counts) + "。")
    return [paragraph(fonts, text, NOTE, WIDTH, before=5 if number == 0 else 0) for number, text in enumerate(said)]

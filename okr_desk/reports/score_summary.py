"""全镇计分汇总表: every branch with its points by block, total, percent and grade, category by category, not ranked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from itertools import pairwise
from pathlib import Path

from okr_desk.i18n import _
from okr_desk.queries import score_results, score_summary
from okr_desk.queries.score_summary import CategoryScores, Column, ScoreSummary
from okr_desk.queries.scores import ScoreSheet
from okr_desk.reports import score_totals, table
from okr_desk.reports.blocks import Lines, Pair, paragraph
from okr_desk.reports.document import Progress, Sheet, Stop, write
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.outcome import Printed
from okr_desk.reports.pages import A4_LANDSCAPE, MM, Block
from okr_desk.reports.styles import HEADING, NOTE, SIGN, SMALL, STRONG, TABLE, TABLE_HEAD, TITLE
from okr_desk.reports.table import Cell
from okr_desk.scoring.rounding import NOTHING, plain
from okr_desk.terms import PointsState, QuarterState, label

WIDTH = A4_LANDSCAPE.area_width
FIXED_MM = (8, 11, 14, 14, 22, 34)
"""序号, then behind the columns of points: 加分 总分 得分率 等次 备注."""
NAME_MM = 34
"""The least that the name of a branch needs; what the columns of points leave goes to it up to the widest."""
WIDEST_NAME_MM = 50
"""Beyond that the remarks get it: they say why there is no grade, or why it is not the one of the percent."""
WIDEST_MM = 18
WHOLE_MM = 225
_LEAST = 6.2 * MM
PLACES = 2


def render(
    summaries: Sequence[ScoreSummary],
    path: Path,
    *,
    printed_at: datetime,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
    bundled_fonts: bool = False,
    font_folders: Sequence[Path] | None = None,
) -> Printed:
    """One sheet a township and quarter. `printed_at` is an instant; raises Cancelled and FileRefused."""
    return write(
        path,
        [partial(sheet_of, snapshot=one) for one in summaries],
        title=_title(summaries[0]),
        printed_at=printed_at,
        bundled_fonts=bundled_fonts,
        progress=progress,
        cancelled=cancelled,
        font_folders=font_folders,
    )


def sheet_of(fonts: Fonts, snapshot: ScoreSummary) -> Sheet:
    """Lay it out: a table a category, because each is scored by a scheme of its own."""
    blocks: list[Block] = [Lines((_title(snapshot),), TITLE, WIDTH, "centre", keep=True)]
    for category in snapshot.categories:
        blocks += _category(fonts, category)
    signed = _("填表人：　　　　　　　审核人：　　　　　　　镇党建办负责人：")
    return Sheet(
        outline=_title(snapshot),
        blocks=[*blocks, *_notes(fonts, snapshot), Pair(signed, _("年　　月　　日"), SIGN, WIDTH, before=12)],
        paper=A4_LANDSCAPE,
        digest=snapshot.digest,
        note=_("演示数据，不作评审依据") if snapshot.is_demo else "",
    )


def columns_mm(points: int) -> tuple[float, ...]:
    """Widths of all columns for so many columns of points: 225 mm together."""
    free = WHOLE_MM - sum(FIXED_MM)
    each = min(WIDEST_MM, (free - NAME_MM) / max(1, points))
    name = min(WIDEST_NAME_MM, free - each * points)
    *others, remark = FIXED_MM[1:]
    return FIXED_MM[0], name, *([each] * points), *others, remark + free - each * points - name


def _title(snapshot: ScoreSummary) -> str:
    return _("{township}{quarter}计分汇总表").format(township=snapshot.township, quarter=snapshot.quarter.label)


def _category(fonts: Fonts, category: CategoryScores) -> list[Block]:
    widths = [column * MM for column in columns_mm(len(category.columns))]
    said = _("{category}（{n}个支部）　{scheme}，第{version}版").format(
        category=category.category or _("未分类"),
        n=len(category.sheets),
        scheme=category.scheme.name,
        version=category.version.version,
    )
    name = Lines((said,), HEADING, WIDTH, before=8, keep=True)
    head = table.row(fonts, widths, _head(category, widths), TABLE_HEAD, least=9 * MM, keep=True, tinted=True)
    found: list[Block] = [name, head]
    lines = [_figures(sheet, category) for sheet in category.sheets]
    axes = [
        table.decimal_axis(fonts, column, STRONG, width)
        for column, width in zip(zip(*lines, strict=True), widths[2:-2], strict=True)
    ]
    for number, (sheet, line) in enumerate(zip(category.sheets, lines, strict=True), start=1):
        cells = _branch(number, sheet, [_figure(text, axis) for text, axis in zip(line, axes, strict=True)])
        found.append(
            table.row(fonts, widths, cells, TABLE, least=_LEAST, keep=number >= len(category.sheets), head=(name, head))
        )
    found.append(_mean(fonts, widths, category, (name, head)))
    return [*found, *(paragraph(fonts, text, NOTE, WIDTH, before=3) for text in category.excess)]


def _head(category: CategoryScores, widths: Sequence[float]) -> tuple[Cell, ...]:
    named = _("{name}\n{maximum}分")
    room = max(1, int((widths[2] - 2 * table.PAD) / TABLE_HEAD.size))
    names = (
        _("序号"),
        _("支部"),
        *(named.format(name=balanced(one.name, room), maximum=plain(one.maximum)) for one in category.columns),
        _("加分"),
        named.format(name=_("总分"), maximum=plain(category.maximum)),
        _("得分率\n%"),
        _("等次"),
        _("备注"),
    )
    return tuple(Cell(name, "centre") for name in names)


def balanced(name: str, room: int) -> str:
    """A Chinese name in even lines where more than `room` characters do not fit: 组织／建设, not 组织建／设."""
    if len(name) <= room or name.isascii():
        return name
    lines = -(-len(name) // room)
    each, longer = divmod(len(name), lines)
    ends = [each * n + min(n, longer) for n in range(lines + 1)]
    return "\n".join(name[start:end] for start, end in pairwise(ends))


def _branch(number: int, sheet: ScoreSheet, figures: Sequence[Cell]) -> tuple[Cell, ...]:
    return (
        Cell(str(number), "centre"),
        Cell(sheet.org.short_name),
        *figures,
        Cell(score_results.marked_grade(sheet), "centre"),
        Cell(_remark(sheet), style=SMALL),
    )


def _figures(sheet: ScoreSheet, category: CategoryScores) -> tuple[str, ...]:
    """The columns of points, the bonus, the total and the percent, as printed."""
    found = sheet.sheet
    return (
        *(_points(sheet, column) for column in category.columns),
        NOTHING if found is None or not category.has_bonus else plain(found.bonus, PLACES),
        score_results.total_text(sheet),
        score_results.percent_text(sheet).replace("%", ""),
    )


def _points(sheet: ScoreSheet, column: Column) -> str:
    found = score_summary.points_of(sheet, column)
    if found is None:
        return NOTHING
    return label(found.state) if found.points is None else plain(found.points, PLACES)


def _figure(text: str, axis: float) -> Cell:
    return Cell(text, "decimal", axis=axis) if table.is_number(text) else Cell(text, "centre", SMALL)


def _remark(sheet: ScoreSheet) -> str:
    """Why there is no grade or what limits it, what is missing, and on how much a provisional one rests."""
    said = [_("红线 {title}（{document}）").format(title=one.title, document=one.document) for one in sheet.red_lines]
    said += [one for one in (score_results.withheld(sheet).removesuffix(_("。")),) if one]
    said += score_results.limits_in_short(sheet)
    open_ = []
    for state, words in ((PointsState.MISSING, _("未报 {n} 项")), (PointsState.UNSET, _("未设目标 {n} 项"))):
        count = sum(one.points is not None and one.points.state is state for one in sheet.lines)
        if count:
            open_.append(words.format(n=count))
    part = score_results.open_part(sheet)
    if part:
        open_.append(_("暂按{part}评定").format(part=part))
    return _("；").join([*said, _("，").join(open_)] if open_ else said)


def _mean(fonts: Fonts, widths: Sequence[float], category: CategoryScores, head: tuple[Block, ...]) -> Block:
    """The mean of the percents, or that there are too few of a kind to compare."""
    if category.mean is None:
        said = _("同类不足{n}个，不作比较。").format(n=category.least)
        return table.row(fonts, widths, (Cell(said, span=len(widths)),), TABLE, least=_LEAST, head=head)
    given, away = category.mean.of, len(category.sheets) - category.mean.of
    said = _("同类平均得分率（{n}个支部，一个支部算一份）")
    if away:
        said = _("同类平均得分率（{n}个支部，一个支部算一份；没有等次的{away}个不计入）")
    cells = (
        Cell(said.format(n=given, away=away), "right", span=len(widths) - 3),
        Cell(plain(category.mean.percent, PLACES), "centre"),
        Cell("", span=2),
    )
    return table.row(fonts, widths, cells, STRONG, least=_LEAST, head=head)


def _notes(fonts: Fonts, snapshot: ScoreSummary) -> list[Block]:
    said = [
        _(
            "得分率＝总分÷已报部分的满分×100；等次按未取整的得分率定，分数线含本数；标“暂定”的只按已报的部分评定。"
            "本表印 2 位小数，明细见支部计分表。"
        ),
        _("各支部按名册顺序排列，不排名次；只在同类之内比较，不同类别的方案不同，得分不能相比。"),
    ]
    if snapshot.unscored:
        said.append(_("没有启用方案、不在本表的类别：{names}。").format(names="、".join(snapshot.unscored)))
    if snapshot.quarter.state is QuarterState.OPEN:
        said.append(_("本季还没有冻结，本表按打印时的数据暂计；未报不等于 0，暂不计入。"))
    numbered = [paragraph(fonts, f"{n}. {text}", NOTE, WIDTH) for n, text in enumerate(said, start=1)]
    return list(score_totals.tied(numbered, before=8, to_next=True))

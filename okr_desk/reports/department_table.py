"""部门评价通报表: departments by kind on A4 landscape, in the order of the register; too few ratings are not listed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from okr_desk.i18n import _
from okr_desk.queries.whistle_figures import DepartmentLine, Figures, Rate
from okr_desk.queries.whistle_papers import DepartmentBulletin
from okr_desk.reports import table
from okr_desk.reports.blocks import Lines, Pair, paragraph
from okr_desk.reports.document import Progress, Sheet, Stop, write
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.outcome import Printed
from okr_desk.reports.pages import A4_LANDSCAPE, MM, Block
from okr_desk.reports.review_table import centred
from okr_desk.reports.styles import NOTE, SIGN, STRONG, TABLE, TABLE_HEAD, TITLE
from okr_desk.reports.table import Cell
from okr_desk.scoring.rounding import half_up, plain
from okr_desk.scoring.whistle_ratings import too_few
from okr_desk.terms import label
from okr_desk.whistle_terms import DepartmentKind, ItemUse

WIDTH = A4_LANDSCAPE.area_width
COLUMNS_MM = (12, 44, 18, 22, 22, 22, 22, 22, 18, 18, 33)
"""序号 部门 吹哨 签收及时 平均签收 到场及时 按期办结 一次解决 重吹 已评 得分, stretched to the width of the page."""
_LEAST = 7 * MM


def render(
    bulletins: Sequence[DepartmentBulletin],
    path: Path,
    *,
    printed_at: datetime,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
    bundled_fonts: bool = False,
    font_folders: Sequence[Path] | None = None,
) -> Printed:
    """One table a township and quarter. `printed_at` is an instant; raises Cancelled and FileRefused."""
    return write(
        path,
        [partial(sheet_of, of=one) for one in bulletins],
        title=_title(bulletins[0]),
        printed_at=printed_at,
        bundled_fonts=bundled_fonts,
        progress=progress,
        cancelled=cancelled,
        font_folders=font_folders,
    )


def sheet_of(fonts: Fonts, of: DepartmentBulletin) -> Sheet:
    """Lay the table out."""
    as_of = _("数据截至 {day}").format(day=of.as_of.isoformat())
    signed = _("填表人：　　　　　　　审核人：　　　　　　　镇党建办负责人：")
    return Sheet(
        outline=_title(of),
        blocks=[
            Lines((_title(of),), TITLE, WIDTH, "centre", keep=True),
            Pair(as_of, _("及时率、办结率、解决率、重吹率单位：%"), TABLE, WIDTH, before=4, keep=True),
            *_rows(fonts, of),
            *_notes(fonts, of),
            Pair(signed, _("年　　月　　日"), SIGN, WIDTH, before=12),
        ],
        paper=A4_LANDSCAPE,
        digest=of.digest,
        note=_("演示数据，不作评审依据") if of.is_demo else "",
    )


def _title(of: DepartmentBulletin) -> str:
    return _("{township}{quarter}“一哨一评”部门评价通报表").format(township=of.township, quarter=of.table.quarter.label)


def _rows(fonts: Fonts, of: DepartmentBulletin) -> list[Block]:
    widths = table.filling(COLUMNS_MM, WIDTH)
    names = (
        _("序号"), _("部门"), _("吹哨\n（件）"), _("签收\n及时率"), _("平均签收\n（分钟）"), _("到场\n及时率"),
        _("按期\n办结率"), _("一次\n解决率"), _("重吹率"), _("已评\n（次）"), _("得分"),
    )  # fmt: skip
    head = table.row(fonts, widths, centred(names), TABLE_HEAD, least=9 * MM, keep=True, tinted=True)
    found: list[Block] = [head]
    number = 0
    for kind in DepartmentKind:
        lines = sorted(of.table.of(kind), key=lambda line: line.department.id)
        if lines:
            name = _("{kind}（{n}个）").format(kind=label(kind), n=len(lines))
            cell = [Cell(name, span=len(COLUMNS_MM), style=STRONG)]
            found.append(table.row(fonts, widths, cell, TABLE, least=_LEAST, keep=True, head=(head,)))
        for line in lines:
            number += 1
            cells = [Cell(str(number), "centre"), Cell(line.department.name), *_figures(line.figures, _score(line))]
            found.append(table.row(fonts, widths, cells, TABLE, least=_LEAST, head=(head,)))
    whole = [Cell(_("全镇合计"), span=2, style=STRONG), *_figures(of.table.all, "")]
    found.append(table.row(fonts, widths, whole, STRONG, least=_LEAST, head=(head,)))
    return found


def _figures(of: Figures, score: str) -> list[Cell]:
    minutes = "—" if of.sign_in_minutes is None else str(of.sign_in_minutes)
    texts = (
        str(of.count), _rate(of.signed_in), minutes, _rate(of.came), _rate(of.closed), _rate(of.solved_at_once),
        _rate(of.again), str(of.rated), score,
    )  # fmt: skip
    return [Cell(text, "centre") for text in texts]


def _score(line: DepartmentLine) -> str:
    value = line.score.value
    return str(line.score.steps[0]) if value is None else format(half_up(value, 1), "f")


def _rate(rate: Rate) -> str:
    value = rate.explained.value
    return "—" if value is None else format(half_up(value, 1), "f")


def _notes(fonts: Fonts, of: DepartmentBulletin) -> list[Block]:
    rule, share = of.table.rule, of.table.rule.process_share * 100
    parts = {use: _("、").join(label(i) for i in rule.asked() if rule.uses[i] is use) for use in ItemUse}
    result = _("结果分（{items}）").format(items=parts[ItemUse.RESULT]) if parts[ItemUse.RESULT] else _("结果分")
    said = (
        _(
            "1. 得分＝过程分（{process}）×{share}%＋{result}×{rest}%，每 1 分折 20 分；没有评的不计入，其余按比例分摊。"
        ).format(process=parts[ItemUse.PROCESS], share=plain(share), result=result, rest=plain(100 - share)),
        _("2. 本季评价不足 {n} 次的部门不列得分，写“{words}”；按类别分列，不同类别不作比较。").format(
            n=of.table.least, words=too_few(of.table.least)
        ),
        _("3. 各项比率只计有记录、已到时限的件数；“—”表示没有可以判断的件数，不等于 0，也不等于达标。"),
    )
    return [paragraph(fonts, text, NOTE, WIDTH, before=5 if number == 0 else 0) for number, text in enumerate(said)]

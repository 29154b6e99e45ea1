"""考核评分办法: by what the branches of a category are scored, to be handed out, objected to and filed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from okr_desk.i18n import N_, _
from okr_desk.queries import scheme_wording
from okr_desk.queries.scheme_papers import SchemePaper
from okr_desk.queries.schemes import LineView
from okr_desk.reports import table
from okr_desk.reports.blocks import Lines, Pair, paragraph
from okr_desk.reports.document import Progress, Sheet, Stop, write
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.outcome import Printed
from okr_desk.reports.pages import A4_PORTRAIT, MM, Block
from okr_desk.reports.review_table import centred
from okr_desk.reports.styles import HEADING, NOTE, SIGN, SMALL, STRONG, TABLE, TABLE_HEAD, TITLE
from okr_desk.reports.table import Cell
from okr_desk.reports.text import fit_size
from okr_desk.scoring.rounding import plain
from okr_desk.terms import BlockKind, label

WIDTH = A4_PORTRAIT.area_width
COLUMNS_MM = (8, 34, 12, 12, 49, 15, 26)
"""序号 指标 单位 分值 计分规则 年度计法 考核依据: 156 mm."""
WIDTHS = tuple(column * MM for column in COLUMNS_MM)
FACTS_MM = (18, 77, 18, 43)
_LEAST = 6.4 * MM


def render(
    papers: Sequence[SchemePaper],
    path: Path,
    *,
    printed_at: datetime,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
    bundled_fonts: bool = False,
    font_folders: Sequence[Path] | None = None,
) -> Printed:
    """One category after the other in one PDF, each with its own page count.

    `printed_at` is an instant. Raises Cancelled and FileRefused; then no file is left.
    """
    return write(
        path,
        [partial(sheet_of, paper=one) for one in papers],
        title=scheme_wording.title(papers[0]) if len(papers) == 1 else _("考核评分办法"),
        printed_at=printed_at,
        bundled_fonts=bundled_fonts,
        progress=progress,
        cancelled=cancelled,
        font_folders=font_folders,
    )


def sheet_of(fonts: Fonts, paper: SchemePaper) -> Sheet:
    """Lay one scheme out: head, lines by block, the terms below them, room to sign."""
    signed = _("编制人：　　　　　　　审核人：　　　　　　　镇党建办负责人：")
    notes = [_("草稿，未启用")] if paper.is_draft else []
    notes += [_("演示数据，不作评审依据")] if paper.is_demo else []
    return Sheet(
        outline=paper.category,
        blocks=[
            *_head(fonts, paper),
            *_lines(fonts, paper),
            *_terms(fonts, paper),
            Pair(signed, _("年　　月　　日"), SIGN, WIDTH, before=14),
        ],
        paper=A4_PORTRAIT,
        digest=paper.digest,
        note=_("；").join(notes),
    )


def _head(fonts: Fonts, paper: SchemePaper) -> list[Block]:
    text = scheme_wording.title(paper)
    style = TITLE.smaller(fit_size(fonts, text, WIDTH, TITLE, 13))
    found: list[Block] = [
        paragraph(fonts, text, style, WIDTH, align="centre", keep=True),
        Lines(("",), SMALL, WIDTH, keep=True),
    ]
    widths = [column * MM for column in FACTS_MM]
    for name, said, second, more in scheme_wording.facts(paper):
        cells = (Cell(name, "centre", TABLE_HEAD), Cell(said), Cell(second, "centre", TABLE_HEAD), Cell(more))
        found.append(table.row(fonts, widths, cells, TABLE, least=6.5 * MM, keep=True))
    return [*found, Lines(("",), SMALL.smaller(4), WIDTH, keep=True)]


def _lines(fonts: Fonts, paper: SchemePaper) -> list[Block]:
    """Blocks with their lines; a heading never stands last on a page."""
    head = table.row(
        fonts, WIDTHS, centred([_(one) for one in scheme_wording.HEADS]), TABLE_HEAD, least=8 * MM, keep=True,
        tinted=True,
    )  # fmt: skip
    axis = table.decimal_axis(fonts, [plain(line.maximum) for line in paper.version.lines], TABLE, WIDTHS[3])
    found: list[Block] = [head]
    number, is_summed = 0, False
    for block in scheme_wording.blocks(paper):
        if block.kind is BlockKind.BONUS and not is_summed:
            found.append(_sum(fonts, paper, axis, head))
            is_summed = True
        name = (Cell(scheme_wording.heading(block), span=len(WIDTHS)),)
        found.append(table.row(fonts, WIDTHS, name, STRONG, least=_LEAST, keep=True, head=(head,)))
        for line in block.lines:
            number += 1
            cells = _cells(paper, line, number, axis)
            found.append(table.row(fonts, WIDTHS, cells, TABLE, least=_LEAST, head=(head,)))
    return found if is_summed else [*found, _sum(fonts, paper, axis, head)]


def _sum(fonts: Fonts, paper: SchemePaper, axis: float, head: Block) -> Block:
    has_bonus = any(block.kind is BlockKind.BONUS for block in paper.version.blocks)
    cells = (
        Cell(_("合计（不含加分）") if has_bonus else _("合计"), "right", span=3),
        Cell(plain(paper.version.maximum), "decimal", axis=axis),
        Cell("", span=3),
    )
    return table.row(fonts, WIDTHS, cells, STRONG, least=_LEAST, head=(head,))


def _cells(paper: SchemePaper, line: LineView, number: int, axis: float) -> tuple[Cell, ...]:
    return (
        Cell(str(number), "centre", TABLE.smaller(8)),
        Cell(line.title),
        Cell(line.unit or "—", "centre", None if len(line.unit) < 4 else SMALL),
        Cell(plain(line.maximum), "decimal", axis=axis),
        Cell(scheme_wording.rule(paper, line), style=SMALL),
        Cell(label(line.across), "centre", SMALL),
        Cell(scheme_wording.evidence(paper, line), style=SMALL),
    )


def _terms(fonts: Fonts, paper: SchemePaper) -> list[Block]:
    """Numbered parts; the last sentence is tied to the signatures, so that these never stand alone."""
    found: list[Block] = []
    parts = scheme_wording.sections(paper)
    for place, part in enumerate(parts):
        found.append(Lines((_(_NUMERALS[place]) + part.title,), HEADING, WIDTH, before=8, keep=True))
        for number, text in enumerate(part.said, start=1):
            last = place == len(parts) - 1 and number == len(part.said)
            numbered = f"{number}. {text}" if len(part.said) > 1 else text
            found.append(paragraph(fonts, numbered, NOTE, WIDTH, keep=last))
    return found


_NUMERALS = (N_("一、"), N_("二、"), N_("三、"), N_("四、"), N_("五、"), N_("六、"))

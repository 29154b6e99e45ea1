"""通报: an official document with its annexes, printed from what was published once it is issued."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from okr_desk.i18n import _
from okr_desk.queries.bulletin_text import AnnexTable, BulletinPaper, TableGroup
from okr_desk.reports import table
from okr_desk.reports.blocks import paragraph
from okr_desk.reports.document import Progress, Stop, write
from okr_desk.reports.fonts import Fonts, Role
from okr_desk.reports.official import Annex, OfficialSheet, lay_out
from okr_desk.reports.outcome import Printed
from okr_desk.reports.pages import MM, Block
from okr_desk.reports.table import Cell
from okr_desk.reports.text import Style
from okr_desk.rules.bulletins import BulletinState

TEXT = Style(Role.TABLE, 10.5, 14)
"""五号: what the columns of an annex hold."""
HEAD = Style(Role.HEAD, 10.5, 14)
GROUP = Style(Role.HEAD, 10.5, 14)
NOTE = Style(Role.NOTE, 10, 15)
_LEAST = 7.5 * MM


def render(
    papers: Sequence[BulletinPaper],
    path: Path,
    *,
    printed_at: datetime,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
    bundled_fonts: bool = False,
    font_folders: Sequence[Path] | None = None,
) -> Printed:
    """The bulletin as GB/T 9704-2012 wants it. `printed_at` is an instant; raises Cancelled and FileRefused."""
    return write(
        path,
        [partial(sheet_of, of=one) for one in papers],
        title=papers[0].text.wording.title.replace("\n", ""),
        printed_at=printed_at,
        bundled_fonts=bundled_fonts,
        progress=progress,
        cancelled=cancelled,
        font_folders=font_folders,
    )


def sheet_of(fonts: Fonts, of: BulletinPaper) -> OfficialSheet:
    """Lay it out."""
    annexes = [Annex(one.title, partial(_blocks, of=one), one.across) for one in of.text.annexes]
    return lay_out(fonts, of.official, annexes, note=foot_note(of))


def foot_note(of: BulletinPaper) -> str:
    """What keeps a copy from being taken for more than it is."""
    said = []
    if of.state is BulletinState.DRAFT:
        said.append(_("草稿，未签发"))
    if of.state is BulletinState.WITHDRAWN:
        said.append(_("已撤回：{reason}").format(reason=of.withdrawn))
    if of.text.is_demo:
        said.append(_("演示数据，不作评审依据"))
    return _("；").join(said)


def _blocks(fonts: Fonts, width: float, of: AnnexTable) -> list[Block]:
    widths = table.filling([column.width for column in of.columns], width)
    names = [Cell(column.name, "centre") for column in of.columns]
    head = table.row(fonts, widths, names, HEAD, least=9 * MM, keep=True, tinted=True)
    axes = _axes(fonts, of, widths)
    found: list[Block] = [head]
    for group in of.groups:
        found += _group(fonts, group, of, widths, axes, head)
    notes = of.notes
    counted = [f"{number}. {said}" for number, said in enumerate(notes, 1)] if len(notes) > 1 else list(notes)
    texts = [_("注：{note}").format(note=said) if not n else said for n, said in enumerate(counted)]
    for number, said in enumerate(texts):
        found.append(paragraph(fonts, said, NOTE, width, before=6 if number == 0 else 0))
    return found


def _group(
    fonts: Fonts, of: TableGroup, whole: AnnexTable, widths: Sequence[float], axes: Sequence[float], head: Block
) -> list[Block]:
    found: list[Block] = []
    above: list[Block] = [head]
    if of.name:
        cell = [Cell(of.name, span=len(widths), style=GROUP)]
        name = table.row(fonts, widths, cell, TEXT, least=_LEAST, keep=True, head=(head,))
        found.append(name)
        above.append(name)
    for row in of.rows:
        cells = [
            Cell(text, _align(column.align, text), axis=axis)
            for text, column, axis in zip(row, whole.columns, axes, strict=True)
        ]
        found.append(table.row(fonts, widths, cells, TEXT, least=_LEAST, head=tuple(above)))
    return found


def _align(wanted: str, text: str) -> str:
    return "centre" if wanted == "decimal" and not table.is_number(text) else wanted


def _axes(fonts: Fonts, of: AnnexTable, widths: Sequence[float]) -> list[float]:
    rows = [row for group in of.groups for row in group.rows]
    return [
        table.decimal_axis(fonts, [row[place] for row in rows], TEXT, width) if column.align == "decimal" else 0.0
        for place, (column, width) in enumerate(zip(of.columns, widths, strict=True))
    ]

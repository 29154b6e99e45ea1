"""What happened in the quarter and counts on the score sheet: dated events and red lines, with their documents."""

from __future__ import annotations

from collections.abc import Sequence

from okr_desk.i18n import _
from okr_desk.queries import score_wording
from okr_desk.queries.score_forms import ScoreForm
from okr_desk.reports import table
from okr_desk.reports.blocks import Lines
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.pages import MM, Block
from okr_desk.reports.review_table import centred
from okr_desk.reports.styles import HEADING, NOTE, TABLE, TABLE_HEAD
from okr_desk.reports.table import Cell

EVENTS_MM = (18, 30, 46, 13, 26, 23)
RED_LINES_MM = (18, 27, 36, 25, 28, 22)
"""Shares of the width."""
_LEAST = 6 * MM


def blocks(fonts: Fonts, form: ScoreForm, width: float) -> list[Block]:
    """Two tables; where nothing was entered one line says so."""
    return [*_events(fonts, form, width), *_red_lines(fonts, form, width)]


def _events(fonts: Fonts, form: ScoreForm, width: float) -> list[Block]:
    lines = [
        (
            Cell(event.happened_on.isoformat(), "centre", TABLE.smaller(8)),
            Cell(f"{one.line.code} {one.line.name}"),
            Cell(score_wording.event_fact(event)),
            Cell(score_wording.event_amount(event), "centre"),
            Cell(event.document or "—"),
            Cell(score_wording.entered(event), "centre", TABLE.smaller(8)),
        )
        for one in form.sheet.lines
        for event in one.events
    ]
    names = (_("日期"), _("指标"), _("事由"), _("次数或分值"), _("依据文号"), _("登记"))
    return _table(fonts, width, _("加减分登记"), EVENTS_MM, names, lines, score_wording.no_events(form))


def _red_lines(fonts: Fonts, form: ScoreForm, width: float) -> list[Block]:
    lines = [
        (
            Cell(line.happened_on.isoformat(), "centre", TABLE.smaller(8)),
            Cell(line.title),
            Cell(line.fact),
            Cell(score_wording.effect(line), "centre"),
            Cell(line.document or "—"),
            Cell(score_wording.entered(line), "centre", TABLE.smaller(8)),
        )
        for line in form.sheet.red_lines
    ]
    names = (_("日期"), _("红线"), _("事实"), _("对等次的限制"), _("依据文号"), _("登记"))
    return _table(fonts, width, _("红线登记"), RED_LINES_MM, names, lines, score_wording.no_red_lines(form))


def _table(
    fonts: Fonts,
    width: float,
    title: str,
    columns: Sequence[int],
    names: Sequence[str],
    lines: Sequence[Sequence[Cell]],
    nothing: str,
) -> list[Block]:
    found: list[Block] = [Lines((title,), HEADING, width, before=8, keep=True)]
    if not lines:
        return [*found, Lines((nothing,), NOTE, width)]
    widths = table.filling(columns, width)
    head = table.row(fonts, widths, centred(names), TABLE_HEAD, least=_LEAST, keep=True, tinted=True)
    rows = (
        table.row(fonts, widths, cells, TABLE, least=_LEAST, keep=place == len(lines) - 2, head=(head,))
        for place, cells in enumerate(lines)
    )
    return [*found, head, *rows]

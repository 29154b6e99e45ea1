"""The head of the score sheet: title, and which scheme counts, drawn up and approved by whom."""

from __future__ import annotations

from okr_desk.i18n import _
from okr_desk.queries import score_facts, score_wording
from okr_desk.queries.score_forms import ScoreForm
from okr_desk.reports import table
from okr_desk.reports.blocks import Lines, paragraph
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.pages import MM, Block
from okr_desk.reports.review_head import COLUMNS_MM
from okr_desk.reports.styles import HEADING, SMALL, TABLE, TABLE_HEAD, TITLE
from okr_desk.reports.table import Cell
from okr_desk.reports.text import fit_size


def title(fonts: Fonts, form: ScoreForm, width: float, is_appendix: bool) -> list[Block]:
    """Organisation above, document below; an appendix says so at the left, as official papers do."""
    found: list[Block] = [Lines((_("附表"),), HEADING, width, keep=True)] if is_appendix else []
    for text in (form.sheet.org.full_name, score_wording.title(form)):
        style = TITLE.smaller(fit_size(fonts, text, width, TITLE, 13))
        found.append(paragraph(fonts, text, style, width, align="centre", keep=True))
    found.append(Lines(("",), SMALL, width, keep=True))
    return found


def facts(fonts: Fonts, form: ScoreForm, width: float) -> list[Block]:
    """Who is scored, by which version of which scheme."""
    widths = table.filling(COLUMNS_MM, width)
    found: list[Block] = []
    for name, text, second, more in score_facts.facts(form):
        cells = (
            Cell(name, "centre", TABLE_HEAD),
            Cell(text, span=3),
            Cell(second, "centre", TABLE_HEAD),
            Cell(more),
        )
        found.append(table.row(fonts, widths, cells, TABLE, least=6.5 * MM, keep=True))
    found.append(Lines(("",), SMALL.smaller(4), width, keep=True))
    return found

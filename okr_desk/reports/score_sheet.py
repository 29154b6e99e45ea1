"""支部计分表 of a quarter or a year: every point with its way, so that anyone can do the sums again.

The quarter's stands alone or as the appendix of a review sheet; the year's lies across, the four quarters beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from okr_desk.i18n import _
from okr_desk.queries import score_method, score_wording, score_year_wording
from okr_desk.queries.score_forms import ScoreForm
from okr_desk.queries.score_years import YearForm
from okr_desk.reports import score_head, score_records, score_table, score_totals, score_year_table
from okr_desk.reports.blocks import Lines, Pair, paragraph
from okr_desk.reports.document import Sheet, Writer
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.pages import A4_LANDSCAPE, A4_PORTRAIT, Block
from okr_desk.reports.styles import HEADING, NOTE, SIGN

_WRITER = Writer(
    title=lambda forms: _batch_title(forms),
    sheets=lambda forms: [partial(sheet_of, form=form) for form in forms],
    name=lambda form: (form.number, form.sheet.org.short_name, _("计分表")),
)
render, render_each = _WRITER.render, _WRITER.render_each


def sheet_of(fonts: Fonts, form: ScoreForm) -> Sheet:
    """Lay one sheet out by itself."""
    paper = A4_LANDSCAPE if isinstance(form, YearForm) else A4_PORTRAIT
    width = paper.area_width
    signed = Pair(
        _("填表人：　　　　　　　审核人：　　　　　　　支部书记："), _("年　　月　　日"), SIGN, width, before=14
    )
    return Sheet(
        outline=form.sheet.org.short_name,
        blocks=[*_body(fonts, form, width, is_appendix=False), signed],
        paper=paper,
        digest=form.digest,
        note=_("演示数据，不作评审依据") if form.is_demo else "",
    )


def appendix(fonts: Fonts, form: ScoreForm) -> list[Block]:
    """The same as the appendix of a review sheet, which carries the signatures and the check code."""
    width = A4_PORTRAIT.area_width
    last = Lines((_("本附表随评审表一并签字、归档。"),), NOTE, width, before=6)
    return [*_body(fonts, form, width, is_appendix=True), last]


def _body(fonts: Fonts, form: ScoreForm, width: float, is_appendix: bool) -> list[Block]:
    """All of it; the last part is tied to what follows, so that no signature stands alone on a page."""
    found = [
        *score_head.title(fonts, form, width, is_appendix),
        *score_head.facts(fonts, form, width),
        *(score_year_table.rows(fonts, form) if isinstance(form, YearForm) else score_table.rows(fonts, form)),
        *score_totals.blocks(fonts, form, width),
        *score_records.blocks(fonts, form, width),
    ]
    for title, said in ((_("计分规则"), score_method.rules(form)), (_("实绩来源"), score_method.sources(form))):
        if said:
            found += [_heading(title, width), *_numbered(fonts, said, width)]
    notes = score_year_wording.notes(form) if isinstance(form, YearForm) else score_method.notes(form)
    return [
        *found,
        _heading(_("说明"), width),
        *(replace(one, keep=True) for one in _numbered(fonts, notes, width)),
    ]


def _heading(title: str, width: float) -> Lines:
    return Lines((title,), HEADING, width, before=8, keep=True)


def _numbered(fonts: Fonts, said: Sequence[str], width: float) -> list[Lines]:
    return [paragraph(fonts, f"{place}. {text}", NOTE, width) for place, text in enumerate(said, start=1)]


def _batch_title(forms: Sequence[ScoreForm]) -> str:
    if len(forms) == 1:
        (form,) = forms
        return _("{org}{title}").format(org=form.sheet.org.full_name, title=score_wording.title(form))
    if not forms:
        return _("支部计分表")
    said = _("{township}{title}（{n}份）")
    return said.format(township=forms[0].township, title=score_wording.title(forms[0]), n=len(forms))

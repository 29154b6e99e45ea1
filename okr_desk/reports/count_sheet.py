"""满意度测评计票表 of a branch: blank, with room for the strokes of 正, or filled from the round; signed and sealed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from okr_desk.i18n import _
from okr_desk.queries import survey_paper_wording as wording
from okr_desk.queries.survey_counts import ItemCounts
from okr_desk.queries.survey_papers import CountForm
from okr_desk.queries.surveys import ItemView
from okr_desk.reports import table
from okr_desk.reports.blocks import Lines, base_line, paragraph
from okr_desk.reports.document import Sheet, Writer
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.pages import A4_PORTRAIT, MM, Block, Pen
from okr_desk.reports.review_table import centred
from okr_desk.reports.signatures import Opinion, Signatures
from okr_desk.reports.styles import NOTE, SMALL, STRONG, TABLE, TABLE_HEAD, TITLE
from okr_desk.reports.table import Cell
from okr_desk.reports.text import fit_size
from okr_desk.survey_terms import LEVELS, UNSURE

WIDTH = A4_PORTRAIT.area_width
COLUMNS_MM = (8, 25, 20, 18, 16, 14.5, 11.5, 11.5, 8.5, 23)
"""序号 测评内容, the five levels 不了解 漏选, 小计: 156 mm. The levels that most people tick have most room."""
WIDTHS = tuple(column * MM for column in COLUMNS_MM)
FACTS_MM = (18, 21, 18, 21, 18, 21, 18, 21)
_FACT_WIDTHS = tuple(column * MM for column in FACTS_MM)
TALLY = 11 * MM
"""Room for strokes: three 正 under each other, five beside each other where most votes fall."""
_COUNT = 6 * MM
_FILLED = 10 * MM
_SUM_LINES = 3


_WRITER = Writer(
    title=lambda forms: _batch_title(forms),
    sheets=lambda forms: [partial(sheet_of, form=form) for form in forms],
    name=lambda form: (form.org.short_name, _("计票表")),
)
render, render_each = _WRITER.render, _WRITER.render_each


def sheet_of(fonts: Fonts, form: CountForm) -> Sheet:
    """One count sheet."""
    return Sheet(
        outline=form.org.short_name,
        blocks=[*_title(fonts, form), *_facts(fonts, form), *_table(fonts, form), *_notes(fonts, form), _signed(form)],
        paper=A4_PORTRAIT,
        digest=form.digest,
        note=_("演示数据，不作评审依据") if form.is_demo else "",
    )


def title(form: CountForm) -> str:
    """What the paper is called."""
    return wording.title(form.round, "", _("满意度测评计票表"))


def facts(form: CountForm) -> tuple[tuple[str, str], ...]:
    """Given out, come back, valid and void; blank where it is still to be written."""
    result = form.result
    if result is None:
        return tuple((name, "") for name in (_("发出（份）"), _("收回（份）"), _("有效（份）"), _("作废（份）")))
    void = result.returned.void
    return (
        (_("发出（份）"), "" if form.issued is None else str(form.issued)),
        (_("收回（份）"), str(result.ballots + void)),
        (_("有效（份）"), str(result.ballots)),
        (_("作废（份）"), str(void)),
    )


def _title(fonts: Fonts, form: CountForm) -> list[Block]:
    found: list[Block] = []
    for text in (form.org.full_name, title(form)):
        style = TITLE.smaller(fit_size(fonts, text, WIDTH, TITLE, 13))
        found.append(paragraph(fonts, text, style, WIDTH, align="centre", keep=True))
    return [*found, Lines(("",), SMALL.smaller(6), WIDTH, keep=True)]


def _facts(fonts: Fonts, form: CountForm) -> list[Block]:
    day = _("　　年　　月　　日") if form.counted_on is None else form.counted_on.isoformat()
    first = (
        Cell(_("测评名称"), "centre", TABLE_HEAD),
        Cell(form.round.name, span=3),
        Cell(_("计票日期"), "centre", TABLE_HEAD),
        Cell(day, "centre", span=3),
    )
    second = [cell for name, text in facts(form) for cell in (Cell(name, "centre", TABLE_HEAD), Cell(text, "centre"))]
    rows = [table.row(fonts, _FACT_WIDTHS, cells, TABLE, least=6.5 * MM, keep=True) for cells in (first, second)]
    return [*rows, Lines(("",), SMALL.smaller(4), WIDTH, keep=True)]


def _table(fonts: Fonts, form: CountForm) -> list[Block]:
    names = (_("序号"), _("测评内容"), *(_(name) for name in LEVELS), _(UNSURE), _("漏选"), _("小计"))
    head = table.row(fonts, WIDTHS, centred(names), TABLE_HEAD, least=7.5 * MM, keep=True, tinted=True)
    found: list[Block] = [head]
    items = form.round.definition.levels
    for place, item in enumerate(items):
        tied = place >= len(items) - 2
        is_blank = form.result is None
        cells = _blank_cells(item, place) if form.result is None else _cells(form, item, form.result.items[place])
        least = TALLY + _COUNT if is_blank else _FILLED
        found.append(table.row(fonts, WIDTHS, cells, TABLE, least=least, keep=tied, head=(head,)))
    return found


def _blank_cells(item: ItemView, place: int) -> list[Cell]:
    votes = (Cell(paint=_paint_tally) for _place in range(len(LEVELS) + 2))
    return [Cell(str(place + 1), "centre"), _name(item), *votes, Cell(paint=_paint_sum)]


def _name(item: ItemView) -> Cell:
    return Cell(item.text, style=STRONG if item.is_overall else None)


def _cells(form: CountForm, item: ItemView, counts: ItemCounts) -> list[Cell]:
    definition = form.round.definition
    votes = (*counts.levels, counts.unsure, counts.blank)
    share, score = wording.item_share(counts, definition.wide), wording.item_score(counts, definition)
    said = _("合计 {n}\n满意率 {share}\n得分 {score}").format(
        n=sum(votes), share=wording.rate(share), score=wording.points(score)
    )
    return [
        Cell(str((item.place or 0) + 1), "centre"),
        _name(item),
        *(Cell(str(n), "centre") for n in votes),
        Cell(said, style=SMALL),
    ]


def _paint_tally(pen: Pen, left: float, top: float, width: float, height: float) -> None:
    """The strokes above, the number below the line."""
    y = top - height + _COUNT
    pen.rule(left, y, left + width, y, 0.3)


def _paint_sum(pen: Pen, left: float, top: float, width: float, height: float) -> None:
    """Three lines to be filled by hand."""
    pitch = height / _SUM_LINES
    for number, (name, unit) in enumerate(((_("合计"), ""), (_("满意率"), "%"), (_("得分"), ""))):
        y = top - number * pitch - (pitch - SMALL.leading) / 2 - base_line(SMALL)
        pen.text(name, left + table.PAD, y, SMALL)
        pen.text(unit, left + width - table.PAD, y, SMALL, "right")
        if number:
            pen.rule(left, top - number * pitch, left + width, top - number * pitch, 0.3)


def _notes(fonts: Fonts, form: CountForm) -> list[Block]:
    return [
        paragraph(fonts, f"{number}. {said}", NOTE, WIDTH, before=5 if number == 1 else 0, keep=True)
        for number, said in enumerate(notes(form), start=1)
    ]


def notes(form: CountForm) -> tuple[str, ...]:
    """How to count, in the words that the results use."""
    definition = form.round.definition
    place = (definition.overall.place or 0) + 1
    found = [
        _("收回＝有效＋作废；每题各栏相加等于有效份数，一题多选的按“漏选”计。"),
        _("{rate}；“不了解”和漏选不计入。").format(rate=wording.wide_rate(definition)),
        _("{score}；支部得分取第 {place} 题。").format(score=wording.scale(definition), place=place),
    ]
    if form.result is None:
        found.insert(0, _("上格画“正”字，下格填票数；唱一票画一笔，监票人当场核对。"))
    return tuple(found)


def _signed(form: CountForm) -> Signatures:
    names = (
        (_("主持人：{name}"), form.hosts),
        (_("计票人：{name}"), form.counters),
        (_("监票人：{name}"), form.watchers),
    )
    date = _("年　　月　　日")
    lines = tuple((said.format(name=_("、").join(who)), "") for said, who in names)
    return Signatures(
        left=(Opinion(_("计票结果确认（签名）"), (*lines, ("", date))),),
        right=(Opinion(_("测评组织单位（盖章）"), (("", date),), seal=True),),
        width=WIDTH,
        before=6,
    )


def _batch_title(forms: Sequence[CountForm]) -> str:
    if len(forms) == 1:
        return forms[0].org.full_name + title(forms[0])
    return title(forms[0]) if forms else _("满意度测评计票表")

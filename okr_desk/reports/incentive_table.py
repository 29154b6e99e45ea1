"""激励建议表: suggested coefficients by category with the honours of the year. Never a basis for payment."""

from __future__ import annotations

from functools import partial

from okr_desk.i18n import _
from okr_desk.queries.coefficients import CoefficientLine
from okr_desk.queries.title_papers import IncentiveForm
from okr_desk.reports import table
from okr_desk.reports.blocks import Lines, Pair, paragraph
from okr_desk.reports.document import Sheet, Writer
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.pages import A4_PORTRAIT, MM, Block
from okr_desk.reports.review_table import centred
from okr_desk.reports.styles import NOTE, SIGN, STRONG, TABLE, TABLE_HEAD, TITLE
from okr_desk.reports.table import Cell
from okr_desk.reports.text import fit_size
from okr_desk.scoring.rounding import half_up

WIDTH = A4_PORTRAIT.area_width
COLUMNS = tuple(part * MM for part in (10, 39, 17, 16, 15, 19, 40))
_LEAST = 7 * MM


_WRITER = Writer(
    title=lambda _forms: _("激励建议表"),
    sheets=lambda forms: [partial(sheet_of, form=form) for form in forms],
    name=lambda form: (form.township, _("激励建议表")),
)
render = _WRITER.render


def sheet_of(fonts: Fonts, form: IncentiveForm) -> Sheet:
    """Lay the table out."""
    name = _("{township}{period}激励建议表").format(township=form.township, period=form.table.period)
    style = TITLE.smaller(fit_size(fonts, name, WIDTH, TITLE, 13))
    as_of = _("数据截至 {day}").format(day=form.day.isoformat())
    signed = _("填表人：　　　　　　　审核人：　　　　　　　镇党建办负责人：")
    return Sheet(
        outline=name,
        blocks=[
            Lines((name,), style, WIDTH, "centre", keep=True),
            Lines((form.table.note,), STRONG, WIDTH, "centre", before=2, keep=True),
            Pair(as_of, _("系数{way}建议").format(way=form.table.way), TABLE, WIDTH, before=4, keep=True),
            *_rows(fonts, form),
            *_notes(fonts, form),
            Pair(signed, _("年　　月　　日"), SIGN, WIDTH, before=12),
        ],
        paper=A4_PORTRAIT,
        digest=form.digest,
        note=_("演示数据，不作评审依据") if form.is_demo else "",
    )


def _rows(fonts: Fonts, form: IncentiveForm) -> list[Block]:
    words = (
        _("序号"), _("支部"), _("书记"), _("得分率\n（%）"), _("等次"), _("建议系数"), _("本年荣誉"),
    )  # fmt: skip
    head = table.row(fonts, COLUMNS, centred(words), TABLE_HEAD, least=9 * MM, keep=True, tinted=True)
    found: list[Block] = [head]
    number = 0
    for category in dict.fromkeys(one.org.category for one in form.table.lines):
        own = [one for one in form.table.lines if one.org.category == category]
        name = _("{kind}（{n}个）").format(kind=category, n=len(own))
        cells = [Cell(name, span=len(COLUMNS), style=STRONG)]
        found.append(table.row(fonts, COLUMNS, cells, TABLE, least=_LEAST, keep=True, head=(head,)))
        for one in own:
            number += 1
            found.append(table.row(fonts, COLUMNS, _line(form, number, one), TABLE, least=_LEAST, head=(head,)))
    return found


def _line(form: IncentiveForm, number: int, one: CoefficientLine) -> list[Cell]:
    value = one.coefficient.value
    return [
        Cell(str(number), "centre"),
        Cell(one.org.short_name),
        Cell(one.org.secretary, "centre"),
        Cell("—" if one.score is None else format(half_up(one.score, 2), "f"), "centre"),
        Cell("—" if one.grade is None else _(one.grade), "centre"),
        Cell("—" if value is None else format(half_up(value, 4), "f"), "centre", STRONG),
        Cell("\n".join(form.honours.get(one.org.id, ()))),
    ]


def _notes(fonts: Fonts, form: IncentiveForm) -> list[Block]:
    way = next((one.coefficient.steps[0] for one in form.table.lines if one.coefficient.value is not None), "")
    said = [
        *([_("{n}. {text}").format(n=1, text=way.rstrip("。") + _("。"))] if way else []),
        _("“—”表示没有得分、没有等次或报送不足，不建议系数，不等于 0。不同类别分列，不作排名。"),
    ]
    if way:
        said[1] = _("{n}. {text}").format(n=2, text=said[1])
    return [
        paragraph(fonts, text, NOTE, WIDTH, before=5 if place == 0 else 0, keep=True) for place, text in enumerate(said)
    ]

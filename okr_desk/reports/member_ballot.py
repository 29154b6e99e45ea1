"""民主评议党员测评票: the members of a branch in one list, four grades to tick, without the voter's name."""

from __future__ import annotations

from functools import partial

from okr_desk.appraisal_terms import ITEMS, LEVELS, SITUATIONS, AppraisalItem
from okr_desk.i18n import _
from okr_desk.queries.title_papers import BallotForm
from okr_desk.reports import table, ticks
from okr_desk.reports.blocks import Pair, paragraph
from okr_desk.reports.document import Sheet, Writer
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.pages import A4_LANDSCAPE, MM, Block
from okr_desk.reports.review_table import centred
from okr_desk.reports.styles import NOTE, TABLE, TABLE_HEAD, TITLE
from okr_desk.reports.table import Cell
from okr_desk.reports.text import fit_size
from okr_desk.terms import label

WIDTH = A4_LANDSCAPE.area_width
COLUMNS = tuple(part * MM for part in (10, 27, 19, 19, 19, 19, 19, 16, 16, 16, 16, 29))
"""序号 姓名, five aspects, four grades, 存在问题: 225 mm."""
_LEAST = 7.4 * MM


_WRITER = Writer(
    title=lambda _forms: _("民主评议党员测评票"),
    sheets=lambda forms: [partial(sheet_of, form=form) for form in forms],
    name=lambda form: (form.org.short_name, _("民主评议党员测评票")),
)
render, render_each = _WRITER.render, _WRITER.render_each


def sheet_of(fonts: Fonts, form: BallotForm) -> Sheet:
    """The ballot of one branch."""
    name = _("{org}{year}年民主评议党员测评票").format(org=form.org.full_name, year=form.year)
    style = TITLE.smaller(fit_size(fonts, name, WIDTH, TITLE, 12))
    day = _("　　　　年　　月　　日")
    return Sheet(
        outline=form.org.short_name,
        blocks=[
            paragraph(fonts, name, style, WIDTH, align="centre", keep=True),
            Pair(_("本票由参加评议的党员填写，不记名"), day, TABLE, WIDTH, before=3, keep=True),
            *_rows(fonts, form),
            *_notes(fonts, form),
        ],
        paper=A4_LANDSCAPE,
        note=_("演示数据，不作评审依据") if form.is_demo else "",
    )


def _rows(fonts: Fonts, form: BallotForm) -> list[Block]:
    aspects = [item for item in ITEMS[form.kind] if item is not AppraisalItem.OVERALL]
    levels = LEVELS[form.kind]
    spans = [
        Cell("", span=2),
        Cell(_("分项评价（填 A、B、C、D）"), "centre", span=len(aspects)),
        Cell(_("综合评定（限选一格打“√”）"), "centre", span=len(levels)),
        Cell(""),
    ]
    over = table.row(fonts, COLUMNS, spans, TABLE_HEAD, least=6 * MM, keep=True, tinted=True)
    words = (_("序号"), _("姓名"), *map(label, aspects), *map(label, levels), _("存在问题\n（填编号）"))
    head = table.row(fonts, COLUMNS, centred(words), TABLE_HEAD, least=8 * MM, keep=True, tinted=True)
    found: list[Block] = [over, head]
    for number, (name, _post) in enumerate(form.people, start=1):
        cells = [
            Cell(str(number), "centre"),
            Cell(name, "centre"),
            *(Cell("") for _aspect in aspects),
            *(ticks.cell() for _level in levels),
            Cell(""),
        ]
        tied = number >= len(form.people) - 1
        found.append(table.row(fonts, COLUMNS, cells, TABLE, least=_LEAST, keep=tied, head=(over, head)))
    return found


def _notes(fonts: Fonts, form: BallotForm) -> list[Block]:
    letters = _("、").join(f"{letter} {label(level)}" for letter, level in zip("ABCD", LEVELS[form.kind], strict=True))
    listed = _("；").join(f"{number} {_(words)}" for number, words in enumerate(SITUATIONS, start=1))
    said = (
        _("1. 分项评价：{letters}。综合评定一行多选的该行作废，漏选的不计入。").format(letters=letters),
        _("2. “优秀”不超过评定等次人数的三分之一；预备党员参加评议，不定等次，不列入本票。"),
        _("3. 存在问题填编号，没有的不填：{listed}。").format(listed=listed),
    )
    return [
        paragraph(fonts, text, NOTE, WIDTH, before=4 if place == 0 else 0, keep=place < len(said) - 1)
        for place, text in enumerate(said)
    ]

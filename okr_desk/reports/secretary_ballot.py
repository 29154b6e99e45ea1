"""述职评议测评票: slips to be cut, two beside each other, a page a class of voters; without the voter's name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from okr_desk.appraisal_terms import ITEMS, LEVELS, Voter
from okr_desk.i18n import _
from okr_desk.queries.title_papers import BallotForm
from okr_desk.reports import table, ticks
from okr_desk.reports.blocks import Lines, paragraph
from okr_desk.reports.document import Sheet, Writer
from okr_desk.reports.fonts import Fonts, Role
from okr_desk.reports.pages import A4_PORTRAIT, MM, Block, Pen
from okr_desk.reports.review_table import centred
from okr_desk.reports.styles import NOTE, TABLE, TABLE_HEAD
from okr_desk.reports.table import Cell
from okr_desk.reports.text import Style, fit_size
from okr_desk.terms import label

SLIP = 74 * MM
GAP = A4_PORTRAIT.area_width - 2 * SLIP
HEIGHT = A4_PORTRAIT.area_height / 3
"""Three slips under each other: six a page."""
COLUMNS = tuple(part * MM for part in (34, 10, 10, 10, 10))
_NAME = Style(Role.TITLE, 13, 18)
_FACT = Style(Role.HEAD, 9.5, 14)
_ROW = 6.8 * MM
_DASH = (3, 2)


@dataclass(frozen=True)
class Slips(Block):
    """Two slips, the second may be missing, with the lines along which they are cut."""

    left: tuple[Block, ...]
    right: tuple[Block, ...]
    is_first: bool
    height: float = HEIGHT
    before: float = 0

    def draw(self, pen: Pen, x: float, top: float) -> None:
        inset = 3 * MM
        for blocks, edge in ((self.left, x), (self.right, x + SLIP + GAP)):
            y = top - inset
            for block in blocks:
                y -= block.before
                block.draw(pen, edge, y)
                y -= block.height
        pen.canvas.saveState()
        pen.canvas.setDash(*_DASH)
        width = A4_PORTRAIT.area_width
        if not self.is_first:
            pen.rule(x - 6 * MM, top, x + width + 6 * MM, top)
        if self.right:
            pen.rule(x + width / 2, top, x + width / 2, top - self.height)
        pen.canvas.restoreState()


_WRITER = Writer(
    title=lambda _forms: _("述职评议测评票"),
    sheets=lambda forms: [partial(sheet_of, form=form, voter=voter) for form in forms for voter in form.voters],
    name=lambda form: (form.org.short_name, _("述职评议测评票")),
)
render = _WRITER.render


def sheet_of(fonts: Fonts, form: BallotForm, voter: Voter) -> Sheet:
    """The slips of one class, one for each who is voted on."""
    slips = [_slip(fonts, form, voter, person) for person in form.people]
    pairs = [slips[at : at + 2] for at in range(0, len(slips), 2)]
    blocks = [
        Slips(tuple(pair[0]), tuple(pair[1]) if len(pair) > 1 else (), place % 3 == 0)
        for place, pair in enumerate(pairs)
    ]
    return Sheet(
        outline=label(voter),
        blocks=blocks,
        paper=A4_PORTRAIT,
        note=_("演示数据，不作评审依据") if form.is_demo else "",
    )


def _slip(fonts: Fonts, form: BallotForm, voter: Voter, person: tuple[str, str]) -> list[Block]:
    name, post = person
    title = _("{year}年述职评议测评票（{voter}）").format(year=form.year, voter=label(voter))
    style = _NAME.smaller(fit_size(fonts, title, SLIP, _NAME, 8))
    whose = _("被测评人：{name}　{post}").format(name=name, post=post)
    found: list[Block] = [
        Lines((title,), style, SLIP, "centre"),
        Lines((whose,), _FACT.smaller(fit_size(fonts, whose, SLIP, _FACT, 6)), SLIP, before=1),
    ]
    heads = centred((_("测评内容"), *(label(level) for level in LEVELS[form.kind])))
    found.append(table.row(fonts, COLUMNS, heads, TABLE_HEAD, least=5.6 * MM, tinted=True))
    for item in ITEMS[form.kind]:
        cells = [Cell(label(item)), *(ticks.cell() for _level in LEVELS[form.kind])]
        found.append(table.row(fonts, COLUMNS, cells, TABLE, least=_ROW))
    said = _("每行限选一格打“√”，一行多选的该行作废。本票不记名。")
    found.append(paragraph(fonts, said, NOTE.smaller(7.5), SLIP, before=2))
    return found

"""会议记录 of one event: head with attendance, room for what was said, signatures of host and recorder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial
from pathlib import Path

from okr_desk.i18n import _
from okr_desk.queries.duty_papers import MinutesForm
from okr_desk.reports import table
from okr_desk.reports.blocks import Lines, Pair, base_line, paragraph
from okr_desk.reports.document import Progress, Sheet, Stop, write, write_each
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.outcome import Printed
from okr_desk.reports.pages import A4_PORTRAIT, MM, Block, Pen
from okr_desk.reports.styles import BODY, NOTE, SIGN, STRONG, TABLE, TABLE_HEAD, TITLE
from okr_desk.reports.table import Cell
from okr_desk.reports.text import break_lines, fit_size
from okr_desk.rules.duties import kind_words
from okr_desk.scoring.rounding import percent

WIDTH = A4_PORTRAIT.area_width
COLUMNS_MM = (22, 56, 22, 56)
"""Names and what is said, two a row: 156 mm."""
_WIDTHS = tuple(column * MM for column in COLUMNS_MM)
_LEAST = 8 * MM
_LEADING = 9 * MM
"""Distance of the ruled lines that are written on by hand."""
_ROOM = 106 * MM
"""Height of the place for the minutes where they are written by hand."""


def render(
    forms: Sequence[MinutesForm],
    path: Path,
    *,
    printed_at: datetime,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
    bundled_fonts: bool = False,
    font_folders: Sequence[Path] | None = None,
) -> Printed:
    """Minutes in one PDF, a sheet an event; `printed_at` is an instant. Raises Cancelled, FileRefused."""
    return write(
        path,
        [partial(sheet_of, form=form) for form in forms],
        title=title(forms[0]) if len(forms) == 1 else _("会议记录"),
        printed_at=printed_at,
        bundled_fonts=bundled_fonts,
        progress=progress,
        cancelled=cancelled,
        font_folders=font_folders,
    )


def render_each(
    forms: Sequence[MinutesForm],
    folder: Path,
    *,
    printed_at: datetime,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
    bundled_fonts: bool = False,
    font_folders: Sequence[Path] | None = None,
) -> list[Printed]:
    """One PDF a branch in `folder`, all its events of the quarter in it."""
    branches = list(dict.fromkeys(form.org.short_name for form in forms))

    def one(number: int, path: Path) -> Printed:
        own = [form for form in forms if form.org.short_name == branches[number]]
        return render(own, path, printed_at=printed_at, bundled_fonts=bundled_fonts, font_folders=font_folders)

    return write_each(folder, [(name, _("会议记录")) for name in branches], one, progress, cancelled)


def sheet_of(fonts: Fonts, form: MinutesForm) -> Sheet:
    """The minutes of one event."""
    meeting = form.meeting
    blocks: list[Block] = []
    for text in (form.org.full_name, title(form)):
        style = TITLE.smaller(fit_size(fonts, text, WIDTH, TITLE, 13))
        blocks.append(paragraph(fonts, text, style, WIDTH, align="centre", keep=True))
    blocks += [Lines(("",), NOTE.smaller(6), WIDTH, keep=True), *_facts(fonts, form)]
    if meeting.minutes:
        blocks.append(Lines((_("会议记录"),), STRONG, WIDTH, before=8, keep=True))
        for part in meeting.minutes.splitlines():
            blocks.append(paragraph(fonts, part.strip(), BODY, WIDTH, indent_characters=2, before=2))
    else:
        blocks.append(_Ruled(WIDTH, before=8))
    said = _("主持人签名：　　　　　　　　记录人签名：")
    blocks.append(Pair(said, _("年　　月　　日"), SIGN, WIDTH, before=14))
    blocks.append(paragraph(fonts, _note(form), NOTE, WIDTH, before=6))
    return Sheet(
        outline=f"{form.org.short_name} {meeting.held_on.isoformat()} {kind_words(meeting.kinds)}",
        blocks=blocks,
        paper=A4_PORTRAIT,
        digest=form.digest,
        note=_("演示数据，不作评审依据") if form.is_demo else "",
    )


def title(form: MinutesForm) -> str:
    """What the paper is called: 党员大会、党课记录."""
    return _("{kinds}记录").format(kinds=kind_words(form.meeting.kinds))


class _Ruled(Block):
    """Lines to write on."""

    def __init__(self, width: float, before: float) -> None:
        self.width, self.before = width, before
        self.height = _ROOM
        self.keep = False

    def draw(self, pen: Pen, x: float, top: float) -> None:
        pen.text(_("会议记录"), x, top - base_line(STRONG), STRONG)
        for number in range(1, int(_ROOM // _LEADING) + 1):
            y = top - number * _LEADING - 2 * MM
            if y > top - _ROOM:
                pen.rule(x, y, x + self.width, y, 0.3)


def _facts(fonts: Fonts, form: MinutesForm) -> list[Block]:
    one = form.meeting
    absent = one.due - one.present
    share = percent(Decimal(one.present) / one.due, 1)
    group = "" if one.group_number is None else _("第{n}组").format(n=one.group_number)
    pairs = (
        ((_("日期"), one.held_on.isoformat()), (_("地点"), one.place)),
        ((_("主持人"), one.host), (_("记录人"), "")),
        (
            (_("应到"), _("{n} 人").format(n=one.due)),
            (_("实到"), _("{n} 人（{share}）").format(n=one.present, share=share)),
        ),
        ((_("缺席"), _("{n} 人，原因：").format(n=absent) if absent else _("无")), (_("列席"), "")),
    )
    rows: list[Block] = []
    for first, second in pairs:
        cells = [cell for name, text in (first, second) for cell in (_name(name), Cell(text))]
        rows.append(table.row(fonts, _WIDTHS, cells, TABLE, least=_LEAST, keep=True))
    topic = one.topic + (f"（{group}）" if group else "")
    rows.append(table.row(fonts, _WIDTHS, (_name(_("主题")), Cell(topic, span=3)), TABLE, least=_LEAST, keep=True))
    signed = Cell(_signing(fonts, one.present), span=3, align="left")
    rows.append(table.row(fonts, _WIDTHS, (_name(_("到会签名")), signed), TABLE, least=30 * MM, keep=True))
    return rows


def _signing(fonts: Fonts, present: int) -> str:
    """Nothing is printed where people sign themselves; many sign on a sheet of their own."""
    said = _("到会 {n} 人，签名不够写的另附签到表。").format(n=present) if present > 24 else ""
    return "\n".join(break_lines(fonts, said, sum(_WIDTHS[1:]) - 2 * table.PAD, TABLE)) if said else ""


def _name(text: str) -> Cell:
    return Cell(text, "centre", TABLE_HEAD)


def _note(form: MinutesForm) -> str:
    one = form.meeting
    said = _("{quarter}第 {place} 次，本季共 {count} 次。").format(
        quarter=form.quarter.label, place=form.place, count=form.count
    )
    if one.is_late:
        said += _("补报：{reason}").format(reason=one.late_reason or _("过截止日登记"))
    return said

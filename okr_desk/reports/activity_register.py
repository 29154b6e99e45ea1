"""党群服务活动登记表 of a branch for a quarter: what was held, who came, how it was rated; signed and filed."""

from __future__ import annotations

from functools import partial

from okr_desk.i18n import _
from okr_desk.queries.activities import ActivityView
from okr_desk.queries.activity_papers import ActivityForm
from okr_desk.reports import table
from okr_desk.reports.blocks import Lines, paragraph
from okr_desk.reports.document import Sheet, Writer
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.pages import A4_PORTRAIT, MM, Block
from okr_desk.reports.review_table import centred
from okr_desk.reports.signatures import Opinion, Signatures
from okr_desk.reports.styles import NOTE, SMALL, STRONG, TABLE, TABLE_HEAD, TITLE
from okr_desk.reports.table import Cell
from okr_desk.reports.text import fit_size
from okr_desk.scoring.rounding import percent, plain
from okr_desk.survey_terms import LEVELS

WIDTH = A4_PORTRAIT.area_width
COLUMNS_MM = (8, 13, 40, 25, 11, 30, 12, 17)
"""序号 日期 主题 地点 参加 现场评价 得分 计入: 156 mm."""
WIDTHS = tuple(column * MM for column in COLUMNS_MM)
BLANK_ROWS = 12
_LEAST = 6.5 * MM
_BLANK = 9 * MM
PLACES = 1


_WRITER = Writer(
    title=lambda forms: _title(forms[0]) if forms else _("党群服务活动登记表"),
    sheets=lambda forms: [partial(sheet_of, form=form) for form in forms],
    name=lambda form: (form.org.short_name, _("活动登记表")),
)
render, render_each = _WRITER.render, _WRITER.render_each


def sheet_of(fonts: Fonts, form: ActivityForm) -> Sheet:
    """One register."""
    return Sheet(
        outline=form.org.short_name,
        blocks=[*_head(fonts, form), *_table(fonts, form), *_notes(fonts, form), _signed()],
        paper=A4_PORTRAIT,
        digest=form.digest,
        note=_("演示数据，不作评审依据") if form.is_demo else "",
    )


def total(form: ActivityForm) -> str:
    """What the quarter comes to, in one sentence."""
    found = form.sum
    if found is None:
        return ""
    said = _("合计举办 {held} 场，参加 {people} 人次；计入场次 {counted} 场，占 {share}。").format(
        held=found.held, people=found.people, counted=found.counted, share=percent(found.share, 0)
    )
    if found.score is None:
        return said + _("各场都没有现场评价。")
    more = _("现场评价 {n} 份，各场得分平均 {score}，区间 {low}～{high}（置信水平 {level}）。")
    return said + more.format(
        n=found.answers, score=plain(found.score.estimate, PLACES), low=plain(found.score.low, PLACES),
        high=plain(found.score.high, PLACES), level=percent(found.score.level),
    )  # fmt: skip


def notes(form: ActivityForm) -> tuple[str, ...]:
    """How an activity counts, and what the columns hold."""
    scale = _("、").join(f"{_(name)} {plain(value)}" for name, value in zip(LEVELS, form.scale, strict=True))
    return (
        _("现场评价由参加活动的群众当场扫码或填票，由好到差依次为五档票数；“不了解”不计入。"),
        _("每张评价的分值：{scale}，各场取平均；达到 {least} 分的计入场次，没有评价的不计。").format(
            scale=scale, least=plain(form.least)
        ),
    )


def _title(form: ActivityForm) -> str:
    return _("{quarter}党群服务活动登记表").format(quarter=form.quarter.label)


def _head(fonts: Fonts, form: ActivityForm) -> list[Block]:
    found: list[Block] = []
    for text in (form.org.full_name, _title(form)):
        style = TITLE.smaller(fit_size(fonts, text, WIDTH, TITLE, 13))
        found.append(paragraph(fonts, text, style, WIDTH, align="centre", keep=True))
    return [*found, Lines(("",), SMALL.smaller(6), WIDTH, keep=True)]


def _table(fonts: Fonts, form: ActivityForm) -> list[Block]:
    names = (
        _("序号"),
        _("日期"),
        _("主题"),
        _("地点"),
        _("参加\n（人）"),
        _("现场评价\n（由好到差）"),
        _("得分"),
        _("计入场次"),
    )
    head = table.row(fonts, WIDTHS, centred(names), TABLE_HEAD, least=9 * MM, keep=True, tinted=True)
    rows = [_cells(number, one) for number, one in enumerate(form.activities, start=1)]
    least = _LEAST if rows else _BLANK
    rows = rows or [[Cell(str(number), "centre"), *(Cell() for _column in COLUMNS_MM[1:])] for number in _blank()]
    tied = (0, len(rows) - 2)  # neither the first nor the last row stands alone on a page
    found: list[Block] = [head]
    for place, cells in enumerate(rows):
        keep = place in tied and len(rows) > 1
        found.append(table.row(fonts, WIDTHS, cells, TABLE, least=least, keep=keep, head=(head,)))
    if form.sum is not None:
        sum_ = (Cell(_("合计"), "centre", STRONG, span=2), Cell(total(form), span=len(COLUMNS_MM) - 2))
        found.append(table.row(fonts, WIDTHS, sum_, TABLE, least=_LEAST, keep=True, head=(head,)))
    return found


def _blank() -> range:
    return range(1, BLANK_ROWS + 1)


def _cells(number: int, one: ActivityView) -> list[Cell]:
    rated = "/".join(str(n) for n in one.counts) if one.rated else "—"
    unsure = "\n" + _("不了解 {n}").format(n=one.unsure) if one.unsure else ""
    counts = _("没有评价") if one.score is None else _("计入") if one.reached else _("未达标")
    return [
        Cell(str(number), "centre"),
        Cell(f"{one.held_on:%m-%d}", "centre"),
        Cell(one.topic + (_("（补报）") if one.is_late else "")),
        Cell(one.place or "—"),
        Cell(str(one.attended), "centre"),
        Cell(rated + unsure, "centre", TABLE.smaller(8)),
        Cell("—" if one.score is None else plain(one.score, PLACES), "centre"),
        Cell(counts, "centre"),
    ]


def _notes(fonts: Fonts, form: ActivityForm) -> list[Block]:
    return [
        paragraph(fonts, f"{number}. {said}", NOTE, WIDTH, before=5 if number == 1 else 0, keep=True)
        for number, said in enumerate(notes(form), start=1)
    ]


def _signed() -> Signatures:
    date = _("年　　月　　日")
    return Signatures(
        left=(Opinion(_("登记人（签名）"), (("", ""), ("", date))),),
        right=(Opinion(_("支部书记（签名）"), (("", ""), ("", date))),),
        width=WIDTH,
        before=6,
    )

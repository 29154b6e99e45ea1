"""组织生活登记簿 of a branch and quarter: what was owed and held, every event, the ledger; signed by the secretary."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from okr_desk.i18n import _
from okr_desk.queries.duties import KindStand, MeetingView
from okr_desk.queries.duty_papers import RegisterForm
from okr_desk.queries.duty_registers import LineView
from okr_desk.reports import table
from okr_desk.reports.blocks import Lines, Pair, paragraph
from okr_desk.reports.document import Sheet, Writer
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.pages import A4_LANDSCAPE, MM, Block
from okr_desk.reports.review_table import centred
from okr_desk.reports.styles import HEADING, NOTE, SIGN, TABLE, TABLE_HEAD, TITLE
from okr_desk.reports.table import Cell
from okr_desk.reports.text import fit_size
from okr_desk.rules.duties import kind_words
from okr_desk.scoring.rounding import NOTHING, percent, plain
from okr_desk.terms import label

WIDTH = A4_LANDSCAPE.area_width
KINDS_MM = (34, 22, 22, 22, 22, 24, 79)
"""类型 应开展 已开展 还差 逾期 到会率 依据: 225 mm."""
EVENTS_MM = (11, 23, 42, 65, 14, 14, 17, 20, 19)
"""序号 日期 类型 主题 应到 实到 到会率 主持人 小组或地点."""
LEDGER_MM = (40, 25, 25, 25, 30, 30, 50)
"""项目 期间 应完成 完成 应交金额 实交金额 备注."""
_LEAST = 6.2 * MM


_WRITER = Writer(
    title=lambda forms: title(forms[0]) if len(forms) == 1 else _("组织生活登记簿"),
    sheets=lambda forms: [partial(sheet_of, form=form) for form in forms],
    name=lambda form: (form.org.short_name, _("组织生活登记簿")),
)
render, render_each = _WRITER.render, _WRITER.render_each


def sheet_of(fonts: Fonts, form: RegisterForm) -> Sheet:
    """One register."""
    text = title(form)
    style = TITLE.smaller(fit_size(fonts, text, WIDTH, TITLE, 13))
    signed = _("登记人：　　　　　　　党支部书记（{name}）签名：").format(name=form.org.secretary or "　　　")
    return Sheet(
        outline=form.org.short_name,
        blocks=[
            Lines((text,), style, WIDTH, "centre", keep=True),
            *_kinds(fonts, form),
            *_events(fonts, form),
            *_ledger(fonts, form),
            *_review(fonts, form),
            Pair(signed, _("年　　月　　日"), SIGN, WIDTH, before=12),
        ],
        paper=A4_LANDSCAPE,
        digest=form.digest,
        note=_("演示数据，不作评审依据") if form.is_demo else "",
    )


def title(form: RegisterForm) -> str:
    """What the paper is called."""
    return _("{org}{quarter}组织生活登记簿").format(org=form.org.full_name, quarter=form.stand.quarter.label)


def _kinds(fonts: Fonts, form: RegisterForm) -> list[Block]:
    stand = form.stand
    said = _("应开展 {due} 次，已开展 {done} 次，逾期 {behind} 次；三会一课完成率 {share}").format(
        due=stand.due, done=stand.done, behind=stand.behind, share=percent(stand.completion.value, 1)
    )
    names = (_("类型"), _("应开展"), _("已开展"), _("还差"), _("逾期"), _("到会率"), _("依据"))
    shown = [one for one in stand.kinds if one.due or one.held]
    return _table(fonts, said, KINDS_MM, names, [_kind(one) for one in shown], "")


def _kind(one: KindStand) -> tuple[Cell, ...]:
    return (
        Cell(label(one.kind)),
        Cell(str(one.due), "centre"),
        Cell(str(one.held), "centre"),
        Cell(str(one.missing), "centre"),
        Cell(str(one.behind), "centre"),
        Cell(_rate(one.present, one.should), "centre"),
        Cell(one.basis),
    )


def _events(fonts: Fonts, form: RegisterForm) -> list[Block]:
    names = (
        _("序号"), _("日期"), _("类型"), _("主题"), _("应到"), _("实到"), _("到会率"), _("主持人"), _("小组、地点"),
    )  # fmt: skip
    lines = [_event(place, one) for place, one in enumerate(form.stand.meetings, start=1)]
    return _table(fonts, _("开展情况"), EVENTS_MM, names, lines, _("本季没有登记组织生活。"))


def _event(place: int, one: MeetingView) -> tuple[Cell, ...]:
    group = "" if one.group_number is None else _("第{n}组").format(n=one.group_number)
    return (
        Cell(str(place), "centre"),
        Cell(one.held_on.isoformat(), "centre"),
        Cell(kind_words(one.kinds)),
        Cell(one.topic + (_("（补报）") if one.is_late else "")),
        Cell(str(one.due), "centre"),
        Cell(str(one.present), "centre"),
        Cell(_rate(one.present, one.due), "centre"),
        Cell(one.host, "centre"),
        Cell(_("、").join(part for part in (group, one.place) if part)),
    )


def _ledger(fonts: Fonts, form: RegisterForm) -> list[Block]:
    names = (_("项目"), _("期间"), _("应完成"), _("完成"), _("应交金额（元）"), _("实交金额（元）"), _("备注"))
    lines = [_line(one) for one in form.lines]
    return _table(fonts, _("台账"), LEDGER_MM, names, lines, _("本季没有登记台账。"))


def _line(one: LineView) -> tuple[Cell, ...]:
    period = _("第{n}季度").format(n=one.quarter) if one.month is None else _("{n}月").format(n=one.month)
    return (
        Cell(label(one.kind)),
        Cell(period, "centre"),
        Cell(str(one.due), "centre"),
        Cell(str(one.done), "centre"),
        Cell(NOTHING if one.amount_due is None else plain(one.amount_due), "centre"),
        Cell(NOTHING if one.amount_done is None else plain(one.amount_done), "centre"),
        Cell(one.note),
    )


def _review(fonts: Fonts, form: RegisterForm) -> list[Block]:
    one = form.review
    if one is None:
        return []
    said = _(
        "民主评议党员（{day}）：应参加 {due} 人，参加 {n} 人；优秀 {a} 人，合格 {b} 人，基本合格 {c} 人，不合格 {d} 人"
        "；预备党员 {p} 人参加评议，不评定等次。"
    ).format(
        day=one.reviewed_on,
        due=one.due,
        n=one.took_part,
        a=one.excellent,
        b=one.qualified,
        c=one.basically,
        d=one.unqualified,
        p=one.probationary,
    )
    return [paragraph(fonts, said, NOTE, WIDTH, before=6)]


def _table(
    fonts: Fonts,
    name: str,
    columns: Sequence[int],
    names: Sequence[str],
    lines: Sequence[Sequence[Cell]],
    nothing: str,
) -> list[Block]:
    found: list[Block] = [Lines((name,), HEADING, WIDTH, before=6, keep=True)]
    if not lines:
        return [*found, Lines((nothing,), NOTE, WIDTH)]
    widths = table.filling(columns, WIDTH)
    head = table.row(fonts, widths, centred(names), TABLE_HEAD, least=_LEAST, keep=True, tinted=True)
    tied = (0, len(lines) - 2)  # neither the first nor the last row stands alone on a page
    rows = (
        table.row(fonts, widths, cells, TABLE, least=_LEAST, keep=place in tied and len(lines) > 1, head=(head,))
        for place, cells in enumerate(lines)
    )
    return [*found, head, *rows]


def _rate(present: int, should: int) -> str:
    return percent(Decimal(present) / should, 1) if should else NOTHING

"""吹哨单: one whistle on one A4 sheet: the record, sign-in, plan, result, the people's word, rating, signatures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from okr_desk.clock import local
from okr_desk.i18n import _
from okr_desk.queries.whistle_papers import WhistleForms
from okr_desk.queries.whistles import WhistleView
from okr_desk.reports import table, ticks
from okr_desk.reports.blocks import Lines, Pair, paragraph
from okr_desk.reports.document import Sheet, Writer
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.pages import A4_PORTRAIT, MM, Block
from okr_desk.reports.review_table import centred
from okr_desk.reports.signatures import Opinion, Signatures
from okr_desk.reports.styles import NOTE, SMALL, STRONG, TABLE, TABLE_HEAD, TITLE
from okr_desk.reports.table import Cell
from okr_desk.reports.text import fit_size
from okr_desk.scoring.rounding import plain
from okr_desk.terms import label
from okr_desk.whistle_terms import Rater, Solved, WhistleClass, WhistleStep

WIDTH = A4_PORTRAIT.area_width
_PAIRS = tuple(part * MM for part in (22, 56, 22, 56))
_RATING = tuple(part * MM for part in (54, 34, 34, 34))
_LEAST, _TALL = 6.6 * MM, 15 * MM


_WRITER = Writer(
    title=lambda forms: _("{township}吹哨单").format(township=forms[0].township),
    sheets=lambda forms: [partial(sheet_of, form=form, one=one) for form in forms for one in form.whistles],
    name=lambda form: (form.org.short_name, _("吹哨单")),
)
render, render_each = _WRITER.render, _WRITER.render_each


def sheet_of(fonts: Fonts, form: WhistleForms, one: WhistleView) -> Sheet:
    """One whistle."""
    name = _("{township}“吹哨报到”办理单").format(township=form.township)
    style = TITLE.smaller(fit_size(fonts, name, WIDTH, TITLE, 13))
    day = _("吹哨日期：{day}").format(day=one.drawn_on.isoformat())
    head = Pair(one.number, day, TABLE, WIDTH, before=4, keep=True)
    return Sheet(
        outline=f"{one.number} {one.matter}",
        blocks=[
            paragraph(fonts, name, style, WIDTH, align="centre", keep=True),
            head,
            *_record(fonts, one, form.files.get(one.id, ())),
            *_rating(fonts, form, one),
            *_notes(fonts, form, one),
            _signed(),
        ],
        paper=A4_PORTRAIT,
        digest=form.digest,
        note=_("演示数据，不作评审依据") if form.is_demo else "",
    )


def _record(fonts: Fonts, one: WhistleView, files: Sequence[str]) -> list[Block]:
    helpers = _("、").join(helper.name for helper in one.helpers)
    kinds = ticks.choice([label(kind) for kind in WhistleClass], label(one.kind), TABLE)
    solved = ticks.choice([label(word) for word in Solved], label(one.solved) if one.solved else "", TABLE, span=3)
    rows = (
        _pair(fonts, (_("吹哨支部"), one.org), (_("类别"), kinds)),
        _pair(fonts, (_("来源"), one.source), (_("地点"), one.place)),
        _wide(fonts, _("事项"), one.matter, _LEAST),
        _wide(fonts, _("预期目标"), one.goal, _LEAST),
        _pair(fonts, (_("主责部门"), one.department.name), (_("配合部门"), helpers)),
        _pair(fonts, (_("吹哨人"), one.blown_by), (_("审签人"), one.signed_by)),
        _pair(fonts, (_("吹哨时间"), _time(one.blown_at)), (_("签收时限"), _time(one.due.sign_in))),
        _pair(
            fonts,
            (_("签收时间"), _time(one.received_at, _who(one, WhistleStep.SIGN_IN))),
            (_("到场时间"), _time(one.arrived_at, _who(one, WhistleStep.ARRIVE))),
        ),
        _wide(fonts, _("协商方案"), one.plan, _TALL),
        _pair(
            fonts,
            (_("承诺办结日"), "" if one.promised_on is None else one.promised_on.isoformat()),
            (_("实际办结"), _time(one.finished_at)),
        ),
        _wide(fonts, _("办理结果"), one.result, _TALL),
        _wide(fonts, _("群众回访"), solved, _LEAST),
        _wide(fonts, _("群众意见"), one.said, _TALL),
        *((_wide(fonts, _("附件"), _("、").join(files), _LEAST),) if files else ()),
    )
    return [Lines(("",), SMALL.smaller(3), WIDTH, keep=True), *rows, Lines(("",), SMALL.smaller(4), WIDTH, keep=True)]


def _rating(fonts: Fonts, form: WhistleForms, one: WhistleView) -> list[Block]:
    """Items down, raters across; blank where nobody has rated yet, to be filled by hand."""
    items = form.rule.asked()
    given = {rating.rater: rating.levels for rating in one.ratings}
    names = (_("评价项目（1—5 分，5 分最好）"), *(label(rater) for rater in Rater))
    found: list[Block] = [table.row(fonts, _RATING, centred(names), TABLE_HEAD, least=_LEAST, keep=True, tinted=True)]
    for item in items:
        use = label(form.rule.uses[item])
        levels = (_level(given.get(rater, {}).get(item)) for rater in Rater)
        cells = [Cell(f"{label(item)}（{use}）"), *(Cell(text, "centre") for text in levels)]
        found.append(table.row(fonts, _RATING, cells, TABLE, least=_LEAST, keep=True))
    value = one.score.total.value
    total = "" if value is None else plain(value, 1)
    cells = [Cell(_("得分（百分制）"), style=STRONG), Cell(total, "centre", STRONG, span=3)]
    found.append(table.row(fonts, _RATING, cells, TABLE, least=_LEAST, keep=True))
    return found


def _notes(fonts: Fonts, form: WhistleForms, one: WhistleView) -> list[Block]:
    share = form.rule.process_share * 100
    said = [
        _("每 1 分折 20 分；过程分占 {share}%，结果分占 {rest}%；没有评的项目不计入，其余按比例分摊。").format(
            share=plain(share), rest=plain(100 - share)
        )
    ]
    if one.again_of:
        said.append(_("本哨为 {number} 的重吹。").format(number=one.again_of))
    back = [move for move in one.standing_moves if move.step in (WhistleStep.DECLINE, WhistleStep.ESCALATE)]
    said += [f"{_time(move.at)} {label(move.step)}：{move.note}" for move in back]
    return [
        paragraph(fonts, text, NOTE, WIDTH, before=4 if number == 0 else 0, keep=True)
        for number, text in enumerate(said)
    ]


def _signed() -> Signatures:
    date = _("年　　月　　日")
    return Signatures(
        left=(Opinion(_("吹哨支部确认"), ((_("书记签名："), date),)),),
        right=(Opinion(_("主责部门确认"), ((_("负责人签名："), date),)),),
        width=WIDTH,
        before=5,
    )


def _pair(fonts: Fonts, left: tuple[str, str], right: tuple[str, str | Cell]) -> Block:
    cells = [cell for name, text in (left, right) for cell in (Cell(name, "centre", TABLE_HEAD), _cell(text))]
    return table.row(fonts, _PAIRS, cells, TABLE, least=_LEAST)


def _wide(fonts: Fonts, name: str, text: str | Cell, least: float) -> Block:
    cells = [Cell(name, "centre", TABLE_HEAD), _cell(text, span=3)]
    return table.row(fonts, _PAIRS, cells, TABLE, least=least)


def _cell(text: str | Cell, span: int = 1) -> Cell:
    return Cell(text, span=span) if isinstance(text, str) else text


def _level(level: int | None) -> str:
    return "" if level is None else str(level)


def _who(one: WhistleView, step: WhistleStep) -> str:
    return next((move.by for move in reversed(one.standing_moves) if move.step is step), "")


def _time(at: datetime | None, who: str = "") -> str:
    """2026-01-19 14:55（张三）."""
    if at is None:
        return ""
    return f"{local(at):%Y-%m-%d %H:%M}" + (_("（{name}）").format(name=who) if who else "")

"""申辩复核表: one objection on one A4 sheet: what is objected to, the answer, old points beside new, signatures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial

from okr_desk.i18n import _
from okr_desk.queries.objections import DecisionView, ObjectionView
from okr_desk.queries.review_papers import ObjectionForms
from okr_desk.reports import table, ticks
from okr_desk.reports.blocks import Lines, Pair, paragraph
from okr_desk.reports.document import Sheet, Writer
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.pages import A4_PORTRAIT, MM, Block
from okr_desk.reports.signatures import Opinion, Signatures
from okr_desk.reports.styles import NOTE, SMALL, TABLE, TABLE_HEAD, TITLE
from okr_desk.reports.table import Cell
from okr_desk.reports.text import fit_size
from okr_desk.review_terms import ObjectionOutcome
from okr_desk.scoring.rounding import NOTHING, plain
from okr_desk.terms import EntryBasis, label

WIDTH = A4_PORTRAIT.area_width
_PAIRS = tuple(part * MM for part in (24, 54, 24, 54))
_LEAST, _TALL = 7 * MM, 30 * MM
_PLACES = 2


_WRITER = Writer(
    title=lambda forms: _title(forms[0]),
    sheets=lambda forms: [
        partial(sheet_of, form=form, place=place) for form in forms for place in range(len(form.objections))
    ],
    name=lambda form: (form.org.short_name, _("申辩复核表")),
)
render, render_each = _WRITER.render, _WRITER.render_each


def sheet_of(fonts: Fonts, form: ObjectionForms, place: int) -> Sheet:
    """One objection with its answer; blank where there is none yet, to be filled in by hand."""
    one, files = form.objections[place], form.files[place]
    title = _title(form)
    style = TITLE.smaller(fit_size(fonts, title, WIDTH, TITLE, 13))
    return Sheet(
        outline=f"{one.number} {one.org}",
        blocks=[
            paragraph(fonts, title, style, WIDTH, align="centre", keep=True),
            Pair(one.number, _("收到日期：{day}").format(day=one.received_on), TABLE, WIDTH, before=4, keep=True),
            *_raised(fonts, form, one, files),
            *_decided(fonts, one),
            paragraph(fonts, _note(one), NOTE, WIDTH, before=4, keep=True),
            _signed(),
        ],
        paper=A4_PORTRAIT,
        digest=form.digest,
        note=_("演示数据，不作评审依据") if form.is_demo else "",
    )


def _raised(fonts: Fonts, form: ObjectionForms, one: ObjectionView, files: Sequence[str]) -> list[Block]:
    said = one.by if one.basis is EntryBasis.OWN else _("{who}（{basis}）").format(who=one.by, basis=label(one.basis))
    rows: list[Block] = [
        Lines(("",), SMALL.smaller(3), WIDTH, keep=True),
        _pair(fonts, (_("支部"), form.org.full_name), (_("评审表编号"), form.number)),
        _pair(fonts, (_("送达日期"), _day(form.delivered_on)), (_("申辩人"), said)),
        _wide(fonts, _("申辩事项"), one.subject, _LEAST),
        _pair(fonts, (_("原得分"), _points(one.points)), (_("主张得分"), _points(one.claimed))),
        _wide(fonts, _("申辩理由"), one.reason, _TALL),
    ]
    if files:
        rows.append(_wide(fonts, _("证据材料"), _("、").join(files), _LEAST))
    return rows


def _decided(fonts: Fonts, one: ObjectionView) -> list[Block]:
    answer = one.decision
    chosen = "" if answer is None else label(answer.outcome)
    outcome = ticks.choice([label(word) for word in ObjectionOutcome], chosen, TABLE, span=3)
    return [
        _wide(fonts, _("复核结论"), outcome, _LEAST),
        _wide(fonts, _("复核意见"), "" if answer is None else answer.opinion, _TALL),
        _wide(fonts, _("依据"), "" if answer is None else answer.rests_on, _LEAST),
        _pair(fonts, (_("新得分"), _new_points(answer)), (_("复核人"), _decider(answer))),
        _pair(
            fonts,
            (_("答复时限"), _day(one.due_on)),
            (_("答复日期"), "" if answer is None else _day(answer.decided_on)),
        ),
    ]


def _note(one: ObjectionView) -> str:
    said = _("复核人未参加本次评分。支部对答复仍有异议的，可在申辩期内再次申辩一次，由镇党委研究决定。")
    again = _("本件为对原答复的再次申辩。") if one.again_of_id is not None else ""
    return again + said


def _signed() -> Signatures:
    date_line = _("年　　月　　日")
    return Signatures(
        left=(Opinion(_("镇党委（党建办）意见（盖章）"), ((_("复核人签名："), ""), ("", date_line)), seal=True),),
        right=(
            Opinion(
                _("支部签收"),
                ((_("□接受答复　　　□再次申辩"), ""), (_("书记签名："), date_line)),
                _("支部（章，无章可不盖）"),
            ),
        ),
        width=WIDTH,
        before=6,
    )


def _decider(answer: DecisionView | None) -> str:
    if answer is None:
        return ""
    return answer.by + (_("（{who}代行）").format(who=answer.substitution) if answer.substitution else "")


def _new_points(answer: DecisionView | None) -> str:
    return "" if answer is None else _points(answer.points)


def _points(points: Decimal | None) -> str:
    return NOTHING if points is None else plain(points, _PLACES)


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _title(form: ObjectionForms) -> str:
    return _("{township}{quarter}评审申辩复核表").format(township=form.township, quarter=form.quarter.label)


def _pair(fonts: Fonts, left: tuple[str, str], right: tuple[str, str]) -> Block:
    cells = [cell for name, text in (left, right) for cell in (Cell(name, "centre", TABLE_HEAD), Cell(text))]
    return table.row(fonts, _PAIRS, cells, TABLE, least=_LEAST)


def _wide(fonts: Fonts, name: str, text: str | Cell, least: float) -> Block:
    value = Cell(text, span=3) if isinstance(text, str) else text
    return table.row(fonts, _PAIRS, [Cell(name, "centre", TABLE_HEAD), value], TABLE, least=least)

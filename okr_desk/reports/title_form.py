"""四强党支部申报评定表: the branch, conditions with their facts, marks of three parties, the decision, signatures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial

from okr_desk.i18n import _
from okr_desk.queries.title_papers import TitleForm
from okr_desk.queries.titles import StepView
from okr_desk.reports import table, ticks
from okr_desk.reports.blocks import Lines, Pair, paragraph
from okr_desk.reports.document import Sheet, Writer
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.pages import A4_PORTRAIT, MM, Block
from okr_desk.reports.review_table import centred
from okr_desk.reports.signatures import Opinion, Signatures
from okr_desk.reports.styles import HEADING, NOTE, SMALL, STRONG, TABLE, TABLE_HEAD, TITLE
from okr_desk.reports.table import Cell
from okr_desk.reports.text import fit_size
from okr_desk.rules.titles import Fact
from okr_desk.scoring.rounding import exact_or, plain
from okr_desk.terms import label
from okr_desk.title_terms import Strength, TitleFact, TitleParty
from okr_desk.title_terms import TitleStep as Step

WIDTH = A4_PORTRAIT.area_width
_PAIRS = tuple(part * MM for part in (24, 54, 24, 54))
_FACTS = tuple(part * MM for part in (28, 96, 32))
_MARKS = tuple(part * MM for part in (48, 36, 36, 36))
_LEAST, _TIGHT, _TALL = 6.4 * MM, 5.2 * MM, 12 * MM
"""Heights of rows; the tight one where the usual does not fit on one page."""


_WRITER = Writer(
    title=lambda _forms: _("四强党支部申报评定表"),
    sheets=lambda forms: [partial(sheet_of, form=form) for form in forms],
    name=lambda form: (form.org.short_name, _("四强党支部申报评定表")),
)
render, render_each = _WRITER.render, _WRITER.render_each


def sheet_of(fonts: Fonts, form: TitleForm) -> Sheet:
    """One branch."""
    blocks = _blocks(fonts, form, _LEAST)
    if sum(one.before + one.height for one in blocks) > A4_PORTRAIT.area_height:
        blocks = _blocks(fonts, form, _TIGHT)
    return Sheet(
        outline=form.org.short_name,
        blocks=blocks,
        paper=A4_PORTRAIT,
        digest=form.digest,
        note=_("演示数据，不作评审依据") if form.is_demo else "",
    )


def _blocks(fonts: Fonts, form: TitleForm, least: float) -> list[Block]:
    name = _("{township}四强党支部申报评定表").format(township=form.township)
    style = TITLE.smaller(fit_size(fonts, name, WIDTH, TITLE, 13))
    applied = form.title.on(Step.APPLY) if form.title else None
    day = _("申报日期：{day}").format(day=_day(applied) or _("　　　年　　月　　日"))
    return [
        paragraph(fonts, name, style, WIDTH, align="centre", keep=True),
        Pair(_("{year}年度").format(year=form.year), day, TABLE, WIDTH, before=2, keep=True),
        *_branch(fonts, form, least),
        *_facts(fonts, form.facts, least),
        *_marks(fonts, form, least),
        *_decision(fonts, form, least),
        *_notes(fonts, form),
        _signed(form),
    ]


def _branch(fonts: Fonts, form: TitleForm, least: float) -> list[Block]:
    org, step = form.org, _last(form, Step.APPLY)
    count = "" if org.full_members is None else _("正式 {n} 人，预备 {m} 人").format(
        n=org.full_members, m=org.probationary_members or 0
    )  # fmt: skip
    return [
        _wide(fonts, _("支部名称"), org.full_name, least),
        _pair(fonts, least, (_("类别"), org.category), (_("党员数"), count)),
        _pair(fonts, least, (_("书记"), org.secretary), (_("联系领导"), org.liaison)),
        _wide(fonts, _("申报理由"), step.note if step else "", _TALL),
    ]


def _facts(fonts: Fonts, facts: Sequence[Fact], least: float) -> list[Block]:
    found: list[Block] = [_heading(fonts, _("一、申报条件（标准化规范化达标）"))]
    head = table.row(fonts, _FACTS, centred((_("条件"), _("核查情况"), _("是否具备"))), TABLE_HEAD, least=least,
                     keep=True, tinted=True)  # fmt: skip
    found.append(head)
    known = {one.fact: one for one in facts}
    for fact in TitleFact:
        one = known.get(fact)
        met = "" if one is None or one.met is None else _("具备") if one.met else _("不具备")
        cells = [
            Cell(label(fact), "centre"),
            Cell(one.said if one else ""),
            ticks.choice([_("具备"), _("不具备")], met, SMALL.smaller(8)),
        ]
        found.append(table.row(fonts, _FACTS, cells, TABLE, least=least, keep=True))
    return found


def _marks(fonts: Fonts, form: TitleForm, least: float) -> list[Block]:
    """Strengths down, parties across; blank where nobody has marked yet, to be filled by hand."""
    title, weights = form.title, form.rule.weights
    peers = len(title.marked) if title else 0
    heads = {
        party: _("{party}（权重 {weight}）").format(party=label(party), weight=plain(weights[party]))
        for party in TitleParty
    }
    if peers > 1:
        heads[TitleParty.PEERS] += "\n" + _("{n} 家平均").format(n=peers)
    found: list[Block] = [
        _heading(fonts, _("二、评分（每项 0 至 100 分）")),
        table.row(
            fonts, _MARKS, centred((_("四强"), *heads.values())), TABLE_HEAD, least=least, keep=True, tinted=True
        ),
    ]
    for strength in Strength:
        texts = [_mark(title.mean(party, strength) if title else None) for party in TitleParty]
        cells = [Cell(label(strength)), *(Cell(text, "centre") for text in texts)]
        found.append(table.row(fonts, _MARKS, cells, TABLE, least=least, keep=True))
    means = [_mark(title.mean(party) if title else None) for party in TitleParty]
    cells = [Cell(_("平均"), style=STRONG), *(Cell(text, "centre", STRONG) for text in means)]
    found.append(table.row(fonts, _MARKS, cells, TABLE, least=least, keep=True))
    total = _mark(title.total.value) if title else ""
    cells = [Cell(_("总分（按权重）"), style=STRONG), Cell(total, "centre", STRONG, span=3)]
    found.append(table.row(fonts, _MARKS, cells, TABLE, least=least, keep=True))
    return found


def _decision(fonts: Fonts, form: TitleForm, least: float) -> list[Block]:
    decided, public, granted = (_last(form, step) for step in (Step.DECIDE, Step.PUBLICISE, Step.GRANT))
    rows: list[Block] = [
        _heading(fonts, _("三、评定、公示和授予")),
        _pair(fonts, least, (_("评定日期"), _on(decided)), (_("评定依据"), decided.document if decided else "")),
        _pair(fonts, least, (_("公示日期"), _on(public)), (_("授予日期"), _on(granted))),
        _wide(fonts, _("授予文号"), granted.document if granted else "", least),
    ]
    after = [one for one in (form.title.standing_steps if form.title else ()) if one.step in _DYNAMIC]
    if after:
        said = "\n".join(
            _("{day} {step}：{note}").format(day=one.on, step=label(one.step), note=one.note) for one in after
        )
        rows.append(_wide(fonts, _("动态管理"), said, least))
    return rows


_DYNAMIC = (Step.RECHECK, Step.REVOKE, Step.DECLINE)


def _notes(fonts: Fonts, form: TitleForm) -> list[Block]:
    said = _("总分低于 {least} 分的不予评定；互评由同类别的其他支部打分；授予后动态管理，条件不再具备的撤销称号。")
    return [paragraph(fonts, said.format(least=plain(form.rule.least_total)), NOTE, WIDTH, before=3, keep=True)]


def _signed(form: TitleForm) -> Signatures:
    date_ = _("年　　月　　日")
    who = _("书记（{name}）").format(name=form.org.secretary) if form.org.secretary else _("书记")
    return Signatures(
        left=(
            Opinion(_("支部申报意见"), ((_("{who}签名：").format(who=who), date_),), _("支部（章，无章可不盖）")),
            Opinion(_("镇党建办考评意见"), ((_("考评人："), date_),)),
        ),
        right=(Opinion(_("镇党委评定意见（盖章）"), (("", date_),), seal=True),),
        width=WIDTH,
        before=4,
    )


def _last(form: TitleForm, step: Step) -> StepView | None:
    steps = form.title.standing_steps if form.title else ()
    return next((one for one in reversed(steps) if one.step is step), None)


def _heading(fonts: Fonts, words: str) -> Lines:
    return paragraph(fonts, words, HEADING.smaller(10), WIDTH, before=2, keep=True)


def _pair(fonts: Fonts, least: float, left: tuple[str, str], right: tuple[str, str]) -> Block:
    cells = [cell for name, text in (left, right) for cell in (Cell(name, "centre", TABLE_HEAD), Cell(text))]
    return table.row(fonts, _PAIRS, cells, TABLE, least=least)


def _wide(fonts: Fonts, name: str, text: str, least: float) -> Block:
    cells = [Cell(name, "centre", TABLE_HEAD), Cell(text, span=3)]
    return table.row(fonts, _PAIRS, cells, TABLE, least=least)


def _mark(value: Decimal | None) -> str:
    return "" if value is None else exact_or(value, 2)


def _on(step: StepView | None) -> str:
    return "" if step is None else step.on.isoformat()


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()

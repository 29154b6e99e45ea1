"""目标责任书: what a branch has undertaken for the year, duties of both sides, how it is judged, both signatures."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from okr_desk.i18n import _
from okr_desk.queries.objectives import KeyResultView, readable
from okr_desk.queries.title_papers import LetterForm
from okr_desk.reports import table
from okr_desk.reports.blocks import Lines, paragraph
from okr_desk.reports.document import Sheet, Writer
from okr_desk.reports.fonts import Fonts, Role
from okr_desk.reports.pages import A4_PORTRAIT, MM, Block
from okr_desk.reports.review_table import centred
from okr_desk.reports.signatures import Opinion, Signatures
from okr_desk.reports.styles import STRONG, TABLE, TABLE_HEAD
from okr_desk.reports.table import Cell
from okr_desk.reports.text import Style, fit_size
from okr_desk.scoring.rounding import plain
from okr_desk.terms import Direction, KrKind, label

WIDTH = A4_PORTRAIT.area_width
COLUMNS = tuple(part * MM for part in (15, 67, 16, 20, 22, 16))
TITLE = Style(Role.TITLE, 22, 33)
BODY = Style(Role.TEXT, 14, 25)
HEAD = Style(Role.HEAD, 14, 25)
_LEAST = 7 * MM


_WRITER = Writer(
    title=lambda _forms: _("目标责任书"),
    sheets=lambda forms: [partial(sheet_of, form=form) for form in forms],
    name=lambda form: (form.org.short_name, _("目标责任书")),
)
render, render_each = _WRITER.render, _WRITER.render_each


def sheet_of(fonts: Fonts, form: LetterForm) -> Sheet:
    """The letter of one branch."""
    name = _("{year}年度基层党建目标责任书").format(year=form.year)
    style = TITLE.smaller(fit_size(fonts, name, WIDTH, TITLE, 16))
    opening = _(
        "为落实全面从严治党责任，推动党建与中心工作融合，经{committee}批准，{org}就{year}年度目标任务与镇党委签订本责任书。"
    )
    return Sheet(
        outline=form.org.short_name,
        blocks=[
            paragraph(fonts, name, style, WIDTH, align="centre", keep=True),
            *_sides(fonts, form),
            _text(fonts, opening.format(committee=form.committee, org=form.org.full_name, year=form.year)),
            _heading(fonts, _("一、目标任务")),
            *_objectives(fonts, form),
            _heading(fonts, _("二、镇党委责任"), before=6),
            *_duties(fonts, _of_township()),
            _heading(fonts, _("三、支部责任")),
            *_duties(fonts, _of_branch()),
            _heading(fonts, _("四、考核和结果运用")),
            *_duties(fonts, _of_review()),
            _text(fonts, _("本责任书一式两份，镇党委和支部各执一份，自双方签字之日起生效。"), keep=True),
            _signed(form),
        ],
        paper=A4_PORTRAIT,
        digest=form.digest,
        note=_("演示数据，不作评审依据") if form.is_demo else "",
    )


def _sides(fonts: Fonts, form: LetterForm) -> list[Block]:
    lines = (
        _("甲方：{name}").format(name=form.committee),
        _("乙方：{name}").format(name=form.org.full_name),
    )
    return [Lines(("",), BODY.smaller(6), WIDTH, keep=True), *(paragraph(fonts, line, HEAD, WIDTH) for line in lines)]


def _objectives(fonts: Fonts, form: LetterForm) -> list[Block]:
    words = (_("编号"), _("目标、关键结果"), _("单位"), _("基线"), _("年度目标"), _("权重\n（%）"))
    head = table.row(fonts, COLUMNS, centred(words), TABLE_HEAD, least=9 * MM, keep=True, tinted=True)
    found: list[Block] = [head]
    for one in form.objectives:
        cells = [Cell(one.code, "centre", STRONG), Cell(one.title, style=STRONG, span=4), _weight(one.share, STRONG)]
        found.append(table.row(fonts, COLUMNS, cells, TABLE, least=_LEAST, keep=True, head=(head,)))
        for place, kr in enumerate(one.key_results):
            tied = place == len(one.key_results) - 2
            found.append(table.row(fonts, COLUMNS, _line(kr), TABLE, least=_LEAST, keep=tied, head=(head,)))
    return found


def _line(kr: KeyResultView) -> list[Cell]:
    return [
        Cell(kr.code, "centre"),
        Cell(kr.title),
        Cell(kr.unit, "centre"),
        Cell(_number(kr.baseline, kr), "centre"),
        Cell(_aim(kr), "centre"),
        _weight(kr.share, TABLE),
    ]


def _aim(kr: KeyResultView) -> str:
    """The target as it binds; what has no number of its own says what has to be there."""
    if kr.target is None:
        return {KrKind.MILESTONE: _("节点全部完成"), KrKind.YES_NO: _("完成")}.get(kr.kind) or label(kr.kind)
    if kr.upper is not None:
        return f"{_number(kr.target, kr)}—{_number(kr.upper, kr)}"
    text = _number(kr.target, kr)
    if kr.direction is Direction.AT_MOST:
        return _("不高于 {n}").format(n=text)
    return _("不低于 {n}").format(n=text) if kr.direction is Direction.AT_LEAST else text


def _number(value: Decimal | None, kr: KeyResultView) -> str:
    return "—" if value is None else readable(value, kr.decimals)


def _weight(share: Decimal, style: Style) -> Cell:
    return Cell(plain(share * 100, 1), "centre", style)


def _of_township() -> tuple[str, ...]:
    return (
        _("（一）明确目标任务和评分办法，年度中间不随意加码，调整按程序办理并告知支部。"),
        _("（二）由联系领导和党建指导员经常指导，帮助支部解决自身解决不了的困难。"),
        _("（三）按季核定、反馈得分和依据，听取支部的申辩，不以留痕多少评价工作。"),
    )


def _of_branch() -> tuple[str, ...]:
    return (
        _("（一）书记履行第一责任人责任，把目标任务分解到支委和党员，逐项推进。"),
        _("（二）按季如实填报进展，不虚报、不漏报；遇到影响目标的情况及时报告。"),
        _("（三）接受群众评价和镇党委检查，对指出的问题按期整改。"),
    )


def _of_review() -> tuple[str, ...]:
    return (
        _("（一）镇党委按季评审、年终总评，结果经反馈、申辩、审定、公示后确定。"),
        _("（二）结果作为评先评优、述职评议和激励的参考；待遇以上级文件为准。"),
        _("（三）未完成目标任务的，说明原因，提出改进措施；发生红线事项的，按规定处理。"),
    )


def _signed(form: LetterForm) -> Signatures:
    date = _("年　　月　　日")
    who = _("书记（{name}）").format(name=form.org.secretary) if form.org.secretary else _("书记")
    return Signatures(
        left=(Opinion(_("甲方（盖章）"), ((_("负责人签名："), date),), seal=True),),
        right=(Opinion(_("乙方（章，无章可不盖）"), ((_("{who}签名：").format(who=who), date),), seal=True),),
        width=WIDTH,
        before=8,
    )


def _heading(fonts: Fonts, words: str, before: float = 0) -> Lines:
    return paragraph(fonts, words, HEAD, WIDTH, indent_characters=2, before=before, keep=True)


def _text(fonts: Fonts, words: str, keep: bool = False) -> Lines:
    return paragraph(fonts, words, BODY, WIDTH, indent_characters=2, keep=keep)


def _duties(fonts: Fonts, said: Sequence[str]) -> list[Block]:
    return [_text(fonts, line) for line in said]

"""一支部一策 of a branch that lags behind: ailment, remedy, duties, three stages, the exit test, signatures."""

from __future__ import annotations

from collections.abc import Sequence

from okr_desk.i18n import _
from okr_desk.queries.branch_plans import PlanView
from okr_desk.queries.followup_papers import FollowupPaper
from okr_desk.reports import table
from okr_desk.reports.blocks import Lines, paragraph
from okr_desk.reports.document import Writer
from okr_desk.reports.followup_sheet import LEAST, WIDTH, gap, pair, records, row, spoken
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.pages import MM, Block
from okr_desk.reports.review_table import centred
from okr_desk.reports.signatures import Opinion, Signatures
from okr_desk.reports.styles import NOTE, SMALL, TABLE, TABLE_HEAD, TITLE
from okr_desk.reports.table import Cell
from okr_desk.reports.text import fit_size
from okr_desk.rules.branch_plans import STAGES, ExitLimits
from okr_desk.scoring.rounding import percent, plain

_STAGE = tuple(part * MM for part in (18, 28, 66, 44))
_TEST = tuple(part * MM for part in (30, 22, 26, 26, 24, 28))


def blocks(fonts: Fonts, one: FollowupPaper, place: int) -> Sequence[Block]:
    """One plan."""
    of = one.plans[place]
    name = _("{org}“一支部一策”整顿计划").format(org=one.org.full_name)
    style = TITLE.smaller(fit_size(fonts, name, WIDTH, TITLE, 13))
    about = _("起始日期：{day}").format(day=spoken(of.begins_on))
    return [
        paragraph(fonts, name, style, WIDTH, align="centre", keep=True),
        Lines((about,), SMALL.smaller(8), WIDTH, "right", keep=True),
        gap(3),
        pair(fonts, (_("县级联系领导"), of.county_leader), (_("乡镇包联领导"), of.town_leader)),
        pair(fonts, (_("第一书记"), of.first_secretary), (_("支部书记"), one.org.secretary)),
        row(fonts, _("病灶"), of.ailment, 16 * MM),
        row(fonts, _("处方"), of.remedy, 16 * MM),
        row(fonts, _("责任清单"), of.duties, 14 * MM),
        gap(5),
        *_stages(fonts, of),
        gap(5),
        *_tests(fonts, of),
        paragraph(fonts, _rule(one), NOTE, WIDTH, before=4),
        _signed(one),
    ]


def _stages(fonts: Fonts, of: PlanView) -> list[Block]:
    heads = centred((_("时限"), _("到期日"), _("任务"), _("完成情况")))
    found: list[Block] = [table.row(fonts, _STAGE, heads, TABLE_HEAD, least=7 * MM, keep=True, tinted=True)]
    for days, last, text in zip(STAGES, of.stages, of.within, strict=True):
        words = _("{n} 天").format(n=days)
        cells = [Cell(words, "centre"), Cell(last.isoformat(), "centre"), Cell(text), Cell()]
        found.append(table.row(fonts, _STAGE, cells, TABLE, least=12 * MM))
    return found


def _tests(fonts: Fonts, of: PlanView) -> list[Block]:
    """Every test that stands; without any a line to be filled in by hand."""
    heads = centred((_("验收日期"), _("得分"), _("测评票数"), _("不满意票"), _("结论"), _("验收人")))
    found: list[Block] = [table.row(fonts, _TEST, heads, TABLE_HEAD, least=7 * MM, keep=True, tinted=True)]
    rows: list[tuple[str, ...]] = [
        (
            test.on.isoformat(),
            plain(test.points),
            str(test.votes),
            str(test.against),
            _("通过") if test.passed else _("不通过"),
            test.by,
        )
        for test in of.tests
    ] or [("",) * len(_TEST)]
    found += [table.row(fonts, _TEST, [Cell(text, "centre") for text in line], TABLE, least=LEAST) for line in rows]
    return found


def _rule(one: FollowupPaper) -> str:
    limits = one.exit or ExitLimits()
    said = _("验收得分不低于 {points} 分，且群众测评不满意票不超过 {share}，两项都达到的通过验收。")
    return said.format(points=plain(limits.points), share=percent(limits.against))


def _signed(one: FollowupPaper) -> Signatures:
    blank = spoken(None)
    who = _("书记（{name}）签名：").format(name=one.org.secretary) if one.org.secretary else _("书记签名：")
    return Signatures(
        left=(
            Opinion(_("支部意见"), ((who, blank),)),
            Opinion(_("乡镇包联领导意见"), ((_("签名："), blank),)),
        ),
        right=(Opinion(_("镇党委意见（盖章）"), (("", blank),), seal=True),),
        width=WIDTH,
        before=10,
    )


_WRITER = Writer(
    title=lambda papers: papers[0].township + _("一支部一策"),
    sheets=lambda papers: records(papers, lambda one: [one.org.short_name for _of in one.plans], blocks),
    name=lambda paper: (paper.org.short_name, _("一支部一策")),
)
render, render_each = _WRITER.render, _WRITER.render_each

"""The tables of the satisfaction report: branches in the order of the register, groups of people, wishes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from okr_desk.i18n import _
from okr_desk.queries import survey_paper_wording as wording
from okr_desk.queries import survey_report_wording as said_of
from okr_desk.queries import survey_rolling
from okr_desk.queries.survey_papers import SurveyReport
from okr_desk.queries.survey_results import BranchResult
from okr_desk.queries.survey_rolling import Rolling
from okr_desk.reports import table
from okr_desk.reports.blocks import Lines
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.pages import A4_PORTRAIT, MM, Block
from okr_desk.reports.review_table import centred
from okr_desk.reports.styles import CAPTION, NOTE, SMALL, STRONG, TABLE, TABLE_HEAD
from okr_desk.reports.table import Cell

WIDTH = A4_PORTRAIT.area_width
BRANCHES_MM = (8, 33, 10, 15, 22, 18, 9, 11, 14, 16)
"""序号 支部 有效 回收率 得分 满意率 证据 目标值 判定 变化: 156 mm."""
GROUPS_MM = (46, 22, 22, 22, 22, 22)
WISHES_MM = (14, 114, 28)
TOGETHER_MM = (38, 29, 13, 33, 13, 15, 15)
"""支部 季度 作答 得分 目标值 本季判定 合计结论: 156 mm."""
FIELDS_MM = (52, 26, 26, 26, 26)
_LEAST = 8 * MM


def branches(fonts: Fonts, report: SurveyReport) -> list[Block]:
    """Every branch under its category; not a ranking."""
    widths = table.filling(BRANCHES_MM, WIDTH)
    names = (
        _("序号"), _("支部"), _("有效\n（份）"), _("回收率"), _("得分\n（区间）"), _("满意率\n宽/窄"),
        _("证据\n等级"), _("目标值"), _("判定"), _("变化"),
    )  # fmt: skip
    head = table.row(fonts, widths, centred(names), TABLE_HEAD, least=_LEAST, keep=True, tinted=True)
    found: list[Block] = [
        caption(_("表1　各支部满意度测评结果（按名册顺序，不排名；得分单位：分）")),
        head,
    ]
    number = 0
    for category, group in groupby(report.branches, key=lambda one: one.org.category):
        of = list(group)
        name = _("{category}（{n}个支部）").format(category=category or _("未分类"), n=len(of))
        cell = Cell(name, span=len(widths))
        found.append(table.row(fonts, widths, (cell,), STRONG, least=6 * MM, keep=True, head=(head,)))
        for place, one in enumerate(of):
            number += 1
            cells = _branch(number, one)
            tied = place == len(of) - 2
            found.append(table.row(fonts, widths, cells, TABLE, least=_LEAST, keep=tied, head=(head,)))
    return found


def _branch(number: int, one: BranchResult) -> tuple[Cell, ...]:
    score = wording.points(None)
    if one.score is not None:
        score = f"{wording.points(one.score.estimate, one.target)}\n{wording.limits(one.score, one.target)}"
    rates = wording.rate(None)
    if one.rate is not None or one.narrow is not None:
        wide = _("不公布") if one.rate is None else wording.rate(one.rate.estimate)
        rates = f"{wide}\n{wording.rate(one.narrow)}"
    moved = wording.change(one)
    return (
        Cell(str(number), "centre"),
        Cell(one.org.short_name),
        Cell(str(one.ballots), "centre"),
        Cell(wording.response(one), "centre", TABLE.smaller(8)),
        Cell(score, "centre", TABLE.smaller(8.5)),
        Cell(rates, "centre", TABLE.smaller(8)),
        Cell(one.evidence.grade.value, "centre"),
        Cell(wording.points(one.target), "centre"),
        Cell(wording.verdict(one), "centre", TABLE.smaller(8.5)),
        Cell(moved.replace("（", "\n（"), "centre", SMALL),
    )


def groups(fonts: Fonts, report: SurveyReport) -> list[Block]:
    """Answers to the overall item by group, over all branches."""
    of = said_of.groups(report)
    if not of:
        return []
    definition = report.round.definition
    widths = table.filling(GROUPS_MM, WIDTH)
    names = (_("人群"), _("有效（份）"), _("得分"), _("满意率（宽）"), _("满意率（窄）"), _("不了解（份）"))
    rows = [
        (
            Cell(_("未注明人群") if group is None else group.name),
            Cell(str(ballots), "centre"),
            *(Cell(text, "centre") for text in wording.group_figures(counts, definition)),
            Cell(str(counts.unsure), "centre"),
        )
        for group, ballots, counts in of
    ]
    said = _("表2　各类人群的总体评价（全部答卷合计，得分单位：分）")
    return _table(fonts, widths, caption(said), names, rows)


def together(fonts: Fonts, report: SurveyReport, number: int) -> list[Block]:
    """Four quarters together for each branch that answered in two and more, beside the verdict of this one."""
    found = [(one, report.rolling[one.org.id]) for one in report.branches if one.org.id in report.rolling]
    if not found:
        return []
    widths = table.filling(TOGETHER_MM, WIDTH)
    small = TABLE.smaller(8.5)
    names = (
        _("支部"), _("合计的季度"), _("作答\n（份）"), _("得分（区间）"), _("目标值"), _("本季\n判定"),
        _("合计\n结论"),
    )  # fmt: skip
    rows = [
        (
            Cell(one.org.short_name),
            Cell(_quarters(of), "centre", TABLE.smaller(8)),
            Cell(str(of.n), "centre"),
            Cell(
                f"{wording.points(of.score.estimate, of.target)}（{wording.limits(of.score, of.target)}）",
                "centre",
                small,
            ),
            Cell(wording.points(of.target), "centre"),
            Cell(wording.verdict(one), "centre", small),
            Cell(survey_rolling.verdict_text(one, of), "centre", small),
        )
        for one, of in found
    ]
    said = _("表{n}　近四个季度合计（不是本季度的判定；得分单位：分）").format(n=number)
    return _table(fonts, widths, caption(said), names, rows)


def _quarters(of: Rolling) -> str:
    """The quarters put together, short: 2026年1、2、3季度."""
    years: dict[int, list[str]] = {}
    for one in of.rounds:
        years.setdefault(one.quarter.year, []).append(str(one.quarter.number))
    said = _("{year}年{numbers}季度")
    return "\n".join(said.format(year=year, numbers=_("、").join(numbers)) for year, numbers in years.items())


def fields(fonts: Fonts, report: SurveyReport, number: int) -> list[Block]:
    """Activities beside satisfaction as numbers, of the categories that are compared."""
    found = [one for one in report.quadrants if one.is_comparable]
    if not found:
        return []
    widths = table.filling(FIELDS_MM, WIDTH)
    names = (_("支部"), _("类别"), _("活动完成率"), _("满意度（分）"), _("所在"))
    rows = [
        (
            Cell(point.org.short_name),
            Cell(of.category, "centre"),
            Cell(wording.points(point.activity * 100) + "%", "centre"),
            Cell(wording.points(point.satisfaction * 100), "centre"),
            Cell(point.place, "centre"),
        )
        for of in found
        for point in of.points
    ]
    return _table(fonts, widths, caption(_("表{n}　活动与满意度（同类比较）").format(n=number)), names, rows)


def wishes(fonts: Fonts, report: SurveyReport, number: int) -> list[Block]:
    """What more than one person wished for."""
    if not report.wishes:
        return []
    widths = table.filling(WISHES_MM, WIDTH)
    rows = [
        (Cell(str(number), "centre"), Cell(wish.text), Cell(str(wish.count), "centre"))
        for number, wish in enumerate(report.wishes, start=1)
    ]
    said = _("表{n}　最希望解决的事（两人以上提到）").format(n=number)
    return _table(fonts, widths, caption(said), (_("序号"), _("内容"), _("提到（份）")), rows)


def caption(said: str) -> Lines:
    """A table's name, centred above it."""
    return Lines((said,), replace(CAPTION, size=9.5, leading=16), WIDTH, "centre", before=6, keep=True)


def _table(
    fonts: Fonts, widths: Sequence[float], name: Lines, heads: Sequence[str], rows: Sequence[Sequence[Cell]]
) -> list[Block]:
    head = table.row(fonts, widths, centred(heads), TABLE_HEAD, least=7 * MM, keep=True, tinted=True)
    made = (
        table.row(fonts, widths, cells, TABLE, least=6.5 * MM, keep=place == len(rows) - 2, head=(head,))
        for place, cells in enumerate(rows)
    )
    return [name, head, *made, Lines(("",), NOTE.smaller(6), WIDTH)]

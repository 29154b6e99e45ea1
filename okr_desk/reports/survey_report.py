"""满意度测评报告 of a round: what was done and found in sentences, tables, figures, wishes, and how it was reckoned.

Set as an official paper (GB/T 9704-2012: title 2号小标宋, text 3号仿宋, heads 3号黑体); tables and figures are smaller.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import count
from pathlib import Path

from okr_desk.i18n import N_, _
from okr_desk.queries import survey_paper_wording as wording
from okr_desk.queries import survey_report_wording as said_of
from okr_desk.queries.survey_papers import SurveyReport
from okr_desk.reports import survey_branch_page, survey_figures, survey_tables
from okr_desk.reports.blocks import Lines, paragraph
from okr_desk.reports.document import Progress, Sheet, Stop, write
from okr_desk.reports.fonts import Fonts, Role
from okr_desk.reports.outcome import Printed
from okr_desk.reports.pages import A4_PORTRAIT, Block
from okr_desk.reports.signatures import SEAL_HEIGHT
from okr_desk.reports.text import Style, fit_size

WIDTH = A4_PORTRAIT.area_width
TITLE = Style(Role.TITLE, 22, 33)
HEAD = Style(Role.HEAD, 16, 28.95)
BODY = Style(Role.TEXT, 16, 28.95)
"""3号 on 22 lines a page."""
METHOD = Style(Role.TEXT, 10.5, 16)
_NUMBERS = (N_("一"), N_("二"), N_("三"), N_("四"), N_("五"), N_("六"), N_("七"), N_("八"), N_("九"))


def render(
    reports: Sequence[SurveyReport],
    path: Path,
    *,
    printed_at: datetime,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
    bundled_fonts: bool = False,
    font_folders: Sequence[Path] | None = None,
) -> Printed:
    """The report and behind it the pages of branches that were asked for, each with its own page count.

    `printed_at` is an instant. Raises Cancelled and FileRefused; then no file is left.
    """
    return write(
        path,
        [
            build
            for report in reports
            for build in (
                partial(sheet_of, report=report),
                *(
                    partial(survey_branch_page.sheet_of, report=report, one=one)
                    for one in report.branches
                    if one.org.id in report.pages
                ),
            )
        ],
        title=title(reports[0]),
        printed_at=printed_at,
        bundled_fonts=bundled_fonts,
        progress=progress,
        cancelled=cancelled,
        font_folders=font_folders,
    )


def title(report: SurveyReport) -> str:
    """What the paper is called."""
    return wording.title(report.round, report.township, _("群众满意度测评报告"))


def sheet_of(fonts: Fonts, report: SurveyReport) -> Sheet:
    """The report without the pages of branches."""
    return Sheet(
        outline=title(report),
        blocks=_blocks(fonts, report),
        paper=A4_PORTRAIT,
        digest=report.digest,
        note=_("演示数据，不作评审依据") if report.is_demo else "",
    )


def _blocks(fonts: Fonts, report: SurveyReport) -> list[Block]:
    parts: list[tuple[str, list[Block]]] = [
        (_("基本情况"), _texts(fonts, said_of.basis(report))),
        (_("测评结果"), _texts(fonts, said_of.found(report))),
        (_("各支部情况"), [*survey_tables.branches(fonts, report), *survey_figures.branches(report, WIDTH)]),
        (_("分题和分人群情况"), [*survey_figures.items(report, WIDTH), *survey_tables.groups(fonts, report)]),
    ]
    tables = count(2 + bool(said_of.groups(report)))
    moved = survey_figures.changes(report, WIDTH)
    if moved or report.rolling:
        together = survey_tables.together(fonts, report, next(tables)) if report.rolling else []
        parts.append((_("变化和近四个季度合计"), [*moved, *_texts(fonts, said_of.together(report)), *together]))
    if report.quadrants:
        parts.append((_("活动与满意度"), _activities(fonts, report, tables)))
    if any(item.place is None for item in report.round.definition.items):
        wished = survey_tables.wishes(fonts, report, next(tables))
        parts.append((_("群众最希望解决的事"), [*_wishes(fonts, report), *wished]))
    honesty = said_of.honesty(report)
    if honesty:
        parts.append((_("请核查的情况"), _texts(fonts, honesty)))
    parts.append((_("计算说明"), _numbered(fonts, said_of.method(report))))
    found = _title(fonts, report)
    for number, (name, blocks) in enumerate(parts):
        found.append(Lines((_("{number}、{name}").format(number=_(_NUMBERS[number]), name=name),), HEAD, WIDTH,
                           indent=2 * HEAD.size, before=6 if number else 0, keep=True))  # fmt: skip
        found += blocks
    return [*found, *_closing(report)]


def _title(fonts: Fonts, report: SurveyReport) -> list[Block]:
    """Township and quarter in the first line, the document in the second: together too long for one."""
    found: list[Block] = []
    for text in (report.township + report.round.quarter.label, _("群众满意度测评报告")):
        style = TITLE.smaller(fit_size(fonts, text, WIDTH, TITLE, 16))
        found.append(paragraph(fonts, text, style, WIDTH, align="centre", keep=True))
    return [*found, Lines(("",), BODY.smaller(8), WIDTH, keep=True)]


def _texts(fonts: Fonts, said: Sequence[str]) -> list[Block]:
    return [paragraph(fonts, text, BODY, WIDTH, indent_characters=2) for text in said]


def _numbered(fonts: Fonts, said: Sequence[str]) -> list[Block]:
    """Numbered sentences, the last ones tied to what follows: no signature stands alone on a page."""
    return [
        paragraph(fonts, f"{number}. {text}", METHOD, WIDTH, indent_characters=2, keep=number >= len(said) - 1)
        for number, text in enumerate(said, start=1)
    ]


def _activities(fonts: Fonts, report: SurveyReport, tables: Iterator[int]) -> list[Block]:
    """What each category's picture says, the pictures, the numbers; who is too few says only that."""
    said = _("活动办得多不等于群众满意。“多而无感”的，先停办一部分，问问群众要什么；“少而精”的，可以总结做法。")
    words = [said, *(said_of.activities(one) for one in report.quadrants)]
    figures = survey_figures.quadrants(report, WIDTH)
    numbers = survey_tables.fields(fonts, report, next(tables)) if figures else []
    return [*_texts(fonts, words), *figures, *numbers]


def _wishes(fonts: Fonts, report: SurveyReport) -> list[Block]:
    if not report.wished:
        return _texts(fonts, (_("没有答卷填写开放题。"),))
    said = _("{n} 份答卷填写了开放题。").format(n=report.wished)
    said += (
        _("两人以上提到的如下，按提到的人数排列；只有一人提到的不列出，以免认出是谁。")
        if report.wishes
        else _("没有两人以上用同样的话提到的事；只有一人提到的不列出，以免认出是谁。")
    )
    return _texts(fonts, (said,))


def _closing(report: SurveyReport) -> list[Block]:
    """Who signs, at the right, with the seal's space free above."""
    who = _("{township}党建工作办公室").format(township=report.township)
    return [
        Lines((who,), BODY, WIDTH - 2 * BODY.size, "right", before=SEAL_HEIGHT * 0.5, keep=True),
        Lines((_("　　　　年　　月　　日"),), BODY, WIDTH - 2 * BODY.size, "right"),
    ]

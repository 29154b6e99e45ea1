"""典型案例 of a branch: a page each with its four parts, the resident's own word, and room for the review."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from okr_desk.i18n import _
from okr_desk.queries.demands import CaseView
from okr_desk.queries.register_papers import RegisterPaper
from okr_desk.reports.blocks import Lines, paragraph
from okr_desk.reports.document import Progress, Stop
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.outcome import Printed
from okr_desk.reports.pages import A4_PORTRAIT, Block, NewPage
from okr_desk.reports.register_sheet import each, render_papers
from okr_desk.reports.signatures import Opinion, Signatures
from okr_desk.reports.styles import BODY, HEADING, NOTE, SMALL, TITLE
from okr_desk.reports.text import fit_size
from okr_desk.terms import label

INDENT = 2
"""Characters by which the first line of a part is set in."""


def blocks(fonts: Fonts, one: RegisterPaper) -> Sequence[Block]:
    """Every case on a page of its own."""
    found: list[Block] = []
    for place, case in enumerate(one.cases):
        if place:
            found.append(NewPage(case.title))
        found += _page(fonts, one, case)
    return found


def _page(fonts: Fonts, one: RegisterPaper, case: CaseView) -> list[Block]:
    width = A4_PORTRAIT.area_width
    style = TITLE.smaller(fit_size(fonts, case.title, width, TITLE, 13))
    about = _("{org}　急难愁盼典型案例　{day}").format(org=one.org.full_name, day=case.written_on.isoformat())
    found: list[Block] = [
        paragraph(fonts, case.title, style, width, align="centre", keep=True),
        Lines((about,), SMALL.smaller(9), width, "centre", keep=True),
    ]
    demand, answer = case.demand, case.demand.answer
    said = _("诉求 {label}：{what}（{who}，{source}，{day} 提出）").format(
        label=demand.label,
        what=demand.what,
        who=demand.who,
        source=label(demand.source),
        day=demand.raised_on.isoformat(),
    )
    found.append(paragraph(fonts, said, NOTE, width, before=8))
    if answer is not None:
        sure = _("群众确认：{answer}，{way}，{day}").format(
            answer=label(answer.action), way=label(answer.way) if answer.way else "", day=answer.on.isoformat()
        )
        found.append(paragraph(fonts, sure, NOTE, width))
    for name, text in (
        (_("一、背景"), case.background),
        (_("二、做法"), case.practice),
        (_("三、成效"), case.effect),
        (_("四、群众评价"), case.opinion),
    ):
        found.append(paragraph(fonts, name, HEADING, width, before=9, keep=True))
        found += [paragraph(fonts, "　" * INDENT + line, BODY, width) for line in text.splitlines() if line.strip()]
    return [*found, _signed(one, case, width)]


def _signed(one: RegisterPaper, case: CaseView, width: float) -> Signatures:
    date_ = _("年　　月　　日")
    who = _("书记（{name}）签名：").format(name=one.org.secretary) if one.org.secretary else _("书记签名：")
    review = case.review
    word, when = _("复核人签名："), date_
    name = _("镇党建办复核意见")
    if review is not None:
        said = _("有效") if review.is_valid else _("无效")
        name = _("镇党建办复核意见：{said}").format(said=f"{said} {review.note}".strip())
        when = review.on.isoformat()
    return Signatures(
        left=(Opinion(_("支部"), ((who, date_),)),),
        right=(Opinion(name, ((word, when),)),),
        width=width,
        before=14,
    )


def render(
    papers: Sequence[RegisterPaper],
    path: Path,
    *,
    printed_at: datetime,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
    bundled_fonts: bool = False,
    font_folders: Sequence[Path] | None = None,
) -> Printed:
    """All branches in one PDF; `printed_at` is an instant. Raises Cancelled and FileRefused."""
    return render_papers(
        papers,
        path,
        _("急难愁盼典型案例"),
        blocks,
        printed_at=printed_at,
        progress=progress,
        cancelled=cancelled,
        bundled_fonts=bundled_fonts,
        font_folders=font_folders,
        paper=A4_PORTRAIT,
    )


def render_each(
    papers: Sequence[RegisterPaper],
    folder: Path,
    *,
    printed_at: datetime,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
    bundled_fonts: bool = False,
    font_folders: Sequence[Path] | None = None,
) -> list[Printed]:
    """One PDF a branch in `folder`. Cancelling keeps the files that are whole."""
    more = {"printed_at": printed_at, "bundled_fonts": bundled_fonts, "font_folders": font_folders}
    return each(papers, folder, _("急难愁盼典型案例"), render, progress, cancelled, **more)

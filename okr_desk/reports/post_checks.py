"""党员先锋岗考评表 of a branch: the register with the quarter's result, and which sign should come down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from okr_desk.i18n import _
from okr_desk.queries.posts import PostView
from okr_desk.queries.register_papers import RegisterPaper
from okr_desk.register_terms import PostResult
from okr_desk.reports.document import Progress, Stop
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.lights import SHAPES
from okr_desk.reports.outcome import Printed
from okr_desk.reports.pages import A4_LANDSCAPE, Block
from okr_desk.reports.register_sheet import List, each, head, listed, notes, render_papers, signed
from okr_desk.reports.table import Cell
from okr_desk.terms import Status, label

WIDTHS = (9, 30, 28, 18, 46, 21, 22, 18, 33)
"""序号 岗位 地点 责任党员 承诺 挂牌 本季考评 考评人 说明: 225 mm."""
LIGHTS = {PostResult.MET: Status.DONE, PostResult.BASIC: Status.WATCH, PostResult.MISSED: Status.BEHIND}


def blocks(fonts: Fonts, one: RegisterPaper) -> Sequence[Block]:
    """The sheet of a branch; a post that was not checked has room to write."""
    width = A4_LANDSCAPE.area_width
    heads = (
        _("序号"), _("岗位"), _("地点"), _("责任党员"), _("承诺"), _("挂牌日期"), _("本季考评"), _("考评人"), _("说明"),
    )  # fmt: skip
    rows = [_cells(one, post, number) for number, post in enumerate(one.posts, start=1)]
    results = [check.result for post in one.posts if (check := post.check(one.quarter.id)) is not None]
    said = [
        _(
            "本季考评 {n} 个：达标 {met} 个、基本达标 {basic} 个、不达标 {missed} 个；未考评 {left} 个，不计入达标率。"
        ).format(
            n=len(results),
            met=results.count(PostResult.MET),
            basic=results.count(PostResult.BASIC),
            missed=results.count(PostResult.MISSED),
            left=len(one.posts) - len(results),
        ),
        _("连续两次不达标的建议摘牌，由支部或镇党建办决定并写明原因。"),
    ]
    down = [post.name for post in one.posts if post.proposes_takedown(one.day)]
    if down:
        said.append(_("建议摘牌：{names}。").format(names=_("、").join(down)))
    return [
        *head(fonts, one, _("党员先锋岗考评表"), width),
        *listed(fonts, List(WIDTHS, heads, rows, _("没有党员先锋岗。"))),
        *notes(fonts, said, width),
        *signed(fonts, one, width),
    ]


def _cells(one: RegisterPaper, post: PostView, number: int) -> list[Cell]:
    check = post.check(one.quarter.id)
    blank = "\n".join(f"□ {label(result)}" for result in PostResult)
    result = blank if check is None else f"{SHAPES[LIGHTS[check.result]]} {label(check.result)}"
    note = "" if check is None else check.note
    if post.down_on is not None:
        gone = _("{day} 摘牌：{cause}").format(day=post.down_on.isoformat(), cause=post.cause)
        note = "\n".join(part for part in (note, gone) if part)
    return [
        Cell(str(number), "centre"),
        Cell(post.name),
        Cell(post.place),
        Cell(post.holder, "centre"),
        Cell(post.promise),
        Cell(post.hung_on.isoformat(), "centre"),
        Cell(result, "centre" if check is not None else "left"),
        Cell("" if check is None else check.checked_by, "centre"),
        Cell(note),
    ]


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
        _("党员先锋岗考评表"),
        blocks,
        printed_at=printed_at,
        progress=progress,
        cancelled=cancelled,
        bundled_fonts=bundled_fonts,
        font_folders=font_folders,
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
    return each(papers, folder, _("党员先锋岗考评表"), render, progress, cancelled, **more)

"""重点项目节点表 of a branch: each node with its plan, what it was before, the real day, and the strip of the year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from okr_desk.i18n import _
from okr_desk.queries import project_counts
from okr_desk.queries.project_counts import NodeTally
from okr_desk.queries.projects import NodeView, ProjectView
from okr_desk.queries.register_papers import RegisterPaper
from okr_desk.register_terms import NodeState
from okr_desk.reports.document import Progress, Stop
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.lights import SHAPES
from okr_desk.reports.outcome import Printed
from okr_desk.reports.pages import A4_LANDSCAPE, MM, Block, Pen
from okr_desk.reports.register_sheet import List, each, head, listed, notes, render_papers, signed
from okr_desk.reports.table import Cell, Paint
from okr_desk.scoring.rounding import plain
from okr_desk.terms import Status, label

WIDTHS = (9, 36, 17, 32, 12, 22, 22, 22, 31, 22)
"""序号 项目 牵头人 节点 权重 计划 原计划 完成 全年进度 状态: 225 mm."""
LIGHTS = {
    NodeState.DONE: Status.DONE,
    NodeState.LATE: Status.WATCH,
    NodeState.SOON: Status.WATCH,
    NodeState.OVERDUE: Status.BEHIND,
    NodeState.COMING: Status.NOT_STARTED,
}


def blocks(fonts: Fonts, one: RegisterPaper) -> Sequence[Block]:
    """The sheet of a branch."""
    width = A4_LANDSCAPE.area_width
    title = _("重点项目节点表")
    rows = [
        cells
        for number, project in enumerate(one.projects, start=1)
        for place, node in enumerate(project.nodes)
        if (cells := _cells(one, project, node, number if place == 0 else None))
    ]
    heads = (
        _("序号"), _("项目和目标"), _("牵头人"), _("节点"), _("权重"), _("计划"), _("原计划"), _("完成"),
        _("全年进度"), _("状态"),
    )  # fmt: skip
    tally = _tally(one)
    said = [_("进度栏：空框为计划，黑框为实际完成，粗线为相差的时间（逾期未完成的到本表日期），短竖线为季度分界。")]
    if tally.due:
        words = _("年初至本季末应完成节点 {due} 个，已完成 {done} 个，其中逾期完成 {late} 个；按权重完成率 {rate}%。")
        rate = plain(tally.rate, 1)
        said.insert(0, words.format(due=tally.due, done=tally.done, late=tally.late, rate=rate))
    moved = _("{project}“{node}”由 {before} 调整为 {after}：{reason}")
    said += [
        moved.format(project=project.name, node=node.name, before=move.before, after=move.after, reason=move.reason)
        for project in one.projects
        for node in project.nodes
        for move in node.moves
    ]
    return [
        *head(fonts, one, title, width, _("截至 {day}").format(day=one.day.isoformat())),
        *listed(fonts, List(WIDTHS, heads, rows, _("本年没有登记重点项目。"))),
        *notes(fonts, said, width),
        *signed(fonts, one, width),
    ]


def _tally(one: RegisterPaper) -> NodeTally:
    return project_counts.tally([node for project in one.projects for node in project.nodes], one.quarter.ends_on)


def _cells(one: RegisterPaper, project: ProjectView, node: NodeView, number: int | None) -> list[Cell]:
    state = node.state(one.day)
    is_first = number is not None
    about = _("{name}：{goal}").format(name=project.name, goal=project.goal) if is_first else ""
    moved = node.first_planned_on != node.planned_on
    return [
        Cell(str(number) if is_first else "", "centre"),
        Cell(about),
        Cell(project.lead if is_first else "", "centre"),
        Cell(node.name),
        Cell(plain(node.weight), "centre"),
        Cell(node.planned_on.isoformat(), "centre"),
        Cell(node.first_planned_on.isoformat() if moved else "", "centre"),
        Cell("" if node.done_on is None else node.done_on.isoformat(), "centre"),
        Cell(paint=_strip(one, project.year, node)),
        Cell(f"{SHAPES[LIGHTS[state]]} {label(state)}", "centre"),
    ]


def _strip(one: RegisterPaper, year: int, node: NodeView) -> Paint:
    """The year as a line with its quarters, the plan as an empty box, a thick line to the real day."""

    def paint(pen: Pen, left: float, top: float, width: float, height: float) -> None:
        inner, start, middle = width - 4 * MM, left + 2 * MM, top - height / 2
        pen.rule(start, middle, start + inner, middle, 0.4)
        for month in range(0, 13, 3):
            x = start + inner * month / 12
            pen.rule(x, middle - 1.2 * MM, x, middle + 1.2 * MM, 0.4)

        def place(day: date) -> float:
            share = (day - date(year, 1, 1)).days / 365
            return start + inner * min(1.0, max(0.0, share))

        planned = place(node.planned_on)
        end = node.done_on or (one.day if node.state(one.day) is NodeState.OVERDUE else None)
        if end is not None:
            pen.rule(planned, middle, place(end), middle, 2.2)
        pen.tint(planned - 0.9 * MM, middle - 0.9 * MM, 1.8 * MM, 1.8 * MM, 1.0)
        pen.box(planned - 0.9 * MM, middle - 0.9 * MM, 1.8 * MM, 1.8 * MM)
        if node.done_on is not None:  # last, so that a few days' difference does not hide it behind the plan
            pen.tint(place(node.done_on) - 0.6 * MM, middle - 0.6 * MM, 1.2 * MM, 1.2 * MM, 0.0)

    return paint


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
        _("重点项目节点表"),
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
    return each(papers, folder, _("重点项目节点表"), render, progress, cancelled, **more)

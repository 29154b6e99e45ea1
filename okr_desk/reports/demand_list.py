"""急难愁盼清单 of a branch: from the demand to the resident's own word; names stand masked as they are kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from okr_desk.i18n import _
from okr_desk.queries.demands import DemandView
from okr_desk.queries.register_papers import RegisterPaper
from okr_desk.register_terms import DemandAction, DemandState
from okr_desk.reports.document import Progress, Stop
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.outcome import Printed
from okr_desk.reports.pages import A4_LANDSCAPE, Block
from okr_desk.reports.register_sheet import List, each, head, listed, notes, render_papers, signed
from okr_desk.reports.table import Cell
from okr_desk.terms import label

WIDTHS = (18, 20, 18, 15, 48, 16, 20, 40, 30)
"""编号 提出 来源 诉求人 诉求事项 责任人 承诺办结 办理结果 群众确认: 225 mm."""


def blocks(fonts: Fonts, one: RegisterPaper) -> Sequence[Block]:
    """The sheet of a branch."""
    width = A4_LANDSCAPE.area_width
    heads = (
        _("编号"), _("提出日期"), _("来源"), _("诉求人"), _("诉求事项"), _("责任人"), _("承诺办结"), _("办理结果"),
        _("群众确认"),
    )  # fmt: skip
    quarter = one.quarter
    due = [demand for demand in one.demands if quarter.starts_on <= demand.promised_on <= quarter.ends_on]
    sure = sum(demand.state_on(quarter.ends_on) is DemandState.CONFIRMED for demand in due)
    put_off = [
        _("{label} 由 {before} 延期到 {after}：{reason}。").format(
            label=demand.label, before=move.before.isoformat(), after=move.after.isoformat(), reason=move.reason
        )
        for demand in one.demands
        for move in demand.postponed
    ]
    said = (
        _("承诺办结日在本季的 {due} 件，到季末群众本人确认满意 {n} 件。").format(due=len(due), n=sure),
        _("办结以群众本人确认为准，签认的附签认单；诉求人只印姓氏。"),
        *put_off,
    )
    return [
        *head(fonts, one, _("急难愁盼清单"), width, _("截至 {day}").format(day=one.day.isoformat())),
        *listed(fonts, List(WIDTHS, heads, [_cells(demand) for demand in one.demands], _("没有登记群众诉求。"))),
        *notes(fonts, said, width),
        *signed(fonts, one, width),
    ]


def _cells(one: DemandView) -> list[Cell]:
    return [
        Cell(one.label, "centre"),
        Cell(one.raised_on.isoformat(), "centre"),
        Cell(label(one.source), "centre"),
        Cell(one.who, "centre"),
        Cell(one.what),
        Cell(one.owner, "centre"),
        Cell(_promised(one), "centre"),
        Cell(_result(one)),
        Cell(_answer(one)),
    ]


def _promised(one: DemandView) -> str:
    """The day that counts, with the one that was promised at first."""
    day = one.promised_on.isoformat()
    return day if not one.postponed else day + "\n" + _("原 {day}").format(day=one.first_promised_on.isoformat())


def _result(one: DemandView) -> str:
    """What was done and when; otherwise where it stands."""
    step = one.last(DemandAction.CANNOT) if one.state is DemandState.CANNOT else one.done
    if step is None:
        return label(one.state)
    return _("{day} {action}：{note}").format(day=step.on.isoformat(), action=label(step.action), note=step.note)


def _answer(one: DemandView) -> str:
    """The resident's last word, how and when."""
    step = one.answer
    if step is None:
        return ""
    way = label(step.way) if step.way else ""
    said = _("{day} {answer}（{way}）").format(day=step.on.isoformat(), answer=label(step.action), way=way)
    return said if step.action is DemandAction.SATISFIED else "\n".join(part for part in (said, step.note) if part)


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
        _("急难愁盼清单"),
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
    return each(papers, folder, _("急难愁盼清单"), render, progress, cancelled, **more)

"""共建三张清单 of a branch: partners of 1＋3＋N, then needs, resources and the projects made of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from okr_desk.i18n import _
from okr_desk.queries.partners import ItemView
from okr_desk.queries.register_papers import RegisterPaper
from okr_desk.register_terms import PartnerList
from okr_desk.reports.document import Progress, Stop
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.outcome import Printed
from okr_desk.reports.pages import A4_LANDSCAPE, Block
from okr_desk.reports.register_sheet import List, each, head, listed, render_papers, signed
from okr_desk.reports.table import Cell
from okr_desk.rules.masking import masked
from okr_desk.terms import label

UNITS_MM = (12, 90, 50, 40, 33)
NEEDS_MM = (12, 113, 60, 40)
OFFERS_MM = (12, 93, 60, 30, 30)
PROJECTS_MM = (12, 46, 36, 40, 21, 21, 21, 28)
"""Each list is 225 mm wide."""


def blocks(fonts: Fonts, one: RegisterPaper) -> Sequence[Block]:
    """The sheet of a branch: who takes part, and the three lists under each other."""
    width = A4_LANDSCAPE.area_width
    here = [unit for unit in one.partners if unit.ended_on is None or unit.ended_on >= one.quarter.starts_on]
    units = [
        [
            Cell(str(number), "centre"),
            Cell(unit.name),
            Cell(label(unit.role), "centre"),
            Cell(masked(unit.contact), "centre"),
            Cell(unit.since.isoformat(), "centre"),
        ]
        for number, unit in enumerate(here, start=1)
    ]
    unit_heads = (_("序号"), _("共建单位"), _("角色"), _("联系人"), _("加入日期"))
    return [
        *head(fonts, one, _("共建三张清单"), width, _("截至 {day}").format(day=one.day.isoformat())),
        *listed(fonts, List(UNITS_MM, unit_heads, units, _("没有共建单位。"), _("一、共建单位（1＋3＋N）"))),
        *listed(fonts, _needs(one)),
        *listed(fonts, _offers(one)),
        *listed(fonts, _projects(one)),
        *signed(fonts, one, width),
    ]


def _of(one: RegisterPaper, kind: PartnerList) -> list[tuple[int, ItemView]]:
    return list(enumerate((item for item in one.items if item.kind is kind), start=1))


def _needs(one: RegisterPaper) -> List:
    rows = [
        [Cell(str(n), "centre"), Cell(item.text), Cell(item.agreed_on.isoformat(), "centre"), _matched(item)]
        for n, item in _of(one, PartnerList.NEED)
    ]
    heads = (_("序号"), _("需求"), _("列入日期"), _("对接情况"))
    return List(NEEDS_MM, heads, rows, _("没有列入需求。"), _("二、需求清单"))


def _offers(one: RegisterPaper) -> List:
    rows = [
        [
            Cell(str(n), "centre"),
            Cell(item.text),
            Cell(item.partner),
            Cell(item.agreed_on.isoformat(), "centre"),
            _matched(item),
        ]
        for n, item in _of(one, PartnerList.RESOURCE)
    ]
    heads = (_("序号"), _("资源"), _("共建单位"), _("列入日期"), _("对接情况"))
    return List(OFFERS_MM, heads, rows, _("没有列入资源。"), _("三、资源清单"))


def _projects(one: RegisterPaper) -> List:
    rows = []
    for n, item in _of(one, PartnerList.PROJECT):
        state = item.state(one.day)
        result = item.result if item.done_on is not None else ("" if state is None else label(state))
        rows.append(
            [
                Cell(str(n), "centre"),
                Cell(item.text),
                Cell(item.partner),
                Cell(_("{need}／{resource}").format(need=item.need, resource=item.resource)),
                Cell(item.agreed_on.isoformat(), "centre"),
                Cell("" if item.planned_on is None else item.planned_on.isoformat(), "centre"),
                Cell("" if item.done_on is None else item.done_on.isoformat(), "centre"),
                Cell(result),
            ]
        )
    heads = (
        _("序号"), _("项目"), _("共建单位"), _("需求／资源"), _("商定"), _("计划完成"), _("完成"), _("成效或状态"),
    )  # fmt: skip
    return List(PROJECTS_MM, heads, rows, _("还没有对接成项目。"), _("四、项目清单"))


def _matched(item: ItemView) -> Cell:
    return Cell(_("待对接") if item.project_id is None else _("已对接"), "centre")


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
        _("共建三张清单"),
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
    return each(papers, folder, _("共建三张清单"), render, progress, cancelled, **more)

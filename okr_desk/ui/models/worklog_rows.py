"""The working paper as rows of tables: entries, days, branches by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from okr_desk.charts.worklog import gained
from okr_desk.i18n import _
from okr_desk.queries.worklog import EntryView
from okr_desk.queries.worklog_days import Accrual, DayStep
from okr_desk.queries.worklog_matrix import Matrix, MatrixRow, MonthCell
from okr_desk.scoring.rounding import plain
from okr_desk.terms import EntryBasis, label
from okr_desk.ui.models.rows import Column

LISTED = 3
"""Codes that a cell of the matrix names before it says how many more there are."""


@dataclass(frozen=True)
class DayRow:
    """One day of one indicator, with what was done on it."""

    of: Accrual
    step: DayStep
    done: str


def entry_columns() -> tuple[Column, ...]:
    """The columns of the list; the search finds what, who, result and place by characters, pinyin and initials."""
    return (
        Column(_("日期"), lambda row: row.done_on.isoformat(), sort=lambda row: (row.done_on, row.id), width=7),
        Column(_("类别"), lambda row: row.kind.name, width=7),
        Column(
            _("做了什么"), lambda row: row.what, keys=lambda row: row.search_keys, tooltip=_whole, width=14,
            stretch=True,
        ),
        Column(
            _("数量"), lambda row: row.figures, sort=lambda row: row.amount, tooltip=lambda row: row.figures, width=8
        ),
        Column(_("谁做的"), lambda row: row.who, tooltip=lambda row: row.who, width=6),
        Column(_("结果"), lambda row: row.result, tooltip=lambda row: row.result, width=9),
        Column(_("计入"), lambda row: row.fed, tooltip=_fed, width=5),
        Column(_("材料"), _evidence, tooltip=_evidence_why, width=4.5),
        Column(_("状态"), state, tooltip=_state_why, width=5),
        Column(_("录入"), _entered, width=6, hidden=True),
        Column(_("地点"), lambda row: row.place, width=6, hidden=True),
    )  # fmt: skip


def state(row: EntryView) -> str:
    """补报, 更正 of an older one, 已撤回; empty for a plain one."""
    if not row.stands:
        return _("已撤回")
    if row.corrects_id is not None:
        return _("更正")
    return _("补报") if row.is_late else ""


def day_columns() -> tuple[Column, ...]:
    """The columns of the days."""
    return (
        Column(_("日期"), lambda row: row.step.day.isoformat(), width=7),
        Column(_("指标"), lambda row: row.of.title, tooltip=lambda row: row.of.title, width=12.5),
        Column(_("当天做了什么"), lambda row: row.done, tooltip=lambda row: row.done, width=14, stretch=True),
        Column(_("累计"), lambda row: plain(row.step.value, max(row.of.decimals, 1)), sort=lambda row: row.step.value,
               look="number", width=5),
        Column(_("单位"), lambda row: row.of.unit, width=3),
        Column(_("得分"), lambda row: "" if row.step.points is None else plain(row.step.points, 2),
               sort=lambda row: row.step.points, look="number", width=4),
        Column(_("当天增加"), lambda row: gained(row.step), sort=lambda row: row.step.gained, look="number", width=5),
    )  # fmt: skip


def day_rows(of: Sequence[Accrual], entries: Sequence[EntryView]) -> list[DayRow]:
    """Every day on which an indicator moved, the newest first."""
    by_id = {entry.id: entry for entry in entries}
    found = [
        DayRow(one, step, _("；").join(by_id[key].what for key in step.entry_ids if key in by_id))
        for one in of
        for step in one.steps
    ]
    return sorted(found, key=lambda row: (row.step.day, row.of.code), reverse=True)


def matrix_columns(shown: Matrix | None) -> tuple[Column, ...]:
    """A column a month. No column of numbers sorts: how many entries a branch has is no merit."""
    places = {row.org.id: place for place, row in enumerate(shown.rows)} if shown else {}
    months = shown.months if shown else ()
    return (
        Column(_("党支部"), lambda row: row.org.short_name, keys=lambda row: row.org.search_keys,
               sort=lambda row: places.get(row.org.id, 0), width=10),
        *(
            Column(_("{n}月").format(n=day.month), _month_text(number), tooltip=_month_tip(number),
                   sort=lambda row: places.get(row.org.id, 0), width=12)
            for number, day in enumerate(months)
        ),
        Column(_("本季计入的指标和关键结果"), lambda row: "、".join(row.codes),
               sort=lambda row: places.get(row.org.id, 0), width=12, stretch=True),
        Column(_("材料"), lambda row: _("{n} 件缺失").format(n=row.lost) if row.lost else "",
               sort=lambda row: row.lost, width=5),
    )  # fmt: skip


def cell_text(cell: MonthCell) -> str:
    """How many entries, and what they feed: 3 条 · F27、F36."""
    if not cell.entries:
        return "—"
    said = _("{n} 条").format(n=cell.entries)
    more = _("等 {n} 项").format(n=len(cell.codes)) if len(cell.codes) > LISTED else ""
    codes = "、".join(cell.codes[:LISTED]) + more
    return f"{said} · {codes}" if codes else said


def _month_text(number: int):  # type: ignore[no-untyped-def]
    return lambda row: cell_text(row.cells[number])


def _month_tip(number: int):  # type: ignore[no-untyped-def]
    def told(row: MatrixRow) -> str:
        cell = row.cells[number]
        lines = [_("{kind} {n} 条").format(kind=name, n=count) for name, count in cell.kinds]
        return "\n".join([*lines, *([_("其中补报 {n} 条").format(n=cell.late)] if cell.late else [])])

    return told


def _whole(row: EntryView) -> str:
    return "\n".join(part for part in (row.what, row.result, row.place) if part)


def _fed(row: EntryView) -> str:
    return "\n".join(feed.title for feed in row.feeds)


def _evidence(row: EntryView) -> str:
    faults = [piece.fault for piece in row.evidence if piece.fault]
    if faults:
        return faults[0]
    return _("{n} 件").format(n=len(row.evidence)) if row.evidence else ""


def _evidence_why(row: EntryView) -> str:
    return "\n".join(f"{piece.kept.name} {piece.fault}".strip() for piece in row.evidence)


def _state_why(row: EntryView) -> str:
    if not row.stands:
        said = _("{who} {day} 撤回：{why}")
        return said.format(who=row.withdrawn_by, day=row.withdrawn_on, why=row.withdrawn_reason)
    return _("补报理由：{reason}").format(reason=row.late_reason) if row.late_reason else ""


def _entered(row: EntryView) -> str:
    if row.basis is EntryBasis.OWN:
        return _("{by} {day}").format(by=row.by, day=row.recorded_on)
    said = _("{by} {day} 代录（{who}，{basis}）")
    return said.format(by=row.by, day=row.recorded_on, who=row.reported_by or _("支部"), basis=label(row.basis))

"""The table of key results on the review sheet: objectives, and under each its key results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from okr_desk.charts import bars
from okr_desk.charts.objectives import number_of
from okr_desk.i18n import _
from okr_desk.queries import review_figures, wording
from okr_desk.queries.objectives import KeyResultView, ObjectiveView, ReadingView
from okr_desk.queries.reviews import ReviewSheet
from okr_desk.reports import table
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.lights import light
from okr_desk.reports.pages import MM, Block, Pen
from okr_desk.reports.styles import SMALL, STRONG, TABLE, TABLE_HEAD
from okr_desk.reports.table import Cell
from okr_desk.scoring.rounding import percent, plain
from okr_desk.terms import ApprovalState, EntryBasis, KrKind, Nature, label

COLUMNS_MM = (8, 12, 44, 11, 13, 14, 14, 14, 13, 13)
"""序号 维度 关键结果 单位 基线 年度目标 本季计划 本季实绩 完成度/应达 备注: 156 mm."""
WIDTHS = tuple(column * MM for column in COLUMNS_MM)
_REMARK_CHARACTERS = 4
"""What one line of the column holds."""
_BAR_HEIGHT = 4.2
_BAR_ROOM = 6.4


@dataclass(frozen=True)
class Remarks:
    """Numbered notes under the table, for what a 13 mm column cannot hold."""

    notes: list[str]

    def add(self, kr: KeyResultView, said: str) -> str:
        """Keep `said` as a note and return what stands in the column."""
        number = len(self.notes) + 1
        self.notes.append(_("注{n}（{kr}）：{said}。").format(n=number, kr=number_of(kr), said=said))
        return _("注{n}").format(n=number)


def rows(fonts: Fonts, sheet: ReviewSheet, remarks: Remarks) -> list[Block]:
    """The table's rows, head first; `remarks` receives what goes under the table."""
    head = table.row(fonts, WIDTHS, _head_cells(), TABLE_HEAD, least=26, keep=True, tinted=True)
    key_results = sheet.board.key_results
    axes = _axes(fonts, key_results)
    found: list[Block] = [head]
    for objective in sheet.board.objectives:
        found.append(_objective_row(fonts, objective, head))
        ahead_of_last = len(objective.key_results) - 2
        for place, kr in enumerate(objective.key_results):
            cells = _kr_cells(kr, axes, remarks)
            tied = place == ahead_of_last  # no single last row on a new page
            found.append(table.row(fonts, WIDTHS, cells, TABLE, least=8 * MM, keep=tied, head=(head,)))
    if not sheet.board.objectives:
        empty = (Cell(_("本季没有已批准的目标与关键结果。"), "centre", span=len(WIDTHS)),)
        found.append(table.row(fonts, WIDTHS, empty, TABLE, least=10 * MM))
    return found


def share(progress: Decimal | None) -> str:
    """A mean of progress; where nothing was reported it says so and is neither blank nor 0."""
    return _("未报") if progress is None else percent(progress)


def centred(texts: Sequence[str]) -> tuple[Cell, ...]:
    """A cell in the middle for each text."""
    return tuple(Cell(text, "centre") for text in texts)


def _head_cells() -> tuple[Cell, ...]:
    return centred(
        (
            _("序号"),
            _("维度"),
            _("关键结果"),
            _("单位"),
            _("基线"),
            _("年度\n目标"),
            _("本季\n计划"),
            _("本季\n实绩"),
            _("完成度/\n应达%"),
            _("备注"),
        )
    )


def _objective_row(fonts: Fonts, objective: ObjectiveView, head: Block) -> Block:
    """Set off by weight, not by fill: a copier keeps bold."""
    text = _("{code}　{title}（权重{weight}）").format(
        code=objective.code, title=objective.title, weight=plain(objective.weight)
    )
    if objective.aligned_code:
        text += _("〔对应镇级 {code}〕").format(code=objective.aligned_code)
    if objective.state is ApprovalState.STOPPED:
        text += _("〔已中止〕")
    reached = _("完成度 {share}").format(share=share(objective.rollup.progress))
    cells = (Cell(text, span=8), Cell(reached, "centre", span=2, key=review_figures.of_objective(objective.id)))
    return table.row(fonts, WIDTHS, cells, STRONG, least=6.2 * MM, keep=True, head=(head,))


def _kr_cells(kr: KeyResultView, axes: Sequence[float], remarks: Remarks) -> tuple[Cell, ...]:
    amounts = _amounts(kr)
    return (
        Cell(number_of(kr), "centre"),
        Cell(label(kr.dimension), "centre", SMALL.smaller(8)),
        Cell(_title(kr)),
        Cell(kr.unit or "—", "centre", None if len(kr.unit) < 3 else SMALL),
        *(_amount_cell(text, axis) for text, axis in zip(amounts[:-1], axes[:-1], strict=True)),
        replace(_amount_cell(amounts[-1], axes[-1]), key=_key(kr)),
        replace(_progress_cell(kr), key=_key(kr)),
        Cell(_remark(kr, remarks), "centre", SMALL),
    )


def _key(kr: KeyResultView) -> str:
    """Value and progress of a key result have one explanation; what does not apply has none."""
    return review_figures.of_key_result(kr.id) if kr.applies else ""


def _title(kr: KeyResultView) -> str:
    text = kr.title
    if kr.nature is Nature.ASPIRATIONAL:
        text += _("〔{nature}〕").format(nature=label(kr.nature))
    return text + _("（{weight}）").format(weight=plain(kr.weight))


def _amounts(kr: KeyResultView) -> tuple[str, str, str, str]:
    """Baseline, target, plan and value as printed; what is missing says so and is never blank or 0."""
    if not kr.applies and not kr.is_stopped:
        return "—", "—", "—", _("不适用")
    has_line = kr.kind in (KrKind.METRIC, KrKind.SATISFACTION, KrKind.GUARD_RAIL)
    baseline = plain(kr.baseline) if kr.baseline is not None else (_("未建立") if has_line else "—")
    return (
        baseline,
        wording.target_text(kr) or _("未定"),
        wording.plan_text(kr) or "—",
        _("中止") if kr.is_stopped else wording.value_text(kr) or _("未报"),
    )


def _amount_cell(text: str, axis: float) -> Cell:
    if table.is_number(text):
        return Cell(text, "decimal", axis=axis)
    return Cell(text, "centre", TABLE if len(text) < 5 else SMALL)


def _axes(fonts: Fonts, key_results: Sequence[KeyResultView]) -> tuple[float, ...]:
    """Decimal points of the four columns of amounts."""
    columns: list[tuple[str, ...]] = list(zip(*(_amounts(kr) for kr in key_results), strict=True))
    if not columns:
        return (0.0, 0.0, 0.0, 0.0)
    widths = WIDTHS[4:8]
    return tuple(table.decimal_axis(fonts, column, TABLE, width) for column, width in zip(columns, widths, strict=True))


def _progress_cell(kr: KeyResultView) -> Cell:
    """Progress over expected, the bar with its pace mark below; unreported is a word and a hollow bar."""
    if not kr.applies:
        return Cell("—", "centre")
    reached = _("未报") if kr.progress.raw is None else _bare(kr.progress.raw)
    text = f"{reached}/{_bare(kr.pace.expected)}"

    def paint(pen: Pen, left: float, top: float, width: float, height: float) -> None:
        _paint_bar(pen, left, top - height, width, kr.progress.raw, kr.pace.expected)

    return Cell(text, "centre", TABLE.smaller(8.5), paint=paint, reserve=_BAR_ROOM)


def _bare(share: Decimal | None) -> str:
    """A percentage whose sign stands in the head of the column."""
    return percent(share).removesuffix("%")


def _paint_bar(
    pen: Pen, left: float, bottom: float, width: float, raw: Decimal | None, expected: Decimal | None
) -> None:
    inset = 2.5
    shape = bars.bar(raw, expected, width - 2 * inset, _BAR_HEIGHT, 1)
    x, y = left + inset, bottom + 2.2
    if shape.fill is not None:
        pen.tint(x, y + shape.fill.y, shape.fill.width, shape.fill.height, 0.45)
    pen.box(x, y + shape.track.y, shape.track.width, shape.track.height, 0.3)
    if shape.pace is not None:
        pen.rule(x + shape.pace, y - 0.6, x + shape.pace, y + _BAR_HEIGHT + 0.6, 1.1)


def _remark(kr: KeyResultView, remarks: Remarks) -> str:
    """The light, how the value came in, and where the longer words stand."""
    if kr.is_stopped:
        return remarks.add(kr, _stopped(kr))
    if not kr.applies:
        return ""
    how = []
    reading = kr.current
    if reading is not None and reading.is_late:
        how.append(_("补报"))
    if reading is not None and is_by_proxy(reading):
        how.append(_("代录"))
    said = _said(kr)
    if len(said) > _REMARK_CHARACTERS:
        said = remarks.add(kr, said)
    second = " ".join(part for part in (*how, said) if part)
    return f"{light(kr.pace.status)}\n{second}".rstrip()


def _stopped(kr: KeyResultView) -> str:
    """Since when it does not count any more and why; a value that was stated for the quarter stays readable."""
    said = _("{day}起中止：{reason}").format(day=kr.stopped_on or "", reason=kr.stop_reason.rstrip("。；"))
    value = wording.value_text(kr) if kr.current is not None else ""
    return said + (_("；中止前本季实绩 {value}").format(value=value) if value else "")


def _said(kr: KeyResultView) -> str:
    """Progress, difficulty, and a conflict of values."""
    parts = []
    reading = kr.current
    if reading is not None:
        parts.append(reading.progress_note.strip())
        if reading.difficulty.strip():
            parts.append(_("困难：{text}").format(text=reading.difficulty.strip()))
    if kr.conflict:
        parts.append(kr.conflict)
    return "；".join(part.rstrip("。；") for part in parts if part)


def is_by_proxy(reading: ReadingView) -> bool:
    """Whether the office entered for the branch."""
    return reading.basis not in (None, EntryBasis.OWN)

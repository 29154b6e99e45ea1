"""The lines of a score sheet in a workbook: values and points as numbers, sub-totals as formulas over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from okr_desk.exchange.score_cells import OF_QUARTER, Grid, Pen, cell, lines_of
from okr_desk.i18n import _
from okr_desk.queries import score_forms, score_wording
from okr_desk.queries.score_forms import BlockSum, Entry, Heading, PartSum, ScoreForm
from okr_desk.queries.score_lines import LineScore
from okr_desk.queries.scores import BlockScore
from okr_desk.terms import BlockKind, PointsState, label

_LINE = 15


@dataclass
class BlockCells:
    """Where a block stands: its lines with their rows, and the row of its sub-total."""

    block: BlockScore
    grid: Grid = OF_QUARTER
    lines: list[tuple[LineScore, int]] = field(default_factory=list)
    sum_row: int = 0

    @property
    def counts(self) -> bool:
        """Whether it is part of the full points: a base block of which something applies."""
        return self.block.total is not None and self.block.total.total.maximum > 0

    def scaled(self, column: int, lines: Sequence[int]) -> str:
        """What these rows of a column come to in the block: their sum, or their share of the block's full points."""
        return self._share(summed(column, lines)) if lines else "0"

    def _share(self, amount: str) -> str:
        if self.block.total is None or self.block.total.scale == 1:
            return amount
        full = self.grid.full
        return f"{amount}*{cell(self.sum_row, full)}/{summed(full, self.applicable)}"

    @property
    def applicable(self) -> list[int]:
        """Rows of the lines that are due and apply."""
        return [row for one, row in self.lines if applies(one)]

    @property
    def reported(self) -> list[int]:
        """Rows of the lines that have points."""
        return [row for one, row in self.lines if applies(one) and one.points and one.points.points is not None]


@dataclass
class Lines:
    """All blocks of a sheet with their cells, in order."""

    blocks: list[BlockCells] = field(default_factory=list)

    def of(self, block: BlockScore) -> BlockCells:
        """The cells of a block."""
        return next(one for one in self.blocks if one.block is block)

    def follow(self, pen: Pen, part: Heading | Entry | BlockSum | PartSum) -> None:
        """Remember the row in which a part has just been written."""
        row = pen.row - 1
        match part:
            case Heading(block):
                self.blocks.append(BlockCells(block, pen.grid))
            case Entry(_number, score, _block):
                self.blocks[-1].lines.append((score, row))

    @property
    def base(self) -> list[BlockCells]:
        """Those that make the full points."""
        return [one for one in self.blocks if one.counts]

    @property
    def bonus(self) -> list[BlockCells]:
        """Those that stand outside."""
        return [one for one in self.blocks if one.block.block.kind is BlockKind.BONUS]


def applies(one: LineScore) -> bool:
    """Whether a line is due and not outside what the branch does."""
    return one.points is not None and one.points.state is not PointsState.NOT_APPLICABLE


def summed(column: int, rows: Sequence[int]) -> str:
    """SUM over rows of a column: over one stretch where they follow each other, 0 over none."""
    if not rows:
        return "0"
    if len(rows) > 1 and list(rows) == list(range(rows[0], rows[-1] + 1)):
        return f"SUM({cell(rows[0], column)}:{cell(rows[-1], column)})"
    return f"SUM({','.join(cell(row, column) for row in rows)})"


def write_lines(pen: Pen, form: ScoreForm, head: int) -> Lines:
    """Write head, blocks and lines from row `head` on."""
    names = (
        *(_("序号"), _("维度"), _("指标"), _("单位"), _("基线"), _("目标值"), _("实绩")),
        *(_("分值"), _("得分"), _("计分说明")),
    )
    for column, name in enumerate(names):
        pen.put(head, column, name, pen.styles.head)
    found = Lines()
    for part in score_forms.layout(form):
        match part:
            case Heading(block):
                pen.across(pen.row, score_wording.heading(block), pen.styles.strong)
            case Entry(_number, _score, _block):
                _line(pen, form, part)
            case BlockSum(_block, _points):
                block_sum(pen, part, found.blocks[-1], score_wording.block_said(part))
            case PartSum(_name, _total, _blocks):
                part_sum(pen, part, found)
        found.follow(pen, part)
    return found


def _line(pen: Pen, form: ScoreForm, entry: Entry) -> None:
    score, styles, row = entry.score, pen.styles, pen.row
    said = score_wording.said(form, score)
    pen.put(row, 0, Decimal(entry.number), styles.centre)
    pen.put(row, 1, label(score.line.dimension), styles.centre)
    pen.put(row, 2, f"{score.line.code} {score.line.name}", styles.words)
    pen.put(row, 3, score.line.unit or "—", styles.centre)
    pen.put(row, 4, "—" if score.baseline is None else score.baseline, styles.amount)
    pen.put(row, 5, "—" if score.target is None else score.target, styles.amount)
    pen.put(row, 6, score_wording.value(score), styles.amount)
    pen.put(row, pen.grid.full, score_wording.maximum(entry.block, score), styles.amount)
    pen.put(row, pen.grid.points, score_wording.points(score), styles.points)
    explain(pen, row, said, least=2)


def explain(pen: Pen, row: int, said: str, least: int = 1) -> None:
    """The words of the last column, and a row that is high enough for them: `least` lines of text."""
    pen.put(row, pen.grid.last, said, pen.styles.words)
    pen.sheet.set_row(row, _LINE * max(least, lines_of(said, pen.grid.widths[-1] - 2)))


def block_sum(pen: Pen, found: BlockSum, cells: BlockCells, said: str) -> None:
    """The sub-total of a block as formulas over its lines, with what was done besides adding up."""
    row, full_at, points_at = pen.row, pen.grid.full, pen.grid.points
    cells.sum_row = row
    rows = [line for _one, line in cells.lines]
    pen.merged(row, 0, pen.grid.named, _("{name} 小计").format(name=found.block.block.name), pen.styles.sum)
    full, made = score_wording.block_maximum(found.block), score_wording.block_points(found)
    if cells.counts and found.block.total is not None and found.block.total.scale == 1 and cells.applicable == rows:
        pen.formula(row, full_at, "=" + summed(full_at, rows), full, pen.styles.sum)
    else:
        pen.put(row, full_at, full, pen.styles.sum)
    if isinstance(made, str):
        pen.put(row, points_at, made, pen.styles.points)
    else:
        share = cells.scaled(points_at, rows) if cells.counts else summed(points_at, rows)
        pen.formula(row, points_at, "=" + share, made, pen.styles.sum)
    explain(pen, row, said)


def part_sum(pen: Pen, found: PartSum, lines: Lines) -> None:
    """The sum of the blocks of a part."""
    row, full_at, points_at = pen.row, pen.grid.full, pen.grid.points
    rows = [one.sum_row for one in map(lines.of, found.blocks) if one.counts]
    pen.merged(row, 0, pen.grid.named, _("{name} 合计").format(name=found.name), pen.styles.sum)
    pen.formula(row, full_at, "=" + summed(full_at, rows), found.total.maximum, pen.styles.sum)
    if found.total.points is None:
        pen.put(row, points_at, label(found.total.state), pen.styles.points)
    else:
        pen.formula(row, points_at, "=" + summed(points_at, rows), found.total.points, pen.styles.sum)
    pen.put(row, pen.grid.last, score_wording.part_said(found), pen.styles.words)

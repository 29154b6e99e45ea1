"""The score sheet as rows of a table: its lines by block, and the sums set off by weight."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from okr_desk.i18n import _
from okr_desk.queries.schemes import BlockView
from okr_desk.queries.score_forms import BlockSum, points_of
from okr_desk.queries.score_lines import LineScore
from okr_desk.queries.score_sums import dimensions_of_parts
from okr_desk.queries.score_wording import block_said, maximum
from okr_desk.queries.scores import BlockScore, ScoreSheet
from okr_desk.scoring.explained import Explained
from okr_desk.scoring.rounding import plain
from okr_desk.scoring.sheet import Sheet
from okr_desk.terms import BlockKind, Flag, PointsState, label
from okr_desk.ui.models.rows import Column
from okr_desk.ui.models.score_figures import (
    PLACES,
    SHAPE,
    Mark,
    not_due,
    number_mark,
    points_mark,
    room,
    room_for_points,
    sum_mark,
    total_explained,
)

FLAG = 7
"""The column of flags."""


@dataclass(frozen=True)
class SheetRow:
    """A line of the sheet with its `score`, or a sum without one. `why` is the reason in one line."""

    name: str
    mark: Mark
    maximum: Decimal | None
    explained: Explained | None
    why: str = ""
    score: LineScore | None = None

    @property
    def is_sum(self) -> bool:
        """Whether the row is a sum of others."""
        return self.score is None


def rows(sheet: ScoreSheet, away: Mapping[int, str]) -> tuple[SheetRow, ...]:
    """Each block with its subtotal above its lines; below them parts, dimensions, bonus and total.

    `away`: why indicators do not apply, by their id.
    """
    found = [row for block in sheet.blocks for row in _block(sheet.sheet, block, away)]
    if sheet.sheet is not None:
        found += _sums(sheet, sheet.sheet)
    return tuple(found)


def columns() -> tuple[Column, ...]:
    """The columns of a sheet; flags are hidden until a block has them."""
    return (
        Column(_("项目"), lambda row: row.name, sort=_code, width=13.5),
        Column(_("单位"), lambda row: row.score.line.unit if row.score else "", width=4),
        Column(_("基线→目标"), _aim, width=7.4),
        Column(
            _("本季"),
            lambda row: _number(row.score.value) if row.score else "",
            sort=lambda row: row.score.value if row.score else None,
            look="number",
            explained=lambda row: row.explained if row.score and row.score.value is not None else None,
            width=4.8,
        ),
        Column(_("截至·来源"), _origin, tooltip=_origin, width=7.2),
        Column(
            _("得分"),
            lambda row: row.mark.words,
            sort=lambda row: row.mark.value if row.score else None,
            look="points",
            value=lambda row: row.mark,
            explained=lambda row: row.explained,
            spoken=lambda row: f"{row.name} {_('得分')} {row.mark.words}",
            width=room_for_points(),
        ),
        Column(
            _("满分"),
            lambda row: _number(row.maximum),
            sort=lambda row: row.maximum if row.score else None,
            look="number",
            width=4.2,
        ),
        Column(_("亮旗"), _flag, look="flag", value=lambda row: row.score, width=_flag_room(), hidden=True),
        Column(_("怎么算的"), lambda row: row.why, look="why", tooltip=lambda row: row.why, width=8, stretch=True),
    )


def _flag_room() -> float:
    return room(*(label(flag) for flag in Flag)) + SHAPE


def _flag(row: SheetRow) -> str:
    return label(row.score.flag) if row.score and row.score.flag else ""


def _block(made: Sheet | None, block: BlockScore, away: Mapping[int, str]) -> Iterator[SheetRow]:
    view, total = block.block, block.total
    if view.kind is BlockKind.BONUS:
        mark, why, explained = bonus(made, block)
        yield SheetRow(block_name(view), mark, None, explained, why)
    elif total is None:
        yield SheetRow(block_name(view), not_due(), Decimal(0), None, _said(block, None))
    else:
        why = _said(block, total.total.points)
        yield SheetRow(block_name(view), sum_mark(total.total), total.total.maximum, total.explained, why)
    for one in block.lines:
        explained = None if one.points is None else noted(one.points.explained, one.note)
        yield SheetRow(one.line.title, points_mark(one), maximum(block, one), explained, _why(one, away), one)


def bonus(made: Sheet | None, block: BlockScore) -> tuple[Mark, str, Explained | None]:
    """What a bonus block earned and how much of that counts, with the reason; the panel has it whole."""
    earned = points_of(block)
    if made is None or not earned:
        return number_mark(earned), _("在满分之外，各项相加后按上限计入总分。"), None
    words = plain(earned, PLACES)
    if made.bonus != earned:
        words = _("{earned}，计入 {counted}").format(earned=words, counted=plain(made.bonus, PLACES))
    return Mark(words, value=earned), _joined(*made.bonus_steps), Explained(made.bonus, made.bonus_steps)


def noted(found: Explained, note: str) -> Explained:
    """The steps of a line with the note behind them, which the row has no room for."""
    return Explained(found.value, (*found.steps, note)) if note else found


def _why(one: LineScore, away: Mapping[int, str]) -> str:
    """The reason in one line; for what does not apply the reason that was given when that was said."""
    if one.points is not None and one.points.state is PointsState.NOT_APPLICABLE:
        given = away.get(one.line.indicator_id, "").strip()
        return _("不适用：{why}").format(why=given) if given else one.reason
    return one.reason if one.points is None or not one.note else _joined(one.reason, one.note)


def _sums(sheet: ScoreSheet, made: Sheet) -> Iterator[SheetRow]:
    names = {block.block.name for block in sheet.blocks}
    if set(made.parts) - names:
        for name, total in made.parts.items():
            yield SheetRow(_("{name}小计").format(name=name), sum_mark(total), total.maximum, None)
    if not dimensions_of_parts(sheet):
        for dimension, total in made.dimensions.items():
            name = _("{name}小计").format(name=label(dimension))
            yield SheetRow(name, sum_mark(total), total.maximum, None, _("各块中这一维度的项目合计。"))
    if sheet.version is not None and any(block.block.kind is BlockKind.BONUS for block in sheet.blocks):
        yield SheetRow(
            _("加分计入"), number_mark(made.bonus), None, Explained(made.bonus, made.bonus_steps), _cap(sheet)
        )
    yield SheetRow(_("总分"), sum_mark(made.total), made.total.maximum, total_explained(made), _open(made))


def block_name(view: BlockView) -> str:
    """A block with the part that it belongs to."""
    return f"{view.part} · {view.name}" if view.part and view.part != view.name else view.name


def _said(block: BlockScore, points: Decimal | None) -> str:
    """How the block was summed where that is more than adding up the column, as on paper but in one line."""
    said = block_said(BlockSum(block, points))
    return _joined(*said.split("\n")) if said else ""


def _joined(*sentences: str) -> str:
    """Sentences in one line, one full stop at the end."""
    *before, last = sentences
    return _("；").join((*(one.removesuffix(_("。")) for one in before), last))


def _cap(sheet: ScoreSheet) -> str:
    assert sheet.version is not None
    said = _("上限 {cap} 分，基础得分率达到 {least}% 才计入。")
    return said.format(cap=plain(sheet.version.bonus_cap), least=plain(sheet.version.bonus_from))


def _open(made: Sheet) -> str:
    if made.total.reported == made.total.maximum:
        return ""
    said = _("已报部分满分 {reported} 分，未报的 {rest} 分暂不计入。")
    rest = made.total.maximum - made.total.reported
    return said.format(reported=plain(made.total.reported, PLACES), rest=plain(rest, PLACES))


def _aim(row: SheetRow) -> str:
    if row.score is None or (row.score.target is None and not row.score.baseline):
        return ""
    return f"{plain(row.score.baseline)} → {plain(row.score.target)}"


def _origin(row: SheetRow) -> str:
    if row.score is None or row.score.value is None:
        count = len(row.score.events) if row.score else 0
        return _("登记 {n} 笔").format(n=count) if count else ""
    day = f"{row.score.as_of:%m-%d}" if row.score.as_of else ""
    origin = label(row.score.origin) if row.score.origin else ""
    return "·".join(part for part in (day, origin) if part)


def _number(value: Decimal | None) -> str:
    return "" if value is None else plain(value)


def _code(row: SheetRow) -> str | None:
    return row.score.line.code if row.score else None

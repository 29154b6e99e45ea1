"""The points of all branches of a township in a quarter, category by category: what the summary is printed from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.model.reading import Reader
from okr_desk.model.store import today
from okr_desk.queries import letterheads, orgs, policy, scores
from okr_desk.queries.letterheads import digest
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.schemes import BlockView, SchemeView, VersionView
from okr_desk.queries.scores import ScoreSheet
from okr_desk.scoring.blocks import Subtotal
from okr_desk.scoring.rounding import kept, wide, without_dust
from okr_desk.terms import Across, BlockKind, OrgKind

MOST_COLUMNS = 8
"""Columns of points that a sheet across can hold; with more blocks only the parts are shown."""


@dataclass(frozen=True)
class Column:
    """A block or a part with its full points in the quarter; `is_part` where it is the sum of several blocks."""

    name: str
    maximum: Decimal
    is_part: bool = False
    block_id: int | None = None


@dataclass(frozen=True)
class Mean:
    """The mean percent of so many branches."""

    percent: Decimal
    of: int


@dataclass(frozen=True)
class CategoryScores:
    """The branches of a category in the order of the register, never ranked.

    `mean` is None where fewer than `least` branches can be compared. `excess`: quotas that are passed.
    """

    category: str
    scheme: SchemeView
    version: VersionView
    columns: tuple[Column, ...]
    sheets: tuple[ScoreSheet, ...]
    mean: Mean | None
    least: int
    excess: tuple[str, ...]

    @property
    def maximum(self) -> Decimal:
        """Full points of the quarter without the bonus."""
        return sum((_full(block) for block in self.version.blocks if block.kind is BlockKind.BASE), Decimal(0))

    @property
    def has_bonus(self) -> bool:
        """Whether the scheme knows extra points."""
        return any(block.kind is BlockKind.BONUS for block in self.version.blocks)


@dataclass(frozen=True)
class ScoreSummary:
    """The whole township; `unscored` are the categories that have branches and no scheme in force."""

    township: str
    quarter: QuarterView
    categories: tuple[CategoryScores, ...]
    unscored: tuple[str, ...]
    digest: str
    is_demo: bool = False


def township(session: Reader, quarter: QuarterView) -> ScoreSummary:
    """The points of all branches. Raises Refusal where no category has a scheme in force."""
    day = min(today(session), quarter.ends_on)
    of = [org for org in orgs.tree(session, day) if org.kind == OrgKind.BRANCH]
    sheets = scores.sheets(session, quarter, of)
    order = [category.name for category in orgs.categories(session)]
    names = sorted({org.category for org in of}, key=lambda name: order.index(name) if name in order else len(order))
    least = policy.integer(session, "comparison.minimum")
    found = {name: _category(name, [one for one in sheets if one.org.category == name], least) for name in names}
    scored = tuple(one for one in found.values() if one is not None)
    if not scored:
        raise Refusal(
            _("全镇在{quarter}都没有启用的考核方案，没有计分表可印，请先在“考核方案”中启用。").format(
                quarter=quarter.label
            )
        )
    head = letterheads.letterhead(session, quarter)
    unscored = tuple(name or _("未分类") for name, one in found.items() if one is None)
    made = ScoreSummary(head.township, quarter, scored, unscored, "", head.is_demo)
    return replace(made, digest=digest(made))


def points_of(sheet: ScoreSheet, column: Column) -> Subtotal | None:
    """What a branch has in a column; None where nothing of it is due."""
    if column.block_id is None:
        return None if sheet.sheet is None else sheet.sheet.parts.get(column.name)
    block = next((one for one in sheet.blocks if one.block.id == column.block_id), None)
    return None if block is None or block.total is None else block.total.total


def _category(name: str, sheets: Sequence[ScoreSheet], least: int) -> CategoryScores | None:
    first = next((one for one in sheets if one.scheme is not None and one.version is not None), None)
    if first is None or first.scheme is None or first.version is None:
        return None
    return CategoryScores(
        category=name,
        scheme=first.scheme,
        version=first.version,
        columns=tuple(columns_of(first.version)),
        sheets=tuple(sheets),
        mean=mean_of(sheets, least),
        least=least,
        excess=tuple(one.sentence for one in scores.excess(sheets)),
    )


def columns_of(version: VersionView) -> list[Column]:
    """Blocks, each part of several blocks summed behind them; the parts alone where these are too many."""
    base = [block for block in version.blocks if block.kind is BlockKind.BASE]
    parts: dict[str, list[BlockView]] = defaultdict(list)
    for block in base:
        parts[block.part or block.name].append(block)
    found: list[Column] = []
    for block in base:
        found.append(Column(block.name, _full(block), block_id=block.id))
        of_part = parts[block.part or block.name]
        if len(of_part) > 1 and of_part[-1] is block:
            found.append(_part(block.part, of_part))
    return found if len(found) <= MOST_COLUMNS else [_part(name, blocks) for name, blocks in parts.items()]


def _part(name: str, blocks: Sequence[BlockView]) -> Column:
    return Column(name, sum((_full(block) for block in blocks), Decimal(0)), is_part=True)


def _full(block: BlockView) -> Decimal:
    return block.maximum / 4 if block.across is Across.CUMULATIVE else block.maximum


def mean_of(sheets: Sequence[ScoreSheet], least: int) -> Mean | None:
    """The mean percent, each branch counting once; None where fewer than `least` have one.

    A branch to which too little applies to be graded is left out: it is not ranked either.
    """
    graded = (one.grade for one in sheets)
    given = [one.score for one in graded if one is not None and one.grade is not None and one.score is not None]
    if len(given) < least:
        return None
    with wide():
        return Mean(without_dust(kept(sum(given, Decimal(0)) / len(given))), len(given))

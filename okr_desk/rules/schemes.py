"""Schemes as drafts, and everything that keeps one from being scored: each problem with its place and its sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.review_terms import Party
from okr_desk.rules.grades import grading_from
from okr_desk.rules.red_lines import COMMON, check_list
from okr_desk.terms import Across, BlockKind, Dimension, Direction

MANY, TOO_MANY = 40, 50
"""Indicators of one sheet: more than 40 is said, more than 50 is refused (domain 4.3, "不宜太细太繁琐")."""

NAME_LIMIT, PART_LIMIT = 60, 40
ZERO, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)


@dataclass(frozen=True)
class LineDraft:
    """An indicator with its full points and its rule (`scoring.line_rule`).

    `second_id` is the satisfaction beside an activity; without `across` the block says how a year is made.
    """

    indicator_id: int
    maximum: Decimal
    rule: str
    second_id: int | None = None
    across: Across | None = None


@dataclass(frozen=True)
class BlockDraft:
    """Lines that share full points; a bonus stands on top. A cumulative block gives a fourth of them each quarter."""

    name: str
    maximum: Decimal
    lines: tuple[LineDraft, ...] = ()
    part: str = ""
    kind: BlockKind = BlockKind.BASE
    across: Across = Across.AVERAGE
    flags: bool = False


@dataclass(frozen=True)
class SchemeDraft:
    """A version of a scheme as it is worked on, counting from a quarter on; `grades` is read by `rules.grades`.

    `red_lists` are the lists of red lines that count; none: no red line does. `parties` are the weights of several
    parties' scores, 100 in all; none: the office's points alone make the grade.
    """

    name: str
    blocks: tuple[BlockDraft, ...] = ()
    grades: str = "grades"
    bonus_cap: Decimal = Decimal(5)
    bonus_from: Decimal = Decimal(60)
    from_quarter: int = 1
    reason: str = ""
    red_lists: tuple[str, ...] = (COMMON,)
    parties: tuple[tuple[Party, Decimal], ...] = ()

    @property
    def lines(self) -> tuple[LineDraft, ...]:
        """All lines in order."""
        return tuple(line for block in self.blocks for line in block.lines)

    @property
    def maximum(self) -> Decimal:
        """Full points without the bonus."""
        return sum((block.maximum for block in self.blocks if block.kind is BlockKind.BASE), ZERO)


@dataclass(frozen=True)
class Start:
    """From what a next version is made: a preset by its key, another category's scheme, neither: what is in force."""

    preset: str = ""
    scheme_id: int | None = None


IN_FORCE = Start()


@dataclass(frozen=True)
class BranchLine:
    """What a branch starts from and aims at on an indicator."""

    org: str
    baseline: Decimal | None
    target: Decimal | None


@dataclass(frozen=True)
class Known:
    """What the library says of an indicator. Empty `categories`: all.

    `branches` are those of the scheme's category to which it applies, `exempt` how many others it does not apply to.
    """

    code: str
    name: str
    dimension: Dimension
    is_retired: bool
    categories: tuple[str, ...]
    branches: tuple[BranchLine, ...] = ()
    direction: Direction = Direction.UP
    exempt: int = 0


@dataclass(frozen=True)
class Problem:
    """What is wrong and where (positions from 0, None: the scheme or block as a whole); `stops` keeps it from use.

    `orgs` are the branches that it concerns, all of them; `lacks`: because they have no baseline or no target.
    """

    sentence: str
    block: int | None = None
    line: int | None = None
    stops: bool = True
    orgs: tuple[str, ...] = ()
    lacks: bool = False


@dataclass(frozen=True)
class Aims:
    """What a sheet is made of: shares (0..1) of the full points by dimension, and how many indicators."""

    shares: Mapping[Dimension, Decimal]
    indicators: int


def aims(draft: SchemeDraft, known: Mapping[int, Known]) -> Aims:
    """Shares of the three dimensions among the lines of the full points."""
    by: Counter[Dimension] = Counter()
    total = ZERO
    for block in draft.blocks:
        for line in block.lines if block.kind is BlockKind.BASE else ():
            meaning = known.get(line.indicator_id)
            if meaning is not None:
                by[meaning.dimension] += line.maximum  # type: ignore[assignment]
            total += line.maximum
    shares = {dimension: Decimal(by[dimension]) / total if total else ZERO for dimension in Dimension}
    return Aims(shares, len(draft.lines))


def check_draft(draft: SchemeDraft) -> None:
    """Refuse what cannot even be kept as a draft: no name, names too long, points that are no number or negative."""
    for name, limit in ((draft.name, NAME_LIMIT), *((block.name, NAME_LIMIT) for block in draft.blocks)):
        if not name.strip() or len(name.strip()) > limit:
            raise InputRefused(_("名称须填写，不超过 {n} 个字。").format(n=limit), "name")
    amounts = [draft.bonus_cap, draft.bonus_from, *(block.maximum for block in draft.blocks)]
    for amount in (*amounts, *(line.maximum for line in draft.lines)):
        if not amount.is_finite() or amount < 0:
            raise InputRefused(_("分值须是不小于 0 的数，请改正。"), "maximum")
    if draft.from_quarter not in (1, 2, 3, 4):
        raise InputRefused(_("请选择从第几季度起用。"), "from_quarter")
    grading_from(draft.grades)
    for name in draft.red_lists:
        check_list(name)
    check_parties(draft.parties)


def check_parties(parties: Sequence[tuple[Party, Decimal]]) -> None:
    """Refuse weights of parties that are negative, do not make 100, or leave the office's own points out."""
    if not parties:
        return
    if any(not weight.is_finite() or weight < 0 for _party, weight in parties):
        raise InputRefused(_("权重须是不小于 0 的数，请改正。"), "parties")
    total = sum((weight for _party, weight in parties), Decimal(0))
    if total != HUNDRED:
        raise InputRefused(_("多方评分的权重合计应为 100，现在是 {total}。").format(total=f"{total:f}"), "parties")
    if not dict(parties).get(Party.OFFICE):
        raise InputRefused(_("“镇核定”的权重须大于 0，等次以镇核定为主。"), "parties")

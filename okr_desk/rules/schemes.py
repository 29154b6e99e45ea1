"""Schemes as drafts, and everything that keeps one from being scored: each problem with its place and its sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.rules.grades import grading_from
from okr_desk.rules.red_lines import COMMON, check_list
from okr_desk.scoring.blocks import check_sum
from okr_desk.scoring.line_rule import line_rule, needs
from okr_desk.scoring.rounding import plain
from okr_desk.scoring.sheet import LARGE_BONUS
from okr_desk.terms import Across, BlockKind, Dimension, RuleKind

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

    `red_lists` are the lists of red lines that count; none: no red line does.
    """

    name: str
    blocks: tuple[BlockDraft, ...] = ()
    grades: str = "grades"
    bonus_cap: Decimal = Decimal(5)
    bonus_from: Decimal = Decimal(60)
    from_quarter: int = 1
    reason: str = ""
    red_lists: tuple[str, ...] = (COMMON,)

    @property
    def lines(self) -> tuple[LineDraft, ...]:
        """All lines in order."""
        return tuple(line for block in self.blocks for line in block.lines)

    @property
    def maximum(self) -> Decimal:
        """Full points without the bonus."""
        return sum((block.maximum for block in self.blocks if block.kind is BlockKind.BASE), ZERO)


@dataclass(frozen=True)
class BranchLine:
    """What a branch starts from and aims at on an indicator."""

    org: str
    baseline: Decimal | None
    target: Decimal | None


@dataclass(frozen=True)
class Known:
    """What the library says of an indicator. Empty `categories`: all. `branches`: those of the scheme's category."""

    code: str
    name: str
    dimension: Dimension
    is_retired: bool
    categories: tuple[str, ...]
    branches: tuple[BranchLine, ...] = ()


@dataclass(frozen=True)
class Problem:
    """What is wrong and where (positions from 0, None: the scheme or block as a whole); `stops` keeps it from use."""

    sentence: str
    block: int | None = None
    line: int | None = None
    stops: bool = True


@dataclass(frozen=True)
class Aims:
    """What a sheet is made of: shares (0..1) of the full points by dimension, and how many indicators."""

    shares: Mapping[Dimension, Decimal]
    indicators: int


def problems(draft: SchemeDraft, category: str, known: Mapping[int, Known]) -> tuple[Problem, ...]:
    """Everything that one would stumble over when scoring by this draft, in the order of the sheet."""
    found = [*_whole(draft), *_repeated(draft, known)]
    for place, block in enumerate(draft.blocks):
        found += _block(draft, place, block)
        for row, line in enumerate(block.lines):
            found += (Problem(said, place, row, stops) for said, stops in _line(line, category, known))
    return tuple(sorted(found, key=lambda one: (one.block or 0, -1 if one.line is None else one.line)))


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


def _whole(draft: SchemeDraft) -> Iterator[Problem]:
    if not any(block.kind is BlockKind.BASE for block in draft.blocks):
        yield Problem(_("评分表还没有内容，请至少设一块。"))
    if len(draft.lines) > TOO_MANY:
        yield Problem(_("共 {n} 项指标，超过 {most} 项，请精简。").format(n=len(draft.lines), most=TOO_MANY))
    elif len(draft.lines) > MANY:
        said = _("共 {n} 项指标，超过 {most} 项，考核不宜太细太繁琐。")
        yield Problem(said.format(n=len(draft.lines), most=MANY), stops=False)
    if draft.bonus_cap > LARGE_BONUS and any(block.kind is BlockKind.BONUS for block in draft.blocks):
        yield Problem(_("加分上限超过 10 分，请确认。"), stops=False)
    try:
        grading_from(draft.grades)
    except InputRefused as refusal:
        yield Problem(refusal.sentence)


def _repeated(draft: SchemeDraft, known: Mapping[int, Known]) -> Iterator[Problem]:
    counted = Counter(line.indicator_id for line in draft.lines)
    for place, block in enumerate(draft.blocks):
        for row, line in enumerate(block.lines):
            if counted[line.indicator_id] > 1:
                yield Problem(_("“{name}”在表中出现了不止一次。").format(name=_name(line, known)), place, row)


def _block(draft: SchemeDraft, place: int, block: BlockDraft) -> Iterator[Problem]:
    if [other.name for other in draft.blocks].count(block.name) > 1:
        yield Problem(_("有两块都叫“{name}”，请改一个名称。").format(name=block.name), place)
    if not block.lines:
        yield Problem(_("“{name}”还没有指标。").format(name=block.name), place)
    elif block.kind is BlockKind.BASE:
        try:
            check_sum(block.name, block.maximum, [line.maximum for line in block.lines])
        except InputRefused as refusal:
            yield Problem(refusal.sentence, place)


def _line(line: LineDraft, category: str, known: Mapping[int, Known]) -> Iterator[tuple[str, bool]]:
    meaning = known.get(line.indicator_id)
    if meaning is None:
        yield _("没有这个指标，请从指标库中另选。"), True
        return
    name = _name(line, known)
    if meaning.is_retired:
        yield _("“{name}”已停用，请换一个指标。").format(name=name), True
    if meaning.categories and category not in meaning.categories:
        yield _("“{name}”不用于“{category}”，请核对。").format(name=name, category=category), False
    try:
        wanted = needs(line.rule)
        is_dual = line.rule.split()[0] in (RuleKind.DUAL.value,)
        if is_dual and line.second_id is None:
            yield _("“{name}”按场次和满意度计分，请选择满意度指标。").format(name=name), True
        if not (wanted.baseline or wanted.target):
            line_rule(line.rule, line.maximum, None, None)
            return
    except InputRefused as refusal:
        yield _("“{name}”：{reason}").format(name=name, reason=refusal.sentence), True
        return
    yield from _branches(line, name, meaning.branches, wanted.baseline)


def _branches(
    line: LineDraft, name: str, branches: Sequence[BranchLine], from_baseline: bool
) -> Iterator[tuple[str, bool]]:
    """The rule tried with the line of every branch: the same refusal is said once, with who it concerns."""
    wanting = [one.org for one in branches if one.target is None or (from_baseline and one.baseline is None)]
    refused: dict[str, list[str]] = {}
    for one in branches:
        if one.org in wanting:
            continue
        try:
            line_rule(line.rule, line.maximum, one.baseline, one.target)
        except InputRefused as refusal:
            refused.setdefault(refusal.sentence, []).append(one.org)
    if not branches:
        try:
            line_rule(line.rule, line.maximum, ZERO, ONE)
        except InputRefused as refusal:
            yield _("“{name}”：{reason}").format(name=name, reason=refusal.sentence), True
    for reason, orgs in refused.items():
        said = _("“{name}”：{reason}（{orgs}）")
        yield said.format(name=name, reason=reason, orgs=_("、").join(orgs)), True
    if wanting:
        said = _("“{name}”有 {n} 个支部还没有基线或目标值，计分时按未报处理：{orgs}。")
        yield said.format(name=name, n=len(wanting), orgs=_("、").join(wanting)), False


def _name(line: LineDraft, known: Mapping[int, Known]) -> str:
    meaning = known.get(line.indicator_id)
    return plain(Decimal(line.indicator_id)) if meaning is None else f"{meaning.code} {meaning.name}"

"""The hundred-point sheets of branches for a quarter and a year: points, gates, grade, each with its way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from okr_desk.i18n import _
from okr_desk.model.reading import Reader
from okr_desk.queries import (
    cycles,
    facts,
    library,
    orgs,
    policy,
    review_checks,
    review_marks,
    rollups,
    score_caps,
    score_entries,
    score_parties,
    users,
)
from okr_desk.queries import schemes as standing
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.review_checks import NO_CHECKS, Checked
from okr_desk.queries.review_checks import standing as stands
from okr_desk.queries.schemes import BlockView, SchemeView, VersionView
from okr_desk.queries.score_entries import RedLineView as RedLineView
from okr_desk.queries.score_lines import LineScore, line_score
from okr_desk.queries.score_measured import Caps, Measured
from okr_desk.queries.score_parties import NOTHING_GIVEN, Given, combined
from okr_desk.rules.grades import grading_from
from okr_desk.scoring.blocks import Block, BlockPoints, Line
from okr_desk.scoring.explained import STEP_PLACES, Explained, result
from okr_desk.scoring.grade_schemes import Excess, quota_excess
from okr_desk.scoring.grades import Grade, RedLine, RedLineKind, grade
from okr_desk.scoring.line_rule import compares
from okr_desk.scoring.points_result import Points
from okr_desk.scoring.rounding import kept, plain, wide, without_dust
from okr_desk.scoring.sheet import BonusTerms, Sheet, sheet
from okr_desk.scoring.year import fourth, year_points
from okr_desk.terms import Across, BlockKind, QuarterState

FEW = 150
"""Branches up to which their values are asked by name; beyond that all are read."""


@dataclass(frozen=True)
class BlockScore:
    """A block with its lines; `total` is None for a bonus block and for one of which nothing is due."""

    block: BlockView
    total: BlockPoints | None
    lines: tuple[LineScore, ...]


@dataclass(frozen=True)
class ScoreSheet:
    """One branch in one quarter (`quarter` None: the year). Without a scheme `version` and `sheet` are None.

    `progress` is the OKR ledger beside it (0..1): shown, never part of the grade. `under_objection`: an objection to
    the quarter is not decided yet, so that its score carries *. `parties`: how several parties' scores made the
    percent, where the scheme weighs them.
    """

    org: OrgView
    year: int
    quarter: QuarterView | None
    scheme: SchemeView | None
    version: VersionView | None
    blocks: tuple[BlockScore, ...]
    sheet: Sheet | None
    grade: Grade | None
    red_lines: tuple[RedLineView, ...]
    progress: Decimal | None
    satisfaction: Decimal | None = None
    under_objection: bool = False
    parties: Explained | None = None

    @property
    def lines(self) -> tuple[LineScore, ...]:
        """All lines in order."""
        return tuple(line for block in self.blocks for line in block.lines)


@dataclass(frozen=True)
class YearSheets:
    """The year of one branch, and the sheets of its quarters that have begun, in order."""

    year: ScoreSheet
    quarters: tuple[ScoreSheet, ...]


def sheets(session: Reader, quarter: QuarterView, of: Sequence[OrgView]) -> tuple[ScoreSheet, ...]:
    """The sheets of branches for a quarter, in their order, from a fixed number of queries."""
    return sheets_of(session, [quarter], of, with_progress=True)[quarter.number]


def sheets_of(
    session: Reader, quarters: Sequence[QuarterView], of: Sequence[OrgView], *, with_progress: bool = False
) -> dict[int, tuple[ScoreSheet, ...]]:
    """The sheets of branches for quarters of one year, by the number of the quarter; what they share is read once.

    The OKR ledger beside them costs a sweep of its own for each quarter, so it is asked for.
    """
    if not quarters:
        return {}
    year = quarters[0].year
    schemes = {found.category: found for found in standing.schemes(session, year)}
    ids, is_few = [quarter.id for quarter in quarters], _named_if_few(of) is not None
    lines = facts.year_lines(session, year, ids, _concerned(of, schemes), is_few)
    names = users.names(session) if is_few else {}
    limits = _limits(session)
    caps = score_caps.caps(session, ids)
    checked = review_checks.checks(session, ids)
    found = {}
    for quarter in quarters:
        progress = rollups.progress(session, quarter, _named_if_few(of)) if with_progress else {}
        found[quarter.number] = _quarter(
            session,
            replace(
                _measured(session, quarter, lines, names, caps[quarter.id]), checks=checked.get(quarter.id, NO_CHECKS)
            ),
            of,
            schemes,
            limits,
            progress,
        )
    return found


def _named_if_few(of: Sequence[OrgView]) -> list[int] | None:
    return None if len(of) > FEW else [org.id for org in of]


def _concerned(of: Sequence[OrgView], schemes: Mapping[str, SchemeView]) -> list[int] | None:
    """Whose values are read: the branches themselves, or all where a rule compares with others or there are many."""
    named = _named_if_few(of)
    if named is None:
        return None
    versions = (v for category in {o.category for o in of} if category in schemes for v in schemes[category].versions)
    return None if any(compares(line.rule) for version in versions for line in version.lines) else named


def year_sheets(session: Reader, year: int, of: Sequence[OrgView]) -> tuple[ScoreSheet, ...]:
    """The year made of its quarters that have begun, by the version in force in the last of them."""
    return tuple(one.year for one in years(session, year, of))


def years(session: Reader, year: int, of: Sequence[OrgView]) -> tuple[YearSheets, ...]:
    """As `year_sheets`, each with the quarters that it is made of."""
    begun = [q for q in cycles.quarters(session) if q.year == year and q.state is not QuarterState.PLANNING]
    made = sheets_of(session, begun, of)
    schemes = {found.category: found for found in standing.schemes(session, year)}
    progress = rollups.progress(session, begun[-1], _named_if_few(of)) if begun else {}
    limits = _limits(session)
    found = []
    for place, org in enumerate(of):
        quarters = tuple(made[quarter.number][place] for quarter in begun)
        whole = year_of(org, year, quarters, schemes.get(org.category), limits, progress.get(org.id))
        found.append(YearSheets(whole, quarters))
    return tuple(found)


def excess(of: Sequence[ScoreSheet]) -> tuple[Excess, ...]:
    """Grades given more often than the quota of their scheme allows, counted within each scheme; never applied."""
    found: list[Excess] = []
    groups: dict[int, list[ScoreSheet]] = defaultdict(list)
    for one in of:
        if one.version is not None and one.grade is not None:
            groups[one.version.id].append(one)
    for group in groups.values():
        version = group[0].version
        assert version is not None
        quotas = grading_from(version.grades).quotas
        found += quota_excess([one.grade.grade for one in group if one.grade and one.grade.grade], quotas)
    return tuple(found)


@dataclass(frozen=True)
class Limits:
    """What the office has set for grades: the `least` share of points that must apply, and whose rate is the gate's."""

    least: Decimal
    satisfaction_code: str


def _limits(session: Reader) -> Limits:
    found = policy.values(session)
    return Limits(Decimal(found["coverage.minimum"]), found["grade.satisfaction_indicator"])


def _quarter(
    session: Reader,
    measured: Measured,
    of: Sequence[OrgView],
    schemes: Mapping[str, SchemeView],
    limits: Limits,
    progress: Mapping[int, Decimal | None],
) -> tuple[ScoreSheet, ...]:
    quarter = measured.quarter
    objected = review_marks.under_objection(session, quarter.id)
    told = score_parties.given(session, quarter.id) if any(_weighs(one) for one in schemes.values()) else {}
    crossed = score_entries.crossed(session, quarter.id)
    rate = next((view.id for view in measured.meanings.values() if view.code == limits.satisfaction_code), None)
    made = []
    for org in of:
        scheme = schemes.get(org.category)
        version = None if scheme is None else scheme.in_force(quarter.number)
        lines = tuple(crossed.get(org.id, ()))
        done = progress.get(org.id)
        if version is None:
            made.append(ScoreSheet(org, quarter.year, quarter, scheme, None, (), None, None, lines, done))
            continue
        row = None if rate is None else measured.value(org.id, rate)
        satisfied = None if row is None else row.value
        scored = {block.id: _lines(org, block, measured) for block in version.blocks}
        blocks, total, graded = _summed(version, scored, lines, satisfied, limits, {})
        one = ScoreSheet(org, quarter.year, quarter, scheme, version, blocks, total, graded, lines, done, satisfied)
        one = replace(one, under_objection=org.id in objected)
        made.append(_with_parties(one, told.get(org.id, NOTHING_GIVEN), limits) if version.parties else one)
    return tuple(made)


def _weighs(scheme: SchemeView) -> bool:
    return any(version.parties for version in scheme.versions)


def _with_parties(one: ScoreSheet, told: Given, limits: Limits) -> ScoreSheet:
    """The sheet whose percent, and therefore grade, several parties make together by the weights of the scheme."""
    if one.sheet is None or one.version is None:
        return one
    due = {line.line.id: line.points for line in one.lines if line.points is not None}
    made = combined(one.version.parties, told, one.sheet.percent, due, one.satisfaction)
    total = replace(one.sheet, percent=made.value)
    graded = _graded(one.version, total, one.red_lines, one.satisfaction, limits)
    return replace(one, sheet=total, grade=graded, parties=made)


def _lines(org: OrgView, block: BlockView, of: Measured) -> tuple[LineScore, ...]:
    scores = (line_score(org, line, of, block.flags) for line in block.lines)
    if block.across is Across.CUMULATIVE:
        scores = (one if one.points is None else replace(one, points=fourth(one.points)) for one in scores)
    if not of.checks.points:
        return tuple(scores)
    return tuple(_checked(one, of.checks.of(org.id, one.line.id)) for one in scores)


def _checked(one: LineScore, set_to: Checked | None) -> LineScore:
    """The line as the review left it."""
    if one.points is None or set_to is None:
        return one
    return replace(one, points=stands(one.points, set_to), computed=one.points)


def _summed(
    version: VersionView,
    scored: Mapping[int, tuple[LineScore, ...]],
    red_lines: Sequence[RedLineView],
    satisfaction: Decimal | None,
    limits: Limits,
    asked: Mapping[int, int],
) -> tuple[tuple[BlockScore, ...], Sheet | None, Grade | None]:
    """Blocks, total and grade of lines that are scored; `asked`: how many quarters a cumulative block stands for."""
    base = [(b, _block(b, scored[b.id], asked.get(b.id, 1))) for b in version.blocks if b.kind is BlockKind.BASE]
    live = [(view, block) for view, block in base if block.lines]
    bonuses = [_named(one) for b in version.blocks if b.kind is BlockKind.BONUS for one in scored[b.id] if one.points]
    terms = BonusTerms(version.bonus_cap, version.bonus_from)
    vetoed = any(one.kind is RedLineKind.VETO for one in red_lines)
    total = sheet([block for _view, block in live], bonuses, terms, vetoed, limits.least) if live else None
    totals = dict(zip((view.id for view, _block in live), total.blocks if total else (), strict=True))
    blocks = tuple(BlockScore(view, totals.get(view.id), scored[view.id]) for view in version.blocks)
    if total is None:
        return blocks, None, None
    return blocks, total, _graded(version, total, red_lines, satisfaction, limits)


def _graded(
    version: VersionView,
    total: Sheet,
    red_lines: Sequence[RedLineView],
    satisfaction: Decimal | None,
    limits: Limits,
) -> Grade:
    """The grade of the percent after gates and red lines."""
    lines = tuple(RedLine(one.kind, one.fact, one.document, one.highest or None, one.title) for one in red_lines)
    scheme = grading_from(version.grades).scheme
    return grade(total.percent, scheme, satisfaction, lines, total.coverage, limits.least)


def _block(view: BlockView, scores: Sequence[LineScore], quarters: int) -> Block:
    maximum = view.maximum * quarters / 4 if view.across is Across.CUMULATIVE else view.maximum
    return Block(view.name, maximum, tuple(_named(one) for one in scores if one.points is not None), view.part)


def _named(one: LineScore) -> Line:
    assert one.points is not None
    return Line(one.line.title, one.points, one.line.dimension)


def year_of(
    org: OrgView,
    year: int,
    of: Sequence[ScoreSheet],
    scheme: SchemeView | None,
    limits: Limits,
    progress: Decimal | None,
) -> ScoreSheet:
    """The year of a branch made of the sheets of its quarters that have begun, in order."""
    last = of[-1].quarter if of else None
    version = None if scheme is None or last is None else scheme.in_force(last.number)
    lines = tuple(line for one in of for line in one.red_lines)
    if version is None:
        return ScoreSheet(org, year, None, scheme, None, (), None, None, lines, progress)
    scored = {block.id: _lines_of_year(block, of) for block in version.blocks}
    asked = {block.id: _asked(block, of) for block in version.blocks}
    satisfaction = next((one.satisfaction for one in reversed(of) if one.satisfaction is not None), None)
    blocks, total, graded = _summed(version, scored, lines, satisfaction, limits, asked)
    return ScoreSheet(org, year, None, scheme, version, blocks, total, graded, lines, progress, satisfaction)


def _lines_of_year(block: BlockView, of: Sequence[ScoreSheet]) -> tuple[LineScore, ...]:
    """Each line of a block through the year; a quarter of an earlier version counts by its share of the points."""
    found = []
    for line in block.lines:
        told = [(one, score) for one in of for score in one.lines if score.line.indicator_id == line.indicator_id]
        full = of_quarter(line.maximum, block)
        parts = [
            (one.quarter.label if one.quarter else "", scaled(score.points, full))
            for one, score in told
            if score.points is not None
        ]
        if not told:
            continue
        last = next((score for _one, score in reversed(told) if score.value is not None), told[-1][1])
        events = tuple({event.id: event for _one, score in told for event in score.events}.values())
        made = year_points(parts, line.across) if parts else None
        note = last.note if parts else _("全年还没有考核到这一项。")
        found.append(replace(last, line=line, events=events, points=made, note=note))
    return tuple(found)


def _asked(block: BlockView, of: Sequence[ScoreSheet]) -> int:
    """In how many quarters the block had something due: a version of later on owes nothing for those before it."""
    own = {line.indicator_id for line in block.lines}
    return sum(any(score.line.indicator_id in own and score.points is not None for score in one.lines) for one in of)


def of_quarter(maximum: Decimal, block: BlockView) -> Decimal:
    """What a quarter gives of full points: a fourth where the block adds up through the year."""
    return maximum / 4 if block.across is Across.CUMULATIVE else maximum


def scaled(points: Points, full: Decimal) -> Points:
    """Points as they count under another version: by their share of the full points, which is said."""
    if points.maximum in (full, 0):
        return points
    if points.points is None:
        return Points(None, full, points.state, points.steps, points.provisional)
    with wide():
        made = without_dust(kept(points.points * full / points.maximum))
    said = _("这一季满分 {old} 分，按 {full} 分折算：{points}×{full}÷{old}{result}").format(
        old=plain(points.maximum), full=plain(full), points=plain(points.points, STEP_PLACES), result=result(made)
    )
    return Points(made, full, points.state, (*points.steps, said), points.provisional)


def _measured(
    session: Reader, quarter: QuarterView, lines: facts.YearLines, names: Mapping[int, str], caps: Caps
) -> Measured:
    groups: dict[str, list[int]] = defaultdict(list)
    for org_id, category in orgs.branch_categories(session, quarter.ends_on).items():
        groups[category].append(org_id)
    meanings = {view.id: view for view in library.library(session, quarter.ends_on, retired=True)}
    return Measured(
        quarter=quarter,
        lines=lines,
        meanings=meanings,
        events=score_entries.events(session, quarter, meanings),
        groups=groups,
        is_closed=quarter.state is QuarterState.CLOSED,
        names=names,
        caps=caps,
    )

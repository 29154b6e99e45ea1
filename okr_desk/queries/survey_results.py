"""What a round says of each branch: score, rate and their intervals, groups, response, evidence, verdict, change.

Scored from the point estimate, judged by the interval (design, section 8). Sources: methods A2 to A9.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from okr_desk.model.reading import Facts, Reader
from okr_desk.queries import ballot_rows, facts, library, orgs, survey_counts, survey_signals, surveys
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.survey_counts import CellCounts, ItemCounts, Returned, together
from okr_desk.queries.surveys import GroupView, PopulationView, RoundView
from okr_desk.scoring.channels import Channel, weighted_rate, weighted_score
from okr_desk.scoring.differences import Difference, difference
from okr_desk.scoring.evidence import Circumstances, Evidence, evidence
from okr_desk.scoring.intervals import Interval, interval
from okr_desk.scoring.likert import Likert, likert
from okr_desk.scoring.response import WorstCase, response_rate, worst_case
from okr_desk.scoring.rounding import kept, wide
from okr_desk.scoring.signals import Findings
from okr_desk.scoring.strata import Grouped, Stratum, grouped
from okr_desk.scoring.verdicts import Judgement, judge, judge_score
from okr_desk.terms import OrgKind

SCORE_INDICATOR = "F02"
"""The key result and line of points that the score of the overall item feeds (domain 1.4)."""


@dataclass(frozen=True)
class GroupResult:
    """One group of a branch: its people, how many were asked, its ballots and answers to the overall item."""

    group: GroupView | None
    population: int | None
    invited: int | None
    ballots: int
    overall: ItemCounts


@dataclass(frozen=True)
class BranchResult:
    """One branch in a round. `score` is that of the overall item, `rate` the wide and `narrow` the narrow share, 0..1.

    All are None without a counted answer; `rate` also where a large group was not asked (`grouped.barred`). `invited`
    and `population` are sums over groups, None where any is unknown. `before` is the round compared with.
    `findings` are odd patterns, None unless they were asked for.
    """

    org: OrgView
    ballots: int
    returned: Returned
    population: int | None
    invited: int | None
    items: tuple[ItemCounts, ...]
    groups: tuple[GroupResult, ...]
    overall: ItemCounts
    likert: Likert | None
    score: Interval | None
    rate: Interval | None
    narrow: Decimal | None
    grouped: Grouped | None
    response: Decimal | None
    worst: WorstCase | None
    evidence: Evidence
    target: Decimal | None
    judgement: Judgement | None
    before: RoundView | None = None
    change: Difference | None = None
    findings: Findings | None = None


@dataclass(frozen=True)
class RoundResult:
    """A round with the result of every branch that was asked or answered, in the order of the register."""

    round: RoundView
    branches: tuple[BranchResult, ...]


def results(
    session: Reader, round_id: int, org_ids: Sequence[int] | None = None, *, with_signals: bool = False
) -> RoundResult:
    """The results of a round for `org_ids` (None: all), compared with the latest comparable round before it.

    Odd patterns take every ballot to find, so they are asked for; they then lower the evidence and bar the verdict.
    """
    of = surveys.round_view(session, round_id)
    waves = surveys.earlier(session, of)
    before = waves[-1] if waves else None
    earlier = {} if before is None else {one.org.id: one for one in _branches(session, before, org_ids, None, {}, {})}
    read = ballot_rows.counted(session, of) if with_signals and org_ids is None else None
    found = survey_signals.signals_of(session, of, org_ids, read, waves) if with_signals else {}
    return RoundResult(of, _branches(session, of, org_ids, before, earlier, found, read))


def groupings(session: Reader, of: RoundView, org_ids: Sequence[int] | None = None) -> dict[int, Grouped]:
    """The branches whose wide rate counts by groups, with the way; without comparison or signals."""
    found = _branches(session, of, org_ids, None, {}, {})
    return {one.org.id: one.grouped for one in found if one.grouped is not None}


def _branches(
    session: Reader,
    of: RoundView,
    org_ids: Sequence[int] | None,
    before: RoundView | None,
    earlier: dict[int, BranchResult],
    findings: dict[int, Findings],
    read: Sequence[Facts] | None = None,
) -> tuple[BranchResult, ...]:
    cells: dict[int, list[CellCounts]] = defaultdict(list)
    for cell in survey_counts.cells(session, of, org_ids, read):
        cells[cell.org_id].append(cell)
    asked: dict[int, list[PopulationView]] = defaultdict(list)
    for one in surveys.populations(session, of.id):
        asked[one.org_id].append(one)
    returned = survey_counts.returned(session, of.id)
    targets = targets_of(session, of)
    found = []
    for org in orgs.tree(session, of.quarter.ends_on):
        wanted = org.kind == OrgKind.BRANCH and (org_ids is None or org.id in org_ids)
        if wanted and (org.id in cells or org.id in asked):
            back, target = returned.get(org.id, Returned()), targets.get(org.id)
            made = _branch(of, org, cells[org.id], asked[org.id], back, target, findings.get(org.id))
            found.append(_compared(made, before, earlier.get(org.id)))
    return tuple(found)


def _branch(
    of: RoundView,
    org: OrgView,
    cells: Sequence[CellCounts],
    asked: Sequence[PopulationView],
    returned: Returned,
    target: Decimal | None,
    findings: Findings | None,
) -> BranchResult:
    definition = of.definition
    place = definition.overall.place or 0
    items = tuple(together([cell.items[at] for cell in cells]) for at in range(len(definition.levels)))
    overall, ballots = items[place], sum(cell.ballots for cell in cells)
    groups = _groups(of, cells, asked, place)
    named = {one.group_id for one in asked}
    is_whole = None in named or all(cell.group_id in named for cell in cells)
    population = _whole([one.population for one in asked]) if is_whole else None
    invited = _whole([one.invited for one in asked]) if is_whole else None
    if overall.answered and population is not None and population < overall.answered:
        population = None  # a register that is older than the answers: said by the page, never a census
    made = likert_of(of, overall, population)
    score = score_of(of, cells, place, made)
    is_weighted = made is not None and score is not made.score
    rate, stratified = _rate(of, cells, groups, overall, population, place)
    response = response_rate(ballots, invited).value if invited and 0 < ballots <= invited else None
    held = evidence(
        Circumstances(
            sampling=of.sampling,
            answered=overall.answered,
            invited=invited if response is not None else None,
            population_known=population is not None,
            all_groups=all(one.overall.answered for one in groups if one.population),
            independent=of.is_independent,
            large_group_missing=stratified is not None and stratified.interval is None,
            signals=0 if findings is None else len(findings.signals),
        )
    )
    return BranchResult(
        org, ballots, returned, population, invited, items, groups, overall, made,
        score, rate, _narrow(of, overall), stratified, response,
        None if rate is None or response is None else worst_case(rate.estimate, response),
        held, target, judgement_of(of, overall, population, target, held.obstacle, score if is_weighted else None),
        findings=findings,
    )  # fmt: skip


def _groups(
    of: RoundView, cells: Sequence[CellCounts], asked: Sequence[PopulationView], place: int
) -> tuple[GroupResult, ...]:
    """The groups of the definition that were asked or answered, then the answers that name none."""
    known: dict[int | None, PopulationView] = {one.group_id: one for one in asked}
    found = []
    for group in (*of.definition.groups, None):
        key = None if group is None else group.id
        own = [cell for cell in cells if cell.group_id == key]
        if own or key in known:
            said = known.get(key)
            found.append(
                GroupResult(
                    group,
                    None if said is None else said.population,
                    None if said is None else said.invited,
                    sum(cell.ballots for cell in own),
                    together([cell.items[place] for cell in own]),
                )
            )
    return tuple(found)


def likert_of(of: RoundView, overall: ItemCounts, population: int | None) -> Likert | None:
    """The overall item by the definition's scores; None without a counted answer."""
    if not overall.answered:
        return None
    definition = of.definition
    return likert(overall.levels, definition.scores, overall.unsure, population, wide_levels=definition.wide)


def score_of(of: RoundView, cells: Sequence[CellCounts], place: int, made: Likert | None) -> Interval | None:
    """The score; by the agreed weights where ways of asking have different ones."""
    if made is None:
        return None
    channels = channels_of(of, cells, place)
    return made.score if channels is None else weighted_score(channels, of.definition.scores)


def _narrow(of: RoundView, overall: ItemCounts) -> Decimal | None:
    """The plain share of the levels that the definition counts as satisfied in the narrow sense."""
    if not overall.answered:
        return None
    with wide():
        return kept(Decimal(sum(overall.levels[: of.definition.narrow])) / overall.answered)


def _rate(
    of: RoundView,
    cells: Sequence[CellCounts],
    groups: Sequence[GroupResult],
    overall: ItemCounts,
    population: int | None,
    place: int,
) -> tuple[Interval | None, Grouped | None]:
    """The wide rate: by groups where all have their people, by channels where they are weighted, else plain."""
    levels = of.definition.wide
    if not overall.answered:
        return None, None
    if len(groups) > 1 and all(one.group and one.population for one in groups):
        strata = [
            Stratum(one.group.name, one.population, one.overall.answered, sum(one.overall.levels[:levels]))
            for one in groups
            if one.group is not None and one.population is not None
        ]
        if all(one.n <= one.population for one in strata):
            made = grouped(strata)
            return made.interval, made
    channels = channels_of(of, cells, place)
    if channels is not None:
        halves = [
            Channel(one.name, one.weight, (sum(one.counts[:levels]), sum(one.counts[levels:]))) for one in channels
        ]
        return weighted_rate(halves), None
    return interval(sum(overall.levels[:levels]), overall.answered, population), None


def channels_of(of: RoundView, cells: Sequence[CellCounts], place: int) -> list[Channel] | None:
    """Answers by channel with their weights; None where all that answered weigh the same."""
    found = []
    for channel, weight in of.definition.channels:
        own = together([cell.items[place] for cell in cells if cell.channel is channel])
        if own.answered:
            found.append(Channel(channel.value, weight, own.levels))
    return found if len({one.weight for one in found}) > 1 else None


def judgement_of(
    of: RoundView,
    overall: ItemCounts,
    population: int | None,
    target: Decimal | None,
    obstacle: str,
    weighted: Interval | None = None,
) -> Judgement | None:
    """The verdict on the score; None without a target on its scale and without answers. `obstacle` bars one.

    `weighted` is the score where ways of asking have weights: then it is judged, and how many more answers it would
    take is not told, because that depends on where they come in.
    """
    if target is None or not overall.answered:
        return None
    scores = of.definition.scores
    if not scores[-1] < target <= scores[0]:
        return None
    if weighted is not None:
        verdict = judge(weighted, overall.answered, target, obstacle)
        return Judgement(verdict, None, None, weighted, weighted.steps)
    return judge_score(overall.levels, target, scores, overall.unsure, population, obstacle=obstacle)


def _compared(made: BranchResult, before: RoundView | None, earlier: BranchResult | None) -> BranchResult:
    if before is None or earlier is None or made.score is None or earlier.score is None:
        return made
    return replace(made, before=before, change=difference(made.score, earlier.score, rates=False))


def targets_of(session: Reader, of: RoundView) -> dict[int, Decimal]:
    """The target of the score for each branch, where it has one in the year."""
    day: date = of.quarter.ends_on
    meaning = next((one for one in library.library(session, day) if one.code == SCORE_INDICATOR), None)
    if meaning is None:
        return {}
    lines = facts.year_lines(session, of.quarter.year, [])
    found = {}
    for key in lines.targets:
        row = lines.targets.at(key, of.quarter) if key[1] == meaning.id else None
        if row is not None:
            found[key[0]] = row.value
    return found


def _whole(parts: Sequence[int | None]) -> int | None:
    """The sum; unknown where any part is: of some groups alone it would pass for all people."""
    known = [part for part in parts if part is not None]
    return sum(known) if known and len(known) == len(parts) else None

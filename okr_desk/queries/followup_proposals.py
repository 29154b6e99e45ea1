"""What could be made a finding: points lost or not reported, satisfaction not reached, whistles overdue.

The office ticks and issues; what was issued already for the same branch, quarter and indicator is not proposed again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from okr_desk.followup_terms import FindingKind, FindingSource
from okr_desk.i18n import _, using
from okr_desk.model.reading import Reader
from okr_desk.model.store import now, today
from okr_desk.queries import followups, review_sheets, survey_results, surveys, whistle_board, whistles
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.score_lines import LineScore
from okr_desk.queries.scores import BlockScore, ScoreSheet
from okr_desk.rules.followups import LONG_LIMIT, TEXT_LIMIT, FindingDraft
from okr_desk.scoring.rounding import exact_or, half_up, plain
from okr_desk.terms import BlockKind, PointsState, QuarterState, SurveyVerdict

ZERO = Decimal(0)
PLACES = 2
"""Points and values are said with so many decimals; what is lost below that is no finding."""


@dataclass(frozen=True)
class Proposal:
    """One proposed finding as the notice would say it. `lost`: points lost of `maximum`, None where it is no score."""

    org: OrgView
    draft: FindingDraft
    lost: Decimal | None = None
    maximum: Decimal | None = None

    @property
    def key(self) -> tuple[int, str, str]:
        """What makes two proposals the same."""
        return self.org.id, self.draft.source, self.draft.problem


def proposals(session: Reader, quarter: QuarterView, orgs: Sequence[OrgView]) -> tuple[Proposal, ...]:
    """For these branches: not reported first, then by points lost, most first; words are Chinese as they are stored."""
    with using("zh_CN"):
        found = [
            *_of_scores(session, quarter, orgs),
            *_of_surveys(session, quarter, orgs),
            *_of_whistles(session, quarter, orgs),
        ]
    issued = {(one.org_id, one.indicator_id, one.problem) for one in followups.findings(session, quarter_id=quarter.id)}
    by_indicator = {(org_id, indicator_id) for org_id, indicator_id, _problem in issued if indicator_id is not None}
    by_problem = {(org_id, problem) for org_id, _indicator, problem in issued}
    fresh = [
        one
        for one in found
        if (one.org.id, one.draft.indicator_id) not in by_indicator
        and (one.org.id, one.draft.problem) not in by_problem
    ]
    return tuple(sorted(fresh, key=lambda one: -_weight(one)))


def _weight(one: Proposal) -> Decimal:
    """What is not about points stands among the whole losses."""
    if one.lost is None or not one.maximum:
        return Decimal(1)
    return one.lost / one.maximum


def _of_scores(session: Reader, quarter: QuarterView, orgs: Sequence[OrgView]) -> Iterator[Proposal]:
    is_due = quarter.state is not QuarterState.OPEN or quarter.is_overdue(today(session))
    for sheet in review_sheets.scored(session, quarter, orgs).values():
        for block in sheet.blocks:
            if block.block.kind is not BlockKind.BONUS:
                yield from (_of_line(sheet, block, line) for line in block.lines if _is_lost(line, is_due))


def _is_lost(line: LineScore, is_due: bool) -> bool:
    """Not reported when it should have been, or fewer than the full points; what does not apply is nobody's finding."""
    if line.points is None:
        return False
    if line.points.state is PointsState.MISSING:
        return is_due
    return line.points.points is not None and half_up(line.points.maximum - line.points.points, PLACES) > 0


def _of_line(sheet: ScoreSheet, block: BlockScore, line: LineScore) -> Proposal:
    assert line.points is not None and sheet.quarter is not None and sheet.version is not None
    missing = line.points.points is None or (line.value is None and not line.events)
    lost = line.points.maximum - (line.points.points or ZERO)
    unit = line.line.unit
    said = []
    if line.target is not None:
        said.append(_("应达 {value}{unit}").format(value=exact_or(line.target, PLACES), unit=unit))
    said.append(
        _("没有报送")
        if missing
        else _("实绩 {value}{unit}").format(value=exact_or(line.value, PLACES), unit=unit)
        if line.value is not None
        else _("登记 {n} 项").format(n=len(line.events))
    )
    said.append(_("满分 {full} 分，扣 {lost} 分").format(full=plain(line.points.maximum), lost=plain(lost, PLACES)))
    name = sheet.scheme.name if sheet.scheme else ""
    clause = _("《{scheme}》第{version}版“{block}”{line}").format(
        scheme=name, version=sheet.version.version, block=block.block.name, line=line.line.title
    )
    problem = _("{name}没有报送") if missing else _("{name}没有达到要求")
    demand = _("核实并补报{name}，写明没有报送的原因。") if missing else _("查明原因，逐项整改，下季{name}达到要求。")
    draft = _draft(
        sheet.org,
        sheet.quarter,
        FindingSource.QUARTER,
        FindingKind.IMMEDIATE if missing else FindingKind.LIMITED,
        problem.format(name=line.line.name),
        _("，").join(said),
        clause,
        demand.format(name=line.line.name),
        line.line.indicator_id,
    )
    return Proposal(sheet.org, draft, lost, line.points.maximum)


def _of_surveys(session: Reader, quarter: QuarterView, orgs: Sequence[OrgView]) -> Iterator[Proposal]:
    rounds = surveys.rounds_of(session, quarter)
    if not rounds:
        return
    ids = {org.id: org for org in orgs}
    for one in survey_results.results(session, rounds[-1].id, list(ids)).branches:
        if one.judgement is None or one.judgement.verdict is not SurveyVerdict.MISSED:
            continue
        found = one.judgement.interval
        fact = _("有效答卷 {n} 份，得分 {value}（区间 {low}—{high}），目标 {target}，结论“未达成”").format(
            n=one.ballots,
            value=plain(found.estimate, 1),
            low=plain(found.low, 1),
            high=plain(found.high, 1),
            target=plain(one.target),
        )
        draft = _draft(
            ids[one.org.id],
            quarter,
            FindingSource.SURVEY,
            FindingKind.LONG,
            _("群众满意度测评没有达成目标"),
            fact,
            rounds[-1].name,
            _("对照群众意见逐条整改，向群众反馈结果，下次测评达到目标。"),
        )
        yield Proposal(ids[one.org.id], draft)


def _of_whistles(session: Reader, quarter: QuarterView, orgs: Sequence[OrgView]) -> Iterator[Proposal]:
    ids, at = {org.id: org for org in orgs}, now(session)
    for one in whistles.whistles(session):
        org = ids.get(one.department.org_id or 0)
        if org is None or not one.is_open or not whistle_board.is_overdue(one, at):
            continue
        draft = _draft(
            org,
            quarter,
            FindingSource.WHISTLE,
            FindingKind.IMMEDIATE,
            _("{number}超时没有办理").format(number=one.number),
            _("{matter}，{left}").format(matter=one.matter, left=whistle_board.time_left(one, at)),
            _("“吹哨报到”办理时限"),
            _("立即办理，办结后向吹哨支部和群众反馈。"),
        )
        yield Proposal(org, draft)


def _draft(
    org: OrgView,
    quarter: QuarterView,
    source: FindingSource,
    kind: FindingKind,
    problem: str,
    fact: str,
    clause: str,
    demand: str,
    indicator_id: int | None = None,
) -> FindingDraft:
    return FindingDraft(
        org_id=org.id,
        quarter_id=quarter.id,
        source=source,
        kind=kind,
        problem=problem[:TEXT_LIMIT],
        fact=fact[:LONG_LIMIT],
        clause=clause[:TEXT_LIMIT],
        demand=demand[:LONG_LIMIT],
        owner=org.secretary,
        leader=org.liaison,
        indicator_id=indicator_id,
    )

"""Reads what a bulletin is written from: sheets, boards, the survey, red lines and findings of a quarter at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select

from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.model.columns import Finding
from okr_desk.model.reading import Reader
from okr_desk.model.store import today
from okr_desk.queries import (
    board,
    cycles,
    letterheads,
    orgs,
    policy,
    review_marks,
    review_sheets,
    score_results,
    score_summary,
    scores,
    survey_results,
    surveys,
)
from okr_desk.queries.bulletin_facts import (
    Award,
    BranchFacts,
    BulletinFacts,
    CategoryFacts,
    FindingFact,
    LineFact,
    RedLineFact,
    SurveyFact,
)
from okr_desk.queries.objectives import Board, OrgView, QuarterView
from okr_desk.queries.score_lines import LineScore
from okr_desk.queries.scores import ScoreSheet
from okr_desk.queries.survey_results import BranchResult
from okr_desk.rules.grades import grading_from
from okr_desk.terms import BlockKind, Direction, OrgKind, PointsState


def facts(
    session: Reader, quarter: QuarterView, marked: frozenset[int] | None = None, begins: date | None = None
) -> BulletinFacts:
    """What is known of a quarter. `marked` are branches whose score is under objection, asked for where not given.

    `begins`: the day after which terms run, today where none is given.

    Raises Refusal where no category has a scheme in force.
    """
    day = min(today(session), quarter.ends_on)
    tree = orgs.tree(session, day)
    of = [org for org in tree if org.kind == OrgKind.BRANCH]
    before = cycles.quarter(session, quarter.year, quarter.number - 1) if quarter.number > 1 else None
    earlier = () if before is None else tuple(review_sheets.scored(session, before, of).values())
    least = policy.integer(session, "comparison.minimum")
    sheets, boards = _sheets(session, quarter, of)
    marks = review_marks.under_objection(session, quarter.id) if marked is None else marked
    round_name, measured = _survey(session, quarter)
    told = [_branch(one, boards[one.org.id], marks, measured.get(one.org.id)) for one in sheets]
    order = [category.name for category in orgs.categories(session)]
    categories = _categories(sheets, told, order, least)
    if not categories:
        said = _("全镇在{quarter}都没有启用的考核方案，没有可以通报的等次，请先在“考核方案”中启用。")
        raise Refusal(said.format(quarter=quarter.label))
    scored = {one.name for one in categories}
    head = letterheads.letterhead(session, quarter)
    settings = policy.values(session)
    reply, mend = int(settings["bulletin.reply_days"]), int(settings["bulletin.mend_days"])
    calendar, now = cycles.calendar(session), begins or today(session)
    issuer = settings["bulletin.issuer"].strip()
    return BulletinFacts(
        township=head.township,
        issuer=issuer or next((org.full_name for org in tree if org.kind == OrgKind.TOWNSHIP), head.township),
        quarter=quarter,
        categories=categories,
        unscored=tuple(dict.fromkeys(org.category or _("未分类") for org in of if org.category not in scored)),
        mean=score_summary.mean_of(sheets, least),
        before=score_summary.mean_of(earlier, least) if before else None,
        round_name=round_name,
        findings=_findings(session, quarter, of),
        least=least,
        reply_days=reply,
        objection_days=int(settings.get("review.objection_days", "5")),
        reply_on=calendar.nth_working_day_after(now, reply),
        mend_on=calendar.nth_working_day_after(now, mend),
        as_of=day,
        is_demo=head.is_demo,
        excess=tuple(one.sentence for one in scores.excess(sheets)),
        names=tuple(sorted({name for org in of for name in (org.short_name, org.full_name)})),
    )


def _sheets(
    session: Reader, quarter: QuarterView, of: Sequence[OrgView]
) -> tuple[tuple[ScoreSheet, ...], Mapping[int, Board]]:
    """Points and key results of the branches in their order: as published, else as they stand now."""
    kept = review_sheets.kept(session, quarter, of)
    found = {org_id: one.scores.sheet for org_id, one in kept.items() if one.scores is not None}
    live = [org for org in of if org.id not in found]
    found |= {one.org.id: one for one in scores.sheets(session, quarter, live)} if live else {}
    boards = {org_id: one.board for org_id, one in kept.items()}
    fresh = [org for org in of if org.id not in boards]
    if fresh:
        boards |= board.boards_at(session, [quarter], fresh, with_history=())[quarter.number]
    return tuple(found[org.id] for org in of), boards


def _categories(
    sheets: Sequence[ScoreSheet], told: Sequence[BranchFacts], order: Sequence[str], least: int
) -> tuple[CategoryFacts, ...]:
    groups: dict[str, list[tuple[ScoreSheet, BranchFacts]]] = defaultdict(list)
    for sheet, branch in zip(sheets, told, strict=True):
        groups[sheet.org.category].append((sheet, branch))
    found = []
    for name in sorted(groups, key=lambda one: order.index(one) if one in order else len(order)):
        group = groups[name]
        first = next((sheet for sheet, _branch in group if sheet.version is not None), None)
        if first is None or first.version is None or first.scheme is None:
            continue
        found.append(
            CategoryFacts(
                name,
                first.scheme.name,
                grading_from(first.version.grades).scheme.names,
                tuple(branch for _sheet, branch in group),
                score_summary.mean_of([sheet for sheet, _branch in group], least),
                least,
            )
        )
    return tuple(found)


def _branch(sheet: ScoreSheet, of: Board, marks: frozenset[int], result: BranchResult | None) -> BranchFacts:
    causes = {kr.indicator_code: kr.current.difficulty for kr in of.key_results if kr.indicator_code and kr.current}
    graded = sheet.grade
    base = [line for one in sheet.blocks if one.block.kind is BlockKind.BASE for line in one.lines]
    bonus = [line for one in sheet.blocks if one.block.kind is BlockKind.BONUS for line in one.lines]
    silent = _silent_lines(base)
    named = {one.line.code for one in base}
    owed = (kr for kr in of.key_results if kr.is_owed and not kr.is_reported and kr.indicator_code not in named)
    known = result is not None and result.score is not None
    return BranchFacts(
        id=sheet.org.id,
        name=sheet.org.short_name,
        full_name=sheet.org.full_name,
        category=sheet.org.category,
        grade=None if graded is None else graded.grade,
        is_provisional=bool(score_results.open_part(sheet)),
        percent=None if graded is None else graded.score,
        percent_text=score_results.percent_text(sheet),
        total_text=score_results.total_text(sheet),
        maximum_text=score_results.full(sheet),
        note=_("；").join((*score_results.limits_in_short(sheet), *_why_none(sheet))),
        progress=sheet.progress,
        marked=sheet.org.id in marks,
        missing=tuple(dict.fromkeys((*silent, *(kr.title for kr in owed)))),
        lines=tuple(
            _line(one, causes.get(one.line.code, ""))
            for one in base
            if one.points is not None and not (known and one.line.code == survey_results.SCORE_INDICATOR)
        ),
        red_lines=tuple(RedLineFact(one.title, one.fact, one.document) for one in sheet.red_lines),
        awards=tuple(
            Award(line.line.name, event.fact, event.document)
            for line in bonus
            for event in line.events
            if event.fact and line.points is not None and line.points.points
        ),
        survey=_survey_fact(result),
    )


def _why_none(sheet: ScoreSheet) -> tuple[str, ...]:
    said = score_results.withheld(sheet)
    return (said.rstrip("。"),) if said else ()


def _silent_lines(of: Sequence[LineScore]) -> list[str]:
    return [
        one.line.name
        for one in of
        if one.points is not None and one.points.state is PointsState.MISSING and one.value is None
    ]


def _line(one: LineScore, cause: str) -> LineFact:
    assert one.points is not None
    beaten = short = False
    if one.value is not None and one.target is not None and one.value != one.target:
        beaten = (one.value > one.target) == (one.line.direction is not Direction.DOWN)
        short = not beaten
    made = one.points.points
    lacks = made is not None and made < one.points.maximum
    return LineFact(
        code=one.line.code,
        name=one.line.name,
        unit=one.line.unit,
        value=one.value,
        target=one.target,
        points=made,
        maximum=one.points.maximum,
        is_short=lacks and (short or one.target is None),
        beaten=beaten,
        cause=cause.strip().rstrip("。；"),
        events=tuple(event.fact.rstrip("。；") for event in one.events if event.fact) if lacks else (),
    )


def _survey(session: Reader, quarter: QuarterView) -> tuple[str, Mapping[int, BranchResult]]:
    rounds = surveys.rounds_of(session, quarter)
    if not rounds:
        return "", {}
    made = survey_results.results(session, rounds[-1].id)
    return rounds[-1].name, {one.org.id: one for one in made.branches}


def _survey_fact(of: BranchResult | None) -> SurveyFact | None:
    if of is None:
        return None
    return SurveyFact(
        answers=of.overall.answered,
        score=None if of.score is None else of.score.estimate,
        low=None if of.score is None else of.score.low,
        high=None if of.score is None else of.score.high,
        rate=None if of.rate is None else of.rate.estimate,
        narrow=of.narrow,
        target=of.target,
        verdict=None if of.judgement is None else of.judgement.verdict,
    )


def _findings(session: Reader, quarter: QuarterView, of: Sequence[OrgView]) -> tuple[FindingFact, ...]:
    """The findings of the quarter that were not taken back, by branch and number."""
    known = {org.id: org for org in of}
    rows = session.execute(
        select(*Finding.ALL)
        .where(Finding.quarter_id == quarter.id, Finding.withdrawn_at.is_(None))
        .order_by(Finding.number)
    ).all()
    found = [
        FindingFact(
            row.number,
            row.org_id,
            known[row.org_id].short_name,
            known[row.org_id].category,
            row.problem,
            row.fact,
            row.demand,
            row.owner,
            row.due_on,
        )
        for row in rows
        if row.org_id in known
    ]
    places = {org.id: place for place, org in enumerate(of)}
    return tuple(sorted(found, key=lambda one: (places[one.org_id], one.number)))

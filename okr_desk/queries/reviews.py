"""The quarterly review sheet of one branch as one frozen snapshot: screen, paper and workbook are made from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.model.columns import Adjustment, Indicator, KeyResult, Narrative, Objective
from okr_desk.model.reading import Reader
from okr_desk.queries import board as boards
from okr_desk.queries import cycles, letterheads, orgs, review_records, score_forms, surveys, users
from okr_desk.queries.checkins import NarrativeView
from okr_desk.queries.letterheads import digest
from okr_desk.queries.objectives import Board, KeyResultView, OrgView, QuarterView
from okr_desk.queries.review_records import ReviewRecord
from okr_desk.queries.score_forms import ScoreForm
from okr_desk.queries.surveys import RoundView
from okr_desk.review_terms import ReviewStep
from okr_desk.rules.objectives import HANDED_OVER, TAKEN_OVER
from okr_desk.scoring.rollup import Part, Rollup, rollup
from okr_desk.terms import Dimension, KrKind, Origin, QuarterState, Status, SurveyChange, SurveyVerdict

if TYPE_CHECKING:
    from okr_desk.queries.survey_results import BranchResult

_MANY = 400


@dataclass(frozen=True)
class DimensionTotal:
    """Weighted progress of the key results of one dimension. `count` applicable, `reported` of them with a value."""

    dimension: Dimension
    rollup: Rollup
    count: int
    reported: int


@dataclass(frozen=True)
class SurveySays:
    """What the round behind a satisfaction says: `level` of its interval (0.90), wide satisfied share (0..1), evidence.

    `verdict` is None without a target, `change` without a round before it that asked the same. `round_name`: where the
    quarter has more than one.
    """

    level: Decimal
    rate: Decimal | None
    evidence: str
    verdict: SurveyVerdict | None = None
    change: SurveyChange | None = None
    round_name: str = ""


@dataclass(frozen=True)
class Satisfaction:
    """Mass satisfaction of the quarter; from `n` on all is None unless the value is that of a counted round.

    `rounds_waiting`: names of the quarter's rounds that have answers, where none of them was counted yet.
    """

    value: Decimal | None
    previous: Decimal | None
    baseline: Decimal | None
    target: Decimal | None
    unit: str
    n: int | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    survey: SurveySays | None = None
    rounds_waiting: str = ""


@dataclass(frozen=True)
class AdjustmentView:
    """A change after approval, with its reason; printed."""

    made_on: date
    subject: str
    what: str
    before: str
    after: str
    reason: str
    by: str


@dataclass(frozen=True)
class TrendPoint:
    """Weighted progress of the branch at the end of a quarter; None when nothing was reported.

    `basis` is the share of all weight that it rests on, 0..1; below `least` (policy coverage.minimum) it says little.
    """

    quarter: int
    progress: Decimal | None
    expected: Decimal | None
    basis: Decimal = Decimal(1)
    least: Decimal = Decimal(0)

    @property
    def is_thin(self) -> bool:
        """Whether too little of the weight was reported for the figure to stand for the whole."""
        return self.progress is not None and self.basis < self.least


@dataclass(frozen=True)
class Opinion:
    """What was said at a step of the review before the sheet was published: 自评, 联系领导, 镇党建办."""

    step: ReviewStep
    text: str
    by: str
    on: date


@dataclass(frozen=True)
class Issued:
    """The sheet is printed as it was published: which version, when; `under_objection`: its score carries *."""

    version: int
    published_on: date
    reason: str = ""
    under_objection: bool = False


@dataclass(frozen=True)
class ReviewSheet:
    """One sheet. `number` runs per quarter (评审2026-3-007); `digest` is the SHA-256 of the canonical content.

    `voided` says of each time that the quarter was opened again for the branch that earlier prints are void.
    `scores` are the points beside it where a scheme is in force; `opinions` what the review has said so far.
    """

    township: str
    number: str
    board: Board
    dimensions: tuple[DimensionTotal, ...]
    satisfaction: Satisfaction | None
    adjustments: tuple[AdjustmentView, ...]
    narrative: NarrativeView
    trend: tuple[TrendPoint, ...]
    notices: tuple[str, ...]
    missing: tuple[str, ...]
    digest: str
    is_demo: bool = False
    voided: tuple[str, ...] = ()
    scores: ScoreForm | None = None
    opinions: tuple[Opinion, ...] = ()
    issued: Issued | None = None


def for_publication(sheet: ReviewSheet) -> ReviewSheet:
    """The sheet as it is frozen: without what is only known of a publication, its check code among it."""
    return marked(replace(sheet, digest="", issued=None), under_objection=False)


def marked(sheet: ReviewSheet, *, under_objection: bool) -> ReviewSheet:
    """The sheet with or without the mark of an objection at its score."""
    form = sheet.scores
    if form is None or form.sheet.under_objection == under_objection:
        return sheet
    return replace(sheet, scores=replace(form, sheet=replace(form.sheet, under_objection=under_objection)))


def sheet(session: Reader, org_id: int, year: int, number: int) -> ReviewSheet:
    """The sheet of one organisation for a quarter. Raises Refusal when the quarter does not exist."""
    quarter = cycles.quarter(session, year, number)
    if quarter is None:
        raise Refusal(_("{year}年第{n}季度还没有建立。").format(year=year, n=number))
    org = orgs.view(session, org_id, quarter.ends_on)
    return sheets(session, quarter, [org])[0]


def sheets(
    session: Reader, quarter: QuarterView, of: Sequence[OrgView], *, with_digest: bool = True
) -> tuple[ReviewSheet, ...]:
    """The sheets of many organisations, in their order, from a fixed number of queries.

    What is published has the code of its publication, so that nobody need reckon one here.
    """
    past = [q for q in cycles.quarters(session) if q.year == quarter.year and q.number <= quarter.number]
    by_quarter = boards.boards_at(session, past, of, with_history=(quarter.number,))
    head = letterheads.letterhead(session, quarter)
    scores = {form.sheet.org.id: form for form in score_forms.forms_with(session, head, of)}
    narratives = _narratives(session, quarter)
    adjustments = _adjustments(session, quarter)
    voided = cycles.voided(session, quarter.id)
    reviewed = review_records.records(session, quarter.id, [org.id for org in of])
    counted, round_name, waiting = _counted(session, quarter, of)
    made = []
    for org in of:
        board = by_quarter[quarter.number][org.id]
        one = ReviewSheet(
            township=head.township,
            number=head.number(org.id),
            board=board,
            dimensions=_dimensions(board),
            satisfaction=_satisfaction(board, counted.get(org.id), round_name, waiting),
            adjustments=tuple(adjustments.get(org.id, ())),
            narrative=narratives.get(org.id, NarrativeView()),
            trend=tuple(_point(by_quarter[q.number][org.id]) for q in past),
            notices=board.notices,
            missing=tuple(kr.code for kr in board.key_results if kr.applies and kr.pace.status is Status.DUE),
            digest="",
            is_demo=head.is_demo,
            scores=scores.get(org.id),
            voided=voided.get(org.id, ()),
            opinions=_opinions(reviewed[org.id]),
        )
        made.append(replace(one, digest=digest(one)) if with_digest else one)
    return tuple(made)


def dimension_rollup(key_results: Sequence[tuple[Decimal, KeyResultView]]) -> Rollup:
    """Weighted progress of key results given with their weight within the branch."""
    return rollup([Part(w, kr.progress.raw, kr.applies, kr.code, kr.nature) for w, kr in key_results])


def basis(board: Board) -> Decimal:
    """The share of all weight that the mean rests on: what was reported; once closed also silence, which counts 0."""
    whole = board.rollup
    return whole.coverage if board.quarter.state is QuarterState.CLOSED else whole.reported


def weighted(board: Board) -> list[tuple[Decimal, KeyResultView]]:
    """Each key result with its weight within the whole branch: share of the objective times its own share."""
    return [(o.share * kr.share, kr) for o in board.objectives for kr in o.key_results if o.share * kr.share > 0]


def _dimensions(board: Board) -> tuple[DimensionTotal, ...]:
    found = []
    for dimension in Dimension:
        mine = [(w, kr) for w, kr in weighted(board) if kr.dimension is dimension]
        if mine:
            live = [kr for _w, kr in mine if kr.applies]
            found.append(
                DimensionTotal(dimension, dimension_rollup(mine), len(live), sum(kr.is_reported for kr in live))
            )
    return tuple(found)


def _counted(session: Reader, quarter: QuarterView, of: Sequence[OrgView]) -> tuple[dict[int, BranchResult], str, str]:
    """The results of the round that was counted in the quarter, by organisation; its name, where there are several.

    Last the names of those that were answered, where none is counted.
    """
    round_id = surveys.settled(session, quarter.id)
    if round_id is None:
        waiting = [one.name for one in _rounds(session, quarter) if one.ballots or one.sheets]
        return {}, "", _("、").join(waiting)
    from okr_desk.queries import survey_results  # only where a round was counted: its arithmetic is not needed at start

    wanted = None if len(of) > _MANY else [org.id for org in of]
    found = survey_results.results(session, round_id, wanted, with_signals=True)
    several = len(_rounds(session, quarter)) > 1
    return {one.org.id: one for one in found.branches}, found.round.name if several else "", ""


def _rounds(session: Reader, quarter: QuarterView) -> tuple[RoundView, ...]:
    """The rounds of the quarter; without any nothing is counted."""
    return surveys.rounds_of(session, quarter) if surveys.has_round(session, quarter) else ()


def _satisfaction(board: Board, found: BranchResult | None, round_name: str, waiting: str) -> Satisfaction | None:
    kr = next((kr for kr in board.key_results if kr.kind is KrKind.SATISFACTION), None)
    if kr is None:
        return None
    said = Satisfaction(kr.value, kr.previous, kr.baseline, kr.target, kr.unit, rounds_waiting=waiting)
    if found is None or found.score is None or kr.current is None or kr.current.origin is not Origin.COMPUTED:
        return said
    return replace(
        said,
        n=found.overall.answered,
        low=found.score.low,
        high=found.score.high,
        survey=SurveySays(
            found.score.level,
            None if found.rate is None else found.rate.estimate,
            found.evidence.grade.value,
            None if found.judgement is None else found.judgement.verdict,
            None if found.change is None else found.change.change,
            round_name,
        ),
    )


def _point(board: Board) -> TrendPoint:
    parts = [Part(w, kr.pace.expected, kr.applies and kr.pace.expected is not None) for w, kr in weighted(board)]
    expected = rollup(parts).progress if any(part.applies for part in parts) else None
    whole = board.rollup
    return TrendPoint(board.quarter.number, whole.progress, expected, basis(board), whole.least)


def _opinions(record: ReviewRecord) -> tuple[Opinion, ...]:
    """The newest of each step that the paper has room for, while it is not about the publication itself."""
    last = (record.last(step) for step in (ReviewStep.SUBMIT, ReviewStep.OPINE, ReviewStep.CHECK))
    return tuple(Opinion(one.step, one.note, one.by, one.on) for one in last if one is not None)


def _narratives(session: Reader, quarter: QuarterView) -> dict[int, NarrativeView]:
    rows = session.execute(select(*Narrative.ALL).where(Narrative.quarter_id == quarter.id).order_by(Narrative.version))
    return {row.org_id: NarrativeView(row.practice, row.problems, row.next_quarter) for row in rows}


def _adjustments(session: Reader, quarter: QuarterView) -> dict[int, list[AdjustmentView]]:
    rows = session.execute(
        select(
            *Adjustment.ALL,
            KeyResult.code.label("key_result"),
            Objective.code.label("objective"),
            Indicator.code.label("indicator"),
        )
        .select_from(Adjustment.TABLE)
        .join(KeyResult.TABLE, KeyResult.id == Adjustment.key_result_id, isouter=True)
        .join(Objective.TABLE, Objective.id == Adjustment.objective_id, isouter=True)
        .join(Indicator.TABLE, Indicator.id == Adjustment.indicator_id, isouter=True)
        .where(
            Adjustment.year == quarter.year,
            Adjustment.made_on <= quarter.due_on,
            or_(Adjustment.what.not_in((TAKEN_OVER, HANDED_OVER)), Adjustment.made_on <= quarter.ends_on),
        )
        .order_by(Adjustment.made_at)
    )
    names = users.names(session)
    found: dict[int, list[AdjustmentView]] = {}
    for row in rows:
        found.setdefault(row.org_id, []).append(
            AdjustmentView(
                made_on=row.made_on,
                subject=row.key_result or row.indicator or row.objective or "",
                what=row.what,
                before=row.before,
                after=row.after,
                reason=row.reason,
                by=names.get(row.account_id, ""),
            )
        )
    return found

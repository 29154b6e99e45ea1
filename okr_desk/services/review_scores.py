"""The points of each party: what a branch gives itself, what the office sets line by line, what leaders and peers say.

A score is followed by the next one and stays; points equal to those computed are no correction.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from sqlmodel import Session, col, select

from okr_desk.errors import IllegalMove, InputRefused, WrongState
from okr_desk.i18n import _
from okr_desk.model.store import now
from okr_desk.model.tables import Quarter, Review, ReviewScore
from okr_desk.queries import cycles, orgs, scores
from okr_desk.queries.score_lines import LineScore
from okr_desk.review_terms import Party, ReviewState, ReviewStep
from okr_desk.rules import reviews as rules
from okr_desk.rules.permissions import Action, Actor
from okr_desk.rules.reviews import LineDraft, StepDraft
from okr_desk.services import official, permits
from okr_desk.services.outcome import Outcome, Topic, changed

HUNDRED = Decimal(100)
CHECKING = (ReviewState.SUBMITTED, ReviewState.OPINED)
"""States in which the office works on the lines, before it says that it has checked."""
_PARTIES = (Party.LEADER, Party.PEERS)


def give(session: Session, actor: Actor, row: Review, quarter: Quarter, draft: StepDraft) -> None:
    """Keep the points that a step gives: the branch's own with its report, the office's with check and correction."""
    if draft.step is ReviewStep.SUBMIT:
        known = lines_of(session, row)
        said = {line.line_id: line for line in draft.lines}
        for line_id, score in known.items():
            points = computed_points(score)
            line = said.get(line_id, LineDraft(line_id, points))
            _check(line, score, needs_reason=False)
            line = line if line.points is not None else LineDraft(line_id, points, line.reason)
            _keep(session, actor, row, Party.SELF, line, points)
    elif draft.step in (ReviewStep.CHECK, ReviewStep.CORRECT):
        _set(session, actor, row, draft.lines)


def set_line(session: Session, actor: Actor, quarter_id: int, org_id: int, draft: LineDraft) -> Outcome[Decimal | None]:
    """Set the points of one line while the office checks, with a reason; None: the program's own hold again.

    Raises IllegalMove in other states, InputRefused for points that the line does not give.
    """
    permits.require(session, actor, Action.CHECK_REVIEW, org_id)
    row = session.exec(select(Review).where(Review.quarter_id == quarter_id, Review.org_id == org_id)).first()
    if row is None or ReviewState(row.state) not in CHECKING:
        raise IllegalMove(_("只有支部报送自评以后、镇核定以前，才能逐项核分。送达以后请按申辩或更正办理。"))
    _set(session, actor, row, (draft,))
    return Outcome(draft.points, changed(Topic.REVIEWS, Topic.SCORES).of(org_id))


def set_whole(
    session: Session, actor: Actor, quarter_id: int, org_id: int, party: Party, points: Decimal | None, reason: str = ""
) -> Outcome[Decimal | None]:
    """Keep the score out of 100 that the leader or the peers give a branch; None takes it back: it is not used then."""
    permits.require(session, actor, Action.CHECK_REVIEW, org_id)
    if party not in _PARTIES:
        raise WrongState(_("这里只登记联系领导评分和支部互评。"))
    if points is not None and not 0 <= points <= HUNDRED:
        raise InputRefused(_("评分请填 0 到 100。"), "points")
    row = session.exec(select(Review).where(Review.quarter_id == quarter_id, Review.org_id == org_id)).first()
    if row is None or ReviewState(row.state) not in CHECKING:
        raise IllegalMove(_("只有支部报送自评以后、镇核定以前，才能登记评分。"))
    _keep(session, actor, row, party, LineDraft(0, points, reason), None, whole=True)
    return Outcome(points, changed(Topic.REVIEWS, Topic.SCORES).of(org_id))


def decide_line(
    session: Session, actor: Actor, row: Review, line_id: int, points: Decimal, reason: str, objection_id: int
) -> None:
    """The points of a line as the decision on an objection says."""
    computed = computed_points(lines_of(session, row)[line_id])
    line = LineDraft(line_id, points, reason)
    _keep(session, actor, row, Party.OFFICE, line, computed, objection_id=objection_id)


def lines_of(session: Session, row: Review) -> Mapping[int, LineScore]:
    """The lines of a branch's sheet that have something due, by the line; none without a scheme."""
    quarter = cycles.by_id(session, row.quarter_id)
    assert quarter is not None
    org = orgs.view(session, row.org_id, quarter.ends_on)
    (sheet,) = scores.sheets_of(session, [quarter], [org])[quarter.number]
    return {one.line.id: one for one in sheet.lines if one.points is not None}


def computed_points(score: LineScore) -> Decimal | None:
    """What the program made of a line, whatever a review set."""
    points = score.computed or score.points
    return None if points is None else points.points


def _set(session: Session, actor: Actor, row: Review, lines: tuple[LineDraft, ...]) -> None:
    if not lines:
        return
    known = lines_of(session, row)
    for line in lines:
        if line.line_id not in known:
            raise InputRefused(_("这一项不在本季的计分表里，请刷新后再试。"), "line_id")
        _check(line, known[line.line_id])
        computed = computed_points(known[line.line_id])
        kept = LineDraft(line.line_id, None if rules.same(line.points, computed) else line.points, line.reason)
        _keep(session, actor, row, Party.OFFICE, kept, computed)


def _check(line: LineDraft, score: LineScore, *, needs_reason: bool = True) -> None:
    points = score.computed or score.points
    assert points is not None
    rules.check_points(line, score.line.name, points.points, points.maximum, needs_reason=needs_reason)


def _keep(
    session: Session,
    actor: Actor,
    row: Review,
    party: Party,
    line: LineDraft,
    computed: Decimal | None,
    *,
    whole: bool = False,
    objection_id: int | None = None,
) -> None:
    line_id = None if whole else line.line_id
    before = session.exec(
        select(ReviewScore).where(
            ReviewScore.review_id == row.key,
            ReviewScore.party == party.value,
            ReviewScore.line_id == line_id,
            col(ReviewScore.superseded_at).is_(None),
        )
    ).first()
    if before is None and line.points is None:
        return
    if before is not None:
        if (before.points, before.reason) == (rules.stored(line.points), line.reason.strip()) and objection_id is None:
            return
        before.superseded_at = now(session)
        session.add(before)
    session.add(
        ReviewScore(
            review_id=row.key,
            party=party.value,
            line_id=line_id,
            points=rules.stored(line.points),
            computed=rules.stored(computed),
            reason=line.reason.strip(),
            objection_id=objection_id,
            account_id=official.account_of(actor) or 0,
            recorded_at=now(session),
        )
    )
    session.flush()

"""What reviews ask of a branch: its own score, an answer within the term; of the office: to check, decide, close."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from okr_desk.i18n import _
from okr_desk.model.columns import Objection, ObjectionDecision, Review
from okr_desk.model.columns import ReviewStep as Step
from okr_desk.model.reading import Reader
from okr_desk.queries import orgs, review_records
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.reminder import Reminder
from okr_desk.queries.wording import day_text
from okr_desk.review_terms import ReviewState, ReviewStep
from okr_desk.terms import OrgKind, QuarterState

PAGE, OBJECTIONS = "reviews", "objections"
CHECKING = (ReviewState.SUBMITTED, ReviewState.OPINED)


def owed(session: Reader, quarter: QuarterView, org_id: int, day: date) -> Sequence[Reminder]:
    """What a branch owes in the review of a quarter; for the township what waits there."""
    if day <= quarter.ends_on or quarter.state is QuarterState.PLANNING:
        return []
    top = next((org.id for org in orgs.tree(session, day) if org.kind == OrgKind.TOWNSHIP), None)
    if org_id == top:
        return office(session, quarter, day)
    record = review_records.records(session, quarter.id, [org_id])[org_id]
    to_it = (("org_id", org_id),)
    if record.state is ReviewState.DRAFTING and quarter.state is not QuarterState.CLOSED:
        said = _("{quarter}的自评还没有报送").format(quarter=quarter.label)
        return [Reminder(said, PAGE, _("报送"), quarter.due_on, to_it)]
    if record.state is ReviewState.RETURNED:
        last = record.last(ReviewStep.RETURN)
        said = _("镇党建办退回了{quarter}的自评：{why}")
        why = "" if last is None else last.note
        return [Reminder(said.format(quarter=quarter.label, why=why), PAGE, _("重新报送"), None, to_it)]
    if record.state in (ReviewState.DELIVERED, ReviewState.RECHECKED) and (record.until or day) >= day:
        said = _("{quarter}评审表已送达，请确认无异议或提出申辩").format(quarter=quarter.label)
        return [Reminder(said, PAGE, _("去确认"), record.until, to_it)]
    return []


def office(session: Reader, quarter: QuarterView, day: date) -> list[Reminder]:
    """What the office has to move on in a quarter, counted without scoring anything."""
    counts: Counter[ReviewState] = Counter()
    asked = select(Review.state, func.count().label("many")).where(Review.quarter_id == quarter.id)
    for row in session.execute(asked.group_by(Review.state)):
        counts[ReviewState(row.state)] = row.many
    found = []
    checking = sum(counts[state] for state in CHECKING)
    if checking:
        found.append(Reminder(_("{n} 个支部的自评待核定").format(n=checking), PAGE, _("去核定")))
    found += _objections(session, quarter)
    over = _terms_over(session, quarter, day)
    for state, said in (
        (ReviewState.DELIVERED, _("{n} 个支部申辩期满，待审定")),
        (ReviewState.RECHECKED, _("{n} 个支部答复期满，待审定")),
        (ReviewState.PUBLICISED, _("{n} 个支部公示期满，待定为最终")),
    ):
        if over[state]:
            found.append(Reminder(said.format(n=over[state]), PAGE, _("去办理"), None, (("state", state.value),)))
    return found


def _objections(session: Reader, quarter: QuarterView) -> list[Reminder]:
    decided = select(ObjectionDecision.objection_id)
    asked = (
        select(func.count().label("many"), func.min(Objection.due_on).label("first"))
        .select_from(Objection.TABLE)
        .join(Review.TABLE, Review.id == Objection.review_id)
        .where(Review.quarter_id == quarter.id, Objection.withdrawn_at.is_(None), Objection.id.not_in(decided))
    )
    row = session.execute(asked).one()
    if not row.many:
        return []
    first = row.first if isinstance(row.first, date) else date.fromisoformat(str(row.first))
    said = _("{n} 件申辩待答复，最早的 {day}前").format(n=row.many, day=day_text(first))
    return [Reminder(said, OBJECTIONS, _("去答复"), first)]


def _terms_over(session: Reader, quarter: QuarterView, day: date) -> Counter[ReviewState]:
    """By state, reviews whose last step began a term that is over."""
    last = select(func.max(Step.id)).group_by(Step.review_id)
    asked = (
        select(Review.state, func.count().label("many"))
        .select_from(Review.TABLE)
        .join(Step.TABLE, Step.review_id == Review.id)
        .where(Review.quarter_id == quarter.id, Step.id.in_(last), Step.until < day)
        .group_by(Review.state)
    )
    return Counter({ReviewState(row.state): row.many for row in session.execute(asked)})

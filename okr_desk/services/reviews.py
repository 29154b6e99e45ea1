"""Reviews move step by step: what the table of moves allows on this day to this person, and nothing else.

A step is written once and never changed or taken back; what was wrong is put right by the steps that follow.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, func, select

from okr_desk.errors import IllegalMove, Refusal, WrongState
from okr_desk.i18n import _
from okr_desk.model.store import now, today
from okr_desk.model.tables import Narrative, Objection, ObjectionDecision, Quarter, Receipt, Review
from okr_desk.model.tables import ReviewStep as Step
from okr_desk.queries import cycles as standing
from okr_desk.queries import letterheads, orgs, policy, reviews, township_summaries
from okr_desk.queries.objectives import QuarterView
from okr_desk.review_terms import PublicationKind, ReviewState, ReviewStep
from okr_desk.rules import reviews as rules
from okr_desk.rules.permissions import Actor
from okr_desk.rules.reviews import Move, StepDraft
from okr_desk.services import official, permits, publications, quarter_lock, review_scores
from okr_desk.services.outcome import Changes, Outcome, Topic, changed
from okr_desk.terms import QuarterState

CHANGED = changed(Topic.REVIEWS, Topic.SCORES)
PUBLISHING = (ReviewStep.DELIVER, ReviewStep.CORRECT)
"""Steps that freeze the sheet; an upheld objection does as well, with the answer to it."""
SUMMED = (ReviewStep.FINALISE, ReviewStep.CORRECT)
"""Steps after which the summary of the township is what it will be."""
AT_ONCE = 100
"""Sheets that are in memory while they are frozen."""
REVIEW = "review"
"""The word of the register where receipts of sheets stand."""


@dataclass(frozen=True)
class Refused:
    """A branch whose review could not take a step, and why."""

    org: str
    why: str


@dataclass(frozen=True)
class Moved:
    """What a bulk action did: how many reviews moved, and which did not with the reason."""

    count: int
    refused: tuple[Refused, ...] = ()


def step(session: Session, actor: Actor, draft: StepDraft) -> Outcome[str]:
    """Take one step of one review; the new state.

    Raises IllegalMove for a step that the table or a term forbids, NotAllowed, and InputRefused at its field.
    """
    quarter = _quarter(session, draft.quarter_id)
    row = _take(session, actor, quarter, draft, {})
    _publish(session, actor, quarter, [(row, draft)])
    return Outcome(row.state, CHANGED.of(row.org_id))


def steps(session: Session, actor: Actor, drafts: Sequence[StepDraft]) -> Outcome[Moved]:
    """Take the same kind of step for many branches; those that cannot take it stay as they are and are named.

    Raises what `step` raises where not one of them can.
    """
    if any(draft.step not in rules.BULK for draft in drafts):
        raise WrongState(_("这一步要逐个支部办理。"))
    done: list[tuple[Review, StepDraft]] = []
    refused: list[Refused] = []
    first: Refusal | None = None
    terms: dict[str, date] = {}
    for draft in drafts:
        try:
            done.append((_take(session, actor, _quarter(session, draft.quarter_id), draft, terms), draft))
        except Refusal as refusal:
            first = first or refusal
            refused.append(Refused(orgs.view(session, draft.org_id, today(session)).short_name, refusal.sentence))
    if not done and first is not None:
        raise first
    for quarter_id in dict.fromkeys(draft.quarter_id for _row, draft in done):
        part = [(row, draft) for row, draft in done if draft.quarter_id == quarter_id]
        _publish(session, actor, _quarter(session, quarter_id), part)
    touched = [row.org_id for row, _draft in done]
    return Outcome(Moved(len(done), tuple(refused)), CHANGED.of(*touched) if done else Changes())


def record(
    session: Session, actor: Actor, row: Review, move: Move, draft: StepDraft, *, until: date | None = None
) -> Step:
    """Write a step that has been allowed; the review stands where it leads."""
    written = Step(
        review_id=row.key,
        step=move.step.value,
        before=move.before.value,
        after=move.after.value,
        on=today(session),
        by=draft.by.strip(),
        note=draft.note.strip(),
        document=draft.document.strip(),
        until=until,
        substitution=draft.substitution.strip(),
        account_id=official.account_of(actor) or 0,
        recorded_at=now(session),
    )
    row.state = move.after.value
    session.add_all((written, row))
    session.flush()
    return written


def found(session: Session, actor: Actor, quarter_id: int, org_id: int) -> Review:
    """The review of a branch in a quarter; it is begun where there is none yet."""
    row = session.exec(select(Review).where(Review.quarter_id == quarter_id, Review.org_id == org_id)).first()
    if row is not None:
        return row
    quarter = _view(session, quarter_id)
    orgs.view(session, org_id, quarter.ends_on)
    number = letterheads.letterhead(session, quarter).number(org_id)
    row = Review(org_id=org_id, quarter_id=quarter_id, number=number, state=ReviewState.DRAFTING.value)
    session.add(row)
    session.flush()
    return row


def last_step(session: Session, row: Review, *kinds: ReviewStep) -> Step | None:
    """The newest step, of these kinds where any are named."""
    asked = select(Step).where(Step.review_id == row.key).order_by(col(Step.id).desc()).limit(1)
    if kinds:
        asked = asked.where(col(Step.step).in_([kind.value for kind in kinds]))
    return session.exec(asked).first()


def term(session: Session, setting: str, first: date) -> date:
    """The last day of a term of working days that begins after `first`. Raises WrongState past the calendar."""
    day = standing.calendar(session).nth_working_day_after(first, policy.integer(session, setting))
    if day is None:
        said = _("{year}年的工作日历还没有填写，算不出期限，请先在“年度与季度”中填写。")
        raise WrongState(said.format(year=first.year if first.month < 12 else first.year + 1))
    return day


def publish(session: Session, actor: Actor, quarter_id: int, of: Sequence[Review], reason: str = "") -> None:
    """Freeze the sheets of these reviews as they are now; unchanged ones keep their version."""
    quarter = _view(session, quarter_id)
    known = {org.id: org for org in orgs.tree(session, quarter.ends_on)} if len(of) > 1 else {}
    session.flush()
    for begin in range(0, len(of), AT_ONCE):
        some = of[begin : begin + AT_ONCE]
        branches = [known.get(row.org_id) or orgs.view(session, row.org_id, quarter.ends_on) for row in some]
        for row, sheet in zip(some, reviews.sheets(session, quarter, branches, with_digest=False), strict=True):
            kept = (quarter_id, row.org_id, row.number, reviews.for_publication(sheet), reason)
            publications.publish(session, actor, PublicationKind.REVIEW, *kept)


# Inside


def _take(session: Session, actor: Actor, quarter: Quarter, draft: StepDraft, terms: dict[str, date]) -> Review:
    """One step; `terms` keeps the last day of each term, the same for all that take the step today."""
    row = session.exec(select(Review).where(Review.quarter_id == quarter.key, Review.org_id == draft.org_id)).first()
    state = ReviewState.DRAFTING if row is None else ReviewState(row.state)
    move = rules.move_of(state, draft.step)
    permits.require(session, actor, move.who, draft.org_id)
    if draft.step in (ReviewStep.OBJECT, ReviewStep.RECHECK):
        raise WrongState(_("申辩请在“申辩”中逐项登记和答复。"))
    row = row or found(session, actor, quarter.key, draft.org_id)
    last = last_step(session, row)
    until = None if last is None else last.until
    wanting = rules.missing(move, _facts(session, actor, row, quarter, draft, until, move), until)
    if wanting:
        raise IllegalMove(wanting[0])
    rules.check_step(move, draft, None if last is None else last.on, today(session))
    review_scores.give(session, actor, row, quarter, draft)
    if move.term and move.term not in terms:
        terms[move.term] = term(session, move.term, today(session))
    ends = terms.get(move.term)
    written = record(session, actor, row, move, _dated(draft), until=ends)
    if draft.step is ReviewStep.DELIVER:
        _hand_over(session, actor, written, row, draft)
    return row


def _dated(draft: StepDraft) -> StepDraft:
    """The day of the paper stands with its name, as a clerk writes it."""
    if draft.dated_on is None:
        return draft
    said = _("{document}（{day}）").format(document=draft.document.strip(), day=draft.dated_on)
    return StepDraft(
        draft.quarter_id, draft.org_id, draft.step, draft.by, draft.note, said, substitution=draft.substitution
    )


def _facts(
    session: Session, actor: Actor, row: Review, quarter: Quarter, draft: StepDraft, until: date | None, move: Move
) -> Mapping[str, bool]:
    """What holds of all that the move asks for; nothing else is looked up."""

    def is_other(step: ReviewStep) -> bool:
        last = last_step(session, row, step)
        me = official.account_of(actor) or 0
        return last is None or last.account_id != me or bool(draft.substitution.strip())

    answers: dict[str, Callable[[], bool]] = {
        "ended": lambda: today(session) > quarter.ends_on,
        "narrative": lambda: bool(draft.note.strip()) or _has_narrative(session, row),
        "frozen": lambda: quarter.state in (QuarterState.FROZEN, QuarterState.CLOSED),
        "not_reopened": lambda: not quarter_lock.is_reopened(session, quarter, row.org_id),
        "other_than_submitter": lambda: is_other(ReviewStep.SUBMIT),
        "other_than_checker": lambda: is_other(ReviewStep.CHECK),
        "none_open": lambda: open_objections(session, row) == 0,
        "term_over": lambda: until is not None and today(session) > until,
    }
    return {name: answers[name]() for name in move.facts}


def open_objections(session: Session, row: Review) -> int:
    """How many objections of a review wait for their decision."""
    decided = select(ObjectionDecision.objection_id)
    asked = select(func.count()).where(
        Objection.review_id == row.key,
        col(Objection.withdrawn_at).is_(None),
        col(Objection.id).not_in(decided),
    )
    return session.exec(asked).one()


def _has_narrative(session: Session, row: Review) -> bool:
    asked = select(Narrative.id).where(
        Narrative.org_id == row.org_id, Narrative.quarter_id == row.quarter_id, Narrative.practice != ""
    )
    return session.exec(asked.limit(1)).first() is not None


def _publish(session: Session, actor: Actor, quarter: Quarter, done: Sequence[tuple[Review, StepDraft]]) -> None:
    those = [(row, draft) for row, draft in done if draft.step in PUBLISHING]
    reason = those[0][1].note if those and those[0][1].step is ReviewStep.CORRECT else ""
    if those:
        publish(session, actor, quarter.key, [row for row, _draft in those], reason)
    if any(draft.step in SUMMED for _row, draft in done):
        _publish_summary(session, actor, _view(session, quarter.key), reason)


def _publish_summary(session: Session, actor: Actor, quarter: QuarterView, reason: str) -> None:
    """Freeze the summary of the township with the last branch that becomes final, anew with each correction."""
    if not township_summaries.is_final(session, quarter):
        return
    kind, number = PublicationKind.SUMMARY, township_summaries.number(quarter)
    snapshot = township_summaries.for_publication(session, quarter)
    publications.publish(session, actor, kind, quarter.id, None, number, snapshot, reason)


def _hand_over(session: Session, actor: Actor, written: Step, row: Review, draft: StepDraft) -> None:
    """Who took the sheet: kept with the step of the delivery, so that a second delivery has a receipt of its own."""
    session.add(
        Receipt(
            record=REVIEW,
            record_id=written.key,
            org_id=row.org_id,
            received_on=written.on,
            received_by=draft.by.strip(),
            way=draft.way.value,
            account_id=official.account_of(actor) or 0,
            recorded_at=now(session),
        )
    )
    session.flush()


def _quarter(session: Session, quarter_id: int) -> Quarter:
    row = session.get(Quarter, quarter_id)
    if row is None:
        raise Refusal(_("没有这个季度，请刷新后再试。"))
    return row


def _view(session: Session, quarter_id: int) -> QuarterView:
    view = standing.by_id(session, quarter_id)
    if view is None:
        raise Refusal(_("没有这个季度，请刷新后再试。"))
    return view

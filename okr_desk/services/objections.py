"""Objections are entered within their term, and decided by somebody who did not score; old points stay beside new."""

from __future__ import annotations

from decimal import Decimal

from sqlmodel import Session, col, func, select

from okr_desk.errors import IllegalMove, InputRefused, Refusal
from okr_desk.i18n import _
from okr_desk.model.store import now, today
from okr_desk.model.tables import Objection, ObjectionDecision, Review, ReviewScore
from okr_desk.model.tables import ReviewStep as Step
from okr_desk.queries import cycles
from okr_desk.review_terms import ObjectionOutcome, Party, ReviewState, ReviewStep
from okr_desk.rules import objections as rules
from okr_desk.rules import reviews as moves
from okr_desk.rules.checks import check_reason
from okr_desk.rules.objections import DecisionDraft, ObjectionDraft
from okr_desk.rules.permissions import Action, Actor
from okr_desk.rules.reviews import StepDraft
from okr_desk.services import official, permits, review_scores, reviews
from okr_desk.services.outcome import Outcome
from okr_desk.services.reviews import CHANGED

_SCORING = (ReviewStep.CHECK, ReviewStep.CORRECT)


def object_(session: Session, actor: Actor, draft: ObjectionDraft) -> Outcome[int]:
    """Enter an objection to a delivered sheet; its id. The sheet carries its mark until it is decided.

    Raises IllegalMove where the sheet was not delivered, Backdated outside the term, InputRefused, NotAllowed.
    """
    permits.require(session, actor, Action.OBJECT, draft.org_id)
    row = _review(session, draft.quarter_id, draft.org_id)
    move = moves.move_of(ReviewState(row.state), ReviewStep.OBJECT)
    begun = reviews.last_step(session, row, ReviewStep.DELIVER, ReviewStep.RECHECK, ReviewStep.PUBLICISE)
    assert begun is not None
    day = rules.check_objection(draft, begun.on, begun.until, today(session))
    again = _decided(session, row, draft.again_of_id)
    subject, points = _subject(session, row, draft.line_id)
    due = reviews.term(session, moves.AFTER_OBJECTION, day)
    entered = Objection(
        number=_number(session, row),
        review_id=row.key,
        line_id=draft.line_id,
        subject=subject,
        points=points,
        claimed=draft.claimed,
        reason=draft.reason.strip(),
        received_on=day,
        due_on=due,
        by=draft.by.strip(),
        basis=draft.basis.value,
        again_of_id=again,
        account_id=official.account_of(actor) or 0,
        recorded_at=now(session),
    )
    session.add(entered)
    session.flush()
    step = StepDraft(row.quarter_id, row.org_id, ReviewStep.OBJECT, draft.by, f"{entered.number} {subject}")
    reviews.record(session, actor, row, move, step, until=begun.until)
    return Outcome(entered.key, CHANGED.of(row.org_id))


def withdraw(session: Session, actor: Actor, objection_id: int, reason: str) -> Outcome[int]:
    """The branch takes its objection back with a reason; the sheet waits for its other objections, or goes on."""
    entered = _open(session, objection_id)
    row = session.get_one(Review, entered.review_id)
    permits.require(session, actor, Action.OBJECT, row.org_id)
    entered.withdrawn_reason = check_reason(reason, _("请写明撤回申辩的理由，原来的记录留存备查。"))
    entered.withdrawn_at = now(session)
    session.add(entered)
    session.flush()
    _go_on(session, actor, row, _("{number} 已由支部撤回").format(number=entered.number), changed_points=False)
    return Outcome(entered.key, CHANGED.of(row.org_id))


def decide(session: Session, actor: Actor, draft: DecisionDraft) -> Outcome[str]:
    """Decide an objection; its number. When none is open any more the sheet is answered, and published anew if changed.

    Raises NotAllowed for somebody who scored, InputRefused, IllegalMove for one that was decided already.
    """
    entered = _open(session, draft.objection_id)
    row = session.get_one(Review, entered.review_id)
    permits.require(session, actor, Action.CHECK_REVIEW, row.org_id)
    accounts, names = _scorers(session, row, entered)
    rules.check_other_person(official.account_of(actor) or 0, accounts, names, draft.by, draft.substitution)
    maximum = None
    if entered.line_id is not None:
        points = review_scores.lines_of(session, row)[entered.line_id].points
        maximum = None if points is None else points.maximum
    rules.check_decision(draft, maximum, entered.points)
    session.add(
        ObjectionDecision(
            objection_id=entered.key,
            outcome=draft.outcome.value,
            points=entered.points if draft.outcome is ObjectionOutcome.DISMISSED else draft.points,
            opinion=draft.opinion.strip(),
            rests_on=draft.rests_on.strip(),
            decided_on=today(session),
            by=draft.by.strip(),
            substitution=draft.substitution.strip(),
            account_id=official.account_of(actor) or 0,
            recorded_at=now(session),
        )
    )
    session.flush()
    is_changed = draft.outcome is not ObjectionOutcome.DISMISSED and draft.points is not None
    if is_changed and draft.points is not None and entered.line_id is not None:
        review_scores.decide_line(session, actor, row, entered.line_id, draft.points, draft.opinion, entered.key)
    _go_on(session, actor, row, _("已答复 {number}").format(number=entered.number), changed_points=is_changed)
    return Outcome(entered.number, CHANGED.of(row.org_id))


# Inside


def _review(session: Session, quarter_id: int, org_id: int) -> Review:
    row = session.exec(select(Review).where(Review.quarter_id == quarter_id, Review.org_id == org_id)).first()
    if row is None:
        raise IllegalMove(_("评审表还没有送达支部，不能申辩。"))
    return row


def _open(session: Session, objection_id: int) -> Objection:
    entered = session.get(Objection, objection_id)
    if entered is None:
        raise Refusal(_("没有这件申辩，请刷新后再试。"))
    if entered.withdrawn_at is not None:
        raise IllegalMove(_("申辩 {number} 已经撤回。").format(number=entered.number))
    decided = select(ObjectionDecision.id).where(ObjectionDecision.objection_id == objection_id)
    if session.exec(decided).first() is not None:
        said = _("申辩 {number} 已经答复，答复不能更改；支部仍有异议的，可以在期限内再次申辩。")
        raise IllegalMove(said.format(number=entered.number))
    return entered


def _decided(session: Session, row: Review, again_of_id: int | None) -> int | None:
    """The objection whose decision is objected to, once per decision."""
    if again_of_id is None:
        return None
    first = session.get(Objection, again_of_id)
    if first is None or first.review_id != row.key:
        raise InputRefused(_("没有找到原来的申辩，请刷新后再试。"), "again_of_id")
    if session.exec(select(Objection.id).where(Objection.again_of_id == again_of_id)).first() is not None:
        raise IllegalMove(_("对 {number} 的答复已经再次申辩过一次，不能重复申辩。").format(number=first.number))
    return again_of_id


def _subject(session: Session, row: Review, line_id: int | None) -> tuple[str, Decimal | None]:
    if line_id is None:
        return _("整张评审表"), None
    found = review_scores.lines_of(session, row).get(line_id)
    if found is None or found.points is None:
        raise InputRefused(_("请选择对哪一项申辩。"), "line_id")
    standing = session.exec(
        select(Objection.number)
        .where(Objection.review_id == row.key, Objection.line_id == line_id, col(Objection.withdrawn_at).is_(None))
        .where(col(Objection.id).not_in(select(ObjectionDecision.objection_id)))
    ).first()
    if standing is not None:
        raise InputRefused(_("这一项已有申辩 {number} 正在复核，请等答复。").format(number=standing), "line_id")
    return f"{found.line.code} {found.line.name}"[:80], moves.stored(found.points.points)


def _number(session: Session, row: Review) -> str:
    """申辩2026-3-001: year, quarter, running number of the quarter."""
    quarter = cycles.by_id(session, row.quarter_id)
    assert quarter is not None
    taken = session.exec(
        select(func.count())
        .select_from(Objection)
        .join(Review, col(Review.id) == Objection.review_id)
        .where(Review.quarter_id == row.quarter_id)
    ).one()
    return f"申辩{quarter.year}-{quarter.number}-{taken + 1:03}"


def _scorers(session: Session, row: Review, entered: Objection) -> tuple[set[int], list[str]]:
    """Accounts and names of those who scored or checked; a second objection also bars who decided on the first."""
    steps = session.exec(
        select(Step.account_id, Step.by).where(
            Step.review_id == row.key, col(Step.step).in_([one.value for one in _SCORING])
        )
    ).all()
    accounts, names = {account for account, _by in steps}, [by for _account, by in steps]
    set_by = select(ReviewScore.account_id).where(
        ReviewScore.review_id == row.key,
        ReviewScore.party == Party.OFFICE.value,
        col(ReviewScore.objection_id).is_(None),
    )
    accounts |= set(session.exec(set_by))
    if entered.again_of_id is not None:
        first = session.exec(
            select(ObjectionDecision).where(ObjectionDecision.objection_id == entered.again_of_id)
        ).first()
        if first is not None:
            accounts.add(first.account_id)
            names.append(first.by)
    return accounts, names


def _go_on(session: Session, actor: Actor, row: Review, note: str, *, changed_points: bool) -> None:
    """Once nothing is open the review has been answered: a new term begins, and a changed sheet is published anew."""
    if reviews.open_objections(session, row):
        return
    move = moves.move_of(ReviewState(row.state), ReviewStep.RECHECK)
    until = reviews.term(session, move.term, today(session))
    draft = StepDraft(row.quarter_id, row.org_id, ReviewStep.RECHECK, note=note)
    reviews.record(session, actor, row, move, draft, until=until)
    if changed_points or _changed_before(session, row):
        reviews.publish(session, actor, row.quarter_id, [row], note)


def _changed_before(session: Session, row: Review) -> bool:
    """Whether a decision since the last publication changed points."""
    asked = select(ReviewScore.id).where(ReviewScore.review_id == row.key, col(ReviewScore.objection_id).is_not(None))
    return session.exec(asked.limit(1)).first() is not None

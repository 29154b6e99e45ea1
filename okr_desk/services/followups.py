"""Findings are issued, moved step by step, taken back with a reason: what the table of moves allows, and no more.

The lock of a quarter does not apply: what was found is put right after the quarter is closed.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col, select

from okr_desk.errors import InputRefused, WrongState
from okr_desk.followup_terms import FindingState, FollowupStep
from okr_desk.i18n import _
from okr_desk.model.store import now, today
from okr_desk.model.tables import Account, Finding, FindingStep, LookBack, Quarter, Receipt, Year
from okr_desk.queries import cycles, followup_rules, orgs
from okr_desk.queries.followups import NOTICE_RECORD
from okr_desk.rules import followups as rules
from okr_desk.rules.checks import check_reason
from okr_desk.rules.entered import ITSELF
from okr_desk.rules.followups import ChainDraft, CorrectionDraft, FindingDraft, Move, Present, StepDraft
from okr_desk.rules.permissions import Action, Actor
from okr_desk.services import cards, entered, notices, official, permits
from okr_desk.services.outcome import Outcome, Topic, changed

CHANGED = changed(Topic.FOLLOWUPS)
RECORD = "finding"
"""The word under which receipts are kept."""


def issue(session: Session, actor: Actor, drafts: Sequence[FindingDraft]) -> Outcome[tuple[int, ...]]:
    """Give notice of findings, all or none; their ids. Time runs from today, the day on which notice is given.

    Raises InputRefused with the branch's name where there are several, NotAllowed.
    """
    if not drafts:
        raise InputRefused(_("请先勾选要下发的问题。"), "drafts")
    made = []
    for draft in drafts:
        try:
            made.append(_issued(session, actor, draft))
        except InputRefused as refused:
            if len(drafts) == 1:
                raise
            name = orgs.view(session, draft.org_id, today(session)).short_name
            said = _("{org}“{problem}”：{said}")
            sentence = said.format(org=name, problem=draft.problem, said=refused.sentence)
            raise InputRefused(sentence, refused.field) from refused
    return Outcome(tuple(made), CHANGED.of(*{draft.org_id for draft in drafts}))


def move(session: Session, actor: Actor, draft: StepDraft) -> Outcome[str]:
    """Take one step; the new state. Raises WrongState for one that the table does not have, InputRefused, NotAllowed.

    A write-off needs somebody else than the owner and than who recorded the measures; it lifts the cards that waited
    for it, which the notices name.
    """
    row = _row(session, draft.finding_id)
    step = rules.move_of(FindingState(row.state), draft.step)
    permits.require(session, actor, step.who, row.org_id)
    done = _standing(session, row.key)
    rules.check_move(step, draft, _present(session, row, done), done[-1].on, today(session))
    stands_in = _stands_in(session, actor, row, draft, done) if draft.step is FollowupStep.WRITE_OFF else ""
    made = _step(session, actor, row, draft, step, substitution=stands_in)
    _apply(session, actor, row, draft, made)
    row.state = step.after.value
    session.add(row)
    session.flush()
    lifted: tuple[str, ...] = ()
    if draft.step is FollowupStep.WRITE_OFF:
        lifted = cards.lift_after(session, row, made.on, made.by)
    said = _("{number}随整改销号解除。")
    return Outcome(row.state, CHANGED.of(row.org_id), tuple(said.format(number=one) for one in lifted))


def correct(session: Session, actor: Actor, draft: CorrectionDraft) -> Outcome[int]:
    """Put a notice right that was issued with an error; its new version, beside the one that was issued.

    The branch signs for it anew. Raises WrongState once it is checked or written off, InputRefused without a reason or
    where nothing changes.
    """
    row = _row(session, draft.finding_id)
    permits.require(session, actor, Action.CHECK_FINDINGS, row.org_id)
    day = today(session)
    said = check_reason(draft.reason, _("请写明更正的原因，新的通知书上会印出。"))
    rules.check_correction(FindingState(row.state), row.due_on != row.first_due_on, draft.words, day)
    if not notices.is_frozen(session, row):
        notices.freeze(session, actor, row)
    before = _words(row)
    _reword(row, draft.words)
    if _words(row) == before:
        raise InputRefused(_("内容没有变化，不用更正。"), "problem")
    session.add(row)
    stays = Move(FindingState(row.state), FollowupStep.CORRECT, FindingState(row.state), Action.CHECK_FINDINGS)
    step = StepDraft(row.key, FollowupStep.CORRECT, day, actor.name, said, due_on=draft.words.due_on)
    _step(session, actor, row, step, stays)
    return Outcome(notices.freeze(session, actor, row, said, day), CHANGED.of(row.org_id))


def describe(session: Session, actor: Actor, draft: ChainDraft) -> Outcome[int]:
    """Say what became of a finding in the chains 反馈 and 激励; the trail keeps what stood there before."""
    row = _row(session, draft.finding_id)
    permits.require(session, actor, Action.CHECK_FINDINGS, row.org_id)
    rules.check_chain(draft)
    row.feedback, row.incentive = draft.feedback.strip(), draft.incentive.strip()
    session.add(row)
    session.flush()
    return Outcome(row.key, CHANGED.of(row.org_id))


def take_back(session: Session, actor: Actor, finding_id: int, reason: str) -> Outcome[str]:
    """Take the last step back; it stays with the reason, and the finding stands where it stood before it."""
    row = _row(session, finding_id)
    last = _standing(session, row.key)[-1]
    if last.step == FollowupStep.CORRECT:
        raise WrongState(_("更正过的通知书已经下发，不能撤回这一步。再有差错，请再更正一次。"))
    if last.step == FollowupStep.ISSUE:
        raise WrongState(_("这个问题只有下发一步。下发错的请撤回整件。"))
    said = check_reason(reason, _("撤回要写明理由，原来的记录留存备查。"))
    step = rules.move_of(FindingState(last.before), FollowupStep(last.step))
    permits.require(session, actor, step.who, row.org_id)
    last.withdrawn_at, last.withdrawn_reason = now(session), said
    session.add(last)
    session.flush()
    _unapply(session, row, last)
    row.state = last.before
    session.add(row)
    session.flush()
    return Outcome(row.state, CHANGED.of(row.org_id))


def withdraw(session: Session, actor: Actor, finding_id: int, reason: str) -> Outcome[str]:
    """Take a whole finding back that should not have been issued; it stays with the reason, its number is spent."""
    row = _row(session, finding_id)
    permits.require(session, actor, Action.CHECK_FINDINGS, row.org_id)
    entered.take_back(session, row, reason)
    return Outcome(row.number, CHANGED.of(row.org_id))


def next_number(session: Session, quarter_id: int) -> str:
    """The next number of a quarter: 整改2026-3-001."""
    quarter = session.get_one(Quarter, quarter_id)
    year = session.get_one(Year, quarter.year_id).number
    first = rules.prefix(year, quarter.number)
    taken = session.exec(select(Finding.number).where(col(Finding.number).startswith(first))).all()
    return rules.number_of(year, quarter.number, rules.next_running(taken))


# Inside


def _issued(session: Session, actor: Actor, draft: FindingDraft) -> int:
    permits.require(session, actor, Action.CHECK_FINDINGS, draft.org_id)
    day = today(session)
    rules.check_finding(draft, day)
    if session.get(Quarter, draft.quarter_id) is None:
        raise InputRefused(_("没有这个季度。"), "quarter_id")
    due = draft.due_on or followup_rules.limits(session).due(draft.kind, day, cycles.calendar(session))
    if due is None:
        raise InputRefused(_("工作日历没有填到期限那一天，算不出期限，请直接填写“整改期限”。"), "due_on")
    row = Finding(
        number=next_number(session, draft.quarter_id),
        org_id=draft.org_id,
        quarter_id=draft.quarter_id,
        source=draft.source.value,
        indicator_id=draft.indicator_id,
        problem=draft.problem.strip(),
        fact=draft.fact.strip(),
        clause=draft.clause.strip(),
        kind=draft.kind.value,
        demand=draft.demand.strip(),
        owner=draft.owner.strip(),
        leader=draft.leader.strip(),
        contact=draft.contact.strip(),
        found_on=draft.found_on or day,
        due_on=due,
        first_due_on=due,
        state=FindingState.NOT_STARTED.value,
        feedback=draft.feedback.strip(),
        incentive=draft.incentive.strip(),
        again_of_id=draft.again_of_id,
        **entered.stamp(session, actor, ITSELF),
    )
    session.add(row)
    session.flush()
    first = Move(FindingState.NOT_STARTED, FollowupStep.ISSUE, FindingState.NOT_STARTED, Action.CHECK_FINDINGS)
    said = StepDraft(row.key, FollowupStep.ISSUE, day, actor.name, owner=row.owner, leader=row.leader, due_on=due)
    _step(session, actor, row, said, first)
    notices.freeze(session, actor, row)
    return row.key


def _step(
    session: Session, actor: Actor, row: Finding, draft: StepDraft, move: Move, *, substitution: str = ""
) -> FindingStep:
    names = draft.step in rules.NAMES_OWNER
    owner, leader = (draft.owner.strip(), draft.leader.strip() or row.leader) if names else ("", "")
    made = FindingStep(
        finding_id=row.key,
        step=draft.step.value,
        before=move.before.value,
        after=move.after.value,
        on=draft.on,
        by=draft.by.strip() or owner,
        note=draft.note.strip(),
        due_on=draft.due_on,
        before_due_on=row.due_on,
        recognised="" if draft.recognised is None else draft.recognised.value,
        owner=owner,
        leader=leader,
        substitution=substitution,
        account_id=official.account_of(actor) or 0,
        recorded_at=now(session),
    )
    session.add(made)
    session.flush()
    return made


def _row(session: Session, finding_id: int) -> Finding:
    row = session.get(Finding, finding_id)
    if row is None:
        raise WrongState(_("没有找到这个问题，请刷新后再试。"))
    if row.withdrawn_at is not None:
        raise WrongState(_("{number}已撤回，不能再办理。").format(number=row.number))
    return row


def _standing(session: Session, finding_id: int) -> list[FindingStep]:
    """The steps that count, in order; the first is that of the notice."""
    steps = select(FindingStep).where(FindingStep.finding_id == finding_id, col(FindingStep.withdrawn_at).is_(None))
    return list(session.exec(steps.order_by(col(FindingStep.id))))


def _words(row: Finding) -> tuple[object, ...]:
    """All that the notice says."""
    return row.source, row.kind, row.problem, row.fact, row.clause, row.demand, row.contact, row.first_due_on


def _reword(row: Finding, words: FindingDraft) -> None:
    row.source, row.kind = words.source.value, words.kind.value
    row.problem, row.fact, row.clause = words.problem.strip(), words.fact.strip(), words.clause.strip()
    row.demand, row.contact = words.demand.strip(), words.contact.strip()
    if words.due_on is not None:
        row.due_on = row.first_due_on = words.due_on


def _place_of_notice(done: Sequence[FindingStep]) -> int:
    """Where the notice in force was given: what was signed before it was another version."""
    return max(place for place, one in enumerate(done) if one.step in rules.NOTICE)


def _receipt_of(session: Session, row: Finding) -> tuple[str, int]:
    """Record and id under which the notice in force is signed for: a version that was put right has its own."""
    if any(one.step == FollowupStep.CORRECT for one in _standing(session, row.key)):
        return NOTICE_RECORD, notices.in_force(session, row)
    return RECORD, row.key


def _present(session: Session, row: Finding, done: Sequence[FindingStep]) -> Present:
    answers = (FollowupStep.ASK_EXTENSION, FollowupStep.EXTEND, FollowupStep.REFUSE_EXTENSION, FollowupStep.REOPEN)
    asked = next((one.step for one in reversed(done) if one.step in answers), "")
    signed = any(one.step == FollowupStep.SIGN for one in done[_place_of_notice(done) :])
    return Present(row.owner, row.due_on, signed, asked == FollowupStep.ASK_EXTENSION)


def _stands_in(session: Session, actor: Actor, row: Finding, draft: StepDraft, done: Sequence[FindingStep]) -> str:
    """Who verifies in the place of a second person, where there is none; "" where one does. Raises unless either is."""
    if rules.same_person(actor.name, row.owner):
        raise WrongState(_("您是这个问题的整改责任人，请由镇党建办另一位同志办理验收销号。"))
    since = max(place for place, one in enumerate(done) if one.step in rules.REOPENED_BY)
    workers = {_person(session, one.account_id) for one in done[since:] if one.step in rules.OWN_WORK}
    if _person(session, official.account_of(actor) or 0) not in workers:
        return ""
    if len(followup_rules.checkers(session)) > 1:
        raise WrongState(_("整改措施或提请验收是您录入的，请由镇党建办另一位同志办理验收销号。"))
    if not draft.substitute.strip():
        said = _("办公室只有一人，请写明由谁代为验收（分管领导或镇纪委，写明姓名）。")
        raise InputRefused(said, "substitute")
    if rules.same_person(draft.substitute, row.owner):
        raise InputRefused(_("代为验收的不能是整改责任人本人。"), "substitute")
    return draft.substitute.strip()


def _person(session: Session, account_id: int) -> int:
    row = session.get(Account, account_id)
    return -account_id if row is None else row.person_id


def _apply(session: Session, actor: Actor, row: Finding, draft: StepDraft, made: FindingStep) -> None:
    """What a step leaves on the record beside its state."""
    if draft.step is FollowupStep.SIGN:
        record, record_id = _receipt_of(session, row)
        session.add(
            Receipt(
                record=record,
                record_id=record_id,
                org_id=row.org_id,
                received_on=made.on,
                received_by=made.by,
                way=draft.way.value,
                account_id=official.account_of(actor) or 0,
                recorded_at=now(session),
            )
        )
    elif draft.step is FollowupStep.PLAN:
        row.measure, row.owner, row.leader = made.note, made.owner, made.leader
    elif draft.step in (FollowupStep.EXTEND, FollowupStep.REOPEN) and draft.due_on is not None:
        row.due_on = draft.due_on
    if draft.step in (FollowupStep.LOOK_BACK, FollowupStep.REOPEN):
        held = draft.step is FollowupStep.LOOK_BACK
        look = LookBack(finding_id=row.key, on=made.on, held=held, by=made.by, note=made.note,
                        **entered.stamp(session, actor, ITSELF))  # fmt: skip
        session.add(look)


def _unapply(session: Session, row: Finding, last: FindingStep) -> None:
    """The record without what the step left on it."""
    step = FollowupStep(last.step)
    if step is FollowupStep.SIGN:
        record, record_id = _receipt_of(session, row)
        held = select(Receipt).where(Receipt.record == record, Receipt.record_id == record_id)
        for receipt in session.exec(held).all():
            session.delete(receipt)
    elif step is FollowupStep.PLAN:
        before = [one for one in _standing(session, row.key) if one.step in rules.NAMES_OWNER][-1]
        row.measure, row.owner, row.leader = before.note, before.owner, before.leader
    elif step in (FollowupStep.EXTEND, FollowupStep.REOPEN) and last.before_due_on is not None:
        row.due_on = last.before_due_on
    elif step is FollowupStep.WRITE_OFF:
        cards.unlift_after(session, row)
    if step in (FollowupStep.LOOK_BACK, FollowupStep.REOPEN):
        looks = select(LookBack).where(LookBack.finding_id == row.key, col(LookBack.withdrawn_at).is_(None))
        newest = session.exec(looks.order_by(col(LookBack.id).desc()).limit(1)).first()
        if newest is not None:
            entered.take_back(session, newest, last.withdrawn_reason)

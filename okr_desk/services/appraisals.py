"""Appraisals are opened, their ballots counted, grades decided, and closed; a count that was wrong is superseded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlmodel import Session, col, select

from okr_desk.appraisal_terms import LEVELS, AppraisalItem, AppraisalKind, AppraisalState, Level, Voter
from okr_desk.errors import InputRefused, WrongState
from okr_desk.i18n import _
from okr_desk.model.store import now, today
from okr_desk.model.tables import Appraisal, AppraisalCount, AppraisalPerson, AppraisalVoter
from okr_desk.queries import appraisals as queries
from okr_desk.queries import duty_registers as registers_now
from okr_desk.queries import orgs
from okr_desk.queries.appraisals import AppraisalView, review_draft
from okr_desk.rules import appraisals as rules
from okr_desk.rules.appraisals import AppraisalDraft, CountDraft, CountsDraft, GradeDraft, HeldDraft, PersonDraft
from okr_desk.rules.checks import check_day, check_reason
from okr_desk.rules.permissions import Action, Actor
from okr_desk.services import duty_registers, entered, official, permits
from okr_desk.services.outcome import Changes, Outcome, Topic, changed
from okr_desk.terms import OrgKind

CHANGED = changed(Topic.APPRAISALS)


def create(session: Session, actor: Actor, draft: AppraisalDraft) -> Outcome[int]:
    """Open an appraisal with those who are voted on and the classes that vote; its id.

    Raises InputRefused, WrongState for a year that is shut, NotAllowed.
    """
    permits.require(session, actor, rules.EDITORS[draft.kind], draft.org_id)
    rules.check_appraisal(draft, today(session))
    official.year_state(session, draft.year)
    org = orgs.view(session, draft.org_id, today(session))
    if (org.kind == OrgKind.BRANCH) is not (draft.kind is AppraisalKind.MEMBERS):
        raise InputRefused(_("述职评议由镇党委组织，民主评议党员由支部组织，请核对。"), "org_id")
    row = Appraisal(
        kind=draft.kind.value,
        org_id=draft.org_id,
        year=draft.year,
        name=draft.name.strip(),
        held_on=draft.held_on,
        state=AppraisalState.OPEN.value,
        **entered.stamp(session, actor, draft.by),
    )
    session.add(row)
    session.flush()
    for voter in draft.voters:
        session.add(AppraisalVoter(appraisal_id=row.key, voter=voter.voter.value, weight=voter.weight,
                                   issued=voter.issued, returned=voter.returned, void=voter.void))  # fmt: skip
    _add_people(session, row, draft.people, 0)
    return Outcome(row.key, CHANGED)


def add_people(session: Session, actor: Actor, appraisal_id: int, people: Sequence[PersonDraft]) -> Outcome[int]:
    """Add people to an open appraisal; how many."""
    row, view = _open(session, actor, appraisal_id)
    rules.check_people(people, [one.name for one in view.people])
    _add_people(session, row, people, len(view.people))
    return Outcome(len(people), CHANGED)


def move(session: Session, actor: Actor, draft: HeldDraft) -> Outcome[int]:
    """Say on which day an open appraisal is held; once ballots came back it is no day to come.

    Raises InputRefused at its field, WrongState or NotAllowed.
    """
    row, view = _open(session, actor, draft.appraisal_id)
    rules.check_held_on(draft.held_on, row.year, today(session))
    if any(one.returned for one in view.voters):
        check_day(draft.held_on, "held_on", _("测评日期"), today(session))
    row.held_on = draft.held_on
    session.add(row)
    session.flush()
    return Outcome(row.key, CHANGED)


def save_counts(session: Session, actor: Actor, draft: CountsDraft) -> Outcome[int]:
    """Store ballots and votes as they were typed, all or nothing; how many votes changed.

    What says the same again adds nothing, another number supersedes the one before. Raises InputRefused for the first
    line that does not add up, WrongState or NotAllowed.
    """
    row, view = _open(session, actor, draft.appraisal_id)
    rules.check_was_held(row.held_on, today(session))
    rules.check_voters(view.kind, draft.voters)
    turnouts = {one.voter: one.turnout for one in draft.voters}
    rules.check_counts(view.kind, {one.id: one.name for one in view.people}, turnouts, _standing(view, draft.counts))
    touched = _store_voters(session, row, draft)
    stored = _stored(session, view)
    for count in draft.counts:
        for level, votes in zip(LEVELS[view.kind], count.votes, strict=True):
            wanted = None if count.is_blank else votes or 0
            touched += _store(session, actor, count, level, wanted, stored)
    session.flush()
    return Outcome(touched, CHANGED if touched else Changes())


def decide(session: Session, actor: Actor, draft: GradeDraft) -> Outcome[int]:
    """Decide, change or take back the grade of a person while the appraisal is open.

    Raises InputRefused where more than a third would get the best one, or a departure from the votes has no reason.
    """
    decide_all(session, actor, [draft])
    return Outcome(draft.person_id, CHANGED)


def decide_all(session: Session, actor: Actor, drafts: Sequence[GradeDraft]) -> Outcome[int]:
    """Decide several grades at once, all or none; how many. Raises as `decide`."""
    views: dict[int, AppraisalView] = {}
    grades: dict[int, Level | None] = {}
    for draft in drafts:
        person = session.get(AppraisalPerson, draft.person_id)
        if person is None:
            raise WrongState(_("没有找到这名被测评人，请刷新后再试。"))
        if person.appraisal_id not in views:
            _row, view = _open(session, actor, person.appraisal_id)
            views[person.appraisal_id] = view
            grades |= {one.id: one.grade for one in view.graded}
        view = views[person.appraisal_id]
        one = view.person(person.key)
        assert one is not None
        rules.check_grade(view.kind, draft, one.name, one.advised, one.is_probationary)
        grades[one.id] = draft.grade
        if draft.grade is LEVELS[view.kind][0]:
            rules.check_limit(view.kind, [grades[other.id] for other in view.graded], view.is_limited)
        person.grade, person.grade_reason = (draft.grade.value if draft.grade else ""), draft.reason.strip()
        session.add(person)
    session.flush()
    return Outcome(len(drafts), CHANGED if drafts else Changes())


def close(session: Session, actor: Actor, appraisal_id: int, reason: str = "") -> Outcome[int]:
    """Close an appraisal whose grades are all decided; it takes no counts any more.

    That of a branch's members writes the yearly record from which the duty and the indicator are counted; in a frozen
    quarter that needs a `reason`. Raises InputRefused, WrongState or NotAllowed.
    """
    row, view = _open(session, actor, appraisal_id)
    rules.check_was_held(row.held_on, today(session))
    returned = sum(one.returned for one in view.voters)
    rules.check_close(view.kind, [one.name for one in view.graded if one.grade is None], returned)
    rules.check_limit(view.kind, [one.grade for one in view.graded], view.is_limited)
    row.state, row.closed_at = AppraisalState.CLOSED.value, now(session)
    row.closed_by = official.account_of(actor)
    session.add(row)
    session.flush()
    if view.kind is not AppraisalKind.MEMBERS:
        return Outcome(row.key, CHANGED)
    if row.held_on.year != row.year:
        said = _("测评日期不在{year}年，没有记入该年的组织生活。").format(year=row.year)
        return Outcome(row.key, CHANGED, (said,))
    made = duty_registers.record_review(session, actor, replace(review_draft(view), reason=reason))
    said = _("参评人数和各等次人数已记入组织生活的民主评议登记。")
    return Outcome(row.key, CHANGED | made.changes, (said, *made.notices))


def reopen(session: Session, actor: Actor, appraisal_id: int, reason: str) -> Outcome[int]:
    """Open a closed appraisal again, as the office alone may; its count says so ever after.

    Grades and counts stay as they are; what a branch's yearly record says stands until it is closed again.
    """
    row = entered.standing(session, Appraisal, appraisal_id)
    permits.require(session, actor, rules.REOPENERS, row.org_id)
    official.year_state(session, row.year)
    said = check_reason(reason, _("重新开放须写明理由，理由印在计票汇总表上。"))
    if row.state != AppraisalState.CLOSED:
        raise WrongState(_("“{name}”还没有办结，可以直接更正。").format(name=row.name))
    row.state, row.closed_at, row.closed_by = AppraisalState.OPEN.value, None, None
    row.reopened = "\n".join([*row.reopened.splitlines(), " ".join(said.split())])
    session.add(row)
    session.flush()
    return Outcome(row.key, CHANGED)


def withdraw(session: Session, actor: Actor, appraisal_id: int, reason: str) -> Outcome[int]:
    """Take a whole appraisal back that should not have been entered; it stays with the reason.

    What it had written into the branch's yearly record goes with it. A closed one is the office's to take back.
    """
    row = entered.standing(session, Appraisal, appraisal_id)
    is_closed = row.state == AppraisalState.CLOSED
    permits.require(session, actor, rules.REOPENERS if is_closed else _editor(row), row.org_id)
    view = queries.appraisal(session, appraisal_id)
    assert view is not None
    entered.take_back(session, row, reason)
    found = registers_now.reviews(session, row.year, [row.org_id]).get(row.org_id)
    if found is None or not queries.is_recorded(view, found):
        return Outcome(row.key, CHANGED)
    return Outcome(row.key, CHANGED | duty_registers.withdraw_review(session, actor, found.id, reason).changes)


def _editor(row: Appraisal) -> Action:
    return rules.EDITORS[AppraisalKind(row.kind)]


def _open(session: Session, actor: Actor, appraisal_id: int) -> tuple[Appraisal, AppraisalView]:
    row = entered.standing(session, Appraisal, appraisal_id)
    permits.require(session, actor, _editor(row), row.org_id)
    if row.state == AppraisalState.CLOSED:
        raise WrongState(_("“{name}”等次已定，票数和等次不能再改；要改的请镇党建办重新开放。").format(name=row.name))
    view = queries.appraisal(session, appraisal_id)
    assert view is not None
    return row, view


def _add_people(session: Session, row: Appraisal, people: Sequence[PersonDraft], first: int) -> None:
    for place, one in enumerate(people, start=first):
        session.add(
            AppraisalPerson(
                appraisal_id=row.key,
                position=place,
                name=one.name.strip(),
                org_id=one.org_id,
                post=one.post.strip(),
                is_probationary=one.is_probationary,
                problems=one.problems.strip(),
            )
        )
    session.flush()


def _standing(view: AppraisalView, typed: Sequence[CountDraft]) -> list[CountDraft]:
    """All counts as they will stand: what is stored, with what was typed in its place."""
    new = {(one.person_id, one.voter, one.item) for one in typed}
    kept = [
        CountDraft(person.id, one.voter, one.item, one.votes)
        for person in view.people
        for one in person.votes
        if (person.id, one.voter, one.item) not in new
    ]
    return [*kept, *(one for one in typed if not one.is_blank)]


def _store_voters(session: Session, row: Appraisal, draft: CountsDraft) -> int:
    given = {one.voter.value: one for one in draft.voters}
    touched = 0
    for stored in session.exec(select(AppraisalVoter).where(AppraisalVoter.appraisal_id == row.key)):
        new = given.get(stored.voter)
        if new is None:
            raise InputRefused(_("投票人类别不对，请刷新后再填。"), "voters")
        after = (new.weight, new.issued, new.returned, new.void)
        if after != (stored.weight, stored.issued, stored.returned, stored.void):
            stored.weight, stored.issued, stored.returned, stored.void = after
            session.add(stored)
            touched += 1
    return touched


Key = tuple[int, Voter, AppraisalItem, Level]


def _stored(session: Session, view: AppraisalView) -> dict[Key, AppraisalCount]:
    ids = [one.id for one in view.people]
    rows = session.exec(
        select(AppraisalCount).where(
            col(AppraisalCount.person_id).in_(ids), col(AppraisalCount.superseded_at).is_(None)
        )
    )
    return {(row.person_id, Voter(row.voter), AppraisalItem(row.item), Level(row.level)): row for row in rows}


def _store(
    session: Session,
    actor: Actor,
    count: CountDraft,
    level: Level,
    votes: int | None,
    stored: dict[Key, AppraisalCount],
) -> int:
    """One number: 1 where it is another than before, else 0."""
    old = stored.get((count.person_id, count.voter, count.item, level))
    if votes == (None if old is None else old.votes):
        return 0
    if old is not None:
        old.superseded_at = now(session)
        session.add(old)
    if votes is not None:
        session.add(
            AppraisalCount(
                person_id=count.person_id,
                voter=count.voter.value,
                item=count.item.value,
                level=level.value,
                votes=votes,
                account_id=official.account_of(actor),
                recorded_at=now(session),
            )
        )
    return 1

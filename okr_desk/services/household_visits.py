"""Visits of households: one by one, or a month of days as the grid shows them; taken back with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from sqlmodel import Session, col, select

from okr_desk.errors import InputRefused, WrongState
from okr_desk.i18n import _
from okr_desk.model.store import now
from okr_desk.model.tables import Household, HouseholdVisit
from okr_desk.queries import household_counts, households
from okr_desk.rules.checks import check_reason
from okr_desk.rules.households import MonthDraft, MonthRefused, VisitDraft, check_visit
from okr_desk.rules.permissions import Actor
from okr_desk.services import counting, official, quarter_lock
from okr_desk.services.outcome import Changes, Outcome, Topic, changed

_CHANGED = changed(Topic.HOUSEHOLDS)


def record(session: Session, actor: Actor, draft: VisitDraft) -> Outcome[int]:
    """Enter one visit of the member who looks after the household that day.

    Raises InputRefused for a day on which nobody does, a second visit of the same day, and as `quarter_lock.dated`.
    """
    row = _add(session, actor, draft)
    return Outcome(row.key, _recounted(session, actor, [(row, draft.reason)]), _late([row]))


def record_months(session: Session, actor: Actor, drafts: Sequence[MonthDraft]) -> Outcome[tuple[int, ...]]:
    """Make the visits of months what the grid shows: new days are entered, days that went are taken back.

    The ids are those of the new visits. Raises InputRefused with the household's label in front.
    """
    made: list[tuple[HouseholdVisit, str]] = []
    gone: list[tuple[HouseholdVisit, str]] = []
    for draft in drafts:
        standing = {row.visited_on.day: row for row in _of_month(session, draft)}
        for day in sorted(set(draft.days) - standing.keys()):
            visit = VisitDraft(
                draft.household_id,
                date(draft.year, draft.month, day),
                reported_by=draft.reported_by,
                basis=draft.basis,
                reason=draft.reason,
            )
            with _of_its_month(session, draft):
                made.append((_add(session, actor, visit), draft.reason))
        for day in sorted(standing.keys() - set(draft.days)):
            row = standing[day]
            with _of_its_month(session, draft):
                _withdraw(session, actor, row, draft.reason.strip() or _("走访表中更正"))
            gone.append((row, draft.reason))
    if not (made or gone):
        return Outcome((), Changes())
    changes = _recounted(session, actor, [*made, *gone])
    return Outcome(tuple(row.key for row, _reason in made), changes, _late([row for row, _reason in made]))


def withdraw(session: Session, actor: Actor, visit_ids: Sequence[int], reason: str) -> Outcome[int]:
    """Take visits back: they stay on record with the reason and no longer count."""
    said = check_reason(reason, _("撤回须写明理由，原登记保留备查。"))
    rows = []
    for visit_id in visit_ids:
        row = session.get(HouseholdVisit, visit_id)
        if row is None or row.withdrawn_at is not None:
            raise WrongState(_("这次走访已经撤回，请刷新。"))
        _withdraw(session, actor, row, said)
        rows.append((row, said))
    return Outcome(len(rows), _recounted(session, actor, rows) if rows else Changes())


def _add(session: Session, actor: Actor, draft: VisitDraft) -> HouseholdVisit:
    household = _household(session, draft.household_id)
    check_visit(draft)
    found = quarter_lock.dated(
        session,
        actor,
        household.org_id,
        draft.visited_on,
        field="visited_on",
        name=_("走访日期"),
        reason=draft.reason,
    )
    if household.ended_on is not None and draft.visited_on >= household.ended_on:
        said = _("“{label}”已于 {day} 终止联系，走访日期须在这以前。")
        raise InputRefused(said.format(label=household.label, day=household.ended_on), "visited_on")
    links = households.links_of(session, [household.key]).get(household.key, ())
    keeper = next((one.member_id for one in links if one.holds_on(draft.visited_on)), None)
    if keeper is None:
        said = _("“{label}”在 {day} 还没有联系党员，请先为它选择联系党员。")
        raise InputRefused(said.format(label=household.label, day=draft.visited_on), "visited_on")
    if any(row.visited_on == draft.visited_on for row in _standing(session, household.key)):
        said = _("“{label}”{day} 的走访已经登记过。")
        raise InputRefused(said.format(label=household.label, day=draft.visited_on), "visited_on")
    row = HouseholdVisit(
        household_id=household.key,
        member_id=keeper,
        quarter_id=found.quarter_id,
        visited_on=draft.visited_on,
        what=draft.what.strip(),
        has_demand=draft.has_demand,
        is_late=found.is_late,
        late_reason=draft.reason.strip(),
        reported_by=draft.reported_by.strip(),
        basis=draft.basis.value,
        account_id=official.account_of(actor),
        recorded_at=now(session),
    )
    session.add(row)
    session.flush()
    return row


def _withdraw(session: Session, actor: Actor, row: HouseholdVisit, reason: str) -> None:
    household = _household(session, row.household_id)
    quarter_lock.check_withdrawal(session, actor, row.quarter_id, household.org_id)
    row.withdrawn_at, row.withdrawn_reason = now(session), reason
    session.add(row)


def _of_month(session: Session, draft: MonthDraft) -> list[HouseholdVisit]:
    month = (draft.year, draft.month)
    rows = _standing(session, draft.household_id)
    return [row for row in rows if (row.visited_on.year, row.visited_on.month) == month]


def _standing(session: Session, household_id: int) -> Sequence[HouseholdVisit]:
    return session.exec(
        select(HouseholdVisit).where(
            HouseholdVisit.household_id == household_id, col(HouseholdVisit.withdrawn_at).is_(None)
        )
    ).all()


def _household(session: Session, household_id: int) -> Household:
    row = session.get(Household, household_id)
    if row is None:
        raise WrongState(_("没有这一户，请刷新后再试。"))
    return row


@contextmanager
def _of_its_month(session: Session, draft: MonthDraft) -> Iterator[None]:
    """What is refused names its household and month, so that the grid can show where."""
    try:
        yield
    except (InputRefused, WrongState) as refusal:
        label = _household(session, draft.household_id).label
        raise MonthRefused(draft.household_id, draft.month, label, refusal) from refusal


def _recounted(session: Session, actor: Actor, rows: Sequence[tuple[HouseholdVisit, str]]) -> Changes:
    """Once for each branch, from the earliest day on."""
    firsts: dict[int, tuple[date, str]] = {}
    for row, reason in rows:
        org_id = _household(session, row.household_id).org_id
        known = firsts.get(org_id)
        if known is None or row.visited_on < known[0]:
            firsts[org_id] = (row.visited_on, reason)
    changes = _CHANGED.of(*firsts)
    for org_id, (first, reason) in firsts.items():
        changes |= counting.recount(session, actor, household_counts.SOURCE, [org_id], first, reason)
    return changes


def _late(rows: Sequence[HouseholdVisit]) -> tuple[str, ...]:
    late = sum(row.is_late for row in rows)
    return (_("其中 {n} 次过了填报截止日，记为补报。").format(n=late),) if late else ()

"""What every entry of the small registers shares: its quarter is asked, who says it is kept, it is taken back."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from sqlmodel import Session

from okr_desk.errors import InputRefused, WrongState
from okr_desk.i18n import _
from okr_desk.model.entered import Entered
from okr_desk.model.store import now
from okr_desk.model.tables import Quarter
from okr_desk.queries import cycles
from okr_desk.rules.checks import check_reason
from okr_desk.rules.entered import By, check_by
from okr_desk.rules.permissions import Action, Actor
from okr_desk.services import official, permits, quarter_lock
from okr_desk.terms import EntryBasis, QuarterState

_R = TypeVar("_R", bound=Entered)


def stamp(session: Session, actor: Actor, by: By, is_late: bool = False) -> dict[str, Any]:
    """Who typed it, for whom and on what ground, and when: the columns of a new entry."""
    check_by(by)
    return {
        "account_id": official.account_of(actor),
        "reported_by": by.reported_by.strip(),
        "basis": EntryBasis(by.basis).value,
        "is_late": is_late,
        "late_reason": by.reason.strip() if is_late else "",
        "recorded_at": now(session),
    }


def standing(session: Session, table: type[_R], key: int) -> _R:
    """The entry that stands. Raises WrongState for one that is unknown or was taken back."""
    row = session.get(table, key)
    if row is None or row.withdrawn_at is not None:
        raise WrongState(_("这项登记已经撤回，请刷新。"))
    return row


def take_back(session: Session, row: Entered, reason: str) -> None:
    """Mark an entry as withdrawn: it stays with the reason and no longer counts. Raises InputRefused without one."""
    row.withdrawn_reason = check_reason(reason, _("撤回须写明理由，原登记保留备查。"))
    row.withdrawn_at = now(session)
    session.add(row)
    session.flush()


def check_planned(session: Session, actor: Actor, org_id: int, day: date, reason: str) -> bool:
    """Whether a planned day that is set now comes late; days to come are free. Raises WrongState, NotAllowed.

    A planned day in a frozen quarter changes what that quarter counts, so it is asked as an entry would be.
    """
    permits.require(session, actor, Action.RECORD_DAILY, org_id)
    quarter = cycles.holding(cycles.quarters(session), day)
    if quarter is None or quarter.state is QuarterState.PLANNING:
        return False
    return quarter_lock.check_open(session, actor, quarter, org_id, reason)


def check_withdrawal(session: Session, actor: Actor, org_id: int, *days: date) -> None:
    """Raise WrongState where an entry that counts on one of these days may not be taken back any more."""
    permits.require(session, actor, Action.RECORD_DAILY, org_id)
    quarters = cycles.quarters(session) if days else ()
    for day in days:
        quarter = cycles.holding(quarters, day)
        if quarter is not None and quarter.state is not QuarterState.PLANNING:
            quarter_lock.check_withdrawal(session, actor, quarter.id, org_id)


def open_quarter(session: Session, actor: Actor, quarter_id: int, org_id: int, by: By) -> tuple[Quarter, bool]:
    """A quarter that takes an entry now, and whether it is late. Raises InputRefused, WrongState or NotAllowed."""
    permits.require(session, actor, Action.RECORD_DAILY, org_id)
    quarter = session.get(Quarter, quarter_id)
    if quarter is None:
        raise InputRefused(_("没有这个季度。"), "quarter_id")
    return quarter, quarter_lock.check_open(session, actor, quarter, org_id, by.reason)

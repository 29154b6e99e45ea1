"""What every official change shares: the year it falls in, and the line that keeps old, new and reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import bindparam
from sqlalchemy import select as select_plain
from sqlmodel import Session, select

from okr_desk.errors import WrongState
from okr_desk.i18n import N_, _
from okr_desk.model import columns
from okr_desk.model.reading import Reader
from okr_desk.model.store import now, today
from okr_desk.model.tables import Adjustment, Indicator, NotApplicable
from okr_desk.queries import cycles
from okr_desk.rules.permissions import Actor
from okr_desk.terms import QuarterState, YearState

ADDED = N_("增加")
ASK = N_("批准后的变动须写明理由，会印在评审表上。")


def year_state(session: Reader, year: int) -> YearState:
    """The state of a year that may still be worked on; raises WrongState when it is missing or closed."""
    state = session.execute(select(columns.Year.state).where(columns.Year.number == year)).scalar()
    if state is None:
        raise WrongState(_("{year}年度还没有建立，请先在“年度与季度”中建立。").format(year=year))
    if state == YearState.CLOSED:
        raise WrongState(_("{year}年度已关闭，内容不能再改。").format(year=year))
    return YearState(state)


def first_open_day(session: Reader, year: int) -> date:
    """From when a change counts: the first day of the earliest quarter that is neither frozen nor closed.

    Where all are, it counts from today on: what was reviewed is not judged anew.
    """
    live = (QuarterState.PLANNING, QuarterState.OPEN)
    found = [q.starts_on for q in cycles.quarters(session) if q.year == year and q.state in live]
    return min(found, default=today(session))


def account_of(actor: Actor) -> int | None:
    """The account to note on a row; None while the program itself makes a new database."""
    return actor.account_id or None


def note(
    session: Session,
    actor: Actor,
    *,
    org_id: int,
    year: int,
    what: str,
    before: str,
    after: str,
    reason: str,
    objective_id: int | None = None,
    key_result_id: int | None = None,
    indicator_id: int | None = None,
    on: date | None = None,
) -> None:
    """Add the adjustment that is printed on the sheet: what it was, what it is, why, who, when.

    `on` is the day as of which it holds where that is not today; the instant of writing is kept beside it.
    """
    session.add(
        Adjustment(
            org_id=org_id,
            year=year,
            objective_id=objective_id,
            key_result_id=key_result_id,
            indicator_id=indicator_id,
            what=what,
            before=before,
            after=after,
            reason=reason,
            account_id=actor.account_id,
            made_on=on or today(session),
            made_at=now(session),
        )
    )


def check_applies(session: Session, org_id: int, indicator_id: int, year: int) -> None:
    """Raise WrongState for an indicator that was said not to apply to the organisation."""
    if exempt(session, org_id, indicator_id, year) is not None:
        raise WrongState(
            _("“{code}”已标为对这个支部不适用。确需填写的，请先恢复适用。").format(code=code_of(session, indicator_id))
        )


def exempt(session: Session, org_id: int, indicator_id: int, year: int) -> NotApplicable | None:
    """The row that says an indicator does not apply, or None."""
    return session.exec(
        select(NotApplicable).where(
            NotApplicable.org_id == org_id, NotApplicable.indicator_id == indicator_id, NotApplicable.year == year
        )
    ).first()


def all_exempt(session: Reader, org_ids: Sequence[int], year: int) -> set[tuple[int, int]]:
    """Organisations and indicators that do not go together in a year, asked once for all."""
    asked = session.execute(_EXEMPT, {"orgs": list(org_ids), "year": year})
    return {(org_id, indicator_id) for org_id, indicator_id in asked}


_EXEMPT = select_plain(columns.NotApplicable.org_id, columns.NotApplicable.indicator_id).where(
    columns.NotApplicable.org_id.in_(bindparam("orgs", expanding=True)),
    columns.NotApplicable.year == bindparam("year"),
)
"""Built once: every entry asks it."""


def code_of(session: Session, indicator_id: int) -> str:
    """The code of an indicator."""
    row = session.get(Indicator, indicator_id)
    return "" if row is None else row.code

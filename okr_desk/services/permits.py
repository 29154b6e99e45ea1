"""Asked first by every service: may this person do this here? Rights are read again inside the transaction."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from okr_desk.errors import NotAllowed
from okr_desk.i18n import _
from okr_desk.model.columns import Account, RoleGrant
from okr_desk.model.reading import Reader
from okr_desk.model.store import today
from okr_desk.queries import org_lines
from okr_desk.rules.permissions import Action, Actor, GrantHeld, grant_for
from okr_desk.terms import Role

SETUP = Actor(0, "", "", ())
"""The program itself, only while it makes a new database: there is nobody yet who could be asked."""


def require(session: Reader, actor: Actor, action: Action, org_id: int | None = None) -> None:
    """Raise NotAllowed unless one of the actor's grants, as stored now, allows `action` on `org_id` (None: anywhere).

    The grant acted under is kept for the audit trail.
    """
    if actor is SETUP:
        return
    grants = held(session, actor.account_id)
    if not grants and _is_closed(session, actor.account_id):
        raise NotAllowed(_("您的账号已停用，不能继续操作。请与系统管理员联系。"))
    line = None if org_id is None else org_lines.line(session, org_id, today(session))
    grant = grant_for(grants, action, line, today(session))
    if grant is None:
        raise NotAllowed(_("您没有权限进行这项操作，没有保存。如确需办理，请联系镇党建办。"))
    session.info["grant_id"] = grant.id


def held(session: Reader, account_id: int) -> tuple[GrantHeld, ...]:
    """The grants of an account as they are stored; none for one that is closed."""
    return tuple(
        GrantHeld(row.id, Role(row.role), row.org_id, row.includes_below, row.valid_from, row.valid_to)
        for row in session.execute(_HELD, {"account": account_id})
    )


_HELD = (
    select(*RoleGrant.ALL)
    .join(Account.TABLE, Account.id == RoleGrant.account_id)
    .where(RoleGrant.account_id == bindparam("account"), Account.disabled_at.is_(None))
    .order_by(RoleGrant.id)
)


def _is_closed(session: Reader, account_id: int) -> bool:
    account = session.execute(select(Account.disabled_at).where(Account.id == account_id)).first()
    return account is None or account.disabled_at is not None

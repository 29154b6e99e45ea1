"""Accounts, roles, passwords and signing in. Passwords are kept as Argon2id hashes and never written elsewhere."""

from __future__ import annotations

from base64 import b64encode
from datetime import timedelta
from secrets import token_bytes

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import ARGON2_VERSION
from sqlmodel import Session, col, select

from okr_desk.errors import InputRefused, NotAllowed, Refusal, WrongState
from okr_desk.i18n import N_, _
from okr_desk.model import audit
from okr_desk.model.store import Store, now, today
from okr_desk.model.tables import Account, AuditEntry, Meta, Org, Person, RoleGrant
from okr_desk.queries import users as standing
from okr_desk.rules import users as rules
from okr_desk.rules.permissions import Action, Actor
from okr_desk.rules.users import AccountDraft, GrantDraft
from okr_desk.services import permits
from okr_desk.services.outcome import Changes, Outcome, Topic, changed
from okr_desk.services.people import appoint, create_person, person_named, rename_person, vacate
from okr_desk.terms import OrgKind, Role, label

__all__ = [
    "appoint",
    "attempt",
    "change_password",
    "create_account",
    "create_person",
    "disable",
    "enable",
    "enter_demo",
    "grant",
    "person_named",
    "rename_person",
    "reset_password",
    "revoke",
    "sign_in",
    "vacate",
]

HASHER = PasswordHasher()
"""RFC 9106's choice for little memory: 64 MiB, three passes (argon2-cffi's default)."""
REFUSED = "sign_in_refused"
_WRONG = N_("账号或密码不对，请重新输入。")


def create_account(session: Session, actor: Actor, draft: AccountDraft) -> Outcome[int]:
    """Give a person an account with a first role. Raises InputRefused, NotAllowed."""
    permits.require(session, actor, Action.EDIT_USERS)
    rules.check_login(draft.login)
    if draft.password is not None:
        rules.check_password(draft.password, draft.login)
    login = rules.login_key(draft.login)
    if session.exec(select(Account.id).where(Account.login == login)).first() is not None:
        raise InputRefused(_("账号“{login}”已有人使用，请换一个。").format(login=login), "login")
    if session.get(Person, draft.person_id) is None:
        raise InputRefused(_("请选择账号属于谁。"), "person_id")
    row = Account(
        login=login,
        person_id=draft.person_id,
        password_hash=None if draft.password is None else HASHER.hash(draft.password),
        must_change=draft.must_change and draft.password is not None,
    )
    session.add(row)
    session.flush()
    role = GrantDraft(row.key, draft.role, draft.org_id, draft.valid_from, draft.includes_below)
    granted = grant(session, actor, role)
    notices = granted.notices
    if draft.password is None:
        notices = (*notices, _("还没有设置密码，设置之后才能登录。"))
    return Outcome(row.key, changed(Topic.USERS), notices)


def grant(session: Session, actor: Actor, draft: GrantDraft) -> Outcome[int]:
    """Give an account a role within an organisation. The same role in force changes nothing."""
    permits.require(session, actor, Action.EDIT_USERS)
    _account(session, draft.account_id)
    org = session.get(Org, draft.org_id)
    if org is None:
        raise InputRefused(_("请选择在哪个党组织。"), "org_id")
    rules.check_grant(draft, org.kind == OrgKind.TOWNSHIP)
    for held in standing.grants(session, draft.account_id).get(draft.account_id, ()):
        same = (held.role, held.org_id, held.includes_below) == (draft.role, draft.org_id, draft.includes_below)
        if same and held.holds_on(draft.valid_from) and held.valid_to == draft.valid_to:
            return Outcome(held.id, Changes())
        if (held.role, held.org_id, held.valid_from) == (draft.role, draft.org_id, draft.valid_from):
            raise InputRefused(_("这个账号当天已有同样的角色，请先收回再重新授予。"), "valid_from")
    row = RoleGrant(
        account_id=draft.account_id,
        role=draft.role,
        org_id=draft.org_id,
        includes_below=draft.includes_below,
        valid_from=draft.valid_from,
        valid_to=draft.valid_to,
    )
    session.add(row)
    session.flush()
    return Outcome(row.key, changed(Topic.USERS))


def revoke(session: Session, actor: Actor, grant_id: int) -> Outcome[int]:
    """Take a role back at once. Raises WrongState for the last administrator's."""
    permits.require(session, actor, Action.EDIT_USERS)
    row = session.get(RoleGrant, grant_id)
    if row is None:
        raise Refusal(_("没有这条角色记录，请刷新后再试。"))
    yesterday = today(session) - timedelta(days=1)
    if row.valid_to is not None and row.valid_to <= yesterday:
        return Outcome(row.key, Changes())
    if row.valid_from > yesterday:
        session.delete(row)
    else:
        row.valid_to = yesterday
        session.add(row)
    session.flush()
    _keep_an_administrator(session)
    return Outcome(grant_id, changed(Topic.USERS))


def disable(session: Session, actor: Actor, account_id: int) -> Outcome[int]:
    """Close an account at once, also in windows that are open. Raises WrongState for one's own or the last admin's."""
    permits.require(session, actor, Action.EDIT_USERS)
    row = _account(session, account_id)
    if row.disabled_at is not None:
        return Outcome(row.key, Changes())
    if account_id == actor.account_id:
        raise WrongState(_("不能停用自己正在使用的账号，请由另一位系统管理员办理。"))
    row.disabled_at = now(session)
    session.add(row)
    session.flush()
    _keep_an_administrator(session)
    return Outcome(row.key, changed(Topic.USERS))


def enable(session: Session, actor: Actor, account_id: int) -> Outcome[int]:
    """Open a closed account again, with its waiting time and wrong passwords forgotten."""
    permits.require(session, actor, Action.EDIT_USERS)
    row = _account(session, account_id)
    row.disabled_at, row.wrong_passwords, row.locked_until = None, 0, None
    session.add(row)
    session.flush()
    return Outcome(row.key, changed(Topic.USERS))


def reset_password(session: Session, actor: Actor, account_id: int, password: str) -> Outcome[int]:
    """Set a first or forgotten password; its owner must replace it at the next sign-in. Ends a waiting time."""
    permits.require(session, actor, Action.EDIT_USERS)
    row = _account(session, account_id)
    rules.check_password(password, row.login)
    row.password_hash = HASHER.hash(password)
    row.must_change = account_id != actor.account_id
    row.wrong_passwords, row.locked_until = 0, None
    session.add(row)
    session.flush()
    return Outcome(row.key, changed(Topic.USERS))


def change_password(session: Session, actor: Actor, old: str, new: str) -> Outcome[int]:
    """Replace one's own password. Raises InputRefused for a wrong old one or a new one that will not do."""
    permits.require(session, actor, Action.VIEW)
    row = _account(session, actor.account_id)
    if row.password_hash is not None and not _fits(row.password_hash, old):
        raise InputRefused(_("原密码不对，请重新输入。"), "old")
    rules.check_password(new, row.login)
    if old == new:
        raise InputRefused(_("新密码不能与原密码相同。"), "password")
    row.password_hash, row.must_change = HASHER.hash(new), False
    session.add(row)
    session.flush()
    return Outcome(row.key, changed(Topic.USERS))


def attempt(store: Store, login: str, password: str) -> Actor:
    """Sign in. The try is counted and committed before the password is looked at, so nothing that happens later
    can take it back; wrong ones make the next wait longer, ten lock for a quarter of an hour.

    Raises InputRefused with one sentence: wrong, closed, or how long to wait. Takes as long for an unknown login.
    """
    with store.write(permits.SETUP) as session:
        crowded = _crowded(session)
        stored, left = (None, crowded) if crowded else _count_try(session, login)
    if crowded:
        raise InputRefused(rules.crowded_sentence(crowded), "password")
    if left:
        raise InputRefused(rules.waiting_sentence(left), "password")
    good = _fits(stored or _dummy(), password) and stored is not None
    with store.write(permits.SETUP) as session:
        actor = _settle_try(session, login, password, good)
    if actor is None:
        raise InputRefused(_(_WRONG), "password")
    return actor


def sign_in(session: Session, login: str, password: str) -> Actor:
    """The person behind a login and password, within a session of the caller's: no counting, see `attempt`.

    Raises InputRefused when they do not fit, WrongState when the account is closed.
    """
    row = _by_login(session, login)
    stored = None if row is None else row.password_hash
    if not _fits(stored or _dummy(), password) or row is None or stored is None:
        raise InputRefused(_(_WRONG), "password")
    actor = standing.actor(session, row.key, today(session))
    if actor is None:
        raise WrongState(_("账号“{login}”已停用，请与系统管理员联系。").format(login=row.login))
    return actor


def enter_demo(session: Session, login: str) -> Actor:
    """Sign in to the demo township without a password. Raises NotAllowed for any other database."""
    is_demo = session.exec(select(Meta.value).where(Meta.name == "demo")).first() == "yes"
    row = _by_login(session, login)
    actor = None if row is None or not is_demo else standing.actor(session, row.key, today(session))
    if actor is None:
        raise NotAllowed(_("这里需要输入账号和密码。"))
    return actor


def _count_try(session: Session, login: str) -> tuple[str | None, timedelta]:
    """The stored hash, and how long this try must still wait; a try that need not wait is counted."""
    row = _by_login(session, login)
    if row is None:
        return None, timedelta(0)
    if row.locked_until is not None:
        left = min(row.locked_until - now(session), rules.wait_after(row.wrong_passwords))
        if left > timedelta(0):
            return row.password_hash, left
        if row.wrong_passwords >= rules.LOCK_AT:
            row.wrong_passwords = 0
    row.wrong_passwords += 1
    wait = rules.wait_after(row.wrong_passwords)
    row.locked_until = now(session) + wait if wait else None
    session.add(row)
    return row.password_hash, timedelta(0)


def _crowded(session: Session) -> timedelta:
    """How long everybody waits after too many failed tries on this desk; they are counted from the trail."""
    instant = now(session)
    times = session.exec(
        select(AuditEntry.at)
        .where(AuditEntry.action == REFUSED, AuditEntry.at > instant - rules.LOCK, AuditEntry.at <= instant)
        .order_by(col(AuditEntry.at).desc())
        .limit(rules.MOST_ON_ONE_DESK)
    ).all()
    return times[-1] + rules.LOCK - instant if len(times) == rules.MOST_ON_ONE_DESK else timedelta(0)


def _settle_try(session: Session, login: str, password: str, good: bool) -> Actor | None:
    row = _by_login(session, login)
    if not good or row is None or row.password_hash is None:
        audit.append(session, [audit.entry(session, REFUSED, after=rules.login_key(login)[:40])])
        return None
    if row.disabled_at is not None:
        raise InputRefused(_("账号“{login}”已停用，请与系统管理员联系。").format(login=row.login), "login")
    row.wrong_passwords, row.locked_until, row.last_sign_in_at = 0, None, now(session)
    if HASHER.check_needs_rehash(row.password_hash):
        row.password_hash = HASHER.hash(password)
    session.add(row)
    session.flush()
    audit.append(session, [audit.entry(session, "sign_in", table="account", row_id=row.key)])
    return standing.actor(session, row.key, today(session))


def _dummy() -> str:
    """A hash of our own cost that nothing fits, so that an unknown login takes as long as a known one."""
    salt, mark = (b64encode(token_bytes(size)).decode().rstrip("=") for size in (HASHER.salt_len, HASHER.hash_len))
    cost = f"m={HASHER.memory_cost},t={HASHER.time_cost},p={HASHER.parallelism}"
    return f"$argon2id$v={ARGON2_VERSION}${cost}${salt}${mark}"


def _fits(stored: str, password: str) -> bool:
    try:
        return HASHER.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def _by_login(session: Session, login: str) -> Account | None:
    return session.exec(select(Account).where(Account.login == rules.login_key(login))).first()


def _account(session: Session, account_id: int) -> Account:
    row = session.get(Account, account_id)
    if row is None:
        raise Refusal(_("没有这个账号，请刷新后再试。"))
    return row


def _keep_an_administrator(session: Session) -> None:
    """Raises WrongState unless somebody can still administer: enabled, in force, without an end."""
    day = today(session)
    rows = session.exec(
        select(RoleGrant)
        .join(Account, col(Account.id) == col(RoleGrant.account_id))
        .where(RoleGrant.role == Role.ADMINISTRATOR, col(Account.disabled_at).is_(None))
    )
    if not any(row.valid_from <= day and row.valid_to is None for row in rows):
        sentence = _("这是最后一个{role}，不能收回或停用。请先设置另一位。")
        raise WrongState(sentence.format(role=label(Role.ADMINISTRATOR)))

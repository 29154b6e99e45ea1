"""The audit trail writes itself: a hook on every session adds one chained entry for each row written.

The chain is keyed (HMAC-SHA-256 over the previous hash and the canonical entry). A chain alone does not notice that
its tail was cut off: a keyed seal in `meta` holds how many entries there are and the last hash, written with them; and
the head is printed on paper and kept with each backup. `audit_check.py` reads it all back.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import event, func, inspect, select
from sqlalchemy.orm import UOWTransaction
from sqlmodel import Session

from okr_desk.model.columns import AuditEntry, Meta
from okr_desk.model.reading import Facts, Reader

START = "0" * 64
SEAL = "audit_seal"
SEALED = "sealed"
"""The entry with which an older database, that had no seal yet, received it."""
_BORN_SEALED = "s1-"
SILENT = {"auditentry", "meta", "ballot", "publishedcontent"}
"""Tables without entries of their own: ballots are sealed by their batch, what was published by its publication."""
NOISE = {"search_keys", "password_hash"}


_INSERT = AuditEntry.TABLE.insert()
_NEWEST = select(AuditEntry.hash).order_by(AuditEntry.id.desc()).limit(1)
_SEAL = select(Meta.value).where(Meta.name == SEAL)
_KEEP = "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
"""Built once, on the bare table: every write asks them."""


class End(NamedTuple):
    """Where the trail ends: how many entries it has, and the hash of the last."""

    entries: int
    head: str


def new_key() -> str:
    """The key of a new trail. It says that the trail was sealed from its start: the seal may not be missing."""
    return _BORN_SEALED + secrets.token_hex(32)


def is_born_sealed(key: str) -> bool:
    """Whether every row and the seal itself must be known to the trail."""
    return key.startswith(_BORN_SEALED)


def sealed(key: str, end: End) -> str:
    """The seal as it is kept in `meta`."""
    facts = f"{end.entries}:{end.head}"
    return f"{facts}:{hmac.new(key.encode(), facts.encode(), hashlib.sha256).hexdigest()}"


def unsealed(key: str, seal: str) -> End | None:
    """What a seal says; None when it was not written with this key."""
    entries, _colon, rest = seal.partition(":")
    if not (entries.isascii() and entries.isdigit()):
        return None
    end = End(int(entries), rest.partition(":")[0])
    return end if hmac.compare_digest(sealed(key, end).encode(), seal.encode()) else None


def seal(session: Reader) -> str | None:
    """The seal of this database as it stands there; None when there is none."""
    found = session.execute(_SEAL).scalar()
    return None if found is None else str(found)


def canonical(values: dict[str, Any]) -> str:
    """The one spelling of an entry: sorted keys, no spaces, decimals and dates as text."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_text)


def _text(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def link(key: str, previous: str, entry: dict[str, Any]) -> str:
    """The hash of an entry, bound to the one before."""
    return hmac.new(key.encode(), (previous + canonical(entry)).encode(), hashlib.sha256).hexdigest()


def head(session: Reader) -> str:
    """The hash of the newest entry: what is printed and kept elsewhere."""
    return session.execute(_NEWEST).scalar() or START


def first_broken(session: Reader) -> int | None:
    """The number of the first entry that does not fit the chain; None when all do."""
    key, previous = key_of(session), START
    for row in session.execute(select(*AuditEntry.ALL).order_by(AuditEntry.id)):
        if row.previous != previous or not hmac.compare_digest(row.hash, link(key, previous, _content(row))):
            return int(row.id)
        previous = row.hash
    return None


def append(session: Session, entries: list[dict[str, Any]]) -> None:
    """Add entries to the chain within the session's transaction, behind what it has written so far."""
    entries = [*session.info.pop("audit_pending", []), *entries]
    if not entries:
        return
    key = key_of(session)
    end, is_sealed = session.info.get("audit_end") or _end(session, key)
    if end is None:
        end, is_sealed = _unsealed_end(session), True
        entries = [entry(session, SEALED), *entries]
    rows, previous = [], end.head
    for one in entries:
        mark = link(key, previous, one)
        rows.append({**one, "previous": previous, "hash": mark})
        previous = mark
    end = End(end.entries + len(rows), previous)
    connection = session.connection()
    connection.execute(_INSERT, rows)
    if is_sealed:
        connection.exec_driver_sql(_KEEP, (SEAL, sealed(key, end)))
    session.info["audit_end"] = end, is_sealed


def _end(session: Session, key: str) -> tuple[End | None, bool]:
    """Where to go on, and whether the seal goes with it; no end when an older database has no seal yet.

    The seal is believed, not the table: an entry that follows one that was cut off does not fit the chain. A seal
    that was changed or removed is left as it is, so that it stays found.
    """
    found = seal(session)
    if found is None and not is_born_sealed(key):
        return None, False
    end = unsealed(key, found or "")
    return (end, True) if end else (_unsealed_end(session), False)


def _unsealed_end(session: Session) -> End:
    count = session.execute(select(func.count()).select_from(AuditEntry.TABLE)).scalar_one()
    return End(int(count), head(session))


def entry(session: Session, action: str, **more: Any) -> dict[str, Any]:
    """The facts that every entry carries: when, who, in which capacity, in which transaction."""
    info = session.info
    actor = info.get("actor")
    blank = {"table": "", "row_id": None, "before": "", "after": ""}
    return {
        "at": info["clock"].now(),
        "account_id": None if actor is None or not actor.account_id else actor.account_id,
        "grant_id": info.get("grant_id"),
        "transaction": info["transaction"],
        "action": action,
        **(blank | more),
    }


def watch(session: Session) -> None:
    """Attach the hook to a writing session."""
    event.listen(session, "after_flush", _after_flush)


def write_pending(session: Session) -> None:
    """Put what the session wrote so far into the chain; called once, just before the commit."""
    append(session, [])


def _after_flush(session: Session, context: UOWTransaction) -> None:
    written = sorted(_written(session), key=lambda e: (e["table"], e["row_id"]))
    session.info.setdefault("audit_pending", []).extend(written)


def _written(session: Session) -> Iterator[dict[str, Any]]:
    for row in session.new:
        if row.__tablename__ not in SILENT:
            values = {k: v for k, v in _columns(row).items() if v not in (None, "")}
            yield _row_entry(session, "insert", row, "", canonical(values))
    for row in session.dirty:
        before, after = _difference(row)
        if after and row.__tablename__ not in SILENT:
            yield _row_entry(session, "update", row, canonical(before), canonical(after))
    for row in session.deleted:
        if row.__tablename__ not in SILENT:
            yield _row_entry(session, "delete", row, canonical(_columns(row)), "")


def _row_entry(session: Session, action: str, row: Any, before: str, after: str) -> dict[str, Any]:
    return entry(session, action, table=row.__tablename__, row_id=row.id, before=before, after=after)


def _columns(row: Any) -> dict[str, Any]:
    return {c.key: getattr(row, c.key) for c in inspect(row).mapper.column_attrs if c.key not in NOISE}


def _difference(row: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    before, after = {}, {}
    for attribute in inspect(row).attrs:
        history = attribute.history
        if history.has_changes():
            hidden = attribute.key in NOISE
            before[attribute.key] = "…" if hidden else (history.deleted[0] if history.deleted else None)
            after[attribute.key] = "…" if hidden else (history.added[0] if history.added else None)
    return before, after


def _content(row: Facts) -> dict[str, Any]:
    names = ("at", "account_id", "grant_id", "transaction", "action", "table", "row_id", "before", "after")
    return {name: getattr(row, name) for name in names}


def key_of(session: Reader) -> str:
    """The key of this database's trail."""
    if not session.info.get("audit_key"):
        found = session.execute(select(Meta.value).where(Meta.name == "audit_key")).scalar()
        session.info["audit_key"] = found or ""
    return str(session.info["audit_key"])

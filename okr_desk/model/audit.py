"""The audit trail writes itself: a hook on every session adds one chained entry for each row written.

The chain is keyed (HMAC-SHA-256 over the previous hash and the canonical entry); its head is printed on paper
and kept with each backup, because a chain alone does not notice that its tail was cut off.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import UOWTransaction
from sqlmodel import Session

from okr_desk.model.columns import AuditEntry, Meta
from okr_desk.model.reading import Facts, Reader

START = "0" * 64
_SILENT = {"auditentry", "meta"}
_NOISE = {"search_keys", "password_hash"}


_INSERT = AuditEntry.TABLE.insert()
_NEWEST = select(AuditEntry.hash).order_by(AuditEntry.id.desc()).limit(1)
"""Built once, on the bare table: every write asks them."""


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
    key, previous = _key(session), START
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
    key = _key(session)
    previous = session.info.get("audit_head") or head(session)
    rows = []
    for entry in entries:
        mark = link(key, previous, entry)
        rows.append({**entry, "previous": previous, "hash": mark})
        previous = mark
    session.connection().execute(_INSERT, rows)
    session.info["audit_head"] = previous


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
        if row.__tablename__ not in _SILENT:
            values = {k: v for k, v in _columns(row).items() if v not in (None, "")}
            yield _row_entry(session, "insert", row, "", canonical(values))
    for row in session.dirty:
        before, after = _difference(row)
        if after and row.__tablename__ not in _SILENT:
            yield _row_entry(session, "update", row, canonical(before), canonical(after))
    for row in session.deleted:
        if row.__tablename__ not in _SILENT:
            yield _row_entry(session, "delete", row, canonical(_columns(row)), "")


def _row_entry(session: Session, action: str, row: Any, before: str, after: str) -> dict[str, Any]:
    return entry(session, action, table=row.__tablename__, row_id=row.id, before=before, after=after)


def _columns(row: Any) -> dict[str, Any]:
    return {c.key: getattr(row, c.key) for c in inspect(row).mapper.column_attrs if c.key not in _NOISE}


def _difference(row: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    before, after = {}, {}
    for attribute in inspect(row).attrs:
        history = attribute.history
        if history.has_changes():
            hidden = attribute.key in _NOISE
            before[attribute.key] = "…" if hidden else (history.deleted[0] if history.deleted else None)
            after[attribute.key] = "…" if hidden else (history.added[0] if history.added else None)
    return before, after


def _content(row: Facts) -> dict[str, Any]:
    names = ("at", "account_id", "grant_id", "transaction", "action", "table", "row_id", "before", "after")
    return {name: getattr(row, name) for name in names}


def _key(session: Reader) -> str:
    if not session.info.get("audit_key"):
        found = session.execute(select(Meta.value).where(Meta.name == "audit_key")).scalar()
        session.info["audit_key"] = found or ""
    return str(session.info["audit_key"])

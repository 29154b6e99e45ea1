"""Reading the trail back: the chain fits, none of it is missing, and the tables hold what the trail says last.

For `audit verify`, `doctor` and backups; opening a database does not wait for it. The key lies in the same file, so
this finds what was changed with another program; who knows the key is found by the heads kept elsewhere.
"""

import hashlib
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import Boolean, ColumnClause, Date, func, select, text
from sqlalchemy.types import TypeEngine

from okr_desk.i18n import _
from okr_desk.model import audit, columns
from okr_desk.model.ballot_digest import FIELDS, digest
from okr_desk.model.columns import AuditEntry
from okr_desk.model.columns.base import Columns
from okr_desk.model.reading import Facts, Reader
from okr_desk.model.types import Exact, Instant

_EMPTY = (None, "")
_SHOWN = 40


@dataclass
class _Known:
    """The last state that the trail says of one row. Without its insert only the fields that changed are known."""

    is_whole: bool
    values: dict[str, Any] = field(default_factory=dict)


_Told = dict[int, _Known | None]
"""Rows of one table by number; None for one that was deleted."""


def first_fault(session: Reader) -> str | None:
    """The first thing that is not as it was written, in one sentence; None when all is sound."""
    broken = audit.first_broken(session)
    if broken is not None:
        return _("操作记录从第 {n} 条起与校验链不符。").format(n=broken)
    return _shortened(session) or next(_differences(session), None)


def _shortened(session: Reader) -> str | None:
    key, found = audit.key_of(session), audit.seal(session)
    present = int(session.execute(select(func.count()).select_from(AuditEntry.TABLE)).scalar_one())
    if not present and _holds_rows(session):
        return _("操作记录被清空，数据表里却有内容。")
    if found is None:
        had_one = session.execute(select(AuditEntry.id).where(AuditEntry.action == audit.SEALED).limit(1)).scalar()
        is_missing = audit.is_born_sealed(key) or had_one is not None
        return _("操作记录的封存标记不见了，不能证明记录没有被删减。") if is_missing else None
    end = audit.unsealed(key, found)
    if end is None:
        return _("操作记录的封存标记被改动，不能证明记录没有被删减。")
    if present < end.entries:
        return _("操作记录少了 {n} 条：应有 {all} 条，现有 {present} 条。").format(
            n=end.entries - present, all=end.entries, present=present
        )
    if present > end.entries or audit.head(session) != end.head:
        return _("操作记录的末尾与封存标记不符：应有 {all} 条，现有 {present} 条。").format(
            all=end.entries, present=present
        )
    return None


def _holds_rows(session: Reader) -> bool:
    return any(
        session.execute(select(standing[0]).limit(1)).first() is not None
        for described in _described().values()
        if (standing := _standing(session, described))
    )


def _differences(session: Reader) -> Iterator[str]:
    told = _replayed(session)
    born = audit.is_born_sealed(audit.key_of(session))
    for name, described in sorted(_described().items()):
        yield from _of_table(session, described, told.get(name, {}), born)
    yield from _ballots(session)
    yield from _published(session)


def _ballots(session: Reader) -> Iterator[str]:
    """Batches whose ballots are not those that were sealed, and ballots of no batch."""
    if not _standing(session, columns.SurveyBatch):
        return
    fields = (getattr(columns.Ballot, name) for name in FIELDS)
    rows = session.execute(
        select(columns.Ballot.batch_id, *fields).order_by(columns.Ballot.batch_id, columns.Ballot.id)
    )
    held = {batch_id: digest(row[1:] for row in some) for batch_id, some in groupby(rows, key=lambda row: row[0])}
    sealed: dict[int, str] = {}
    for batch_id, seal in session.execute(select(columns.SurveyBatch.id, columns.SurveyBatch.digest)):
        sealed[batch_id] = seal
    for batch_id in sorted({*held, *sealed}):
        if held.get(batch_id, digest(())) != sealed.get(batch_id):
            yield _("第 {batch} 批答卷与操作记录不符：写入以后被改动、增减过。").format(batch=batch_id)


def _published(session: Reader) -> Iterator[str]:
    """Publications whose content is not there, or not what was sealed with them, and content of none."""
    if not _standing(session, columns.Publication):
        return
    sealed: dict[int, tuple[str, int, str]] = {}
    told = select(*columns.Publication.ALL)
    for row in session.execute(told):
        sealed[row.id] = (row.number, row.version, row.digest)
    held: dict[int, bytes] = {}
    for row in session.execute(select(columns.PublishedContent.publication_id, columns.PublishedContent.content)):
        held[row.publication_id] = row.content
    for key in sorted({*held, *sealed}):
        number, version, code = sealed.get(key, (str(key), 0, ""))
        if key not in sealed or not _is_sound(held.get(key, b""), code):
            said = _("{number} 第 {version} 版所发布的内容与其校验码不符：发布以后被改动、增减过。")
            yield said.format(number=number, version=version)


def _is_sound(kept: bytes, code: str) -> bool:
    try:
        return hashlib.sha256(zlib.decompress(kept)).hexdigest() == code
    except zlib.error:
        return False


def _replayed(session: Reader) -> dict[str, _Told]:
    told: dict[str, _Told] = {}
    entries = select(AuditEntry.action, AuditEntry.table, AuditEntry.row_id, AuditEntry.after)
    for one in session.execute(entries.where(AuditEntry.table != "").order_by(AuditEntry.id)):
        rows = told.setdefault(one.table, {})
        if one.action == "insert":
            rows[one.row_id] = _Known(True, json.loads(one.after))
        elif one.action == "delete":
            rows[one.row_id] = None
        elif one.action == "update":
            known = rows.get(one.row_id) or _Known(False)
            known.values |= json.loads(one.after)
            rows[one.row_id] = known
    return told


def _described() -> dict[str, type[Columns]]:
    found = [getattr(columns, name) for name in columns.__all__]
    return {one.TABLE.name: one for one in found if one.TABLE.name not in audit.SILENT}


def _of_table(session: Reader, described: type[Columns], told: _Told, born: bool) -> Iterator[str]:
    """The differences of one table. Rows from before the trail knew any of it have lower numbers than its first."""
    name, present = described.TABLE.name, set()
    first = 0 if born else min((n for n, known in told.items() if known and known.is_whole), default=None)
    standing = _standing(session, described)
    rows = _rows(session, standing) if standing else []
    if isinstance(rows, int):
        yield _("表 {table} 第 {row} 行的内容读不懂，不是本程序写的。").format(table=name, row=rows)
        return
    for row in rows:
        present.add(row.id)
        known = told.get(row.id, _Known(False))
        is_strange = row.id not in told and first is not None and row.id >= first
        if known is None or is_strange:
            yield _("表 {table} 第 {row} 行不在操作记录里，却在数据文件里。").format(table=name, row=row.id)
        else:
            yield from _of_row(name, standing, row, known)
    for number in sorted(n for n, known in told.items() if known is not None and n not in present):
        yield _("表 {table} 第 {row} 行在操作记录里，数据文件里却没有。").format(table=name, row=number)


def _standing(session: Reader, described: type[Columns]) -> list[ColumnClause[Any]]:
    """The columns that the file has: a backup of an older schema is checked as it is."""
    asked = text("SELECT name FROM pragma_table_info(:name)")
    present = set(session.execute(asked, {"name": described.TABLE.name}).scalars())
    return [column for column in described.ALL if column.key in present]


def _rows(session: Reader, standing: list[ColumnClause[Any]]) -> Sequence[Facts] | int:
    """The rows of a table in order; the number of the first that holds what is no date or number, when one does."""
    number = standing[0]
    everything = select(*standing).order_by(number)
    try:
        return session.execute(everything).all()
    except (ValueError, TypeError):
        for one in session.execute(select(number).order_by(number)).scalars().all():
            try:
                session.execute(everything.where(number == one)).all()
            except (ValueError, TypeError):
                return int(one)
        raise


def _of_row(table: str, standing: list[ColumnClause[Any]], row: Facts, known: _Known) -> Iterator[str]:
    for column in standing:
        if column.key in audit.NOISE or (column.key not in known.values and not known.is_whole):
            continue
        said, stands = _value(column, known.values.get(column.key)), getattr(row, column.key)
        if said != stands and not (said in _EMPTY and stands in _EMPTY):
            yield _("表 {table} 第 {row} 行的 {field} 与操作记录不符：记录为“{said}”，数据文件里是“{stands}”。").format(
                table=table, row=row.id, field=column.key, said=_short(said), stands=_short(stands)
            )


def _value(column: ColumnClause[Any], said: Any) -> Any:
    """What stands in the trail, as the column gives it back."""
    kind: TypeEngine[Any] = column.type
    if said in _EMPTY:
        return said
    if isinstance(kind, Exact):
        return Decimal(str(said))
    if isinstance(kind, Instant):
        return datetime.fromisoformat(said).astimezone(UTC)
    if isinstance(kind, Date):
        return date.fromisoformat(said)
    return bool(said) if isinstance(kind, Boolean) else said


def _short(value: Any) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    words = _("空") if value in _EMPTY else str(value)
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"

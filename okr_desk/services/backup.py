"""Copies that are known to be good, and the way back: nothing is called a backup before it was read again.

A plain file copy of a database in use is torn; `VACUUM INTO` takes one consistent moment. Before every
migration and import, at start, and whenever somebody asks.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Hashable, Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import func, select

from okr_desk import __version__
from okr_desk.clock import Clock, local
from okr_desk.errors import DatabaseInUse, DatabaseRefused, FileRefused, Refusal
from okr_desk.files import is_database, write_atomically
from okr_desk.i18n import N_, _
from okr_desk.model import audit, audit_check, engine
from okr_desk.model.base import new_uid
from okr_desk.model.columns import AuditEntry
from okr_desk.model.store import Store
from okr_desk.queries import backup as copies
from okr_desk.queries import evidence as stored
from okr_desk.queries.backup import Backup
from okr_desk.rules.permissions import Action, Actor
from okr_desk.services import evidence, permits

MANUAL, AT_START, BEFORE_IMPORT = N_("手动"), N_("启动"), N_("导入前")
SUFFIX = ".okr"
SIDE_FILES = ("-journal", "-wal", "-shm")
NEWEST, DAILY, WEEKLY, MONTHLY = 5, 14, 8, 12
_SPARE = 8 * 1024 * 1024


def default_folder(database: Path) -> Path:
    """Where copies go when nobody says otherwise: beside the database, in a folder with its name."""
    return database.with_name(f"{database.stem}_备份")


def make(store: Store, actor: Actor, to: Path | None = None, occasion: str = MANUAL) -> Backup:
    """A verified copy on somebody's request; see `take`. Raises NotAllowed without the right."""
    with store.write(actor) as session:
        permits.require(session, actor, Action.BACKUP)
    return take(store.path, to, store.clock.now(), occasion)


def take(database: Path, to: Path | None, now: datetime, occasion: str) -> Backup:
    """Copy `database` to `to` (a folder, or a file name ending in .okr), checked, with a manifest beside it.

    Its evidence goes into one store that all copies in that folder share. Evidence that is missing or altered does
    not keep the figures from being saved: it is named in `lacking`. In a folder, older copies of the same database
    are thinned out afterwards (`superseded`). Raises FileRefused when the place cannot be written or lacks room,
    DatabaseRefused when the copy fails a check; then no copy is left behind.
    """
    place = to or default_folder(database)
    target = place if place.suffix == SUFFIX else _free_name(place, database.stem, now, occasion)
    _refuse_own_place(database, target)
    with tempfile.TemporaryDirectory(prefix="okr_desk_") as scratch:
        copy = Path(scratch) / "copy.okr"
        _vacuum(database, copy)
        facts = _with_evidence(verified(copy, database.name), database, target)
        again = copies.manifest_path(target).exists()  # an earlier copy of that name may be renewed, nothing else
        write_atomically(target, lambda stream: _pour(copy, stream), over_database=again)
    number = 1 + max((b.number for b in copies.in_folder(target.parent)), default=0)
    made = replace(facts, path=target, number=number, taken_at=now, occasion=occasion)
    if not made.is_unchanged:
        target.unlink(missing_ok=True)
        raise FileRefused(_("备份“{name}”写入后读回不一致，已删除。请换一个磁盘再备份。").format(name=target.name))
    write_atomically(copies.manifest_path(target), copies.manifest(made))
    if place is not target:
        _thin(target.parent, made.epoch)
    return made


def _with_evidence(facts: Backup, database: Path, target: Path) -> Backup:
    """Put the evidence beside `target`, before the copy whose rows speak of it."""
    store = copies.evidence_folder(target)
    pieces = facts.evidence or ()
    _refuse_without_room(target, facts.size + sum(p.size or 0 for p in pieces if not (store / p.sha256).is_file()))
    missing = evidence.carry(pieces, [stored.folder_of(database)], store)
    return replace(facts, evidence=tuple(p for p in pieces if p not in missing), lacking=missing)


def take_daily(database: Path, now: datetime) -> Backup | None:
    """The first copy of the office's day, in the default folder; None when today already has one."""
    last = copies.newest(default_folder(database))
    if last is not None and local(last.taken_at).date() == local(now).date():
        return None
    return take(database, None, now, AT_START)


def verified(path: Path, named: str = "") -> Backup:
    """Read a copy in full: integrity, foreign keys, the tables against the trail.

    `named` is the database that a copy is just being made of; empty for one that was made before. Raises
    DatabaseRefused with the first fault found.
    """
    name = named or path.name
    application, schema = engine.facts(path)
    if application != engine.APPLICATION_ID:
        raise DatabaseRefused(_("“{name}”不是本程序的备份文件。").format(name=name))
    with closing(engine.connect(path)) as raw:
        sound = raw.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
        if not sound or raw.execute("PRAGMA foreign_key_check").fetchone():
            raise DatabaseRefused(_("“{name}”没有通过完整性检查，不能用作备份。请换一份。").format(name=name))
    store = Store(path)
    try:
        with store.read() as session:
            fault = audit_check.first_fault(session)
            head, pieces = audit.head(session), stored.pieces(session)
            entries = session.execute(select(func.count()).select_from(AuditEntry.TABLE)).scalar_one()
        epoch, now = store.facts().get("epoch", ""), store.clock.now()
    finally:
        store.close()
    if fault is not None:
        words = (
            _("“{name}”没有备份：{fault}数据可能被改动。请保留原文件，与最近一次备份核对，并向镇党建办报告。")
            if named
            else _("“{name}”不能用作备份：{fault}请换一份，并向镇党建办报告。")
        )
        raise DatabaseRefused(words.format(name=name, fault=fault))
    size, mark = path.stat().st_size, copies.digest(path)
    return Backup(path, 0, now, "", mark, size, head, entries, epoch, schema, __version__, pieces)


def restore(backup: Path, database: Path, actor: Actor, clock: Clock) -> Path | None:
    """Put `backup` in the place of `database`; returns where the old file was kept, None when there was none.

    The database must not be open. Its side files are moved away with it: an old journal beside a restored file
    would be played back into it. The restored file starts a new epoch, so that papers and packages of the lost
    time are recognised, and its trail says so. Its evidence comes with it, and what the old file had stays beside
    that one; a piece that is whole nowhere does not keep the figures from coming back (`queries.evidence.lost` names
    it). A sound old database must grant `actor` the right to restore; a damaged one cannot be asked. Raises
    DatabaseRefused, FileRefused or NotAllowed; then nothing was changed.
    """
    _require_right(database, actor)
    known = copies.read_manifest(copies.manifest_path(backup))
    if known is not None and not known.is_unchanged:
        raise DatabaseRefused(_("备份“{name}”与备份时的校验码不符，可能已损坏。请换一份。").format(name=backup.name))
    pieces = verified(backup).evidence or ()
    fresh = database.with_name(f".恢复中_{new_uid()[:8]}{SUFFIX}")
    sources = [copies.evidence_folder(backup), stored.folder_of(backup), stored.folder_of(database)]
    try:
        write_atomically(fresh, lambda stream: _pour(backup, stream))
        evidence.carry(pieces, sources, stored.folder_of(fresh))
        _begin_epoch(fresh, actor, clock, backup.name)
        return _swap(fresh, database, clock.now())
    finally:
        for left in (fresh, *(Path(f"{fresh}{side}") for side in SIDE_FILES)):
            left.unlink(missing_ok=True)
        shutil.rmtree(stored.folder_of(fresh), ignore_errors=True)


def superseded(made: Sequence[Backup]) -> list[Backup]:
    """Which copies of one database may go: beyond the newest 5, the last of each of 14 days, 8 weeks, 12 months.

    Order is by number, never by the clock; so a wrong date cannot push out the newest ones.
    """
    ordered = sorted(made, key=lambda b: -b.number)
    kept = set(ordered[:NEWEST])
    days = [(b, local(b.taken_at).date()) for b in ordered]
    kept |= _last_of_each(((b, day) for b, day in days), DAILY)
    kept |= _last_of_each(((b, day - timedelta(days=day.weekday())) for b, day in days), WEEKLY)
    kept |= _last_of_each(((b, (day.year, day.month)) for b, day in days), MONTHLY)
    return [b for b in ordered if b not in kept]


def _last_of_each(dated: Iterable[tuple[Backup, Hashable]], most: int) -> set[Backup]:
    periods: dict[Hashable, Backup] = {}
    for backup, period in dated:  # newest first, so the first seen is the last of its period
        if period not in periods and len(periods) < most:
            periods[period] = backup
    return set(periods.values())


def _thin(folder: Path, epoch: str) -> None:
    present = copies.in_folder(folder)
    gone = superseded([b for b in present if b.epoch == epoch])
    for old in gone:
        old.path.unlink(missing_ok=True)
        copies.manifest_path(old.path).unlink(missing_ok=True)
    _thin_evidence(folder, gone, [b for b in present if b not in gone])


def _thin_evidence(folder: Path, gone: Sequence[Backup], kept: Sequence[Backup]) -> None:
    """Remove the evidence that only copies which are gone needed; nothing while one is there that does not say."""
    saying = {b.path.name for b in kept if b.evidence is not None}
    if any(path.name not in saying for path in folder.glob(f"*{SUFFIX}")):
        return
    needed = {piece.sha256 for b in kept for piece in b.evidence or ()}
    for mark in {piece.sha256 for b in gone for piece in b.evidence or ()} - needed:
        (folder / copies.EVIDENCE / mark).unlink(missing_ok=True)


def _vacuum(database: Path, copy: Path) -> None:
    try:
        with closing(engine.connect(database)) as raw:
            raw.execute("VACUUM INTO ?", (str(copy),))
    except sqlite3.OperationalError as error:
        if "full" in str(error):
            raise FileRefused(_("磁盘空间不足，没有完成备份。请清理磁盘后再试，原数据没有改动。")) from error
        raise DatabaseRefused(_("读取数据文件“{name}”失败，没有完成备份。").format(name=database.name)) from error
    except sqlite3.DatabaseError as error:
        raise DatabaseRefused(
            _("数据文件“{name}”已损坏，无法备份。请从最近一次备份恢复，原文件请保留。").format(name=database.name)
        ) from error


def _free_name(folder: Path, stem: str, now: datetime, occasion: str) -> Path:
    base = f"{stem}_{local(now):%Y%m%d-%H%M%S}_{occasion}"
    names = (f"{base}{'' if n == 1 else f'_{n}'}{SUFFIX}" for n in range(1, 10_000))
    return next(path for path in (folder / name for name in names) if not path.exists())


def _refuse_own_place(database: Path, target: Path) -> None:
    if target.resolve() == database.resolve():
        raise FileRefused(_("备份不能写在数据文件自己身上。请换一个文件名或文件夹。"))


def _refuse_without_room(target: Path, size: int) -> None:
    folder = next(parent for parent in target.absolute().parents if parent.exists())
    if shutil.disk_usage(folder).free < size + _SPARE:
        raise FileRefused(_("“{folder}”所在磁盘空间不足，没有备份。请清理磁盘或换一个位置。").format(folder=folder))


def _pour(source: Path, stream: BinaryIO) -> None:
    with source.open("rb") as file:
        shutil.copyfileobj(file, stream, 1024 * 1024)


def _require_right(database: Path, actor: Actor) -> None:
    if not is_database(database):
        return  # not even opened: opening would tidy away the side files that are evidence
    try:
        application, schema = engine.facts(database)
    except DatabaseInUse:
        raise
    except DatabaseRefused:
        return
    if application != engine.APPLICATION_ID or schema != engine.SCHEMA_VERSION:
        return
    store = Store(database)
    try:
        with store.write(actor) as session:
            permits.require(session, actor, Action.RESTORE)
    finally:
        store.close()


def _begin_epoch(database: Path, actor: Actor, clock: Clock, source: str) -> None:
    store = Store(database, clock)
    try:
        with store.write(actor) as session:
            session.connection().exec_driver_sql("UPDATE meta SET value=? WHERE name='epoch'", (new_uid(),))
            audit.append(session, [audit.entry(session, "restored", after=source)])
    finally:
        store.close()


def _swap(fresh: Path, database: Path, now: datetime) -> Path | None:
    aside = database.with_name(f"{database.stem}_恢复前_{local(now):%Y%m%d-%H%M%S}_{new_uid()[:4]}{database.suffix}")
    moves = [(database, aside), (stored.folder_of(database), stored.folder_of(aside))]
    moves += [(Path(f"{database}{side}"), Path(f"{aside}{side}")) for side in SIDE_FILES]
    moves += [(stored.folder_of(fresh), stored.folder_of(database)), (fresh, database)]
    done: list[tuple[Path, Path]] = []
    try:
        for source, goal in moves:
            if source.exists():
                source.rename(goal)
                done.append((source, goal))
    except OSError as error:
        for source, goal in reversed(done):
            goal.rename(source)
        raise _in_use(database) from error
    return aside if aside.exists() else None


def _in_use(database: Path) -> Refusal:
    return FileRefused(
        _("数据文件“{name}”正在使用或没有写入权限，没有恢复。请关闭所有窗口后再试。").format(name=database.name)
    )

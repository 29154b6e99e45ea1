"""Evidence files: stored beside the database by SHA-256, synced before their row; a user's name is never a path."""

from __future__ import annotations

import hashlib
import shutil
import unicodedata
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO

from sqlmodel import Session, col, func, select

from okr_desk import files
from okr_desk.errors import FileRefused, InputRefused
from okr_desk.i18n import _
from okr_desk.model.store import now
from okr_desk.model.tables import CheckIn, Evidence, KeyResult, Objective
from okr_desk.queries import attachments, cycles, policy
from okr_desk.queries.evidence import Piece, folder
from okr_desk.rules.checkins import check_evidence_kind
from okr_desk.rules.file_kinds import check_content
from okr_desk.services.outcome import Changes, Outcome, Topic, changed

LARGEST = 20 * 1024 * 1024


def attach(session: Session, checkin_id: int, path: Path) -> Outcome[int]:
    """Keep a file with a check-in. Raises InputRefused over the limit of pieces, FileRefused for the file itself.

    The limit holds for the key result, and for its indicator with everything else that stands behind it (design 8).
    """
    checkin = session.get_one(CheckIn, checkin_id)
    limit = policy.integer(session, "report.evidence_limit")
    present = session.exec(
        select(Evidence.sha256)
        .join(CheckIn, col(CheckIn.id) == Evidence.checkin_id)
        .where(
            CheckIn.key_result_id == checkin.key_result_id,
            CheckIn.quarter_id == checkin.quarter_id,
            ~col(CheckIn.withdrawn),
        )
    ).all()
    content = content_of(path)
    digest = hashlib.sha256(content).hexdigest()
    if digest in present:
        return Outcome(0, Changes())
    if len({*present, *_beside(session, checkin)}) >= limit:
        raise InputRefused(_("每项关键结果每季最多 {n} 件佐证材料，请留最能说明问题的。").format(n=limit), "evidence")
    keep(session, content, digest)
    row = Evidence(
        checkin_id=checkin_id,
        sha256=digest,
        display_name=display_name(path.name),
        size=len(content),
        added_at=now(session),
    )
    session.add(row)
    session.flush()
    return Outcome(row.key, changed(Topic.CHECKINS))


def _beside(session: Session, checkin: CheckIn) -> set[str]:
    """Files that stand behind the same indicator through records of daily work or another of its key results."""
    key_result = session.get_one(KeyResult, checkin.key_result_id)
    quarter = cycles.by_id(session, checkin.quarter_id)
    if key_result.indicator_id is None or quarter is None:
        return set()
    org_id = session.get_one(Objective, key_result.objective_id).org_id
    return attachments.behind_indicators(session, org_id, quarter).get(key_result.indicator_id, set())


def content_of(path: Path) -> bytes:
    """A file as it is handed in, once it is certain that it is a picture or a paper and what its ending says.

    Raises FileRefused: another kind, empty, larger than 20 MB, unreadable, with macros, a program under another name.
    """
    check_evidence_kind(path.name)
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise FileRefused(_("“{name}”超过 20 MB，请压缩后再添加。").format(name=path.name))
        if size == 0:
            raise FileRefused(_("“{name}”是空文件，请重新选择。").format(name=path.name))
        content = path.read_bytes()
    except OSError as error:
        raise FileRefused(_("读不到“{name}”，请检查文件是否还在、是否被占用。").format(name=path.name)) from error
    check_content(path.name, content)
    return content


def keep(session: Session, content: bytes, digest: str) -> None:
    """Put the content under its hash beside the database, synced before any row speaks of it; what is there stays."""
    target = folder(session) / digest
    if not target.exists():
        files.write_atomically(target, content)


def carry(pieces: Iterable[Piece], sources: Sequence[Path], target: Path) -> tuple[Piece, ...]:
    """Put each piece into the folder `target`, once, under its hash; returns those that no source has whole.

    What lies there whole already stays. Files are copied, not linked: a link would carry a later change along. Raises
    FileRefused when the place cannot be written, or reads back as something else.
    """
    missing = []
    for piece in pieces:
        if piece.is_sound_in(target):
            continue
        source = next((place for place in sources if piece.is_sound_in(place)), None)
        if source is None:
            missing.append(piece)
            continue
        goal, found = target / piece.sha256, source / piece.sha256
        files.write_atomically(goal, partial(_pour, found))
        if not piece.is_sound_in(target):
            goal.unlink(missing_ok=True)
            raise FileRefused(_("佐证材料“{name}”写入后读回不一致。请换一个磁盘再试。").format(name=piece.name))
    return tuple(missing)


def count(session: Session, key_result_id: int, quarter_id: int) -> int:
    """How many pieces a key result has in a quarter."""
    statement = (
        select(func.count(func.distinct(Evidence.sha256)))
        .join(CheckIn, col(CheckIn.id) == Evidence.checkin_id)
        .where(CheckIn.key_result_id == key_result_id, CheckIn.quarter_id == quarter_id)
    )
    return int(session.exec(statement).one())


def display_name(name: str) -> str:
    """A name for people: composed form, no control or direction characters, at most 120 characters."""
    kept = "".join(c for c in unicodedata.normalize("NFC", name) if unicodedata.category(c)[0] != "C")
    return kept[-120:]


def _pour(source: Path, stream: BinaryIO) -> None:
    with source.open("rb") as file:
        shutil.copyfileobj(file, stream, 1024 * 1024)

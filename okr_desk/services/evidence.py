"""Evidence files: stored beside the database by SHA-256, synced before their row; a user's name is never a path."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path

from sqlmodel import Session, col, func, select

from okr_desk import files
from okr_desk.errors import FileRefused, InputRefused
from okr_desk.i18n import _
from okr_desk.model.store import now
from okr_desk.model.tables import CheckIn, Evidence
from okr_desk.queries import policy
from okr_desk.queries.evidence import folder
from okr_desk.rules.checkins import check_evidence_kind
from okr_desk.services.outcome import Changes, Outcome, Topic, changed

LARGEST = 20 * 1024 * 1024


def attach(session: Session, checkin_id: int, path: Path) -> Outcome[int]:
    """Keep a file with a check-in. Raises InputRefused over the limit of pieces, FileRefused for the file itself."""
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
    content = _content(path)
    digest = hashlib.sha256(content).hexdigest()
    if digest in present:
        return Outcome(0, Changes())
    if len(set(present)) >= limit:
        raise InputRefused(_("每项关键结果每季最多 {n} 件佐证材料，请留最能说明问题的。").format(n=limit), "evidence")
    target = folder(session) / digest
    if not target.exists():
        files.write_atomically(target, content)
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


def _content(path: Path) -> bytes:
    check_evidence_kind(path.name)
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise FileRefused(_("“{name}”超过 20 MB，请压缩后再添加。").format(name=path.name))
        if size == 0:
            raise FileRefused(_("“{name}”是空文件，请重新选择。").format(name=path.name))
        return path.read_bytes()
    except OSError as error:
        raise FileRefused(_("读不到“{name}”，请检查文件是否还在、是否被占用。").format(name=path.name)) from error

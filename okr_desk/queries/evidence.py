"""Evidence as it was kept: what a statement has, where the files lie, a copy to look at, and which files are lost."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from okr_desk import files
from okr_desk.errors import FileRefused
from okr_desk.i18n import _
from okr_desk.model.columns import CheckIn, Evidence, KeyResult, Objective
from okr_desk.model.reading import Reader
from okr_desk.model.store import today
from okr_desk.queries import orgs
from okr_desk.rules.checkins import check_evidence_kind

_NO_NAME = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_READ_ONLY = 0o444


@dataclass(frozen=True)
class Kept:
    """A stored file: `digest` is its SHA-256 and its name on the disk, `name` what people call it."""

    digest: str
    name: str


@dataclass(frozen=True)
class Piece:
    """One file, kept under its SHA-256; `name` is what people called it."""

    sha256: str
    size: int
    name: str

    def is_sound_in(self, folder: Path) -> bool:
        """Whether the file lies in `folder` with the content it had when it was attached (reads it whole)."""
        path = folder / self.sha256
        return path.is_file() and path.stat().st_size == self.size and digest(path) == self.sha256


@dataclass(frozen=True)
class LostPiece:
    """A file that is missing (or, `is_altered`, no longer what it was), and the key result it speaks for."""

    org: str
    key_result: str
    name: str
    is_altered: bool

    def __str__(self) -> str:
        fault = _("内容被改动") if self.is_altered else _("文件缺失")
        return _("{org} {key_result}“{name}”{fault}").format(
            org=self.org, key_result=self.key_result, name=self.name, fault=fault
        )


def folder_of(database: Path) -> Path:
    """Where a database keeps its evidence: a folder of its own name beside it."""
    return database.with_name(database.name + ".佐证")


def folder(session: Reader) -> Path:
    """Where this database keeps its evidence: a folder of its own name beside it."""
    return folder_of(session.info["path"])


def stored_path(session: Reader, kept: Kept) -> Path:
    """The stored file of a piece of evidence. Raises FileRefused when it is not there."""
    found = folder(session) / kept.digest
    if not found.is_file():
        raise FileRefused(
            _("佐证材料“{name}”不在数据文件旁的“{folder}”里，请把这个文件夹找回，或从备份恢复。").format(
                name=kept.name, folder=folder(session).name
            )
        )
    return found


def copy_out(session: Reader, kept: Kept, into: Path) -> Path:
    """A copy to look at, under the name people know, in a folder of its own below `into`; the stored file stays.

    Raises FileRefused for a kind that is no evidence (it is not opened, whoever put it there), for a file that is
    missing, and for one whose content is not what was handed in.
    """
    name = _NO_NAME.sub("_", kept.name).strip(" .") or kept.digest
    check_evidence_kind(name)
    target = into / kept.digest[:16] / name
    if target.exists():
        return target
    content = stored_path(session, kept).read_bytes()
    if hashlib.sha256(content).hexdigest() != kept.digest:
        raise FileRefused(_("佐证材料“{name}”的内容和提交时不一致，没有打开。请从备份恢复。").format(name=kept.name))
    files.write_atomically(target, content)
    target.chmod(_READ_ONLY)
    return target


def pieces(session: Reader) -> tuple[Piece, ...]:
    """Every file that a row speaks of, each once."""
    rows = session.execute(select(Evidence.sha256, Evidence.size, Evidence.display_name).order_by(Evidence.id))
    found: dict[str, Piece] = {}
    for row in rows:
        found.setdefault(row.sha256, Piece(row.sha256, row.size, row.display_name))
    return tuple(found.values())


def lost(session: Reader, folders: Sequence[Path]) -> tuple[LostPiece, ...]:
    """The files that lie whole in none of `folders`, with whose they are, in the order in which they were attached."""
    gone = {piece.sha256 for piece in lacking(pieces(session), folders)}
    if not gone:
        return ()
    names = {org.id: org.short_name for org in orgs.tree(session, today(session))}
    asked = (
        select(Evidence.sha256, Evidence.display_name, KeyResult.code, Objective.org_id)
        .join_from(Evidence.TABLE, CheckIn.TABLE, CheckIn.id == Evidence.checkin_id)
        .join(KeyResult.TABLE, KeyResult.id == CheckIn.key_result_id)
        .join(Objective.TABLE, Objective.id == KeyResult.objective_id)
        .where(Evidence.sha256.in_(gone))
        .order_by(Evidence.id)
    )
    found = [
        LostPiece(
            names.get(row.org_id, ""),
            row.code,
            row.display_name,
            any((place / row.sha256).exists() for place in folders),
        )
        for row in session.execute(asked)
    ]
    return tuple(dict.fromkeys(found))


def lacking(wanted: Iterable[Piece], folders: Sequence[Path]) -> tuple[Piece, ...]:
    """Those that lie whole in none of `folders` (reads every file)."""
    return tuple(piece for piece in wanted if not any(piece.is_sound_in(place) for place in folders))


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()

"""The evidence files of a database: which there must be, and which of them are missing or no longer what they were."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from okr_desk.i18n import _
from okr_desk.model.columns import CheckIn, Evidence, KeyResult, Objective
from okr_desk.model.reading import Reader
from okr_desk.model.store import today
from okr_desk.queries import orgs


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

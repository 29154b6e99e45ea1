"""Evidence as it was kept: what statements and records have, where the files lie, a copy to look at, what is lost."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import column, select, table

from okr_desk import files
from okr_desk.clock import local
from okr_desk.errors import FileRefused
from okr_desk.i18n import _
from okr_desk.model.columns import Attachment, CheckIn, Evidence, KeyResult, Objective, UpwardForm
from okr_desk.model.reading import Facts, Reader
from okr_desk.model.store import today
from okr_desk.queries import orgs
from okr_desk.rules.checkins import check_evidence_kind
from okr_desk.rules.file_kinds import check_content

_NO_NAME = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_READ_ONLY = 0o444


@dataclass(frozen=True)
class Kept:
    """A stored file: `digest` is its SHA-256 and its name on the disk, `name` what people call it."""

    digest: str
    name: str


@dataclass(frozen=True)
class Piece:
    """One file, kept under its SHA-256; `name` is what people called it. `size` None: nobody noted it."""

    sha256: str
    size: int | None
    name: str

    def is_sound_in(self, folder: Path) -> bool:
        """Whether the file lies in `folder` with the content it had when it was attached (reads it whole)."""
        path = folder / self.sha256
        is_as_long = path.is_file() and self.size in (None, path.stat().st_size)
        return is_as_long and digest(path) == self.sha256


@dataclass(frozen=True)
class LostPiece:
    """A file that is missing (or, `is_altered`, no longer what it was), and what it speaks for: a key result, a day."""

    org: str
    speaks_for: str
    name: str
    is_altered: bool

    def __str__(self) -> str:
        fault = _("内容被改动") if self.is_altered else _("文件缺失")
        return _("{org} {what}“{name}”{fault}").format(org=self.org, what=self.speaks_for, name=self.name, fault=fault)


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
    missing, and for one whose content is not what was handed in or not what its ending says.
    """
    name = _NO_NAME.sub("_", kept.name).strip(" .") or kept.digest
    check_evidence_kind(name)
    target = into / kept.digest[:16] / name
    if target.exists():
        return target
    content = stored_path(session, kept).read_bytes()
    if hashlib.sha256(content).hexdigest() != kept.digest:
        raise FileRefused(_("佐证材料“{name}”的内容和提交时不一致，没有打开。请从备份恢复。").format(name=kept.name))
    check_content(name, content)
    files.write_atomically(target, content)
    target.chmod(_READ_ONLY)
    return target


def missing(session: Reader, sha256: str) -> str:
    """材料缺失 where a file does not lie beside the database; empty where one of that name does (it is not read)."""
    return "" if (folder(session) / sha256).is_file() else _("材料缺失")


def fault_of(session: Reader, sha256: str, size: int) -> str:
    """材料缺失, or 已改动 where the content is not what was handed in; empty where it is (reads the file whole)."""
    gone = missing(session, sha256)
    is_sound = not gone and Piece(sha256, size, "").is_sound_in(folder(session))
    return gone or ("" if is_sound else _("已改动"))


def pieces(session: Reader) -> tuple[Piece, ...]:
    """Every file that a row speaks of, each once; those of what was withdrawn too, because the trail names them."""
    rows = list(session.execute(select(Evidence.sha256, Evidence.size, Evidence.display_name).order_by(Evidence.id)))
    if _has(session, Attachment.TABLE.name):
        asked = select(Attachment.sha256, Attachment.size, Attachment.display_name).order_by(Attachment.id)
        rows += session.execute(asked)
    found: dict[str, Piece] = {}
    for row in rows:
        found.setdefault(row.sha256, Piece(row.sha256, row.size, row.display_name))
    for form in _forms(session):
        found.setdefault(form.sha256, Piece(form.sha256, None, form.display_name))
    return tuple(found.values())


def lost(session: Reader, folders: Sequence[Path]) -> tuple[LostPiece, ...]:
    """The files that lie whole in none of `folders`, with whose they are, in the order in which they were attached."""
    gone = {piece.sha256 for piece in lacking(pieces(session), folders)}
    if not gone:
        return ()
    names = orgs.short_names(session, today(session))
    asked = (
        select(Evidence.sha256, Evidence.display_name, KeyResult.code, Objective.org_id)
        .join_from(Evidence.TABLE, CheckIn.TABLE, CheckIn.id == Evidence.checkin_id)
        .join(KeyResult.TABLE, KeyResult.id == CheckIn.key_result_id)
        .join(Objective.TABLE, Objective.id == KeyResult.objective_id)
        .where(Evidence.sha256.in_(gone))
        .order_by(Evidence.id)
    )
    said = [(row.org_id, row.code, row.display_name, row.sha256) for row in session.execute(asked)]
    said += _lost_attachments(session, gone)
    told = [(names.get(org_id, ""), what, name, mark) for org_id, what, name, mark in said]
    told += [(_("上报表"), one.name, one.display_name, one.sha256) for one in _forms(session) if one.sha256 in gone]
    found = [
        LostPiece(org, what, name, any((place / mark).exists() for place in folders)) for org, what, name, mark in told
    ]
    return tuple(dict.fromkeys(found))


def _lost_attachments(session: Reader, gone: set[str]) -> list[tuple[int, str, str, str]]:
    """Organisation, day, name and mark of attachments whose files are gone."""
    if not _has(session, Attachment.TABLE.name):
        return []
    asked = (
        select(Attachment.org_id, Attachment.added_at, Attachment.display_name, Attachment.sha256)
        .where(Attachment.sha256.in_(gone))
        .order_by(Attachment.id)
    )
    said = _("{day}登记的材料")
    return [
        (row.org_id, said.format(day=local(row.added_at).date().isoformat()), row.display_name, row.sha256)
        for row in session.execute(asked)
    ]


def _forms(session: Reader) -> list[Facts]:
    """The county's workbooks, retired ones too: they travel with the evidence."""
    if not _has(session, UpwardForm.TABLE.name):
        return []
    asked = select(UpwardForm.name, UpwardForm.sha256, UpwardForm.display_name).order_by(UpwardForm.id)
    return list(session.execute(asked))


def _has(session: Reader, name: str) -> bool:
    """Whether the database knows files of this kind; copies from before are verified as they are."""
    known = table("sqlite_master", column("name"))
    return session.execute(select(known.c.name).where(known.c.name == name)).first() is not None


def lacking(wanted: Iterable[Piece], folders: Sequence[Path]) -> tuple[Piece, ...]:
    """Those that lie whole in none of `folders` (reads every file)."""
    return tuple(piece for piece in wanted if not any(piece.is_sound_in(place) for place in folders))


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()

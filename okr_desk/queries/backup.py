"""The copies that lie in a folder, as their manifests describe them; the newest first."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from okr_desk.i18n import _
from okr_desk.model.reading import Reader
from okr_desk.queries import evidence
from okr_desk.queries.evidence import Piece
from okr_desk.queries.evidence import digest as digest

MANIFEST = ".json"
EVIDENCE = "佐证"


@dataclass(frozen=True)
class Backup:
    """One copy that passed every check when it was made. `number` orders copies whatever the PC's clock said.

    `evidence` are the files that lie with it in the folder's shared store; None for a copy from before they went along.
    `lacking` are those that were missing or altered already when the copy was made.
    """

    path: Path
    number: int
    taken_at: datetime
    occasion: str
    sha256: str
    size: int
    audit_head: str
    audit_entries: int
    epoch: str
    schema: int
    app: str
    evidence: tuple[Piece, ...] | None = None
    lacking: tuple[Piece, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether the database and every piece of evidence are what they were (reads all of it)."""
        return self.is_unchanged and not self.lost

    @property
    def lost(self) -> tuple[Piece, ...]:
        """The pieces that are no longer whole in the folder's shared store (reads every one)."""
        return evidence.lacking(self.evidence or (), [evidence_folder(self.path)])

    @property
    def is_unchanged(self) -> bool:
        """Whether the database file still has the size and content it had when it was checked (reads it whole)."""
        return self.path.is_file() and self.path.stat().st_size == self.size and digest(self.path) == self.sha256


def in_folder(folder: Path) -> tuple[Backup, ...]:
    """Every copy in `folder` that has a readable manifest and is still there, the newest first."""
    found = [read_manifest(path) for path in folder.glob(f"*{MANIFEST}")] if folder.is_dir() else []
    return tuple(sorted((b for b in found if b and b.path.is_file()), key=lambda b: (-b.number, b.path.name)))


def newest(folder: Path) -> Backup | None:
    """The newest copy; None when there is none."""
    return next(iter(in_folder(folder)), None)


def manifest_path(backup: Path) -> Path:
    """Where the manifest of a copy lies: beside it, with `.json` added."""
    return backup.with_name(backup.name + MANIFEST)


def evidence_folder(backup: Path) -> Path:
    """Where the evidence of all copies in a folder lies: once each, under its hash, however many copies need it."""
    return backup.with_name(EVIDENCE)


def in_words(made: Backup) -> str:
    """What a copy carries beside the figures, in one sentence."""
    if made.evidence is None:
        return _("这份备份不含佐证材料。")
    words = _("含佐证材料 {n} 件，已逐件核对。").format(n=len(made.evidence)) if made.evidence else ""
    if made.lacking:
        names = "、".join(_("“{name}”").format(name=piece.name) for piece in made.lacking)
        words += _("有 {n} 件佐证材料缺失或被改动，没有备份：{names}。请找回原件重新添加。").format(
            n=len(made.lacking), names=names
        )
    return words or _("没有佐证材料。")


def evidence_in_words(session: Reader) -> tuple[str, list[str]]:
    """Whether the evidence of this database is all there, in one sentence, and each piece that is not.

    That of a copy which is looked at where it lies is in its folder's shared store.
    """
    path: Path = session.info["path"]
    folders = [evidence.folder_of(path), *([evidence_folder(path)] if manifest_path(path).is_file() else [])]
    lost = [str(piece) for piece in evidence.lost(session, folders)]
    if lost:
        sentence = _("佐证材料不全：{names}。请从备份恢复，或找回原件重新添加。")
        return sentence.format(names="；".join(lost)), lost
    count = len(evidence.pieces(session))
    return (_("佐证材料 {n} 件，齐全。").format(n=count) if count else _("没有佐证材料。")), []


def read_manifest(path: Path) -> Backup | None:
    """The copy that a manifest describes; None when the file is not a manifest of ours."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        return Backup(
            path=path.with_name(path.name.removesuffix(MANIFEST)),
            number=int(raw["number"]),
            taken_at=datetime.fromisoformat(raw["taken_at"]),
            occasion=str(raw["occasion"]),
            sha256=str(raw["sha256"]),
            size=int(raw["size"]),
            audit_head=str(raw["audit_head"]),
            audit_entries=int(raw["audit_entries"]),
            epoch=str(raw["epoch"]),
            schema=int(raw["schema"]),
            app=str(raw["app"]),
            evidence=None if "evidence" not in raw else _pieces(raw["evidence"]),
            lacking=_pieces(raw.get("evidence_lacking", [])),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def manifest(backup: Backup) -> bytes:
    """The manifest as it is written, for people and for `read_manifest`."""
    facts: dict[str, object] = {
        "file": backup.path.name,
        "number": backup.number,
        "taken_at": backup.taken_at.isoformat(),
        "occasion": backup.occasion,
        "sha256": backup.sha256,
        "size": backup.size,
        "audit_head": backup.audit_head,
        "audit_entries": backup.audit_entries,
        "epoch": backup.epoch,
        "schema": backup.schema,
        "app": backup.app,
    }
    if backup.evidence is not None:
        facts |= {"evidence": _told(backup.evidence), "evidence_lacking": _told(backup.lacking)}
    return (json.dumps(facts, ensure_ascii=False, indent=1) + "\n").encode()


def _pieces(raw: Any) -> tuple[Piece, ...]:
    return tuple(
        Piece(str(one["sha256"]), None if one["size"] is None else int(one["size"]), str(one["name"])) for one in raw
    )


def _told(pieces: tuple[Piece, ...]) -> list[dict[str, object]]:
    return [{"sha256": piece.sha256, "size": piece.size, "name": piece.name} for piece in pieces]

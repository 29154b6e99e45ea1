"""The copies that lie in a folder, as their manifests describe them; the newest first."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

MANIFEST = ".json"


@dataclass(frozen=True)
class Backup:
    """One copy that passed every check when it was made. `number` orders copies whatever the PC's clock said."""

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

    @property
    def is_whole(self) -> bool:
        """Whether the file still has the size and content it had when it was checked (reads the whole file)."""
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
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def manifest(backup: Backup) -> bytes:
    """The manifest as it is written, for people and for `read_manifest`."""
    facts = {
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
    return (json.dumps(facts, ensure_ascii=False, indent=1) + "\n").encode()


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()

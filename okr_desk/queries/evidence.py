"""Evidence as it was kept: what a statement has, where the files lie, and a copy to look at."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from okr_desk import files
from okr_desk.errors import FileRefused
from okr_desk.i18n import _
from okr_desk.model.reading import Reader
from okr_desk.rules.checkins import check_evidence_kind

_NO_NAME = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_READ_ONLY = 0o444


@dataclass(frozen=True)
class Kept:
    """A stored file: `digest` is its SHA-256 and its name on the disk, `name` what people call it."""

    digest: str
    name: str


def folder(session: Reader) -> Path:
    """Where this database keeps its evidence: a folder of its own name beside it."""
    path: Path = session.info["path"]
    return path.with_name(path.name + ".佐证")


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

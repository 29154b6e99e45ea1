"""Writing files: the one module that does it; a file is the old one whole or the new one whole, never torn.

A temporary file in the same folder is written, flushed and synced, then renamed over the target. A crash
leaves at most a stray temporary file, never a torn report.
"""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from okr_desk.errors import FileRefused
from okr_desk.i18n import _

_FULL = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}
_DATABASE = b"SQLite format 3\0"
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}
_SHARING_VIOLATION = 32  # Windows: another program holds the file open


def write_atomically(path: Path, content: bytes | Callable[[BinaryIO], object], *, over_database: bool = False) -> Path:
    """Write `content` (bytes, or a function that writes into the open file) to `path`, whole or not at all.

    Missing folders are made. Raises `FileRefused` when the disk is full, the folder may not be written,
    another program holds the file open, or a database stands there (one slip of the keyboard would replace a
    township's data by a report) without `over_database`; whatever `content` raises passes through. In each case
    the old file stays as it was and no temporary file is left.
    """
    target = Path(path)
    if not over_database and is_database(target):
        raise _over_database(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".writing-", suffix=".tmp", dir=target.parent)
    except OSError as error:
        raise _refused(target, error) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            if isinstance(content, bytes):
                stream.write(content)
            else:
                content(stream)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(_mode(target))
        temporary.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        if error.filename is not None and Path(error.filename).parent != target.parent:
            raise  # the writer failed on a file of its own: not a matter of this target
        raise _refused(target, error) from error
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return target


def check_writable(path: Path) -> None:
    """Raise FileRefused now when `path` could not be written: for reports on work that must not be done in vain."""
    target = Path(path)
    if is_database(target):
        raise _over_database(target)
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, target.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=target.parent).close()
    except OSError as error:
        raise _refused(target, error) from error


def is_database(path: Path) -> bool:
    """Whether an SQLite database stands at `path`, by its first bytes: opening it would touch its side files."""
    try:
        with path.open("rb") as file:
            return file.read(len(_DATABASE)) == _DATABASE
    except OSError:
        return False


def _mode(target: Path) -> int:
    """mkstemp makes files only their owner may read; a report keeps the old mode or gets the usual one."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _sync_folder(folder: Path) -> None:
    """Make the rename itself durable; Windows has no such call and some shares refuse it."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _over_database(target: Path) -> FileRefused:
    return FileRefused(_("“{name}”是数据文件，不能覆盖。请换一个文件名。").format(name=target.name))


def _refused(target: Path, error: OSError) -> FileRefused:
    """The sentence for what the system answered."""
    if error.errno in _FULL:
        text = _("磁盘空间不足，未能写入“{name}”。请清理磁盘或换一个位置后再试，原有文件没有改动。")
    elif getattr(error, "winerror", None) == _SHARING_VIOLATION or (
        os.name == "nt" and error.errno == errno.EACCES and target.exists()
    ):
        text = _("“{name}”正被其他程序打开，未能写入。请先关闭该文件再试。")
    elif target.is_dir():
        text = _("“{name}”是一个文件夹，不能当作文件写入。请换一个文件名。")
    elif error.errno in _DENIED:
        text = _("没有权限写入“{name}”。请换一个文件夹，或请管理员开放该文件夹的写入权限。")
    elif error.errno in {errno.ENOTDIR, errno.EEXIST}:
        text = _("未能写入“{name}”：上级路径不是文件夹。请换一个位置。")
    elif error.errno in {errno.ENAMETOOLONG, errno.EINVAL}:
        text = _("文件名“{name}”过长或含有不能使用的字符。请换一个文件名。")
    else:
        text = _("未能写入“{name}”。请检查磁盘或移动存储是否正常连接，换一个位置后再试。")
    return FileRefused(text.format(name=target.name))

"""What a file really is: its first bytes and its parts must agree with its ending, and nothing in it may run."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import PurePath

from okr_desk.errors import FileRefused
from okr_desk.i18n import _

_JPEG, _PNG, _OLE, _ZIP = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_PDF = b"%PDF-"
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
_MACRO_PARTS = ("vbaproject.bin", "vbadata.xml")
_MACRO_STORAGE = "_VBA_PROJECT".encode("utf-16-le")
_MOST_PARTS = 5000
_PDF_HEAD = 1024
_OFFICE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}


def check_content(name: str, content: bytes) -> None:
    """Raise FileRefused where a file is not what its ending says, or where it holds macros or a program.

    `name` is what people call it. The ending itself is asked by `rules.checkins.check_evidence_kind`.
    """
    ending = PurePath(name).suffix.lower().removeprefix(".")
    is_kind = _KINDS.get(ending)
    if is_kind is None or content.startswith(_PROGRAMS) or not is_kind(content):
        said = _("“{name}”的内容和后缀不符，不是真正的 {kind} 文件，没有添加。请用原来的软件打开另存后再试。")
        raise FileRefused(said.format(name=name, kind=ending))
    if _has_macros(content):
        raise FileRefused(_("“{name}”带有宏，不能作佐证材料。请另存为不带宏的文件或 PDF。").format(name=name))


def _is_pdf(content: bytes) -> bool:
    return _PDF in content[:_PDF_HEAD]


def _parts(content: bytes) -> tuple[str, ...]:
    """The names of what a zip file holds; empty for one that is none or is damaged."""
    if not content.startswith(_ZIP):
        return ()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return tuple(packed.namelist()[:_MOST_PARTS])
    except (zipfile.BadZipFile, ValueError, OSError):
        return ()


def _office(ending: str) -> Callable[[bytes], bool]:
    def holds(content: bytes) -> bool:
        parts = _parts(content)
        return "[Content_Types].xml" in parts and _OFFICE[ending] in parts

    return holds


def _is_old(ending: str) -> Callable[[bytes], bool]:
    """Old Office and WPS files are OLE containers; newer WPS writes the zip form under its own endings too."""

    def holds(content: bytes) -> bool:
        return content.startswith(_OLE) or _office(ending)(content)

    return holds


def _is_ofd(content: bytes) -> bool:
    return "OFD.xml" in _parts(content)


def _is_text(content: bytes) -> bool:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decodes(content, "utf-16")
    return b"\0" not in content and (_decodes(content, "utf-8") or _decodes(content, "gb18030"))


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _has_macros(content: bytes) -> bool:
    if content.startswith(_OLE):
        return _MACRO_STORAGE in content
    return any(part.lower().endswith(_MACRO_PARTS) for part in _parts(content))


_KINDS: dict[str, Callable[[bytes], bool]] = {
    "jpg": lambda content: content.startswith(_JPEG),
    "jpeg": lambda content: content.startswith(_JPEG),
    "png": lambda content: content.startswith(_PNG),
    "pdf": _is_pdf,
    "docx": _office("docx"),
    "xlsx": _office("xlsx"),
    "doc": _is_old("docx"),
    "xls": _is_old("xlsx"),
    "wps": _is_old("docx"),
    "et": _is_old("xlsx"),
    "ofd": _is_ofd,
    "txt": _is_text,
}
"""Every ending of `rules.checkins.EVIDENCE_KINDS`."""

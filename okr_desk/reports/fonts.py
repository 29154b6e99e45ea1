"""Faces for paper: the office's own when the PC has them, the bundled ones otherwise, character by character.

Every face is a TrueType file embedded as a subset, so that paper looks the same on every PC. Roles follow
GB/T 9704-2012 (title 小标宋, text 仿宋, heads 黑体, remarks 楷体, tables 宋体).
"""

from __future__ import annotations

import os
import struct
import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from reportlab.pdfbase import pdfmetrics, ttfonts

from okr_desk import paths
from okr_desk.reports import text_map

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

MISSING_SIGN = "〓"
"""Stands for a character that no face on the PC has, as typesetters mark a missing sort."""


class Role(StrEnum):
    """What a face is for."""

    TITLE = "title"
    TEXT = "text"
    HEAD = "head"
    NOTE = "note"
    TABLE = "table"


OFFICE_FILES: Mapping[Role, tuple[str, ...]] = {
    Role.TITLE: (
        "fzxbsjw.ttf",
        "fzxbsk.ttf",
        "fzxbsjw--gb1-0.ttf",
        "fzxiaobiaosong-b05s.ttf",
        "方正小标宋简体.ttf",
        "方正小标宋_gbk.ttf",
        "stzhongs.ttf",
    ),
    Role.TEXT: (
        "fs_gb2312.ttf",
        "仿宋_gb2312.ttf",
        "simfang.ttf",
        "fzfsjw.ttf",
        "fzfsk.ttf",
        "方正仿宋_gbk.ttf",
        "stfangso.ttf",
    ),
    Role.HEAD: ("simhei.ttf", "fzhtjw.ttf", "fzhtk.ttf", "方正黑体_gbk.ttf"),
    Role.NOTE: (
        "kaiti_gb2312.ttf",
        "楷体_gb2312.ttf",
        "simkai.ttf",
        "fzktjw.ttf",
        "fzktk.ttf",
        "stkaiti.ttf",
    ),
    Role.TABLE: ("simsun.ttc", "simsun.ttf", "fzssjw.ttf", "fzssk.ttf", "stsong.ttf"),
}
"""File names in the order they are looked for (ecosystem paper 5.2, domain paper 6.2)."""

BUNDLED_FILES: Mapping[Role, tuple[str, ...]] = {
    Role.TITLE: ("NotoSerifSC-Bold.ttf", "NotoSerifSC-Regular.ttf"),
    Role.TEXT: ("NotoSerifSC-Regular.ttf",),
    Role.HEAD: ("NotoSansSC-Bold.ttf",),
    Role.NOTE: ("WenshuKai-Regular.ttf", "NotoSerifSC-Regular.ttf"),
    Role.TABLE: ("NotoSerifSC-Regular.ttf",),
}
LAST_RESORT = "NotoSansSC-Regular.ttf"


@dataclass(frozen=True)
class Glyph:
    """One character as it will be printed: `text` by face `font`, `advance` wide in thousandths of the size."""

    font: str
    text: str
    advance: float


@dataclass
class Fonts:
    """The faces of one document; `missing` collects the characters that had to be printed as 〓."""

    ladders: Mapping[Role, tuple[TTFont, ...]]
    names: tuple[str, ...]
    missing: dict[str, None] = field(default_factory=dict)
    _glyphs: dict[Role, dict[str, Glyph | None]] = field(default_factory=dict)

    def glyph(self, role: Role, character: str) -> Glyph:
        """The first face of the role's ladder that has `character`; 〓 when none has it, and it is noted."""
        known = self._glyphs.setdefault(role, {})
        if character not in known:
            known[character] = self._look_up(role, character)
        found = known[character]
        if found is None:
            self.missing[character] = None
            return self.glyph(role, MISSING_SIGN)
        return found

    def width(self, role: Role, text: str, size: float) -> float:
        """Width in points of one line of `text` at `size` points."""
        return sum(self.glyph(role, character).advance for character in text) * size / 1000

    def runs(self, role: Role, text: str) -> Iterator[tuple[str, str]]:
        """`text` cut into stretches of one face: (registered name, characters)."""
        font, stretch = "", ""
        for character in text:
            glyph = self.glyph(role, character)
            if glyph.font != font and stretch:
                yield font, stretch
                stretch = ""
            font, stretch = glyph.font, stretch + glyph.text
        if stretch:
            yield font, stretch

    def first(self, role: Role) -> str:
        """Registered name of the role's own face."""
        return str(self.ladders[role][0].fontName)

    def _look_up(self, role: Role, character: str) -> Glyph | None:
        code = ord(character)
        for font in self.ladders[role]:
            if code in font.face.charToGlyph:
                return Glyph(font.fontName, character, font.face.charWidths.get(code, font.face.defaultWidth))
        return None


def load(bundled_only: bool = False, folders: Sequence[Path] | None = None) -> Fonts:
    """Faces for one document.

    `bundled_only` gives the same pages on every PC; otherwise office faces are looked for in `folders` (the
    system's font folders by default). A face whose licence bits or outlines forbid embedding is passed over.
    """
    text_map.repair()
    installed = {} if bundled_only else _installed(tuple(folders) if folders is not None else _font_folders())
    ladders: dict[Role, tuple[TTFont, ...]] = {}
    for role in Role:
        office = [installed[name] for name in OFFICE_FILES[role] if name in installed]
        own = next((font for font in map(_opened, office) if font is not None), None)
        bundled = [_bundled(name) for name in (*BUNDLED_FILES[role], LAST_RESORT)]
        ladders[role] = tuple(bundled) if own is None else (own, *bundled)
    return Fonts(ladders, tuple(dict.fromkeys(_file_of(ladder[0]) for ladder in ladders.values())))


def clean(text: str) -> str:
    """User text as one can print it: control, zero-width and direction marks go, tabs become blanks."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(
        character
        for character in text
        if character == "\n" or not (unicodedata.category(character) in {"Cc", "Cf"} or "︀" <= character <= "️")
    )


def _bundled(name: str) -> TTFont:
    font = _opened(paths.resource("fonts", name))
    if font is None:
        raise FileNotFoundError(name)
    return font


def _file_of(font: TTFont) -> str:
    return Path(str(font.face.filename)).name


@cache
def _opened(file: Path) -> TTFont | None:
    """A face ready for ReportLab, registered under its path; None when ReportLab may not embed it."""
    try:
        font = ttfonts.TTFont(str(file), str(file), subfontIndex=0, asciiReadable=False)
    except (ttfonts.TTFError, OSError, struct.error):
        return None
    if not _may_be_embedded(font):
        return None
    pdfmetrics.registerFont(font)
    return font


def _may_be_embedded(font: TTFont) -> bool:
    """The licence bits of the face (OS/2 fsType): not "restricted", not "no subsetting", not "bitmaps only".

    Asked here because ReportLab 5.1 reads the bits but lets every face pass.
    """
    if "OS/2" not in font.face.table:
        return True
    font.face.seek_table("OS/2")
    font.face.skip(8)
    bits = int(font.face.read_ushort())
    return bits & 0x000F != 0x0002 and not bits & 0x0300


@cache
def _installed(folders: tuple[Path, ...]) -> dict[str, Path]:
    """Font files by lower-case name; only names are read, no file is opened."""
    found: dict[str, Path] = {}
    for folder in folders:
        for where, _folders, names in os.walk(folder):
            for name in names:
                if name.lower().endswith((".ttf", ".ttc")):
                    found.setdefault(name.lower(), Path(where, name))
    return found


def _font_folders() -> tuple[Path, ...]:
    """Where the system keeps its font files."""
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", "")
        own = (Path(local, "Microsoft", "Windows", "Fonts"),) if local else ()
        return (Path(os.environ.get("WINDIR", "C:\\Windows"), "Fonts"), *own)
    home = Path.home()
    return (
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".local" / "share" / "fonts",
        home / ".fonts",
    )

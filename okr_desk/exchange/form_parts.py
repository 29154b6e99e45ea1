"""The parts of a county's workbook: sheets, filled cells, merged areas, and what format each cell has.

Runs in the limited process (`form_child.py`); the standard library alone, and nothing of the program.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from xml.etree import ElementTree

Tree = ElementTree.Element

_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d*)")
_BUILT_IN = {9: "0%", 10: "0.00%", **dict.fromkeys((*range(14, 23), *range(27, 37), *range(50, 59)), "yyyy/m/d")}
"""Formats that have a number and no text (ECMA-376 18.8.30, with those of East Asian Excel)."""


class Damaged(Exception):
    """A workbook that cannot be followed."""


@dataclass(frozen=True)
class Style:
    """What a cell format does to a number: decimals of a percent, -1 for none; whether it shows a day."""

    percent: int = -1
    is_date: bool = False


@dataclass(frozen=True)
class Cell:
    """One cell that stands in the file. `kind`: "" empty, s text, n number, b yes or no, e error, f formula."""

    row: int
    column: int
    kind: str
    text: str
    style: int


@dataclass(frozen=True)
class Sheet:
    """A worksheet: `part` is its file in the package, `rows` and `columns` the formats of those that have one."""

    name: str
    part: str
    hidden: bool
    cells: tuple[Cell, ...]
    merged: tuple[tuple[int, int, int, int], ...]
    rows: dict[int, int]
    columns: tuple[tuple[int, int, int], ...]


class Package:
    """A workbook that has been found reasonable in size. Raises Damaged for one that cannot be followed."""

    def __init__(self, content: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(content))
        roots = self._targets("_rels/.rels", "")
        book = next((part for kind, part in roots.values() if kind.endswith("/officeDocument")), "xl/workbook.xml")
        self.book = book
        self._rels = self._targets(self._rels_of(book), posixpath.dirname(book))
        self.names = self._zip.namelist()

    def bytes_of(self, part: str) -> bytes:
        """One part as it lies in the file."""
        try:
            return self._zip.read(part)
        except KeyError:
            raise Damaged(part) from None

    def tree(self, part: str) -> Tree:
        """One part as a tree of elements."""
        content = self.bytes_of(part)
        if b"<!DOCTYPE" in content[:1024]:
            raise Damaged(part)
        return ElementTree.fromstring(content)

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """All worksheets in order; sheets that are a chart are none."""
        found = []
        for element in self.tree(self.book).iter():
            if local(element.tag) != "sheet":
                continue
            rel = next((value for name, value in element.items() if local(name) == "id"), "")
            kind, part = self._rels.get(rel, ("", ""))
            if kind.endswith("/worksheet"):
                hidden = element.get("state", "visible") != "visible"
                found.append(self._sheet(element.get("name", ""), part, hidden))
        return tuple(found)

    @property
    def counts_from_1904(self) -> bool:
        """Whether days are counted as old Macs did, so that a number written here would show another day."""
        found = next(_all(self.tree(self.book), "workbookPr"), None)
        return found is not None and found.get("date1904") in ("1", "true")

    @cached_property
    def styles(self) -> tuple[Style, ...]:
        """The formats by their number."""
        part = next((part for kind, part in self._rels.values() if kind.endswith("/styles")), "")
        if not part:
            return (Style(),)
        root = self.tree(part)
        written = {int(e.get("numFmtId", 0)): e.get("formatCode", "") for e in _all(root, "numFmt")}
        cells = next(_all(root, "cellXfs"), None)
        known = () if cells is None else tuple(int(e.get("numFmtId", 0)) for e in _all(cells, "xf"))
        return tuple(_style(written.get(number, _BUILT_IN.get(number, ""))) for number in known) or (Style(),)

    @cached_property
    def _texts(self) -> tuple[str, ...]:
        part = next((part for kind, part in self._rels.values() if kind.endswith("/sharedStrings")), "")
        return tuple(text_in(e) for e in _all(self.tree(part), "si")) if part else ()

    def _sheet(self, name: str, part: str, hidden: bool) -> Sheet:
        root = self.tree(part)
        cells: list[Cell] = []
        formed: list[tuple[int, int, int, int]] = []
        rows: dict[int, int] = {}
        at_row = 0
        for row in _all(root, "row"):
            at_row = int(row.get("r", at_row + 1))
            if row.get("customFormat") in ("1", "true"):
                rows[at_row] = int(row.get("s", 0))
            at_column = 0
            for cell in _all(row, "c"):
                at_column = split(cell.get("r", ""))[1] if cell.get("r") else at_column + 1
                cells.append(self._cell(cell, at_row, at_column, formed))
        return Sheet(
            name,
            part,
            hidden,
            tuple(_under(cell, formed) for cell in cells),
            tuple(area(e.get("ref", "")) for e in _all(root, "mergeCell")),
            rows,
            tuple((int(e.get("min", 0)), int(e.get("max", 0)), int(e.get("style", 0))) for e in _all(root, "col")),
        )

    def _cell(self, cell: Tree, row: int, column: int, formed: list[tuple[int, int, int, int]]) -> Cell:
        style, kind = int(cell.get("s", 0)), cell.get("t", "n")
        formula, value = next(_all(cell, "f"), None), next(_all(cell, "v"), None)
        if formula is not None:
            if formula.get("t") in ("array", "dataTable") and formula.get("ref"):
                formed.append(area(formula.get("ref", "")))
            return Cell(row, column, "f", "=" + (formula.text or str(formula.get("si", ""))), style)
        if kind == "inlineStr":
            inline = next(_all(cell, "is"), None)
            return _texted(row, column, "" if inline is None else text_in(inline), style)
        said = "" if value is None else value.text or ""
        if not said:
            return Cell(row, column, "", "", style)
        if kind == "s":
            place = int(said)
            if place >= len(self._texts):
                raise Damaged("sharedStrings")
            return _texted(row, column, self._texts[place], style)
        return _texted(row, column, said, style) if kind in ("str", "d") else Cell(row, column, kind, said, style)

    def _targets(self, rels: str, folder: str) -> dict[str, tuple[str, str]]:
        found = {}
        for element in self.tree(rels):
            if element.get("TargetMode") != "External":
                target = element.get("Target", "")
                part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
                found[element.get("Id", "")] = (element.get("Type", ""), part.lstrip("/"))
        return found

    @staticmethod
    def _rels_of(part: str) -> str:
        folder, name = posixpath.split(part)
        return f"{folder}/_rels/{name}.rels".lstrip("/")


def local(name: str) -> str:
    """A name without its namespace or prefix."""
    return name.rpartition("}")[2].rpartition(":")[2]


def split(address: str) -> tuple[int, int]:
    """F7 is row 7, column 6."""
    found = _CELL.fullmatch(address.replace("$", ""))
    if found is None:
        raise Damaged(address)
    column = 0
    for letter in found.group(1):
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found.group(2)), column


def area(ref: str) -> tuple[int, int, int, int]:
    """B2:D3 is top, left, bottom, right; one cell alone is an area too."""
    first, _colon, last = ref.partition(":")
    return (*split(first), *split(last or first))


def text_in(element: Tree) -> str:
    """The text of a string with its runs; how a name is pronounced is no part of it."""
    parts = []
    for child in element:
        if local(child.tag) == "t":
            parts.append(child.text or "")
        elif local(child.tag) == "r":
            parts += [t.text or "" for t in _all(child, "t")]
    return "".join(parts)


def _all(element: Tree, name: str) -> Iterator[Tree]:
    return (one for one in element.iter() if local(one.tag) == name)


def _texted(row: int, column: int, text: str, style: int) -> Cell:
    return Cell(row, column, "s" if text else "", text, style)


def _under(cell: Cell, formed: list[tuple[int, int, int, int]]) -> Cell:
    """A cell that the formula of another fills is one of a formula too."""
    for top, left, bottom, right in formed:
        if cell.kind != "f" and top <= cell.row <= bottom and left <= cell.column <= right:
            return Cell(cell.row, cell.column, "f", "=", cell.style)
    return cell


def _style(code: str) -> Style:
    first = _QUOTED.sub("", code.split(";")[0])
    if "%" in first:
        return Style(len(first.split(".")[1].split("%")[0]) if "." in first else 0)
    return Style(is_date=bool(re.search("[ymdYMD]", first)) and "General" not in first)

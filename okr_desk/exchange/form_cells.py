"""Values put into the cells of a workbook so that every other byte of it stays: charts, pictures, formats, protection.

The cells are cut into the sheet's own text, and the other parts of the package are copied as they are. Results that a
formula had are taken out and the workbook asks to be reckoned when it is opened, so that no old total stands under new
figures. Runs in the limited process (`form_child.py`); the standard library alone, and nothing of the program.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape

from okr_desk.exchange.form_parts import Damaged, Package, Sheet, local, split

Value = tuple[int, int, str, str]
"""Row, column, kind (n number, s text) and what is written."""

_TAG = re.compile(rb"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_AFTER_CALC = frozenset(
    (
        "oleSize",
        "customWorkbookViews",
        "pivotCaches",
        "smartTagPr",
        "smartTagTypes",
        "webPublishing",
        "fileRecoveryPr",
        "webPublishObjects",
        "extLst",
    )
)
"""What may stand in a workbook behind how it is reckoned (ECMA-376 18.2.27)."""


@dataclass
class _Span:
    """An element in the text: where it begins, where its first tag ends, where it ends."""

    start: int
    inner: int
    end: int = 0
    number: int = 0
    style: str = ""
    has_formula: bool = False
    result: tuple[int, int] | None = None
    cells: list[_Span] = field(default_factory=list)

    @property
    def is_bare(self) -> bool:
        """Whether it is written as one tag."""
        return self.end == self.inner


Edit = tuple[int, int, bytes]


def filled(content: bytes, values: Mapping[str, Sequence[Value]]) -> bytes:
    """The workbook with `values`, by the name of the sheet. Raises Damaged where a sheet cannot be followed."""
    package = Package(content)
    changed: dict[str, bytes] = {}
    has_formulas = False
    for sheet in package.sheets:
        own = values.get(sheet.name, ())
        formulas = any(cell.kind == "f" for cell in sheet.cells)
        has_formulas |= formulas
        if own or formulas:
            changed[sheet.part] = _sheet(package.bytes_of(sheet.part), sheet, own)
    if has_formulas:
        changed[package.book] = _reckoned_anew(package.bytes_of(package.book))
    return _packed(content, changed)


def _packed(content: bytes, changed: Mapping[str, bytes]) -> bytes:
    """The same package, in the same order, with some parts exchanged."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry, changed.get(entry.filename, old.read(entry)))
    return target.getvalue()


class _Reader:
    """Where rows, cells and results stand in the text of a sheet."""

    def __init__(self, text: bytes) -> None:
        self._text = text
        self.data: _Span | None = None
        self.rows: list[_Span] = []
        self.prefix = b""
        self._row: _Span | None = None
        self._cell: _Span | None = None
        self._result = -1
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = _refuse
        self._parser = parser
        parser.Parse(text, True)

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        at, kind = self._parser.CurrentByteIndex, local(name)
        if kind == "sheetData":
            self.data = _Span(at, self._after(at))
            self.prefix = name.removesuffix(kind).encode()
        elif kind == "row" and self.data is not None:
            number = int(attributes.get("r", self.rows[-1].number + 1 if self.rows else 1))
            style = attributes.get("s", "") if attributes.get("customFormat") in ("1", "true") else ""
            self._row = _Span(at, self._after(at), number=number, style=style)
            self.rows.append(self._row)
        elif kind == "c" and self._row is not None:
            before = self._row.cells[-1].number if self._row.cells else 0
            column = split(attributes["r"])[1] if "r" in attributes else before + 1
            self._cell = _Span(at, self._after(at), number=column, style=attributes.get("s", ""))
            self._row.cells.append(self._cell)
        elif kind == "f" and self._cell is not None:
            self._cell.has_formula = True
        elif kind == "v" and self._cell is not None:
            self._result = at

    def _end(self, name: str) -> None:
        at, kind = self._parser.CurrentByteIndex, local(name)
        if kind == "sheetData" and self.data is not None:
            self.data.end = self._behind(self.data.inner, at)
        elif kind == "row" and self._row is not None:
            self._row.end, self._row = self._behind(self._row.inner, at), None
        elif kind == "c" and self._cell is not None:
            self._cell.end, self._cell = self._behind(self._cell.inner, at), None
        elif kind == "v" and self._cell is not None:
            self._cell.result = (self._result, self._behind(self._after(self._result), at))

    def _behind(self, inner: int, at: int) -> int:
        """The place behind an element: of one tag alone it is behind that, else behind the tag that ends it at `at`."""
        return inner if self._text.startswith(b"/>", inner - 2) else self._after(at)

    def _after(self, at: int) -> int:
        """The place behind the tag that begins at `at`."""
        found = _TAG.match(self._text, at)
        if found is None:
            raise Damaged("tag")
        return found.end()


def _refuse(*_told: object) -> None:
    raise Damaged("doctype")


def _sheet(text: bytes, sheet: Sheet, values: Sequence[Value]) -> bytes:
    if text.startswith((b"\xff\xfe", b"\xfe\xff")) or re.match(rb"<\?xml[^>]*encoding=.(?!utf-8)", text, re.IGNORECASE):
        raise Damaged("encoding")
    read = _Reader(text)
    if read.data is None:
        raise Damaged("sheetData")
    wanted: dict[int, dict[int, Value]] = defaultdict(dict)
    for value in values:
        wanted[value[0]][value[1]] = value
    edits: list[Edit] = []
    for row in read.rows:
        edits += _row(text, row, sheet, wanted.pop(row.number, {}), read.prefix)
    edits += _new_rows(text, read, sheet, wanted)
    return _spliced(text, edits)


def _row(text: bytes, row: _Span, sheet: Sheet, values: Mapping[int, Value], prefix: bytes) -> list[Edit]:
    """The changes within a row that is there."""
    edits: list[Edit] = []
    left = dict(values)
    for cell in row.cells:
        value = left.pop(cell.number, None)
        if value is not None:
            edits.append((cell.start, cell.end, _written(value, cell.style, prefix)))
        elif cell.has_formula and cell.result is not None:
            bare = re.sub(rb"""\st=("[^"]*"|'[^']*')""", b"", text[cell.start : cell.inner], count=1)
            edits += [(cell.start, cell.inner, bare), (*cell.result, b"")]
    if not left:
        return edits
    head = re.sub(rb"""\sspans=("[^"]*"|'[^']*')""", b"", text[row.start : row.inner], count=1)
    new = [(column, _written(left[column], _style_at(sheet, row, column), prefix)) for column in sorted(left)]
    if row.is_bare:
        whole = head.removesuffix(b"/>") + b">" + b"".join(one for _column, one in new) + b"</" + prefix + b"row>"
        return [(row.start, row.end, whole)]
    edits.append((row.start, row.inner, head))
    tail = text.rindex(b"<", row.inner - 1, row.end)
    for column, one in new:
        at = next((cell.start for cell in row.cells if cell.number > column), tail)
        edits.append((at, at, one))
    return edits


def _new_rows(text: bytes, read: _Reader, sheet: Sheet, wanted: Mapping[int, Mapping[int, Value]]) -> list[Edit]:
    """Rows that the sheet does not have yet."""
    data, prefix = read.data, read.prefix
    assert data is not None
    made = []
    for number in sorted(wanted):
        values = wanted[number]
        cells = (_written(values[c], _style_at(sheet, None, c), prefix) for c in sorted(values))
        row = b'<%srow r="%d">%s</%srow>' % (prefix, number, b"".join(cells), prefix)
        made.append((number, row))
    if not made:
        return []
    if data.is_bare:
        head = text[data.start : data.inner].removesuffix(b"/>") + b">"
        return [(data.start, data.end, head + b"".join(row for _n, row in made) + b"</" + prefix + b"sheetData>")]
    tail = text.rindex(b"<", data.inner - 1, data.end)
    return [
        (at, at, row)
        for number, row in made
        for at in (next((one.start for one in read.rows if one.number > number), tail),)
    ]


def _style_at(sheet: Sheet, row: _Span | None, column: int) -> str:
    """The format that an empty cell without one of its own shows: of its row, else of its column."""
    if row is not None and row.style:
        return row.style
    return next((str(style) for first, last, style in sheet.columns if first <= column <= last and style), "")


def _written(value: Value, style: str, prefix: bytes) -> bytes:
    row, column, kind, said = value
    own = f' s="{style}"' if style else ""
    place = f'r="{_letters(column)}{row}"{own}'
    p = prefix.decode()
    if kind == "n":
        return f"<{p}c {place}><{p}v>{said}</{p}v></{p}c>".encode()
    text = escape(said)
    return f'<{p}c {place} t="inlineStr"><{p}is><{p}t xml:space="preserve">{text}</{p}t></{p}is></{p}c>'.encode()


def _letters(column: int) -> str:
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def _reckoned_anew(text: bytes) -> bytes:
    """The workbook's own part, asking for all formulas to be reckoned when it is opened."""
    found: list[tuple[str, int]] = []
    depth = 0
    parser = expat.ParserCreate()

    def begin(name: str, _attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth == 2:
            found.append((name, parser.CurrentByteIndex))

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        if depth == 0:
            found.append((name, parser.CurrentByteIndex))

    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.StartDoctypeDeclHandler = _refuse
    parser.Parse(text, True)
    for name, at in found:
        if local(name) == "calcPr":
            tag = _TAG.match(text, at)
            assert tag is not None
            bare = re.sub(rb"""\sfullCalcOnLoad=("[^"]*"|'[^']*')""", b"", tag.group())
            end_of = b"/>" if bare.endswith(b"/>") else b">"
            return _spliced(text, [(at, tag.end(), bare.removesuffix(end_of) + b' fullCalcOnLoad="1"' + end_of)])
    name, at = next(((n, a) for n, a in found[:-1] if local(n) in _AFTER_CALC), found[-1])
    prefix = name.removesuffix(local(name)).encode()
    return _spliced(text, [(at, at, b"<" + prefix + b'calcPr fullCalcOnLoad="1"/>')])


def _spliced(text: bytes, edits: Sequence[Edit]) -> bytes:
    """The text with pieces exchanged; pieces put in at the same place keep their order."""
    parts, at = [], 0
    for start, end, new in sorted(edits, key=lambda edit: (edit[0], edit[1])):
        parts += [text[at:start], new]
        at = end
    parts.append(text[at:])
    return b"".join(parts)

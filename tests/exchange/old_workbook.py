"""A tiny writer of .xls files (BIFF8 in an OLE2 file), as the survey site still gives them: one sheet of cells.

Layout after Microsoft's open specifications [MS-XLS] and [MS-CFB]; only what a reader needs.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

SECTOR = 512
SMALLEST = 4096
"""Streams below this go into small sectors; padded up to it, none has to."""
MOST_BYTES = 8224
"""Bytes of one record; what is longer goes on in CONTINUE records."""
FREE, END, FAT, NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
BOF, EOF, BOUND_SHEET, SST, CONTINUE, LABEL, NUMBER, DIMENSIONS = 0x809, 0x0A, 0x85, 0xFC, 0x3C, 0xFD, 0x203, 0x200


def write_xls(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    """A workbook with the sheet Sheet1; None leaves a cell out."""
    path.write_bytes(_compound(_workbook(rows)))
    return path


def _workbook(rows: Sequence[Sequence[object]]) -> bytes:
    shared: dict[str, int] = {}
    cells = b"".join(
        _cell(row, column, value, shared)
        for row, line in enumerate(rows)
        for column, value in enumerate(line)
        if value is not None
    )
    size = struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0)
    sheet = _record(BOF, _bof(0x10)) + _record(DIMENSIONS, size) + cells + _record(EOF, b"")
    uses = sum(isinstance(value, str) for line in rows for value in line)
    head, tail = _record(BOF, _bof(0x05)), _strings(list(shared), uses) + _record(EOF, b"")
    name = "Sheet1".encode("latin-1")

    def bound(at: int) -> bytes:
        return _record(BOUND_SHEET, struct.pack("<IBBBB", at, 0, 0, len(name), 0) + name)

    start = len(head) + len(bound(0)) + len(tail)
    return head + bound(start) + tail + sheet


def _bof(kind: int) -> bytes:
    return struct.pack("<HHHHII", 0x600, kind, 0x0DBB, 0x07CC, 0, 6)


def _cell(row: int, column: int, value: object, shared: dict[str, int]) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        return _record(LABEL, place + struct.pack("<I", shared.setdefault(value, len(shared))))
    return _record(NUMBER, place + struct.pack("<d", float(str(value))))


def _strings(texts: Sequence[str], uses: int) -> bytes:
    """All texts once, in 16-bit letters; a record ends between two texts."""
    found, part, kind = b"", struct.pack("<II", uses, len(texts)), SST
    for text in texts:
        words = text.encode("utf-16-le")
        one = struct.pack("<HB", len(words) // 2, 1) + words
        if len(part) + len(one) > MOST_BYTES:
            found += _record(kind, part)
            part, kind = b"", CONTINUE
        part += one
    return found + _record(kind, part)


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _compound(stream: bytes) -> bytes:
    """The stream as the file Workbook of an OLE2 compound file: header, table of sectors, directory, stream."""
    stream = stream.ljust(max(SMALLEST, -(-len(stream) // SECTOR) * SECTOR), b"\0")
    sectors = len(stream) // SECTOR
    tables = 1
    while tables * SECTOR // 4 < tables + 1 + sectors:
        tables += 1
    assert tables <= 109, "a longer file needs a table of tables"
    first = tables + 1
    chain = [FAT] * tables + [END] + [*range(first + 1, first + sectors), END]
    chain += [FREE] * (tables * SECTOR // 4 - len(chain))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, tables, tables, 0, SMALLEST, END, 0, END, 0)
    header += struct.pack("<109I", *range(tables), *[FREE] * (109 - tables))
    directory = _entry("Root Entry", 5, 1, END, 0) + _entry("Workbook", 2, NONE, first, len(stream)) + bytes(256)
    return header + struct.pack(f"<{len(chain)}I", *chain) + directory + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    words = (name + "\0").encode("utf-16-le")
    head = words.ljust(64, b"\0") + struct.pack("<HBBIII", len(words), kind, 1, NONE, NONE, child)
    return head + bytes(16 + 4 + 8 + 8) + struct.pack("<IQ", start, size)

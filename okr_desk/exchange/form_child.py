"""The limited process for the county's own workbooks: what stands where, and a copy with some cells filled.

Run as `python -m okr_desk.exchange.form_child`; one request a line, `{"form": path}` or `{"fill": path, "cells":
[[sheet, row, column, kind, text]…]}`, one answer a line, as `child.py` does, whose ceilings it has.
"""

from __future__ import annotations

import base64
import json
import sys
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from okr_desk.exchange.child import OLE, Answer, Unreadable, checked, limit_this_process
from okr_desk.exchange.form_cells import Value, filled
from okr_desk.exchange.form_parts import Damaged, Package, Sheet

CELLS = 200_000
"""Cells beyond which a workbook is no form."""


def answer(request: dict[str, Any]) -> Answer:
    """The layout of a workbook or a filled copy, or `{"refused": word}`."""
    try:
        content = Path(request.get("form") or request["fill"]).read_bytes()
    except PermissionError:
        return {"refused": "locked"}
    except OSError:
        return {"refused": "unreachable"}
    try:
        names = _names(content)
        if "form" in request:
            return {"sheets": _sheets(Package(content)), "signed": _signed(names)}
        made = _filled(content, request["cells"])
        return {"content": base64.b64encode(made).decode("ascii")}
    except Unreadable as error:
        return {"refused": str(error)}
    except MemoryError:
        return {"refused": "bomb"}
    except (Damaged, ParseError, ExpatError, zipfile.BadZipFile, ValueError, KeyError) as error:
        return {"refused": "damaged", "detail": type(error).__name__}


def _names(content: bytes) -> list[str]:
    if not content:
        raise Unreadable("empty")
    if content.startswith(OLE):
        raise Unreadable("encrypted" if "EncryptedPackage".encode("utf-16-le") in content else "old")
    if not content.startswith(b"PK"):
        raise Unreadable("foreign")
    names = checked(content)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Unreadable("macros")
    if not any(name.startswith("xl/") for name in names):
        raise Unreadable("foreign")
    return names


def _signed(names: list[str]) -> bool:
    return any(name.startswith("_xmlsignatures/") for name in names)


def _sheets(package: Package) -> list[Answer]:
    if sum(len(sheet.cells) for sheet in package.sheets) > CELLS:
        raise Unreadable("long")
    return [_told(sheet, package) for sheet in package.sheets]


def _told(sheet: Sheet, package: Package) -> Answer:
    """A sheet as the parent reads it; cells without text are told where their format says something."""
    shows = [(style.percent, style.is_date and not package.counts_from_1904) for style in package.styles]

    def shown(style: int) -> tuple[int, bool]:
        return shows[style] if style < len(shows) else (-1, False)

    return {
        "name": sheet.name,
        "hidden": sheet.hidden,
        "cells": [[one.row, one.column, one.kind, one.text, *shown(one.style)] for one in sheet.cells],
        "merged": sheet.merged,
        "rows": [[number, *shown(style)] for number, style in sheet.rows.items()],
        "columns": [[first, last, *shown(style)] for first, last, style in sheet.columns],
    }


def _filled(content: bytes, cells: list[list[Any]]) -> bytes:
    """The filled copy, once it is certain that nothing but those cells has changed."""
    values: dict[str, list[Value]] = defaultdict(list)
    for sheet, *value in cells:
        values[sheet].append((value[0], value[1], value[2], value[3]))
    made = filled(content, values)
    old, new = Package(content), Package(made)
    mine = {(sheet, value[0], value[1]) for sheet, own in values.items() for value in own}
    written = {(s.name, c.row, c.column): c for s in new.sheets for c in s.cells}
    parts = {old.book, *(sheet.part for sheet in old.sheets)}
    same_parts = old.names == new.names and all(old.bytes_of(n) == new.bytes_of(n) for n in old.names if n not in parts)
    same_sheets = all(_rest(a, mine) == _rest(b, mine) for a, b in zip(old.sheets, new.sheets, strict=True))
    as_asked = all(
        (found := written.get((sheet, value[0], value[1]))) is not None and (found.kind, found.text) == value[2:]
        for sheet, own in values.items()
        for value in own
    )
    if not (same_parts and same_sheets and as_asked):
        raise Unreadable("changed")
    return made


def _rest(sheet: Sheet, mine: set[tuple[str, int, int]]) -> Sheet:
    """A sheet without the cells that are filled."""
    kept = tuple(one for one in sheet.cells if (sheet.name, one.row, one.column) not in mine)
    return Sheet(sheet.name, sheet.part, sheet.hidden, kept, sheet.merged, sheet.rows, sheet.columns)


def main() -> None:
    """Serve requests until standard input closes."""
    limit_this_process()
    for line in sys.stdin.buffer:
        sys.stdout.buffer.write(json.dumps(answer(json.loads(line))).encode("ascii") + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()

"""The limited process that opens workbooks: strangers' files are parsed here and nowhere else.

Run as `python -m okr_desk.exchange.child`. One request a line on standard input (a path; `{"ballots": path}` asks for
answer sheets by column), one answer a line on standard output (JSON). The process has a ceiling for memory and
processor time where the platform knows one, so that a hostile file ends this process and not the program. It imports
nothing of the program.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
import sys
import zipfile
from array import array
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal
from itertools import zip_longest
from pathlib import Path

MEMORY = 1_200_000_000
SECONDS = 60
DECLARED = 150_000_000
RATIO = 120
ROWS = 5_000
COLUMNS = 200
BALLOTS = 200_000
HEADS = 15
LONG = 300_000

Cell = list[object]
"""row, column, kind (n s d b e), text, percent decimals or -1, hidden, comment, formula without a result."""
Answer = dict[str, object]

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Unreadable(Exception):
    """A reason word that the parent turns into a sentence."""


def answer(request: str | dict[str, str]) -> Answer:
    """One workbook as plain cells, or its answer sheets by column, or `{"refused": word}`."""
    path = Path(request["ballots"] if isinstance(request, dict) else request)
    try:
        content = path.read_bytes()
    except PermissionError:
        return {"refused": "locked"}
    except OSError:
        return {"refused": "unreachable"}
    try:
        if isinstance(request, dict):
            return _ballots(content, path.suffix.lower(), request["blind"])
        return {"sheets": _sheets(content, path.suffix.lower())}
    except Unreadable as error:
        return {"refused": str(error)}
    except MemoryError:
        return {"refused": "bomb"}
    except Exception as error:  # whatever a parser says about a damaged file
        return {"refused": "damaged", "detail": type(error).__name__}


def _sheets(content: bytes, suffix: str) -> list[Answer]:
    if not content:
        raise Unreadable("empty")
    if content.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Unreadable("encrypted")
        return _calamine(content)
    if content.startswith(b"PK"):
        names = checked(content)
        if any(name.startswith("xl/") for name in names):
            return _calamine(content) if _is_long_survey(content) else _openpyxl(content)
        if "mimetype" in names or "content.xml" in names:
            return _calamine(content)
        raise Unreadable("foreign")
    if suffix == ".csv":
        return [_text(content)]
    if not content.strip(b"\0"):
        raise Unreadable("damaged")
    raise Unreadable("foreign")


def checked(content: bytes) -> list[str]:
    """The names in the archive, after its declared sizes have been found reasonable."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile:
        raise Unreadable("damaged") from None
    declared = sum(entry.file_size for entry in entries)
    if declared > DECLARED or len(entries) > 2_000:
        raise Unreadable("bomb")
    if declared > 10_000_000 and declared > RATIO * len(content):
        raise Unreadable("bomb")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable("encrypted")
    return [entry.filename for entry in entries]


def _openpyxl(content: bytes) -> list[Answer]:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content), data_only=False)
    results = None
    answers: list[Answer] = []
    for sheet in book.worksheets:
        cells: list[Cell] = []
        hidden_rows = {n for n, row in sheet.row_dimensions.items() if row.hidden}
        hidden_columns = {
            number
            for column in sheet.column_dimensions.values()
            if column.hidden and column.min and column.max
            for number in range(column.min, column.max + 1)
        }
        cut = False
        # The filled cells themselves: going by rows would make a million empty ones up to a cell at the far end.
        for place, cell in sorted(sheet._cells.items()):
            value, lost = cell.value, False
            if value is None:
                continue
            if place[0] > ROWS or place[1] > COLUMNS:
                cut = True
                continue
            if cell.data_type == "f":
                results = results or openpyxl.load_workbook(io.BytesIO(content), data_only=True)
                value = results[sheet.title][cell.coordinate].value
                lost = value is None
            hidden = cell.row in hidden_rows or cell.column in hidden_columns
            comment = cell.comment.text if cell.comment else ""
            kind, text = _plain(value, cell.data_type == "e")
            percent = _percent_decimals(cell.number_format)
            cells.append([cell.row, cell.column, kind, text, percent, hidden, comment, lost])
        answers.append(
            {
                "name": sheet.title,
                "hidden": sheet.sheet_state != "visible",
                "cells": cells,
                "merged": [[r.min_row, r.min_col, r.max_row, r.max_col] for r in sheet.merged_cells.ranges],
                "cut": cut,
            }
        )
    return answers


def _is_long_survey(content: bytes) -> bool:
    """Whether these are thousands of answer sheets: they have no formats to look at, openpyxl would take minutes."""
    if len(content) < LONG:
        return False
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    for row in book.worksheets[0].iter_rows(max_row=HEADS, values_only=True):
        if {"提交答卷时间", "所用时间"} <= {str(value).strip() for value in row}:
            return True
    return False


def _percent_decimals(number_format: str) -> int:
    """Decimals shown by a percent format, -1 for any other format."""
    first = number_format.split(";")[0]
    if "%" not in first:
        return -1
    return len(first.split(".")[1].split("%")[0]) if "." in first else 0


def _calamine(content: bytes) -> list[Answer]:
    """Old `.xls`, WPS `.et` and `.ods`: values without formats."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    except python_calamine.PasswordError:
        raise Unreadable("encrypted") from None
    answers: list[Answer] = []
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=ROWS)
        cells: list[Cell] = []
        for r, row in enumerate(rows, 1):
            for c, value in enumerate(row[:COLUMNS], 1):
                if value not in ("", None):
                    kind, text = _plain(value, False)
                    cells.append([r, c, kind, text, -1, False, "", False])
        answers.append({"name": name, "hidden": False, "cells": cells, "merged": [], "cut": False})
    return answers


def _ballots(content: bytes, suffix: str, blind: str) -> Answer:
    """The sheet of answers by column: the texts that occur, and which of them stands in each row.

    A column whose head matches `blind` (addresses of devices, nick-names) does not leave this process.
    """
    name, rows = _answer_rows(content, suffix)
    top = next((n for n, row in enumerate(rows[:HEADS]) if sum(value not in ("", None) for value in row) > 2), None)
    if top is None:
        raise Unreadable("foreign")
    heads = [_plain(value, False)[1].strip() for value in rows[top][:COLUMNS]]
    below = list(rows[top + 1 : top + 1 + BALLOTS])
    while below and not any(value not in ("", None) for value in below[-1]):
        below.pop()
    unseen = re.compile(blind)
    columns: list[Answer] = []
    for head, values in zip(heads, zip_longest(*below, fillvalue=""), strict=False):
        seen: dict[object, int] = {}
        if not unseen.search(head):
            places = array("I", [seen.setdefault(value, len(seen)) for value in values])
        else:
            places, seen = array("I", bytes(4 * len(values))), {"": 0}
        texts = [_plain(value, False)[1].strip() for value in seen]
        columns.append({"head": head, "texts": texts, "places": base64.b64encode(places.tobytes()).decode("ascii")})
    return {
        "sheet": name,
        "first_row": top + 2,
        "rows": len(below),
        "cut": len(rows) > top + 1 + BALLOTS,
        "sha256": hashlib.sha256(content).hexdigest(),
        "columns": columns,
    }


def _answer_rows(content: bytes, suffix: str) -> tuple[str, Sequence[Sequence[object]]]:
    """The name and the rows of the first sheet that has any."""
    if suffix == ".csv" and not content.startswith((OLE, b"PK")):
        return "CSV", list(csv.reader(io.StringIO(_decoded(content))))
    if content.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Unreadable("encrypted")
    elif content.startswith(b"PK"):
        checked(content)
    else:
        raise Unreadable("foreign" if content.strip(b"\0") else "damaged")
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    except python_calamine.PasswordError:
        raise Unreadable("encrypted") from None
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        if rows:
            return name, rows
    raise Unreadable("foreign")


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            lines = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise Unreadable("damaged")
    if "\0" in lines:
        raise Unreadable("foreign")
    return lines


def _text(content: bytes) -> Answer:
    lines = _decoded(content)
    cells: list[Cell] = [
        [r, c, "s", value, -1, False, "", False]
        for r, row in enumerate(csv.reader(io.StringIO(lines)), 1)
        for c, value in enumerate(row[:COLUMNS], 1)
        if value and r <= ROWS
    ]
    return {"name": "CSV", "hidden": False, "cells": cells, "merged": [], "cut": False}


def _plain(value: object, is_error: bool) -> tuple[str, str]:
    """A kind letter and a text that loses nothing: numbers by their shortest repr, dates in ISO form."""
    if value is None:
        return "s", ""
    if isinstance(value, bool):
        return "b", "1" if value else "0"
    if isinstance(value, (int, float)):
        number = Decimal(repr(value))
        if number.is_finite() and number == number.to_integral_value() and abs(number) < 10**15:
            return "n", str(int(number))
        return "n", str(number)
    if isinstance(value, datetime):
        return "d", value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return "d", value.isoformat()
    return ("e" if is_error else "s"), str(value)


def limit_this_process() -> None:
    """Ceilings for memory and processor time; Windows has no such call and relies on the parent's time-out."""
    try:
        import resource
    except ImportError:
        return
    limits = ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0))
    for kind, most in limits:
        with suppress(ValueError, OSError):  # a lower ceiling is set already
            resource.setrlimit(kind, (most, most))


def main() -> None:
    """Serve requests until standard input closes."""
    limit_this_process()
    for line in sys.stdin.buffer:
        sys.stdout.buffer.write(json.dumps(answer(json.loads(line))).encode("ascii") + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()

"""Mappings proposed by the words on a form: a table of words, no guessing; a person confirms each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from okr_desk.errors import InputRefused
from okr_desk.rules import upward as rules
from okr_desk.rules.upward import BranchName, CellDraft
from okr_desk.rules.upward_book import Book, FormSheet, named
from okr_desk.upward_terms import NAME_HEADS, NAME_KEY, UNITS, Figure

_REMARK = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")


@dataclass(frozen=True)
class Proposal:
    """A mapping that the words on the form speak for; `label` are those words."""

    draft: CellDraft
    label: str
    name: str


def proposals(
    book: Book, known: Mapping[str, Figure], mapped: Sequence[CellDraft], branches: Sequence[BranchName]
) -> tuple[Proposal, ...]:
    """What the words of all sheets that are not hidden speak for, in the order of the form, without what is mapped."""
    words = _words(known.values(), of_branch=False)
    columns = _words(known.values(), of_branch=True)
    found: list[Proposal] = []
    for sheet in book.sheets:
        if sheet.is_hidden:
            continue
        heads = _heads(sheet)
        taken: list[CellDraft] = [*mapped, *(one.draft for one in found)]
        own: list[Proposal] = []
        for row, column, last in heads:
            own += _columns(sheet, (row, column, last), columns, [*taken, *(one.draft for one in own)], branches)
        inside = {at for row, _column, last in heads for at in range(row, last + 1)}
        own += _singles(sheet, words, [*taken, *(one.draft for one in own)], branches, inside)
        found += own
    return tuple(found)


def key_of(text: str) -> str:
    """A label as it stands in the table: without blanks, remarks in brackets, colons."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return _REMARK.sub("", plain).strip(":：*.。")


def _words(figures: Iterable[Figure], *, of_branch: bool) -> dict[str, Figure]:
    return {label: figure for figure in figures if figure.of_branch is of_branch for label in figure.labels}


def _heads(sheet: FormSheet) -> list[tuple[int, int, int]]:
    """Where a table of branches has its head: the row and column of the name, and the last row of the head."""
    found: dict[int, tuple[int, int, int]] = {}
    for row, column in sorted(sheet.cells):
        if key_of(sheet.text(row, column)) in NAME_HEADS and sheet.is_first(row, column):
            found.setdefault(row, (row, column, sheet.area(row, column)[2]))
    return list(found.values())


def _columns(
    sheet: FormSheet,
    head: tuple[int, int, int],
    words: Mapping[str, Figure],
    taken: Sequence[CellDraft],
    branches: Sequence[BranchName],
) -> list[Proposal]:
    """Columns below a head: first the names that stand there, then what the other heads say."""
    top, name_column, bottom = head
    first = bottom + 1
    found: list[Proposal] = []
    has_names = bool(sheet.text(first, name_column))
    if has_names:
        draft = CellDraft(sheet.name, named(first, name_column), NAME_KEY, True)
        _try(found, sheet, draft, sheet.text(top, name_column), "", taken, branches)
    for column in sorted({at for row, at in sheet.cells if top <= row <= bottom}):
        label = _head_text(sheet, top, bottom, column)
        figure = next((words[key] for key in label if key in words), None)
        if figure is None or (has_names and column == name_column):
            continue
        draft = CellDraft(sheet.name, named(first, column), figure.word, True)
        _try(found, sheet, draft, label[0], figure.title, [*taken, *(one.draft for one in found)], branches)
    return found


def _head_text(sheet: FormSheet, top: int, bottom: int, column: int) -> tuple[str, ...]:
    """What a column is called: the lowest words over it, and all words over it together."""
    parts: list[str] = []
    for row in range(top, bottom + 1):
        first_row, first_column, _bottom, _right = sheet.area(row, column)
        text = key_of(sheet.text(first_row, first_column))
        if text and (not parts or parts[-1] != text):
            parts.append(text)
    return (parts[-1], "".join(parts)) if parts else ("",)


def _singles(
    sheet: FormSheet,
    words: Mapping[str, Figure],
    taken: Sequence[CellDraft],
    branches: Sequence[BranchName],
    heads: set[int],
) -> list[Proposal]:
    """Single cells on the right of their words, a unit passed over; below them where words stand side by side."""
    found: list[Proposal] = []
    for row, column in sorted(sheet.cells):
        text = sheet.text(row, column)
        figure = words.get(key_of(text)) if text and row not in heads else None
        if figure is None:
            continue
        _top, left, bottom, right = sheet.area(row, column)
        if key_of(sheet.text(row, right + 1)) in UNITS:
            right = sheet.area(row, right + 1)[3]
        beside = (sheet.text(row, right + 1), sheet.text(row, left - 1))
        below = [(bottom + 1, left)] if any(key_of(one) in words for one in beside) else []
        for place in ((row, right + 1), *below):
            draft = CellDraft(sheet.name, named(*place), figure.word)
            if _try(found, sheet, draft, text, figure.title, [*taken, *(one.draft for one in found)], branches):
                break
    return found


def _try(
    found: list[Proposal],
    sheet: FormSheet,
    draft: CellDraft,
    label: str,
    name: str,
    taken: Sequence[CellDraft],
    branches: Sequence[BranchName],
) -> bool:
    """Add a mapping where it fits and neither its cell nor, for one value, its figure is taken in this sheet."""
    own = [one for one in taken if one.sheet == draft.sheet]
    if any(one.cell == draft.cell or (one.figure == draft.figure and not one.is_column) for one in own):
        return True
    try:
        rules.check_fit(sheet, draft, taken, branches)
        rules.check_apart(sheet, (*taken, draft), branches)
    except InputRefused:
        return False
    found.append(Proposal(draft, label, name))
    return True

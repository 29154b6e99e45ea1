"""What the page 上报表 asks of queries and workbooks, off the UI thread; it loads with the first form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from okr_desk.errors import Refusal
from okr_desk.queries import upward, upward_catalogue
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.upward import FilledForm, FormView
from okr_desk.queries.upward_facts import UpwardFacts
from okr_desk.rules import upward_labels
from okr_desk.rules.upward import BranchName, FormDraft
from okr_desk.rules.upward_book import Book
from okr_desk.rules.upward_labels import Proposal
from okr_desk.upward_terms import Figure


@dataclass(frozen=True)
class UpwardBoard:
    """The forms, and the one in front: its workbook, what may go into it, and how it looks filled.

    `fault`: why it cannot be filled at all (the workbook is lost, the quarter has not begun); empty else.
    """

    quarter: QuarterView
    forms: tuple[FormView, ...]
    form: FormView | None = None
    book: Book | None = None
    filled: FilledForm | None = None
    known: Mapping[str, Figure] | None = None
    branches: tuple[BranchName, ...] = ()
    fault: str = ""


def board(session: Any, quarter: QuarterView, by: str, form_id: int | None) -> UpwardBoard:
    """All forms; of the one with `form_id`, else of the first, everything."""
    found = upward.forms(session, quarter.year)
    form = next((one for one in found if one.id == form_id), found[0] if found else None)
    if form is None:
        return UpwardBoard(quarter, found)
    known = upward_catalogue.figures(session, quarter.year)
    of = UpwardFacts(session, quarter, by)
    branches = upward_catalogue.branch_names(session, min(of.today, quarter.ends_on))
    book, filled, fault = None, None, ""
    try:
        book = _book(session, form)
        filled = upward.filled(session, of, form, book)
    except Refusal as error:
        fault = error.sentence
    return UpwardBoard(quarter, found, form, book, filled, known, branches, fault)


def draft(path: Path) -> FormDraft:
    """A workbook that somebody chose, called like its file. Raises FileRefused."""
    from okr_desk.exchange import upward as workbooks

    return workbooks.draft(path, path.stem[:60])


def proposals(of: UpwardBoard) -> tuple[Proposal, ...]:
    """What the words on the form in front speak for."""
    if of.form is None or of.book is None or of.known is None:
        return ()
    return upward_labels.proposals(of.book, of.known, of.form.drafts, of.branches)


def file_name(of: FilledForm) -> str:
    """What the filled file is called unless another name is typed."""
    from okr_desk.exchange import upward_folder

    return upward_folder.file_name(of)


def fill(
    store: Any,
    quarter: QuarterView,
    by: str,
    form_id: int,
    target: Path,
    *,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> tuple[Path, FilledForm]:
    """The form filled with the figures of this moment, and what went into it."""
    from okr_desk.exchange import upward as workbooks

    del progress, cancelled
    target = target if target.suffix.lower() == ".xlsx" else target.with_name(target.name + ".xlsx")
    with store.read() as session:
        form = next(one for one in upward.forms(session, quarter.year) if one.id == form_id)
        made = upward.filled(session, UpwardFacts(session, quarter, by), form, _book(session, form))
        return workbooks.write(made, upward.workbook_path(session, form), target), made


def fill_all(
    store: Any,
    quarter: QuarterView,
    by: str,
    folder: Path,
    *,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> tuple[Sequence[Path], Sequence[FilledForm]]:
    """Every form that has cells, one file each in the folder."""
    from okr_desk.exchange import upward_folder

    with store.read() as session:
        made = upward_folder.filled(session, UpwardFacts(session, quarter, by))
        return upward_folder.write(session, made, folder, progress=progress, cancelled=cancelled), made


def _book(session: Any, form: FormView) -> Book:
    from okr_desk.exchange import upward as workbooks

    return workbooks.kept(upward.workbook_path(session, form), form.display_name)

"""The county's forms are kept, exchanged and retired, their cells mapped; workbooks lie among the kept files."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, select

from okr_desk.errors import InputRefused, WrongState
from okr_desk.i18n import _
from okr_desk.model.store import now, today
from okr_desk.model.tables import UpwardCell, UpwardForm
from okr_desk.queries import upward_catalogue
from okr_desk.rules import upward as rules
from okr_desk.rules.permissions import Action, Actor
from okr_desk.rules.upward import CellDraft, FormDraft
from okr_desk.rules.upward_book import Book
from okr_desk.services import evidence, permits
from okr_desk.services.outcome import Outcome, Topic, changed
from okr_desk.upward_terms import NAME_KEY

CHANGED = changed(Topic.UPWARD)


@dataclass(frozen=True)
class Replaced:
    """What a newer workbook left of the cells: how many stay, and each that has no place in it, with the reason."""

    kept: int
    lost: tuple[str, ...]


def keep(session: Session, actor: Actor, draft: FormDraft) -> Outcome[int]:
    """Keep a workbook of the county as a form; its id.

    Raises InputRefused for a name in use, FileRefused for a file that is no .xlsx.
    """
    permits.require(session, actor, Action.EDIT_UPWARD)
    name = rules.check_name(draft.name, _names(session))
    row = UpwardForm(name=name, sha256="", display_name="", account_id=actor.account_id, recorded_at=now(session))
    _store(session, row, draft)
    return Outcome(row.key, CHANGED)


def replace(session: Session, actor: Actor, form_id: int, draft: FormDraft) -> Outcome[Replaced]:
    """Put a newer workbook of the county in the place of the old; cells that still fit stay, the others are named.

    The name stays. Cells without a place are taken away; what they were is in the trail and in the outcome.
    """
    permits.require(session, actor, Action.EDIT_UPWARD)
    row = _form(session, form_id)
    _store(session, row, draft)
    row.account_id, row.recorded_at = actor.account_id, now(session)
    cells = _cells(session, form_id)
    known = upward_catalogue.figures(session, today(session).year)
    branches = upward_catalogue.branch_names(session, today(session))
    # The names first: where the columns go depends on them.
    cells.sort(key=lambda cell: (cell.figure != NAME_KEY, cell.key))
    kept: list[CellDraft] = []
    lost: list[str] = []
    for cell in cells:
        try:
            kept.append(rules.check_cell(draft.book, _draft(cell), known, kept, branches))
        except InputRefused as error:
            title = known[cell.figure].title if cell.figure in known else cell.figure
            said = _("“{sheet}”{cell} {figure}：{why}")
            lost.append(said.format(sheet=cell.sheet, cell=cell.cell, figure=title, why=error.sentence))
            session.delete(cell)
    session.flush()
    return Outcome(Replaced(len(kept), tuple(lost)), CHANGED)


def rename(session: Session, actor: Actor, form_id: int, name: str) -> Outcome[int]:
    """Give a form another name. Raises InputRefused for one in use."""
    permits.require(session, actor, Action.EDIT_UPWARD)
    row = _form(session, form_id)
    row.name = rules.check_name(name, _names(session) - {row.name})
    session.add(row)
    session.flush()
    return Outcome(row.key, CHANGED)


def retire(session: Session, actor: Actor, form_id: int, is_retired: bool = True) -> Outcome[int]:
    """Take a form out of use, or into use again; its workbook and its cells stay."""
    permits.require(session, actor, Action.EDIT_UPWARD)
    row = session.get(UpwardForm, form_id)
    if row is None or row.is_retired is is_retired:
        raise WrongState(_gone())
    row.is_retired = is_retired
    session.add(row)
    session.flush()
    return Outcome(row.key, CHANGED)


def map_cells(
    session: Session, actor: Actor, form_id: int, book: Book, drafts: Sequence[CellDraft]
) -> Outcome[tuple[int, ...]]:
    """Map cells to figures, all of them or none; their ids. `book` is what stands in the form's workbook.

    Raises InputRefused with one sentence for a cell that may not be written, WrongState for another workbook.
    """
    permits.require(session, actor, Action.EDIT_UPWARD)
    row = _form(session, form_id)
    if book.sha256 != row.sha256:
        raise WrongState(_("“{name}”已经换过新表，请刷新后再试。").format(name=row.name))
    known = upward_catalogue.figures(session, today(session).year)
    branches = upward_catalogue.branch_names(session, today(session))
    there = [_draft(cell) for cell in _cells(session, form_id)]
    made = []
    for draft in drafts:
        checked = rules.check_cell(book, draft, known, there, branches)
        there.append(checked)
        cell = UpwardCell(
            form_id=form_id,
            sheet=checked.sheet,
            cell=checked.cell,
            figure=checked.figure,
            is_column=checked.is_column,
        )
        session.add(cell)
        made.append(cell)
    session.flush()
    return Outcome(tuple(cell.key for cell in made), CHANGED)


def unmap(session: Session, actor: Actor, form_id: int, drafts: Sequence[CellDraft]) -> Outcome[int]:
    """Take mappings away by sheet and cell; how many. The workbook stays. Raises WrongState for one that is gone."""
    permits.require(session, actor, Action.EDIT_UPWARD)
    _form(session, form_id)
    there = {(row.sheet, row.cell): row for row in _cells(session, form_id)}
    for draft in drafts:
        row = there.pop((draft.sheet, draft.cell), None)
        if row is None:
            raise WrongState(_gone())
        session.delete(row)
    session.flush()
    return Outcome(len(drafts), CHANGED)


def _store(session: Session, row: UpwardForm, draft: FormDraft) -> None:
    rules.check_file(draft.file_name)
    digest = hashlib.sha256(draft.content).hexdigest()
    if digest != draft.book.sha256:
        raise WrongState(_("“{name}”在读取以后改动过，请重新选择。").format(name=draft.file_name))
    evidence.keep(session, draft.content, digest)
    row.sha256, row.display_name = digest, evidence.display_name(draft.file_name)
    session.add(row)
    session.flush()


def _form(session: Session, form_id: int) -> UpwardForm:
    row = session.get(UpwardForm, form_id)
    if row is None or row.is_retired:
        raise WrongState(_gone())
    return row


def _cells(session: Session, form_id: int) -> list[UpwardCell]:
    return list(session.exec(select(UpwardCell).where(UpwardCell.form_id == form_id)))


def _names(session: Session) -> set[str]:
    return set(session.exec(select(UpwardForm.name)))


def _draft(cell: UpwardCell) -> CellDraft:
    return CellDraft(cell.sheet, cell.cell, cell.figure, cell.is_column)


def _gone() -> str:
    return _("这一项已经移去或停用，请刷新后再试。")

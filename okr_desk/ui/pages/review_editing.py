"""Points that are typed on 评审 and not saved yet: each change is a step of undo; saving is one write for a branch."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoCommand, QUndoStack
from PySide6.QtWidgets import QMessageBox, QWidget

from okr_desk import services
from okr_desk.errors import InputRefused, Refusal
from okr_desk.i18n import _
from okr_desk.queries.review_desk import ReviewRow
from okr_desk.queries.review_items import Item
from okr_desk.review_terms import Party, ReviewStep
from okr_desk.rules import reviews as rules
from okr_desk.rules.permissions import Action, Actor
from okr_desk.rules.reviews import LineDraft
from okr_desk.services.review_scores import CHECKING
from okr_desk.ui.dialogs.fields import optional_number
from okr_desk.ui.models.review_grid import Column, Typed

if TYPE_CHECKING:
    from okr_desk.ui.pages.reviews import ReviewsPage

Key = tuple[int, int]


class Editing(QObject):
    """By branch and quarter, so that looking at another branch loses nothing."""

    def __init__(self, page: ReviewsPage) -> None:
        super().__init__(page)
        self._page, self._desk = page, page.desk
        self._typed: dict[Key, dict[int, Typed]] = {}
        self._wholes: dict[Key, dict[Party, str]] = {}
        self._is_saving = False
        self.stack = QUndoStack(page)
        self._desk.actor_changed.connect(self.clear)
        self._desk.opened.connect(self.clear)

    @property
    def count(self) -> int:
        """How many lines and whole scores wait to be saved in all."""
        return sum(len(one) for kept in (self._typed, self._wholes) for one in kept.values())

    @property
    def branches(self) -> tuple[int, ...]:
        """The branches in which something waits."""
        found = [key[0] for kept in (self._typed, self._wholes) for key, one in kept.items() if one]
        return tuple(dict.fromkeys(found))

    def of(self, key: Key) -> dict[int, Typed]:
        """What was typed for a branch in a quarter."""
        return self._typed.get(key, {})

    def wholes_of(self, key: Key, may_save: bool) -> dict[Party, str]:
        """What was typed as whole scores of a branch in a quarter; nothing where they can be saved no longer."""
        if not may_save:
            self._wholes.pop(key, None)
        return self._wholes.get(key, {})

    def keep_wholes(self) -> None:
        """Something was typed into a whole score of the branch shown: it stays there until it is saved."""
        if self._page.key_shown is not None:
            self._wholes[self._page.key_shown] = self._page.items.whole_texts
        self._page.items.follow()

    def clear(self) -> None:
        """Somebody else sits down."""
        self._typed.clear()
        self._wholes.clear()
        self.stack.clear()

    def forget(self, key: Key) -> None:
        """What was typed there went with a step, or was given up."""
        self._wholes.pop(key, None)
        if self._typed.pop(key, None):
            self.stack.clear()

    def take(self, row: int, column: Column, text: str) -> None:
        """A cell was typed into. What cannot be taken is said under the table, and the cursor stays."""
        page, grid = self._page, self._page.items.grid
        key = page.key_shown
        if key is None:
            return
        it, before = grid.rows[row], grid.entry(row)
        try:
            after = self._entry(it, grid.writes, before, column, text)
        except InputRefused as refusal:
            page.items.table.go_to(row, column)
            page.items.table.hold()
            page.items.refuse(refusal.sentence)
            return
        if after != before:
            self.stack.push(_Typing(self, key, it, before, after))

    def put(self, key: Key, line_id: int, entry: Typed | None) -> None:
        """Put an entry in place (undo steps do this); the branch concerned is shown."""
        kept = self._typed.setdefault(key, {})
        kept.pop(line_id, None)
        if entry is not None:
            kept[line_id] = entry
        page = self._page
        if page.key_shown == key:
            page.items.grid.set_entry(line_id, entry)
            page.items.follow()
        else:
            page.open_branch(key[0])

    def drop(self) -> None:
        """Give up what was typed for the branch shown."""
        page = self._page
        if page.key_shown is not None:
            self.forget(page.key_shown)
            page.items.forget_wholes()
            page.show_again()

    def save(self) -> None:
        """Send what was typed for the branch shown; the first line that lacks a reason gets the cursor."""
        page = self._page
        page.items.table.finish_editing()
        key = page.key_shown
        if key is None or self._is_saving or not self.are_whole():
            return
        drafts = page.items.grid.drafts()
        try:
            wholes = page.items.whole_points()
        except InputRefused as refusal:
            page.items.refuse(refusal.sentence)
            return
        if not drafts and not wholes:
            self._desk.say(_("没有需要保存的内容。"))
            return
        org_id, quarter_id = key
        self._is_saving = True
        self._desk.tasks.write(
            services.review_bulk.set_points,
            quarter_id,
            org_id,
            drafts,
            wholes,
            done=lambda outcome: self._saved(key, outcome.value),
            failed=self._not_saved,
            owner=self,
        )

    def are_whole(self) -> bool:
        """Whether every line typed has what it needs; else the cursor goes to what lacks."""
        page = self._page
        for row, it in enumerate(page.items.grid.rows):
            entry = page.items.grid.entry(row)
            if entry is None:
                continue
            try:
                needs = page.items.grid.writes is Column.CHECKED
                _check(it, entry, needs_reason=needs)
            except InputRefused as refusal:
                page.tabs.setCurrentIndex(0)
                column = Column.REASON if refusal.field == "reason" else page.items.grid.writes
                page.items.table.go_to(row, column or Column.REASON)
                page.items.refuse(refusal.sentence)
                return False
        return True

    # Inside

    def _entry(self, it: Item, writes: Column | None, before: Typed | None, column: Column, text: str) -> Typed | None:
        """What stands in a line after a cell was typed into; None where it is as it was stored."""
        stored = it.set_to if writes is Column.CHECKED else it.own
        points = before.points if before is not None else None if stored is None else stored.points
        reason = before.reason if before is not None else "" if stored is None else stored.reason
        if column is Column.REASON:
            reason = text.strip()
        else:
            points = optional_number(text, "points", it.name)
        if rules.same(points, it.computed):
            points = None
        made = Typed(points, reason)
        _check(it, made, needs_reason=False)
        kept = None if stored is None or rules.same(stored.points, it.computed) else stored.points
        same = (made.points, made.reason) == (kept, "" if stored is None else stored.reason)
        bare = made.points is None and kept is None and not made.reason
        return None if same or bare else made

    def _saved(self, key: Key, count: int) -> None:
        self._is_saving = False
        self.forget(key)
        if self._page.key_shown == key:
            self._page.items.forget_wholes()
        self._desk.say(_("已保存 {n} 处核分。").format(n=count))

    def _not_saved(self, error: Exception) -> None:
        self._is_saving = False
        if isinstance(error, Refusal):
            self._page.items.refuse(error.sentence)


class _Typing(QUndoCommand):
    """One cell typed into."""

    def __init__(self, editing: Editing, key: Key, it: Item, before: Typed | None, after: Typed | None) -> None:
        super().__init__(_("“{item}”的核分").format(item=it.name))
        self._put: Callable[[Typed | None], None] = lambda entry: editing.put(key, it.line_id, entry)
        self._before, self._after = before, after

    def redo(self) -> None:
        """What was typed."""
        self._put(self._after)

    def undo(self) -> None:
        """What stood before."""
        self._put(self._before)


def writes_of(row: ReviewRow, actor: Actor | None) -> tuple[Column | None, bool]:
    """Which column a person types into now, and whether that is kept before a step is taken."""
    legal = {one.step: one for one in row.legal}
    if row.state in CHECKING and actor is not None and actor.may(Action.CHECK_REVIEW, row.org.line):
        return Column.CHECKED, True
    if ReviewStep.SUBMIT in legal and not legal[ReviewStep.SUBMIT].lacking:
        return Column.OWN, False
    return (Column.CHECKED, False) if ReviewStep.CORRECT in legal else (None, False)


def _check(it: Item, entry: Typed, *, needs_reason: bool) -> None:
    draft = LineDraft(it.line_id, entry.points, entry.reason)
    name, computed, most = it.score.line.name, it.computed, Decimal(it.maximum)
    rules.check_points(draft, name, computed, most, needs_reason=needs_reason)


def may_lose(parent: QWidget, count: int, where: str) -> bool:
    """Whether `count` points that are not saved may be gone, those of the branches named in `where`; asked if any."""
    if not count:
        return True
    asked = QMessageBox(parent)
    asked.setIcon(QMessageBox.Icon.Warning)
    asked.setWindowTitle(_("还没有保存"))
    asked.setText(_("评审中还有 {n} 项核分没有保存，关闭后会丢失。").format(n=count))
    asked.setInformativeText(where)
    leave = asked.addButton(_("不保存，关闭"), QMessageBox.ButtonRole.DestructiveRole)
    stay = asked.addButton(_("返回评审"), QMessageBox.ButtonRole.RejectRole)
    asked.setDefaultButton(stay)
    asked.setEscapeButton(stay)
    asked.exec()
    return asked.clickedButton() is leave

"""Drawing up a scheme: each change is a named step over the unsaved draft, kept also when one leaves the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.rules import scheme_edits as edits
from okr_desk.rules.scheme_edits import Place
from okr_desk.rules.schemes import BlockDraft, LineDraft, SchemeDraft
from okr_desk.ui.desk import Desk
from okr_desk.ui.models.scheme_drafts import SchemeDrafts
from okr_desk.ui.models.scheme_tree import NAME, POINTS, Spot, read_points


class Editing(QObject):
    """The draft of the version in front. `changed` tells the version of which the draft is another one now, and the
    spot to go to."""

    changed = Signal(int, object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.steps = QUndoStack(self)
        self._drafts = SchemeDrafts.beside(desk)
        self._version: int | None = None
        self._stored = SchemeDraft("")

    # What is edited

    def take(self, version_id: int | None, stored: SchemeDraft) -> None:
        """Another version comes to the front, as it is stored."""
        self._version, self._stored = version_id, stored
        if version_id is not None and self._drafts.of(self._account, version_id) == stored:
            self._drafts.put(self._account, version_id, None)

    @property
    def draft(self) -> SchemeDraft:
        """The draft as it is typed now."""
        kept = None if self._version is None else self._drafts.of(self._account, self._version)
        return self._stored if kept is None else kept

    @property
    def stored(self) -> SchemeDraft:
        """The version in front as it is saved."""
        return self._stored

    @property
    def is_dirty(self) -> bool:
        """Whether something of the version in front is not saved."""
        return self._version is not None and self._drafts.of(self._account, self._version) is not None

    @property
    def unsaved(self) -> tuple[int, ...]:
        """All versions with something unsaved."""
        return self._drafts.versions(self._account)

    def put(self, version_id: int, draft: SchemeDraft, spot: Spot | None) -> None:
        """Put a draft in place: what a step does and takes back."""
        is_stored = version_id == self._version and draft == self._stored
        self._drafts.put(self._account, version_id, None if is_stored else draft)
        self.changed.emit(version_id, spot)

    def saved(self, version_id: int, draft: SchemeDraft) -> None:
        """A draft was written down; what was typed meanwhile stays unsaved."""
        if version_id == self._version:
            self._stored = draft
        if self._drafts.of(self._account, version_id) == draft:
            self._drafts.put(self._account, version_id, None)

    def forget(self, version_id: int) -> None:
        """A version is gone, or in use: nothing of it can be taken back."""
        self._drafts.put(self._account, version_id, None)
        self.steps.clear()

    # Steps

    def change(self, after: SchemeDraft, text: str, spot: Spot | None, back: Spot | None = None) -> None:
        """One step, named; `spot` is where it leads, `back` where one comes back to."""
        if self._version is not None and after != self.draft:
            self.steps.push(_Step(self, self._version, self.draft, after, text, (back or spot, spot)))

    def type(self, spot: Spot, column: int, text: str) -> None:
        """A text typed into a cell of the tree."""
        block, line = self._at(spot)
        if column == NAME and line is None:
            self.put_block(spot, replace(block, name=text), _("改“{name}”的名称").format(name=block.name))
            return
        if column != POINTS:
            return
        try:
            points = read_points(text)
        except InputRefused as refusal:
            self._desk.refuse(refusal)
            return
        if line is None:
            self.put_block(spot, replace(block, maximum=points), _("改“{name}”的满分").format(name=block.name))
        else:
            self.put_line(spot, replace(line, maximum=points), _("改分值"))

    def put_line(self, spot: Spot, line: LineDraft, text: str) -> None:
        """Another line in this place."""
        if spot[1] is not None:
            self.change(edits.put_line(self.draft, (spot[0], spot[1]), line), text, spot)

    def put_block(self, spot: Spot, block: BlockDraft, text: str) -> None:
        """Another block in this place."""
        self.change(edits.put_block(self.draft, spot[0], block), text, (spot[0], None))

    def drop(self, source: Place, target: Place) -> None:
        """A line was dragged."""
        after, now = edits.move_line(self.draft, source, target)
        self.change(after, _("移动指标"), now, source)

    def step(self, spot: Spot, step: int) -> None:
        """A line or block one up or down."""
        if spot[1] is None:
            after, number = edits.step_block(self.draft, spot[0], step)
            self.change(after, _("移动一块"), (number, None), spot)
        else:
            after, now = edits.step_line(self.draft, (spot[0], spot[1]), step)
            self.change(after, _("移动指标"), now, spot)

    def add_lines(self, block: int, lines: Sequence[LineDraft]) -> None:
        """Lines behind the last of a block."""
        place = (block, len(self.draft.blocks[block].lines))
        text = _("添加 {n} 项指标").format(n=len(lines))
        self.change(edits.insert_lines(self.draft, place, lines), text, place)

    def add_block(self, behind: Spot | None) -> None:
        """An empty block behind the one under the cursor."""
        number = len(self.draft.blocks) if behind is None else behind[0] + 1
        name = edits.free_name(self.draft, _("新的一块"))
        fresh = BlockDraft(name, Decimal(0))
        self.change(edits.insert_block(self.draft, number, fresh), _("添加一块"), (number, None), behind)

    def remove(self, spot: Spot) -> None:
        """Take a line away, or a block with its lines."""
        block, line = self._at(spot)
        if line is None:
            text = _("删除“{name}”").format(name=block.name)
            left = len(self.draft.blocks) - 1
            now: Spot | None = (min(spot[0], left - 1), None) if left else None
            self.change(edits.without_block(self.draft, spot[0]), text, now, spot)
        elif spot[1] is not None:
            last = len(block.lines) - 2
            now = (spot[0], min(spot[1], last) if last >= 0 else None)
            self.change(edits.without_line(self.draft, (spot[0], spot[1])), _("删除指标"), now, spot)

    # Inside

    @property
    def _account(self) -> int:
        return self._desk.actor.account_id if self._desk.actor else 0

    def _at(self, spot: Spot) -> tuple[BlockDraft, LineDraft | None]:
        block = self.draft.blocks[spot[0]]
        return block, None if spot[1] is None else block.lines[spot[1]]


class _Step(QUndoCommand):
    """From one draft to another."""

    def __init__(
        self,
        editing: Editing,
        version_id: int,
        before: SchemeDraft,
        after: SchemeDraft,
        text: str,
        spots: tuple[Spot | None, Spot | None],
    ) -> None:
        super().__init__(text)
        self._editing, self._version_id = editing, version_id
        self._before, self._after, self._spots = before, after, spots

    def redo(self) -> None:
        self._editing.put(self._version_id, self._after, self._spots[1])

    def undo(self) -> None:
        self._editing.put(self._version_id, self._before, self._spots[0])

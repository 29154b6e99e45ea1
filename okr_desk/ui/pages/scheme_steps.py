"""What can be done on 考核方案: ask the dialog, call the service."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QMessageBox, QWidget

from okr_desk import services
from okr_desk.i18n import _
from okr_desk.queries.scheme_board import CategoryScheme, SchemeBoard
from okr_desk.queries.schemes import SchemeView, VersionView
from okr_desk.rules.schemes import BlockDraft, Problem, SchemeDraft
from okr_desk.terms import Dimension, label
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.notices import NoticesDialog
from okr_desk.ui.dialogs.scheme import NextVersionDialog, PresetDialog
from okr_desk.ui.dialogs.scheme_paper import SchemePaperDialog
from okr_desk.ui.models.scheme_words import QUARTERS, TARGET_SHAPE

LOOKED_AT = 3
"""How many things that deserve a look are named before a scheme is put to use."""


class Steps:
    """The actions of the page; `widget` is what dialogs stand over."""

    def __init__(self, desk: Desk, widget: QWidget) -> None:
        self._desk, self._widget = desk, widget

    def from_preset(self, board: SchemeBoard, row: CategoryScheme | None) -> None:
        """Draw schemes up from a preset, for one or several categories."""
        missing = [one.category for one in board.rows if one.scheme is None]
        if missing:
            chosen = None if row is None else row.category.id
            PresetDialog.ask(self._widget, self._desk, board.year, missing, chosen)

    def blank(self, board: SchemeBoard, row: CategoryScheme) -> None:
        """A scheme with the three dimensions as empty blocks."""
        blocks = tuple(BlockDraft(label(one), TARGET_SHAPE[one] * 100) for one in Dimension)
        draft = SchemeDraft(_("{category}考核方案").format(category=row.category.name), blocks)
        self._write(services.schemes.create, row.category.id, board.year, draft)

    def copy_year(self, board: SchemeBoard) -> None:
        """Drafts of what was in use last year."""

        def tell(outcome: Any) -> None:
            said = _("从{year}年复制了 {n} 个方案，都是草稿。")
            self._desk.say(said.format(year=board.year - 1, n=outcome.value))

        self._write(services.schemes.copy_year, board.year - 1, board.year, done=tell)

    def next_version(self, scheme: SchemeView, board: SchemeBoard) -> None:
        """A draft of the next version; what had to be left out stays to be read."""
        others = [one.scheme for one in board.rows if one.scheme is not None]
        outcome = NextVersionDialog.ask(self._widget, self._desk, scheme, board.open_quarters, others)
        if outcome is not None:
            NoticesDialog.tell(self._widget, _("另起一版后还要做的"), outcome.notices)

    def print(self, scheme: SchemeView, version: VersionView) -> None:
        """The paper of a version: printed, kept as PDF, or as a workbook."""
        SchemePaperDialog(self._desk, scheme.id, version.id, scheme.name, self._widget).exec()

    def save(self, version_id: int, draft: SchemeDraft, done: Callable[[SchemeDraft], object]) -> None:
        """Write the draft down."""

        def saved(_outcome: Any) -> None:
            done(draft)
            self._desk.say(_("“{name}”已保存。").format(name=draft.name))

        self._write(services.schemes.revise, version_id, draft, done=saved)

    def activate(
        self, scheme: SchemeView, version: VersionView, problems: Sequence[Problem], done: Callable[[], object]
    ) -> None:
        """Put a draft to use, after saying what that means."""
        said = _("“{name}”第{n}版启用后不能再改，从{quarter}起按它计分。需要调整的，以后另起一版。").format(
            name=scheme.name, n=version.version, quarter=_(QUARTERS[version.from_quarter])
        )
        if problems:
            named = "\n".join(f"· {one.sentence}" for one in problems[:LOOKED_AT])
            more = len(problems) - LOOKED_AT
            said += "\n\n" + _("启用前请留意：") + "\n" + named
            said += "\n" + _("· 另有 {n} 处，见右边的列表。").format(n=more) if more > 0 else ""
        if self._agrees(_("启用"), said):
            self._write(services.schemes.activate, version.id, done=lambda _outcome: done())

    def discard(self, scheme: SchemeView, version: VersionView, done: Callable[[], object]) -> None:
        """Delete a draft, after asking."""
        only = len(scheme.versions) == 1
        said = _("删除“{name}”的草稿？") if only else _("删除“{name}”第{n}版的草稿？已启用的版本不受影响。")
        if self._agrees(_("删除草稿"), said.format(name=scheme.name, n=version.version)):
            self._write(services.schemes.discard, version.id, done=lambda _outcome: done())

    # Inside

    def _write(self, service: Callable[..., Any], *args: Any, done: Callable[[Any], object] | None = None) -> None:
        self._desk.tasks.write(service, *args, done=done, owner=self._widget)

    def _agrees(self, title: str, words: str) -> bool:
        button = QMessageBox.StandardButton
        answer = QMessageBox.question(self._widget, title, words, button.Ok | button.Cancel, button.Cancel)
        return answer == button.Ok

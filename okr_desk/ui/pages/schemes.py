"""考核方案: by what each category of branches is scored, and whether that can be used."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut, QUndoStack
from PySide6.QtWidgets import QMenu, QMessageBox, QStackedWidget

from okr_desk.i18n import N_, _
from okr_desk.queries import scheme_board
from okr_desk.queries.scheme_board import CategoryScheme, SchemeBoard
from okr_desk.queries.schemes import VersionView
from okr_desk.rules.permissions import Action
from okr_desk.rules.schemes import SchemeDraft
from okr_desk.services.outcome import Topic
from okr_desk.ui import icons
from okr_desk.ui.desk import Desk
from okr_desk.ui.models import scheme_words as words
from okr_desk.ui.pages import usual_line_steps
from okr_desk.ui.pages.base import Page
from okr_desk.ui.pages.scheme_steps import Steps
from okr_desk.ui.widgets.empty import Empty
from okr_desk.ui.widgets.scheme_editor import SchemeEditor
from okr_desk.ui.widgets.scheme_strip import SchemeStrip


class SchemesPage(Page):
    """Above the categories, below the chosen one's scheme."""

    title = N_("考核方案")
    topics = frozenset({Topic.SCHEMES, Topic.INDICATORS, Topic.ORGS, Topic.CYCLES})
    follows_org = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.board: SchemeBoard | None = None
        self.steps = Steps(desk, self)
        self._wanted: tuple[int | None, int | None] = (None, None)
        self._live: dict[int, int] = {}
        self._todo: Callable[[], object] | None = None
        self.strip = SchemeStrip(self)
        self.editor = SchemeEditor(desk, self)
        self.nothing = Empty(self)
        self.below = QStackedWidget(self)
        self.below.addWidget(self.editor)
        self.below.addWidget(self.nothing)
        self.new_button = self.add_quiet(_("新建方案"), "add", self.open_new_menu)
        self.next_version_button = self.add_quiet(_("另起一版"), "copy", self.next_version)
        self.print_button = self.add_quiet(
            _("打印…"), "print", self.print, QKeySequence(QKeySequence.StandardKey.Print)
        )
        self.more_button = self.add_quiet(_("更多"), "more", self.open_more_menu)
        self.next_button = self.set_accent(_("启用"), "check", self.do_next)

        self.content.addWidget(self.strip)
        self.content.addWidget(self.below, 1)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self, self.save)
        self.strip.chosen.connect(self._choose)
        self.editor.version_chosen.connect(self._choose_version)
        self.editor.wanted.connect(self._bring)
        self.editor.followed.connect(self._follow)
        self.editor.fill_asked.connect(self.fill_usual)

    # The page's question

    def query(self) -> Callable[..., Any] | None:
        quarter = self.desk.selection.quarter
        if quarter is None or not self._may_edit:
            return None
        return lambda session: scheme_board.board(session, quarter.year)

    def refresh(self) -> None:
        if self.query() is not None:
            super().refresh()
            return
        self._stale = False
        if not self._may_edit:
            self.show_denied(_("考核方案由镇党建办编制，您没有查看本页的权限。"))
        else:
            self.show_empty(_("还没有年度和季度。"), _("请先在“年度与季度”中建立年度。"))

    def show_answer(self, board: SchemeBoard) -> None:
        if self.board is not None and self.board.year != board.year:
            self._live = {}
        self.board = board
        closed = _("{year}年度已关闭，方案只能查看，不能再改。")
        self.set_band("" if board.is_open else closed.format(year=board.year))
        if not board.rows:
            self.show_empty(
                _("还没有属于任何类别的支部。"),
                _("先在“组织”中建立类别和支部，再为每类支部编制考核方案。"),
                _("去组织"),
                lambda: self.desk.go("orgs"),
            )
            return
        self.strip.show_rows(board.rows, self._wanted[0], self._live)
        self._show_row()

    def arrive(self, **arguments: Any) -> None:
        if "category_id" in arguments:
            self._wanted = (int(arguments["category_id"]), None)
            self._stale = True

    def undo_stack(self) -> QUndoStack:
        return self.editor.editing.steps

    def can_close(self) -> bool:
        """Whether the window may close: what is not saved would be gone."""
        count = len(self.editor.editing.unsaved)
        if not count:
            return True
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(_("还没有保存"))
        box.setText(_("考核方案中有 {n} 个草稿的改动没有保存，关闭后会丢失。").format(n=count))
        leave = box.addButton(_("不保存，关闭"), QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton(_("返回方案"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        box.exec()
        if box.clickedButton() is leave:
            return True
        self.desk.go("schemes")
        return False

    @property
    def row(self) -> CategoryScheme | None:
        """The category under the cursor."""
        return self.strip.current

    @property
    def shown_version(self) -> VersionView | None:
        """The version that belongs in front: the one picked, the draft, the one in use."""
        row = self.row
        if row is None or row.scheme is None:
            return None
        wanted = next((one for one in row.scheme.versions if one.id == self._wanted[1]), None)
        return wanted or row.draft or row.in_use or row.scheme.versions[-1]

    # What a person does

    def open_new_menu(self) -> None:
        """From a preset, from last year, or blank; at the button."""
        board, row = self.board, self.row
        if board is None:
            return
        menu = QMenu(self)
        menu.addAction(_("从预设新建…"), self.from_preset)
        menu.addAction(_("从上年复制"), lambda: self.steps.copy_year(board)).setEnabled(board.can_copy)
        menu.addAction(_("空白方案"), self.blank).setEnabled(row is not None and row.scheme is None)
        menu.popup(self.new_button.mapToGlobal(self.new_button.rect().bottomLeft()))

    def from_preset(self) -> None:
        """Draw up schemes from a preset."""
        if self.board is not None:
            self.steps.from_preset(self.board, self.row)

    def blank(self) -> None:
        """An empty scheme for the category in front."""
        if self.board is not None and self.row is not None:
            self.steps.blank(self.board, self.row)

    def next_version(self) -> None:
        """A next version of the scheme in front."""
        row = self.row
        if self.board is not None and row is not None and row.scheme is not None:
            self._wanted = (row.category.id, None)
            self.steps.next_version(row.scheme, self.board)

    def fill_usual(self) -> None:
        """Give the branches of the category the baselines and targets that they lack, as they usually are."""
        if self.board is not None and self.row is not None and self.editor.shown is not None:
            draft = self.editor.editing.draft
            usual_line_steps.for_scheme(self.desk, self, self.board.year, self.row.category.name, draft)

    def open_more_menu(self) -> None:
        """What is done less often."""
        menu = QMenu(self)
        is_open = self.editor.is_open
        menu.addAction(_("方案设置…"), self.editor.change_settings).setEnabled(is_open)
        menu.addAction(_(usual_line_steps.ACTION), self.fill_usual)
        menu.addAction(_("放弃未保存的改动"), self.editor.give_up).setEnabled(self.editor.is_dirty)
        menu.addSeparator()
        menu.addAction(_("删除草稿…"), self.discard).setEnabled(is_open)
        menu.popup(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))

    def print(self) -> None:
        """The version in front as it is saved, on paper or as a workbook."""
        row, version = self.row, self.editor.shown
        if row is None or row.scheme is None or version is None:
            return
        if self.editor.is_dirty:
            self.desk.say(_("有改动还没有保存，先保存再打印。"))
            return
        self.steps.print(row.scheme, version)

    def save(self) -> None:
        """Write the draft down."""
        version, editing = self.editor.shown, self.editor.editing
        if version is not None and self.editor.is_dirty:
            self.steps.save(version.id, editing.draft, lambda draft: self._saved(version.id, draft))

    def activate(self) -> None:
        """Put the draft to use."""
        row, version = self.row, self.editor.shown
        if row is None or row.scheme is None or version is None or self.editor.is_dirty or self.editor.stopping:
            return
        looking = [one for one in self.editor.problems if not one.stops]
        self.steps.activate(row.scheme, version, looking, lambda: self.editor.editing.forget(version.id))

    def discard(self) -> None:
        """Delete the draft."""
        row, version = self.row, self.editor.shown
        if row is not None and row.scheme is not None and version is not None and self.editor.is_open:
            self.steps.discard(row.scheme, version, lambda: self.editor.editing.forget(version.id))

    def do_next(self) -> None:
        """The one thing to do next."""
        if self._todo is not None:
            self._todo()

    # Inside

    def _choose(self, category_id: int) -> None:
        self._wanted = (category_id, None)
        self._show_row()

    def _choose_version(self, version_id: int) -> None:
        self._wanted = (self._wanted[0], version_id)
        self._show_row()

    def _bring(self, version_id: int) -> None:
        """A step of another scheme was taken back: that scheme comes to the front."""
        rows = () if self.board is None else self.board.rows
        found = next((one for one in rows if one.draft is not None and one.draft.id == version_id), None)
        if found is not None:
            self.strip.choose(found.category.id)
            self._choose_version(version_id)

    def _show_row(self) -> None:
        """Everything below the categories."""
        board, row, version = self.board, self.row, self.shown_version
        if board is None or row is None:
            return
        self._wanted = (row.category.id, self._wanted[1])
        if version is None:
            self.editor.show_nothing()
            self._show_missing(board, row)
            self._follow()
            return
        self.below.setCurrentWidget(self.editor)
        self.editor.show_version(board, row, version)

    def _show_missing(self, board: SchemeBoard, row: CategoryScheme) -> None:
        said = _("“{name}”{year}年还没有考核方案。").format(name=row.category.name, year=board.year)
        if board.is_open:
            advice = _("可以从预设新建，再按本镇实际修改；也可以从上年复制。")
            self.nothing.set(said, advice, _("从预设新建…"), self.from_preset)
        else:
            self.nothing.set(said)
        self.below.setCurrentWidget(self.nothing)

    def _saved(self, version_id: int, draft: SchemeDraft) -> None:
        self.editor.editing.saved(version_id, draft)
        self._follow()

    def _follow(self) -> None:
        """Sentence, cards and buttons follow what is typed."""
        board, row = self.board, self.row
        if board is None or row is None:
            return
        self._live.pop(row.category.id, None)
        if self.editor.is_open and self.editor.is_dirty:
            self._live[row.category.id] = self.editor.stopping
        self.set_answer(words.answer(board, self._live))
        self.strip.follow(self._live)
        self.badge_changed.emit(len(self.editor.editing.unsaved))
        self.new_button.setVisible(board.is_open and any(one.scheme is None for one in board.rows))
        can_go_on = row.in_use is not None and row.draft is None and bool(board.open_quarters)
        self.next_version_button.setVisible(board.is_open and can_go_on)
        self.more_button.setVisible(board.is_open and self.editor.shown is not None)
        self.print_button.setVisible(self.editor.shown is not None)
        self._offer_next()

    def _offer_next(self) -> None:
        stops, dirty = self.editor.stopping, self.editor.is_dirty
        self.next_button.setVisible(self.editor.is_open)
        self._todo = self.save if dirty else self.activate
        self.next_button.setText(_("保存") if dirty else _("启用"))
        icons.dress(self.next_button, "save" if dirty else "check", "on_accent")
        self.next_button.setEnabled(dirty or not stops)
        self.next_button.setToolTip("Ctrl+S" if dirty else _("还有 {n} 处要改").format(n=stops) if stops else "")

    @property
    def _may_edit(self) -> bool:
        return self.desk.actor is not None and self.desk.actor.may(Action.EDIT_SCHEMES)

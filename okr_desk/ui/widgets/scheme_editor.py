"""One version of a scheme: the tree with its tools, the shape below it, and what is left to change beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from okr_desk.i18n import _
from okr_desk.queries import schemes as standing
from okr_desk.queries.scheme_board import CategoryScheme, SchemeBoard
from okr_desk.queries.schemes import VersionView
from okr_desk.rules import schemes as rules
from okr_desk.rules.grades import grading_from
from okr_desk.rules.schemes import Problem
from okr_desk.terms import SchemeState
from okr_desk.ui import icons, theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.add_indicators import AddIndicatorsDialog
from okr_desk.ui.dialogs.grades import GradesDialog
from okr_desk.ui.dialogs.red_lines import RedLinesDialog
from okr_desk.ui.dialogs.rule import RuleDialog
from okr_desk.ui.dialogs.scheme import SchemeFieldsDialog
from okr_desk.ui.models import scheme_words as words
from okr_desk.ui.models.scheme_editing import Editing
from okr_desk.ui.models.scheme_tree import Spot
from okr_desk.ui.widgets.picker import Choice, Picker
from okr_desk.ui.widgets.scheme_panel import SchemePanel
from okr_desk.ui.widgets.scheme_shape import SchemeShape
from okr_desk.ui.widgets.scheme_tree import SchemeView

ALL_QUARTERS = (1, 2, 3, 4)
QWIDGETSIZE_MAX = 16_777_215
"""Qt's own word for no limit of a width, which the binding does not export."""


class SchemeEditor(QSplitter):
    """`followed` tells that draft or problems are others now, `version_chosen` a version picked, `wanted` the version
    to which a step that was taken back belongs, with the spot."""

    followed = Signal()
    version_chosen = Signal(int)
    wanted = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._desk = desk
        self.board: SchemeBoard | None = None
        self.row: CategoryScheme | None = None
        self.shown: VersionView | None = None
        self.problems: tuple[Problem, ...] = ()
        self._asked = 0
        self.editing = Editing(desk, self)
        self.version = Picker(_("版本"), self, searchable=False)
        self.tree = SchemeView(self)
        self.panel = SchemePanel(desk, self)
        self.shape = SchemeShape(self)
        self.add_button = self._tool(_("添加指标"), "add", self.add_indicators, "Ins")
        self.add_block_button = self._tool(_("添加一块"), "block_add", self.add_block)
        self.remove_button = self._tool(_("删除"), "delete", self.remove, "Del")
        self.grades_button = self._tool(_("等次…"), "flag", self.change_grades)
        self.lines_button = self._tool(_("红线…"), "warning", self.change_red_lines)

        self._assemble()
        self.version.chosen.connect(lambda version_id: self.version_chosen.emit(version_id))
        self.tree.marked.connect(self._show_spot)
        self.tree.rule_asked.connect(self.change_rule)
        self.tree.stepped.connect(self.editing.step)
        self.tree.removed.connect(self.editing.remove)
        self.tree.add_asked.connect(self.add_indicators)
        self.tree.tree.typed.connect(self.editing.type)
        self.tree.tree.dropped.connect(self.editing.drop)
        self.panel.gone_to.connect(self.go_to)
        self.panel.block_typed.connect(self.editing.put_block)
        self.panel.line_typed.connect(self.editing.put_line)
        self.panel.rule_asked.connect(self.change_rule)
        self.editing.changed.connect(self._draft_changed)

    # What is shown

    def show_version(self, board: SchemeBoard, row: CategoryScheme, version: VersionView) -> None:
        """Bring a version to the front, with what is typed over it and not saved."""
        assert row.scheme is not None
        moved = self.shown is None or self.shown.id != version.id
        spot = None if moved else self.tree.spot
        self.board, self.row, self.shown = board, row, version
        is_draft = version.state is SchemeState.DRAFT
        self.editing.take(version.id if is_draft else None, standing.draft_of(row.scheme.name, version))
        self.problems = row.problems if is_draft else ()
        name = row.scheme.name
        newest_first = sorted(row.scheme.versions, key=lambda one: -one.version)
        self.version.offer([Choice(one.id, words.version_name(name, one)) for one in newest_first], version.id)
        self._show_draft(spot)

    def show_nothing(self) -> None:
        """No version is in front."""
        self.row = self.shown = None
        self.problems = ()

    @property
    def is_open(self) -> bool:
        """Whether the version in front may be worked on."""
        is_draft = self.shown is not None and self.shown.state is SchemeState.DRAFT
        return is_draft and self.board is not None and self.board.is_open

    @property
    def is_dirty(self) -> bool:
        """Whether something of the version in front is not saved."""
        return self.shown is not None and self.editing.is_dirty

    @property
    def stopping(self) -> int:
        """How many problems keep the draft from use, as it is typed now."""
        return sum(one.stops for one in self.problems)

    def go_to(self, problem: Problem) -> None:
        """Put the cursor where a problem is."""
        self.tree.go_to((problem.block or 0, problem.line))
        self.tree.setFocus()

    # What a person does

    def add_indicators(self) -> None:
        """Indicators from the library into the block under the cursor."""
        row, board, spot = self.row, self.board, self.tree.spot
        if not self.is_open or row is None or board is None:
            return
        if not self.editing.draft.blocks:
            self._desk.say(_("请先添加一块，再往里加指标。"))
            return
        block = 0 if spot is None else spot[0]
        chosen = AddIndicatorsDialog.ask(self, self.editing.draft, block, board.library, row.category.name)
        if chosen is not None:
            self.editing.add_lines(*chosen)

    def add_block(self) -> None:
        """An empty block behind the one under the cursor."""
        if self.is_open:
            self.editing.add_block(self.tree.spot)
            self.panel.block_fields.name.setFocus()
            self.panel.block_fields.name.selectAll()

    def remove(self) -> None:
        """Take away what is under the cursor."""
        spot = self.tree.spot
        if self.is_open and spot is not None:
            self.editing.remove(spot)

    def change_rule(self, spot: Spot) -> None:
        """The rule of a line, in its dialog."""
        row, board = self.row, self.board
        if not self.is_open or row is None or board is None or spot[1] is None:
            return
        line = self.editing.draft.blocks[spot[0]].lines[spot[1]]
        made = RuleDialog.ask(self, self._desk, line, row.known, board.library)
        if made is not None:
            name = words.indicator(line, row.known)
            self.editing.put_line(spot, made, _("改{name}的规则").format(name=name))

    def change_grades(self) -> None:
        """Bands, gates and quotas; of a version in use they are only shown."""
        made = GradesDialog.ask(self, self.editing.draft.grades, self.is_open)
        if made is not None:
            self.editing.change(replace(self.editing.draft, grades=made), _("改等次"), self.tree.spot)

    def change_red_lines(self) -> None:
        """Which lists of red lines count, and the red lines; of a version in use the lists are only shown."""
        draft = self.editing.draft
        grades = grading_from(draft.grades).scheme.names
        lists = RedLinesDialog.ask(self, self._desk, draft.red_lists, grades, self.is_open)
        if lists is not None and lists != draft.red_lists:
            self.editing.change(replace(self.editing.draft, red_lists=lists), _("改适用的红线清单"), self.tree.spot)

    def change_settings(self) -> None:
        """Name, quarter and bonus of the draft."""
        if self.shown is None or self.board is None or not self.is_open:
            return
        quarters: Sequence[int] = ALL_QUARTERS if self.shown.version == 1 else self.board.open_quarters
        made = SchemeFieldsDialog.ask(self, self.editing.draft, quarters)
        if made is not None:
            self.editing.change(made, _("改方案设置"), self.tree.spot)

    def give_up(self) -> None:
        """Back to what is saved, as a step that can itself be taken back."""
        self.editing.change(self.editing.stored, _("放弃未保存的改动"), self.tree.spot)

    # Inside

    def _assemble(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(theme.gap(0.2))
        tools.addWidget(self.version)
        tools.addStretch(1)
        self.tools = (self.add_button, self.add_block_button, self.remove_button)
        self.always = (self.grades_button, self.lines_button)
        for button in (*self.tools, *self.always):
            tools.addWidget(button)
        self.left = left = QWidget(self)
        left.installEventFilter(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(0.3))
        column.addLayout(tools)
        column.addWidget(self.tree, 1)
        column.addWidget(self.shape)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(theme.gap(0.6))
        self.addWidget(left)
        self.addWidget(self.panel)
        self.setStretchFactor(0, 3)
        self.setStretchFactor(1, 1)
        self.setSizes([2500, 1000])

    def _tool(self, text: str, icon: str, slot: Callable[[], object], key: str = "") -> QPushButton:
        button = QPushButton(text, self)
        button.setProperty("flat", True)
        icons.dress(button, icon, "text_quiet")
        button.setAccessibleName(text)
        button.setToolTip(_("{text}（{key}）").format(text=text, key=key) if key else text)
        button.clicked.connect(lambda: slot())
        return button

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.left and event.type() == QEvent.Type.Resize:
            self._fit_tools()
        return super().eventFilter(watched, event)

    def _fit_tools(self) -> None:
        """On a narrow page the tools show their pictures only."""
        buttons = [one for one in (*self.tools, *self.always) if not one.isHidden()]
        for button in buttons:
            button.setText(button.accessibleName())
            button.setMaximumWidth(QWIDGETSIZE_MAX)
        needed = self.version.sizeHint().width() + sum(one.sizeHint().width() + theme.gap(0.2) for one in buttons)
        if needed > self.left.width():
            for button in buttons:
                button.setText("")
                button.setMaximumWidth(theme.gap(1.7))

    def _show_draft(self, spot: Spot | None) -> None:
        """The draft as it is typed now; the cursor goes to a spot, the problems are looked for anew."""
        row, draft = self.row, self.editing.draft
        if row is None:
            return
        self.tree.tree.show(draft, row.known, self.is_open)
        self.tree.tree.mark(self.problems)
        self.tree.fit()
        self.tree.go_to(spot if self.tree.tree.place(spot).isValid() else (0, None))
        self.shape.show_shape(rules.aims(draft, row.known))
        for button in self.tools:
            button.setVisible(self.is_open)
        self._fit_tools()
        self._show_spot(self.tree.spot)
        self._show_problems()
        if self.is_open and (self.is_dirty or draft != self.editing.stored):
            self._check()

    def _draft_changed(self, version_id: int, spot: Spot | None) -> None:
        """A step was done or taken back; the page brings the scheme that it belongs to."""
        if self.shown is None or self.shown.id != version_id:
            self.wanted.emit(version_id)
        if self.shown is not None and self.shown.id == version_id:
            self._show_draft(spot)
            if not self.is_dirty:
                self._check()

    def _check(self) -> None:
        """Ask in the pool what keeps the draft from use; an answer to an older draft is passed over."""
        row = self.row
        if row is not None:
            self._asked += 1
            asked = self._asked
            self._desk.tasks.run(
                rules.problems,
                self.editing.draft,
                row.category.name,
                row.known,
                done=lambda found: self._take(asked, found),
                owner=self,
            )

    def _take(self, asked: int, found: tuple[Problem, ...]) -> None:
        if asked == self._asked and self.is_open:
            self.problems = found
            self.tree.tree.mark(found)
            self._show_problems()

    def _show_problems(self) -> None:
        self.panel.show_problems(self.problems, self.is_open, self._why_closed())
        self.followed.emit()

    def _why_closed(self) -> str:
        """Why the version in front cannot be changed; empty where it can, and where the band says so."""
        if self.shown is None or self.shown.state is SchemeState.DRAFT:
            return ""
        return _("这一版已启用，不能再改。需要调整的，另起一版，从某个季度起用。")

    def _show_spot(self, spot: Spot | None) -> None:
        if self.row is not None and self.board is not None:
            library = self.board.library
            self.panel.show_spot(spot, self.editing.draft, self.row.known, library, self.is_open)
            self.remove_button.setEnabled(spot is not None)

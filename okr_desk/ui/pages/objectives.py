"""目标: what we want to achieve, and how far we are."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeGuard

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QMenu, QSplitter, QTreeView, QVBoxLayout, QWidget

from okr_desk.i18n import N_, _
from okr_desk.queries import alignment, conversation
from okr_desk.queries.alignment import Alignment, Serving, Shown
from okr_desk.queries.objectives import Board, KeyResultView, ObjectiveView, OrgView
from okr_desk.rules.objectives import EDITABLE
from okr_desk.rules.permissions import Action
from okr_desk.scoring.pace import Thresholds
from okr_desk.services.outcome import Topic
from okr_desk.terms import ApprovalState, OrgKind, QuarterState
from okr_desk.ui import icons, theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.models import objective_lines
from okr_desk.ui.models.objective_tree import AMOUNTS, BAR, CONFIDENCE, STATUS, TITLE, UPDATED, Line, ObjectiveTree
from okr_desk.ui.models.rows import ROW
from okr_desk.ui.pages.base import Page
from okr_desk.ui.pages.objective_steps import Steps
from okr_desk.ui.widgets.delegates import CellLook
from okr_desk.ui.widgets.key_result_panel import KeyResultPanel
from okr_desk.ui.widgets.search import SearchBox

TITLE_LEAST = 13
"""Characters that a title keeps before other columns give way."""


class ObjectivesPage(Page):
    """Left the tree, right the key result under the cursor. A township sees who serves its objectives."""

    title = N_("目标")
    topics = frozenset({Topic.OBJECTIVES, Topic.CHECKINS, Topic.INDICATORS, Topic.CYCLES, Topic.ORGS, Topic.IMPORTS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.board: Board | None = None
        self.alignment: Alignment | None = None
        self.limits = Thresholds()
        self.steps = Steps(desk, self)
        self._chosen: tuple[str, int] | None = None
        self._todo: Callable[[], object] | None = None
        self.search = SearchBox(self)
        self.model = ObjectiveTree(self)
        self.tree = QTreeView(self)
        self.panel = KeyResultPanel(desk, self)
        self.add_button = self.add_quiet(_("新增"), "add", self.open_add_menu)
        self.edit_button = self.add_quiet(_("修改"), "edit", self.edit)
        self.back_button = self.add_quiet(_("退回"), "undo", self.send_back)
        self.more_button = self.add_quiet(_("更多"), "more", self.open_more_menu)
        self.next_button = self.set_accent(_("填报进度"), "clipboard", self.do_next)

        self._assemble()
        self.search.textChanged.connect(self._show_lines)
        self.tree.selectionModel().currentRowChanged.connect(lambda now, _old: self._show_line(now.data(ROW)))
        self.tree.activated.connect(self._activate)
        self.panel.path_followed.connect(self._go_up)

    # The page's question

    def query(self) -> Callable[..., Any] | None:
        org, quarter = self.org, self.desk.selection.quarter
        if org is None or quarter is None:
            return None
        return lambda session: alignment.shown(session, org, quarter.year, quarter.number)

    def show_answer(self, shown: Shown) -> None:
        snapshot, self.limits = shown.answer, shown.limits
        self.board = snapshot if isinstance(snapshot, Board) else snapshot.own
        self.alignment = None if isinstance(snapshot, Board) else snapshot
        if isinstance(snapshot, Board):
            self.set_answer(objective_lines.board_sentence(snapshot))
        else:
            self.set_answer(objective_lines.alignment_sentence(snapshot))
        self.set_band("  ".join(self.board.notices), "info")
        self._follow_rights()
        if not self.board.objectives and (self.alignment is None or not self.alignment.branches):
            self._show_nothing()
            return
        self._show_lines()

    def arrive(self, **arguments: Any) -> None:
        org_id, key_result_id = arguments.get("org_id"), arguments.get("key_result_id")
        if key_result_id is not None:
            self._chosen = ("key_result", int(key_result_id))
        if org_id is not None:
            self.desk.selection.choose_org(int(org_id))

    @property
    def org(self) -> OrgView | None:
        """Whose objectives are shown: the one chosen, the township, or a secretary's own branch."""
        selection = self.desk.selection
        if selection.org is not None:
            return selection.org
        top = next((org for org in selection.orgs if org.kind == OrgKind.TOWNSHIP), None)
        return top or next(iter(selection.orgs), None)

    # What a person does

    def open_add_menu(self) -> None:
        """Objective or key result, at the button."""
        menu = QMenu(self)
        menu.addAction(_("新增目标"), self.add_objective)
        below = menu.addAction(_("新增关键结果\tIns"), self.add_key_result)
        below.setEnabled(self._objective_of_line() is not None)
        menu.popup(self.add_button.mapToGlobal(self.add_button.rect().bottomLeft()))

    def add_objective(self) -> None:
        """A new objective; once the plan is in force only with a reason."""
        if self.board is not None and self.add_button.isEnabled():
            in_force = any(one.state is ApprovalState.APPROVED for one in self.board.objectives) and self._is_office
            self.steps.add_objective(self.board, in_force)

    def add_key_result(self) -> None:
        """A new key result under the objective of the line."""
        objective = self._objective_of_line()
        if objective is not None and self.board is not None and self._is_allowed(objective.state):
            self.steps.add_key_result(self.board.org, objective)

    def edit(self) -> None:
        """Change what is under the cursor."""
        chosen = self._own_choice()
        if chosen is None or self.board is None or not self._is_allowed(chosen.state):
            return
        if isinstance(chosen, KeyResultView):
            self.steps.edit_key_result(self.board.org, chosen)
        else:
            self.steps.edit_objective(self.board, chosen)

    def remove(self) -> None:
        """Delete a draft; what was approved can only be stopped."""
        chosen = self._own_choice()
        if chosen is None or not self._is_allowed(chosen.state):
            return
        if chosen.state in EDITABLE:
            self.steps.remove(chosen)
        elif chosen.state is ApprovalState.APPROVED:
            self.steps.stop(chosen)

    def send_back(self) -> None:
        """Return what was submitted."""
        self.steps.send_back(self._submitted())

    def do_next(self) -> None:
        """The one thing to do next."""
        if self._todo is not None:
            self._todo()

    def open_more_menu(self) -> None:
        """What is done less often."""
        menu = QMenu(self)
        chosen = self._own_choice()
        may = chosen is not None and self._may_change(chosen.state)
        if isinstance(chosen, KeyResultView) and self.board is not None:
            move = menu.addAction(_("移到其他目标…"), partial(self.steps.move, self.board, chosen))
            move.setEnabled(may)
        is_draft = chosen is not None and chosen.state in EDITABLE
        take = menu.addAction(_("删除\tDel") if is_draft else _("中止…\tDel"), self.remove)
        take.setEnabled(may)
        menu.addSeparator()
        if self.board is not None and self._may(Action.EDIT_OBJECTIVES):
            copy = menu.addAction(_("从上年复制"), partial(self.steps.copy_last_year, self.board))
            copy.setEnabled(not self.board.objectives)
        menu.addAction(_("全部展开"), self.tree.expandAll)
        menu.addAction(_("全部收起"), self.tree.collapseAll)
        menu.popup(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.tree and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            keys = {Qt.Key.Key_F2: self.edit, Qt.Key.Key_Insert: self.add_key_result, Qt.Key.Key_Delete: self.remove}
            slot = keys.get(Qt.Key(event.key()))
            if slot is not None and not event.modifiers():
                slot()
                return True
        if watched is self.tree and event.type() == QEvent.Type.Resize and self.board is not None:
            self._fit_columns()
        return super().eventFilter(watched, event)

    # Inside

    def _assemble(self) -> None:
        tree = self.tree
        tree.setModel(self.model)
        tree.setItemDelegate(CellLook(tree))
        tree.setAccessibleName(_("目标和关键结果"))
        tree.setUniformRowHeights(True)
        tree.setRootIsDecorated(True)
        tree.setIndentation(theme.gap(0.9))
        tree.setAllColumnsShowFocus(True)
        tree.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        tree.setExpandsOnDoubleClick(False)
        tree.header().setStretchLastSection(False)
        tree.header().setSectionsMovable(False)
        tree.installEventFilter(self)
        self.edit_button.setToolTip("F2")
        left = QWidget(self)
        card = QVBoxLayout(left)
        card.setContentsMargins(0, 0, 0, 0)
        card.setSpacing(theme.gap(0.35))
        tools = QHBoxLayout()
        tools.addWidget(self.search, 2)
        tools.addStretch(3)
        card.addLayout(tools)
        card.addWidget(tree, 1)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(theme.gap(0.6))
        split.addWidget(left)
        split.addWidget(self.panel)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 1)
        split.setSizes([2000, 1050])
        self.content.addWidget(split, 1)

    def _show_lines(self) -> None:
        if self.board is None:
            return
        fits = self.search.fits
        shown = self.alignment
        if shown is None:
            self.model.show(objective_lines.of_board(self.board, self.limits, fits))
        else:
            self.model.show(objective_lines.of_alignment(shown, self.limits, fits))
        self.tree.expandAll()
        self._fit_columns()
        found = self.model.find(self._chosen)
        if not found.isValid():
            found = self._first()
        if found.isValid():
            self.tree.setCurrentIndex(found)
            self._show_line(found.data(ROW))

    def _first(self) -> QModelIndex:
        """The first line that says something beside the tree: what lags comes first to the eye, not to the cursor."""
        top = self.model.index(0, 0)
        is_head = self.alignment is None or (top.isValid() and top.data(ROW).source is None)
        return self.model.index(0, 0, top) if is_head and self.model.rowCount(top) else top

    def _fit_columns(self) -> None:
        """The title keeps its room: on a narrow page the columns that matter least give way."""
        header, left = self.tree.header(), self.tree.viewport().width()
        shown = [BAR, STATUS] if self.alignment is not None else [BAR, AMOUNTS, CONFIDENCE, STATUS, UPDATED]
        wide = {}
        for column in shown:
            self.tree.setColumnHidden(column, False)
            needed = max(self.tree.sizeHintForColumn(column), header.sectionSizeHint(column)) + theme.gap(0.4)
            wide[column] = min(needed, theme.span(self, 14 if column == BAR else 12))
        for column in (UPDATED, CONFIDENCE, AMOUNTS):
            if column in wide and left - sum(wide.values()) < theme.span(self, TITLE_LEAST):
                del wide[column]
        for column in (BAR, AMOUNTS, CONFIDENCE, STATUS, UPDATED):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self.tree.setColumnHidden(column, column not in wide)
            if column in wide:
                header.resizeSection(column, wide[column])
        header.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)

    def _show_line(self, line: Line | None) -> None:
        if line is None or self.board is None:
            return
        self._chosen = line.key
        self._follow_choice()
        source, year = line.source, self.board.quarter.year
        if isinstance(source, KeyResultView) and line.parent is not None:
            objective = line.parent.source
            self.panel.show_key_result(source, objective, objective_lines.path_of(objective), year)
            self._read_conversation(source.id, line.key)
        elif isinstance(source, Serving):
            self.panel.show_objective(source.objective, source.org.short_name, source.objective.rollup)
        elif isinstance(source, ObjectiveView):
            served = next((one for one in self._served() if one.objective.id == source.id), None)
            own = served is None or (bool(source.key_results) and served.is_own)
            rollup = source.rollup if own or served is None else served.mean
            below = [(one.org.short_name, one.objective.rollup.progress) for one in served.below] if served else []
            self.panel.show_objective(source, objective_lines.path_of(source), rollup, below)

    def _read_conversation(self, key_result_id: int, key: tuple[str, int]) -> None:
        self.desk.tasks.read(
            conversation.of_key_result,
            key_result_id,
            done=lambda remarks: self.panel.show_conversation(remarks) if key == self._chosen else None,
            owner=self,
        )

    def _activate(self, index: QModelIndex) -> None:
        line = index.data(ROW)
        if isinstance(line.source, Serving):
            self._chosen = ("objective", line.source.objective.id)
            self.desk.selection.choose_org(line.source.org.id)
        elif line.children and index.column() == TITLE:
            self.tree.setExpanded(index, not self.tree.isExpanded(index))

    def _go_up(self) -> None:
        """Along the path: to the township's objectives."""
        top = next((org for org in self.desk.selection.orgs if org.kind == OrgKind.TOWNSHIP), None)
        source = self._line_source()
        if isinstance(source, Serving):
            self.desk.selection.choose_org(source.org.id)
        elif top is not None:
            self.desk.selection.choose_org(None)

    def _follow_rights(self) -> None:
        may = self._may(Action.EDIT_OBJECTIVES)
        for button in (self.add_button, self.edit_button):
            button.setVisible(may)
        submitted = self._submitted()
        self.back_button.setVisible(bool(submitted) and self._is_office)
        words, icon, self._todo = self._next_step()
        self.next_button.setVisible(self._todo is not None)
        self.next_button.setText(words)
        icons.dress(self.next_button, icon, "on_accent")

    def _next_step(self) -> tuple[str, str, Callable[[], object] | None]:
        assert self.board is not None
        submitted = self._submitted()
        if submitted and self._is_office:
            return _("批准（{n}）").format(n=len(submitted)), "check", partial(self.steps.approve, submitted)
        drafts = [one for one in self.board.objectives if one.state in EDITABLE and one.key_results]
        if drafts and self._may(Action.SUBMIT_OBJECTIVES):
            return _("提交审核（{n}）").format(n=len(drafts)), "check", partial(self.steps.submit, drafts)
        is_open = self.board.quarter.state is QuarterState.OPEN
        counts = any(kr.applies for kr in self.board.key_results)
        if self.alignment is None and is_open and counts and self._may(Action.RECORD_CHECKIN):
            org_id = self.board.org.id
            return _("填报进度"), "clipboard", lambda: self.desk.go("checkins", org_id=org_id)
        return "", "check", None

    def _follow_choice(self) -> None:
        chosen = self._own_choice()
        self.edit_button.setEnabled(chosen is not None and self._may_change(chosen.state))

    def _show_nothing(self) -> None:
        assert self.board is not None
        sentence = _("{org}{year}年还没有目标。").format(org=self.board.org.short_name, year=self.board.quarter.year)
        if self._may(Action.EDIT_OBJECTIVES):
            advice = _("可以新增，也可以从“更多”里复制上年的目标，或从“导入”读取汇总表。")
            self.show_empty(sentence, advice, _("新增目标"), self.add_objective)
        else:
            self.show_empty(sentence, _("目标由支部书记或镇党建办拟定。"))

    def _served(self) -> tuple[Any, ...]:
        return self.alignment.objectives if self.alignment is not None else ()

    def _submitted(self) -> list[ObjectiveView]:
        if self.board is None:
            return []
        own = [one for one in self.board.objectives if one.state is ApprovalState.SUBMITTED]
        below = [] if self.alignment is None else [one.objective for one in self.alignment.submitted]
        return own + below

    def _line_source(self) -> Any:
        line = self.tree.currentIndex().data(ROW)
        return None if line is None else line.source

    def _own_choice(self) -> ObjectiveView | KeyResultView | None:
        """What is under the cursor, if it belongs to the organisation shown."""
        source = self._line_source()
        return source if isinstance(source, KeyResultView) or self._is_own(source) else None

    def _is_own(self, source: Any) -> TypeGuard[ObjectiveView]:
        own = self.board.objectives if self.board is not None else ()
        return isinstance(source, ObjectiveView) and any(one.id == source.id for one in own)

    def _objective_of_line(self) -> ObjectiveView | None:
        line = self.tree.currentIndex().data(ROW)
        if line is None:
            return None
        above = line if line.parent is None else line.parent
        return above.source if self._is_own(above.source) else None

    def _may(self, action: Action) -> bool:
        actor = self.desk.actor
        return actor is not None and self.board is not None and actor.may(action, self.board.org.line)

    @property
    def _is_office(self) -> bool:
        return self._may(Action.APPROVE_OBJECTIVES)

    def _may_change(self, state: ApprovalState) -> bool:
        if state in EDITABLE:
            return self._may(Action.EDIT_OBJECTIVES)
        return state is ApprovalState.APPROVED and self._is_office

    def _is_allowed(self, state: ApprovalState) -> bool:
        """As `_may_change`, and says why not."""
        if self._may_change(state):
            return True
        if state is ApprovalState.APPROVED and self._may(Action.EDIT_OBJECTIVES):
            self.desk.say(_("已经批准，变动由镇党建办办理调整并写明理由。"))
        elif state is ApprovalState.SUBMITTED and self._may(Action.EDIT_OBJECTIVES):
            self.desk.say(_("已提交审核，需要修改的请镇党建办先退回。"))
        elif state is ApprovalState.STOPPED:
            self.desk.say(_("已经中止，不能再变动。"))
        return False

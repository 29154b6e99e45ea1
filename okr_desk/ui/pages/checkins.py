"""填报: one branch, one quarter, one table, one save."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QUndoStack
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QMessageBox, QSizePolicy

from okr_desk.errors import FileRefused, InputRefused, Refusal
from okr_desk.i18n import N_, _
from okr_desk.queries import checkins as fill
from okr_desk.queries.checkins import FillSheet
from okr_desk.queries.wording import day_text, deadline
from okr_desk.rules import entries
from okr_desk.rules.checkins import EVIDENCE_KINDS, check_evidence_kind
from okr_desk.rules.entries import Typed
from okr_desk.scoring.explained import Explained
from okr_desk.services.outcome import Topic
from okr_desk.terms import QuarterState
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.evidence import EvidenceFiles
from okr_desk.ui.models.check_in_drafts import Drafts, Entry, SheetDraft
from okr_desk.ui.models.checkin_grid import Column
from okr_desk.ui.pages.base import Page
from okr_desk.ui.pages.checkin_saving import Saving
from okr_desk.ui.widgets.checkin_grid import CheckInTable
from okr_desk.ui.widgets.checkin_steps import Typing
from okr_desk.ui.widgets.entered_for import EnteredFor
from okr_desk.ui.widgets.explain_panel import ExplainPanel
from okr_desk.ui.widgets.narrative import NarrativeFields
from okr_desk.ui.widgets.picker import Choice
from okr_desk.ui.widgets.take_out import TakeOut
from okr_desk.ui.widgets.tally_line import TallyLine

ROOM = ((38, 3), (30, 2), (0, 1))
"""Height of the page in lines of text, and how many lines of the narrative it can spare beside the table."""


class CheckInsPage(Page):
    """Type, Enter, type, Enter, save once. What is not saved stays, also when one leaves the page."""

    title = N_("填报")
    topics = frozenset({Topic.CHECKINS, Topic.OBJECTIVES, Topic.INDICATORS, Topic.CYCLES, Topic.ORGS, Topic.IMPORTS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.sheet: FillSheet | None = None
        self.steps = QUndoStack(self)
        self.drafts = Drafts.beside(desk)
        self._wanted: int | None = None
        self._later: FillSheet | None = None
        self.entered_for = EnteredFor(self)
        self.table = CheckInTable(self)
        self.narrative = NarrativeFields(self)
        self.hint = QLabel(self)
        self.hint.setObjectName("quiet")
        self.hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.tally = TallyLine(self.hint, self)
        cells = partial(self.table.block, numeric=True)
        self.out = TakeOut(desk, _("填报表"), self.table.block, cells, self)
        self.explain = ExplainPanel(self)
        self.explain.hide()
        self.saving = Saving(self)

        above = QHBoxLayout()
        above.addWidget(self.entered_for, 1)
        above.addStretch(0)
        above.addWidget(self.out)
        self.content.addLayout(above)
        self.content.addWidget(self.table, 1)
        self.content.addWidget(self.tally)
        self.content.addWidget(self.narrative)
        self.next_button = self.add_quiet(_("下一个未报支部"), "chevron_right", self.go_to_next)
        self.set_accent(_("保存"), "save", self.save, QKeySequence(QKeySequence.StandardKey.Save))

        self.table.grid.typed.connect(self.take)
        self.table.accepted.connect(self.accept)
        self.table.pasted.connect(self.paste)
        self.table.nodes_chosen.connect(self.choose_nodes)
        self.table.evidence_asked.connect(self.ask_evidence)
        self.table.evidence_dropped.connect(self.add_evidence)
        self.table.evidence_opened.connect(EvidenceFiles.beside(desk).open)
        self.table.evidence_removed.connect(self.remove_evidence)
        self.table.withdraw_asked.connect(self.ask_withdrawal_of_row)
        self.table.explain_asked.connect(self.show_why)
        self.table.copy_asked.connect(self.out.copy)
        self.table.cells.closeEditor.connect(lambda *_args: QTimer.singleShot(0, self, self._show_later))
        self.table.cell_changed.connect(self._show_hint)
        self.entered_for.branch_chosen.connect(desk.selection.choose_org)
        self.narrative.edited.connect(self._narrative_typed)
        self.tally.taken.connect(self.take)

    # The page's question

    def query(self) -> Callable[..., Any] | None:
        org_id, quarter = self._org_id(), self.desk.selection.quarter
        if org_id is None or quarter is None:
            return None
        return lambda session: fill.sheet(session, org_id, quarter)

    def refresh(self) -> None:
        if self.query() is not None:
            super().refresh()
            return
        self._stale = False
        self.show_empty(_("还没有可以填报的支部和季度。"), _("请先在“组织”和“年度与季度”中建立，或导入名册。"))

    def show_answer(self, snapshot: FillSheet) -> None:
        same = self.sheet is not None and self._key(self.sheet) == self._key(snapshot)
        if same and self.table.cells.editor is not None:
            self._later = snapshot
            return
        cell = (self.table.currentIndex().row(), self.table.currentIndex().column()) if same else (-1, -1)
        self.sheet = snapshot
        if not same or [row.view.id for row in snapshot.rows] != [row.view.id for row in self.table.grid.rows]:
            self.steps.clear()
        if not same:
            self.close_side()
        self.entered_for.offer(self._choices(), snapshot.org.id)
        self.entered_for.show_sheet(snapshot, self._is_office)
        self.entered_for.setVisible(self._is_open or self._is_office)
        self.table.grid.show(snapshot, self.draft, self._is_open)
        self.table.fit()
        self.narrative.show_texts(self.draft.narrative or snapshot.narrative)
        self.narrative.set_open(self._is_open)
        self.set_band(fill.who_may(snapshot, self._is_office))
        self._tell()
        if not snapshot.rows:
            self.show_empty(
                _("{org}还没有关键结果。").format(org=snapshot.org.short_name),
                _("目标经镇党建办批准后才能填报。"),
                _("去看目标"),
                lambda: self.desk.go("objectives", org_id=snapshot.org.id),
            )
            return
        self.table.go_to(*(cell if cell[0] >= 0 else (self._first_row(), Column.VALUE)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.height() / theme.line_height()
        self.narrative.set_lines(next(lines for least, lines in ROOM if room >= least))

    def arrive(self, **arguments: Any) -> None:
        org_id = arguments.get("org_id")
        if org_id is not None and org_id != self._org_id():
            self._wanted = org_id
            self.desk.selection.choose_org(org_id)
            self._turn_stale()

    def can_close(self) -> bool:
        """Whether the window may close: what is typed and not saved would be gone."""
        self.table.finish_editing()
        count = self.drafts.count
        if not count:
            return True
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(_("还没有保存"))
        box.setText(_("填报中还有 {n} 项没有保存，关闭后会丢失。").format(n=count))
        leave = box.addButton(_("不保存，关闭"), QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton(_("返回填报"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        box.exec()
        if box.clickedButton() is leave:
            return True
        self.desk.go("checkins")
        return False

    def undo_stack(self) -> QUndoStack:
        return self.steps

    # Typing

    def take(self, row: int, column: int, text: str) -> None:
        """A text was typed into a cell."""
        self._step([(row, column, text)], _("填写{code}"))

    def paste(self, cells: Sequence[tuple[int, int, str]]) -> None:
        """A column or a block copied from a workbook: one step to take back."""
        self._step(cells, _("粘贴"))

    def accept(self, row: int) -> None:
        """Yes to the proposal beside the cell."""
        entry = self.table.grid.entry(row)
        if entry.typed is not None:
            self._push({row: replace(entry, typed=entry.typed.accepted)}, self._named(_("确认{code}"), row))

    def choose_nodes(self, row: int, nodes: tuple[str, ...]) -> None:
        """Nodes ticked in the list."""
        names = [node.name for node in self.table.grid.rows[row].view.nodes]
        typed = Typed(entries.node_text(nodes, names), nodes=nodes)
        self._push({row: replace(self.table.grid.entry(row), typed=typed)}, self._named(_("勾选{code}节点"), row))

    def add_evidence(self, row: int, paths: Sequence[Path]) -> None:
        """Files to be kept with the statement when it is saved; a wrong kind is refused here, not at saving."""
        try:
            for path in paths:
                check_evidence_kind(path.name)
        except FileRefused as refusal:
            self.desk.refuse(refusal)
            return
        entry, it = self.table.grid.entry(row), self.table.grid.rows[row]
        limit = self.sheet.evidence_limit if self.sheet else 0
        found = tuple(dict.fromkeys((*entry.evidence, *paths)))
        if len(found) + len(it.evidence) > limit:
            self.desk.refuse(Refusal(_("每项关键结果每季最多 {n} 件佐证材料，请留最能说明问题的。").format(n=limit)))
            return
        self._push({row: replace(entry, evidence=found)}, self._named(_("添加{code}佐证"), row))

    def remove_evidence(self, row: int, path: Path) -> None:
        """Take a chosen file away again; what was saved before stays."""
        entry = self.table.grid.entry(row)
        left = tuple(kept for kept in entry.evidence if kept != path)
        self._push({row: replace(entry, evidence=left)}, self._named(_("移除{code}佐证"), row))

    def ask_evidence(self, row: int) -> None:
        """Choose files for a row."""
        endings = " ".join(f"*.{ending}" for ending in EVIDENCE_KINDS)
        kinds = _("佐证材料（{kinds}）").format(kinds=endings).replace("（", " (").replace("）", ")")
        names, _kind = QFileDialog.getOpenFileNames(self, _("选择佐证材料"), "", kinds)
        if names:
            self.add_evidence(row, [Path(name) for name in names])

    def show_why(self, row: int) -> None:
        """How progress and pace of a row come about, beside the table."""
        view = self.table.grid.rows[row].view
        made, pace = self.table.grid.judged(row)
        words = str(self.table.grid.index(row, Column.PROGRESS).data())
        self.explain.show_explained(view.code, Explained(made.clamped, (*made.steps, *pace.steps)), words)
        self.open_side(self.explain, f"{view.code} {view.title}")

    # Saving

    def save(self) -> None:
        """Send every typed row at once; the first that cannot be taken gets the cursor and its sentence."""
        self.saving.save()

    def go_to_next(self) -> None:
        """The next branch that still owes a report for the quarter."""
        quarter, here = self.desk.selection.quarter, self._org_id()
        if quarter is None:
            return
        branches = self._branches()
        place = next((n for n, org in enumerate(branches) if org.id == here), -1)
        ahead = [org.id for org in (*branches[place + 1 :], *branches[: max(place, 0)])]
        self.desk.tasks.read(fill.first_waiting, ahead, quarter, done=self._go_on, owner=self)

    def ask_withdrawal_of_row(self, row: int) -> None:
        """Offer to take the saved statement of one row back."""
        it = self.table.grid.rows[row]
        if it.checkin_id is not None:
            self.saving.offer_withdrawal([it.checkin_id], {}, it.view.code)

    # Inside: typing

    def _step(self, cells: Sequence[tuple[int, int, str]], text: str) -> None:
        changed: dict[int, Entry] = {}
        for row, column, typed in cells:
            before = changed.get(row, self.table.grid.entry(row))
            try:
                changed[row] = self._with(before, row, column, typed)
            except InputRefused as refusal:
                self.desk.refuse(refusal)
        changed = {row: entry for row, entry in changed.items() if entry != self.table.grid.entry(row)}
        if changed:
            self._push(changed, self._named(text, next(iter(changed))))

    def _with(self, entry: Entry, row: int, column: int, text: str) -> Entry:
        if column == Column.VALUE:
            return replace(entry, typed=self.table.grid.read(row, text))
        if column == Column.CONFIDENCE:
            return replace(entry, confidence=entries.read_confidence(text))
        stored = self.table.grid.rows[row].view.current if self.table.grid.rows[row].is_reported_here else None
        if column == Column.NOTE:
            said = stored.progress_note if stored else ""
            return replace(entry, note=None if text.strip() == said else text.strip())
        said = stored.difficulty if stored else ""
        return replace(entry, difficulty=None if text.strip() == said else text.strip())

    def _push(self, changed: dict[int, Entry], text: str) -> None:
        self.steps.push(Typing(self.put, self.table, changed, text))

    def put(self, entries_by_row: dict[int, Entry]) -> None:
        """Put unsaved entries in place: what an undo step does and takes back."""
        for row, entry in entries_by_row.items():
            self.table.grid.set_entry(row, entry)
        self._show_hint()
        self._tell()
        self.drafts.changed.emit()

    def _named(self, text: str, row: int) -> str:
        return text.format(code=self.table.grid.rows[row].view.code)

    def _narrative_typed(self) -> None:
        if self.sheet is not None:
            texts = self.narrative.texts()
            self.draft.narrative = None if texts == self.sheet.narrative else texts
            self._tell()

    # Inside: what is shown

    def _go_on(self, org_id: int | None) -> None:
        if org_id is None:
            self.desk.say(_("各支部本季都已报齐。"))
        else:
            self.arrive(org_id=org_id)

    def _show_later(self) -> None:
        """What arrived while a cell was open: a cell somebody types into is never taken away."""
        if self._later is not None and self.table.cells.editor is None:
            snapshot, self._later = self._later, None
            self.show_answer(snapshot)

    def _show_hint(self) -> None:
        row = self.table.currentIndex().row()
        words = self.table.grid.about(row) if row >= 0 else ""
        self.hint.setText(self.hint.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, self.hint.width()))
        self.hint.setToolTip(words)
        self.tally.follow(self.table.grid, row, self._is_open)

    @property
    def _is_office(self) -> bool:
        return bool(self.desk.actor and self.desk.actor.is_office)

    @property
    def _is_open(self) -> bool:
        return self.sheet is not None and self.sheet.is_open_to(self._is_office)

    @property
    def draft(self) -> SheetDraft:
        """What is not saved yet of the sheet shown."""
        assert self.sheet is not None
        account = self.desk.actor.account_id if self.desk.actor else 0
        return self.drafts.sheet(account, *self._key(self.sheet))

    def _key(self, sheet: FillSheet) -> tuple[int, int]:
        return sheet.org.id, sheet.quarter.id

    def _branches(self) -> tuple[Any, ...]:
        return tuple(org for org in self.desk.selection.orgs if org.kind == "branch")

    def _choices(self) -> tuple[Choice, ...]:
        return tuple(Choice(org.id, org.short_name, org.search_keys) for org in self._branches())

    def _org_id(self) -> int | None:
        chosen, branches = self.desk.selection.org, self.desk.selection.branches
        if chosen is not None and chosen.kind == "branch":
            return int(chosen.id)
        inside = [org.id for org in branches]
        if self._wanted in inside:
            return self._wanted
        return inside[0] if inside else (chosen.id if chosen is not None else None)

    def _first_row(self) -> int:
        rows = self.table.grid.rows
        waiting = [n for n, row in enumerate(rows) if row.is_fillable and row.is_owed and not row.view.is_reported]
        return waiting[0] if waiting else 0

    def _tell(self) -> None:
        """The sentence, the button and the count in the rail."""
        if self.sheet is None or self.accent_button is None:
            return
        owed = self.sheet.owed
        said = _("{org}：{owed} 项关键结果已报 {reported} 项").format(
            org=self.sheet.org.short_name, owed=len(owed), reported=sum(row.view.is_reported for row in owed)
        )
        count = self.draft.count + (self.draft.narrative is not None)
        waiting = _("，{n} 项还没有保存").format(n=count) if count else ""
        words = _("{said}{waiting}。{deadline}").format(said=said, waiting=waiting, deadline=self._deadline())
        self.set_answer(words.strip())
        self.badge_changed.emit(self.drafts.count)
        self.accent_button.setText(_("保存（{n}）").format(n=count) if count else _("保存"))
        self.accent_button.setEnabled(self._is_open)
        self.next_button.setVisible(self._is_office and len(self._branches()) > 1)

    def _deadline(self) -> str:
        assert self.sheet is not None
        quarter, days = self.sheet.quarter, self.sheet.days_left
        if quarter.state is QuarterState.OPEN and days < 0:
            return _("截止日{day}已过，现在填报将标记为“补报”。").format(day=day_text(quarter.due_on))
        return deadline(quarter, days)

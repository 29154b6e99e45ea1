"""Saving the check-in table, and taking a save back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QUndoCommand
from PySide6.QtWidgets import QMessageBox

from okr_desk import services
from okr_desk.errors import InputRefused, Refusal
from okr_desk.i18n import _
from okr_desk.rules import checkins as rules
from okr_desk.rules.checkins import CheckInDraft, NarrativeDraft, RowRefused
from okr_desk.services.outcome import Outcome
from okr_desk.ui.models.check_in_drafts import Entry, SheetDraft, draft
from okr_desk.ui.models.checkin_grid import Column

if TYPE_CHECKING:
    from okr_desk.ui.pages.checkins import CheckInsPage

_COLUMNS = {
    "confidence": Column.CONFIDENCE,
    "progress_note": Column.NOTE,
    "difficulty": Column.DIFFICULTY,
    "evidence": Column.EVIDENCE,
}


class Saving(QObject):
    """One save for the whole page; what was typed meanwhile stays unsaved."""

    def __init__(self, page: CheckInsPage) -> None:
        super().__init__(page)
        self._page = page
        self._desk = page.desk
        self._is_under_way = False

    def save(self) -> None:
        """Send every typed row at once; the first that cannot be taken gets the cursor and its sentence."""
        page = self._page
        page.table.finish_editing()
        if page.sheet is None or self._is_under_way:
            return
        typed = {row: page.table.grid.entry(row) for row in range(len(page.table.grid.rows))}
        sent = {row: entry for row, entry in typed.items() if not entry.is_empty}
        narrative = self._narrative()
        if not sent and narrative is None:
            self._desk.say(_("没有需要保存的内容。"))
            return
        drafts = self._checked(sent, narrative)
        if drafts is None:
            return
        rows, kept, org = list(sent), page.draft, page.sheet.org.short_name
        by_key_result = {page.table.grid.rows[row].view.id: entry for row, entry in sent.items()}
        self._is_under_way = True
        self._desk.tasks.write(
            services.checkins.record_sheet,
            drafts,
            narrative,
            done=lambda outcome: self._saved(outcome, by_key_result, narrative, kept, org),
            failed=lambda error: self._not_saved(error, rows, kept),
            owner=self,
        )

    def offer_withdrawal(self, ids: list[int], back: dict[int, Entry], what: str) -> None:
        """Ask whether saved statements are to be withdrawn; `back` are the entries to put into the table again."""
        box = QMessageBox(self._page)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(_("撤回"))
        box.setText(_("要撤回{what}吗？").format(what=what))
        box.setInformativeText(_("撤回会留下记录，不会删除；之前报过的数重新生效。"))
        yes = box.addButton(_("撤回"), QMessageBox.ButtonRole.AcceptRole)
        no = box.addButton(_("不撤回"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(no)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.buttonClicked.connect(lambda button: self.withdraw(ids, back) if button is yes else None)
        box.open()

    def withdraw(self, ids: list[int], back: dict[int, Entry]) -> None:
        """Take statements back; what was typed comes back into the table, unsaved."""
        page, kept = self._page, self._page.draft

        def done(_outcome: object) -> None:
            kept.entries.update({key: entry for key, entry in back.items() if key not in kept.entries})
            page.steps.clear()
            said = _("已撤回 {n} 项。").format(n=len(ids))
            self._desk.say(said + (_("填过的内容还在表里，可以改后再保存。") if back else ""))
            page.refresh()

        self._desk.tasks.write(services.checkins.withdraw_many, ids, done=done, owner=self)

    def _narrative(self) -> NarrativeDraft | None:
        page = self._page
        texts = page.draft.narrative
        if texts is None or page.sheet is None:
            return None
        return NarrativeDraft(
            page.sheet.org.id, page.sheet.quarter.id, texts.practice, texts.problems, texts.next_quarter
        )

    def _checked(self, sent: dict[int, Entry], narrative: NarrativeDraft | None) -> list[CheckInDraft] | None:
        """The drafts, once nothing in them would be refused as typed; None after telling what is wrong."""
        page = self._page
        assert page.sheet is not None
        try:
            said, quarter, drafts = page.entered_for.entered(), page.sheet.quarter, []
        except InputRefused as refusal:
            page.entered_for.point(refusal.field)
            self._desk.refuse(refusal)
            return None
        for row, entry in sent.items():
            it = page.table.grid.rows[row]
            try:
                if entry.question:
                    raise InputRefused(entry.question, "value")
                made = draft(it, entry, page.sheet, said)
                rules.check(made, it.view.kind, it.view.unit, page.sheet.today, quarter.starts_on, quarter.ends_on)
            except InputRefused as refusal:
                self._point(row, refusal.field, RowRefused(row, it.view.code, refusal).sentence)
                return None
            drafts.append(made)
        if narrative is not None:
            try:
                rules.check_narrative(narrative)
            except InputRefused as refusal:
                page.narrative.fields[refusal.field].setFocus()
                self._desk.refuse(refusal)
                return None
        return drafts

    def _saved(
        self,
        outcome: Outcome[tuple[int, ...]],
        sent: dict[int, Entry],
        narrative: NarrativeDraft | None,
        kept: SheetDraft,
        org: str,
    ) -> None:
        self._is_under_way = False
        page = self._page
        for key, entry in sent.items():
            if kept.entries.get(key) == entry:
                kept.entries.pop(key)
        texts = kept.narrative
        if narrative is not None and texts is not None:
            same = (narrative.practice, narrative.problems, narrative.next_quarter)
            if (texts.practice, texts.problems, texts.next_quarter) == same:
                kept.narrative = None
        count = len(outcome.value)
        if page.sheet is not None and kept is page.draft:
            page.steps.clear()
            if count:
                page.steps.push(_Saved(self, list(outcome.value), sent))
        page.drafts.changed.emit()
        said = _("{org}：已保存 {n} 项。按 Ctrl+Z 可撤回。") if count else _("{org}：已保存。")
        self._desk.say(said.format(org=org, n=count))
        if not outcome.changes:
            page.refresh()

    def _not_saved(self, error: Exception, rows: list[int], kept: SheetDraft) -> None:
        self._is_under_way = False
        if isinstance(error, RowRefused) and self._page.sheet is not None and kept is self._page.draft:
            self._point(rows[error.row], error.field, error.sentence)
        elif isinstance(error, Refusal):
            self._desk.refuse(error)

    def _point(self, row: int, field: str, sentence: str) -> None:
        page = self._page
        page.table.go_to(row, _COLUMNS.get(field, Column.VALUE))
        if field in ("as_of", "reason"):
            page.entered_for.point(field)
        self._desk.refuse(Refusal(sentence))


class _Saved(QUndoCommand):
    """A save on the undo stack: Ctrl+Z offers to withdraw it, after asking."""

    def __init__(self, saving: Saving, ids: list[int], back: dict[int, Entry]) -> None:
        super().__init__(_("已保存的 {n} 项").format(n=len(ids)))
        self._saving, self._ids, self._back = saving, ids, back

    def redo(self) -> None:
        """Nothing: the save has happened."""

    def undo(self) -> None:
        """Only asks; the step stays on the stack until the withdrawal has been made."""
        saving, what = self._saving, self.text()
        stack = saving._page.steps
        QTimer.singleShot(0, stack, stack.redo)
        QTimer.singleShot(0, saving, lambda: saving.offer_withdrawal(self._ids, self._back, what))

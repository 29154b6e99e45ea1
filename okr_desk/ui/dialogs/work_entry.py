"""The correction of an entry: what it should say, and why; the old one stays beside it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidget, QListWidgetItem, QWidget

from okr_desk import services
from okr_desk.i18n import _
from okr_desk.queries.worklog import EntryView, Worklog
from okr_desk.rules.checks import check_reason
from okr_desk.rules.worklog import EntryDraft
from okr_desk.scoring.rounding import plain
from okr_desk.terms import EntryBasis
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.fields import number
from okr_desk.ui.dialogs.saving import SavingDialog
from okr_desk.ui.widgets.day_line import DayLine


class WorkEntryDialog(SavingDialog):
    """All fields of an entry with the reason of the change."""

    def __init__(self, desk: Desk, of: Worklog, old: EntryView, parent: QWidget | None = None) -> None:
        def correct(session: Any, actor: Any, draft: tuple[EntryDraft, str]) -> Any:
            return services.worklog.correct(session, actor, old.id, *draft)

        note = _("原记录撤回并保留，更正后的另存一条；计入的指标随即重算。")
        super().__init__(desk, correct, _("更正记录"), parent=parent, note=note, accept=_("更正"))
        self._of, self._old = of, old
        self.kinds = of.kinds if any(kind.key == old.kind.key for kind in of.kinds) else (old.kind, *of.kinds)
        self.kind = QComboBox()
        for one in self.kinds:
            self.kind.addItem(one.name, one.key)
        self.kind.setCurrentIndex(self.kind.findData(old.kind.key))
        self.day = DayLine(_("日期"), old.done_on, old.done_on.year, pick=True)
        self.offers = QListWidget()
        self.offers.setFixedHeight(round(theme.line_height() * 4))
        texts = {"what": old.what, "who": old.who, "result": old.result, "place": old.place}
        self.lines = {name: QLineEdit(text) for name, text in texts.items()}
        self.amount = QLineEdit(plain(old.amount))
        self.part = QLineEdit("" if old.part is None else plain(old.part))
        self.why = QLineEdit()
        self.add_pair("done_on", _("日期"), self.day, "kind", _("类别"), self.kind)
        self.add_row("what", _("做了什么"), self.lines["what"])
        self.add_pair("amount", _("数量"), self.amount, "part", _("其中"), self.part)
        self.add_pair("who", _("谁做的"), self.lines["who"], "place", _("地点"), self.lines["place"])
        self.add_row("result", _("结果"), self.lines["result"])
        if of.offers:
            self.add_row("key_results", _("计入关键结果"), self.offers)
        self.add_reason(of.needs_reason).setText(old.late_reason)
        self.add_row("why", _("更正理由"), self.why)
        self.kind.currentIndexChanged.connect(self._follow_kind)
        self._follow_kind()
        self.lines["what"].setFocus()

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, of: Worklog, old: EntryView) -> tuple[Any, Any] | None:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, of, old, parent)
        dialog.exec()
        return dialog.saved

    def draft(self) -> tuple[EntryDraft, str]:
        kind, day = self.kinds[self.kind.currentIndex()], self.day.day("done_on")
        items = (self.offers.item(row) for row in range(self.offers.count()))
        said = EntryDraft(
            org_id=self._old.org_id,
            kind=kind.key,
            done_on=day,
            what=self.text("what"),
            amount=number(self.amount.text(), "amount", kind.amount_name or _("数量"), kind.unit),
            part=number(self.part.text(), "part", kind.part_name, kind.unit) if kind.is_share else None,
            who=self.text("who"),
            result=self.text("result"),
            place=self.text("place"),
            key_results=tuple(
                item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() is Qt.CheckState.Checked
            ),
            reported_by=self._old.reported_by,
            basis=EntryBasis(self._old.basis),
            reason=self.text("reason"),
        )
        return said, check_reason(self.why.text(), _("请写明为什么更正。"))

    def _follow_kind(self) -> None:
        kind = self.kinds[self.kind.currentIndex()]
        self.amount.setPlaceholderText(kind.amount_title)
        self.part.setPlaceholderText(kind.part_name)
        self.show_field("part", kind.is_share)
        linked = {feed.key_result_id for feed in self._old.feeds}
        self.offers.clear()
        for offer in self._of.offers:
            if offer.takes(kind):
                item = QListWidgetItem(f"{offer.code} {offer.title}", self.offers)
                item.setData(Qt.ItemDataRole.UserRole, offer.id)
                item.setCheckState(Qt.CheckState.Checked if offer.id in linked else Qt.CheckState.Unchecked)

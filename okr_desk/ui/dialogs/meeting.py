"""One event in full: to correct it, or to add place, minutes and whether there was an election."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from okr_desk import services
from okr_desk.duty_terms import DutyKind
from okr_desk.i18n import _
from okr_desk.queries.duties import MeetingView, Roster
from okr_desk.rules.duties import MeetingDraft
from okr_desk.terms import label
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.saving import CountField, SavingDialog
from okr_desk.ui.forms import choices
from okr_desk.ui.widgets.day_line import DayLine

KINDS_A_ROW = 4


class MeetingDialog(SavingDialog):
    """The correction takes the place of what was said; the first entry stays on record."""

    def __init__(
        self, desk: Desk, one: MeetingView, roster: Roster, asks_reason: bool, parent: QWidget | None = None
    ) -> None:
        note = _("更正后以新的为准，原记录保留备查。列席人员不计入应到和实到。")
        super().__init__(
            desk, services.duties.correct, _("组织生活记录"), one.id, parent=parent, note=note, accept=_("保存更正")
        )
        self._one = one
        self.kinds = {kind: QCheckBox(label(kind)) for kind in DutyKind}
        place = QWidget(self)
        grid = QGridLayout(place)
        grid.setContentsMargins(0, 0, 0, 0)
        for number, (kind, box) in enumerate(self.kinds.items()):
            box.setChecked(kind in one.kinds)
            grid.addWidget(box, number // KINDS_A_ROW, number % KINDS_A_ROW)
        groups = [
            (_("不分组"), None),
            *((_("第{n}组").format(n=n), n) for n in range(1, (roster.size.groups or 0) + 1)),
        ]
        self.day = DayLine(_("日期"), one.held_on, one.held_on.year, pick=True)
        self.group = choices(groups, one.group_number)
        self.due, self.present = CountField(one.due), CountField(one.present)
        self.election = QCheckBox(_("有选举（到会须达到五分之四）"))
        self.election.setChecked(one.is_election)
        self.topic, self.host, self.place = QLineEdit(one.topic), QLineEdit(one.host), QLineEdit(one.place)
        self.minutes = QPlainTextEdit(one.minutes)
        self.minutes.setTabChangesFocus(True)
        self.minutes.setFixedHeight(round(theme.line_height() * 7))
        self.add_pair("held_on", _("日期"), self.day, "group_number", _("小组"), self.group)
        self.add_row("kinds", _("类型"), place)
        self.add_row("topic", _("主题"), self.topic)
        self.add_pair("due", _("应到"), self.due, "present", _("实到"), self.present)
        self.add_pair("host", _("主持人"), self.host, "place", _("地点"), self.place)
        self.add_row("is_election", "", self.election)
        self.add_row("minutes", _("会议记录"), self.minutes)
        self.add_reason(asks_reason, _("理由"))
        self.topic.setFocus(Qt.FocusReason.OtherFocusReason)

    @classmethod
    def ask(
        cls, parent: QWidget, desk: Desk, one: MeetingView, roster: Roster, asks_reason: bool
    ) -> tuple[Any, Any] | None:
        """What the service gave back with what was entered, or None when the dialog was left."""
        dialog = cls(desk, one, roster, asks_reason, parent)
        dialog.exec()
        return dialog.saved

    def draft(self) -> MeetingDraft:
        day = self.day.day("held_on")
        ticked = tuple(kind for kind, box in self.kinds.items() if box.isChecked())
        return MeetingDraft(
            self._one.org_id,
            day,
            ticked,
            self.due.count() or 0,
            self.present.count() or 0,
            self.topic.text(),
            self.host.text(),
            self.place.text(),
            self.minutes.toPlainText(),
            self.group.currentData() if DutyKind.GROUP in ticked else None,
            self.election.isChecked(),
            self._one.reported_by,
            self._one.basis,
            self.text("reason"),
        )

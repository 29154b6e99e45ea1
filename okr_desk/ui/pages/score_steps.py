"""What can be done on 计分: enter an event or a red line, take one back; dialogs stay until that is saved."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from okr_desk import services
from okr_desk.i18n import _
from okr_desk.queries.score_lines import EventView
from okr_desk.queries.scores import RedLineView, ScoreSheet
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.adjust import Reason
from okr_desk.ui.dialogs.point_event import PointEventDialog, counted
from okr_desk.ui.dialogs.red_line import RedLineDialog


class ScoreSteps:
    """The actions of the page; `widget` is what dialogs stand over."""

    def __init__(self, desk: Desk, widget: QWidget) -> None:
        self._desk, self._widget = desk, widget

    def record_event(self, sheet: ScoreSheet, indicator_id: int | None) -> None:
        """Something that earns or costs points, on the line under the cursor where events count there."""
        assert sheet.version is not None and sheet.quarter is not None
        lines = counted(sheet.version.lines)
        if not lines:
            self._desk.say(_("这个方案没有按次扣分或加分的项目，不用登记。"))
            return
        PointEventDialog.ask(self._widget, self._desk, sheet.org, sheet.quarter, lines, indicator_id)

    def record_red_line(self, sheet: ScoreSheet) -> None:
        """A red line of the scheme."""
        assert sheet.version is not None and sheet.quarter is not None and sheet.scheme is not None
        around = (sheet.org, sheet.quarter, sheet.version.grades, sheet.scheme.preset)
        RedLineDialog.ask(self._widget, self._desk, *around)

    def take_back(self, entry: EventView | RedLineView) -> None:
        """Withdraw an event or lift a red line, with the reason; the entry stays on record."""
        is_line = isinstance(entry, RedLineView)
        word = _("撤销") if is_line else _("撤回")
        note = _("“{fact}”不再计入，原登记和理由留存备查。").format(fact=entry.fact)
        reason = Reason.ask(self._widget, _("{word}登记").format(word=word), note, _("理由"), word)
        if reason is not None:
            service = services.scores.lift_red_line if is_line else services.scores.withdraw_event
            self._desk.tasks.write(service, entry.id, reason, owner=self._widget)

"""A dated event that earns or costs points: what happened, on which line, how often, and on what paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from okr_desk import services
from okr_desk.i18n import _
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.schemes import LineView
from okr_desk.rules.scores import DOCUMENT_LIMIT, EventDraft
from okr_desk.scoring.line_rule import rule_kind
from okr_desk.terms import RuleKind, label
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.fields import number
from okr_desk.ui.dialogs.saving import DayField, SavingDialog
from okr_desk.ui.forms import choices

COUNTED = (RuleKind.DEDUCT, RuleKind.BONUS)
"""Rules that count events; an event on any other line would change nothing."""


class PointEventDialog(SavingDialog):
    """Line, day, times or points, fact and document; saved while the dialog stands."""

    def __init__(
        self,
        desk: Desk,
        org: OrgView,
        quarter: QuarterView,
        lines: Sequence[LineView],
        indicator_id: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        note = _("{org}，{quarter}。登记后随时计入，登记错的可以撤回，两者都留痕。")
        super().__init__(
            desk,
            services.scores.record_event,
            _("登记加扣分事项"),
            parent=parent,
            note=note.format(org=org.short_name, quarter=quarter.label),
            accept=_("登记"),
        )
        self._org, self._quarter = org, quarter
        self.line = choices([(_words(line), line.indicator_id) for line in lines], indicator_id)
        self.day = DayField(usual_day(desk.clock.today(), quarter))
        self.fact = fact_field()
        amount = QLineEdit("1")
        document = QLineEdit()
        document.setMaxLength(DOCUMENT_LIMIT + 1)
        document.setPlaceholderText(_("没有文号可以不填"))
        self.add_row("indicator_id", _("项目"), self.line)
        advice = _("扣分和按次加分的填次数；按级别加分的填这一级的分值，同一事项取最高，不累加。")
        self.add_pair("happened_on", _("日期"), self.day, "amount", _("次数或分值"), amount, advice)
        self.add_row("fact", _("事实"), self.fact)
        self.add_row("document", _("依据文号"), document)
        self.line.setFocus()

    @classmethod
    def ask(
        cls,
        parent: QWidget,
        desk: Desk,
        org: OrgView,
        quarter: QuarterView,
        lines: Sequence[LineView],
        indicator_id: int | None = None,
    ) -> tuple[Any, Any] | None:
        """What the service gave back with what was entered, or None when the dialog was left."""
        dialog = cls(desk, org, quarter, lines, indicator_id, parent)
        dialog.exec()
        return dialog.saved

    def draft(self) -> EventDraft:
        day = self.day.day()
        assert day is not None
        return EventDraft(
            org_id=self._org.id,
            indicator_id=int(self.line.currentData()),
            quarter_id=self._quarter.id,
            happened_on=day,
            amount=number(self.text("amount"), "amount", _("次数或分值")),
            fact=self.text("fact"),
            document=self.text("document"),
        )


def counted(lines: Sequence[LineView]) -> list[LineView]:
    """The lines on which an event counts."""
    return [line for line in lines if rule_kind(line.rule) in COUNTED]


def usual_day(today: date, quarter: QuarterView) -> date:
    """Today, or the nearest day of the quarter."""
    return min(max(today, quarter.starts_on), quarter.ends_on)


def fact_field() -> QPlainTextEdit:
    """A field for a sentence or two."""
    field = QPlainTextEdit()
    field.setTabChangesFocus(True)
    field.setFixedHeight(round(theme.line_height() * 3.6))
    field.setPlaceholderText(_("时间、事项、结果，会印在计分表上"))
    return field


def _words(line: LineView) -> str:
    kind = rule_kind(line.rule)
    assert kind is not None
    return _("{name}（{kind}）").format(name=line.title, kind=label(kind))

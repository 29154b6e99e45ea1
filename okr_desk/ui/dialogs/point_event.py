"""A dated event that earns or costs points: what happened, on which line, how often, and on what paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget

from okr_desk import services
from okr_desk.i18n import _
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.schemes import LineView
from okr_desk.rules.scores import COUNTED, DOCUMENT_LIMIT, MATTER_LIMIT, EventDraft, counted_parts
from okr_desk.scoring import spelling
from okr_desk.scoring.line_rule import line_rule, rule_kind
from okr_desk.scoring.points import Rule
from okr_desk.scoring.points_events import Bonus
from okr_desk.scoring.rounding import plain
from okr_desk.scoring.votes import Votes
from okr_desk.terms import label
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.fields import number
from okr_desk.ui.dialogs.saving import SavingDialog
from okr_desk.ui.forms import choices
from okr_desk.ui.widgets.day_line import DayLine


class PointEventDialog(SavingDialog):
    """Line, day, times, points or ballots, fact and document; saved while the dialog stands.

    What is asked follows the rule of the line: times, the points of an award and what it honours, or several counts.
    """

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
        self.day = DayLine(_("日期"), usual_day(desk.clock.today(), quarter), quarter.year, pick=True)
        self.fact = fact_field()
        matter = QLineEdit()
        matter.setMaxLength(MATTER_LIMIT + 1)
        matter.setPlaceholderText(_("同一事项多级获奖的写同一个名称，只计最高"))
        self.advice = QLabel(self)
        self.advice.setObjectName("quiet")
        self.advice.setFont(theme.font("small"))
        self.advice.setWordWrap(True)
        document = QLineEdit()
        document.setMaxLength(DOCUMENT_LIMIT + 1)
        document.setPlaceholderText(_("没有文号可以不填"))
        self.add_row("indicator_id", _("项目"), self.line)
        self.add_pair("happened_on", _("日期"), self.day, "amount", _("次数或分值"), QLineEdit("1"))
        self.add_row("counts", _("各档个数"), QLineEdit())
        self.add_row("matter", _("事项"), matter)
        self.form.addRow("", self.advice)
        self.add_row("fact", _("事实"), self.fact)
        self.add_row("document", _("依据文号"), document)
        self._rules = {line.indicator_id: line_rule(line.rule, line.maximum, None, None) for line in lines}
        self.line.currentIndexChanged.connect(self._follow_line)
        self._follow_line()
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
        day = self.day.day("happened_on")
        parts = counted_parts(self.rule)
        counts = spelling.numbers(self.text("counts"), "counts") if parts and self.text("counts").strip() else ()
        return EventDraft(
            org_id=self._org.id,
            indicator_id=int(self.line.currentData()),
            quarter_id=self._quarter.id,
            happened_on=day,
            amount=sum(counts, Decimal(0)) if parts else number(self.text("amount"), "amount", _("次数或分值")),
            fact=self.text("fact"),
            document=self.text("document"),
            matter=self.text("matter") if _is_award(self.rule) else "",
            counts=counts,
        )

    @property
    def rule(self) -> Rule:
        """The rule of the line chosen."""
        return self._rules[int(self.line.currentData())]

    def _follow_line(self) -> None:
        """Ask for what the rule of the line counts, and say what that is."""
        rule = self.rule
        parts = counted_parts(rule)
        self.show_field("counts", bool(parts))
        self.show_field("amount", not parts)
        self.show_field("matter", _is_award(rule))
        listed = "、".join(plain(part) for part in parts)
        if isinstance(rule, Votes):
            said = _("由好到差依次填票数，用顿号隔开，没有的填 0。各档票每张计 {parts} 分，弃权票、无效票不填。")
        elif parts:
            said = _("依次填各类的次数，用顿号隔开，没有的填 0。每次分别扣 {parts} 分。")
        elif isinstance(rule, Bonus) and rule.each is None:
            levels = _("，只能是 {levels} 分中的一种").format(levels="、".join(plain(one) for one in rule.levels))
            said = _("填这一级的分值{levels}。同一事项取最高，不累加；不同事项相加。").format(
                levels=levels if rule.levels else ""
            )
        else:
            said = _("填次数。")
        self.advice.setText(said.format(parts=listed) if parts else said)


def counted(lines: Sequence[LineView]) -> list[LineView]:
    """The lines on which an event counts."""
    return [line for line in lines if rule_kind(line.rule) in COUNTED]


def _is_award(rule: Rule) -> bool:
    return isinstance(rule, Bonus) and rule.each is None


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

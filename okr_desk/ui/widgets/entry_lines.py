"""The lines on which points and hours are typed: one line, one entry; Enter saves, the last values stay."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.member_terms import PointsKind
from okr_desk.queries.household_board import BranchBoard
from okr_desk.rules.member_points import NOTE_LIMIT, PointsDraft, RuleDraft
from okr_desk.rules.service_hours import PROJECT_LIMIT, HoursDraft
from okr_desk.scoring.rounding import plain
from okr_desk.ui import icons, theme
from okr_desk.ui.dialogs.fields import number, optional_number
from okr_desk.ui.dialogs.point_event import usual_day
from okr_desk.ui.forms import accent, mark
from okr_desk.ui.widgets.day_line import DayLine
from okr_desk.ui.widgets.entry_source import Said
from okr_desk.ui.widgets.picker import Choice, Picker

OTHER = "other"
"""The key of a matter outside the rules, and of somebody who reports from elsewhere for the first time."""


class EntryLine(QWidget):
    """Fields in a row with one button. `asked`: the line is to be saved. `halfway`: where a second row would begin."""

    asked = Signal()

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day = DayLine(_("日期"), None, 0, self)
        self.fields: dict[str, QWidget] = {}
        self.button = QPushButton(words, self)
        icons.dress(self.button, "add", "on_accent")
        accent(self.button)
        self._parts: list[tuple[QWidget, int]] = []
        self._rows = (QHBoxLayout(), QHBoxLayout())
        both = QVBoxLayout(self)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(theme.gap(0.2))
        for row in self._rows:
            row.setSpacing(theme.gap(0.35))
            both.addLayout(row)
        self._breaks: bool | None = None
        self.halfway: QWidget = self.button
        self.button.clicked.connect(lambda: self.asked.emit())
        self._key: tuple[int, int] | None = None

    def add(self, name: str, words: str, field: QWidget, stretch: int = 0, wide: float = 0) -> None:
        """One field with its word before it."""
        label = QLabel(words, self)
        label.setObjectName("quiet")
        label.setBuddy(field)
        field.setAccessibleName(words)
        if wide:
            field.setFixedWidth(theme.span(self, wide))
        self._parts.append((label, 0))
        self.add_bare(name, words, field, stretch)

    def add_bare(self, name: str, words: str, field: QWidget, stretch: int) -> None:
        """One field without a word before it."""
        field.setAccessibleName(words)
        self._parts.append((field, stretch))
        self.fields[name] = field
        if isinstance(field, QLineEdit):
            field.returnPressed.connect(self.asked)

    def finish(self) -> None:
        """The button behind the last field."""
        self._parts.append((self.button, 0))
        self._lay()

    def minimumSizeHint(self) -> QSize:
        """As narrow as its longer row: what does not fit goes into a second one."""
        return QSize(theme.span(self, 20), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    def _lay(self) -> None:
        """All in one row, or the second half below where that is too wide."""
        shown = [part for part, _stretch in self._parts if not part.isHidden()]
        wide = sum(part.sizeHint().width() + theme.gap(0.35) for part in shown)
        breaks = wide > self.width()
        if breaks == self._breaks:
            return
        self._breaks = breaks
        half = next(n for n, (part, _stretch) in enumerate(self._parts) if part is self.halfway)
        for row in self._rows:
            while row.count():
                row.takeAt(0)
        for at, (part, stretch) in enumerate(self._parts):
            self._rows[1 if breaks and at >= half else 0].addWidget(part, stretch)
        if breaks:
            self._rows[0].addStretch(1)

    def follow_board(self, of: BranchBoard) -> None:
        """The usual day of another branch or quarter; what was typed stays in the same one."""
        key = (of.org.id, of.quarter.id)
        if key != self._key:
            self._key = key
            self.day.year = of.quarter.year
            self.day.set_day(usual_day(of.today, of.quarter))

    def begin(self) -> None:
        """Put the cursor into the day, with which an entry begins."""
        self.day.setFocus()

    def refuse(self, error: Exception) -> None:
        """Put the cursor where the refusal points."""
        field = self.fields.get(error.field) if isinstance(error, InputRefused) else None
        if field is not None:
            mark(field, True)
            field.setFocus()

    def clear_marks(self) -> None:
        """No field is wrong any more."""
        for field in self.fields.values():
            mark(field, False)


class PointsLine(EntryLine):
    """Day, member, matter, points and note."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("登记积分"), parent)
        self.member, self.rule = Picker(_("党员"), self), Picker(_("事项"), self)
        self.matter, self.points, self.note = QLineEdit(self), QLineEdit(self), QLineEdit(self)
        self.note.setMaxLength(NOTE_LIMIT)
        self.matter.setPlaceholderText(_("写明事项"))
        self.halfway = self.matter
        self.add("happened_on", _("日期"), self.day)
        self.add("member_id", _("党员"), self.member)
        self.add("code", _("事项"), self.rule)
        self.add_bare("matter", _("事项"), self.matter, 2)
        self.add("points", _("分值"), self.points, wide=3.6)
        self.add("note", _("说明"), self.note, 2)
        self.finish()
        self.rule.chosen.connect(lambda _key: self._follow_rule())
        self._rules: dict[str, Any] = {}
        self._follow_rule()

    def show_board(self, of: BranchBoard) -> None:
        """Members and rules to choose from."""
        self.follow_board(of)
        chosen, rule = self.member.key, self.rule.key
        self.member.offer([Choice(one.id, one.name, one.search_keys) for one in of.members], chosen)
        if not self.member.text():
            self.member.setText(_("选择党员"))
        self._rules = {one.code: one for one in of.scheme.rules}
        words = {PointsKind.BONUS: _("加分"), PointsKind.DEDUCTION: _("扣分")}
        choices = [Choice(kind.value, word) for kind, word in words.items()]
        choices += [
            Choice(one.code, f"{one.code} {one.name}", "", one.kind.value, one.words) for one in of.scheme.rules
        ]
        self.rule.offer([*choices, Choice(OTHER, _("其他事项…"))], rule if rule in {*self._rules, OTHER} else None)
        self._follow_rule()

    def draft(self, said: Said) -> PointsDraft:
        """What is typed. Raises InputRefused at the field."""
        day = self.day.day("happened_on")
        if not isinstance(self.member.key, int):
            raise InputRefused(_("请选择党员。"), "member_id")
        is_other = self.rule.key == OTHER
        if not is_other and self.rule.key not in self._rules:
            raise InputRefused(_("请选择积分事项。"), "code")
        return PointsDraft(
            self.member.key,
            day,
            "" if is_other else str(self.rule.key),
            self.matter.text() if is_other else "",
            optional_number(self.points.text(), "points", _("分值")),
            self.note.text(),
            said.reported_by,
            said.basis,
            said.reason,
        )

    def saved(self) -> None:
        """Ready for the next: who and how much go, day and matter stay."""
        self.points.clear()
        self.note.clear()
        self._follow_rule()
        self.member.setFocus()

    def _follow_rule(self) -> None:
        is_other = self.rule.key == OTHER
        self.matter.setVisible(is_other)
        self._lay()
        rule = self._rules.get(str(self.rule.key))
        if self.rule.key in (PointsKind.BONUS.value, PointsKind.DEDUCTION.value):
            self.rule.show_choice(None)
        if not self.rule.text():
            self.rule.setText(_("选择事项"))
        self.points.setPlaceholderText("" if rule is None else _range(rule))


def _range(rule: RuleDraft) -> str:
    """What the rule gives: 5-10, or the one number that is taken where none is typed."""
    return plain(rule.low) if rule.low == rule.high else f"{plain(rule.low)}-{plain(rule.high)}"


class HoursLine(EntryLine):
    """Day, who, hours and project; who reports for the first time with name and unit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("登记时长"), parent)
        self.who = Picker(_("服务党员"), self)
        self.name, self.unit = QLineEdit(self), QLineEdit(self)
        self.hours, self.project = QLineEdit(self), QLineEdit(self)
        self.project.setMaxLength(PROJECT_LIMIT)
        self.name.setPlaceholderText(_("姓名"))
        self.unit.setPlaceholderText(_("单位"))
        self.halfway = self.name
        self.add("served_on", _("日期"), self.day)
        self.add("member_id", _("党员"), self.who)
        for name, field, words in (("name", self.name, _("姓名")), ("unit", self.unit, _("单位"))):
            self.add_bare(name, words, field, 1)
        self.add("hours", _("小时"), self.hours, wide=3.6)
        self.add("project", _("服务项目"), self.project, 2)
        self.finish()
        self._org_id = 0
        self.who.chosen.connect(lambda _key: self._follow_who())
        self._follow_who()

    def show_board(self, of: BranchBoard) -> None:
        """Those who report, then the branch's own members."""
        self.follow_board(of)
        self._org_id, chosen = of.org.id, self.who.key
        choices = [Choice(("reporter", one.id), one.name, one.search_keys, None, one.unit) for one in of.reporters]
        choices += [Choice(("member", one.id), one.name, one.search_keys) for one in of.members]
        self._reporters = {one.id: one for one in of.reporters}
        known = {one.key for one in choices} | {OTHER}
        new = Choice(OTHER, _("新的报到党员…"))
        self.who.offer([new, *choices], chosen if chosen in known else None)
        self._follow_who()

    def draft(self, said: Said) -> HoursDraft:
        """What is typed. Raises InputRefused at the field."""
        day, key = self.day.day("served_on"), self.who.key
        name, unit, member_id = self.name.text().strip(), self.unit.text().strip(), None
        if key is None:
            raise InputRefused(_("请选择党员，或填写报到党员的姓名和单位。"), "member_id")
        if isinstance(key, tuple) and key[0] == "member":
            member_id, name, unit = key[1], "", ""
        elif isinstance(key, tuple):
            name, unit = self._reporters[key[1]].name, self._reporters[key[1]].unit
        hours: Decimal = number(self.hours.text(), "hours", _("时长"), _("小时"))
        return HoursDraft(
            self._org_id, day, hours, member_id, name, unit, self.project.text(), said.reported_by, said.basis,
            said.reason,
        )  # fmt: skip

    def saved(self) -> None:
        """Ready for the next: who and hours go, day, unit and project stay."""
        self.hours.clear()
        self.name.clear()
        self.who.setFocus()

    def _follow_who(self) -> None:
        is_new = self.who.key == OTHER
        self.name.setVisible(is_new)
        self.unit.setVisible(is_new)
        self._lay()
        if not self.who.text():
            self.who.setText(_("选择党员"))
        if is_new:
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)

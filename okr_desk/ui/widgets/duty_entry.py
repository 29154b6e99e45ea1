"""One event in two short lines: when and what kind, then topic, numbers and host. Enter saves."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from okr_desk.duty_terms import DutyKind
from okr_desk.errors import InputRefused, Refusal
from okr_desk.i18n import _
from okr_desk.queries.duty_overview import DutyOverview
from okr_desk.rules.duties import MeetingDraft
from okr_desk.terms import EntryBasis, QuarterState, label
from okr_desk.ui import forms, icons, theme
from okr_desk.ui.dialogs.fields import number
from okr_desk.ui.widgets.day_line import DayLine
from okr_desk.ui.widgets.entered_for import BASES

TOPIC, NARROWEST = 10, 34
"""Width in characters: what the topic keeps beside the other fields, and the whole line with the office's below."""
WIDE = str.maketrans("０１２３４５６７８９", "0123456789")


class DutyEntry(QFrame):
    """The fields of one event. `submitted` tells that it should be saved; what was typed stays until it was."""

    submitted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._of: DutyOverview | None = None
        self._is_office = False
        self._key: tuple[int, int] | None = None
        self.day = DayLine(_("日期"), None, 0, self, pick=True)
        self.kinds = {kind: QCheckBox(label(kind), self) for kind in DutyKind}
        self.group = QComboBox(self)
        self.topic, self.due, self.present = QLineEdit(self), QLineEdit(self), QLineEdit(self)
        self.host, self.place, self.reported_by = QLineEdit(self), QLineEdit(self), QLineEdit(self)
        self.basis = forms.choices([(label(basis), basis) for basis in BASES])
        self.reason = QLineEdit(self)
        self.button = QPushButton(_("登记"), self)
        self.sentence = QLabel(self)
        self.sentence.setProperty("refusal", True)
        self.sentence.setWordWrap(True)
        self.sentence.hide()
        self._office: list[QWidget] = []
        self._name_fields()
        self._assemble()
        for kind, box in self.kinds.items():
            box.toggled.connect(lambda _on, _kind=kind: self._follow_kinds())
        self.button.clicked.connect(self.submitted)

    def show_branch(self, of: DutyOverview, is_office: bool) -> None:
        """The branch whose event is entered; what is typed stays while it is the same branch and quarter."""
        one = of.one
        assert one is not None
        self._of, self._is_office = of, is_office
        for widget in self._office:
            widget.setVisible(is_office)
        frozen = of.quarter.state in (QuarterState.FROZEN, QuarterState.CLOSED) and not of.reopened
        self.reason.setVisible(frozen and is_office)
        size = one.roster.size
        self.kinds[DutyKind.COMMITTEE].setVisible(size.owes_committee is not False)
        self.kinds[DutyKind.GROUP].setVisible(size.groups != 0)
        for line, words in ((self.topic, of.topics), (self.host, of.hosts)):
            completer = QCompleter(list(words), line)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            line.setCompleter(completer)
        self._lay()
        key = (one.org.id, of.quarter.id)
        if key == self._key:
            return
        self._key = key
        last = min(of.today, of.quarter.ends_on)
        self.day.keep_within(of.quarter.starts_on, of.quarter.ends_on, of.quarter.label)
        self.day.set_day(max(last, of.quarter.starts_on))
        with QSignalBlocker(self.group):
            self.group.clear()
            self.group.addItem(_("不分组"), None)
            for n in range(1, (size.groups or 0) + 1):
                self.group.addItem(_("第{n}组").format(n=n), n)
        self.reported_by.setText(one.org.secretary)
        self.clear()

    def clear(self) -> None:
        """Ready for the next: the day stays, the host is the secretary again."""
        for box in self.kinds.values():
            box.setChecked(False)
        for line in (self.topic, self.due, self.present, self.place):
            line.clear()
        one = self._of.one if self._of else None
        self.host.setText(one.org.secretary if one else "")
        self.group.setCurrentIndex(0)
        self._follow_kinds()

    def begin(self) -> None:
        """The cursor to the day, with which an event begins."""
        self.day.setFocus()

    def tick(self, kind: DutyKind) -> None:
        """Tick a kind alone and go to the number that is still to be typed."""
        for one, box in self.kinds.items():
            box.setChecked(one is kind)
        self.topic.setFocus()

    def set_day(self, day: date) -> None:
        """Take a day of the calendar; the cursor goes to the kinds."""
        self.day.set_day(day)
        next(box for box in self.kinds.values() if not box.isHidden()).setFocus()

    def draft(self) -> MeetingDraft:
        """What is typed. Raises InputRefused for numbers that are none, with the field's name."""
        one = self._of.one if self._of else None
        assert one is not None
        day = self.day.day("held_on")
        ticked = tuple(kind for kind, box in self.kinds.items() if box.isChecked())
        return MeetingDraft(
            one.org.id,
            day,
            ticked,
            _count(self.due.text(), "due", _("应到")),
            _count(self.present.text(), "present", _("实到")),
            self.topic.text(),
            self.host.text(),
            self.place.text(),
            group_number=self.group.currentData() if DutyKind.GROUP in ticked else None,
            reported_by=self.reported_by.text() if self._is_office else "",
            basis=EntryBasis(self.basis.currentData()) if self._is_office else EntryBasis.OWN,
            reason=self.reason.text(),
        )

    def refuse(self, error: Refusal) -> None:
        """The sentence under the line, the cursor at the field that it names; what was typed stays."""
        self.unmark()
        self.sentence.setText(error.sentence)
        self.sentence.show()
        if isinstance(error, InputRefused):
            self._point(error.field)

    def _point(self, field: str) -> None:
        named: dict[str, QWidget] = {
            "held_on": self.day, "kinds": self.kinds[DutyKind.ASSEMBLY], "due": self.due, "present": self.present,
            "topic": self.topic, "host": self.host, "place": self.place, "group_number": self.group,
            "reported_by": self.reported_by, "reason": self.reason,
        }  # fmt: skip
        widget = named.get(field, self.topic)
        widget.setVisible(True)  # a reason that is asked for because the quarter was frozen meanwhile
        forms.mark(widget, True)
        widget.setFocus()

    def unmark(self) -> None:
        """Take the sentence and the mark of the last refusal away."""
        self.sentence.hide()
        for widget in (self.day, self.due, self.present, self.topic, self.host, self.place, self.group, self.reason):
            forms.mark(widget, False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves from every field: none of them keeps it for itself."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submitted.emit()
            return
        super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        """As narrow as with the office's fields in a row of their own."""
        return QSize(theme.span(self, NARROWEST), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    # Inside

    def _lay(self) -> None:
        """For whom the office enters stands in the second row, or below it where that would be too wide."""
        fields = (self.topic, self.due, self.present, self.host, self.place, self.button)
        captions = [label for label in self.findChildren(QLabel) if label.buddy() in fields]
        parts = [one for one in (*fields[1:], *captions, *self._office) if not one.isHidden()]
        widths = (min(one.sizeHint().width(), one.maximumWidth()) for one in parts)
        wide = sum(widths) + self._second.spacing() * len(parts) + theme.span(self, TOPIC)
        row = self._third if wide > self.width() else self._second
        if self._office and row.indexOf(self._office[0]) < 0:
            for widget in self._office:
                (self._second if row is self._third else self._third).removeWidget(widget)
            at = 0 if row is self._third else self._second.indexOf(self.button)
            for place, widget in enumerate(self._office):
                row.insertWidget(at + place, widget)
            if row is self._third:
                row.addStretch(1)
            else:
                self._third.takeAt(0)

    def _name_fields(self) -> None:
        named = (
            (self.topic, _("主题")), (self.due, _("应到")), (self.present, _("实到")), (self.host, _("主持人")),
            (self.place, _("地点")), (self.reported_by, _("填报人")), (self.reason, _("补报或更正的理由")),
        )  # fmt: skip
        for line, words in named:
            line.setAccessibleName(words)
        self.day.setAccessibleName(_("日期"))
        self.group.setAccessibleName(_("第几小组"))
        self.basis.setAccessibleName(_("依据"))
        self.topic.setPlaceholderText(_("例如：学习党的二十届三中全会精神"))
        self.reason.setPlaceholderText(_("季度已冻结，请写明补报或更正的理由"))
        for line, width in (
            (self.due, 3.4),
            (self.present, 3.4),
            (self.host, 5),
            (self.place, 7),
            (self.reported_by, 5),
        ):
            line.setFixedWidth(theme.span(self, width))
        forms.accent(self.button)
        icons.dress(self.button, "save", "on_accent")

    def _assemble(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.day)
        first.addSpacing(theme.gap(0.3))
        for box in self.kinds.values():
            first.addWidget(box)
        first.addWidget(self.group)
        first.addStretch(1)
        pairs: tuple[tuple[str, QWidget, int], ...] = (
            (_("主题"), self.topic, 3), (_("应到"), self.due, 0), (_("实到"), self.present, 0),
            (_("主持人"), self.host, 0), (_("地点"), self.place, 0),
        )  # fmt: skip
        for words, widget, stretch in pairs:
            second.addWidget(self._label(words, widget))
            second.addWidget(widget, stretch)
        self._second, self._third = second, QHBoxLayout()
        self._office = []
        for words, widget in ((_("填报人"), self.reported_by), (_("依据"), self.basis)):
            self._office += [self._label(words, widget), widget]
        for widget in self._office:
            second.addWidget(widget)
        second.addWidget(self.button)
        for row in (first, second, self._third):
            row.setSpacing(theme.gap(0.35))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.gap(0.3), 0, 0)
        layout.setSpacing(theme.gap(0.3))
        layout.addLayout(first)
        layout.addLayout(second)
        layout.addLayout(self._third)
        layout.addWidget(self.reason)
        layout.addWidget(self.sentence)

    def _label(self, words: str, widget: QWidget) -> QLabel:
        caption = QLabel(words, self)
        caption.setObjectName("quiet")
        caption.setBuddy(widget)
        return caption

    def _follow_kinds(self) -> None:
        """How many are due follows what is ticked: all members, or as many as last time of a committee or group."""
        ticked = [kind for kind, box in self.kinds.items() if box.isChecked()]
        self.group.setVisible(DutyKind.GROUP in ticked and self.group.count() > 1)
        one = self._of.one if self._of else None
        if one is None or self._of is None:
            return
        narrow = {DutyKind.COMMITTEE, DutyKind.GROUP}
        usual: int | None = one.roster.members
        if ticked and set(ticked) <= narrow:
            usual = dict(self._of.usual).get(ticked[0])
        self.due.setText("" if usual is None or not ticked else str(usual))


def _count(text: str, field: str, name: str) -> int:
    found = number(text.translate(WIDE), field, name, "人")
    if found != found.to_integral_value():
        raise InputRefused(_("“{name}”请填整数。").format(name=name), field)
    return int(found)

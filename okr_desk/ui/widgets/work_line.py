"""The fast entry line of 工作底单: day, kind, what, figure, who, result; Enter saves and stays, Tab goes on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.queries.worklog import EntryView, Worklog
from okr_desk.rules.worklog import PLACE, RESULT, WHAT, WHO, EntryDraft
from okr_desk.rules.worklog_kinds import Kind
from okr_desk.scoring.rounding import plain
from okr_desk.terms import EntryBasis, label
from okr_desk.ui import icons, theme
from okr_desk.ui.dialogs.fields import number
from okr_desk.ui.forms import accent, mark
from okr_desk.ui.models.worklog_sentences import feeding
from okr_desk.ui.widgets.day_line import DayLine
from okr_desk.ui.widgets.entered_for import BASES
from okr_desk.ui.widgets.wrapping import WrappingRow


class WorkLine(QWidget):
    """Fields in one row, what they count for in the next. `save_asked` tells Enter or the button."""

    save_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: Worklog | None = None
        self._is_office = False
        self._key: tuple[int, int] | None = None
        self.day, self.kind = DayLine(_("日期"), None, 0, self, pick=True), QComboBox(self)
        self.what, self.amount, self.part = QLineEdit(self), QLineEdit("1", self), QLineEdit(self)
        self.who, self.result, self.place = QLineEdit(self), QLineEdit(self), QLineEdit(self)
        self.reported_by, self.basis, self.reason = QLineEdit(self), QComboBox(self), QLineEdit(self)
        self.amount_words, self.part_words = QLabel(self), QLabel(self)
        self.feeds, self.use, self.refusal = QLabel(self), QLabel(self), QLabel(self)
        self.save_button = QPushButton(_("保存"), self)
        self.ticks: list[QCheckBox] = []
        self._dress()
        self._assemble()
        self.kind.currentIndexChanged.connect(self._follow_kind)
        self.save_button.clicked.connect(lambda: self.save_asked.emit())

    def show_log(self, of: Worklog, is_office: bool) -> None:
        """Take kinds, key results and suggestions of a branch; what is typed stays while the same place is shown."""
        self.shown, self._is_office = of, is_office
        self.day.keep_within(of.quarter.starts_on, of.quarter.ends_on, of.quarter.label)
        chosen = self.kind.currentData()
        self.kind.blockSignals(True)
        self.kind.clear()
        for kind in of.kinds:
            self.kind.addItem(kind.name, kind.key)
        last = of.last.kind.key if of.last is not None else None
        self.kind.setCurrentIndex(max(0, self.kind.findData(chosen if chosen is not None else last)))
        self.kind.blockSignals(False)
        for field in (self.reported_by, self.basis):
            field.setVisible(is_office)
        self.reason.setVisible(of.needs_reason)
        if self._key != (of.org.id, of.quarter.id):
            self._key = (of.org.id, of.quarter.id)
            self.clear()
            self.day.set_day(min(max(of.today, of.quarter.starts_on), of.quarter.ends_on))
            self.reported_by.setText(of.reported_by or of.org.secretary)
            self.basis.setCurrentIndex(max(0, self.basis.findData(of.basis)))
        for field, known in (
            (self.what, [one.what for one in of.entries]),
            (self.who, [one.who for one in of.entries]),
        ):
            _suggest(field, known)
        self._follow_kind()

    @property
    def chosen(self) -> Kind | None:
        """The kind that is chosen."""
        at = self.kind.currentIndex()
        return self.shown.kinds[at] if self.shown is not None and 0 <= at < len(self.shown.kinds) else None

    def draft(self) -> EntryDraft:
        """What was typed; raises InputRefused for what cannot be read."""
        assert self.shown is not None
        kind, day = self.chosen, self.day.day("done_on")
        if kind is None:
            raise InputRefused(_("请选择工作类别。"), "kind")
        return EntryDraft(
            org_id=self.shown.org.id,
            kind=kind.key,
            done_on=day,
            what=self.what.text(),
            amount=number(self.amount.text(), "amount", kind.amount_name or _("数量"), kind.unit),
            part=number(self.part.text(), "part", kind.part_name, kind.unit) if kind.is_share else None,
            who=self.who.text(),
            result=self.result.text(),
            place=self.place.text(),
            key_results=tuple(tick.property("key") for tick in self.ticks if tick.isChecked()),
            reported_by=self.reported_by.text() if self._is_office else "",
            basis=EntryBasis(self.basis.currentData()) if self._is_office else EntryBasis.OWN,
            reason=self.reason.text(),
        )

    def refuse(self, error: Exception) -> None:
        """Show a refusal under the line, and mark the field that it names."""
        name = error.field if isinstance(error, InputRefused) else ""
        self.refusal.setText(str(error))
        self.refusal.show()
        field = self._fields.get(name)
        if field is not None:
            field.setVisible(True)  # a reason that is asked for because the quarter was frozen meanwhile
            mark(field, True)
            field.setFocus()

    def accepted(self) -> None:
        """It is saved: the next one starts with the same day, kind and person."""
        self.clear()
        self.what.setFocus()

    def clear(self) -> None:
        """Empty what belongs to one entry alone."""
        for field in (self.what, self.part, self.result, self.place):
            field.clear()
        self.amount.setText("1")
        for tick in self.ticks:
            tick.setChecked(False)
        self.settle()

    def settle(self) -> None:
        """Take the last refusal away."""
        self.refusal.hide()
        for field in self._fields.values():
            mark(field, False)

    def copy(self, of: EntryView) -> None:
        """Fill the line like an entry, but for its day."""
        at = self.kind.findData(of.kind.key)
        if at >= 0:
            self.kind.setCurrentIndex(at)
        self.what.setText(of.what)
        self.amount.setText(plain(of.amount))
        self.part.setText("" if of.part is None else plain(of.part))
        self.who.setText(of.who)
        self.result.setText(of.result)
        self.place.setText(of.place)
        wanted = {feed.key_result_id for feed in of.feeds}
        for tick in self.ticks:
            tick.setChecked(tick.property("key") in wanted)
        self.what.setFocus()
        self.what.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.save_button.isEnabled():
            self.save_asked.emit()
            return
        super().keyPressEvent(event)

    # Inside

    @property
    def _fields(self) -> dict[str, QWidget]:
        return {
            "done_on": self.day, "kind": self.kind, "what": self.what, "amount": self.amount, "part": self.part,
            "who": self.who, "result": self.result, "place": self.place, "reported_by": self.reported_by,
            "reason": self.reason,
        }  # fmt: skip

    def _follow_kind(self) -> None:
        """Name the figures of the kind, say what it counts for, offer the key results that it can add up to."""
        kind = self.chosen
        if kind is None or self.shown is None:
            return
        self.amount_words.setText(kind.amount_title)
        self.part_words.setText(_("其中{name}").format(name=kind.part_name))
        self.part.setVisible(kind.is_share)
        self.part_words.setVisible(kind.is_share)
        self.feeds.setText(feeding(kind, self.shown))
        self.feeds.setToolTip(self.feeds.text())
        self.kind.setToolTip(kind.use)
        self.use.setText(kind.use)
        kept = {tick.property("key") for tick in self.ticks if tick.isChecked()}
        for tick in self.ticks:
            tick.hide()
            tick.deleteLater()
        self.ticks = []
        for offer in self.shown.offers:
            if offer.takes(kind):
                tick = QCheckBox(f"{offer.code} {offer.title}"[:24], self)
                tick.setToolTip(_("计入关键结果 {code} {title}").format(code=offer.code, title=offer.title))
                tick.setProperty("key", offer.id)
                tick.setChecked(offer.id in kept)
                self.ticks.append(tick)
                self._ticked.addWidget(tick)

    def _dress(self) -> None:
        names = (
            (self.day, _("日期"), 0), (self.kind, _("类别"), 0), (self.what, _("做了什么"), WHAT),
            (self.amount, _("数量"), 20), (self.part, _("其中"), 20), (self.who, _("谁做的"), WHO),
            (self.result, _("结果"), RESULT),
            (self.place, _("地点"), PLACE), (self.reported_by, _("填报人"), 40), (self.basis, _("依据"), 0),
            (self.reason, _("补报理由"), 300),
        )  # fmt: skip
        for field, words, longest in names:
            field.setAccessibleName(words)
            if isinstance(field, QLineEdit) and longest:
                field.setMaxLength(longest + 1)
        for basis in BASES:
            self.basis.addItem(label(basis), basis)
        self.place.setPlaceholderText(_("地点"))
        self.reported_by.setPlaceholderText(_("填报人"))
        self.reason.setPlaceholderText(_("补报理由"))
        self.kind.setMaxVisibleItems(20)
        self.kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for field, width in (
            (self.amount, 4),
            (self.part, 4),
            (self.place, 8),
            (self.reported_by, 5),
            (self.reason, 12),
        ):
            field.setFixedWidth(theme.span(self, width))
        icons.dress(self.save_button, "save", "on_accent")
        accent(self.save_button)
        self.save_button.setToolTip(_("回车保存并继续登记"))
        for said in (self.feeds, self.use):
            said.setObjectName("quiet")
        self.use.setWordWrap(True)
        self.feeds.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.refusal.setProperty("refusal", True)
        self.refusal.setWordWrap(True)
        self.refusal.hide()

    def _assemble(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.gap(0.35))
        grid.setVerticalSpacing(theme.gap(0.1))
        columns = (
            (QLabel(_("日期"), self), self.day, 0), (QLabel(_("类别"), self), self.kind, 0),
            (QLabel(_("做了什么"), self), self.what, 5), (self.amount_words, self.amount, 0),
            (self.part_words, self.part, 0), (QLabel(_("谁做的"), self), self.who, 2),
            (QLabel(_("结果"), self), self.result, 3),
        )  # fmt: skip
        for column, (caption, field, stretch) in enumerate(columns):
            caption.setObjectName("quiet")
            caption.setFont(theme.font("small"))
            caption.setBuddy(field)
            grid.addWidget(caption, 0, column)
            grid.addWidget(field, 1, column)
            grid.setColumnStretch(column, stretch)
        grid.addWidget(self.save_button, 1, len(columns))
        self._ticked = WrappingRow(theme.gap(0.5))
        below = QHBoxLayout()
        below.setSpacing(theme.gap(0.4))
        for widget in (self.place, self.reported_by, self.basis, self.reason, self.feeds):
            below.addWidget(widget, 3 if widget is self.feeds else 0)
        below.addLayout(self._ticked, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.gap(0.25))
        layout.addLayout(grid)
        layout.addLayout(below)
        layout.addWidget(self.use)
        layout.addWidget(self.refusal)


def _suggest(field: QLineEdit, known: Sequence[str]) -> None:
    """What was typed before, offered while one types."""
    found = QCompleter([one for one in dict.fromkeys(known) if one], field)
    found.setFilterMode(Qt.MatchFlag.MatchContains)
    field.setCompleter(found)

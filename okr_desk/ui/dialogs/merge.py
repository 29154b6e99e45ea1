"""Mergers and splits: who becomes whom, from when, and who takes over what is unfinished."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QListWidget, QListWidgetItem, QWidget

from okr_desk import services
from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.queries.objectives import OrgView
from okr_desk.rules.orgs import MergeDraft, OrgDraft, SplitDraft
from okr_desk.terms import OrgKind
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.notices import NoticesDialog
from okr_desk.ui.dialogs.org import Surroundings
from okr_desk.ui.dialogs.saving import SavingDialog
from okr_desk.ui.widgets.day_line import DayLine
from okr_desk.ui.widgets.passing import PassingList

CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class Ticks(QListWidget):
    """A list of organisations to tick."""

    def __init__(self, orgs: tuple[OrgView, ...], ticked: tuple[int, ...] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        for org in orgs:
            item = QListWidgetItem(org.short_name, self)
            item.setData(Qt.ItemDataRole.UserRole, org.id)
            item.setCheckState(CHECKED if org.id in ticked else UNCHECKED)
        self.setMinimumHeight(round(theme.line_height() * 4))
        self.setMaximumHeight(round(theme.line_height() * 8))

    def sizeHint(self) -> QSize:
        """Five lines: more where the dialog has room for more."""
        return QSize(super().sizeHint().width(), round(theme.line_height() * 5))

    def ticked(self) -> tuple[int, ...]:
        """The ids ticked, in the order shown."""
        items = [self.item(row) for row in range(self.count())]
        return tuple(item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() == CHECKED)

    def tick(self, org_id: int, on: bool = True) -> None:
        """Tick one organisation."""
        for row in range(self.count()):
            if self.item(row).data(Qt.ItemDataRole.UserRole) == org_id:
                self.item(row).setCheckState(CHECKED if on else UNCHECKED)


class MergeDialog(SavingDialog):
    """Ticked branches become one: an existing branch, or a new one with a name of its own."""

    def __init__(self, desk: Desk, around: Surroundings, org: OrgView, parent: QWidget | None = None) -> None:
        note = _("被合并的支部从合并日起撤销，历史数据保留在原支部名下，不重新评分。已完成的关键结果不移交。")
        super().__init__(desk, services.successions.merge, _("合并党组织"), parent=parent, note=note, accept=_("合并"))
        self._around = around
        same = tuple(o for o in around.orgs if o.kind == org.kind)
        self.list = Ticks(same, (org.id,))
        self.into = QComboBox()
        for other in same:
            self.into.addItem(_("并入 {name}").format(name=other.short_name), other.id)
        self.into.addItem(_("合并新设一个党组织"), None)
        self.into.setCurrentIndex(self.into.findData(org.id))
        self.on = DayLine(_("合并日期"), around.today, around.today.year, pick=True)
        self.inherit = QCheckBox(_("原支部未完成的目标、关键结果和基线由合并后的支部承接"), self)
        self.inherit.setChecked(True)
        self._org = org
        self.add_row("predecessor_ids", _("参与合并"), self.list)
        self.add_pair("into_id", _("合并为"), self.into, "on", _("合并日期"), self.on)
        self.add_pair("short_name", _("新设简称"), QLineEdit(), "full_name", _("全称"), QLineEdit())
        self.form.addRow("", self.inherit)
        self.passing = PassingList(desk)
        self.add_row("heirs_of", _("将承接"), self.passing)
        self.add_row("reason", _("依据"), QLineEdit())
        self.setMinimumWidth(theme.span(self, 44))
        self.into.currentIndexChanged.connect(self._follow)
        self.list.itemChanged.connect(self._preview)
        self.on.moved.connect(self._preview)
        self.inherit.toggled.connect(self._preview)
        self._follow()

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, around: Surroundings, org: OrgView) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, around, org, parent)
        dialog.exec()
        if dialog.outcome is not None:
            NoticesDialog.tell(parent, _("已合并，请接着办理"), dialog.outcome.notices)
        return dialog.outcome

    def draft(self) -> MergeDraft:
        on, ticked, into = self.on.day("on"), self.list.ticked(), self.into.currentData()
        successor = None
        if into is None:
            successor = _like(self._org, self._around, on, self.text("full_name"), self.text("short_name"))
        heirs = self._gone() if self.inherit.isChecked() else ()
        return MergeDraft(ticked, on, self.text("reason"), into, successor, heirs)

    def _gone(self) -> tuple[int, ...]:
        """The ticked ones that end with the merger."""
        return tuple(org_id for org_id in self.list.ticked() if org_id != self.into.currentData())

    def _follow(self) -> None:
        self.show_field("short_name", self.into.currentData() is None)
        self._preview()

    def _preview(self) -> None:
        if not self.inherit.isChecked():
            self.passing.say(_("不承接：未完成的事项留在原支部名下，合并后不再考核。"))
        elif not self._gone():
            self.passing.say(_("勾选被合并的支部后，这里列出将承接的事项。"))
        else:
            self.passing.ask(self._gone(), self.into.currentData(), self.on.understood)


class SplitDialog(SavingDialog):
    """One branch becomes several; it may go on itself."""

    def __init__(self, desk: Desk, around: Surroundings, org: OrgView, parent: QWidget | None = None) -> None:
        note = _("新设支部从拆分日起参加填报，类别和上级与原支部相同，之后可以修改。")
        title = _("拆分“{name}”").format(name=org.short_name)
        super().__init__(desk, services.successions.split, title, parent=parent, note=note, accept=_("拆分"))
        self._around, self._org = around, org
        self.names = [(QLineEdit(), QLineEdit()) for _number in range(3)]
        for number, (short, full) in enumerate(self.names, start=1):
            name = "successors" if number == 1 else f"short_{number}"
            self.add_pair(name, _("新设 {n} 简称").format(n=number), short, f"full_{number}", _("全称"), full)
        self.continues = QCheckBox(_("原支部保留，未完事项仍由它承担"), self)
        self.form.addRow("", self.continues)
        self.heir = QComboBox()
        self.on = DayLine(_("拆分日期"), around.today, around.today.year, pick=True)
        self.add_pair("heir", _("承接未完事项"), self.heir, "on", _("拆分日期"), self.on)
        self.passing = PassingList(desk)
        self.add_row("passing", _("将承接"), self.passing)
        self.add_row("reason", _("依据"), QLineEdit())
        for short, _full in self.names:
            short.textChanged.connect(self._follow)
        self.continues.toggled.connect(self._follow)
        self.heir.currentIndexChanged.connect(self._preview)
        self.on.moved.connect(self._preview)
        self.setMinimumWidth(theme.span(self, 44))
        self._follow()

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, around: Surroundings, org: OrgView) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, around, org, parent)
        dialog.exec()
        if dialog.outcome is not None:
            NoticesDialog.tell(parent, _("已拆分，请接着办理"), dialog.outcome.notices)
        return dialog.outcome

    def draft(self) -> SplitDraft:
        on = self.on.day("on")
        named = [
            (full.text(), short.text()) for short, full in self.names if short.text().strip() or full.text().strip()
        ]
        if any(not full.strip() or not short.strip() for full, short in named):
            raise InputRefused(_("每个新设支部都要填全称和简称。"), "successors")
        successors = tuple(_like(self._org, self._around, on, full, short) for full, short in named)
        heir = None if self.continues.isChecked() else self.heir.currentData()
        return SplitDraft(self._org.id, successors, on, self.text("reason"), heir, self.continues.isChecked())

    def _follow(self) -> None:
        chosen = self.heir.currentData() if self.heir.count() > 1 else 0
        self.heir.blockSignals(True)
        self.heir.clear()
        filled = [short.text().strip() for short, _full in self.names if short.text().strip()]
        for place, name in enumerate(filled):
            self.heir.addItem(name, place)
        self.heir.addItem(_("不承接"), None)
        self.heir.setCurrentIndex(max(0, self.heir.findData(chosen)))
        self.heir.blockSignals(False)
        self.heir.setEnabled(not self.continues.isChecked())
        self._preview()

    def _preview(self) -> None:
        if self.continues.isChecked():
            self.passing.say(_("原支部保留，未完成的事项仍由它承担，不移交。"))
        elif self.heir.currentData() is None:
            self.passing.say(_("不承接：未完成的事项留在原支部名下，拆分后不再考核。"))
        else:
            self.passing.ask((self._org.id,), None, self.on.understood)


def _like(org: OrgView, around: Surroundings, on: date, full_name: str, short_name: str) -> OrgDraft:
    """A new organisation of the same level, category and superior."""
    category = next((c.id for c in around.categories if c.name == org.category), None)
    plain = OrgDraft(OrgKind(org.kind), full_name, short_name, on, org.parent_id)
    return replace(plain, category_id=category)

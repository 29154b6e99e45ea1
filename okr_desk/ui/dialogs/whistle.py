"""A whistle: class, source, matter, place, goal, and the departments it is for. Short, with what was written before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget

from okr_desk import services
from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.queries.departments import DepartmentView
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.whistle_board import Board
from okr_desk.queries.whistles import WhistleView
from okr_desk.rules.whistles import WhistleDraft, unknown_department
from okr_desk.terms import EntryBasis, QuarterState, label
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.saving import SavingDialog
from okr_desk.ui.forms import choices
from okr_desk.ui.models.whistle_rows import class_text
from okr_desk.ui.widgets.day_line import DayLine
from okr_desk.whistle_terms import WhistleClass

BASES = (EntryBasis.PAPER, EntryBasis.PHONE, EntryBasis.CHAT)


class WhistleDialog(SavingDialog):
    """`old`: the draft that is corrected; `again`: the whistle whose result failed and that is blown again."""

    def __init__(
        self,
        desk: Desk,
        of: Board,
        branches: Sequence[OrgView],
        org_id: int | None = None,
        old: WhistleView | None = None,
        again: WhistleView | None = None,
        parent: QWidget | None = None,
    ) -> None:
        title = _("重吹") if again else _("修改吹哨单") if old else _("吹哨登记")
        service = services.whistles.correct if old else services.whistles.create
        before = (old.id,) if old else ()
        super().__init__(desk, service, title, *before, parent=parent, note=_note(again))
        self._of, self._again = of, again
        self._departments = [one for one in of.departments if one.is_active]
        shown = old or again
        self._build(of, branches, shown.org_id if shown else org_id, shown)
        self._build_office(old)
        if shown is None:
            self.fields["matter"].setFocus()

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, of: Board, branches: Sequence[OrgView], **more: Any) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, of, branches, parent=parent, **more)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> WhistleDraft:
        day = self.day.day("drawn_on")
        return WhistleDraft(
            org_id=self.org.currentData(),
            kind=WhistleClass(self.kind.currentData()),
            source=self.source.currentText(),
            matter=self.text("matter"),
            place=self.text("place"),
            goal=self.text("goal"),
            department_id=self._department(self.department.currentText(), "department_id"),
            helper_ids=self._helpers(),
            drawn_on=day,
            blown_by=self.text("blown_by"),
            reported_by=self.text("reported_by") if self._is_office else "",
            basis=EntryBasis(self.basis.currentData()) if self._is_office else EntryBasis.OWN,
            again_of_id=self._again.id if self._again else None,
            reason=self.text("reason") if "reason" in self.fields else "",
        )

    # Inside

    def _build(self, of: Board, branches: Sequence[OrgView], org_id: int | None, shown: WhistleView | None) -> None:
        self.org = choices([(one.short_name, one.id) for one in branches], org_id)
        self.kind = choices([(class_text(kind), kind.value) for kind in WhistleClass], shown and shown.kind.value)
        self.source = _suggesting(of.sources, shown.source if shown else "")
        day = shown.drawn_on if shown and not self._again else self.desk.clock.today()
        self.day = DayLine(_("日期"), day, day.year, pick=True)
        self.department = _suggesting([one.name for one in self._departments], shown.department.name if shown else "")
        self.add_pair("org_id", _("吹哨支部"), self.org, "kind", _("类别"), self.kind)
        self.add_pair("drawn_on", _("日期"), self.day, "source", _("来源"), self.source)
        self.add_row("matter", _("事项"), _line(shown.matter if shown else "", of.matters))
        self.add_row("place", _("地点"), _line(shown.place if shown else "", of.places))
        self.add_row("goal", _("预期目标"), QLineEdit(shown.goal if shown else ""), _("希望部门到场后解决到什么程度。"))
        self.add_row("department_id", _("主责部门"), self.department)
        helpers = _("、").join(one.name for one in shown.helpers) if shown else ""
        self.add_row("helper_ids", _("配合部门"), QLineEdit(helpers), _("没有的不填；几个部门用顿号隔开。"))
        self.add_row("blown_by", _("吹哨人"), QLineEdit(shown.blown_by if shown else ""))

    def _build_office(self, old: WhistleView | None) -> None:
        """Who said so where the office enters for a branch, and why where the quarter is frozen."""
        actor = self.desk.actor
        self._is_office = actor is not None and actor.is_office
        if self._is_office:
            self.basis = choices([(label(basis), basis.value) for basis in BASES], old and old.basis.value)
            reported = QLineEdit(old.reported_by if old else "")
            self.add_pair("reported_by", _("填报人"), reported, "basis", _("依据"), self.basis)
        if self._is_office:
            is_shut = self._of.quarter.state in (QuarterState.FROZEN, QuarterState.CLOSED)
            self.add_reason(is_shut, advice=_("日期在已冻结季度内的，须写明理由。"))

    def _department(self, name: str, field: str) -> int | None:
        bare = name.strip()
        found = next((one for one in self._departments if one.name == bare), None)
        if bare and found is None:
            raise InputRefused(unknown_department(bare), field)
        return None if found is None else found.id

    def _helpers(self) -> tuple[int, ...]:
        names = [name for name in re.split(r"[、，,；;\s]+", self.text("helper_ids")) if name]
        found = [self._department(name, "helper_ids") for name in names]
        return tuple(one for one in dict.fromkeys(found) if one is not None)


def _note(again: WhistleView | None) -> str:
    if again is None:
        return _("先存为草稿；核对后在右侧点“报审”，由镇党建办审签后吹哨。")
    return _("{number}没有解决，就同一事项再次吹哨，计入重吹率。").format(number=again.number)


def _suggesting(said: Sequence[str], text: str) -> QComboBox:
    """A line with what was written before."""
    box = QComboBox()
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.addItems(list(said))
    completer = QCompleter(list(said), box)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    box.setCompleter(completer)
    box.setCurrentText(text)
    return box


def _line(text: str, said: Sequence[str]) -> QLineEdit:
    line = QLineEdit(text)
    completer = QCompleter(list(said), line)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    line.setCompleter(completer)
    return line


def department_names(departments: Sequence[DepartmentView]) -> list[str]:
    """The names in use, in the order of the register."""
    return [one.name for one in departments if one.is_active]

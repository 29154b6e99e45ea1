"""One Party organisation: add it, or state it anew from a day on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from okr_desk import services
from okr_desk.i18n import _
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.orgs import CategoryView, VersionView
from okr_desk.rules.orgs import MAY_STAND_UNDER, OrgDraft, RetireDraft
from okr_desk.terms import OrgKind, label
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.saving import CountField, SavingDialog
from okr_desk.ui.forms import choices
from okr_desk.ui.widgets.day_line import DayLine

COUNTS = ("full_members", "probationary_members", "groups", "households", "workers")


@dataclass(frozen=True)
class Surroundings:
    """What the form chooses from: the organisations and categories in use, and the office's date."""

    orgs: tuple[OrgView, ...]
    categories: tuple[CategoryView, ...]
    today: date


class OrgDialog(SavingDialog):
    """All facts of an organisation. `version` given: change it from a day on, the time before keeps the old facts."""

    def __init__(
        self,
        desk: Desk,
        around: Surroundings,
        org: OrgView | None = None,
        version: VersionView | None = None,
        parent_id: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        if org is None:
            super().__init__(desk, services.orgs.create, _("新增党组织"), parent=parent)
        else:
            note = _("修改从生效日期起算，以前各季度仍按当时的名称和类别。")
            super().__init__(
                desk,
                services.orgs.revise,
                _("修改“{name}”").format(name=org.short_name),
                org.id,
                parent=parent,
                note=note,
            )
        self._around, self._org, self._version = around, org, version
        kind = OrgKind(org.kind) if org else OrgKind.BRANCH
        self._add_place(kind, version, parent_id)
        self._add_facts(version)
        start = around.today if org else date(around.today.year, 1, 1)
        self.valid_from = DayLine(_("生效日期"), start, start.year, pick=True)
        self.elected = DayLine(_("上次换届"), version.elected_on if version else None, start.year, pick=True)
        self.add_pair("elected_on", _("上次换届"), self.elected, "valid_from", _("生效日期"), self.valid_from)
        self.at_once = QCheckBox(_("类别变更当天生效（默认自下季度起）"), self)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("如批复文号、换届结果"))
        self.add_row("reason", _("依据"), self.reason)
        if org is not None and kind is OrgKind.BRANCH:
            self.form.addRow("", self.at_once)
        else:
            self.at_once.hide()
        self.kind.currentIndexChanged.connect(self._follow_kind)
        self._follow_kind()

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, around: Surroundings, **more: Any) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, around, parent=parent, **more)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> OrgDraft:
        kind = OrgKind(self.kind.currentData())
        is_top = kind is OrgKind.TOWNSHIP
        valid_from = self.valid_from.day("valid_from")
        return OrgDraft(
            kind=kind,
            full_name=self.text("full_name"),
            short_name=self.text("short_name"),
            valid_from=valid_from,
            parent_id=None if is_top else self.above.currentData(),
            category_id=None if is_top else self.category.currentData(),
            has_committee=self.committee.currentData(),
            elected_on=self.elected.optional_day("elected_on"),
            reason=self.reason.text(),
            category_at_once=self.at_once.isChecked(),
            **{name: field.count() for name, field in self._counts.items()},
        )

    def _add_place(self, kind: OrgKind, version: VersionView | None, parent_id: int | None) -> None:
        kinds = [kind] if self._org else [OrgKind.BRANCH, OrgKind.GENERAL_BRANCH]
        self.kind = choices([(label(one), one) for one in kinds], kind)
        self.kind.setEnabled(self._org is None)
        mine = version.category_id if version else None
        offered = [(c.name, c.id) for c in self._around.categories if not c.is_retired or c.id == mine]
        self.category = choices([(_("不分类别"), None), *offered], mine if version or not offered else offered[0][1])
        self.above = QComboBox()
        self._wanted_parent = version.parent_id if version else parent_id
        full_name = QLineEdit(version.full_name if version else "")
        full_name.setPlaceholderText(_("与印章上的名称一致"))
        self.add_pair("kind", _("层级"), self.kind, "category_id", _("类别"), self.category)
        self.add_row("full_name", _("全称"), full_name)
        short_name = QLineEdit(version.short_name if version else "")
        self.add_pair("short_name", _("简称"), short_name, "parent_id", _("上级"), self.above)
        self.setMinimumWidth(theme.span(self, 34))

    def _add_facts(self, version: VersionView | None) -> None:
        counts = self._counts = {name: CountField(getattr(version, name) if version else None) for name in COUNTS}
        self.committee = choices([(_("未填"), None), (_("设"), True), (_("不设"), False)], _committee(version))
        self.add_pair(
            "full_members",
            _("正式党员"),
            counts["full_members"],
            "probationary_members",
            _("预备党员"),
            counts["probationary_members"],
        )
        self.add_pair("groups", _("党小组数"), counts["groups"], "has_committee", _("支委会"), self.committee)
        self.add_pair("households", _("辖区户数"), counts["households"], "workers", _("专职工作者"), counts["workers"])

    def _follow_kind(self) -> None:
        kind = OrgKind(self.kind.currentData())
        chosen = self.above.currentData() if self.above.count() else self._wanted_parent
        self.above.clear()
        for org in self._around.orgs:
            if OrgKind(org.kind) in MAY_STAND_UNDER[kind] and (self._org is None or self._org.id not in org.line):
                self.above.addItem(org.short_name, org.id)
        self.above.setCurrentIndex(max(0, self.above.findData(chosen)))
        self.show_field("parent_id", kind is not OrgKind.TOWNSHIP)
        self.show_field("category_id", kind is not OrgKind.TOWNSHIP)


class RetireDialog(SavingDialog):
    """The end of an organisation: from which day, and on what ground."""

    def __init__(self, desk: Desk, org: OrgView, today: date, parent: QWidget | None = None) -> None:
        note = _("撤销后不再出现在名册和填报中，任职和支部账号同时终止；以前的目标、数据和评审表都保留。")
        title = _("撤销“{name}”").format(name=org.short_name)
        super().__init__(desk, services.successions.retire, title, parent=parent, note=note, accept=_("撤销"))
        self._org = org
        self.on = DayLine(_("撤销日期"), today, today.year, pick=True)
        self.add_row("on", _("撤销日期"), self.on, _("从这一天起不再存在"))
        self.add_row("reason", _("依据"), QLineEdit())

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, org: OrgView, today: date) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, org, today, parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> RetireDraft:
        return RetireDraft(self._org.id, self.on.day("on"), self.text("reason"))


def _committee(version: VersionView | None) -> bool | None:
    return version.has_committee if version else None

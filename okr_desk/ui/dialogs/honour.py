"""Kinds of honours with their quotas, and giving one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from okr_desk import services
from okr_desk.i18n import _
from okr_desk.queries.honours import KindView
from okr_desk.queries.objectives import OrgView
from okr_desk.rules.honours import HonourDraft, KindDraft
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.fields import optional_number
from okr_desk.ui.dialogs.saving import CountField, SavingDialog
from okr_desk.ui.forms import choices
from okr_desk.ui.models.title_rows import share_text
from okr_desk.ui.widgets.day_line import DayLine


class KindDialog(SavingDialog):
    """A new kind of the year, or `old` changed."""

    def __init__(
        self, desk: Desk, year: int, grades: Sequence[str], old: KindView | None = None, parent: QWidget | None = None
    ) -> None:
        service = services.honours.change_kind if old else services.honours.create_kind
        title = _("修改荣誉") if old else _("增加荣誉")
        super().__init__(desk, service, title, *((old.id,) if old else ()), parent=parent)
        self._year = year
        self.add_row("name", _("荣誉名称"), QLineEdit(old.name if old else ""))
        self.of_person = choices([(_("授予支部"), False), (_("授予个人"), True)], old.of_person if old else False)
        self.add_row("of_person", _("授予"), self.of_person)
        self.most = CountField(old.most if old else None)
        quota = QLineEdit(share_text(old.quota) if old else "")
        advice = _("占支部数的百分比和最多几个，取较少的；都不填为不限。")
        self.add_pair("quota", _("比例（%）"), quota, "most", _("名额"), self.most, advice)
        pairs: list[tuple[str, Any]] = [(_("不要求"), ""), *((_(name), name) for name in grades)]
        self.grade = choices(pairs, old.least_grade if old else "")
        self.add_row("least_grade", _("最低年度等次"), self.grade, _("报送不足、没有等次的支部不能授予。"))
        self.retired = QCheckBox(_("停用，不再授予"))
        self.retired.setChecked(old is not None and old.is_retired)
        self.add_row("is_retired", _("状态"), self.retired)

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, year: int, grades: Sequence[str], old: KindView | None = None) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, year, grades, old, parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> KindDraft:
        share = optional_number(self.text("quota").rstrip("%％"), "quota", _("比例（%）"))
        return KindDraft(
            self._year,
            self.text("name"),
            bool(self.of_person.currentData()),
            None if share is None else share / 100,
            self.most.count(),
            str(self.grade.currentData() or ""),
            self.retired.isChecked(),
        )


class GiveDialog(SavingDialog):
    """An honour for a branch or a person, by a document."""

    def __init__(
        self,
        desk: Desk,
        kinds: Sequence[KindView],
        branches: Sequence[OrgView],
        kind_id: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, services.honours.give, _("授予荣誉"), parent=parent, accept=_("授予"))
        self._kinds = {one.id: one for one in kinds}
        today = desk.clock.today()
        self.kind = choices([(_words(one), one.id) for one in kinds], kind_id)
        self.org = choices([(one.short_name, one.id) for one in branches])
        self.day = DayLine(_("授予日期"), today, today.year, pick=True)
        self.add_row("kind_id", _("荣誉"), self.kind)
        self.add_row("org_id", _("支部"), self.org)
        self.add_row("person", _("姓名"), QLineEdit())
        self.add_pair("given_on", _("授予日期"), self.day, "document", _("依据文号"), QLineEdit())
        self.add_row("note", _("备注"), QLineEdit())
        self.kind.currentIndexChanged.connect(self._follow)
        self._follow()

    @classmethod
    def ask(
        cls,
        parent: QWidget,
        desk: Desk,
        kinds: Sequence[KindView],
        branches: Sequence[OrgView],
        kind_id: int | None = None,
    ) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, kinds, branches, kind_id, parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> HonourDraft:
        of_person = self._kinds[self.kind.currentData()].of_person
        return HonourDraft(
            self.kind.currentData(),
            self.org.currentData(),
            self.day.day("given_on"),
            self.text("document"),
            self.text("person") if of_person else "",
            self.text("note"),
        )

    def _follow(self) -> None:
        kind = self._kinds.get(self.kind.currentData())
        self.show_field("person", kind is not None and kind.of_person)


def _words(one: KindView) -> str:
    left = one.left
    return one.name if left is None else _("{name}（还有 {n} 个名额）").format(name=one.name, n=left)

"""Households: listed by the line with who looks after them, corrected, handed over; members' half-yearly marks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from okr_desk import services
from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.member_terms import HouseholdKind, Rater
from okr_desk.queries.household_board import BranchBoard, Keeper
from okr_desk.queries.households import HouseholdView, half_of
from okr_desk.rules.households import HouseholdDraft, RatingDraft, typed_households
from okr_desk.scoring.rounding import plain
from okr_desk.terms import label
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.fields import optional_number
from okr_desk.ui.dialogs.saving import SavingDialog
from okr_desk.ui.forms import choices
from okr_desk.ui.widgets.day_line import DayLine


class HouseholdsDialog(SavingDialog):
    """One or many: a household a line, label first, then the head's name and 重点户."""

    def __init__(self, desk: Desk, of: BranchBoard, member_id: int | None, parent: QWidget | None = None) -> None:
        note = _(
            "一户一行：门牌、户主，重点户再写“重点户”，中间用空格隔开，如“3组12号 张三 重点户”。也可以从表格粘贴。"
        )
        super().__init__(desk, services.households.add, _("登记联系户"), parent=parent, note=note, accept=_("登记"))
        self._of = of
        self.member = keeper_choices(of.keepers, member_id)
        self.since = DayLine(_("联系起始日"), min(of.quarter.starts_on, of.today), of.quarter.year)
        field = QPlainTextEdit()
        field.setMinimumHeight(round(theme.line_height() * 8))
        field.setTabChangesFocus(True)
        self.add_pair("member_id", _("联系党员"), self.member, "since", _("联系起始日"), self.since)
        self.add_row("label", _("联系户"), field)
        self.fields["head"], self._sentences["head"] = field, self._sentences["label"]
        field.setFocus()

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, of: BranchBoard, member_id: int | None) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, of, member_id, parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> tuple[HouseholdDraft, ...]:
        since = self.since.day("since")
        found = typed_households(self.text("label"), self._of.org.id, since, self.member.currentData())
        if not found:
            raise InputRefused(_("请至少写一户，如“3组12号 张三”。"), "label")
        return found


class HouseholdDialog(SavingDialog):
    """Correct the label, the head's name and the kind."""

    def __init__(self, desk: Desk, of: HouseholdView, parent: QWidget | None = None) -> None:
        super().__init__(desk, services.households.change, _("修改联系户"), of.id, parent=parent)
        self._of = of
        self.kind = choices([(label(kind), kind.value) for kind in HouseholdKind], of.kind.value)
        self.add_pair("label", _("门牌"), QLineEdit(of.label), "head", _("户主"), QLineEdit(of.head))
        self.add_row("kind", _("类别"), self.kind)

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, of: HouseholdView) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, of, parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> HouseholdDraft:
        kind = HouseholdKind(self.kind.currentData())
        return HouseholdDraft(self._of.org_id, self.text("label"), self._of.listed_on, self.text("head"), kind)


class HandOverDialog(SavingDialog):
    """Who looks after a household from a day on."""

    def __init__(self, desk: Desk, of: BranchBoard, household: HouseholdView, parent: QWidget | None = None) -> None:
        now = of.name_of(household.member_id) or _("没有联系党员")
        note = _("{label}，现在：{now}。以前的走访仍记在原来的党员名下。").format(label=household.label, now=now)
        service = _hand_over(household.id)
        super().__init__(desk, service, _("改由他人联系"), parent=parent, note=note)
        others = [one for one in of.keepers if one.member.id != household.member_id]
        self.member = keeper_choices(others, None)
        self.since = DayLine(_("联系起始日"), of.today, of.today.year)
        self.add_row("member_id", _("联系党员"), self.member)
        self.add_row("since", _("联系起始日"), self.since)
        self.member.setFocus()

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, of: BranchBoard, household: HouseholdView) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, of, household, parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> tuple[int | None, date]:
        since = self.since.day("since")
        return self.member.currentData(), since


class RatingDialog(SavingDialog):
    """The four marks of a half-year; what is not given stays empty and is re-weighted."""

    def __init__(self, desk: Desk, of: BranchBoard, keeper: Keeper, parent: QWidget | None = None) -> None:
        half = half_of(of.quarter)
        name = _("上半年") if half == 1 else _("下半年")
        note = _("{name}，{year}年{half}。各填 0 至 100，没有的留空，由其余各项平均。")
        super().__init__(
            desk,
            services.household_ratings.rate,
            _("联户半年评分"),
            parent=parent,
            note=note.format(name=keeper.member.name, year=of.quarter.year, half=name),
        )
        self._key = (keeper.member.id, of.quarter.year, half)
        marks = keeper.rating.marks if keeper.rating else (None,) * len(Rater)
        for rater, mark in zip(Rater, marks, strict=True):
            self.add_row(rater.value, label(rater), QLineEdit("" if mark is None else plain(mark)))
        self.fields[Rater.CADRE.value].setFocus()

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, of: BranchBoard, keeper: Keeper) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, of, keeper, parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> RatingDraft:
        marks = [optional_number(self.text(rater.value), rater.value, label(rater)) for rater in Rater]
        return RatingDraft(*self._key, *marks)


def keeper_choices(of: Sequence[Keeper], chosen: int | None) -> Any:
    """Members with how many households they have; nobody first where none is chosen."""
    words = [(_("{name}（{n} 户）").format(name=one.member.name, n=len(one.households)), one.member.id) for one in of]
    return choices([*words, (_("暂不安排"), None)], chosen if chosen is not None else (words[0][1] if words else None))


def _hand_over(household_id: int) -> Any:
    def service(session: Any, actor: Any, draft: tuple[int | None, date]) -> Any:
        return services.households.hand_over(session, actor, household_id, *draft)

    return service

"""Co-building 1＋3＋N as drafts and their checks. Sources: domain 1.4 X05 and F20, 10 row 26.

The words: one unit leads (1 牵头单位, at a time), three backbone units (3 骨干单位, said but not forced), any number
that take part (N 参与单位).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.register_terms import PartnerList, PartnerRole
from okr_desk.rules.checks import check_day, check_length, check_text
from okr_desk.rules.entered import ITSELF, By

NAME_LIMIT, CONTACT_LIMIT, TEXT_LIMIT, RESULT_LIMIT = 60, 20, 100, 200
BACKBONES = 3


@dataclass(frozen=True)
class PartnerDraft:
    """A unit that builds together with the branch."""

    org_id: int
    name: str
    role: PartnerRole
    since: date
    contact: str = ""
    by: By = ITSELF


@dataclass(frozen=True)
class EndDraft:
    """A partner leaves on a day, and why."""

    partner_id: int
    on: date
    cause: str
    by: By = ITSELF


@dataclass(frozen=True)
class ItemDraft:
    """A need of the branch, or a resource that a partner offers."""

    org_id: int
    kind: PartnerList
    text: str
    agreed_on: date
    partner_id: int | None = None
    by: By = ITSELF


@dataclass(frozen=True)
class MatchDraft:
    """A need and a resource become a project, in one step."""

    need_id: int
    resource_id: int
    text: str
    agreed_on: date
    planned_on: date
    by: By = ITSELF


@dataclass(frozen=True)
class DoneDraft:
    """A project was done on a day, with what came of it."""

    item_id: int
    on: date
    result: str
    by: By = ITSELF


def check_partner(draft: PartnerDraft, standing: Sequence[tuple[str, PartnerRole]]) -> None:
    """Refuse a partner without a name, one that is there already, or a second one that leads."""
    check_text(draft.name, "name", _("单位名称"), NAME_LIMIT)
    check_length(draft.contact, "contact", _("联系人"), CONTACT_LIMIT)
    if any(any(sign.isdigit() for sign in part) for part in draft.contact.split()):
        raise InputRefused(_("联系人只写姓名，不登记电话。"), "contact")
    if any(draft.name.strip() == name for name, _role in standing):
        raise InputRefused(_("“{name}”已在共建单位里。").format(name=draft.name.strip()), "name")
    if draft.role is PartnerRole.LEAD:
        leading = next((name for name, role in standing if role is PartnerRole.LEAD), None)
        if leading is not None:
            raise InputRefused(_("牵头单位只有一个，现为“{name}”。").format(name=leading), "role")


def check_end(draft: EndDraft, since: date, today: date) -> None:
    """Refuse an end in the future, before the beginning, or without its reason."""
    check_day(draft.on, "on", _("退出日期"), today)
    if draft.on < since:
        raise InputRefused(_("退出日期早于加入日期 {day}，请核对。").format(day=since), "on")
    check_text(draft.cause, "cause", _("退出原因"), RESULT_LIMIT)


def check_item(draft: ItemDraft) -> None:
    """Refuse a line without text, a resource without the partner that offers it."""
    if draft.kind is PartnerList.PROJECT:
        raise InputRefused(_("项目由一条需求和一条资源对接而成，请选中两条后按“对接成项目”。"), "kind")
    check_text(draft.text, "text", _("内容"), TEXT_LIMIT)
    if draft.kind is PartnerList.RESOURCE and draft.partner_id is None:
        raise InputRefused(_("请选择提供资源的共建单位。"), "partner_id")


def check_match(draft: MatchDraft) -> None:
    """Refuse a project without text, or planned before it was agreed."""
    check_text(draft.text, "text", _("项目"), TEXT_LIMIT)
    if draft.planned_on < draft.agreed_on:
        said = _("计划完成日 {planned} 早于商定日期 {agreed}，请改正。")
        raise InputRefused(said.format(planned=draft.planned_on, agreed=draft.agreed_on), "planned_on")


def check_done(draft: DoneDraft, agreed_on: date, today: date) -> None:
    """Refuse a project done in the future, before it was agreed, or without a result."""
    check_day(draft.on, "on", _("完成日期"), today)
    if draft.on < agreed_on:
        raise InputRefused(_("完成日期早于商定日期 {day}，请核对。").format(day=agreed_on), "on")
    check_text(draft.result, "result", _("成效"), RESULT_LIMIT)

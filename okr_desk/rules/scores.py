"""Dated events and red lines as drafts, and the checks made while one types."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.rules.checks import check_amount
from okr_desk.scoring.grade_schemes import GradeScheme
from okr_desk.scoring.grades import RedLineKind

FACT_LIMIT, DOCUMENT_LIMIT = 300, 80


@dataclass(frozen=True)
class EventDraft:
    """Something that earns or costs points on an indicator: how often, or what an award is worth, and why."""

    org_id: int
    indicator_id: int
    quarter_id: int
    happened_on: date
    amount: Decimal
    fact: str
    document: str = ""


@dataclass(frozen=True)
class RedLineDraft:
    """A red line that was crossed. `highest`: the best grade that a lock leaves; empty: the second best."""

    org_id: int
    quarter_id: int
    code: str
    kind: RedLineKind
    happened_on: date
    fact: str
    document: str
    highest: str = ""


def check_event(draft: EventDraft, today: date, starts_on: date, ends_on: date) -> None:
    """Refuse an event without a fact, of a wrong amount, in the future or outside the quarter."""
    check_amount(draft.amount, "amount", _("次数或分值"))
    if draft.amount <= 0:
        raise InputRefused(_("次数或分值须大于 0。登记错的请撤回，不要用负数冲减。"), "amount")
    _check_words(draft.fact, draft.document, document_needed=False)
    _check_day(draft.happened_on, today, starts_on, ends_on)


def check_red_line(draft: RedLineDraft, today: date, starts_on: date, ends_on: date) -> None:
    """Refuse a red line without a fact or a document number, in the future or outside the quarter."""
    if not draft.code.strip():
        raise InputRefused(_("请选择触碰的是哪一条红线。"), "code")
    _check_words(draft.fact, draft.document, document_needed=True)
    _check_day(draft.happened_on, today, starts_on, ends_on)


def check_highest(draft: RedLineDraft, scheme: GradeScheme | None) -> None:
    """Refuse a best grade that the scheme of the branch does not have; without a scheme there is none to ask."""
    if scheme is None or not draft.highest.strip():
        return
    try:
        scheme.place(draft.highest.strip())
    except InputRefused as refusal:
        raise InputRefused(refusal.sentence, "highest") from refusal


def _check_words(fact: str, document: str, *, document_needed: bool) -> None:
    if not fact.strip():
        raise InputRefused(_("请写明事实，会印在计分表上。"), "fact")
    if len(fact.strip()) > FACT_LIMIT:
        raise InputRefused(_("事实请控制在 {n} 字以内。").format(n=FACT_LIMIT), "fact")
    if document_needed and not document.strip():
        raise InputRefused(_("红线事项须填写依据文号，没有文号的不登记。"), "document")
    if len(document.strip()) > DOCUMENT_LIMIT:
        raise InputRefused(_("文号请控制在 {n} 字以内。").format(n=DOCUMENT_LIMIT), "document")


def _check_day(day: date, today: date, starts_on: date, ends_on: date) -> None:
    if day > today:
        raise InputRefused(_("日期 {day} 还没有到，请核对。").format(day=day), "happened_on")
    if not starts_on <= day <= ends_on:
        said = _("日期 {day} 不在本季度（{first} 至 {last}）内，请核对季度。")
        raise InputRefused(said.format(day=day, first=starts_on, last=ends_on), "happened_on")

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
from okr_desk.scoring.points import Rule
from okr_desk.scoring.points_events import Bonus, Deduct
from okr_desk.scoring.votes import Votes
from okr_desk.terms import RuleKind

FACT_LIMIT, DOCUMENT_LIMIT, MATTER_LIMIT = 300, 80, 60

COUNTED = (RuleKind.DEDUCT, RuleKind.BONUS, RuleKind.VOTES)
"""Rules that count events; an event on any other line would change nothing."""


@dataclass(frozen=True)
class EventDraft:
    """Something that earns or costs points on an indicator: how often, or what an award is worth, and why.

    `counts`: one for each kind of deduction or answer of a ballot that the rule names; `amount` is then their sum.
    `matter`: what an award honours; awards for the same one do not add up.
    """

    org_id: int
    indicator_id: int
    quarter_id: int
    happened_on: date
    amount: Decimal
    fact: str
    document: str = ""
    matter: str = ""
    counts: tuple[Decimal, ...] = ()


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
    if len(draft.matter.strip()) > MATTER_LIMIT:
        raise InputRefused(_("事项请控制在 {n} 字以内。").format(n=MATTER_LIMIT), "matter")
    _check_words(draft.fact, draft.document, document_needed=False)
    _check_day(draft.happened_on, today, starts_on, ends_on)


def check_fits(draft: EventDraft, rule: Rule) -> None:
    """Refuse what the rule of the line could not count: other levels, counts for other kinds, parts of a ballot."""
    wanted = counted_parts(rule)
    if wanted:
        _check_counts(draft.counts, len(wanted))
    elif isinstance(rule, Bonus) and rule.each is None:
        try:
            rule.check_level(draft.amount)
        except InputRefused as refused:
            raise InputRefused(refused.sentence, "amount") from refused


def counted_parts(rule: Rule) -> tuple[Decimal, ...]:
    """What each part of an event costs or is worth, where the rule tells several apart; empty: one amount is all."""
    if isinstance(rule, Votes):
        return rule.values
    return rule.each if isinstance(rule, Deduct) and len(rule.each) > 1 else ()


def _check_counts(counts: tuple[Decimal, ...], wanted: int) -> None:
    if len(counts) != wanted:
        said = _("这一项分 {n} 档，请依次填 {n} 个数，用顿号隔开，没有的填 0。")
        raise InputRefused(said.format(n=wanted), "counts")
    if any(count < 0 or count != count.to_integral_value() for count in counts):
        raise InputRefused(_("次数、票数须是 0 或正整数，请改正。"), "counts")


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

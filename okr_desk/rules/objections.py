"""What an objection must say, how long one may object, and who may decide it. Source: domain 5.2."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from okr_desk.errors import Backdated, InputRefused, NotAllowed
from okr_desk.i18n import _
from okr_desk.review_terms import ObjectionOutcome
from okr_desk.rules.checks import check_length, check_text
from okr_desk.rules.cycles import SUBSTITUTES
from okr_desk.terms import EntryBasis

NAME_LIMIT, REASON_LIMIT, GROUND_LIMIT = 40, 600, 200


@dataclass(frozen=True)
class ObjectionDraft:
    """What a branch objects to. `line_id` None: to the whole; `claimed`: the points that it holds to be right.

    `received_on`: when it arrived, for one on paper; None: today. `again_of_id`: whose decision is objected to.
    """

    quarter_id: int
    org_id: int
    reason: str
    by: str
    line_id: int | None = None
    claimed: Decimal | None = None
    received_on: date | None = None
    basis: EntryBasis = EntryBasis.OWN
    again_of_id: int | None = None


@dataclass(frozen=True)
class DecisionDraft:
    """The decision on an objection. `points` are the new ones where it is upheld; `rests_on` names the ground."""

    objection_id: int
    outcome: ObjectionOutcome
    opinion: str
    by: str
    points: Decimal | None = None
    rests_on: str = ""
    substitution: str = ""


def check_objection(draft: ObjectionDraft, delivered_on: date, until: date | None, today: date) -> date:
    """The day on which it counts as received. Raises InputRefused for what lacks, and after the term.

    Only what came on paper, by phone or message has a day of its own, and never one before the delivery.
    """
    check_text(draft.reason, "reason", _("申辩理由"), REASON_LIMIT)
    check_text(draft.by, "by", _("申辩人"), NAME_LIMIT)
    day = draft.received_on or today
    if draft.basis is EntryBasis.OWN and day != today:
        raise InputRefused(_("本人提出的申辩以今天为准，不能填其他日期。"), "received_on")
    if day > today:
        raise InputRefused(_("收到日期 {day} 还没有到，请核对。").format(day=day), "received_on")
    if day < delivered_on:
        said = _("收到日期 {day} 早于送达日（{delivered}），请核对。")
        raise Backdated(said.format(day=day, delivered=delivered_on), "received_on")
    if until is not None and day > until:
        said = _("申辩期到 {until} 为止，{day} 已经超过。确有错误的，请由镇党建办按“更正”办理。")
        raise Backdated(said.format(until=until, day=day), "received_on")
    return day


def check_decision(draft: DecisionDraft, maximum: Decimal | None, before: Decimal | None) -> None:
    """Raise InputRefused for a decision without its opinion, or with points that do not fit what was decided."""
    check_text(draft.opinion, "opinion", _("复核意见"), REASON_LIMIT)
    check_text(draft.by, "by", _("复核人"), NAME_LIMIT)
    check_length(draft.rests_on, "rests_on", _("依据"), GROUND_LIMIT)
    if draft.outcome is ObjectionOutcome.DISMISSED:
        if draft.points is not None and draft.points != before:
            raise InputRefused(_("不予采纳的，得分不变，请不要填新得分。"), "points")
        return
    if maximum is None:
        return
    if draft.points is None:
        raise InputRefused(_("采纳申辩的，请填写新得分。"), "points")
    if draft.points == before:
        raise InputRefused(_("新得分与原得分相同；维持原分的，请选择“不予采纳”。"), "points")
    high = max(maximum, before or Decimal(0))
    if not min(Decimal(0), before or Decimal(0)) <= draft.points <= high:
        raise InputRefused(_("新得分应在 0 到 {high} 之间，请核对。").format(high=f"{high:f}"), "points")


def check_other_person(
    account_id: int, scorers: Collection[int], names: Sequence[str], by: str, stands_in: str
) -> None:
    """Raise NotAllowed where somebody who scored decides: by account, or by the name that is written down.

    An office that has one person only writes down who stands in (分管领导 or 镇纪委); it is kept and printed.
    """
    if by.strip() in {name.strip() for name in names if name.strip()}:
        raise NotAllowed(_("{name}参加过这次评分，不能复核自己的评分，请换一人复核。").format(name=by.strip()))
    if account_id in scorers and not stands_in.strip():
        raise NotAllowed(
            _("您参加过这次评分，不能自己复核。请换一人办理；镇里只有一人的，请写明由{who}代行。").format(
                who=_("或").join(_(one) for one in SUBSTITUTES)
            )
        )

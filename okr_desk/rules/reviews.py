"""The moves of a review as a table: from, step, to, who, and what must be there. Source: domain 5.2 and design 8.

Services, screens and tests ask the same table. Steps have the day on which they are entered, so that no term can be
shortened by writing a step down earlier than it happened; what comes on paper has a day of its own, see `dated_on`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from okr_desk.errors import Backdated, IllegalMove, InputRefused
from okr_desk.i18n import N_, _
from okr_desk.review_terms import ReceiptWay, ReviewState, ReviewStep
from okr_desk.rules.checks import check_length
from okr_desk.rules.permissions import Action
from okr_desk.scoring.rounding import half_up
from okr_desk.terms import label

STORED_PLACES, SHOWN_PLACES = 6, 2
NAME_LIMIT, NOTE_LIMIT, OPINION_LIMIT, REASON_LIMIT, DOCUMENT_LIMIT = 40, 600, 70, 300, 80
AFTER_DELIVERY, AFTER_PUBLICITY, AFTER_OBJECTION = (
    "review.objection_days",
    "review.publicity_days",
    "review.decision_days",
)
"""The settings that say how many working days a term has."""


@dataclass(frozen=True)
class LineDraft:
    """Points that somebody gives one line of the sheet; None: what the program computed holds."""

    line_id: int
    points: Decimal | None
    reason: str = ""


@dataclass(frozen=True)
class StepDraft:
    """One step of the review of a branch-quarter. `by` is who took it, `note` an opinion or a reason.

    `document` is the paper it rests on, `dated_on` the day on that paper; `lines`: points that the step gives.
    """

    quarter_id: int
    org_id: int
    step: ReviewStep
    by: str = ""
    note: str = ""
    document: str = ""
    dated_on: date | None = None
    way: ReceiptWay = ReceiptWay.PAPER
    substitution: str = ""
    lines: tuple[LineDraft, ...] = ()


@dataclass(frozen=True)
class Move:
    """One permitted move. `needs`: what the draft must say; `facts`: what must hold, see `_FACTS`.

    `term`: the setting of the working days that begin with it.
    """

    before: ReviewState
    step: ReviewStep
    after: ReviewState
    who: Action
    needs: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    term: str = ""


_S, _T = ReviewState, ReviewStep
_OFFICE, _BRANCH, _OBJECT, _COMMITTEE = (
    Action.CHECK_REVIEW,
    Action.SUBMIT_REVIEW,
    Action.OBJECT,
    Action.DECIDE_REVIEW,
)
_DECIDED = ("by", "document", "dated_on")
MOVES: tuple[Move, ...] = (
    Move(_S.DRAFTING, _T.SUBMIT, _S.SUBMITTED, _BRANCH, ("by",), ("ended", "narrative")),
    Move(_S.RETURNED, _T.SUBMIT, _S.SUBMITTED, _BRANCH, ("by",), ("ended", "narrative")),
    Move(_S.SUBMITTED, _T.RETURN, _S.RETURNED, _OFFICE, ("note",)),
    Move(_S.OPINED, _T.RETURN, _S.RETURNED, _OFFICE, ("note",)),
    Move(_S.SUBMITTED, _T.OPINE, _S.OPINED, _OFFICE, ("by", "note")),
    Move(_S.OPINED, _T.CHECK, _S.CHECKED, _OFFICE, ("by",), ("frozen", "not_reopened", "other_than_submitter")),
    Move(_S.CHECKED, _T.RETURN, _S.RETURNED, _OFFICE, ("note",)),
    Move(_S.CHECKED, _T.DELIVER, _S.DELIVERED, _OFFICE, ("by",), ("frozen",), AFTER_DELIVERY),
    Move(_S.DELIVERED, _T.AGREE, _S.AGREED, _OBJECT, ("by",)),
    Move(_S.RECHECKED, _T.AGREE, _S.AGREED, _OBJECT, ("by",)),
    Move(_S.DELIVERED, _T.OBJECT, _S.OBJECTED, _OBJECT),
    Move(_S.OBJECTED, _T.OBJECT, _S.OBJECTED, _OBJECT),
    Move(_S.RECHECKED, _T.OBJECT, _S.OBJECTED, _OBJECT),
    Move(_S.PUBLICISED, _T.OBJECT, _S.OBJECTED, _OBJECT),
    Move(_S.OBJECTED, _T.RECHECK, _S.RECHECKED, _OFFICE, (), ("none_open",), AFTER_DELIVERY),
    Move(_S.AGREED, _T.DECIDE, _S.DECIDED, _COMMITTEE, _DECIDED),
    Move(_S.DELIVERED, _T.DECIDE, _S.DECIDED, _COMMITTEE, _DECIDED, ("term_over",)),
    Move(_S.RECHECKED, _T.DECIDE, _S.DECIDED, _COMMITTEE, _DECIDED, ("term_over",)),
    Move(_S.DECIDED, _T.PUBLICISE, _S.PUBLICISED, _OFFICE, (), (), AFTER_PUBLICITY),
    Move(_S.PUBLICISED, _T.FINALISE, _S.FINAL, _OFFICE, (), ("term_over",)),
    Move(_S.FINAL, _T.CORRECT, _S.FINAL, _COMMITTEE, ("by", "note", "document"), ("other_than_checker",)),
)
"""Nothing is skipped: to be final a sheet was checked, delivered, decided and publicised, in this order."""

ON_PAPER = (_T.SUBMIT, _T.OPINE, _T.CHECK)
"""Steps whose opinion is printed in a block of the sheet, which holds three lines."""
BULK = (_T.OPINE, _T.CHECK, _T.DELIVER, _T.AGREE, _T.DECIDE, _T.PUBLICISE, _T.FINALISE)
"""Steps that may be taken for many branches with one confirmation."""

_NEEDS: dict[str, tuple[str, str]] = {
    "by": (N_("请填写办理人姓名。"), "by"),
    "note": (N_("请写明意见或理由。"), "note"),
    "document": (N_("请填写所依据的会议或文件，如“镇党委会议纪要〔2026〕12号”。"), "document"),
    "dated_on": (N_("请填写会议或文件的日期。"), "dated_on"),
}
_FACTS: dict[str, str] = {
    "ended": N_("本季度还没有结束，请在季度最后一天之后报送自评。"),
    "narrative": N_("请填写自评意见，或先在“填报”中填写本季“主要做法”。"),
    "frozen": N_("本季度还在填报，请先在“年度与季度”中冻结，再核定。"),
    "not_reopened": N_("本季度对这个支部重新开放着，请先结束重新开放，再核定。"),
    "other_than_submitter": N_("报送自评的人不能自己核定，请换一人办理；只有一人的，请写明由分管领导或镇纪委代行。"),
    "other_than_checker": N_("更正要由核定人以外的人办理；只有一人的，请写明由分管领导或镇纪委代行。"),
    "none_open": N_("还有没答复的申辩，请先逐项答复。"),
    "term_over": N_("期限还没有满，最后一天是 {until}，请在这一天之后办理；申辩期内支部确认无异议的，可以提前。"),
}


def moves_from(state: ReviewState) -> tuple[Move, ...]:
    """The legal next moves, in the order of the table."""
    return tuple(move for move in MOVES if move.before is state)


def move_of(state: ReviewState, step: ReviewStep) -> Move:
    """The move that `step` is in `state`. Raises IllegalMove, saying what comes next."""
    found = next((move for move in moves_from(state) if move.step is step), None)
    if found is not None:
        return found
    said = _("现在是“{state}”，不能办理“{step}”。").format(state=label(state), step=label(step))
    possible = _("、").join(dict.fromkeys(label(move.step) for move in moves_from(state)))
    raise IllegalMove(said + (_("下一步可以办理：{steps}。").format(steps=possible) if possible else ""))


def missing(move: Move, facts: Mapping[str, bool], until: date | None = None) -> tuple[str, ...]:
    """The sentences of what does not hold yet for a move; empty when it may be made."""
    return tuple(_(_FACTS[fact]).format(until=until) for fact in move.facts if not facts.get(fact, False))


def over(until: date) -> str:
    """The sentence for an objection after its term."""
    return _("申辩期到 {until} 为止，已经超过。").format(until=until)


def check_step(move: Move, draft: StepDraft, last: date | None, today: date) -> None:
    """Raise InputRefused for the first thing that lacks, or a paper dated before the last step or after today."""
    for need in move.needs:
        value = getattr(draft, need)
        if not (value.strip() if isinstance(value, str) else value):
            sentence, at = _NEEDS[need]
            raise InputRefused(_(sentence), at)
    check_length(draft.by, "by", _("办理人"), NAME_LIMIT)
    check_length(draft.note, "note", _("意见"), OPINION_LIMIT if draft.step in ON_PAPER else NOTE_LIMIT)
    check_length(draft.document, "document", _("依据"), DOCUMENT_LIMIT)
    if draft.dated_on is not None and draft.dated_on > today:
        raise InputRefused(_("日期 {day} 还没有到，请核对。").format(day=draft.dated_on), "dated_on")
    if draft.dated_on is not None and last is not None and draft.dated_on < last:
        said = _("日期 {day} 早于上一步（{last}），请核对，不能倒填。")
        raise Backdated(said.format(day=draft.dated_on, last=last), "dated_on")
    for line in draft.lines:
        check_length(line.reason, "reason", _("理由"), REASON_LIMIT)


def stored(points: Decimal | None) -> Decimal | None:
    """Points as a record keeps them: to the millionth."""
    return None if points is None else half_up(points, STORED_PLACES)


def same(points: Decimal | None, other: Decimal | None) -> bool:
    """Whether two parties mean the same points: also where one of them wrote down what is shown, to two places."""
    if points is None or other is None:
        return points is other
    return half_up(points, STORED_PLACES) == half_up(other, STORED_PLACES) or points == half_up(other, SHOWN_PLACES)


def check_points(
    line: LineDraft, name: str, computed: Decimal | None, maximum: Decimal, *, needs_reason: bool = True
) -> None:
    """Raise InputRefused for points outside what the line gives, or other than computed without a reason.

    A bonus may have been computed above its full points, a deduction below 0: then that is the bound.
    """
    if line.points is None or same(line.points, computed):
        return
    low = min(Decimal(0), computed or Decimal(0))
    high = max(maximum, computed or Decimal(0))
    if not low <= line.points <= high:
        said = _("“{name}”的得分应在 {low} 到 {high} 之间，请核对。")
        raise InputRefused(said.format(name=name, low=f"{low:f}", high=f"{high:f}"), "points")
    if needs_reason and not line.reason.strip():
        said = _("“{name}”与系统计算的得分不同，请写明理由。")
        raise InputRefused(said.format(name=name), "reason")

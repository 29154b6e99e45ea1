"""The moves of a finding as a table: from, step, to, who, and what must be there. Source: domain 5.4.

Services, screens and tests ask the same table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from okr_desk.errors import InputRefused, WrongState
from okr_desk.followup_terms import FindingKind, FindingSource, FindingState, FollowupStep, Recognised
from okr_desk.i18n import N_, _
from okr_desk.review_terms import ReceiptWay
from okr_desk.rules.checks import check_day, check_length, check_text
from okr_desk.rules.permissions import Action
from okr_desk.terms import label

NAME_LIMIT, TEXT_LIMIT, LONG_LIMIT = 40, 200, 300


@dataclass(frozen=True)
class FindingDraft:
    """A finding as the office gives notice of it. `due_on` None: the usual time of its kind, from the day of notice.

    `again_of_id`: the finding that came back where it is not opened again itself.
    """

    org_id: int
    quarter_id: int
    source: FindingSource
    kind: FindingKind
    problem: str
    fact: str = ""
    clause: str = ""
    demand: str = ""
    owner: str = ""
    leader: str = ""
    contact: str = ""
    found_on: date | None = None
    due_on: date | None = None
    indicator_id: int | None = None
    feedback: str = ""
    incentive: str = ""
    again_of_id: int | None = None


@dataclass(frozen=True)
class StepDraft:
    """One step: which, on which day, by whom; the rest as the step needs it.

    `owner` answers for what is done (制定措施); `substitute` names who checks where the office has one person only.
    """

    finding_id: int
    step: FollowupStep
    on: date
    by: str = ""
    note: str = ""
    owner: str = ""
    leader: str = ""
    due_on: date | None = None
    recognised: Recognised | None = None
    way: ReceiptWay = ReceiptWay.PAPER
    substitute: str = ""


@dataclass(frozen=True)
class CorrectionDraft:
    """A notice with the words that it should have had, and why; `words.due_on` None: as it was."""

    finding_id: int
    words: FindingDraft
    reason: str


@dataclass(frozen=True)
class ChainDraft:
    """The two other chains of a finding in words: 反馈 (in which bulletin) and 激励 (what it costs or earns)."""

    finding_id: int
    feedback: str
    incentive: str


@dataclass(frozen=True)
class Move:
    """One permitted move. `needs` are the names of what must be present, see `_NEEDS`."""

    before: FindingState
    step: FollowupStep
    after: FindingState
    who: Action = Action.ANSWER_FINDINGS
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Present:
    """What is there when a move is asked for. `is_asked`: an extension was asked for and is not yet answered."""

    owner: str
    due_on: date
    is_signed: bool
    is_asked: bool = False


_S, _T, _OFFICE = FindingState, FollowupStep, Action.CHECK_FINDINGS
MOVES: tuple[Move, ...] = (
    Move(_S.NOT_STARTED, _T.SIGN, _S.NOT_STARTED, needs=("unsigned", "by")),
    Move(_S.NOT_STARTED, _T.PLAN, _S.WORKING, needs=("signed", "note", "owner")),
    Move(_S.WORKING, _T.SIGN, _S.WORKING, needs=("unsigned", "by")),
    Move(_S.WORKING, _T.PROGRESS, _S.WORKING, needs=("note",)),
    Move(_S.WORKING, _T.ASK_CHECK, _S.TO_CHECK, needs=("by", "note")),
    Move(_S.WORKING, _T.PLAN, _S.WORKING, needs=("note", "owner")),
    Move(_S.WORKING, _T.ASK_EXTENSION, _S.WORKING, needs=("not_asked", "note", "later")),
    Move(_S.WORKING, _T.EXTEND, _S.WORKING, _OFFICE, ("asked", "by", "later")),
    Move(_S.WORKING, _T.REFUSE_EXTENSION, _S.WORKING, _OFFICE, ("asked", "by", "note")),
    Move(_S.TO_CHECK, _T.WRITE_OFF, _S.WRITTEN_OFF, _OFFICE, ("by", "note", "recognised", "accepted", "other")),
    Move(_S.TO_CHECK, _T.REJECT, _S.WORKING, _OFFICE, ("by", "note")),
    Move(_S.WRITTEN_OFF, _T.LOOK_BACK, _S.WRITTEN_OFF, _OFFICE, ("by", "note")),
    Move(_S.WRITTEN_OFF, _T.REOPEN, _S.RELAPSED, _OFFICE, ("by", "note", "again")),
    Move(_S.RELAPSED, _T.PLAN, _S.WORKING, needs=("note", "owner")),
)
"""A finding is issued as 未启动; from 已销号 only a relapse leads on, with a new day by which it is due.

What is signed for while measures run is a notice that was put right.
"""
CORRECTABLE = (_S.NOT_STARTED, _S.WORKING)
"""States in which the notice itself may be put right: later there is nothing left to ask of the branch."""
FROM_TODAY = (_T.ISSUE, _T.EXTEND, _T.REOPEN)
"""Steps from which time begins to run: never dated back."""
REOPENED_BY = (_T.ISSUE, _T.REOPEN)
"""What was done before the last of these belongs to the round before."""
NAMES_OWNER = (_T.ISSUE, _T.PLAN)
"""Steps that say who answers from then on."""
NOTICE = (_T.ISSUE, _T.CORRECT)
"""Steps that give notice: a branch signs for the last of them."""
OWN_WORK = (_T.PLAN, _T.ASK_CHECK)
"""Whoever recorded one of these does not verify the result (two-person rule)."""

_NEEDS: dict[str, tuple[str, str, Callable[[StepDraft, Present], bool]]] = {
    "unsigned": (N_("这份整改通知书已经签收，不用再签。"), "", lambda _d, there: not there.is_signed),
    "signed": (N_("请先签收整改通知书，再填写整改措施。"), "", lambda _d, there: there.is_signed),
    "not_asked": (N_("已经申请延期，请等镇党建办答复。"), "", lambda _d, there: not there.is_asked),
    "asked": (N_("支部没有申请延期，不用答复。"), "", lambda _d, there: there.is_asked),
    "by": (N_("请填写办理人姓名。"), "by", lambda draft, _t: bool(draft.by.strip())),
    "note": (N_("请写明情况或理由。"), "note", lambda draft, _t: bool(draft.note.strip())),
    "owner": (N_("请填写整改责任人。"), "owner", lambda draft, _t: bool(draft.owner.strip())),
    "later": (
        N_("延期后的期限要晚于现在的期限，请核对。"),
        "due_on",
        lambda draft, there: draft.due_on is not None and draft.due_on > there.due_on,
    ),
    "again": (
        N_("反弹重开要另定整改期限，且不早于今天。"),
        "due_on",
        lambda draft, _t: draft.due_on is not None and draft.due_on >= draft.on,
    ),
    "recognised": (N_("请填写群众是否认可。"), "recognised", lambda draft, _t: draft.recognised is not None),
    "accepted": (
        N_("群众不认可的不能销号，请办理“验收不通过”，退回继续整改。"),
        "recognised",
        lambda draft, _t: draft.recognised is not Recognised.NO,
    ),
    "other": (
        N_("验收人不能是整改责任人本人，请由其他同志验收。"),
        "by",
        lambda draft, there: not same_person(draft.by, there.owner),
    ),
}


def moves_from(state: FindingState) -> tuple[Move, ...]:
    """The moves of the table from a state, in its order."""
    return tuple(move for move in MOVES if move.before is state)


def fitting(state: FindingState, there: Present) -> tuple[Move, ...]:
    """The moves that what is there allows: what a screen offers."""
    gates = ("unsigned", "signed", "asked", "not_asked")
    empty = StepDraft(0, FollowupStep.SIGN, date.min)
    return tuple(
        move for move in moves_from(state) if all(_NEEDS[need][2](empty, there) for need in move.needs if need in gates)
    )


def move_of(state: FindingState, step: FollowupStep) -> Move:
    """The move that `step` is in `state`. Raises WrongState, saying what is possible."""
    found = next((move for move in moves_from(state) if move.step is step), None)
    if found is not None:
        return found
    possible = _("、").join(label(move.step) for move in moves_from(state))
    said = _("现在是“{state}”，不能办理“{step}”。可以办理：{steps}。")
    raise WrongState(said.format(state=label(state), step=label(step), steps=possible))


def check_move(move: Move, draft: StepDraft, there: Present, earlier: date, today: date) -> None:
    """Raise InputRefused or WrongState for the first thing that lacks, or for a day that cannot be.

    `earlier` is the day of the step before: a step is never dated back behind it.
    """
    for need in move.needs:
        sentence, at, holds = _NEEDS[need]
        if not holds(draft, there):
            raise InputRefused(_(sentence), at) if at else WrongState(_(sentence))
    check_on(move.step, draft.on, earlier, today)
    check_length(draft.by, "by", _("办理人"), NAME_LIMIT)
    check_length(draft.note, "note", _("情况"), LONG_LIMIT)
    check_length(draft.owner, "owner", _("整改责任人"), NAME_LIMIT)
    check_length(draft.leader, "leader", _("包联领导"), NAME_LIMIT)
    check_length(draft.substitute, "substitute", _("代为验收"), NAME_LIMIT)


def check_on(step: FollowupStep, on: date, earlier: date, today: date) -> None:
    """Raise InputRefused for a day to come, one before the step before, or a step dated back that starts a time."""
    check_day(on, "on", _("日期"), today)
    if step in FROM_TODAY and on != today:
        said = _("“{step}”当天起算期限，日期只能是今天（{day}）。")
        raise InputRefused(said.format(step=label(step), day=today), "on")
    if on < earlier:
        raise InputRefused(_("日期早于上一步（{day}），请核对。").format(day=earlier), "on")


def check_finding(draft: FindingDraft, today: date) -> None:
    """Raise InputRefused for what a notice cannot lack or has no room for."""
    check_text(draft.problem, "problem", _("问题"), TEXT_LIMIT)
    check_text(draft.demand, "demand", _("整改要求"), LONG_LIMIT)
    for text, field, name, longest in (
        (draft.fact, "fact", _("问题事实"), LONG_LIMIT),
        (draft.clause, "clause", _("依据条款"), TEXT_LIMIT),
        (draft.owner, "owner", _("整改责任人"), NAME_LIMIT),
        (draft.leader, "leader", _("包联领导"), NAME_LIMIT),
        (draft.contact, "contact", _("联系人"), NAME_LIMIT),
        (draft.feedback, "feedback", _("反馈"), TEXT_LIMIT),
        (draft.incentive, "incentive", _("激励"), TEXT_LIMIT),
    ):
        check_length(text, field, name, longest)
    if draft.found_on is not None:
        check_day(draft.found_on, "found_on", _("发现日期"), today)
    if draft.due_on is not None and draft.due_on < today:
        raise InputRefused(_("整改期限不能早于今天，请核对。"), "due_on")


def check_correction(state: FindingState, moved: bool, draft: FindingDraft, today: date) -> None:
    """Raise WrongState where a notice is not put right any more, InputRefused for words that it cannot lack.

    `moved`: the last day was moved by an extension, which a correction does not undo.
    """
    if state not in CORRECTABLE:
        said = _("现在是“{state}”，通知书不能再更正。整改没有完成时才能更正。")
        raise WrongState(said.format(state=label(state)))
    check_finding(draft, today)
    if draft.due_on is not None and moved:
        raise InputRefused(_("整改期限已经延期，不能在通知书上另改。"), "due_on")


def check_chain(draft: ChainDraft) -> None:
    """Raise InputRefused for words that the table has no room for."""
    check_length(draft.feedback, "feedback", _("反馈"), TEXT_LIMIT)
    check_length(draft.incentive, "incentive", _("激励"), TEXT_LIMIT)


def same_person(one: str, other: str) -> bool:
    """Whether two names are the same apart from spaces; an empty name is nobody's."""
    bare = "".join(one.split())
    return bool(bare) and bare == "".join(other.split())


def number_of(year: int, quarter: int, running: int) -> str:
    """整改2026-3-001: year, quarter, running number of the quarter."""
    return f"{prefix(year, quarter)}{running:03d}"


def prefix(year: int, quarter: int) -> str:
    """What the numbers of a quarter begin with."""
    return f"整改{year}-{quarter}-"


def next_running(numbers: Sequence[str]) -> int:
    """One more than the highest running number of these; numbers are never used again."""
    tails = [number.rpartition("-")[2] for number in numbers]
    return max((int(tail) for tail in tails if tail.isascii() and tail.isdigit()), default=0) + 1

"""The moves of a whistle as a table: from, step, to, who, and what must be there. Source: domain 4.1.

Services, screens and tests ask the same table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from okr_desk.clock import local
from okr_desk.errors import InputRefused, WrongState
from okr_desk.i18n import N_, _
from okr_desk.rules.checks import check_length, check_text
from okr_desk.rules.permissions import Action
from okr_desk.terms import EntryBasis, label
from okr_desk.whistle_terms import LEVELS, NOT_RATED, RatedItem, Rater, Solved, WhistleClass, WhistleState, WhistleStep

NUMBER_LIMIT, NAME_LIMIT, SOURCE_LIMIT, PLACE_LIMIT, TEXT_LIMIT, LONG_LIMIT = 20, 40, 40, 80, 200, 300


@dataclass(frozen=True)
class WhistleDraft:
    """A whistle as a branch writes it. `again_of_id`: the whistle whose result failed (重吹)."""

    org_id: int
    kind: WhistleClass
    source: str
    matter: str
    place: str
    goal: str
    department_id: int | None
    helper_ids: tuple[int, ...]
    drawn_on: date
    blown_by: str = ""
    reported_by: str = ""
    basis: EntryBasis = EntryBasis.OWN
    again_of_id: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class RatingDraft:
    """What one kind of rater gave by item, 1 to 5; an item that is not there was not rated."""

    rater: Rater
    levels: tuple[tuple[RatedItem, int], ...]
    comment: str = ""

    @property
    def stored(self) -> str:
        """A character an item in order."""
        given = dict(self.levels)
        return "".join(str(given[item]) if item in given else NOT_RATED for item in RatedItem)


@dataclass(frozen=True)
class MoveDraft:
    """One step: which, when it happened, by whom; the rest as the step needs it."""

    whistle_id: int
    step: WhistleStep
    at: datetime
    by: str = ""
    note: str = ""
    department_id: int | None = None
    promised_on: date | None = None
    solved: Solved | None = None
    ratings: tuple[RatingDraft, ...] = field(default=())
    reason: str = ""


@dataclass(frozen=True)
class Move:
    """One permitted move. `needs` are the names of what must be present, see `_NEEDS`."""

    before: WhistleState
    step: WhistleStep
    after: WhistleState
    who: Action = Action.RECORD_DAILY
    needs: tuple[str, ...] = ()


_S, _T, _OFFICE = WhistleState, WhistleStep, Action.CHECK_DAILY
_ESCALATED_FROM = (_S.BLOWN, _S.RECEIVED, _S.ARRIVED, _S.WORKING, _S.RETURNED)
_CANCELLED_FROM = (_S.DRAFT, _S.SIGNING, _S.BLOWN, _S.RETURNED, _S.ESCALATED)
MOVES: tuple[Move, ...] = (
    Move(_S.DRAFT, _T.SUBMIT, _S.SIGNING, needs=("goal",)),
    Move(_S.SIGNING, _T.BLOW, _S.BLOWN, _OFFICE, ("by",)),
    Move(_S.SIGNING, _T.SEND_BACK, _S.DRAFT, _OFFICE, ("note",)),
    Move(_S.BLOWN, _T.SIGN_IN, _S.RECEIVED, needs=("by",)),
    Move(_S.BLOWN, _T.DECLINE, _S.RETURNED, needs=("by", "note")),
    Move(_S.RECEIVED, _T.DECLINE, _S.RETURNED, needs=("by", "note")),
    Move(_S.RETURNED, _T.REASSIGN, _S.BLOWN, _OFFICE, ("other_department",)),
    Move(_S.RECEIVED, _T.ARRIVE, _S.ARRIVED, needs=("by",)),
    Move(_S.ARRIVED, _T.PLAN, _S.WORKING, needs=("note", "promised_on")),
    Move(_S.RECEIVED, _T.PLAN, _S.WORKING, needs=("note", "promised_on")),
    Move(_S.ESCALATED, _T.PLAN, _S.WORKING, _OFFICE, ("note", "promised_on")),
    Move(_S.WORKING, _T.FINISH, _S.TO_RATE, needs=("note",)),
    Move(_S.TO_RATE, _T.RATE, _S.RATED, needs=("solved", "ratings")),
    Move(_S.RATED, _T.FILE, _S.FILED, _OFFICE),
    *(Move(state, _T.ESCALATE, _S.ESCALATED, _OFFICE, ("note",)) for state in _ESCALATED_FROM),
    *(Move(state, _T.CANCEL, _S.CANCELLED, needs=("note",)) for state in _CANCELLED_FROM),
)
"""What is settled between branch and department without coming to the place goes from 已签收 to 办理中 at once."""

FAILED = (Solved.PARTLY, Solved.NO)
"""After these results the branch may whistle again."""


@dataclass(frozen=True)
class Present:
    """What is there when a move is asked for."""

    goal: str
    department_id: int
    drawn_on: date


_NEEDS: dict[str, tuple[str, str, Callable[[MoveDraft, Present], bool]]] = {
    "goal": (N_("请先填写“预期目标”，再报审。"), "goal", lambda _d, there: bool(there.goal.strip())),
    "by": (N_("请填写办理人姓名。"), "by", lambda draft, _t: bool(draft.by.strip())),
    "note": (N_("请写明情况或理由。"), "note", lambda draft, _t: bool(draft.note.strip())),
    "promised_on": (N_("请填写承诺办结日。"), "promised_on", lambda draft, _t: draft.promised_on is not None),
    "other_department": (
        N_("请选择改派给哪个部门，不能仍是原部门。"),
        "department_id",
        lambda draft, there: draft.department_id not in (None, there.department_id),
    ),
    "solved": (N_("请填写群众回访结果。"), "solved", lambda draft, _t: draft.solved is not None),
    "ratings": (
        N_("请至少评一项，每项 1 至 5 分。"),
        "ratings",
        lambda draft, _t: any(rating.levels for rating in draft.ratings),
    ),
}


def moves_from(state: WhistleState) -> tuple[Move, ...]:
    """The legal next moves, in the order of the table."""
    return tuple(move for move in MOVES if move.before is state)


def move_of(state: WhistleState, step: WhistleStep) -> Move:
    """The move that `step` is in `state`. Raises WrongState, saying what is possible."""
    found = next((move for move in moves_from(state) if move.step is step), None)
    if found is not None:
        return found
    possible = _("、").join(label(move.step) for move in moves_from(state))
    said = _("现在是“{state}”，不能办理“{step}”。").format(state=label(state), step=label(step))
    raise WrongState(said + (_("可以办理：{steps}。").format(steps=possible) if possible else _("这一哨已经办完。")))


def check_move(move: Move, draft: MoveDraft, there: Present, earlier: datetime | None, now: datetime) -> None:
    """Raise InputRefused for the first thing that lacks, a time that has not come, or one before the step before."""
    for need in move.needs:
        sentence, at, holds = _NEEDS[need]
        if not holds(draft, there):
            raise InputRefused(_(sentence), at)
    check_length(draft.by, "by", _("办理人"), NAME_LIMIT)
    check_length(draft.note, "note", _("情况"), LONG_LIMIT)
    if draft.at > now:
        raise InputRefused(_("时间 {at} 还没有到，请核对。").format(at=spoken(draft.at)), "at")
    if local(draft.at).date() < there.drawn_on:
        raise InputRefused(_("时间早于吹哨单的日期（{day}），请核对。").format(day=there.drawn_on), "at")
    if earlier is not None and draft.at < earlier:
        said = _("时间早于上一步（{before}），请核对。")
        raise InputRefused(said.format(before=spoken(earlier)), "at")
    promised = draft.promised_on if move.step is WhistleStep.PLAN else None
    if promised is not None and promised < local(draft.at).date():
        raise InputRefused(_("承诺办结日早于商定的日期，请核对。"), "promised_on")
    for rating in draft.ratings:
        check_rating(rating)


def check_rating(draft: RatingDraft) -> None:
    """Raise InputRefused for a level that is not 1 to 5 or an item given twice."""
    items = [item for item, _level in draft.levels]
    if len(set(items)) != len(items):
        raise InputRefused(_("同一项评了两次，请只留一个。"), "ratings")
    if any(str(level) not in LEVELS for _item, level in draft.levels):
        raise InputRefused(_("评分请填 1 到 5 的整数，5 分最好。"), "ratings")
    check_length(draft.comment, "comment", _("评语"), LONG_LIMIT)


def check_whistle(draft: WhistleDraft) -> None:
    """Raise InputRefused for what a whistle cannot lack or has no room for."""
    check_text(draft.matter, "matter", _("事项"), TEXT_LIMIT)
    check_text(draft.source, "source", _("来源"), SOURCE_LIMIT)
    if draft.department_id is None:
        raise InputRefused(_("请填写主责部门；没有列出的部门，请先在“部门”中增加。"), "department_id")
    if draft.department_id in draft.helper_ids:
        raise InputRefused(_("配合部门里不用再写主责部门。"), "helper_ids")
    check_length(draft.place, "place", _("地点"), PLACE_LIMIT)
    check_length(draft.goal, "goal", _("预期目标"), TEXT_LIMIT)
    check_length(draft.blown_by, "blown_by", _("吹哨人"), NAME_LIMIT)


def check_again(state: WhistleState, solved: Solved | None, number: str) -> None:
    """Raise WrongState unless the earlier whistle was rated and its matter is not solved."""
    if state not in (WhistleState.RATED, WhistleState.FILED) or solved not in FAILED:
        said = _("{number}还没有评价，或群众认为已经解决，不能重吹。办理有问题的，请先评价并写明“未解决”。")
        raise WrongState(said.format(number=number))


def unknown_department(name: str) -> str:
    """The sentence for a department that the register does not have."""
    return _("没有“{name}”这个部门，请先在“部门”中增加。").format(name=name)


def number_of(year: int, quarter: int, running: int) -> str:
    """哨2026-1-001: year, quarter, running number of the quarter."""
    return f"{prefix(year, quarter)}{running:03d}"


def prefix(year: int, quarter: int) -> str:
    """What the numbers of a quarter begin with."""
    return f"哨{year}-{quarter}-"


def next_running(numbers: Sequence[str]) -> int:
    """One more than the highest running number of these; numbers are never used again."""
    tails = [number.rpartition("-")[2] for number in numbers]
    return max((int(tail) for tail in tails if tail.isascii() and tail.isdigit()), default=0) + 1


def spoken(at: datetime) -> str:
    """An instant as the office writes it: 7月3日 15:24."""
    here = local(at)
    return _("{month}月{day}日 {clock}").format(month=here.month, day=here.day, clock=f"{here:%H:%M}")

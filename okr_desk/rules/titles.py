"""The moves of a title (四强党支部) as a table: from, step, to, who, and what must be there. Source: domain 1.1, 17.

Services, screens and tests ask the same table. Nothing is granted without 条件核查, 自评, 互评, 上级考评 and 评定.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from okr_desk.errors import InputRefused, WrongState
from okr_desk.i18n import N_, _
from okr_desk.rules.checks import check_amount, check_day, check_length, check_text
from okr_desk.rules.permissions import Action
from okr_desk.scoring.explained import Explained
from okr_desk.scoring.rounding import display_near, plain
from okr_desk.terms import label
from okr_desk.title_terms import PARTY_OF, Strength, TitleFact, TitleState, TitleStep

NAME_LIMIT, NOTE_LIMIT, DOCUMENT_LIMIT = 40, 300, 80
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class MarksDraft:
    """The four strengths as one marker gives them, 0 to 100; `peer_id` names the branch that marks another."""

    points: tuple[tuple[Strength, Decimal], ...]
    peer_id: int | None = None


@dataclass(frozen=True)
class ApplyDraft:
    """A branch applies for a title of a year."""

    org_id: int
    year: int
    on: date
    by: str
    note: str = ""
    document: str = ""


@dataclass(frozen=True)
class MoveDraft:
    """One step: which, on what day, by whom, on what paper; marks where the step gives them."""

    title_id: int
    step: TitleStep
    on: date
    by: str = ""
    note: str = ""
    document: str = ""
    marks: tuple[MarksDraft, ...] = ()


@dataclass(frozen=True)
class Fact:
    """One condition with what is the case, in words. `met` None: nobody can say yet, which is not met."""

    fact: TitleFact
    met: bool | None
    said: str


@dataclass(frozen=True)
class Present:
    """What is there when a step is asked for. `peers` may mark the branch, `marked` of them have done so.

    `may_grant_on`: the first day after the time of publicity; None: no calendar says.
    """

    org_id: int
    facts: tuple[Fact, ...]
    total: Explained
    least: Decimal
    peers: frozenset[int]
    marked: frozenset[int]
    may_grant_on: date | None = None


@dataclass(frozen=True)
class Move:
    """One permitted move. `needs` are the names of what must be present, see `_NEEDS`."""

    before: TitleState
    step: TitleStep
    after: TitleState
    who: Action = Action.DECIDE_TITLES
    needs: tuple[str, ...] = ()


_S, _T = TitleState, TitleStep
_DECLINED_FROM = (_S.APPLIED, _S.QUALIFIED, _S.SELF_MARKED, _S.PEER_MARKED, _S.UPPER_MARKED, _S.PUBLICISED)
MOVES: tuple[Move, ...] = (
    Move(_S.NONE, _T.APPLY, _S.APPLIED, Action.APPLY_TITLES, ("by",)),
    Move(_S.APPLIED, _T.QUALIFY, _S.QUALIFIED, needs=("by", "facts")),
    Move(_S.QUALIFIED, _T.SELF, _S.SELF_MARKED, Action.APPLY_TITLES, ("by", "marks")),
    Move(_S.SELF_MARKED, _T.PEERS, _S.PEER_MARKED, needs=("marks", "peers")),
    Move(_S.PEER_MARKED, _T.UPPER, _S.UPPER_MARKED, needs=("by", "marks")),
    Move(_S.PEER_MARKED, _T.PEERS, _S.PEER_MARKED, needs=("marks", "peers")),
    Move(_S.UPPER_MARKED, _T.DECIDE, _S.DECIDED, needs=("by", "document", "facts", "total")),
    Move(_S.DECIDED, _T.PUBLICISE, _S.PUBLICISED, needs=("document",)),
    Move(_S.PUBLICISED, _T.GRANT, _S.GRANTED, needs=("document", "publicised")),
    Move(_S.PUBLICISED, _T.RECHECK, _S.UPPER_MARKED, needs=("note",)),
    Move(_S.GRANTED, _T.RECHECK, _S.GRANTED, needs=("by", "note", "facts")),
    Move(_S.GRANTED, _T.REVOKE, _S.REVOKED, needs=("note", "document")),
    *(Move(state, _T.DECLINE, _S.DECLINED, needs=("note",)) for state in _DECLINED_FROM),
)
"""公示有异议的复核后回到评定；已授予的每年复核，条件不再具备的撤销（动态管理）."""

_NEEDS: dict[str, tuple[str, str, Callable[[MoveDraft], bool]]] = {
    "by": (N_("请填写办理人姓名。"), "by", lambda draft: bool(draft.by.strip())),
    "note": (N_("请写明情况或理由。"), "note", lambda draft: bool(draft.note.strip())),
    "document": (N_("请填写依据的文号或会议纪要。"), "document", lambda draft: bool(draft.document.strip())),
    "marks": (N_("请填写四项得分，每项 0 到 100。"), "marks", lambda draft: bool(draft.marks)),
}


def moves_from(state: TitleState) -> tuple[Move, ...]:
    """The legal next moves, in the order of the table."""
    return tuple(move for move in MOVES if move.before is state)


def move_of(state: TitleState, step: TitleStep) -> Move:
    """The move that `step` is in `state`. Raises WrongState, saying what is possible."""
    found = next((move for move in moves_from(state) if move.step is step), None)
    if found is not None:
        return found
    possible = _("、").join(label(move.step) for move in moves_from(state))
    said = _("现在是“{state}”，不能办理“{step}”。").format(state=label(state), step=label(step))
    raise WrongState(said + (_("可以办理：{steps}。").format(steps=possible) if possible else _("这次申报已经办完。")))


def check_apply(draft: ApplyDraft, today: date) -> None:
    """Raise InputRefused for what an application lacks, a day that has not come, or one before its year."""
    check_text(draft.by, "by", _("申报人"), NAME_LIMIT)
    check_length(draft.note, "note", _("情况"), NOTE_LIMIT)
    check_length(draft.document, "document", _("依据"), DOCUMENT_LIMIT)
    check_day(draft.on, "on", _("日期"), today)
    if draft.on.year < draft.year:
        raise InputRefused(_("申报日期早于{year}年，请核对年度。").format(year=draft.year), "on")


def check_move(move: Move, draft: MoveDraft, there: Present, earlier: date | None, today: date) -> None:
    """Raise InputRefused for the first thing that lacks, a day that has not come, or one before the step before."""
    for need in move.needs:
        if need in _NEEDS:
            sentence, at, holds = _NEEDS[need]
            if not holds(draft):
                raise InputRefused(_(sentence), at)
    check_length(draft.by, "by", _("办理人"), NAME_LIMIT)
    check_length(draft.note, "note", _("情况"), NOTE_LIMIT)
    check_length(draft.document, "document", _("依据"), DOCUMENT_LIMIT)
    check_day(draft.on, "on", _("日期"), today)
    if earlier is not None and draft.on < earlier:
        said = _("日期早于上一步（{before}），不能倒签，请核对。")
        raise InputRefused(said.format(before=earlier.isoformat()), "on")
    for marks in draft.marks:
        check_marks(marks)
    if draft.step in PARTY_OF and draft.step is not TitleStep.PEERS and len(draft.marks) != 1:
        raise InputRefused(_("“{step}”只填一份得分。").format(step=label(draft.step)), "marks")
    if "facts" in move.needs:
        check_facts(there.facts)
    if "peers" in move.needs:
        _check_peers(draft.marks, there)
    if "total" in move.needs:
        _check_total(there)
    if "publicised" in move.needs and there.may_grant_on is not None and draft.on < there.may_grant_on:
        said = _("公示还没有期满，最早 {day} 才能授予。")
        raise InputRefused(said.format(day=there.may_grant_on.isoformat()), "on")


def check_facts(facts: Sequence[Fact]) -> None:
    """Raise InputRefused, naming every condition that is not met."""
    lacking = [one.said for one in facts if not one.met]
    if lacking:
        raise InputRefused(_("条件不具备：{said}。").format(said=_("；").join(lacking)), "facts")


def check_marks(draft: MarksDraft) -> None:
    """Raise InputRefused unless all four strengths are there once, each 0 to 100."""
    if sorted(strength for strength, _mark in draft.points) != sorted(Strength):
        raise InputRefused(_("请填写四项得分，每项 0 到 100。"), "marks")
    for strength, mark in draft.points:
        check_amount(mark, "marks", label(strength))
        if not 0 <= mark <= HUNDRED:
            said = _("“{strength}”填了 {mark}，请填 0 到 100。")
            raise InputRefused(said.format(strength=label(strength), mark=plain(mark)), "marks")


def _check_peers(given: Sequence[MarksDraft], there: Present) -> None:
    """Peers are other branches of the same category, each once (the branch itself never is)."""
    seen = set(there.marked)
    for marks in given:
        if marks.peer_id == there.org_id:
            raise InputRefused(_("互评由其他支部打分，不能给自己打分。"), "marks")
        if marks.peer_id not in there.peers:
            raise InputRefused(_("互评由同类别的其他支部打分，请改选支部。"), "marks")
        if marks.peer_id in seen:
            raise InputRefused(_("这个支部已经互评过，请不要重复登记。"), "marks")
        seen.add(marks.peer_id)


def _check_total(there: Present) -> None:
    if there.total.value is None:
        raise InputRefused(str(there.total.steps[0]), "facts")
    if there.total.value < there.least:
        said = _("总分 {total} 低于 {least}，不能评定为拟授予。")
        shown = display_near(there.total.value, 2, (there.least,))
        raise InputRefused(said.format(total=shown, least=plain(there.least)), "facts")

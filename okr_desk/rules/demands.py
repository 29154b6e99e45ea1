"""Urgent demands: the table of moves from the demand to the resident's own word, drafts and their checks.

Sources: domain 1.4 X01 and X02, 10 row 6.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from okr_desk.errors import InputRefused, WrongState
from okr_desk.i18n import N_, _
from okr_desk.register_terms import ConfirmedBy, DemandAction, DemandSource, DemandState
from okr_desk.rules.checks import check_day, check_length, check_text
from okr_desk.rules.entered import ITSELF, By
from okr_desk.rules.members import check_contacts
from okr_desk.terms import label

WHAT_LIMIT, OWNER_LIMIT, CATEGORY_LIMIT, NOTE_LIMIT = 200, 20, 20, 300
TITLE_LIMIT, BACKGROUND_LIMIT, PRACTICE_LIMIT, EFFECT_LIMIT, OPINION_LIMIT = 30, 200, 400, 200, 100
"""A case fits one page."""
CATEGORIES = (
    N_("环境卫生"), N_("道路出行"), N_("水电气路灯"), N_("住房修缮"), N_("就业增收"), N_("看病养老"), N_("孩子上学"),
    N_("邻里纠纷"), N_("惠民政策"), N_("其他"),
)  # fmt: skip
"""Proposed while one types; any other word is taken too."""


@dataclass(frozen=True)
class Move:
    """One permitted move. `note` names what has to be written, empty where nothing has; `way`: how it was said."""

    before: DemandState
    action: DemandAction
    after: DemandState
    note: str = ""
    way: bool = False


_RESULT, _WHY_NOT, _EXPLAINED = N_("办理结果"), N_("群众意见"), N_("无法办理的原因和向群众的说明")
MOVES: tuple[Move, ...] = (
    Move(DemandState.REGISTERED, DemandAction.START, DemandState.HANDLING),
    Move(DemandState.REGISTERED, DemandAction.CANNOT, DemandState.CANNOT, _EXPLAINED),
    Move(DemandState.HANDLING, DemandAction.FINISH, DemandState.AWAITING, _RESULT),
    Move(DemandState.HANDLING, DemandAction.CANNOT, DemandState.CANNOT, _EXPLAINED),
    Move(DemandState.AWAITING, DemandAction.SATISFIED, DemandState.CONFIRMED, way=True),
    Move(DemandState.AWAITING, DemandAction.NOT_ACCEPTED, DemandState.RETURNED, _WHY_NOT, way=True),
    Move(DemandState.AWAITING, DemandAction.DECLINED, DemandState.DECLINED, way=True),
    Move(DemandState.RETURNED, DemandAction.FINISH, DemandState.AWAITING, _RESULT),
    Move(DemandState.RETURNED, DemandAction.CANNOT, DemandState.CANNOT, _EXPLAINED),
    Move(DemandState.DECLINED, DemandAction.SATISFIED, DemandState.CONFIRMED, way=True),
    Move(DemandState.DECLINED, DemandAction.NOT_ACCEPTED, DemandState.RETURNED, _WHY_NOT, way=True),
    Move(DemandState.CANNOT, DemandAction.RESUME, DemandState.HANDLING),
)
"""From where, what, to where. Confirmed is the end; it is left only by taking the confirmation back."""


@dataclass(frozen=True)
class DemandDraft:
    """A demand as it was raised. `asker` may be typed in full, it is kept masked; empty: nobody named."""

    org_id: int
    raised_on: date
    source: DemandSource
    what: str
    owner: str
    promised_on: date
    asker: str = ""
    category: str = ""
    by: By = ITSELF


@dataclass(frozen=True)
class StepDraft:
    """A move of a demand on a day, with what has to be written and how the resident said so."""

    demand_id: int
    action: DemandAction
    on: date
    note: str = ""
    way: ConfirmedBy | None = None
    by: By = ITSELF


@dataclass(frozen=True)
class PostponeDraft:
    """The promised day of a demand is put off, with the reason; the old day stays beside it."""

    demand_id: int
    promised_on: date
    note: str
    by: By = ITSELF


@dataclass(frozen=True)
class CaseDraft:
    """A case of one page: 背景、做法、成效、群众评价."""

    demand_id: int
    written_on: date
    title: str
    background: str
    practice: str
    effect: str
    opinion: str
    by: By = ITSELF


@dataclass(frozen=True)
class ReviewDraft:
    """The office's word on a case; one that is not valid says why."""

    case_id: int
    on: date
    is_valid: bool
    note: str = ""
    by: By = ITSELF


_MOVES = {(move.before, move.action): move for move in MOVES}
"""A move by where it starts and what it is: a ledger asks for thousands."""


def legal(state: DemandState) -> tuple[Move, ...]:
    """The moves from a state, in the order of the table."""
    return tuple(move for move in MOVES if move.before is state)


def move_of(state: DemandState, action: DemandAction) -> Move:
    """The move that `action` makes from a state. Raises WrongState when the table does not have it."""
    found = _MOVES.get((state, action))
    if found is not None:
        return found
    ways = legal(state)
    said = _("这件诉求现在是“{state}”，不能登记“{action}”。").format(state=label(state), action=label(action))
    if not ways:
        raise WrongState(said + _("登错的请撤回上一步。"))
    raise WrongState(said + _("可以登记：{actions}。").format(actions="、".join(label(one.action) for one in ways)))


def state_after(actions: Iterable[DemandAction]) -> DemandState:
    """Where a demand stands after its moves in order; raises WrongState at one that the table does not have."""
    state = DemandState.REGISTERED
    for action in actions:
        state = move_of(state, action).after
    return state


def check_demand(draft: DemandDraft) -> None:
    """Refuse a demand without matter or owner, or promised before it was raised."""
    check_text(draft.what, "what", _("诉求事项"), WHAT_LIMIT)
    check_text(draft.owner, "owner", _("责任人"), OWNER_LIMIT)
    for field in ("what", "owner", "category", "asker"):
        check_contacts(getattr(draft, field), field)
    check_length(draft.category, "category", _("类别"), CATEGORY_LIMIT)
    check_length(draft.asker, "asker", _("诉求人"), OWNER_LIMIT)
    if draft.promised_on < draft.raised_on:
        said = _("承诺办结日 {promised} 早于提出日期 {raised}，请改正。")
        raise InputRefused(said.format(promised=draft.promised_on, raised=draft.raised_on), "promised_on")


def check_step(draft: StepDraft, move: Move, last_on: date, today: date) -> None:
    """Refuse a move without what it needs, in the future, or before the one it follows."""
    check_day(draft.on, "on", _("日期"), today)
    if draft.on < last_on:
        raise InputRefused(_("日期 {day} 早于上一步的 {last}，请核对。").format(day=draft.on, last=last_on), "on")
    if move.note:
        check_text(draft.note, "note", _(move.note), NOTE_LIMIT)
    check_length(draft.note, "note", _("说明"), NOTE_LIMIT)
    check_contacts(draft.note, "note")
    if move.way and draft.way is None:
        raise InputRefused(_("请选择群众确认的方式：签认、电话或当面。"), "way")


def may_postpone(state: DemandState) -> bool:
    """Whether something is still to be done by the promised day; what only waits for its answer is not put off."""
    return state in (DemandState.REGISTERED, DemandState.HANDLING, DemandState.RETURNED)


def check_postponable(state: DemandState) -> None:
    """Raise WrongState where nothing is left to be done by the promised day."""
    if not may_postpone(state):
        said = _("这件诉求现在是“{state}”，承诺办结日不再调整。").format(state=label(state))
        raise WrongState(said)


def check_postponement(draft: PostponeDraft, promised_on: date) -> None:
    """Refuse a new day that is not later than the one promised, or no reason."""
    if draft.promised_on <= promised_on:
        said = _("新的承诺办结日须晚于原来的 {day}，请改正。")
        raise InputRefused(said.format(day=promised_on), "promised_on")
    check_text(draft.note, "note", _("延期理由"), NOTE_LIMIT)
    check_contacts(draft.note, "note")


def check_postponer(promised_on: date, today: date, is_office: bool) -> None:
    """Raise WrongState where a branch would put off a day that has passed: lateness is not planned away."""
    if promised_on < today and not is_office:
        said = _("承诺办结日 {day} 已经过了，支部不能再延期。确有原因的请与镇党建办联系。")
        raise WrongState(said.format(day=promised_on))


def check_case(draft: CaseDraft, confirmed_on: date | None, today: date) -> None:
    """Refuse a case of a demand that the resident has not confirmed, or one longer than its page."""
    if confirmed_on is None:
        raise WrongState(_("群众确认满意的诉求才能写成典型案例。"))
    check_day(draft.written_on, "written_on", _("填写日期"), today)
    if draft.written_on < confirmed_on:
        raise InputRefused(_("填写日期早于群众确认的 {day}，请核对。").format(day=confirmed_on), "written_on")
    check_text(draft.title, "title", _("标题"), TITLE_LIMIT)
    check_text(draft.background, "background", _("背景"), BACKGROUND_LIMIT)
    check_text(draft.practice, "practice", _("做法"), PRACTICE_LIMIT)
    check_text(draft.effect, "effect", _("成效"), EFFECT_LIMIT)
    check_text(draft.opinion, "opinion", _("群众评价"), OPINION_LIMIT)
    for field in ("title", "background", "practice", "effect", "opinion"):
        check_contacts(getattr(draft, field), field)


def check_review(draft: ReviewDraft, written_on: date, today: date) -> None:
    """Refuse a review before the case was written, or a rejection without its reason."""
    check_day(draft.on, "on", _("复核日期"), today)
    if draft.on < written_on:
        raise InputRefused(_("复核日期早于案例的填写日期 {day}，请核对。").format(day=written_on), "on")
    if not draft.is_valid:
        check_text(draft.note, "note", _("无效的理由"), OPINION_LIMIT)
    check_length(draft.note, "note", _("复核意见"), OPINION_LIMIT)

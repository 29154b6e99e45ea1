"""Organisations: what a person may state about one, and the checks made while one types."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.terms import OrgKind

FULL_NAME_LIMIT, SHORT_NAME_LIMIT, CATEGORY_LIMIT = 120, 60, 40
COMMITTEE_FROM, BRANCH_FROM, BRANCH_TO = 7, 3, 50
MERGER, SPLIT = "merger", "split"
MAY_STAND_UNDER: dict[OrgKind, frozenset[OrgKind]] = {
    OrgKind.TOWNSHIP: frozenset(),
    OrgKind.GENERAL_BRANCH: frozenset({OrgKind.TOWNSHIP}),
    OrgKind.BRANCH: frozenset({OrgKind.TOWNSHIP, OrgKind.GENERAL_BRANCH}),
}


@dataclass(frozen=True)
class OrgDraft:
    """One organisation as it is from `valid_from` on. Counts are people or households; None means not stated.

    `category_at_once` lets a change of category count from `valid_from` instead of the next quarter.
    """

    kind: OrgKind
    full_name: str
    short_name: str
    valid_from: date
    parent_id: int | None = None
    category_id: int | None = None
    full_members: int | None = None
    probationary_members: int | None = None
    groups: int | None = None
    has_committee: bool | None = None
    households: int | None = None
    workers: int | None = None
    elected_on: date | None = None
    reason: str = ""
    category_at_once: bool = False


@dataclass(frozen=True)
class RenameDraft:
    """New names from a day on."""

    org_id: int
    full_name: str
    short_name: str
    on: date
    reason: str


@dataclass(frozen=True)
class MoveDraft:
    """A new parent from a day on."""

    org_id: int
    parent_id: int
    on: date
    reason: str = ""


@dataclass(frozen=True)
class RetireDraft:
    """The end of an organisation; `on` is the first day on which it no longer exists."""

    org_id: int
    on: date
    reason: str


@dataclass(frozen=True)
class MergeDraft:
    """Several organisations become one from `on`: an existing one (`into_id`) or a new one (`successor`).

    `heirs_of` are the predecessors whose baselines, key results and open rectification pass on.
    """

    predecessor_ids: tuple[int, ...]
    on: date
    reason: str
    into_id: int | None = None
    successor: OrgDraft | None = None
    heirs_of: tuple[int, ...] = ()


@dataclass(frozen=True)
class SplitDraft:
    """One organisation becomes several from `on`.

    `heir` is the place in `successors` of the one that takes over what is unfinished.
    With `continues` the predecessor goes on beside its successors and keeps what is unfinished itself.
    """

    predecessor_id: int
    successors: tuple[OrgDraft, ...]
    on: date
    reason: str
    heir: int | None = None
    continues: bool = False


def check(draft: OrgDraft) -> None:
    """Raises InputRefused for a missing or overlong name, a negative count or no superior."""
    check_names(draft.full_name, draft.short_name)
    for field in ("full_members", "probationary_members", "groups", "households", "workers"):
        count = getattr(draft, field)
        if count is not None and count < 0:
            raise InputRefused(_("人数、户数不能是负数。不清楚的请留空，不要填 0。"), field)
        if count is not None and count > 1_000_000:
            raise InputRefused(_("数字过大，请核对。"), field)
    if draft.kind is OrgKind.TOWNSHIP and draft.parent_id is not None:
        raise InputRefused(_("镇党委是最上一级，没有上级党组织。"), "parent_id")
    if draft.kind is not OrgKind.TOWNSHIP and draft.parent_id is None:
        raise InputRefused(_("请选择上级党组织。"), "parent_id")
    if draft.kind is OrgKind.BRANCH and draft.category_id is None:
        raise InputRefused(_("请选择支部类别。"), "category_id")
    if draft.elected_on is not None and draft.elected_on > draft.valid_from:
        raise InputRefused(_("上次换届日期不能晚于生效日期。"), "elected_on")


def check_names(full_name: str, short_name: str) -> None:
    """Raises InputRefused for a name that is missing, too long, or broken over lines."""
    names = ((full_name, FULL_NAME_LIMIT, "full_name"), (short_name, SHORT_NAME_LIMIT, "short_name"))
    for text, limit, field in names:
        if not text.strip():
            sentence = _("请填写党组织全称。") if field == "full_name" else _("请填写党组织简称。")
            raise InputRefused(sentence, field)
        if len(text.strip()) > limit:
            raise InputRefused(_("名称请控制在 {n} 字以内。").format(n=limit), field)
        if not text.strip().isprintable():
            raise InputRefused(_("名称里不能有换行或不可见字符。"), field)


def check_place(kind: OrgKind, parent: OrgKind | None) -> None:
    """Raises InputRefused when an organisation of `kind` cannot stand under one of kind `parent`."""
    if parent is not None and parent not in MAY_STAND_UNDER[kind]:
        sentence = {
            OrgKind.GENERAL_BRANCH: _("党总支的上级只能是镇党委。"),
            OrgKind.BRANCH: _("党支部的上级只能是镇党委或党总支。"),
        }.get(kind, _("镇党委是最上一级，没有上级党组织。"))
        raise InputRefused(sentence, "parent_id")


def notices(draft: OrgDraft) -> tuple[str, ...]:
    """What the regulations on branch work say about the numbers: advice, not a refusal.

    中国共产党支部工作条例（试行）: from 3 full members, usually not above 50, a committee from 7.
    """
    members = draft.full_members
    found = []
    if draft.kind is OrgKind.BRANCH and members is not None:
        if members < BRANCH_FROM:
            found.append(_("正式党员不足 {n} 人，一般应成立联合党支部，请核对。").format(n=BRANCH_FROM))
        if members > BRANCH_TO:
            found.append(_("党支部党员人数一般不超过 {n} 人，请核对。").format(n=BRANCH_TO))
        if draft.has_committee and members < COMMITTEE_FROM:
            found.append(_("正式党员不足 {n} 人，一般不设支部委员会，请核对。").format(n=COMMITTEE_FROM))
        if draft.has_committee is False and members >= COMMITTEE_FROM:
            found.append(_("正式党员 {n} 人以上，应当设支部委员会，请核对。").format(n=COMMITTEE_FROM))
    return tuple(found)


def check_merger(draft: MergeDraft) -> None:
    """Raises InputRefused unless several organisations become exactly one other or new one, with a reason."""
    gone = [org_id for org_id in draft.predecessor_ids if org_id != draft.into_id]
    if len(set(draft.predecessor_ids) | {draft.into_id or 0}) < 2 or not gone:
        raise InputRefused(_("合并至少要选两个党组织。"), "predecessor_ids")
    if (draft.into_id is None) == (draft.successor is None):
        raise InputRefused(_("请选择并入哪个党组织，或填写新设党组织的名称。"), "into_id")
    if draft.successor is None and len(set(gone)) < 1:
        raise InputRefused(_("合并至少要选两个党组织。"), "predecessor_ids")
    if draft.successor is not None and len(set(gone)) < 2:
        raise InputRefused(_("合并新设至少要选两个党组织。"), "predecessor_ids")
    if not set(draft.heirs_of) <= set(draft.predecessor_ids):
        raise InputRefused(_("承接事项的党组织应在被合并的党组织之中。"), "heirs_of")
    _need_reason(draft.reason)


def check_split(draft: SplitDraft) -> None:
    """Raises InputRefused unless there are enough successors with different names, a known heir, and a reason."""
    least = 1 if draft.continues else 2
    if len(draft.successors) < least:
        raise InputRefused(_("原支部保留时至少新设一个，不保留时至少新设两个党组织。"), "successors")
    if len({successor.short_name.strip() for successor in draft.successors}) < len(draft.successors):
        raise InputRefused(_("新设的党组织不能同名。"), "successors")
    if draft.heir is not None and not 0 <= draft.heir < len(draft.successors):
        raise InputRefused(_("请选择由哪个新党组织承接未完事项。"), "heir")
    _need_reason(draft.reason)


def check_retirement(draft: RetireDraft) -> None:
    """Raises InputRefused without a reason."""
    _need_reason(draft.reason)


def check_category(name: str) -> None:
    """Raises InputRefused for a category without a name, or with one that is too long."""
    if not name.strip():
        raise InputRefused(_("请填写类别名称。"), "name")
    if len(name.strip()) > CATEGORY_LIMIT:
        raise InputRefused(_("类别名称请控制在 {n} 字以内。").format(n=CATEGORY_LIMIT), "name")


def _need_reason(reason: str) -> None:
    if not reason.strip():
        raise InputRefused(_("请写明理由，如批复文件或会议决定。"), "reason")

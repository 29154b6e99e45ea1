"""Vanguard posts as drafts, their checks, and when a sign should come down. Sources: domain 1.4 X06, 10 row 25."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.register_terms import PostResult
from okr_desk.rules.checks import check_day, check_length, check_text
from okr_desk.rules.entered import ITSELF, By

NAME_LIMIT, PLACE_LIMIT, HOLDER_LIMIT, PROMISE_LIMIT, NOTE_LIMIT, CAUSE_LIMIT = 30, 40, 20, 100, 100, 200
MISSES = 2
"""So many checks in a row below the standard, and taking the sign down is proposed."""


@dataclass(frozen=True)
class PostDraft:
    """A post with its holder and the holder's promise."""

    org_id: int
    name: str
    place: str
    holder: str
    hung_on: date
    promise: str = ""
    by: By = ITSELF


@dataclass(frozen=True)
class CheckDraft:
    """The check of a post in the quarter of its day; a result below the standard says why."""

    post_id: int
    on: date
    result: PostResult
    checked_by: str = ""
    note: str = ""
    by: By = ITSELF


@dataclass(frozen=True)
class TakedownDraft:
    """The sign comes down on a day, and why."""

    post_id: int
    on: date
    cause: str
    by: By = ITSELF


def check_post(draft: PostDraft) -> None:
    """Refuse a post without name, place or holder."""
    check_text(draft.name, "name", _("岗位"), NAME_LIMIT)
    check_text(draft.place, "place", _("地点"), PLACE_LIMIT)
    check_text(draft.holder, "holder", _("责任党员"), HOLDER_LIMIT)
    check_length(draft.promise, "promise", _("承诺"), PROMISE_LIMIT)


def check_check(draft: CheckDraft, hung_on: date, taken_down_on: date | None, today: date) -> None:
    """Refuse a check in the future, before the post was hung up or after it came down, or a miss without why."""
    check_day(draft.on, "on", _("考评日期"), today)
    if draft.on < hung_on:
        raise InputRefused(_("考评日期早于挂牌日期 {day}，请核对。").format(day=hung_on), "on")
    if taken_down_on is not None and draft.on > taken_down_on:
        raise InputRefused(_("这个岗位已于 {day} 摘牌，不再考评。").format(day=taken_down_on), "on")
    check_length(draft.checked_by, "checked_by", _("考评人"), HOLDER_LIMIT)
    if draft.result is PostResult.MISSED and not draft.note.strip():
        raise InputRefused(_("不达标的请写明原因。"), "note")
    check_length(draft.note, "note", _("说明"), NOTE_LIMIT)


def check_takedown(draft: TakedownDraft, hung_on: date, today: date) -> None:
    """Refuse a taking down in the future, before the hanging up, or without its reason."""
    check_day(draft.on, "on", _("摘牌日期"), today)
    if draft.on < hung_on:
        raise InputRefused(_("摘牌日期早于挂牌日期 {day}，请核对。").format(day=hung_on), "on")
    check_text(draft.cause, "cause", _("摘牌原因"), CAUSE_LIMIT)


def proposes_takedown(results: Sequence[PostResult]) -> bool:
    """Whether the last checks, oldest first, were misses in a row; a quarter without a check does not break the row."""
    return len(results) >= MISSES and all(one is PostResult.MISSED for one in results[-MISSES:])

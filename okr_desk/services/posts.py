"""Vanguard posts are hung up, checked once a quarter, and taken down with a reason; nothing is edited."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select

from okr_desk.errors import InputRefused, WrongState
from okr_desk.i18n import _
from okr_desk.model.store import now, today
from okr_desk.model.tables import PostCheck, PostTakedown, VanguardPost
from okr_desk.queries.post_counts import SOURCE
from okr_desk.rules.permissions import Action, Actor
from okr_desk.rules.posts import CheckDraft, PostDraft, TakedownDraft, check_check, check_post, check_takedown
from okr_desk.services import counting, entered, permits, quarter_lock
from okr_desk.services.entered import stamp
from okr_desk.services.outcome import Changes, Outcome, Topic, changed

_CHANGED = changed(Topic.POSTS)


def hang(session: Session, actor: Actor, draft: PostDraft) -> Outcome[int]:
    """Register a post; its id. Raises InputRefused, WrongState or NotAllowed."""
    permits.require(session, actor, Action.RECORD_DAILY, draft.org_id)
    check_post(draft)
    dated = quarter_lock.dated(
        session, actor, draft.org_id, draft.hung_on, field="hung_on", name=_("挂牌日期"), reason=draft.by.reason
    )
    row = VanguardPost(
        org_id=draft.org_id,
        name=draft.name.strip(),
        place=draft.place.strip(),
        holder=draft.holder.strip(),
        promise=draft.promise.strip(),
        hung_on=draft.hung_on,
        **stamp(session, actor, draft.by, dated.is_late),
    )
    session.add(row)
    session.flush()
    return Outcome(row.key, _recount(session, actor, row.org_id, row.hung_on, draft.by.reason))


def check(session: Session, actor: Actor, draft: CheckDraft) -> Outcome[int]:
    """The check of a post in the quarter of its day; another one of that quarter supersedes the first, which stays."""
    post = entered.standing(session, VanguardPost, draft.post_id)
    permits.require(session, actor, Action.RECORD_DAILY, post.org_id)
    down = _down(session, post.key)
    check_check(draft, post.hung_on, down.on if down else None, today(session))
    dated = quarter_lock.dated(
        session, actor, post.org_id, draft.on, field="on", name=_("考评日期"), reason=draft.by.reason
    )
    _supersede(session, post.key, dated.quarter_id)
    row = PostCheck(
        post_id=post.key,
        quarter_id=dated.quarter_id,
        on=draft.on,
        result=draft.result.value,
        checked_by=draft.checked_by.strip(),
        note=draft.note.strip(),
        **stamp(session, actor, draft.by, dated.is_late),
    )
    session.add(row)
    session.flush()
    return Outcome(row.key, _recount(session, actor, post.org_id, row.on, draft.by.reason))


def check_all(session: Session, actor: Actor, drafts: Sequence[CheckDraft]) -> Outcome[tuple[int, ...]]:
    """The checks typed into a grid, all or none; their ids. Raises InputRefused with the name of the post at fault."""
    made, changes = [], Changes()
    for draft in drafts:
        try:
            outcome = check(session, actor, draft)
        except InputRefused as refused:
            name = entered.standing(session, VanguardPost, draft.post_id).name
            raise InputRefused(
                _("“{name}”：{said}").format(name=name, said=refused.sentence), refused.field
            ) from refused
        made.append(outcome.value)
        changes |= outcome.changes
    return Outcome(tuple(made), changes)


def take_down(session: Session, actor: Actor, draft: TakedownDraft) -> Outcome[int]:
    """Take the sign down with a reason (摘牌); its id. Earlier checks keep counting in their quarters."""
    post = entered.standing(session, VanguardPost, draft.post_id)
    permits.require(session, actor, Action.RECORD_DAILY, post.org_id)
    if _down(session, post.key) is not None:
        raise WrongState(_("这个岗位已经摘牌，请刷新。"))
    check_takedown(draft, post.hung_on, today(session))
    dated = quarter_lock.dated(
        session, actor, post.org_id, draft.on, field="on", name=_("摘牌日期"), reason=draft.by.reason
    )
    row = PostTakedown(
        post_id=post.key, on=draft.on, cause=draft.cause.strip(), **stamp(session, actor, draft.by, dated.is_late)
    )
    session.add(row)
    session.flush()
    return Outcome(row.key, _recount(session, actor, post.org_id, row.on, draft.by.reason))


def withdraw_check(session: Session, actor: Actor, check_id: int, reason: str) -> Outcome[int]:
    """Take a check back: the post counts as not checked in that quarter."""
    row = entered.standing(session, PostCheck, check_id)
    post = entered.standing(session, VanguardPost, row.post_id)
    entered.check_withdrawal(session, actor, post.org_id, row.on)
    entered.take_back(session, row, reason)
    return Outcome(row.key, _recount(session, actor, post.org_id, row.on, reason))


def withdraw_takedown(session: Session, actor: Actor, takedown_id: int, reason: str) -> Outcome[int]:
    """Take a taking down back: the sign hangs again."""
    row = entered.standing(session, PostTakedown, takedown_id)
    post = entered.standing(session, VanguardPost, row.post_id)
    entered.check_withdrawal(session, actor, post.org_id, row.on)
    entered.take_back(session, row, reason)
    return Outcome(row.key, _recount(session, actor, post.org_id, row.on, reason))


def withdraw(session: Session, actor: Actor, post_id: int, reason: str) -> Outcome[int]:
    """Take a post back that was entered in error; its checks count no more."""
    row = entered.standing(session, VanguardPost, post_id)
    days = [one.on for one in session.exec(select(PostCheck).where(PostCheck.post_id == row.key, *_STANDING))]
    entered.check_withdrawal(session, actor, row.org_id, row.hung_on, *days)
    entered.take_back(session, row, reason)
    return Outcome(row.key, _recount(session, actor, row.org_id, min([*days, row.hung_on]), reason))


_STANDING = (col(PostCheck.withdrawn_at).is_(None), col(PostCheck.superseded_at).is_(None))


def _supersede(session: Session, post_id: int, quarter_id: int) -> None:
    rows = session.exec(
        select(PostCheck).where(PostCheck.post_id == post_id, PostCheck.quarter_id == quarter_id, *_STANDING)
    )
    for row in rows.all():
        row.superseded_at = now(session)
        session.add(row)


def _down(session: Session, post_id: int) -> PostTakedown | None:
    return session.exec(
        select(PostTakedown).where(PostTakedown.post_id == post_id, col(PostTakedown.withdrawn_at).is_(None))
    ).first()


def _recount(session: Session, actor: Actor, org_id: int, first: date, reason: str) -> Changes:
    return _CHANGED.of(org_id) | counting.recount(session, actor, SOURCE, [org_id], first, reason)

"""Answers come in: single ballots, count sheets, whole files; each can be taken back with a reason and stays."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, col, select

from okr_desk.errors import InputRefused, WrongState
from okr_desk.i18n import _
from okr_desk.model.ballot_digest import FIELDS, digest
from okr_desk.model.store import now, today
from okr_desk.model.tables import Ballot, BallotWithdrawal, CountLine, CountSheet, SurveyBatch
from okr_desk.queries import surveys
from okr_desk.queries.surveys import DefinitionView
from okr_desk.rules.ballots import (
    BallotDraft,
    BallotRow,
    BatchDraft,
    CountSheetDraft,
    check_ballot,
    check_count_sheet,
    check_said,
)
from okr_desk.rules.checks import check_reason
from okr_desk.rules.permissions import Action, Actor
from okr_desk.services import permits
from okr_desk.services.outcome import Outcome
from okr_desk.services.surveys import CHANGED, open_row

__all__ = ["BallotRow", "BatchDraft"]


def record_ballots(session: Session, actor: Actor, round_id: int, drafts: Sequence[BallotDraft]) -> Outcome[int]:
    """Store ballots that were typed at one sitting: all of them, or nothing; the id of their batch.

    Raises InputRefused for the first that cannot be taken, WrongState once the round is counted, NotAllowed.
    """
    rows = tuple(BallotRow(draft) for draft in drafts)
    return _store(session, actor, BatchDraft(round_id, "", "", len(rows), rows))


def record_count_sheet(session: Session, actor: Actor, draft: CountSheetDraft) -> Outcome[int]:
    """Store a count by hand, item by item. Raises as `record_ballots` does."""
    permits.require(session, actor, Action.RECORD_BALLOTS)
    definition = _definition(session, draft.round_id)
    check_count_sheet(draft, [item.id for item in definition.levels], today(session))
    check_said(draft, definition.overall.place or 0, definition.scores, definition.wide)
    _check_group(draft.group_id, _groups(definition))
    row = CountSheet(
        round_id=draft.round_id,
        org_id=draft.org_id,
        group_id=draft.group_id,
        channel=draft.channel.value,
        counted_on=draft.counted_on,
        issued=draft.issued,
        returned=draft.returned,
        valid=draft.valid,
        host=draft.host.strip(),
        counter=draft.counter.strip(),
        watcher=draft.watcher.strip(),
        account_id=_account(actor),
        recorded_at=now(session),
    )
    session.add(row)
    session.flush()
    for line in draft.lines:
        counts = ",".join(str(count) for count in line.counts)
        session.add(
            CountLine(sheet_id=row.key, item_id=line.item_id, counts=counts, unsure=line.unsure, blank=line.blank)
        )
    session.flush()
    return Outcome(row.key, CHANGED.of(draft.org_id))


def record_batch(session: Session, actor: Actor, draft: BatchDraft) -> Outcome[int]:
    """Store all ballots of a file at once, with one entry in the trail; the id of the batch.

    Raises InputRefused for a file that is in already, and as `record_ballots` does.
    """
    twin = session.exec(
        select(SurveyBatch).where(SurveyBatch.sha256 == draft.sha256, col(SurveyBatch.withdrawn_at).is_(None))
    ).first()
    if twin is not None:
        said = _("这个文件已经导入过（{name}，{n} 份），没有重复写入。")
        raise InputRefused(said.format(name=twin.file_name, n=twin.taken), "file")
    return _store(session, actor, draft)


def withdraw_ballot(session: Session, actor: Actor, ballot_id: int, reason: str) -> Outcome[int]:
    """Take one ballot back: it stays on record with the reason and no longer counts."""
    permits.require(session, actor, Action.RECORD_BALLOTS)
    row = session.get(Ballot, ballot_id)
    gone = session.exec(select(BallotWithdrawal).where(BallotWithdrawal.ballot_id == ballot_id)).first()
    if row is None or gone is not None:
        raise WrongState(_("这份答卷已经撤回，请刷新。"))
    open_row(session, row.round_id)
    said = check_reason(reason, _("撤回答卷须写明理由，原答卷保留备查。"))
    session.add(
        BallotWithdrawal(ballot_id=ballot_id, reason=said, account_id=_account(actor), recorded_at=now(session))
    )
    session.flush()
    return Outcome(ballot_id, CHANGED.of(row.org_id))


def withdraw_batch(session: Session, actor: Actor, batch_id: int, reason: str) -> Outcome[int]:
    """Take back all ballots of a file or a sitting in one step; how many."""
    permits.require(session, actor, Action.RECORD_BALLOTS)
    row = session.get(SurveyBatch, batch_id)
    if row is None or row.withdrawn_at is not None:
        raise WrongState(_("这一批答卷已经撤回，请刷新。"))
    open_row(session, row.round_id)
    row.withdrawn_reason = check_reason(reason, _("撤回答卷须写明理由，原答卷保留备查。"))
    row.withdrawn_at = now(session)
    session.add(row)
    session.flush()
    return Outcome(row.taken + row.void, CHANGED)


def withdraw_count_sheet(session: Session, actor: Actor, sheet_id: int, reason: str) -> Outcome[int]:
    """Take a count sheet back; it stays on record with the reason."""
    permits.require(session, actor, Action.RECORD_BALLOTS)
    row = session.get(CountSheet, sheet_id)
    if row is None or row.withdrawn_at is not None:
        raise WrongState(_("这张计票表已经撤回，请刷新。"))
    open_row(session, row.round_id)
    row.withdrawn_reason = check_reason(reason, _("撤回计票表须写明理由，原表保留备查。"))
    row.withdrawn_at = now(session)
    session.add(row)
    session.flush()
    return Outcome(row.key, CHANGED.of(row.org_id))


def _store(session: Session, actor: Actor, draft: BatchDraft) -> Outcome[int]:
    permits.require(session, actor, Action.RECORD_BALLOTS)
    definition = _definition(session, draft.round_id)
    if not draft.ballots:
        raise InputRefused(_("还没有可以写入的答卷。"), "ballots")
    day = today(session)
    items, groups = len(definition.levels), _groups(definition)
    for one in draft.ballots:
        check_ballot(one.draft, items, day)
        _check_group(one.draft.group_id, groups)
    values = [_values(one) for one in draft.ballots]
    void = sum(bool(one["void_reason"]) for one in values)
    batch = SurveyBatch(
        round_id=draft.round_id,
        file_name=draft.file_name[-200:],
        sha256=draft.sha256,
        rows=draft.rows,
        taken=len(values) - void,
        void=void,
        suspect=sum(bool(one["suspect"]) for one in values),
        digest=digest(map(itemgetter(*FIELDS), values)),
        account_id=_account(actor),
        recorded_at=now(session),
    )
    session.add(batch)
    session.flush()
    belongs = {"round_id": draft.round_id, "batch_id": batch.key}
    for row in values:
        row |= belongs
    session.connection().execute(insert(Ballot), values)  # by Core: rows of thousands need no object each
    return Outcome(batch.key, CHANGED.of(*{one.draft.org_id for one in draft.ballots}))


def _definition(session: Session, round_id: int) -> DefinitionView:
    return surveys.definition(session, open_row(session, round_id).definition_id)


def _groups(definition: DefinitionView) -> frozenset[int | None]:
    """The groups that an answer may name, and none at all."""
    return frozenset({None, *(group.id for group in definition.groups)})


def _check_group(group_id: int | None, groups: frozenset[int | None]) -> None:
    if group_id not in groups:
        raise InputRefused(_("这份测评表没有这类人群，请重新选择。"), "group_id")


def _account(actor: Actor) -> int:
    if actor.account_id is None:
        raise InputRefused(_("请先登录。"), "account_id")
    return actor.account_id


def _values(row: BallotRow) -> dict[str, Any]:
    draft = row.draft
    return {
        "org_id": draft.org_id,
        "group_id": draft.group_id,
        "channel": draft.channel.value,
        "number": draft.number,
        "answers": draft.answers,
        "wish": draft.wish.strip(),
        "answered_on": draft.answered_on,
        "minute": row.minute,
        "seconds": row.seconds,
        "void_reason": draft.void_reason.strip(),
        "suspect": row.suspect,
    }

"""Enter work once, on its day; it counts at once for every measure it belongs to. Corrections stand beside the old."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import select as plain
from sqlmodel import Session

from okr_desk.errors import InputRefused, WrongState
from okr_desk.i18n import _
from okr_desk.model import columns
from okr_desk.model.store import now
from okr_desk.model.tables import WorkEntry, WorkEntryLink
from okr_desk.pinyin import keys
from okr_desk.queries import committee_counts, library, orgs, worklog_counts, worklog_key_results, worklog_kinds
from okr_desk.queries.counting import Counted, Source
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.worklog import RECORD
from okr_desk.rules.checks import check_reason
from okr_desk.rules.permissions import Actor
from okr_desk.rules.worklog import EntryDraft, check
from okr_desk.rules.worklog_kinds import Kind, given
from okr_desk.services import attachments, counting, official, quarter_lock
from okr_desk.services.outcome import Changes, Outcome, Topic, changed
from okr_desk.services.quarter_lock import Dated

CHANGED = changed(Topic.WORKLOG)
DAY = "done_on"


def record(session: Session, actor: Actor, draft: EntryDraft, batch_id: int | None = None) -> Outcome[int]:
    """Store one piece of work and count it. The notices say that it is late, or that the same stands already.

    Raises InputRefused, WrongState or NotAllowed with one sentence; then nothing is stored.
    """
    dated, kinds = _dated(session, actor, draft), worklog_kinds.by_key(session)
    added = _add(session, actor, draft, dated, kinds, batch_id=batch_id)
    fed = worklog_counts.source_for(added.codes, kinds)
    counted = _recount(session, actor, fed, draft.org_id, draft.done_on, draft.reason, dated.quarters)
    return Outcome(added.id, CHANGED.of(draft.org_id) | counted, added.notices)


def correct(session: Session, actor: Actor, entry_id: int, draft: EntryDraft, why: str) -> Outcome[int]:
    """Put another entry in the place of one that was wrong; the old one stays, withdrawn, with the reason.

    Raises WrongState for one that is gone already, InputRefused without a reason.
    """
    old = _standing(session, entry_id)
    reason = check_reason(why, _("更正须写明理由，原记录保留备查。"))
    quarter_lock.check_withdrawal(session, actor, old.quarter_id, old.org_id)
    if draft.org_id != old.org_id:
        raise InputRefused(_("更正不能换支部。记错支部的，请撤回后在对的支部名下登记。"), "org_id")
    _end(session, actor, old, _("更正：{reason}").format(reason=reason))
    dated, kinds = _dated(session, actor, draft), worklog_kinds.by_key(session)
    added = _add(session, actor, draft, dated, kinds, corrects=entry_id)
    attachments.carry_over(session, actor, RECORD, entry_id, added.id)
    fed = worklog_counts.source_for(worklog_counts.codes_of(session, entry_id, added.id), kinds)
    first = min(old.done_on, draft.done_on)
    counted = _recount(session, actor, fed, draft.org_id, first, draft.reason, dated.quarters)
    return Outcome(added.id, CHANGED.of(draft.org_id) | counted, added.notices)


def withdraw(session: Session, actor: Actor, entry_id: int, reason: str) -> Outcome[int | None]:
    """Take an entry back; it stays on record and no longer counts. What a correction had replaced stands again.

    Returns the id of the entry that stands again, if any. Raises WrongState, InputRefused, NotAllowed.
    """
    row = _standing(session, entry_id)
    said = check_reason(reason, _("撤回须写明理由，原记录保留备查。"))
    quarter_lock.check_withdrawal(session, actor, row.quarter_id, row.org_id)
    _end(session, actor, row, said)
    earlier = None if row.corrects_id is None else session.get(WorkEntry, row.corrects_id)
    days, ids = [row.done_on], [row.key]
    notices: tuple[str, ...] = ()
    if earlier is not None:
        quarter_lock.check_withdrawal(session, actor, earlier.quarter_id, earlier.org_id)
        earlier.withdrawn_at, earlier.withdrawn_by, earlier.withdrawn_reason = None, None, ""
        session.add(earlier)
        days.append(earlier.done_on)
        ids.append(earlier.key)
        notices = (_("更正前的记录恢复有效。"),)
    session.flush()
    fed = worklog_counts.source_for(worklog_counts.codes_of(session, *ids), worklog_kinds.by_key(session))
    changes = CHANGED.of(row.org_id) | _recount(session, actor, fed, row.org_id, min(days), said)
    return Outcome(None if earlier is None else earlier.key, changes, notices)


@dataclass(frozen=True)
class _Added:
    """An entry that was stored, the codes that it feeds, and what has to be said about it."""

    id: int
    codes: tuple[str, ...]
    notices: tuple[str, ...]


def _dated(session: Session, actor: Actor, draft: EntryDraft) -> Dated:
    return quarter_lock.dated(
        session, actor, draft.org_id, draft.done_on, field=DAY, name=_("日期"), reason=draft.reason
    )


def _add(
    session: Session,
    actor: Actor,
    draft: EntryDraft,
    dated: Dated,
    kinds: Mapping[str, Kind],
    corrects: int | None = None,
    batch_id: int | None = None,
) -> _Added:
    kind = kinds.get(draft.kind)
    if kind is None or kind.is_retired:
        raise InputRefused(_("请选择工作类别。"), "kind")
    check(draft, kind)
    notices = [_("已过填报截止日，本次标记为“补报”。")] if dated.is_late else []
    if _is_repeated(session, draft, dated.quarter_id):
        notices.append(_("当天已有一条相同的记录。如果是重复登记，请撤回其中一条。"))
    row = WorkEntry(
        org_id=draft.org_id,
        quarter_id=dated.quarter_id,
        kind=kind.key,
        done_on=draft.done_on,
        what=draft.what.strip(),
        who=draft.who.strip(),
        result=draft.result.strip(),
        place=draft.place.strip(),
        amount=draft.amount,
        part=draft.part,
        search_keys=keys(f"{draft.what}{draft.who}{draft.result}{draft.place}"),
        reported_by=draft.reported_by.strip(),
        basis=draft.basis.value,
        is_late=dated.is_late,
        late_reason=draft.reason.strip(),
        account_id=actor.account_id,
        recorded_at=now(session),
        corrects_id=corrects,
        batch_id=batch_id,
    )
    session.add(row)
    session.flush()
    codes = _link(session, row, kind, draft, dated.quarter)
    return _Added(row.key, codes, tuple(notices))


def _link(session: Session, row: WorkEntry, kind: Kind, draft: EntryDraft, quarter: QuarterView) -> tuple[str, ...]:
    """Fix what the entry counts for, and how much it gives each; the codes of the indicators among them."""
    codes: list[str] = []
    fed = tuple(library.meanings(session, quarter.ends_on, kind.feeds).values()) if kind.feeds else ()
    is_narrow = any(meaning.categories for meaning in fed)
    _name, category = orgs.called(session, row.org_id, min(row.done_on, quarter.ends_on)) if is_narrow else ("", "")
    exempt = official.all_exempt(session, [row.org_id], quarter.year) if fed else set()
    for meaning in fed:
        if not meaning.is_for(category) or (row.org_id, meaning.id) in exempt:
            continue
        found = given(kind, row.amount, row.part, meaning.unit)
        if found is not None:
            session.add(WorkEntryLink(entry_id=row.key, indicator_id=meaning.id, amount=found[0], part=found[1]))
            codes.append(meaning.code)
    offers = worklog_key_results.offers(session, row.org_id, quarter) if draft.key_results else ()
    known = {offer.id: offer for offer in offers}
    for key_result_id in dict.fromkeys(draft.key_results):
        offer = known.get(key_result_id)
        found = None if offer is None else given(kind, row.amount, row.part, offer.unit)
        if offer is None or found is None:
            raise InputRefused(_("选中的关键结果不能由这类工作累计，请取消勾选。"), "key_results")
        session.add(WorkEntryLink(entry_id=row.key, key_result_id=key_result_id, amount=found[0], part=found[1]))
    return tuple(codes)


def _recount(
    session: Session,
    actor: Actor,
    fed: Source,
    org_id: int,
    first: date,
    reason: str,
    quarters: Sequence[QuarterView] | None = None,
) -> Changes:
    """Count what entries feed, and who of the committee did a task, from the first quarter touched on."""
    committee = committee_counts.SOURCE

    def counted(*asked: Any) -> Mapping[tuple[int, str], Counted]:
        return {**(fed.counted(*asked) if fed.codes else {}), **committee.counted(*asked)}

    both = Source(fed.name, (*fed.codes, *committee.codes), counted)
    return counting.recount(session, actor, both, [org_id], first, reason, quarters=quarters)


def _standing(session: Session, entry_id: int) -> WorkEntry:
    row = session.get(WorkEntry, entry_id)
    if row is None or row.withdrawn_at is not None:
        raise WrongState(_("这条记录已经更正或撤回，请刷新。"))
    return row


def _end(session: Session, actor: Actor, row: WorkEntry, reason: str) -> None:
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = now(session), actor.account_id, reason
    session.add(row)
    session.flush()


def _is_repeated(session: Session, draft: EntryDraft, quarter_id: int) -> bool:
    said = {"org": draft.org_id, "kind": draft.kind, "day": draft.done_on, "amount": draft.amount}
    return session.execute(_SAME, {**said, "quarter": quarter_id, "what": draft.what.strip()}).first() is not None


_OF = columns.WorkEntry
_SAME = plain(_OF.id).where(
    _OF.org_id == bindparam("org"),
    _OF.quarter_id == bindparam("quarter"),
    _OF.kind == bindparam("kind"),
    _OF.done_on == bindparam("day"),
    _OF.what == bindparam("what"),
    _OF.amount == bindparam("amount"),
    _OF.withdrawn_at.is_(None),
)
"""Built once: every entry asks it."""

"""The ledger of a branch and the yearly grading: a new line takes the place of the old; blank takes it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from okr_desk.errors import InputRefused, Refusal, WrongState
from okr_desk.i18n import _
from okr_desk.model.store import now, today
from okr_desk.model.tables import DutyRegister, MemberReview, Org, Quarter
from okr_desk.queries import cycles, duty_registers
from okr_desk.queries.duty_counts import REGISTERS, REVIEWS
from okr_desk.queries.objectives import QuarterView
from okr_desk.rules.checks import check_reason
from okr_desk.rules.duties import RegisterDraft, ReviewDraft, check_register, check_review
from okr_desk.rules.permissions import Actor
from okr_desk.services import counting, quarter_lock
from okr_desk.services.outcome import Changes, Outcome, Topic, changed
from okr_desk.services.quarter_lock import Dated
from okr_desk.terms import OrgKind, label

CHANGED = changed(Topic.DUTIES)
_WORDS = ("reviewed_on", "due", "took_part", "probationary", "excellent", "qualified", "basically", "unqualified")


@dataclass(frozen=True)
class Kept:
    """What one saving of the ledger added: ids of lines, and of the grading where it changed."""

    lines: tuple[int, ...]
    review: int | None

    @property
    def count(self) -> int:
        """How many entries."""
        return len(self.lines) + (self.review is not None)


def save(session: Session, actor: Actor, drafts: Sequence[RegisterDraft]) -> Outcome[tuple[int, ...]]:
    """Store lines of the ledger at once: all of them, or nothing; the ids of those added.

    What says the same again adds nothing; a blank line takes the standing one back. Raises InputRefused for the first
    line that cannot be taken, WrongState or NotAllowed.
    """
    added: list[int] = []
    touched: dict[int, date] = {}
    late = False
    reason = next((draft.reason for draft in drafts if draft.reason.strip()), "")
    for draft in drafts:
        quarter = _quarter(session, draft.year, draft.quarter)
        dated = _dated(session, actor, draft, quarter)
        old = _line(session, draft, quarter.id)
        if draft.is_blank:
            if old is None:
                continue
            quarter_lock.check_withdrawal(session, actor, quarter.id, draft.org_id)
            old.withdrawn_at, old.withdrawn_reason = now(session), draft.reason.strip() or _("在台账中清空")
            session.add(old)
        else:
            check_register(draft)
            if old is not None and _same_line(old, draft):
                continue
            row = _stored(session, actor, draft, quarter, dated)
            if old is not None:
                old.superseded_at = now(session)
                session.add(old)
            session.flush()
            added.append(row.key)
        late = late or dated.is_late
        touched[draft.org_id] = min(touched.get(draft.org_id, quarter.starts_on), quarter.starts_on)
    changes = Changes()
    for org_id, first in touched.items():
        changes |= CHANGED.of(org_id) | counting.recount(session, actor, REGISTERS, [org_id], first, reason)
    return Outcome(tuple(added), changes, (_("已过填报截止日，本次标记为“补报”。"),) if late else ())


def withdraw(session: Session, actor: Actor, line_ids: Sequence[int], reason: str) -> Outcome[int]:
    """Take lines back with a reason; the line that each had taken the place of stands again. How many."""
    said = check_reason(reason, _("撤回须写明理由，原记录保留备查。"))
    changes = Changes()
    for line_id in reversed(line_ids):
        row = session.get(DutyRegister, line_id)
        if row is None or row.withdrawn_at is not None or row.superseded_at is not None:
            raise Refusal(_("这一格已经被更正或撤回，请刷新后再看。"))
        quarter_lock.check_withdrawal(session, actor, row.quarter_id, row.org_id)
        row.withdrawn_at, row.withdrawn_reason = now(session), said
        session.add(row)
        _stand_again(session, row)
        first = session.get_one(Quarter, row.quarter_id).starts_on
        changes |= CHANGED.of(row.org_id) | counting.recount(session, actor, REGISTERS, [row.org_id], first, said)
    return Outcome(len(line_ids), changes)


def record_review(session: Session, actor: Actor, draft: ReviewDraft) -> Outcome[int]:
    """Store the grading of a year; a later one takes its place. Raises InputRefused, WrongState or NotAllowed."""
    _check_branch(session, draft.org_id)
    dated = quarter_lock.dated(
        session, actor, draft.org_id, draft.reviewed_on, field="reviewed_on", name=_("评议日期"), reason=draft.reason
    )
    notices = check_review(draft)
    standing = duty_registers.reviews(session, draft.reviewed_on.year, [draft.org_id]).get(draft.org_id)
    first = draft.reviewed_on
    if standing is not None:
        if all(getattr(standing, name) == getattr(draft, name) for name in (*_WORDS, "note")):
            return Outcome(standing.id, Changes())
        old = session.get_one(MemberReview, standing.id)
        quarter_lock.check_withdrawal(session, actor, old.quarter_id, old.org_id)
        old.superseded_at = now(session)
        session.add(old)
        first = min(first, old.reviewed_on)
    row = MemberReview(
        **{name: getattr(draft, name) for name in ("org_id", *_WORDS)},
        note=draft.note.strip(),
        reported_by=draft.reported_by.strip(),
        quarter_id=dated.quarter_id,
        basis=draft.basis.value,
        is_late=dated.is_late,
        late_reason=draft.reason.strip() if dated.is_late else "",
        account_id=actor.account_id,
        recorded_at=now(session),
    )
    session.add(row)
    session.flush()
    counted = counting.recount(session, actor, REVIEWS, [draft.org_id], first, draft.reason)
    return Outcome(row.key, CHANGED.of(draft.org_id) | counted, notices)


def withdraw_review(session: Session, actor: Actor, review_id: int, reason: str) -> Outcome[int]:
    """Take the grading of a year back with a reason: it stays on record; the one before stands again."""
    row = session.get(MemberReview, review_id)
    if row is None or row.withdrawn_at is not None or row.superseded_at is not None:
        raise Refusal(_("这次民主评议登记已经被更正或撤回，请刷新后再看。"))
    quarter_lock.check_withdrawal(session, actor, row.quarter_id, row.org_id)
    row.withdrawn_reason = check_reason(reason, _("撤回须写明理由，原记录保留备查。"))
    row.withdrawn_at = now(session)
    session.add(row)
    first = row.reviewed_on
    earlier = _earlier_review(session, row)
    if earlier is not None:
        earlier.superseded_at = None
        session.add(earlier)
        first = min(first, earlier.reviewed_on)
    counted = counting.recount(session, actor, REVIEWS, [row.org_id], first, reason)
    return Outcome(row.key, CHANGED.of(row.org_id) | counted)


def _dated(session: Session, actor: Actor, draft: RegisterDraft, quarter: QuarterView) -> Dated:
    """The lock of the line's quarter, asked with the last day of its period that has come."""
    _check_branch(session, draft.org_id)
    first, last = _period(draft, quarter)
    day = max(first, min(today(session), last))
    name = label(draft.kind)
    return quarter_lock.dated(session, actor, draft.org_id, day, field="month", name=name, reason=draft.reason)


def _period(draft: RegisterDraft, quarter: QuarterView) -> tuple[date, date]:
    if draft.month is None:
        return quarter.starts_on, quarter.ends_on
    if not quarter.starts_on.month <= draft.month <= quarter.ends_on.month:
        raise InputRefused(
            _("{month}月不在第{quarter}季度，请核对。").format(month=draft.month, quarter=quarter.number), "month"
        )
    first = date(draft.year, draft.month, 1)
    if draft.month == quarter.ends_on.month:
        return first, quarter.ends_on
    return first, date.fromordinal(date(draft.year, draft.month + 1, 1).toordinal() - 1)


def _quarter(session: Session, year: int, number: int) -> QuarterView:
    found = cycles.quarter(session, year, number)
    if found is None:
        raise WrongState(_("{year}年度还没有建立，请先在“年度与季度”中建立。").format(year=year))
    return found


def _check_branch(session: Session, org_id: int) -> None:
    org = session.get(Org, org_id)
    if org is None or org.kind != OrgKind.BRANCH:
        raise InputRefused(_("组织生活按党支部登记，请选择一个党支部。"), "org_id")


def _line(session: Session, draft: RegisterDraft, quarter_id: int) -> DutyRegister | None:
    wanted = select(DutyRegister).where(
        DutyRegister.org_id == draft.org_id,
        DutyRegister.quarter_id == quarter_id,
        DutyRegister.kind == draft.kind.value,
        DutyRegister.month == draft.month,
        col(DutyRegister.superseded_at).is_(None),
        col(DutyRegister.withdrawn_at).is_(None),
    )
    return session.exec(wanted).first()


def _same_line(row: DutyRegister, draft: RegisterDraft) -> bool:
    said = (row.due, row.done, row.amount_due, row.amount_done, row.note)
    return said == (draft.due, draft.done, draft.amount_due, draft.amount_done, draft.note.strip())


def _stored(session: Session, actor: Actor, draft: RegisterDraft, quarter: QuarterView, dated: Dated) -> DutyRegister:
    assert draft.due is not None and draft.done is not None
    row = DutyRegister(
        org_id=draft.org_id,
        quarter_id=quarter.id,
        kind=draft.kind.value,
        month=draft.month,
        due=draft.due,
        done=draft.done,
        amount_due=draft.amount_due,
        amount_done=draft.amount_done,
        note=draft.note.strip(),
        as_of=min(today(session), _period(draft, quarter)[1]),
        reported_by=draft.reported_by.strip(),
        basis=draft.basis.value,
        is_late=dated.is_late,
        late_reason=draft.reason.strip() if dated.is_late else "",
        account_id=actor.account_id,
        recorded_at=now(session),
    )
    session.add(row)
    return row


def _stand_again(session: Session, row: DutyRegister) -> None:
    """The newest earlier line on the same that was never taken back."""
    wanted = (
        select(DutyRegister)
        .where(
            DutyRegister.org_id == row.org_id,
            DutyRegister.quarter_id == row.quarter_id,
            DutyRegister.kind == row.kind,
            DutyRegister.month == row.month,
            DutyRegister.id != row.key,
            col(DutyRegister.withdrawn_at).is_(None),
        )
        .order_by(col(DutyRegister.id).desc())
    )
    earlier = session.exec(wanted).first()
    if earlier is not None:
        earlier.superseded_at = None
        session.add(earlier)


def _earlier_review(session: Session, row: MemberReview) -> MemberReview | None:
    """The newest earlier grading of the same year that was never taken back."""
    year = row.reviewed_on.year
    wanted = (
        select(MemberReview)
        .where(
            MemberReview.org_id == row.org_id,
            MemberReview.id != row.key,
            col(MemberReview.reviewed_on).between(date(year, 1, 1), date(year, 12, 31)),
            col(MemberReview.withdrawn_at).is_(None),
        )
        .order_by(col(MemberReview.id).desc())
    )
    return session.exec(wanted).first()


def save_ledger(
    session: Session, actor: Actor, drafts: Sequence[RegisterDraft], review: ReviewDraft | None
) -> Outcome[Kept]:
    """Store what was typed into a year's ledger, the grading with it: all of it, or nothing. Raises as both do."""
    lines = save(session, actor, drafts)
    if review is None:
        return Outcome(Kept(lines.value, None), lines.changes, lines.notices)
    graded = record_review(session, actor, review)
    kept = Kept(lines.value, graded.value if graded.changes else None)
    return Outcome(kept, lines.changes | graded.changes, (*lines.notices, *graded.notices))


def withdraw_ledger(session: Session, actor: Actor, kept: Kept, reason: str) -> Outcome[int]:
    """Take back what one `save_ledger` stored. How many entries."""
    outcome = withdraw(session, actor, kept.lines, reason)
    if kept.review is None:
        return outcome
    graded = withdraw_review(session, actor, kept.review, reason)
    return Outcome(outcome.value + 1, outcome.changes | graded.changes)

"""Bulletins as a branch gets them: those that were issued, whether it has signed, and the reminder until it has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import func, select

from okr_desk.i18n import _
from okr_desk.model.columns import Bulletin, Org, OrgVersion, Receipt
from okr_desk.model.reading import Reader
from okr_desk.queries import bulletins, cycles, policy
from okr_desk.queries.bulletins import BulletinBoard, BulletinView
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.reminder import Reminder
from okr_desk.rules.bulletins import RECORD
from okr_desk.terms import OrgKind

PAGE = "bulletins"


def received(session: Reader, quarter: QuarterView, orgs: Sequence[OrgView]) -> BulletinBoard:
    """What branches were given in a quarter: no drafts, no wordings before the issue, nobody else's receipts."""
    board = bulletins.board(session, quarter)
    ids = {org.id for org in orgs}
    own = tuple(org for org in board.branches if org.id in ids)
    return BulletinBoard(quarter, tuple(_own(one, ids) for one in board.bulletins if one.issued_on is not None), own)


def owed(session: Reader, quarter: QuarterView, org_id: int, day: date) -> Sequence[Reminder]:
    """A bulletin of any quarter that the branch has not signed for; it is issued when the next quarter has begun."""
    signed = select(Receipt.record_id).where(Receipt.record == RECORD, Receipt.org_id == org_id)
    asked = select(Bulletin.id, Bulletin.document, Bulletin.quarter_id, Bulletin.issued_on).where(
        Bulletin.issued_on.is_not(None), Bulletin.withdrawn_at.is_(None), Bulletin.id.not_in(signed)
    )
    rows = session.execute(asked.order_by(Bulletin.id)).all()
    if not rows or not _is_branch(session, org_id):
        return []
    began = session.execute(select(func.min(OrgVersion.valid_from)).where(OrgVersion.org_id == org_id)).scalar()
    found = []
    for row in rows:
        of = cycles.by_id(session, row.quarter_id)
        if of is None or (began is not None and began > of.ends_on):
            continue
        said = _("{quarter}通报待签收：{number}").format(quarter=of.label, number=row.document)
        to_it = (("bulletin_id", row.id), ("quarter_id", row.quarter_id))
        found.append(Reminder(said, PAGE, _("签收"), _answered_by(session, row.issued_on), to_it))
    return found


# Inside


def _answered_by(session: Reader, issued_on: date) -> date | None:
    """By when measures are to be reported, and so the bulletin to be read; None past the calendar."""
    days = policy.integer(session, "bulletin.reply_days")
    return cycles.calendar(session).nth_working_day_after(issued_on, days)


def _own(one: BulletinView, ids: set[int]) -> BulletinView:
    return replace(
        one,
        versions=(),
        receipts={org_id: receipt for org_id, receipt in one.receipts.items() if org_id in ids},
        waiting=tuple(org for org in one.waiting if org.id in ids),
    )


def _is_branch(session: Reader, org_id: int) -> bool:
    return session.execute(select(Org.kind).where(Org.id == org_id)).scalar() == OrgKind.BRANCH.value

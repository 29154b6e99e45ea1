"""What whistles ask of a branch: to rate what is settled, to drive what is overdue; of the office: to sign."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from okr_desk.clock import local
from okr_desk.i18n import _
from okr_desk.model.columns import Org
from okr_desk.model.reading import Reader
from okr_desk.model.store import now
from okr_desk.queries import attachments, whistle_board, whistles
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.reminder import Reminder
from okr_desk.queries.whistles import WhistleView
from okr_desk.terms import OrgKind, QuarterState
from okr_desk.whistle_terms import WhistleState

PAGE = "whistles"


def owed(session: Reader, quarter: QuarterView, org_id: int, _day: date) -> Sequence[Reminder]:
    """One reminder a whistle for a branch; for the township those that wait for its signature, as one."""
    if session.execute(select(Org.kind).where(Org.id == org_id)).scalar() == OrgKind.TOWNSHIP:
        waiting = whistles.whistles(session, states=(WhistleState.SIGNING,))
        said = _("{n} 件吹哨单待审签").format(n=len(waiting))
        return [Reminder(said, PAGE, _("审签"), None, (("whistle_id", waiting[0].id),))] if waiting else []
    still_open = [state for state in WhistleState if state not in whistles.OVER]
    found = [
        _reminder(session, one, org_id) for one in whistles.whistles(session, org_ids=(org_id,), states=still_open)
    ]
    return [*(one for one in found if one is not None), *_missing(session, quarter, org_id)]


def _missing(session: Reader, quarter: QuarterView, org_id: int) -> list[Reminder]:
    """Files of the branch's whistles that are gone: nobody else would say so."""
    if quarter.state is not QuarterState.OPEN:
        return []
    files = attachments.of_records(session, whistles.RECORD, quarter.id)
    gone = {key: piece.kept.name for key, pieces in files.items() for piece in pieces if piece.fault}
    said = _("{number} {matter}的附件“{name}”缺失，请找回原件重新添加，或移除并写明原因")
    return [
        Reminder(
            said.format(number=one.number, matter=one.matter, name=gone[one.id]),
            PAGE,
            _("去处理"),
            None,
            (("whistle_id", one.id),),
        )
        for one in (whistles.whistles(session, ids=gone) if gone else ())
        if one.org_id == org_id
    ]


def _reminder(session: Reader, one: WhistleView, org_id: int) -> Reminder | None:
    to_it = (("whistle_id", one.id),)
    is_own = one.org_id == org_id
    if is_own and one.state is WhistleState.TO_RATE:
        said = _("{number} {matter}：{department}已办结，还没有评价")
        return Reminder(said.format(**_words(one)), PAGE, _("评价"), None, to_it)
    if is_own and one.state is WhistleState.RETURNED:
        said = _("{number} {matter}：{department}退回，等待改派")
        return Reminder(said.format(**_words(one)), PAGE, _("查看"), None, to_it)
    if one.is_open and whistle_board.is_overdue(one, now(session)):
        said = _("{number} {matter}：{department}{late}") if is_own else _("{number} {matter}：本单位应办，{late}")
        return Reminder(said.format(**_words(one), late=_late(one)), PAGE, _("处理"), _due_on(one), to_it)
    if not is_own and one.state is WhistleState.BLOWN:
        said = _("{number} {matter}：等待{department}签收")
        return Reminder(said.format(**_words(one)), PAGE, _("签收"), None, to_it)
    return None


def _late(one: WhistleView) -> str:
    """What is late; by how much stands beside every reminder."""
    if one.state is WhistleState.BLOWN:
        return _("没有按时签收")
    return _("没有按时到场") if one.state is WhistleState.RECEIVED else _("没有按期办结")


def _due_on(one: WhistleView) -> date | None:
    due = whistle_board.next_deadline(one)
    return local(due).date() if isinstance(due, datetime) else due


def _words(one: WhistleView) -> dict[str, str]:
    return {"number": one.number, "matter": one.matter, "department": one.department.name}

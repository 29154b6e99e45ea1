"""Bulletins are drafted from data, edited in versions, issued once, withdrawn with a reason, and signed for."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import Session, col, select

from okr_desk.errors import InputRefused, WrongState
from okr_desk.i18n import _, using
from okr_desk.model.store import now, today
from okr_desk.model.tables import Bulletin, BulletinText, Receipt
from okr_desk.queries import bulletin_text, bulletin_wording, bulletins, cycles
from okr_desk.queries.bulletin_text import BulletinPaper
from okr_desk.queries.bulletin_text import BulletinText as Text
from okr_desk.queries.objectives import QuarterView
from okr_desk.review_terms import PublicationKind
from okr_desk.rules.bulletins import (
    LONG,
    RECORD,
    BulletinMode,
    BulletinState,
    IssueDraft,
    ReceiptDraft,
    Wording,
    check_issue,
    check_receipt,
    check_wording,
)
from okr_desk.rules.checks import check_reason
from okr_desk.rules.permissions import Action, Actor
from okr_desk.services import official, permits, publications
from okr_desk.services.outcome import Changes, Outcome, Topic, changed
from okr_desk.terms import QuarterState

_CHANGED = changed(Topic.BULLETINS)


def draft(
    session: Session,
    actor: Actor,
    quarter_id: int,
    mode: BulletinMode = BulletinMode.GRADES,
    replaces_id: int | None = None,
) -> Outcome[int]:
    """A new draft from the data of today; its id. `replaces_id`: the withdrawn one that it corrects.

    Raises WrongState while another draft of the quarter is open, Refusal where there is nothing to tell yet.
    """
    permits.require(session, actor, Action.ISSUE_BULLETINS)
    quarter = _begun(session, quarter_id)
    open_ = select(Bulletin.id).where(
        Bulletin.quarter_id == quarter_id, col(Bulletin.issued_on).is_(None), col(Bulletin.withdrawn_at).is_(None)
    )
    if session.exec(open_).first() is not None:
        raise WrongState(_("{quarter}已经有一份通报草稿，请先签发或作废那一份。").format(quarter=quarter.label))
    if replaces_id is not None:
        _check_replaced(session, replaces_id, quarter_id)
    row = Bulletin(
        quarter_id=quarter_id,
        mode=mode.value,
        replaces_id=replaces_id,
        account_id=official.account_of(actor) or 0,
        recorded_at=now(session),
    )
    session.add(row)
    session.flush()
    _keep(session, actor, row, _generated(session, row))
    return Outcome(row.key, _CHANGED)


def save(session: Session, actor: Actor, bulletin_id: int, wording: Wording) -> Outcome[int]:
    """Keep the wording as somebody typed it; the number of its version. What was saved before stays."""
    permits.require(session, actor, Action.ISSUE_BULLETINS)
    row = _draft(session, bulletin_id)
    tidy = check_wording(wording)
    standing = _standing(session, row)
    versions = _versions(session, row)
    if standing.wording == tidy:
        return Outcome(versions, Changes())
    _keep(session, actor, row, replace(standing, wording=tidy))
    long = _("正文共 {n} 字，超过 {most} 字，请尽量压缩。")
    notices = (long.format(n=tidy.characters, most=LONG),) if tidy.characters > LONG else ()
    return Outcome(versions + 1, _CHANGED, notices)


def regenerate(session: Session, actor: Actor, bulletin_id: int, mode: BulletinMode) -> Outcome[int]:
    """Write a draft anew from the data of today, in a mode; the number of its version. The edited one stays."""
    permits.require(session, actor, Action.ISSUE_BULLETINS)
    row = _draft(session, bulletin_id)
    row.mode = mode.value
    session.add(row)
    made, standing = _generated(session, row), _standing(session, row)
    versions = _versions(session, row)
    if made == standing:
        return Outcome(versions, Changes())
    _keep(session, actor, row, made)
    return Outcome(versions + 1, _CHANGED)


def issue(session: Session, actor: Actor, bulletin_id: int, draft: IssueDraft) -> Outcome[int]:
    """Issue a draft under the number of the office's register: it is published and never changed; its id.

    Raises InputRefused for a number that is malformed or taken, a missing signer, an empty part.
    """
    permits.require(session, actor, Action.ISSUE_BULLETINS)
    row = _draft(session, bulletin_id)
    quarter = _begun(session, row.quarter_id)
    said = check_issue(draft, quarter.starts_on, today(session))
    taken = select(Bulletin.id).where(Bulletin.document == said.document, Bulletin.id != bulletin_id)
    if session.exec(taken).first() is not None:
        raise InputRefused(_("发文字号“{number}”已经用过，请核对。").format(number=said.document), "document")
    text = _standing(session, row)
    check_wording(text.wording)
    row.document, row.signed_by, row.issued_on = said.document, said.signed_by, said.issued_on
    row.issued_by = official.account_of(actor)
    session.add(row)
    session.flush()
    corrects, _why = bulletins.reason_of(session, row.replaces_id)
    kept = BulletinPaper(
        text, quarter.label, said.document, said.signed_by, said.issued_on, BulletinState.ISSUED, corrects
    )
    publications.publish(session, actor, PublicationKind.BULLETIN, quarter.id, None, said.document, kept)
    return Outcome(row.key, _CHANGED)


def withdraw(session: Session, actor: Actor, bulletin_id: int, reason: str) -> Outcome[int]:
    """Take an issued bulletin back, or drop a draft; its id. It stays with the reason, and another may correct it."""
    permits.require(session, actor, Action.ISSUE_BULLETINS)
    row = _living(session, bulletin_id)
    said = check_reason(reason, _("请写明撤回的原因，更正的通报里会引用。"))
    row.withdrawn_at, row.withdrawn_reason = now(session), said
    session.add(row)
    session.flush()
    return Outcome(row.key, _CHANGED)


def receive(session: Session, actor: Actor, bulletin_id: int, draft: ReceiptDraft) -> Outcome[int]:
    """Enter that branches have received an issued bulletin; how many are new. One that signed before stays as it is.

    The office enters for all, a branch for itself.
    """
    row = _living(session, bulletin_id)
    if row.issued_on is None:
        raise WrongState(_("通报还没有签发，不能登记签收。"))
    check_receipt(draft, row.issued_on, today(session))
    if not actor.may(Action.ISSUE_BULLETINS):
        for org_id in draft.org_ids:
            permits.require(session, actor, Action.SIGN_BULLETINS, org_id)
    else:
        permits.require(session, actor, Action.ISSUE_BULLETINS)
    known = bulletins.view(session, bulletin_id)
    people = {org.id: org.secretary for org in (*known.waiting,)}
    fresh = [org_id for org_id in dict.fromkeys(draft.org_ids) if org_id in people]
    for org_id in fresh:
        by = draft.received_by.strip() or people[org_id] or _("支部")
        session.add(
            Receipt(
                record=RECORD,
                record_id=row.key,
                org_id=org_id,
                received_on=draft.received_on,
                received_by=by,
                way=draft.way.value,
                account_id=official.account_of(actor) or 0,
                recorded_at=now(session),
            )
        )
    session.flush()
    return Outcome(len(fresh), _CHANGED.of(*fresh) if fresh else Changes())


def _generated(session: Session, row: Bulletin) -> Text:
    """In Chinese whatever the window speaks: it is an official document."""
    with using("zh_CN"):
        quarter = _begun(session, row.quarter_id)
        corrects, correction = bulletins.reason_of(session, row.replaces_id)
        return bulletin_wording.generated(
            session, quarter, BulletinMode(row.mode), corrects=corrects, correction=correction
        )


def _keep(session: Session, actor: Actor, row: Bulletin, text: Text) -> None:
    session.add(
        BulletinText(
            bulletin_id=row.key,
            content=bulletin_text.written(text),
            account_id=official.account_of(actor) or 0,
            recorded_at=now(session),
        )
    )
    session.flush()


def _standing(session: Session, row: Bulletin) -> Text:
    newest = select(BulletinText).where(BulletinText.bulletin_id == row.key).order_by(col(BulletinText.id).desc())
    return bulletin_text.read(session.exec(newest.limit(1)).one().content)


def _versions(session: Session, row: Bulletin) -> int:
    return len(session.exec(select(BulletinText.id).where(BulletinText.bulletin_id == row.key)).all())


def _living(session: Session, bulletin_id: int) -> Bulletin:
    row = session.get(Bulletin, bulletin_id)
    if row is None:
        raise WrongState(_("没有找到这份通报，请刷新后再试。"))
    if row.withdrawn_at is not None:
        raise WrongState(_("这份通报已经撤回，不能再办理。"))
    return row


def _draft(session: Session, bulletin_id: int) -> Bulletin:
    row = _living(session, bulletin_id)
    if row.issued_on is not None:
        raise WrongState(_("通报已经签发，内容不能再改。确有错误的，请撤回后另发更正的通报。"))
    return row


def _begun(session: Session, quarter_id: int) -> QuarterView:
    quarter = cycles.by_id(session, quarter_id)
    if quarter is None:
        raise WrongState(_("没有这个季度，请刷新后再试。"))
    if quarter.state is QuarterState.PLANNING:
        raise WrongState(_("{quarter}还没有开始，不能起草通报。").format(quarter=quarter.label))
    return quarter


def _check_replaced(session: Session, replaces_id: int, quarter_id: int) -> None:
    old = session.get(Bulletin, replaces_id)
    if old is None or old.quarter_id != quarter_id:
        raise WrongState(_("要更正的通报不在这个季度，请刷新后再试。"))
    if old.withdrawn_at is None or old.issued_on is None:
        raise WrongState(_("先撤回原通报并写明原因，再起草更正的通报。"))
    if (
        session.exec(
            select(Bulletin.id).where(Bulletin.replaces_id == replaces_id, col(Bulletin.withdrawn_at).is_(None))
        ).first()
        is not None
    ):
        raise WrongState(_("这份通报已经有更正的通报了。"))

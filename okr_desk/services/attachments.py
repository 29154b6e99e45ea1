"""Files behind records of daily work: two at most, none where the record is the proof; taken away with a reason."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from sqlmodel import Session, col, select

from okr_desk.errors import InputRefused, WrongState
from okr_desk.i18n import _
from okr_desk.model.store import now
from okr_desk.model.tables import Attachment
from okr_desk.queries import attachments as standing
from okr_desk.queries.attachments import Place
from okr_desk.rules.checks import check_reason
from okr_desk.rules.permissions import Actor
from okr_desk.services import evidence, permits, quarter_lock
from okr_desk.services.outcome import Changes, Outcome, Topic, changed


def attach(
    session: Session, actor: Actor, record: str, record_id: int, paths: Sequence[Path]
) -> Outcome[tuple[int, ...]]:
    """Keep files with a record; one that is there already is not added again. All of them or none.

    Raises InputRefused over the limits and where no file is needed, FileRefused for a file that is not what it says,
    WrongState or NotAllowed where the quarter takes nothing. A record of the office after the freeze has its reason.
    """
    place = standing.place_of(session, record, record_id)
    if not place.stands:
        raise WrongState(_("这条记录已经更正或撤回，不能再添加材料。"))
    _check(session, actor, place)
    added: list[int] = []
    for path in paths:
        content = evidence.content_of(path)
        digest = hashlib.sha256(content).hexdigest()
        if digest in {row.sha256 for row in _of_record(session, record, record_id)}:
            continue
        refusal = standing.room(session, record, record_id)
        if refusal:
            raise InputRefused(refusal, "attachments")
        evidence.keep(session, content, digest)
        row = _row(session, actor, record, record_id, place)
        row.sha256, row.display_name, row.size = digest, evidence.display_name(path.name), len(content)
        session.add(row)
        session.flush()
        added.append(row.key)
    return Outcome(tuple(added), changed(Topic(record)).of(place.org_id) if added else Changes())


def detach(session: Session, actor: Actor, attachment_id: int, reason: str) -> Outcome[int]:
    """Take a file away from its record; the row stays with the reason, and so does the file."""
    row = session.get(Attachment, attachment_id)
    if row is None or row.withdrawn_at is not None:
        raise WrongState(_("这件材料已经移除，请刷新。"))
    place = standing.place_of(session, row.record, row.record_id)
    if place.action is not None and not place.stands:
        raise WrongState(_("这条记录已经办结或撤回，材料留存，不能移除。"))
    _check(session, actor, place)
    row.withdrawn_reason = check_reason(reason, _("移除材料须写明理由，原件保留备查。"))
    row.withdrawn_at, row.withdrawn_by = now(session), actor.account_id
    session.add(row)
    session.flush()
    return Outcome(row.key, changed(Topic(row.record)).of(row.org_id))


def carry_over(session: Session, actor: Actor, record: str, old_id: int, new_id: int) -> None:
    """The files of a record stand behind the one that corrects it too; nothing is asked, nothing is added."""
    for old in _of_record(session, record, old_id):
        row = _row(session, actor, record, new_id, standing.place_of(session, record, new_id))
        row.sha256, row.display_name, row.size = old.sha256, old.display_name, old.size
        session.add(row)
    session.flush()


def _check(session: Session, actor: Actor, place: Place) -> None:
    """Raise NotAllowed or WrongState: the quarter decides, or where it does not, the right to the record itself."""
    if place.action is not None:
        permits.require(session, actor, place.action, place.org_id)
    else:
        quarter_lock.check_withdrawal(session, actor, place.quarter_id, place.org_id)


def _row(session: Session, actor: Actor, record: str, record_id: int, place: Place) -> Attachment:
    return Attachment(
        record=record, record_id=record_id, org_id=place.org_id, quarter_id=place.quarter_id, sha256="",
        display_name="", size=0, added_at=now(session), account_id=actor.account_id,
    )  # fmt: skip


def _of_record(session: Session, record: str, record_id: int) -> list[Attachment]:
    asked = select(Attachment).where(Attachment.record == record, Attachment.record_id == record_id)
    return list(session.exec(asked.where(col(Attachment.withdrawn_at).is_(None))))

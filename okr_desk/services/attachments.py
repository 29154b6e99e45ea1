"""Files behind records of daily work: two at most, none where the record is the proof; taken away with a reason."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session, col, select

from okr_desk.errors import Refusal, WrongState
from okr_desk.i18n import N_, _
from okr_desk.model.store import now
from okr_desk.model.tables import Attachment, CheckIn, Evidence, KeyResult, Objective, WorkEntry, WorkEntryLink
from okr_desk.queries import cycles, library, policy
from okr_desk.queries.objectives import QuarterView
from okr_desk.rules import attachments as rules
from okr_desk.rules.attachments import Behind
from okr_desk.rules.checks import check_reason
from okr_desk.rules.permissions import Action, Actor
from okr_desk.services import evidence, permits, quarter_lock
from okr_desk.services.outcome import Changes, Outcome, Topic, changed


@dataclass(frozen=True)
class Place:
    """Where a record stands: organisation, quarter, the indicators that it counts for; `stands` until withdrawn."""

    org_id: int
    quarter_id: int
    indicator_ids: tuple[int, ...]
    stands: bool = True


@dataclass(frozen=True)
class Register:
    """A register whose records may have files: its Chinese name, its topic, and how one record is placed.

    `place` gives None for a record that there is not.
    """

    name: str
    topic: Topic
    place: Callable[[Session, int], Place | None]


def _work_entry(session: Session, record_id: int) -> Place | None:
    row = session.get(WorkEntry, record_id)
    if row is None:
        return None
    fed = session.exec(
        select(WorkEntryLink.indicator_id).where(
            WorkEntryLink.entry_id == record_id, col(WorkEntryLink.indicator_id).is_not(None)
        )
    )
    ids = tuple(indicator_id for indicator_id in fed if indicator_id is not None)
    return Place(row.org_id, row.quarter_id, ids, row.withdrawn_at is None)


REGISTERS: dict[str, Register] = {"worklog": Register(N_("工作底单"), Topic.WORKLOG, _work_entry)}
"""By the word of the register; each word of daily work adds its own."""


def attach(
    session: Session, actor: Actor, record: str, record_id: int, paths: Sequence[Path]
) -> Outcome[tuple[int, ...]]:
    """Keep files with a record; one that is there already is not added again. All of them or none.

    Raises InputRefused over the limits and where no file is needed, FileRefused for a file that is not what it says,
    WrongState or NotAllowed where the quarter takes nothing.
    """
    register, place = _found(session, record, record_id)
    _check_open(session, actor, place)
    added: list[int] = []
    for path in paths:
        content = evidence.content_of(path)
        digest = hashlib.sha256(content).hexdigest()
        present = _of_record(session, record, record_id)
        if digest in {row.sha256 for row in present}:
            continue
        rules.check(len(present), _behind(session, place), policy.integer(session, "report.evidence_limit"))
        evidence.keep(session, content, digest)
        row = Attachment(
            record=record,
            record_id=record_id,
            org_id=place.org_id,
            quarter_id=place.quarter_id,
            sha256=digest,
            display_name=evidence.display_name(path.name),
            size=len(content),
            added_at=now(session),
            account_id=actor.account_id,
        )
        session.add(row)
        session.flush()
        added.append(row.key)
    return Outcome(tuple(added), changed(register.topic).of(place.org_id) if added else Changes())


def detach(session: Session, actor: Actor, attachment_id: int, reason: str) -> Outcome[int]:
    """Take a file away from its record; the row stays with the reason, and so does the file."""
    row = session.get(Attachment, attachment_id)
    if row is None or row.withdrawn_at is not None:
        raise WrongState(_("这件材料已经移除，请刷新。"))
    register, place = _found(session, row.record, row.record_id)
    quarter_lock.check_withdrawal(session, actor, place.quarter_id, place.org_id)
    row.withdrawn_reason = check_reason(reason, _("移除材料须写明理由，原件保留备查。"))
    row.withdrawn_at, row.withdrawn_by = now(session), actor.account_id
    session.add(row)
    session.flush()
    return Outcome(row.key, changed(register.topic).of(place.org_id))


def carry_over(session: Session, actor: Actor, record: str, old_id: int, new_id: int) -> None:
    """The files of a record stand behind the one that corrects it too; nothing is asked, nothing is added."""
    for old in _of_record(session, record, old_id):
        kept = old.model_dump(exclude={"id", "uid", "record_id", "added_at", "account_id"})
        session.add(Attachment(**kept, record_id=new_id, added_at=now(session), account_id=actor.account_id))
    session.flush()


def room(session: Session, record: str, record_id: int) -> str:
    """Why no more file may be added to a record, in a sentence; empty where one may."""
    _register, place = _found(session, record, record_id)
    most = policy.integer(session, "report.evidence_limit")
    return rules.refusal(len(_of_record(session, record, record_id)), _behind(session, place), most)


def _found(session: Session, record: str, record_id: int) -> tuple[Register, Place]:
    register = REGISTERS[record]
    place = register.place(session, record_id)
    if place is None:
        raise Refusal(_("找不到这条记录，请刷新后再试。"))
    return register, place


def _check_open(session: Session, actor: Actor, place: Place) -> None:
    """Ask as for an entry, without asking the office for a reason again: the record has it."""
    if not place.stands:
        raise WrongState(_("这条记录已经更正或撤回，不能再添加材料。"))
    permits.require(session, actor, Action.RECORD_DAILY, place.org_id)
    quarter_lock.check_withdrawal(session, actor, place.quarter_id, place.org_id)


def _of_record(session: Session, record: str, record_id: int) -> list[Attachment]:
    asked = select(Attachment).where(Attachment.record == record, Attachment.record_id == record_id)
    return list(session.exec(asked.where(col(Attachment.withdrawn_at).is_(None))))


def _behind(session: Session, place: Place) -> list[Behind]:
    """The indicators that a record counts for, with the pieces that stand behind each in the quarter."""
    quarter = cycles.by_id(session, place.quarter_id)
    assert quarter is not None
    found = _pieces(session, place.org_id, quarter)
    meanings = {view.id: view for view in library.library(session, quarter.ends_on, retired=True)}
    return [
        Behind(
            f"{meanings[one].code} {meanings[one].name}",
            len(found.get(one, set())),
            meanings[one].evidence_limit,
            meanings[one].computed_from,
        )
        for one in place.indicator_ids
    ]


def _pieces(session: Session, org_id: int, quarter: QuarterView) -> dict[int, set[str]]:
    """Marks of the files behind each indicator of a branch in a quarter, those of its check-ins included."""
    found: dict[int, set[str]] = {}
    asked = select(Attachment).where(
        Attachment.org_id == org_id, Attachment.quarter_id == quarter.id, col(Attachment.withdrawn_at).is_(None)
    )
    for row in session.exec(asked):
        place = REGISTERS[row.record].place(session, row.record_id) if row.record in REGISTERS else None
        for indicator_id in place.indicator_ids if place is not None and place.stands else ():
            found.setdefault(indicator_id, set()).add(row.sha256)
    stated = (
        select(KeyResult.indicator_id, Evidence.sha256)
        .join(CheckIn, col(CheckIn.key_result_id) == KeyResult.id)
        .join(Evidence, col(Evidence.checkin_id) == CheckIn.id)
        .join(Objective, col(Objective.id) == KeyResult.objective_id)
        .where(Objective.org_id == org_id, CheckIn.quarter_id == quarter.id, ~col(CheckIn.withdrawn))
    )
    for linked, mark in session.exec(stated):
        if linked is not None:
            found.setdefault(linked, set()).add(mark)
    return found

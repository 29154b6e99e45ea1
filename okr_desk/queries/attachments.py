"""Attachments as they were kept: those of a record, whether it takes more, and which files are missing or altered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from okr_desk.clock import local
from okr_desk.errors import Refusal
from okr_desk.i18n import N_, _
from okr_desk.model.columns import (
    Attachment,
    CheckIn,
    Demand,
    DemandStep,
    Evidence,
    Finding,
    KeyResult,
    NodeStep,
    Objection,
    ObjectionDecision,
    Objective,
    Project,
    ProjectNode,
    Review,
    Whistle,
    WorkEntry,
    WorkEntryLink,
)
from okr_desk.model.reading import Facts, Reader
from okr_desk.model.store import today
from okr_desk.queries import cycles, evidence, library, policy, users
from okr_desk.queries.evidence import Kept
from okr_desk.queries.objectives import QuarterView
from okr_desk.register_terms import DemandAction, NodeStepKind
from okr_desk.rules import attachments as rules
from okr_desk.rules.attachments import Behind
from okr_desk.rules.permissions import Action


@dataclass(frozen=True)
class Place:
    """Where a record stands: organisation, quarter, the indicators that it counts for; `stands` until withdrawn.

    `action`: who may add files where the quarter does not decide, as for an objection, which comes after the freeze.
    """

    org_id: int
    quarter_id: int
    indicator_ids: tuple[int, ...]
    stands: bool = True
    action: Action | None = None


def _work_entry(session: Reader, record_id: int) -> Place | None:
    asked = select(WorkEntry.org_id, WorkEntry.quarter_id, WorkEntry.withdrawn_at).where(WorkEntry.id == record_id)
    row = session.execute(asked).first()
    if row is None:
        return None
    fed = session.execute(
        select(WorkEntryLink.indicator_id).where(
            WorkEntryLink.entry_id == record_id, WorkEntryLink.indicator_id.is_not(None)
        )
    )
    return Place(row.org_id, row.quarter_id, tuple(fed.scalars()), row.withdrawn_at is None)


def _demand(session: Reader, record_id: int) -> Place | None:
    """In the quarter of its last step: what the resident signs belongs to the day on which it was signed.

    The rate is counted from the ledger itself, so the slip proves the step and no indicator limits it.
    """
    asked = select(Demand.org_id, Demand.raised_on, Demand.withdrawn_at).where(Demand.id == record_id)
    row = session.execute(asked).first()
    if row is None:
        return None
    steps = select(DemandStep.on).where(
        DemandStep.demand_id == record_id,
        DemandStep.withdrawn_at.is_(None),
        DemandStep.action != DemandAction.POSTPONE.value,
    )
    last = session.execute(steps.order_by(DemandStep.id.desc())).scalars().first()
    return _on(session, row.org_id, last or row.raised_on, row.withdrawn_at is None)


def _node(session: Reader, record_id: int) -> Place | None:
    """In the quarter in which it was done; one that is still to come in the quarter under way."""
    asked = (
        select(Project.org_id, Project.withdrawn_at)
        .join_from(ProjectNode.TABLE, Project.TABLE, Project.id == ProjectNode.project_id)
        .where(ProjectNode.id == record_id)
    )
    row = session.execute(asked).first()
    if row is None:
        return None
    done = select(NodeStep.on).where(
        NodeStep.node_id == record_id, NodeStep.withdrawn_at.is_(None), NodeStep.kind == NodeStepKind.DONE.value
    )
    done_on = session.execute(done).scalars().first()
    if done_on is None:
        begun = cycles.current(session, today(session))
        return None if begun is None else Place(row.org_id, begun.id, (), row.withdrawn_at is None)
    return _on(session, row.org_id, done_on, row.withdrawn_at is None)


def _on(session: Reader, org_id: int, day: date, stands: bool) -> Place | None:
    quarter = cycles.quarter(session, day.year, (day.month + 2) // 3)
    return None if quarter is None else Place(org_id, quarter.id, (), stands)


@dataclass(frozen=True)
class Register:
    """A register whose records may have files: its Chinese name, and how one of its records is placed (None: no such).

    Its word is its topic too (`services.outcome.Topic`).
    """

    name: str
    place: Callable[[Reader, int], Place | None]


def _whistle(session: Reader, record_id: int) -> Place | None:
    """A whistle's files belong to the matter: what departments answer counts from the record itself (F16 to F18)."""
    asked = select(Whistle.org_id, Whistle.quarter_id, Whistle.withdrawn).where(Whistle.id == record_id)
    row = session.execute(asked).first()
    return None if row is None else Place(row.org_id, row.quarter_id, (), not row.withdrawn)


def _finding(session: Reader, record_id: int) -> Place | None:
    """What shows that a finding was put right: it runs on after its quarter, so files go into the quarter of today."""
    asked = select(Finding.org_id, Finding.withdrawn_at).where(Finding.id == record_id)
    row, begun = session.execute(asked).first(), cycles.current(session, today(session))
    return None if row is None or begun is None else Place(row.org_id, begun.id, (), row.withdrawn_at is None)


def _objection(session: Reader, record_id: int) -> Place | None:
    """An objection comes after the freeze: who may object adds to it until it is answered or taken back."""
    asked = (
        select(Review.org_id, Review.quarter_id, Objection.withdrawn_at)
        .select_from(Objection.TABLE)
        .join(Review.TABLE, Review.id == Objection.review_id)
        .where(Objection.id == record_id)
    )
    row = session.execute(asked).first()
    if row is None:
        return None
    answered = session.execute(select(ObjectionDecision.id).where(ObjectionDecision.objection_id == record_id)).first()
    stands = row.withdrawn_at is None and answered is None
    return Place(row.org_id, row.quarter_id, (), stands, Action.OBJECT)


REGISTERS: dict[str, Register] = {
    "worklog": Register(N_("工作底单"), _work_entry),
    "demands": Register(N_("急难愁盼"), _demand),
    "projects": Register(N_("重点项目节点"), _node),
    "whistles": Register(N_("吹哨单"), _whistle),
    "followups": Register(N_("整改"), _finding),
    "objections": Register(N_("申辩"), _objection),
}
"""By the word of the register; each word of daily work whose records may have files adds its own."""


@dataclass(frozen=True)
class AttachmentView:
    """A file of a record. `fault`: 材料缺失 or 已改动 where it is not what was handed in, empty where it is."""

    id: int
    record: str
    record_id: int
    kept: Kept
    size: int
    added_on: date
    by: str
    fault: str = ""


@dataclass(frozen=True)
class Attached:
    """What stands behind a record. `refusal`: why no more may be added, in a sentence; empty where one may."""

    pieces: tuple[AttachmentView, ...]
    refusal: str


def attached(session: Reader, record: str, record_id: int) -> Attached:
    """The files of a record and whether it takes more. Raises Refusal for a record that there is not."""
    return Attached(of_record(session, record, record_id), room(session, record, record_id))


def of_record(session: Reader, record: str, record_id: int) -> tuple[AttachmentView, ...]:
    """What stands behind one record; each file is read, so that a lost or altered one is said."""
    asked = select(*Attachment.ALL).where(Attachment.record == record, Attachment.record_id == record_id)
    rows = session.execute(asked.where(Attachment.withdrawn_at.is_(None)).order_by(Attachment.id))
    names = users.names(session)
    return tuple(_view(row, names, evidence.fault_of(session, row.sha256, row.size)) for row in rows)


def of_records(session: Reader, record: str, quarter_id: int | None) -> dict[int, tuple[AttachmentView, ...]]:
    """What stands behind the records of a quarter (None: of all), by record; only a file that is not there is said."""
    asked = select(*Attachment.ALL).where(Attachment.record == record, Attachment.withdrawn_at.is_(None))
    if quarter_id is not None:
        asked = asked.where(Attachment.quarter_id == quarter_id)
    names = users.names(session)
    found: dict[int, list[AttachmentView]] = defaultdict(list)
    for row in session.execute(asked.order_by(Attachment.id)):
        found[row.record_id].append(_view(row, names, evidence.missing(session, row.sha256)))
    return {key: tuple(rows) for key, rows in found.items()}


def place_of(session: Reader, record: str, record_id: int) -> Place:
    """Where a record stands. Raises Refusal for one that there is not."""
    found = REGISTERS[record].place(session, record_id) if record in REGISTERS else None
    if found is None:
        raise Refusal(_("找不到这条记录，请刷新后再试。"))
    return found


def room(session: Reader, record: str, record_id: int) -> str:
    """Why no more file may be added to a record, in a sentence; empty where one may."""
    place = place_of(session, record, record_id)
    count = select(Attachment.id).where(
        Attachment.record == record, Attachment.record_id == record_id, Attachment.withdrawn_at.is_(None)
    )
    most = policy.integer(session, "report.evidence_limit")
    return rules.refusal(len(session.execute(count).all()), _behind(session, place), most)


def _behind(session: Reader, place: Place) -> list[Behind]:
    """The indicators that a record counts for, with the pieces that stand behind each in the quarter."""
    quarter = cycles.by_id(session, place.quarter_id)
    assert quarter is not None
    found = behind_indicators(session, place.org_id, quarter)
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


def behind_indicators(session: Reader, org_id: int, quarter: QuarterView) -> dict[int, set[str]]:
    """Marks of the files behind each indicator of a branch in a quarter, those of its check-ins included."""
    found: dict[int, set[str]] = defaultdict(set)
    asked = select(Attachment.record, Attachment.record_id, Attachment.sha256).where(
        Attachment.org_id == org_id, Attachment.quarter_id == quarter.id, Attachment.withdrawn_at.is_(None)
    )
    for row in session.execute(asked).all():
        place = REGISTERS[row.record].place(session, row.record_id) if row.record in REGISTERS else None
        for indicator_id in place.indicator_ids if place is not None and place.stands else ():
            found[indicator_id].add(row.sha256)
    stated = (
        select(KeyResult.indicator_id, Evidence.sha256)
        .join_from(CheckIn.TABLE, Evidence.TABLE, Evidence.checkin_id == CheckIn.id)
        .join(KeyResult.TABLE, KeyResult.id == CheckIn.key_result_id)
        .join(Objective.TABLE, Objective.id == KeyResult.objective_id)
        .where(
            Objective.org_id == org_id,
            CheckIn.quarter_id == quarter.id,
            ~CheckIn.withdrawn,
            KeyResult.indicator_id.is_not(None),
        )
    )
    for row in session.execute(stated):
        found[row.indicator_id].add(row.sha256)
    return found


def _view(row: Facts, names: dict[int, str], fault: str) -> AttachmentView:
    kept = Kept(row.sha256, row.display_name)
    by = names.get(row.account_id, "")
    return AttachmentView(row.id, row.record, row.record_id, kept, row.size, local(row.added_at).date(), by, fault)

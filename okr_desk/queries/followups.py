"""Findings as they stand: the notice, its steps, receipt and looks back, how late each is, and its light."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from okr_desk.followup_terms import (
    OPEN,
    FindingKind,
    FindingSource,
    FindingState,
    FollowupStep,
    ItemLight,
    Recognised,
)
from okr_desk.i18n import _
from okr_desk.model.columns import Finding, FindingStep, LookBack, OrgVersion, Publication, Receipt
from okr_desk.model.reading import Facts, Reader
from okr_desk.model.store import today
from okr_desk.queries import followup_rules, users
from okr_desk.queries.entered import EntryView, entry_view, of_parents, parts
from okr_desk.review_terms import PublicationKind, ReceiptWay
from okr_desk.rules.followup_limits import FollowupLimits, days_late
from okr_desk.rules.followups import REOPENED_BY, Present

RECORD = "finding"
"""The word under which receipts and files of a finding are kept."""
NOTICE_RECORD = "notice"
"""The word under which receipts of a notice that was put right are kept; their record is the publication."""


@dataclass(frozen=True)
class StepView:
    """One step: on which day, by whom; `recorded_by` entered it. `due_on`: the day asked for, or set.

    `substitution`: who verified in the place of a second person, where the office has one only.
    """

    id: int
    step: FollowupStep
    before: FindingState
    after: FindingState
    on: date
    by: str
    note: str
    due_on: date | None
    recognised: Recognised | None
    substitution: str
    recorded_by: str
    recorded_at: datetime
    withdrawn: bool
    withdrawn_reason: str

    @property
    def told(self) -> str:
        """What the step says, with who stood in for a second person: that is printed, never silent."""
        if not self.substitution:
            return self.note
        return _("{note}（办公室只有一人，由{who}代为验收）").format(note=self.note, who=self.substitution)


@dataclass(frozen=True)
class ReceiptView:
    """The notice was handed over: when, to whom, in which way."""

    on: date
    by: str
    way: ReceiptWay | None


@dataclass(frozen=True)
class LookBackView:
    """A later look at what was written off."""

    on: date
    held: bool
    by: str
    note: str


@dataclass(frozen=True)
class FindingView:
    """One finding. `late`: days behind its last day; `left`: days still to go, None where nothing runs.

    `extended`: how often it was put off since it was last opened.
    """

    id: int
    number: str
    org_id: int
    org: str
    quarter_id: int
    source: FindingSource
    indicator_id: int | None
    problem: str
    fact: str
    clause: str
    kind: FindingKind
    demand: str
    measure: str
    owner: str
    leader: str
    contact: str
    found_on: date
    due_on: date
    first_due_on: date
    state: FindingState
    feedback: str
    incentive: str
    again_of: str
    withdrawn: bool
    withdrawn_reason: str
    entry: EntryView
    steps: tuple[StepView, ...]
    receipt: ReceiptView | None
    looks: tuple[LookBackView, ...]
    light: ItemLight
    late: int
    left: int | None
    extended: int

    @property
    def standing(self) -> tuple[StepView, ...]:
        """The steps that count."""
        return tuple(step for step in self.steps if not step.withdrawn)

    @property
    def issued_on(self) -> date:
        """The day of the notice."""
        return self.standing[0].on

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done by somebody."""
        return self.state in OPEN and not self.withdrawn

    @property
    def is_asked(self) -> bool:
        """Whether an extension was asked for and is not yet answered."""
        return _is_asked(self.standing)

    @property
    def present(self) -> Present:
        """What the table of moves asks about."""
        return Present(self.owner, self.due_on, self.receipt is not None, self.is_asked)

    def last(self, *steps: FollowupStep) -> StepView | None:
        """The last of these steps that counts."""
        return next((one for one in reversed(self.standing) if one.step in steps), None)

    @property
    def progress(self) -> str:
        """The newest words on where it stands: of the write-off, a refusal, the request, or the progress."""
        wanted = (FollowupStep.WRITE_OFF, FollowupStep.REJECT, FollowupStep.ASK_CHECK, FollowupStep.PROGRESS,
                  FollowupStep.REOPEN)  # fmt: skip
        found = self.last(*wanted)
        return "" if found is None else found.told

    @property
    def written_off(self) -> StepView | None:
        """The write-off, while it holds."""
        return self.last(FollowupStep.WRITE_OFF) if self.state is FindingState.WRITTEN_OFF else None

    @property
    def recognised(self) -> Recognised | None:
        """The people's word at the write-off that holds."""
        step = self.written_off
        return None if step is None else step.recognised


def findings(
    session: Reader,
    *,
    ids: Collection[int] | None = None,
    org_ids: Collection[int] | None = None,
    quarter_id: int | None = None,
    states: Collection[FindingState] | None = None,
    with_withdrawn: bool = False,
) -> tuple[FindingView, ...]:
    """Findings in the order of their numbers; withdrawn ones only where they are asked for."""
    wanted = select(*Finding.ALL).order_by(Finding.number)
    if ids is not None:
        wanted = wanted.where(Finding.id.in_(list(ids)))
    if org_ids is not None:
        wanted = wanted.where(Finding.org_id.in_(list(org_ids)))
    if quarter_id is not None:
        wanted = wanted.where(Finding.quarter_id == quarter_id)
    if states is not None:
        wanted = wanted.where(Finding.state.in_([state.value for state in states]))
    if not with_withdrawn:
        wanted = wanted.where(Finding.withdrawn_at.is_(None))
    rows = session.execute(wanted).all()
    return _views(session, rows) if rows else ()


def finding(session: Reader, finding_id: int) -> FindingView | None:
    """One finding, withdrawn or not; None where there is none."""
    return next(iter(findings(session, ids=(finding_id,), with_withdrawn=True)), None)


def _views(session: Reader, rows: Sequence[Facts]) -> tuple[FindingView, ...]:
    ids = [row.id for row in rows]
    names, orgs = users.names(session), short_names(session)
    steps = _steps(session, ids)
    looks = of_parents(session, LookBack, "finding_id", ids)
    receipts = _receipts(session, ids) | _receipts_of_corrected(session, rows, steps)
    numbers = _numbers(session, [row.again_of_id for row in rows if row.again_of_id])
    limits, day = followup_rules.limits(session), today(session)
    return tuple(
        _view(
            row,
            orgs.get(row.org_id, ""),
            tuple(_step(one, names) for one in steps[row.id]),
            receipts.get(row.id),
            tuple(LookBackView(one.on, one.held, one.by, one.note) for one in looks[row.id]),
            numbers.get(row.again_of_id or 0, ""),
            entry_view(row, names),
            limits,
            day,
        )
        for row in rows
    )


def short_names(session: Reader) -> dict[int, str]:
    """What branches are called today; those that have ended as they were called last."""
    rows = session.execute(select(OrgVersion.org_id, OrgVersion.short_name).order_by(OrgVersion.valid_from))
    return {row.org_id: row.short_name for row in rows}


def _steps(session: Reader, ids: Sequence[int]) -> dict[int, list[Facts]]:
    """All steps by finding, withdrawn ones among them."""
    found: dict[int, list[Facts]] = defaultdict(list)
    for some in parts(ids):
        asked = select(*FindingStep.ALL).where(FindingStep.finding_id.in_(some)).order_by(FindingStep.id)
        for row in session.execute(asked):
            found[row.finding_id].append(row)
    return found


def _view(
    row: Facts,
    org: str,
    steps: tuple[StepView, ...],
    receipt: ReceiptView | None,
    looks: tuple[LookBackView, ...],
    again_of: str,
    entry: EntryView,
    limits: FollowupLimits,
    day: date,
) -> FindingView:
    state = FindingState(row.state)
    standing = [one for one in steps if not one.withdrawn]
    since = max((place for place, one in enumerate(standing) if one.step in REOPENED_BY), default=0)
    extended = sum(one.step is FollowupStep.EXTEND for one in standing[since:])
    asked = next((one.on for one in reversed(standing) if one.step is FollowupStep.ASK_CHECK), None)
    late = days_late(state, row.due_on, asked, day)
    runs = state in OPEN and state is not FindingState.TO_CHECK
    return FindingView(
        id=row.id,
        number=row.number,
        org_id=row.org_id,
        org=org,
        quarter_id=row.quarter_id,
        source=FindingSource(row.source),
        indicator_id=row.indicator_id,
        problem=row.problem,
        fact=row.fact,
        clause=row.clause,
        kind=FindingKind(row.kind),
        demand=row.demand,
        measure=row.measure,
        owner=row.owner,
        leader=row.leader,
        contact=row.contact,
        found_on=row.found_on,
        due_on=row.due_on,
        first_due_on=row.first_due_on,
        state=state,
        feedback=row.feedback,
        incentive=row.incentive,
        again_of=again_of,
        withdrawn=row.withdrawn_at is not None,
        withdrawn_reason=row.withdrawn_reason,
        entry=entry,
        steps=steps,
        receipt=receipt,
        looks=looks,
        light=limits.light(state, late, extended),
        late=late,
        left=max((row.due_on - day).days, 0) if runs else None,
        extended=extended,
    )


def _step(row: Facts, names: Mapping[int, str]) -> StepView:
    return StepView(
        row.id,
        FollowupStep(row.step),
        FindingState(row.before),
        FindingState(row.after),
        row.on,
        row.by,
        row.note,
        row.due_on,
        Recognised(row.recognised) if row.recognised else None,
        row.substitution,
        names.get(row.account_id, ""),
        row.recorded_at,
        row.withdrawn_at is not None,
        row.withdrawn_reason,
    )


def _is_asked(standing: Sequence[StepView]) -> bool:
    answers = (FollowupStep.ASK_EXTENSION, FollowupStep.EXTEND, FollowupStep.REFUSE_EXTENSION, FollowupStep.REOPEN)
    found = next((one.step for one in reversed(standing) if one.step in answers), None)
    return found is FollowupStep.ASK_EXTENSION


def _receipts(session: Reader, ids: Sequence[int]) -> dict[int, ReceiptView | None]:
    found: dict[int, ReceiptView | None] = {}
    for some in parts(ids):
        asked = select(*Receipt.ALL).where(Receipt.record == RECORD, Receipt.record_id.in_(some))
        for row in session.execute(asked):
            found[row.record_id] = _receipt(row)
    return found


def _receipts_of_corrected(
    session: Reader, rows: Sequence[Facts], steps: Mapping[int, Sequence[Facts]]
) -> dict[int, ReceiptView | None]:
    """Who signed for the version in force where a notice was put right; None: nobody has yet."""
    corrected = {
        row.number: row.id
        for row in rows
        if any(one.step == FollowupStep.CORRECT and one.withdrawn_at is None for one in steps[row.id])
    }
    if not corrected:
        return {}
    asked = select(Publication.id, Publication.number).where(
        Publication.kind == PublicationKind.NOTICE.value, Publication.number.in_(list(corrected))
    )
    newest = {row.number: row.id for row in session.execute(asked.order_by(Publication.version))}
    signed = select(*Receipt.ALL).where(Receipt.record == NOTICE_RECORD, Receipt.record_id.in_(list(newest.values())))
    held = {row.record_id: _receipt(row) for row in session.execute(signed)}
    return {corrected[number]: held.get(newest[number]) for number in newest}


def _receipt(row: Facts) -> ReceiptView:
    return ReceiptView(row.received_on, row.received_by, ReceiptWay(row.way) if row.way else None)


def _numbers(session: Reader, ids: Sequence[int]) -> dict[int, str]:
    if not ids:
        return {}
    asked = select(Finding.id, Finding.number).where(Finding.id.in_(ids))
    return {row.id: row.number for row in session.execute(asked)}

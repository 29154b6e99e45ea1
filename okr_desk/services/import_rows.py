"""The rows behind an import, kind by kind: permission has been asked, doubts have been left out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from okr_desk import pinyin
from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.model.store import now, today
from okr_desk.model.tables import (
    Appointment,
    Baseline,
    Category,
    CheckIn,
    CheckInNode,
    ImportBatch,
    MeasuredValue,
    MilestoneNode,
    NotApplicable,
    Objective,
    Person,
    Target,
)
from okr_desk.queries.import_standing import Standing, StandingQuarter
from okr_desk.rules.cycles import is_late
from okr_desk.rules.imports import (
    CheckInFact,
    Fact,
    FactKind,
    FileNote,
    KeyResultFact,
    NumberFact,
    ObjectiveFact,
    OrgFact,
)
from okr_desk.rules.objectives import KeyResultDraft, ObjectiveDraft
from okr_desk.rules.orgs import OrgDraft
from okr_desk.rules.permissions import Actor
from okr_desk.services import objectives, official, orgs
from okr_desk.terms import (
    ApprovalState,
    Dimension,
    Direction,
    EntryBasis,
    KrKind,
    OrgKind,
    Origin,
    Post,
    QuarterState,
)

_NO_NUMBERS = (KrKind.MILESTONE, KrKind.YES_NO, KrKind.ESTABLISH_BASELINE)
_GUARDS = {Direction.UP: Direction.AT_LEAST, Direction.DOWN: Direction.AT_MOST}


@dataclass
class Writing:
    """One import under way: the batch its rows belong to, and the ids of what stands or has just been written."""

    session: Session
    actor: Actor
    batch: ImportBatch
    stand: Standing
    written: int = 0
    refused: list[FileNote] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.orgs = {short: org_id for short, (org_id, _version) in self.stand.orgs.items()}
        self.objectives = {place: row.key for place, row in self.stand.objectives.items()}
        self.key_results = {place: (row.key, row.indicator_id) for place, row in self.stand.key_results.items()}
        self.nodes = dict(self.stand.nodes)

    def refuse(self, fact: Fact, reason: str) -> None:
        """List a line that could not be written."""
        said = _("{place}：{reason}").format(place=f"{fact.place.sheet} {fact.place.cell}", reason=reason)
        self.refused.append(FileNote(fact.place.workbook, said))


def write_all(writing: Writing, facts: Sequence[Fact]) -> None:
    """Every fact, in the order in which they need each other."""
    write_orgs(writing, [fact for fact in facts if isinstance(fact, OrgFact)])
    write_objectives(writing, [fact for fact in facts if isinstance(fact, ObjectiveFact)])
    write_key_results(writing, [fact for fact in facts if isinstance(fact, KeyResultFact)])
    write_numbers(writing, [fact for fact in facts if isinstance(fact, NumberFact)])
    write_check_ins(writing, [fact for fact in facts if isinstance(fact, CheckInFact)])
    writing.session.flush()


def write_orgs(writing: Writing, facts: Sequence[OrgFact]) -> None:
    """Organisations with their first version: general branches first, then all put in the roster's order."""
    people: dict[str, Person] = {}
    made: dict[str, int] = {}
    for fact in sorted(facts, key=lambda fact: fact.kind is not OrgKind.GENERAL_BRANCH):
        start = fact.as_of or today(writing.session)
        draft = OrgDraft(
            kind=fact.kind,
            full_name=fact.full,
            short_name=fact.short,
            valid_from=start,
            parent_id=_parent(writing, fact),
            category_id=_category(writing, fact.category),
            full_members=fact.full_members,
            probationary_members=fact.probationary,
            groups=fact.groups,
            has_committee=fact.has_committee,
            households=fact.households,
            workers=fact.workers,
            elected_on=fact.elected,
        )
        try:
            org_id = orgs.create(writing.session, writing.actor, draft, writing.batch.key).value
        except Refusal as refusal:
            writing.refuse(fact, refusal.sentence)
            continue
        writing.orgs[fact.short] = made[fact.short] = org_id
        writing.written += 1
        _appoint(writing, org_id, Post.SECRETARY, _new_person(writing, fact.secretary), fact.elected or start)
        _appoint(writing, org_id, Post.LIAISON_LEADER, _leader(writing, fact.liaison, people), start)
    orgs.reorder(writing.session, writing.actor, [made[fact.short] for fact in facts if fact.short in made])


def _parent(writing: Writing, fact: OrgFact) -> int | None:
    full = {version.full_name: org_id for org_id, version in writing.stand.orgs.values()}
    return writing.orgs.get(fact.parent) or full.get(fact.parent) or _written_parent(writing, fact.parent)


def _written_parent(writing: Writing, name: str) -> int | None:
    """A general branch of the same roster by its full name; everything else stands under the township."""
    from okr_desk.queries import orgs as standing

    found = standing.find(writing.session, name, today(writing.session)) if name else None
    return found.id if found else writing.stand.township_id


def _category(writing: Writing, name: str) -> int | None:
    if not name:
        return None
    row = writing.session.exec(select(Category).where(Category.name == name)).first()
    return row.key if row else orgs.create_category(writing.session, writing.actor, name).value


def _new_person(writing: Writing, name: str) -> Person | None:
    if not name:
        return None
    person = Person(name=name, search_keys=pinyin.keys(name), batch_id=writing.batch.key)
    writing.session.add(person)
    writing.session.flush()
    return person


def _leader(writing: Writing, name: str, people: dict[str, Person]) -> Person | None:
    """A liaison leader looks after several branches: one person for one name among the leaders."""
    if name and name not in people:
        leading = (
            select(Person)
            .join(Appointment, col(Appointment.person_id) == Person.id)
            .where(Person.name == name, Appointment.post == Post.LIAISON_LEADER)
        )
        found = writing.session.exec(leading).first() or _new_person(writing, name)
        assert found is not None
        people[name] = found
    return people.get(name)


def _appoint(writing: Writing, org_id: int, post: Post, person: Person | None, since: date) -> None:
    if person is not None:
        writing.session.add(Appointment(org_id=org_id, post=post.value, person_id=person.key, valid_from=since))


def write_objectives(writing: Writing, facts: Sequence[ObjectiveFact]) -> None:
    """The township's objectives first; the summary workbook is what was approved, so they count at once."""
    for fact in sorted(facts, key=lambda fact: bool(fact.org)):
        org_id = writing.orgs.get(fact.org) if fact.org else writing.stand.township_id
        if org_id is None:
            writing.refuse(fact, _("找不到党组织，没有写入。"))
            continue
        draft = ObjectiveDraft(
            org_id=org_id,
            year=fact.year,
            code=fact.code,
            title=fact.title,
            weight=fact.weight,
            aligned_to_id=writing.objectives.get(("", fact.year, fact.aligned)),
            leader=fact.leader,
        )
        try:
            row = objectives.new_objective(writing.session, draft, ApprovalState.APPROVED, writing.batch.key)
        except Refusal as refusal:
            writing.refuse(fact, refusal.sentence)
            continue
        row.approved_at = now(writing.session)
        row.approved_by = official.account_of(writing.actor)
        writing.objectives[fact.org, fact.year, fact.code] = row.key
        writing.written += 1


def write_key_results(writing: Writing, facts: Sequence[KeyResultFact]) -> None:
    """Key results of every kind; a linked one leaves baseline and target to its indicator."""
    dimensions = _dimensions(writing, facts)
    for fact in facts:
        objective_id = writing.objectives.get((fact.org, fact.year, fact.objective))
        objective = writing.session.get(Objective, objective_id) if objective_id else None
        if objective is None:
            writing.refuse(fact, _("找不到目标 {code}，没有写入。").format(code=fact.objective))
            continue
        draft = _key_result_draft(writing, fact, dimensions[fact.org, fact.objective])
        try:
            row = objectives.new_key_result(
                writing.session, objective, draft, ApprovalState.APPROVED, writing.batch.key
            )
        except Refusal as refusal:
            writing.refuse(fact, refusal.sentence)
            continue
        writing.key_results[fact.org, fact.year, fact.code] = (row.key, row.indicator_id)
        if fact.nodes:
            found = select(MilestoneNode).where(MilestoneNode.key_result_id == row.key)
            rows = writing.session.exec(found.order_by(col(MilestoneNode.position)))
            writing.nodes[row.key] = {node.name: node.key for node in rows}
        writing.written += 1


def _key_result_draft(writing: Writing, fact: KeyResultFact, dimension: Dimension) -> KeyResultDraft:
    indicator = writing.stand.indicators.get(fact.indicator)
    own = indicator is None and fact.kind not in _NO_NUMBERS
    direction = fact.direction
    if fact.kind is KrKind.GUARD_RAIL and direction:
        direction = _GUARDS.get(direction, direction)
    plan = (*fact.plan, None, None, None, None)
    return KeyResultDraft(
        kind=fact.kind,
        nature=fact.nature,
        code=fact.code,
        title=fact.title,
        dimension=Dimension(indicator.dimension) if indicator else dimension,
        weight=fact.weight,
        unit=fact.unit,
        direction=direction,
        indicator_id=indicator.id if indicator else None,
        baseline=fact.baseline if own else None,
        baseline_on=fact.baseline_on if own else None,
        baseline_source=fact.baseline_source if own else "",
        target=fact.target if own else None,
        plan=(plan[0], plan[1], plan[2], plan[3]),
        nodes=fact.nodes,
    )


def _dimensions(writing: Writing, facts: Sequence[KeyResultFact]) -> dict[tuple[str, str], Dimension]:
    """A key result without indicator takes the dimension that most of its objective's linked ones have."""
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for fact in facts:
        indicator = writing.stand.indicators.get(fact.indicator)
        votes[fact.org, fact.objective].update([indicator.dimension] if indicator else [])
    return {
        place: Dimension(votes[place].most_common(1)[0][0]) if votes[place] else Dimension.FUSION for place in votes
    }


def write_numbers(writing: Writing, facts: Sequence[NumberFact]) -> None:
    """Baselines, targets, measured values and what does not apply, in one flush."""
    for fact in facts:
        org_id = writing.orgs.get(fact.org)
        if org_id is None:
            writing.refuse(fact, _("“{name}”没有写入，该行也没有写入。").format(name=fact.org))
            continue
        write_number(writing, org_id, fact)
    writing.session.flush()


def write_number(writing: Writing, org_id: int, fact: NumberFact, reason: str = "", version: int = 1) -> None:
    """One baseline, target or measured value; `version` above 1 follows a line that was superseded."""
    indicator_id = writing.stand.indicators[fact.indicator].id
    stamp: dict[str, Any] = {"org_id": org_id, "indicator_id": indicator_id, "batch_id": writing.batch.key}
    made: dict[str, Any] = {"account_id": official.account_of(writing.actor), "recorded_at": now(writing.session)}
    line: dict[str, Any] = {"year": fact.year, "value": fact.value, "version": version, "reason": reason}
    writing.written += 1
    if fact.value is None:
        said = _("导入的表中填为“/”")
        writing.session.add(NotApplicable(**stamp, year=fact.year, reason=said))
    elif fact.kind is FactKind.BASELINE:
        as_of = fact.as_of or date(fact.year - 1, 12, 31)
        source = fact.source or fact.place.workbook
        writing.session.add(Baseline(**stamp, **made, **line, as_of=as_of, source=source))
    elif fact.kind is FactKind.TARGET:
        writing.session.add(Target(**stamp, **made, **line))
    else:
        quarter = writing.stand.quarters[fact.year, fact.quarter]
        writing.session.add(
            MeasuredValue(
                **stamp,
                **made,
                quarter_id=quarter.id,
                value=fact.value,
                as_of=_within(writing, fact.as_of, quarter),
                origin=Origin.TOWNSHIP,
                note=reason or _note(quarter, fact),
            )
        )


def write_check_ins(writing: Writing, facts: Sequence[CheckInFact]) -> None:
    """What the branches returned; the measured value of a linked key result goes with it."""
    made: list[tuple[CheckIn, CheckInFact, int | None]] = []
    for fact in facts:
        found = writing.key_results.get((fact.org, fact.year, fact.key_result))
        if found is None:
            writing.refuse(fact, _("关键结果 {code} 没有写入，该行也没有写入。").format(code=fact.key_result))
            continue
        row = check_in_row(writing, fact, found[0])
        writing.session.add(row)
        made.append((row, fact, found[1]))
        writing.written += 1
    writing.session.flush()
    for row, fact, indicator_id in made:
        add_what_follows(writing, row, fact, indicator_id)
    writing.session.flush()


def check_in_row(writing: Writing, fact: CheckInFact, key_result_id: int) -> CheckIn:
    """The statement itself. Late is what was filled in after the last day, by the date on the form."""
    quarter = writing.stand.quarters[fact.year, fact.quarter]
    late = is_late(fact.as_of or today(writing.session), quarter.due_on)
    return CheckIn(
        key_result_id=key_result_id,
        quarter_id=quarter.id,
        value=fact.value,
        done=fact.done,
        as_of=_within(writing, fact.as_of, quarter),
        confidence=fact.confidence,
        progress_note=fact.progress_note[:600],
        difficulty=fact.difficulty[:600],
        is_late=late,
        late_reason=_note(quarter, fact),
        account_id=writing.actor.account_id,
        reported_by=fact.reported_by[:40],
        basis=EntryBasis.WORKBOOK,
        recorded_at=now(writing.session),
        batch_id=writing.batch.key,
    )


def add_what_follows(writing: Writing, row: CheckIn, fact: CheckInFact, indicator_id: int | None) -> None:
    """Nodes that a check-in states as done, and the branch's own measured value of a linked key result."""
    names = writing.nodes.get(row.key_result_id, {})
    for name in fact.nodes or ():
        writing.session.add(CheckInNode(checkin_id=row.key, node_id=names[name]))
    if indicator_id is None or row.value is None:
        return
    writing.session.add(
        MeasuredValue(
            org_id=writing.orgs[fact.org],
            indicator_id=indicator_id,
            quarter_id=row.quarter_id,
            value=row.value,
            as_of=row.as_of,
            origin=Origin.BRANCH,
            checkin_id=row.key,
            account_id=official.account_of(writing.actor),
            recorded_at=row.recorded_at,
            batch_id=row.batch_id,
        )
    )


def _within(writing: Writing, day: date | None, quarter: StandingQuarter) -> date:
    """The data date: as stated when it lies in the quarter, else the quarter's end or today."""
    last = min(quarter.ends_on, today(writing.session))
    return day if day and quarter.starts_on <= day <= last else last


def _note(quarter: StandingQuarter, fact: NumberFact | CheckInFact) -> str:
    if quarter.state in (QuarterState.FROZEN, QuarterState.CLOSED):
        return _("季度冻结后由表格导入：{name}").format(name=fact.place.workbook)
    return ""

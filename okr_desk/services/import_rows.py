"""The rows behind an import, kind by kind: permission has been asked, doubts have been left out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from sqlmodel import col, select

from okr_desk import pinyin
from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.model.store import now, today
from okr_desk.model.tables import Appointment, Category, KeyResult, KeyResultPlan, MilestoneNode, Objective, Person
from okr_desk.rules.imports import CheckInFact, EntryFact, Fact, KeyResultFact, NumberFact, ObjectiveFact, OrgFact
from okr_desk.rules.objectives import KeyResultDraft, ObjectiveDraft, check_key_result
from okr_desk.rules.orgs import OrgDraft
from okr_desk.services import objectives, official, orgs
from okr_desk.services.import_entries import write_entries
from okr_desk.services.import_values import write_check_ins, write_numbers
from okr_desk.services.import_writing import Writing
from okr_desk.terms import ApprovalState, Dimension, Direction, KrKind, OrgKind, Post

_NO_NUMBERS = (KrKind.MILESTONE, KrKind.YES_NO, KrKind.ESTABLISH_BASELINE)
_GUARDS = {Direction.UP: Direction.AT_LEAST, Direction.DOWN: Direction.AT_MOST}


def write_all(writing: Writing, facts: Sequence[Fact]) -> None:
    """Every fact, in the order in which they need each other."""
    write_orgs(writing, [fact for fact in facts if isinstance(fact, OrgFact)])
    write_objectives(writing, [fact for fact in facts if isinstance(fact, ObjectiveFact)])
    write_key_results(writing, [fact for fact in facts if isinstance(fact, KeyResultFact)])
    write_numbers(writing, [fact for fact in facts if isinstance(fact, NumberFact)])
    write_check_ins(writing, [fact for fact in facts if isinstance(fact, CheckInFact)])
    write_entries(writing, [fact for fact in facts if isinstance(fact, EntryFact)])
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
        known = writing.stand.objectives.get((fact.org, fact.year, fact.code))
        if known is not None:
            standing = writing.session.get_one(Objective, known.id)
            standing.aligned_to_id = writing.objectives.get(("", fact.year, fact.aligned))
            writing.session.add(standing)
            writing.written += 1
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
    """Key results of every kind, checked like any other; a linked one leaves baseline and target to its indicator."""
    dimensions = _dimensions(writing, facts)
    made: list[tuple[KeyResult, KeyResultFact]] = []
    for fact in facts:
        objective_id = writing.objectives.get((fact.org, fact.year, fact.objective))
        if objective_id is None:
            writing.refuse(fact, _("找不到目标 {code}，没有写入。").format(code=fact.objective))
            continue
        draft = _key_result_draft(writing, fact, dimensions[fact.org, fact.objective])
        try:
            check_key_result(draft, today(writing.session))
        except Refusal as refusal:
            writing.refuse(fact, refusal.sentence)
            continue
        made.append((_key_result(writing, objective_id, draft), fact))
    writing.session.add_all([row for row, _fact in made])
    writing.session.flush()
    nodes = [node for row, fact in made for node in _plan_and_nodes(writing, row, fact)]
    writing.session.flush()
    for row, fact in made:
        writing.key_results[fact.org, fact.year, fact.code] = (row.key, row.indicator_id)
    for node in nodes:
        writing.nodes.setdefault(node.key_result_id, {})[node.name] = node.key
    writing.written += len(made)


def _key_result(writing: Writing, objective_id: int, draft: KeyResultDraft) -> KeyResult:
    writing.positions[objective_id] += 1
    return KeyResult(
        objective_id=objective_id,
        code=draft.code,
        position=writing.positions[objective_id],
        title=draft.title,
        search_keys=_keys(draft.title),
        kind=draft.kind.value,
        nature=draft.nature.value,
        dimension=draft.dimension.value,
        unit=draft.unit,
        direction=draft.direction.value if draft.direction else "",
        decimals=draft.decimals,
        weight=draft.weight,
        indicator_id=draft.indicator_id,
        baseline=draft.baseline,
        baseline_on=draft.baseline_on,
        baseline_source=draft.baseline_source,
        target=draft.target,
        state=ApprovalState.APPROVED,
        batch_id=writing.batch.key,
    )


def _plan_and_nodes(writing: Writing, row: KeyResult, fact: KeyResultFact) -> list[MilestoneNode]:
    """Add the plan of a key result and its milestone nodes; the nodes, for their ids."""
    for quarter, value in enumerate(fact.plan, 1):
        if value is not None:
            writing.session.add(KeyResultPlan(key_result_id=row.key, quarter=quarter, value=value))
    nodes = [
        MilestoneNode(key_result_id=row.key, position=position, name=name, weight=weight)
        for position, (name, weight) in enumerate(fact.nodes, 1)
    ]
    writing.session.add_all(nodes)
    return nodes


@lru_cache(maxsize=1024)
def _keys(title: str) -> str:
    return pinyin.keys(title)


def _key_result_draft(writing: Writing, fact: KeyResultFact, dimension: Dimension) -> KeyResultDraft:
    indicator = writing.stand.indicators.get(fact.indicator)
    own = indicator is None and fact.kind not in _NO_NUMBERS
    direction = fact.direction
    if fact.kind is KrKind.GUARD_RAIL and direction:
        direction = _GUARDS.get(direction, direction)
    elif indicator:
        direction = None
    plan = (*fact.plan, None, None, None, None)
    return KeyResultDraft(
        kind=fact.kind,
        nature=fact.nature,
        code=fact.code,
        title=fact.title,
        dimension=Dimension(indicator.dimension) if indicator else dimension,
        weight=fact.weight,
        unit=indicator.unit if indicator else fact.unit,
        direction=direction,
        decimals=indicator.decimals if indicator else 1,
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

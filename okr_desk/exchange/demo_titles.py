"""The demo's titles, honours and appraisals (`resources/demo/titles.toml`), entered through the services in order."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from okr_desk import paths
from okr_desk.appraisal_terms import ITEMS, LEVELS, SECRETARY, AppraisalItem, AppraisalKind, Level, Voter
from okr_desk.model.store import Store
from okr_desk.model.writing import Session
from okr_desk.queries import appraisals as appraisals_now
from okr_desk.queries import orgs
from okr_desk.queries.objectives import OrgView
from okr_desk.rules.appraisals import AppraisalDraft, CountDraft, CountsDraft, GradeDraft, PersonDraft, VoterDraft
from okr_desk.rules.honours import HonourDraft, KindDraft
from okr_desk.rules.permissions import Actor
from okr_desk.rules.titles import ApplyDraft, MarksDraft, MoveDraft
from okr_desk.services import appraisals, honours, titles
from okr_desk.terms import OrgKind
from okr_desk.title_terms import Strength, TitleStep

Row = Mapping[str, Any]


def fill(store: Store, office: Actor, year: int, day: date) -> None:
    """Enter all that the file declares, as the office would."""
    declared = tomllib.loads(paths.resource("demo", "titles.toml").read_text(encoding="utf-8"))
    with store.write(office) as session:
        tree = orgs.tree(session, day)
        known = {one.short_name: one for one in tree}
        for row in declared["title"]:
            _title(session, office, year, known, row)
        _appraisal(session, office, year, tree, declared["appraisal"])
        for row in declared["members"]:
            _members(session, office, year, known[row["org"]].id, row)
        for row in declared["honour"]:
            _honour(session, office, year, known, row)


def _title(session: Session, office: Actor, year: int, known: Mapping[str, OrgView], of: Row) -> None:
    org = known[of["org"]]
    first, *rest = of["step"]
    draft = ApplyDraft(org.id, year, first["on"], first["by"], first.get("note", ""), first.get("document", ""))
    title_id = titles.apply(session, office, draft).value
    for row in rest:
        said = (row.get("by", ""), row.get("note", ""), row.get("document", ""))
        marks = [_marks(row["marks"])] if "marks" in row else []
        marks += [_marks(points, known[name].id) for name, points in row.get("peers", {}).items()]
        titles.move(session, office, MoveDraft(title_id, TitleStep(row["do"]), row["on"], *said, tuple(marks)))


def _marks(points: Sequence[int], peer_id: int | None = None) -> MarksDraft:
    return MarksDraft(tuple((s, Decimal(p)) for s, p in zip(Strength, points, strict=True)), peer_id)


def _appraisal(session: Session, office: Actor, year: int, tree: Sequence[OrgView], of: Row) -> None:
    kind, known = AppraisalKind.SECRETARIES, {one.short_name: one for one in tree}
    voters = tuple(
        VoterDraft(Voter(v["class"]), Decimal(v["weight"]), v["issued"], v["returned"], v["void"]) for v in of["voter"]
    )
    people = tuple(PersonDraft(known[p["org"]].secretary, known[p["org"]].id, SECRETARY) for p in of["person"])
    town = next(one for one in tree if one.kind == OrgKind.TOWNSHIP)
    draft = AppraisalDraft(kind, town.id, year, of["name"], of["on"], people, voters)
    made = appraisals.create(session, office, draft).value
    view = appraisals_now.appraisal(session, made)
    assert view is not None
    counts = [
        CountDraft(person.id, voter, item, tuple(int(count) for count in votes.split("-")))
        for person, row in zip(view.people, of["person"], strict=True)
        for voter in Voter
        for item, votes in zip(ITEMS[kind], row.get(voter.value, "").split(), strict=False)
    ]
    appraisals.save_counts(session, office, CountsDraft(made, voters, tuple(counts)))
    for person, row in zip(view.people, of["person"], strict=True):
        if "grade" in row:
            grade = GradeDraft(person.id, Level(row["grade"]), row.get("reason", ""))
            appraisals.decide(session, office, grade)


def _members(session: Session, office: Actor, year: int, org_id: int, of: Row) -> None:
    """One branch's 民主评议党员, counted as far as the file says; closing it writes the yearly record."""
    kind, probationary = AppraisalKind.MEMBERS, of.get("probationary", ())
    people = tuple(PersonDraft(name, is_probationary=name in probationary) for name in of["people"].split())
    voters = (VoterDraft(Voter.MEMBERS, Decimal(100), *of["ballots"]),)
    draft = AppraisalDraft(kind, org_id, year, f"{year}年度民主评议党员", of["on"], people, voters)
    made = appraisals.create(session, office, draft).value
    view = appraisals_now.appraisal(session, made)
    assert view is not None
    counts = [
        CountDraft(person.id, Voter.MEMBERS, AppraisalItem.OVERALL, tuple(int(count) for count in votes.split("-")))
        for person, votes in zip(view.people, of["votes"].split(), strict=False)
    ]
    appraisals.save_counts(session, office, CountsDraft(made, voters, tuple(counts)))
    if not of.get("closed"):
        return
    best, rest = LEVELS[kind][:2]
    graded = [(place, person.id) for place, person in enumerate(view.people) if not person.is_probationary]
    grades = [GradeDraft(person_id, best if place in of["best"] else rest) for place, person_id in graded]
    appraisals.decide_all(session, office, grades)
    appraisals.close(session, office, made)


def _honour(session: Session, office: Actor, year: int, known: Mapping[str, OrgView], of: Row) -> None:
    quota = Decimal(of["quota"]) if "quota" in of else None
    kind = KindDraft(year, of["name"], of.get("of_person", False), quota, of.get("most"), of.get("least_grade", ""))
    kind_id = honours.create_kind(session, office, kind).value
    for row in of["given"]:
        person = row.get("person", "")
        honours.give(session, office, HonourDraft(kind_id, known[row["org"]].id, row["on"], row["document"], person))

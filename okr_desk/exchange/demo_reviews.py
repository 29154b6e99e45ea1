"""The demo's reviews (`resources/demo/reviews.toml`): one quarter from the branches' report to final, on its days."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import cycle
from typing import Any

from okr_desk import paths
from okr_desk.exchange.demo_days import on
from okr_desk.model.store import Store
from okr_desk.model.writing import Session
from okr_desk.queries import cycles, orgs, scores, users
from okr_desk.queries.objectives import OrgView
from okr_desk.review_terms import ObjectionOutcome, ReviewStep
from okr_desk.rules.objections import DecisionDraft, ObjectionDraft
from okr_desk.rules.permissions import Actor
from okr_desk.rules.reviews import StepDraft
from okr_desk.services import objections, reviews
from okr_desk.terms import EntryBasis, OrgKind

OFFICE, SECOND = "dangjian", "shenhe"
"""Who enters, answers and brings before the committee, and who checks."""
Declared = Mapping[str, Any]


def fill(store: Store, year: int) -> None:
    """Take every step that the file declares, each on its day, by the person whose step it is."""
    declared = tomllib.loads(paths.resource("demo", "reviews.toml").read_text(encoding="utf-8"))
    with store.read() as session:
        accounts = users.accounts(session, store.clock.today())
    actors = {one.login: Actor(one.id, one.login, one.name, one.grants) for one in accounts}
    office, second, days = actors[OFFICE], actors[SECOND], declared["days"]
    with store.write(office) as session:
        of = _Quarter(session, year, declared)
        with on(session, days["submit"]):
            of.submit(office)
        of.take(office, ReviewStep.OPINE, days["opine"], note=declared["opinion"])
    with store.write(second) as session:
        of.session = session
        of.take(second, ReviewStep.CHECK, days["check"], note=declared["checked"])
    with store.write(office) as session:
        of.session = session
        of.take(office, ReviewStep.DELIVER, days["deliver"])
        of.object_(office)
        of.take(office, ReviewStep.DECIDE, days["decide"], document=declared["document"], dated_on=days["decide"])
        of.take(office, ReviewStep.PUBLICISE, days["publicise"])
        of.take(office, ReviewStep.FINALISE, days["finalise"])


class _Quarter:
    """The branches of the quarter; a step is taken for all of them but those that object."""

    def __init__(self, session: Session, year: int, declared: Declared) -> None:
        quarter = cycles.quarter(session, year, declared["quarter"])
        assert quarter is not None
        self.session, self.declared, self.quarter = session, declared, quarter
        tree = orgs.tree(session, quarter.ends_on)
        self.branches: Sequence[OrgView] = [org for org in tree if org.kind == OrgKind.BRANCH]

    def submit(self, actor: Actor) -> None:
        """Every branch reports, on paper that the office enters."""
        for org, said in zip(self.branches, cycle(self.declared["submitted"])):
            draft = StepDraft(self.quarter.id, org.id, ReviewStep.SUBMIT, _secretary(org), said)
            reviews.step(self.session, actor, draft)

    def take(self, actor: Actor, step: ReviewStep, day: date, **more: Any) -> None:
        """One step of all branches; the sheet goes to the secretary, an opinion is the leader's."""
        drafts = [StepDraft(self.quarter.id, org.id, step, by=_by(step, org, actor), **more) for org in self.branches]
        with on(self.session, day):
            moved = reviews.steps(self.session, actor, drafts).value
        assert moved.count == len(drafts), moved.refused

    def object_(self, actor: Actor) -> None:
        """The objections with their answers; every other branch agrees."""
        named = {one["org"]: one for one in self.declared["objection"]}
        agreed = [org for org in self.branches if org.short_name not in named]
        with on(self.session, self.declared["days"]["agree"]):
            drafts = [StepDraft(self.quarter.id, org.id, ReviewStep.AGREE, by=_secretary(org)) for org in agreed]
            reviews.steps(self.session, actor, drafts)
        for org in self.branches:
            if org.short_name in named:
                self._one(actor, org, named[org.short_name])

    def _one(self, actor: Actor, org: OrgView, of: Declared) -> None:
        sheet = scores.sheets(self.session, self.quarter, [org])[0]
        line = next(one for one in sheet.lines if one.line.code == of["code"])
        with on(self.session, of["on"]):
            draft = ObjectionDraft(
                self.quarter.id, org.id, of["reason"], _secretary(org), line.line.id, basis=EntryBasis.PAPER
            )
            key = objections.object_(self.session, actor, draft).value
        with on(self.session, of["answered"]):
            points = Decimal(of["points"]) if "points" in of else None
            outcome = ObjectionOutcome(of["outcome"])
            objections.decide(self.session, actor, DecisionDraft(key, outcome, of["opinion"], actor.name, points))
        with on(self.session, of["agreed"]):
            reviews.step(self.session, actor, StepDraft(self.quarter.id, org.id, ReviewStep.AGREE, by=_secretary(org)))


def _secretary(org: OrgView) -> str:
    return org.secretary or "支部书记"


def _by(step: ReviewStep, org: OrgView, actor: Actor) -> str:
    if step is ReviewStep.OPINE:
        return org.liaison or actor.name
    return _secretary(org) if step is ReviewStep.DELIVER else actor.name

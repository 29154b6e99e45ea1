"""The demo's daily work (`resources/demo/daily.toml`), entered through the services as branches would enter it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from okr_desk import paths
from okr_desk.duty_terms import RegisterKind
from okr_desk.member_terms import HouseholdKind, MemberKind
from okr_desk.model.store import Store
from okr_desk.model.writing import Session
from okr_desk.queries import library, orgs, users
from okr_desk.queries import projects as projects_now
from okr_desk.register_terms import ConfirmedBy, DemandAction, DemandSource, PartnerList, PartnerRole, PostResult
from okr_desk.rules.activities import ActivityDraft
from okr_desk.rules.demands import CaseDraft, DemandDraft, ReviewDraft, StepDraft
from okr_desk.rules.duties import RegisterDraft
from okr_desk.rules.entered import ITSELF, By
from okr_desk.rules.households import HouseholdDraft, MonthDraft
from okr_desk.rules.indicators import BaselineDraft, TargetDraft
from okr_desk.rules.member_points import PointsDraft
from okr_desk.rules.members import MemberDraft
from okr_desk.rules.partners import DoneDraft, ItemDraft, MatchDraft, PartnerDraft
from okr_desk.rules.permissions import Actor
from okr_desk.rules.posts import CheckDraft, PostDraft
from okr_desk.rules.projects import NodeDoneDraft, NodeDraft, ProjectDraft
from okr_desk.rules.service_hours import HoursDraft
from okr_desk.rules.worklog import EntryDraft
from okr_desk.services import (
    activities,
    demand_cases,
    demands,
    duty_registers,
    household_visits,
    households,
    indicators,
    member_points,
    members,
    partners,
    posts,
    projects,
    service_hours,
    worklog,
)
from okr_desk.terms import EntryBasis

QUARTER, MONTHS = 3, (7, 8, 9)
"""The quarter that the file is about, and its months."""
Row = Mapping[str, Any]


@dataclass(frozen=True)
class _Desk:
    """A branch's papers with the person who enters them; `members` and `cases` are filled on the way, by name."""

    session: Session
    actor: Actor
    org_id: int
    year: int
    by: By
    members: dict[str, int] = field(default_factory=dict)
    cases: list[tuple[int, Row]] = field(default_factory=list)

    @property
    def said(self) -> dict[str, Any]:
        """Who reported it, for the drafts that name it themselves."""
        return {"reported_by": self.by.reported_by, "basis": self.by.basis}


def fill(store: Store, office: Actor, year: int, day: date) -> None:
    """Enter all that the file declares. A branch with an account signs for itself, the office for the others."""
    declared = tomllib.loads(paths.resource("demo", "daily.toml").read_text(encoding="utf-8"))
    cases: list[tuple[int, Row]] = []
    for of in declared["branch"]:
        with store.read() as session:
            org = orgs.find(session, of["org"], day)
            account = users.by_login(session, of.get("login", ""), day)
            own = None if account is None else users.actor(session, account.id, day)
        assert org is not None
        with store.write(own or office) as session:
            by = By(of["by"], EntryBasis.PAPER) if own is None else ITSELF
            desk = _Desk(session, own or office, org.id, year, by)
            for word, enter in _WORDS.items():
                if word in of:
                    enter(desk, of[word])
            cases += desk.cases
    with store.write(office) as session:
        for case_id, row in cases:
            demand_cases.review(session, office, ReviewDraft(case_id, row["on"], row["valid"], row["note"]))
        for line in declared["line"]:
            _line(session, office, year, day, line)


def _line(session: Session, office: Actor, year: int, day: date, row: Row) -> None:
    """Baseline and target of an indicator that the workbooks say nothing of, for several branches."""
    (meaning,) = library.library(session, day, codes=[row["code"]])
    before = date(year - 1, 12, 31)
    for name in row["orgs"]:
        org = orgs.find(session, name, day)
        assert org is not None
        place = (org.id, meaning.id, year)
        baseline = BaselineDraft(*place, Decimal(row["baseline"]), before, row["source"])
        indicators.set_line(session, office, baseline, TargetDraft(*place, Decimal(row["target"])))


def _work(desk: _Desk, rows: Sequence[Row]) -> None:
    for row in rows:
        part = row.get("part")
        draft = EntryDraft(
            desk.org_id,
            row["kind"],
            row["on"],
            row["what"],
            Decimal(row.get("amount", 1)),
            None if part is None else Decimal(part),
            row.get("who", ""),
            row.get("result", ""),
            row.get("place", ""),
            **desk.said,
        )
        worklog.record(desk.session, desk.actor, draft)


def _members(desk: _Desk, rows: Sequence[Row]) -> None:
    drafts = [
        MemberDraft(
            desk.org_id,
            row["name"],
            MemberKind(row.get("kind", MemberKind.FULL)),
            row.get("committee", False),
            row.get("grid", ""),
            row.get("duty", ""),
        )
        for row in rows
    ]
    ids = members.add(desk.session, desk.actor, drafts).value
    desk.members.update(zip((draft.name for draft in drafts), ids, strict=True))


def _households(desk: _Desk, rows: Sequence[Row]) -> None:
    """Households looked after since the quarter began, and the days on which they were visited."""
    since = date(desk.year, MONTHS[0], 1)
    drafts = [
        HouseholdDraft(
            desk.org_id,
            row["label"],
            since,
            row["head"],
            HouseholdKind(row.get("kind", HouseholdKind.ORDINARY)),
            desk.members[row["member"]],
        )
        for row in rows
    ]
    ids = households.add(desk.session, desk.actor, drafts).value
    visits = [
        MonthDraft(household_id, desk.year, month, tuple(days), **desk.said)
        for household_id, row in zip(ids, rows, strict=True)
        for month, days in zip(MONTHS, row["months"], strict=True)
    ]
    household_visits.record_months(desk.session, desk.actor, visits)


def _points(desk: _Desk, rows: Sequence[Row]) -> None:
    for row in rows:
        points = None if "points" not in row else Decimal(row["points"])
        member_id = desk.members[row["member"]]
        draft = PointsDraft(member_id, row["on"], row["code"], points=points, note=row.get("note", ""), **desk.said)
        member_points.record(desk.session, desk.actor, draft)


def _hours(desk: _Desk, rows: Sequence[Row]) -> None:
    for row in rows:
        member_id = desk.members.get(row.get("member", ""))
        whose = (member_id, row.get("name", ""), row.get("unit", ""))
        draft = HoursDraft(desk.org_id, row["on"], Decimal(row["hours"]), *whose, row["project"], **desk.said)
        service_hours.record(desk.session, desk.actor, draft)


def _posts(desk: _Desk, rows: Sequence[Row]) -> None:
    checks = []
    for row in rows:
        promise = row.get("promise", "")
        draft = PostDraft(desk.org_id, row["name"], row["place"], row["holder"], row["hung"], promise, desk.by)
        post_id = posts.hang(desk.session, desk.actor, draft).value
        if "check" in row:
            of = row["check"]
            result = PostResult(of["result"])
            checks.append(CheckDraft(post_id, of["on"], result, note=of.get("note", ""), by=desk.by))
    if checks:
        posts.check_all(desk.session, desk.actor, checks)


def _projects(desk: _Desk, rows: Sequence[Row]) -> None:
    for row in rows:
        nodes = tuple(NodeDraft(one["name"], Decimal(one["weight"]), one["planned"]) for one in row["node"])
        draft = ProjectDraft(desk.org_id, row["name"], row["lead"], row["goal"], row["started"], nodes, desk.by)
        project_id = projects.register(desk.session, desk.actor, draft).value
        standing = next(
            one for one in projects_now.projects(desk.session, desk.year, [desk.org_id]) if one.id == project_id
        )
        for node, one in zip(standing.nodes, row["node"], strict=True):
            if "done" in one:
                projects.finish_node(desk.session, desk.actor, NodeDoneDraft(node.id, one["done"], by=desk.by))


def _demands(desk: _Desk, rows: Sequence[Row]) -> None:
    for row in rows:
        draft = DemandDraft(
            desk.org_id,
            row["raised"],
            DemandSource(row["source"]),
            row["what"],
            row["owner"],
            row["promised"],
            row.get("asker", ""),
            row["category"],
            desk.by,
        )
        demand_id = demands.register(desk.session, desk.actor, draft).value
        for step in row.get("step", ()):
            way = None if "way" not in step else ConfirmedBy(step["way"])
            move = StepDraft(demand_id, DemandAction(step["do"]), step["on"], step.get("note", ""), way, desk.by)
            demands.move(desk.session, desk.actor, move)
        if "case" in row:
            of = row["case"]
            parts = (of["title"], of["background"], of["practice"], of["effect"], of["opinion"])
            case_id = demand_cases.write(
                desk.session, desk.actor, CaseDraft(demand_id, of["on"], *parts, by=desk.by)
            ).value
            desk.cases.append((case_id, of["review"]))


def _partners(desk: _Desk, rows: Sequence[Row]) -> dict[str, int]:
    found = {}
    for row in rows:
        role, contact = PartnerRole(row["role"]), row.get("contact", "")
        draft = PartnerDraft(desk.org_id, row["name"], role, row["since"], contact, desk.by)
        found[row["name"]] = partners.join(desk.session, desk.actor, draft).value
    return found


def _building(desk: _Desk, of: Mapping[str, Sequence[Row]]) -> None:
    """Partners, the lists of needs and resources, and what became of them."""
    known = _partners(desk, of["partner"])
    listed = {}
    for kind in (PartnerList.NEED, PartnerList.RESOURCE):
        for row in of[kind.value]:
            partner_id = known.get(row.get("partner", ""))
            draft = ItemDraft(desk.org_id, kind, row["text"], row["on"], partner_id, desk.by)
            listed[row["text"]] = partners.list_item(desk.session, desk.actor, draft).value
    for row in of["match"]:
        need, resource = listed[row["need"]], listed[row["resource"]]
        match = MatchDraft(need, resource, row["text"], row["on"], row["planned"], desk.by)
        item_id = partners.match(desk.session, desk.actor, match).value
        if "done" in row:
            partners.finish(desk.session, desk.actor, DoneDraft(item_id, row["done"], row["result"], desk.by))


def _ledger(desk: _Desk, rows: Sequence[Row]) -> None:
    drafts = [
        RegisterDraft(
            desk.org_id,
            RegisterKind(row["kind"]),
            desk.year,
            QUARTER,
            row.get("month"),
            row["due"],
            row["done"],
            **desk.said,
        )
        for row in rows
    ]
    duty_registers.save(desk.session, desk.actor, drafts)


def _activities(desk: _Desk, rows: Sequence[Row]) -> None:
    for row in rows:
        rated = (tuple(row["counts"]), row.get("unsure", 0), row["place"])
        draft = ActivityDraft(desk.org_id, row["on"], row["topic"], row["attended"], *rated, **desk.said)
        activities.record(desk.session, desk.actor, draft)


_WORDS: dict[str, Callable[[_Desk, Any], None]] = {
    "member": _members,
    "household": _households,
    "work": _work,
    "point": _points,
    "hours": _hours,
    "post": _posts,
    "building": _building,
    "ledger": _ledger,
    "activity": _activities,
    "project": _projects,
    "demand": _demands,
}
"""The words of the file in the order of entering: members come before what names them."""

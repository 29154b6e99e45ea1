"""The demo's rectification (`resources/demo/followups.toml`), entered through the services on the days it names."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from okr_desk import paths
from okr_desk.exchange.demo_days import on
from okr_desk.followup_terms import FindingKind, FindingSource, FollowupStep, Recognised
from okr_desk.model.reading import Reader
from okr_desk.model.store import Store
from okr_desk.model.writing import Session
from okr_desk.queries import cycles, followup_cards, orgs, users
from okr_desk.queries.objectives import OrgView
from okr_desk.review_terms import ReceiptWay
from okr_desk.rules.branch_plans import PlanDraft
from okr_desk.rules.cards import CardDraft, TalkDraft
from okr_desk.rules.followups import FindingDraft, StepDraft
from okr_desk.rules.permissions import Actor
from okr_desk.services import branch_plans, cards, followups

OFFICE, SECOND = "dangjian", "shenhe"
"""Who issues and enters for branches without an account, and who checks."""
QUARTER = 3
"""The quarter that cards are issued in."""
Row = Mapping[str, Any]


@dataclass(frozen=True)
class _Event:
    """Something done on a day by a person; `order` keeps the file's order within a day."""

    on: date
    order: int
    who: str
    do: Callable[[Session, Actor], object]


def fill(store: Store, year: int, day: date) -> None:
    """Enter all that the file declares in the order of its days, each on its own day."""
    declared = tomllib.loads(paths.resource("demo", "followups.toml").read_text(encoding="utf-8"))
    with store.read() as session:
        made = _Maker(session, declared, year, day)
    actors, events = made.actors, sorted(made.events, key=lambda one: (one.on, one.order))
    for who, some in groupby(events, key=lambda one: one.who):
        with store.write(actors[who]) as session:
            for event in some:
                with on(session, event.on):
                    event.do(session, actors[who])


class _Maker:
    """Turns the file into events; ids of findings become known as they are issued."""

    def __init__(self, session: Reader, declared: Mapping[str, Sequence[Row]], year: int, day: date) -> None:
        self.events: list[_Event] = []
        tree = orgs.tree(session, day)
        self._orgs = {one.short_name: one for one in tree}
        self._quarters = {one.number: one for one in cycles.quarters(session) if one.year == year}
        accounts = users.accounts(session, day)
        self.actors = {one.login: Actor(one.id, one.login, one.name, one.grants) for one in accounts}
        self._own = {name: login for login, name in ((one.login, _branch_of(one, tree)) for one in accounts) if name}
        for row in declared["finding"]:
            self._finding(row)
        for row in declared["card"]:
            self._card(row)
        for row in declared["plan"]:
            self._plan(row)

    def _add(self, on: date, do: Callable[[Session, Actor], object], who: str = OFFICE) -> None:
        self.events.append(_Event(on, len(self.events), who, do))

    def _finding(self, row: Row) -> None:
        org, ids = self._orgs[row["org"]], list[int]()
        draft = FindingDraft(
            org.id,
            self._quarters[row["quarter"]].id,
            FindingSource(row["source"]),
            FindingKind(row["kind"]),
            row["problem"],
            row["fact"],
            row["clause"],
            row["demand"],
            row.get("owner", org.secretary),
            org.liaison,
            self.actors[OFFICE].name,
            due_on=row.get("due"),
            feedback=row.get("feedback", ""),
            incentive=row.get("incentive", ""),
        )
        self._add(row["on"], lambda session, actor: ids.extend(followups.issue(session, actor, [draft]).value))
        for step in row.get("do", ()):
            who = {"own": self._own.get(row["org"], OFFICE), "second": SECOND}.get(step.get("who", ""), OFFICE)
            self._add(step["on"], _taking(ids, step, org), who)

    def _card(self, row: Row) -> None:
        org, ids = self._orgs[row["org"]], list[int]()
        quarter = self._quarters[QUARTER]

        def issue(session: Session, actor: Actor) -> None:
            found = followup_cards.board(session, quarter, [org], None, proposed=True).proposals
            one = next(iter(found))
            card = CardDraft(org.id, quarter.id, one.colour, one.causes, one.effects)
            ids.extend(cards.issue(session, actor, [card]).value)

        self._add(row["on"], issue)
        if "talk" in row:
            talk = row["talk"]
            self._add(
                talk["on"],
                lambda session, actor: cards.talk(session, actor, TalkDraft(ids[0], talk["on"], talk["by"])),
            )

    def _plan(self, row: Row) -> None:
        org = self._orgs[row["org"]]
        words = {key: value for key, value in row.items() if key not in ("org", "quarter", "on")}
        quarter_id = self._quarters[row["quarter"]].id
        draft = PlanDraft(org.id, quarter_id, begins_on=row["on"], town_leader=org.liaison, **words)
        self._add(row["on"], lambda session, actor: branch_plans.draw_up(session, actor, draft))


def _taking(ids: Sequence[int], row: Row, org: OrgView) -> Callable[[Session, Actor], object]:
    """A step of a finding that will have its id by then."""

    def take(session: Session, actor: Actor) -> object:
        said = row.get("recognised")
        draft = StepDraft(
            ids[0],
            FollowupStep(row["step"]),
            row["on"],
            by=row.get("by", org.secretary),
            note=row.get("note", ""),
            owner=row.get("owner", org.secretary),
            due_on=row.get("due"),
            recognised=None if said is None else Recognised(said),
            way=ReceiptWay(row.get("way", ReceiptWay.PAPER)),
        )
        return followups.move(session, actor, draft)

    return take


def _branch_of(account: Any, tree: Sequence[OrgView]) -> str:
    """The branch whose secretary an account is, "" for any other."""
    held = {grant.org_id for grant in account.grants if grant.role == "branch_secretary"}
    return next((one.short_name for one in tree if one.id in held), "")

"""The scored township in review: two people at the office, a calendar, and a clock that a test moves on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlmodel import select

from okr_desk.clock import FixedClock
from okr_desk.model.store import Store
from okr_desk.model.tables import Account, Person, Review, RoleGrant
from okr_desk.queries import cycles, orgs, review_desk, review_sheets
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.review_desk import ReviewRow
from okr_desk.queries.reviews import ReviewSheet
from okr_desk.review_terms import ReviewState
from okr_desk.review_terms import ReviewStep as Step
from okr_desk.rules.permissions import Actor
from okr_desk.rules.reviews import StepDraft
from okr_desk.services import cycles as moving
from okr_desk.services import reviews
from okr_desk.services.permits import held
from okr_desk.terms import QuarterState, Role
from tests.made_once import made_once
from tests.scored_township import Scored, scored

BEGIN = date(2026, 10, 9)
MINUTES = {"document": "镇党委会议纪要〔2026〕12号"}


@dataclass
class Reviewed:
    """The village's review of the third quarter. `office` checks, `second` (another person there) decides."""

    scored: Scored
    second: Actor

    @property
    def store(self) -> Store:
        return self.scored.small.store

    @property
    def office(self) -> Actor:
        return self.scored.small.office

    @property
    def secretary(self) -> Actor:
        return self.scored.small.secretary

    @property
    def village(self) -> int:
        return self.scored.small.village

    @property
    def quarter_id(self) -> int:
        return self.scored.small.quarters[3]

    def on(self, month: int, day: int) -> None:
        """It is this day of 2026."""
        self.store.clock = FixedClock(date(2026, month, day))

    def quarter(self) -> QuarterView:
        with self.store.read() as session:
            found = cycles.quarter(session, 2026, 3)
        assert found is not None
        return found

    def draft(self, step: Step, **more: object) -> StepDraft:
        """A step with all that it asks for."""
        plain: dict[str, object] = {"by": "王玥", "note": "情况属实"}
        if step is Step.SUBMIT:
            plain = {"by": "李旭昇", "note": "本季各项任务按计划完成"}
        if step in (Step.DECIDE, Step.CORRECT):
            plain |= MINUTES | {"dated_on": self.store.clock.today()}
        org_id = more.pop("org_id", self.village)
        return StepDraft(self.quarter_id, org_id, step, **(plain | more))  # type: ignore[arg-type]

    def take(self, step: Step, actor: Actor | None = None, **more: object) -> str:
        """Take a step as the office, or as whoever else; the new state."""
        who = actor or (self.secretary if step in (Step.SUBMIT, Step.AGREE) else self.office)
        with self.store.write(who) as session:
            return reviews.step(session, who, self.draft(step, **more)).value

    def through(self, *steps: Step) -> None:
        """Take these steps one after another."""
        for step in steps:
            self.take(step)

    def state(self) -> ReviewState:
        with self.store.rows() as session:
            row = session.exec(select(Review).where(Review.org_id == self.village)).first()
        return ReviewState.DRAFTING if row is None else ReviewState(row.state)

    def row(self, actor: Actor | None = None) -> ReviewRow:
        """The village on the desk."""
        with self.store.read() as session:
            quarter = self.quarter()
            org = orgs.view(session, self.village, quarter.ends_on)
            return review_desk.desk(session, quarter, [org], actor).rows[0]

    def printed(self) -> ReviewSheet:
        """The sheet as it is printed now."""
        with self.store.read() as session:
            quarter = self.quarter()
            org = orgs.view(session, self.village, quarter.ends_on)
            return review_sheets.printed(session, quarter, [org])[0]


@made_once
def reviewed(path: Path) -> Reviewed:
    """到会率 80 (of 72 → 85), 党费 98 (full at 100), 收入 6 of 8; the third quarter is frozen on October 9th."""
    made = scored(path, FixedClock(BEGIN))
    small = made.small
    made.state(3, QuarterState.OPEN)
    for code, value in (("B08", "80"), ("B09", "98"), ("F07", "6")):
        made.measure(code, value)
    with small.store.write(small.office) as session:
        moving.fill_from_library(session, small.office, 2026)
        person = Person(name="赵海", search_keys="zhaohai")
        session.add(person)
        session.flush()
        account = Account(login="zhaohai", person_id=person.key)
        session.add(account)
        session.flush()
        session.add(
            RoleGrant(
                account_id=account.key,
                role=Role.TOWNSHIP_OFFICIAL.value,
                org_id=small.township,
                includes_below=True,
                valid_from=date(2025, 1, 1),
            )
        )
        session.flush()
        key = account.key
    with small.store.rows() as session:
        second = Actor(key, "zhaohai", "赵海", held(session, key))
    made.state(3, QuarterState.FROZEN)
    return Reviewed(made, second)

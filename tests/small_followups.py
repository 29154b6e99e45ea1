"""The small township with its calendar, a second person in the office, and findings that are issued and put right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from okr_desk.clock import FixedClock
from okr_desk.followup_terms import FindingKind, FindingSource, FollowupStep, Recognised
from okr_desk.model.tables import CalendarDay, CalendarYear
from okr_desk.queries import followups as queries
from okr_desk.queries.followups import FindingView
from okr_desk.rules.followups import FindingDraft, StepDraft
from okr_desk.rules.permissions import Actor
from okr_desk.rules.users import AccountDraft, PersonDraft
from okr_desk.services import followups, people, users
from okr_desk.services.permits import SETUP, held
from okr_desk.terms import Role
from tests.made_once import made_once
from tests.small_township import Small, build

T = FollowupStep
ISSUED = date(2026, 10, 8)


@dataclass
class Rectified:
    """The township; `second` is another person of the office."""

    small: Small
    second: Actor

    def day(self, day: date) -> None:
        """From now on it is this day."""
        self.small.store.clock = FixedClock(day)

    def later(self, days: int) -> date:
        """So many days after the notice; the clock is put there."""
        found = ISSUED + timedelta(days=days)
        self.day(found)
        return found

    def issue(self, actor: Actor | None = None, **more: object) -> int:
        """Give the village notice today."""
        who = actor or self.small.office
        with self.small.store.write(who) as session:
            return followups.issue(session, who, [draft(self.small, **more)]).value[0]

    def move(self, finding_id: int, step: FollowupStep, actor: Actor | None = None, **more: object) -> Any:
        """Take one step today with all that it may need: as the village's secretary, or as the office."""
        office = step in (T.EXTEND, T.REFUSE_EXTENSION, T.REJECT, T.WRITE_OFF, T.LOOK_BACK, T.REOPEN)
        who = actor or (self.small.office if office else self.small.secretary)
        plain: dict[str, Any] = {
            "by": "张三", "note": "逐项整改", "owner": "李旭昇", "on": self.small.store.clock.today(),
            "recognised": Recognised.YES,
        }  # fmt: skip
        if step in (T.ASK_EXTENSION, T.EXTEND, T.REOPEN):
            plain["due_on"] = self.view(finding_id).due_on + timedelta(days=10)
        with self.small.store.write(who) as session:
            return followups.move(session, who, StepDraft(finding_id, step, **{**plain, **more}))

    def through(self, finding_id: int, *steps: FollowupStep) -> None:
        """Several steps in order, all today."""
        for step in steps:
            self.move(finding_id, step)

    def view(self, finding_id: int) -> FindingView:
        """The finding as it stands."""
        with self.small.store.read() as session:
            found = queries.finding(session, finding_id)
        assert found is not None
        return found


DONE = (T.SIGN, T.PLAN, T.ASK_CHECK, T.WRITE_OFF)


def draft(small: Small, **more: object) -> FindingDraft:
    """A finding of the third quarter."""
    plain: dict[str, Any] = {
        "org_id": small.village, "quarter_id": small.quarters[3], "source": FindingSource.QUARTER,
        "kind": FindingKind.IMMEDIATE, "problem": "支委会少开一次", "fact": "应开 3 次，实开 2 次，扣 1 分",
        "clause": "《农村党支部考核方案》B02", "demand": "补开并学习工作条例", "owner": "李旭昇", "leader": "赵明",
        "contact": "王玥",
    }  # fmt: skip
    return FindingDraft(**{**plain, **more})


@made_once
def rectified(path: Path, clock: FixedClock, *, alone: bool = False) -> Rectified:
    """Make the township; `alone`: the office has one person only."""
    small = build(path, clock)
    with small.store.write(SETUP) as session:
        for year in (2026, 2027):
            session.add(CalendarYear(number=year, source="国务院办公厅通知", confirmed_at=clock.now()))
        session.add(CalendarDay(day=date(2026, 10, 10), is_working=True, name="国庆节调休", source=""))
        session.flush()
        person = people.create_person(session, SETUP, PersonDraft("季伟")).value
        role = Role.VIEWER if alone else Role.TOWNSHIP_OFFICIAL
        account = AccountDraft("jiwei", person, role, small.township, date(2026, 1, 1), includes_below=True)
        second = users.create_account(session, SETUP, account).value
    with small.store.read() as session:
        grants = held(session, second)
    return Rectified(small, Actor(second, "jiwei", "季伟", grants))

"""The small township with its calendar, two departments, one of them of the school's branch, and F16 to F18."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from okr_desk.clock import BEIJING, FixedClock
from okr_desk.model.tables import CalendarDay, CalendarYear
from okr_desk.queries import whistles as queries
from okr_desk.queries.whistles import WhistleView
from okr_desk.rules.permissions import Actor
from okr_desk.rules.whistles import MoveDraft, RatingDraft, WhistleDraft
from okr_desk.services import departments, indicators, whistles
from okr_desk.services.departments import DepartmentDraft
from okr_desk.services.permits import SETUP
from okr_desk.terms import Direction
from okr_desk.whistle_terms import DepartmentKind, RatedItem, Rater, Solved, WhistleClass, WhistleStep
from tests.made_once import made_once
from tests.small_township import Small, build, percent

T = WhistleStep


def at(text: str) -> datetime:
    """7-03 09:00 of 2026 in the office."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=BEIJING)


@dataclass
class Whistled:
    """The township with the ids of its departments; `water` feeds no branch, `law` the school's."""

    small: Small
    water: int
    law: int

    def create(self, actor: Actor | None = None, **more: object) -> int:
        """Write a whistle of the village of 3 July."""
        plain: dict[str, Any] = {
            "org_id": self.small.village, "kind": WhistleClass.DAILY, "source": "网格巡查", "matter": "沟渠堵塞",
            "place": "二组桥头", "goal": "三日内清淤", "department_id": self.law, "helper_ids": (),
            "drawn_on": date(2026, 7, 3),
        }  # fmt: skip
        with self.small.store.write(actor or self.small.secretary) as session:
            return whistles.create(session, session.info["actor"], WhistleDraft(**{**plain, **more})).value

    def move(self, whistle_id: int, step: WhistleStep, when: str, actor: Actor | None = None, **more: object) -> Any:
        """Take one step, as the office unless somebody else is named."""
        who = actor or self.small.office
        plain: dict[str, Any] = {"by": "张三", "note": "已核实", "promised_on": date(2026, 7, 10)}
        if step is T.RATE:
            plain |= {"solved": Solved.YES, "ratings": (rating(),)}
        with self.small.store.write(who) as session:
            return whistles.move(session, who, MoveDraft(whistle_id, step, at(when), **{**plain, **more}))

    def through(self, whistle_id: int, steps: Sequence[tuple[WhistleStep, str]]) -> None:
        """Several steps in order."""
        for step, when in steps:
            self.move(whistle_id, step, when)

    def rated(self, *levels: int | None, **more: object) -> int:
        """A whistle that went all the way in time and was rated on 9 July."""
        made = self.create(**more)
        self.through(made, WAY[:-1])
        self.move(made, T.RATE, "07-09 10:00", ratings=(rating(*levels),))
        return made

    def view(self, whistle_id: int) -> WhistleView:
        """The whistle as it stands."""
        with self.small.store.read() as session:
            found = queries.whistle(session, whistle_id)
        assert found is not None
        return found


WAY = (
    (T.SUBMIT, "07-03 08:40"), (T.BLOW, "07-03 09:00"), (T.SIGN_IN, "07-03 10:00"), (T.ARRIVE, "07-03 15:00"),
    (T.PLAN, "07-03 16:00"), (T.FINISH, "07-08 11:00"), (T.RATE, "07-09 10:00"),
)  # fmt: skip


def rating(*levels: int | None, rater: Rater = Rater.BRANCH) -> RatingDraft:
    """Levels in the order of the form, 4 5 5 4 4 4 (87 points) unless others are given."""
    given = levels or (4, 5, 5, 4, 4, 4)
    return RatingDraft(rater, tuple((i, n) for i, n in zip(RatedItem, given, strict=True) if n is not None))


@made_once
def whistled(path: Path, clock: FixedClock) -> Whistled:
    """Make the township."""
    small = build(path, clock)
    with small.store.write(SETUP) as session:
        session.add(CalendarYear(number=2026, source="国务院办公厅通知", confirmed_at=clock.now()))
        session.add(CalendarDay(day=date(2026, 10, 1), is_working=False, name="国庆节", source=""))
        session.flush()
        for code, name, direction in (
            ("F16", "应哨及时率", "up"),
            ("F17", "一哨一评平均分", "up"),
            ("F18", "超时办件数", "down"),
        ):
            indicators.create(session, SETUP, percent(code, name, direction=Direction(direction)))
        water = departments.create(session, SETUP, DepartmentDraft("水利站", DepartmentKind.STATION)).value
        law = departments.create(
            session, SETUP, DepartmentDraft("综合执法队", DepartmentKind.STATION, small.school)
        ).value
    return Whistled(small, water, law)

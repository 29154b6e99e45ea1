"""B15 班子成员履职率: committee members who have a task in the quarter's working paper ÷ committee members."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from okr_desk.clock import FixedClock
from okr_desk.queries import counting_sources
from okr_desk.queries.committee_counts import SOURCE, people
from okr_desk.rules import library
from okr_desk.rules.members import MemberDraft
from okr_desk.rules.worklog import EntryDraft
from okr_desk.services import indicators, members, worklog
from okr_desk.services.permits import SETUP
from tests.membered_township import Membered, membered
from tests.small_township import percent

D = Decimal


@pytest.fixture
def town(tmp_path: Path) -> Membered:
    made = membered(tmp_path / "镇.okr", FixedClock(date(2026, 9, 25)))
    with made.small.store.write(SETUP) as session:
        indicators.create(session, SETUP, percent("B15", "班子成员履职率"))
    return made


def entry(town: Membered, who: str, day: date = date(2026, 9, 3)) -> int:
    made: int = town.write(
        worklog.record, EntryDraft(town.small.village, "environment", day, "清沟排涝", D(1), who=who)
    ).value
    return made


def test_committee_members_with_a_task_of_all(town: Membered) -> None:
    """李旭昇 and 王玥 are the committee: 1 of 2 → 50, both → 100; withdrawn → 50 again."""
    entry(town, "支部书记李旭昇、欧阳修等5人")
    assert town.value("B15") == (D(50), "取自工作底单：支委会委员 2 人，本季底单有任务记录 1 人")
    second = entry(town, "王玥 赵敏")
    assert town.value("B15") == (D(100), "取自工作底单：支委会委员 2 人，本季底单有任务记录 2 人")
    town.write(worklog.withdraw, second, "记错")
    found = town.value("B15")
    assert found is not None and found[0] == D(50)


def test_nothing_is_said_where_nobody_was_named(town: Membered) -> None:
    """Missing is not zero; entries that name others only are a zero."""
    entry(town, "")
    assert town.value("B15") is None
    entry(town, "赵敏")
    assert town.value("B15") == (D(0), "取自工作底单：支委会委员 2 人，本季底单有任务记录 0 人")


def test_nothing_without_a_committee_and_at_once_with_one(town: Membered) -> None:
    for name in ("李旭昇", "王玥"):
        town.write(members.change, town.ids[name], MemberDraft(town.small.village, name))
    entry(town, "王玥")
    assert town.value("B15") is None
    town.write(members.change, town.ids["王玥"], MemberDraft(town.small.village, "王玥", is_committee=True))
    assert town.value("B15") == (D(100), "取自工作底单：支委会委员 1 人，本季底单有任务记录 1 人")


@pytest.mark.parametrize(
    ("who", "found"),
    [
        ("李明", {"李明"}),
        ("李明华", set()),
        ("组织委员李明，欧阳修（2组）", {"李明", "欧阳修"}),
        ("副书记李明和王玥同志", {"李明", "王玥"}),
        ("李明等3人", {"李明"}),
        ("全体党员", set()),
    ],
)
def test_names_are_read_as_people_write_them(who: str, found: set[str]) -> None:
    assert people(who, ["李明", "王玥", "欧阳修"]) == found


def test_it_is_counted_as_a_quarter_opens() -> None:
    assert SOURCE in counting_sources.FIXED


def test_the_library_names_every_register_that_counts() -> None:
    """What a register of the program counts is marked so in the seed, with the name that its values' notes have."""
    said = {one.code: one.computed_from for one in library.seed()}
    wrong = {
        code: (said[code], source.name)
        for source in counting_sources.FIXED
        for code in source.codes
        if code in said and said[code] != source.name
    }
    assert wrong == {}

"""X06 worked by hand, corrections of a check, and the sign that comes down after two misses in a row."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from okr_desk.clock import FixedClock
from okr_desk.errors import InputRefused, WrongState
from okr_desk.queries import posts as read
from okr_desk.register_terms import PostResult
from okr_desk.rules.entered import ITSELF, By
from okr_desk.rules.posts import CheckDraft, PostDraft, TakedownDraft
from okr_desk.services import posts
from tests.registers import registers, values
from tests.small_township import Small

TODAY = date(2026, 9, 20)
LATE = By(reason="补登")


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return registers(tmp_path / "镇.okr", FixedClock(TODAY))


def hung(small: Small, name: str = "便民服务岗", day: date = date(2026, 7, 1)) -> int:
    with small.store.write(small.office) as session:
        return posts.hang(session, small.office, PostDraft(small.village, name, "便民大厅", "单晓", day, by=LATE)).value


def check(small: Small, post: int, result: PostResult, day: date = TODAY, note: str = "未在岗", by: By = ITSELF) -> int:
    with small.store.write(small.office) as session:
        return posts.check(session, small.office, CheckDraft(post, day, result, "王玥", note, by)).value


def view(small: Small) -> read.PostView:
    with small.store.read() as session:
        return read.posts(session, [small.village])[0]


def test_those_that_met_the_standard_of_those_checked(small: Small) -> None:
    """Four posts: 达标, 达标, 基本达标, not checked: 2 ÷ 3, the fourth is missing and said."""
    ids = [hung(small, f"岗{n}") for n in range(4)]
    assert values(small, "X06") == {}
    for key, result in zip(ids, (PostResult.MET, PostResult.MET, PostResult.BASIC), strict=False):
        check(small, key, result)
    assert values(small, "X06")[3] == (
        Decimal("66.666667"),
        "取自先锋岗台账：本季考评 3 个岗位：达标 2 个、基本达标 1 个、不达标 0 个；未考评 1 个，不计入",
    )


def test_another_check_of_the_quarter_takes_the_place_of_the_first(small: Small) -> None:
    key = hung(small)
    check(small, key, PostResult.MISSED)
    second = check(small, key, PostResult.MET)
    assert values(small, "X06")[3][0] == 100 and [one.id for one in view(small).checks] == [second]
    with small.store.write(small.office) as session:
        posts.withdraw_check(session, small.office, second, "看错岗位")
    assert values(small, "X06") == {}


def test_two_misses_in_a_row_propose_and_a_person_does_it_with_a_reason(small: Small) -> None:
    key = hung(small, day=date(2026, 4, 1))
    check(small, key, PostResult.MISSED, date(2026, 6, 20), by=LATE)
    assert not view(small).proposes_takedown(TODAY)
    check(small, key, PostResult.MISSED)
    assert view(small).proposes_takedown(TODAY)
    with small.store.write(small.secretary) as session, pytest.raises(InputRefused, match="摘牌原因"):
        posts.take_down(session, small.secretary, TakedownDraft(key, TODAY, ""))
    with small.store.write(small.secretary) as session:
        down = posts.take_down(session, small.secretary, TakedownDraft(key, TODAY, "连续两季不达标")).value
    assert (view(small).down_on, view(small).cause) == (TODAY, "连续两季不达标")
    assert not view(small).proposes_takedown(TODAY) and values(small, "X06")[3][0] == 0
    with small.store.write(small.secretary) as session, pytest.raises(WrongState, match="已经摘牌"):
        posts.take_down(session, small.secretary, TakedownDraft(key, TODAY, "再摘"))
    with small.store.write(small.secretary) as session:
        posts.withdraw_takedown(session, small.secretary, down, "误摘")
    assert view(small).down_on is None


def test_a_miss_says_why_and_a_check_lies_within_the_time_of_the_sign(small: Small) -> None:
    key = hung(small)
    with pytest.raises(InputRefused, match="写明原因"):
        check(small, key, PostResult.MISSED, note="")
    with pytest.raises(InputRefused, match="早于挂牌"):
        check(small, key, PostResult.MET, date(2026, 6, 30), by=LATE)
    with small.store.write(small.office) as session:
        posts.withdraw(session, small.office, key, "登记错")
    with pytest.raises(WrongState, match="已经撤回"):
        check(small, key, PostResult.MET)

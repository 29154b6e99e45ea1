"""What would pass on is counted before anything is done, by what each branch has and has reached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from okr_desk.model.tables import NotApplicable, Objective
from okr_desk.queries import cycles, orgs, successions
from okr_desk.queries.successions import Passing
from okr_desk.services import indicators
from okr_desk.services.permits import SETUP
from okr_desk.terms import QuarterState
from tests.two_branches import DAY, Two, join

D = Decimal


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    made = join(tmp_path / "镇.okr")
    yield made
    made.small.store.close()


def plan(two: Two, into: int | None, on: date = DAY, *heirs: int) -> tuple[Passing, ...]:
    with two.small.store.read() as session:
        return successions.plan(session, heirs or (two.small.school,), into, on)


def test_the_counts_are_what_a_person_would_count(two: Two) -> None:
    """By hand: O1 goes on without the reached 家访率; O2 is reached; O3 was never approved; both have attendance."""
    (found,) = plan(two, two.small.village)
    assert found.counts == "1 项目标、5 项关键结果、1 条基线、1 个目标值"
    assert found.summary == (
        "中心小学党支部：1 项目标、5 项关键结果、1 条基线、1 个目标值；1 个指标两边都有，由镇党建办核定；"
        "2 项关键结果已完成，留在原支部；1 项目标还没有批准，不承接"
    )
    (shared,) = found.unsettled
    assert shared.sentence == (
        "2026年度“党员到会率”两边都有：青石村党支部 基线 75%、目标值 81%；中心小学党支部 基线 60%、目标值 90%。"
        "承接的 KR2.1 暂按青石村党支部的基线和目标值计算。"
    )
    (line,) = found.lines
    assert (line.name, line.line.baseline, line.line.as_of, line.line.source, line.line.target) == (
        "村集体经营性收入", D(10), date(2025, 12, 31), "2025年年报", D(20),
    )  # fmt: skip


def test_codes_run_on_behind_the_heirs_own_and_nodes_done_are_named(two: Two) -> None:
    (found,) = plan(two, two.small.village)
    (objective,) = found.objectives
    assert (objective.code, objective.new_code) == ("O1", "O2")
    assert [(kr.code, kr.new_code) for kr in objective.key_results] == [
        ("KR1.1", "KR2.1"), ("KR1.2", "KR2.2"), ("KR1.3", "KR2.3"), ("KR1.5", "KR2.4"), ("KR1.6", "KR2.5"),
    ]  # fmt: skip
    road = objective.key_results[2]
    assert (road.nodes_done, road.done_on) == (("立项", "开工"), date(2026, 6, 30))


def test_a_new_branch_starts_with_the_first_and_meets_the_second(two: Two) -> None:
    """The village's attendance passes on first; then the school's meets it, and nothing is added up."""
    first, second = plan(two, None, DAY, two.small.village, two.small.school)
    assert [objective.new_code for passing in (first, second) for objective in passing.objectives] == ["O1", "O2"]
    assert [line.name for line in first.lines] == ["党员到会率"]
    assert [found.own.owner for found in second.unsettled] == ["青石村党支部"]


def test_codes_of_another_form_are_never_met(two: Two) -> None:
    with two.small.store.write(SETUP) as session:
        for code in ("O9", "目标二"):
            session.add(
                Objective(org_id=two.small.village, year=2026, code=code, title=code, weight=D(1), state="stopped")
            )
    assert plan(two, two.small.village)[0].objectives[0].new_code == "O10"


def test_what_does_not_apply_stays_and_is_not_forced_on_the_heir(two: Two) -> None:
    small = two.small
    with small.store.write(small.office) as session:
        indicators.not_applicable(session, small.office, small.village, small.income, 2026, "没有集体收入")
        session.add(NotApplicable(org_id=small.school, indicator_id=small.attendance, year=2026))
    (found,) = plan(two, small.village)
    assert found.lines == ()
    assert [shared.own.words("%") for shared in found.unsettled] == ["青石村党支部 标为不适用"]
    assert "KR1.1" not in [kr.code for kr in found.objectives[0].key_results]


def test_an_earlier_day_knows_only_what_was_reported_by_then(two: Two) -> None:
    """On 15 January nothing is reported before the first quarter; all that is asked for goes by that quarter."""
    (found,) = plan(two, two.small.village, date(2026, 1, 15))
    assert found.objectives[0].key_results[2].done_on == date(2026, 3, 31)


def test_another_year_has_nothing_to_pass_on(two: Two) -> None:
    (found,) = plan(two, two.small.village, date(2027, 1, 1))
    assert found.counts == "" and found.summary == "中心小学党支部：没有可以承接的事项"


def test_who_was_merged_can_still_report_the_quarter_before(two: Two) -> None:
    """The merger is of 8 October; the third quarter is still open then."""
    two.merge()
    small = two.small
    with small.store.read() as session:
        day, quarters = date(2026, 10, 8), cycles.quarters(session)
        assert [org.id for org in orgs.tree(session, day)] == [small.township, small.village]
        reporting = [org.id for org in orgs.reporting(session, day, quarters)]
        assert reporting == [small.township, small.village, small.school]
        settled = [replace(quarter, state=QuarterState.FROZEN) for quarter in quarters]
        assert len(orgs.reporting(session, day, settled)) == 2

"""Targets that are too easy or too hard: means worked out by hand, what counts and what says nothing."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from okr_desk.clock import FixedClock
from okr_desk.queries import score_design
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.schemes import BlockView, LineView
from okr_desk.queries.score_lines import LineScore
from okr_desk.queries.scores import BlockScore, ScoreSheet
from okr_desk.rules.policy import PolicyDraft
from okr_desk.scoring.points_result import Points
from okr_desk.services import policy
from okr_desk.services.permits import SETUP
from okr_desk.terms import Across, BlockKind, Dimension, Direction, PointsState, QuarterState, Tightness
from tests.scored_township import Scored, scored

D = Decimal
EASY, HARD = D("0.85"), D("0.40")
FULL = D(4)


def line(rule: str = "linear", indicator: int = 8) -> LineView:
    return LineView(
        indicator, indicator, f"B{indicator:02}", "到会率", "%", Dimension.BASIC, Direction.UP, FULL, rule, None,
        Across.AVERAGE,
    )  # fmt: skip


def sheet(
    org_id: int,
    points: str | None,
    rule: str = "linear",
    state: PointsState = PointsState.SCORED,
    category: str = "农村",
    kind: BlockKind = BlockKind.BASE,
) -> ScoreSheet:
    """A branch whose only line has 4 full points."""
    org = OrgView(org_id, "", "branch", "", "", category, None, (org_id,), "", "", None, None, "")
    made = None if points is None else Points(D(points), FULL, state, ())
    score = LineScore(line(rule), None, None, None, None, None, (), made)
    block = BlockView(1, "基础性", "", kind, FULL, Across.AVERAGE, False, (line(rule),))
    return ScoreSheet(org, 2026, None, None, None, (BlockScore(block, None, (score,)),), None, None, (), None)


def found(*quarters: list[ScoreSheet]) -> list[tuple[str, Decimal, int, Tightness | None]]:
    return [(one.category, one.mean, one.branches, one.verdict) for one in score_design.aims(quarters, EASY, HARD)]


def test_each_branch_counts_once_by_the_mean_of_its_quarters() -> None:
    """Branch 1: 4 and 3 of 4 → 0.875; branch 2 only 4 of 4 → 1; mean 0.9375. Pooled it would be 0.9167."""
    assert found([sheet(1, "4"), sheet(2, "4")], [sheet(1, "3")]) == [("农村", D("0.9375"), 2, Tightness.EASY)]


@pytest.mark.parametrize(
    ("points", "verdict"),
    [("3.4", None), ("3.41", Tightness.EASY), ("1.6", None), ("1.59", Tightness.HARD), ("0", Tightness.HARD)],
)
def test_the_thresholds_themselves_are_neither(points: str, verdict: Tightness | None) -> None:
    """3.4 of 4 is 0.85, 1.6 of 4 is 0.40."""
    assert [one[3] for one in found([sheet(1, points)], [sheet(1, points)])] == [verdict]


def test_one_quarter_says_nothing() -> None:
    assert found([sheet(1, "4"), sheet(2, "4")]) == []
    assert found([sheet(1, "4")], [sheet(1, None)]) == []


def test_categories_are_never_mixed() -> None:
    quarter = [sheet(1, "4"), sheet(2, "1", category="社区")]
    assert found(quarter, quarter) == [("农村", D(1), 1, Tightness.EASY), ("社区", D("0.25"), 1, Tightness.HARD)]


def test_what_was_not_reported_is_no_zero_here_either() -> None:
    """After closing a missing line has 0 points, which says nothing about its target."""
    silent = sheet(2, "0", state=PointsState.MISSING)
    assert found([sheet(1, "2"), silent], [sheet(1, "2"), silent]) == [("农村", D("0.5"), 1, None)]


@pytest.mark.parametrize("rule", ["deduct each=1", "yesno", "votes counts=1 values=1", "rank table=4,3"])
def test_a_rule_without_an_aim_is_left_out(rule: str) -> None:
    assert found([sheet(1, "4", rule)], [sheet(1, "4", rule)]) == []


def test_a_bonus_has_no_full_points_to_reach() -> None:
    extra = [sheet(1, "0", "linear", kind=BlockKind.BONUS)]
    assert found(extra, extra) == []


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Iterator[Scored]:
    made = scored(tmp_path / "镇.okr", clock)
    yield made
    made.small.store.close()


def test_the_office_reads_it_from_quarters_that_are_over(town: Scored) -> None:
    """到会率 85 of 85 in the first two quarters, 72 (none) in the third, which is still open."""
    for number, value in ((1, "85"), (2, "85"), (3, "72")):
        town.measure("B08", value, number)
    with town.small.store.read() as session:
        made = score_design.check(session, 2026)
    assert made.quarters == ("2026年第一季度", "2026年第二季度") and not made.is_early
    assert [(one.line.code, one.mean, one.verdict) for one in made.doubtful] == [("B08", D(1), Tightness.EASY)]


def test_before_two_quarters_it_is_too_early(town: Scored) -> None:
    town.measure("B08", "85", 1)
    town.state(2, QuarterState.OPEN)
    with town.small.store.read() as session:
        made = score_design.check(session, 2026)
    assert made.is_early and made.aims == ()


def test_the_thresholds_are_the_office_s(town: Scored) -> None:
    for number in (1, 2):
        town.measure("B08", "78.5", number)  # half of the way
    with town.small.store.write(SETUP) as session:
        policy.change(session, SETUP, PolicyDraft("target.hard", "0.5"))
        policy.change(session, SETUP, PolicyDraft("target.easy", "0.5"))
    with town.small.store.read() as session:
        assert [one.verdict for one in score_design.check(session, 2026).aims] == [None]

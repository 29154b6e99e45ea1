"""All branches of a township by category: columns, means only where enough can be compared, quotas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from okr_desk.clock import FixedClock
from okr_desk.errors import Refusal
from okr_desk.queries import cycles, score_summary
from okr_desk.queries.score_summary import ScoreSummary
from okr_desk.rules.policy import PolicyDraft
from okr_desk.scoring.grades import grade
from okr_desk.services import policy
from okr_desk.services.permits import SETUP
from okr_desk.terms import BlockKind
from tests.reports import score_samples as made
from tests.scored_township import Scored, scored

D = Decimal


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Iterator[Scored]:
    found = scored(tmp_path / "镇.okr", clock)
    yield found
    found.small.store.close()


def summary(town: Scored, year: int = 2026) -> ScoreSummary:
    with town.small.store.read() as session:
        quarter = cycles.quarter(session, year, 3)
        assert quarter is not None
        return score_summary.township(session, quarter)


def test_categories_with_a_scheme_and_those_without(town: Scored) -> None:
    found = summary(town)
    (rural,) = found.categories
    assert (rural.category, found.unscored, found.township) == ("农村", ("学校",), "青山镇")
    assert [(one.name, one.maximum) for one in rural.columns] == [("基础性", 11), ("融合性", 8)]
    assert (rural.maximum, rural.has_bonus, len(found.digest)) == (19, True, 64)


def test_points_by_column(town: Scored) -> None:
    town.measure("B08", "78.5")
    rural = summary(town).categories[0]
    basic, fusion = (score_summary.points_of(rural.sheets[0], column) for column in rural.columns)
    assert basic is not None and (basic.points, basic.reported) == (5, 7)  # 到会率 2 of 4, no errors 3 of 3
    assert fusion is not None and (fusion.points, fusion.reported) == (None, 0)


def test_too_few_of_a_kind_are_not_compared(town: Scored) -> None:
    town.measure("B08", "85")
    assert (summary(town).categories[0].mean, summary(town).categories[0].least) == (None, 5)


def test_the_mean_counts_each_branch_once() -> None:
    sheets = [made.form().sheet] * 4 + [made.form(made.flag_blocks()).sheet]
    mean = score_summary.mean_of(sheets, 5)
    assert mean is not None and mean.of == 5
    assert round(mean.percent, 6) == round((4 * D(2400) / 33 + 96) / 5, 6)
    assert score_summary.mean_of(sheets, 6) is None


def test_who_is_not_judged_is_left_out_of_the_mean() -> None:
    """Methods B2: below 70 % coverage no grade and no rank, so 6 sheets with one such have a mean of 5."""
    sheet = made.form().sheet
    little = replace(sheet, grade=grade(D(100), coverage=D("0.69")))
    mean = score_summary.mean_of([little, *[sheet] * 5], 5)
    assert mean is not None and (mean.of, round(mean.percent, 6)) == (5, round(D(2400) / 33, 6))
    assert score_summary.mean_of([little, *[sheet] * 4], 5) is None


def test_without_any_scheme_nothing_can_be_printed(town: Scored) -> None:
    with pytest.raises(Refusal, match="都没有启用的考核方案"):
        summary(town, 2027)


def test_parts_of_several_blocks_are_summed_behind_them() -> None:
    version = made.form().version
    columns = score_summary.columns_of(version)
    assert [(one.name, one.maximum, one.is_part) for one in columns] == [
        ("组织生活", 10, False),
        ("党员队伍", 15, False),
        ("党建基础", 25, True),
        ("融合创新", 15, False),
    ]
    shown = [score_summary.points_of(made.form().sheet, column) for column in columns]
    assert [one.points if one else None for one in shown] == [5, 10, 15, 7]


def test_too_many_blocks_leave_the_parts_alone() -> None:
    """420 points in nine blocks of two parts: what a sheet across can hold are the parts."""
    blocks = made.form(made.many(72)).version.blocks
    named = tuple(replace(one, part="党建基础" if n < 6 else "业绩亮旗") for n, one in enumerate(blocks))
    version = replace(made.form().version, blocks=named)
    assert all(one.kind is BlockKind.BASE for one in named) and len(named) == 9
    columns = score_summary.columns_of(version)
    assert [(one.name, one.maximum, one.is_part) for one in columns] == [
        ("党建基础", 120, True),
        ("业绩亮旗", 60, True),
    ]


def test_the_least_number_is_a_setting(town: Scored) -> None:
    with town.small.store.write(SETUP) as session:
        policy.change(session, SETUP, PolicyDraft("comparison.minimum", "3"))
    assert summary(town).categories[0].least == 3

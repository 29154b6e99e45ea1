"""What the charts of mass satisfaction draw, read from the figure itself."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest
from matplotlib.collections import LineCollection

from okr_desk.charts import surveys
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.survey_counts import ItemCounts
from tests.charts.test_objectives import outside, said
from tests.reports import survey_samples as made

D = Decimal
SIZE = (440.0, 240.0)


@dataclass(frozen=True)
class Point:
    """A branch among the quadrants."""

    org: OrgView
    activity: Decimal
    satisfaction: Decimal
    place: str = "双高"


@pytest.mark.parametrize("theme", ["light", "dark", "paper"])
def test_scores_stand_with_their_intervals_targets_and_verdicts(theme: str) -> None:
    one = made.branch()
    assert one.score is not None
    figure = surveys.intervals(made.result((one, made.silent(made.org(2)))), SIZE, theme)
    words = said(figure)
    for expected in ("桃源村党支部", "无法判定", "无答卷", "得分", "90% 区间", "目标值", "单位：分", "100"):
        assert expected in words
    axes = figure.axes[0]
    targets, scores = axes.lines[:2]
    assert [float(x) for x in targets.get_xdata()] == [85.0, 85.0]
    assert [round(float(x), 2) for x in scores.get_xdata()] == [87.27]
    span = axes.collections[0]
    assert isinstance(span, LineCollection)
    (ends,) = [[round(float(x), 4) for x, _y in path.vertices] for path in span.get_paths()]
    assert ends == [round(float(one.score.low), 4), round(float(one.score.high), 4)]
    assert outside(figure) == []


def test_the_scale_holds_everything_drawn_in_round_tens() -> None:
    low = made.branch(ItemCounts((2, 5, 8, 12, 9)), "96.8")
    axes = surveys.intervals(made.result((low,)), SIZE).axes[0]
    left, right = axes.get_xlim()
    assert low.score is not None and left <= float(low.score.low) and (left % 10, right) == (0, 100)


def test_bars_are_cut_by_level_and_the_last_ones_are_hatched() -> None:
    counts = (ItemCounts((5, 3, 1, 1, 0), 4, 2), ItemCounts())
    definition = made.definition(("办事效率", "总体评价"))
    figure = surveys.items(definition, counts, SIZE, "paper")
    words = said(figure)
    for expected in ("1. 办事效率", "90.0%（10）", "无答卷", "50%", "30%", "非常满意", "不满意"):
        assert expected in words
    bars = figure.axes[0].patches[:4]
    assert [round(bar.get_width(), 3) for bar in bars] == [0.5, 0.3, 0.1, 0.1]
    assert [bar.get_hatch() for bar in bars] == [None, None, "///", "xxx"]
    assert outside(figure) == []


def test_changes_stand_round_zero_and_say_what_they_mean() -> None:
    up = made.branch(before=made.BEFORE)
    same = made.branch(org=made.org(2), before=made.USUAL)
    figure = surveys.change(made.result((up, same, made.silent(made.org(3)))), SIZE, "paper")
    words = said(figure)
    assert "提升（＋30.3）" in words and "变化不能确认（0.0）" in words
    assert "第3村党支部" not in words and "得分变化" in words
    low, high = figure.axes[0].get_xlim()
    assert low == -high == -40
    assert outside(figure) == []


def test_the_four_fields_are_named_and_names_never_overlap() -> None:
    points = [Point(made.org(n), D(n % 11 + 50) / 60, D(n % 7 + 20) / 30) for n in range(40)]
    figure = surveys.quadrant(points, SIZE, "paper")
    words = said(figure)
    for expected in ("双高", "多而无感", "少而精", "双低", "活动完成率", "满意度（分）"):
        assert expected in words
    assert len(figure.axes[0].lines[-1].get_xdata()) == 40
    names = [text for text in figure.axes[0].texts if text.get_text().startswith("第")]
    places = [text.get_window_extent().padded(-1) for text in names]
    assert names and not any(a.overlaps(b) for at, a in enumerate(places) for b in places[at + 1 :])


def test_too_few_of_a_kind_are_not_parted_into_fields() -> None:
    points = [Point(made.org(n), D(n) / 4, D(n) / 5, "") for n in (2, 3, 4)]
    figure = surveys.quadrant(points, SIZE)
    words = said(figure)
    assert "多而无感" not in words and len(figure.axes[0].lines) == 1
    assert outside(figure) == []


def test_nothing_to_show_is_an_empty_frame() -> None:
    for figure in (
        surveys.intervals(made.result(()), SIZE),
        surveys.change(made.result(()), SIZE),
        surveys.quadrant((), SIZE),
    ):
        said(figure)

"""The year of a branch."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from math import isnan

from matplotlib.backends.backend_agg import FigureCanvasAgg

from okr_desk.charts import reviews, style
from okr_desk.queries.reviews import TrendPoint
from tests.charts.test_objectives import outside
from tests.reports import samples

D = Decimal


def test_the_year_starts_at_zero_and_each_quarter_carries_its_figure() -> None:
    figure = reviews.year_trend(samples.sheet().trend, (200, 120), "paper")
    FigureCanvasAgg(figure).draw()
    axes = figure.axes[0]
    expected, made = axes.lines[:2]
    assert [round(float(y), 2) for y in made.get_ydata()] == [0, 0.18, 0.41, 0.58]
    assert [round(float(y), 2) for y in expected.get_ydata()] == [0, 0.24, 0.49, 0.75]
    words = [text.get_text() for text in axes.texts]
    assert words[:3] == ["18%", "41%", "58%"]
    for expected_word in ("年初", "一季度", "四季度", "100%", "应达", "完成度"):
        assert expected_word in words


def test_a_quarter_without_reports_is_a_gap_and_not_zero() -> None:
    points = (TrendPoint(1, D("0.2"), D("0.25")), TrendPoint(2, None, D("0.5")))
    figure = reviews.year_trend(points, (200, 120))
    assert isnan(float(figure.axes[0].lines[1].get_ydata()[2]))
    words = [text.get_text() for text in figure.axes[0].texts]
    assert words.count("20%") == 1 and "—" not in words


def test_a_quarter_of_which_little_was_reported_is_a_hollow_point_that_the_line_does_not_reach() -> None:
    """3 of 11 key results with 12 % of the weight, all at their target: 100 % of almost nothing."""
    least = D("0.7")
    points = (TrendPoint(1, D("0.2"), D("0.25"), D(1), least), TrendPoint(2, D(1), D("0.5"), D("0.12"), least))
    figure = reviews.year_trend(points, (195, 112), "paper")
    _plan, line, hollow = figure.axes[0].lines[:3]
    assert isnan(float(line.get_ydata()[2])) and line.get_markerfacecolor() != "none"
    assert [float(y) for y in hollow.get_ydata()] == [1.0] and hollow.get_markerfacecolor() == "none"
    assert hollow.get_linestyle() == "None"
    assert "已报不足70%" in [text.get_text() for text in figure.axes[0].texts]
    assert outside(figure) == []
    just = reviews.year_trend((TrendPoint(1, D(1), D("0.25"), least, least),), (195, 112), "paper")
    assert float(just.axes[0].lines[1].get_ydata()[1]) == 1.0
    assert not any("不足" in text.get_text() for text in just.axes[0].texts)


def test_more_than_the_target_stays_inside_the_picture() -> None:
    figure = reviews.year_trend((TrendPoint(1, D("1.3"), D("0.25")),), (200, 120))
    assert figure.axes[0].get_ylim()[1] > 1.3


def test_no_word_leaves_the_picture() -> None:
    points = tuple(TrendPoint(n, D(n) / 4, D(n) / 4) for n in (1, 2, 3, 4))
    for share in ("1", "0.2", "1.6"):
        made = tuple(replace(point, progress=(point.progress or D(0)) * D(share)) for point in points)
        assert outside(reviews.year_trend(made, (195, 112), "paper")) == []


def test_no_quarter_at_all_still_draws() -> None:
    FigureCanvasAgg(reviews.year_trend((), (200, 120), "dark")).draw()


def test_a_long_label_is_cut_with_an_ellipsis() -> None:
    assert style.shortened("一二三四五", 4) == "一二三…"
    assert style.shortened("一二\n三四", 9) == "一二 三四"

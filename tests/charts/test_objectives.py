"""What the charts of key results draw, read from the figure itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from okr_desk.charts import objectives
from okr_desk.terms import Direction, KrKind
from tests.reports import samples

SIZE = (320.0, 200.0)


def said(figure: Figure) -> list[str]:
    """Every text of a figure after it was really drawn."""
    FigureCanvasAgg(figure).draw()
    axes = figure.axes
    found = [text.get_text() for one in axes for text in one.texts]
    for one in axes:
        found += [label.get_text() for label in (*one.get_xticklabels(), *one.get_yticklabels())]
    return found


def lines(axes: Axes) -> list[list[float]]:
    return [[float(y) for y in line.get_ydata()] for line in axes.lines]


@pytest.mark.parametrize("theme", ["light", "dark", "paper"])
def test_the_trend_shows_baseline_plan_target_and_every_value(theme: str) -> None:
    kr = samples.usual_objectives()[0].key_results[0]
    figure = objectives.trend(kr, SIZE, theme, 2026)
    words = said(figure)
    for expected in ("基线 61.4", "目标值 67.7", "计划", "62", "62.9", "63.4", "单位：万元", "三季度"):
        assert expected in words
    drawn = lines(figure.axes[0])
    assert [61.4, 61.4] in drawn and [62.0, 62.9, 63.4] in drawn
    assert [61.4, 66.0, 67.7] in drawn


def test_check_ins_stand_at_their_dates() -> None:
    kr = samples.usual_objectives()[0].key_results[0]
    figure = objectives.trend(kr, SIZE, "light", 2026)
    places = next(
        line.get_xdata() for line in figure.axes[0].lines if len(line.get_xdata()) == 3 and line.get_marker() == "o"
    )
    assert [round(float(x), 2) for x in places] == [0.99, 1.98, 2.99]


def test_a_corrected_value_stays_as_a_hollow_point() -> None:
    kr = samples.usual_objectives()[0].key_results[0]
    old = samples.reading(3, "60", date(2026, 9, 20), superseded=True)
    figure = objectives.trend(replace(kr, readings=(*kr.readings, old)), SIZE, "light", 2026)
    hollow = [line for line in figure.axes[0].lines if line.get_markerfacecolor() == "none"]
    assert [float(line.get_ydata()[0]) for line in hollow] == [60.0]
    assert [62.0, 62.9, 63.4] in lines(figure.axes[0])


def test_a_year_cumulative_measure_starts_at_zero_and_keeps_last_year_s_mark() -> None:
    kr = replace(samples.usual_objectives()[0].key_results[0], year_to_date=True)
    figure = objectives.trend(kr, SIZE)
    words = said(figure)
    assert "基线 61.4" in words and "基线 0" not in words
    drawn = lines(figure.axes[0])
    assert [0.0, 0.0] in drawn and [61.4, 61.4] in drawn


def test_a_guard_rail_shows_its_limits_and_no_plan() -> None:
    kr = samples.usual_objectives()[0].key_results[0]
    rail = replace(
        kr,
        kind=KrKind.GUARD_RAIL,
        direction=Direction.BETWEEN,
        target=Decimal(60),
        upper=Decimal(70),
        plan=(None,) * 4,
    )
    words = said(objectives.trend(rail, SIZE))
    assert "下限 60" in words and "上限 70" in words and "计划" not in words
    most = replace(rail, direction=Direction.AT_MOST, upper=None)
    assert "上限 60" in said(objectives.trend(most, SIZE))


def test_a_milestone_is_shown_in_percent() -> None:
    kr = samples.milestone("KR1.3", "建成烘干中心", 3)
    words = said(objectives.trend(kr, SIZE))
    assert "80" in words and "目标值 100" in words and "单位：%" in words


def outside(figure: Figure) -> list[str]:
    """Texts that leave the picture."""
    FigureCanvasAgg(figure).draw()
    frame = figure.bbox
    found = []
    for text in (text for axes in figure.axes for text in axes.texts):
        box = text.get_window_extent()
        if box.x0 < -1 or box.x1 > frame.x1 + 1 or box.y0 < -1 or box.y1 > frame.y1 + 1:
            found.append(text.get_text())
    return found


@pytest.mark.parametrize(
    ("line", "values"),
    [
        (("61.4", "67.7", "66"), ("62", "62.9", "63.4")),
        (("0", "223456789.5", "100000000"), ("1", "50000000.25", "123456789.125")),
        (("12", "4", "6"), ("11", "9", "7")),
        (("-30.5", "-0.5", "-10"), ("-40", "-20", "-5")),
        (("0.001", "0.004", "0.003"), ("0.001", "0.002", "0.003")),
        (("50", "100", "80"), ("100", "100", "100")),
    ],
)
def test_no_word_leaves_the_picture(
    line: tuple[str, str, str], values: tuple[str | None, str | None, str | None]
) -> None:
    kr = samples.metric("KR1.1", "名称", "万元", line, values)
    assert outside(objectives.trend(kr, SIZE, "light", 2026)) == []
    assert outside(objectives.progress_bars([kr] * 12, SIZE)) == []


def test_nothing_at_all_still_draws() -> None:
    kr = samples.metric("KR1.1", "空", "", ("0", "1", "1"), (None, None, None))
    empty = replace(kr, baseline=None, target=None, plan=(None,) * 4, readings=())
    assert "年初" in said(objectives.trend(empty, SIZE))


def test_bars_are_numbered_as_on_the_sheet_and_unreported_is_a_word() -> None:
    key_results = [kr for o in samples.usual_objectives() for kr in o.key_results]
    figure = objectives.progress_bars(key_results, SIZE, "paper")
    words = said(figure)
    assert "1.1 村集体经营性收入" in words and "未报" in words and "32%" in words
    assert len(figure.axes[0].patches) == 7


def test_many_bars_stand_in_two_panels() -> None:
    key_results = [kr for o in samples.many(40) for kr in o.key_results]
    figure = objectives.progress_bars(key_results, (440, 260), "paper", columns=2)
    assert [len(axes.patches) for axes in figure.axes] == [20, 20]


@pytest.mark.parametrize(("code", "number"), [("KR1.2", "1.2"), ("kr 3", "3"), ("甲", "甲"), ("KR", "KR")])
def test_the_short_number(code: str, number: str) -> None:
    kr = samples.usual_objectives()[0].key_results[0]
    assert objectives.number_of(replace(kr, code=code)) == number


def test_formula_signs_in_titles_are_drawn_as_typed() -> None:
    kr = samples.metric("KR1.1", "下降$\\frac{a$", "$", ("0", "10", "5"), ("1", "2", "3"))
    assert "1.1 下降$\\frac…" in said(objectives.progress_bars([kr], SIZE))
    assert "单位：$" in said(objectives.trend(kr, SIZE))


@pytest.mark.parametrize("count", [1, 2, 12])
def test_bars_are_never_thicker_than_a_line_of_text_needs(count: int) -> None:
    """One key result in a tall panel is a bar, not a wall of colour; twelve share the height."""
    kr = samples.usual_objectives()[0].key_results[0]
    figure = objectives.progress_bars([kr] * count, SIZE)
    FigureCanvasAgg(figure).draw()
    bars = [patch.get_window_extent().height * 72 / figure.dpi for patch in figure.axes[0].patches]
    assert len(bars) == count and 5 < max(bars) < 14


def test_more_than_the_whole_stands_beside_the_bar_and_inside_the_figure() -> None:
    kr = samples.usual_objectives()[0].key_results[0]
    over = replace(kr, progress=replace(kr.progress, raw=Decimal("1.133"), clamped=Decimal(1)))
    figure = objectives.progress_bars([kr, over], SIZE)
    assert "100%（实113%）" in said(figure) and outside(figure) == []

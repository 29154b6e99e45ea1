"""The dot plot of many branches, read from the figure itself."""

from __future__ import annotations

from decimal import Decimal

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from okr_desk.charts import heights, indicators
from okr_desk.queries.indicators import IndicatorLine

D = Decimal


def line(name: str, baseline: str | None, target: str | None, now: str | None, applies: bool = True) -> IndicatorLine:
    amount = [None if text is None else D(text) for text in (baseline, target, now)]
    return IndicatorLine(
        1, name, "农村", "", applies, amount[0], None, "", amount[1], (None, None, amount[2], None), False
    )


LINES = (
    line("青石村党支部", "78.5", "89.9", "79.1"),
    line("双河村党支部", "81", "85.2", None),
    line("中心小学党支部", None, None, None, applies=False),
    line("龙泉村党支部", "75.7", None, "68.9"),
)


def said(figure: Figure) -> list[str]:
    """Every text of a figure after it was really drawn."""
    FigureCanvasAgg(figure).draw()
    return [text.get_text() for text in figure.axes[0].texts]


def marks(figure: Figure, shape: str) -> list[float]:
    """Where the marks of one shape stand, the sample in the key left out."""
    rows = [one for one in figure.axes[0].lines if one.get_marker() == shape and len(one.get_xdata()) == 3]
    return [float(x) for x in rows[0].get_xdata()]


@pytest.mark.parametrize("theme", ["light", "dark", "paper"])
def test_each_branch_has_tick_diamond_and_dot(theme: str) -> None:
    figure = indicators.dots(LINES, "%", 3, (400, heights.of_rows(3)), theme)
    words = said(figure)
    for expected in ("青石村党支部", "79.1", "未报", "基线", "目标值", "本季", "单位：%"):
        assert expected in words
    assert "中心小学党支部" not in words
    assert marks(figure, "|") == [78.5, 81.0, 75.7]
    assert marks(figure, "o")[0] == 79.1 and marks(figure, "o")[1] != marks(figure, "o")[1]
    assert marks(figure, "D")[:2] == [89.9, 85.2]


def test_a_year_cumulative_measure_starts_at_zero_beside_last_year() -> None:
    figure = indicators.dots(LINES[:1], "万元", 3, (400, 100), from_zero=True)
    assert "上年" in said(figure) and "基线" not in said(figure)
    assert figure.axes[0].get_xlim()[0] < 0


def test_nothing_to_show_is_drawn_without_harm() -> None:
    assert "未报" in said(indicators.dots([line("青石村党支部", None, None, None)], "", 1, (300, 100)))


def test_shares_say_what_was_not_reported() -> None:
    figure = indicators.shares([("青石村党支部", D("1.2")), ("双河村党支部", None)], (300, 120))
    words = said(figure)
    assert "120%" in words and "未报" in words
    assert [bar.get_width() for bar in figure.axes[0].patches] == [1.0, 0.0]

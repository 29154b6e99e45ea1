"""The curve on paper and screen is that of the rule; its words stay on the page and say what the marks are."""

from __future__ import annotations

from decimal import Decimal

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from okr_desk.charts import schemes
from okr_desk.charts.schemes import Marks
from okr_desk.palette import colour
from okr_desk.scoring.curve import curve, widened
from okr_desk.scoring.rule_text import rule_from_row

D = Decimal
SIZE = (300.0, 180.0)
NONE = Marks()


def drawn(row: str, marks: Marks = NONE, unit: str = "%", theme: str = "light", second: str | None = None) -> Figure:
    found = curve(rule_from_row(row), None if second is None else D(second))
    assert found is not None
    if marks.tried is not None:
        found = widened(found, *marks.tried)
    return schemes.curve(found, marks, unit, SIZE, theme)


def words(made: Figure) -> list[str]:
    return [text.get_text() for text in made.axes[0].texts]


def lines(made: Figure) -> list[list[tuple[float, float]]]:
    return [[(float(x), float(y)) for x, y in zip(*one.get_data(), strict=True)] for one in made.axes[0].lines]


def test_the_line_is_that_of_the_rule() -> None:
    made = drawn("linear b=72 t=85 max=4", Marks(D(72), D(85)))
    assert lines(made) == [[(69.4, 0), (72, 0), (85, 4), (87.6, 4)]]
    assert {"得分", "单位：%", "基线", "目标值"} <= set(words(made))


def test_the_value_tried_is_led_to_both_axes() -> None:
    """89.96 of 95:10, 90:8, 85:6 is 6 (domain 1.3 "TIER")."""
    made = drawn("ladder bands=95:10,90:8,85:6", Marks(tried=(D("89.96"), D(6))))
    low, bottom = made.axes[0].get_xlim()[0], made.axes[0].get_ylim()[0]
    assert lines(made)[-2:] == [[(89.96, bottom), (89.96, 6), (low, 6)], [(89.96, 6)]]
    assert "6 分" in words(made)
    assert len(lines(made)) == 4 + 2


def test_events_are_dots_that_no_line_joins() -> None:
    made = drawn("deduct max=3 each=1", unit="项")
    (dots,) = made.axes[0].lines
    assert dots.get_linestyle() == "None" and lines(made) == [[(0, 3), (1, 2), (2, 1), (3, 0), (4, 0)]]
    assert [word for word in words(made) if "." in word] == []


def test_a_mark_beyond_the_page_is_left_out() -> None:
    made = drawn("ladder bands=95:10,90:8", Marks(D(10), D(95)))
    assert "基线" not in words(made) and "目标值" in words(made)


@pytest.mark.parametrize(
    ("row", "second", "tried"),
    [
        ("linear b=12 t=6 max=6", None, ("11.9", "0.1")),
        ("linear b=72 t=85 max=4", None, ("60", "0")),
        ("per-point max=4 t=100 rounding=ceil", None, ("97.2", "1")),
        ("dual N=12 max=10", "85", ("14", "9.07")),
        ("rank table=60,57", None, ("1", "60")),
        ("anchors points=0:-5,10:5", None, ("10", "5")),
        ("linear b=0 t=1 max=0", None, ("0.5", "0")),
    ],
)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_all_words_stay_on_the_page(row: str, second: str | None, tried: tuple[str, str], theme: str) -> None:
    made = drawn(row, Marks(D(12), D(85), (D(tried[0]), D(tried[1]))), "件/万户", theme, second)
    canvas = FigureCanvasAgg(made)
    canvas.draw()
    page = made.bbox
    for text in made.axes[0].texts:
        box = text.get_window_extent()
        assert page.x0 - 1 <= box.x0 and box.x1 <= page.x1 + 1, text.get_text()
        assert page.y0 - 1 <= box.y0 and box.y1 <= page.y1 + 1, text.get_text()
        assert text.get_color() in (colour("text", theme), colour("text_quiet", theme))

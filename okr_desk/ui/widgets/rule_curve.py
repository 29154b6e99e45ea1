"""The curve of a rule on screen, with the value that is tried on it; the same chart function draws it on paper."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from okr_desk.i18n import _
from okr_desk.scoring.anchors import Point
from okr_desk.scoring.curve import Curve, curve, widened
from okr_desk.scoring.points import Rule
from okr_desk.scoring.points_result import Group, Held, Points, Value
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.widgets.figure import FigureView

Ends = tuple[Decimal | None, Decimal | None]
"""Baseline and target that are marked."""


WIDE = 14
"""Lines of text that the curve is wide at least, where there is a choice."""


class RuleCurve(FigureView):
    """Points over values; hidden for a rule that does not judge one number."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("计分规则的曲线"), parent)

    def sizeHint(self) -> QSize:
        """No more than it needs: beside a form what is left is its own."""
        return QSize(theme.line_height(self) * WIDE, self.minimumHeight())

    def show_rule(
        self, rule: Rule, ends: Ends, unit: str, value: Value | None = None, scored: Points | None = None
    ) -> None:
        """Draw a rule, with the place of a value that was scored by it."""
        if value is None or scored is None:
            found, tried = curve(rule), None
        else:
            found, tried = _on_curve(rule, value, scored)
        self.setVisible(found is not None)
        self.show_figure(None if found is None else partial(_drawn, found, (*ends, tried), unit))


def _on_curve(rule: Rule, value: Value, scored: Points) -> tuple[Curve | None, Point | None]:
    """The curve with the place of the value on it."""
    second, x = None, value
    if isinstance(value, Held):
        second, x = value.satisfaction, value.activity
    elif isinstance(value, Group):
        second, x = value.values[0], value.own
    elif isinstance(value, tuple):
        x = value[0] if len(value) == 1 else False
    found = curve(rule, second)
    if found is None or not isinstance(x, Decimal) or scored.points is None:
        return found, None
    return widened(found, x, scored.points), (x, scored.points)


def _drawn(found: Curve, marks: Any, unit: str, size: tuple[float, float], theme_name: str, dpi: float) -> Any:
    from okr_desk.charts import schemes

    return schemes.curve(found, schemes.Marks(*marks), unit, size, theme_name, dpi)

"""Tools that lose their words before they lose their place: on a narrow page they show their pictures only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QPushButton

from okr_desk.ui import theme

QWIDGETSIZE_MAX = 16_777_215
"""Qt's own word for no limit of a width, which the binding does not export."""
PICTURE = 1.7
"""Width of a tool without words, in gaps: what it leaves goes to the fields beside it."""


def fit(buttons: Sequence[QPushButton], room: int) -> None:
    """Give tools their words where all of them fit into `room` pixels; else none has any.

    The words stay the accessible name, and must stand in the tip too.
    """
    shown = [one for one in buttons if not one.isHidden()]
    for button in shown:
        button.setText(button.accessibleName())
        button.setMaximumWidth(QWIDGETSIZE_MAX)
    if sum(one.sizeHint().width() + theme.gap(0.2) for one in shown) > room:
        for button in shown:
            button.setText("")
            button.setMaximumWidth(theme.gap(PICTURE))

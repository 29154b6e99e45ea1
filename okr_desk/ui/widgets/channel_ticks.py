"""The ways of asking: ticked ones with their weights, equal weights meaning that nothing is weighted."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from okr_desk.i18n import _
from okr_desk.scoring.rounding import plain
from okr_desk.survey_terms import Channel
from okr_desk.terms import label
from okr_desk.ui import theme
from okr_desk.ui.dialogs.fields import number


class ChannelTicks(QWidget):
    """A tick and a weight for each way; the weight of one that is not ticked is not asked. `changed` tells."""

    changed = Signal()

    def __init__(self, given: Sequence[tuple[Channel, Decimal]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        weights = dict(given)
        self.ticks: dict[Channel, QCheckBox] = {}
        self.weights: dict[Channel, QLineEdit] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.gap(0.4))
        grid.setVerticalSpacing(theme.gap(0.15))
        for place, channel in enumerate(Channel):
            tick, weight = QCheckBox(label(channel), self), QLineEdit(self)
            weight.setFixedWidth(theme.span(self, 3))
            weight.setAccessibleName(_("{channel}的权重").format(channel=label(channel)))
            weight.setText(plain(weights.get(channel, Decimal(1))))
            tick.setChecked(channel in weights)
            weight.setEnabled(tick.isChecked())
            tick.toggled.connect(weight.setEnabled)
            tick.toggled.connect(lambda _on: self.changed.emit())
            row, column = divmod(place, 2)
            grid.addWidget(tick, row, column * 3)
            grid.addWidget(weight, row, column * 3 + 1)
            self.ticks[channel], self.weights[channel] = tick, weight
        grid.setColumnStretch(2, 1)
        grid.setColumnStretch(5, 1)

    def channels(self) -> tuple[tuple[Channel, Decimal], ...]:
        """The ticked ways with their weights. Raises InputRefused for a weight that is no number."""
        return tuple(
            (
                channel,
                number(self.weights[channel].text(), "channels", _("{channel}的权重").format(channel=label(channel))),
            )
            for channel, tick in self.ticks.items()
            if tick.isChecked()
        )

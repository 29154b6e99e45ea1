"""The four strengths as columns, a marker a row: marks 0 to 100, rows that stay empty are left out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtWidgets import QHeaderView, QWidget

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.rules.titles import MarksDraft
from okr_desk.terms import label
from okr_desk.title_terms import Strength
from okr_desk.ui.dialogs.fields import number
from okr_desk.ui.widgets.number_grid import NumberGrid

MOST_ROWS = 8
"""Rows in sight; more scroll."""


class MarksGrid(NumberGrid):
    """`markers` are the words of each row and the branch that marks (None: the party itself)."""

    def __init__(self, markers: Sequence[tuple[str, int | None]], parent: QWidget | None = None) -> None:
        words = [label(strength) for strength in Strength]
        super().__init__([name for name, _peer in markers], words, _("四项得分"), parent=parent)
        self._markers = tuple(markers)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head = self.height_wanted - self.verticalHeader().defaultSectionSize() * self.rowCount()
        self.setFixedHeight(head + self.verticalHeader().defaultSectionSize() * min(len(markers), MOST_ROWS))

    def marks(self) -> tuple[MarksDraft, ...]:
        """What was typed. Raises InputRefused for a row that is half filled in, or no number."""
        found = []
        for row, (name, peer) in enumerate(self._markers):
            texts = [self.text(row, column) for column in range(self.columnCount())]
            if not any(texts):
                continue
            if not all(texts):
                raise InputRefused(_("“{name}”的四项得分没有填全。").format(name=name), "marks")
            points: list[Decimal] = [number(text, "marks", name) for text in texts]
            found.append(MarksDraft(tuple(zip(Strength, points, strict=True)), peer))
        return tuple(found)

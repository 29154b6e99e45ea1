"""What people type into forms: numbers as they write them, milestone nodes in one line, two short fields a row."""

from __future__ import annotations

import re
from decimal import Decimal

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.rules.numbers import read_number
from okr_desk.scoring.rounding import plain
from okr_desk.ui import theme
from okr_desk.ui.forms import FormDialog

_NODE = re.compile(r"\s*(?P<name>.*?\D)\s*(?P<weight>\d+(?:\.\d+)?)\s*[%％]?\s*")


def number(text: str, field: str, name: str, unit: str = "") -> Decimal:
    """The number in a text; raises InputRefused for none or a doubtful one, with what was meant perhaps."""
    found = optional_number(text, field, name, unit)
    if found is None:
        raise InputRefused(_("请填写“{name}”。").format(name=name), field)
    return found


def optional_number(text: str, field: str, name: str, unit: str = "") -> Decimal | None:
    """As `number`, but nothing typed is None."""
    if not text.strip():
        return None
    reading = read_number(text, unit=unit)
    if reading.value is not None:
        return reading.value
    if reading.lossless and reading.proposal is not None:
        return reading.proposal
    advice = reading.reason or _("请填写数字。")
    if reading.proposal is not None:
        advice = _("{reason}如果是 {n}，请直接填 {n}。").format(reason=reading.reason, n=plain(reading.proposal))
    raise InputRefused(_("“{name}”：{advice}").format(name=name, advice=advice), field)


def nodes(text: str) -> tuple[tuple[str, Decimal], ...]:
    """Nodes with weights from one line such as 立项20、开工30、验收50; raises InputRefused at what is not one."""
    found = []
    for part in re.split(r"[、，,；;\n]", text):
        if not part.strip():
            continue
        match = _NODE.fullmatch(part)
        if match is None:
            raise InputRefused(
                _("“{part}”看不出节点和权重，请写成“立项20、开工30、验收50”。").format(part=part.strip()), "nodes"
            )
        found.append((match["name"].strip(), Decimal(match["weight"])))
    return tuple(found)


def nodes_text(given: tuple[tuple[str, Decimal], ...]) -> str:
    """Nodes as one line, the way `nodes` reads them."""
    return _("、").join(f"{name}{plain(weight)}" for name, weight in given)


class PairedForm(FormDialog):
    """A form whose short fields stand two in a row, so that it fits a small screen at large text."""

    def add_pair(
        self, name: str, label: str, widget: QWidget, other: str, other_label: str, second: QWidget, advice: str = ""
    ) -> None:
        """Two labelled fields in one row; a refusal of either stands under the row."""
        row, words = QWidget(self), QLabel(other_label)
        words.setBuddy(second)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.gap(0.6))
        layout.addWidget(widget, 1)
        layout.addWidget(words)
        layout.addWidget(second, 1)
        self.add_row(name, label, row, advice)
        row.setAccessibleName("")
        widget.setAccessibleName(label)
        second.setAccessibleName(other_label)
        self.fields[name], self.fields[other] = widget, second
        self._sentences[other] = self._sentences[name]
        self._halves[other] = words

    @property
    def _halves(self) -> dict[str, QLabel]:
        found: dict[str, QLabel] = self.__dict__.setdefault("halves", {})
        return found

    def show_field(self, name: str, is_shown: bool) -> None:
        """Show or hide a field with its label: the second of a pair alone, any other with its row."""
        if name in self._halves:
            self._halves[name].setVisible(is_shown)
            self.fields[name].setVisible(is_shown)
            return
        place: QWidget | None = self.fields[name]
        while place is not None and self.form.labelForField(place) is None:
            place = place.parentWidget()
        if place is not None:
            self.form.setRowVisible(place, is_shown)

    def box(self, name: str) -> QComboBox:
        """A field that is a choice. Its data come back as plain text: make the term of it."""
        found = self.fields[name]
        assert isinstance(found, QComboBox)
        return found

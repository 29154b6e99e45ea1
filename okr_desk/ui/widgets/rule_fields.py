"""The fields of a rule, made from its declaration: one widget for each kind of field, nothing written by hand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from okr_desk.i18n import _
from okr_desk.rules.rule_forms import Field, Filled
from okr_desk.terms import label
from okr_desk.ui.widgets.small_table import SmallTable


def field_widget(field: Field, text: str) -> QWidget:
    """The widget that takes a field, holding `text` as `rule_filling.texts_of` gives it."""
    if field.filled is Filled.PAIRS:
        table = SmallTable([_(head) for head in field.heads], _(field.label), (0, 1))
        table.set_rows(_pairs(text))
        return table
    if field.filled is Filled.CHOICE:
        box = QComboBox()
        if field.when_empty:
            box.addItem(_(field.when_empty), "")
        for term in field.choices:
            box.addItem(label(term), term.value)
        box.setCurrentIndex(max(0, box.findData(text)))
        return box
    if field.filled is Filled.ANSWER:
        box = QComboBox()
        box.addItem(_("已完成"), "yes")
        box.addItem(_("未完成"), "no")
        box.setCurrentIndex(max(0, box.findData(text)))
        return box
    line = QLineEdit(text)
    line.setPlaceholderText(_(field.when_empty))
    return line


def text_in(widget: QWidget) -> str:
    """What such a widget holds."""
    if isinstance(widget, SmallTable):
        return ",".join(":".join(row) for row in widget.rows())
    if isinstance(widget, QComboBox):
        return str(widget.currentData() or "")
    assert isinstance(widget, QLineEdit)
    return widget.text().strip()


def on_typed(widget: QWidget, slot: object) -> None:
    """Call `slot` whenever the person changes the field."""
    if isinstance(widget, SmallTable):
        widget.typed.connect(slot)
    elif isinstance(widget, QComboBox):
        widget.activated.connect(slot)
    elif isinstance(widget, QLineEdit):
        widget.textEdited.connect(slot)


def _pairs(text: str) -> Sequence[tuple[str, str]]:
    parts = [one.partition(":") for one in text.split(",") if one]
    return [(x, y) for x, _colon, y in parts]

"""What people type into forms: numbers as they write them, milestone nodes in one line."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.rules.numbers import read_number
from okr_desk.scoring.rounding import plain

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
    return "、".join(f"{name}{plain(weight)}" for name, weight in given)


def date_field(day: date) -> QDateEdit:
    """A date with a calendar to choose from."""
    field = QDateEdit(QDate(day.year, day.month, day.day))
    field.setDisplayFormat("yyyy-MM-dd")
    field.setCalendarPopup(True)
    return field


def date_of(field: QDateEdit) -> date:
    """The date that a field shows."""
    shown = field.date()
    return date(shown.year(), shown.month(), shown.day())

"""The office's rules of member points: numbers that hold for all, and a table of matters to type over."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from okr_desk import services
from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.member_terms import PointsKind
from okr_desk.queries.objectives import QuarterView
from okr_desk.rules.member_points import PointsSchemeDraft, RuleDraft, presets
from okr_desk.scoring.rounding import plain
from okr_desk.terms import label
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.fields import number, optional_number
from okr_desk.ui.dialogs.saving import SavingDialog
from okr_desk.ui.forms import choices
from okr_desk.ui.widgets.small_table import SmallTable

LINES = 9
"""Matters seen without scrolling."""


class PointsSchemeDialog(SavingDialog):
    """In force from the quarter shown on; a preset fills everything and can be typed over."""

    def __init__(self, desk: Desk, quarter: QuarterView, of: PointsSchemeDraft, parent: QWidget | None = None) -> None:
        note = _("从{quarter}起执行，以前各季度仍按当时的办法。分值写一个数，或写“5-10”由登记人在范围内填。")
        super().__init__(
            desk,
            services.member_points.set_scheme,
            _("积分办法"),
            parent=parent,
            note=note.format(quarter=quarter.label),
        )
        self._quarter, self._source = quarter, of.source
        self.preset = choices([(_("现行办法"), None), *((one.name, place) for place, one in enumerate(presets()))])
        self.add_row("preset", _("从样本改起"), self.preset)
        self.add_row("name", _("名称"), QLineEdit())
        self.add_pair("base", _("基础分"), QLineEdit(), "bonus_cap", _("每季加分最多"), QLineEdit())
        self.add_pair(
            "correction_below",
            _("低于几分转入整改支部"),
            QLineEdit(),
            "probationary_below",
            _("预备党员最低分"),
            QLineEdit(),
        )
        heads = (_("编号"), _("事项"), _("加分或扣分"), _("每次分值"), _("本季最多"))
        self.table = SmallTable(heads, _("积分事项"), (3, 4), self)
        self.table.show_lines(LINES)
        header = self.table.horizontalHeader()
        for column, wide in ((0, 4), (2, 6), (3, 5), (4, 5)):
            header.setSectionResizeMode(column, header.ResizeMode.Fixed)
            self.table.setColumnWidth(column, theme.span(self, wide))
        upright = self.layout()
        assert isinstance(upright, QVBoxLayout)
        upright.insertWidget(upright.indexOf(self.whole), self.table, 1)
        self.fields["rules"], self._sentences["rules"] = self.table, self.whole
        self.setMinimumWidth(theme.span(self, 46))
        self._of = of
        self.preset.currentIndexChanged.connect(lambda _row: self._fill(self._chosen()))
        self._fill(of)

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, quarter: QuarterView, of: PointsSchemeDraft) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, quarter, of, parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> PointsSchemeDraft:
        return PointsSchemeDraft(
            name=self.text("name"),
            base=number(self.text("base"), "base", _("基础分")),
            rules=tuple(_rule(cells) for cells in self.table.rows()),
            bonus_cap=self._optional("bonus_cap", _("每季加分最多")),
            correction_below=self._optional("correction_below", _("低于几分转入整改支部")),
            probationary_below=self._optional("probationary_below", _("预备党员最低分")),
            source=self._source,
            valid_from=self._quarter.starts_on,
        )

    def _chosen(self) -> PointsSchemeDraft:
        place = self.preset.currentData()
        return self._of if place is None else presets()[place]

    def _optional(self, field: str, name: str) -> Decimal | None:
        return optional_number(self.text(field), field, name)

    def _fill(self, of: PointsSchemeDraft) -> None:
        self._source = of.source
        numbers = {
            "base": of.base,
            "bonus_cap": of.bonus_cap,
            "correction_below": of.correction_below,
            "probationary_below": of.probationary_below,
        }
        for name, value in numbers.items():
            field = self.fields[name]
            assert isinstance(field, QLineEdit)
            field.setText("" if value is None else plain(value))
        named = self.fields["name"]
        assert isinstance(named, QLineEdit)
        named.setText(of.name)
        named.setCursorPosition(0)
        self.table.set_rows([_cells(one) for one in of.rules])


def _cells(one: RuleDraft) -> tuple[str, ...]:
    points = plain(one.low) if one.low == one.high else f"{plain(one.low)}-{plain(one.high)}"
    return one.code, one.name, label(one.kind), points, "" if one.cap is None else plain(one.cap)


def _rule(cells: tuple[str, ...]) -> RuleDraft:
    """A matter from its row. Raises InputRefused with its name."""
    code, name, kind, points, cap = cells
    said = name or code
    kinds = {"加": PointsKind.BONUS, "扣": PointsKind.DEDUCTION, "+": PointsKind.BONUS, "-": PointsKind.DEDUCTION}
    known = kinds.get(kind[:1]) or next((one for one in PointsKind if label(one) == kind), None)
    if known is None:
        raise InputRefused(_("“{name}”请写明“加分”或“扣分”。").format(name=said), "rules")
    low, _between, high = points.replace("至", "-").replace("~", "-").replace("—", "-").partition("-")
    least = number(low, "rules", _("{name}的分值").format(name=said))
    most = number(high, "rules", _("{name}的分值").format(name=said)) if high else least
    return RuleDraft(code, name, known, least, most, optional_number(cap, "rules", _("{name}的上限").format(name=said)))

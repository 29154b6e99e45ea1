"""A scheme as a whole: drawn up from a preset, its own settings, its next version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QWidget,
)

from okr_desk import services
from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.queries.orgs import CategoryView
from okr_desk.queries.schemes import SchemeView
from okr_desk.review_terms import Party
from okr_desk.rules import scheme_presets
from okr_desk.rules.scheme_presets import Preset
from okr_desk.rules.schemes import IN_FORCE, NAME_LIMIT, SchemeDraft, Start, check_draft
from okr_desk.scoring.rounding import plain
from okr_desk.terms import label
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.fields import PairedForm, number
from okr_desk.ui.dialogs.saving import SavingDialog
from okr_desk.ui.forms import choices
from okr_desk.ui.models.scheme_words import QUARTERS

ROW = 1.45
"""Height of a preset in lines of text."""
_DATA = Qt.ItemDataRole.UserRole


class PresetDialog(SavingDialog):
    """Which preset, and for which of the categories that have no scheme yet."""

    def __init__(
        self, desk: Desk, year: int, missing: Sequence[CategoryView], chosen: int | None, parent: QWidget | None = None
    ) -> None:
        note = _("方案生成后是草稿，可以逐项修改，启用前不影响计分。")
        super().__init__(
            desk,
            _draw_up,
            _("{year}年从预设新建方案").format(year=year),
            year,
            parent=parent,
            note=note,
            accept=_("新建"),
        )
        self._chosen = chosen
        name = next((one.name for one in missing if one.id == chosen), missing[0].name if missing else "")
        self.list = QListWidget()
        self.list.setObjectName("choices")
        for preset in scheme_presets.offered(name):
            item = QListWidgetItem(_(preset.name), self.list)
            item.setData(_DATA, preset)
            item.setSizeHint(QSize(0, round(theme.line_height() * ROW)))
        self.list.setFixedHeight(round(theme.line_height() * ROW) * self.list.count() + 4)
        self.list.setCurrentRow(0)
        self.about = QLabel(self)
        self.about.setObjectName("quiet")
        self.about.setWordWrap(True)
        self.about.setMinimumHeight(round(theme.line_height() * 4.2))
        self.about.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.ticks = QListWidget()
        for category in missing:
            item = QListWidgetItem(category.name, self.ticks)
            item.setData(_DATA, category.id)
        self.ticks.setFlow(QListWidget.Flow.LeftToRight)
        self.ticks.setWrapping(True)
        self.ticks.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.ticks.setFixedHeight(round(theme.line_height() * 2.8))
        self.add_row("key", _("预设"), self.list)
        self.form.addRow("", self.about)
        self.add_row("category_ids", _("用于"), self.ticks)
        self.list.currentItemChanged.connect(self._follow)
        self._follow()
        self.let_scroll()
        room = self.screen().availableGeometry()
        self.resize(min(theme.span(self, 42), room.width()), min(round(theme.line_height() * 29), room.height()))

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, year: int, missing: Sequence[CategoryView], chosen: int | None) -> Any:
        """What the service gave back, None when the dialog was left."""
        dialog = cls(desk, year, missing, chosen, parent)
        dialog.exec()
        return dialog.outcome

    @property
    def preset(self) -> Preset:
        """The preset under the cursor."""
        found: Preset = self.list.currentItem().data(_DATA)
        return found

    def tick(self, category_id: int, on: bool = True) -> None:
        """Tick one category."""
        for item in self._items():
            if item.data(_DATA) == category_id:
                item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def draft(self) -> tuple[str, tuple[int, ...]]:
        ticked = [item.data(_DATA) for item in self._items() if item.checkState() is Qt.CheckState.Checked]
        if not ticked:
            raise InputRefused(_("请至少选择一个类别。"), "category_ids")
        return self.preset.key, tuple(ticked)

    def _items(self) -> list[QListWidgetItem]:
        return [self.ticks.item(row) for row in range(self.ticks.count())]

    def _follow(self) -> None:
        """Say what the preset is; one that was made for several categories is offered to all of them."""
        preset = self.preset
        source = _("出处：{source}").format(source=_(preset.source))
        self.about.setText(f"{_(preset.note)}\n{source}")
        for item in self._items():
            fits = item.text() in preset.categories if preset.categories else item.data(_DATA) == self._chosen
            item.setCheckState(Qt.CheckState.Checked if fits else Qt.CheckState.Unchecked)


class NextVersionDialog(SavingDialog):
    """From which quarter the next version counts, from what it is made, and why there has to be one."""

    def __init__(
        self,
        desk: Desk,
        scheme: SchemeView,
        quarters: Sequence[int],
        others: Sequence[SchemeView] = (),
        parent: QWidget | None = None,
    ) -> None:
        note = _("另起的一版先是草稿，修改后启用；以前各季度仍按原来的一版计分。")
        title = _("“{name}”另起一版").format(name=scheme.name)
        super().__init__(desk, _next_version, title, scheme.id, parent=parent, note=note, accept=_("另起一版"))
        self._starts = _starts(scheme, others)
        self.add_row("from_quarter", _("起用季度"), choices([(_(QUARTERS[one]), one) for one in quarters]))
        start = choices([(said, place) for place, (said, _start) in enumerate(self._starts)])
        start.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        advice = _("照其他类别另起时，不用于本类别的指标不带过来，并会列出名称。")
        self.add_row("start", _("从哪里开始"), start, advice)
        reason = QPlainTextEdit()
        reason.setTabChangesFocus(True)
        reason.setPlaceholderText(_("例如：县里调整了考核办法（文号）"))
        reason.setFixedHeight(round(theme.line_height() * 3.5))
        self.add_row("reason", _("理由"), reason)
        reason.setFocus()

    @classmethod
    def ask(
        cls, parent: QWidget, desk: Desk, scheme: SchemeView, quarters: Sequence[int], others: Sequence[SchemeView]
    ) -> Any:
        """What the service gave back, None when the dialog was left."""
        dialog = cls(desk, scheme, quarters, others, parent)
        dialog.exec()
        return dialog.outcome

    def choose(self, start: Start) -> None:
        """Take another start."""
        self.box("start").setCurrentIndex([one for _said, one in self._starts].index(start))

    def draft(self) -> tuple[int, str, Start]:
        start = self._starts[int(self.box("start").currentData())][1]
        return int(self.box("from_quarter").currentData()), self.text("reason"), start


def _starts(scheme: SchemeView, others: Sequence[SchemeView]) -> list[tuple[str, Start]]:
    """What a next version can be made from, in words: what is in force first, then other categories, then presets."""
    found = [(_("现行的一版"), IN_FORCE)]
    for other in others:
        if other.id != scheme.id and (other.in_force(4) or other.draft):
            found.append((_("“{category}”的方案").format(category=other.category), Start(scheme_id=other.id)))
    for preset in scheme_presets.offered(scheme.category):
        found.append((_("预设：{name}").format(name=_(preset.name)), Start(preset=preset.key)))
    return found


class SchemeFieldsDialog(PairedForm):
    """Name, quarter, and how far a bonus counts; what comes back is not saved yet."""

    def __init__(self, start: SchemeDraft, quarters: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(_("方案设置"), parent)
        self._start = start
        name = QLineEdit(start.name)
        name.setMaxLength(NAME_LIMIT)
        self.add_row("name", _("名称"), name)
        offered = sorted({*quarters, start.from_quarter})
        quarter = choices([(_(QUARTERS[one]), one) for one in offered], start.from_quarter)
        self.add_row("from_quarter", _("起用季度"), quarter)
        self.add_pair(
            "bonus_cap",
            _("加分上限"),
            QLineEdit(plain(start.bonus_cap)),
            "bonus_from",
            _("基础得分率不低于（%）"),
            QLineEdit(plain(start.bonus_from)),
            _("基础得分率不到这条线的，不计加分。"),
        )
        weights = dict(start.parties)
        self.parties = {party: QLineEdit(plain(weights[party]) if party in weights else "") for party in Party}
        self.add_row("parties", _("多方评分权重"), self._beside(), _("合计 100；都不填的，等次只按镇核定的得分评定。"))
        if start.reason:
            self.add_row("reason", _("另起一版的理由"), QLineEdit(start.reason))

    @classmethod
    def ask(cls, parent: QWidget, start: SchemeDraft, quarters: Sequence[int]) -> SchemeDraft | None:
        """The draft with other settings, None when the dialog was left."""
        found: SchemeDraft | None = cls(start, quarters, parent).run()
        return found

    def draft(self) -> SchemeDraft:
        made = replace(
            self._start,
            name=self.text("name"),
            from_quarter=int(self.box("from_quarter").currentData()),
            bonus_cap=self._amount("bonus_cap", _("加分上限")),
            bonus_from=self._amount("bonus_from", _("基础得分率")),
            parties=self._weights(),
            reason=self.text("reason") if "reason" in self.fields else self._start.reason,
        )
        check_draft(made)
        return made

    def _beside(self) -> QWidget:
        """The parties under each other in two columns, each with its weight."""
        place = QWidget(self)
        grid = QGridLayout(place)
        grid.setContentsMargins(0, 0, 0, 0)
        for row, (party, field) in enumerate(self.parties.items()):
            field.setFixedWidth(theme.span(self, 5))
            field.setAccessibleName(label(party))
            grid.addWidget(QLabel(label(party), place), row // 2, row % 2 * 2)
            grid.addWidget(field, row // 2, row % 2 * 2 + 1)
        grid.setColumnStretch(4, 1)
        return place

    def _weights(self) -> tuple[tuple[Party, Decimal], ...]:
        given = {party: field.text().strip() for party, field in self.parties.items()}
        return tuple((party, number(text, "parties", label(party))) for party, text in given.items() if text)

    def _amount(self, name: str, words: str) -> Decimal:
        found = number(self.text(name), name, words)
        if found < 0:
            raise InputRefused(_("分值须是不小于 0 的数，请改正。"), name)
        return found


def _draw_up(session: Any, actor: Any, year: int, chosen: tuple[str, tuple[int, ...]]) -> Any:
    return services.schemes.from_preset_each(session, actor, year, *chosen)


def _next_version(session: Any, actor: Any, scheme_id: int, chosen: tuple[int, str, Start]) -> Any:
    return services.schemes.next_version(session, actor, scheme_id, *chosen)

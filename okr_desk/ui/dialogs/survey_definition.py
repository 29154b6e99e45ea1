"""What a year asks: items in order, the overall one, scores, what counts as satisfied, groups, ways with weights.

Other wordings and what 1 means in exports by number stand here too; they change without a new version.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from okr_desk import services
from okr_desk.i18n import _
from okr_desk.queries.surveys import DefinitionView
from okr_desk.rules import survey_presets
from okr_desk.rules.surveys import ITEMS_MOST, DefinitionDraft, GroupDraft, ItemDraft
from okr_desk.scoring.rounding import plain
from okr_desk.survey_terms import LEVELS, ItemKind, NumberOrder
from okr_desk.terms import label
from okr_desk.ui import placing, theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.fields import number
from okr_desk.ui.dialogs.saving import SavingDialog
from okr_desk.ui.forms import choices
from okr_desk.ui.widgets.channel_ticks import ChannelTicks
from okr_desk.ui.widgets.ordered_texts import OrderedTexts
from okr_desk.ui.widgets.other_words import OtherWords, lines_of

ITEM_LINES, GROUP_LINES = 8, 4
BESIDE = 10
"""Lines of text that heading, note and buttons take; what is left of the screen the rows have."""


class DefinitionDialog(SavingDialog):
    """Opens what stands, or a sample to start from; what was answered already becomes a new version with a reason."""

    def __init__(self, desk: Desk, year: int, standing: DefinitionView | None, parent: QWidget | None = None) -> None:
        self._frozen = standing is not None and standing.is_frozen
        title = _("测评表")
        note = _("全年按这份测评表测评。有了答卷以后不再改动，要改只能另起一版。")
        if self._frozen:
            note = _(
                "本年已有答卷。只改“其他写法”和“按序号导出”的，直接保存，仍是这一版；改了别的要写明理由，另起一版，"
                "其中改了总体评价题、分值或口径的，新旧两版的结果不作比较。"
            )
        super().__init__(desk, services.surveys.define, title, parent=parent, note=note)
        self._year = year
        given = survey_presets.preset(year) if standing is None else _as_draft(standing)
        self._build_items(given)
        self._fill_below()
        self.next_column()
        self._build_counting(given)
        self._fill_below()
        area = self.let_scroll()
        area.setMinimumHeight(min(area.widget().sizeHint().height(), placing.height_beside(self, BESIDE)))
        self.items.changed.connect(self._follow_items)
        self._follow_items()
        chosen = next((one.text for one in given.items if one.is_overall), "")
        self.overall.setCurrentText(chosen)

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, year: int, standing: DefinitionView | None) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, year, standing, parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> DefinitionDraft:
        overall = self.overall.currentText()
        items = [
            ItemDraft(text, is_overall=text == overall, aliases=tuple(kept or ())) for text, kept in self.items.texts()
        ]
        if self.text("open"):
            items.append(ItemDraft(self.text("open"), ItemKind.OPEN, aliases=lines_of(self.text("open_words"))))
        return DefinitionDraft(
            self._year,
            self.text("name"),
            tuple(items),
            tuple(GroupDraft(text, tuple(kept or ())) for text, kept in self.groups.texts()),
            self.channels.channels(),
            tuple(number(line.text(), "scores", _(level)) for line, level in zip(self.scores, LEVELS, strict=True)),
            int(self.wide.currentData()),
            int(self.narrow.currentData()),
            self.text("reason") if self._frozen else "",
            self.order.currentData(),
        )

    # Inside

    def _build_items(self, given: DefinitionDraft) -> None:
        name = QLineEdit(given.name)
        self.add_row("name", _("名称"), name)
        self.items = OrderedTexts(_("题目"), lines=ITEM_LINES)
        self.items.set_texts([(one.text, one.aliases) for one in given.items if one.kind is ItemKind.LEVELS])
        advice = _("最多 {n} 题，每题五级加“不了解”。拖动或 Alt+↑↓ 换次序，Del 删去。").format(n=ITEMS_MOST)
        self.add_row("items", _("题目"), self.items, advice)
        words = OtherWords(self.items, _("题目的其他写法"))
        self.add_row("item_words", _("其他写法"), words, _("导出文件里同一道题的别的写法，按它也能对上这道题。"))
        self.overall = QComboBox()
        self.overall.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.add_row("overall", _("总体评价题"), self.overall, _("满意度得分和判定只按这一题。"))
        standing = next((one for one in given.items if one.kind is ItemKind.OPEN), ItemDraft("", ItemKind.OPEN))
        self.add_row("open", _("开放题"), QLineEdit(standing.text), _("可以不设。"))
        open_words = QPlainTextEdit("\n".join(standing.aliases))
        open_words.setTabChangesFocus(True)
        open_words.setFixedHeight(round(theme.line_height() * 2.6))
        open_words.setPlaceholderText(_("一行一个"))
        self.add_row("open_words", _("其他写法"), open_words)

    def _build_counting(self, given: DefinitionDraft) -> None:
        scores, row = QWidget(), QHBoxLayout()
        scores.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.gap(0.3))
        self.scores = []
        for level, value in zip(LEVELS, given.scores, strict=True):
            column, line, words = QVBoxLayout(), QLineEdit(plain(value)), QLabel(_(level))
            words.setObjectName("quiet")
            words.setFont(theme.font("small"))
            line.setAccessibleName(_("{level}的分值").format(level=_(level)))
            column.addWidget(words)
            column.addWidget(line)
            row.addLayout(column, 1)
            self.scores.append(line)
        self.add_row("scores", _("各档分值"), scores)
        self.wide, self.narrow = choices(_counted(), given.wide), choices(_counted(), given.narrow)
        self.add_row("wide", _("满意率计入"), self.wide, _("宽口径，用于判定和门槛。"))
        self.add_row("narrow", _("窄口径计入"), self.narrow, _("并列公布，仅供对照。"))
        self.groups = OrderedTexts(_("人群"), lines=GROUP_LINES)
        self.groups.set_texts([(one.name, one.aliases) for one in given.groups])
        self.add_row("groups", _("人群"), self.groups, _("填了人数的，满意率按人数加权合成。"))
        group_words = OtherWords(self.groups, _("人群的其他写法"))
        self.add_row("group_words", _("其他写法"), group_words, _("例如“村民”在文件里写作“群众”。"))
        self.channels = ChannelTicks(given.channels)
        self.add_row("channels", _("测评方式"), self.channels, _("权重相同即不加权；如 70 与 30，按七三合成。"))
        orders = [(_("未定，导入时再问"), None), *((label(one), one) for one in NumberOrder)]
        self.order = choices(orders, given.number_order)
        self.add_row("number_order", _("按序号导出"), self.order, _("问卷文件里选项只有 1 至 5 的，1 表示什么。"))
        reason = QPlainTextEdit()
        reason.setTabChangesFocus(True)
        reason.setFixedHeight(round(theme.line_height() * 2.6))
        self.add_row("reason", _("改版理由"), reason)
        self.show_field("reason", self._frozen)

    def _fill_below(self) -> None:
        """What a column has too much of height stands below its rows."""
        self.form.addItem(QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding))

    def _follow_items(self) -> None:
        """The overall item is chosen among those that stand in the list."""
        chosen, texts = self.overall.currentText(), [text for text, _kept in self.items.texts()]
        at = self.overall.currentIndex()
        self.overall.clear()
        self.overall.addItems(texts)
        self.overall.setCurrentIndex(texts.index(chosen) if chosen in texts else min(at, len(texts) - 1))


def _counted() -> list[tuple[str, int]]:
    """What may count as satisfied: so many levels from the best on, in words."""
    return [(_("、").join(_(level) for level in LEVELS[:most]), most) for most in range(1, len(LEVELS))]


def _as_draft(view: DefinitionView) -> DefinitionDraft:
    return DefinitionDraft(
        view.year,
        view.name,
        tuple(ItemDraft(one.text, one.kind, one.is_overall, one.aliases) for one in view.items),
        tuple(GroupDraft(one.name, one.aliases) for one in view.groups),
        view.channels,
        view.scores,
        view.wide,
        view.narrow,
        number_order=view.number_order,
    )

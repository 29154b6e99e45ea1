"""The fields of a block: name, kind, part, how a year is made, flags."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QCompleter, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from okr_desk.i18n import _
from okr_desk.rules.schemes import NAME_LIMIT, PART_LIMIT, BlockDraft
from okr_desk.scoring.rounding import plain
from okr_desk.terms import Across, BlockKind, label
from okr_desk.ui import theme
from okr_desk.ui.forms import choices


class BlockFields(QWidget):
    """`typed` tells the block as it was changed, and what was changed in words."""

    typed = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._block: BlockDraft | None = None
        self.title = QLabel(self)
        self.title.setFont(theme.font("body", bold=True))
        self.title.setWordWrap(True)
        self.name = QLineEdit(self)
        self.name.setMaxLength(NAME_LIMIT)
        self.kind = choices([(_("计入满分"), BlockKind.BASE), (_("加分，不计入满分"), BlockKind.BONUS)])
        self.across = choices([(label(one), one) for one in Across])
        self.part = QLineEdit(self)
        self.part.setMaxLength(PART_LIMIT)
        self.part.setPlaceholderText(_("不分部分"))
        self.flags = QCheckBox(_("亮红旗、蓝旗、黄旗"), self)
        self.note = QLabel(self)
        self.note.setObjectName("quiet")
        self.note.setFont(theme.font("small"))
        self.note.setWordWrap(True)

        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        form.setVerticalSpacing(theme.gap(0.35))
        rows: tuple[tuple[str, QWidget], ...] = (
            (_("名称"), self.name),
            (_("性质"), self.kind),
            (_("年度计法"), self.across),
            (_("归入部分"), self.part),
        )
        for words, field in rows:
            form.addRow(words, field)
            field.setAccessibleName(words)
        form.addRow("", self.flags)
        self.form = QWidget(self)
        self.form.setLayout(form)
        form.setContentsMargins(0, 0, 0, 0)
        self.facts = QLabel(self)
        self.facts.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.title, self.form, self.facts, self.note):
            layout.addWidget(widget)
        layout.addStretch(1)
        self.name.editingFinished.connect(self._name_typed)
        self.part.editingFinished.connect(self._part_typed)
        self.kind.activated.connect(self._kind_chosen)
        self.across.activated.connect(self._across_chosen)
        self.flags.clicked.connect(self._flags_clicked)

    def show_block(self, block: BlockDraft, parts: Sequence[str], is_open: bool) -> None:
        """Show a block; `parts` are offered while one types."""
        self._block = block
        self.title.setText(
            _("{name}（{n} 项，{points} 分）").format(name=block.name, n=len(block.lines), points=plain(block.maximum))
        )
        with QSignalBlocker(self.name), QSignalBlocker(self.part):
            self.name.setText(block.name)
            self.part.setText(block.part)
        self.part.setCompleter(QCompleter(list(parts), self.part))
        self.kind.setCurrentIndex(self.kind.findData(block.kind))
        self.across.setCurrentIndex(self.across.findData(block.across))
        self.flags.setChecked(block.flags)
        self.note.setText(across_note(block.across))
        self.facts.setText(_facts(block))
        self.form.setVisible(is_open)
        self.facts.setVisible(not is_open)

    # Inside

    def _tell(self, block: BlockDraft, said: str) -> None:
        if self._block is not None and block != self._block:
            self._block = block
            self.typed.emit(block, said)

    def _name_typed(self) -> None:
        name = self.name.text().strip()
        if self._block is None or name == self._block.name:
            return
        if not name:
            self.name.setText(self._block.name)
            return
        self._tell(replace(self._block, name=name), _("改“{name}”的名称").format(name=self._block.name))

    def _part_typed(self) -> None:
        if self._block is not None:
            made = replace(self._block, part=self.part.text().strip())
            self._tell(made, _("改“{name}”归入的部分").format(name=self._block.name))

    def _kind_chosen(self) -> None:
        if self._block is not None:
            made = replace(self._block, kind=BlockKind(self.kind.currentData()))
            self._tell(made, _("改“{name}”的性质").format(name=self._block.name))

    def _across_chosen(self) -> None:
        if self._block is not None:
            made = replace(self._block, across=Across(self.across.currentData()))
            self._tell(made, _("改“{name}”的年度计法").format(name=self._block.name))

    def _flags_clicked(self, is_set: bool) -> None:
        if self._block is not None:
            self._tell(replace(self._block, flags=is_set), _("改“{name}”的亮旗").format(name=self._block.name))


def _facts(block: BlockDraft) -> str:
    """The fields in words, for a version that cannot be changed."""
    said = [_("计入满分") if block.kind is BlockKind.BASE else _("加分，不计入满分")]
    if block.part:
        said.append(_("归入“{part}”").format(part=block.part))
    if block.flags:
        said.append(_("亮红旗、蓝旗、黄旗"))
    return _("；").join(said)


def across_note(across: Across) -> str:
    """What a way of making a year means."""
    return {
        Across.CUMULATIVE: _("累计：每季最多得满分的四分之一，四季相加。"),
        Across.AVERAGE: _("平均：年度得分取各季平均。"),
        Across.LAST: _("末次：年度得分取最后一次，适合年累计和一年一次的项目。"),
        Across.BEST: _("最好：年度得分取最高的一季。"),
    }[across]

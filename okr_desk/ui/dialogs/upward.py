"""A county's form gets its name, a cell its figure, and what the words on a form speak for is confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QTreeWidget, QTreeWidgetItem, QWidget

from okr_desk import pinyin, services
from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.rules.upward import CellDraft, FormDraft
from okr_desk.rules.upward_book import placed
from okr_desk.rules.upward_labels import Proposal
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.saving import SavingDialog
from okr_desk.ui.forms import choices
from okr_desk.ui.models.upward_work import UpwardBoard
from okr_desk.ui.widgets.picker import Choice, Picker
from okr_desk.upward_terms import GROUPS, Figure

WIDTH = 64
"""Characters that the list of proposals is wide."""


class FormNameDialog(SavingDialog):
    """A workbook that was read becomes a form."""

    def __init__(self, desk: Desk, draft: FormDraft, parent: QWidget | None = None) -> None:
        note = _("“{file}”有 {n} 张工作表：{names}。县里的表原样保存，只填您添加的单元格。").format(
            file=draft.file_name,
            n=len(draft.book.sheets),
            names=_("、").join(sheet.name for sheet in draft.book.sheets),
        )
        super().__init__(desk, services.upward.keep, _("导入县里的表"), parent=parent, note=note, accept=_("导入"))
        self._draft = draft
        self.add_row("name", _("表的名称"), QLineEdit(draft.name), _("每季填好的文件也用它起名。"))

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, draft: FormDraft) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, draft, parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> FormDraft:
        return replace(self._draft, name=self.text("name"))


class CellDialog(SavingDialog):
    """One cell of the form in front, and what goes there."""

    def __init__(self, desk: Desk, of: UpwardBoard, sheet: str = "", parent: QWidget | None = None) -> None:
        assert of.form is not None and of.book is not None and of.known is not None
        super().__init__(
            desk, services.upward.map_cells, _("添加单元格"), of.form.id, of.book, parent=parent, accept=_("添加")
        )
        self._book = of.book
        names = [(one.name, one.name) for one in of.book.sheets]
        self.sheet = choices(names, sheet or names[0][1])
        self.cell = QLineEdit()
        self.cell.setPlaceholderText("C5")
        self.around = QLabel(self)
        self.around.setObjectName("quiet")
        self.around.setWordWrap(True)
        self.figure = Picker(_("取什么"), self)
        self.figure.offer(_offered(of.known.values()), None)
        self.figure.setText(_("请选择…"))
        self.add_row("sheet", _("工作表"), self.sheet)
        self.add_row("cell", _("单元格"), self.cell)
        self.form.addRow("", self.around)
        advice = _("“每个支部一行”的数从这一格往下填；表里写好支部名称的，先给名称那一列选“表里已有的支部名称”。")
        self.add_row("figure", _("取什么"), self.figure, advice)
        self.cell.textChanged.connect(self._look)
        self.sheet.currentIndexChanged.connect(self._look)
        self.cell.setFocus()

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, of: UpwardBoard, sheet: str = "") -> tuple[Any, Any] | None:
        """The outcome and the drafts that were mapped, or None when the dialog was left."""
        dialog = cls(desk, of, sheet, parent)
        dialog.exec()
        return dialog.saved

    def draft(self) -> tuple[CellDraft, ...]:
        placed(self.text("cell"))
        if not isinstance(self.figure.key, str):
            raise InputRefused(_("请选择这一格取什么数。"), "figure")
        return (CellDraft(self.sheet.currentData(), self.text("cell"), self.figure.key),)

    def _look(self, *_typed: object) -> None:
        """What stands around the cell typed, so that one sees whether it is the right one."""
        sheet = self._book.sheet(self.sheet.currentData())
        try:
            row, column = placed(self.text("cell"))
        except InputRefused:
            self.around.setText("")
            return
        assert sheet is not None
        beside, above = sheet.beside(row, column), sheet.above(row, column)
        said = [_("左边的字：{text}").format(text=beside)] if beside else []
        said += [_("上边的字：{text}").format(text=above)] if above else []
        if sheet.shows(row, column).percent >= 0:
            said.append(_("这一格是百分比格式"))
        self.around.setText(_("；").join(said) or _("四周没有字"))


class ProposalsDialog(SavingDialog):
    """What the words on the form speak for; all are ticked, none is taken before the button."""

    def __init__(self, desk: Desk, of: UpwardBoard, found: Sequence[Proposal], parent: QWidget | None = None) -> None:
        assert of.form is not None and of.book is not None
        note = _("表上的字和程序里的数一字不差才列出。请核对，去掉不要的勾，再添加。")
        super().__init__(
            desk,
            services.upward.map_cells,
            _("按表上的字找"),
            of.form.id,
            of.book,
            parent=parent,
            note=note,
            accept=_("添加勾选的"),
        )
        self._found = tuple(found)
        self.tree = QTreeWidget()
        self.tree.setHeaderLabels([_("单元格"), _("表上的字"), _("取什么"), _("工作表")])
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.setFixedHeight(round(theme.line_height() * 20))
        self.add_row("drafts", _("找到的"), self.tree)
        self.setMinimumWidth(theme.span(self, WIDTH))
        self.items = [self._item(one) for one in self._found]
        for column, width in enumerate((10, 14, 18)):
            self.tree.setColumnWidth(column, theme.span(self, width))

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, of: UpwardBoard, found: Sequence[Proposal]) -> tuple[Any, Any] | None:
        """The outcome and the drafts that were mapped, or None when the dialog was left."""
        dialog = cls(desk, of, found, parent)
        dialog.exec()
        return dialog.saved

    def draft(self) -> tuple[CellDraft, ...]:
        pairs = zip(self._found, self.items, strict=True)
        chosen = tuple(one.draft for one, item in pairs if item.checkState(0) is Qt.CheckState.Checked)
        if not chosen:
            raise InputRefused(_("请先勾选要添加的单元格。"), "drafts")
        return chosen

    def _item(self, one: Proposal) -> QTreeWidgetItem:
        where = _("{cell} 往下").format(cell=one.draft.cell) if one.draft.is_column else one.draft.cell
        item = QTreeWidgetItem(self.tree, [where, one.label, one.name, one.draft.sheet])
        item.setCheckState(0, Qt.CheckState.Checked)
        item.setSizeHint(0, QSize(0, round(theme.line_height() * 1.55)))
        return item


def _offered(known: Any) -> list[Choice]:
    """The figures under their groups."""
    found: list[Choice] = []
    group: object = None
    figure: Figure
    for figure in sorted(known, key=lambda one: list(GROUPS).index(one.group)):
        if figure.group is not group:
            group = figure.group
            found.append(Choice(("group", group), _(GROUPS[figure.group])))
        found.append(Choice(figure.word, figure.title, pinyin.keys(figure.title), ("group", group)))
    return found

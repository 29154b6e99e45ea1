"""The red lines of the office: which lists count for the scheme in front, and every red line with its wordings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QLabel, QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from okr_desk import services
from okr_desk.i18n import _
from okr_desk.queries import red_lines
from okr_desk.queries.red_lines import RedLineBoard, RedLineRuleView
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.adjust import Reason
from okr_desk.ui.dialogs.red_line_rule import RedLineRuleDialog
from okr_desk.ui.forms import FormDialog
from okr_desk.ui.models import red_line_columns
from okr_desk.ui.widgets.empty import Empty
from okr_desk.ui.widgets.table import Table

_NAME = Qt.ItemDataRole.UserRole


class RedLinesDialog(FormDialog):
    """What comes back are the lists that count; red lines themselves are saved at once, for the whole office."""

    def __init__(
        self, desk: Desk, lists: Sequence[str], grades: Sequence[str], is_open: bool, parent: QWidget | None = None
    ) -> None:
        note = _("触碰红线的，得分照实保留，只限制等次。红线全镇共用一份清单，改动随即保存；登记过的保持原样。")
        super().__init__(_("红线清单"), parent, note, accept=_("确定"))
        self._desk, self._grades = desk, grades
        self.board: RedLineBoard | None = None
        self.ticks = QListWidget()
        self.ticks.setFlow(QListWidget.Flow.LeftToRight)
        self.ticks.setWrapping(True)
        self.ticks.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.ticks.setEnabled(is_open)
        self.retired = QCheckBox(_("含已停用"))
        quarters = desk.selection.quarters
        self.table = Table(desk, red_line_columns.columns(self.draft, quarters), "red_lines", _("红线清单"), self)
        self.retire_button = self.table.add_tool(_("停用…"), "close", self.retire)
        self.change_button = self.table.add_tool(_("修改…"), "edit", self.change)
        self.add_button = self.table.add_tool(_("新增…"), "add", self.add)
        self.table.tools.insertWidget(4, self.retired)
        self.nothing = Empty(self)
        self.told = QLabel(self)
        self._assemble(is_open)
        self._show_lists(lists, lists)
        self.ok.setVisible(is_open)
        self.cancel.setText(_("取消") if is_open else _("关闭"))
        for key, slot in (("Ins", self.add), ("Del", self.retire)):
            shortcut = QShortcut(QKeySequence(key), self.table.view, slot)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        self.ticks.itemChanged.connect(self._show_rows)
        self.retired.toggled.connect(self._show_rows)
        self.table.opened.connect(lambda _row: self.change())
        self.table.marked.connect(lambda _row: self._follow())
        self._read()

    @classmethod
    def ask(
        cls, parent: QWidget, desk: Desk, lists: Sequence[str], grades: Sequence[str], is_open: bool
    ) -> tuple[str, ...] | None:
        """The lists that count for the scheme, None when the dialog was left."""
        found: tuple[str, ...] | None = cls(desk, lists, grades, is_open, parent).run()
        return found

    def draft(self) -> tuple[str, ...]:
        items = (self.ticks.item(row) for row in range(self.ticks.count()))
        return tuple(item.data(_NAME) for item in items if item.checkState() is Qt.CheckState.Checked)

    def tick(self, name: str, on: bool = True) -> None:
        """Let a list count, or not."""
        for row in range(self.ticks.count()):
            if self.ticks.item(row).data(_NAME) == name:
                self.ticks.item(row).setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    # What a person does

    def add(self) -> None:
        """One more red line."""
        self._saved(RedLineRuleDialog.ask(self, self._desk, None, self._list_names(), self._grades))

    def change(self) -> None:
        """Another wording of the red line under the cursor."""
        one = self.table.current()
        if one is not None and one.retired_on is None:
            self._saved(RedLineRuleDialog.ask(self, self._desk, one, self._list_names(), self._grades))

    def retire(self) -> None:
        """Take the red line under the cursor out of use, with the reason."""
        one = self.table.current()
        if one is None or one.retired_on is not None:
            return
        title = _("停用红线 {title}").format(title=one.title)
        reason = Reason.ask(self, title, _("停用后不能再登记；已登记的照旧有效。"), _("理由"), _("停用"))
        if reason is not None:
            self._desk.tasks.write(
                services.red_lines.retire, one.id, reason, done=self._saved, failed=self.refuse, owner=self
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on a row opens the row; it does not close the dialog."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.focusWidget() is self.table.view:
            return
        super().keyPressEvent(event)

    # Inside

    def _assemble(self, is_open: bool) -> None:
        self.ticks.setFixedHeight(round(theme.line_height() * 1.6))
        advice = "" if is_open else _("这一版已启用，适用的清单不能再改；另起一版后可改。")
        self.add_row("lists", _("本方案适用"), self.ticks, advice)
        self.told.setObjectName("quiet")
        self.told.setFont(theme.font("small"))
        self.told.setWordWrap(True)
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.told.setMinimumHeight(round(theme.line_height() * 3))
        self.place = QStackedWidget(self)
        self.place.addWidget(self.table)
        self.place.addWidget(self.nothing)
        advice = _("先把上级和本镇规定的否决、限定情形逐条写进来，登记时从中选择。")
        self.nothing.set(_("清单里还没有红线。"), advice, _("新增…"), self.add, "warning")
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        at = column.indexOf(self.columns) + 1
        column.insertWidget(at, self.place, 1)
        column.insertWidget(at + 1, self.told)
        column.takeAt(next(n for n in range(column.count()) if column.itemAt(n).spacerItem() is not None))
        room = self.screen().availableGeometry()
        self.resize(min(theme.span(self, 82), room.width()), min(round(theme.line_height() * 30), room.height()))

    def _read(self) -> None:
        self._desk.tasks.read(red_lines.board, done=self._show, owner=self)

    def _show(self, board: RedLineBoard) -> None:
        self.board = board
        ticked = self.draft()
        self._show_lists(tuple(dict.fromkeys((*board.lists, *self._list_names()))), ticked)
        self._show_rows()

    def _show_lists(self, names: Sequence[str], ticked: Sequence[str]) -> None:
        self.ticks.blockSignals(True)
        self.ticks.clear()
        for name in names:
            item = QListWidgetItem(_(name), self.ticks)
            item.setData(_NAME, name)
            item.setCheckState(Qt.CheckState.Checked if name in ticked else Qt.CheckState.Unchecked)
        self.ticks.blockSignals(False)

    def _list_names(self) -> list[str]:
        return [self.ticks.item(row).data(_NAME) for row in range(self.ticks.count())]

    def _show_rows(self) -> None:
        board = self.board
        if board is None:
            return
        counting = self.draft()
        shown = [one for one in board.rules if self.retired.isChecked() or one.retired_on is None]
        shown.sort(key=lambda one: (one.retired_on is not None, one.list_name not in counting))
        self.place.setCurrentWidget(self.table if board.rules else self.nothing)
        self.table.set_rows(shown)
        self._follow()

    def _follow(self) -> None:
        """Buttons and the lines below go with the cursor."""
        one: RedLineRuleView | None = self.table.current()
        for button in (self.change_button, self.retire_button):
            button.setEnabled(one is not None and one.retired_on is None)
        told = (
            ""
            if one is None or self.board is None
            else red_line_columns.told(one, self.board, self._desk.selection.quarters)
        )
        self.told.setText(told or _("选中一条，这里写明情形、依据和各版的理由。Ins 新增，回车修改，Del 停用。"))

    def _saved(self, outcome: Any) -> None:
        if outcome is not None:
            self.clear_refusals()
            self._read()

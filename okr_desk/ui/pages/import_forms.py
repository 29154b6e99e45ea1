"""Forms that the office gives out from the page 导入: one a branch and quarter, the empty ledger of demands, counts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QWidget

from okr_desk.appraisal_terms import AppraisalKind
from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.terms import label
from okr_desk.ui.desk import Desk
from okr_desk.ui.models import import_work


class ImportForms:
    """Where they go is asked over `widget`; they are written in the pool."""

    def __init__(self, desk: Desk, widget: QWidget) -> None:
        self._desk, self._widget = desk, widget

    def offer(self, button: QPushButton) -> None:
        """Filled in as far as the office knows, or blank for a pen."""
        menu = QMenu(self._widget)
        menu.addAction(_("各支部一份电子表（已填好指标、基线、目标）…"), lambda: self.ask_forms(False))
        menu.addAction(_("各支部一份空白表（手工填写）…"), lambda: self.ask_forms(True))
        menu.addSeparator()
        menu.addAction(_("急难愁盼台账空白表…"), self.ask_ledger)
        menu.addAction(_("述职评议计票表…"), lambda: self.ask_count(AppraisalKind.SECRETARIES))
        menu.addAction(_("民主评议计票表…"), lambda: self.ask_count(AppraisalKind.MEMBERS))
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    def ask_forms(self, blank: bool) -> None:
        """Where the forms go."""
        name = QFileDialog.getExistingDirectory(self._widget, _("填报表存到哪个文件夹"))
        if name:
            self.make_forms(Path(name), blank)

    def make_forms(self, folder: Path, blank: bool = False) -> None:
        """One form a branch for the quarter chosen above, in a folder of its own."""
        quarter = self._desk.selection.quarter
        if quarter is None:
            self._desk.refuse(Refusal(_("还没有季度，请先在“年度与季度”中建立年度。")))
            return
        org_ids = [org.id for org in self._desk.selection.branches]
        self._desk.tasks.long(
            _("正在生成填报表"),
            import_work.make_forms,
            self._desk.store,
            quarter,
            org_ids,
            folder,
            blank,
            done=lambda made: self._desk.say(
                _("已生成 {n} 份填报表，在“{name}”文件夹中。").format(n=made[1], name=made[0].name)
            ),
            owner=self._widget,
        )

    def ask_ledger(self) -> None:
        """Where the empty ledger of demands goes."""
        path = self._asked(_("急难愁盼台账"))
        if path is not None:
            self.make_ledger(path)

    def make_ledger(self, path: Path) -> None:
        """An empty ledger of demands with the heads that are read here."""
        self._make(import_work.make_ledger, path)

    def ask_count(self, kind: AppraisalKind) -> None:
        """Where the sheet for a count goes."""
        path = self._asked(_("{kind}计票表").format(kind=label(kind)))
        if path is not None:
            self.make_count(kind, path)

    def make_count(self, kind: AppraisalKind, path: Path) -> None:
        """A sheet to count in, with who is voted on in the rounds of the year that are open."""
        quarter = self._desk.selection.quarter
        if quarter is None:
            self._desk.refuse(Refusal(_("还没有季度，请先在“年度与季度”中建立年度。")))
            return
        self._make(import_work.make_count, self._desk.store, quarter.year, kind, path)

    # Inside

    def _asked(self, name: str) -> Path | None:
        kinds = _("电子表格 ({kinds})").format(kinds="*.xlsx")
        chosen, _kind = QFileDialog.getSaveFileName(self._widget, _("存为"), f"{name}.xlsx", kinds)
        return Path(chosen) if chosen else None

    def _make(self, write: Callable[..., Path], *args: object) -> None:
        self._desk.tasks.long(
            _("正在生成空白表"),
            write,
            *args,
            done=lambda made: self._desk.say(_("已生成“{name}”。填好后在本页导入。").format(name=made.name)),
            owner=self._widget,
        )

"""A key project with its nodes, and the two things that happen to a node: it is done, or its date is moved."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from okr_desk import services
from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.projects import NodeView, ProjectView
from okr_desk.rules.days import read_day
from okr_desk.rules.projects import NodeDoneDraft, NodeDraft, NodeMoveDraft, ProjectDraft
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.entered_by import add_by, by_of
from okr_desk.ui.dialogs.fields import number
from okr_desk.ui.dialogs.saving import SavingDialog
from okr_desk.ui.widgets.day_line import DayLine
from okr_desk.ui.widgets.small_table import SmallTable

WIDE = 40


class ProjectDialog(SavingDialog):
    """Name, lead, goal, start, and the nodes in a small table: 节点, 权重, 计划日期."""

    def __init__(self, desk: Desk, org: OrgView, quarter: QuarterView, parent: QWidget | None = None) -> None:
        note = _("{org}，{year}年。节点权重合计 100；日期可写 7.3、7月3日 或 20260703。")
        super().__init__(
            desk,
            services.projects.register,
            _("登记重点项目"),
            parent=parent,
            note=note.format(org=org.short_name, year=quarter.year),
            accept=_("登记"),
        )
        self._org, self._year = org, quarter.year
        self.start = DayLine(_("启动日期"), desk.clock.today(), quarter.year)
        self.nodes = SmallTable((_("节点"), _("权重"), _("计划日期")), _("节点"), (1,))
        self.nodes.show_lines(5)
        self.add_row("name", _("项目名称"), QLineEdit())
        self.add_pair("lead", _("牵头人"), QLineEdit(org.secretary), "started_on", _("启动日期"), self.start)
        self.add_row("goal", _("目标"), text_field(_("做成什么，可以核对的结果"), 2.6))
        self.add_row("nodes", _("节点"), self.nodes)
        add_by(self, desk, org)
        self.setMinimumWidth(theme.span(self, WIDE))
        self.fields["name"].setFocus()

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, org: OrgView, quarter: QuarterView) -> tuple[Any, Any] | None:
        """What the service gave back with the draft, or None when the dialog was left."""
        dialog = cls(desk, org, quarter, parent)
        dialog.exec()
        return dialog.saved

    def draft(self) -> ProjectDraft:
        started_on = self.start.day("started_on")
        return ProjectDraft(
            org_id=self._org.id,
            name=self.text("name"),
            lead=self.text("lead"),
            goal=self.text("goal"),
            started_on=started_on,
            nodes=tuple(self._node(row) for row in self.nodes.rows()),
            by=by_of(self),
        )

    def _node(self, row: tuple[str, ...]) -> NodeDraft:
        name, weight, day = row
        if not name:
            raise InputRefused(_("有一行节点没有名称，请补写或删去这一行。"), "nodes")
        amount: Decimal = number(weight, "nodes", _("“{name}”的权重").format(name=name))
        said = _("“{name}”的计划日期").format(name=name)
        return NodeDraft(name, amount, read_day(day, self._year, "nodes", said))


class NodeDialog(SavingDialog):
    """The real day of a node, or its new planned one with the reason."""

    def __init__(
        self,
        desk: Desk,
        org: OrgView,
        project: ProjectView,
        node: NodeView,
        is_move: bool,
        parent: QWidget | None = None,
    ) -> None:
        service = services.projects.move_node if is_move else services.projects.finish_node
        note = _("“{project}”的节点“{node}”，计划 {day}。").format(
            project=project.name, node=node.name, day=node.planned_on
        )
        title = _("调整计划日期") if is_move else _("节点完成")
        super().__init__(desk, service, title, parent=parent, note=note, accept=_("登记"))
        self._node, self._is_move = node, is_move
        day = None if is_move else desk.selection.entry_day
        self.day = DayLine(_("新的计划日期") if is_move else _("完成日期"), day, project.year)
        name = "planned_on" if is_move else "done_on"
        self.add_row(name, _("新的计划日期") if is_move else _("完成日期"), self.day)
        hint = _("为什么调整，原日期照样印在节点表上") if is_move else _("可不填")
        self.add_row("note", _("调整理由") if is_move else _("说明"), text_field(hint, 2.6))
        add_by(self, desk, org)
        self.day.setFocus()

    @classmethod
    def ask(
        cls, parent: QWidget, desk: Desk, org: OrgView, project: ProjectView, node: NodeView, is_move: bool
    ) -> tuple[Any, Any] | None:
        """What the service gave back with the draft, or None when the dialog was left."""
        dialog = cls(desk, org, project, node, is_move, parent)
        dialog.exec()
        return dialog.saved

    def draft(self) -> NodeDoneDraft | NodeMoveDraft:
        if self._is_move:
            return NodeMoveDraft(self._node.id, self.day.day("planned_on"), self.text("note"), by_of(self))
        return NodeDoneDraft(self._node.id, self.day.day("done_on"), self.text("note"), by_of(self))


def text_field(hint: str, lines: float) -> QPlainTextEdit:
    """A field for a sentence or more."""
    field = QPlainTextEdit()
    field.setTabChangesFocus(True)
    field.setFixedHeight(round(theme.line_height() * lines + theme.gap(0.5)))
    field.setPlaceholderText(hint)
    return field

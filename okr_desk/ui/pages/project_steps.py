"""What can be done on 项目和诉求: ask the dialog, call the service; what is at the side and how it is taken back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from okr_desk import services
from okr_desk.i18n import _
from okr_desk.queries.demands import Postponement
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.project_board import ProjectBoard
from okr_desk.queries.projects import PlanMove
from okr_desk.register_terms import DemandAction, DemandState
from okr_desk.rules.demands import move_of
from okr_desk.scoring.rounding import plain
from okr_desk.services.outcome import Topic
from okr_desk.terms import label
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.demand import CaseDialog, PostponeDialog, ReviewDialog, StepDialog
from okr_desk.ui.dialogs.project import NodeDialog, ProjectDialog
from okr_desk.ui.models.project_rows import CaseRow, DemandRow, NodeRow
from okr_desk.ui.pages.entry_steps import EntrySteps
from okr_desk.ui.widgets.demand_tab import CLEARED, DemandTab
from okr_desk.ui.widgets.register_panel import Files, RegisterPanel

NODE_FILES, DEMAND_FILES = Topic.PROJECTS.value, Topic.DEMANDS.value
"""The registers to which files belong."""
Action = tuple[str, str, Callable[[], object]]


class ProjectSteps(EntrySteps):
    """The actions of the page."""

    def __init__(self, desk: Desk, widget: QWidget) -> None:
        super().__init__(desk, widget)

    def register(self, org: OrgView, quarter: QuarterView) -> None:
        """A project with its nodes."""
        saved = ProjectDialog.ask(self._widget, self._desk, org, quarter)
        self.take(saved, services.projects.withdraw, "" if saved is None else saved[1].name)

    def node(self, of: ProjectBoard, row: NodeRow, is_move: bool) -> None:
        """A node was done, or its date is moved."""
        org = org_of(of, row.project.org_id)
        saved = NodeDialog.ask(self._widget, self._desk, org, row.project, row.node, is_move)
        self.take(saved, services.projects.withdraw_step, row.node.name)

    def demand(self, tab: DemandTab) -> None:
        """What stands in the line of the ledger."""
        what = tab.line.text("what")
        self.send(tab.line, services.demands.register, tab.draft, services.demands.withdraw, what, *CLEARED)

    def move(self, of: ProjectBoard, row: DemandRow, action: DemandAction) -> None:
        """The next step of a demand, or a later day for it."""
        org = org_of(of, row.demand.org_id)
        if action is DemandAction.POSTPONE:
            put_off = PostponeDialog.ask(self._widget, self._desk, org, row.demand)
            self.take(put_off, services.demands.withdraw_step, f"{row.demand.label} {label(action)}")
            return
        saved = StepDialog.ask(self._widget, self._desk, org, row.demand, move_of(row.demand.state, action))
        self.take(saved, services.demands.withdraw_step, f"{row.demand.label} {label(action)}")

    def write_case(self, of: ProjectBoard, row: DemandRow) -> None:
        """A case of one page of a confirmed demand."""
        saved = CaseDialog.ask(self._widget, self._desk, org_of(of, row.demand.org_id), row.demand)
        self.take(saved, services.demand_cases.withdraw, "" if saved is None else saved[1].title)

    def review(self, row: CaseRow) -> None:
        """The office's word on a case."""
        saved = ReviewDialog.ask(self._widget, self._desk, row.case)
        self.take(saved, services.demand_cases.withdraw_review, row.case.title)

    # At the side

    def node_panel(self, row: NodeRow, may: bool) -> RegisterPanel:
        """A project, the node under the cursor and how its date was moved."""
        project, node = row.project, row.node
        lines = [
            (_("目标"), project.goal),
            (_("牵头人"), project.lead),
            (_("启动"), project.started_on.isoformat()),
            (_("节点"), _("{name}，权重 {weight}").format(name=node.name, weight=plain(node.weight))),
            (_("计划"), node.planned_on.isoformat()),
            *((_("调整计划"), _told(move)) for move in node.moves),
            (_("完成"), "" if node.done_on is None else f"{node.done_on.isoformat()} {node.done_note}".strip()),
            (_("完成登记"), "" if node.done_entry is None else node.done_entry.told),
            (_("项目登记"), project.entry.told),
        ]
        files = Files(self._desk, NODE_FILES, node.id, _("佐证材料"), may)
        return RegisterPanel(lines, self._node_actions(row) if may else (), self._widget, files)

    def demand_panel(self, row: DemandRow, may: bool) -> RegisterPanel:
        """A demand with all its steps."""
        one = row.demand
        lines = [
            (_("诉求事项"), one.what),
            (_("诉求人"), _("{who}，{source}，{day}").format(who=one.who, source=label(one.source), day=one.raised_on)),
            (_("责任人"), one.owner),
            (_("承诺办结日"), one.promised_on.isoformat()),
            *((label(DemandAction.POSTPONE), _told(move)) for move in one.postponed),
        ]
        for step in one.steps:
            way = f"（{label(step.way)}）" if step.way else ""
            said = "\n".join(part for part in (step.note, step.entry.told) if part)
            lines.append((f"{step.on.isoformat()} {label(step.action)}{way}", said))
        lines.append((_("登记"), one.entry.told))
        files = Files(self._desk, DEMAND_FILES, one.id, _("群众签认单等材料"), may)
        return RegisterPanel(lines, self._demand_actions(row) if may else (), self._widget, files)

    def case_panel(self, row: CaseRow, may: bool, is_office: bool) -> RegisterPanel:
        """A case as its page says it."""
        case, back = row.case, services.demand_cases
        lines = [
            (_("背景"), case.background),
            (_("做法"), case.practice),
            (_("成效"), case.effect),
            (_("群众评价"), case.opinion),
            (_("诉求"), f"{case.demand.label} {case.demand.what}"),
            (_("登记"), case.entry.told),
            (_("复核"), "" if case.review is None else case.review.entry.told),
        ]
        actions: list[Action] = []
        review = case.review
        if review is not None and is_office:
            words = _("复核结论：{title}").format(title=case.title)
            actions.append((_("撤回复核"), "undo", lambda: self.withdraw(review.id, back.withdraw_review, words)))
        if review is None and may:
            actions.append((_("撤回案例"), "undo", lambda: self.withdraw(case.id, back.withdraw, case.title)))
        return RegisterPanel(lines, actions, self._widget)

    def _node_actions(self, row: NodeRow) -> list[Action]:
        node, back = row.node, services.projects
        found: list[Action] = []
        if node.done_step is not None:
            step = node.done_step
            words = _("“{name}”的完成登记").format(name=node.name)
            found.append((_("撤回完成"), "undo", lambda: self.withdraw(step, back.withdraw_step, words)))
        elif node.moves:
            last = node.moves[-1].step_id
            said = _("“{name}”的计划调整").format(name=node.name)
            found.append((_("撤回调整"), "undo", lambda: self.withdraw(last, back.withdraw_step, said)))
        project = row.project
        found.append((_("撤回整个项目"), "delete", lambda: self.withdraw(project.id, back.withdraw, project.name)))
        return found

    def _demand_actions(self, row: DemandRow) -> list[Action]:
        one, back = row.demand, services.demands
        found: list[Action] = []
        if one.steps:
            last = one.steps[-1]
            words = f"{one.label} {label(last.action)}"
            found.append((_("撤回上一步"), "undo", lambda: self.withdraw(last.id, back.withdraw_step, words)))
        if one.postponed and one.may_postpone:
            step, said = one.postponed[-1].step_id, f"{one.label} {label(DemandAction.POSTPONE)}"
            found.append((_("撤回延期"), "undo", lambda: self.withdraw(step, back.withdraw_step, said)))
        found.append((_("撤回诉求"), "delete", lambda: self.withdraw(one.id, back.withdraw, one.label)))
        return found


def _told(move: PlanMove | Postponement) -> str:
    """From when to when, why, and who said so."""
    said = _("{before} → {after}，{reason}（{who}）")
    return said.format(before=move.before, after=move.after, reason=move.reason, who=move.entry.told)


def org_of(of: ProjectBoard, org_id: int) -> OrgView:
    """The branch of an entry on a board."""
    return next(org for org in of.orgs if org.id == org_id)


def may_write_case(of: ProjectBoard | None, row: DemandRow | None) -> bool:
    """Whether a demand was confirmed and has no case yet."""
    if of is None or row is None or row.demand.state is not DemandState.CONFIRMED:
        return False
    return all(case.demand.id != row.demand.id for case in of.cases)

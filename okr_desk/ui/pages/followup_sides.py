"""What stands at the side of 整改 for a card and for a plan: everything that it says, and what may be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from okr_desk import services
from okr_desk.followup_terms import CardColour
from okr_desk.i18n import _
from okr_desk.queries.branch_plans import AcceptanceView, PlanView
from okr_desk.queries.followup_board import FollowupBoard
from okr_desk.queries.followup_cards import CardView
from okr_desk.queries.objectives import OrgView
from okr_desk.rules.branch_plans import STAGES
from okr_desk.scoring.rounding import plain
from okr_desk.terms import label
from okr_desk.ui.desk import Desk
from okr_desk.ui.pages.followup_steps import FollowupSteps
from okr_desk.ui.widgets.register_panel import RegisterPanel

Act = tuple[str, str, Callable[[], object]]


def card_panel(steps: FollowupSteps, desk: Desk, card: CardView, may: bool, parent: QWidget) -> RegisterPanel:
    """A card with its causes and effects."""
    talk = "" if card.talked_on is None else f"{card.talked_on.isoformat()} {card.talked_by}"
    lifted = "" if card.lifted_on is None else f"{card.lifted_on.isoformat()} {card.lifted_by}\n{card.lifted_reason}"
    lines = [
        (label(card.colour), card.org),
        (_("发牌事由"), card.causes),
        (_("处理措施"), card.effects),
        (_("发牌日期"), card.issued_on.isoformat()),
        (_("谈话"), talk or _("还没有谈话")),
        (_("解除"), lifted or _("整改都销号以后随最后一件自动解除，也可手工解除")),
        (_("登记"), card.entry.told),
    ]
    name = _("打印提醒谈话通知") if card.colour is CardColour.YELLOW else _("打印约谈通知")
    paper = "card-notice"
    actions: list[Act] = [
        (name, "print", lambda: desk.go("reports", document=paper, org_id=card.org_id, record_id=card.id))
    ]
    if may and card.stands:
        actions.append((_("登记谈话"), "people", lambda: steps.talk(card)))
        actions.append((_("解除"), "check", lambda: steps.lift(card)))
    if may:
        actions.append((_("撤回"), "delete", lambda: steps.withdraw_card(card)))
    return RegisterPanel(lines, actions, parent)


def plan_panel(
    steps: FollowupSteps, desk: Desk, of: FollowupBoard, branches: Sequence[OrgView], plan: PlanView, parent: QWidget
) -> RegisterPanel:
    """A plan with its tests; `branches` is empty for who may only look."""
    lines = [
        (_("病灶"), plan.ailment),
        (_("处方"), plan.remedy),
        (_("责任清单"), plan.duties),
        (_("县级联系领导"), plan.county_leader),
        (_("乡镇包联领导"), plan.town_leader),
        (_("第一书记"), plan.first_secretary),
        *(
            (_("{n} 天内（到 {day}）").format(n=days, day=last.isoformat()), text)
            for days, last, text in zip(STAGES, plan.stages, plan.within, strict=True)
        ),
        *((_("{day} 验收").format(day=test.on.isoformat()), _test_words(test)) for test in plan.tests),
        (_("登记"), plan.entry.told),
    ]
    actions: list[Act] = [
        (
            _("打印一支部一策"),
            "print",
            lambda: desk.go("reports", document="branch-plan", org_id=plan.org_id, record_id=plan.id),
        )
    ]
    if branches and plan.is_running:
        actions.append((_("验收"), "check", lambda: steps.test(of, plan)))
        actions.append((_("另定计划"), "edit", lambda: steps.plan(of, branches, plan.org_id, plan)))
    if branches and plan.tests:
        note = _("撤回最近一次验收，原记录和理由留存备查。")
        service = services.branch_plans.withdraw_acceptance
        actions.append((_("撤回验收"), "undo", lambda: steps.withdraw(service, plan.id, _("撤回验收"), note)))
    if branches:
        actions.append((_("撤回"), "delete", lambda: steps.withdraw_plan(plan)))
    return RegisterPanel(lines, actions, parent)


def _test_words(test: AcceptanceView) -> str:
    said = _("{result}：{points} 分，{votes} 票中不满意 {against} 票，验收人{by}").format(
        result=_("通过") if test.passed else _("没有通过"),
        points=plain(test.points),
        votes=test.votes,
        against=test.against,
        by=test.by,
    )
    return "\n".join(part for part in (said, test.opinion) if part)

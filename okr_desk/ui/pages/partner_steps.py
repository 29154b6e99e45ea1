"""What can be done on 先锋和共建: ask the dialog, call the service; what is at the side and how it is taken back."""

from __future__ import annotations

from collections.abc import Callable

from okr_desk import services
from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.partner_board import PartnerBoard
from okr_desk.register_terms import PartnerList
from okr_desk.rules.entered import By
from okr_desk.terms import label
from okr_desk.ui.dialogs import partner as dialogs
from okr_desk.ui.models.partner_rows import ItemRow, PostRow, UnitRow
from okr_desk.ui.pages.entry_steps import EntrySteps
from okr_desk.ui.widgets.lists_tab import CLEARED as LISTED
from okr_desk.ui.widgets.lists_tab import ListsTab
from okr_desk.ui.widgets.post_tab import CLEARED as HUNG
from okr_desk.ui.widgets.post_tab import PostTab
from okr_desk.ui.widgets.register_panel import RegisterPanel
from okr_desk.ui.widgets.unit_tab import CLEARED as JOINED
from okr_desk.ui.widgets.unit_tab import UnitTab

Action = tuple[str, str, Callable[[], object]]


class PartnerSteps(EntrySteps):
    """The actions of the page."""

    def hang(self, tab: PostTab) -> None:
        """The post that stands in the line."""
        words = tab.line.text("name")
        self.send(tab.line, services.posts.hang, tab.draft, services.posts.withdraw, words, *HUNG)

    def save_checks(self, tab: PostTab, of: PartnerBoard, by: By) -> None:
        """Everything typed into the grid, all or none."""
        try:
            drafts = tab.checks(of, by)
        except Refusal as refusal:
            self._desk.refuse(refusal)
            return
        names = {row.post.id: row.post.name for row in tab.pending}

        def done(outcome: object) -> None:
            tab.forget()
            for draft, entry_id in zip(drafts, getattr(outcome, "value", ()), strict=True):
                words = _("“{name}”的考评").format(name=names[draft.post_id])
                self.keep(entry_id, services.posts.withdraw_check, words)

        self._desk.tasks.write(services.posts.check_all, drafts, done=done, owner=self._widget)

    def take_down(self, of: PartnerBoard, row: PostRow) -> None:
        """The sign comes down."""
        saved = dialogs.ask_takedown(self._widget, self._desk, org_of(of, row.post.org_id), row.post)
        self.take(saved, services.posts.withdraw_takedown, _("“{name}”摘牌").format(name=row.post.name))

    def list_item(self, tab: ListsTab) -> None:
        """The need or resource that stands in the line."""
        words = tab.line.text("text")
        self.send(tab.line, services.partners.list_item, tab.draft, services.partners.withdraw_item, words, *LISTED)

    def match(self, of: PartnerBoard, need: ItemRow, resource: ItemRow) -> None:
        """A project of the two."""
        org = org_of(of, need.item.org_id)
        saved = dialogs.MatchDialog.ask(self._widget, self._desk, org, need.item, resource.item)
        self.take(saved, services.partners.withdraw_item, need.item.text)

    def finish(self, of: PartnerBoard, row: ItemRow) -> None:
        """A project was done."""
        saved = dialogs.ask_done(self._widget, self._desk, org_of(of, row.item.org_id), row.item)
        self.take(saved, services.partners.withdraw_done, _("“{text}”办结").format(text=row.item.text))

    def join(self, tab: UnitTab) -> None:
        """The partner that stands in the line."""
        words = tab.line.text("name")
        self.send(tab.line, services.partners.join, tab.draft, services.partners.withdraw, words, *JOINED)

    def leave(self, of: PartnerBoard, row: UnitRow) -> None:
        """A partner leaves."""
        if dialogs.ask_end(self._widget, self._desk, org_of(of, row.unit.org_id), row.unit) is not None:
            self._desk.say(_("已登记“{name}”退出。").format(name=row.unit.name))

    # At the side

    def post_panel(self, row: PostRow, may: bool) -> RegisterPanel:
        """A post with all its checks."""
        post, back = row.post, services.posts
        lines = [
            (_("地点"), post.place),
            (_("责任党员"), post.holder),
            (_("承诺"), post.promise),
            (_("挂牌"), f"{post.hung_on.isoformat()}\n{post.entry.told}"),
        ]
        for check in reversed(post.checks):
            said = "\n".join(part for part in (check.checked_by, check.note, check.entry.told) if part)
            lines.append((f"{check.on.isoformat()} {label(check.result)}", said))
        if post.down_on is not None:
            lines.append((_("{day} 摘牌").format(day=post.down_on.isoformat()), post.cause))
        actions: list[Action] = []
        if row.check is not None:
            check_id, words = row.check.id, _("“{name}”的考评").format(name=post.name)
            actions.append((_("撤回本季考评"), "undo", lambda: self.withdraw(check_id, back.withdraw_check, words)))
        if post.down_id is not None:
            down, said = post.down_id, _("“{name}”摘牌").format(name=post.name)
            actions.append((_("撤回摘牌"), "undo", lambda: self.withdraw(down, back.withdraw_takedown, said)))
        actions.append((_("撤回岗位"), "delete", lambda: self.withdraw(post.id, back.withdraw, post.name)))
        return RegisterPanel(lines, actions if may else (), self._widget)

    def item_panel(self, row: ItemRow, may: bool) -> RegisterPanel:
        """A line of one of the lists."""
        item, back = row.item, services.partners
        lines = [
            (label(item.kind), item.text),
            (_("共建单位"), item.partner),
            (_("需求"), item.need),
            (_("资源"), item.resource),
            (_("商定") if item.kind is PartnerList.PROJECT else _("列入"), item.agreed_on.isoformat()),
            (_("计划完成"), "" if item.planned_on is None else item.planned_on.isoformat()),
            (_("完成"), "" if item.done_on is None else f"{item.done_on.isoformat()} {item.result}"),
            (_("登记"), item.entry.told),
        ]
        actions: list[Action] = []
        if item.done_step is not None:
            step, words = item.done_step, _("“{text}”办结").format(text=item.text)
            actions.append((_("撤回办结"), "undo", lambda: self.withdraw(step, back.withdraw_done, words)))
        if item.project_id is None or item.kind is PartnerList.PROJECT:
            actions.append((_("撤回"), "delete", lambda: self.withdraw(item.id, back.withdraw_item, item.text)))
        return RegisterPanel(lines, actions if may else (), self._widget)

    def unit_panel(self, row: UnitRow, may: bool) -> RegisterPanel:
        """A partner."""
        unit = row.unit
        lines = [
            (_("角色"), label(unit.role)),
            (_("联系人"), unit.contact),
            (_("加入"), unit.since.isoformat()),
            (_("退出"), "" if unit.ended_on is None else f"{unit.ended_on.isoformat()} {unit.ended_reason}"),
            (_("登记"), unit.entry.told),
        ]
        back = services.partners.withdraw
        actions: list[Action] = [(_("撤回"), "delete", lambda: self.withdraw(unit.id, back, unit.name))]
        return RegisterPanel(lines, actions if may else (), self._widget)


def org_of(of: PartnerBoard, org_id: int) -> OrgView:
    """The branch of an entry on a board."""
    return next(org for org in of.orgs if org.id == org_id)

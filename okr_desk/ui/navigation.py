"""The pages by name: registered here, imported on first show. The rail shows what the person can use."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from okr_desk.i18n import N_, _

if TYPE_CHECKING:
    from okr_desk.rules.permissions import Actor
    from okr_desk.ui.desk import Desk
    from okr_desk.ui.pages.base import Page


@dataclass(frozen=True)
class Entry:
    """One page: its key (also its handbook page), label, icon, where its class is, and the action one needs.

    `parent`: the page it stands below; the rail unfolds it while that page or one of its kin is in front.
    `reader`: module and class of the page for those who may look but not do what it `needs`.
    """

    key: str
    label: str
    icon: str
    module: str
    attribute: str
    needs: str
    group: int = 0
    parent: str = ""
    reader: tuple[str, str] | None = None

    @property
    def title(self) -> str:
        """The label in the language in use."""
        return _(self.label)

    def is_for(self, actor: Actor | None) -> bool:
        """Whether the person can use the page at all."""
        from okr_desk.rules.permissions import Action

        if actor is None:
            return False
        return actor.may(Action(self.needs)) or (self.reader is not None and actor.may(Action.VIEW))

    def build(self, desk: Desk) -> Page:
        """Import the page's module and make the page, as the person at the desk may use it."""
        from okr_desk.rules.permissions import Action

        module, attribute = self.module, self.attribute
        if self.reader is not None and (desk.actor is None or not desk.actor.may(Action(self.needs))):
            module, attribute = self.reader
        page: Page = getattr(import_module(f"okr_desk.ui.pages.{module}"), attribute)(desk)
        page.key = self.key
        return page


ENTRIES = (
    Entry("today", N_("工作台"), "home", "today", "TodayPage", "view"),
    Entry("objectives", N_("目标"), "target", "objectives", "ObjectivesPage", "view"),
    Entry("checkins", N_("填报"), "clipboard", "checkins", "CheckInsPage", "record_checkin"),
    Entry("duties", N_("组织生活"), "duty", "duties", "DutiesPage", "view"),
    Entry("worklog", N_("工作底单"), "document", "worklog", "WorklogPage", "view"),
    Entry("projects", N_("项目和诉求"), "flag", "projects", "ProjectsPage", "view", parent="worklog"),
    Entry(
        "households", N_("联户和积分"), "household", "households", "HouseholdsPage", "record_daily", parent="worklog"
    ),
    Entry("whistles", N_("吹哨"), "flag", "whistles", "WhistlesPage", "view", parent="worklog"),
    Entry("partners", N_("先锋和共建"), "shield", "partners", "PartnersPage", "view", parent="worklog"),
    Entry("scores", N_("计分"), "done", "scores", "ScoresPage", "view"),
    Entry("titles", N_("激励与评议"), "shield", "titles", "TitlesPage", "view", parent="scores"),
    Entry("reviews", N_("评审"), "check", "reviews", "ReviewsPage", "view"),
    Entry("objections", N_("申辩和公示"), "comment", "objections", "ObjectionsPage", "view", parent="reviews"),
    Entry(
        "bulletins",
        N_("通报"),
        "document",
        "bulletins",
        "BulletinsPage",
        "issue_bulletins",
        parent="reviews",
        reader=("bulletin_receipts", "ReceivedBulletinsPage"),
    ),
    Entry("followups", N_("整改"), "sync", "followups", "FollowupsPage", "view"),
    Entry("indicators", N_("指标"), "indicator", "indicators", "IndicatorsPage", "view"),
    Entry("surveys", N_("满意度"), "comment", "surveys", "SurveysPage", "view"),
    Entry("activities", N_("活动"), "flag", "activities", "ActivitiesPage", "view", parent="surveys"),
    Entry("schemes", N_("考核方案"), "scheme", "schemes", "SchemesPage", "edit_schemes"),
    Entry("import", N_("导入"), "import", "imports", "ImportPage", "import"),
    Entry("reports", N_("报表"), "print", "reports", "ReportsPage", "export"),
    Entry("upward", N_("上报表"), "table", "upward", "UpwardPage", "edit_upward", parent="reports"),
    Entry("orgs", N_("组织"), "org", "orgs", "OrgsPage", "edit_orgs", 1),
    Entry("cycles", N_("年度与季度"), "calendar", "cycles", "CyclesPage", "move_cycles", 1),
    Entry("users", N_("人员与账号"), "people", "users", "UsersPage", "edit_users", 1),
    Entry("settings", N_("设置"), "settings", "settings", "SettingsPage", "view", 1),
)
DAILY = ("duties", "worklog", "projects", "households", "whistles", "partners")
"""Registers of daily work: what a branch needs in a week, one step from its desk."""
BY_KEY = {entry.key: entry for entry in ENTRIES}


def entries_for(actor: Actor | None) -> tuple[Entry, ...]:
    """What the rail shows for a person."""
    return tuple(entry for entry in ENTRIES if entry.is_for(actor))

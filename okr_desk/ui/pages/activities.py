"""活动: what the 党群服务中心 held, who came, and how they rated it on the spot."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from okr_desk import services
from okr_desk.errors import Refusal
from okr_desk.i18n import N_, _
from okr_desk.queries import activities
from okr_desk.queries.activities import ActivityView, Register
from okr_desk.rules.activities import ActivityDraft
from okr_desk.rules.permissions import Action
from okr_desk.services.outcome import Topic
from okr_desk.terms import OrgKind, QuarterState
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.adjust import Reason
from okr_desk.ui.models import activity_rows
from okr_desk.ui.pages.daily import DailyPage
from okr_desk.ui.widgets.activity_line import ActivityLine
from okr_desk.ui.widgets.score_sheet import Nothing, Place
from okr_desk.ui.widgets.table import Table
from okr_desk.ui.wording import sentences


class ActivitiesPage(DailyPage):
    """A line to enter one, the register below it; for several branches their sums in a second tab."""

    title = N_("活动")
    before_a_year = N_("建立年度以后，这里登记党群服务中心的活动。")
    nothing_seen = N_("没有您可以查看活动的支部。")
    overview = 1
    topics = frozenset({Topic.ACTIVITIES, Topic.CYCLES, Topic.ORGS, Topic.SURVEYS, Topic.POLICY})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.shown: Register | None = None
        self.line = ActivityLine(self)
        self.table = Table(desk, activity_rows.columns(), "activities", _("党群服务活动登记"), self)
        self.sums = Table(desk, activity_rows.sum_columns(), "activity_sums", _("党群服务活动汇总"), self)
        self.back_button = self.table.add_tool(_("撤回"), "undo", self.take_back)
        register = QWidget(self)
        column = QVBoxLayout(register)
        column.setContentsMargins(0, theme.gap(0.4), 0, 0)
        column.addWidget(self.line)
        self.places = Place(self), Place(self)
        for table, place in zip((self.table, self.sums), self.places, strict=True):
            place.layout_.setContentsMargins(0, 0, 0, 0)
            place.layout_.addWidget(table)
        column.addWidget(self.places[0], 1)
        self.places[1].setContentsMargins(0, theme.gap(0.4), 0, 0)
        self.tabs.addTab(register, _("登记"))
        self.tabs.addTab(self.places[1], _("支部汇总"))
        self.content.addWidget(self.tabs, 1)
        self.print_button = self.add_quiet(_("打印登记表"), "print", self.print_register)

        self.line.taken.connect(self.record)
        self.table.marked.connect(lambda _row: self._follow())
        self.sums.explain_asked.connect(self._explain)

    # The page's question

    def query(self) -> Callable[..., Any] | None:
        quarter = self.desk.selection.quarter
        if quarter is None or (not self._is_office and not self.desk.selection.branches):
            return None
        return partial(activities.register, quarter=quarter, org_ids=self._org_ids())

    def show_answer(self, of: Register) -> None:
        self.shown = of
        self.set_answer(activity_rows.answer(of))
        self.set_band(activity_rows.who_may(of.quarter, self._is_office))
        self.table.set_rows(of.activities)
        self.sums.set_rows(of.sums)
        branches = [one for one in self.desk.selection.branches if one.kind == OrgKind.BRANCH]
        chosen = self.desk.selection.org
        own = chosen.id if chosen is not None and chosen.kind == OrgKind.BRANCH else None
        self.line.show_for(branches, own, of.quarter, self.desk.clock.today(), self._is_office)
        self.line.setVisible(self._takes and bool(branches))
        self.tabs.setTabVisible(1, len(branches) > 1)
        nothing = Nothing(
            _("本季还没有登记活动。"),
            _("党群服务中心办一场，在上方记一场：主题、参加人数、现场评价各档几份，回车登记。"),
            _("登记第一场") if self._takes and branches else "",
            self.line.topic.setFocus,
        )
        self.places[0].show_rows_or(of.activities, nothing)
        none_held = Nothing(_("本季还没有支部登记活动。"), _("登记以后，这里按支部列出场次、人数和满意率。"))
        self.places[1].show_rows_or(of.sums, none_held)
        self._follow()

    # What a person does

    def record(self, draft: ActivityDraft) -> None:
        """Enter one activity; a refusal stands at its field and nothing typed is lost."""
        self.line.button.setEnabled(False)
        self.desk.tasks.write(services.activities.record, draft, done=self._recorded, failed=self._refused, owner=self)

    def take_back(self) -> None:
        """Withdraw the activity under the cursor with the reason; it stays on record."""
        row: ActivityView | None = self.table.current()
        if row is None or not row.stands or not self._takes:
            return
        note = _("{day} “{topic}”不再计入，原登记和理由留存备查。").format(day=row.held_on, topic=row.topic)
        reason = Reason.ask(self, _("撤回活动"), note, _("理由"), _("撤回"))
        if reason is not None:
            self.desk.tasks.write(
                services.activities.withdraw,
                row.id,
                reason,
                done=lambda _outcome: self.desk.say(_("已撤回。")),
                owner=self,
            )

    def print_register(self) -> None:
        """The register on paper: the reports page with this document and the branches that held any."""
        if self.shown is not None:
            self.desk.go("reports", document="activities", org_ids=[one.org.id for one in self.shown.sums])

    # Inside

    def _recorded(self, outcome: Any) -> None:
        self.line.button.setEnabled(True)
        self.line.clear()
        self.desk.say(sentences(_("活动已登记。"), *outcome.notices))

    def _refused(self, error: Exception) -> None:
        self.line.button.setEnabled(True)
        self.line.refuse(error if isinstance(error, Refusal) else Refusal(_("没有保存成功，请重试。")))

    def _explain(self, title: str, explained: Any) -> None:
        row = self.sums.current()
        if row is not None:
            index = self.sums.view.currentIndex()
            self.show_explained(f"{row.org.short_name} {title}", explained, str(index.data() or ""))

    def _follow(self) -> None:
        row: ActivityView | None = self.table.current()
        self.back_button.setVisible(self._may_record)
        self.back_button.setEnabled(self._takes and row is not None and row.stands)
        self.print_button.setVisible(self.shown is not None and bool(self.shown.sums))

    def _org_ids(self) -> tuple[int, ...] | None:
        """Whose activities: those of the part chosen; None for the whole township."""
        if self._is_office and self.desk.selection.org is None:
            return None
        return tuple(one.id for one in self.desk.selection.branches)

    @property
    def _takes(self) -> bool:
        """Whether this person may enter something for the quarter shown."""
        quarter = self.desk.selection.quarter
        if quarter is None or not self._may_record or quarter.state is QuarterState.PLANNING:
            return False
        return quarter.state is QuarterState.OPEN or self._is_office

    @property
    def _may_record(self) -> bool:
        return self.desk.actor is not None and self.desk.actor.may(Action.RECORD_DAILY)

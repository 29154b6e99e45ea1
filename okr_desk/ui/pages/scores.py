"""计分: how many points a sheet has, and where every one of them comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QUndoStack
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QTabWidget, QToolButton, QWidget

from okr_desk.i18n import N_, _
from okr_desk.model.store import Reader
from okr_desk.queries import orgs, score_design, score_forms, scores
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.score_comparison import Comparison
from okr_desk.queries.score_design import DesignCheck
from okr_desk.queries.scores import ScoreSheet, YearSheets
from okr_desk.rules.permissions import Action
from okr_desk.scoring.explained import Explained
from okr_desk.services.outcome import Changes, Topic
from okr_desk.terms import OrgKind, QuarterState
from okr_desk.ui import icons, theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.models import score_sentences
from okr_desk.ui.models.score_rows import SheetRow
from okr_desk.ui.models.score_year_rows import YearRow
from okr_desk.ui.navigation import BY_KEY
from okr_desk.ui.pages import score_following
from okr_desk.ui.pages.base import Page
from okr_desk.ui.pages.following import Following
from okr_desk.ui.pages.score_steps import ScoreSteps
from okr_desk.ui.widgets.picker import Choice, Picker
from okr_desk.ui.widgets.score_aims import AimsPlace
from okr_desk.ui.widgets.score_heat import HeatPlace
from okr_desk.ui.widgets.score_panel import ScorePanel
from okr_desk.ui.widgets.score_sheet import Place, SheetPlace, YearPlace

SHEET, YEAR, COMPARISON, AIMS = range(4)
SCHEMES = "schemes"
ROOM_FOR_STEPS = 40
"""Characters of width from which the steps to the next branch stand beside the tabs; their keys work always."""


@dataclass(frozen=True)
class OwnSheet:
    """One branch in one quarter, with why indicators do not apply to it."""

    sheet: ScoreSheet
    away: Mapping[int, str]


class ScoresPage(Page):
    """Tabs: the quarter's sheet of a branch, its year, the branches of its category, and targets in doubt."""

    title = N_("计分")
    topics = frozenset(
        {Topic.SCORES, Topic.SCHEMES, Topic.INDICATORS, Topic.CHECKINS, Topic.OBJECTIVES, Topic.CYCLES, Topic.ORGS,
         Topic.IMPORTS, Topic.POLICY}
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.shown: ScoreSheet | None = None
        self.steps = ScoreSteps(desk, self)
        self.following = Following(score_following.read, score_following.follow)
        desk.opened.connect(self.following.forget)
        self._wanted: int | None = None
        self._wanted_line: int | None = None
        self._category = ""
        self._seen: tuple[int, int] | None = None
        self.tabs = QTabWidget(self)
        self.sheet, self.year = SheetPlace(desk, self), YearPlace(desk, self)
        self.heat, self.aims = HeatPlace(desk, self), AimsPlace(desk, self)
        self.panel = ScorePanel(self)
        self.panel.hide()
        self.branch = Picker(_("支部"), self)
        self.category = QComboBox(self)
        self.event_button = self.add_quiet(
            _("登记加扣分事项"), "add", self.record_event, QKeySequence(Qt.Key.Key_Insert)
        )
        self.line_button = self.add_quiet(_("登记红线"), "warning", self.record_red_line)
        for button in (self.event_button, self.line_button):
            kept = button.sizePolicy()
            kept.setRetainSizeWhenHidden(True)  # the title stays where it is from tab to tab
            button.setSizePolicy(kept)

        self._assemble()
        self.tabs.currentChanged.connect(self._turn)
        self.branch.chosen.connect(desk.selection.choose_org)
        self.category.activated.connect(self._choose_category)
        self.sheet.table.explain_asked.connect(lambda _title, _found: self._show_row(self.sheet.table.current()))
        self.sheet.table.opened.connect(self._show_row)
        self.sheet.table.marked.connect(self._follow_row)
        self.sheet.head.asked.connect(self._show_head)
        self.year.table.explain_asked.connect(
            lambda title, found: self._show_year_row(self.year.table.current(), title, found)
        )
        self.year.table.opened.connect(self._show_year_row)
        self.year.head.asked.connect(self._show_head)
        self.heat.opened.connect(self.open_branch)
        self.aims.opened.connect(lambda indicator_id: desk.go("indicators", indicator_id=indicator_id))
        self.panel.taken_back.connect(self.steps.take_back)
        self.panel.history_asked.connect(lambda indicator_id: desk.go("indicators", indicator_id=indicator_id))

    # The page's question

    def query(self) -> Callable[..., Any] | None:
        quarter, org = self.desk.selection.quarter, self.org
        if quarter is None or org is None:
            return None
        tab = self.tabs.currentIndex()
        if tab == YEAR:
            return partial(_read_year, org.id, quarter)
        if tab == COMPARISON:
            return self.following.question(
                (tuple(one.id for one in self._compared()), self._chosen_category(), quarter)
            )
        if tab == AIMS:
            return lambda session: score_design.check(session, quarter.year)
        return partial(_read_sheet, org.id, quarter)

    def refresh(self) -> None:
        self._follow_people()
        if self.query() is not None:
            super().refresh()
            return
        self._stale = False
        if self.desk.selection.quarter is None:
            self.show_empty(_("还没有建立年度和季度。"), _("建立年度并启用考核方案以后，这里显示计分表。"))
        elif self._is_office:
            self.show_empty(_("还没有党支部。"), _("导入组织名册，或在“组织”中逐个建立。"))
        else:
            self.show_denied(_("没有您可以查看计分表的支部。"))

    def show_answer(self, snapshot: Any) -> None:
        if isinstance(snapshot, OwnSheet):
            self._show_sheet(snapshot.sheet, snapshot.away)
        elif isinstance(snapshot, YearSheets):
            self._show_year(snapshot)
        elif isinstance(snapshot, Comparison):
            self._show_comparison(snapshot)
        elif isinstance(snapshot, DesignCheck):
            self.set_answer(score_sentences.of_check(snapshot))
            self.aims.show_check(snapshot)
        self._follow_tab()

    def heard(self, changes: Changes) -> None:
        self.following.hear(changes)

    def arrive(self, **arguments: Any) -> None:
        if "org_id" in arguments:
            self.open_branch(int(arguments["org_id"]), arguments.get("indicator_id"))

    def undo_stack(self) -> QUndoStack:
        return self.steps.stack

    # What a person does

    def record_event(self) -> None:
        """Enter an event on the branch shown."""
        if self.shown is not None and self.event_button.isVisible():
            row = self.sheet.table.current()
            self.steps.record_event(self.shown, row.score.line.indicator_id if row and row.score else None)

    def record_red_line(self) -> None:
        """Enter a red line on the branch shown."""
        if self.shown is not None and self.line_button.isVisible():
            self.steps.record_red_line(self.shown)

    def open_branch(self, org_id: int, indicator_id: int | None = None) -> None:
        """The sheet of a branch, with the cursor on a line."""
        self._wanted, self._wanted_line = org_id, indicator_id
        self.tabs.setCurrentIndex(SHEET)
        self.desk.selection.choose_org(org_id)
        self._turn_stale()

    def step(self, by: int) -> None:
        """The branch before or after the one shown, in the order of the register."""
        org, branches = self.org, self._branches()
        if org is not None and len(branches) > 1:
            at = next((place for place, one in enumerate(branches) if one.id == org.id), 0)
            self.desk.selection.choose_org(branches[(at + by) % len(branches)].id)

    @property
    def org(self) -> OrgView | None:
        """Whose sheet is shown: the branch chosen, else the one looked at last, else the first that may be seen."""
        chosen, inside = self.desk.selection.org, self.desk.selection.branches
        if chosen is not None and chosen.kind == OrgKind.BRANCH:
            return chosen
        return next((one for one in inside if one.id == self._wanted), inside[0] if inside else None)

    # Inside: what is shown

    def _show_sheet(self, sheet: ScoreSheet, away: Mapping[int, str]) -> None:
        self._keep(sheet)
        quarter = sheet.quarter
        assert quarter is not None
        self.set_answer(score_sentences.of_sheet(sheet))
        self.set_band(score_sentences.who_may(quarter, self._may(Action.RECORD_POINTS, sheet.org)))
        if sheet.version is None:
            self._say_lacking(self.sheet, sheet.org.category, [sheet])
            return
        self.sheet.show_sheet(sheet, away)
        if self._wanted_line is not None:
            wanted, self._wanted_line = self._wanted_line, None
            self.sheet.table.mark(lambda row: row.score is not None and row.score.line.indicator_id == wanted)

    def _show_year(self, of: YearSheets) -> None:
        self.set_answer(score_sentences.of_year(of))
        self.set_band("")
        if of.year.version is None:
            self._say_lacking(self.year, of.year.org.category, [of.year])
        else:
            self.year.show_year(of)

    def _show_comparison(self, shown: Comparison) -> None:
        self.following.take(shown)
        self.set_answer(score_sentences.of_comparison(shown))
        self.set_band("")
        self.category.clear()
        for name in shown.categories:
            self.category.addItem(name or _("不分类别"), name)
        self.category.setCurrentIndex(max(0, self.category.findData(shown.category)))
        if shown.version is None:
            self._say_lacking(self.heat, shown.category, [one.sheet for one in shown.branches])
        elif not shown.is_comparable:
            self.heat.show_empty(*score_sentences.too_few(shown))
        else:
            chosen = self.desk.selection.org
            self.heat.show_comparison(shown, chosen.id if chosen else None)

    def _say_lacking(self, place: Place, category: str, sheets: Sequence[ScoreSheet]) -> None:
        quarter = self.desk.selection.quarter
        assert quarter is not None
        may_edit = self._may(Action.EDIT_SCHEMES) and SCHEMES in BY_KEY
        button = _("去编制方案") if may_edit else ""
        said = score_sentences.lacking(category, quarter, sheets, self._may(Action.EDIT_SCHEMES))
        place.show_empty(*said, button, lambda: self.desk.go(SCHEMES))

    def _keep(self, sheet: ScoreSheet) -> None:
        assert sheet.quarter is not None
        self.shown = sheet
        key = (sheet.org.id, sheet.quarter.id)
        if key != self._seen:
            self.close_side()
        self._seen = key

    # Inside: the side panel

    def _show_row(self, row: SheetRow | None) -> None:
        """The steps of a line or a sum, and what was entered for it."""
        if row is not None and row.explained is not None:
            self.open_side(self.panel, self.panel.show_row(row, self._may_enter()))

    def _follow_row(self, row: SheetRow | None) -> None:
        if not self.side.isHidden():
            self._show_row(row)

    def _show_year_row(self, row: YearRow | None, title: str = "", explained: Explained | None = None) -> None:
        """The steps of the year's points, or of the quarter with that title."""
        if row is not None and (row.explained is not None or explained is not None):
            self.open_side(self.panel, self.panel.show_year_row(row, title, explained))

    def _show_head(self, title: str, explained: Explained, words: str) -> None:
        """A number of the head; the grade of a quarter comes with the red lines that limit it."""
        is_grade = title == _("等次") and self.tabs.currentIndex() == SHEET
        lines = self.shown.red_lines if is_grade and self.shown is not None else ()
        self.open_side(self.panel, self.panel.show_result(title, explained, words, lines, self._may_enter()))

    # Inside: the frame

    def _assemble(self) -> None:
        places = (
            (self.sheet, _("计分表")),
            (self.year, _("年度")),
            (self.heat, _("同类比较")),
            (self.aims, _("目标松紧")),
        )
        for place, words in places:
            self.tabs.addTab(place, words)
        self.category.setAccessibleName(_("支部类别"))
        self.category.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        corner = QWidget(self)
        row = QHBoxLayout(corner)
        row.setContentsMargins(0, 0, 0, theme.gap(0.15))
        row.setSpacing(theme.gap(0.2))
        row.addWidget(self.category)
        self._steps = [self._step_button("chevron_left", _("上一个支部"), "Alt+PgUp", -1)]
        row.addWidget(self._steps[0])
        row.addWidget(self.branch)
        self._steps.append(self._step_button("chevron_right", _("下一个支部"), "Alt+PgDown", 1))
        row.addWidget(self._steps[1])
        self.tabs.setCornerWidget(corner)
        self.tabs.installEventFilter(self)
        self.content.addWidget(self.tabs, 1)

    def _step_button(self, icon: str, words: str, keys: str, by: int) -> QToolButton:
        button = QToolButton(self)
        icons.dress(button, icon, "text_quiet")
        button.setToolTip(f"{words}（{keys}）")
        button.setAccessibleName(words)
        button.clicked.connect(lambda: self.step(by))
        QShortcut(QKeySequence(keys), self, button.click)
        return button

    def _turn(self) -> None:
        self.close_side()
        self._follow_tab()
        self.refresh()

    def _follow_people(self) -> None:
        """Tabs and pickers for what this person may see."""
        branches = self._branches()
        self.tabs.setTabVisible(COMPARISON, len(branches) > 1)
        self.tabs.setTabVisible(AIMS, self._is_office)
        self.branch.offer(
            [Choice(one.id, one.short_name, one.search_keys) for one in branches], self.org and self.org.id
        )
        self._follow_tab()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.tabs and event.type() == QEvent.Type.Resize:
            self._follow_tab()
        return super().eventFilter(watched, event)

    def _follow_tab(self) -> None:
        tab = self.tabs.currentIndex()
        picks = len(self._branches()) > 1 and tab in (SHEET, YEAR)
        self.branch.setVisible(picks and self._has_room_beside_tabs(self.branch))
        for button in self._steps:
            button.setVisible(picks and self.tabs.width() >= theme.span(self, ROOM_FOR_STEPS))
        self.category.setVisible(tab == COMPARISON)
        may = tab == SHEET and self._may_enter()
        self.event_button.setVisible(may)
        self.line_button.setVisible(may)

    def _has_room_beside_tabs(self, widget: QWidget) -> bool:
        """Whether no tab is cut for it: the branch can be chosen at the top of the window too."""
        return self.tabs.width() >= self.tabs.tabBar().sizeHint().width() + widget.sizeHint().width() + theme.gap(0.4)

    def _may_enter(self) -> bool:
        """Whether something may be entered or taken back on the sheet shown."""
        sheet = self.shown
        if sheet is None or sheet.version is None or sheet.quarter is None:
            return False
        is_open = sheet.quarter.state in (QuarterState.OPEN, QuarterState.FROZEN)
        return is_open and self._may(Action.RECORD_POINTS, sheet.org)

    def _choose_category(self) -> None:
        self._category = self.category.currentData() or ""
        self.refresh()

    def _org_moved(self) -> None:
        self._category = ""
        super()._org_moved()

    def _chosen_category(self) -> str:
        return self._category or (self.org.category if self.org is not None else "")

    def _branches(self) -> tuple[OrgView, ...]:
        return tuple(one for one in self.desk.selection.orgs if one.kind == OrgKind.BRANCH)

    def _compared(self) -> tuple[OrgView, ...]:
        """The branches of the part chosen; beside a single branch all that may be seen."""
        chosen = self.desk.selection.org
        return self._branches() if chosen is None or chosen.kind == OrgKind.BRANCH else self.desk.selection.branches

    def _may(self, action: Action, org: OrgView | None = None) -> bool:
        actor = self.desk.actor
        return actor is not None and actor.may(action, None if org is None else org.line)

    @property
    def _is_office(self) -> bool:
        return self.desk.actor is not None and self.desk.actor.is_office


def _read_sheet(org_id: int, quarter: QuarterView, session: Reader) -> OwnSheet:
    made = scores.sheets(session, quarter, [orgs.view(session, org_id, quarter.ends_on)])[0]
    return OwnSheet(made, score_forms.exempt(session, quarter.year, [org_id]).get(org_id, {}))


def _read_year(org_id: int, quarter: QuarterView, session: Reader) -> YearSheets:
    return scores.years(session, quarter.year, [orgs.view(session, org_id, quarter.ends_on)])[0]

"""满意度: what the people say of each branch, and whether it can be said for certain."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtGui import QKeySequence, QUndoStack
from PySide6.QtWidgets import QTabWidget

from okr_desk.i18n import N_, _
from okr_desk.queries import survey_overview, survey_quadrant
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.survey_overview import SurveyOverview
from okr_desk.rules.permissions import Action
from okr_desk.scoring.explained import Explained
from okr_desk.services.outcome import Topic
from okr_desk.survey_terms import RoundState
from okr_desk.terms import OrgKind, QuarterState
from okr_desk.ui import icons
from okr_desk.ui.desk import Desk
from okr_desk.ui.models import survey_sentences
from okr_desk.ui.models.survey_rows import ResultRow
from okr_desk.ui.pages.ballot_saving import BallotSaving
from okr_desk.ui.pages.base import Page
from okr_desk.ui.pages.survey_steps import SurveySteps
from okr_desk.ui.widgets.ballot_desk import BallotDesk
from okr_desk.ui.widgets.picker import Choice, Picker
from okr_desk.ui.widgets.survey_entries import SurveyEntries
from okr_desk.ui.widgets.survey_panel import SurveyPanel
from okr_desk.ui.widgets.survey_quadrant import SurveyQuadrant
from okr_desk.ui.widgets.survey_results import SurveyResults
from okr_desk.ui.widgets.survey_scheme import SurveyScheme
from okr_desk.ui.wording import sentences

RESULTS, ACTIVITY, ENTRY, ENTRIES, SCHEME = range(5)


class SurveysPage(Page):
    """Tabs: results by branch, activities beside them, ballots a key an item, count sheets and what came in, what is
    asked. Results show at once; what the comparison of ballots bars, and the four quarters together, follow."""

    title = N_("满意度")
    topics = frozenset({Topic.SURVEYS, Topic.INDICATORS, Topic.CYCLES, Topic.ORGS, Topic.IMPORTS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.shown: SurveyOverview | None = None
        self.steps = SurveySteps(desk, self)
        self._round: int | None = None
        self._beside: int | None = None
        self._placed: SurveyOverview | None = None
        self.tabs = QTabWidget(self)
        self.results, self.activity = SurveyResults(desk, self), SurveyQuadrant(desk, self)
        self.rounds = Picker(_("测评"), self, searchable=False)
        self.ballots, self.entries = BallotDesk(self), SurveyEntries(desk, self)
        self.saving = BallotSaving(desk, self.ballots, self)
        self.scheme = SurveyScheme(self)
        places = (
            (self.results, _("结果")),
            (self.activity, _("活动与满意度")),
            (self.ballots, _("录入")),
            (self.entries, _("计票和记录")),
            (self.scheme, _("方案")),
        )
        for place, words in places:
            self.tabs.addTab(place, words)
        self.tabs.setCornerWidget(self.rounds)
        self.content.addWidget(self.tabs, 1)
        self.define_button = self.add_quiet(_("测评表"), "edit", self.define)
        self.round_button = self.add_quiet(_("开展测评"), "add", self.open_round)
        self.import_button = self.add_quiet(_("导入答卷"), "import", self.import_file)
        self.back_button = self.add_quiet(_("撤回计入"), "undo", self.take_back)
        save = QKeySequence(QKeySequence.StandardKey.Save)
        self.next_button = self.set_accent(_("计入指标"), "check", self.do_next, save)

        self.rounds.chosen.connect(self._choose_round)
        self.results.table.explain_asked.connect(self._explain)
        self.results.table.opened.connect(self.show_branch)
        self.ballots.typed.connect(self._follow)
        self.activity.explain_asked.connect(self._explain_words)
        self.entries.taken_back.connect(self.steps.take_back)
        self.entries.ballots_asked.connect(self.find_ballots)
        self.tabs.currentChanged.connect(self._turn)

    # The page's question

    def query(self) -> Callable[..., Any] | None:
        quarter = self.desk.selection.quarter
        if quarter is None or (not self._is_office and not self.desk.selection.branches):
            return None
        return partial(
            survey_overview.overview,
            quarter=quarter,
            round_id=self._round,
            org_ids=self._org_ids(),
            with_entries=self._may_record,
        )

    def refresh(self) -> None:
        if self.query() is not None:
            super().refresh()
            return
        self._stale = False
        if self.desk.selection.quarter is None:
            self.show_empty(_("还没有建立年度和季度。"), _("建立年度以后，这里制定测评表、开展测评。"))
        else:
            self.show_denied(_("没有您可以查看测评结果的支部。"))

    def show_answer(self, of: SurveyOverview) -> None:
        if self.shown is None or (self.shown.round and self.shown.round.id) != (of.round and of.round.id):
            self.close_side()
        self.shown = of
        self._say()
        self.set_band(survey_sentences.who_may(of.quarter, of, self._may_edit))
        self.rounds.offer([Choice(one.id, one.name) for one in of.rounds], of.round and of.round.id)
        self.rounds.setVisible(len(of.rounds) > 1)
        if of.round is None or not of.answers:
            sentence, advice, button = survey_sentences.lacking(of, self._may_edit)
            act = self.define if not of.versions else self.open_round
            self.results.show_empty(sentence, advice, button if self._is_open else "", act)
        else:
            self.results.show_results(of)
        self._show_entry(of)
        self.entries.show_entries(of, self._takes)
        self.scheme.show_scheme(of, self._may_edit)
        self._follow()
        self._look_closer(of)

    def can_close(self) -> bool:
        """Whether the window may close: ballots that are typed and not saved would be gone."""
        if self.saving.may_close():
            return True
        self.desk.go("surveys")
        self.tabs.setCurrentIndex(ENTRY)
        return False

    def undo_stack(self) -> QUndoStack | None:
        return self.ballots.stack if self.tabs.currentIndex() == ENTRY else None

    # What a person does

    def define(self) -> None:
        """What the year asks."""
        if self.shown is not None and self._may_edit:
            self.steps.define(self.shown)

    def open_round(self) -> None:
        """Begin a survey in the quarter shown; it comes to the front."""
        if self.shown is not None and self.shown.versions and self._may_edit:
            self._round = self.steps.open_round(self.shown) or self._round

    def import_file(self) -> None:
        """Answers from an export file."""
        if self.shown is not None and self.shown.round is not None:
            self.steps.import_file(self.shown.round)

    def take_back(self) -> None:
        """Take the counted results back."""
        if self.shown is not None and self.shown.round is not None:
            self.steps.unsettle(self.shown.round)

    def find_ballots(self) -> None:
        """Look for a single ballot and take it back."""
        if self.shown is not None and self.shown.round is not None and self._may_record:
            self.steps.find_ballots(self.shown.round, self._branches(), self._takes)

    def do_next(self) -> None:
        """What the tab in front is for: count the results, save the ballots, copy a count sheet."""
        of, tab = self.shown, self.tabs.currentIndex()
        if of is None or of.round is None or not self.next_button.isVisible():
            return
        if tab == RESULTS:
            self.steps.settle(of.round)
        elif tab == ENTRY:
            self.saving.save(of.round.id)
        elif tab == SCHEME:
            self.steps.set_populations(of, self._branches())
        elif tab == ENTRIES:
            chosen = self.desk.selection.org
            self.steps.count_sheet(of.round, self._branches(), None if chosen is None else chosen.id)

    def show_branch(self, row: ResultRow | None) -> None:
        """Groups, items and evidence of a branch at the side."""
        if row is not None and self.shown is not None and self.shown.definition is not None:
            panel, of = SurveyPanel(self), self.shown
            standing = of.standing.get(row.result.org.id)
            panel.show_branch(row, self.shown.definition, standing, self._may_edit and self._is_open)
            panel.explain_asked.connect(
                lambda title, explained, words: self._explain_words(
                    f"{row.result.org.short_name} {title}", explained, words
                )
            )
            panel.lift_asked.connect(lambda: self.steps.lift(of, row.result.org, self.close_side))
            panel.restore_asked.connect(lambda: self.steps.restore(of, row.result.org, self.close_side))
            self.open_side(panel, row.result.org.short_name)
            self._beside = row.result.org.id

    # Inside

    def _explain(self, title: str, explained: Explained) -> None:
        row = self.results.table.current()
        if row is not None:
            index = self.results.table.view.currentIndex()
            self._explain_words(f"{row.result.org.short_name} {title}", explained, str(index.data() or ""))

    def _explain_words(self, title: str, explained: Explained, words: str) -> None:
        self._beside = None
        self.show_explained(title, explained, words)

    def _say(self, note: str = "") -> None:
        """The page's sentence; while ballots are still compared it says so, because that may bar a verdict."""
        of = self.shown
        if of is not None:
            waiting = _("正在核查答卷，判定以核查后为准。") if of.answers and not of.is_checked else ""
            self.set_answer(sentences(survey_sentences.of_overview(of, self._is_office), note or waiting))

    def _look_closer(self, of: SurveyOverview) -> None:
        """What takes every ballot of every quarter to know follows when it has been read."""
        if of.round is not None and of.answers and not of.is_checked:
            self.desk.tasks.read(
                survey_overview.checked,
                of,
                self._org_ids(),
                done=lambda made: self._take_closer(of, made),
                failed=lambda _error: self._say(_("答卷没有核查成，判定仅供参考，请刷新重试。")),
                owner=self,
            )
        self._place_activity()

    def _take_closer(self, of: SurveyOverview, made: SurveyOverview) -> None:
        """The same round, now with verdicts that hold; what stands beside the table follows."""
        if self.shown is not of:
            return
        self.shown = made
        self._say()
        self.results.show_results(made)
        if self._beside is not None and self.side.isVisible():
            self.show_branch(self.results.row_of(self._beside))

    def _place_activity(self) -> None:
        """Activities are read only where somebody looks at them, and anew after a change."""
        quarter = self.desk.selection.quarter
        of = self.shown
        if self.tabs.currentIndex() != ACTIVITY or of is None or quarter is None or self._placed is of:
            return
        self._placed = of
        if self.activity.is_empty:
            self.activity.show_reading()
        chosen = self.desk.selection.org
        category = "" if chosen is None else chosen.category
        self.desk.tasks.read(
            survey_quadrant.quadrants,
            quarter,
            done=lambda found: self.activity.show_quadrants(found, category) if self._placed is of else None,
            owner=self,
        )

    def _choose_round(self, round_id: object) -> None:
        self._round = round_id if isinstance(round_id, int) else None
        self.close_side()
        self.refresh()

    def _show_entry(self, of: SurveyOverview) -> None:
        if of.round is None:
            return
        if not self._takes:
            self.ballots.show_empty(_("“{name}”不再录入答卷。").format(name=of.round.name), self._band_text.text())
            return
        account = self.desk.actor.account_id if self.desk.actor else 0
        sitting = self.saving.sittings.of(account, of.round.id, len(of.round.definition.levels))
        self.ballots.show_round(of.round, self._branches(), sitting)

    def _turn(self) -> None:
        self.close_side()
        self._follow()
        self._place_activity()
        if self.tabs.currentIndex() == ENTRY:
            self.ballots.setFocus()

    def _follow(self) -> None:
        """Only what the person may do, and what makes sense now."""
        of = self.shown
        ready = of is not None and bool(of.versions) and self._is_open
        has_round = of is not None and of.round is not None
        self.define_button.setVisible(self._may_edit and ready)
        self.round_button.setVisible(self._may_edit and ready)
        self.import_button.setVisible(self._may_record and self._takes)
        settled = of is not None and of.round is not None and of.round.state is RoundState.SETTLED
        self.back_button.setVisible(self._may_edit and settled and self._is_open)
        self.tabs.setTabVisible(ACTIVITY, self._is_office and of is not None and of.answers > 0)
        for tab in (ENTRY, ENTRIES):
            self.tabs.setTabVisible(tab, self._may_record and has_round)
        self.tabs.setTabVisible(SCHEME, of is not None and bool(of.versions))
        self._dress_next()
        self.badge_changed.emit(self.saving.sittings.count)

    def _dress_next(self) -> None:
        """The one thing to do next belongs to the tab in front."""
        tab, count = self.tabs.currentIndex(), len(self.ballots.sitting.ballots)
        if tab == RESULTS:
            answered = self.shown is not None and self.shown.answers > 0
            words, icon = _("计入指标"), "check"
            may = self._may_edit and answered
        elif tab == ENTRY:
            words, icon = (_("保存（{n}）").format(n=count) if count else _("保存")), "save"
            may = self._may_record
        elif tab == SCHEME:
            words, icon, may = _("填写人数和发放"), "edit", self._may_edit
        elif tab == ACTIVITY:
            words, icon, may = _("计入指标"), "check", False
        else:
            words, icon, may = _("登记计票表"), "add", self._may_record
        if self.next_button.text() != words:
            self.next_button.setText(words)
            icons.dress(self.next_button, icon, "on_accent")
        self.next_button.setVisible(may and self._takes)
        self.next_button.setEnabled(tab != ENTRY or count > 0)

    def _branches(self) -> tuple[OrgView, ...]:
        """The branches whose answers may be entered, in the order of the register."""
        return tuple(one for one in self.desk.selection.orgs if one.kind == OrgKind.BRANCH)

    def _org_ids(self) -> tuple[int, ...] | None:
        """Whose results: those of the part chosen; None for the whole township."""
        if self._is_office and self.desk.selection.org is None:
            return None
        return tuple(one.id for one in self.desk.selection.branches)

    @property
    def _takes(self) -> bool:
        """Whether the round shown still takes answers."""
        of = self.shown
        return of is not None and of.round is not None and of.round.state is RoundState.OPEN and self._is_open

    @property
    def _is_open(self) -> bool:
        """Whether the quarter still takes surveys."""
        quarter = self.desk.selection.quarter
        return quarter is not None and quarter.state in (QuarterState.OPEN, QuarterState.FROZEN)

    @property
    def _is_office(self) -> bool:
        return self.desk.actor is not None and self.desk.actor.is_office

    @property
    def _may_edit(self) -> bool:
        return self.desk.actor is not None and self.desk.actor.may(Action.EDIT_SURVEYS)

    @property
    def _may_record(self) -> bool:
        return self.desk.actor is not None and self.desk.actor.may(Action.RECORD_BALLOTS)

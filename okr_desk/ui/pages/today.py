"""工作台: what a branch owes, where the township stands."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget

from okr_desk.i18n import N_, _
from okr_desk.queries import checkins as fill
from okr_desk.queries import today as queries
from okr_desk.queries.checkins import FillSheet
from okr_desk.queries.today import BranchDesk, MatrixLine, OfficeToday
from okr_desk.queries.wording import deadline
from okr_desk.rules.permissions import Action
from okr_desk.scoring.explained import Explained
from okr_desk.scoring.rounding import percent, plain
from okr_desk.services.outcome import DAILY as DAILY_TOPICS
from okr_desk.services.outcome import Topic
from okr_desk.terms import OrgKind
from okr_desk.ui.desk import Desk
from okr_desk.ui.models.rows import ROW
from okr_desk.ui.pages.base import Page
from okr_desk.ui.widgets.branch_today import BranchToday
from okr_desk.ui.widgets.explain_panel import ExplainPanel
from okr_desk.ui.widgets.matrix import Matrix


class TodayPage(Page):
    """A branch sees what it owes and settles it here; the office sees the matrix of all branches."""

    title = N_("工作台")
    topics = frozenset(
        {
            Topic.CHECKINS,
            Topic.OBJECTIVES,
            Topic.INDICATORS,
            Topic.CYCLES,
            Topic.ORGS,
            Topic.IMPORTS,
            Topic.FOLLOWUPS,
            Topic.REVIEWS,
            Topic.APPRAISALS,
            Topic.BULLETINS,
            *DAILY_TOPICS,
        }
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.office: OfficeToday | None = None
        self.sheet: FillSheet | None = None
        self.matrix = Matrix(desk, self)
        self.branch = BranchToday(desk, self)
        self.explain = ExplainPanel(self)
        self.explain.hide()
        self.places = QStackedWidget(self)
        self.places.addWidget(self.matrix)
        self.places.addWidget(self.branch)
        self.content.addWidget(self.places, 1)
        self.remind_button = self.add_quiet(_("复制催报文字"), "copy", self.copy_reminder)
        self.print_button = self.add_quiet(_("打印全镇汇总表"), "print", self.print_summary)
        self.answer.linkActivated.connect(self.follow)
        self.matrix.opened.connect(self.open_line)
        self.matrix.view.clicked.connect(self._clicked)
        self.matrix.explain_asked.connect(self.show_why)
        self.branch.table.explain_asked.connect(self.show_why)

    def query(self) -> Callable[..., Any] | None:
        quarter, chosen = self.desk.selection.quarter, self.desk.selection.org
        if quarter is None:
            return None
        branch = self._one_branch()
        if branch is not None:
            return lambda session: queries.branch(session, branch, quarter)
        within = None if chosen is None or chosen.kind == OrgKind.TOWNSHIP else chosen.id
        return lambda session: queries.office(session, quarter, within)

    def refresh(self) -> None:
        if self.query() is not None:
            super().refresh()
            return
        self._stale = False
        self.show_empty(
            _("还没有建立年度和季度。"),
            _("请先建立年度，再导入组织和目标。"),
            _("去建立"),
            lambda: self.desk.go("cycles"),
        )

    def show_answer(self, snapshot: Any) -> None:
        is_office = isinstance(snapshot, OfficeToday)
        self.waiting_told.emit(_waiting(snapshot))
        self.office, self.sheet = (snapshot, None) if is_office else (None, snapshot.sheet)
        self.remind_button.setVisible(is_office)
        self.print_button.setVisible(is_office)
        if is_office:
            self._show_office(snapshot)
        else:
            self._show_branch(snapshot)

    # The office

    def follow(self, link: str) -> None:
        """A link in the sentence."""
        if link == "questions":
            self.desk.go("import")
        elif link == "followups":
            self.desk.go("followups")
        elif link == "reminder":
            self.copy_reminder()
        elif link.startswith("review:") and self.office is not None:
            one = self.office.reviews[int(link.removeprefix("review:"))]
            self.desk.go(one.page, **dict(one.arguments))
        elif link == "objectives":
            self.desk.go("objectives", **({} if self.sheet is None else {"org_id": self.sheet.org.id}))
        elif link == "checkins" and self.sheet is not None:
            self.desk.go("checkins", org_id=self.sheet.org.id)
        elif self.office is not None and self.office.incomplete:
            first = self.office.incomplete[0].org.id
            self.matrix.search.clear()
            self.matrix.mark(lambda line: line.row is not None and line.row.org.id == first)
            self.matrix.view.setFocus()

    def copy_reminder(self) -> None:
        """The reminder to the clipboard, ready to be sent."""
        words = queries.reminder(self.office) if self.office is not None else ""
        if not words and self.office is not None and self.office.incomplete:
            self.desk.say(_("本季度还没有开放填报，请先在“年度与季度”中开放，再催报。"))
            return
        if not words:
            self.desk.say(_("各支部本季都已报齐，不需要催报。"))
            return
        QGuiApplication.clipboard().setText(words)
        self.desk.say(_("催报文字已复制，可以粘贴到微信或短信。"))

    def print_summary(self) -> None:
        """The summary of the township, in the reports page."""
        self.desk.go("reports", document="summary")

    def open_line(self, line: MatrixLine) -> None:
        """The objectives of a branch."""
        if line.row is not None:
            self.desk.selection.choose_org(line.row.org.id)
            self.desk.go("objectives", org_id=line.row.org.id)

    def _clicked(self, index: QModelIndex) -> None:
        """A click on the name of a branch opens it; numbers explain themselves."""
        if index.column() == 0:
            self.open_line(index.data(ROW))

    def show_why(self, title: str, explained: Explained) -> None:
        """How a number came about."""
        marked = self.matrix.current() if self.office is not None else self.branch.table.current()
        name = marked.name if isinstance(marked, MatrixLine) else marked.view.code if marked is not None else ""
        words = plain(explained.value, 1) if title == _("满意度") else percent(explained.value)
        self.explain.show_explained(title, explained, words)
        self.open_side(self.explain, f"{name} {title}".strip())

    def _show_office(self, snapshot: OfficeToday) -> None:
        if not snapshot.township.rows:
            self.badge_changed.emit(0)
            self.show_empty(
                _("还没有党支部。"),
                _("导入组织名册，或在“组织”中逐个建立。"),
                _("去导入"),
                lambda: self.desk.go("import"),
            )
            return
        self.places.setCurrentWidget(self.matrix)
        self.set_band("")
        self.matrix.set_rows(queries.lines(snapshot.township))
        self.set_answer(self._office_sentence(snapshot))
        self.badge_changed.emit(len(snapshot.incomplete))

    def _office_sentence(self, snapshot: OfficeToday) -> str:
        town, parts = snapshot.township, []
        waiting = len(snapshot.incomplete)
        if waiting:
            silent = len(town.unreported)
            whole = _("（其中 {n} 个全部未报）").format(n=silent) if silent else ""
            parts.append(_link("missing", _("未报齐 {n} 个支部").format(n=waiting)) + whole)
        elif any(row.owed for row in town.rows):
            parts.append(_("各支部都已报齐"))
        else:
            parts.append(_("本季还没有需要填报的关键结果"))
        if town.overdue:
            parts.append(_link("missing", _("逾期 {n} 项").format(n=town.overdue)))
        if snapshot.to_check and self.desk.actor is not None and self.desk.actor.may(Action.IMPORT):
            parts.append(_link("questions", _("需核对 {n} 格").format(n=snapshot.to_check)))
        if snapshot.to_approve and self.desk.actor is not None and self.desk.actor.may(Action.APPROVE_OBJECTIVES):
            parts.append(_link("objectives", _("{n} 个目标等待批准").format(n=snapshot.to_approve)))
        if snapshot.late_findings:
            parts.append(_link("followups", _("整改逾期 {n} 件").format(n=snapshot.late_findings)))
        if snapshot.to_verify and self.desk.actor is not None and self.desk.actor.may(Action.CHECK_FINDINGS):
            parts.append(_link("followups", _("整改待验收 {n} 件").format(n=snapshot.to_verify)))
        if self.desk.actor is not None and self.desk.actor.may(Action.CHECK_REVIEW):
            parts += [_link(f"review:{n}", html.escape(one.said)) for n, one in enumerate(snapshot.reviews)]
        return (
            _("{deadline}{rest}")
            .format(deadline=deadline(town.quarter, snapshot.days_left), rest=" · ".join(parts))
            .strip()
        )

    # The branch

    def _show_branch(self, of: BranchDesk) -> None:
        snapshot = of.sheet
        is_office = self.desk.actor is not None and self.desk.actor.is_office
        if not snapshot.rows:
            self.badge_changed.emit(0)
            self.show_empty(
                _("{org}还没有关键结果。").format(org=snapshot.org.short_name),
                _("目标经镇党建办批准后，就可以在这里填报。"),
                _("去看目标"),
                lambda: self.desk.go("objectives", org_id=snapshot.org.id),
            )
            return
        self.places.setCurrentWidget(self.branch)
        self.set_band(fill.who_may(snapshot, is_office))
        self.branch.show_branch(of)
        owed, missing = snapshot.owed, snapshot.missing
        if missing:
            said = _("{owed} 项关键结果已报 {n} 项。").format(owed=len(owed), n=len(owed) - len(missing))
        elif owed:
            said = _("{owed} 项关键结果都已报齐。").format(owed=len(owed))
        else:
            said = _("本季还没有需要填报的关键结果。")
        if missing and is_office and snapshot.is_open_to(is_office):
            said = f"{said} {_link('checkins', _('代为填报'))}"
        if snapshot.returned:
            words = _("{n} 个目标被退回（{codes}），请修改后重新提交。")
            codes = html.escape(_("、").join(snapshot.returned))
            said = f"{said} {_link('objectives', words.format(n=len(snapshot.returned), codes=codes))}"
        due = deadline(snapshot.quarter, snapshot.days_left)
        self.set_answer(_("{deadline}{rest}").format(deadline=due, rest=said).strip())
        self.badge_changed.emit(len(missing) + len(snapshot.returned))

    def _one_branch(self) -> int | None:
        chosen, branches = self.desk.selection.org, self.desk.selection.branches
        if chosen is not None and chosen.kind == OrgKind.BRANCH:
            return int(chosen.id)
        is_office = self.desk.actor is not None and self.desk.actor.is_office
        return int(branches[0].id) if len(branches) == 1 and not is_office else None


def _waiting(snapshot: OfficeToday | BranchDesk) -> dict[str, int]:
    """What waits on the pages of the closed loop, so that the rail says it before they are opened."""
    if isinstance(snapshot, OfficeToday):
        return {"followups": snapshot.late_findings}
    counted = Counter(one.page for one in snapshot.reminders)
    return {page: counted[page] for page in ("reviews", "bulletins", "followups")}


def _link(target: str, words: str) -> str:
    return f'<a href="{target}">{words}</a>'

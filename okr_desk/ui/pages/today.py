"""工作台: what a branch owes, where the township stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from okr_desk.i18n import N_, _
from okr_desk.queries import checkins as fill
from okr_desk.queries import today as queries
from okr_desk.queries.checkins import FillRow, FillSheet
from okr_desk.queries.today import MatrixLine, OfficeToday
from okr_desk.rules.checkins import CheckInDraft
from okr_desk.rules.entries import Typed
from okr_desk.rules.permissions import Action
from okr_desk.scoring.explained import Explained
from okr_desk.scoring.rounding import percent
from okr_desk.services import checkins as services
from okr_desk.services.outcome import Topic
from okr_desk.terms import OrgKind, Status
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.models.rows import Column
from okr_desk.ui.pages.base import Page
from okr_desk.ui.widgets.delegates import BarValue
from okr_desk.ui.widgets.explain_panel import ExplainPanel
from okr_desk.ui.widgets.matrix import Matrix
from okr_desk.ui.widgets.owed import OwedLine
from okr_desk.ui.widgets.table import Table


class TodayPage(Page):
    """A branch sees what it owes and settles it here; the office sees the matrix of all branches."""

    title = N_("工作台")
    topics = frozenset({Topic.CHECKINS, Topic.OBJECTIVES, Topic.INDICATORS, Topic.CYCLES, Topic.ORGS, Topic.IMPORTS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.office: OfficeToday | None = None
        self.sheet: FillSheet | None = None
        self.matrix = Matrix(desk, self)
        self.branch = _BranchToday(desk, self)
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
        self.matrix.explain_asked.connect(self.show_why)
        self.branch.table.explain_asked.connect(self.show_why)

    def query(self) -> Callable[..., Any] | None:
        quarter, chosen = self.desk.selection.quarter, self.desk.selection.org
        if quarter is None:
            return None
        branch = self._one_branch()
        if branch is not None:
            return lambda session: fill.sheet(session, branch, quarter)
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
        self.office, self.sheet = (snapshot, None) if is_office else (None, snapshot)
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
        elif link == "reminder":
            self.copy_reminder()
        elif link == "checkins":
            self.desk.go("checkins")
        elif self.office is not None and self.office.incomplete:
            first = self.office.incomplete[0].org.id
            self.matrix.search.clear()
            self.matrix.mark(lambda line: line.row is not None and line.row.org.id == first)
            self.matrix.view.setFocus()

    def copy_reminder(self) -> None:
        """The reminder to the clipboard, ready to be sent."""
        words = queries.reminder(self.office) if self.office is not None else ""
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

    def show_why(self, title: str, explained: Explained) -> None:
        """How a number came about."""
        line = self.matrix.current() if self.office is not None else None
        name = line.name if isinstance(line, MatrixLine) else ""
        points = title == _("满意度")
        words = "" if points else percent(explained.value)
        self.explain.show_explained(title, explained, words)
        self.open_side(self.explain, f"{name} {title}".strip())

    def _show_office(self, snapshot: OfficeToday) -> None:
        if not snapshot.township.rows:
            self.show_empty(
                _("还没有党支部。"),
                _("导入组织名册，或在“组织”中逐个建立。"),
                _("去导入"),
                lambda: self.desk.go("import"),
            )
            return
        self.places.setCurrentWidget(self.matrix)
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
        else:
            parts.append(_("各支部都已报齐"))
        if town.overdue:
            parts.append(_link("missing", _("逾期 {n} 项").format(n=town.overdue)))
        if snapshot.to_check and self.desk.actor is not None and self.desk.actor.may(Action.IMPORT):
            parts.append(_link("questions", _("需核对 {n} 格").format(n=snapshot.to_check)))
        return queries.deadline(town.quarter, snapshot.days_left) + "　".join(parts)

    # The branch

    def _show_branch(self, snapshot: FillSheet) -> None:
        if not snapshot.rows:
            self.show_empty(
                _("{org}还没有关键结果。").format(org=snapshot.org.short_name),
                _("目标经镇党建办批准后，就可以在这里填报。"),
                _("去看目标"),
                lambda: self.desk.go("objectives", org_id=snapshot.org.id),
            )
            return
        self.places.setCurrentWidget(self.branch)
        self.branch.show_sheet(snapshot)
        owed, missing = snapshot.owed, snapshot.missing
        said = _("{owed} 项关键结果已报 {n} 项。").format(owed=len(owed), n=len(owed) - len(missing))
        self.set_answer(queries.deadline(snapshot.quarter, snapshot.days_left) + said)
        self.badge_changed.emit(len(missing))

    def _one_branch(self) -> int | None:
        chosen, branches = self.desk.selection.org, self.desk.selection.branches
        if chosen is not None and chosen.kind == OrgKind.BRANCH:
            return int(chosen.id)
        is_office = self.desk.actor is not None and self.desk.actor.is_office
        return int(branches[0].id) if len(branches) == 1 and not is_office else None


class _BranchToday(QWidget):
    """What is owed, then how every key result stands."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self.lines: list[OwedLine] = []
        self._sheet: FillSheet | None = None
        self.owed = QWidget(self)
        self._owed = QVBoxLayout(self.owed)
        self._owed.setContentsMargins(0, 0, 0, 0)
        self._owed.setSpacing(theme.gap(0.3))
        self.scroll = QScrollArea(self)
        self.scroll.setWidget(self.owed)
        self.scroll.setWidgetResizable(True)
        self.scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table = Table(desk, _columns(), "branch_today", _("本季各项"), self)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.gap(0.6))
        layout.addWidget(self.scroll)
        layout.addWidget(self.table, 1)

    def show_sheet(self, sheet: FillSheet) -> None:
        """Fill both parts; a line somebody types into keeps its text."""
        typed = {line.row.view.id: line.field.text() for line in self.lines if line.field.text()}
        self._sheet = sheet
        for line in self.lines:
            self._owed.removeWidget(line)
            line.deleteLater()
        is_office = bool(self.desk.actor and self.desk.actor.is_office)
        can_type = sheet.is_open_to_branch and not is_office and self._may_record()
        self.lines = [OwedLine(row, self.owed) for row in sheet.missing] if can_type else []
        for line in self.lines:
            self._owed.addWidget(line)
            line.given.connect(lambda row, answer, line=line: self._record(line, row, answer))
            if line.row.view.id in typed:
                line.field.setText(typed[line.row.view.id])
        high = sum(line.sizeHint().height() + theme.gap(0.3) for line in self.lines)
        self.scroll.setVisible(bool(self.lines))
        self.scroll.setFixedHeight(min(high, theme.line_height() * 15))
        self.table.set_rows(sheet.rows)
        if self.lines:
            self.lines[0].field.setFocus()

    def _may_record(self) -> bool:
        actor = self.desk.actor
        return bool(actor and self._sheet and actor.may(Action.RECORD_CHECKIN, self._sheet.org.line))

    def _record(self, line: OwedLine, row: FillRow, typed: Typed) -> None:
        assert self._sheet is not None
        made = CheckInDraft(
            key_result_id=row.view.id,
            quarter_id=self._sheet.quarter.id,
            value=typed.value,
            done=typed.done,
            nodes=typed.nodes,
            as_of=self._sheet.as_of,
        )
        line.field.clear()
        self.desk.tasks.write(
            services.record,
            made,
            done=lambda _outcome: self.desk.say(
                _("{code} 已登记。需要更正或补充说明，请到“填报”。").format(code=row.view.code)
            ),
            failed=lambda error: self._refused(line, typed, error),
            owner=line,
        )

    def _refused(self, line: OwedLine, typed: Typed, error: Exception) -> None:
        line.field.setText(typed.text)
        line.refuse(str(error))


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("编号"), lambda row: row.view.code, width=5),
        Column(_("关键结果"), lambda row: row.view.title, stretch=True, width=14),
        Column(_("单位"), lambda row: row.view.unit, width=4),
        Column(_("本季计划"), _plan, look="number", width=6),
        Column(_("本季实绩"), lambda row: row.view.value_text, look="number", width=7),
        Column(
            _("完成度"),
            lambda row: percent(row.view.progress.clamped),
            look="bar",
            value=_bar,
            sort=lambda row: row.view.progress.clamped,
            explained=_explained,
            width=12,
        ),
        Column(_("状态"), lambda row: Status(row.view.pace.status), look="light", value=_status, width=7),
    )


def _plan(row: FillRow) -> str:
    from okr_desk.queries.wording import plan_text

    return plan_text(row.view)


def _bar(row: FillRow) -> BarValue:
    view = row.view
    return BarValue(view.progress.raw, view.pace.expected, view.pace.status, percent(view.progress.clamped))


def _status(row: FillRow) -> Status:
    return row.view.pace.status


def _explained(row: FillRow) -> Explained:
    view = row.view
    return Explained(view.progress.clamped, (*view.progress.steps, *view.pace.steps))


def _link(target: str, words: str) -> str:
    return f'<a href="{target}">{words}</a>'

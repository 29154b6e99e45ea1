"""One organisation beside the tree: its facts, who holds which post, and what it was before."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from okr_desk.i18n import _
from okr_desk.queries import orgs as standing
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.orgs import OrgHistory, VersionView
from okr_desk.queries.users import AppointmentView
from okr_desk.rules.orgs import MERGER
from okr_desk.terms import OrgKind, label
from okr_desk.ui import icons, theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.person import VacateDialog


class OrgPanel(QWidget):
    """Facts at the top, posts in the middle, history below."""

    def __init__(
        self,
        desk: Desk,
        org: OrgView,
        terms: tuple[AppointmentView, ...],
        day: date,
        editable: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._day, self._editable = desk, day, editable
        inner = QWidget(self)
        self._lines = QVBoxLayout(inner)
        self._lines.setContentsMargins(0, 0, theme.gap(0.3), 0)
        self._lines.setSpacing(theme.gap(0.35))
        full = QLabel(org.full_name, inner)
        full.setWordWrap(True)
        full.setObjectName("quiet")
        full.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lines.addWidget(full)
        self._facts = QFormLayout()
        self._facts.setVerticalSpacing(theme.gap(0.2))
        self._lines.addLayout(self._facts)
        self._add_posts(terms)
        self._past = QVBoxLayout()
        self._past.setSpacing(theme.gap(0.25))
        self._lines.addLayout(self._past)
        self._lines.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setWidget(inner)
        area.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)
        desk.tasks.read(standing.history, org.id, done=self._show_past, owner=self)

    def _add_posts(self, terms: tuple[AppointmentView, ...]) -> None:
        self._lines.addWidget(_heading(_("任职")))
        if not terms:
            self._lines.addWidget(_quiet(_("还没有任职记录。")))
        for term in terms:
            row = QHBoxLayout()
            name = term.name or _("空缺")
            acting = _("（代）") if term.acting else ""
            words = QLabel(f"{label(term.post)}　{name}{acting}", self)
            words.setToolTip(term.note)
            since = _quiet(_("{day} 起").format(day=term.valid_from))
            words.setWordWrap(True)
            since.setWordWrap(False)
            row.addWidget(words, 1)
            row.addWidget(since)
            if self._editable and term.valid_to is None:
                row.addWidget(self._ending(term))
            self._lines.addLayout(row)

    def _ending(self, term: AppointmentView) -> QToolButton:
        button = QToolButton(self)
        icons.dress(button, "close", "text_quiet")
        words = _("免去{name}的{post}").format(name=term.name, post=label(term.post))
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.clicked.connect(lambda: VacateDialog.ask(self, self._desk, term, self._desk.clock.today()))
        return button

    def _show_past(self, past: OrgHistory) -> None:
        begun = [version for version in past.versions if version.valid_from <= self._day] or list(past.versions[:1])
        if begun:
            self._show_facts(past, begun[-1])
        self._past.addWidget(_heading(_("沿革")))
        steps: list[tuple[date, str, str]] = []
        for number, version in enumerate(past.versions):
            before = past.versions[number - 1] if number else None
            steps.append((version.valid_from, _difference(before, version), version.reason))
        for step in past.successions:
            steps.append((step.on, _succession(step, past.org_id), step.reason))
        if past.retired_on is not None:
            steps.append((past.retired_on, _("撤销"), ""))
        for day, words, reason in sorted(steps, key=lambda step: step[0], reverse=True):
            line = QLabel(f"{day}　{words}", self)
            line.setWordWrap(True)
            self._past.addWidget(line)
            if reason:
                self._past.addWidget(_quiet(reason))

    def _show_facts(self, past: OrgHistory, version: VersionView) -> None:
        facts: list[tuple[str, Any]] = [
            (_("层级"), label(OrgKind(past.kind))),
            (_("类别"), version.category),
            (_("上级"), version.parent_name),
            (_("正式党员"), version.full_members),
            (_("预备党员"), version.probationary_members),
            (_("党小组数"), version.groups),
            (_("支部委员会"), {True: _("设"), False: _("不设"), None: None}[version.has_committee]),
            (_("辖区户数"), version.households),
            (_("专职工作者"), version.workers),
            (_("上次换届"), version.elected_on),
        ]
        for words, fact in facts:
            if fact not in (None, ""):
                self._facts.addRow(_quiet(words), QLabel(str(fact), self))


def _difference(before: VersionView | None, now: VersionView) -> str:
    """What a version changed, in words. The first says since when it is kept here: nobody stated its founding."""
    if before is None:
        return _("登记")
    words = []
    if before.short_name != now.short_name or before.full_name != now.full_name:
        words.append(_("由“{old}”改名").format(old=before.short_name))
    if before.category_id != now.category_id:
        words.append(_("类别由{old}改为{new}").format(old=before.category or _("无"), new=now.category or _("无")))
    if before.parent_id != now.parent_id:
        words.append(_("上级改为{new}").format(new=now.parent_name))
    return _("，").join(words) or _("更新基本情况")


def _succession(step: standing.SuccessionView, org_id: int) -> str:
    merged = step.kind == MERGER
    if step.predecessor_id == org_id:
        words = _("并入“{name}”") if merged else _("分出“{name}”")
        return words.format(name=step.successor) + (_("，由其承接未完事项") if step.inherits else "")
    words = _("“{name}”并入") if merged else _("由“{name}”分出")
    return words.format(name=step.predecessor) + (_("，承接其未完事项") if step.inherits else "")


def _heading(words: str) -> QLabel:
    line = QLabel(words)
    line.setFont(theme.font("body", bold=True))
    line.setContentsMargins(0, theme.gap(0.5), 0, 0)
    return line


def _quiet(words: str) -> QLabel:
    line = QLabel(words)
    line.setObjectName("quiet")
    line.setWordWrap(True)
    return line

"""组织: the tree of Party organisations on a day, with who leads them and what became of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QMenu, QStackedWidget, QTreeWidget, QTreeWidgetItem

from okr_desk import services
from okr_desk.i18n import N_, _
from okr_desk.queries import orgs as standing
from okr_desk.queries import users as people_now
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.orgs import CategoryView
from okr_desk.queries.users import AppointmentView, PersonView
from okr_desk.rules.permissions import Action
from okr_desk.services.outcome import Topic
from okr_desk.terms import OrgKind
from okr_desk.ui import icons, theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.merge import MergeDialog, SplitDialog
from okr_desk.ui.dialogs.org import OrgDialog, RetireDialog, Surroundings
from okr_desk.ui.dialogs.org_categories import CategoriesDialog
from okr_desk.ui.dialogs.person import AppointDialog
from okr_desk.ui.models import org_columns
from okr_desk.ui.pages.base import Page
from okr_desk.ui.widgets.day_line import DayLine
from okr_desk.ui.widgets.org_panel import OrgPanel
from okr_desk.ui.widgets.search import SearchBox
from okr_desk.ui.widgets.table import Table
from okr_desk.ui.widgets.wrapping import WrappingRow

ORG = Qt.ItemDataRole.UserRole
NUMBERS = (4, 5)


@dataclass(frozen=True)
class OrgsSnapshot:
    """What the page shows: the tree on a day, ended organisations, categories, posts and people."""

    day: date
    tree: tuple[OrgView, ...]
    retired: tuple[OrgView, ...]
    categories: tuple[CategoryView, ...]
    terms: tuple[AppointmentView, ...]
    people: tuple[PersonView, ...]


class OrgsPage(Page):
    """A searchable tree; the side panel tells one organisation's facts, posts and history."""

    title = N_("组织")
    topics = frozenset({Topic.ORGS, Topic.USERS})
    follows_quarter = follows_org = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._snapshot: OrgsSnapshot | None = None
        self._wanted: int | None = None
        self.search = SearchBox(self)
        self.search.setMaximumWidth(theme.span(self, 18))
        self.day = DayLine(_("按哪一天的情况"), desk.clock.today(), desk.clock.today().year, pick=True)
        self.day.setAccessibleName(_("按哪一天的情况"))
        self.ended = QCheckBox(_("显示已撤销"), self)
        self.tree = QTreeWidget(self)
        self.list = Table(desk, org_columns.of_list(self._short_name), "orgs", _("党组织"), self)
        self.as_list = QCheckBox(_("列表"), self)
        self.as_list.setToolTip(_("不分层级，可以排序、筛选、选择列、复制和导出"))
        self.places = QStackedWidget(self)
        self._dress_tree()
        self._assemble()
        self._make_actions()
        self.search.textChanged.connect(self._sieve)
        self.ended.toggled.connect(lambda _on: self._show_tree())
        self.as_list.toggled.connect(self._show_place)
        self.list.marked.connect(lambda _org: self._show_panel())
        self.list.opened.connect(lambda _org: self.edit())
        self.day.moved.connect(self.refresh)
        self.tree.currentItemChanged.connect(lambda _now, _old: self._show_panel())
        self.tree.itemActivated.connect(lambda _item, _column: self.edit())

    def query(self) -> Callable[..., Any]:
        day = self.day.understood or self.desk.clock.today()
        return lambda session: _read(session, day)

    def show_answer(self, snapshot: OrgsSnapshot) -> None:
        self._snapshot = snapshot
        self.set_answer(_sentence(snapshot))
        today = self.desk.clock.today()
        self.set_band("" if snapshot.day == today else _("这是 {day} 的情况。").format(day=snapshot.day), "history")
        self._show_tree()

    def arrive(self, **arguments: Any) -> None:
        """`org_id` puts the cursor on an organisation."""
        if "org_id" in arguments:
            self._mark(int(arguments["org_id"]))

    def current(self) -> OrgView | None:
        """The organisation under the cursor."""
        if self.as_list.isChecked():
            marked: OrgView | None = self.list.current()
            return marked
        item = self.tree.currentItem()
        found: OrgView | None = None if item is None else item.data(0, ORG)
        return found

    def add(self) -> None:
        """Add an organisation, under the one that is marked where that may be."""
        chosen = self.current()
        above = chosen.id if chosen and chosen.kind != OrgKind.BRANCH else chosen.parent_id if chosen else None
        outcome = OrgDialog.ask(self, self.desk, self._around(), parent_id=above)
        if outcome is not None:
            self._wanted = outcome.value

    def edit(self) -> None:
        """State the marked organisation anew from a day on."""
        org = self._editable()
        if org is not None:
            self.desk.tasks.read(standing.history, org.id, done=lambda past: self._edit(org, past), owner=self)

    def appoint(self) -> None:
        """Appoint somebody in the marked organisation."""
        org, shown = self._editable(), self._snapshot
        if org is not None and shown is not None:
            AppointDialog.ask(self, self.desk, shown.tree, shown.people, org_id=org.id)

    def merge(self) -> None:
        """Merge the marked organisation with others."""
        org = self._editable()
        if org is not None:
            MergeDialog.ask(self, self.desk, self._around(), org)

    def split(self) -> None:
        """Split the marked organisation."""
        org = self._editable()
        if org is not None:
            SplitDialog.ask(self, self.desk, self._around(), org)

    def retire(self) -> None:
        """End the marked organisation."""
        org = self._editable()
        if org is not None:
            RetireDialog.ask(self, self.desk, org, self.desk.clock.today())

    def shift(self, step: int) -> None:
        """Move the marked organisation up or down among its neighbours."""
        org, shown = self._editable(), self._snapshot
        if org is None or shown is None:
            return
        beside = [o.id for o in shown.tree if o.parent_id == org.parent_id]
        at = beside.index(org.id)
        if 0 <= at + step < len(beside):
            beside[at], beside[at + step] = beside[at + step], beside[at]
            self.desk.tasks.write(services.orgs.reorder, beside, owner=self)

    # Inside

    def _dress_tree(self) -> None:
        self.tree.setHeaderLabels([_("党组织"), _("类别"), _("书记"), _("联系领导"), _("正式党员"), _("预备党员")])
        self.tree.setAccessibleName(_("党组织"))
        self.tree.setUniformRowHeights(True)
        self.tree.setStyleSheet("QTreeView::item { padding: 0.28em 0.42em; }")
        self.tree.header().setStretchLastSection(False)
        self.tree.viewport().installEventFilter(self)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(self._menu_at)
        for column in NUMBERS:
            self.tree.headerItem().setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def _assemble(self) -> None:
        tools = QHBoxLayout()
        words = QLabel(_("按此日的情况"), self)
        words.setObjectName("quiet")
        words.setBuddy(self.day)
        self.search.setMinimumWidth(theme.span(self, 9))
        tools.addWidget(self.search)
        options = WrappingRow(theme.gap(0.5))
        for place, widget in enumerate((self.as_list, self.ended, words, self.day)):
            options.insert(place, widget)
        tools.addLayout(options, 1)
        self.content.addLayout(tools)
        self.places.addWidget(self.tree)
        self.places.addWidget(self.list)
        self.content.addWidget(self.places, 1)

    def _make_actions(self) -> None:
        self._can_edit = self.desk.actor is not None and self.desk.actor.may(Action.EDIT_ORGS)
        if not self._can_edit:
            return
        self.add_quiet(_("支部类别"), "flag", lambda: CategoriesDialog.ask(self, self.desk))
        self.edit_button = self.add_quiet(_("修改"), "edit", self.edit, QKeySequence("F2"))
        self.appoint_button = self.add_quiet(_("任免"), "person", self.appoint)
        self.more_button = self.add_quiet(_("更多"), "more", self._menu_under)
        self.set_accent(_("新增党组织"), "add", self.add, QKeySequence(Qt.Key.Key_Insert))
        for keys, step in (("Alt+Up", -1), ("Alt+Down", 1)):
            QShortcut(
                QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
            ).activated.connect(lambda by=step: self.shift(by))

    def _around(self) -> Surroundings:
        assert self._snapshot is not None
        return Surroundings(self._snapshot.tree, self._snapshot.categories, self.desk.clock.today())

    def _editable(self) -> OrgView | None:
        org = self.current()
        if org is None or self._snapshot is None or not self._can_edit:
            return None
        return org if org in self._snapshot.tree else None

    def _edit(self, org: OrgView, past: Any) -> None:
        today = self.desk.clock.today()
        begun = [version for version in past.versions if version.valid_from <= today] or list(past.versions[:1])
        OrgDialog.ask(self, self.desk, self._around(), org=org, version=begun[-1])

    def _show_tree(self) -> None:
        if self._snapshot is None:
            return
        chosen = self.current()
        kept = self._wanted or (chosen.id if chosen else None)
        self._wanted = None
        gone = self._snapshot.retired if self.ended.isChecked() else ()
        self.list.set_rows((*self._snapshot.tree, *gone))
        self.tree.clear()
        items: dict[int, QTreeWidgetItem] = {}
        for org in self._snapshot.tree:
            item = _item(org)
            above = items.get(org.parent_id or 0)
            (above.addChild if above else self.tree.addTopLevelItem)(item)
            items[org.id] = item
        if gone:
            heading = QTreeWidgetItem([_("已撤销")])
            self.tree.addTopLevelItem(heading)
            heading.addChildren([_item(org, faint=True) for org in gone])
        self.tree.expandAll()
        self._fit()
        self._sieve()
        self._mark(kept)

    def _short_name(self, org_id: int | None) -> str:
        shown = self._snapshot.tree if self._snapshot is not None else ()
        return next((org.short_name for org in shown if org.id == org_id), "")

    def _show_place(self, as_list: bool) -> None:
        """The tree or the list, with the cursor on the same organisation."""
        item = self.tree.currentItem()
        org = (item.data(0, ORG) if item is not None else None) if as_list else self.list.current()
        self.places.setCurrentWidget(self.list if as_list else self.tree)
        self.search.setVisible(not as_list)
        if org is not None and as_list:
            self.list.mark(lambda row: row.id == org.id)
        elif org is not None:
            self._mark(org.id)

    def _fit(self) -> None:
        for column in range(1, self.tree.columnCount()):
            wanted = max(self.tree.sizeHintForColumn(column), self.tree.header().sectionSizeHint(column))
            self.tree.setColumnWidth(column, max(theme.span(self, 5), wanted) + theme.gap(0.6))
        self._stretch()

    def _stretch(self) -> None:
        """Names take what the other columns leave, but stay readable; below that the tree scrolls sideways."""
        others = sum(self.tree.columnWidth(column) for column in range(1, self.tree.columnCount()))
        least = max(theme.span(self, 12), self.tree.sizeHintForColumn(0))
        self.tree.setColumnWidth(0, max(least, self.tree.viewport().width() - others))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.tree.viewport() and event.type() == QEvent.Type.Resize:
            self._stretch()
        return super().eventFilter(watched, event)

    def _sieve(self) -> None:
        for item in self._roots():
            self._sieve_item(item)

    def _sieve_item(self, item: QTreeWidgetItem) -> bool:
        """Hide what does not fit, unless something below does; whether the item stays."""
        below = [self._sieve_item(item.child(at)) for at in range(item.childCount())]
        org: OrgView | None = item.data(0, ORG)
        fits = org is not None and (
            self.search.fits(org.short_name, org.search_keys)
            or any(self.search.text().strip() in words for words in (org.full_name, org.secretary, org.liaison))
        )
        stays = fits or any(below)
        item.setHidden(not stays)
        return stays

    def _roots(self) -> list[QTreeWidgetItem]:
        found = (self.tree.topLevelItem(at) for at in range(self.tree.topLevelItemCount()))
        return [item for item in found if item is not None]

    def _mark(self, org_id: int | None) -> None:
        walk = self._roots()
        while walk:
            item = walk.pop(0)
            org: OrgView | None = item.data(0, ORG)
            if org is not None and (org_id is None or org.id == org_id):
                self.tree.setCurrentItem(item)
                return
            walk += [item.child(at) for at in range(item.childCount())]

    def _show_panel(self) -> None:
        org, shown = self.current(), self._snapshot
        if org is None or shown is None:
            return
        terms = tuple(term for term in shown.terms if term.org_id == org.id)
        panel = OrgPanel(self.desk, org, terms, shown.day, self._editable() is not None, self)
        self.open_side(panel, org.short_name)

    def _menu_under(self) -> None:
        self._menu().popup(self.more_button.mapToGlobal(QPoint(0, self.more_button.height())))

    def _menu_at(self, point: QPoint) -> None:
        if self._can_edit:
            self._menu().popup(self.tree.viewport().mapToGlobal(point))

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        org = self._editable()
        for words, icon, slot in (
            (_("合并…"), "sync", self.merge),
            (_("拆分…"), "branch", self.split),
            (_("撤销…"), "close", self.retire),
            (_("上移") + "\tAlt+↑", "", lambda: self.shift(-1)),
            (_("下移") + "\tAlt+↓", "", lambda: self.shift(1)),
        ):
            action = menu.addAction(words)
            if icon:
                action.setIcon(icons.icon(icon))
            action.setEnabled(org is not None and org.kind != OrgKind.TOWNSHIP)
            action.triggered.connect(lambda _checked=False, call=slot: call())
        return menu


def _item(org: OrgView, faint: bool = False) -> QTreeWidgetItem:
    members = ["" if count is None else str(count) for count in (org.full_members, org.probationary_members)]
    item = QTreeWidgetItem([org.short_name, org.category, org.secretary, org.liaison, *members])
    item.setData(0, ORG, org)
    item.setToolTip(0, org.full_name)
    for column in NUMBERS:
        item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    if org.kind != OrgKind.BRANCH:
        item.setFont(0, theme.font("body", bold=True))
    if faint:
        for column in range(item.columnCount()):
            item.setForeground(column, theme.colour("text_faint"))
    return item


def _sentence(shown: OrgsSnapshot) -> str:
    branches = [org for org in shown.tree if org.kind == OrgKind.BRANCH]
    general = sum(org.kind == OrgKind.GENERAL_BRANCH for org in shown.tree)
    members = sum(org.full_members or 0 for org in branches)
    vacant = sum(not org.secretary for org in branches)
    if not branches:
        return _("还没有党支部。可以在“导入”中导入组织名册，或点“新增党组织”逐个登记。")
    sentence = _("{general} 个党总支、{branches} 个党支部，正式党员 {members} 人。").format(
        general=general, branches=len(branches), members=members
    )
    return sentence + (_("{n} 个支部书记空缺。").format(n=vacant) if vacant else "")


def _read(session: Any, day: date) -> OrgsSnapshot:
    return OrgsSnapshot(
        day,
        standing.tree(session, day),
        standing.retired(session, day),
        standing.categories(session, day),
        people_now.appointments(session, day=day),
        people_now.people(session),
    )

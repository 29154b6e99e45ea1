"""People and their posts: add somebody, correct a name, appoint, end a term."""

from __future__ import annotations

from datetime import date
from itertools import islice, product
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QLineEdit, QWidget

from okr_desk import services
from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.users import AppointmentView, PersonView
from okr_desk.rules.users import AppointmentDraft, PersonDraft
from okr_desk.terms import OrgKind, Post, label
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.saving import SavingDialog
from okr_desk.ui.forms import choices
from okr_desk.ui.widgets.day_line import DayLine

FOUND_BY = Qt.ItemDataRole.UserRole + 1
MOST_READINGS = 12
_BRANCH = (Post.SECRETARY, Post.DEPUTY_SECRETARY, Post.LIAISON_LEADER, Post.FIRST_SECRETARY, Post.INSTRUCTOR)
_TOWNSHIP = (Post.SECRETARY, Post.DEPUTY_SECRETARY, Post.OFFICE_HEAD, Post.OFFICE_STAFF)


class NameCompleter(QCompleter):
    """Finds names by characters, full pinyin or initials; what is taken is the name."""

    def __init__(self, people: tuple[PersonView, ...], parent: QWidget) -> None:
        names = QStandardItemModel(parent)
        for person in people:
            item = QStandardItem(person.name)
            item.setData(f"{person.name} {spellings(person.search_keys)}", FOUND_BY)
            names.appendRow(item)
        super().__init__(names, parent)
        self.setCompletionRole(FOUND_BY)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)

    def pathFromIndex(self, index: Any) -> str:
        return str(index.data(Qt.ItemDataRole.DisplayRole))


class PersonBox(QComboBox):
    """Somebody by name: pick from the list or type; what is typed and not in the list is a new person."""

    def __init__(self, people: tuple[PersonView, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.addItem("", None)
        for person in people:
            self.addItem(person.name, person.id)
        self.setCompleter(NameCompleter(people, self))

    def chosen(self) -> tuple[int | None, str]:
        """The id of the person picked, or None with the name typed."""
        typed = self.currentText().strip()
        if self.currentIndex() > 0 and self.itemText(self.currentIndex()) == typed:
            return self.currentData(), ""
        named = [row for row in range(1, self.count()) if self.itemText(row) == typed]
        return (self.itemData(named[0]), "") if len(named) == 1 else (None, typed)


def spellings(keys: str) -> str:
    """The ways to type a name by its stored keys: in full and by initials, every reading."""
    ways = list(islice(product(*(word.split("/") for word in keys.split())), MOST_READINGS))
    return " ".join("".join(way) for way in ways) + " " + " ".join("".join(r[:1] for r in way) for way in ways)


class PersonDialog(SavingDialog):
    """A name, and nothing else: no telephone, no identity number."""

    def __init__(self, desk: Desk, person: PersonView | None = None, parent: QWidget | None = None) -> None:
        note = _("只登记姓名，不登记电话、身份证号。")
        if person is None:
            super().__init__(desk, services.users.create_person, _("新增人员"), parent=parent, note=note)
        else:
            super().__init__(desk, services.users.rename_person, _("更正姓名"), person.id, parent=parent, note=note)
        self.add_row("name", _("姓名"), QLineEdit(person.name if person else ""))

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, person: PersonView | None = None) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, person, parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> PersonDraft:
        return PersonDraft(self.text("name"))


class AppointDialog(SavingDialog):
    """Who holds which post from when; who held it before ends the day before."""

    def __init__(
        self,
        desk: Desk,
        orgs: tuple[OrgView, ...],
        people: tuple[PersonView, ...],
        today: date,
        org_id: int | None = None,
        person_id: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        note = _("新任书记、联系领导等到任，原任职自动止于前一天；以前的评审表仍签原任姓名。")
        super().__init__(desk, services.users.appoint, _("任免"), parent=parent, note=note)
        self._kinds = {org.id: org.kind for org in orgs}
        self.org = choices([(org.short_name, org.id) for org in orgs], org_id)
        self.post = QComboBox()
        self.person = PersonBox(people)
        self.person.setCurrentIndex(max(0, self.person.findData(person_id)))
        self.vacant = QCheckBox(_("空缺（暂无人任职）"), self)
        self.acting = QCheckBox(_("代理（主持工作）"), self)
        self.valid_from = DayLine(_("任职日期"), today, today.year, pick=True)
        self.add_row("org_id", _("党组织"), self.org)
        self.add_pair("post", _("职务"), self.post, "valid_from", _("任职日期"), self.valid_from)
        self.add_row("name", _("姓名"), self.person, _("名单里没有的，直接输入即新增"))
        self.form.addRow("", self.acting)
        self.form.addRow("", self.vacant)
        self.add_row("note", _("依据"), QLineEdit())
        self.org.currentIndexChanged.connect(self._follow)
        self.vacant.toggled.connect(self._follow)
        self._follow()

    @classmethod
    def ask(
        cls,
        parent: QWidget,
        desk: Desk,
        orgs: tuple[OrgView, ...],
        people: tuple[PersonView, ...],
        org_id: int | None = None,
        person_id: int | None = None,
    ) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, orgs, people, desk.clock.today(), org_id, person_id, parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> AppointmentDraft:
        person_id, name = self.person.chosen()
        is_vacant = self.vacant.isChecked()
        if not is_vacant and person_id is None and not name:
            raise InputRefused(_("请选择或输入姓名；没有人选请勾“空缺”。"), "name")
        day = self.valid_from.day("valid_from")
        return AppointmentDraft(
            org_id=self.org.currentData(),
            post=Post(self.post.currentData()),
            person_id=None if is_vacant else person_id,
            valid_from=day,
            acting=self.acting.isChecked() and not is_vacant,
            note=self.text("note"),
            name="" if is_vacant else name,
        )

    def _follow(self) -> None:
        chosen = self.post.currentData()
        is_top = self._kinds.get(self.org.currentData()) == OrgKind.TOWNSHIP
        self.post.clear()
        for post in _TOWNSHIP if is_top else _BRANCH:
            self.post.addItem(label(post), post)
        self.post.setCurrentIndex(max(0, self.post.findData(chosen)))
        self.person.setEnabled(not self.vacant.isChecked())
        self.acting.setEnabled(not self.vacant.isChecked())


class VacateDialog(SavingDialog):
    """The last day of a term."""

    def __init__(self, desk: Desk, term: AppointmentView, today: date, parent: QWidget | None = None) -> None:
        title = _("免去{post}").format(post=label(term.post))
        note = _("{name} 自 {day} 起任{post}。").format(name=term.name, day=term.valid_from, post=label(term.post))
        super().__init__(desk, services.users.vacate, title, term.id, parent=parent, note=note, accept=_("免职"))
        self.last_day = DayLine(_("最后任职日"), today, today.year, pick=True)
        self.add_row("last_day", _("最后任职日"), self.last_day)

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, term: AppointmentView, today: date) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, term, today, parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> date:
        return self.last_day.day("last_day")

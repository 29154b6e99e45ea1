"""A new round of an appraisal: who is voted on, line by line, and which classes vote with what weight."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QWidget

from okr_desk import services
from okr_desk.appraisal_terms import LEVELS, PROBATIONARY, SECRETARY, VOTERS, AppraisalKind, Level, Voter
from okr_desk.i18n import _
from okr_desk.queries.appraisals import AppraisalView, PersonView
from okr_desk.queries.objectives import OrgView
from okr_desk.rules.appraisals import AppraisalDraft, GradeDraft, HeldDraft, PersonDraft, VoterDraft
from okr_desk.scoring.rounding import plain
from okr_desk.terms import label
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.fields import number
from okr_desk.ui.dialogs.saving import SavingDialog
from okr_desk.ui.forms import choices
from okr_desk.ui.widgets.day_line import DayLine


class AppraisalDialog(SavingDialog):
    """`people`: what is proposed for each organisation, one a line: name, then branch, post or 预备."""

    def __init__(
        self,
        desk: Desk,
        kind: AppraisalKind,
        year: int,
        places: Sequence[OrgView],
        people: Mapping[int, str],
        weights: Mapping[Voter, Decimal],
        branches: Sequence[OrgView],
        org_id: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        note = _("会前建立，用来印测评票；会后录入票数、定等次。")
        title = _("新建述职评议") if kind is AppraisalKind.SECRETARIES else _("新建民主评议")
        super().__init__(desk, services.appraisals.create, title, parent=parent, note=note)
        self._kind, self._year, self._people = kind, year, people
        self._branches = {one.short_name: one.id for one in branches}
        today = desk.clock.today()
        self.org = choices([(one.short_name, one.id) for one in places], org_id)
        self.day = DayLine(_("测评日期"), today, today.year, pick=True)
        usual = _("{year}年度支部书记述职评议") if kind is AppraisalKind.SECRETARIES else _("{year}年度民主评议党员")
        self.add_row("name", _("名称"), QLineEdit(usual.format(year=year)))
        self.add_pair("org_id", _("组织单位"), self.org, "held_on", _("测评日期"), self.day)
        self._add_voters(weights)
        names = QPlainTextEdit()
        names.setTabChangesFocus(True)
        names.setMinimumHeight(round(theme.line_height() * 9))
        advice = (
            _("每行一名：姓名 支部简称。支部书记已经列出，不参加的删去。")
            if kind is AppraisalKind.SECRETARIES
            else _("每行一名：姓名；预备党员在姓名后写“预备”，参加评议但不定等次。可以从电子表格粘贴。")
        )
        self.add_row("people", _("被测评人"), names, advice)
        self.org.currentIndexChanged.connect(self._propose)
        self._propose()

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, kind: AppraisalKind, year: int, **more: Any) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, kind, year, parent=parent, **more)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> AppraisalDraft:
        voters = tuple(
            VoterDraft(voter, number(field.text(), "voters", label(voter))) for voter, field in self._weights.items()
        )
        return AppraisalDraft(
            self._kind,
            self.org.currentData(),
            self._year,
            self.text("name"),
            self.day.day("held_on"),
            tuple(self._person(line) for line in self.text("people").splitlines() if line.strip()),
            voters,
        )

    def _add_voters(self, weights: Mapping[Voter, Decimal]) -> None:
        place = QWidget(self)
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.gap(0.4))
        self._weights: dict[Voter, QLineEdit] = {}
        for voter in VOTERS[self._kind]:
            field = QLineEdit(plain(weights[voter]))
            field.setAccessibleName(label(voter))
            row.addWidget(QLabel(label(voter)))
            row.addWidget(field, 1)
            self._weights[voter] = field
        advice = _("没有有效票的一类不计入，其余按权重分摊。")
        self.add_row("voters", _("各类权重"), place, advice)
        self.form.setRowVisible(self.form.rowCount() - 1, len(self._weights) > 1)

    def _propose(self) -> None:
        field = self.fields["people"]
        assert isinstance(field, QPlainTextEdit)
        if field.toPlainText().strip() in {"", *(text.strip() for text in self._people.values())}:
            field.setPlainText(self._people.get(self.org.currentData() or 0, ""))

    def _person(self, line: str) -> PersonDraft:
        """张三 青石村党支部; 李四 预备."""
        name, *rest = re.split(r"[\s,，、\t]+", line.strip(), maxsplit=1)
        more = rest[0].strip() if rest else ""
        if self._kind is AppraisalKind.MEMBERS:
            is_probationary = more.casefold().startswith(PROBATIONARY)
            return PersonDraft(name, post="" if is_probationary else more, is_probationary=is_probationary)
        return PersonDraft(name, self._branches.get(more), SECRETARY if more in self._branches else more)


class HeldDialog(SavingDialog):
    """The day of a meeting that is put off, or was held on another one."""

    def __init__(self, desk: Desk, of: AppraisalView, parent: QWidget | None = None) -> None:
        super().__init__(desk, services.appraisals.move, _("改日期：{name}").format(name=of.name), parent=parent)
        self._of = of
        self.day = DayLine(_("测评日期"), of.held_on, desk.clock.today().year, pick=True)
        self.add_row("held_on", _("测评日期"), self.day)

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, of: AppraisalView) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, of, parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> HeldDraft:
        return HeldDraft(self._of.id, self.day.day("held_on"))


class GradeDialog(SavingDialog):
    """The grade of one person, with what the votes suggest; another one needs its reason."""

    def __init__(self, desk: Desk, of: AppraisalView, person: PersonView, parent: QWidget | None = None) -> None:
        advised = _("按票数建议“{grade}”。").format(grade=label(person.advised)) if person.advised else ""
        score = "" if person.score.value is None else _("得分 {n}。").format(n=plain(person.score.value, 2))
        super().__init__(
            desk, services.appraisals.decide, _("定等次：{name}").format(name=person.name), parent=parent,
            note=score + advised,
        )  # fmt: skip
        self._person = person
        pairs: list[tuple[str, Any]] = [(_("暂不定"), ""), *((label(one), one.value) for one in LEVELS[of.kind])]
        chosen = person.grade or person.advised
        self.add_row("grade", _("等次"), choices(pairs, chosen.value if chosen else ""))
        self.add_row("reason", _("理由"), QLineEdit(person.grade_reason), _("与建议等次不同的须写明理由。"))

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, of: AppraisalView, person: PersonView) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, of, person, parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> GradeDraft:
        chosen = self.box("grade").currentData()
        return GradeDraft(self._person.id, Level(chosen) if chosen else None, self.text("reason"))

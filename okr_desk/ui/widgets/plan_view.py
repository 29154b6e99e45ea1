"""What an import would do, before anything is written: four counts, and the list behind each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from okr_desk.i18n import _
from okr_desk.services.import_late import late, quarters
from okr_desk.services.import_plan import ImportPlan
from okr_desk.services.import_returns import Several
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.models import import_facts
from okr_desk.ui.models.questions import Answers
from okr_desk.ui.widgets.empty import Empty
from okr_desk.ui.widgets.plan_counts import ASK, BACK, SAME, WRITE, PlanCounts
from okr_desk.ui.widgets.question_desk import QuestionDesk
from okr_desk.ui.widgets.table import Table
from okr_desk.ui.wording import sentences


class PlanView(QWidget):
    """Counts above, the chosen list below."""

    def __init__(
        self,
        desk: Desk,
        answers: Answers,
        find_file: Callable[[str], Path | None],
        steps: QUndoStack,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.plan: ImportPlan | None = None
        self.counts = PlanCounts(self)
        self.questions = QuestionDesk(desk, answers, find_file, steps, self)
        facts, notes = import_facts.fact_columns(), import_facts.note_columns()
        self.tables = {
            WRITE: Table(desk, facts, "import_write", _("将写入"), self),
            SAME: Table(desk, facts, "import_same", _("相同"), self),
            BACK: Table(desk, notes, "import_back", _("退回"), self),
        }
        self.nothing = Empty(self)
        self.lists = QStackedWidget(self)
        for widget in (self.questions, *self.tables.values(), self.nothing):
            self.lists.addWidget(widget)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.gap(0.6))
        layout.addWidget(self.counts)
        layout.addWidget(self.lists, 1)
        self.counts.opened.connect(self._open)
        self.questions.answered.connect(self._count)

    def show_plan(self, plan: ImportPlan) -> None:
        """Show a plan; the list that needs a person comes first."""
        if plan is self.plan:
            return
        self.plan = plan
        self.tables[WRITE].set_rows(import_facts.lines(plan.will_write))
        self.tables[SAME].set_rows(import_facts.standing(plan))
        self.tables[BACK].set_rows(import_facts.sent_back(plan))
        self.questions.show_items()
        self._count()
        self.counts.open(ASK if plan.doubtful else WRITE if plan.will_write else BACK)

    def sentence(self) -> str:
        """What was read, with links to who is missing and who sent two."""
        if self.plan is None:
            return ""
        plan, parts = self.plan, []
        if plan.missing:
            parts.append(_("<a href='missing'>{n} 个支部没有交</a>").format(n=len(plan.missing)))
        if plan.duplicates:
            parts.append(_("<a href='twice'>{n} 个支部交了不止一份</a>").format(n=len(plan.duplicates)))
        if plan.damaged:
            parts.append(_("<a href='back'>{n} 个文件没有读成</a>").format(n=len(plan.damaged)))
        head = _("读了 {n} 个文件，确认之前什么都不写入。").format(n=len(plan.reading.files))
        return sentences(head, _("，").join(parts) + (_("。") if parts else ""), self._late_words(plan))

    def _late_words(self, plan: ImportPlan) -> str:
        """That lines go into frozen quarters, before the yes."""
        count = len(late(plan))
        words = _("其中 {n} 条写入已冻结的{quarters}，作为补报，确认时须写明理由。")
        return words.format(n=count, quarters=_("、").join(quarters(plan))) if count else ""

    def compare(self, several: Several) -> None:
        """Two returns side by side; what is chosen becomes decisions."""
        from okr_desk.ui.dialogs.two_returns import TwoReturns

        chosen = TwoReturns.ask(self, several, self.questions.answers.items)
        self.questions.decide_many(chosen, _("选定{org}的填报表").format(org=several.org))

    def _count(self) -> None:
        plan = self.plan
        if plan is None:
            return
        answers = self.questions.answers
        waiting = len(answers.waiting)
        new = _("确认后写入") if plan.will_write else _("没有新内容")
        self.counts.set(WRITE, len(plan.will_write), new)
        self.counts.set(SAME, plan.same, _("不重复写入"))
        done = len(answers.items) - waiting
        self.counts.set(ASK, waiting, _("已定 {n} 格").format(n=done) if done else _("不定的按未报处理"))
        back = _("{files} 个文件没有读成").format(files=len(plan.damaged)) if plan.damaged else _("原因见列表")
        self.counts.set(BACK, len(plan.damaged) + len(plan.refused), back)

    def _open(self, key: str) -> None:
        words = {
            WRITE: _("没有新的内容要写入。"),
            SAME: _("没有与系统中相同的内容。"),
            ASK: _("没有要您定的格。"),
            BACK: _("没有退回的文件或行。"),
        }
        widget: QWidget = self.questions if key == ASK else self.tables[key]
        rows = self.questions.answers.items if key == ASK else self.tables[key].model.rows
        if not rows:
            self.nothing.set(words[key], icon="done")
            widget = self.nothing
        self.lists.setCurrentWidget(widget)

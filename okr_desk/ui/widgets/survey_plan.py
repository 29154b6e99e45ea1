"""Plan a sample before anybody is asked: what is typed is answered at once below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.scoring.rounding import percent
from okr_desk.ui import theme
from okr_desk.ui.forms import mark
from okr_desk.ui.models import survey_planning
from okr_desk.ui.models.survey_planning import MARGINS, PlanTold


class SurveyPlan(QScrollArea):
    """Population, margin, response and target; `told` is what they come to, None where a field cannot be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("抽样计划"))
        self.told: PlanTold | None = None
        self.population, self.response = QLineEdit("300", self), QLineEdit("60", self)
        self.target, self.answers = QLineEdit("85", self), QLineEdit(self)
        self.answers.setPlaceholderText(_("不填即按上面算出的份数"))
        self.margin = QComboBox(self)
        for margin in MARGINS:
            self.margin.addItem(_("±{margin} 个百分点").format(margin=percent(margin).rstrip("%")), margin)
        self.lines = {
            "population": self.population,
            "response": self.response,
            "target": self.target,
            "answers": self.answers,
        }
        self.headline, self.proof, self.steps = self._words(), self._words(), self._words()
        self.headline.setFont(theme.font("body", bold=True))
        self.steps.setObjectName("quiet")
        self._assemble()
        for line in self.lines.values():
            line.textChanged.connect(self.answer)
        self.margin.currentIndexChanged.connect(self.answer)
        self.answer()

    def answer(self) -> None:
        """Say what the fields come to; a field that cannot be is marked, the last answer goes."""
        for line in self.lines.values():
            mark(line, False)
        try:
            self.told = survey_planning.told(
                self.population.text(),
                MARGINS[self.margin.currentIndex()],
                self.response.text(),
                self.target.text(),
                self.answers.text(),
            )
        except InputRefused as refusal:
            self.told = None
            if refusal.field in self.lines:
                mark(self.lines[refusal.field], True)
            self.headline.setText(refusal.sentence)
            self.proof.setText("")
            self.steps.setText("")
            return
        self.headline.setText(self.told.headline)
        self.proof.setText("\n".join(self.told.target))
        self.steps.setText("\n".join(self.told.steps))

    # Inside

    def _words(self) -> QLabel:
        made = QLabel(self)
        made.setWordWrap(True)
        made.setMinimumWidth(theme.span(self, 6))
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return made

    def _assemble(self) -> None:
        inner = QWidget(self)
        column = QVBoxLayout(inner)
        column.setContentsMargins(theme.gap(0.2), theme.gap(0.4), theme.gap(0.4), theme.gap(0.2))
        column.setSpacing(theme.gap(0.45))
        head = QLabel(_("测多少份才够"), self)
        head.setFont(theme.font("body", bold=True))
        column.addWidget(head)
        form = QFormLayout()
        form.setVerticalSpacing(theme.gap(0.3))
        form.setHorizontalSpacing(theme.gap(0.6))
        rows = (
            (_("总人数"), self.population),
            (_("允许误差"), self.margin),
            (_("预计回收率（%）"), self.response),
            (_("目标满意率（%）"), self.target),
            (_("计划有效答卷"), self.answers),
        )
        for words, field in rows:
            field.setAccessibleName(words)
            form.addRow(words, field)
        column.addLayout(form)
        for label in (self.headline, self.proof, self.steps):
            column.addWidget(label)
        column.addStretch(1)
        self.setWidget(inner)
        inner.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

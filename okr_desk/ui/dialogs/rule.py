"""The rule of a line: a kind, the fields of just that kind, and beside them what they make of a value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.queries.library import IndicatorView
from okr_desk.rules.rule_filling import form_of, row_from, texts_of
from okr_desk.rules.rule_forms import BY_KEY, FORMS, RuleForm
from okr_desk.rules.rule_sentences import plainly
from okr_desk.rules.schemes import Known, LineDraft
from okr_desk.scoring.line_rule import line_rule
from okr_desk.scoring.rounding import plain
from okr_desk.scoring.rule_text import rule_from_row, words_of
from okr_desk.terms import RuleKind
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.forms import FormDialog, mark
from okr_desk.ui.models import scheme_words as words
from okr_desk.ui.models.scheme_tree import read_points
from okr_desk.ui.widgets.rule_fields import field_widget, on_typed, text_in
from okr_desk.ui.widgets.rule_trial import Given, RuleTrial

POINTS, SECOND = "maximum", "second"
FITS = 0.92
"""The most of the screen that the dialog takes."""


class RuleDialog(FormDialog):
    """Left the rule, right the trial; a sentence stands under a field as soon as it cannot be scored by."""

    def __init__(
        self,
        desk: Desk,
        line: LineDraft,
        known: Mapping[int, Known],
        library: Sequence[IndicatorView],
        parent: QWidget | None = None,
        given: Given | None = None,
    ) -> None:
        given = given or _given(line, known, library)
        title = words.indicator(line, known) + (_("（{unit}）").format(unit=given.unit) if given.unit else "")
        super().__init__(title, parent, accept=_("确定"))
        self._line, self._library = line, library
        self.trial = RuleTrial(desk, given, self)
        self.kind = QComboBox()
        for form in FORMS:
            self.kind.addItem(form.name, form.key)
        self.use = QLabel(self)
        self.use.setObjectName("quiet")
        self.use.setFont(theme.font("small"))
        self.use.setWordWrap(True)
        self.points = QLineEdit(plain(line.maximum))
        self._typed: dict[str, dict[str, str]] = {}
        self._shown: list[str] = []

        self.add_row("rule", _("规则"), self.kind)
        self.form.addRow("", self.use)
        self.add_row(POINTS, _("满分"), self.points)
        self._stand_side_by_side()
        self._start()
        self.kind.activated.connect(lambda _row: self._show_form())
        self.points.textEdited.connect(lambda _text: self.follow())
        self.trial.typed.connect(self.follow)
        self.kind.setFocus()

    @classmethod
    def ask(
        cls,
        parent: QWidget,
        desk: Desk,
        line: LineDraft,
        known: Mapping[int, Known],
        library: Sequence[IndicatorView],
        given: Given | None = None,
    ) -> LineDraft | None:
        """The line with its rule, None when the dialog was left; `given` is what the trial begins with."""
        found: LineDraft | None = cls(desk, line, known, library, parent, given).run()
        return found

    @property
    def rule_form(self) -> RuleForm:
        """The form that is chosen."""
        return BY_KEY[str(self.kind.currentData())]

    def choose(self, key: str) -> None:
        """Take another form; what was typed into the one before comes back with it."""
        self.kind.setCurrentIndex(self.kind.findData(key))
        self._show_form()

    def draft(self) -> LineDraft:
        form = self.rule_form
        try:
            row = row_from(form, self._texts())
            maximum = rule_from_row(row).maximum if form.makes_maximum else read_points(self.points.text())
            line_rule(row, maximum, *_some_line(row))
        except InputRefused as refusal:
            raise InputRefused(plainly(refusal.sentence, form), self._field(refusal.field)) from refusal
        second = self.fields.get(SECOND)
        second_id = second.currentData() if isinstance(second, QComboBox) else None
        return replace(self._line, rule=row, maximum=maximum, second_id=second_id)

    def follow(self) -> None:
        """Look at what is typed: score by it, or say under the field why one cannot."""
        self.clear_refusals()
        form = self.rule_form
        try:
            row = row_from(form, self._texts())
            if form.makes_maximum:
                self.points.setText(plain(rule_from_row(row).maximum))
            maximum = read_points(self.points.text())
        except InputRefused as refusal:
            self._say(refusal)
            return
        refused = self.trial.try_out(row, maximum)
        if refused is not None:
            self._say(refused)

    # Inside

    def _stand_side_by_side(self) -> None:
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        left = self.let_scroll()
        at = column.indexOf(left)
        both = QHBoxLayout()
        both.setSpacing(theme.gap(0.8))
        both.addWidget(left, 6)
        both.addWidget(self.trial, 5)
        column.insertLayout(at, both, 1)
        room = self.screen().availableGeometry()
        wide, high = theme.span(self, 58), round(theme.line_height() * 31)
        self.setMinimumWidth(min(wide, round(room.width() * FITS)))
        self.resize(min(wide, round(room.width() * FITS)), min(high, round(room.height() * FITS)))

    def _start(self) -> None:
        try:
            form = form_of(self._line.rule)
            self._typed[form.key] = texts_of(form, self._line.rule)
        except InputRefused:
            form = FORMS[0]
        self.kind.setCurrentIndex(self.kind.findData(form.key))
        self._show_form()

    def _show_form(self) -> None:
        """Other fields for another form."""
        for name in self._shown:
            place = self.fields.pop(name).parentWidget()
            self._sentences.pop(name)
            if place is not None:
                self.form.removeRow(place)
        form = self.rule_form
        texts = self._typed.setdefault(form.key, {})
        self.use.setText(_(form.use))
        self._shown = []
        for one in form.fields:
            widget = field_widget(one, texts.get(one.word, ""))
            self.add_row(one.word, _(one.label), widget, _(one.meaning))
            on_typed(widget, self._remember)
            self._shown.append(one.word)
        if form.kind is RuleKind.DUAL and self._library:
            self._add_second()
        self.points.setReadOnly(form.makes_maximum)
        self.points.setToolTip(_("由分值表得出") if form.makes_maximum else "")
        self.trial.show_form(form)
        self.follow()

    def _add_second(self) -> None:
        box = QComboBox()
        box.addItem(_("请选择"), None)
        for view in self._library:
            if view.id != self._line.indicator_id:
                box.addItem(f"{view.code} {view.name}", view.id)
        box.setCurrentIndex(max(0, box.findData(self._line.second_id)))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(10)
        self.add_row(SECOND, _("满意度指标"), box, _("满意度从这个指标取数。"))
        self._shown.append(SECOND)

    def _remember(self, *_what: object) -> None:
        self._typed[self.rule_form.key] = self._texts()
        self.follow()

    def _texts(self) -> dict[str, str]:
        form = self.rule_form
        kept = {word: text for word, text in self._typed.get(form.key, {}).items() if word in form.kept}
        return kept | {one.word: text_in(self.fields[one.word]) for one in form.fields}

    def _say(self, refusal: InputRefused) -> None:
        """A field that is still empty is no mistake while one types: the trial says what it waits for."""
        sentence, field = plainly(refusal.sentence, self.rule_form), self._field(refusal.field)
        widget = self.fields.get(field)
        if widget is None or not text_in(widget):
            self.trial.wait(sentence)
            return
        self._sentences[field].setText(sentence)
        self._sentences[field].show()
        mark(widget, True)
        self.trial.wait(_("左边改好以后，就能看到得分。"))

    def _field(self, word: str) -> str:
        """The field at which a refusal of the rule is said."""
        if word in self.fields and word != "rule":
            return word
        aliases = {"max": POINTS, "maximum": POINTS, "target": "t"}
        found = aliases.get(word, self._shown[0] if self._shown else POINTS)
        return found if found in self.fields else POINTS


def _given(line: LineDraft, known: Mapping[int, Known], library: Sequence[IndicatorView]) -> Given:
    """What the trial of a scheme's line begins with."""
    meaning = known.get(line.indicator_id)
    branches = () if meaning is None else meaning.branches
    view = next((one for one in library if one.id == line.indicator_id), None)
    if view is None:
        return Given("", branches)
    return Given(view.unit, branches, view.usual_baseline, view.usual_target, view.decimals)


def _some_line(row: str) -> tuple[Decimal, Decimal]:
    """Baseline and target to try a row with that leaves them to the branches: any two that are apart."""
    given = words_of(row.split())
    aim = Decimal(given["t"]) if "t" in given else None
    start = Decimal(given["b"]) if "b" in given else Decimal(0) if aim is None else aim - 1
    return start, start + 1 if aim is None else aim

"""The rule of a line in its dialog: only the fields of the kind, a refusal under the field while one types, a trial
that scores as the sheet would."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from okr_desk.queries.library import IndicatorView
from okr_desk.rules.rule_filling import form_of, row_from, texts_of
from okr_desk.rules.rule_forms import FORMS, Field, Filled, RuleForm
from okr_desk.rules.schemes import BranchLine, Known, LineDraft
from okr_desk.scoring.line_rule import line_rule
from okr_desk.scoring.points import points
from okr_desk.terms import Dimension
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.rule import RuleDialog
from okr_desk.ui.widgets.rule_trial import Given, RuleTrial
from okr_desk.ui.widgets.small_table import SmallTable

D = Decimal
BRANCHES = (BranchLine("青石村党支部", D(72), D(85)), BranchLine("双河村党支部", None, D(90)))


def dialog(desk: Desk, qtbot: QtBot, rule: str = "linear", maximum: str = "4") -> RuleDialog:
    known = {1: Known("B08", "党员到会率", Dimension.BASIC, False, (), BRANCHES)}
    made = RuleDialog(desk, LineDraft(1, D(maximum), rule), known, ())
    qtbot.addWidget(made)
    made.show()
    return made


def put(made: RuleDialog, word: str, text: str) -> None:
    """Type into a field of the rule, as a person does."""
    field = made.fields[word]
    if isinstance(field, SmallTable):
        field.set_rows([pair.split(":") for pair in text.split(",")])
        field.typed.emit()
    elif isinstance(field, QComboBox):
        field.setCurrentIndex(field.findData(text))
        field.activated.emit(field.currentIndex())
    else:
        assert isinstance(field, QLineEdit)
        field.setText(text)
        field.textEdited.emit(text)


def try_value(made: RuleDialog, word: str, text: str) -> None:
    field = made.trial.values[word]
    assert isinstance(field, QLineEdit)
    field.setText(text)
    field.textEdited.emit(text)


def under(made: RuleDialog, field: str) -> str:
    """The sentence that stands under a field."""
    label = made._sentences[field]
    return "" if label.isHidden() else label.text()


def result(made: RuleDialog) -> str:
    return made.trial.result.text() if made.trial.result.isVisible() else ""


def test_a_branch_lends_its_line_to_the_trial(bare_desk: Desk, qtbot: QtBot) -> None:
    """LIN↑ of domain 1.3 with the line of the branch: 80 of 72 → 85 and 4 points is 2.461538."""
    made = dialog(bare_desk, qtbot)
    assert [made.trial.branch.itemText(row) for row in range(2)] == [
        "青石村党支部（72→85）",
        "双河村党支部（没有基线→90）",
    ]
    try_value(made, "v", "80")
    assert result(made) == "得 2.46 分"
    assert "4×（80－72）÷（85－72）≈2.461538" in made.trial.steps.text()
    made.trial.branch.setCurrentIndex(1)
    made.trial.branch.activated.emit(1)
    assert result(made) == "" and made.trial.refused == "填上“基线”，就能看到得分。"
    made.trial.baseline.setText("70")
    made.trial.baseline.textEdited.emit("70")
    try_value(made, "v", "80")
    assert result(made) == "得 2 分"


def test_a_line_that_cannot_be_scored_is_said_beside_it(bare_desk: Desk, qtbot: QtBot) -> None:
    made = dialog(bare_desk, qtbot)
    made.trial.target.setText("72")
    made.trial.target.textEdited.emit("72")
    assert made.trial.refused == "目标与基线相同，无法计分。请改用“区间计分”，或另填基线。"
    assert made.refusal == ""


@pytest.mark.parametrize(
    ("rule", "word", "text", "sentence"),
    [
        ("linear", "t", "八十五", "“目标值” 填的“八十五”不是可用的数字，请只填数字，例如 86.4。"),
        ("linear b=72", "t", "72", "目标与基线相同，无法计分。请改用“区间计分”，或另填基线。"),
        ("linear", "cap", "20", "最高倍数须大于 0、不超过 10，例如 1 或 1.2。"),
        ("ladder bands=95:4", "bands", "95:4,95:2", "有两档的界限相同，请只留一档。"),
        ("deduct each=1", "each", "-1", "“每次扣分”不能为负数，请改正。"),
        ("dual N=12", "weight", "2", "场次所占比重须大于 0、小于 1，例如 0.4。"),
        ("range lo=2 a=5 b=6 hi=12", "hi", "6", "计 0 分的界限须在满分区间之外，请改正。"),
        ("linear", "maximum", "四", "“满分” 填的“四”不是可用的数字，请只填数字，例如 86.4。"),
    ],
)
def test_what_cannot_be_scored_is_said_under_its_field_while_one_types(
    bare_desk: Desk, qtbot: QtBot, rule: str, word: str, text: str, sentence: str
) -> None:
    made = dialog(bare_desk, qtbot, rule)
    put(made, word, text)
    field = "lo" if word == "hi" else word
    assert under(made, field) == sentence and result(made) == ""
    made.submit()
    assert made.isVisible() and made.refusal == sentence
    put(made, "maximum", "4")
    made.choose("yesno")
    assert made.refusal == "" and result(made) == "得 4 分"


def test_an_empty_field_is_asked_for_only_when_one_is_done(bare_desk: Desk, qtbot: QtBot) -> None:
    made = dialog(bare_desk, qtbot)
    made.choose("deduct")
    assert made.refusal == "" and made.trial.refused == "“每次扣分”没有填写，请补上。"
    made.submit()
    assert under(made, "each") == "“每次扣分”没有填写，请补上。"


def test_points_follow_the_bands(bare_desk: Desk, qtbot: QtBot) -> None:
    """Domain 1.3 "TIER": 89.96 does not reach 90 and earns 6."""
    made = dialog(bare_desk, qtbot)
    made.choose("ladder")
    put(made, "bands", "95:10,90:8,85:6")
    try_value(made, "v", "89.96")
    assert made.points.text() == "10" and made.points.isReadOnly() and result(made) == "得 6 分"
    made.submit()
    assert made.result_draft == LineDraft(1, D(10), "ladder bands=95:10,90:8,85:6")


def test_what_was_typed_comes_back_with_its_kind(bare_desk: Desk, qtbot: QtBot) -> None:
    made = dialog(bare_desk, qtbot, "linear t=90 direction=up")
    put(made, "cap", "1.2")
    made.choose("ratio")
    put(made, "direction", "down")
    made.choose("linear")
    assert {word: made._texts()[word] for word in ("t", "cap", "direction")} == {
        "t": "90",
        "cap": "1.2",
        "direction": "up",
    }
    made.submit()
    assert made.result_draft.rule == "linear t=90 cap=1.2 direction=up"


def test_a_rule_nobody_can_read_starts_anew(bare_desk: Desk, qtbot: QtBot) -> None:
    made = dialog(bare_desk, qtbot, "直线")
    assert made.rule_form is FORMS[0]


EXAMPLES = {
    "each": "1",
    "cap": "2",
    "rounding": "ceil",
    "bands": "95:4,85:2",
    "tol": "1",
    "lo": "2",
    "a": "5",
    "b": "6",
}
EXAMPLES |= {"hi": "12", "table": "4、3", "values": "4、3、2", "points": "60:0,90:4", "N": "12"}
TRIED = {"v": "80", "count": "1", "n": "6", "S": "85", "place": "1", "first": "100", "counts": "3、2、1", "awards": "1"}


def needed(form: RuleForm) -> list[Field]:
    return [one for one in form.fields if not one.when_empty]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_every_form_is_drawn_tried_and_taken(bare_desk: Desk, qtbot: QtBot, form: RuleForm) -> None:
    made = dialog(bare_desk, qtbot)
    made.choose(form.key)
    assert set(made._shown) - {"second"} == {one.word for one in form.fields}
    for one in needed(form):
        put(made, one.word, EXAMPLES[one.word])
    for one in form.trial:
        if one.filled is not Filled.ANSWER:
            try_value(made, one.word, TRIED[one.word])
    assert made.trial.refused == "" and result(made).startswith("得 ")
    assert made.trial.steps.text().startswith("1. ")
    made.submit()
    taken = made.result_draft
    assert form_of(taken.rule) is form and row_from(form, texts_of(form, taken.rule)) == taken.rule
    assert line_rule(taken.rule, taken.maximum, D(72), D(85)).maximum == taken.maximum


def test_the_trial_is_the_sum_of_the_sheet(bare_desk: Desk, qtbot: QtBot) -> None:
    """97.2 against 100, one off for each begun point: 1 of 4 (domain 1.3 "POINT-DED", issue example 党费收缴)."""
    made = dialog(bare_desk, qtbot, "per-point t=100 rounding=ceil")
    try_value(made, "v", "97.2")
    assert result(made) == "得 1 分"
    assert points(line_rule("per-point t=100 rounding=ceil", D(4), None, None), D("97.2")).points == 1
    assert "差 2.8 个百分点 → 扣 3 分（向上取整）→ 1 分" in made.trial.steps.text()


def test_without_lines_of_branches_the_trial_starts_from_what_is_usual(bare_desk: Desk, qtbot: QtBot) -> None:
    """A new scheme in a new year: nobody has a target yet, and the rule still shows its curve."""
    known = {1: Known("B08", "党员到会率", Dimension.BASIC, False, (), (BranchLine("青石村党支部", None, None),))}
    usual = Given("%", known[1].branches, D(72), D(85))
    made = RuleDialog(bare_desk, LineDraft(1, D(4), "linear"), known, (), given=usual)
    qtbot.addWidget(made)
    made.show()
    trial = made.trial
    assert (trial.baseline.text(), trial.target.text()) == ("72", "85")
    assert trial.usual.isVisible() and trial.usual.text() == "参照指标库通常值 72→85"
    assert trial.refused == "" and result(made).startswith("得 ") and trial.chart.isVisible()
    put(made, "b", "70")
    put(made, "t", "90")
    assert not trial.usual.isVisible()


def test_lines_of_branches_come_before_what_is_usual(bare_desk: Desk, qtbot: QtBot) -> None:
    trial = RuleTrial(bare_desk, Given("%", BRANCHES, D(60), D(99)))
    qtbot.addWidget(trial)
    assert (trial.baseline.text(), trial.target.text(), trial.usual.isVisible()) == ("72", "85", False)


def test_the_satisfaction_beside_activities_is_chosen_here(bare_desk: Desk, qtbot: QtBot) -> None:
    view = IndicatorView.__new__(IndicatorView)
    usual = {"usual_baseline": None, "usual_target": None, "decimals": 0}
    for name, value in {"id": 7, "code": "S01", "name": "活动满意度", "unit": "分", **usual}.items():
        object.__setattr__(view, name, value)
    known = {1: Known("F12", "活动", Dimension.FUSION, False, (), BRANCHES)}
    made = RuleDialog(bare_desk, LineDraft(1, D(4), "dual N=12"), known, (view,))
    qtbot.addWidget(made)
    box = made.fields["second"]
    assert isinstance(box, QComboBox) and box.itemText(1) == "S01 活动满意度"
    box.setCurrentIndex(1)
    made.submit()
    assert made.result_draft.second_id == 7
    made.choose("linear")
    made.submit()
    assert made.result_draft.second_id is None

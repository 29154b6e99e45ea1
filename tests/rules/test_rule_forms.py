"""Every parameter of every rule has its field, and what is filled in is the row that scores."""

from __future__ import annotations

import importlib.util
from decimal import Decimal
from pathlib import Path

import pytest

from okr_desk.errors import InputRefused
from okr_desk.rules.rule_filling import form_of, row_from, texts_of, trial_of
from okr_desk.rules.rule_forms import BY_KEY, FORMS, RuleForm
from okr_desk.rules.rule_sentences import _PLAIN, plainly
from okr_desk.scoring import rule_text
from okr_desk.scoring.line_rule import AROUND, line_rule
from okr_desk.scoring.points import points
from okr_desk.scoring.rule_shapes import SHAPES
from okr_desk.terms import RuleKind

D = Decimal
FROM_THE_LINE = {("max",), ("cap", RuleKind.BONUS), ("form", RuleKind.DUAL)}
"""Words without a field: full points are the line's, a bonus is capped by them, a form of its own says which form."""


def has_no_field(word: str, kind: RuleKind) -> bool:
    return (word,) in FROM_THE_LINE or (word, kind) in FROM_THE_LINE


@pytest.mark.parametrize("kind", RuleKind)
def test_every_parameter_can_be_filled_in(kind: RuleKind) -> None:
    forms = [form for form in FORMS if form.kind is kind]
    filled = {one.word for form in forms for one in form.fields} | {word for form in forms for word in form.kept}
    assert filled - {AROUND} == {key.word for key in SHAPES[kind].keys if not has_no_field(key.word, kind)}
    tried = {one.word for form in forms for one in form.trial}
    assert tried and tried <= set(SHAPES[kind].values)


def test_forms_are_told_apart_by_name_and_key() -> None:
    assert len(BY_KEY) == len(FORMS) == len({form.name for form in FORMS})


@pytest.mark.parametrize(
    ("row", "key", "texts"),
    [
        ("", "linear", {}),
        ("linear", "linear", {}),
        ("linear b=72 t=85 cap=1.2 direction=up", "linear", {"b": "72", "t": "85", "cap": "1.2", "direction": "up"}),
        ("ratio direction=下降", "ratio", {"direction": "down"}),
        ("deduct each=0.5,1 cap=2,4", "deduct", {"each": "0.5、1", "cap": "2、4"}),
        ("per-point rounding=向上取整", "per-point", {"rounding": "ceil"}),
        ("ladder bands=95:10,90:8", "ladder", {"bands": "95:10,90:8"}),
        ("bonus", "highest", {}),
        ("bonus each=1.5 cap=3", "each", {"each": "1.5"}),
        ("range tol=1", "around", {"tol": "1"}),
        ("range lo=2 a=5 b=6 hi=12 max=1", "range", {"lo": "2", "a": "5", "b": "6", "hi": "12"}),
        ("dual N=12", "mean", {"N": "12"}),
        ("dual N=12 form=product gate=50", "product", {"N": "12", "gate": "50"}),
        ("dual form=mean weight=0.5", "mean", {"weight": "0.5"}),
        ("rank table=60,57", "rank", {"table": "60、57"}),
        ("to-first", "to-first", {}),
        ("votes values=100,85", "votes", {"values": "100、85"}),
        ("anchors points=60:0,75:60 full=50", "anchors", {"points": "60:0,75:60", "full": "50"}),
        ("yesno max=2", "yesno", {}),
    ],
)
def test_a_row_is_shown_in_its_form_and_comes_back(row: str, key: str, texts: dict[str, str]) -> None:
    form = form_of(row)
    assert (form.key, texts_of(form, row)) == (key, texts)
    again = row_from(form, texts)
    assert (form_of(again), texts_of(form, again)) == (form, texts)


def test_what_was_filled_in_scores() -> None:
    """Domain 1.3 "LIN↑": 30 → 36, 34.5 of 10 points is 7.50; typed the way people type."""
    form = BY_KEY["linear"]
    rule = line_rule(row_from(form, {"b": "３０", "t": " 36 "}), D(10), None, None)
    assert points(rule, D("34.5")).points == D("7.5")
    ladder = line_rule(row_from(BY_KEY["ladder"], {"bands": "95:10，90:8； 85:6"}), D(10), None, None)
    assert points(ladder, D("89.96")).points == 6


@pytest.mark.parametrize(
    ("key", "texts", "word", "sentence"),
    [
        ("deduct", {}, "each", "“每次扣分”没有填写，请补上。"),
        ("linear", {"b": "七十二"}, "b", "“基线” 填的“七十二”不是可用的数字，请只填数字，例如 86.4。"),
        ("ladder", {"bands": "95"}, "bands", "“分档” 要成对填写"),
    ],
)
def test_a_field_that_cannot_be_taken_is_named(key: str, texts: dict[str, str], word: str, sentence: str) -> None:
    with pytest.raises(InputRefused) as refused:
        row_from(BY_KEY[key], texts)
    assert refused.value.field == word and refused.value.sentence.startswith(sentence)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_a_trial_asks_for_what_is_missing(form: RuleForm) -> None:
    with pytest.raises(InputRefused, match="就能看到得分"):
        trial_of(form, {})


def test_a_trial_is_read_by_the_rule() -> None:
    words = trial_of(BY_KEY["product"], {"n": "12", "S": "91.4"})
    rule, value = rule_text.rule_and_value({**rule_text.words_of(["dual", "N=12", "max=10", "form=product"]), **words})
    assert points(rule, value).points == D("9.14")


def test_sentences_of_the_command_line_are_said_plainly() -> None:
    said = "“B08 党员到会率”：目标 t 与基线 b 相同，无法计分。请改用 range 规则，或另填底线值。（青石村党支部）"
    assert plainly(said) == (
        "“B08 党员到会率”：目标与基线相同，无法计分。请改用“区间计分”，或另填基线。（青石村党支部）"
    )
    assert plainly("each 不能为负数，请改正。", BY_KEY["deduct"]) == "“每次扣分”不能为负数，请改正。"
    assert (
        plainly("“B11 差错”：each 不能为负数，请改正。", BY_KEY["deduct"])
        == "“B11 差错”：“每次扣分”不能为负数，请改正。"
    )
    assert plainly("“B08 党员到会率”已停用，请换一个指标。") == "“B08 党员到会率”已停用，请换一个指标。"


def test_the_plain_sentences_stand_for_some_that_exist() -> None:
    root = Path(__file__).resolve().parents[2]
    spec = importlib.util.spec_from_file_location("catalogue", root / "resources/locale/catalogue.py")
    assert spec and spec.loader
    catalogue = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(catalogue)
    assert set(_PLAIN) - set(catalogue.strings(root)) == set()

"""The dialog of a definition gives back exactly what it was given, and says what a rule means while one types."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from okr_desk import i18n
from okr_desk.rules import library, rule_words, usual_rule
from okr_desk.rules.indicators import IndicatorDraft
from okr_desk.rules.setup import CATEGORIES
from okr_desk.settings import Settings
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.indicator import BLANK, IndicatorDialog
from okr_desk.ui.dialogs.rule import RuleDialog
from tests.ui.answers import answering, put

D = Decimal
SEED = {one.code: one for one in library.seed()}


def dialog_of(desk: Desk, qtbot: QtBot, start: IndicatorDraft, is_new: bool = False) -> IndicatorDialog:
    dialog = IndicatorDialog(desk, start, CATEGORIES, is_new)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("code", ["B09", "B10", "B20", "F07", "F12", "F23", "F37", "X02", "X03"])
def test_an_untouched_dialog_gives_back_the_same_definition(
    qtbot: QtBot, code: str, language: str, bare_desk: Desk
) -> None:
    i18n.use(language)
    dialog = dialog_of(bare_desk, qtbot, SEED[code])
    put(dialog, reason="核对")
    dialog.submit()
    assert dialog.refusal == ""
    found = dialog.result_draft
    assert replace(found, usual_rule=rule_words.canonical(found.usual_rule)) == replace(SEED[code], reason="核对")


def test_a_new_indicator_needs_nothing_usual(qtbot: QtBot, bare_desk: Desk) -> None:
    dialog = dialog_of(bare_desk, qtbot, BLANK, is_new=True)
    assert dialog.rule_words.text() == "还没有通常规则。"
    put(dialog, code="B99", name="新指标")
    dialog.submit()
    found = dialog.result_draft
    assert (found.usual_baseline, found.usual_target, found.usual_points) == (None, None, None)
    assert (found.usual_rule, found.computed_from, found.source) == ("", "", "")


def test_what_is_typed_becomes_the_draft(qtbot: QtBot, bare_desk: Desk) -> None:
    dialog = dialog_of(bare_desk, qtbot, BLANK, is_new=True)
    put(dialog, code="B99", name="新指标", usual_baseline="12", usual_target="６", usual_points="2.5")
    put(dialog, usual_rule="按次扣分 每次=0.5", computed_from="吹哨单", source="镇党委会议")
    direction = dialog.box("direction")
    direction.setCurrentIndex(direction.findText("下降"))
    assert dialog.rule_words.text() == "按次扣分：满分减去每次扣 0.5 分×次数，扣完为止"
    dialog.submit()
    found = dialog.result_draft
    assert (found.usual_baseline, found.usual_target, found.usual_points) == (D(12), D(6), D("2.5"))
    assert (found.usual_rule, found.computed_from, found.source) == ("按次扣分 每次=0.5", "吹哨单", "镇党委会议")


def test_a_rule_of_every_kind_is_offered_and_says_what_it_means(qtbot: QtBot, bare_desk: Desk) -> None:
    dialog = dialog_of(bare_desk, qtbot, BLANK, is_new=True)
    box = dialog.box("usual_rule")
    offered = [box.itemText(row) for row in range(box.count())]
    assert [rule_words.canonical(one) for one in offered] == list(usual_rule.STARTS)
    for row, text in enumerate(offered):
        box.setCurrentIndex(row)
        assert dialog.rule_words.text().startswith(text.split()[0] + "：")


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"usual_rule": "看情况"}, "usual_rule", "没有“看情况”这种规则"),
        ({"usual_rule": "直线计分", "usual_baseline": "90", "usual_target": "90"}, "usual_target", "目标与基线相同"),
        ({"usual_baseline": "九十"}, "usual_baseline", "“通常基线”"),
        ({"usual_points": "-1"}, "usual_points", "不能为负数"),
    ],
)
def test_a_refusal_stands_at_its_field_and_nothing_is_lost(
    qtbot: QtBot, typed: dict[str, str], field: str, sentence: str, bare_desk: Desk
) -> None:
    dialog = dialog_of(bare_desk, qtbot, BLANK, is_new=True)
    put(dialog, code="B99", name="新指标", **typed)
    dialog.submit()
    assert sentence in dialog.refusal and dialog.result_draft is None
    assert dialog.fields[field].property("wrong")
    assert all(dialog.text(name) == text for name, text in typed.items())


def test_the_meaning_says_why_a_rule_cannot_be_read(qtbot: QtBot, bare_desk: Desk) -> None:
    dialog = dialog_of(bare_desk, qtbot, BLANK, is_new=True)
    put(dialog, usual_rule="分档计分")
    assert dialog.rule_words.text().startswith("“分档”没有填写")


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("typed", ["按次扣分 每次=0.5", "deduct each=0.5", "deduct 每次=0.5", "按次扣分 each=０.５"])
def test_a_rule_is_typed_in_chinese_or_english_words(qtbot: QtBot, bare_desk: Desk, typed: str, language: str) -> None:
    i18n.use(language)
    dialog = dialog_of(bare_desk, qtbot, BLANK, is_new=True)
    put(dialog, code="B99", name="新指标", usual_rule=typed)
    dialog.submit()
    assert dialog.refusal == "" and rule_words.canonical(dialog.result_draft.usual_rule) == "deduct each=0.5"


def test_a_rule_is_filled_in_by_the_form_of_schemes(qtbot: QtBot, bare_desk: Desk) -> None:
    """The form starts from what stands there, tries it with the usual line, and gives the rule and its points back."""
    dialog = dialog_of(bare_desk, qtbot, SEED["B20"])

    def change(form: RuleDialog) -> None:
        assert form.windowTitle() == "B20 书记述职评议“好”票率（%）" and form.rule_form.key == "ladder"
        bands = form.fields["bands"]
        bands.set_rows([["95", "4"], ["80", "2"]])
        bands.typed.emit()
        form.submit()

    answering(change)
    dialog.set_rule.click()
    assert dialog.text("usual_rule") == "分档计分 分档=95:4,80:2" and dialog.text("usual_points") == "4"
    answering(lambda form: form.reject())
    dialog.set_rule.click()
    assert dialog.text("usual_rule") == "分档计分 分档=95:4,80:2"


def test_the_form_of_a_rule_keeps_a_spare_a_spare(qtbot: QtBot, bare_desk: Desk) -> None:
    """F07 has no points of its own; the usual line of a rule stands in the trial, whatever could not be read before."""
    dialog = dialog_of(bare_desk, qtbot, SEED["F07"])

    def change(form: RuleDialog) -> None:
        form.choose("linear")
        assert (form.trial.baseline.text(), form.trial.target.text()) == ("5", "10")
        form.submit()

    answering(change)
    dialog.set_rule.click()
    assert (dialog.text("usual_rule"), dialog.text("usual_points")) == ("直线计分", "0")
    put(dialog, usual_rule="看情况")
    answering(lambda form: form.submit())
    dialog.set_rule.click()
    assert dialog.text("usual_rule") == "直线计分"
    put(dialog, usual_baseline="九成")
    dialog.set_rule.click()
    assert dialog.fields["usual_baseline"].property("wrong")


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("size", ["standard", "large", "huge"])
def test_the_dialog_fits_a_small_screen(
    qtbot: QtBot, qapp: QApplication, bare_desk: Desk, size: str, language: str
) -> None:
    """1366 × 768 with the reason of a change, at every size of text; no line of advice is cut."""
    i18n.use(language)
    theme.apply(qapp, Settings(theme="dark", text_size=size))
    dialog = dialog_of(bare_desk, qtbot, SEED["B20"])
    assert dialog.width() <= 1366 and dialog.height() <= 768
    assert dialog.height() >= dialog.layout().totalHeightForWidth(dialog.width())

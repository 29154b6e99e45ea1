"""Grades as small tables: what is typed becomes the text that a scheme keeps, or a sentence under its table."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from okr_desk.i18n import using
from okr_desk.rules.grades import grading_from
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.grades import OWN, GradesDialog
from okr_desk.ui.widgets.small_table import SmallTable

D = Decimal


@pytest.fixture
def made(look: None, qtbot: QtBot) -> GradesDialog:
    found = GradesDialog("grades", True)
    qtbot.addWidget(found)
    found.show()
    return found


def put(table: SmallTable, *rows: tuple[str, ...]) -> None:
    table.set_rows(rows)
    table.typed.emit()


@pytest.mark.parametrize("key", ["grades", "stars"])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_preset_comes_back_as_itself(look: None, qtbot: QtBot, key: str, language: str) -> None:
    with using(language):
        found = GradesDialog(key, True)
        qtbot.addWidget(found)
        assert found.draft() == key


def test_own_bands_are_kept(made: GradesDialog) -> None:
    """国企 sheets cut at 90 and 76 (domain 1.1, scheme 15)."""
    put(made.bands, ("90", "优秀"), ("76", "达标"))
    made.rest.setText("不达标")
    put(made.gates, ("60%", "不达标", ""))
    put(made.quotas, ("优秀", "25"))
    assert made.preset.currentData() == OWN and made.refusal == ""
    made.submit()
    found = grading_from(made.result_draft)
    assert found.scheme.bands == ((D(90), "优秀"), (D(76), "达标")) and found.scheme.rest == "不达标"
    assert [(gate.below, gate.highest) for gate in found.scheme.gates] == [(D(60), "不达标")]
    assert found.quotas == {"优秀": D("0.25")}


def test_a_preset_fills_the_tables(made: GradesDialog) -> None:
    made.preset.setCurrentIndex(made.preset.findData("stars"))
    made.preset.activated.emit(1)
    assert made.bands.rows()[0] == ("90", "五星") and made.lowest.text() == "无星"
    assert made.quotas.rows() == [("五星", "10"), ("四星", "20")]
    put(made.bands, ("95", "五星"), ("80", "四星"), ("70", "三星"), ("60", "二星"))
    assert made.preset.currentData() == OWN
    put(made.bands, ("90", "五星"), ("80", "四星"), ("70", "三星"), ("60", "二星"))
    assert made.preset.currentData() == "stars"


@pytest.mark.parametrize(
    ("table", "rows", "sentence"),
    [
        ("bands", (("80", "好"), ("90", "较好")), "等次的分数线须从高到低排列，不能重复，请改正。"),
        ("bands", (), "等次至少要有一条分数线，请补上。"),
        ("bands", (("九十", "好"),), "“达到” 填的“九十”不是可用的数字"),
        ("bands", (("90", ""),), "请写明每条分数线评为什么等次。"),
        ("gates", (("60", "很好", ""),), "没有“很好”这个等次"),
        ("quotas", (("好", "120"),), "“好”的比例须在 0% 至 100% 之间。"),
        ("quotas", (("很好", "10"),), "没有“很好”这个等次"),
    ],
)
def test_what_does_not_hold_is_said_under_its_table(
    made: GradesDialog, table: str, rows: tuple[tuple[str, ...], ...], sentence: str
) -> None:
    found = getattr(made, table)
    put(found, *rows)
    label = made._sentences[table]
    assert not label.isHidden() and label.text().startswith(sentence)
    made.submit()
    assert made.isVisible() and made.refusal.startswith(sentence)


def test_what_is_in_use_is_only_shown(look: None, qtbot: QtBot) -> None:
    found = GradesDialog("grades", False)
    qtbot.addWidget(found)
    found.show()
    assert not found.ok.isVisible() and found.cancel.text() == "关闭" and not found.bands.isEnabled()


def test_there_is_always_an_empty_row_to_type_into(look: None, qtbot: QtBot, bare_desk: Desk) -> None:
    table = SmallTable(["达到", "计分"], "分档", (0, 1))
    qtbot.addWidget(table)
    assert table.rowCount() == 1 and table.rows() == []
    with qtbot.waitSignal(table.typed):
        table.item(0, 0).setText("95")
    assert table.rowCount() == 2 and table.rows() == [("95", "")]
    table.item(0, 1).setText("10")
    table.item(1, 0).setText("90")
    table.setCurrentCell(0, 0)
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert table.rows() == [("90", "")]

"""The table of every list: model, search, sort, filters, copy, export, explanation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from okr_desk import pinyin
from okr_desk.errors import InputRefused
from okr_desk.exchange.tables import Number
from okr_desk.scoring.explained import Explained
from okr_desk.terms import Status, label
from okr_desk.ui.desk import Desk
from okr_desk.ui.models.rows import Column, Rows
from okr_desk.ui.models.sheet_numbers import as_number
from okr_desk.ui.models.sieve import Sieve
from okr_desk.ui.widgets.delegates import BarValue
from okr_desk.ui.widgets.table import Table

D = Decimal


@dataclass(frozen=True)
class Line:
    name: str
    value: Decimal | None
    status: Status


LINES = (
    Line("滨河社区第一党支部", Decimal("83.1"), Status.ON_TRACK),
    Line("单家湾村党支部", None, Status.DUE),
    Line("石桥村党支部", Decimal("9.5"), Status.BEHIND),
    Line("青石村党支部", Decimal("100"), Status.DONE),
)


def typed(row: Line, text: str) -> Line:
    if text == "坏":
        raise InputRefused("请填数字。", "value")
    return replace(row, value=Decimal(text))


COLUMNS = (
    Column("支部", lambda r: r.name, keys=lambda r: pinyin.keys(r.name), stretch=True),
    Column(
        "实绩（%）",
        lambda r: "未报" if r.value is None else str(r.value),
        sort=lambda r: r.value,
        look="number",
        explained=lambda r: None if r.value is None else Explained(r.value, ("取本季填报值。",)),
        edit=typed,
    ),
    Column(
        "完成度",
        lambda r: "—" if r.value is None else f"{r.value:.0f}%",
        look="bar",
        value=lambda r: BarValue(None if r.value is None else r.value / 100, Decimal("0.66"), r.status, "—"),
    ),
    Column("状态", lambda r: label(r.status), look="light", value=lambda r: r.status),
    Column("走势", lambda r: "", look="spark", value=lambda r: (None, r.value, Decimal(50)), hidden=True),
)


@pytest.fixture
def table(qtbot: QtBot, desk: Desk) -> Table:
    made = Table(desk, COLUMNS, "试验", "关键结果")
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.set_rows(LINES)
    made.show()
    return made


def names(table: Table) -> list[str]:
    return [table.sieve.index(row, 0).data() for row in range(table.sieve.rowCount())]


def test_models_keep_qt_rules(qtmodeltester: ModelTester, qapp: QApplication) -> None:
    model = Rows(COLUMNS, LINES)
    sieve = Sieve()
    sieve.setSourceModel(model)
    qtmodeltester.check(model)
    qtmodeltester.check(sieve)
    sieve.search("cun")
    model.set_rows(LINES[:2])
    qtmodeltester.check(sieve)


def test_search_takes_characters_pinyin_and_initials(table: Table) -> None:
    for query in ("单家", "shanjia", "sjw"):
        table.search.setText(query)
        assert names(table) == ["单家湾村党支部"]
        assert table.count.text() == "1 / 4 行"
    table.search.setText("滞后")
    assert names(table) == ["石桥村党支部"]
    table.search.clear()
    assert table.count.text() == "共 4 行"


def test_numbers_sort_as_numbers_and_missing_ones_stay_last(table: Table) -> None:
    table.view.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert names(table) == ["石桥村党支部", "滨河社区第一党支部", "青石村党支部", "单家湾村党支部"]
    table.view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert names(table) == ["青石村党支部", "滨河社区第一党支部", "石桥村党支部", "单家湾村党支部"]


def test_rows_that_belong_together_stay_together_when_sorted(table: Table) -> None:
    table.sieve.keep_together(lambda row: "村" in row.name)
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        table.view.sortByColumn(1, order)
        assert names(table)[0] == "滨河社区第一党支部"
    assert names(table)[1:] == ["青石村党支部", "石桥村党支部", "单家湾村党支部"]


def test_a_share_answers_to_the_percent_it_shows(qtbot: QtBot, bare_desk: Desk) -> None:
    share = Column("完成度", lambda r: f"{r.value:.0f}%", sort=lambda r: r.value / 100, look="bar")
    table = Table(bare_desk, (COLUMNS[0], share), "share", "试验")
    qtbot.addWidget(table)
    table.set_rows([line for line in LINES if line.value is not None])
    table.header.filter_changed.emit(1, ">80")
    assert set(names(table)) == {"滨河社区第一党支部", "青石村党支部"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (">80", {"滨河社区第一党支部", "青石村党支部"}),
        (">=100", {"青石村党支部"}),
        ("<10%", {"石桥村党支部"}),
        ("=9.50", {"石桥村党支部"}),
        ("未报", {"单家湾村党支部"}),
        (">", {line.name for line in LINES}),
    ],
)
def test_filter_row(table: Table, query: str, found: set[str]) -> None:
    table.buttons["filter"].click()
    table.header.fields[1].setText(query)
    assert set(names(table)) == found
    table.buttons["filter"].click()
    assert len(names(table)) == 4


def test_copy_takes_headers_and_visible_columns_for_sheets(table: Table) -> None:
    table.view.selectRow(2)
    table.copy()
    clipboard = QGuiApplication.clipboard()
    assert clipboard.text() == "支部\t实绩（%）\t完成度\t状态\n石桥村党支部\t9.5\t10%\t滞后"
    assert "<td>石桥村党支部</td>" in clipboard.mimeData().html()
    clipboard.clear()


def test_copy_without_a_selection_takes_all_rows(table: Table) -> None:
    table.view.clearSelection()
    assert len(table.block()) == 5


def test_export_can_be_read_back_with_numbers_as_numbers(
    table: Table, tmp_path: Path, idle: Callable[[Desk], None], desk: Desk
) -> None:
    from openpyxl import load_workbook

    path = tmp_path / "导出.xlsx"
    table.view.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    table.export_to(path)
    idle(desk)
    cells = [[cell for cell in row if cell is not None] for row in load_workbook(path).active.values]
    assert ["支部", "实绩（%）", "完成度", "状态"] in cells
    assert any(row[:2] == ["石桥村党支部", 9.5] for row in cells)


@pytest.mark.parametrize(
    ("shown", "exact", "value", "form"),
    [
        ("65%", D("0.6524202647361799"), D("0.6524202647361799"), "0%"),  # the value itself, shown as on screen
        ("99%", D("0.996"), D("0.99"), "0%"),  # short of the whole never reads 100 %, in the workbook neither
        ("−3.5", D("-3.46"), D("-3.46"), "0.0"),
        ("1,120.00", "1,120.00", D("1120.00"), "#,##0.00"),
        ("11", D(0), D(11), "0"),  # the column sorts by something else
    ],
)
def test_an_exported_number_reads_as_on_screen(shown: str, exact: object, value: Decimal, form: str) -> None:
    assert as_number(shown, exact) == Number(value, form)


@pytest.mark.parametrize("shown", ["98/99", "—", "", "未报", "2026-01-01", "60~80"])
def test_what_is_no_number_is_exported_as_it_reads(shown: str) -> None:
    assert as_number(shown, D(-1)) is None


def test_what_is_painted_beside_a_number_is_copied_and_exported_in_words(qtbot: QtBot, bare_desk: Desk) -> None:
    light = (("灯号", lambda r: label(r.status)),)
    done = Column("已报", lambda r: "98/99", sort=lambda r: D(-1), look="number", beside=light)
    table = Table(bare_desk, (COLUMNS[0], done), "beside", "试验")
    qtbot.addWidget(table)
    table.set_rows(LINES[:1])
    assert table.block() == [["支部", "已报", "灯号"], ["滨河社区第一党支部", "98/99", "正常"]]
    assert table._export_block() == table.block()


def test_number_explains_itself_on_click(table: Table, qtbot: QtBot) -> None:
    with qtbot.waitSignal(table.explain_asked) as asked:
        table.view.clicked.emit(table.sieve.index(0, 1))
    assert asked.args[0] == "实绩（%）"
    assert asked.args[1].steps == ("取本季填报值。",)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_number_explains_itself_by_key(table: Table, qtbot: QtBot, key: Qt.Key) -> None:
    table.view.setCurrentIndex(table.sieve.index(0, 1))
    opened: list[Any] = []
    table.opened.connect(opened.append)
    with qtbot.waitSignal(table.explain_asked) as asked:
        qtbot.keyClick(table.view, key)
    assert asked.args[0] == "实绩（%）" and opened == []


def test_rows_can_be_marked_opened_and_kept(table: Table, qtbot: QtBot) -> None:
    marked: list[Any] = []
    table.marked.connect(marked.append)
    assert table.mark(lambda row: row.status is Status.BEHIND)
    assert table.current() is LINES[2]
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table.view, Qt.Key.Key_Return)
    assert opened.args[0] is LINES[2]
    table.set_rows(LINES)
    assert table.current() is LINES[2]
    assert marked[0] is LINES[2]
    assert not table.mark(lambda row: row.name == "没有")


def test_editing_replaces_the_row_and_refuses_in_words(table: Table) -> None:
    index = table.model.index(1, 1)
    assert table.model.setData(index, "42")
    assert table.model.rows[1].value == Decimal(42)
    with pytest.raises(InputRefused):
        table.model.setData(index, "坏")
    assert not table.model.setData(table.model.index(1, 0), "改名")


def test_last_visible_column_cannot_be_hidden(table: Table) -> None:
    for column in range(5):
        table._show_column(column, False)
    assert [table.view.isColumnHidden(column) for column in range(5)] == [True, True, True, False, True]


def test_stretching_column_takes_the_rest_but_stays_readable(table: Table) -> None:
    table.resize(1300, 400)
    wide = table.view.columnWidth(0)
    table.resize(300, 400)
    QApplication.processEvents()
    assert table.view.columnWidth(0) < wide
    assert table.view.columnWidth(0) >= table.view.fontMetrics().horizontalAdvance("国") * 13


def test_cells_speak(table: Table) -> None:
    spoken = table.model.index(0, 3).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "状态 正常"


def test_every_look_can_be_drawn(table: Table) -> None:
    table.view.setColumnHidden(4, False)
    picture = table.grab().toImage()
    assert picture.width() > 0
    colours = {picture.pixelColor(QPoint(x, y)).name() for x in range(0, 900, 3) for y in range(0, 400, 3)}
    assert len(colours) > 12


def test_plain_view_may_use_the_model(qtbot: QtBot) -> None:
    view = QTableView()
    qtbot.addWidget(view)
    view.setModel(Rows(COLUMNS, LINES, view))
    assert view.model().headerData(1, Qt.Orientation.Horizontal) == "实绩（%）"
    assert view.model().headerData(0, Qt.Orientation.Vertical) == "1"


def test_selected_numbers_are_summed(qtbot: QtBot, bare_desk: Desk) -> None:
    table = Table(bare_desk, COLUMNS, "summed", "各支部实绩")
    qtbot.addWidget(table)
    table.set_rows(LINES)
    said: list[str] = []
    bare_desk.summed.connect(said.append)
    table.view.setCurrentIndex(table.sieve.index(0, 1))
    table.view.selectAll()
    assert said[-1] == "实绩（%）：选中 3 个，合计 192.6，平均 64.2"

"""上报表 on screen: forms left, cells right; a form is read, mapped by its words, filled, taken back, exchanged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox

from okr_desk.rules.permissions import Actor
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs import upward as dialogs
from okr_desk.ui.models import upward_work
from okr_desk.ui.pages.upward import UpwardPage
from tests.upward_forms import ONE, TWO, form, reopened

Idle = Callable[[Desk], None]
DEMO = "表一 基本情况"


@pytest.fixture
def page(desk: Desk, idle: Idle, qtbot: Any) -> UpwardPage:
    """The page on the demo, its form in front."""
    from okr_desk.queries import cycles, orgs

    assert desk.store is not None
    with desk.store.read() as session:
        desk.selection.offer(cycles.quarters(session), orgs.tree(session, desk.clock.today()))
    made = UpwardPage(desk)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    idle(desk)
    return made


def at(page: UpwardPage, cell: str, sheet: str = DEMO) -> Any:
    assert page.cells.mark(lambda row: row.cell.cell == cell and row.cell.sheet == sheet)
    return page.cells.current()


def test_the_form_of_the_demo_is_in_front(page: UpwardPage) -> None:
    assert [page.list.item(row).text() for row in range(page.list.count())] == ["基层党建季度报表"]
    assert len(page.cells.model.rows) == 36
    assert page.answer.text() == "“基层党建季度报表”：2026年第三季度写入 229 格。另有 2 格缺数，留空。"
    texts = [page.cells.sieve.index(0, column).data() for column in range(6)]
    assert texts == [DEMO, "B2", "填报单位：", "镇名", "青山镇", "组织树"]
    page.open_cell(at(page, "G4", "表二 支部情况"))
    assert not page.side.isHidden() and page.accent_button is not None and page.accent_button.isEnabled()


def test_filling_and_filling_all(page: UpwardPage, desk: Desk, idle: Idle, tmp_path: Path, qtbot: Any) -> None:
    assert page.shown is not None
    with qtbot.waitSignal(desk.noticed) as said:
        page.steps.fill_to(page.shown, tmp_path / "填好")
    assert said.args == ["已填好“填好.xlsx”，写入 229 格。有 2 格缺数，已留空，见表中“缺数”各行。"]
    assert reopened(tmp_path / "填好.xlsx")[DEMO]["D4"].value == 29
    page.steps.fill_into(page.shown, tmp_path / "夹")
    idle(desk)
    assert [file.name for file in (tmp_path / "夹").iterdir()] == ["2026年第三季度基层党建季度报表.xlsx"]
    (tmp_path / "占着.xlsx").mkdir()
    with qtbot.waitSignal(desk.refused) as refused:
        page.steps.fill_to(page.shown, tmp_path / "占着.xlsx")
    assert refused.args == ["“占着.xlsx”是一个文件夹，不能当作文件写入。请换一个文件名。"]


def test_taking_cells_away_and_back(page: UpwardPage, desk: Desk, idle: Idle) -> None:
    at(page, "D4")
    page.remove()
    idle(desk)
    assert len(page.cells.model.rows) == 35 and page.undo_stack().undoText() == "移去 D4"
    page.undo_stack().undo()
    idle(desk)
    assert len(page.cells.model.rows) == 36 and at(page, "D4").shown == "29"
    page.undo_stack().redo()
    idle(desk)
    assert len(page.cells.model.rows) == 35


def test_a_form_from_the_county_to_its_figures(
    page: UpwardPage, desk: Desk, idle: Idle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    """Chosen, named, mapped by its words, one cell by hand, one that cannot be; then exchanged, then retired."""
    path = tmp_path / "县表.xlsx"
    path.write_bytes(form(["青石村党支部", "东岭村"]))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(path), ""))

    def answer(dialog: Any) -> int:
        dialog.submit()
        qtbot.waitUntil(lambda: dialog.outcome is not None)
        return 1

    for kind in (dialogs.FormNameDialog, dialogs.ProposalsDialog):
        monkeypatch.setattr(kind, "exec", answer)
    page.keep()
    qtbot.waitUntil(lambda: page.form is not None and page.form.name == "县表")
    idle(desk)
    assert page.list.count() == 2 and page.place.is_empty and not page.accent_button.isEnabled()  # type: ignore[union-attr]
    page.find()
    idle(desk)
    assert [row.cell.cell for row in page.cells.model.rows] == ["C2", "C3", "B4", "A4", "B4", "C4", "D4"]

    assert page.shown is not None
    dialog = dialogs.CellDialog(desk, page.shown, TWO)
    qtbot.addWidget(dialog)
    dialog.cell.setText("5C")
    dialog.submit()
    assert dialog.refusal == "“5C”不是单元格，请写列的字母和行的数字，例如 C5。"
    dialog.cell.setText("E4")
    assert dialog.around.text() == "左边的字：青石村党支部；上边的字：备注"
    dialog.submit()
    assert dialog.refusal == "请选择这一格取什么数。"
    dialog.figure.pick("points:B01")
    dialog.submit()
    qtbot.waitUntil(lambda: dialog.outcome is not None)
    idle(desk)
    assert len(page.cells.model.rows) == 8

    path.write_bytes(form(["青石村党支部"], lambda book: book.remove(book[ONE])))
    told: list[str] = []
    monkeypatch.setattr(QMessageBox, "information", lambda _p, _t, text: told.append(text))
    page.replace()
    qtbot.waitUntil(lambda: bool(told))
    idle(desk)
    assert told[0].startswith("已换新表，5 个单元格照旧。") and "没有“表一”这张工作表" in told[0]
    monkeypatch.setattr(QMessageBox, "question", lambda *_a: QMessageBox.StandardButton.Yes)
    page.retire()
    idle(desk)
    assert page.list.count() == 1 and page.form is not None and page.form.name == "基层党建季度报表"


def test_what_is_no_form_and_what_finds_nothing(page: UpwardPage, desk: Desk, tmp_path: Path, qtbot: Any) -> None:
    path = tmp_path / "旧表.xls"
    path.write_bytes(b"x")
    with qtbot.waitSignal(desk.refused) as refused:
        page.steps.read(path, lambda _draft: pytest.fail("taken"))
    assert refused.args == ["“旧表.xls”不是 .xlsx 文件。请在 WPS 或 Excel 里“另存为”.xlsx，再导入。"]

    assert page.shown is not None and upward_work.proposals(page.shown) == ()
    with qtbot.waitSignal(desk.noticed) as said:
        page.find()
    assert said.args == ["没有找到还能对上的字。请点“添加单元格…”逐个添加。"]
    shown = page.shown
    dialog = dialogs.ProposalsDialog(desk, shown, [])
    qtbot.addWidget(dialog)
    dialog.submit()
    assert dialog.refusal == "请先勾选要添加的单元格。"


def test_a_secretary_does_not_see_it(
    page: UpwardPage, desk: Desk, idle: Idle, demo_actor: Callable[[str], Actor]
) -> None:
    desk.sign_in(demo_actor("qingshi"))
    page.refresh()
    idle(desk)
    assert page.empty.sentence == "上报表由镇党建办填报，您没有查看本页的权限。"

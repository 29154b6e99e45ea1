"""考核方案 through the real widget: what stands there, drawing up, putting to use, who may, what is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QMessageBox, QPlainTextEdit, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from okr_desk import i18n
from okr_desk.clock import FixedClock
from okr_desk.queries import cycles, orgs
from okr_desk.queries import schemes as standing
from okr_desk.queries.schemes import SchemeView
from okr_desk.rules.orgs import OrgDraft
from okr_desk.rules.permissions import Actor
from okr_desk.rules.rule_forms import BY_KEY
from okr_desk.rules.schemes import BlockDraft, LineDraft, SchemeDraft, Start
from okr_desk.rules.usual_rule import STARTS
from okr_desk.services import indicators, schemes
from okr_desk.services import orgs as org_service
from okr_desk.services.permits import SETUP
from okr_desk.settings import Settings
from okr_desk.terms import Across, BlockKind, OrgKind, QuarterState, SchemeState
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.add_indicators import AddIndicatorsDialog
from okr_desk.ui.dialogs.grades import GradesDialog
from okr_desk.ui.dialogs.notices import NoticesDialog
from okr_desk.ui.dialogs.red_lines import RedLinesDialog
from okr_desk.ui.dialogs.rule import RuleDialog
from okr_desk.ui.dialogs.scheme import NextVersionDialog, PresetDialog, SchemeFieldsDialog
from okr_desk.ui.dialogs.scheme_paper import SchemePaperDialog
from okr_desk.ui.dialogs.usual_lines import UsualLinesDialog
from okr_desk.ui.models.scheme_drafts import SchemeDrafts
from okr_desk.ui.models.scheme_tree import ACROSS, NAME, POINTS, RULE, SUM
from okr_desk.ui.pages.schemes import SchemesPage
from okr_desk.ui.widgets.usual_table import BASELINE, TARGET
from tests.scored_township import Scored, draft, give_lines, scored
from tests.small_township import percent
from tests.ui.answers import answering, put
from tests.ui.test_languages import CHINESE
from tests.ui.walk import Walk, cells, data_words

D = Decimal
Open = Callable[..., SchemesPage]


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Iterator[Scored]:
    """农村 has a scheme in use; 学校 has none."""
    made = scored(tmp_path / "镇.okr", clock)
    yield made
    made.small.store.close()


@pytest.fixture
def sit(town: Scored, look: None, qtbot: QtBot) -> Iterator[Open]:
    """Opens the page for a person."""
    desks: list[Desk] = []

    def open_page(actor: Actor | None = None, quarter: str = "2026Q3", desk: Desk | None = None) -> SchemesPage:
        if desk is None:
            desk = Desk(Settings(theme="light"))
            desks.append(desk)
            desk.take_store(town.small.store)
            desk.sign_in(actor or town.small.office)
            with town.small.store.rows() as session:
                tree, quarters = orgs.tree(session, town.small.store.clock.today()), cycles.quarters(session)
            desk.selection.offer(quarters, tree)
            desk.selection.choose_quarter(next(q.id for q in quarters if q.key == quarter))
        page = SchemesPage(desk)
        page.key = "schemes"
        qtbot.addWidget(page)
        page.resize(1200, 660)
        page.show()
        rest(qtbot, page)
        return page

    yield open_page
    for desk in desks:
        desk.tasks.finish()


@pytest.fixture
def drawn(town: Scored, sit: Open, qtbot: QtBot) -> SchemesPage:
    """The page with a draft for 学校 in front: 基础性 11 (B08 4, B09 4, B11 3), 融合性 8 (F07 8), 加分 3 (X03 3).

    One of its two branches has baselines and targets.
    """
    small = town.small
    second = OrgDraft(OrgKind.BRANCH, "第二小学党支部", "第二小学党支部", date(2026, 1, 1), small.township)
    with small.store.write(small.office) as session:
        school = next(one.id for one in orgs.categories(session) if one.name == "学校")
        org_service.create(session, SETUP, replace(second, category_id=school))
        give_lines(session, small, town.ids, small.school)
        schemes.create(session, small.office, school, 2026, replace(draft(town.ids), name="学校百分制"))
    page = sit()
    choose(qtbot, page, "学校")
    return page


def rest(qtbot: QtBot, page: SchemesPage) -> None:
    """Wait until everything that was asked has been answered."""
    qtbot.waitUntil(lambda: page.desk.tasks.is_idle, timeout=20_000)


def choose(qtbot: QtBot, page: SchemesPage, category: str) -> None:
    assert page.board is not None
    page.strip.choose(next(row.category.id for row in page.board.rows if row.category.name == category))
    rest(qtbot, page)


def stored(town: Scored, category: str, year: int = 2026) -> SchemeView:
    with town.small.store.read() as session:
        return next(one for one in standing.schemes(session, year) if one.category == category)


def cell(page: SchemesPage, spot: tuple[int, int | None], column: int) -> str:
    return str(page.editor.tree.tree.place(spot, column).data())


def codes(page: SchemesPage) -> list[list[str]]:
    tree = page.editor.tree.tree
    blocks = range(len(tree.draft.blocks))
    return [[cell(page, (n, k), NAME).split()[0] for k in range(len(tree.draft.blocks[n].lines))] for n in blocks]


def says(page: SchemesPage) -> list[str]:
    return [page.editor.panel.list.item(row).text() for row in range(page.editor.panel.list.count())]


def press(page: SchemesPage, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(page.editor.tree, key, modifier)


def type_points(page: SchemesPage, spot: tuple[int, int | None], text: str) -> None:
    """Figures typed on a line, taken with Enter."""
    tree = page.editor.tree
    tree.go_to(spot, RULE)
    if text.isascii():
        QTest.keyClick(tree, text[0])
    else:
        tree.edit_points(spot)
    editor = next(one for one in tree.viewport().findChildren(QLineEdit) if one.isVisible())
    editor.setText(text)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()


def agree(monkeypatch: pytest.MonkeyPatch, yes: bool = True) -> list[str]:
    """Answer every question; what was asked is kept."""
    asked: list[str] = []

    def answer(_parent: QWidget, _title: str, words: str, *_buttons: object) -> QMessageBox.StandardButton:
        asked.append(words)
        return QMessageBox.StandardButton.Ok if yes else QMessageBox.StandardButton.Cancel

    monkeypatch.setattr(QMessageBox, "question", answer)
    return asked


# What stands there


def test_the_page_says_what_each_category_is_scored_by(sit: Open, qtbot: QtBot) -> None:
    page = sit()
    assert page.answer.text() == "2026年2类支部中1类已启用，“学校”还没有方案。"
    assert [page.strip.item(n).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(2)] == [
        "农村 19 分 已启用 一季度起 第1版 农村百分制",
        "学校 没有方案",
    ]
    assert cell(page, (0, None), NAME) == "基础性" and cell(page, (0, None), SUM) == "11"
    row = [cell(page, (0, 0), column) for column in (NAME, RULE, ACROSS, POINTS, SUM)]
    assert row == ["B08 党员到会率", "72→85，直线计4分", "", "4", ""]
    assert cell(page, (2, None), RULE) == "加分，不计入满分"
    assert page.editor.shape.said.text() == ("基础性 100%，融合性 0%，创新性 0%（参考 60/25/15）　共 5 项指标")


def test_what_is_in_use_is_only_read(sit: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    page = sit()
    tree = page.editor.tree.tree
    indexes = [tree.place((0, 0), POINTS), tree.place((0, None), NAME)]
    assert not any(index.flags() & Qt.ItemFlag.ItemIsEditable for index in indexes)
    assert page.editor.panel.note.text().startswith("这一版已启用，不能再改。")
    hidden = (*page.editor.tools, page.next_button)
    assert not any(button.isVisible() for button in hidden) and page.next_version_button.isVisible()
    offered: dict[str, bool] = {}

    def read(menu: QMenu, *_where: object) -> None:
        offered.update({action.text(): action.isEnabled() for action in menu.actions() if action.text()})

    monkeypatch.setattr(QMenu, "popup", read)
    page.more_button.click()
    assert [words for words, is_on in offered.items() if is_on] == ["按通常值设基线和目标…"]
    before = page.editor.editing.draft
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_Insert, Qt.Key.Key_Return, Qt.Key.Key_5):
        press(page, key)
    press(page, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert page.editor.editing.draft == before and page.editor.editing.steps.count() == 0


def test_a_category_without_a_scheme_says_what_to_do_first(sit: Open, qtbot: QtBot) -> None:
    page = sit()
    choose(qtbot, page, "学校")
    assert page.nothing.isVisible() and page.nothing.sentence == "“学校”2026年还没有考核方案。"
    seen = []
    answering(lambda dialog: seen.append(type(dialog)))
    page.nothing.findChild(type(page.next_button)).click()
    assert seen == [PresetDialog]


def test_a_closed_year_is_only_read(sit: Open) -> None:
    page = sit(quarter="2025Q3")
    assert page._band_text.text() == "2025年度已关闭，方案只能查看，不能再改。"
    assert not page.new_button.isVisible() and page.answer.text() == "2025年还没有考核方案。"


def test_the_page_is_for_the_office(town: Scored, sit: Open) -> None:
    page = sit(town.small.secretary)
    assert page.empty.isVisible() and page.empty.sentence.startswith("考核方案由镇党建办编制")


def test_the_tree_is_a_sound_model(drawn: SchemesPage, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(drawn.editor.tree.tree)


# Drawing up


def test_points_are_typed_line_after_line(town: Scored, drawn: SchemesPage, qtbot: QtBot) -> None:
    page = drawn
    type_points(page, (0, 0), "5")
    assert page.editor.tree.spot == (0, 1) and page.editor.tree.currentIndex().column() == POINTS
    rest(qtbot, page)
    assert cell(page, (0, 0), RULE) == "基线→目标值，直线计5分"
    assert cell(page, (0, None), SUM) == "12（多 1）"
    assert says(page)[0] == "“基础性”各项满分合计 12 分，与这一块的满分 11 分不符，请核对。"
    assert page.editor.panel.heading.text().startswith("1 处要改")
    assert page.answer.text() == "2026年2类支部中1类已启用，“学校”还有1处要改。"
    assert page.strip.item(1).data(Qt.ItemDataRole.AccessibleTextRole).startswith("学校 19 分 1 处要改")
    type_points(page, (0, None), "１２")
    rest(qtbot, page)
    assert (cell(page, (0, None), POINTS), cell(page, (0, None), SUM)) == ("12", "12")
    assert page.answer.text() == "2026年2类支部中1类已启用，“学校”可以启用。"
    assert stored(town, "学校").versions[0].maximum == 19
    page.save()
    rest(qtbot, page)
    assert stored(town, "学校").versions[0].maximum == 20 and not page.editor.is_dirty


def test_what_is_no_number_cannot_be_typed_as_points(drawn: SchemesPage) -> None:
    tree = drawn.editor.tree
    tree.edit_points((0, 0))
    editor = next(one for one in tree.viewport().findChildren(QLineEdit) if one.isVisible())
    editor.selectAll()
    for character in "两1x2.345":
        editor.insert(character)
    assert editor.text() == "12.34"
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert drawn.editor.editing.steps.count() == 0


def test_each_step_has_a_name_and_is_taken_back(drawn: SchemesPage, qtbot: QtBot) -> None:
    page, steps = drawn, drawn.undo_stack()
    before = page.editor.editing.draft
    type_points(page, (0, 0), "5")
    page.editor.tree.go_to((1, 0))
    press(page, Qt.Key.Key_Delete)
    page.editor.add_block()
    assert [steps.text(n) for n in range(3)] == ["改分值", "删除指标", "添加一块"]
    after = page.editor.editing.draft
    for _step in range(3):
        steps.undo()
    assert page.editor.editing.draft == before and not page.editor.is_dirty
    assert page.next_button.text() == "启用"
    for _step in range(3):
        steps.redo()
    assert page.editor.editing.draft == after and page.next_button.text() == "保存"
    rest(qtbot, page)
    assert "“融合性”还没有指标。" in says(page) and "“新的一块”还没有指标。" in says(page)


def test_a_line_is_dragged_to_another_block(drawn: SchemesPage) -> None:
    tree = drawn.editor.tree.tree
    data = tree.mimeData([tree.place((0, 0))])
    move = Qt.DropAction.MoveAction
    assert tree.dropMimeData(data, move, -1, -1, tree.place((1, None)))
    assert codes(drawn) == [["B09", "B11"], ["F07", "B08"], ["X03"]]
    assert drawn.editor.tree.spot == (1, 1)
    data = tree.mimeData([tree.place((1, 1))])
    assert tree.dropMimeData(data, move, 1, 0, tree.place((0, None)))
    assert codes(drawn) == [["B09", "B08", "B11"], ["F07"], ["X03"]]
    assert tree.dropMimeData(tree.mimeData([tree.place((0, 0))]), move, 1, 0, QModelIndex())
    assert codes(drawn) == [["B08", "B11", "B09"], ["F07"], ["X03"]]
    assert drawn.undo_stack().undoText() == "移动指标"


def test_lines_and_blocks_move_by_keyboard(drawn: SchemesPage) -> None:
    alt = Qt.KeyboardModifier.AltModifier
    drawn.editor.tree.go_to((0, 2))
    press(drawn, Qt.Key.Key_Down, alt)
    assert codes(drawn) == [["B08", "B09"], ["B11", "F07"], ["X03"]] and drawn.editor.tree.spot == (1, 0)
    press(drawn, Qt.Key.Key_Up, alt)
    press(drawn, Qt.Key.Key_Up, alt)
    assert codes(drawn) == [["B08", "B11", "B09"], ["F07"], ["X03"]]
    drawn.editor.tree.go_to((1, None))
    press(drawn, Qt.Key.Key_Up, alt)
    assert codes(drawn) == [["F07"], ["B08", "B11", "B09"], ["X03"]] and drawn.editor.tree.spot == (0, None)


def test_indicators_come_from_the_library_by_sound(town: Scored, drawn: SchemesPage, qtbot: QtBot) -> None:
    page = drawn
    page.editor.tree.go_to((1, 0))
    press(page, Qt.Key.Key_Delete)
    page.editor.tree.go_to((1, None))
    seen: list[list[str]] = []

    def add(dialog: QDialog) -> None:
        assert isinstance(dialog, AddIndicatorsDialog)
        seen.append(dialog.codes())
        dialog.submit()
        assert dialog.refusal == "请勾选要添加的指标。"
        dialog.search.setText("cjt")
        seen.append(dialog.codes())
        dialog.tick("F07")
        dialog.submit()

    answering(add)
    press(page, Qt.Key.Key_Insert)
    assert seen == [["F07"], ["F07"]]
    assert codes(page)[1] == ["F07"] and page.editor.tree.spot == (1, 0)
    assert page.undo_stack().undoText() == "添加 1 项指标"


def test_fields_of_a_block(drawn: SchemesPage, qtbot: QtBot) -> None:
    page, fields = drawn, drawn.editor.panel.block_fields
    page.editor.tree.go_to((1, None))
    assert fields.title.text() == "融合性（1 项，8 分）"
    fields.name.setText("发展实绩")
    fields.name.editingFinished.emit()
    fields.part.setText("业绩亮旗")
    fields.part.editingFinished.emit()
    for box, value in ((fields.kind, BlockKind.BONUS), (fields.across, Across.BEST)):
        box.setCurrentIndex(box.findData(value))
        box.activated.emit(box.currentIndex())
    fields.flags.click()
    block = page.editor.editing.draft.blocks[1]
    assert (block.name, block.part, block.kind, block.across, block.flags) == (
        "发展实绩",
        "业绩亮旗",
        BlockKind.BONUS,
        Across.BEST,
        True,
    )
    assert cell(page, (1, None), RULE) == "业绩亮旗 · 加分，不计入满分 · 亮旗"
    assert cell(page, (1, None), ACROSS) == "最好"
    fields.name.setText("  ")
    fields.name.editingFinished.emit()
    assert fields.name.text() == "发展实绩" and page.undo_stack().count() == 5


def test_fields_of_a_line(drawn: SchemesPage, qtbot: QtBot) -> None:
    page, fields = drawn, drawn.editor.panel.line_fields
    page.editor.tree.go_to((0, 0))
    assert fields.title.text() == "B08 党员到会率（%）" and fields.branches.text() == "2 个支部中 1 个有基线和目标值"
    fields.across.setCurrentIndex(fields.across.findData(Across.LAST))
    fields.across.activated.emit(fields.across.currentIndex())
    assert page.editor.editing.draft.blocks[0].lines[0].across is Across.LAST
    assert cell(page, (0, 0), ACROSS) == "末次"
    fields.across.setCurrentIndex(0)
    fields.across.activated.emit(0)
    assert page.editor.editing.draft.blocks[0].lines[0].across is None


def test_the_rule_is_changed_in_its_dialog(drawn: SchemesPage, qtbot: QtBot) -> None:
    page = drawn

    def change(dialog: QDialog) -> None:
        assert isinstance(dialog, RuleDialog)
        dialog.choose("ratio")
        dialog.submit()

    page.editor.tree.go_to((0, 0), RULE)
    answering(change)
    press(page, Qt.Key.Key_Return)
    assert cell(page, (0, 0), RULE) == "达到目标值计4分，不足的按比例"
    assert page.undo_stack().undoText() == "改B08 党员到会率的规则"


def test_a_problem_leads_to_its_line(drawn: SchemesPage, qtbot: QtBot) -> None:
    page = drawn
    type_points(page, (0, 2), "9")
    rest(qtbot, page)
    page.editor.tree.go_to((2, 0))
    items = [page.editor.panel.list.item(row) for row in range(page.editor.panel.list.count())]
    page.editor.panel.list.itemClicked.emit(items[0])
    assert page.editor.tree.spot == (0, None)
    missing = next(item for item in items if "B09" in item.text())
    page.editor.panel.list.itemClicked.emit(missing)
    assert page.editor.tree.spot == (0, 1)
    tip = page.editor.tree.tree.place((0, 1)).data(Qt.ItemDataRole.ToolTipRole)
    assert "有 1 个支部还没有目标值" in tip


def test_missing_baselines_and_targets_are_set_in_one_step(town: Scored, drawn: SchemesPage, qtbot: QtBot) -> None:
    """Beside the problems: the second school lacks three lines; what is ticked and typed is set, nothing else."""
    page = drawn
    button = page.editor.panel.fill_button
    assert button.isVisible() and button.focusPolicy() is not Qt.FocusPolicy.NoFocus
    seen: list[list[str]] = []

    def take(dialog: QDialog) -> None:
        assert isinstance(dialog, UsualLinesDialog)
        table = dialog.table
        seen.extend([table.item(row, column).text() for column in range(5)] for row in range(table.rowCount()))
        dialog.submit()
        assert dialog.refusal == "请勾选要设的指标。"
        for column, text in ((BASELINE, "70"), (TARGET, "80")):
            table.setCurrentCell(0, column)
            table.item(0, column).setText(text)
        assert table.is_ticked(0)
        QTest.keyClick(table, Qt.Key.Key_Space)
        assert not table.is_ticked(0)
        QTest.keyClick(table, Qt.Key.Key_Space)
        table.item(1, TARGET).setText("九十八")
        assert dialog.count.text().startswith("“B09 通常目标”")
        table.item(1, TARGET).setText("98")
        assert dialog.count.text() == "已选 2 项，将设 1 个基线、2 个目标值。"
        with qtbot.waitSignal(dialog.finished, timeout=20_000):
            dialog.submit()

    notices: list[str] = []
    page.desk.noticed.connect(notices.append)
    answering(take)
    button.click()
    qtbot.waitUntil(lambda: bool(notices), timeout=20_000)
    rest(qtbot, page)
    assert seen == [
        ["B08 党员到会率（%）", "1", "1", "", ""],
        ["B09 党费按月足额收缴率（%）", "", "1", "", ""],
        ["F07 村集体经营性收入（%）", "", "1", "", ""],
    ]
    assert notices[-1] == ("已为 1 个支部设好 1 个基线、2 个目标值，来源和日期都已记下；可在“指标”中逐个调整。")
    assert [text for text in says(page) if "还没有" in text] == [
        "“F07 村集体经营性收入”有 1 个支部还没有目标值，设定以前这一项不计分：第二小学党支部。"
    ]
    assert button.isVisible()


def test_nothing_is_missing_nothing_is_asked(town: Scored, sit: Open, qtbot: QtBot) -> None:
    page = sit()
    notices: list[str] = []
    page.desk.noticed.connect(notices.append)
    page.fill_usual()
    rest(qtbot, page)
    assert notices == ["各支部的基线和目标值都已设好。"]


def test_the_version_in_front_is_printed_or_kept(
    town: Scored, drawn: SchemesPage, qtbot: QtBot, tmp_path: Path
) -> None:
    """A draft too, as what is sent round; what is typed and not saved has to be saved first."""
    page = drawn
    notices: list[str] = []
    page.desk.noticed.connect(notices.append)
    type_points(page, (0, 0), "5")
    page.print_button.click()
    assert notices == ["有改动还没有保存，先保存再打印。"]
    page.undo_stack().undo()
    rest(qtbot, page)

    def take(dialog: SchemePaperDialog) -> None:
        assert not dialog.print_button.isEnabled()
        qtbot.waitUntil(dialog.print_button.isEnabled, timeout=60_000)
        qtbot.waitUntil(lambda: bool(dialog.view.pages), timeout=20_000)
        assert dialog.said.text() == "草稿也可以打印，印作征求意见稿。"
        for name in ("办法.pdf", "办法.xlsx"):
            dialog.save(tmp_path / name)
            qtbot.waitUntil(lambda name=name: name in dialog.said.text(), timeout=20_000)

    answering(take)
    page.print_button.click()
    rest(qtbot, page)
    said = "".join("".join(one.extract_text().split()) for one in PdfReader(tmp_path / "办法.pdf").pages)
    assert "青山镇2026年度学校党支部考核评分办法（征求意见稿）" in said
    assert load_workbook(tmp_path / "办法.xlsx").sheetnames == ["学校"]


def test_a_search_leaves_the_lines_that_answer(drawn: SchemesPage, qtbot: QtBot) -> None:
    """汉字, 全拼 and 首字母, as in every list; a block that is named keeps all its lines."""
    page = drawn

    def shown() -> list[str]:
        tree = page.editor.tree
        spots = [(n, k) for n, codes_ in enumerate(codes(page)) for k in range(len(codes_))]
        return [
            cell(page, spot, NAME).split()[0]
            for spot in spots
            if not tree.isRowHidden(spot[1], tree.tree.place((spot[0], None)))
        ]

    for text, expected in (
        ("到会", ["B08"]),
        ("dangfei", ["B09"]),
        ("dhl", ["B08"]),
        ("F07", ["F07"]),
        ("jichuxing", ["B08", "B09", "B11"]),
        ("没有的", []),
        ("", ["B08", "B09", "B11", "F07", "X03"]),
    ):
        page.editor.search.setText(text)
        assert shown() == expected, text
    page.editor.search.setText("dhl")
    type_points(page, (0, 0), "5")
    rest(qtbot, page)
    assert shown() == ["B08"]


def test_the_scheme_is_copied_as_a_table(drawn: SchemesPage, tmp_path: Path, qtbot: QtBot) -> None:
    page, clipboard = drawn, QApplication.clipboard()
    page.editor.tree.go_to((0, 0))
    QTest.keyClick(page.editor.tree, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    rows = [line.split("\t") for line in clipboard.text().split("\n")]
    assert rows[0] == ["块", "指标", "计分规则", "年度计法", "满分"]
    assert rows[1] == ["基础性", "", "", "平均", "11"] and len(rows) == 9
    assert rows[2] == ["基础性", "B08 党员到会率", "基线→目标值，直线计4分", "平均", "4"]
    QTest.keyClick(page.editor.tree, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(page.editor.tree, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert [line.split("\t")[1].split()[0] for line in clipboard.text().split("\n")[1:]] == ["B08", "B09"]
    page.editor.out.export_to(tmp_path / "方案.xlsx")
    rest(qtbot, page)
    sheet = load_workbook(tmp_path / "方案.xlsx").active
    assert sheet is not None and [cell_.value for cell_ in sheet[4]][:2] == ["基础性", "B08 党员到会率"]
    assert sheet["E4"].value == 4


def test_indicators_of_other_categories_are_offered_by_a_tick(town: Scored, drawn: SchemesPage, qtbot: QtBot) -> None:
    small, page = town.small, drawn
    own = {"F31": ("学校",), "F03": ("农村",)}
    with small.store.write(small.office) as session:
        for code, categories in own.items():
            indicators.create(session, small.office, percent(code, "其他", categories=categories))
    page.refresh()
    rest(qtbot, page)
    seen: list[list[str]] = []

    def look(dialog: AddIndicatorsDialog) -> None:
        seen.append(dialog.codes())
        dialog.all.click()
        seen.append(dialog.codes())
        dialog.tick("F03")
        dialog.all.click()
        seen.append(dialog.codes())

    answering(look)
    page.editor.add_indicators()
    assert seen == [["F31"], ["F31", "F03"], ["F31", "F03"]]


def test_more_than_forty_indicators_are_marked(town: Scored, drawn: SchemesPage) -> None:
    line = drawn.editor.editing.draft.blocks[0].lines[0]
    assert not drawn.editor.shape.warning.isVisible()
    drawn.editor.editing.add_lines(0, [line] * 36)
    assert drawn.editor.shape.warning.text() == "▲ 超过 40 项，不宜太细" and drawn.editor.shape.warning.isVisible()


def test_grades_and_settings_are_steps_too(drawn: SchemesPage) -> None:
    def stars(dialog: QDialog) -> None:
        assert isinstance(dialog, GradesDialog)
        dialog.preset.setCurrentIndex(dialog.preset.findData("stars"))
        dialog.preset.activated.emit(1)
        dialog.submit()

    def settings(dialog: QDialog) -> None:
        assert isinstance(dialog, SchemeFieldsDialog)
        field = dialog.fields["bonus_cap"]
        assert isinstance(field, QLineEdit)
        field.setText("很多")
        dialog.submit()
        assert dialog.refusal.startswith("“加分上限”")
        field.setText("2")
        dialog.submit()

    answering(stars)
    drawn.editor.grades_button.click()
    answering(settings)
    drawn.editor.change_settings()
    found = drawn.editor.editing.draft
    assert (found.grades, found.bonus_cap) == ("stars", 2)
    assert drawn.undo_stack().undoText() == "改方案设置"


# What is kept


def test_unsaved_work_outlives_the_page_and_other_schemes(drawn: SchemesPage, sit: Open, qtbot: QtBot) -> None:
    type_points(drawn, (0, 0), "5")
    choose(qtbot, drawn, "农村")
    assert not drawn.editor.is_dirty and cell(drawn, (0, 0), POINTS) == "4"
    choose(qtbot, drawn, "学校")
    assert drawn.editor.is_dirty and cell(drawn, (0, 0), POINTS) == "5"
    again = sit(desk=drawn.desk)
    choose(qtbot, again, "学校")
    assert again.editor.is_dirty and cell(again, (0, 0), POINTS) == "5" and again.next_button.text() == "保存"


def test_taking_back_a_step_of_another_scheme_brings_it_to_the_front(drawn: SchemesPage, qtbot: QtBot) -> None:
    type_points(drawn, (0, 0), "5")
    choose(qtbot, drawn, "农村")
    drawn.undo_stack().undo()
    rest(qtbot, drawn)
    assert drawn.row is not None and drawn.row.category.name == "学校"
    assert cell(drawn, (0, 0), POINTS) == "4" and not drawn.editor.is_dirty


def test_giving_up_can_itself_be_taken_back(drawn: SchemesPage) -> None:
    type_points(drawn, (0, 0), "5")
    drawn.editor.give_up()
    assert cell(drawn, (0, 0), POINTS) == "4" and not drawn.editor.is_dirty
    drawn.undo_stack().undo()
    assert cell(drawn, (0, 0), POINTS) == "5" and drawn.editor.is_dirty


def test_the_window_asks_before_unsaved_work_is_lost(drawn: SchemesPage, monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn.can_close()
    type_points(drawn, (0, 0), "5")
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: said.append(box.text()))
    assert not drawn.can_close()
    assert said == ["考核方案中有 1 个草稿的改动没有保存，关闭后会丢失。"]


def test_a_save_that_is_refused_loses_nothing(town: Scored, drawn: SchemesPage, qtbot: QtBot) -> None:
    type_points(drawn, (0, 0), "5")
    assert drawn.editor.shown is not None
    with town.small.store.write(town.small.office) as session:
        row = session.get_one(schemes.SchemeVersion, drawn.editor.shown.id)
        row.state = SchemeState.ACTIVE.value
        session.add(row)
    with qtbot.waitSignal(drawn.desk.refused, timeout=20_000) as refused:
        drawn.save()
    assert refused.args[0].startswith("这一版已经启用，不能再改。")
    assert SchemeDrafts.beside(drawn.desk).versions(town.small.office.account_id) == (drawn.editor.shown.id,)


# A scheme as a whole


def test_schemes_are_drawn_up_from_a_preset(town: Scored, sit: Open, qtbot: QtBot) -> None:
    page = sit()
    choose(qtbot, page, "学校")

    def take(dialog: QDialog) -> None:
        assert isinstance(dialog, PresetDialog)
        assert dialog.preset.key == "hundred" and [one.text() for one in dialog._items()] == ["学校"]
        dialog.tick(dialog._items()[0].data(Qt.ItemDataRole.UserRole), False)
        dialog.submit()
        assert dialog.refusal == "请至少选择一个类别。"
        dialog.tick(dialog._items()[0].data(Qt.ItemDataRole.UserRole))
        with qtbot.waitSignal(dialog.finished, timeout=20_000):
            dialog.submit()

    notices: list[str] = []
    page.desk.noticed.connect(notices.append)
    answering(take)
    page.from_preset()
    rest(qtbot, page)
    assert page.answer.text() == "2026年2类支部中1类已启用，“学校”还有15处要改。"
    assert cell(page, (0, None), NAME) == "基础性" and page.editor.shape.said.text().startswith(
        "基础性 60%，融合性 25%"
    )
    assert notices and notices[0].startswith("指标库新增了方案要用的")
    assert stored(town, "学校").preset == "hundred" and not page.new_button.isVisible()


def test_a_blank_scheme_has_the_three_dimensions(town: Scored, sit: Open, qtbot: QtBot) -> None:
    page = sit()
    choose(qtbot, page, "学校")
    page.blank()
    rest(qtbot, page)
    assert [(block.name, block.maximum) for block in stored(town, "学校").versions[0].blocks] == [
        ("基础性", 60),
        ("融合性", 25),
        ("创新性", 15),
    ]
    assert page.editor.panel.heading.text() == "3 处要改"
    assert not page.next_button.isEnabled() and page.next_button.toolTip() == "还有 3 处要改"


def test_putting_to_use_ends_the_drawing_up(
    town: Scored, drawn: SchemesPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = drawn
    type_points(page, (0, 0), "4.0")
    page.editor.give_up()
    asked = agree(monkeypatch, yes=False)
    page.next_button.click()
    rest(qtbot, page)
    assert "启用前请留意" in asked[0] and stored(town, "学校").in_force(4) is None
    agree(monkeypatch)
    page.next_button.click()
    rest(qtbot, page)
    assert stored(town, "学校").in_force(4) is not None
    assert page.answer.text() == "2026年2类支部的考核方案都已启用。"
    assert page.undo_stack().count() == 0 and not page.next_button.isVisible()


def test_a_next_version_needs_its_reason_and_stands_beside_the_old(
    town: Scored, sit: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.state(3, QuarterState.OPEN)
    page = sit()

    offered: list[str] = []

    def ask(dialog: QDialog) -> None:
        assert isinstance(dialog, NextVersionDialog)
        reason, quarter = dialog.fields["reason"], dialog.box("from_quarter")
        assert isinstance(reason, QPlainTextEdit)
        dialog.submit()
        qtbot.waitUntil(lambda: bool(dialog.refusal), timeout=20_000)
        assert dialog.refusal == "另起一版须写明理由，原来的版本保留备查。"
        starts = dialog.box("start")
        offered.extend(starts.itemText(row) for row in range(starts.count()))
        reason.setPlainText("县里调整了分值")
        quarter.setCurrentIndex(quarter.findText("第四季度"))
        with qtbot.waitSignal(dialog.finished, timeout=20_000):
            dialog.submit()

    answering(ask)
    page.next_version_button.click()
    rest(qtbot, page)
    assert offered[:2] == ["现行的一版", "预设：百分制（60/25/15）"]
    assert page.editor.version.text() == "农村百分制 · 第2版 · 编制中" and page.editor.is_open
    assert page.strip.item(0).data(Qt.ItemDataRole.AccessibleTextRole) == (
        "农村 19 分 可以启用 四季度起 第2版 农村百分制"
    )
    assert not page.next_version_button.isVisible()
    first = stored(town, "农村").versions[0]
    page.editor.version.pick(first.id)
    assert not page.editor.is_open and page.editor.shown is not None and page.editor.shown.version == 1
    page.editor.version.pick(stored(town, "农村").versions[1].id)
    asked = agree(monkeypatch)
    page.discard()
    rest(qtbot, page)
    assert asked == ["删除“农村百分制”第2版的草稿？已启用的版本不受影响。"]
    assert len(stored(town, "农村").versions) == 1 and page.editor.version.text().startswith("农村百分制 · 第1版")


def test_a_next_version_may_start_from_another_category(town: Scored, drawn: SchemesPage, qtbot: QtBot) -> None:
    """学校 has a draft: 农村 takes it over under its own name; what was left out stays to be read."""
    small, page = town.small, drawn
    with small.store.write(small.office) as session:
        other = next(one for one in standing.schemes(session, 2026) if one.category == "学校")
        made = indicators.create(session, small.office, percent("F31", "家长满意", categories=("学校",))).value
        assert other.draft is not None
        whole = standing.draft_of(other.name, other.draft)
        block = replace(whole.blocks[1], lines=(*whole.blocks[1].lines, LineDraft(made, D(1), "linear")))
        schemes.revise(session, small.office, other.draft.id, replace(whole, blocks=(whole.blocks[0], block)))
    page.refresh()
    rest(qtbot, page)
    choose(qtbot, page, "农村")
    read: list[str] = []

    def tell(dialog: NoticesDialog) -> None:
        read.append(dialog.list.toPlainText())

    def ask(dialog: NextVersionDialog) -> None:
        dialog.choose(Start(scheme_id=other.id))
        put(dialog, reason="与学校统一")
        with qtbot.waitSignal(dialog.finished, timeout=20_000):
            dialog.submit()
        answering(tell)

    answering(ask)
    page.next_version_button.click()
    rest(qtbot, page)
    assert read == ["1. 照“学校”的方案另起，1 项指标不用于“农村”，没有带过来：F31 家长满意。请补足各块的分值。"]
    found = stored(town, "农村").draft
    assert found is not None and [block.name for block in found.blocks] == ["基础性", "融合性"]


def test_a_year_starts_from_the_last(town: Scored, sit: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    page = sit(quarter="2027Q1")
    assert page.answer.text() == "2027年还没有考核方案。"
    offered: dict[str, bool] = {}

    def read(menu: QMenu, *_where: object) -> None:
        offered.update({action.text(): action.isEnabled() for action in menu.actions()})
        next(action for action in menu.actions() if action.text() == "从上年复制").trigger()

    monkeypatch.setattr(QMenu, "popup", read)
    said: list[str] = []
    page.desk.noticed.connect(said.append)
    page.new_button.click()
    rest(qtbot, page)
    assert offered == {"从预设新建…": True, "从上年复制": True, "空白方案": True}
    assert "从2026年复制了 1 个方案，都是草稿。" in said
    assert page.answer.text() == "2027年2类支部中0类已启用，“农村”还有3处要改，“学校”还没有方案。"
    assert stored(town, "农村", 2027).draft is not None


@contextmanager
def in_english() -> Iterator[None]:
    """The window speaks English, and so do its readers in other threads."""
    i18n.use("en")
    try:
        yield
    finally:
        i18n.use("zh_CN")


def test_everything_on_the_page_has_its_english(drawn: SchemesPage, sit: Open, qtbot: QtBot) -> None:
    store = drawn.desk.store
    assert store is not None
    known = data_words(store.path)
    with in_english():
        page = sit(desk=drawn.desk)
        choose(qtbot, page, "学校")
        walk = Walk(None, lambda _desk: None)  # type: ignore[arg-type]
        editor = page.editor
        editor.add_block()
        rest(qtbot, page)
        known += editor.editing.draft.blocks[-1].name
        for spot in ((0, 0), (0, None)):
            editor.tree.go_to(spot)
            walk.look(page)
            walk.take(*cells(editor.tree.tree))
        line = editor.editing.draft.blocks[0].lines[0]
        assert page.row is not None and page.board is not None
        for key in ("linear", "ladder", "product", "votes"):
            dialog = RuleDialog(page.desk, line, page.row.known, page.board.library, page)
            dialog.choose(key)
            walk.look(dialog)
        walk.look(GradesDialog("stars", True, page))
        walk.look(
            AddIndicatorsDialog(SchemeDraft("x", editor.editing.draft.blocks[:1]), 0, page.board.library, "x", page)
        )
        rest(qtbot, page)
    seen = {word for words in walk.seen.values() for text in words for word in CHINESE.findall(text)}
    assert {word for word in seen if word not in known} == set()


# Red lines


def test_the_lists_of_red_lines_are_a_step_of_the_draft(drawn: SchemesPage, town: Scored, qtbot: QtBot) -> None:
    page = drawn

    def enter(dialog: QDialog) -> None:
        assert isinstance(dialog, RedLinesDialog)
        qtbot.waitUntil(lambda: dialog.board is not None)
        dialog.tick("青海反向")
        dialog.submit()

    answering(enter)
    page.editor.lines_button.click()
    assert page.editor.editing.draft.red_lists == ("通用", "青海反向")
    assert page.undo_stack().undoText() == "改适用的红线清单"
    page.save()
    rest(qtbot, page)
    found = stored(town, "学校").draft
    assert found is not None and found.red_lists == ("通用", "青海反向")
    page.undo_stack().undo()
    assert page.editor.editing.draft.red_lists == ("通用",)


def test_what_is_in_use_shows_its_lists_and_no_step_is_made(sit: Open, qtbot: QtBot) -> None:
    page = sit()
    choose(qtbot, page, "农村")

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, RedLinesDialog)
        qtbot.waitUntil(lambda: dialog.board is not None)
        assert not dialog.ticks.isEnabled() and dialog.draft() == ("通用",)
        dialog.reject()

    answering(look)
    page.editor.lines_button.click()
    assert page.undo_stack().count() == 0


def test_a_scheme_of_every_kind_of_rule_has_its_english(town: Scored, sit: Open, qtbot: QtBot) -> None:
    """Every line with its panel, rule in words, curve and trial; and a draft of which every line is to be changed."""
    small = town.small
    rows = (
        *STARTS,
        "linear cap=1.2",
        "per-point rounding=floor direction=down",
        "deduct each=1,2",
        "dual form=product",
    )
    with small.store.write(small.office) as session:
        school = next(one.id for one in orgs.categories(session) if one.name == "学校")
        made = tuple(
            LineDraft(
                indicators.create(session, small.office, percent(f"R{place:02}", f"Line {place}")).value,
                D(5),
                row,
                town.ids["B08"] if row.startswith("dual") else None,
                across=tuple(Across)[place % len(Across)],
            )
            for place, row in enumerate(rows)
        )
        bonus = tuple(line for line in made if line.rule.startswith("bonus"))
        base = tuple(line for line in made if line not in bonus)
        broken = tuple(replace(line, maximum=D(0), rule="linear b=2 t=2") for line in made[:2])
        blocks = (
            BlockDraft("Base", D(100), base, part="All"),
            BlockDraft("Quarterly", D(20), broken, part="All", across=Across.CUMULATIVE, flags=True),
            BlockDraft("Empty", D(5), ()),
            BlockDraft("Bonus", D(5), bonus, kind=BlockKind.BONUS),
        )
        schemes.create(session, small.office, school, 2026, SchemeDraft("Schools", blocks, bonus_cap=D(12)))
    known = data_words(small.store.path)
    walk = Walk(None, lambda _desk: None)  # type: ignore[arg-type]
    with in_english():
        page = sit()
        choose(qtbot, page, "学校")
        editor = page.editor
        assert page.row is not None and page.board is not None and editor.problems
        for number, block in enumerate(editor.editing.draft.blocks):
            for line in (None, *range(len(block.lines))):
                editor.tree.go_to((number, line))
                rest(qtbot, page)
                walk.look(page)
        walk.take(*cells(editor.tree.tree), *(problem.sentence for problem in editor.problems))
        for line_draft in base:
            dialog = RuleDialog(page.desk, line_draft, page.row.known, page.board.library, page)
            walk.look(dialog)
        for key in BY_KEY:
            dialog = RuleDialog(page.desk, base[0], page.row.known, page.board.library, page)
            dialog.choose(key)
            walk.look(dialog)
        for grades in ("grades", "stars"):
            walk.look(GradesDialog(grades, True, page))
        walk.look(SchemeFieldsDialog(editor.editing.draft, (3, 4), page))
        scheme = stored(town, "农村")
        walk.look(NextVersionDialog(page.desk, scheme, (3, 4), parent=page))
        preset = PresetDialog(page.desk, 2026, [row.category for row in page.board.rows], None, page)
        walk.look(preset)
        editor.editing.remove((2, None))
        walk.take(editor.editing.steps.undoText())
        walk.look(page)
    seen = {word for words in walk.seen.values() for text in words for word in CHINESE.findall(text)}
    assert {word for word in seen if word not in known} == set()

"""同类比较 and the whole page 计分 in the window, on a demo in which every category has a scheme."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from okr_desk.model.store import Store
from okr_desk.queries import red_lines, scores, users
from okr_desk.queries.score_comparison import Cell
from okr_desk.rules.indicators import ValueDraft
from okr_desk.rules.permissions import Actor
from okr_desk.rules.scores import RedLineDraft
from okr_desk.scoring.grades import RedLineKind
from okr_desk.services import measured
from okr_desk.services import scores as entering
from okr_desk.terms import Origin
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.point_event import PointEventDialog, counted
from okr_desk.ui.dialogs.red_line import RedLineDialog
from okr_desk.ui.main_window import MainWindow
from okr_desk.ui.models import score_heat
from okr_desk.ui.pages.scores import AIMS, COMPARISON, SHEET, YEAR, ScoresPage
from okr_desk.ui.widgets.score_heat import HeatTable, role, tint
from tests import demo_schemes
from tests.demo_copy import demo_copy
from tests.reports import score_samples
from tests.ui.test_languages import CHINESE, ENGLISH, NAMED_SO, left_over
from tests.ui.walk import Walk, data_words

D = Decimal
Idle = Callable[[Desk], None]


@pytest.fixture(scope="module")
def scored_template(demo_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo with schemes for all categories, events and a red line, made once for all these tests."""
    path = tmp_path_factory.mktemp("scored") / demo_template.name
    store = Store.open(demo_copy(demo_template, path))
    with store.read() as session:
        account = users.by_login(session, "admin", store.clock.today())
    assert account is not None
    actor = Actor(account.id, account.login, account.name, account.grants)
    demo_schemes.score(store, actor)
    demo_schemes.happen(store, actor)
    store.close()
    return path


@pytest.fixture
def demo_store(scored_template: Path, tmp_path: Path) -> Iterator[Store]:
    """The scored demo of this one test, in the place of the plain one."""
    made = Store.open(shutil.copyfile(scored_template, tmp_path / scored_template.name))
    yield made
    made.close()


@pytest.fixture
def page(window: MainWindow, idle: Idle) -> ScoresPage:
    """The page in front."""
    return shown(window, idle)


def shown(window: MainWindow, idle: Idle) -> ScoresPage:
    window.show_page("scores")
    idle(window.desk)
    found = window.current_page()
    assert isinstance(found, ScoresPage)
    return found


def compared(page: ScoresPage, category: str, idle: Idle) -> HeatTable | None:
    """The table of a category, None where the page does not compare."""
    page.tabs.setCurrentIndex(COMPARISON)
    idle(page.desk)
    page.category.setCurrentIndex(page.category.findData(category))
    page.category.activated.emit(page.category.currentIndex())
    idle(page.desk)
    return None if page.heat.is_empty else page.heat.table


def cell(table: HeatTable, branch: str, code: str) -> QModelIndex:
    """Where a branch meets a line."""
    column = next(n for n, one in enumerate(table.model.columns) if one.title.startswith(code))
    row = next(n for n in range(table.sieve.rowCount()) if table.sieve.index(n, 0).data() == branch)
    return table.sieve.index(row, column)


def named(table: HeatTable) -> list[str]:
    """The branches in the order shown."""
    return [table.sieve.headerData(row, Qt.Orientation.Vertical) for row in range(table.sieve.rowCount())]


def test_each_cell_is_the_share_of_the_full_points(page: ScoresPage, idle: Idle) -> None:
    """党费 98.9: 13 of 15; a bonus says its points; what has none says which of the three it is."""
    table = compared(page, "农村", idle)
    assert table is not None
    assert cell(table, "柳湾村党支部", "B09").data() == "87%"
    assert cell(table, "青石村党支部", "X03").data() == "+3"
    assert cell(table, "柳湾村党支部", "X04").data() == "未报"
    assert cell(table, "青石村党支部", "B16").data() == "未到期"
    assert page.answer.text().startswith("农村 12 个支部。平均得分率最低的是 X04 人均志愿服务时长（0%）、B08 ")
    QAbstractItemModelTester(table.model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_a_value_changed_meanwhile_stands_in_its_cell_and_only_its_branch_is_scored_again(
    page: ScoresPage, demo_store: Store, demo_actor: Callable[[str], Actor], idle: Idle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The value is written from another page while this one is away; F5 reads everything."""
    table = compared(page, "农村", idle)
    assert table is not None
    shown = table.model.rows[2].sheet
    branch, line = shown.org, next(one.line for one in shown.lines if one.line.code == "B09")
    asked: list[list[str]] = []
    real = scores.sheets
    monkeypatch.setattr(
        scores,
        "sheets",
        lambda session, quarter, of: (asked.append([one.short_name for one in of]), real(session, quarter, of))[1],
    )
    page.desk.go("today")
    idle(page.desk)
    said = ValueDraft(branch.id, line.indicator_id, 3, Decimal(100), date(2026, 9, 28), Origin.TOWNSHIP, "核对台账")
    page.desk.tasks.write(measured.record_value, said)
    idle(page.desk)
    page.desk.go("scores")
    idle(page.desk)
    table = page.heat.table
    assert cell(table, "柳湾村党支部", "B09").data() == "100%" and asked == [["柳湾村党支部"]]
    page.refresh()
    idle(page.desk)
    assert len(asked[-1]) == 12 and cell(table, "柳湾村党支部", "B09").data() == "100%"


def test_hovering_gives_the_reason_and_a_reader_hears_the_whole_cell(page: ScoresPage, idle: Idle) -> None:
    table = compared(page, "农村", idle)
    assert table is not None
    index = cell(table, "柳湾村党支部", "B09")
    tip = index.data(Qt.ItemDataRole.ToolTipRole)
    assert tip.startswith("柳湾村党支部 · B09") and "13／15 分" in tip and "98.9% → 差 1.1 个百分点" in tip
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "柳湾村党支部 B09 党费按月足额收缴率 87%"


def test_a_grade_that_a_red_line_limits_is_marked_and_the_tip_says_by_what(page: ScoresPage, idle: Idle) -> None:
    """南塘 has the best score of 农村 and crosses V1, a veto; 柳湾 crossed V4, which leaves what its score gives."""
    best = next(org.id for org in page.desk.selection.orgs if org.short_name == "南塘村党支部")
    quarter = page.desk.selection.quarter
    assert quarter is not None
    crossed = RedLineDraft(
        best, quarter.id, "V1", RedLineKind.VETO, date(2026, 9, 2), "书记被立案审查", "青纪〔2026〕5号"
    )
    page.desk.tasks.write(entering.record_red_line, crossed)
    idle(page.desk)
    table = compared(page, "农村", idle)
    assert table is not None
    grades = {name: table.sieve.index(row, 3) for row, name in enumerate(named(table))}
    assert [name for name, index in grades.items() if index.data().endswith("▲")] == ["南塘村党支部"]
    index = grades["南塘村党支部"]
    assert index.data() == "较差（暂定）▲"
    said = "一票否决 V1 班子成员严重违纪违法：书记被立案审查（青纪〔2026〕5号），评为“较差”。"
    tip = index.data(Qt.ItemDataRole.ToolTipRole).splitlines()
    assert (
        tip[0] == f"▲ {said}"
        and tip[1].startswith("按得分率为“")
        and tip[1].endswith("受限后评为“较差”；原始得分不变。")
    )
    assert said in index.data(Qt.ItemDataRole.AccessibleTextRole)
    kept = grades["柳湾村党支部"].data(Qt.ItemDataRole.ToolTipRole)
    assert kept.startswith("▲ 红线 V4 弄虚作假：会议照片挪用上年（青纪〔2026〕3号）") and "受限后" not in kept


def test_no_grade_has_room_for_its_words(page: ScoresPage, idle: Idle) -> None:
    """不定等次 does not run under the next column."""
    table = compared(page, "农村", idle)
    assert table is not None
    words = max(("不定等次", "较好▲"), key=lambda said: QFontMetrics(theme.font()).horizontalAdvance(said))
    shape = theme.line_height() * 0.55 * 1.5 + theme.gap(0.4)
    assert table.view.columnWidth(3) >= QFontMetrics(theme.font()).horizontalAdvance(words) + shape


def test_heads_of_many_lines_differ(look: None) -> None:
    """Code and two lines of the name: 程序差错 and 有效联系率 do not read 发展… twice."""
    names = {"B11": "发展党员程序差错", "B12": "发展党员程序规范率", "B16": "Meetings held with every member"}
    lines = [score_samples.line(code, name, "linear", "4", "78.5", ("72", "85")).line for code, name in names.items()]
    heads = [score_heat.head(line, score_heat.NARROW).split("\n") for line in lines]
    assert heads[0] == ["B11", "发展党员", "程序差错"]
    assert heads[1][:2] == ["B12", "发展党员"] and heads[1][2].startswith("程序规")
    assert len(heads[2]) == 3 and len({tuple(head) for head in heads}) == 3


def test_heads_are_short_and_say_the_whole_name(page: ScoresPage, idle: Idle) -> None:
    table = compared(page, "农村", idle)
    assert table is not None
    column = cell(table, "柳湾村党支部", "B09").column()
    assert table.model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole).startswith("B09\n")
    whole = table.model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert whole == "B09 党费按月足额收缴率"


def test_it_stands_by_register_and_sorts_by_total(page: ScoresPage, idle: Idle) -> None:
    table = compared(page, "农村", idle)
    assert table is not None
    register = named(table)
    assert register[:3] == ["青石村党支部", "龙泉村党支部", "柳湾村党支部"]
    table.view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    totals = [table.sieve.index(row, 1).data(0x0101) for row in range(12)]
    assert totals == sorted(totals, reverse=True) and named(table) != register
    assert named(table)[0] == "南塘村党支部"


def test_the_search_finds_branches_and_grades_but_no_figures(page: ScoresPage, idle: Idle) -> None:
    table = compared(page, "农村", idle)
    assert table is not None
    for typed, found in (("lwc", ["柳湾村党支部"]), ("较好", ["白鹭村党支部", "南塘村党支部"]), ("93%", [])):
        table.search.setText(typed)
        assert named(table) == found
    table.search.clear()
    assert len(named(table)) == 12


def test_what_is_copied_names_the_branches(page: ScoresPage, idle: Idle) -> None:
    table = compared(page, "农村", idle)
    assert table is not None
    table.copy()
    head, first, *_rest = QGuiApplication.clipboard().text().split("\n")
    assert head.split("\t")[:4] == ["党支部", "总分", "得分率", "等次"] and "B09 党费按月足额收缴率" in head
    assert first.split("\t")[0] == "青石村党支部"


def test_a_click_opens_the_branch_at_the_line(page: ScoresPage, idle: Idle, qtbot: QtBot) -> None:
    table = compared(page, "农村", idle)
    assert table is not None
    where = table.view.visualRect(cell(table, "柳湾村党支部", "B09")).center()
    qtbot.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    idle(page.desk)
    assert page.tabs.currentIndex() == SHEET
    assert page.shown is not None and page.shown.org.short_name == "柳湾村党支部"
    assert page.sheet.table.current().name == "B09 党费按月足额收缴率"
    page.tabs.setCurrentIndex(COMPARISON)
    idle(page.desk)
    assert page.heat.table is not None and page.heat.table.current().sheet.org.short_name == "柳湾村党支部"
    assert page.heat.table.sieve.rowCount() == 12, "beside the branch all of its category stay"


def test_with_ctrl_one_selects_and_stays(page: ScoresPage, idle: Idle, qtbot: QtBot) -> None:
    table = compared(page, "农村", idle)
    assert table is not None
    where = table.view.visualRect(cell(table, "柳湾村党支部", "B09")).center()
    qtbot.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, pos=where)
    idle(page.desk)
    assert page.tabs.currentIndex() == COMPARISON and len(table.selected()) == 1


def test_too_few_of_a_kind_are_not_ordered(page: ScoresPage, idle: Idle) -> None:
    assert compared(page, "机关", idle) is None
    assert page.heat.empty.sentence == "同类不足 5 个，不作比较。"
    assert "机关第一党支部、机关第二党支部、综合执法队党支部" in page.heat.empty._advice.text()


def test_a_quota_that_is_exceeded_is_a_sentence(page: ScoresPage, idle: Idle) -> None:
    assert compared(page, "社区", idle) is not None
    assert page.heat.excess.text() == "▲ “四星”评了 2 个，按不超过 20% 最多 1 个，请研究调整。"
    assert compared(page, "农村", idle) is not None
    assert page.heat.excess.isHidden()


def test_another_category_has_its_own_lines(page: ScoresPage, idle: Idle) -> None:
    rural, town = compared(page, "农村", idle), compared(page, "社区", idle)
    assert rural is not town and town is not None
    heads = [column.title for column in town.model.columns[score_heat.FIRST_LINE :]]
    assert any(head.startswith("F09") for head in heads) and not any(head.startswith("F07") for head in heads)


def test_tints_tell_apart_where_points_really_lie(look: None) -> None:
    """Steps at 60, 80, 90 and 100 %; a share on the step belongs to the better side."""
    shares = ("-1", "0.5999", "0.6", "0.7999", "0.8", "0.88", "0.9", "0.9999", "1", "1.2")
    assert [role(D(share)).removeprefix("heat_") for share in shares] == [
        *("below_60", "below_60", "from_60", "from_60", "from_80", "from_80", "from_90", "from_90", "full", "full")
    ]
    assert len({tint(D(share)).name() for share in shares}) == 5


def test_a_share_never_reads_as_the_next_step() -> None:
    """99.96 % is not 100 %, as its tint says; 87.6 % reads 88 %."""
    line = score_samples.line("B08", "到会率", "linear", "4", "78.5", ("72", "85"))
    words = [score_heat.cell_mark(Cell(line, D(share))).words for share in ("0.9996", "1", "0.876", "0.5999")]
    assert words == ["99%", "100%", "88%", "59%"]


def test_flags_have_shape_and_word_only_where_a_block_has_them(page: ScoresPage, idle: Idle) -> None:
    from okr_desk.ui.models.score_rows import FLAG

    assert page.sheet.table.view.isColumnHidden(FLAG)
    org = next(org for org in page.desk.selection.orgs if org.short_name == "供电所党支部")
    page.open_branch(org.id)
    idle(page.desk)
    assert not page.sheet.table.view.isColumnHidden(FLAG)
    sieve = page.sheet.table.sieve
    flags = {sieve.index(row, 0).data()[:3]: sieve.index(row, FLAG).data() for row in range(sieve.rowCount())}
    assert (flags["F01"], flags["F02"], flags["B08"]) == ("红旗", "黄旗", "")
    assert "业绩亮旗小计" in [sieve.index(row, 0).data() for row in range(sieve.rowCount())]


def seen_words(window: MainWindow, page: ScoresPage, idle: Idle) -> Walk:
    """All tabs, the side panel and the two dialogs."""
    walk = Walk(window, idle, place="scores")
    for tab in (SHEET, YEAR, AIMS):
        page.tabs.setCurrentIndex(tab)
        idle(page.desk)
        walk.look(page)
    for category in ("农村", "社区", "机关"):
        compared(page, category, idle)
        walk.look(page)
    page.open_branch(next(org.id for org in page.desk.selection.orgs if org.short_name == "柳湾村党支部"))
    idle(page.desk)
    assert page.shown is not None and page.shown.version is not None and page.shown.quarter is not None
    assert page.shown.grade is not None
    page._show_row(page.sheet.table.model.rows[1])
    walk.look(page)
    lines = counted(page.shown.version.lines)
    assert page.desk.store is not None
    with page.desk.store.read() as session:
        rules = red_lines.counting(session, page.shown.quarter, None)
    for dialog in (
        PointEventDialog(page.desk, page.shown.org, page.shown.quarter, lines, parent=page),
        RedLineDialog(page.desk, page.shown.org, page.shown.quarter, "grades", rules, page),
    ):
        walk.look(dialog)
        dialog.deleteLater()
    return walk


def speaking(window: MainWindow, idle: Idle, language: str) -> ScoresPage:
    """The page in a language."""
    desk = window.desk
    desk.change_settings(replace(desk.settings, language=language))
    QApplication.processEvents()
    idle(desk)
    return shown(window, idle)


def test_english_shows_no_chinese_but_data(window: MainWindow, idle: Idle) -> None:
    walk = seen_words(window, speaking(window, idle, "en"), idle)
    desk = window.desk
    assert desk.store is not None
    known = data_words(desk.store.path)
    short = "".join(known.split())
    assert left_over(walk, CHINESE, lambda run, _text: run in known or run in short) == ""
    walk.clear_away()


def test_chinese_shows_no_english_but_data(window: MainWindow, idle: Idle) -> None:
    walk = seen_words(window, speaking(window, idle, "zh_CN"), idle)
    assert window.desk.store is not None
    known = data_words(window.desk.store.path).lower()
    assert left_over(walk, ENGLISH, lambda run, _text: run.lower() in NAMED_SO or run.lower() in known) == ""
    walk.clear_away()


@pytest.mark.parametrize(
    ("language", "name", "size"),
    [("zh_CN", "light", "standard"), ("en", "dark", "large"), ("en", "dark", "huge")],
)
def test_every_look_fits_a_small_screen(window: MainWindow, idle: Idle, name: str, size: str, language: str) -> None:
    """1366 × 768: neither tabs nor panel ask for more, and numbers keep names and ledger in sight."""
    desk = window.desk
    desk.change_settings(replace(desk.settings, theme=name, text_size=size, language=language))
    QApplication.processEvents()
    idle(desk)
    page = shown(window, idle)
    for tab in (YEAR, COMPARISON, AIMS, SHEET):
        page.tabs.setCurrentIndex(tab)
        idle(desk)
        assert window.grab().toImage().width() == 1366, f"tab {tab} asks for more than the screen has"
    page._show_row(page.sheet.table.model.rows[1])
    QApplication.processEvents()
    assert window.width() == 1366 and window.grab().toImage().width() == 1366
    head = page.sheet.head
    assert all(
        label.geometry().right() <= head.width() for label in head.findChildren(type(head.limits)) if label.isVisible()
    )

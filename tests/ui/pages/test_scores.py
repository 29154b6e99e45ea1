"""计分 through the real widgets: every point with its reason, what has none, who sees and enters what."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from okr_desk.clock import FixedClock
from okr_desk.queries import cycles, orgs
from okr_desk.rules.permissions import Actor
from okr_desk.services import indicators
from okr_desk.settings import Settings
from okr_desk.terms import QuarterState
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.red_line import RedLineDialog
from okr_desk.ui.forms import FormDialog
from okr_desk.ui.pages import scores as page_module
from okr_desk.ui.pages.scores import AIMS, COMPARISON, SHEET, YEAR, ScoresPage
from okr_desk.ui.widgets.explain_panel import ExplainedNumber
from tests.scored_township import Scored, scored
from tests.ui.answers import answering, put

D = Decimal
Open = Callable[..., ScoresPage]
Idle = Callable[[Desk], None]
ITEM, POINTS, FULL, WHY = 0, 5, 6, 8


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Iterator[Scored]:
    """到会率 78.5 → 2 of 4, 党费 97.2 → 1 of 4, 收入 7 → 7 of 8, 差错 none → 3 of 3; 首创 is due once a year."""
    made = scored(tmp_path / "镇.okr", clock)
    for code, value in (("B08", "78.5"), ("B09", "97.2"), ("F07", "7")):
        made.measure(code, value)
    yield made
    made.small.store.close()


@pytest.fixture
def sit(town: Scored, look: None, qtbot: QtBot, idle: Idle) -> Iterator[Open]:
    """Opens the page for a person, in a quarter, on a branch or on all."""
    desks: list[Desk] = []

    def open_page(actor: Actor, number: int = 3, org_id: int | None = None) -> ScoresPage:
        desk = Desk(Settings(theme="light", bundled_fonts=True))
        desks.append(desk)
        desk.take_store(town.small.store)
        desk.sign_in(actor)
        with town.small.store.read() as session:
            tree, quarters = orgs.tree(session, desk.clock.today()), cycles.quarters(session)
        desk.selection.offer(quarters, [o for o in tree if any(grant.org_id in o.line for grant in actor.grants)])
        desk.selection.choose_quarter(town.small.quarters[number])
        if org_id is not None:
            desk.selection.choose_org(org_id)
        page = ScoresPage(desk)
        qtbot.addWidget(page)
        page.resize(1200, 640)
        page.show()
        idle(desk)
        return page

    yield open_page
    for desk in desks:
        desk.close()


def village(sit: Open, town: Scored, number: int = 3) -> ScoresPage:
    return sit(town.small.office, number, town.small.village)


def cells(page: ScoresPage, column: int) -> dict[str, str]:
    """What stands in a column of the sheet, by the item."""
    sieve = page.sheet.table.sieve
    return {sieve.index(row, ITEM).data(): sieve.index(row, column).data() for row in range(sieve.rowCount())}


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if not label.isHidden()]


def numbers(page: ScoresPage) -> str:
    head = page.sheet.head
    found = [head.numbers.itemAt(at) for at in range(head.numbers.count())]
    words = [item.layout().itemAt(n).widget() for item in found if item.layout() for n in range(item.layout().count())]
    return " ".join(word.text() for word in words if word is not None and hasattr(word, "text") and word.text())


def click(qtbot: QtBot, page: ScoresPage, item: str, column: int) -> None:
    table = page.sheet.table
    row = next(n for n in range(table.sieve.rowCount()) if item in table.sieve.index(n, ITEM).data())
    where = table.view.visualRect(table.sieve.index(row, column)).center()
    qtbot.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=where)


# The sheet


def test_total_grade_and_the_other_ledger_stand_at_the_top(town: Scored, sit: Open) -> None:
    """5 of 11 and 7 of 8: 13 of 19 points are 68.42 %."""
    page = village(sit, town)
    assert numbers(page) == "13 68.42% 一般 —"
    assert "满分 19" in texts(page.sheet.head) and "另一本账，不计入等次" in texts(page.sheet.head)
    assert (
        page.answer.text()
        == "青石村党支部得 13 分，等次“一般”。失分最多：B09 党费按月足额收缴率 －3、B08 党员到会率 －2。"
    )


def test_lines_stand_by_block_with_subtotals_and_reasons(town: Scored, sit: Open) -> None:
    page = village(sit, town)
    assert cells(page, POINTS) == {
        "基础性": "6",
        "B08 党员到会率": "2",
        "B09 党费按月足额收缴率": "1",
        "B11 发展党员程序差错": "3",
        "融合性": "7",
        "F07 村集体经营性收入": "7",
        "加分": "",
        "X03 首创做法被上级采用": "未到期",
        "基础性小计": "13",
        "加分计入": "0",
        "总分": "13",
    }
    assert cells(page, FULL)["B09 党费按月足额收缴率"] == "4" and cells(page, FULL)["总分"] == "19"
    assert cells(page, WHY)["B09 党费按月足额收缴率"] == "97.2% → 差 2.8 个百分点 → 扣 3 分（向上取整）→ 1 分；4－3＝1"
    sieve = page.sheet.table.sieve
    assert [sieve.index(1, column).data() for column in range(1, 5)] == ["%", "72 → 85", "78.5", "08-28·镇审核"]


def test_missing_not_applicable_and_not_due_are_three_things(town: Scored, sit: Open) -> None:
    """In the second quarter nothing was measured; what does not apply leaves the full points of its block."""
    small = town.small
    with small.store.write(small.office) as session:
        indicators.not_applicable(session, small.office, small.village, town.ids["B09"], 2026, "没有在职党员")
    page = village(sit, town, 2)
    found = cells(page, POINTS)
    assert found["B08 党员到会率"] == "未报"
    assert found["B09 党费按月足额收缴率"] == "不适用"
    assert found["X03 首创做法被上级采用"] == "未到期"
    assert cells(page, WHY)["B09 党费按月足额收缴率"] == "不适用：没有在职党员"
    assert found["基础性"] == "4.71"  # 3 of the 7 that apply, of 11: 3 × 11 ÷ 7
    states = {row.name[:3]: row.mark.state for row in page.sheet.table.model.rows}
    assert len({states["B08"], states["B09"], states["X03"]}) == 3
    assert "未报 2 项" in page.answer.text()


def test_the_shape_differs_too(town: Scored, look: None) -> None:
    """Without their words the three still look different, and all differ from an empty cell."""
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QImage, QPainter

    from okr_desk.terms import PointsState
    from okr_desk.ui.widgets.score_marks import draw_state

    drawn = []
    for state in (PointsState.SCORED, PointsState.MISSING, PointsState.NOT_APPLICABLE, None):
        image = QImage(20, 20, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        draw_state(painter, QRectF(2, 2, 16, 16), state)
        painter.end()
        drawn.append(bytes(image.constBits()))
    assert len(set(drawn)) == 4


def test_a_missing_line_of_a_closed_quarter_has_0_points_and_says_why(town: Scored, sit: Open) -> None:
    town.state(2, QuarterState.CLOSED)
    page = village(sit, town, 2)
    assert cells(page, POINTS)["B08 党员到会率"] == "0" and "未报送" in cells(page, WHY)["B08 党员到会率"]


def test_a_click_on_a_number_opens_steps_and_the_way_to_the_history(town: Scored, sit: Open, qtbot: QtBot) -> None:
    page = village(sit, town)
    went: list[tuple[str, dict[str, object]]] = []
    page.desk.going.connect(lambda key, arguments: went.append((key, arguments)))
    click(qtbot, page, "B08", POINTS)
    assert not page.side.isHidden() and page.panel.explain.value.text() == "2／4 分"
    assert "4×（78.5－72）÷（85－72）＝2" in page.panel.explain.text
    assert "实绩：78.5%（镇审核，截至 2026-08-28，王玥 2026-10-08 录入）" in page.panel.explain.text
    assert "目标值：85%（本支部的目标值）" in page.panel.explain.text
    page.panel.history.click()
    assert went == [("indicators", {"indicator_id": town.ids["B08"]})]


def test_the_panel_follows_the_cursor_while_it_is_open(town: Scored, sit: Open, qtbot: QtBot) -> None:
    page = village(sit, town)
    click(qtbot, page, "B08", POINTS)
    qtbot.keyClick(page.sheet.table.view, Qt.Key.Key_Down)
    assert "97.2%" in page.panel.explain.text
    page.close_side()
    qtbot.keyClick(page.sheet.table.view, Qt.Key.Key_Down)
    assert page.side.isHidden()


def test_the_total_explains_itself(town: Scored, sit: Open) -> None:
    page = village(sit, town)
    number = next(one for one in page.sheet.head.findChildren(ExplainedNumber) if one.text() == "13")
    number.click()
    assert "总分：6＋7＝13" in page.panel.explain.text and "得分率：13÷19×100" in page.panel.explain.text
    assert "B08" not in page.panel.explain.text, "each block explains its own subtotal"
    assert page.panel.history.isHidden()


def test_sums_are_copied_with_the_lines(town: Scored, sit: Open) -> None:
    page = village(sit, town)
    page.sheet.table.copy()
    head, *rows = QGuiApplication.clipboard().text().split("\n")
    assert head.split("\t")[:2] == ["项目", "单位"] and "亮旗" not in head
    assert rows[-1].split("\t")[0] == "总分"


def test_other_branches_and_quarters_are_followed(town: Scored, sit: Open, idle: Idle) -> None:
    page = sit(town.small.office)
    assert page.org is not None and page.branch.text() == page.org.short_name
    page.step(1)
    idle(page.desk)
    first = page.desk.selection.org
    page.step(1)
    idle(page.desk)
    assert {first and first.short_name, page.desk.selection.org and page.desk.selection.org.short_name} == {
        "青石村党支部", "中心小学党支部",
    }  # fmt: skip
    page.open_branch(town.small.village)
    page.desk.selection.choose_quarter(town.small.quarters[2])
    idle(page.desk)
    assert page.shown is not None and page.shown.quarter is not None and page.shown.quarter.number == 2


# Entering


def test_an_event_is_refused_at_its_field_and_then_counts(town: Scored, sit: Open, idle: Idle, qtbot: QtBot) -> None:
    page = village(sit, town)
    page.sheet.table.mark(lambda row: row.name.startswith("B11"))

    def enter(dialog: FormDialog) -> None:
        assert dialog.text("indicator_id") == str(town.ids["B11"])
        put(dialog, amount="两次", fact="预审材料漏项")
        dialog.submit()
        assert dialog.refusal.startswith("“次数或分值”")
        put(dialog, amount="2", fact="")
        dialog.submit()
        qtbot.waitUntil(lambda: dialog.refusal != "" and page.desk.tasks.is_idle)
        assert dialog.refusal == "请写明事实，会印在计分表上。" and dialog.isVisible()
        put(dialog, fact="预审材料漏项", document="青组〔2026〕8号")
        dialog.submit()
        qtbot.waitUntil(lambda: not dialog.isVisible())

    answering(enter)
    page.event_button.click()
    idle(page.desk)
    assert cells(page, POINTS)["B11 发展党员程序差错"] == "1"
    click(qtbot, page, "B11", POINTS)
    said = " ".join(texts(page.panel))
    assert "2 次　预审材料漏项" in said and "青组〔2026〕8号 · 王玥 2026-10-08 登记" in said


def test_only_lines_that_count_events_are_offered(town: Scored, sit: Open) -> None:
    page = village(sit, town)
    offered: list[str] = []

    def look_at(dialog: FormDialog) -> None:
        box = dialog.fields["indicator_id"]
        offered.extend(box.itemText(row) for row in range(box.count()))  # type: ignore[attr-defined]

    answering(look_at)
    page.event_button.click()
    assert offered == ["B11 发展党员程序差错（按次扣分）", "X03 首创做法被上级采用（加分）"]


def test_an_event_is_withdrawn_with_its_reason(town: Scored, sit: Open, idle: Idle, qtbot: QtBot) -> None:
    from okr_desk.rules.scores import EventDraft
    from okr_desk.services import scores

    small = town.small
    with small.store.write(small.office) as session:
        key = (small.village, town.ids["B11"], small.quarters[3])
        scores.record_event(session, small.office, EventDraft(*key, date(2026, 8, 12), D(1), "预审材料漏项"))
    page = village(sit, town)
    click(qtbot, page, "B11", POINTS)

    def withdraw(dialog: FormDialog) -> None:
        dialog.submit()
        assert dialog.refusal != ""
        put(dialog, reason="已补签，经核实不扣分")
        dialog.submit()

    answering(withdraw)
    page.panel.findChild(QToolButton).click()
    idle(page.desk)
    assert cells(page, POINTS)["B11 发展党员程序差错"] == "3"
    assert "登记事项" not in texts(page.panel)


def test_a_red_line_limits_the_grade_and_leaves_the_points(town: Scored, sit: Open, idle: Idle, qtbot: QtBot) -> None:
    for code, value in (("B08", "85"), ("B09", "100"), ("F07", "8")):
        town.measure(code, value)
    page = village(sit, town)
    assert numbers(page) == "19 100% 好 —" and page.sheet.head.limits.isHidden()

    def enter(dialog: FormDialog) -> None:
        assert isinstance(dialog, RedLineDialog)
        assert dialog.code.count() == 8 and dialog.highest.isHidden()
        dialog.code.setCurrentIndex(dialog.code.findData("V4"))
        assert "弄虚作假" in dialog.trigger.text()
        assert dialog.kind.currentText() == "限定等次" and dialog.highest.currentText() == "较好"
        put(dialog, fact="会议照片挪用上年")
        dialog.submit()
        qtbot.waitUntil(lambda: dialog.refusal != "" and page.desk.tasks.is_idle)
        assert dialog.refusal == "红线事项须填写依据文号，没有文号的不登记。"
        put(dialog, document="青纪〔2026〕3号")
        dialog.submit()
        qtbot.waitUntil(lambda: not dialog.isVisible())

    answering(enter)
    page.line_button.click()
    idle(page.desk)
    assert numbers(page) == "19 100% 较好 —"
    limits = page.sheet.head.limits.text()
    assert (
        "红线 V4 弄虚作假：会议照片挪用上年（青纪〔2026〕3号）" in limits
        and "按得分为“好”，受限后评为“较好”；原始得分不变。" in limits
    )
    assert page.shown is not None and page.shown.grade is not None

    next(one for one in page.sheet.head.findChildren(ExplainedNumber) if one.text() == "较好").click()
    assert any("V4 弄虚作假：会议照片挪用上年（最高为“较好”）" in text for text in texts(page.panel))
    answering(lambda dialog: (put(dialog, reason="核实为误报"), dialog.submit()))
    page.panel.findChild(QToolButton).click()
    idle(page.desk)
    assert numbers(page) == "19 100% 好 —"


def test_undo_after_saving_offers_to_take_the_entry_back(town: Scored, sit: Open, idle: Idle, qtbot: QtBot) -> None:
    """Left at the first asking it stays entered; given a reason it is withdrawn, and nothing is left to undo."""
    page = village(sit, town)

    def enter(dialog: FormDialog) -> None:
        put(dialog, fact="预审材料漏项")
        dialog.submit()
        qtbot.waitUntil(lambda: not dialog.isVisible())

    answering(enter)
    page.event_button.click()
    idle(page.desk)
    assert (
        cells(page, POINTS)["B11 发展党员程序差错"] == "2" and page.undo_stack().undoText() == "已登记的“预审材料漏项”"
    )

    asked: list[str] = []
    answering(lambda dialog: (asked.append(dialog.windowTitle()), dialog.reject()))
    page.undo_stack().undo()
    qtbot.waitUntil(lambda: asked == ["撤回登记"] and QApplication.activeModalWidget() is None)
    assert page.undo_stack().canUndo() and not page.undo_stack().canRedo()

    answering(lambda dialog: (put(dialog, reason="登记错支部"), dialog.submit()))
    page.undo_stack().undo()
    qtbot.waitUntil(lambda: page.undo_stack().count() == 0)
    idle(page.desk)
    assert cells(page, POINTS)["B11 发展党员程序差错"] == "3"


def test_what_is_taken_back_from_the_panel_is_no_step_any_more(
    town: Scored, sit: Open, idle: Idle, qtbot: QtBot
) -> None:
    page = village(sit, town)
    answering(lambda dialog: (put(dialog, fact="预审材料漏项"), dialog.submit(), qtbot.waitUntil(dialog.isHidden)))
    page.event_button.click()
    idle(page.desk)
    click(qtbot, page, "B11", POINTS)
    answering(lambda dialog: (put(dialog, reason="登记错支部"), dialog.submit()))
    page.panel.findChild(QToolButton).click()
    idle(page.desk)
    assert not page.undo_stack().canUndo() and page.undo_stack().count() == 0


# Who, and when


def test_a_branch_sees_its_own_sheet_and_enters_nothing(town: Scored, sit: Open) -> None:
    page = sit(town.small.secretary)
    assert page.shown is not None and page.shown.org.short_name == "青石村党支部"
    assert [page.tabs.isTabVisible(tab) for tab in (SHEET, YEAR, COMPARISON, AIMS)] == [True, True, False, False]
    assert page.event_button.isHidden() and page.line_button.isHidden() and page.branch.isHidden()
    page.record_event()
    page.record_red_line()
    assert QApplication.activeModalWidget() is None
    assert [one.short_name for one in page._branches()] == ["青石村党支部"]


def test_a_viewer_of_the_township_compares_but_enters_nothing(town: Scored, sit: Open) -> None:
    page = sit(town.small.viewer)
    assert page.tabs.isTabVisible(COMPARISON) and not page.tabs.isTabVisible(AIMS)
    assert page.event_button.isHidden() and page.line_button.isHidden()


@pytest.mark.parametrize(
    ("state", "words", "may"),
    [
        (QuarterState.OPEN, "", True),
        (QuarterState.FROZEN, "镇党建办仍可登记加扣分事项和红线", True),
        (QuarterState.CLOSED, "不能登记或撤回", False),
        (QuarterState.PLANNING, "还没有开始", False),
    ],
)
def test_the_band_says_who_may_still_do_what(
    town: Scored, sit: Open, state: QuarterState, words: str, may: bool
) -> None:
    town.state(3, state)
    page = village(sit, town)
    assert words in page._band_text.text() and page._band.isVisible() == bool(words)
    assert page.event_button.isVisible() == page.line_button.isVisible() == may


def test_a_branch_of_a_frozen_quarter_is_told_where_to_turn(town: Scored, sit: Open) -> None:
    assert "向镇党建办提出" in sit(town.small.secretary, 2)._band_text.text()


def test_without_a_scheme_it_says_what_to_do_first(town: Scored, sit: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(page_module.BY_KEY, "schemes", page_module.BY_KEY["scores"])
    page = sit(town.small.office, 3, town.small.school)
    went: list[str] = []
    page.desk.going.connect(lambda key, _arguments: went.append(key))
    assert page.sheet.is_empty and page.sheet.empty.sentence == "“学校”2026年度还没有考核方案。"
    assert page.event_button.isHidden() and page.line_button.isHidden()
    page.sheet.empty._button.click()
    assert went == ["schemes"]


def test_a_branch_without_a_scheme_is_not_sent_to_a_page_it_cannot_open(
    town: Scored, sit: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(page_module.BY_KEY, "schemes", page_module.BY_KEY["scores"])
    page = sit(town.small.stranger)
    assert page.sheet.is_empty and page.sheet.empty._button.isHidden()


def test_without_a_year_or_a_branch_the_page_says_so(town: Scored, sit: Open, look: None, qtbot: QtBot) -> None:
    page = sit(town.small.office)
    page.desk.selection.offer(page.desk.selection.quarters, [])
    page.refresh()
    assert page.empty.sentence == "还没有党支部。"
    page.desk.selection.clear()
    page.refresh()
    assert page.empty.sentence == "还没有建立年度和季度。"
    page = sit(town.small.secretary)
    page.desk.selection.offer(page.desk.selection.quarters, [])
    page.refresh()
    assert page.empty.sentence == "没有您可以查看计分表的支部。"


# The year and the aims


def test_the_year_stands_beside_its_quarters(town: Scored, sit: Open, idle: Idle, qtbot: QtBot) -> None:
    """到会率 85 → 4 in the second quarter and 2 in the third, mean 3; the fourth has not begun."""
    town.measure("B08", "85", 2)
    page = village(sit, town)
    page.tabs.setCurrentIndex(YEAR)
    idle(page.desk)
    sieve = page.year.table.sieve
    found = {
        sieve.index(row, 0).data(): [sieve.index(row, column).data() for column in range(1, 9)]
        for row in range(sieve.rowCount())
    }
    assert found["B08 党员到会率"] == ["未报", "4", "2", "", "3", "4", "平均", "全年按各季平均：（4＋2）÷2＝3"]
    assert found["总分"][1:5] == ["7", "13", "", "14"]
    assert found["等次"][2] == "一般" and found["得分率"][2] == "68.42%"
    assert page.answer.text().startswith("青石村党支部得 14 分") and "第1、2、3季度" in page.answer.text()
    assert page.event_button.isHidden()
    row = next(n for n in range(sieve.rowCount()) if sieve.index(n, 0).data().startswith("B08"))
    where = page.year.table.view.visualRect(sieve.index(row, 2)).center()
    qtbot.mouseClick(page.year.table.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert page._side_title.text() == "B08 党员到会率 二季度" and "（85－72）" in page.panel.explain.text
    assert "实绩：85%（镇审核，截至 2026-05-28，王玥 2026-10-08 录入）" in page.panel.explain.text


def test_targets_in_doubt_are_one_quiet_list(town: Scored, sit: Open, idle: Idle, qtbot: QtBot) -> None:
    """到会率 and 收入 on their targets in the first two quarters; 党费 3 of 4 in both is neither."""
    for number in (1, 2):
        for code, value in (("B08", "85"), ("F07", "8"), ("B09", "99")):
            town.measure(code, value, number)
    page = village(sit, town)
    page.tabs.setCurrentIndex(AIMS)
    idle(page.desk)
    assert page.answer.text() == "3 项目标中，偏松 2 项，偏紧 0 项。"
    sieve = page.aims.table.sieve
    assert [sieve.index(row, 1).data() for row in range(sieve.rowCount())] == ["B08 党员到会率", "F07 村集体经营性收入"]
    assert [sieve.index(0, column).data() for column in range(2, 7)] == ["△ 偏松", "100%", "1", "2", "4"]
    went: list[tuple[str, dict[str, object]]] = []
    page.desk.going.connect(lambda key, arguments: went.append((key, arguments)))
    page.aims.table.view.setCurrentIndex(sieve.index(0, 0))
    qtbot.keyClick(page.aims.table.view, Qt.Key.Key_Return)
    assert went == [("indicators", {"indicator_id": town.ids["B08"]})]


def test_before_two_quarters_nothing_is_said_of_targets(town: Scored, sit: Open, idle: Idle) -> None:
    town.state(2, QuarterState.OPEN)
    page = village(sit, town)
    page.tabs.setCurrentIndex(AIMS)
    idle(page.desk)
    assert page.aims.is_empty and "满两个季度" in page.aims.empty._advice.text()


def test_no_tab_is_cut_for_the_branch_beside_the_tabs(town: Scored, sit: Open, qtbot: QtBot) -> None:
    """Beside the panel at large text the branch leaves: it can be chosen at the top of the window too."""
    page = sit(town.small.office)
    assert page.branch.isVisible()
    bar = page.tabs.tabBar()
    page.tabs.resize(bar.sizeHint().width() + page.branch.sizeHint().width() // 2, 400)
    assert not page.branch.isVisible()
    assert bar.tabRect(AIMS).right() <= bar.width()
    page.tabs.resize(1000, 400)
    assert page.branch.isVisible()


def test_tabs_are_reached_by_keys(town: Scored, sit: Open, idle: Idle, qtbot: QtBot) -> None:
    page = village(sit, town)
    page.tabs.tabBar().setFocus()
    qtbot.keyClick(page.tabs.tabBar(), Qt.Key.Key_Right)
    idle(page.desk)
    assert page.tabs.currentIndex() == YEAR and not page.year.is_empty


def test_models_hold_together(town: Scored, sit: Open) -> None:
    page = village(sit, town)
    QAbstractItemModelTester(page.sheet.table.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert page.sheet.table.view.indexAt(QPoint(5, 5)).isValid()

"""工作台: a branch settles what it owes in place, the office reads the matrix."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from okr_desk.model.store import Store
from okr_desk.queries import cycles, orgs, today
from okr_desk.rules.checkins import CheckInDraft
from okr_desk.rules.permissions import Actor
from okr_desk.scoring.explained import Explained
from okr_desk.services import approvals, checkins, objectives
from okr_desk.services.permits import SETUP
from okr_desk.settings import Settings
from okr_desk.terms import Status, label
from okr_desk.ui.desk import Desk
from okr_desk.ui.main_window import MainWindow
from okr_desk.ui.models.rows import Rows
from okr_desk.ui.navigation import entries_for
from okr_desk.ui.pages.today import TodayPage
from okr_desk.ui.rail import COUNT, KEY, Rail
from okr_desk.ui.widgets import matrix
from tests.filled_township import DAY, Filled, fill
from tests.small_township import metric, objective

D = Decimal
Idle = Callable[[Desk], None]


@pytest.fixture
def town(tmp_path: Path) -> Filled:
    return fill(tmp_path / "镇.okr")


@pytest.fixture
def sit(town: Filled, look: None, qtbot: QtBot, idle: Idle) -> Iterator[Callable[[Actor], TodayPage]]:
    """Opens the page for a person."""
    desks: list[Desk] = []

    def open_page(actor: Actor) -> TodayPage:
        desk = Desk(Settings(theme="light", bundled_fonts=True))
        desks.append(desk)
        desk.take_store(town.small.store)
        with town.small.store.read() as session:
            tree, quarters = orgs.tree(session, DAY), cycles.quarters(session)
        desk.sign_in(actor)
        desk.selection.offer(quarters, [o for o in tree if any(grant.org_id in o.line for grant in actor.grants)])
        desk.selection.choose_quarter(town.small.quarters[3])
        page = TodayPage(desk)
        qtbot.addWidget(page)
        page.resize(1200, 640)
        page.show()
        idle(desk)
        return page

    yield open_page
    for desk in desks:
        desk.close()


def went(page: TodayPage) -> list[tuple[str, dict[str, object]]]:
    """Where the page wants to go."""
    found: list[tuple[str, dict[str, object]]] = []
    page.desk.going.connect(lambda key, arguments: found.append((key, arguments)))
    return found


def test_a_branch_reads_what_it_owes(town: Filled, sit: Callable[[Actor], TodayPage]) -> None:
    page = sit(town.small.secretary)
    assert page.answer.text() == "9月30日截止，还有 5 天。4 项关键结果已报 0 项。"
    assert [line.row.view.code for line in page.branch.lines] == ["KR1.1", "KR1.2", "KR1.3", "KR1.4"]
    assert page.branch.lines[0].context.text() == "本季计划 82"
    assert "1 立项、2 开工、3 主体完成、4 验收" in page.branch.lines[2].context.text()
    assert page.remind_button.isHidden() and page.print_button.isHidden()


def test_a_line_is_settled_in_place(town: Filled, sit: Callable[[Actor], TodayPage], idle: Idle) -> None:
    page = sit(town.small.secretary)
    line = page.branch.lines[0]
    QTest.keyClicks(line.field, "78")
    assert line.result.text() == "完成度 60%"
    QTest.keyClick(line.field, Qt.Key.Key_Return)
    idle(page.desk)
    assert [line.row.view.code for line in page.branch.lines] == ["KR1.2", "KR1.3", "KR1.4"]
    assert "已报 1 项" in page.answer.text()
    assert page.sheet is not None and page.sheet.rows[0].view.value == D(78)


def test_a_doubtful_value_is_asked_about_first(town: Filled, sit: Callable[[Actor], TodayPage], idle: Idle) -> None:
    page = sit(town.small.secretary)
    line = page.branch.lines[0]
    QTest.keyClicks(line.field, "0.78")
    QTest.keyClick(line.field, Qt.Key.Key_Return)
    assert line.words.isVisible() and line.button.text() == "取 78（回车）"
    assert page.sheet is not None and page.sheet.rows[0].view.value is None
    QTest.keyClick(line.field, Qt.Key.Key_Escape)
    assert not line.words.isVisible() and line.field.text() == "0.78"
    QTest.keyClick(line.field, Qt.Key.Key_Return)
    QTest.keyClick(line.field, Qt.Key.Key_Return)
    idle(page.desk)
    assert page.sheet.rows[0].view.value == D(78)


def test_what_is_refused_stays_in_its_field(town: Filled, sit: Callable[[Actor], TodayPage], idle: Idle) -> None:
    page = sit(town.small.secretary)
    line = page.branch.lines[0]
    with town.small.store.write(SETUP) as session:
        from okr_desk.model.tables import Quarter
        from okr_desk.terms import QuarterState

        row = session.get_one(Quarter, town.small.quarters[3])
        row.state = QuarterState.FROZEN
        session.add(row)
    QTest.keyClicks(line.field, "78")
    line.settle()
    idle(page.desk)
    assert line.field.text() == "78" and line.field.isEnabled() and "冻结" in line.words.text()


def test_what_one_types_into_stays_when_the_page_is_read_again(
    town: Filled, sit: Callable[[Actor], TodayPage], idle: Idle
) -> None:
    page = sit(town.small.secretary)
    QTest.keyClicks(page.branch.lines[1].field, "40")
    with town.small.store.write(town.small.office) as session:
        checkins.record(session, town.small.office, CheckInDraft(town.rate, town.small.quarters[3], value=D(78)))
    page.refresh()
    idle(page.desk)
    first = page.branch.lines[0]
    assert (first.row.view.code, first.field.text()) == ("KR1.2", "40")


def test_when_all_is_done_the_sheet_is_ready(town: Filled, sit: Callable[[Actor], TodayPage], idle: Idle) -> None:
    page = sit(town.small.secretary)
    assert page.branch.ready.isHidden()
    for text in ("78", "40", "2", "0"):
        line = page.branch.lines[0]
        QTest.keyClicks(line.field, text)
        line.settle()
        idle(page.desk)
    assert page.answer.text().endswith("4 项关键结果都已报齐。")
    assert page.branch.lines == [] and page.branch.ready.isVisible()
    image = page.branch.ready.picture.image
    assert image is not None and image.height() > image.width() > 500
    places = went(page)
    page.branch.ready.button.click()
    assert places == [("reports", {"document": "review", "org_id": town.small.village})]


def test_a_viewer_sees_but_cannot_type(town: Filled, sit: Callable[[Actor], TodayPage], idle: Idle) -> None:
    page = sit(town.small.viewer)
    page.desk.selection.choose_org(town.small.village)
    idle(page.desk)
    assert page.branch.lines == [] and page.branch.table.model.rowCount() == 6


def test_the_office_reads_three_things_and_the_matrix(town: Filled, sit: Callable[[Actor], TodayPage]) -> None:
    page = sit(town.small.office)
    assert "还有 5 天" in page.answer.text()
    assert '<a href="missing">未报齐 1 个支部</a>（其中 1 个全部未报）' in page.answer.text()
    assert page.matrix.model.rowCount() == 5
    page.follow("missing")
    assert page.matrix.current().name == "青石村党支部"
    places = went(page)
    page.follow("questions")
    page.print_summary()
    assert places == [("import", {}), ("reports", {"document": "summary"})]


def hand_in(town: Filled) -> int:
    """A second objective that the secretary hands in."""
    small = town.small
    with small.store.write(small.secretary) as session:
        above = objectives.create(session, small.secretary, objective(small.village, "O2")).value
        objectives.create_key_result(session, small.secretary, above, metric("KR2.1"))
        approvals.submit(session, small.secretary, [above])
    return above


def test_what_waits_for_approval_is_work_of_the_office(town: Filled, sit: Callable[[Actor], TodayPage]) -> None:
    hand_in(town)
    page = sit(town.small.office)
    assert page.answer.text().endswith('<a href="objectives">1 个目标等待批准</a>')
    places = went(page)
    page.follow("objectives")
    assert places == [("objectives", {})]
    assert "等待批准" not in sit(town.small.viewer).answer.text()


def test_what_was_sent_back_is_work_of_the_branch(town: Filled, sit: Callable[[Actor], TodayPage], idle: Idle) -> None:
    above = hand_in(town)
    small = town.small
    with small.store.write(small.office) as session:
        approvals.send_back(session, small.office, [above], "目标偏低")
    page = sit(small.secretary)
    words = '<a href="objectives">1 个目标被退回（O2），请修改后重新提交。</a>'
    assert page.answer.text().endswith("4 项关键结果已报 0 项。 " + words)
    places = went(page)
    page.follow("objectives")
    assert places == [("objectives", {"org_id": small.village})]


def test_a_year_without_key_results_claims_nothing(town: Filled, sit: Callable[[Actor], TodayPage], idle: Idle) -> None:
    page = sit(town.small.office)
    other = next(q.id for q in page.desk.selection.quarters if q.key == "2027Q3")
    page.desk.selection.choose_quarter(other)
    idle(page.desk)
    assert page.answer.text().endswith("本季还没有需要填报的关键结果")


def test_what_waits_elsewhere_is_told_to_the_rail(
    town: Filled, sit: Callable[[Actor], TodayPage], idle: Idle, qtbot: QtBot
) -> None:
    page = sit(town.small.secretary)
    told: list[dict[str, int]] = []
    page.waiting_told.connect(told.append)
    page.refresh()
    idle(page.desk)
    assert set(told[0]) == {"reviews", "bulletins", "followups"}
    rail = Rail()
    qtbot.addWidget(rail)
    rail.offer(entries_for(town.small.secretary))
    rail.set_counts({"followups": 2, "reviews": 1}, {"reviews"})
    counts = {rail.item(row).data(KEY): rail.item(row).data(COUNT) for row in range(rail.count())}
    assert counts["followups"] == 2 and not counts["reviews"]
    rail.show_current("today")
    rail.set_counts({"bulletins": 3}, ())
    shown = {
        rail.item(row).data(KEY): (rail.item(row).data(COUNT), rail.item(row).isHidden()) for row in range(rail.count())
    }
    assert shown["reviews"] == (3, False) and shown["bulletins"] == (3, True)
    rail.show_current("reviews")
    counts = {rail.item(row).data(KEY): rail.item(row).data(COUNT) for row in range(rail.count())}
    assert not counts["reviews"] and counts["bulletins"] == 3


def test_the_reminder_is_copied(town: Filled, sit: Callable[[Actor], TodayPage]) -> None:
    page = sit(town.small.office)
    page.copy_reminder()
    assert "1. 青石村党支部：未报 4 项（KR1.1 办结率由60%提高到90%、" in QGuiApplication.clipboard().text()


def test_a_click_opens_the_branch_and_a_number_explains_itself(
    town: Filled, sit: Callable[[Actor], TodayPage], idle: Idle
) -> None:
    page = sit(town.small.office)
    places = went(page)
    line = next(line for line in page.matrix.model.rows if line.name == "青石村党支部")
    page.matrix.mark(lambda shown: shown is line)
    page.show_why("目标完成度", Explained(D("0.6125"), ("第一步",)))
    assert "61%" in page.explain.text and not page.side.isHidden()
    page.open_line(line)
    assert places == [("objectives", {"org_id": town.small.village})]
    assert page.desk.selection.org is not None and page.desk.selection.org.id == town.small.village
    mean = page.matrix.model.rows[0]
    page.open_line(mean)
    assert len(places) == 1


def test_figures_of_the_matrix(town: Filled) -> None:
    with town.small.store.write(town.small.office) as session:
        for number, value in ((2, 69), (3, 66)):
            draft = CheckInDraft(town.rate, town.small.quarters[number], value=D(value), reason="补报")
            checkins.record(session, town.small.office, draft)
    with town.small.store.read() as session:
        quarter = cycles.by_key(session, "2026Q3")
        assert quarter is not None
        lines = today.lines(today.office(session, quarter).township)
    village = next(line for line in lines if line.row is not None and line.row.owed)
    assert matrix.figure(village.cells[0], True) == matrix.Figure("20%", "↓10", Status.DUE)
    assert matrix.figure(village.cells[1], True) == matrix.Figure("", "", None)
    assert matrix.change(D("90.7"), D("88.6"), percentage=False) == "↑2.1"
    assert matrix.change(D("0.5"), D("0.5"), percentage=True) == "→"
    assert matrix.change(D("0.5"), None, percentage=True) == ""
    model = Rows(matrix.columns())
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_rows(lines)
    spoken = model.index(1, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "目标完成度 20% 待报 ↓10"


def test_the_matrix_is_exported_as_it_reads(
    town: Filled, sit: Callable[[Actor], TodayPage], idle: Idle, tmp_path: Path
) -> None:
    from openpyxl import load_workbook

    with town.small.store.write(town.small.office) as session:
        draft = CheckInDraft(town.rate, town.small.quarters[3], value=D(66), reason="补报")
        checkins.record(session, town.small.office, draft)
    page = sit(town.small.office)
    page.matrix.export_to(tmp_path / "进展.xlsx")
    idle(page.desk)
    sheet = load_workbook(tmp_path / "进展.xlsx").active
    heads = [cell.value for cell in sheet[2]]
    line = next(row for row in sheet.iter_rows(min_row=3) if row[0].value == "青石村党支部")
    cell = dict(zip(heads, line, strict=True))
    assert cell["已报"].value == "1/4"
    total = cell["目标完成度"]
    assert (total.value, total.number_format) == (0.2, "0%")  # (66-60)/(90-60)
    assert cell["目标完成度灯号"].value == "待报"


def test_a_branch_copies_words(town: Filled, sit: Callable[[Actor], TodayPage]) -> None:
    page = sit(town.small.secretary)
    heads, *rows = page.branch.table.block(everything=True)
    said = {row[heads.index("状态")] for row in rows}
    assert said and said <= {label(status) for status in Status}


def test_the_demo_opens_without_a_sound(window: MainWindow, idle: Idle, demo_store: Store) -> None:
    """The whole window on the demo township: both pages for the office and nothing cut off at the side."""
    for key in ("today", "checkins"):
        assert window.show_page(key)
        idle(window.desk)
    page = window.pages["today"]
    assert isinstance(page, TodayPage) and page.office is not None
    assert len(page.office.township.rows) == 29
    page.desk.selection.choose_org(page.office.township.rows[0].org.id)
    idle(window.desk)
    window.show_page("today")
    idle(window.desk)
    assert page.sheet is not None

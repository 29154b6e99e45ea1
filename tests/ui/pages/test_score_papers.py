"""报表 where a scheme is in force: the tick, the two documents of points, the workbook; files are read back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from okr_desk.model.store import Store
from okr_desk.queries import cycles, orgs
from okr_desk.reports import registry
from okr_desk.rules.permissions import Action, Actor
from okr_desk.ui.desk import Desk
from okr_desk.ui.pages.reports import ReportsPage
from tests import scored_demo

Idle = Callable[[Desk], None]
Open = Callable[..., ReportsPage]


@pytest.fixture
def scheme(demo_store: Store) -> None:
    """A scheme for the villages, in use."""
    scored_demo.put_to_use(demo_store)


@pytest.fixture
def open_page(desk: Desk, demo_store: Store, qtbot: QtBot, idle: Idle) -> Open:
    """Opens the page with one part of the township chosen."""

    def make(short_name: str = "") -> ReportsPage:
        assert desk.actor is not None
        with demo_store.read() as session:
            tree = [org for org in orgs.tree(session, desk.clock.today()) if desk.actor.may(Action.VIEW, org.line)]
            desk.selection.offer(cycles.quarters(session), tree)
        desk.selection.choose_org(next((org.id for org in tree if org.short_name == short_name), None))
        page = ReportsPage(desk)
        qtbot.addWidget(page)
        page.resize(1180, 640)
        page.show()
        idle(desk)
        return page

    return make


def choose(page: ReportsPage, key: str, idle: Idle) -> None:
    page.choices.radios[key].click()
    page.make_pages()
    idle(page.desk)


def text_of(path: Path) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(path).pages)


def test_without_a_scheme_the_page_is_as_before(open_page: Open, demo_store: Store) -> None:
    scored_demo.without_schemes(demo_store)
    page = open_page("青石村党支部")
    assert page.choices.scores.isHidden() and page.workbook_button.isHidden()
    assert page.choices.radios["scores"].isHidden() and page.choices.radios["score-summary"].isHidden()
    page.choices.scores.setChecked(True)
    wish = page.wish()
    assert wish is not None and not wish.with_scores


def test_the_tick_puts_the_points_behind_the_review_and_is_remembered(
    scheme: None, open_page: Open, idle: Idle
) -> None:
    page = open_page("青石村党支部")
    assert not page.choices.scores.isHidden() and not page.choices.scores.isChecked()
    assert page.made is not None
    before = page.made.printed.pages
    page.choices.scores.click()
    page.make_pages()
    idle(page.desk)
    assert page.made is not None and page.made.printed.pages > before
    assert "详见附表。" in text_of(page.made.printed.path) and page.made.titles[before] == "计分附表"
    again = open_page("青石村党支部")
    assert again.choices.scores.isChecked() and again.made is not None
    assert again.made.printed.pages == page.made.printed.pages


def test_a_quarter_that_has_not_begun_is_greyed_with_the_reason(
    scheme: None, open_page: Open, idle: Idle, desk: Desk, demo_store: Store
) -> None:
    """Nothing blank is printed; the year has begun, so its sheet can be."""
    page = open_page("青石村党支部")
    with demo_store.read() as session:
        last = cycles.quarter(session, 2026, 4)
    assert last is not None
    desk.selection.choose_quarter(last.id)
    page.refresh()
    idle(desk)
    why = "2026年第四季度还没有开始，没有可以打印的内容，请改选已经开始的季度。"
    radios = page.choices.radios
    assert radios["year-sheet"].isEnabled() and not any(
        radios[one.key].isEnabled() for one in registry.DOCUMENTS if not one.of_year and one.key != "candidates"
    )
    assert radios["review"].toolTip() == why
    page.arrive(document="year-sheet")
    page.make_pages()
    idle(desk)
    assert page.document.key == "year-sheet" and page.made is not None
    page.arrive(document="review")
    assert page.choices.refusal.text() == why and not page.choices.refusal.isHidden()
    page.make_pages()
    idle(desk)
    assert page.made is None and page.nothing.sentence == page.answer.text() == why
    assert not page.save_button.isEnabled()


@pytest.mark.parametrize("key", ["review", "scores"])
def test_every_choice_is_in_sight_on_a_small_screen(scheme: None, open_page: Open, idle: Idle, key: str) -> None:
    """1366 × 690 leaves the page 1236 × 610: the last tick stands above the fold, with some branches in sight."""
    page = open_page("青石村党支部")
    page.ticks.tick([branch.org.id for branch in page.offer.branches[:2]] if page.offer else [])
    page.resize(1236, 612)
    choose(page, key, idle)
    QApplication.processEvents()
    assert page.choices.verticalScrollBar().maximum() == 0
    assert (
        page.ticks.tree.viewport().height()
        >= 4 * page.ticks.tree.visualItemRect(page.ticks.tree.topLevelItem(0)).height()
    )


def test_score_sheets_and_who_has_none(scheme: None, open_page: Open, idle: Idle, tmp_path: Path) -> None:
    page = open_page()
    choose(page, "scores", idle)
    assert page.made is not None and page.made.printed.sheets == 12
    assert page.choices.scores.isHidden() and page.copies.value() == 1
    answer = page.answer.text()
    assert "支部计分表：12 份表" in answer and "没有计分表的支部：" in answer and "机关第一党支部" in answer
    page.save_each(tmp_path)
    idle(page.desk)
    (folder,) = [path for path in tmp_path.iterdir() if path.name.startswith("2026")]
    assert folder.name == "2026年第三季度支部计分表" and len(list(folder.iterdir())) == 12


def test_the_workbook_beside_the_document(scheme: None, open_page: Open, idle: Idle, tmp_path: Path) -> None:
    page = open_page("青石村党支部")
    assert page.workbook_button.isHidden()
    choose(page, "scores", idle)
    assert page.workbook_button.isVisible() and page.workbook_button.isEnabled()
    assert page.default_name(".xlsx") == "2026年第三季度支部计分表青石村党支部.xlsx"
    page.save_workbook(tmp_path / "计分")
    idle(page.desk)
    book = load_workbook(tmp_path / "计分.xlsx", data_only=True)
    assert book.sheetnames == ["青石村党支部"]
    said = [str(cell.value) for row in book.worksheets[0] for cell in row]
    assert "2026年第三季度支部计分表" in said and "B08 党员到会率" in said


def test_the_year_sheet_is_previewed_and_saved_by_the_name_of_its_year(
    scheme: None, open_page: Open, idle: Idle, tmp_path: Path
) -> None:
    page = open_page()
    choose(page, "year-sheet", idle)
    assert page.made is not None and page.made.printed.sheets == 12 and page.workbook_button.isVisible()
    assert "2026年度支部计分表" in text_of(page.made.printed.path)
    assert "支部年度计分表：12 份表" in page.answer.text() and "机关第一党支部" in page.answer.text()
    page.save_each(tmp_path)
    page.save_workbook(tmp_path / "年")
    idle(page.desk)
    assert len(list((tmp_path / "2026年支部年度计分表").iterdir())) == 12
    assert len(load_workbook(tmp_path / "年.xlsx").sheetnames) == 12
    assert page.default_name() == "2026年支部年度计分表.pdf"


def test_a_branch_without_a_scheme_is_told_what_to_do(scheme: None, open_page: Open, idle: Idle) -> None:
    page = open_page("机关第一党支部")
    choose(page, "scores", idle)
    assert page.made is None and "请先在“考核方案”中启用" in page.nothing.sentence
    assert not page.workbook_button.isEnabled()


def test_the_summary_of_points_needs_no_ticks(scheme: None, open_page: Open, idle: Idle) -> None:
    page = open_page("青石村党支部")
    choose(page, "score-summary", idle)
    assert page.made is not None and page.ticks.isHidden() and page.workbook_button.isHidden()
    assert "农村（12个支部）" in text_of(page.made.printed.path)


def test_the_schemes_in_force_are_one_paper_and_one_workbook(
    scheme: None, open_page: Open, idle: Idle, tmp_path: Path
) -> None:
    page = open_page("青石村党支部")
    choose(page, "scheme", idle)
    assert page.made is not None and page.ticks.isHidden() and page.workbook_button.isVisible()
    assert "农村党支部考核评分办法" in text_of(page.made.printed.path)
    page.save_workbook(tmp_path / "办法")
    idle(page.desk)
    assert load_workbook(tmp_path / "办法.xlsx").sheetnames == ["农村"]


def test_a_secretary_gets_the_own_sheet_and_no_summary(
    scheme: None, desk: Desk, demo_actor: Callable[[str], Actor], open_page: Open, idle: Idle
) -> None:
    desk.sign_in(demo_actor("qingshi"))
    page = open_page()
    assert page.choices.radios["score-summary"].isHidden()
    choose(page, "scores", idle)
    assert page.made is not None and page.made.printed.sheets == 1

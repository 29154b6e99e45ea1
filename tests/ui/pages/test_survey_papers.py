"""报表 where a quarter was surveyed: three more documents, numbers for copies, ticks of their own; greyed where not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from pytestqt.qtbot import QtBot

from okr_desk.model.store import Store
from okr_desk.queries import cycles, orgs
from okr_desk.rules.permissions import Action
from okr_desk.ui.desk import Desk
from okr_desk.ui.pages.reports import ReportsPage
from tests import surveyed_demo

Idle = Callable[[Desk], None]
Open = Callable[[], ReportsPage]
KEYS = ("questionnaire", "count-sheet", "survey-report")
VILLAGE = "青石村党支部"


@pytest.fixture
def open_page(desk: Desk, demo_store: Store, qtbot: QtBot, idle: Idle) -> Open:
    """Opens the page with one village chosen."""

    def make() -> ReportsPage:
        assert desk.actor is not None
        with demo_store.read() as session:
            tree = [org for org in orgs.tree(session, desk.clock.today()) if desk.actor.may(Action.VIEW, org.line)]
            desk.selection.offer(cycles.quarters(session), tree)
        desk.selection.choose_org(next(org.id for org in tree if org.short_name == VILLAGE))
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


def test_without_a_round_the_papers_are_grey_and_say_why(open_page: Open, demo_store: Store, idle: Idle) -> None:
    page = open_page()
    with demo_store.read() as session:
        second = cycles.quarter(session, 2026, 2)
    assert second is not None
    page.desk.selection.choose_quarter(second.id)
    page.refresh()
    idle(page.desk)
    choices = page.choices
    for key in KEYS:
        radio = choices.radios[key]
        assert not radio.isEnabled() and "还没有满意度测评" in radio.toolTip()
        choices.choose(key)
        assert radio.isVisible()
        page.make_pages()
        idle(page.desk)
        assert page.made is None and "还没有满意度测评" in page.answer.text()
    assert choices.refusal.isVisible() and "请先在“满意度”中新建一次测评" in choices.refusal.text()


def test_with_a_round_each_paper_is_laid_out(open_page: Open, demo_store: Store, idle: Idle) -> None:
    surveyed_demo.ask(demo_store, VILLAGE)
    page = open_page()
    choices = page.choices
    assert not choices.refusal.isVisible()

    choose(page, "questionnaire", idle)
    assert choices.numbers.isVisible() and not choices.print_copies.isVisible()
    assert not choices.switch.isVisible() and not page.workbook_button.isVisible()
    choices.numbered.setValue(2)
    choices.first_number.setValue(41)
    page.make_pages()
    idle(page.desk)
    assert page.made is not None and page.made.printed.pages == 2
    assert "编号：042（不记名）" in text_of(page.made.printed.path)

    choose(page, "count-sheet", idle)
    assert choices.print_copies.isVisible() and choices.switch.text() == "空白表，供手工计票"
    assert page.made is not None and "有效（份）16" in text_of(page.made.printed.path)
    choices.switch.setChecked(True)
    page.make_pages()
    idle(page.desk)
    assert page.made is not None and "上格画“正”字" in text_of(page.made.printed.path)

    choose(page, "survey-report", idle)
    assert choices.switch.text() == "附各支部测算页" and not choices.switch.isChecked()
    assert page.made is not None and page.made.titles[0].endswith("群众满意度测评报告")
    alone = page.made.printed.sheets
    choices.switch.setChecked(True)
    page.make_pages()
    idle(page.desk)
    assert page.made is not None and page.made.printed.sheets == alone + 1


def test_the_report_is_saved_as_a_workbook(open_page: Open, demo_store: Store, idle: Idle, tmp_path: Path) -> None:
    surveyed_demo.ask(demo_store, VILLAGE)
    page = open_page()
    choose(page, "survey-report", idle)
    assert page.workbook_button.isVisible()
    page.save_workbook(tmp_path / "报告")
    idle(page.desk)
    assert load_workbook(tmp_path / "报告.xlsx").active["C3"].value == VILLAGE


def test_a_quarter_with_two_rounds_offers_the_choice_and_the_groups_of_each(
    open_page: Open, demo_store: Store, idle: Idle
) -> None:
    surveyed_demo.ask(demo_store, VILLAGE)
    page = open_page()
    choices = page.choices
    assert not choices.surveys.isVisible()
    choose(page, "questionnaire", idle)
    assert choices.surveys.isVisible() and choices.round.isVisible() and choices.asked.round == "三季度测评"
    assert [choices.group.itemText(at) for at in range(choices.group.count())] == ["不指定", "党员", "村民"]
    choices.group.setCurrentIndex(2)
    page.make_pages()
    idle(page.desk)
    assert page.made is not None and page.made.wish.asked.group == "村民"
    choices.round.setCurrentIndex(1)
    assert choices.asked.round == "2026年三季度满意度测评" and choices.asked.group == "村民"
    page.make_pages()
    idle(page.desk)
    assert page.made is not None and "对党支部工作的总体评价" in text_of(page.made.printed.path)
    choose(page, "review", idle)
    assert not choices.surveys.isVisible() and choices.asked.round == ""

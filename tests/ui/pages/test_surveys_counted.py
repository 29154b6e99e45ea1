"""The demo's round from the page into the indicators and back: the button, the service, the sheet that is printed."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton

from okr_desk.model.store import Store
from okr_desk.queries import reviews, survey_results
from okr_desk.terms import SurveyVerdict
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.adjust import Reason
from okr_desk.ui.main_window import MainWindow
from okr_desk.ui.pages.surveys import SurveysPage
from tests.ui.answers import answering, put


def test_a_round_is_counted_from_the_page_and_taken_back(
    window: MainWindow, demo_store: Store, idle: Callable[[Desk], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """892 answers: 26 branches are counted, three have too few; 青石村's sheet then rests on 46 answers."""
    monkeypatch.setattr(QMessageBox, "question", lambda *_a, **_more: QMessageBox.StandardButton.Ok)
    said: list[str] = []
    window.desk.noticed.connect(said.append)
    window.show_page("surveys")
    idle(window.desk)
    page = window.current_page()
    assert isinstance(page, SurveysPage) and "892 份" in page.answer.text()
    page.do_next()
    idle(window.desk)
    assert any("已计入 26 个支部的指标" in sentence for sentence in said)
    assert page.shown is not None and page.shown.result is not None and page.shown.quarter is not None
    first = page.shown.result.branches[0]
    assert (first.org.short_name, first.overall.answered) == ("青石村党支部", 44)
    with demo_store.read() as session:
        sheet = reviews.sheet(session, first.org.id, 2026, 3)
        again = survey_results.results(session, page.shown.result.round.id, [first.org.id]).branches[0]
    assert sheet.satisfaction is not None and again.score is not None
    assert (sheet.satisfaction.n, round(sheet.satisfaction.low or 0, 2)) == (44, round(again.score.low, 2))
    assert again.judgement is not None and again.judgement.verdict is SurveyVerdict.OPEN

    lift_the_cap(page, idle)

    def give(dialog: Reason) -> None:
        put(dialog, reason="有一批问卷晚到")
        dialog.submit()

    answering(give)
    page.back_button.click()
    idle(window.desk)
    assert said[-1] == "已撤回计入。" and page.next_button.text() == "计入指标"


def lift_the_cap(page: SurveysPage, idle: Callable[[Desk], None]) -> None:
    """The round was a convenience sample, so that its points are capped: the office lets 青石村's stand, and back."""

    def press(words: str, why: str) -> None:
        page.results.table.mark(lambda row: row.result.org.short_name == "青石村党支部")
        page.show_branch(page.results.table.current())
        button = next(one for one in page.findChildren(QPushButton) if one.text() == words and one.isVisible())

        def give(dialog: Reason) -> None:
            put(dialog, reason=why)
            dialog.submit()

        answering(give)
        button.click()
        idle(page.desk)
        idle(page.desk)

    press("放宽限制", "外出务工多，经镇党委研究同意")
    assert page.shown is not None and page.shown.result is not None
    standing = page.shown.standing[page.shown.result.branches[0].org.id]
    assert standing.lift is not None and standing.lift.reason == "外出务工多，经镇党委研究同意"
    page.results.table.mark(lambda row: row.result.org.short_name == "青石村党支部")
    page.show_branch(page.results.table.current())
    if os.environ.get("PICTURES"):
        page.window().grab().save(os.environ["PICTURES"] + "/lift.png")
    assert any("经镇党委研究同意" in one.text() for one in page.findChildren(QLabel) if one.isVisible())
    press("撤回放宽", "复核后不同意")
    assert page.shown.standing[standing_id(page)].lift is None


def standing_id(page: SurveysPage) -> int:
    """青石村."""
    assert page.shown is not None and page.shown.result is not None
    return page.shown.result.branches[0].org.id

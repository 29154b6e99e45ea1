"""The dialogs of a review: the count of characters beside an opinion, the term that begins, the usual names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from okr_desk.review_terms import ReviewStep as Step
from okr_desk.rules.permissions import Actor
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.review_step import ReviewStepDialog
from okr_desk.ui.pages.reviews import ReviewsPage
from okr_desk.ui.widgets.counted_text import CountedText
from tests.reviewed_township import Reviewed, reviewed
from tests.ui.answers import put

Idle = Callable[[Desk], None]
Open = Callable[[Reviewed, Actor], ReviewsPage]


@pytest.fixture
def town(tmp_path: Path) -> Reviewed:
    return reviewed(tmp_path / "小镇.okr")


def ask(page: ReviewsPage, step: Step) -> ReviewStepDialog:
    around = page._around()
    assert page.row is not None and around is not None
    return ReviewStepDialog(page.desk, page.row, step, around, parent=page)


def test_a_count_says_how_long_an_opinion_may_be(look: None, qtbot: QtBot) -> None:
    field = CountedText(70)
    qtbot.addWidget(field)
    field.setPlainText("情况属实")
    assert field.counter.text() == "4 / 70 字" and not field.counter.property("refusal")
    field.setPlainText("好" * 75)
    assert field.counter.text() == "75 / 70 字，多 5 字" and field.counter.property("refusal")


def test_an_opinion_that_is_too_long_is_refused_at_its_field(town: Reviewed, open_review: Open, idle: Idle) -> None:
    page = open_review(town, town.secretary)
    dialog = ask(page, Step.SUBMIT)
    assert dialog.text("by") == "李旭昇"
    put(dialog, note="好" * 75)
    dialog.submit()
    assert "70" in dialog.refusal and dialog.fields["note"].property("wrong")


def test_a_delivery_says_until_when_one_may_object(town: Reviewed, open_review: Open, idle: Idle) -> None:
    town.through(Step.SUBMIT, Step.OPINE, Step.CHECK)
    page = open_review(town, town.office)
    page.open_branch(town.village)
    idle(page.desk)
    dialog = ask(page, Step.DELIVER)
    assert "申辩期到 10月15日。" in dialog.note.text() and set(dialog.fields) == {"by", "way"}

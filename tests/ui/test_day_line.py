"""The typed day: what is understood stands there, a day outside is refused at its field, the calendar gives one too."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from pytestqt.qtbot import QtBot

from okr_desk.errors import InputRefused
from okr_desk.ui.widgets.day_line import DayLine


@pytest.fixture
def line(look: None, qtbot: QtBot) -> DayLine:
    made = DayLine("日期", date(2026, 9, 25), 2026, pick=True)
    made.keep_within(date(2026, 7, 1), date(2026, 9, 30), "2026年第三季度")
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize("typed", ["7.3", "7月3日", "20260703", "0703", "2026-7-3", "７．３"])
def test_a_day_is_typed_as_people_write_it(line: DayLine, qtbot: QtBot, typed: str) -> None:
    line.setText(typed)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert line.day("held_on") == date(2026, 7, 3) and line.text() == "2026-07-03"


def test_a_day_outside_the_quarter_is_refused_at_its_field_and_stays_typed(line: DayLine) -> None:
    line.setText("6.30")
    with pytest.raises(InputRefused) as refused:
        line.day("held_on")
    assert refused.value.field == "held_on" and line.text() == "6.30"
    assert "2026-06-30 不在2026年第三季度（2026-07-01 至 2026-09-30）内" in str(refused.value)
    line.setText("上周五")
    with pytest.raises(InputRefused, match="不是日期"):
        line.day("held_on")


def test_the_calendar_offers_the_days_of_the_quarter(line: DayLine) -> None:
    calendar = line.pick()
    assert calendar.selectedDate() == QDate(2026, 9, 25)
    assert (calendar.minimumDate(), calendar.maximumDate()) == (QDate(2026, 7, 1), QDate(2026, 9, 30))
    calendar.clicked.emit(QDate(2026, 8, 4))
    assert line.text() == "2026-08-04"


def test_a_day_may_be_left_open_where_the_form_says_so(line: DayLine) -> None:
    line.clear()
    assert line.optional_day("valid_to") is None and line.understood is None
    with pytest.raises(InputRefused, match="请填写“日期”"):
        line.day("valid_to")
    line.setText("9.30")
    assert line.optional_day("valid_to") == line.understood == date(2026, 9, 30)


def test_another_day_is_told_once_and_what_is_no_day_is_marked(line: DayLine, qtbot: QtBot) -> None:
    told: list[date | None] = []
    line.moved.connect(lambda: told.append(line.understood))
    for typed in ("8.4", "2026-08-04", "上周五", ""):
        line.setText(typed)
        qtbot.keyClick(line, Qt.Key.Key_Return)
        assert line.property("wrong") is (typed == "上周五")
    assert told == [date(2026, 8, 4), None]

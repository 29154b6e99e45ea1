"""A sitting of ballots without any widget: what a key does, what is taken back, what each item has."""

from __future__ import annotations

from itertools import count

import pytest
from PySide6.QtCore import QObject

from okr_desk.rules.ballots import check_ballot
from okr_desk.survey_terms import Channel
from okr_desk.ui.models.ballot_sitting import ALL_BLANK, BallotPlace, Sitting, Sittings
from tests.founded_township import TODAY

HERE = BallotPlace(7, 3, Channel.HOME_PAPER)


def typed(sitting: Sitting, keys: str) -> None:
    for key in keys:
        done = sitting.type(key, HERE)
        if done is not None:
            sitting.add(done)


def test_the_last_answer_ends_a_ballot_and_the_next_key_begins_another() -> None:
    sitting = Sitting(3)
    typed(sitting, "1201")
    assert [one.answers for one in sitting.ballots] == ["120"] and sitting.current == "1"


def test_what_is_no_answer_is_no_step() -> None:
    sitting = Sitting(3)
    typed(sitting, "6789xX ")
    assert not sitting.is_unsaved


def test_a_ballot_without_any_answer_is_void_by_itself() -> None:
    sitting = Sitting(2)
    typed(sitting, "--")
    assert sitting.ballots[0].void == ALL_BLANK
    check_ballot(sitting.ballots[0].draft, 2, TODAY)


def test_a_void_ballot_keeps_what_was_typed_and_leaves_the_tallies() -> None:
    sitting = Sitting(3)
    typed(sitting, "11")
    sitting.add(sitting.void("多选或涂改，无法辨认", HERE))
    typed(sitting, "123")
    assert sitting.ballots[0].answers == "11-"
    check_ballot(sitting.ballots[0].draft, 3, TODAY)
    assert sitting.tallies(7) == [[1, 0, 0, 0, 0, 0, 0], [0, 1, 0, 0, 0, 0, 0], [0, 0, 1, 0, 0, 0, 0]]
    assert sitting.tallies(8) == [[0] * 7] * 3


def test_the_open_answer_belongs_to_the_ballot_in_hand_or_the_one_just_done() -> None:
    sitting = Sitting(2)
    typed(sitting, "1")
    sitting.say_wish("修路")
    typed(sitting, "2")
    sitting.say_wish("修路灯")
    assert [one.wish for one in sitting.ballots] == ["修路灯"] and sitting.wish_shown == "修路灯"
    typed(sitting, "1")
    assert sitting.wish_shown == ""


def test_the_pace_is_the_one_in_the_middle() -> None:
    """Ballots at 0, 5, 11, 300 and 306 seconds: pauses 5, 6, 289, 6, the upper one in the middle is 6."""
    moments = iter((0.0, 5.0, 11.0, 300.0, 306.0))
    sitting = Sitting(1, lambda: next(moments))
    assert sitting.seconds is None
    typed(sitting, "11111")
    assert sitting.seconds == 6


def test_going_back_takes_answers_then_says_that_there_are_none() -> None:
    sitting = Sitting(3)
    typed(sitting, "12")
    assert sitting.step_back() and sitting.current == "1"
    assert sitting.step_back() and not sitting.step_back()


def test_sittings_are_kept_by_person_and_round(qapp: object) -> None:
    desk = QObject()
    kept = Sittings.beside(desk)
    typed(kept.of(1, 5, 2), "11")
    typed(kept.of(2, 5, 2), "1")
    assert Sittings.beside(desk) is kept and kept.count == 1 and kept.is_unsaved
    assert kept.of(1, 5, 2).ballots and not kept.of(1, 6, 2).ballots
    assert kept.of(1, 5, 3).width == 2  # typed ballots are never dropped by a change of the items
    kept.of(1, 5, 2).forget(1)
    assert kept.of(1, 5, 3).width == 3


@pytest.mark.parametrize("box", [50])
def test_a_box_of_ballots_takes_ten_keys_each(box: int) -> None:
    ticks = count()
    sitting = Sitting(10, lambda: float(next(ticks)))
    typed(sitting, "1212312345" * box)
    assert len(sitting.ballots) == box and sitting.seconds == 1

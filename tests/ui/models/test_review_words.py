"""The words of the review pages: terms in working days, lights, what each state means for a branch."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from okr_desk.queries import cycles, review_desk
from okr_desk.review_terms import ReviewStep as Step
from okr_desk.rules.cycles import Calendar
from okr_desk.terms import Status
from okr_desk.ui.models import review_words as words
from tests.reviewed_township import Reviewed, reviewed
from tests.services.test_objections import decide, object_
from tests.services.test_reviews import TO_DELIVERY

NO_CALENDAR = Calendar()


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Reviewed]:
    made = reviewed(tmp_path / "小镇.okr")
    yield made
    made.store.close()


def calendar(town: Reviewed) -> Calendar:
    with town.store.read() as session:
        return cycles.calendar(session)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 10, 9), "还有 5 个工作日"),  # Saturday the 10th is worked
        (date(2026, 10, 14), "还有 1 个工作日"),
        (date(2026, 10, 15), "今天到期"),
        (date(2026, 10, 18), "已过 3 天"),
    ],
)
def test_a_term_is_told_in_working_days(town: Reviewed, day: date, said: str) -> None:
    assert words.left(date(2026, 10, 15), day, calendar(town)) == said


def test_without_a_calendar_days_are_days() -> None:
    assert words.left(date(2026, 10, 15), date(2026, 10, 9), NO_CALENDAR) == "还有 6 天"


def test_lights_say_whose_turn_it_is(town: Reviewed) -> None:
    day = date(2026, 10, 9)
    seen = [words.light(town.row(), day)]
    for step in TO_DELIVERY:
        town.take(step)
        seen.append(words.light(town.row(), day))
    assert seen == [Status.DUE, Status.WATCH, Status.WATCH, Status.WATCH, Status.NOT_STARTED]
    assert words.light(town.row(), date(2026, 10, 16)) is Status.BEHIND


def test_a_branch_reads_what_its_state_means(town: Reviewed) -> None:
    known, quarter = calendar(town), town.quarter()

    def said() -> str:
        return words.of_branch(town.row(), town.store.clock.today(), quarter, known)

    town.take(Step.SUBMIT)
    town.take(Step.RETURN, note="补台账。")
    assert said() == "镇党建办退回了自评：补台账。请修改后重新报送。"
    town.through(*TO_DELIVERY)
    key = object_(town)
    assert said() == "1 件申辩正在复核，10月22日前答复。"
    decide(town, key)
    assert said() == "申辩已经答复，10月15日前可以再次提出。您可以确认无异议，或提出申辩。"
    town.on(10, 19)
    assert said().endswith("期限已过，等镇党委审定。")
    for step, start in ((Step.DECIDE, "镇党委已经审定"), (Step.PUBLICISE, "正在公示，到 10月26日。")):
        town.take(step)
        assert said().startswith(start)
    town.on(10, 27)
    town.take(Step.FINALISE)
    assert said() == "本季评审已经定为最终。" and words.next_by_others(town.row()) == "本季评审已经办结。"


def test_the_office_reads_counts_and_what_ends_today(town: Reviewed) -> None:
    town.through(*TO_DELIVERY)
    town.on(10, 15)
    with town.store.read() as session:
        from okr_desk.queries import orgs

        of = [one for one in orgs.tree(session, town.quarter().ends_on) if one.kind == "branch"]
        desk = review_desk.desk(session, town.quarter(), of, town.office)
    assert words.of_desk(desk) == "2 个支部：待自评 1，申辩期 1；今天到期 1。"


def test_who_may_stand_in_is_known_before_the_form_is_filled_in(town: Reviewed) -> None:
    town.take(Step.SUBMIT, town.office)
    town.take(Step.OPINE)
    row = town.row(town.office)
    check = next(one for one in row.legal if one.step is Step.CHECK)
    assert words.needs_substitution(row, check) and words.may_take(row, check)
    assert words.by_when(row, Step.CHECK, town.quarter()) == ""

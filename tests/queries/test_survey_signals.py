"""What stands out in a round of a dozen villages: peers, two signals before a check, evidence and verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from okr_desk.clock import FixedClock
from okr_desk.queries import survey_results, survey_signals, surveys
from okr_desk.rules.ballots import BallotDraft
from okr_desk.rules.indicators import ValueDraft
from okr_desk.scoring.evidence import EvidenceGrade
from okr_desk.scoring.signals import Findings, SignalKind
from okr_desk.services import ballots, measured
from okr_desk.services.ballots import BallotRow, BatchDraft
from okr_desk.survey_terms import Channel
from okr_desk.terms import Origin
from tests.small_survey import Surveyed, surveyed

D = Decimal
NORMAL = ("12", "21", "22", "31", "13", "23", "32", "24", "12", "34", "11", "45", "43", "33", "54", "11", "1-", "02")
"""Two sheets of eighteen are all of the best level, one is all of the middle one, two are alike twice."""


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Iterator[Surveyed]:
    made = surveyed(tmp_path / "镇.okr", clock)
    yield made
    made.small.store.close()


def hand_in(town: Surveyed, org_id: int, answers: tuple[str, ...], minutes: int = 7, **more: object) -> None:
    """Ballots by QR code, one each `minutes` minutes, a minute long."""
    plain = BallotDraft(org_id, None, Channel.QR_CODE, "11", answered_on=date(2026, 9, 7))
    rows = tuple(
        BallotRow(replace(plain, answers=one, **more), minute=480 + at * minutes, seconds=60)  # type: ignore[arg-type]
        for at, one in enumerate(answers)
    )
    office = town.small.office
    with town.small.store.write(office) as session:
        ballots.record_batch(session, office, BatchDraft(town.round, "f", f"{org_id}-{len(answers)}", len(rows), rows))


def found(town: Surveyed, *org_ids: int) -> dict[int, Findings]:
    with town.small.store.read() as session:
        return survey_signals.signals_of(session, surveys.round_view(session, town.round), org_ids or None)


def kinds(one: Findings) -> set[SignalKind]:
    return {signal.kind for signal in one.signals}


def test_what_is_usual_among_peers_does_not_stand_out(town: Surveyed) -> None:
    of = town.villages(8)
    for org_id in of:
        hand_in(town, org_id, NORMAL)
    seen = found(town)
    assert set(seen) == set(of) and all(not one.signals and not one.check for one in seen.values())


def test_two_signals_ask_for_a_check_and_bar_the_verdict(town: Surveyed) -> None:
    odd, *rest = town.villages(8)
    hand_in(town, odd, ("11",) * 20, minutes=0)
    for org_id in rest:
        hand_in(town, org_id, NORMAL)
    one = found(town)[odd]
    assert kinds(one) == {SignalKind.ALL_BEST, SignalKind.BURST} and one.check and "请核查" in one.steps[-1]
    with town.small.store.read() as session:
        plain = survey_results.results(session, town.round, [odd]).branches[0]
        looked = survey_results.results(session, town.round, [odd], with_signals=True).branches[0]
    assert plain.findings is None and plain.evidence.grade is EvidenceGrade.C
    assert looked.findings == one and looked.evidence.grade is EvidenceGrade.D
    assert looked.evidence.obstacle == "有 2 项数据异常提示，请核查。"


def test_people_who_are_gathered_hand_in_at_once(town: Surveyed) -> None:
    odd, *rest = town.villages(8)
    hand_in(town, odd, NORMAL, minutes=0, channel=Channel.ON_SITE)
    for org_id in rest:
        hand_in(town, org_id, NORMAL)
    assert kinds(found(town)[odd]) == set()


def test_fewer_than_five_of_a_kind_are_not_compared(town: Surveyed) -> None:
    odd, *rest = town.villages(4)
    hand_in(town, odd, ("11",) * 20, minutes=0)
    for org_id in rest:
        hand_in(town, org_id, NORMAL)
    one = found(town)[odd]
    assert one.signals == () and "同类不足5个，不作比较。" in one.steps


def test_a_typed_rate_that_no_number_of_answers_gives_is_said(town: Surveyed) -> None:
    """17 of the eighteen answered the overall item: 88.2 is 15 ÷ 17, 88.5 is none of them."""
    hand_in(town, town.small.village, NORMAL)
    office = town.small.office
    for typed, impossible in (("88.2", set()), ("88.5", {SignalKind.IMPOSSIBLE})):
        draft = ValueDraft(
            town.small.village, town.rate, town.small.quarters[3], D(typed), date(2026, 9, 30), Origin.DEPARTMENT
        )
        with town.small.store.write(office) as session:
            measured.record_value(session, office, draft)
        assert kinds(found(town)[town.small.village]) == impossible


def test_only_branches_that_answered_are_looked_at(town: Surveyed) -> None:
    hand_in(town, town.small.village, NORMAL)
    assert set(found(town)) == {town.small.village} and found(town, town.small.school) == {}


def test_a_count_sheet_alone_has_no_patterns_to_compare(town: Surveyed) -> None:
    office = town.small.office
    with town.small.store.write(office) as session:
        ballots.record_count_sheet(session, office, town.sheet((10, 5, 3, 1, 1)))
    assert found(town)[town.small.village].signals == ()

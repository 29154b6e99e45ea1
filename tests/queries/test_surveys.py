"""Definitions and rounds as they stand: order of questions, what is frozen, how much has come in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from okr_desk.clock import FixedClock
from okr_desk.errors import Refusal
from okr_desk.queries import surveys
from okr_desk.services import ballots
from okr_desk.services import surveys as service
from okr_desk.survey_terms import Channel, RoundState
from tests.small_survey import TWENTY, Surveyed, a_round, surveyed


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Iterator[Surveyed]:
    made = surveyed(tmp_path / "镇.okr", clock)
    yield made
    made.small.store.close()


def test_a_definition_comes_back_as_it_was_asked(town: Surveyed) -> None:
    with town.small.store.read() as session:
        found = surveys.definition(session, town.definition)
    assert [(item.text, item.place) for item in found.items] == [
        ("服务态度", 0), ("总体评价", 1), ("最希望解决的一件事", None),
    ]  # fmt: skip
    assert [item.text for item in found.levels] == ["服务态度", "总体评价"] and found.overall.place == 1
    assert [group.name for group in found.groups] == ["党员", "村民"]
    assert found.channels[0] == (Channel.HOME_PAPER, Decimal(1))
    assert found.scores == (100, 80, 60, 30, 0) and (found.wide, found.narrow) == (3, 2)
    assert not found.is_frozen


def test_rounds_come_in_the_order_of_their_days_with_what_came_in(town: Surveyed) -> None:
    office = town.small.office
    with town.small.store.write(office) as session:
        earlier = service.open_round(session, office, a_round(town.definition, town.small.quarters[2], 2)).value
        ballots.record_count_sheet(session, office, town.sheet(TWENTY))
    town.store([town.ballot("11"), town.ballot("--", void_reason="空白")])
    with town.small.store.read() as session:
        found = surveys.rounds(session, 2026)
        assert surveys.rounds(session, 2025) == ()
        one = surveys.round_view(session, town.round)
    assert [view.id for view in found] == [earlier, town.round]
    assert (one.ballots, one.sheets, one.state) == (1, 1, RoundState.OPEN)
    assert one.definition.is_frozen and one.starts_on == date(2026, 9, 1)


def test_what_does_not_exist_is_refused(town: Surveyed) -> None:
    with town.small.store.read() as session:
        with pytest.raises(Refusal, match="没有这份测评表"):
            surveys.definition(session, 99)
        with pytest.raises(Refusal, match="没有这次测评"):
            surveys.round_view(session, 99)

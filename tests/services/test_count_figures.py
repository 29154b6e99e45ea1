"""What a count sheet says of itself is held against its votes: impossible figures first, then those that differ."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from okr_desk.clock import FixedClock
from okr_desk.errors import InputRefused
from okr_desk.services import ballots
from tests.small_survey import TWENTY, Surveyed, surveyed

D = Decimal


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Iterator[Surveyed]:
    made = surveyed(tmp_path / "镇.okr", clock)
    yield made
    made.small.store.close()


@pytest.mark.parametrize(
    ("more", "field", "words"),
    [
        ({"said_rate": D("92.3")}, "said_rate", "20 份有效答卷得不出 92.3%"),
        ({"said_rate": D(95)}, "said_rate", "第 2 题按票数算出的是 90，表上写的是 95"),
        ({"said_score": D("80.2")}, "said_score", "20 份有效答卷得不出 80.2 分"),
        ({"said_score": D(82)}, "said_score", "第 2 题按票数算出的是 80.5，表上写的是 82"),
    ],
)
def test_figures_on_the_paper_that_do_not_fit_are_refused(
    town: Surveyed, more: dict[str, Decimal], field: str, words: str
) -> None:
    office = town.small.office
    with town.small.store.write(office) as session, pytest.raises(InputRefused) as caught:
        ballots.record_count_sheet(session, office, town.sheet(TWENTY, **more))
    assert caught.value.field == field and caught.value.sentence.startswith(words)


def test_figures_that_fit_are_taken_in_the_decimals_they_were_written_in(town: Surveyed) -> None:
    office = town.small.office
    with town.small.store.write(office) as session:
        draft = town.sheet(TWENTY, said_rate=D(90), said_score=D("80.50"))
        assert ballots.record_count_sheet(session, office, draft).value
        assert ballots.record_count_sheet(session, office, town.sheet(TWENTY, said_score=D(81))).value  # 80.5 rounded

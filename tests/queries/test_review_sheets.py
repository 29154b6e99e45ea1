"""What was published is what bulletins, cards, notices and suggestions rest on, whatever the data do afterwards."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from okr_desk.queries import bulletin_reading, coefficients, followup_proposals, orgs, review_sheets, scores
from okr_desk.queries.objectives import OrgView
from okr_desk.review_terms import ReviewStep as Step
from tests.reviewed_township import Reviewed, reviewed


@pytest.fixture
def town(tmp_path: Path) -> Reviewed:
    return reviewed(tmp_path / "小镇.okr")


def village(town: Reviewed) -> OrgView:
    with town.store.read() as session:
        return orgs.view(session, town.village, town.quarter().ends_on)


def percents(town: Reviewed) -> tuple[Decimal | None, ...]:
    """As the sheet, the bulletin and the coefficients have it, and how it stands now."""
    quarter, of = town.quarter(), [village(town)]
    with town.store.read() as session:
        sheet = review_sheets.scored(session, quarter, of)[town.village].sheet
        told = next(
            one for one in bulletin_reading.facts(session, quarter, frozenset()).branches if one.id == town.village
        )
        suggested = coefficients.of_quarter(session, quarter, of).lines[0].score
        live = scores.sheets(session, quarter, of)[0].sheet
    assert sheet is not None and live is not None
    return sheet.percent, told.percent, suggested, live.percent


def test_before_the_delivery_everything_follows_the_data(town: Reviewed) -> None:
    first = percents(town)
    town.scored.measure("B08", "85")
    second = percents(town)
    assert len(set(first)) == len(set(second)) == 1 and second[0] != first[0]


def test_after_it_nothing_moves_with_data_that_come_late(town: Reviewed) -> None:
    town.through(Step.SUBMIT, Step.OPINE, Step.CHECK, Step.DELIVER)
    before = percents(town)
    town.scored.measure("B08", "85")
    *published, live = percents(town)
    assert set(published) == set(before) and live not in published
    with town.store.read() as session:
        of = [village(town)]
        read = scores.sheets(session, town.quarter(), of)
        kept = review_sheets.scored(session, town.quarter(), of, [replace(read[0], progress=Decimal("0.42"))])
        proposed = followup_proposals.proposals(session, town.quarter(), of)
    assert kept[town.village].progress == Decimal("0.42") and kept[town.village].sheet != read[0].sheet
    assert [one for one in proposed if "到会率" in one.draft.problem and "80" in one.draft.fact]

"""Many reviews a part at a time: all or nothing when it is stopped, and everybody who could not go is named."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from okr_desk.errors import Cancelled, IllegalMove, InputRefused
from okr_desk.review_terms import Party, ReviewState
from okr_desk.review_terms import ReviewStep as Step
from okr_desk.rules.reviews import LineDraft, StepDraft
from okr_desk.services import review_bulk, reviews
from tests.reviewed_township import Reviewed, reviewed
from tests.services.test_reviews import line, points


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reviewed]:
    monkeypatch.setattr(review_bulk, "PART", 1)
    made = reviewed(tmp_path / "小镇.okr")
    made.take(Step.SUBMIT)
    yield made
    made.store.close()


def both(town: Reviewed, step: Step = Step.OPINE) -> list[StepDraft]:
    return [town.draft(step, org_id=one) for one in (town.village, town.scored.small.school)]


def test_those_of_a_part_that_cannot_go_are_named(town: Reviewed) -> None:
    seen: list[tuple[int, int]] = []
    with town.store.write(town.office) as session:
        moved = review_bulk.steps(session, town.office, both(town), progress=lambda *at: seen.append(at)).value
    assert moved.count == 1 and [one.org for one in moved.refused] == ["中心小学党支部"]
    assert seen == [(1, 2), (2, 2)] and town.state() is ReviewState.OPINED


def test_where_none_can_go_the_first_reason_is_said(town: Reviewed) -> None:
    with pytest.raises(IllegalMove, match="现在是“已报自评”"), town.store.write(town.office) as session:
        review_bulk.steps(session, town.office, both(town, Step.DELIVER))


def test_stopped_half_way_nothing_is_written(town: Reviewed) -> None:
    with town.store.write(town.office) as session:
        reviews.step(session, town.office, town.draft(Step.SUBMIT, org_id=town.scored.small.school))

    def stop(made: int, _total: int) -> None:
        if made == 1:
            raise Cancelled("停")

    with pytest.raises(Cancelled), town.store.write(town.office) as session:
        review_bulk.steps(session, town.office, both(town), progress=stop)
    assert town.state() is ReviewState.SUBMITTED


def test_lines_and_wholes_of_a_branch_are_set_together_or_not_at_all(town: Reviewed) -> None:
    lines = [LineDraft(line(town, "B09"), Decimal(1), "漏收一人")]
    with pytest.raises(InputRefused), town.store.write(town.office) as session:
        review_bulk.set_points(session, town.office, town.quarter_id, town.village, lines, {Party.PEERS: Decimal(101)})
    assert points(town, "B09") == 2
    with town.store.write(town.office) as session:
        made = review_bulk.set_points(
            session, town.office, town.quarter_id, town.village, lines, {Party.PEERS: Decimal(90)}
        )
    assert made.value == 2 and made.changes.orgs == frozenset({town.village}) and points(town, "B09") == 1

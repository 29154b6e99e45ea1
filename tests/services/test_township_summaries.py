"""The summary of the township is frozen with the last branch that becomes final; a correction is another version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from okr_desk.model import audit_check
from okr_desk.model.tables import Review
from okr_desk.queries import documents, publications, review_papers
from okr_desk.queries.dashboard import Township
from okr_desk.queries.publications import Publication
from okr_desk.reports import township_summary
from okr_desk.review_terms import PublicationKind, ReviewState
from okr_desk.review_terms import ReviewStep as Step
from okr_desk.services import reviews
from okr_desk.services.permits import SETUP
from tests.reviewed_township import Reviewed, reviewed


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Reviewed]:
    """The village has gone all the way and its term of publicity is over; the school is about to be final, too."""
    made = reviewed(tmp_path / "镇.okr")
    made.through(Step.SUBMIT, Step.OPINE, Step.CHECK, Step.DELIVER, Step.AGREE)
    made.take(Step.DECIDE, made.second)
    made.take(Step.PUBLICISE)
    made.on(11, 20)
    yield made
    made.store.close()


def printed(town: Reviewed) -> Township:
    with town.store.read() as session:
        (found,) = documents.snapshots(session, "summary", town.quarter(), ())
    assert isinstance(found, Township)
    return found


def published(town: Reviewed) -> list[Publication]:
    with town.store.read() as session:
        assert audit_check.first_fault(session) is None
        return list(publications.publications(session, PublicationKind.SUMMARY))


def finalise_school(town: Reviewed) -> None:
    with town.store.write(SETUP) as session:
        row = Review(
            org_id=town.scored.small.school,
            quarter_id=town.quarter_id,
            number="评审2026-3-002",
            state=ReviewState.FINAL.value,
        )
        session.add(row)


def test_nothing_is_frozen_while_a_branch_is_not_final(town: Reviewed) -> None:
    town.take(Step.FINALISE)
    assert published(town) == []


def test_the_last_one_freezes_it_for_ever(town: Reviewed, tmp_path: Path) -> None:
    finalise_school(town)
    town.take(Step.FINALISE)
    (one,) = published(town)
    assert (one.number, one.version, one.org_id) == ("汇总2026-3", 1, None)
    before = printed(town)
    assert before.digest == one.digest and len(before.rows) == 2
    town.scored.measure("B08", "60")
    town.on(12, 20)
    assert printed(town) == before
    made = township_summary.render([before], tmp_path / "s.pdf", printed_at=town.store.clock.now(), bundled_fonts=True)
    assert made.pages == 1
    with town.store.read() as session:
        filed = review_papers.archive(session, town.quarter()).rows
    assert ("全镇汇总表", "汇总2026-3", "全镇") in {(row.name, row.number, row.org) for row in filed}


def test_a_correction_that_moves_no_figure_of_it_keeps_its_version(town: Reviewed) -> None:
    finalise_school(town)
    town.take(Step.FINALISE)
    with town.store.write(town.second) as session:
        draft = replace(town.draft(Step.CORRECT, by="赵海"), dated_on=date(2026, 11, 20))
        reviews.step(session, town.second, draft)
    assert [one.version for one in published(town)] == [1]

"""The desk of reviews follows a step: the branch that moved is read again, the others are not scored anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from okr_desk.queries import orgs, review_desk, scores
from okr_desk.queries.review_desk import ReviewDesk
from okr_desk.review_terms import ReviewState
from okr_desk.review_terms import ReviewStep as Step
from okr_desk.rules.objections import ObjectionDraft
from okr_desk.services import objections
from okr_desk.terms import OrgKind
from tests.reviewed_township import Reviewed, reviewed


@pytest.fixture
def town(tmp_path: Path) -> Reviewed:
    return reviewed(tmp_path / "小镇.okr")


def read(town: Reviewed) -> ReviewDesk:
    with town.store.read() as session:
        quarter = town.quarter()
        of = [org for org in orgs.tree(session, quarter.ends_on) if org.kind == OrgKind.BRANCH]
        return review_desk.desk(session, quarter, of, town.office)


def test_only_the_branch_that_moved_is_scored_again(town: Reviewed, monkeypatch: pytest.MonkeyPatch) -> None:
    before = read(town)
    assert len(before.rows) > 1
    town.take(Step.SUBMIT)
    scored: list[int] = []
    real = scores.sheets
    monkeypatch.setattr(
        scores,
        "sheets",
        lambda session, quarter, of: (scored.extend(one.id for one in of), real(session, quarter, of))[1],
    )
    with town.store.read() as session:
        after = review_desk.follow(session, before, {town.village, 999}, town.office)
    assert scored == [town.village]
    monkeypatch.undo()
    assert after == read(town) and after != before
    moved = after.row(town.village)
    assert moved is not None and moved.state is not ReviewState.DRAFTING


def test_an_objection_comes_and_goes_with_its_branch(town: Reviewed) -> None:
    town.through(Step.SUBMIT, Step.OPINE, Step.CHECK, Step.DELIVER)
    before = read(town)
    draft = ObjectionDraft(town.quarter_id, town.village, "台账漏记两次", "李旭昇")
    with town.store.write(town.secretary) as session:
        made = objections.object_(session, town.secretary, draft)
    with town.store.read() as session:
        after = review_desk.follow(session, before, made.changes.orgs or (), town.office)
        kept = review_desk.follow(session, after, (), town.office)
    assert after == kept == read(town) and len(after.objections) == 1

"""A new year starts from last year's objectives: final values become baselines, what is finished stays behind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from okr_desk.clock import FixedClock
from okr_desk.errors import WrongState
from okr_desk.model.store import now
from okr_desk.model.tables import CheckIn, KeyResult, KeyResultPlan, MilestoneNode, Objective
from okr_desk.services import adjustments, approvals, carry_over, objectives
from okr_desk.terms import KrKind
from tests.small_township import Small, bare, build, metric, objective

D = Decimal


@pytest.fixture
def small(tmp_path: Path, clock: FixedClock) -> Iterator[Small]:
    town = build(tmp_path / "镇.okr", clock)
    yield town
    town.store.close()


def said(session: Session, small: Small, key_result: int, **more: object) -> None:
    plain = {"as_of": date(2026, 12, 31), "basis": "own", "account_id": small.office.account_id}
    session.add(
        CheckIn(key_result_id=key_result, quarter_id=small.quarters[4], recorded_at=now(session), **{**plain, **more})  # type: ignore[arg-type]
    )


def test_a_year_is_copied_as_drafts_with_final_values_as_baselines(small: Small) -> None:
    drafts = (
        metric(plan=(D(67), D(75), D(82), D(90))),
        metric("KR1.2"),
        bare(KrKind.YES_NO, "KR1.3"),
        bare(KrKind.MILESTONE, "KR1.4", nodes=(("立项", D(20)), ("验收", D(80)))),
        metric("KR1.5"),
    )
    with small.store.write(small.office) as session:
        top = objectives.create(session, small.office, objective(small.township, "T1")).value
        objectives.create(session, small.office, objective(small.township, "T1", year=2027))
        above = objectives.create(session, small.office, objective(small.village, aligned_to_id=top)).value
        ids = [objectives.create_key_result(session, small.office, above, draft).value for draft in drafts]
        approvals.submit(session, small.office, [above])
        approvals.approve(session, small.office, [above])
        adjustments.stop_key_result(session, small.office, ids[4], "取消")
        said(session, small, ids[0], value=D(88))
        said(session, small, ids[2], done=True)
        said(session, small, ids[3])
    with small.store.write(small.secretary) as session:
        outcome = carry_over.copy_from(session, small.secretary, small.village, 2026, 2027)
    assert outcome.notices == ("请核对：KR1.2 没有取到上年末数值，基线仍是原来的。",)
    with small.store.rows() as session:
        row = session.get(Objective, outcome.value[0])
        assert row is not None and (row.year, row.state) == (2027, "draft")
        aligned = session.get(Objective, row.aligned_to_id)
        assert aligned is not None and (aligned.code, aligned.year) == ("T1", 2027)
        copies = session.exec(select(KeyResult).where(KeyResult.objective_id == row.id).order_by(col(KeyResult.code)))
        first, second, milestone = copies.all()
        assert (first.baseline, first.baseline_on, first.baseline_source) == (D(88), date(2026, 12, 31), "2026年末实绩")
        assert (second.baseline, milestone.code) == (D(60), "KR1.4")
        assert len(session.exec(select(MilestoneNode).where(MilestoneNode.key_result_id == milestone.id)).all()) == 2
        assert session.exec(select(KeyResultPlan).where(KeyResultPlan.key_result_id == first.id)).all() == []
    with pytest.raises(WrongState, match="已有目标"), small.store.write(small.secretary) as session:
        carry_over.copy_from(session, small.secretary, small.village, 2026, 2027)


def test_nothing_to_copy_is_said(small: Small) -> None:
    with pytest.raises(WrongState, match="没有可复制的目标"), small.store.write(small.office) as session:
        carry_over.copy_from(session, small.office, small.village, 2026, 2027)

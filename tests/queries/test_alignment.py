"""Who serves which objective of the township, and what was said on a key result."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from okr_desk.clock import FixedClock
from okr_desk.model.store import now
from okr_desk.model.tables import CheckIn
from okr_desk.queries import alignment, conversation
from okr_desk.rules.indicators import BaselineDraft, TargetDraft, ValueDraft
from okr_desk.scoring.pace import Thresholds
from okr_desk.services import adjustments, approvals, indicators, objectives
from okr_desk.services.permits import SETUP
from okr_desk.terms import KrKind, OrgKind, Origin, Status
from okr_desk.ui.models.objective_lines import alignment_sentence
from tests.small_township import Small, _org, bare, build, metric, objective

D = Decimal


@pytest.fixture
def small(tmp_path: Path, clock: FixedClock) -> Iterator[Small]:
    town = build(tmp_path / "镇.okr", clock)
    yield town
    town.store.close()


def approve(small: Small, org_id: int, aligned_to: int | None, value: str) -> int:
    """An approved objective whose one metric stands at `value` in the third quarter; gives the key result."""
    with small.store.write(small.office) as session:
        above = objectives.create(session, small.office, objective(org_id, aligned_to_id=aligned_to)).value
        below = objectives.create_key_result(session, small.office, above, metric()).value
        approvals.submit(session, small.office, [above])
        approvals.approve(session, small.office, [above])
        said(session, small, below, value=D(value))
    return below


def said(session: object, small: Small, key_result: int, **more: object) -> None:
    plain = {"as_of": date(2026, 9, 28), "basis": "paper", "account_id": small.office.account_id}
    row = CheckIn(
        key_result_id=key_result,
        quarter_id=small.quarters[3],
        recorded_at=now(session),  # type: ignore[arg-type]
        **{**plain, **more},  # type: ignore[arg-type]
    )
    session.add(row)  # type: ignore[attr-defined]


def test_branches_count_equally_and_the_unaligned_stand_apart(small: Small) -> None:
    with small.store.write(small.office) as session:
        top = objectives.create(session, small.office, objective(small.township, "T1")).value
    approve(small, small.village, top, "75")  # (75-60)/(90-60) = 0.5
    approve(small, small.school, top, "90")  # 1
    with small.store.write(small.office) as session:
        objectives.create(session, small.office, objective(small.school, "O2"))
    with small.store.read() as session:
        shown = alignment.alignment(session, small.township, 2026, 3)
    (served,) = shown.objectives
    assert [one.org.short_name for one in served.below] == ["青石村党支部", "中心小学党支部"]
    assert served.mean.progress == D("0.75")
    assert [one.objective.code for one in shown.loose] == ["O2"]
    assert shown.branches == 2 and shown.submitted == ()


def test_a_general_branch_shows_what_its_branches_serve_further_up(small: Small) -> None:
    """One of its branches serves T1 of the township, one serves nothing; T2 is served by nobody here."""
    with small.store.write(SETUP) as session:
        general = _org(session, OrgKind.GENERAL_BRANCH, "滨河社区党总支", small.township, None)
        first = _org(session, OrgKind.BRANCH, "滨河社区第一党支部", general, None)
    with small.store.write(small.office) as session:
        top = objectives.create(session, small.office, objective(small.township, "T1")).value
        objectives.create(session, small.office, objective(small.township, "T2"))
    approve(small, small.village, top, "60")
    approve(small, first, top, "75")  # (75-60)/(90-60) = 0.5
    with small.store.write(small.office) as session:
        objectives.create(session, small.office, objective(first, "O2"))
    with small.store.read() as session:
        shown = alignment.alignment(session, general, 2026, 3)
    (served,) = shown.objectives
    assert (served.objective.code, served.is_own) == ("T1", False)
    assert [one.org.short_name for one in served.below] == ["滨河社区第一党支部"]
    assert served.mean.progress == D("0.5")
    assert [one.objective.code for one in shown.loose] == ["O2"]
    assert alignment_sentence(shown) == "2026年第三季度：1 个支部的目标对应上级 1 个目标，另有 1 个支部目标还没有对应。"


def test_an_objective_has_the_light_of_its_means(small: Small) -> None:
    approve(small, small.village, None, "61")
    with small.store.read() as session:
        shown = alignment.alignment(session, small.township, 2026, 3)
    standing = alignment.standing(shown.loose[0].objective, Thresholds())
    expected = shown.loose[0].objective.key_results[0].pace.expected
    assert standing.expected == expected
    assert standing.status in (Status.BEHIND, Status.WATCH)


def test_the_conversation_holds_statements_and_adjustments_newest_first(small: Small) -> None:
    below = approve(small, small.village, None, "75")
    with small.store.write(small.office) as session:
        said(session, small, below, value=D(76), progress_note="更正", superseded_at=now(session), withdrawn=True)
        adjustments.change_key_result(session, small.office, below, metric(target=D(85)), "项目缓建")
    with small.store.read() as session:
        remarks = conversation.of_key_result(session, below)
        assert conversation.of_key_result(session, 999) == ()
    assert [remark.said for remark in remarks] == ["目标值：90% → 85%", "75%", "76%"]
    assert (remarks[0].source, remarks[0].note, remarks[0].quarter, remarks[0].by) == ("调整", "项目缓建", None, "王玥")
    assert (remarks[1].source, remarks[1].quarter, remarks[1].is_past) == ("纸质表", 3, False)
    assert remarks[2].was_withdrawn and remarks[2].is_past


def test_values_of_the_indicator_belong_to_the_conversation(small: Small) -> None:
    where = (small.village, small.attendance)
    with small.store.write(small.office) as session:
        indicators.set_baseline(session, small.office, BaselineDraft(*where, 2026, D(70), date(2025, 12, 31), "报表"))
        indicators.set_target(session, small.office, TargetDraft(*where, 2026, D(85)))
        above = objectives.create(session, small.office, objective(small.village)).value
        linked = bare(KrKind.METRIC, indicator_id=small.attendance)
        below = objectives.create_key_result(session, small.office, above, linked).value
        draft = ValueDraft(*where, small.quarters[3], D("79.1"), date(2026, 9, 28), Origin.DEPARTMENT, "通报")
        indicators.record_value(session, small.office, draft)
        indicators.set_target(session, small.office, TargetDraft(*where, 2026, D(80), "人口外流"))
    with small.store.read() as session:
        remarks = conversation.of_key_result(session, below)
    assert {(remark.source, remark.said) for remark in remarks} == {
        ("部门提供", "79.1"),
        ("调整", "目标值：85% → 80%"),
    }

"""Objectives: drawn up by the branch, approved by the township, afterwards changed only with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import col, select

from okr_desk.clock import FixedClock
from okr_desk.errors import InputRefused, NotAllowed, WrongState
from okr_desk.model import audit
from okr_desk.model.store import now
from okr_desk.model.tables import (
    Adjustment,
    CheckIn,
    CheckInNode,
    KeyResult,
    KeyResultPlan,
    MilestoneNode,
    Objective,
)
from okr_desk.queries import board as boards
from okr_desk.queries import cycles, objective_drafts, rollups
from okr_desk.queries.objectives import Board
from okr_desk.rules.checkins import CheckInDraft
from okr_desk.rules.indicators import BaselineDraft, TargetDraft
from okr_desk.rules.permissions import Actor
from okr_desk.services import adjustments, approvals, checkins, indicators, objectives
from okr_desk.services.outcome import Topic
from okr_desk.services.permits import SETUP
from okr_desk.terms import ApprovalState, Direction, KrKind
from tests.small_township import ENDS, Small, bare, build, metric, objective

D = Decimal


@pytest.fixture
def small(tmp_path: Path, clock: FixedClock) -> Iterator[Small]:
    town = build(tmp_path / "镇.okr", clock)
    yield town
    town.store.close()


def drawn_up(small: Small, *drafts: object, actor: Actor | None = None) -> tuple[int, list[int]]:
    """An objective of the village with key results, still a draft."""
    actor = actor or small.secretary
    with small.store.write(actor) as session:
        above = objectives.create(session, actor, objective(small.village)).value
        below = [objectives.create_key_result(session, actor, above, d).value for d in drafts]  # type: ignore[arg-type]
    return above, below


def approved(small: Small, *drafts: object) -> tuple[int, list[int]]:
    """The same, submitted and approved."""
    above, below = drawn_up(small, *drafts)
    with small.store.write(small.secretary) as session:
        approvals.submit(session, small.secretary, [above])
    with small.store.write(small.office) as session:
        approvals.approve(session, small.office, [above])
    return above, below


def states(small: Small) -> list[str]:
    with small.store.rows() as session:
        return [row.state for row in session.exec(select(Objective))] + [
            row.state for row in session.exec(select(KeyResult).order_by(col(KeyResult.id)))
        ]


def test_a_secretary_draws_up_the_own_branch(small: Small) -> None:
    plan = (D(67), D(75), D(82), D(90))
    with small.store.write(small.secretary) as session:
        outcome = objectives.create(session, small.secretary, objective(small.village))
        objectives.create_key_result(session, small.secretary, outcome.value, metric(plan=plan))
    assert outcome.changes.topics == {Topic.OBJECTIVES}
    with small.store.rows() as session:
        row = session.exec(select(KeyResult)).one()
        assert objective_drafts.draft_of(session, row) == metric(plan=plan)
        assert session.exec(select(Objective)).one().state == ApprovalState.DRAFT
        assert audit.first_broken(session) is None
    assert {entry.table for entry in small.trail()[-6:]} == {"objective", "keyresult", "keyresultplan"}


def test_another_branch_is_refused_and_the_denial_recorded(small: Small) -> None:
    above, (below,) = drawn_up(small, metric())
    tries = (
        lambda s: objectives.create(s, small.stranger, objective(small.village, "O2")),
        lambda s: objectives.revise_key_result(s, small.stranger, below, metric(weight=D(1))),
        lambda s: objectives.remove(s, small.stranger, above),
        lambda s: approvals.submit(s, small.stranger, [above]),
    )
    for attempt in tries:
        before = len(small.trail())
        with pytest.raises(NotAllowed), small.store.write(small.stranger) as session:
            attempt(session)
        denied = small.trail()[before:]
        assert [(entry.action, entry.account_id) for entry in denied] == [("denied", small.stranger.account_id)]
    assert states(small) == ["draft", "draft"]


def test_the_branch_cannot_approve_itself(small: Small) -> None:
    above, _below = drawn_up(small, metric())
    with small.store.write(small.secretary) as session:
        approvals.submit(session, small.secretary, [above])
    with pytest.raises(NotAllowed), small.store.write(small.secretary) as session:
        approvals.approve(session, small.secretary, [above])
    assert states(small) == ["submitted", "submitted"]


def test_submitted_returned_with_an_opinion_and_approved(small: Small) -> None:
    above, (below,) = drawn_up(small, metric())
    with small.store.write(small.secretary) as session:
        approvals.submit(session, small.secretary, [above])
    with pytest.raises(WrongState, match="正在等镇党建办审核"), small.store.write(small.secretary) as session:
        objectives.revise_key_result(session, small.secretary, below, metric(weight=D(50)))
    with pytest.raises(InputRefused, match="退回须写明意见"), small.store.write(small.office) as session:
        approvals.send_back(session, small.office, [above], " ")
    with small.store.write(small.office) as session:
        approvals.send_back(session, small.office, [above], "目标偏低")
    with small.store.rows() as session:
        row = session.exec(select(Objective)).one()
        assert (row.state, row.state_reason) == ("returned", "目标偏低")
    with small.store.write(small.secretary) as session:
        objectives.revise_key_result(session, small.secretary, below, metric(target=D(95)))
        approvals.submit(session, small.secretary, [above])
    with small.store.write(small.office) as session:
        approvals.approve(session, small.office, [above])
    with small.store.rows() as session:
        row = session.exec(select(Objective)).one()
        assert (row.approved_by, row.state_reason) == (small.office.account_id, "")
        assert row.approved_at is not None
    assert states(small) == ["approved", "approved"]
    with pytest.raises(WrongState, match="办理调整"), small.store.write(small.secretary) as session:
        objectives.revise_key_result(session, small.secretary, below, metric(target=D(70)))


def test_an_objective_without_key_results_cannot_be_submitted(small: Small) -> None:
    above, _none = drawn_up(small)
    with pytest.raises(InputRefused, match="“O1”还没有关键结果"), small.store.write(small.secretary) as session:
        approvals.submit(session, small.secretary, [above])


def test_a_linked_key_result_waits_for_the_line_of_its_indicator(small: Small) -> None:
    linked = bare(KrKind.METRIC, indicator_id=small.attendance)
    above, (below,) = drawn_up(small, linked)
    with small.store.rows() as session:
        row = session.get(KeyResult, below)
        assert row is not None and (row.unit, row.baseline, row.target, row.direction) == ("%", None, None, "")
    with pytest.raises(InputRefused, match="还没有基线和目标值"), small.store.write(small.secretary) as session:
        approvals.submit(session, small.secretary, [above])
    with small.store.write(small.office) as session:
        indicators.set_baseline(
            session,
            small.office,
            BaselineDraft(small.village, small.attendance, 2026, D(70), date(2025, 12, 31), "报表"),
        )
        indicators.set_target(session, small.office, TargetDraft(small.village, small.attendance, 2026, D(85)))
    with small.store.write(small.secretary) as session:
        approvals.submit(session, small.secretary, [above])
    assert states(small) == ["submitted", "submitted"]


@pytest.mark.parametrize(
    ("draft", "sentence", "field"),
    [
        (metric(baseline=None), "没有基线不能起算", "baseline"),
        (metric(baseline_on=None), "截至哪一天", "baseline_on"),
        (metric(baseline_on=date(2026, 10, 9)), "还没有到", "baseline_on"),
        (metric(baseline_source=" "), "请填写基线来源", "baseline_source"),
        (metric(target=None), "请填写目标值", "target"),
        (metric(target=D(60)), "改用“守底线”", "target"),
        (metric(target=D(50)), "方向是“上升”，目标却低于基线", "target"),
        (metric(direction=Direction.DOWN), "方向是“下降”，目标却高于基线", "target"),
        (metric(direction=None), "请选择方向", "direction"),
        (metric(weight=D(0)), "权重须大于 0", "weight"),
        (metric(title=" "), "请填写“关键结果”", "title"),
        (metric(nodes=(("立项", D(1)),)), "只有里程碑可以设节点", "nodes"),
        (metric(decimals=0, plan=(D("1.5"), None, None, None)), "请填整数", "plan"),
        (metric(plan=(D("Infinity"), None, None, None)), "不是数字", "plan"),
        (bare(KrKind.MILESTONE), "至少填写一个节点", "nodes"),
        (bare(KrKind.MILESTONE, nodes=(("立项", D(50)), ("立项 ", D(50)))), "名称有重复", "nodes"),
        (bare(KrKind.MILESTONE, nodes=(("立项", D(0)),)), "权重须大于 0", "nodes"),
        (
            bare(KrKind.MILESTONE, nodes=(("立项", D(1)),), plan=(D(50), D(20), None, None)),
            "不能回落",
            "plan",
        ),
        (
            bare(KrKind.MILESTONE, nodes=(("立项", D(1)),), plan=(D(101), None, None, None)),
            "须在 0 至 100 之间",
            "plan",
        ),
        (bare(KrKind.GUARD_RAIL, target=D(0)), "守底线请选择", "direction"),
        (bare(KrKind.GUARD_RAIL, direction=Direction.AT_MOST), "请填写底线", "target"),
        (bare(KrKind.GUARD_RAIL, direction=Direction.BETWEEN, target=D(1)), "请填写上限", "upper"),
        (bare(KrKind.GUARD_RAIL, direction=Direction.BETWEEN, target=D(3), upper=D(1)), "上限小于下限", "upper"),
        (
            bare(KrKind.GUARD_RAIL, direction=Direction.BETWEEN, target=D(1), upper=D(3), slack=D(0)),
            "允许偏离须大于 0",
            "slack",
        ),
        (bare(KrKind.YES_NO, plan=(D(2), None, None, None)), "只标明哪一季完成", "plan"),
        (bare(KrKind.YES_NO, indicator_id=1), "“是否”不能关联指标", "indicator_id"),
        (metric(indicator_id=1), "这里不再另填", "target"),
        (bare(KrKind.METRIC, indicator_id=999), "不存在或已停用", "indicator_id"),
    ],
)
def test_a_draft_that_cannot_start_is_refused(small: Small, draft: object, sentence: str, field: str) -> None:
    with pytest.raises(InputRefused, match=sentence) as refused:
        drawn_up(small, draft)
    assert refused.value.field == field
    with small.store.rows() as session:
        assert session.exec(select(Objective)).all() == []


def test_weights_that_do_not_sum_are_told(small: Small) -> None:
    with small.store.write(small.secretary) as session:
        first = objectives.create(session, small.secretary, objective(small.village, weight=D(50)))
        second = objectives.create(session, small.secretary, objective(small.village, "O2", weight=D(50)))
        told = objectives.create_key_result(session, small.secretary, first.value, metric(weight=D(70)))
    assert first.notices == ("各目标的权重合计 50，不是 100，计算时按比例折算。",)
    assert second.notices == ()
    assert told.notices == ("O1 各关键结果的权重合计 70，不是 100，计算时按比例折算。",)


def test_alignment_leads_up_within_the_year(small: Small) -> None:
    with small.store.write(small.office) as session:
        top = objectives.create(session, small.office, objective(small.township, "T1")).value
        later = objectives.create(session, small.office, objective(small.township, "T1", year=2027)).value
        beside = objectives.create(session, small.office, objective(small.school)).value
        own = objectives.create(session, small.office, objective(small.village, aligned_to_id=top)).value
    refused = {
        later: "同一年度",
        beside: "只能对应上级党组织的目标",
        own: "只能对应上级党组织的目标",
        999: "已不存在",
    }
    for aligned, sentence in refused.items():
        with pytest.raises(InputRefused, match=sentence) as error, small.store.write(small.office) as session:
            objectives.revise(session, small.office, own, objective(small.village, aligned_to_id=aligned))
        assert error.value.field == "aligned_to_id"
    with pytest.raises(InputRefused, match="只能对应上级"), small.store.write(small.office) as session:
        objectives.revise(session, small.office, top, objective(small.township, "T1", aligned_to_id=own))
    with small.store.rows() as session:
        choices = objective_drafts.alignable(session, small.village, 2026)
    assert [(choice.id, choice.org_name, choice.code) for choice in choices] == [(top, "青山镇", "T1")]
    with pytest.raises(WrongState, match="有 1 个下级目标对应“T1”"), small.store.write(small.office) as session:
        objectives.remove(session, small.office, top)


def test_codes_are_unique_where_they_are_used(small: Small) -> None:
    above, _below = drawn_up(small, metric())
    with pytest.raises(InputRefused, match="已有编号为“O1”的目标"), small.store.write(small.secretary) as session:
        objectives.create(session, small.secretary, objective(small.village))
    with pytest.raises(InputRefused, match="已有编号为“KR1"), small.store.write(small.secretary) as session:
        objectives.create_key_result(session, small.secretary, above, metric())


def test_a_draft_is_removed_with_everything_below(small: Small) -> None:
    nodes = (("立项", D(20)), ("验收", D(80)))
    above, _below = drawn_up(small, metric(plan=(D(1), None, None, None)), bare(KrKind.MILESTONE, "K2", nodes=nodes))
    with small.store.write(small.secretary) as session:
        objectives.remove(session, small.secretary, above)
    with small.store.rows() as session:
        for table in (Objective, KeyResult, KeyResultPlan, MilestoneNode):
            assert session.exec(select(table)).all() == []
    assert [entry.action for entry in small.trail()].count("delete") == 6


def test_a_key_result_moves_to_another_objective(small: Small) -> None:
    above, (below,) = drawn_up(small, metric())
    with small.store.write(small.office) as session:
        other = objectives.create(session, small.office, objective(small.village, "O2")).value
        foreign = objectives.create(session, small.office, objective(small.school)).value
    with pytest.raises(InputRefused, match="本支部同一年度"), small.store.write(small.office) as session:
        objectives.move_key_result(session, small.office, below, foreign)
    with small.store.write(small.secretary) as session:
        assert objectives.move_key_result(session, small.secretary, below, other).changes
        assert not objectives.move_key_result(session, small.secretary, below, other).changes
    with small.store.rows() as session:
        row = session.get(KeyResult, below)
        assert row is not None and row.objective_id == other != above


def test_after_approval_a_change_is_an_adjustment_with_reason(small: Small) -> None:
    above, (below,) = approved(small, metric())
    with pytest.raises(InputRefused, match="须写明理由"), small.store.write(small.office) as session:
        adjustments.change_key_result(session, small.office, below, metric(target=D(85)), "")
    with pytest.raises(NotAllowed), small.store.write(small.secretary) as session:
        adjustments.change_key_result(session, small.secretary, below, metric(target=D(85)), "改低")
    with small.store.write(small.office) as session:
        changed = metric(target=D(85), weight=D(60), plan=(D(65), None, None, D(85)))
        outcome = adjustments.change_key_result(session, small.office, below, changed, "项目缓建")
        assert not adjustments.change_key_result(session, small.office, below, changed, "").changes
    assert outcome.notices == ("O1 各关键结果的权重合计 60，不是 100，计算时按比例折算。",)
    with small.store.rows() as session:
        notes = session.exec(select(Adjustment).order_by(col(Adjustment.id))).all()
        assert [(note.what, note.before, note.after) for note in notes] == [
            ("权重", "100", "60"),
            ("目标值", "90%", "85%"),
            ("分期计划", "— / — / — / —", "65 / — / — / 85"),
        ]
        assert {(note.reason, note.account_id, note.made_on) for note in notes} == {
            ("项目缓建", small.office.account_id, date(2026, 10, 8))
        }
        assert {(note.objective_id, note.key_result_id) for note in notes} == {(above, below)}
        row = session.get(KeyResult, below)
        assert row is not None and (row.target, row.state) == (D(85), "approved")


def test_kind_and_indicator_stay_after_approval(small: Small) -> None:
    _above, (below,) = approved(small, metric())
    with pytest.raises(InputRefused, match="批准后不能改类型"), small.store.write(small.office) as session:
        adjustments.change_key_result(session, small.office, below, bare(KrKind.YES_NO), "改")


def test_adding_to_an_approved_plan_counts_at_once(small: Small) -> None:
    above, _below = approved(small, metric())
    with small.store.write(small.office) as session:
        adjustments.add_key_result(session, small.office, above, bare(KrKind.YES_NO, "KR1.2"), "上级新部署")
        other = adjustments.add_objective(session, small.office, objective(small.village, "O2"), "上级新部署")
    assert other.notices == ("各目标的权重合计 200，不是 100，计算时按比例折算。",)
    assert states(small) == ["approved", "approved", "approved", "approved"]
    with small.store.rows() as session:
        assert [note.what for note in session.exec(select(Adjustment))] == ["增加", "增加"]
    linked = bare(KrKind.METRIC, "KR1.3", indicator_id=small.attendance)
    with pytest.raises(InputRefused, match="还没有基线和目标值"), small.store.write(small.office) as session:
        adjustments.add_key_result(session, small.office, above, linked, "上级新部署")


def later(small: Small) -> tuple[int, int]:
    """A second objective that the secretary hands in once the plan is in force."""
    with small.store.write(small.secretary) as session:
        above = objectives.create(session, small.secretary, objective(small.village, "O2", title="另办一件")).value
        below = objectives.create_key_result(session, small.secretary, above, bare(KrKind.YES_NO, "KR2.1")).value
        approvals.submit(session, small.secretary, [above])
    return above, below


def test_what_is_handed_in_after_the_plan_was_approved_is_an_adjustment(small: Small) -> None:
    """Design 9: a later addition is an adjustment with reason, approver and date."""
    approved(small, metric())
    with small.store.rows() as session:
        assert session.exec(select(Adjustment)).all() == []  # the plan itself is none
    before = {number: seen(small, number) for number in (1, 2)}
    above, below = later(small)
    for reason in ("", " "):
        with pytest.raises(InputRefused, match="须写明理由"), small.store.write(small.office) as session:
            approvals.approve(session, small.office, [above], reason)
    assert states(small)[1] == "submitted"
    with small.store.write(small.office) as session:
        approvals.approve(session, small.office, [above], "上级新部署")
    with small.store.rows() as session:
        note = session.exec(select(Adjustment)).one()
        assert (note.objective_id, note.what, note.after, note.reason) == (above, "增加", "O2 另办一件", "上级新部署")
        assert (note.account_id, note.made_on) == (small.office.account_id, date(2026, 10, 8))
        for row in (session.get(Objective, above), session.get(KeyResult, below)):
            assert row is not None and (row.state, row.counts_from) == ("approved", date(2026, 7, 1))
    assert {number: seen(small, number) for number in (1, 2)} == before


def test_a_stopped_plan_was_still_approved(small: Small) -> None:
    first, _below = approved(small, metric())
    with small.store.write(small.office) as session:
        adjustments.stop_objective(session, small.office, first, "任务取消")
    above, _new = later(small)
    with pytest.raises(InputRefused, match="须写明理由"), small.store.write(small.office) as session:
        approvals.approve(session, small.office, [above])


def test_a_plan_approved_as_a_whole_and_another_branch_need_no_reason(small: Small) -> None:
    first, _below = drawn_up(small, metric())
    second, _other = later(small)
    with small.store.write(small.office) as session:
        beside = objectives.create(session, small.office, objective(small.school)).value
        objectives.create_key_result(session, small.office, beside, metric())
        approvals.submit(session, small.office, [first, beside])
        approvals.approve(session, small.office, [first, second])
        approvals.approve(session, small.office, [beside])
    with small.store.rows() as session:
        assert session.exec(select(Adjustment)).all() == []
        assert {row.counts_from for row in session.exec(select(Objective))} == {None}


def test_stopping_keeps_what_was_and_why(small: Small) -> None:
    above, (below, _other) = approved(small, metric(weight=D(50)), metric("KR1.2", weight=D(50)))
    with pytest.raises(InputRefused, match="中止须写明理由"), small.store.write(small.office) as session:
        adjustments.stop_key_result(session, small.office, below, " ")
    with small.store.write(small.office) as session:
        outcome = adjustments.stop_key_result(session, small.office, below, "项目取消")
    assert outcome.notices == ("O1 各关键结果的权重合计 50，不是 100，计算时按比例折算。",)
    with small.store.rows() as session:
        row = session.get(KeyResult, below)
        assert row is not None
        assert (row.state, row.stopped_on, row.state_reason) == ("stopped", date(2026, 7, 1), "项目取消")
    with pytest.raises(WrongState, match="已经中止"), small.store.write(small.office) as session:
        adjustments.change_key_result(session, small.office, below, metric(weight=D(1)), "改")
    with small.store.write(small.office) as session:
        adjustments.stop_objective(session, small.office, above, "支部合并")
    assert states(small) == ["stopped", "stopped", "stopped"]
    with small.store.rows() as session:
        kept = session.get(KeyResult, below)
        assert kept is not None and kept.state_reason == "项目取消"


def test_what_is_added_or_stopped_leaves_frozen_quarters_as_they_were(small: Small) -> None:
    """The first half-year is frozen, the third quarter is being reported: it is the first that a change touches."""
    above, (below, _other) = approved(small, metric(weight=D(60)), metric("KR1.2", weight=D(40)))
    before = {number: seen(small, number) for number in ENDS}
    with small.store.write(small.office) as session:
        adjustments.stop_key_result(session, small.office, below, "项目取消")
        adjustments.add_key_result(session, small.office, above, bare(KrKind.YES_NO, "KR1.3"), "上级新部署")
        adjustments.add_objective(session, small.office, objective(small.village, "O2"), "上级新部署")
    assert {number: seen(small, number) for number in (1, 2)} == {number: before[number] for number in (1, 2)}
    for number in (3, 4):
        first, second = seen(small, number)[0].objectives
        assert [(kr.code, kr.state, kr.applies) for kr in first.key_results] == [
            ("KR1.1", ApprovalState.STOPPED, False),
            ("KR1.2", ApprovalState.APPROVED, True),
            ("KR1.3", ApprovalState.APPROVED, True),
        ]
        assert second.code == "O2"
    with small.store.write(small.office) as session:
        adjustments.stop_objective(session, small.office, above, "任务取消")
    assert {number: seen(small, number) for number in (1, 2)} == {number: before[number] for number in (1, 2)}


def seen(small: Small, number: int) -> tuple[Board, Decimal | None]:
    """The village's board of a quarter, and its number in the sweep over the township."""
    with small.store.read() as session:
        quarter = cycles.quarter(session, 2026, number)
        assert quarter is not None
        return boards.board(session, small.village, 2026, number), rollups.township(session, quarter).branches.get(
            small.village
        )


def test_what_counts_later_is_not_asked_before(small: Small) -> None:
    above, (below,) = approved(small, metric())
    with small.store.write(small.office) as session:
        added = adjustments.add_key_result(session, small.office, above, metric("KR1.2"), "上级新部署").value
        adjustments.stop_key_result(session, small.office, below, "项目取消")
    stated = CheckInDraft(added, small.quarters[2], value=D(70), reason="补报")
    with pytest.raises(WrongState, match=r"KR1\.2 自 2026-07-01 起计算"), small.store.write(small.office) as session:
        checkins.record(session, small.office, stated)
    with pytest.raises(WrongState, match="已中止"), small.store.write(small.office) as session:
        checkins.record(session, small.office, CheckInDraft(below, small.quarters[3], value=D(70)))
    with small.store.write(small.office) as session:  # the frozen quarter may still be corrected by the office
        checkins.record(session, small.office, CheckInDraft(below, small.quarters[2], value=D(70), reason="漏报补录"))


def test_an_approved_key_result_moves_with_a_reason(small: Small) -> None:
    _above, (below,) = approved(small, metric())
    with small.store.write(small.office) as session:
        other = adjustments.add_objective(session, small.office, objective(small.village, "O2"), "新增").value
        adjustments.move_key_result(session, small.office, below, other, "归口调整")
    with small.store.rows() as session:
        note = session.exec(select(Adjustment).order_by(col(Adjustment.id).desc())).first()
    assert note is not None and (note.what, note.before, note.after) == ("调整所属目标", "O1", "O2")


def test_an_approved_objective_changes_field_by_field(small: Small) -> None:
    above, _below = approved(small, metric())
    draft = objective(small.village, title="壮大集体经济，带动增收", leader="李旭昇")
    with small.store.write(small.office) as session:
        adjustments.change_objective(session, small.office, above, draft, "与镇目标统一表述")
    with small.store.rows() as session:
        notes = session.exec(select(Adjustment)).all()
    assert [(note.what, note.before, note.after) for note in notes] == [
        ("名称", "壮大集体经济", "壮大集体经济，带动增收"),
        ("责任人", "", "李旭昇"),
    ]


def test_nodes_that_check_ins_name_stay(small: Small) -> None:
    nodes = (("立项", D(20)), ("验收", D(80)))
    _above, (below,) = approved(small, bare(KrKind.MILESTONE, nodes=nodes))
    with small.store.write(small.office) as session:
        node = session.exec(select(MilestoneNode)).first()
        assert node is not None
        said = CheckIn(
            key_result_id=below, quarter_id=small.quarters[3], as_of=date(2026, 9, 30), basis="own",
            account_id=small.office.account_id, recorded_at=now(session),
        )  # fmt: skip
        session.add(said)
        session.flush()
        session.add(CheckInNode(checkin_id=said.key, node_id=node.key))
    heavier = bare(KrKind.MILESTONE, nodes=(("立项", D(40)), ("验收", D(60))))
    with small.store.write(small.office) as session:
        adjustments.change_key_result(session, small.office, below, heavier, "权重调整")
    other = replace(heavier, nodes=(("开工", D(40)), ("验收", D(60))))
    with pytest.raises(InputRefused, match="只能改权重"), small.store.write(small.office) as session:
        adjustments.change_key_result(session, small.office, below, other, "换节点")
    with small.store.rows() as session:
        assert [(n.name, n.weight) for n in session.exec(select(MilestoneNode))] == [("立项", 40), ("验收", 60)]


def test_a_draft_changes_freely_and_its_parts_go_one_by_one(small: Small) -> None:
    nodes = (("立项", D(20)), ("验收", D(80)))
    above, (first, second) = drawn_up(
        small, metric(weight=D(50), plan=(D(65), D(70), None, None)), bare(KrKind.MILESTONE, "KR1.2", nodes=nodes)
    )
    other_nodes = bare(KrKind.MILESTONE, "KR1.2", nodes=(("开工", D(100)),))
    with small.store.write(small.secretary) as session:
        objectives.revise(session, small.secretary, above, objective(small.village, leader="李旭昇"))
        objectives.revise_key_result(session, small.secretary, first, metric(plan=(None, D(72), D(80), None)))
        objectives.revise_key_result(session, small.secretary, second, other_nodes)
    with small.store.rows() as session:
        draft = objective_drafts.key_result(session, first)
        assert draft is not None and draft.plan == (None, D(72), D(80), None)
        assert [node.name for node in session.exec(select(MilestoneNode))] == ["开工"]
        found = objective_drafts.objective(session, above)
        assert found is not None and found.leader == "李旭昇"
        assert (objective_drafts.objective(session, 999), objective_drafts.key_result(session, 999)) == (None, None)
    with small.store.write(small.secretary) as session:
        objectives.remove_key_result(session, small.secretary, second)
    assert states(small) == ["draft", "draft"]
    assert not [entry for entry in small.trail() if entry.action == "denied"]


def test_what_is_gone_or_elsewhere_is_said(small: Small) -> None:
    above, _none = drawn_up(small)
    tries = {
        "这个目标已不存在": lambda s: objectives.revise(s, small.office, 999, objective(small.village)),
        "这项关键结果已不存在": lambda s: objectives.remove_key_result(s, small.office, 999),
        "支部和年度不能改": lambda s: objectives.revise(s, small.office, above, objective(small.school)),
    }
    for sentence, attempt in tries.items():
        with pytest.raises((WrongState, InputRefused), match=sentence), small.store.write(small.office) as session:
            attempt(session)
    with pytest.raises(WrongState, match="党组织已不存在"), small.store.write(SETUP) as session:
        objectives.create(session, SETUP, objective(999))


def test_a_draft_with_statements_is_stopped_not_deleted(small: Small) -> None:
    above, (below,) = drawn_up(small, metric())
    with small.store.write(small.office) as session:
        session.add(
            CheckIn(
                key_result_id=below,
                quarter_id=small.quarters[3],
                as_of=date(2026, 9, 30),
                basis="own",
                account_id=small.office.account_id,
                recorded_at=now(session),
            )
        )
    with pytest.raises(WrongState, match="请改为中止"), small.store.write(small.office) as session:
        objectives.remove(session, small.office, above)


def test_an_indicator_that_does_not_apply_needs_no_line(small: Small) -> None:
    above, _below = drawn_up(small, bare(KrKind.METRIC, indicator_id=small.attendance))
    with small.store.write(small.office) as session:
        indicators.not_applicable(session, small.office, small.village, small.attendance, 2026, "没有流动党员")
        approvals.submit(session, small.office, [above])
    assert states(small) == ["submitted", "submitted"]


def test_a_target_that_was_reached_before_the_start_holds_a_copy_back(small: Small) -> None:
    above, (below,) = drawn_up(small, metric())
    with small.store.write(small.office) as session:
        row = session.get(KeyResult, below)
        assert row is not None
        row.baseline = D(90)
        session.add(row)
    with pytest.raises(InputRefused, match=r"KR1\.1：目标与基线相同"), small.store.write(small.office) as session:
        approvals.submit(session, small.office, [above])

"""Mergers and splits pass on what is unfinished: the heir goes on with it, earlier quarters stay as they were."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from okr_desk.errors import InputRefused, NotAllowed, WrongState
from okr_desk.model import audit
from okr_desk.model.tables import (
    Adjustment,
    Baseline,
    CheckIn,
    KeyResult,
    KeyResultPlan,
    MilestoneNode,
    Objective,
    Quarter,
)
from okr_desk.queries import board as boards
from okr_desk.queries import cycles as cycles_now
from okr_desk.queries import reviews, rollups
from okr_desk.queries.objectives import Board, KeyResultView
from okr_desk.queries.reviews import ReviewSheet
from okr_desk.rules.checkins import CheckInDraft
from okr_desk.rules.indicators import BaselineDraft
from okr_desk.rules.orgs import MergeDraft, OrgDraft, SplitDraft
from okr_desk.services import adjustments, checkins, cycles, indicators, library, objectives, successions
from okr_desk.services.outcome import Topic
from okr_desk.terms import KrKind, OrgKind, QuarterState
from tests.small_township import objective
from tests.two_branches import DAY, Two, join

D = Decimal


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    made = join(tmp_path / "镇.okr")
    yield made
    made.small.store.close()


def taken(session: Session, two: Two, code: str = "O2") -> tuple[Objective, list[KeyResult]]:
    """The objective that the village took over, with its key results."""
    row = session.exec(select(Objective).where(Objective.org_id == two.small.village, Objective.code == code)).one()
    return row, objectives.key_results_of(session, row.key)


def seen(two: Two, org_id: int, number: int) -> tuple[Board, ReviewSheet]:
    """Board and sheet of a quarter."""
    with two.small.store.rows() as session:
        return boards.board(session, org_id, 2026, number), reviews.sheet(session, org_id, 2026, number)


def shown(two: Two, number: int, code: str) -> KeyResultView:
    board = seen(two, two.small.village, number)[0]
    return next(kr for kr in board.key_results if kr.code == code)


def new_branch(name: str, two: Two) -> OrgDraft:
    return OrgDraft(OrgKind.BRANCH, f"中共青山镇{name}", name, DAY, two.small.township, category_id=1)


def test_the_heir_gets_the_objective_with_everything_that_makes_it(two: Two) -> None:
    outcome = two.merge()
    assert {Topic.OBJECTIVES, Topic.INDICATORS, Topic.ORGS} <= outcome.changes.topics
    with two.small.store.rows() as session:
        row, rows = taken(session, two)
        assert (row.title, row.leader, row.weight, row.state, row.aligned_to_id) == (
            "办好家门口的学校", "单晓", D(100), "approved", two.top,
        )  # fmt: skip
        assert row.approved_by == two.small.office.account_id
        assert [(kr.code, kr.title, kr.kind, kr.weight, kr.indicator_id, kr.state) for kr in rows] == [
            ("KR2.1", "到会率", "metric", D(30), two.small.attendance, "approved"),
            ("KR2.2", "勤工俭学收入", "metric", D(20), two.small.income, "approved"),
            ("KR2.3", "操场改造", "milestone", D(20), None, "approved"),
            ("KR2.4", "安全事故", "guard_rail", D(10), None, "approved"),
            ("KR2.5", "校务公开", "yes_no", D(10), None, "approved"),
        ]
        nodes = session.exec(select(MilestoneNode).where(MilestoneNode.key_result_id == rows[2].id)).all()
        assert [(node.name, node.weight) for node in nodes] == [("立项", D(20)), ("开工", D(30)), ("验收", D(50))]
        assert (rows[3].target, rows[3].direction) == (D(0), "at_most")


def test_the_origin_stands_in_an_adjustment_of_either_side(two: Two) -> None:
    two.merge()
    with two.small.store.rows() as session:
        rows = session.exec(select(Adjustment).where(col(Adjustment.objective_id).is_not(None))).all()
        lines = {row.org_id: row for row in rows}
    there, here = lines[two.small.school], lines[two.small.village]
    assert len(rows) == 2
    assert (there.what, there.before, there.after) == (
        "中止并移交", "O1 办好家门口的学校（KR1.1、KR1.2、KR1.3、KR1.5、KR1.6）", "自 2026-10-08 起中止",
    )  # fmt: skip
    assert (here.what, here.after) == (
        "承接", "O2 办好家门口的学校（KR2.1、KR2.2、KR2.3、KR2.4、KR2.5），承接自中心小学党支部 O1",
    )  # fmt: skip
    assert there.reason == here.reason == "中心小学党支部并入青石村党支部（青委〔2026〕12号）"
    assert {(row.made_on, row.account_id) for row in rows} == {(DAY, two.small.office.account_id)}


@pytest.mark.parametrize("number", [1, 2, 3])
def test_no_earlier_quarter_of_the_predecessor_changes(two: Two, number: int) -> None:
    """Board and sheet, its digest included, are the same before and after: nothing is scored anew."""
    before = seen(two, two.small.school, number)
    with two.small.store.rows() as session:
        quarter = cycles_now.quarter(session, 2026, number)
        assert quarter is not None
        total = rollups.township(session, quarter).branches[two.small.school]
    assert number == 3 or before[0].rollup.progress
    two.merge()
    assert seen(two, two.small.school, number) == before
    with two.small.store.rows() as session:
        assert rollups.township(session, quarter).branches[two.small.school] == total


@pytest.mark.parametrize("number", [1, 2, 3])
def test_no_earlier_quarter_of_the_heir_changes(two: Two, number: int) -> None:
    """What was taken over counts from the fourth quarter on: before, the heir is shown and judged as it was."""
    before = seen(two, two.small.village, number)
    with two.small.store.rows() as session:
        quarter = cycles_now.quarter(session, 2026, number)
        assert quarter is not None
        totals = rollups.township(session, quarter)
    two.merge()
    after = seen(two, two.small.village, number)
    assert [o.code for o in after[0].objectives] == ["O1"]
    assert after == before
    with two.small.store.rows() as session:
        assert rollups.township(session, quarter) == totals
    assert [o.code for o in seen(two, two.small.village, 4)[0].objectives] == ["O1", "O2"]


def test_the_quarter_in_which_the_day_falls_is_the_heirs(two: Two) -> None:
    two.merge(date(2026, 9, 28))
    assert [o.code for o in seen(two, two.small.village, 3)[0].objectives] == ["O1", "O2"]
    gone = seen(two, two.small.school, 3)[0].key_results
    assert {kr.code: kr.state.value for kr in gone if kr.code != "KR3.1"} == {
        "KR1.1": "stopped", "KR1.2": "stopped", "KR1.3": "stopped", "KR1.4": "approved", "KR1.5": "stopped",
        "KR1.6": "stopped", "KR2.1": "approved",
    }  # fmt: skip


def test_a_sheet_that_is_not_yet_due_says_nothing_of_the_next_quarter(two: Two) -> None:
    """The third quarter is reported until 13 October; the merger of 8 October belongs to the fourth."""
    with two.small.store.write(two.small.office) as session:
        row = session.get(Quarter, two.small.quarters[3])
        assert row is not None
        row.due_on = date(2026, 10, 13)
        session.add(row)
    before = [seen(two, org_id, 3) for org_id in (two.small.school, two.small.village)]
    two.merge()
    assert [seen(two, org_id, 3) for org_id in (two.small.school, two.small.village)] == before


def test_what_was_handed_over_is_filled_in_for_the_quarters_before_and_no_longer_after(two: Two) -> None:
    two.merge()
    small = two.small
    with small.store.write(small.office) as session:
        checkins.record(session, small.office, CheckInDraft(two.income, small.quarters[3], value=D(15)))
        session.flush()
        kept = session.get(KeyResult, two.income)
        assert kept is not None
        assert (kept.state, kept.stopped_on, kept.state_reason[:7]) == ("approved", DAY, "中心小学党支部")
        reached = session.get(KeyResult, two.reached)
        assert reached is not None and reached.stopped_on is None
    with small.store.write(small.office) as session:
        cycles.move_quarter(session, small.office, small.quarters[4], QuarterState.OPEN)
    with (
        pytest.raises(WrongState, match="自 2026-10-08 起由其他党组织承接"),
        small.store.write(small.office) as session,
    ):
        checkins.record(session, small.office, CheckInDraft(two.income, small.quarters[4], value=D(15)))


def test_what_was_handed_over_is_not_adjusted_again(two: Two) -> None:
    two.merge()
    small = two.small
    with small.store.rows() as session:
        gone = session.exec(select(Objective.id).where(Objective.org_id == small.school, Objective.code == "O1")).one()
    tries = (
        lambda s: adjustments.stop_objective(s, small.office, gone, "取消"),
        lambda s: adjustments.stop_key_result(s, small.office, two.road, "取消"),
        lambda s: adjustments.change_objective(s, small.office, gone, objective(small.school, title="改"), "改"),
    )
    for attempt in tries:
        refused = pytest.raises(WrongState, match="“O1”自 2026-10-08 起由其他党组织承接")
        with refused, small.store.write(small.office) as session:
            attempt(session)


def test_lines_that_the_heir_lacks_are_copied_with_date_and_source_and_its_own_stay(two: Two) -> None:
    two.merge()
    with two.small.store.rows() as session:
        key = (two.small.village, two.small.income, 2026)
        baseline, target = indicators.current_baseline(session, *key), indicators.current_target(session, *key)
        assert baseline is not None and target is not None
        assert (baseline.value, baseline.as_of, baseline.source) == (
            D(10), date(2025, 12, 31), "承接自中心小学党支部（2025年年报）",
        )  # fmt: skip
        assert target.value == D(20)
        own = session.exec(
            select(Baseline).where(Baseline.org_id == two.small.village, Baseline.indicator_id == two.small.attendance)
        ).one()
        assert (own.value, own.source) == (D(75), "2025年年报")
        there = session.exec(select(Baseline).where(Baseline.org_id == two.small.school)).all()
        assert {row.superseded_at for row in there} == {None}
    assert shown(two, 4, "KR2.1").baseline == D(75)
    assert shown(two, 4, "KR2.2").baseline == D(10)


def test_a_source_that_grows_too_long_is_cut_not_refused(two: Two) -> None:
    small = two.small
    day = date(2025, 12, 31)
    with small.store.write(small.office) as session:
        longer = BaselineDraft(small.school, small.income, 2026, D(10), day, "据" * 119, "核定")
        indicators.set_baseline(session, small.office, longer)
    two.merge()
    with two.small.store.rows() as session:
        copy = indicators.current_baseline(session, two.small.village, two.small.income, 2026)
        assert copy is not None and len(copy.source) == 120
        assert copy.source.startswith("承接自中心小学党支部（据据") and copy.source.endswith("…")


def test_the_notices_name_what_is_left_to_settle(two: Two) -> None:
    assert two.merge().notices == (
        "合并后的党员人数、任职等请及时修改。",
        "“中心小学党支部”的 1 项目标、5 项关键结果、1 条基线、1 个目标值已由“青石村党支部”承接。",
        "“青石村党支部”的 KR2.3 在原支部已完成：立项、开工。2026年第四季度不在填报期，请开放填报后勾选。",
        "2026年度“党员到会率”两边都有：青石村党支部 基线 75%、目标值 81%；"
        "中心小学党支部 基线 60%、目标值 90%。"
        "承接的 KR2.1 暂按青石村党支部的基线和目标值计算。请镇党建办在“指标”页核定。",
        "“中心小学党支部”还有 1 项目标没有批准，没有承接。需要的，请在“青石村党支部”名下另行拟定。",
        "“青石村党支部”2026年度各目标的权重合计 200，不是 100，计算时按比例折算。",
    )


def test_nodes_done_before_are_an_opening_statement_where_the_quarter_is_open(two: Two) -> None:
    """By hand: 立项 20 and 开工 30 of 100 are done, so the heir begins at one half, not at nothing."""
    outcome = two.merge(date(2026, 9, 28))
    assert "“青石村党支部”的 KR2.3 已按原支部情况记为完成：立项、开工，请支部核对后填报。" in outcome.notices
    road = shown(two, 3, "KR2.3")
    assert [node.name for node in road.nodes if node.done] == ["立项", "开工"]
    assert road.progress.raw == D("0.5")
    with two.small.store.rows() as session:
        said = session.exec(select(CheckIn).order_by(col(CheckIn.id).desc())).first()
        assert said is not None and said.quarter_id == two.small.quarters[3]
        assert said.progress_note == "承接自中心小学党支部 KR1.3，截至 2026-06-30 已完成：立项、开工。"
    assert shown(two, 4, "KR2.3").current is None


def test_the_plan_of_closed_quarters_stays_behind_and_what_was_overdue_is_due(two: Two) -> None:
    small = two.small
    with small.store.write(small.office) as session:
        cycles.move_quarter(session, small.office, small.quarters[1], QuarterState.CLOSED)
    two.merge()
    with small.store.rows() as session:
        _row, rows = taken(session, two)
        plans = session.exec(select(KeyResultPlan).where(KeyResultPlan.key_result_id == rows[2].id)).all()
        assert {plan.quarter: plan.value for plan in plans} == {2: D(30), 3: D(60), 4: D(100)}
        (due,) = session.exec(select(KeyResultPlan).where(KeyResultPlan.key_result_id == rows[4].id)).all()
        assert (due.quarter, due.value) == (4, D(1))


def test_without_heirs_nothing_passes_on(two: Two) -> None:
    outcome = two.merge(heirs=False)
    assert outcome.notices == ("合并后的党员人数、任职等请及时修改。",)
    with two.small.store.rows() as session:
        assert [row.code for row in session.exec(select(Objective).where(Objective.org_id == two.small.village))] == [
            "O1"
        ]
        assert session.exec(select(Adjustment)).all() == []


def test_everything_is_in_one_audited_transaction(two: Two) -> None:
    before = len(two.small.trail())
    two.merge()
    entries = two.small.trail()[before:]
    assert len({entry.transaction for entry in entries}) == 1
    assert {"org", "orgsuccession", "objective", "keyresult", "milestonenode", "baseline", "target", "adjustment"} <= {
        entry.table for entry in entries
    }
    with two.small.store.rows() as session:
        assert audit.first_broken(session) is None


def test_a_merger_that_is_refused_leaves_nothing(two: Two) -> None:
    """The reason is too long for the adjustments: the ended school and its objectives stand as before."""
    before = seen(two, two.small.school, 3)
    gone = two.small.school
    draft = MergeDraft((gone,), DAY, "长" * 300, into_id=two.small.village, heirs_of=(gone,))
    with pytest.raises(InputRefused, match="最多 300 个字"), two.small.store.write(two.small.office) as session:
        successions.merge(session, two.small.office, draft)
    assert seen(two, two.small.school, 3) == before
    with two.small.store.rows() as session:
        assert len(session.exec(select(Objective).where(Objective.org_id == two.small.village)).all()) == 1


def test_a_branch_passes_on_nothing_itself(two: Two) -> None:
    small = two.small
    draft = MergeDraft((small.school,), DAY, "并", into_id=small.village, heirs_of=(small.school,))
    with pytest.raises(NotAllowed), small.store.write(small.stranger) as session:
        successions.merge(session, small.stranger, draft)


def test_a_split_passes_on_to_the_one_that_is_named(two: Two) -> None:
    small = two.small
    halves = (new_branch("东校区党支部", two), new_branch("西校区党支部", two))
    with small.store.write(small.office) as session:
        outcome = successions.split(session, small.office, SplitDraft(small.school, halves, DAY, "分设", heir=1))
    east, west = outcome.value
    with small.store.rows() as session:
        rows = session.exec(select(Objective).where(col(Objective.org_id).in_((east, west)))).all()
        assert [(row.org_id, row.code) for row in rows] == [(west, "O1")]
        reasons = {row.reason for row in session.exec(select(Adjustment))}
        lines = session.exec(select(Baseline).where(Baseline.org_id == west)).all()
    assert reasons == {"中心小学党支部拆分，由西校区党支部承接（分设）"}
    assert {line.indicator_id for line in lines} == {small.attendance, small.income}


def test_two_become_a_new_one(two: Two) -> None:
    """Both pass on: codes run through, and the attendance that both have is listed, not summed."""
    small = two.small
    both = (small.village, small.school)
    outcome = two.merge(into_id=None, successor=new_branch("青石联合党支部", two), heirs_of=both)
    with small.store.rows() as session:
        rows = session.exec(select(Objective).where(Objective.org_id == outcome.value)).all()
        assert [(row.code, row.title) for row in rows] == [("O1", "办好家门口的学校"), ("O2", "壮大集体经济")]
        kept = indicators.current_baseline(session, outcome.value, small.attendance, 2026)
        assert kept is not None and kept.value == D(60)
    assert any("“党员到会率”两边都有：中心小学党支部 基线 60%" in said for said in outcome.notices)


def test_an_alignment_that_does_not_lead_up_from_the_heir_is_said(two: Two) -> None:
    """The township's objective was stopped meanwhile: the copy is aligned to nothing, and the office is told."""
    with two.small.store.write(two.small.office) as session:
        row = session.get(Objective, two.top)
        assert row is not None
        row.state = "stopped"
        session.add(row)
    outcome = two.merge()
    assert any("O2 没有对应上级目标" in said for said in outcome.notices)
    with two.small.store.rows() as session:
        assert taken(session, two)[0].aligned_to_id is None


def test_the_heir_passes_on_what_it_took_over(two: Two) -> None:
    """A second merger: the village, with what it took from the school, becomes part of a new branch."""
    small = two.small
    two.merge()
    draft = SplitDraft(
        small.village, (new_branch("甲党支部", two), new_branch("乙党支部", two)), date(2026, 11, 1), "再分", 0
    )
    with small.store.write(small.office) as session:
        first, _second = successions.split(session, small.office, draft).value
        rows = session.exec(select(Objective).where(Objective.org_id == first).order_by(col(Objective.code))).all()
        assert [row.title for row in rows] == ["壮大集体经济", "办好家门口的学校"]


def test_an_indicator_is_free_to_retire_once_what_used_it_was_handed_over(two: Two) -> None:
    two.merge(into_id=None, successor=new_branch("联合党支部", two), heirs_of=(two.small.school,))
    with two.small.store.write(two.small.office) as session:
        for row in session.exec(select(KeyResult).where(KeyResult.indicator_id == two.small.income)).all():
            if row.stopped_on is None and row.kind == KrKind.METRIC:
                adjustments.stop_key_result(session, two.small.office, row.key, "取消")
        library.retire(session, two.small.office, two.small.income, "不再考核")

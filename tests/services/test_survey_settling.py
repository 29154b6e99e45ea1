"""A round becomes measured values and can be taken back; what cannot be judged is not written and named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import col, select

from okr_desk.clock import FixedClock
from okr_desk.errors import InputRefused, NotAllowed, WrongState
from okr_desk.i18n import using
from okr_desk.model import audit_check
from okr_desk.model.tables import Indicator, MeasuredValue, Quarter
from okr_desk.queries import alignment, board, checkins, cycles, dashboard, policy, reviews, surveys
from okr_desk.rules.indicators import BaselineDraft, TargetDraft, ValueDraft
from okr_desk.rules.surveys import PopulationDraft
from okr_desk.services import approvals, indicators, measured, objectives, survey_settling
from okr_desk.services import surveys as service
from okr_desk.services.library import newest
from okr_desk.services.outcome import Outcome, Topic
from okr_desk.survey_terms import RoundState
from okr_desk.terms import KrKind, Origin, QuarterState, Status, SurveyVerdict
from tests.small_survey import TWENTY, Surveyed, a_round, surveyed
from tests.small_township import metric, objective
from tests.two_branches import LINKED

D = Decimal


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Iterator[Surveyed]:
    made = surveyed(tmp_path / "镇.okr", clock)
    made.ballots(TWENTY)
    made.populations(PopulationDraft(made.small.village, None, 300, 30))
    yield made
    made.small.store.close()


def settle(town: Surveyed, reason: str = "", round_id: int | None = None) -> Outcome[int]:
    office = town.small.office
    with town.small.store.write(office) as session:
        return survey_settling.settle(session, office, round_id or town.round, reason)


def unsettle(town: Surveyed, reason: str = "漏录一批") -> Outcome[int]:
    office = town.small.office
    with town.small.store.write(office) as session:
        return survey_settling.unsettle(session, office, town.round, reason)


def values(town: Surveyed) -> dict[int, tuple[Decimal, str, str]]:
    """What stands, by indicator."""
    with town.small.store.rows() as session:
        rows = session.exec(select(MeasuredValue).where(col(MeasuredValue.superseded_at).is_(None)))
        return {row.indicator_id: (row.value, row.origin, row.note) for row in rows}


def state(town: Surveyed) -> RoundState:
    with town.small.store.read() as session:
        return surveys.round_view(session, town.round).state


def put(town: Surveyed, quarter: QuarterState) -> None:
    with town.small.store.write(town.small.office) as session:
        row = session.get(Quarter, town.small.quarters[3])
        assert row is not None
        row.state = quarter.value
        session.add(row)


def test_score_and_rate_become_computed_values(town: Surveyed) -> None:
    made = settle(town)
    note = "取自测评“3季度测评”：有效答卷 20 份，证据等级 A"
    assert (made.value, made.notices) == (1, ())
    assert made.changes.topics >= {Topic.SURVEYS, Topic.INDICATORS, Topic.OBJECTIVES, Topic.CHECKINS, Topic.SCORES}
    assert values(town) == {town.score: (D("80.5"), "computed", note), town.rate: (D(90), "computed", note)}
    assert state(town) is RoundState.SETTLED
    with town.small.store.read() as session:
        assert audit_check.first_fault(session) is None


def test_the_score_has_the_decimals_of_its_indicator_and_the_rate_is_not_rounded(town: Surveyed) -> None:
    """(1610 + 100) ÷ 21 = 81.428… → 81.4; 19 ÷ 21 = 90.476190 %."""
    town.ballots((1, 0, 0, 0, 0))
    settle(town)
    found = values(town)
    assert (found[town.score][0], found[town.rate][0]) == (D("81.4"), D("90.476190"))


def test_a_score_between_two_steps_stays_there_and_contradicts_neither(town: Surveyed) -> None:
    """(1610 + 20 × 80) ÷ 40 = 80.25, which is 80.2 and 80.3 alike."""
    office = town.small.office
    draft = ValueDraft(
        town.small.village,
        town.score,
        town.small.quarters[3],
        D("80.2"),
        date(2026, 9, 30),
        Origin.TOWNSHIP,
        "抄自汇总",
    )
    with town.small.store.write(office) as session:
        measured.record_value(session, office, draft)
    town.ballots((0, 20, 0, 0, 0))
    assert settle(town).notices == ()
    with town.small.store.rows() as session:
        computed = session.exec(select(MeasuredValue).where(MeasuredValue.origin == "computed")).first()
    assert computed is not None and computed.value == D("80.25")


def test_what_cannot_be_judged_is_not_written_and_named(town: Surveyed) -> None:
    town.ballots((3, 0, 0, 0, 0), town.small.school)
    made = settle(town)
    assert made.value == 1
    assert made.notices == ("中心小学党支部不予判定，没有计入：答卷只有 3 份，不足 15 份。",)
    with town.small.store.rows() as session:
        assert {row.org_id for row in session.exec(select(MeasuredValue))} == {town.small.village}


def test_who_was_asked_and_did_not_answer_is_named(town: Surveyed) -> None:
    town.populations(PopulationDraft(town.small.school, None, 40, 20))
    assert settle(town).notices == ("中心小学党支部没有有效答卷，没有计入。",)


def test_a_round_of_which_nothing_can_be_judged_is_not_counted(town: Surveyed) -> None:
    office = town.small.office
    with town.small.store.write(office) as session:
        empty = service.open_round(session, office, a_round(town.definition, town.small.quarters[2], 2)).value
    with pytest.raises(InputRefused, match="没有一个支部的结果可以计入"):
        settle(town, "补计", empty)


def test_a_branch_to_which_it_does_not_apply_is_left_out(town: Surveyed) -> None:
    office, village = town.small.office, town.small.village
    town.ballots(TWENTY, town.small.school)
    with town.small.store.write(office) as session:
        indicators.not_applicable(session, office, village, town.score, 2026, "没有服务对象")
    made = settle(town)
    assert made.value == 1 and made.notices == ("青石村党支部的满意度指标已标为不适用，没有计入。",)


def test_the_rate_alone_may_not_apply(town: Surveyed) -> None:
    office = town.small.office
    with town.small.store.write(office) as session:
        indicators.not_applicable(session, office, town.small.village, town.rate, 2026, "不限制等次")
    assert settle(town).notices == () and set(values(town)) == {town.score}


def test_without_an_indicator_of_the_rate_the_score_alone_is_counted(town: Surveyed) -> None:
    office = town.small.office
    with town.small.store.write(office) as session:
        row = session.get(Indicator, town.rate)
        assert row is not None
        row.retired_on = date(2026, 1, 1)
        session.add(row)
    assert settle(town).notices == ("指标库里没有满意率指标“S02”，只计入了得分。",)
    assert set(values(town)) == {town.score}


def test_a_typed_value_that_differs_is_said_and_one_that_equals_it_is_not(town: Surveyed) -> None:
    office = town.small.office
    for typed, notices in (("80.5", 0), ("87", 1)):
        draft = ValueDraft(
            town.small.village, town.score, town.small.quarters[3], D(typed), date(2026, 9, 30), Origin.TOWNSHIP
        )
        with town.small.store.write(office) as session:
            measured.record_value(session, office, draft)
        made = settle(town)
        assert len(made.notices) == notices
        unsettle(town)
    assert "青石村党支部：“群众满意度”另有不同的数：镇审核 87" in made.notices[0]


def test_nothing_more_comes_in_once_it_is_counted(town: Surveyed) -> None:
    settle(town)
    with pytest.raises(WrongState, match="已经计入，不能再增减答卷"):
        town.ballots(TWENTY)
    with pytest.raises(WrongState, match="本季度已经计入“3季度测评”"):
        settle(town)


def test_taking_it_back_keeps_the_values_with_the_reason_and_opens_the_round(town: Surveyed) -> None:
    settle(town)
    with pytest.raises(InputRefused, match="写明理由"):
        unsettle(town, " ")
    assert unsettle(town).value == 2
    assert values(town) == {} and state(town) is RoundState.OPEN
    with town.small.store.rows() as session:
        kept = session.exec(select(MeasuredValue)).all()
    assert len(kept) == 2 and all(row.note.endswith("；撤回：漏录一批") for row in kept)
    with pytest.raises(WrongState, match="还没有计入"):
        unsettle(town)
    town.ballots((1, 0, 0, 0, 0))
    assert settle(town).value == 1 and values(town)[town.score][0] == D("81.4")


def test_it_is_found_again_in_another_language(town: Surveyed) -> None:
    with using("en"):
        settle(town)
    assert values(town)[town.score][2].startswith("取自测评")
    assert unsettle(town).value == 2


def test_a_frozen_or_closed_quarter_asks_for_a_reason(town: Surveyed) -> None:
    put(town, QuarterState.CLOSED)
    with pytest.raises(InputRefused, match="补计测评结果须写明理由"):
        settle(town)
    settle(town, "县里推迟测评")
    assert values(town)[town.score][2].endswith("；补计理由：县里推迟测评")


def test_without_an_indicator_of_the_score_nothing_is_counted(town: Surveyed) -> None:
    office = town.small.office
    with town.small.store.write(office) as session:
        row = session.get(Indicator, town.score)
        assert row is not None
        row.retired_on = date(2026, 1, 1)
        session.add(row)
    with pytest.raises(InputRefused, match="没有满意度得分指标“F02”"):
        settle(town)


def test_only_the_office_counts(town: Surveyed) -> None:
    for who in (town.small.secretary, town.small.viewer):
        with pytest.raises(NotAllowed), town.small.store.write(who) as session:
            survey_settling.settle(session, who, town.round)
        with pytest.raises(NotAllowed), town.small.store.write(who) as session:
            survey_settling.unsettle(session, who, town.round, "撤回")


def aim(town: Surveyed, target: str) -> None:
    """The village pursues its satisfaction, from 60 to `target`."""
    small, office = town.small, town.small.office
    with small.store.write(office) as session:
        own = objectives.create(session, office, objective(small.village)).value
        baseline = BaselineDraft(small.village, town.score, 2026, D(10), date(2025, 12, 31), "2025年测评")
        indicators.set_line(session, office, baseline, TargetDraft(small.village, town.score, 2026, D(target)))
        draft = metric(kind=KrKind.SATISFACTION, indicator_id=town.score, **LINKED)
        objectives.create_key_result(session, office, own, draft)
        approvals.submit(session, office, [own])
        approvals.approve(session, office, [own])


def test_the_key_result_shows_the_value_by_itself_and_owes_nothing(town: Surveyed) -> None:
    aim(town, "90")
    settle(town)
    with town.small.store.read() as session:
        (view,) = board.board(session, town.small.village, 2026, 3).key_results
        quarter = cycles.quarter(session, 2026, 3)
        assert quarter is not None
        sheet = checkins.sheet(session, town.small.village, quarter)
    assert (view.value, view.is_reported, view.conflict, view.guard) == (D("80.5"), True, "", "")
    assert view.current is not None and view.current.origin is Origin.COMPUTED
    assert view.current.progress_note.startswith("取自测评“3季度测评”")
    assert view.progress.raw == D("70.5") / 80
    (row,) = sheet.rows
    assert row.is_given and sheet.missing == ()


def test_a_rate_below_sixty_bars_a_green_light_of_the_key_result_and_its_objective(town: Surveyed) -> None:
    """20 more of the fourth level: 18 of 40 satisfied, 45 %; the score (1610 + 600) ÷ 40 = 55.25 is beyond 40."""
    aim(town, "40")
    town.ballots((0, 0, 0, 20, 0))
    settle(town)
    with town.small.store.read() as session:
        found = board.board(session, town.small.village, 2026, 3)
        limits = policy.thresholds(session)
        quarter = cycles.quarter(session, 2026, 3)
        assert quarter is not None
        township = dashboard.township(session, quarter)
    (view,) = found.key_results
    assert view.progress.raw is not None and view.progress.raw > 1 and view.pace.status is Status.BEHIND
    assert view.guard == "满意率 45% 低于 60%，按守底线判为“滞后”。" and view.pace.steps[-1] == view.guard
    standing = alignment.standing(found.objectives[0], limits)
    assert standing.status is Status.WATCH and standing.guard == view.guard
    village = next(row for row in township.rows if row.org.id == town.small.village)
    assert village.satisfaction.status is Status.BEHIND and "满意率 45%" in village.total.reason
    unsettle(town)
    with town.small.store.read() as session:
        (view,) = board.board(session, town.small.village, 2026, 3).key_results
    assert view.guard == "" and view.pace.status is not Status.BEHIND


def test_the_review_sheet_says_on_what_the_value_rests(town: Surveyed) -> None:
    aim(town, "90")
    assert sheet_of(town) == reviews.Satisfaction(None, None, D(10), D(90), "分", rounds_waiting="3季度测评")
    settle(town)
    found, result = sheet_of(town), town.result()
    assert result.score is not None and found.survey is not None
    assert (found.value, found.n, found.low, found.high) == (D("80.5"), 20, result.score.low, result.score.high)
    assert found.survey == reviews.SurveySays(D("0.90"), D("0.9"), "A", SurveyVerdict.MISSED)


def test_the_review_sheet_lends_its_interval_to_no_other_origin_s_value(town: Surveyed) -> None:
    aim(town, "90")
    settle(town)
    office = town.small.office
    with town.small.store.write(office) as session:
        row = newest(session, town.score)
        row.precedence = "township,computed,department,branch"
        session.add(row)
        draft = ValueDraft(
            town.small.village, town.score, town.small.quarters[3], D(87), date(2026, 9, 30), Origin.TOWNSHIP
        )
        measured.record_value(session, office, draft)
    found = sheet_of(town)
    assert (found.value, found.n, found.survey) == (87, None, None)


def sheet_of(town: Surveyed) -> reviews.Satisfaction:
    """What the village's review sheet says of its satisfaction."""
    with town.small.store.read() as session:
        found = reviews.sheet(session, town.small.village, 2026, 3).satisfaction
    assert found is not None
    return found

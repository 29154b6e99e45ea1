"""Evidence C leaves 80 % of the points of the satisfaction line, D none yet; the office lifts C with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import select

from okr_desk.clock import FixedClock
from okr_desk.errors import InputRefused, NotAllowed, WrongState
from okr_desk.model.tables import CapLift, Category, Quarter, SurveyEvidence, SurveyRound
from okr_desk.queries import cycles, orgs, scores
from okr_desk.queries.score_lines import LineScore
from okr_desk.rules.indicators import ValueDraft
from okr_desk.rules.policy import PolicyDraft
from okr_desk.rules.schemes import BlockDraft, LineDraft, SchemeDraft
from okr_desk.rules.surveys import PopulationDraft
from okr_desk.services import measured, policy, red_lines, schemes, survey_caps, survey_settling
from okr_desk.services.permits import SETUP
from okr_desk.services.survey_caps import LiftDraft
from okr_desk.terms import Origin, PointsState, QuarterState, Sampling
from tests.small_survey import TWENTY, Surveyed, surveyed

D = Decimal
WHY = "村民外出务工多，经镇党委研究同意"


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Iterator[Surveyed]:
    """A convenience sample of 20: score 80.5, evidence C; a scheme whose line F02 has 10 points, ratio to 100."""
    made = surveyed(tmp_path / "镇.okr", clock)
    small = made.small
    made.ballots(TWENTY)
    made.populations(PopulationDraft(small.village, None, 300, 30))
    with small.store.write(small.office) as session:
        row = session.get(SurveyRound, made.round)
        assert row is not None
        row.sampling = Sampling.CONVENIENCE.value
        session.add(row)
        red_lines.load_seed(session, date(2026, 1, 1))
        rural = session.exec(select(Category.id).where(Category.name == "农村")).one()
        blocks = (BlockDraft("融合性", D(10), (LineDraft(made.score, D(10), "ratio t=100"),)),)
        scheme = schemes.create(session, small.office, rural or 0, 2026, SchemeDraft("农村", blocks)).value
        schemes.activate(session, small.office, schemes.standing.scheme(session, scheme).versions[0].id)
    yield made
    small.store.close()


def settle(town: Surveyed) -> None:
    with town.small.store.write(town.small.office) as session:
        survey_settling.settle(session, town.small.office, town.round)


def lift(town: Surveyed, reason: str = WHY, org_id: int | None = None) -> int:
    small = town.small
    with small.store.write(small.office) as session:
        draft = LiftDraft(org_id or small.village, small.quarters[3], reason)
        return survey_caps.lift(session, small.office, draft).value


def line(town: Surveyed) -> LineScore:
    with town.small.store.read() as session:
        quarter = cycles.quarter(session, 2026, 3)
        assert quarter is not None
        org = orgs.view(session, town.small.village, quarter.ends_on)
        return scores.sheets(session, quarter, [org])[0].lines[0]


def points(town: Surveyed) -> Decimal | None:
    found = line(town).points
    assert found is not None
    return found.points


def test_evidence_c_leaves_80_percent_and_says_why(town: Surveyed) -> None:
    settle(town)
    found = line(town)
    assert points(town) == 8  # 80.5 of 100 would be 8.05 of 10
    assert found.reason.endswith("证据等级 C，最高按满分的 80% 计分：10×0.8＝8（测评对象是方便抽样，代表性不足）")


def test_below_the_cap_nothing_is_taken_away(town: Surveyed) -> None:
    town.ballots((0, 0, 0, 0, 1))
    settle(town)
    assert points(town) == D("7.67") and "证据等级" not in line(town).reason  # 1610 ÷ 21 = 76.7


def test_the_office_lifts_the_cap_with_a_reason_that_is_printed(town: Surveyed) -> None:
    settle(town)
    made = lift(town)
    assert points(town) == D("8.05")
    assert line(town).reason.endswith(f"证据等级 C，镇党建办放宽限制，不按 80% 封顶，理由：{WHY}")
    small = town.small
    assert small.trail()[-1].table == "caplift"
    with small.store.write(small.office) as session:
        survey_caps.restore(session, small.office, made, "复核后不同意放宽")
    assert points(town) == 8
    with small.store.rows() as session:
        row = session.get(CapLift, made)
        assert row is not None and (row.reason, row.withdrawn_reason) == (WHY, "复核后不同意放宽")
    with small.store.write(small.office) as session, pytest.raises(WrongState, match="已经撤回"):
        survey_caps.restore(session, small.office, made, "再撤一次")


def test_a_lift_needs_a_reason_a_capped_score_and_the_office(town: Surveyed) -> None:
    with pytest.raises(InputRefused, match="还没有计入"):
        lift(town)
    settle(town)
    with pytest.raises(InputRefused, match="放宽限制须写明理由"):
        lift(town, " ")
    lift(town)
    with pytest.raises(WrongState, match="已经放宽"):
        lift(town)
    small = town.small
    with pytest.raises(NotAllowed), small.store.write(small.secretary) as session:
        survey_caps.lift(session, small.secretary, LiftDraft(small.village, small.quarters[3], WHY))


def test_a_good_grade_and_a_closed_quarter_are_not_lifted(town: Surveyed) -> None:
    small = town.small
    with small.store.write(small.office) as session:
        row = session.get(SurveyRound, town.round)
        assert row is not None
        row.sampling = Sampling.RANDOM.value
        session.add(row)
    settle(town)
    assert points(town) == D("8.05")
    with pytest.raises(InputRefused, match="没有受证据等级限制"):
        lift(town)
    with small.store.write(small.office) as session:
        quarter = session.get(Quarter, small.quarters[3])
        assert quarter is not None
        quarter.state = QuarterState.CLOSED.value
        session.add(quarter)
    with pytest.raises(WrongState, match="已关账"):
        lift(town)


def test_evidence_d_leaves_the_points_open_and_cannot_be_lifted(town: Surveyed) -> None:
    """What the branch itself reports does not take the place of a round that cannot be judged; a department's does."""
    small = town.small
    few = town.ballots((14, 0, 0, 0, 0), small.school)
    assert few
    with small.store.write(small.office) as session:
        row = session.get(SurveyRound, town.round)
        assert row is not None
        row.sampling = Sampling.CENSUS.value
        session.add(row)
    settle(town)
    with pytest.raises(InputRefused, match="不予判定，不能放宽"):
        lift(town, org_id=small.school)
    with small.store.rows() as session:
        grades = {one.org_id: one.grade for one in session.exec(select(SurveyEvidence))}
    assert grades[small.school] == "D"


def test_values_of_a_branch_without_judgement_stay_pending(town: Surveyed) -> None:
    small = town.small
    with small.store.write(small.office) as session:
        survey_settling.settle(session, small.office, town.round)
        for row in session.exec(select(SurveyEvidence)):
            row.grade, row.reasons = "D", "答卷只有 3 份，不足 15 份。"
            session.add(row)
    found = line(town)
    assert found.points is not None
    assert (found.points.points, found.points.state) == (None, PointsState.MISSING)
    assert found.reason.endswith("证据等级 D，不予判定，得分待定：答卷只有 3 份，不足 15 份")


def test_another_office_s_measurement_is_not_capped(town: Surveyed) -> None:
    small = town.small
    settle(town)
    with small.store.write(small.office) as session:
        day = date(2026, 9, 28)
        said = ValueDraft(small.village, town.score, small.quarters[3], D(90), day, Origin.DEPARTMENT, "县统计局")
        measured.record_value(session, small.office, said)
        survey_settling.unsettle(session, small.office, town.round, "以县里测评为准")
    assert points(town) == 9


def test_the_share_is_a_setting(town: Surveyed) -> None:
    settle(town)
    with town.small.store.write(SETUP) as session:
        policy.change(session, SETUP, PolicyDraft("survey.evidence_cap", "0.60"))
    assert points(town) == 6


def test_taking_the_round_back_takes_the_cap_away(town: Surveyed) -> None:
    small = town.small
    settle(town)
    with small.store.write(small.office) as session:
        survey_settling.unsettle(session, small.office, town.round, "漏录一批")
    with small.store.rows() as session:
        assert all(one.withdrawn_at for one in session.exec(select(SurveyEvidence)))
    settle(town)
    assert points(town) == 8

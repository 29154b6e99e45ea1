"""Results of a round worked out by hand: score, rates, groups, channels, evidence, verdict, change.

The scale 100/80/60/30/0 is that of domain 3.3, groups by their people methods A2 and A3, evidence methods A9.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from okr_desk.clock import FixedClock
from okr_desk.queries import survey_results
from okr_desk.rules.indicators import BaselineDraft, TargetDraft
from okr_desk.rules.surveys import PopulationDraft
from okr_desk.scoring.evidence import EvidenceGrade
from okr_desk.services import ballots, indicators, surveys
from okr_desk.survey_terms import Channel
from okr_desk.terms import SurveyChange, SurveyVerdict
from tests.small_survey import PARTY, TWENTY, VILLAGERS, Surveyed, a_round, definition, surveyed

D = Decimal
Make = Callable[..., Surveyed]


@pytest.fixture
def make(tmp_path: Path, clock: FixedClock) -> Iterator[Make]:
    made: list[Surveyed] = []

    def build(**more: object) -> Surveyed:
        made.append(surveyed(tmp_path / "镇.okr", clock, **more))
        return made[0]

    yield build
    for one in made:
        one.small.store.close()


def aim(town: Surveyed, target: int) -> None:
    village, office = town.small.village, town.small.office
    baseline = BaselineDraft(village, town.score, 2026, D(60), date(2025, 12, 31), "2025年测评")
    with town.small.store.write(office) as session:
        indicators.set_line(session, office, baseline, TargetDraft(village, town.score, 2026, D(target)))


def earlier_round(town: Surveyed, definition_id: int | None = None) -> int:
    office = town.small.office
    draft = a_round(definition_id or town.definition, town.small.quarters[2], 2)
    with town.small.store.write(office) as session:
        return surveys.open_round(session, office, draft).value


def test_people_are_unknown_where_a_group_that_answered_is_not_registered(make: Make) -> None:
    """25 villagers registered, members answered too: 25 are not all people, and no correction is made for them."""
    town = make()
    town.ballots(TWENTY, group=VILLAGERS)
    town.populations(PopulationDraft(town.small.village, town.groups[VILLAGERS], 25, 22))
    known = town.result()
    assert (known.population, known.invited) == (25, 22)
    town.ballots((2, 0, 0, 0, 0), group=PARTY)
    found = town.result()
    assert (found.population, found.invited, found.response) == (None, None, None)
    assert found.score is not None and found.score.effective_n is not None


def test_score_and_both_rates(make: Make) -> None:
    town = make()
    town.ballots(TWENTY)
    found = town.result()
    assert found.score is not None and found.rate is not None
    assert (found.ballots, found.score.estimate, found.rate.estimate, found.narrow) == (
        20,
        D("80.5"),
        D("0.9"),
        D("0.75"),
    )
    assert found.score.low < D("80.5") < found.score.high
    assert (found.likert.wide, found.likert.narrow) == ((18, 20), (15, 20)) if found.likert else False
    assert found.grouped is None and found.response is None and found.population is None


def test_the_narrow_rate_counts_the_levels_that_the_definition_says(make: Make) -> None:
    town = make(narrow=1)
    town.ballots(TWENTY)
    assert town.result().narrow == D("0.5")


def test_unsure_and_blank_stay_out_of_the_divisor(make: Make) -> None:
    town = make()
    town.ballots(TWENTY)
    town.store([town.ballot("10"), town.ballot("1-")])
    found = town.result()
    assert found.score is not None and found.score.estimate == D("80.5") and found.likert is not None
    assert (found.ballots, found.overall.answered, found.overall.unsure, found.overall.blank) == (22, 20, 1, 1)
    assert found.likert.unsure == pytest.approx(D(1) / 21)


def test_count_sheets_count_like_ballots(make: Make) -> None:
    """10 ballots of the best level and a sheet of 10 of the middle one: (1000 + 600) ÷ 20 = 80."""
    town = make()
    town.ballots((10, 0, 0, 0, 0))
    office = town.small.office
    with town.small.store.write(office) as session:
        ballots.record_count_sheet(session, office, town.sheet((0, 0, 10, 0, 0)))
    found = town.result()
    assert found.score is not None and (found.score.estimate, found.ballots, found.returned.void) == (80, 20, 2)


def test_groups_count_by_their_people(make: Make) -> None:
    """党员 10 of 100 all satisfied, 村民 90 of 100 six of ten: 0.1 × 1 + 0.9 × 0.6 = 0.64, not 16 ÷ 20 = 0.8."""
    town = make()
    village = town.small.village
    town.store([town.ballot("11", group=PARTY) for _n in range(10)])
    town.store([town.ballot("33" if n < 6 else "44", group=VILLAGERS) for n in range(10)])
    town.populations(
        PopulationDraft(village, town.groups[PARTY], 10, 10), PopulationDraft(village, town.groups[VILLAGERS], 90, 20)
    )
    found = town.result()
    assert found.rate is not None and found.grouped is not None
    assert (found.rate.estimate, found.grouped.unweighted) == (D("0.64"), D("0.8"))
    assert (found.population, found.invited) == (100, 30)
    assert found.response is not None and found.response == pytest.approx(D(2) / 3)
    assert [(one.group.name if one.group else "", one.ballots) for one in found.groups] == [
        (PARTY, 10),
        (VILLAGERS, 10),
    ]


def test_a_large_group_that_was_not_asked_bars_the_rate_and_the_verdict(make: Make) -> None:
    town = make()
    aim(town, 85)
    village = town.small.village
    town.store([town.ballot("11", group=PARTY) for _n in range(20)])
    town.populations(
        PopulationDraft(village, town.groups[PARTY], 30, 30), PopulationDraft(village, town.groups[VILLAGERS], 90, 90)
    )
    found = town.result()
    assert found.rate is None and found.grouped is not None and found.grouped.barred == (VILLAGERS,)
    assert found.evidence.grade is EvidenceGrade.D and "没有测" in found.evidence.obstacle
    assert found.judgement is not None and found.judgement.verdict is SurveyVerdict.NOT_JUDGED


def test_ways_of_asking_count_by_their_weights(make: Make) -> None:
    """At home 10 × 100, by phone 10 × 30, 70:30: 0.7 × 100 + 0.3 × 30 = 79; satisfied 0.7 × 1 + 0.3 × 0 = 0.7."""
    town = make(channels=((Channel.HOME_PAPER, D(70)), (Channel.PHONE, D(30))))
    town.ballots((10, 0, 0, 0, 0))
    town.ballots((0, 0, 0, 10, 0), channel=Channel.PHONE)
    found = town.result()
    assert found.score is not None and found.rate is not None
    assert (found.score.estimate, found.rate.estimate) == (79, D("0.7"))


def test_the_verdict_is_on_the_weighted_score(make: Make) -> None:
    """60 at home all best and 60 by phone all worst, 99:1: 99, beyond 85; unweighted it would be 50."""
    town = make(channels=((Channel.HOME_PAPER, D(99)), (Channel.PHONE, D(1))))
    aim(town, 85)
    town.ballots((60, 0, 0, 0, 0))
    town.ballots((0, 0, 0, 0, 60), channel=Channel.PHONE)
    found = town.result()
    assert found.score is not None and found.score.estimate == 99 and found.judgement is not None
    assert (found.judgement.verdict, found.judgement.interval) == (SurveyVerdict.REACHED, found.score)


def test_one_way_of_asking_alone_is_not_weighted(make: Make) -> None:
    town = make(channels=((Channel.HOME_PAPER, D(70)), (Channel.PHONE, D(30))))
    town.ballots((0, 0, 0, 10, 0), channel=Channel.PHONE)
    found = town.result()
    assert found.score is not None and found.score.estimate == 30


def test_evidence_is_best_for_a_random_sample_of_known_people_that_others_collected(make: Make) -> None:
    town = make()
    town.ballots(TWENTY)
    assert town.result().evidence.grade is EvidenceGrade.C, "nobody wrote down how many were asked"
    town.populations(PopulationDraft(town.small.village, None, 300, 30))
    found = town.result()
    assert found.evidence.grade is EvidenceGrade.A and found.evidence.reasons == ()
    assert found.response is not None and found.worst is not None
    assert found.worst.low == pytest.approx(found.response * D("0.9"))


def test_fewer_than_fifteen_answers_are_not_judged(make: Make) -> None:
    town = make()
    aim(town, 85)
    town.ballots((14, 0, 0, 0, 0))
    found = town.result()
    assert found.evidence.grade is EvidenceGrade.D
    assert found.judgement is not None and found.judgement.verdict is SurveyVerdict.NOT_JUDGED


@pytest.mark.parametrize(
    ("counts", "verdict"),
    [
        ((100, 0, 0, 0, 0), SurveyVerdict.REACHED),
        (TWENTY, SurveyVerdict.OPEN),
        ((0, 0, 0, 0, 90), SurveyVerdict.MISSED),
    ],
)
def test_only_an_interval_on_one_side_of_the_target_decides(
    make: Make, counts: tuple[int, ...], verdict: SurveyVerdict
) -> None:
    town = make()
    aim(town, 85)
    town.ballots(counts)
    found = town.result()
    assert found.target == 85 and found.judgement is not None and found.judgement.verdict is verdict


def test_more_answers_than_people_are_never_a_census(make: Make) -> None:
    town = make()
    town.ballots(TWENTY)
    town.populations(PopulationDraft(town.small.village, None, 10, None))
    found = town.result()
    assert found.population is None and found.score is not None and not found.score.census


def test_as_many_answers_as_people_are_a_census(make: Make) -> None:
    town = make()
    town.ballots(TWENTY)
    town.populations(PopulationDraft(town.small.village, None, 20, 20))
    found = town.result()
    assert found.score is not None and found.score.census and found.score.low == found.score.high == D("80.5")


def test_the_change_is_judged_against_the_latest_round_that_asked_the_same(make: Make) -> None:
    town = make()
    before = earlier_round(town)
    town.store([town.ballot("55")] * 60, before)
    town.ballots((60, 0, 0, 0, 0))
    found = town.result()
    assert found.before is not None and found.before.id == before and found.change is not None
    assert found.change.difference == 100 and found.change.change is SurveyChange.ROSE


def test_a_round_of_another_definition_is_not_compared_with(make: Make) -> None:
    town = make()
    before = earlier_round(town)
    town.store([town.ballot("55")] * 60, before)
    office = town.small.office
    with town.small.store.write(office) as session:
        second = surveys.define(session, office, definition(wide=2, reason="改为前两档")).value
        later = surveys.open_round(session, office, a_round(second, town.small.quarters[3], name="改版后")).value
    town.store([town.ballot("11")] * 60, later)
    found = town.result(round_id=later)
    assert found.before is None and found.change is None


def test_a_branch_that_was_asked_and_did_not_answer_has_no_result(make: Make) -> None:
    town = make()
    town.ballots(TWENTY)
    town.populations(PopulationDraft(town.small.school, None, 40, 20))
    found = town.result(town.small.school)
    assert found.score is None and found.rate is None and found.judgement is None and found.response is None
    with town.small.store.read() as session:
        alone = survey_results.results(session, town.round, [town.small.school])
        everybody = survey_results.results(session, town.round)
    assert [one.org.id for one in alone.branches] == [town.small.school]
    assert [one.org.id for one in everybody.branches] == [town.small.village, town.small.school]

"""Quarters pooled: more answers, no correction for finite populations, the same bars."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from okr_desk.clock import FixedClock
from okr_desk.queries import survey_rolling
from okr_desk.queries.survey_rolling import Rolling
from okr_desk.rules.indicators import BaselineDraft, TargetDraft
from okr_desk.rules.surveys import PopulationDraft
from okr_desk.scoring.intervals import interval
from okr_desk.scoring.likert import likert
from okr_desk.scoring.signals import Findings, Signal, SignalKind
from okr_desk.services import indicators, surveys
from okr_desk.terms import SurveyVerdict
from tests.small_survey import PARTY, TWENTY, VILLAGERS, Surveyed, a_round, definition, surveyed

D = Decimal


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Iterator[Surveyed]:
    made = surveyed(tmp_path / "镇.okr", clock)
    yield made
    made.small.store.close()


def open_round(town: Surveyed, number: int, definition_id: int | None = None) -> int:
    office = town.small.office
    with town.small.store.write(office) as session:
        draft = a_round(definition_id or town.definition, town.small.quarters[number], number)
        return surveys.open_round(session, office, draft).value


def rolling(town: Surveyed) -> dict[int, Rolling]:
    with town.small.store.read() as session:
        return survey_rolling.rolling(session, town.round)


def test_answers_of_quarters_are_put_together_without_a_finite_population(town: Surveyed) -> None:
    """TWENTY twice: 80.5 again, 36 of 40 satisfied, the interval that of forty people drawn from very many."""
    first = open_round(town, 1)
    town.store([town.ballot(str(level) * 2) for level, n in enumerate(TWENTY, 1) for _one in range(n)], first)
    town.ballots(TWENTY)
    town.populations(PopulationDraft(town.small.village, None, 40, 30))
    found = rolling(town)[town.small.village]
    assert [one.id for one in found.rounds] == [first, town.round] and found.n == 40
    assert found.score == likert((20, 10, 6, 2, 2)).score and found.score.estimate == D("80.5")
    assert found.rate == interval(36, 40) and found.target is None and found.judgement is None


def test_more_answers_decide_what_one_quarter_left_open(town: Surveyed) -> None:
    village, office = town.small.village, town.small.office
    baseline = BaselineDraft(village, town.score, 2026, D(60), date(2025, 12, 31), "2025年测评")
    with town.small.store.write(office) as session:
        indicators.set_line(session, office, baseline, TargetDraft(village, town.score, 2026, D("84")))
    for number in (1, 2):
        made = open_round(town, number)
        town.store([town.ballot("11")] * 12 + [town.ballot("22")] * 8 + [town.ballot("33")] * 2, made)
    town.ballots((12, 8, 2, 0, 0))
    alone, together = town.result().judgement, rolling(town)[village].judgement
    assert alone is not None and together is not None
    assert (alone.verdict, together.verdict) == (SurveyVerdict.OPEN, SurveyVerdict.REACHED)


def test_one_quarter_alone_and_another_definition_are_not_rolled(town: Surveyed) -> None:
    town.ballots(TWENTY)
    assert rolling(town) == {}
    office = town.small.office
    with town.small.store.write(office) as session:
        other = surveys.define(session, office, definition(wide=2, reason="改口径")).value
    town.store([town.ballot("11")] * 20, open_round(town, 2, other))
    assert rolling(town) == {}


def test_a_large_group_that_was_not_asked_bars_the_verdict_here_too(town: Surveyed) -> None:
    village, office = town.small.village, town.small.office
    baseline = BaselineDraft(village, town.score, 2026, D(60), date(2025, 12, 31), "2025年测评")
    with town.small.store.write(office) as session:
        indicators.set_line(session, office, baseline, TargetDraft(village, town.score, 2026, D(85)))
    town.store([town.ballot("11")] * 30, open_round(town, 2))
    town.store([town.ballot("11", group=PARTY)] * 30)
    town.populations(
        PopulationDraft(village, town.groups[PARTY], 40, 40), PopulationDraft(village, town.groups[VILLAGERS], 90, 90)
    )
    found = rolling(town)[village]
    assert found.rate is None and found.judgement is not None
    assert found.judgement.verdict is SurveyVerdict.NOT_JUDGED


def test_what_the_quarters_say_stands_beside_a_quarter_without_a_verdict_only(town: Surveyed) -> None:
    """The same four figures as above: 22 answers alone are open, 66 together reach 84; of doubted ballots nothing."""
    village, office = town.small.village, town.small.office
    baseline = BaselineDraft(village, town.score, 2026, D(60), date(2025, 12, 31), "2025年测评")
    with town.small.store.write(office) as session:
        indicators.set_line(session, office, baseline, TargetDraft(village, town.score, 2026, D("84")))
    for number in (1, 2):
        town.store(
            [town.ballot("11")] * 12 + [town.ballot("22")] * 8 + [town.ballot("33")] * 2, open_round(town, number)
        )
    town.ballots((12, 8, 2, 0, 0))
    alone, together = town.result(), rolling(town)[village]
    assert together.counts == (22, 22, 22) and together.decides
    assert survey_rolling.verdict_beside(alone, together) is SurveyVerdict.REACHED
    assert survey_rolling.verdict_beside(alone, None) is None
    assert alone.judgement is not None
    decided = replace(alone, judgement=replace(alone.judgement, verdict=SurveyVerdict.MISSED))
    assert survey_rolling.verdict_beside(decided, together) is None
    signals = tuple(Signal(kind, D(1), D(5), "…") for kind in (SignalKind.ALL_BEST, SignalKind.DUPLICATED))
    doubted = replace(alone, findings=Findings("青石村党支部", signals, (), ()))
    assert survey_rolling.verdict_beside(doubted, together) is None
    assert survey_rolling.verdict_text(doubted, together) == "不予判定"
    counted, reckoned = survey_rolling.steps(alone, together)
    assert "2026年第一季度 22 份、2026年第二季度 22 份、2026年第三季度 22 份，合计 66 份" in counted
    assert reckoned.startswith("各档合计 36、24、6、0、0 份；得分≈89.091") and reckoned.endswith("；合计结论：达成。")
    assert survey_rolling.steps(doubted, together)[-1].endswith("本季答卷请核查，合计也不予判定。")

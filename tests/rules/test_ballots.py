"""A ballot is checked before it counts: keys, length, blank ones, long words, days to come."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from okr_desk.errors import InputRefused
from okr_desk.rules.ballots import BallotDraft, check_ballot
from okr_desk.survey_terms import Channel

TODAY = date(2026, 10, 8)
GOOD = BallotDraft(1, None, Channel.HOME_PAPER, "120-", answered_on=TODAY)


@pytest.mark.parametrize(
    "draft", [GOOD, replace(GOOD, answers="----", void_reason="整份没有作答"), replace(GOOD, answers="0---")]
)
def test_what_may_count_or_be_void(draft: BallotDraft) -> None:
    check_ballot(draft, 4, TODAY)


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"answers": "126-"}, "answers", "1 至 5"),
        ({"answers": "1x2-"}, "answers", "1 至 5"),
        ({"answers": "12"}, "answers", "4 道题，填了 2 道"),
        ({"answers": "----"}, "void_reason", "整份没有作答"),
        ({"answers": "----", "void_reason": "  "}, "void_reason", "整份没有作答"),
        ({"wish": "修路" * 61}, "wish", "最希望"),
        ({"void_reason": "多选" * 61}, "void_reason", "作废原因"),
        ({"answered_on": date(2026, 10, 9)}, "answered_on", "填表日期"),
    ],
)
def test_what_is_refused_at_its_field(change: dict[str, object], field: str, words: str) -> None:
    with pytest.raises(InputRefused, match=words) as refused:
        check_ballot(replace(GOOD, **change), 4, TODAY)  # type: ignore[arg-type]
    assert refused.value.field == field

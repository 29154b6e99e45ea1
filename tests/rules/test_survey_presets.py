"""The seed of a survey is a definition that may be used as it is."""

from __future__ import annotations

from okr_desk.exchange.ballot_texts import question
from okr_desk.rules.survey_presets import preset
from okr_desk.rules.surveys import check_definition
from okr_desk.survey_terms import Channel, ItemKind


def test_the_seed_asks_the_ten_usual_questions_and_an_open_one() -> None:
    found = preset(2027)
    check_definition(found)
    assert found.year == 2027
    assert [item.kind for item in found.items] == [ItemKind.LEVELS] * 10 + [ItemKind.OPEN]
    assert [item.text for item in found.items if item.is_overall] == ["党支部工作总体评价"]
    assert [group.name for group in found.groups][:2] == ["党员", "村民"]
    assert {channel for channel, _weight in found.channels} == set(Channel)


def test_no_wording_stands_for_two_questions() -> None:
    wordings = [question(text) for item in preset(2027).items for text in (item.text, *item.aliases)]
    assert len(wordings) == len(set(wordings))

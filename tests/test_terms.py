"""Each term has one official word, also where two enums store the same text."""

from __future__ import annotations

from okr_desk.terms import OrgKind, Origin, QuarterState, YearState, by_label, label, stored


def test_members_that_are_equal_as_text_keep_their_own_words() -> None:
    assert (label(Origin.BRANCH), label(OrgKind.BRANCH)) == ("支部自报", "党支部")
    assert (label(YearState.OPEN), label(QuarterState.OPEN)) == ("开放", "填报中")


def test_a_word_leads_back_to_its_term() -> None:
    assert by_label(OrgKind, " 党支部 ") is OrgKind.BRANCH
    assert by_label(OrgKind, "支部自报") is None


def test_what_is_stored_leads_to_its_term() -> None:
    assert {value: type(term) for value, term in stored(QuarterState).items()} == dict.fromkeys(
        [state.value for state in QuarterState], QuarterState
    )
    assert all(stored(QuarterState)[state.value] is state for state in QuarterState)

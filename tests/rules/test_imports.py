"""What an import is made of: targets that read the same in any order, subjects that ignore the words beside them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from okr_desk.rules.imports import (
    CheckInFact,
    Doubt,
    FactKind,
    Place,
    check_in_target,
    check_in_text,
    subject_of,
    target_of,
)

PLACE = Place("东岭村党支部.xlsx", "填报表", "F10")


def _fact(note: str, confidence: int | None) -> CheckInFact:
    return CheckInFact(
        "东岭村党支部", 2026, 3, "KR3.1", None, None, None, confidence, note, "", "唐晨曦", date(2026, 9, 28), PLACE
    )


def test_a_target_is_canonical():
    assert target_of(year=2026, org="甲", indicator="", quarter=None) == '{"org":"甲","year":2026}'
    assert target_of(org="甲", year=2026) == target_of(year=2026, org="甲")
    assert target_of(as_of=date(2026, 9, 28), value=Decimal("1.50")) == '{"as_of":"2026-09-28","value":"1.50"}'


@given(note=st.text(max_size=30), confidence=st.none() | st.integers(1, 10))
def test_two_returns_on_the_same_thing_have_one_subject(note: str, confidence: int | None):
    target = check_in_target(_fact(note, confidence))
    assert subject_of(FactKind.CHECK_IN, target) == "check_in|东岭村党支部|2026|3|KR3.1||"


def test_the_same_cell_with_the_same_text_is_asked_once():
    target = check_in_target(_fact("", 8))
    one = Doubt(PLACE, "约59%", "59", "约数", False, FactKind.CHECK_IN, target)
    again = Doubt(PLACE, "约59%", "59", "另一说法", True, FactKind.CHECK_IN, target, taken=True)
    other = Doubt(PLACE, "约60%", "60", "约数", False, FactKind.CHECK_IN, target)
    assert one.identity == again.identity != other.identity
    assert one.subject == other.subject


def test_what_a_check_in_says():
    assert check_in_text(Decimal("63.40"), None, None) == "63.4"
    assert [check_in_text(None, done, None) for done in (True, False)] == ["是", "否"]
    assert check_in_text(None, None, ("立项", "开工")) == "立项、开工"
    assert check_in_text(None, None, None) == ""

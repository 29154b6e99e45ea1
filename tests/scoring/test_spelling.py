"""What people type becomes numbers, lists and words, or one sentence that names the entry."""

from __future__ import annotations

from decimal import Decimal

import pytest

from okr_desk import i18n
from okr_desk.errors import InputRefused
from okr_desk.scoring import spelling
from okr_desk.terms import Direction, PointRounding

D = Decimal


@pytest.mark.parametrize(
    ("text", "number"),
    [("８６.４", "86.4"), (" -3 ", "-3"), ("−3", "-3"), ("－3", "-3"), ("+2", "2"), (".5", "0.5"), ("1e3", "1000")],
)
def test_numbers_as_people_type_them(text: str, number: str) -> None:
    assert spelling.number(text, "v") == D(number)


@pytest.mark.parametrize(
    "text", ["", "95%", "NaN", "inf", "1_0", "1e99", "1e15", "约3", "1,000", "二", "0x10", "1e-40"]
)
def test_what_is_no_number_is_named(text: str) -> None:
    with pytest.raises(InputRefused, match="不是可用的数字") as refused:
        spelling.number(text, "v")
    assert refused.value.field == "v" and refused.value.sentence.startswith("v 填的")


@pytest.mark.parametrize("given", [True, None, 3.5])
def test_only_text_and_decimals_are_numbers(given: object) -> None:
    with pytest.raises(InputRefused):
        spelling.number(given, "v")


def test_a_refusal_stays_one_short_row() -> None:
    with pytest.raises(InputRefused) as refused:
        spelling.number("第一行\n第二行" + "很长" * 50, "v")
    assert "\n" not in refused.value.sentence and len(refused.value.sentence) < 80


def test_lists_and_pairs() -> None:
    assert spelling.numbers("18，5、2", "counts") == (18, 5, 2)
    assert spelling.number_pairs("60：0, 75:60", "points") == ((60, 0), (75, 60))
    with pytest.raises(InputRefused, match="成对填写"):
        spelling.pairs("60:0,75", "points")


def test_terms_by_word_and_by_label_in_either_language() -> None:
    assert spelling.term(PointRounding, "CEIL", "rounding") is PointRounding.CEIL
    assert spelling.term(PointRounding, "向下取整", "rounding") is PointRounding.FLOOR
    with i18n.using("en"):
        assert spelling.term(PointRounding, "向下取整", "rounding") is PointRounding.FLOOR
    with pytest.raises(InputRefused, match="rounding 只能填 ceil（向上取整）"):
        spelling.term(PointRounding, "四舍五入", "rounding")
    with pytest.raises(InputRefused, match="只能填 up（上升）、down（下降）。"):
        spelling.term(Direction, "between", "direction", (Direction.UP, Direction.DOWN))


def test_answers() -> None:
    assert [spelling.yes_or_no(text) for text in ("是", "Yes", "０", "未完成")] == [True, True, False, False]
    with pytest.raises(InputRefused, match="v 请填 yes 或 no"):
        spelling.yes_or_no("也许", "v")
    with pytest.raises(InputRefused, match="里程碑节点填 done 或 open"):
        spelling.yes_or_no(None)


def test_a_zero_with_a_large_exponent_is_still_zero() -> None:
    spelling.check_numbers("v", D("0E+20"), D(10) ** 14)
    for wrong in ("1e15", "NaN", "-Infinity"):
        with pytest.raises(InputRefused):
            spelling.check_numbers("v", D(wrong))

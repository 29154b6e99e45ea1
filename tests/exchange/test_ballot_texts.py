"""What the texts of an export mean, in the forms that domain 3.7 lists."""

from __future__ import annotations

from datetime import date

import pytest

from okr_desk.exchange import ballot_texts as texts
from okr_desk.survey_terms import NumberOrder


@pytest.mark.parametrize(
    ("head", "asked"),
    [
        ("2、您对党员干部作风和带头作用是否满意？", "党员干部作风和带头作用"),
        ("10.您对环境卫生是否满意?", "环境卫生"),
        ("第3题(环境卫生)", "环境卫生"),
        ("第３题（环境卫生）", "环境卫生"),
        ("3、环境卫生", "环境卫生"),
        ("4、您对党务（村务、居务）公开是否满意？*", "党务村务居务公开"),
        ("7、总体上，您对党支部工作是否满意？", "党支部工作"),
        ("9：最希望解决的一件事：", "最希望解决的一件事"),
        ("满意度", "满意度"),
    ],
)
def test_a_question_is_what_it_asks(head: str, asked: str) -> None:
    assert texts.question(head) == asked


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("非常满意", "1"), ("不满意", "5"), ("不了解", "0"), ("A.满意", "2"), (" 基本满意 ", "3"),
        ("不太满意〖路不好〗", "4"),
        ("(空)", "-"), ("（跳过）", "-"), ("", "-"), ("-2", "-"), ("-3", "-"),
        ("很满意", None), ("3", None), ("一般", None),
    ],
)  # fmt: skip
def test_an_answer_is_known_or_asked(text: str, key: str | None) -> None:
    assert texts.answer(text) == key


def test_numbers_count_once_their_order_is_known() -> None:
    assert [texts.answer(n, NumberOrder.BEST_FIRST) for n in ("1", "5", "6", "-3")] == ["1", "5", None, "-"]
    assert [texts.answer(n, NumberOrder.WORST_FIRST) for n in ("1", "3", "5")] == ["5", "3", "1"]
    assert texts.is_number("１") and not texts.is_number("-3") and not texts.is_number("满意")


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2026/09/07 08:05:28", (date(2026, 9, 7), 485)), ("2026-9-7 23:59", (date(2026, 9, 7), 1439)),
        ("2026-09-07", (date(2026, 9, 7), None)), ("2026/13/40 08:00:00", None), ("--", None),
    ],
)  # fmt: skip
def test_moments(text: str, when: tuple[date, int | None] | None) -> None:
    assert texts.moment(text) == when


@pytest.mark.parametrize(
    ("text", "took"), [("123秒", 123), ("2分5秒", 125), ("1小时2分钟", 3720), ("45", 45), ("--", None), ("", None)]
)
def test_how_long_it_took(text: str, took: int | None) -> None:
    assert texts.seconds(text) == took


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("其他〖下水道〗", "下水道"), ("停车┋其他〖路灯〗", "停车、路灯"), ("道路〖三组〗", "道路：三组"),
        ("其他〖〗", "其他"),
        ("(跳过)", ""), ("请回电13812345678谢谢", "请回电×谢谢"),
    ],
)  # fmt: skip
def test_wishes(text: str, said: str) -> None:
    assert texts.wish(text) == said


def test_a_long_wish_ends_in_dots() -> None:
    assert len(texts.wish("修路" * 100)) == 120

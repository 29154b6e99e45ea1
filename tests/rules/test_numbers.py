"""What offices really type (domain 8.2): a number, a question, or nothing; never silently a 0."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_desk.rules.numbers import Reading, read_number

D = Decimal
Raw = str | Decimal | int | float | None


@pytest.mark.parametrize(
    ("raw", "unit", "expected"),
    [
        ("74.2", "", "74.2"),
        ("0", "次", "0"),
        ("-0", "", "0"),
        ("-5", "", "-5"),
        ("+5", "", "5"),
        (".5", "万元", "0.5"),
        ("5.", "", "5"),
        ("1234.56", "万元", "1234.56"),
        ("3.50", "", "3.5"),
        (D("63.40"), "", "63.4"),
        (7, "件", "7"),
        (87.3, "", "87.3"),
        (0.1 + 0.2, "", "0.3"),
        (79.10000000000001, "%", "79.1"),
        (0, "%", "0"),
        (0.0, "%", "0"),
        ("0.0", "%", "0"),
        (100, "%", "100"),
    ],
)
def test_a_clean_number_is_taken_as_it_stands(raw: Raw, unit: str, expected: str) -> None:
    found = read_number(raw, unit=unit)
    assert found == Reading(value=D(expected))
    assert str(found.value) == expected
    assert (found.safe, found.doubtful) == (D(expected), False)


@pytest.mark.parametrize(
    ("raw", "unit", "expected", "reason"),
    [
        ("８３.２", "%", "83.2", "全角字符"),
        ("９５", "", "95", "全角字符"),
        ("３", "次", "3", "全角字符"),
        (" 74.2 ", "分", "74.2", "空格"),
        ("74.2\u3000", "分", "74.2", "空格"),
        ("\u00a074.2\n", "分", "74.2", "空格"),
        ("100％", "%", "100", "全角字符、百分号"),
        ("87%", "%", "87", "百分号"),
        ("87%", "％", "87", "百分号"),
        ("74.2 %", "%", "74.2", "百分号"),
        ("0.95%", "%", "0.95", "百分号"),
        ("0%", "%", "0", "百分号"),
        ("1,200", "人", "1200", "千位逗号"),
        ("1,234,567.5", "元", "1234567.5", "千位逗号"),
        ("0次", "次", "0", "单位“次”"),
        ("2000万元", "万元", "2000", "单位“万元”"),
        ("12.3件/万户", "件/万户", "12.3", "单位“件/万户”"),
        ("15日", "日", "15", "单位“日”"),
        ("95。", "", "95", "多余的符号"),
        ("'74", "", "74", "多余的符号"),
        ("\u221212", "", "-12", ""),
    ],
)
def test_what_loses_nothing_is_proposed_without_a_doubt(raw: str, unit: str, expected: str, reason: str) -> None:
    found = read_number(raw, unit=unit)
    assert found.safe == D(expected)
    assert not found.doubtful
    said = f"写有{reason}，不是纯数字；只留数字，数值不变" if reason else ""
    assert (found.reason, found.lossless) == (said, bool(reason))


@pytest.mark.parametrize(
    ("raw", "unit", "proposal", "word"),
    [
        ("约95%", "%", "95", "约数"),
        ("约100%", "%", "100", "约数"),
        ("约62.2%", "%", "62.2", "约数"),
        ("95%左右", "%", "95", "“左右”"),
        ("50多", "人", "50", "“多”"),
        ("100余次", "次", "100", "“余”"),
        (">=95", "%", "95", "“>=”"),
        ("约0.95", "%", "95", "约数"),
        ("95%", "分", "95", "不是百分比"),
        ("0.95", "%", "95", "0.95% 还是 95%"),
        (0.95, "%", "95", "若确为 0.95%"),
        (1, "%", "100", "1% 还是 100%"),
        (1.0, "%", "100", "1% 还是 100%"),
        (-0.5, "%", "-50", "还是"),
        (150, "%", "150", "大于 100"),
        (-5, "%", "-5", "小于 0"),
        ("2000万", "万元", "2000", "折算为 2000万元"),
        ("２０００万", "万元", "2000", "折算为 2000万元"),
        ("2千", "次", "2000", "折算为 2000次"),
        ("2千", "万元", "0.2", "折算为 0.2万元"),
        ("3亿元", "万元", "30000", "折算为 30000万元"),
        ("5000元", "万元", "0.5", "折算为 0.5万元"),
        ("2万", "", "20000", "折算为 20000"),
        ("3次", "场", "3", "“次”与本栏单位“场”不同"),
        ("95分", "", "95", "“分”"),
        ("12,5", "", "12.5", "小数点"),
        ("85。3", "", "85.3", "小数点"),
        ("1.2345678", "", "1.234568", "6 位"),
        ("1.2E3", "", "1200", "科学计数法"),
        ("无", "次", "0", "还是没有统计"),
        ("没有", "起", "0", "还是没有统计"),
        ("零", "", "0", "还是没有统计"),
    ],
)
def test_what_is_doubtful_waits_for_a_yes(raw: Raw, unit: str, proposal: str, word: str) -> None:
    found = read_number(raw, unit=unit)
    assert (found.value, found.proposal, found.lossless) == (None, D(proposal), False)
    assert word in found.reason
    assert found.safe is None
    assert found.doubtful


@pytest.mark.parametrize(
    ("raw", "unit"),
    [
        ("NaN", ""), ("inf", ""), ("-Infinity", ""), (float("nan"), ""), (float("inf"), "%"), (D("sNaN"), ""),
        ("2025.3.5", ""), ("3月5日", ""), ("2026-09-30", ""), ("2026/9/30", ""), ("2026年9月", ""), ("15日", "次"),
        ("90-95", "%"), ("90%～95%", "%"), ("3/5", ""), ("九十", ""), ("已开工", ""), ("2件需上级协调", "件"),
        ("7 4.2", ""), ("90\n95", ""), ("1,2,3", ""), ("1.2.3", ""), ("95多3", ""), ("=1+1", ""), ("12²", ""),
        ("\u0661\u0662", ""), ("1_000", ""), ("3万人", "户"), ("3人", "万户"), ("KR1.1", ""), (True, ""), (False, "次"),
        ("4.1E+17", ""), (4.1e17, ""), (10**17, ""), ("410000000000000000", ""), ("9" * 500, ""), (D("1e999999"), "%"),
        ("1e999999999", ""), ("1E-300", ""), (10**400, ""),
    ],
)  # fmt: skip
def test_what_cannot_be_read_gets_a_reason_and_no_proposal(raw: Raw, unit: str) -> None:
    found = read_number(raw, unit=unit)
    assert (found.value, found.proposal, found.missing) == (None, None, False)
    assert found.reason
    assert found.doubtful


@pytest.mark.parametrize(
    ("raw", "unit"), [("无", "%"), ("没有", "万元"), ("未统计", "次"), (" 未统计。", ""), ("暂无", "")]
)
def test_a_word_for_nothing_is_missing_and_never_zero(raw: str, unit: str) -> None:
    found = read_number(raw, unit=unit)
    assert found.missing
    assert (found.value, found.proposal, found.blank) == (None, None, False)
    assert found.doubtful
    assert "不能当作 0" in found.reason


@pytest.mark.parametrize("raw", [None, "", "  ", "\u3000", "—", "-", "——", "－", " — "])
def test_blank_and_dash_say_that_nothing_was_filled_in(raw: str | None) -> None:
    found = read_number(raw, unit="次")
    assert (found.missing, found.blank, found.not_applicable, found.doubtful) == (True, True, False, False)
    assert found.reason


@pytest.mark.parametrize("raw", ["/", "／", "不适用", " / ", "N/A"])
def test_a_stroke_means_not_applicable(raw: str) -> None:
    found = read_number(raw)
    assert (found.missing, found.not_applicable, found.doubtful, found.safe) == (True, True, False, None)
    assert "不适用" in found.reason


@pytest.mark.parametrize(
    ("raw", "unit", "expected"),
    [
        (0.791, "%", Reading(value=D("79.1"))),
        (0.896, "%", Reading(value=D("89.6"))),
        (0.07, "%", Reading(value=D(7))),
        (1, "%", Reading(value=D(100))),
        (0, "%", Reading(value=D(0))),
        (0.005, "%", Reading(value=D("0.5"))),
    ],
)
def test_a_number_shown_as_percent_is_exact(raw: float, unit: str, expected: Reading) -> None:
    assert read_number(raw, unit=unit, percent_format=True) == expected


@pytest.mark.parametrize(
    ("raw", "unit", "proposal", "word"),
    [(79.1, "%", "79.1", "7910%"), (0.791, "分", "79.1", "不是百分比"), (1.2, "%", "1.2", "120%")],
)
def test_a_percent_format_that_does_not_fit_is_asked_about(raw: float, unit: str, proposal: str, word: str) -> None:
    found = read_number(raw, unit=unit, percent_format=True)
    assert (found.proposal, found.doubtful) == (D(proposal), True)
    assert word in found.reason


def test_text_in_a_percent_cell_is_read_as_text() -> None:
    assert read_number("87%", unit="%", percent_format=True).safe == 87


@pytest.mark.parametrize(
    ("raw", "low", "high", "value", "proposal"),
    [
        ("-5", 0, None, None, None),
        ("5", 0, 10, "5", None),
        ("0", 0, 10, "0", None),
        ("10", 0, 10, "10", None),
        ("11", 0, 10, None, "11"),
        ("-3%", 0, None, None, None),
    ],
)
def test_bounds(raw: str, low: int, high: int | None, value: str | None, proposal: str | None) -> None:
    found = read_number(raw, low=D(low), high=None if high is None else D(high))
    assert found.value == (None if value is None else D(value))
    assert found.proposal == (None if proposal is None else D(proposal))
    assert bool(found.reason) is (value is None)


@pytest.mark.parametrize("unit", ["起", "件", "分", "次", "万人", "户/人", "人天", "小时"])
def test_a_count_below_nought_is_asked_about_and_never_proposed(unit: str) -> None:
    found = read_number("-1", unit=unit)
    assert (found.safe, found.proposal) == (None, None) and "最小值 0" in found.reason
    assert read_number("0", unit=unit).value == 0


@pytest.mark.parametrize("unit", ["", "万元", "元", "度"])
def test_what_may_be_negative_is_taken(unit: str) -> None:
    assert read_number("-1", unit=unit).value == -1


def test_percent_may_exceed_the_whole_where_the_indicator_says_so() -> None:
    assert read_number("150", unit="%", high=D(200)).value == 150


@pytest.mark.parametrize(
    ("raw", "decimals", "value", "proposal"),
    [
        ("3.0", 0, "3", None),
        ("3.5", 0, None, "4"),
        (200 / 3, 1, None, "66.7"),
        ("66.7", 1, "66.7", None),
        ("1.2345678", 9, None, "1.234568"),
    ],
)
def test_more_places_than_the_indicator_has_are_asked_about(
    raw: Raw, decimals: int, value: str | None, proposal: str | None
) -> None:
    found = read_number(raw, decimals=decimals)
    assert found.value == (None if value is None else D(value))
    assert found.proposal == (None if proposal is None else D(proposal))


@given(
    st.text(max_size=12) | st.floats() | st.integers() | st.decimals(),
    st.sampled_from(["", "%", "次", "万元"]),
    st.booleans(),
)
def test_nothing_raises_and_every_answer_is_one_of_three(
    raw: str | float | int | Decimal, unit: str, shown: bool
) -> None:
    found = read_number(raw, unit=unit, percent_format=shown)
    assert (found.value is not None) + (found.proposal is not None) + (found.safe is None and bool(found.reason)) >= 1
    assert found.value is None or found.proposal is None
    assert found.lossless <= (found.proposal is not None)
    if found.safe == 0:
        assert any(sign in str(raw).translate({0xFF10: "0"}) for sign in "0０")


@given(
    st.text(alphabet="0123456789０１２３.,，。%％ 约无次万-/", max_size=8),
    st.sampled_from(["", "%", "次", "万元"]),
)
def test_what_looks_like_office_typing_never_raises(raw: str, unit: str) -> None:
    found = read_number(raw, unit=unit, low=D(0))
    assert found.safe is None or 0 <= found.safe < 10**12


@given(st.decimals(-(10**6), 10**6, places=3))
def test_a_workbook_number_comes_back_as_it_was_typed(number: Decimal) -> None:
    assert read_number(float(number)).value == number
    assert read_number(str(number)).value == number
    assert read_number(number).value == number

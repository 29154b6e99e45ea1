"""Honours: their kinds, their quotas, and the grade that they take."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from okr_desk.errors import InputRefused
from okr_desk.rules import honours as rules
from okr_desk.rules.honours import HonourDraft, KindDraft

D = Decimal
DAY = date(2026, 10, 8)
KIND = KindDraft(2026, "先进基层党组织", quota=D("0.2"), most=5, least_grade="较好")
HONOUR = HonourDraft(1, 2, date(2026, 7, 1), "青党〔2026〕12号")
NAMES = ("好", "较好", "一般", "较差")


def said(call: object, *args: object) -> str:
    with pytest.raises(InputRefused) as refused:
        call(*args)  # type: ignore[operator]
    return refused.value.sentence


@pytest.mark.parametrize(
    ("quota", "most", "n", "places"),
    [("0.2", 5, 22, 4), ("0.2", 3, 22, 3), (None, 3, 22, 3), ("0.1", None, 9, 0), (None, None, 22, None)],
)
def test_how_many(quota: str | None, most: int | None, n: int, places: int | None) -> None:
    """20 % of 22 branches are 4.4, cut off: 4."""
    assert rules.allowed(None if quota is None else D(quota), most, n) == places


def test_a_kind() -> None:
    rules.check_kind(KIND)
    for more in ({"name": ""}, {"quota": D(0)}, {"quota": D("1.1")}, {"most": 0}, {"least_grade": "长" * 21}):
        with pytest.raises(InputRefused):
            rules.check_kind(replace(KIND, **more))  # type: ignore[arg-type]


def test_an_honour_rests_on_a_document() -> None:
    rules.check_honour(HONOUR, False, 2026, DAY)
    assert said(rules.check_honour, replace(HONOUR, document=""), False, 2026, DAY) == "请填写“依据文号”。"
    assert "还没有到" in said(rules.check_honour, replace(HONOUR, given_on=date(2026, 10, 9)), False, 2026, DAY)
    assert "不在2024年度" in said(rules.check_honour, HONOUR, False, 2024, DAY)
    assert said(rules.check_honour, HONOUR, True, 2026, DAY) == "请填写“姓名”。"
    rules.check_honour(replace(HONOUR, person="李旭昇"), True, 2026, DAY)
    assert "不填个人姓名" in said(rules.check_honour, replace(HONOUR, person="李旭昇"), False, 2026, DAY)


def test_beyond_the_quota_it_is_said_who_has_the_places() -> None:
    words = rules.quota_words(D("0.2"), 5, 22)
    assert words == "22 个支部的 20%，名额 5 个"
    rules.check_quota("先进", 4, words, ["甲", "乙", "丙"])
    rules.check_quota("先进", None, "", list("甲乙丙丁"))
    over = said(rules.check_quota, "先进", 4, words, ["甲", "乙", "丙", "丁"])
    assert over == "“先进”最多 4 个（22 个支部的 20%，名额 5 个），已授予 4 个：甲、乙、丙、丁，不能再授。"
    assert "己等，" in said(rules.check_quota, "先进", 7, words, list("甲乙丙丁戊己庚"))


def test_the_grade_it_takes() -> None:
    rules.check_grade("先进", "", None, ())
    rules.check_grade("先进", "较好", "较好", NAMES)
    rules.check_grade("先进", "较好", "好", NAMES)
    assert said(rules.check_grade, "先进", "较好", None, ()) == (
        "“先进”要求年度等次“较好”以上，这个支部还没有年度等次，不能授予。"
    )
    assert "这个支部为“一般”" in said(rules.check_grade, "先进", "较好", "一般", NAMES)
    assert "这个支部为“五星”" in said(rules.check_grade, "先进", "较好", "五星", ("五星", "四星"))

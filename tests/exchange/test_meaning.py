"""Short texts of offices: heads, quarters, dates, nodes, titles."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from okr_desk.exchange import meaning


@pytest.mark.parametrize(
    ("text", "reduced"),
    [
        ("信心(1-10)", "信心"),
        (" 本季\n实绩：", "本季实绩"),
        ("ＫＲ编号*", "KR编号"),
        ("關鍵結果", "关键结果"),
        ("kr编号", "KR编号"),
    ],
)
def test_heads_are_reduced_to_their_words(text: str, reduced: str):
    assert meaning.head(text) == reduced


@pytest.mark.parametrize(
    ("text", "year", "quarter"),
    [
        ("青山镇2026年第3季度指标实绩", 2026, 3),
        ("2026年第三季度", 2026, 3),
        ("04_季度实绩_2026Q2", 2026, 2),
        ("二季度完成情况", None, 2),
        ("2025年末", 2025, None),
        ("前三季度", None, 3),
        ("名册", None, None),
    ],
)
def test_years_and_quarters(text: str, year: int | None, quarter: int | None):
    assert (meaning.year_in(text), meaning.quarter_in(text)) == (year, quarter)


@pytest.mark.parametrize(
    "value", ["2026.9.28", "2026年9月28日", "2026-09-28", "２０２６/９/２８", "46293", Decimal(46293)]
)
def test_dates(value: str | Decimal):
    assert meaning.date_in(value) == date(2026, 9, 28)


@pytest.mark.parametrize("value", ["9月28日", "2026.13.1", "昨天", "123", True])
def test_what_is_no_full_date(value: str | bool):
    assert meaning.date_in(value) is None


def test_nodes_with_their_weights():
    title, nodes = meaning.weighted_nodes("产业路硬化2.3公里：立项20、开工30、主体完成30、验收20")
    assert title == "产业路硬化2.3公里"
    assert nodes == (("立项", 20), ("开工", 30), ("主体完成", 30), ("验收", 20))
    assert meaning.weighted_nodes("冷链仓储库: 立项 ２０%；验收80。")[1] == (("立项", 20), ("验收", 80))
    assert meaning.weighted_nodes("没有节点的一句话") == ("没有节点的一句话", ())
    assert meaning.weighted_nodes("说明：按计划推进") == ("说明：按计划推进", ())


@pytest.mark.parametrize(
    ("statement", "title"),
    [
        ("党员到会率由78.5%提高到89.9%", "党员到会率"),
        ("村集体经营性收入全年达到67.7万元（上年61.4万元）", "村集体经营性收入"),
        ("安全生产责任事故为零", "安全生产责任事故"),
        ("师德师风有效投诉保持零发生", "师德师风有效投诉"),
        ("完成村级财务管理制度修订并公示", "村级财务管理制度修订并公示"),
        ("完成率全年达到100%", "完成率"),
        ("摸清外出务工党员联系率，建立基线", "外出务工党员联系率摸底"),
        ("就这一句", "就这一句"),
    ],
)
def test_the_thing_that_a_statement_speaks_of(statement: str, title: str):
    assert meaning.short_title(statement) == title


def test_yes_and_no():
    assert [meaning.yes_no(word) for word in ("是", " 已完成", "√", "否", "未完成", "×", "差不多", "")] == [
        True, True, True, False, False, False, None, None,
    ]  # fmt: skip

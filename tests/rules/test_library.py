"""The seed library is that of the tables in domain 1.4, typed here again by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from okr_desk.rules import library
from okr_desk.rules.indicators import EVIDENCE_MOST, check_indicator
from okr_desk.rules.setup import CATEGORIES
from okr_desk.scoring.rounding import plain
from okr_desk.scoring.rule_text import words_of
from okr_desk.terms import Dimension, Direction, Frequency

# code, scope, unit, direction, frequency, baseline→target, kind of rule, full points of domain 1.4. "-" where the table
# gives no number. Differs on purpose: B10 is "=" there, B14 and B06 are "0/1", F12 counts its events here ("12 场").
TABLE = """
B01 A % ↑ Q 75→100 ratio 4
B02 A % ↑ Q 67→100 ratio 3
B03 A % ↑ Q 67→100 ratio 2
B04 A 次 ↑ Q 0→1 ratio 3
B05 A % ↑ Q 67→100 ratio 4
B06 A 次 ↑ Y 1→1 yesno 2
B07 A % ↑ Y 90→100 per-point 2
B08 A % ↑ Q 72→85 linear 4
B09 A % ↑ Q 96→100 per-point 4
B10 A 名 ↑ Y -→- range 3
B11 A 项 ↓ E 2→0 deduct 3
B12 A % ↑ Q 80→95 linear 3
B13 A % ↑ Y 80→100 ratio 1
B14 A - ↑ E 1→1 yesno 2
B15 A % ↑ Q 90→100 ratio 2
B16 A % ↑ H 60→100 ratio 2
B17 A % ↑ Q 85→100 linear 2
B18 A % ↑ H 92→100 linear 1
B19 A % ↑ Q 75→100 ratio 2
B20 A % ↑ Y 75→90 ladder 3
B21 A % ↑ Q 80→100 ratio 4
B22 A % ↑ Q 90→100 per-point 3
B23 A 项 ↓ H 1→0 deduct 1
F01 A % ↑ Q 70→95 linear 5
F02 A 分 ↑ Q 82→90 linear 8
F03 R % ↑ Y 0→10 linear 6
F04 R % ↑ Q 90→100 ratio 2
F05 R % ↑ Q 92→98 linear 2
F06 R % ↑ Q 80→100 ratio 2
F07 R 万元 ↑ Y 5→10 ladder 0
F08 R 分 ↑ Q 80→90 linear 0
F09 C % ↑ Q 90→98 linear 3
F10 C % ↑ Q 92→98 linear 3
F11 C % ↑ Q 70→95 linear 2
F12 C 场 ↑ Q -→12 dual 4
F13 C % ↑ Q 90→98 per-point 0
F14 C % ↑ H 90→100 ratio 0
F15 O % ↑ Q 90→100 linear 4
F16 O % ↑ Q 85→100 linear 3
F17 O 分 ↑ Q 80→92 linear 3
F18 O 件 ↓ Q 5→0 deduct 2
F19 O % ↑ H 90→97 linear 0
F20 O % ↑ H 80→100 ratio 0
F21 S % ↑ Q 90→100 linear 6
F22 S % ↑ Q 95→100 linear 3
F23 S 件/万户 ↓ Q 3→1 linear 3
F24 S % ↑ H 70→100 ratio 0
F25 I % ↑ Q 85→100 linear 6
F26 I % ↑ Y 0→15 linear 3
F27 I 人天 ↑ Q 20→40 linear 3
F28 I % ↑ H 90→100 ratio 0
F29 E 件 ↓ Q 2→0 deduct 4
F30 E % ↑ H 70→100 ratio 4
F31 E 分 ↑ H 85→92 linear 4
F32 N % ↑ H 80→95 linear 4
F33 N % ↑ Y 50→70 linear 2
F34 N % ↑ Q 80→95 linear 3
F35 N 个 ↑ H 1→3 ratio 3
F36 N 条 ↑ H 2→5 ratio 0
F37 RC % ↑ Q 60→95 range 0
F38 C 户/人 ↓ Y 300→200 linear 0
X01 A % ↑ Q 80→95 linear 5
X02 A 个 ↑ H 0→2 bonus 3
X03 A 次 ↑ Y 0→1 bonus 3
X04 A 小时 ↑ Q 3→6 linear 2
X05 A % ↑ H 60→90 linear 2
X06 A % ↑ Q 70→90 linear 0
X07 A % ↑ H 40→100 ratio 0
X08 A % ↑ H 20→50 linear 0
X09 A % ↑ Q 0→20 linear 0
X10 A % ↑ Q 60→85 linear 0
"""
ROWS = [row.split() for row in TABLE.split("\n") if row]
SCOPES = {"R": "农村", "C": "社区", "O": "机关", "S": "国企", "I": "科研院所", "E": "学校", "N": "两新组织"}
FREQUENCIES = {"Q": Frequency.QUARTERLY, "H": Frequency.HALF_YEARLY, "Y": Frequency.YEARLY, "E": Frequency.ON_EVENT}
DIMENSIONS = {"B": Dimension.BASIC, "F": Dimension.FUSION, "X": Dimension.INNOVATION}
NUMBERS = {
    "B01": "ratio t=100",
    "B04": "ratio",
    "B10": "range tol=1",
    "B11": "deduct each=1",
    "B20": "ladder bands=90:3,80:2,60:1",
    "B23": "deduct each=0.5",
    "F07": "ladder bands=50:3,10:2,5:1",
    "F18": "deduct each=0.4",
    "F29": "deduct each=2",
    "F35": "ratio",
    "X02": "bonus each=1.5",
    "X03": "bonus levels=1,2,3",
}
"""Rules that have numbers of their own in the table, or that leave all to the branch."""


def amount(text: str) -> Decimal | None:
    return None if text == "-" else Decimal(text)


def test_the_table_is_whole() -> None:
    assert len(ROWS) == 71
    beside = {"S02"}  # the rate by which satisfaction limits the grade (domain 3.4), no line of the table
    assert [one.code for one in library.seed() if one.code not in beside] == [row[0] for row in ROWS]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_the_seed_is_what_the_table_says(row: list[str]) -> None:
    code, scope, unit, way, frequency, line, kind, points = row
    found = next(one for one in library.seed() if one.code == code)
    assert found.categories == (() if scope == "A" else tuple(SCOPES[letter] for letter in scope))
    assert found.unit == unit.strip("-")
    assert found.direction is (Direction.UP if way == "↑" else Direction.DOWN)
    assert found.frequency is FREQUENCIES[frequency] and found.dimension is DIMENSIONS[code[0]]
    assert (found.usual_baseline, found.usual_target) == tuple(amount(end) for end in line.split("→"))
    assert found.usual_points == Decimal(points)
    assert words_of(found.usual_rule.split())["kind"] == kind
    assert found.usual_rule == NUMBERS.get(code, found.usual_rule)


def test_points_sum_as_the_table_says() -> None:
    sums = {
        dimension: sum(one.usual_points or 0 for one in library.seed() if one.dimension is dimension)
        for dimension in Dimension
    }
    assert (sums[Dimension.BASIC], sums[Dimension.INNOVATION]) == (60, 15)
    assert sums[Dimension.FUSION] == 13 + 12 * len(CATEGORIES)


def test_every_definition_can_be_taken_and_says_where_it_comes_from() -> None:
    for one in library.seed():
        check_indicator(one)
    assert [one.code for one in library.seed() if not (one.source and one.evidence)] == []
    assert max(one.evidence_limit for one in library.seed()) <= EVIDENCE_MOST
    assert not any("[" in one.source for one in library.seed())


def test_percentage_points_are_counted_upwards_and_shares_are_of_the_whole() -> None:
    """The table names no rounding; a share of what is owed has 100 as its whole whatever a branch aims at."""
    rules = {one.code: one for one in library.seed()}
    assert {one.usual_rule for one in rules.values() if one.usual_rule.startswith("per-point")} == {
        "per-point rounding=ceil"
    }
    shares = [one for one in rules.values() if one.usual_rule.startswith("ratio") and one.unit == "%"]
    assert {one.usual_rule for one in shares} == {"ratio t=100"}
    assert {plain(one.usual_target) for one in shares if one.usual_target is not None} == {"100"}


def test_a_row_of_a_file_may_leave_out_what_is_usual() -> None:
    (found,) = library.drafts([{"code": "Z01", "name": "试", "unit": "", "direction": "up", "dimension": "basic"}])
    check_indicator(found)
    assert found.usual_points is None and found.frequency is Frequency.QUARTERLY


def test_every_definition_says_what_the_number_is() -> None:
    """Shares name their numerator and denominator; what the table has in brackets is not lost."""
    said = {one.code: one.method for one in library.seed()}
    assert [code for code, method in said.items() if not method] == []
    shares = [one for one in library.seed() if one.unit == "%" and one.code not in ("F03", "F26", "X09")]
    assert [one.code for one in shares if "÷" not in one.method] == []
    conditions = {
        "B01": "每季应开 1 次", "B02": "7 人及以上", "B03": "不设党小组的不适用", "B04": "每季应讲 1 次",
        "B05": "每季应开展 3 次", "B06": "第四季度", "B08": "三分之二", "B10": "多 1 名、少 1 名",
        "B12": "32 学时", "B13": "56 学时",
        "B15": "挂名委员", "B18": "16 项", "B19": "不少于 1 次", "F06": "5 至 10 户", "F11": "50 小时", "F38": "200 户",
        "X02": "复核有效", "X05": "1＋3＋N", "X10": "有积分",
    }  # fmt: skip
    assert {code: words for code, words in conditions.items() if words not in said[code]} == {}

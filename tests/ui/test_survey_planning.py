"""The plan of a sample from what is typed. Numbers: domain 3.3 (±10 % of 300 is 73), methods A4 (15 and 85 %)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from okr_desk.errors import InputRefused
from okr_desk.ui.models.survey_planning import told

TEN, EIGHT, FIVE = Decimal("0.10"), Decimal("0.08"), Decimal("0.05")


@pytest.mark.parametrize(
    ("people", "margin", "n"), [("300", TEN, 73), ("300", FIVE, 169), ("1000", TEN, 88), ("200", FIVE, 132)]
)
def test_the_table_of_sample_sizes(people: str, margin: Decimal, n: int) -> None:
    assert told(people, margin, "", "", "").headline == f"需要有效答卷 {n} 份。"


def test_more_are_given_out_than_come_back() -> None:
    """73 ÷ 0.6 = 121.67."""
    assert told("300", TEN, "60", "", "").headline == "需要有效答卷 73 份；按回收率 60%，应发放 122 份。"


def test_a_small_branch_asks_everybody() -> None:
    found = told("30", TEN, "80", "", "")
    assert found.headline == "只有 30 人，建议普查：30 份全部发到，尽量全部收回。"


def test_fifteen_answers_cannot_prove_85_percent() -> None:
    """At 90 % 1.644854² × 0.85 ÷ 0.15 = 15.3: 16 are the fewest."""
    found = told("", TEN, "", "85", "15")
    assert found.target[0] == "15 份答卷即使全部满意，也不能证明满意率达到 85%。"
    assert found.target[1] == "全部满意时，至少要 16 份答卷才能证明。"


@pytest.mark.parametrize(
    ("texts", "field", "sentence"),
    [
        (("三百", "60", "85", ""), "population", "“人数”"),
        (("300.5", "60", "85", ""), "population", "“人数”请填大于 0 的整数。"),
        (("300", "0.6", "85", ""), "response", "“预计回收率”请填百分数，如 85 表示 85%。"),
        (("300", "60", "850", ""), "target", "“目标满意率”请填百分数，如 85 表示 85%。"),
        (("30", "60", "85", "31"), "answers", "计划有效答卷 31 份，超过总人数 30 人，请改正。"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(texts: tuple[str, str, str, str], field: str, sentence: str) -> None:
    people, response, target, answers = texts
    with pytest.raises(InputRefused) as refused:
        told(people, TEN, response, target, answers)
    assert refused.value.field == field and refused.value.sentence.startswith(sentence)


def test_eight_points_lie_between() -> None:
    ten, eight, five = (told("1000", one, "", "", "").headline for one in (TEN, EIGHT, FIVE))
    assert [int(text.split()[1]) for text in (ten, eight, five)] == [88, 131, 278]

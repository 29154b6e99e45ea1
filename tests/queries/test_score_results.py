"""How the result of a sheet is told: points beside the percent of the grade, provisional, limited, withheld."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from okr_desk.queries import score_results
from okr_desk.queries.score_forms import ScoreForm
from okr_desk.scoring.grades import grade
from tests.reports import score_samples as made

D = Decimal


def reported() -> ScoreForm:
    """7.9 of 8, and 1 that does not apply: 98.75 % of the 8 that count."""
    lines = [made.line("F07", "村集体经营性收入", "ratio", "8", "7.9", ("0", "8"))]
    return made.form([made.block("融合创新", lines)], satisfaction="96")


def test_points_never_stand_alone_beside_the_bands() -> None:
    """What the grade goes by is the percent: 7.9 points of 8 are 98.75 %."""
    sheet = reported().sheet
    assert score_results.result(sheet) == "总分 7.9（满分 8，得分率 98.75%）"
    assert score_results.grade_steps(sheet)[1] == "得分率 98.75%（按未取整的得分率比较）"
    assert (score_results.provisional(sheet), score_results.marked_grade(sheet)) == ("", "好")


def test_a_grade_of_part_of_the_points_is_provisional() -> None:
    """7 of 40 points are not reported: 24 ÷ 33."""
    sheet = made.form().sheet
    assert score_results.result(sheet) == "总分 24（已报 33／40 分，得分率 72.73%）"
    assert score_results.provisional(sheet) == "已报 33／40 分，等次暂定。"
    assert score_results.grade_steps(sheet)[-1] == "已报 33／40 分，等次暂定。"
    assert score_results.marked_grade(sheet) == "一般（暂定）"


def test_the_grade_of_a_year_is_provisional_until_its_last_quarter() -> None:
    year = replace(reported().sheet, quarter=None)
    assert score_results.marked_grade(year, 3) == "好（暂定）"
    assert score_results.provisional(year, 3) == "全年计到第3季度，等次暂定。"
    assert score_results.marked_grade(year, 4) == "好"


def test_a_grade_that_is_withheld_says_why_once() -> None:
    sheet = reported().sheet
    little = replace(sheet, grade=grade(D("98.75"), coverage=D("0.5")))
    assert score_results.withheld(little) == "适用分值不足 70%，不定等次、不排名。"
    assert score_results.provisional(little) == score_results.withheld(sheet) == ""
    assert score_results.grade_steps(little).count("适用分值不足 70%，不定等次、不排名。") == 1


def test_limits_in_few_words() -> None:
    """Domain 3.4: below 90 % satisfaction not above 一般, below 60 % a sign besides."""
    assert score_results.limits_in_short(made.form(satisfaction="92").sheet) == ()
    lines = [made.line("F07", "村集体经营性收入", "ratio", "8", "7.9", ("0", "8"))]
    sheet = made.form([made.block("融合创新", lines)], satisfaction="59").sheet
    assert score_results.limits_in_short(sheet) == (
        "满意率59%，最高为“一般”，有软弱涣散迹象，请列入排查",
        "按得分率为好",
    )

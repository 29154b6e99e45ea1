"""Standings, coefficients and candidates: by hand, with what is not there said and never counted as nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from okr_desk.clock import FixedClock
from okr_desk.errors import InputRefused
from okr_desk.queries import candidates, coefficients, cycles, incentive_rules, orgs, standings, titles
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.standings import Standing
from okr_desk.rules.policy import PolicyDraft
from okr_desk.rules.titles import Fact
from okr_desk.services import policy
from okr_desk.services import titles as writing
from okr_desk.services.permits import SETUP
from okr_desk.terms import OrgKind, QuarterState
from okr_desk.title_terms import TitleFact
from tests.small_titles import Titled, titled

D = Decimal


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Iterator[Titled]:
    made = titled(tmp_path / "小镇.okr", clock)
    made.good()
    yield made
    made.small.store.close()


def branches(town: Titled) -> tuple[OrgView, ...]:
    with town.small.store.read() as session:
        return tuple(one for one in orgs.tree(session, date(2026, 10, 8)) if one.kind == OrgKind.BRANCH)


def standing(town: Titled, year: int = 2026) -> dict[int, Standing]:
    with town.small.store.read() as session:
        return standings.standings(session, year, branches(town))


def put(town: Titled, key: str, value: str) -> None:
    with town.small.store.write(SETUP) as session:
        policy.change(session, SETUP, PolicyDraft(key, value))


def test_silence_earns_no_grade(town: Titled) -> None:
    """The hill reported nothing: its deductions alone would read 100 %."""
    found = standing(town)
    village, hill = found[town.small.village], found[town.hill]
    assert (village.grade, village.is_best, village.is_over, village.grade_text) == ("好", True, False, "好（暂定）")
    assert (hill.grade, hill.at_least("较好")) == (None, None) and "只报了" in hill.grade_text
    assert village.at_least("较好") is True and village.at_least("五星") is None
    assert standing(town, 2030) == {}


def test_a_year_is_over_when_its_quarters_are_shut(town: Titled) -> None:
    for number in (3, 4):
        town.scored.state(number, QuarterState.FROZEN)
    assert standing(town)[town.small.village].is_over


def test_conditions_each_with_its_fact(town: Titled) -> None:
    with town.small.store.read() as session:
        rule = incentive_rules.title_rule(session)
        ids = [town.small.village, town.hill, town.small.school]
        found = titles.facts(session, standings.standings(session, 2026, branches(town)), ids, rule)
        none = titles.facts(session, {}, [town.small.village], rule)[town.small.village]
    assert [one.met for one in found[town.small.village]] == [True] * 4
    assert found[town.small.village][0].said == "年度等次为“好（暂定）”，要求“较好”以上"
    assert "只报了" in found[town.hill][0].said
    assert found[town.small.school][0].said == "还没有年度等次（要求“较好”以上）"
    assert none[0] == Fact(TitleFact.GRADE, None, "年度还没有开始，没有等次")


def test_a_grade_that_the_scheme_does_not_know(town: Titled) -> None:
    put(town, "title.least_grade", "四星")
    with town.small.store.read() as session:
        rule = incentive_rules.title_rule(session)
        (grade, *_rest) = titles.facts(session, standing(town), [town.small.village], rule)[town.small.village]
    assert (grade.met, grade.said) == (None, "考核方案里没有“四星”这个等次，不能判断")


def test_peers_are_of_the_category_or_all_where_one_is_alone(town: Titled) -> None:
    known = {one.id: one for one in branches(town)}
    village = titles.peers_of(known[town.small.village], branches(town))
    assert {one.id for one in village} == {town.hill, town.brook}
    school = titles.peers_of(known[town.small.school], branches(town))
    assert {one.id for one in school} == {town.small.village, town.hill, town.brook}


def test_coefficients_of_a_quarter_and_a_year(town: Titled) -> None:
    """100 % gives 0.8 + 0.4·40/40 = 1.2; by grades the table's."""
    with town.small.store.read() as session:
        quarter = cycles.quarter(session, 2026, 3)
        assert quarter is not None
        third, year = (
            coefficients.of_quarter(session, quarter, branches(town)),
            coefficients.of_year(session, 2026, branches(town)),
        )
    by_org = {one.org.id: one for one in third.lines}
    assert by_org[town.small.village].coefficient.value == D("1.2")
    assert by_org[town.hill].coefficient.value is None and "不建议系数" in by_org[town.hill].coefficient.steps[0]
    assert by_org[town.small.school].coefficient.value is None
    assert (third.known, third.way, year.period) == (1, "按得分", "2026年度")
    assert third.note == "仅供参考，不作为发放依据，以上级文件为准。"
    put(town, "coefficient.way", "按等次")
    put(town, "coefficient.table", "1.15 1")
    with town.small.store.read() as session:
        table = coefficients.of_year(session, 2026, branches(town))
    values = {one.org.id: one.coefficient.value for one in table.lines}
    assert (table.way, values[town.small.village]) == ("按等次", D("1.15"))


def line(town: Titled, before: Standing | None, now: Standing | None) -> candidates.CandidateLine:
    org = next(one for one in branches(town) if one.id == town.small.village)
    return candidates._line(OrgView(**{**org.__dict__, "secretary": "李旭昇"}), 2026, before, now)


def year_of(town: Titled, **more: object) -> Standing:
    org = branches(town)[0]
    plain: dict[str, object] = {"org": org, "year": 2026, "score": D(92), "grade": "好", "grades": ("好", "较好")}
    return Standing(**{**plain, "red_lines": (), "is_over": True, **more})  # type: ignore[arg-type]


def test_two_good_years_make_a_candidate(town: Titled) -> None:
    good = year_of(town)
    both = line(town, good, good)
    assert both.is_candidate and not both.is_near
    one = line(town, None, good)
    assert one.lacking == ("没有2025年度的数据",) and one.is_near
    assert line(town, year_of(town, grade="较好"), good).lacking == ("2025年度为“较好”",)
    crossed = line(town, good, year_of(town, red_lines=("R1 安全事故（青安〔2026〕1号）",)))
    assert "2026年度有红线" in crossed.lacking[0] and not crossed.is_near
    assert line(town, good, year_of(town, is_over=False)).lacking == ("2026年度还没有结束，等次为暂定",)
    assert line(town, good, year_of(town, grade=None)).lacking == ("2026年度没有等次",)


def test_one_year_alone_says_so(town: Titled) -> None:
    with town.small.store.read() as session:
        found = candidates.candidates(session, 2026, branches(town))
        again = candidates.candidates(session, 2026, branches(town), standing(town))
    assert found.candidates == () and found.lines == again.lines
    assert found.notice == "名单须连续两年为最好等次。本机只有2026年度的数据，2025年度还没有，现在列不出名单。"
    assert [one.org.id for one in found.near] == [town.small.village]
    assert "书记空缺" in found.near[0].lacking


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("appraisal.cut.fairly", "95"),
        ("appraisal.cut.fair", "80"),
        ("coefficient.low", "1.5"),
        ("coefficient.table", "1 1.2"),
        ("coefficient.table", "1..2"),
        ("coefficient.table", "好"),
    ],
)
def test_settings_that_cannot_hold_together(town: Titled, key: str, value: str) -> None:
    with pytest.raises(InputRefused):
        put(town, key, value)


def test_weights_cannot_all_be_nothing(town: Titled) -> None:
    for keys in (
        ("title.weight.self", "title.weight.peers", "title.weight.upper"),
        tuple(f"appraisal.weight.{name}" for name in ("leaders", "peers", "members", "mass")),
    ):
        for key in keys[:-1]:
            put(town, key, "0")
        with pytest.raises(InputRefused):
            put(town, keys[-1], "0")


def test_the_titles_of_a_year(town: Titled) -> None:
    made = town.apply()
    with town.small.store.read() as session:
        assert [one.id for one in titles.titles(session, 2026)] == [made]
        assert titles.titles(session, 2026, [town.hill]) == titles.titles(session, 2025) == ()
    with town.small.store.write(town.small.secretary) as session:
        writing.take_back(session, town.small.secretary, made, "材料不全")
    with town.small.store.read() as session:
        assert titles.titles(session, 2026) == () and titles.title(session, 99) is None

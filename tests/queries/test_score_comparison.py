"""Branches of one category side by side: shares worked out by hand, what has none, and what is never compared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from okr_desk.model.store import Store
from okr_desk.queries import cycles, orgs, score_comparison, scores, users
from okr_desk.queries.score_comparison import Comparison
from okr_desk.rules.indicators import ValueDraft
from okr_desk.rules.permissions import Actor
from okr_desk.rules.policy import PolicyDraft
from okr_desk.services import indicators, measured, policy
from okr_desk.services.permits import SETUP
from okr_desk.terms import Origin, PointsState
from tests import demo_schemes
from tests.scored_demo import without_schemes

D = Decimal


@pytest.fixture
def office(demo_store: Store) -> Actor:
    """The demo's administrator."""
    with demo_store.read() as session:
        account = users.by_login(session, "admin", demo_store.clock.today())
    assert account is not None
    return Actor(account.id, account.login, account.name, account.grants)


@pytest.fixture
def town(demo_store: Store, office: Actor) -> Store:
    """The demo with a scheme for every category."""
    demo_schemes.score(demo_store, office)
    demo_schemes.happen(demo_store, office)
    return demo_store


def compared(town: Store, category: str = "", number: int = 3) -> Comparison:
    with town.read() as session:
        quarter = cycles.quarter(session, 2026, number)
        assert quarter is not None
        return score_comparison.compare(session, quarter, orgs.tree(session, quarter.ends_on), category)


def shares(found: Comparison, code: str) -> dict[str, Decimal | None]:
    line = next(line for line in found.lines if line.code == code)
    return {one.sheet.org.short_name: one.cells[line.indicator_id].share for one in found.branches}


def test_shares_of_the_full_points_in_the_order_of_the_register(town: Store) -> None:
    """党费 100 → 15 of 15; 98.9 falls short by 1.1, costs 2 → 13 of 15. 差错: 1 time costs 2 of 6, 2 times 4."""
    found = compared(town, "农村")
    assert [one.sheet.org.short_name for one in found.branches][:3] == ["青石村党支部", "龙泉村党支部", "柳湾村党支部"]
    fees = shares(found, "B09")
    assert fees["青石村党支部"] == 1 and fees["柳湾村党支部"] == pytest.approx(D(13) / 15)
    faults = shares(found, "B11")
    assert (faults["青石村党支部"], faults["柳湾村党支部"]) == (pytest.approx(D(2) / 3), 1)
    assert faults["龙泉村党支部"] == pytest.approx(D(1) / 3)


def test_what_has_no_points_has_no_share_and_a_bonus_owes_none(town: Store) -> None:
    """志愿时长 is kept by 青石村 alone, 谈心谈话 is half-yearly, 首创做法 is a bonus of which 青石村 has 3."""
    found = compared(town, "农村")
    assert {name: share for code in ("X04", "B16", "X03") for name, share in shares(found, code).items() if share} == {}
    first, second = [
        {cell.score.line.code: cell.score.points and cell.score.points.state for cell in branch.cells.values()}
        for branch in found.branches[:2]
    ]
    assert (second["X04"], first["B16"], first["X03"]) == (PointsState.MISSING, None, PointsState.SCORED)


def test_what_does_not_apply_has_no_share(town: Store, office: Actor) -> None:
    found = compared(town, "农村")
    org, line = found.branches[0].sheet.org, next(line for line in found.lines if line.code == "B09")
    with town.write(office) as session:
        indicators.not_applicable(session, office, org.id, line.indicator_id, 2026, "没有在职党员")
    assert shares(compared(town, "农村"), "B09")["青石村党支部"] is None


def test_a_changed_value_scores_its_own_branch_again_and_no_other(
    town: Store, office: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """党费 of 柳湾村 from 98.9 to 100: its sheet is that of a whole reading, the others are the very same sheets."""
    before = compared(town, "农村")
    branch = before.branches[2].sheet.org
    line = next(line for line in before.lines if line.code == "B09")
    with town.write(office) as session:
        said = ValueDraft(branch.id, line.indicator_id, 3, D(100), date(2026, 9, 28), Origin.TOWNSHIP, "核对台账")
        outcome = measured.record_value(session, office, said)
    assert outcome.changes.orgs == {branch.id}
    scored: list[str] = []
    real = scores.line_score
    monkeypatch.setattr(scores, "line_score", lambda org, *rest: (scored.append(org.short_name), real(org, *rest))[1])
    with town.read() as session:
        after = score_comparison.follow(session, before, outcome.changes.orgs or ())
    assert set(scored) == {"柳湾村党支部"}
    monkeypatch.undo()
    whole = compared(town, "农村")
    assert shares(after, "B09")["柳湾村党支部"] == 1
    for then, now, anew in zip(before.branches, after.branches, whole.branches, strict=True):
        assert (now is then) == (now.sheet.org.id != branch.id)
        assert now.sheet.sheet is not None and anew.sheet.sheet is not None
        assert (now.sheet.sheet.percent, now.sheet.progress) == (anew.sheet.sheet.percent, anew.sheet.progress)
    assert after.excess == whole.excess and after.weakest == whole.weakest


def test_a_rule_that_compares_scores_all_branches_again(town: Store, office: Actor) -> None:
    """The best of a category falls back: under 与第一名比 every other one gains by it."""
    before = compared(town, "农村")
    assert before.version is not None
    blocks = tuple(
        replace(block, lines=tuple(replace(line, rule="to-first") for line in block.lines))
        for block in before.version.blocks
    )
    comparing = replace(before, version=replace(before.version, blocks=blocks))
    with town.read() as session:
        after = score_comparison.follow(session, comparing, {before.branches[0].sheet.org.id})
    assert all(now is not then for then, now in zip(before.branches, after.branches, strict=True))


def test_only_one_category_is_shown_and_all_are_named(town: Store) -> None:
    found = compared(town, "社区")
    assert {one.sheet.org.category for one in found.branches} == {"社区"} and len(found.branches) == 6
    assert set(found.categories) == set(demo_schemes.OWN)
    assert compared(town).category == found.categories[0] == compared(town, "不存在").category


def test_too_few_of_a_kind_are_not_compared(town: Store) -> None:
    assert compared(town, "农村").is_comparable and not compared(town, "机关").is_comparable
    with town.write(SETUP) as session:
        policy.change(session, SETUP, PolicyDraft("comparison.minimum", "3"))
    assert compared(town, "机关").is_comparable


def test_the_line_that_most_fall_short_of_comes_first(town: Store) -> None:
    found = compared(town, "农村")
    means = [share for _line, share in found.weakest]
    codes = [line.code for line, _share in found.weakest]
    assert means == sorted(means) and codes[:2] == ["X04", "B08"]  # hours of the only branch that keeps them, then all
    known = [share for share in shares(found, "B08").values() if share is not None]
    assert found.weakest[1][1] == pytest.approx(sum(known, D(0)) / len(known))


def test_a_quota_that_is_exceeded_is_told(town: Store) -> None:
    """Two of six have four stars; a fifth of six allows one."""
    excess = compared(town, "社区").excess
    assert [(one.grade, one.given, one.allowed) for one in excess] == [("四星", 2, 1)]


def test_without_a_scheme_there_are_no_lines(demo_store: Store, office: Actor) -> None:
    without_schemes(demo_store)
    found = compared(demo_store, "农村")
    assert (found.version, found.lines, found.weakest, found.excess) == (None, (), (), ())

"""What speaks for a card, worked out at its thresholds; the exit test of a plan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from okr_desk.errors import InputRefused
from okr_desk.followup_terms import CardColour
from okr_desk.rules import cards
from okr_desk.rules.branch_plans import AcceptanceDraft, ExitLimits, PlanDraft, check_acceptance, check_plan, stage_days
from okr_desk.rules.cards import CardDraft, CardFacts, CardLimits, LiftDraft, Lowest, TalkDraft

D = Decimal
LIMITS = CardLimits()


def lowest(count: int = 5) -> tuple[Lowest, Lowest]:
    return (
        Lowest("2026年第二季度", "农村", count, D("61.25")),
        Lowest("2026年第三季度", "农村", count, D("63")),
    )


def test_nothing_known_speaks_for_nothing() -> None:
    assert cards.yellow_causes(CardFacts(), LIMITS) == () == cards.red_causes(CardFacts(), LIMITS)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (CardFacts(score=D("59.99")), ("季度得分 59.9，低于 60 分",)),
        (CardFacts(score=D(60)), ()),
        (CardFacts(score=D("58.5"), is_open=True), ("季度得分 58.5（暂定），低于 60 分",)),
        (CardFacts(rate=D("59.999")), ("群众满意率 59.9%，低于 60%",)),
        (CardFacts(rate=D(60)), ()),
        (CardFacts(late=(("整改2026-3-001", 31),)), ("整改2026-3-001 逾期 31 天，超过 30 天",)),
        (CardFacts(late=(("整改2026-3-001", 30),)), ()),
        (
            CardFacts(lowest=lowest()),
            ("连续 2 个季度在“农村”类最低：2026年第二季度 61.3 分（5个中最低），2026年第三季度 63 分（5个中最低）",),
        ),
        (CardFacts(lowest=lowest(4)), ()),
        (CardFacts(lowest=lowest()[:1]), ()),
    ],
)
def test_yellow(facts: CardFacts, said: tuple[str, ...]) -> None:
    assert cards.yellow_causes(facts, LIMITS) == said


def test_red_needs_two_yellow_or_a_veto() -> None:
    assert cards.red_causes(CardFacts(yellows=("黄牌2026-1-001",)), LIMITS) == ()
    two = CardFacts(yellows=("黄牌2026-1-001", "黄牌2026-3-002"), vetoes=("V1 党员干部被立案",))
    assert cards.red_causes(two, LIMITS) == (
        "发生红线事项：V1 党员干部被立案",
        "一年内黄牌 2 张：黄牌2026-1-001、黄牌2026-3-002",
    )


def test_what_a_card_brings() -> None:
    assert cards.effects(CardColour.YELLOW) == ("提醒谈话", "下发整改通知书")
    assert cards.effects(CardColour.RED)[-1] == "建议本季等次不高于“一般”"
    assert cards.title(CardColour.YELLOW) == "提醒谈话通知" and cards.title(CardColour.RED) == "约谈通知"


@pytest.mark.parametrize(("count", "share", "found"), [(9, "0.05", 0), (10, "0.05", 1), (10, "0", 0), (29, "0.1", 3)])
def test_the_end_of_a_category(count: int, share: str, found: int) -> None:
    assert cards.tail_count(count, CardLimits(tail=D(share))) == found


def test_many_causes_are_counted_not_cut() -> None:
    text = cards.one_text([f"整改2026-3-{n:03} 逾期 {n} 天，超过 30 天" for n in range(40, 80)], cards.CAUSES_LIMIT)
    assert len(text) <= cards.CAUSES_LIMIT and text.endswith("项") and "另 " in text


def test_refusals_name_their_field() -> None:
    day, today = date(2026, 10, 8), date(2026, 10, 20)
    for field, check in (
        ("causes", lambda: cards.check_card(CardDraft(1, 1, CardColour.RED, " ", ""))),
        ("on", lambda: cards.check_talk(TalkDraft(1, date(2026, 10, 7), "赵明"), day, today)),
        ("by", lambda: cards.check_talk(TalkDraft(1, today, ""), day, today)),
        ("on", lambda: cards.check_lift(LiftDraft(1, date(2026, 10, 7), "赵明", "已销号"), day, today)),
        ("reason", lambda: cards.check_lift(LiftDraft(1, today, "赵明", ""), day, today)),
    ):
        with pytest.raises(InputRefused) as found:
            check()
        assert found.value.field == field


@pytest.mark.parametrize(
    ("points", "votes", "against", "passed"),
    [("70", 40, 20, True), ("69.9", 40, 0, False), ("90", 40, 21, False), ("70", 41, 20, True)],
)
def test_a_plan_is_passed_by_points_and_by_the_people(points: str, votes: int, against: int, passed: bool) -> None:
    assert ExitLimits().passed(D(points), votes, against) is passed


def test_a_plan_and_its_test_are_checked() -> None:
    begins, today = date(2026, 10, 8), date(2027, 1, 8)
    assert stage_days(begins) == (date(2026, 11, 7), date(2026, 12, 7), date(2027, 1, 6))
    good = AcceptanceDraft(1, today, D(80), 40, 5, "赵明")
    check_acceptance(good, begins, today)
    for field, more in (
        ("on", {"on": date(2026, 10, 1)}), ("points", {"points": D(101)}), ("votes", {"votes": 0}),
        ("against", {"against": 41}), ("by", {"by": ""}),
    ):  # fmt: skip
        with pytest.raises(InputRefused) as found:
            check_acceptance(AcceptanceDraft(**{**good.__dict__, **more}), begins, today)
        assert found.value.field == field
    plan = PlanDraft(1, 1, "班子不健全", "选配书记", town_leader="赵明", within_30="配齐", begins_on=begins)
    check_plan(plan)
    for field in ("ailment", "remedy", "town_leader", "within_30"):
        with pytest.raises(InputRefused) as found:
            check_plan(PlanDraft(**{**plan.__dict__, field: ""}))
        assert found.value.field == field
    with pytest.raises(InputRefused):
        check_plan(PlanDraft(**{**plan.__dict__, "begins_on": None}))

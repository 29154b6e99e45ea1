"""What an appraisal takes: who is voted on, ballots that add up, grades with their reason, a third at most."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from okr_desk.appraisal_terms import ITEMS, LEVELS, AppraisalItem, AppraisalKind, Level, Voter
from okr_desk.errors import InputRefused, WrongState
from okr_desk.rules import appraisals as rules
from okr_desk.rules.appraisals import AppraisalDraft, CountDraft, Cuts, GradeDraft, PersonDraft, VoterDraft
from okr_desk.scoring.appraisals import Turnout

D = Decimal
DAY = date(2026, 10, 8)
K, V, ITEM = AppraisalKind, Voter, AppraisalItem
VOTERS = (VoterDraft(V.LEADERS, D(30), 10, 9, 1), VoterDraft(V.MASS, D(20), 40, 38, 0))
DRAFT = AppraisalDraft(K.SECRETARIES, 1, 2026, "述职评议", date(2026, 9, 28), (PersonDraft("李旭昇", 2),), VOTERS)


def said(call: object, *args: object) -> str:
    with pytest.raises(InputRefused) as refused:
        call(*args)  # type: ignore[operator]
    return refused.value.sentence


def test_a_meeting_as_it_was_held() -> None:
    rules.check_appraisal(DRAFT, DAY)
    members = replace(DRAFT, kind=K.MEMBERS, voters=(VoterDraft(V.MEMBERS, D(1), 20, 18, 1),))
    rules.check_appraisal(members, DAY)


def test_a_meeting_to_come_is_set_up_but_not_counted() -> None:
    rules.check_appraisal(replace(DRAFT, held_on=DAY + timedelta(days=rules.AHEAD)), DAY)
    rules.check_was_held(DAY, DAY)
    with pytest.raises(WrongState) as found:
        rules.check_was_held(date(2026, 10, 20), DAY)
    assert found.value.sentence == "测评会定在 2026-10-20，会后再录票数、定等次。会期有变的，请先改日期。"


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"name": " "}, "请填写“名称”。"),
        ({"held_on": date(2027, 10, 9)}, "“测评日期”2027-10-09 太远，最多提前 90 天建立，请核对。"),
        ({"held_on": date(2025, 12, 31)}, "测评日期不在2026年度，请核对。"),
        ({"people": ()}, "请至少写一名被测评人，每行一名。"),
        (
            {"people": (PersonDraft("李旭昇"), PersonDraft(" 李旭昇"))},
            "“李旭昇”写了两次；确有同名的，请在姓名后加支部或括注。",
        ),
        ({"people": (PersonDraft(""),)}, "请填写“姓名”。"),
        ({"people": tuple(PersonDraft(f"党员{n}") for n in range(501))}, "被测评人最多 500 名，请分开组织。"),
        ({"voters": ()}, "投票人类别不对，请刷新后再填。"),
        ({"voters": (VOTERS[0], VOTERS[0])}, "投票人类别不对，请刷新后再填。"),
        ({"kind": K.MEMBERS}, "投票人类别不对，请刷新后再填。"),
        ({"voters": (replace(VOTERS[0], weight=D(-1)),)}, "领导：权重不能是负数，请改正。"),
        ({"voters": (replace(VOTERS[0], weight=D(0)),)}, "各类投票人的权重不能都为 0。"),
        ({"voters": (replace(VOTERS[0], issued=100_001),)}, "领导：发出的票数太多，请核对。"),
        ({"voters": (replace(VOTERS[0], returned=11),)}, "领导：收回 11 张多于发出 10 张，请核对。"),
        ({"voters": (replace(VOTERS[0], void=10),)}, "领导：废票 10 张多于收回 9 张，请核对。"),
    ],
)
def test_what_cannot_be(more: dict[str, object], says: str) -> None:
    assert said(rules.check_appraisal, replace(DRAFT, **more), DAY) == says  # type: ignore[arg-type]


def test_a_name_that_is_known_already() -> None:
    assert "写了两次" in said(rules.check_people, (PersonDraft("李旭昇"),), ("李旭昇",))


TURNOUTS = {V.LEADERS: Turnout(10, 9, 1)}
NAMES = {5: "李旭昇"}


def count(
    *votes: int | None, person: int = 5, voter: Voter = V.LEADERS, item: AppraisalItem = ITEM.OVERALL
) -> CountDraft:
    return CountDraft(person, voter, item, votes)


def test_votes_fit_into_the_valid_ballots() -> None:
    rules.check_counts(K.SECRETARIES, NAMES, TURNOUTS, [count(5, 3, 0, None), count(8, 0, 0, 0, item=ITEM.CONDUCT)])
    over = said(rules.check_counts, K.SECRETARIES, NAMES, TURNOUTS, [count(5, 3, 1, 0)])
    assert over == "李旭昇“总体评价”：各档加起来 9 票，多于领导的有效票 8 张，请核对。"
    assert count(None, None).is_blank and not count(None, 0).is_blank


@pytest.mark.parametrize(
    "counts",
    [
        [count(1, 0, 0, 0, person=6)],
        [count(1, 0, 0, 0, voter=V.MASS)],
        [count(1, 0, 0, 0, item=ITEM.IDEALS)],
        [count(1, 0, 0)],
        [count(1, 0, 0, 0), count(2, 0, 0, 0)],
    ],
)
def test_votes_for_what_was_not_asked(counts: list[CountDraft]) -> None:
    assert "刷新" in said(rules.check_counts, K.SECRETARIES, NAMES, TURNOUTS, counts)


@pytest.mark.parametrize(
    ("score", "level"),
    [("90", Level.GOOD), ("89.999", Level.FAIRLY), ("80", Level.FAIRLY), ("60", Level.FAIR), ("59.9", Level.POOR)],
)
def test_what_the_votes_suggest(score: str, level: Level) -> None:
    """Half-open bands 90 / 80 / 60 (domain 0 fact 5)."""
    assert rules.suggested(K.SECRETARIES, D(score), Cuts()) is level


def test_members_are_graded_by_the_meeting() -> None:
    assert rules.suggested(K.MEMBERS, D(90), Cuts()) is None
    assert rules.suggested(K.SECRETARIES, None, Cuts()) is None


def test_a_grade_with_its_reason() -> None:
    check = rules.check_grade
    check(K.SECRETARIES, GradeDraft(5, Level.GOOD), "李旭昇", Level.GOOD, False)
    check(K.SECRETARIES, GradeDraft(5, Level.FAIR, "有信访积案"), "李旭昇", Level.GOOD, False)
    check(K.SECRETARIES, GradeDraft(5, None), "李旭昇", Level.GOOD, True)
    away = said(check, K.SECRETARIES, GradeDraft(5, Level.FAIR), "李旭昇", Level.GOOD, False)
    assert away == "按票数建议“好”，定为“一般”的请写明理由。"
    assert said(check, K.MEMBERS, GradeDraft(5, Level.QUALIFIED), "单晓", None, True).startswith("单晓是预备党员")
    assert said(check, K.MEMBERS, GradeDraft(5, Level.GOOD), "单晓", None, False) == "没有这个等次，请从列表中选择。"


def test_a_third_at_most() -> None:
    best, rest = Level.EXCELLENT, Level.QUALIFIED
    rules.check_limit(K.MEMBERS, [best, best, *[rest] * 4], True)
    over = said(rules.check_limit, K.MEMBERS, [best, best, *[rest] * 3], True)
    assert over.startswith("“优秀”最多 1 人（评定等次的 5 人的三分之一")
    rules.check_limit(K.MEMBERS, [best, best, *[rest] * 3], False)
    assert "“好”" in said(rules.check_limit, K.SECRETARIES, [Level.GOOD, None], True)


def test_nobody_is_left_without_a_grade() -> None:
    rules.check_close(K.SECRETARIES, (), 0)
    assert said(rules.check_close, K.SECRETARIES, ["甲", "乙"], 0) == "还没有定等次的：甲、乙。定完再办结。"
    assert "等 6 人" in said(rules.check_close, K.MEMBERS, list("甲乙丙丁戊己"), 6)


def test_a_branch_closes_with_its_ballots() -> None:
    """Who took part is counted from them, and missing is not zero."""
    rules.check_close(K.MEMBERS, (), 9)
    assert said(rules.check_close, K.MEMBERS, (), 0).startswith("还没有录入发出和收回的票数")


def test_ballots_have_six_items_and_four_levels() -> None:
    assert all(len(ITEMS[kind]) == 6 and len(LEVELS[kind]) == 4 for kind in K)
    assert all(ITEMS[kind][-1] is ITEM.OVERALL for kind in K)

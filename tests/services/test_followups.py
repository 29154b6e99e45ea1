"""Findings on a real file: issued, signed, put right, verified by somebody else, relapsed; cards that wait for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from okr_desk.clock import FixedClock
from okr_desk.errors import InputRefused, NotAllowed, Refusal, WrongState
from okr_desk.followup_terms import CardColour, FindingKind, FindingState, FollowupStep, ItemLight, Recognised
from okr_desk.model.tables import Card, FindingStep, Receipt
from okr_desk.queries import branch_plans as plans_now
from okr_desk.queries import followup_cards
from okr_desk.review_terms import ReceiptWay
from okr_desk.rules.branch_plans import AcceptanceDraft, PlanDraft
from okr_desk.rules.cards import CardDraft, LiftDraft, TalkDraft
from okr_desk.rules.followups import ChainDraft
from okr_desk.rules.permissions import Actor
from okr_desk.services import branch_plans, cards, followups
from okr_desk.services.outcome import Topic
from tests.small_followups import DONE, ISSUED, Rectified, T, draft, rectified

S = FindingState


@pytest.fixture
def desk(tmp_path: Path, clock: FixedClock) -> Iterator[Rectified]:
    made = rectified(tmp_path / "整改.okr", clock)
    yield made
    made.small.store.close()


@pytest.fixture
def alone(tmp_path: Path, clock: FixedClock) -> Iterator[Rectified]:
    made = rectified(tmp_path / "一人.okr", clock, alone=True)
    yield made
    made.small.store.close()


def test_notice_is_given_with_numbers_days_and_trail(desk: Rectified) -> None:
    small = desk.small
    with small.store.write(small.office) as session:
        made = followups.issue(session, small.office, [draft(small), draft(small, kind=FindingKind.LONG)])
    assert made.changes.topics == {Topic.FOLLOWUPS} and made.changes.orgs == {small.village}
    one, other = (desk.view(key) for key in made.value)
    assert (one.number, other.number) == ("整改2026-3-001", "整改2026-3-002")
    assert (one.due_on, other.due_on) == (date(2026, 10, 14), date(2027, 1, 6))
    assert (one.state, one.light, one.left, one.issued_on) == (S.NOT_STARTED, ItemLight.CALM, 6, ISSUED)
    assert {"finding", "findingstep"} <= {entry.table for entry in small.trail()}


def test_several_are_issued_all_or_none_and_the_refusal_names_which(desk: Rectified) -> None:
    small = desk.small
    with pytest.raises(InputRefused) as found, small.store.write(small.office) as session:
        followups.issue(session, small.office, [draft(small), draft(small, org_id=small.school, demand="")])
    assert (
        found.value.sentence == "中心小学党支部“支委会少开一次”：请填写“整改要求”。" and found.value.field == "demand"
    )
    with pytest.raises(InputRefused), small.store.write(small.office) as session:
        followups.issue(session, small.office, [])
    assert desk.issue() and desk.view(1).number == "整改2026-3-001"


def test_without_a_calendar_the_day_is_asked_for(desk: Rectified) -> None:
    desk.day(date(2027, 12, 20))
    with pytest.raises(InputRefused) as found:
        desk.issue(kind=FindingKind.LIMITED)
    assert found.value.field == "due_on" and "算不出期限" in found.value.sentence
    assert desk.view(desk.issue(kind=FindingKind.LIMITED, due_on=date(2028, 1, 20))).due_on == date(2028, 1, 20)
    with pytest.raises(InputRefused):
        desk.issue(due_on=date(2027, 12, 1))


def test_the_whole_way_with_receipt_measures_and_a_second_person(desk: Rectified) -> None:
    key = desk.issue()
    with pytest.raises(WrongState):
        desk.move(key, T.PLAN)
    desk.move(key, T.SIGN, by="李旭昇", way=ReceiptWay.SCREEN)
    found = desk.view(key)
    assert found.receipt is not None and (found.receipt.by, found.receipt.way) == ("李旭昇", ReceiptWay.SCREEN)
    with pytest.raises(WrongState):
        desk.move(key, T.SIGN)
    desk.move(key, T.PLAN, note="补开支委会", owner="沈珺")
    desk.move(key, T.PROGRESS, note="已补开")
    desk.move(key, T.ASK_CHECK)
    with pytest.raises(InputRefused) as refused:
        desk.move(key, T.WRITE_OFF, by="沈珺")
    assert refused.value.field == "by"
    assert desk.move(key, T.WRITE_OFF, by="王玥", recognised=Recognised.MOSTLY).value == "written_off"
    found = desk.view(key)
    assert (found.state, found.owner, found.measure) == (S.WRITTEN_OFF, "沈珺", "补开支委会")
    assert found.recognised is Recognised.MOSTLY and found.written_off is not None and found.left is None


def test_who_recorded_the_measures_does_not_verify(desk: Rectified) -> None:
    small, key = desk.small, desk.issue()
    for step in DONE[:-1]:
        desk.move(key, step, actor=small.office)
    with pytest.raises(WrongState) as found:
        desk.move(key, T.WRITE_OFF, substitute="镇纪委 赵明")
    assert "另一位同志" in found.value.sentence
    desk.move(key, T.WRITE_OFF, actor=desk.second, by="季伟")
    assert desk.view(key).state is S.WRITTEN_OFF


def test_a_plan_that_is_taken_back_leaves_who_answered_before(desk: Rectified) -> None:
    key = desk.issue(owner="李旭昇", leader="孙立")
    desk.move(key, T.SIGN)
    desk.move(key, T.PLAN, note="补开支委会", owner="沈珺", leader="")
    desk.move(key, T.PLAN, note="另定专人", owner="张三", leader="赵明")
    for owner, leader, measure in (("沈珺", "孙立", "补开支委会"), ("李旭昇", "孙立", "")):
        with desk.small.store.write(desk.small.office) as session:
            followups.take_back(session, desk.small.office, key, "写错了人")
        found = desk.view(key)
        assert (found.owner, found.leader, found.measure) == (owner, leader, measure)


def test_an_office_of_one_records_who_stood_in(alone: Rectified) -> None:
    small, key = alone.small, alone.issue()
    for step in DONE[:-1]:
        alone.move(key, step, actor=small.office)
    with pytest.raises(InputRefused) as found:
        alone.move(key, T.WRITE_OFF)
    assert found.value.field == "substitute"
    with pytest.raises(InputRefused) as found:
        alone.move(key, T.WRITE_OFF, substitute="李旭昇")
    assert found.value.field == "substitute"
    alone.move(key, T.WRITE_OFF, substitute="镇纪委 赵明")
    step = alone.view(key).written_off
    assert step is not None and step.told == "逐项整改（办公室只有一人，由镇纪委 赵明代为验收）"


def test_the_owner_does_not_verify_under_another_name(desk: Rectified) -> None:
    key = desk.issue()
    desk.through(key, T.SIGN)
    desk.move(key, T.PLAN, owner="王玥")
    desk.move(key, T.ASK_CHECK)
    with pytest.raises(WrongState) as found:
        desk.move(key, T.WRITE_OFF, by="赵明")
    assert "整改责任人" in found.value.sentence


def test_putting_off_and_lights(desk: Rectified) -> None:
    key = desk.issue()
    desk.through(key, T.SIGN, T.PLAN)
    with pytest.raises(WrongState):
        desk.move(key, T.EXTEND)
    desk.move(key, T.ASK_EXTENSION)
    assert desk.view(key).is_asked
    with pytest.raises(NotAllowed):
        desk.move(key, T.EXTEND, actor=desk.small.secretary)
    desk.move(key, T.REFUSE_EXTENSION)
    assert not desk.view(key).is_asked and desk.view(key).due_on == date(2026, 10, 14)
    desk.through(key, T.ASK_EXTENSION, T.EXTEND)
    assert (desk.view(key).due_on, desk.view(key).light) == (date(2026, 10, 24), ItemLight.CALM)
    desk.day(date(2026, 10, 25))
    assert (desk.view(key).late, desk.view(key).light) == (1, ItemLight.YELLOW)
    desk.day(date(2026, 11, 23))
    assert (desk.view(key).late, desk.view(key).light) == (30, ItemLight.YELLOW)
    desk.day(date(2026, 11, 24))
    assert desk.view(key).light is ItemLight.RED
    desk.move(key, T.ASK_EXTENSION, due_on=date(2026, 12, 20))
    desk.move(key, T.EXTEND, due_on=date(2026, 12, 20))
    found = desk.view(key)
    assert (found.late, found.extended, found.light, found.first_due_on) == (0, 2, ItemLight.RED, date(2026, 10, 14))


def test_no_step_is_dated_back_behind_the_one_before(desk: Rectified) -> None:
    key = desk.issue()
    desk.later(4)
    desk.move(key, T.SIGN, on=date(2026, 10, 10))
    with pytest.raises(InputRefused) as found:
        desk.move(key, T.PLAN, on=date(2026, 10, 9))
    assert found.value.field == "on" and "2026-10-10" in found.value.sentence
    desk.move(key, T.PLAN, on=date(2026, 10, 11))
    desk.move(key, T.ASK_EXTENSION)
    with pytest.raises(InputRefused) as found:
        desk.move(key, T.EXTEND, on=date(2026, 10, 11))
    assert "只能是今天" in found.value.sentence


def test_a_relapse_opens_it_again_with_a_new_day(desk: Rectified) -> None:
    key = desk.issue()
    desk.through(key, T.SIGN, T.PLAN, T.ASK_EXTENSION, T.EXTEND, T.ASK_CHECK, T.WRITE_OFF)
    desk.later(60)
    desk.move(key, T.LOOK_BACK, by="王玥")
    desk.later(90)
    desk.move(key, T.REOPEN, due_on=date(2027, 1, 20))
    found = desk.view(key)
    assert (found.state, found.due_on, found.extended, found.recognised) == (S.RELAPSED, date(2027, 1, 20), 0, None)
    assert [look.held for look in found.looks] == [True, False]
    desk.through(key, T.PLAN, T.ASK_CHECK, T.WRITE_OFF)
    assert desk.view(key).state is S.WRITTEN_OFF


def test_the_last_step_is_taken_back_and_what_it_left(desk: Rectified) -> None:
    small, key = desk.small, desk.issue()

    def back(actor: Actor) -> None:
        with small.store.write(actor) as session:
            followups.take_back(session, actor, key, "登记错了")

    with pytest.raises(WrongState):
        back(small.office)
    desk.move(key, T.SIGN)
    back(small.secretary)
    with small.store.rows() as session:
        assert session.exec(select(Receipt)).all() == []
    assert desk.view(key).receipt is None
    desk.through(key, T.SIGN)
    desk.move(key, T.PLAN, note="第一版", owner="沈珺")
    desk.move(key, T.PLAN, note="第二版", owner="吴春梅")
    back(small.secretary)
    assert (desk.view(key).measure, desk.view(key).owner) == ("第一版", "沈珺")
    desk.through(key, T.ASK_EXTENSION, T.EXTEND)
    with pytest.raises(NotAllowed):
        back(small.secretary)
    back(small.office)
    assert desk.view(key).due_on == date(2026, 10, 14) and desk.view(key).is_asked
    with pytest.raises(InputRefused), small.store.write(small.office) as session:
        followups.take_back(session, small.office, key, " ")
    with small.store.rows() as session:
        gone = [one for one in session.exec(select(FindingStep)) if one.withdrawn_at is not None]
    assert [one.step for one in gone] == ["sign", "plan", "extend"]
    back(small.secretary)
    back(small.secretary)
    assert (desk.view(key).state, desk.view(key).owner) == (S.NOT_STARTED, "李旭昇")


def test_a_relapse_taken_back_is_written_off_again(desk: Rectified) -> None:
    small, key = desk.small, desk.issue()
    desk.through(key, *DONE, T.REOPEN)
    with small.store.write(small.office) as session:
        followups.take_back(session, small.office, key, "看错了户")
    found = desk.view(key)
    assert (found.state, found.due_on, found.looks) == (S.WRITTEN_OFF, date(2026, 10, 14), ())


def test_a_whole_finding_is_taken_back_by_the_office_and_its_number_is_spent(desk: Rectified) -> None:
    small, key = desk.small, desk.issue()
    with pytest.raises(NotAllowed), small.store.write(small.secretary) as session:
        followups.withdraw(session, small.secretary, key, "不服")
    with small.store.write(small.office) as session:
        followups.withdraw(session, small.office, key, "发错支部")
    assert desk.view(key).withdrawn
    with pytest.raises(WrongState):
        desk.move(key, T.SIGN)
    assert desk.view(desk.issue()).number == "整改2026-3-002"


def test_rights(desk: Rectified) -> None:
    small, key = desk.small, desk.issue()
    for actor in (small.secretary, small.viewer):
        with pytest.raises(NotAllowed):
            desk.issue(actor)
    for actor in (small.stranger, small.viewer):
        with pytest.raises(NotAllowed):
            desk.move(key, T.SIGN, actor=actor)
    with pytest.raises(NotAllowed), small.store.write(small.secretary) as session:
        followups.describe(session, small.secretary, ChainDraft(key, "", ""))
    with small.store.write(small.office) as session:
        followups.describe(session, small.office, ChainDraft(key, "三季度通报第二条", "本年不得评先"))
    assert (desk.view(key).feedback, desk.view(key).incentive) == ("三季度通报第二条", "本年不得评先")


def issued_card(desk: Rectified, colour: CardColour = CardColour.YELLOW, causes: str = "季度得分 58 分") -> int:
    small = desk.small
    made = CardDraft(small.village, small.quarters[3], colour, causes, "提醒谈话")
    with small.store.write(small.office) as session:
        return cards.issue(session, small.office, [made]).value[0]


def card(desk: Rectified, key: int) -> Any:
    with desk.small.store.read() as session:
        return followup_cards.cards(session, ids=(key,))[0]


def test_a_card_is_lifted_with_the_last_write_off(desk: Rectified) -> None:
    small, key = desk.small, issued_card(desk)
    assert card(desk, key).number == "黄牌2026-3-001"
    with pytest.raises(WrongState) as found, small.store.write(small.office) as session:
        cards.lift(session, small.office, LiftDraft(key, ISSUED, "王玥", "已改"))
    assert "还没有就这张牌下发" in found.value.sentence
    first, second = desk.issue(), desk.issue()
    desk.through(first, *DONE)
    with pytest.raises(WrongState) as found, small.store.write(small.office) as session:
        cards.lift(session, small.office, LiftDraft(key, ISSUED, "王玥", "已改"))
    assert "整改2026-3-002 还没有销号" in found.value.sentence and card(desk, key).stands
    desk.through(second, *DONE[:-1])
    made = desk.move(second, T.WRITE_OFF, by="王玥")
    assert made.notices == ("黄牌2026-3-001随整改销号解除。",)
    assert (card(desk, key).lifted_by, card(desk, key).lifted_reason) == ("王玥", "整改2026-3-002验收销号")
    with small.store.write(small.office) as session:
        followups.take_back(session, small.office, second, "验收有误")
    assert card(desk, key).stands


def test_talk_second_card_and_withdrawal(desk: Rectified) -> None:
    small, key = desk.small, issued_card(desk)
    with pytest.raises(WrongState):
        issued_card(desk)
    with small.store.write(small.office) as session:
        cards.talk(session, small.office, TalkDraft(key, ISSUED, "赵明"))
    assert (card(desk, key).talked_on, card(desk, key).talked_by) == (ISSUED, "赵明")
    with small.store.write(small.office) as session:
        cards.withdraw(session, small.office, key, "数据有误")
    again = issued_card(desk)
    assert card(desk, again).number == "黄牌2026-3-002"
    with pytest.raises(NotAllowed), small.store.write(small.secretary) as session:
        cards.withdraw(session, small.secretary, again, "不服")
    assert card(desk, issued_card(desk, CardColour.RED, "发生红线事项")).number == "红牌2026-3-001"
    with small.store.rows() as session:
        assert len(session.exec(select(Card)).all()) == 3


def plan_of(desk: Rectified, **more: object) -> int:
    small = desk.small
    plain: dict[str, Any] = {
        "org_id": small.village, "quarter_id": small.quarters[3], "ailment": "班子不健全", "remedy": "选配书记",
        "town_leader": "赵明", "first_secretary": "陆晨", "within_30": "配齐班子", "begins_on": ISSUED,
    }  # fmt: skip
    with small.store.write(small.office) as session:
        return branch_plans.draw_up(session, small.office, PlanDraft(**{**plain, **more})).value


def test_a_plan_is_tested_by_points_and_the_people(desk: Rectified) -> None:
    small, first = desk.small, plan_of(desk)
    key = plan_of(desk, ailment="书记长期在外")

    def accept(plan_id: int, points: str, against: int, by: str = "赵明") -> bool:
        made = AcceptanceDraft(plan_id, ISSUED, Decimal(points), 40, against, by)
        with small.store.write(small.office) as session:
            return branch_plans.accept(session, small.office, made).value

    with pytest.raises(WrongState):
        accept(first, "80", 0)
    with pytest.raises(InputRefused) as found:
        accept(key, "80", 0, "陆晨")
    assert found.value.field == "by"
    assert not accept(key, "69.9", 0) and not accept(key, "80", 21) and accept(key, "70", 20)
    with pytest.raises(WrongState):
        accept(key, "90", 0)
    with small.store.read() as session:
        newest, oldest = plans_now.plans(session)
    assert (newest.id, newest.passed is not None, oldest.superseded) == (key, True, True)
    with small.store.write(small.office) as session:
        branch_plans.withdraw_acceptance(session, small.office, key, "票数抄错")
    with small.store.read() as session:
        newest = plans_now.plans(session)[0]
    assert newest.is_running and len(newest.tests) == 2


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_walk_through_the_service_is_written_off_by_owner_or_author(desk: Rectified, data: st.DataObject) -> None:
    small, key = desk.small, desk.issue()
    people = (small.secretary, small.office, desk.second)
    for _n in range(data.draw(st.integers(5, 16))):
        step = data.draw(st.sampled_from([T.SIGN, T.PLAN, T.PLAN, T.ASK_CHECK, T.REJECT, T.WRITE_OFF, T.REOPEN]))
        actor, name = data.draw(st.sampled_from(people)), data.draw(st.sampled_from(["李旭昇", "王玥", "季伟"]))
        try:
            desk.move(key, FollowupStep(step), actor=actor, by=name, owner=name)
        except Refusal:
            continue
        found = desk.view(key)
        if found.state is S.WRITTEN_OFF:
            own = [one for one in found.standing if one.step in (T.PLAN, T.ASK_CHECK, T.REOPEN)]
            since = max((n for n, one in enumerate(own) if one.step is T.REOPEN), default=-1)
            step_off = found.written_off
            assert step_off is not None and step_off.by != found.owner
            assert step_off.recorded_by not in {one.recorded_by for one in own[since + 1 :]}

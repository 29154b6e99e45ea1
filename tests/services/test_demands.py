"""X01 and X02 worked by hand; every step in its order, taken back from the last, with what the office may do."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from okr_desk.clock import FixedClock
from okr_desk.errors import DayShut, InputRefused, NotAllowed, WrongState
from okr_desk.model.tables import Demand
from okr_desk.queries import demands as read
from okr_desk.register_terms import ConfirmedBy, DemandAction, DemandState
from okr_desk.rules.demands import CaseDraft, PostponeDraft, ReviewDraft
from okr_desk.rules.entered import By
from okr_desk.rules.permissions import Actor
from okr_desk.services import demand_cases, demands
from okr_desk.terms import EntryBasis
from tests.registers import confirmed, demand, moved, raised, registers, step, values
from tests.small_township import Small

DAY = date(2026, 7, 10)
ACT = DemandAction


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return registers(tmp_path / "镇.okr", FixedClock(date(2026, 9, 20)))


def views(small: Small) -> tuple[read.DemandView, ...]:
    with small.store.read() as session:
        return read.ledger(session, 2026, date(2026, 9, 30), [small.village])


def case(demand_id: int, **more: object) -> CaseDraft:
    plain: dict[str, object] = {
        "written_on": date(2026, 9, 15),
        "title": "路灯亮了",
        "background": "三组路灯坏了两个月。",
        "practice": "支部联系供电所，三天修好。",
        "effect": "全组夜里有灯。",
        "opinion": "说修就修，放心。",
    }
    return CaseDraft(demand_id, **{**plain, **more})  # type: ignore[arg-type]


def test_the_rate_counts_what_residents_confirmed_of_what_was_promised_for_the_quarter(small: Small) -> None:
    """Four promised in the third quarter: confirmed, done only, not accepted, impossible: 1 ÷ 4 = 25 %."""
    who = small.secretary
    confirmed(small, who, raised(small, who), DAY)
    moved(small, who, raised(small, who), (ACT.START, DAY), (ACT.FINISH, DAY))
    moved(small, who, raised(small, who), (ACT.START, DAY), (ACT.FINISH, DAY), (ACT.NOT_ACCEPTED, DAY))
    moved(small, who, raised(small, who), (ACT.CANNOT, DAY))
    raised(small, who, promised_on=date(2026, 10, 15))
    assert values(small, "X01")[3] == (
        Decimal(25),
        "取自急难愁盼台账：承诺办结日在本季的 4 件，到季末群众确认满意 1 件，无法办理已说明的 1 件计入基数",
    )


def test_done_is_not_confirmed(small: Small) -> None:
    key = raised(small, small.secretary)
    assert values(small, "X01")[3][0] == 0
    moved(small, small.secretary, key, (ACT.START, DAY), (ACT.FINISH, DAY), (ACT.DECLINED, DAY))
    assert values(small, "X01")[3][0] == 0
    moved(small, small.secretary, key, (ACT.SATISFIED, date(2026, 9, 1)))
    assert values(small, "X01")[3][0] == 100


def test_what_was_promised_earlier_is_told_beside_the_rate(small: Small) -> None:
    with small.store.write(small.office) as session:
        from okr_desk.rules.entered import By

        late = demand(
            small.village, raised_on=date(2026, 5, 4), promised_on=date(2026, 6, 1), by=By(reason="补登五月走访")
        )
        demands.register(session, small.office, late)
    raised(small, small.secretary)
    assert values(small, "X01")[2] == (
        Decimal(0),
        "取自急难愁盼台账：承诺办结日在本季的 1 件，到季末群众确认满意 0 件；补报理由：补登五月走访",
    )
    assert values(small, "X01")[3][1].endswith("；另有前几季到期仍未确认的 1 件，不在本季基数")


def test_numbers_run_by_branch_and_year_and_names_are_kept_masked(small: Small) -> None:
    first, second = raised(small, small.secretary), raised(small, small.secretary, asker="")
    with small.store.write(small.secretary) as session:
        demands.withdraw(session, small.secretary, second, "重复")
    raised(small, small.secretary)
    found = views(small)
    assert [(one.label, one.who) for one in found] == [("2026-001", "覃**"), ("2026-003", "覃**")]
    with small.store.rows() as session:
        assert [session.get_one(Demand, key).asker for key in (first, second)] == ["覃**", ""]


def test_an_illegal_move_is_refused_and_nothing_is_written(small: Small) -> None:
    key = raised(small, small.secretary)
    before = len(small.trail())
    with small.store.write(small.secretary) as session, pytest.raises(WrongState, match="可以登记：开始办理、无法办理"):
        demands.move(session, small.secretary, step(key, ACT.SATISFIED, DAY))
    assert len(small.trail()) == before and views(small)[0].state is DemandState.REGISTERED


def test_a_move_needs_its_words_its_way_and_its_order(small: Small) -> None:
    who = small.secretary
    key = raised(small, who)
    moved(small, who, key, (ACT.START, DAY))
    refusals = (
        (step(key, ACT.FINISH, DAY, ""), "note", "办理结果"),
        (step(key, ACT.FINISH, date(2026, 7, 9)), "on", "早于上一步"),
        (step(key, ACT.FINISH, date(2026, 9, 21)), "on", "还没有到"),
    )
    for draft, field, said in refusals:
        with small.store.write(who) as session, pytest.raises(InputRefused, match=said) as refused:
            demands.move(session, who, draft)
        assert refused.value.field == field
    moved(small, who, key, (ACT.FINISH, DAY))
    with small.store.write(who) as session, pytest.raises(InputRefused, match="签认、电话或当面"):
        demands.move(session, who, step(key, ACT.SATISFIED, DAY, way=None))


def test_steps_are_taken_back_from_the_last(small: Small) -> None:
    who = small.secretary
    key = raised(small, who)
    ids = confirmed(small, who, key, DAY)
    assert views(small)[0].answer is not None and views(small)[0].answer.way is ConfirmedBy.SIGNED  # type: ignore[union-attr]
    with small.store.write(who) as session, pytest.raises(WrongState, match="从最后一步起"):
        demands.withdraw_step(session, who, ids[1], "错")
    with small.store.write(who) as session:
        demands.withdraw_step(session, who, ids[2], "群众改口")
    assert views(small)[0].state is DemandState.AWAITING and values(small, "X01")[3][0] == 0


def test_a_frozen_quarter_takes_nothing_from_a_branch(small: Small) -> None:
    with small.store.write(small.secretary) as session, pytest.raises(DayShut, match="已冻结") as shut:
        demands.register(session, small.secretary, demand(small.village, raised_on=date(2026, 6, 30)))
    assert shut.value.sentence.startswith("“提出日期”2026-06-30 在2026年第二季度：") and shut.value.field == "raised_on"
    with small.store.write(small.stranger) as session, pytest.raises(NotAllowed):
        demands.register(session, small.stranger, demand(small.village))


def test_cases_count_once_the_office_has_found_them_valid(small: Small) -> None:
    who = small.secretary
    keys = [raised(small, who) for _n in range(3)]
    with small.store.write(who) as session, pytest.raises(WrongState, match="确认满意"):
        demand_cases.write(session, who, case(keys[0]))
    made = []
    for key in keys:
        confirmed(small, who, key, DAY)
        with small.store.write(who) as session:
            made.append(demand_cases.write(session, who, case(key)).value)
    assert values(small, "X02") == {}, "what nobody has reviewed is not zero"
    for key, valid in zip(made, (True, False), strict=False):
        with small.store.write(small.office) as session:
            draft = ReviewDraft(key, date(2026, 9, 18), valid, "" if valid else "与台账不符")
            demand_cases.review(session, small.office, draft)
    assert values(small, "X02")[3] == (
        Decimal(1),
        "取自急难愁盼台账：年初至本季末复核案例 2 个，有效 1 个，待复核 1 个",
    )
    with small.store.write(who) as session, pytest.raises(WrongState, match="典型案例"):
        demands.withdraw(session, who, keys[0], "错")


def test_a_branch_does_not_review_itself_and_a_case_fits_its_page(small: Small) -> None:
    who = small.secretary
    key = raised(small, who)
    confirmed(small, who, key, DAY)
    with small.store.write(who) as session, pytest.raises(InputRefused, match="最多 400 个字"):
        demand_cases.write(session, who, case(key, practice="干" * 401))
    with small.store.write(who) as session:
        written = demand_cases.write(session, who, case(key)).value
    with small.store.write(who) as session, pytest.raises(NotAllowed):
        demand_cases.review(session, who, ReviewDraft(written, date(2026, 9, 18), True))
    with small.store.write(small.office) as session, pytest.raises(InputRefused, match="无效的理由"):
        demand_cases.review(session, small.office, ReviewDraft(written, date(2026, 9, 18), False))
    with small.store.write(small.office) as session:
        word = demand_cases.review(session, small.office, ReviewDraft(written, date(2026, 9, 18), True)).value
    with small.store.write(who) as session, pytest.raises(WrongState, match="撤回复核"):
        demand_cases.withdraw(session, who, written, "错")
    with small.store.write(small.office) as session:
        demand_cases.withdraw_review(session, small.office, word, "再核")
    assert values(small, "X02") == {}


def postponed(small: Small, demand_id: int, day: date, who: Actor | None = None, **more: object) -> int:
    actor = who or small.secretary
    draft = PostponeDraft(demand_id, day, str(more.pop("note", "供电所排期在十月")), **more)  # type: ignore[arg-type]
    with small.store.write(actor) as session:
        return demands.postpone(session, actor, draft).value


def test_a_demand_put_off_counts_in_the_quarter_of_its_new_day_and_the_old_day_stays_beside_it(small: Small) -> None:
    """Two promised for the third quarter, one confirmed: 50 %. The other is put off to October: 1 of 1."""
    confirmed(small, small.secretary, raised(small, small.secretary), DAY)
    late = raised(small, small.secretary, promised_on=date(2026, 9, 25))
    assert values(small, "X01")[3][0] == Decimal(50)
    step_id = postponed(small, late, date(2026, 10, 20))
    assert values(small, "X01")[3][0] == Decimal(100)
    one = views(small)[1]
    assert (one.promised_on, one.first_promised_on, one.state) == (
        date(2026, 10, 20),
        date(2026, 9, 25),
        DemandState.REGISTERED,
    )
    assert [(move.before, move.after, move.reason) for move in one.postponed] == [
        (date(2026, 9, 25), date(2026, 10, 20), "供电所排期在十月")
    ]
    moved(small, small.secretary, late, (ACT.START, DAY))  # its moves go on from where it stood
    with small.store.write(small.secretary) as session:
        demands.withdraw_step(session, small.secretary, step_id, "登错")
    assert views(small)[1].promised_on == date(2026, 9, 25)
    assert values(small, "X01")[3][0] == Decimal(50)


def test_what_may_not_be_put_off(small: Small) -> None:
    one = raised(small, small.secretary, promised_on=date(2026, 9, 25))
    with pytest.raises(InputRefused, match="须晚于原来的 2026-09-25") as not_later:
        postponed(small, one, date(2026, 9, 25))
    assert not_later.value.field == "promised_on"
    with pytest.raises(InputRefused, match="延期理由") as without:
        postponed(small, one, date(2026, 10, 1), note=" ")
    assert without.value.field == "note"
    past = raised(small, small.secretary, promised_on=date(2026, 9, 10))
    with pytest.raises(WrongState, match="2026-09-10 已经过了，支部不能再延期"):
        postponed(small, past, date(2026, 10, 1))
    said = By("单晓", EntryBasis.PHONE)
    postponed(small, past, date(2026, 10, 1), small.office, by=said)
    moved(small, small.secretary, one, (ACT.START, DAY), (ACT.FINISH, DAY))
    with pytest.raises(WrongState, match="承诺办结日不再调整"):
        postponed(small, one, date(2026, 10, 1))
    with pytest.raises(NotAllowed):
        postponed(small, past, date(2026, 11, 1), small.stranger)


@pytest.mark.parametrize(
    ("field", "text"), [("what", "路灯坏了，电话138 0000 0000"), ("asker", "覃大爷45010019560101123X")]
)
def test_phones_and_identity_numbers_are_refused_and_amounts_are_not(small: Small, field: str, text: str) -> None:
    with small.store.write(small.secretary) as session, pytest.raises(InputRefused, match="本程序不保存") as refused:
        demands.register(session, small.secretary, demand(small.village, **{field: text}))
    assert refused.value.field == field
    raised(small, small.secretary, what="修路需 12000000 元")

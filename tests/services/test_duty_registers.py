"""The ledger and the yearly grading: saved in one go, superseded, blanked, counted into indicators."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from okr_desk.duty_terms import RegisterKind
from okr_desk.errors import InputRefused, NotAllowed, Refusal, WrongState
from okr_desk.model.store import now
from okr_desk.model.tables import DutyRegister, Meeting, MeetingKind, MemberReview
from okr_desk.queries import duty_registers, orgs
from okr_desk.rules.duties import RegisterDraft, ReviewDraft
from okr_desk.services import cycles
from okr_desk.services import duty_registers as service
from okr_desk.services.outcome import Outcome, Topic
from okr_desk.services.permits import SETUP
from okr_desk.terms import QuarterState
from tests.dutied_township import DAY, Dutied, dutied

FEES, HOURS, COMMITTEE, TALKS, FLOATING, OPEN, ELECTION = RegisterKind


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Dutied]:
    made = dutied(tmp_path / "镇.okr")
    yield made
    made.small.store.close()


def line(town: Dutied, kind: RegisterKind, done: int | None, due: int | None = 13, **more: Any) -> RegisterDraft:
    month = 7 if kind is FEES else None
    plain: dict[str, Any] = {"year": 2026, "quarter": 3, "month": month, "due": due, "done": done}
    return RegisterDraft(town.small.village, kind, **{**plain, **more})


def save(town: Dutied, *drafts: RegisterDraft, office: bool = False) -> Outcome[tuple[int, ...]]:
    actor = town.small.office if office else town.small.secretary
    with town.small.store.write(actor) as session:
        return service.save(session, actor, drafts)


def test_each_line_feeds_its_indicator(town: Dutied) -> None:
    """Fees 13 + 12 of 26 by month; the others done of due; the election 1 of 1."""
    saved = save(
        town,
        line(town, FEES, 13, amount_due=Decimal("130"), amount_done=Decimal("130")),
        line(town, FEES, 12, month=8),
        line(town, HOURS, 10),
        line(town, COMMITTEE, 2, 3),
        line(town, TALKS, 13),
        line(town, FLOATING, 1, 2),
        line(town, OPEN, 1, 1),
        line(town, ELECTION, 0, 1),
    )
    assert len(saved.value) == 8 and saved.notices
    assert town.values() == {
        "B09": Decimal("96.153846"), "B12": Decimal("76.923077"), "B13": Decimal("66.666667"), "B14": 0,
        "B16": 100, "B17": 50, "B19": 100,
    }  # fmt: skip


def test_talks_of_the_half_year_go_on_into_its_second_quarter(town: Dutied) -> None:
    town.open_fourth()
    save(town, line(town, TALKS, 10))
    assert town.values(quarter=4) == {"B16": Decimal("76.923077")}


def test_nothing_due_gives_nothing(town: Dutied) -> None:
    save(town, line(town, FLOATING, 0, 0))
    assert town.values() == {}


def test_a_new_line_takes_the_place_of_the_old_and_the_same_adds_none(town: Dutied) -> None:
    save(town, line(town, HOURS, 10))
    assert not save(town, line(town, HOURS, 10)).changes
    save(town, line(town, HOURS, 13))
    with town.small.store.rows() as session:
        assert [row.superseded_at is None for row in session.exec(select(DutyRegister).order_by("id"))] == [False, True]
    assert town.values() == {"B12": 100}


def test_blank_takes_a_line_back_and_withdrawal_lets_the_older_stand(town: Dutied) -> None:
    save(town, line(town, HOURS, 10))
    (second,) = save(town, line(town, HOURS, 13)).value
    small = town.small
    with small.store.write(small.secretary) as session:
        service.withdraw(session, small.secretary, [second], "刚刚填错")
    assert town.values() == {"B12": Decimal("76.923077")}
    save(town, line(town, HOURS, None, None))
    assert town.values() == {}
    assert not save(town, line(town, HOURS, None, None)).changes
    with pytest.raises(Refusal), small.store.write(small.secretary) as session:
        service.withdraw(session, small.secretary, [second], "再撤")


@pytest.mark.parametrize(
    ("kind", "more", "sentence"),
    [
        (HOURS, {"done": 14}, "已完成 14 多于应完成 13"),
        (HOURS, {"done": None}, "应完成数和已完成数都要填"),
        (HOURS, {"done": -1}, "填 0 到"),
        (HOURS, {"amount_done": Decimal(3)}, "只有党费收缴填金额"),
        (FEES, {"amount_due": Decimal(-3)}, "金额不能是负数"),
        (FEES, {"month": 4}, "4月不在第3季度"),
        (FEES, {"month": None}, "期间不对"),
        (HOURS, {"quarter": 4, "month": None, "year": 2027}, "还没有到"),
        (ELECTION, {"due": 2, "done": 1}, "没有届满的留空"),
    ],
)
def test_lines_that_cannot_be_are_refused_and_nothing_is_saved(
    town: Dutied, kind: RegisterKind, more: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(InputRefused, match=sentence):
        save(town, line(town, OPEN, 1, 1), replace(line(town, kind, 10), **more))
    assert town.values() == {}


def test_frozen_years_unknown_and_strangers(town: Dutied) -> None:
    with pytest.raises(WrongState):
        save(town, line(town, HOURS, 10, quarter=2))
    save(town, line(town, HOURS, 10, quarter=2, reason="补台账"), office=True)
    with pytest.raises(WrongState, match="还没有建立"):
        save(town, line(town, HOURS, 10, year=2031))
    with pytest.raises(NotAllowed), town.small.store.write(town.small.stranger) as session:
        service.save(session, town.small.stranger, [line(town, HOURS, 10)])


def test_the_ledger_of_a_year_proposes_what_is_due_by_the_roster(town: Dutied) -> None:
    town.open_fourth()
    save(town, line(town, FEES, 13))
    with town.small.store.read() as session:
        org = orgs.view(session, town.small.village, DAY)
        found = duty_registers.ledger(session, org, 2026, DAY)
    fees = found.of(FEES)
    assert [one.month for one in fees] == list(range(1, 13)) and {one.usual_due for one in fees} == {13}
    assert [one.month for one in fees if one.line] == [7] and [one.month for one in fees if one.is_begun][-1] == 10
    assert [one.usual_due for one in found.of(OPEN)] == [1] * 4 and found.of(COMMITTEE)[0].usual_due is None
    assert found.member_hours == (8, 16, 24, 32) and found.committee_hours == (14, 28, 42, 56)


def graded(town: Dutied, **more: Any) -> ReviewDraft:
    plain: dict[str, Any] = {"due": 13, "took_part": 12, "probationary": 1, "excellent": 4, "qualified": 8}
    return ReviewDraft(town.small.village, date(2026, 9, 20), **{**plain, **more})


def review(town: Dutied, draft: ReviewDraft) -> Outcome[int]:
    with town.small.store.write(town.small.secretary) as session:
        return service.record_review(session, town.small.secretary, draft)


def test_the_grading_feeds_its_rate_and_a_later_one_takes_its_place(town: Dutied) -> None:
    first = review(town, graded(town))
    assert town.values() == {"B07": Decimal("92.307692")} and first.notices == ()
    assert not review(town, graded(town)).changes
    assert "还有 1 名正式党员没有评定等次" in review(town, graded(town, took_part=13, qualified=7)).notices[0]
    assert town.values() == {"B07": 100}
    with town.small.store.rows() as session:
        rows = session.exec(select(MemberReview).order_by("id")).all()
        assert [row.superseded_at is None for row in rows] == [False, True]
    small = town.small
    with small.store.write(small.secretary) as session:
        service.withdraw_review(session, small.secretary, rows[1].key, "填错")
    assert town.values() == {"B07": Decimal("92.307692")}


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"took_part": 14}, "多于应参加 13 人"),
        ({"excellent": 5, "qualified": 7}, "超过正式党员 12 人的三分之一，最多 4 人"),
        ({"qualified": 9}, "预备党员参加评议，不评定等次"),
        ({"due": 0, "took_part": 0}, "请填应参加"),
        ({"probationary": 14}, "预备党员多于"),
        ({"excellent": -1}, "请填 0 到"),
        ({"reviewed_on": date(2026, 10, 9)}, "还没有到"),
    ],
)
def test_gradings_that_cannot_be_are_refused(town: Dutied, more: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InputRefused, match=sentence):
        review(town, graded(town, **more) if "reviewed_on" not in more else replace(graded(town), **more))


def test_what_came_before_a_quarter_was_opened_counts_from_its_opening(town: Dutied) -> None:
    """Workbooks may bring meetings of a quarter that nobody has opened yet."""
    small = town.small
    with small.store.write(SETUP) as session:
        row = Meeting(
            org_id=small.village, quarter_id=small.quarters[4], held_on=date(2026, 10, 6), topic="学习", due=13,
            present=13, basis="workbook", account_id=small.office.account_id, recorded_at=now(session),
        )  # fmt: skip
        session.add(row)
        session.flush()
        session.add(MeetingKind(meeting_id=row.key, kind="assembly"))
    assert town.values(quarter=4) == {}
    with small.store.write(small.office) as session:
        outcome = cycles.move_quarter(session, small.office, small.quarters[4], QuarterState.OPEN)
    assert town.values(quarter=4)["B01"] == 100 and Topic.INDICATORS in outcome.changes.topics

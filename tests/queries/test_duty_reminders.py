"""What a branch owes in organisational life on a day, and when its term ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from okr_desk.appraisal_terms import AppraisalKind, Level, Voter
from okr_desk.duty_terms import DutyKind, ElectionState, RegisterKind
from okr_desk.queries import appraisals as appraisals_now
from okr_desk.queries import cycles, duty_elections, orgs, reminders
from okr_desk.queries.reminder import Reminder
from okr_desk.rules.appraisals import AppraisalDraft, GradeDraft, PersonDraft, VoterDraft
from okr_desk.rules.duties import RegisterDraft
from okr_desk.rules.policy import PolicyDraft
from okr_desk.services import appraisals, duty_registers, policy
from okr_desk.services.permits import SETUP
from tests.dutied_township import DAY, Dutied, dutied

A, C, G, L, P, LIFE, REVIEW = DutyKind


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Dutied]:
    made = dutied(tmp_path / "镇.okr")
    yield made
    made.small.store.close()


def owed(town: Dutied, day: date, org_id: int | None = None, quarter: int = 3) -> tuple[Reminder, ...]:
    with town.small.store.read() as session:
        found = cycles.quarter(session, 2026, quarter)
        assert found is not None
        return reminders.reminders(session, found, org_id or town.small.village, day)


def test_a_month_that_runs_and_months_that_are_over(town: Dutied) -> None:
    town.record(kinds=(P,))
    july = [one.said for one in owed(town, date(2026, 7, 20))]
    assert july == ["本月支委会还差 1 次。", "本月党小组会还差 2 次。"]
    august = owed(town, date(2026, 8, 20))
    assert "支委会：应开展 1 次，已开展 0 次，逾期 1 次。" in [one.said for one in august]
    assert "本月主题党日还没有开展。" in [one.said for one in august]
    fees = next(one for one in august if "党费" in one.said)
    assert fees.said == "7月党费收缴还没有登记台账。" and fees.due_on == date(2026, 8, 10)
    assert august[0].is_overdue(date(2026, 8, 20)) and august[0].page == "duties"


def test_after_the_quarter_everything_missing_is_overdue(town: Dutied) -> None:
    said = [one.said for one in owed(town, DAY)]
    assert "党员大会：应开展 1 次，已开展 0 次，逾期 1 次。" in said
    assert all("本月" not in one for one in said)


def test_a_small_branch_is_not_asked_for_what_it_does_not_owe(town: Dutied) -> None:
    assert not [one for one in owed(town, DAY, town.small.school) if "支委会" in one.said or "党小组会" in one.said]


def test_the_township_owes_no_meetings(town: Dutied) -> None:
    assert owed(town, DAY, town.small.township) == ()


def test_fees_entered_are_not_asked_for(town: Dutied) -> None:
    small = town.small
    with small.store.write(small.secretary) as session:
        draft = RegisterDraft(small.village, RegisterKind.FEES, 2026, 3, 7, 13, 13)
        duty_registers.save(session, small.secretary, [draft])
    assert next(one.said for one in owed(town, DAY) if "党费" in one.said) == "8月、9月党费收缴还没有登记台账。"


def test_the_fixed_day_is_the_last_for_the_months_party_day(town: Dutied) -> None:
    with town.small.store.write(SETUP) as session:
        policy.change(session, SETUP, PolicyDraft("duty.party_day_date", "15"))
    (day,) = [one for one in owed(town, date(2026, 7, 3)) if "主题党日" in one.said]
    assert day.due_on == date(2026, 7, 15)


def test_terms_nearest_first(town: Dutied) -> None:
    """Elected 2022-03-01: a village (农村) has 5 years, a school 3; the school's ended in March 2025."""
    with town.small.store.read() as session:
        branches = [org for org in orgs.tree(session, DAY) if org.id != town.small.township]
        found = duty_elections.elections(session, branches, DAY)
    assert [(one.org.id, one.years, one.ends_on, one.state) for one in found] == [
        (town.small.school, 3, date(2025, 3, 1), ElectionState.OVERDUE),
        (town.small.village, 5, date(2027, 3, 1), ElectionState.NEAR),
    ]
    assert found[1].alarm_from == date(2026, 9, 1)
    assert "届满，请做好换届准备" in [one.said for one in owed(town, DAY)][-1]
    assert "请尽快换届" in " ".join(one.said for one in owed(town, DAY, town.small.school))


def test_the_appraisal_of_members_leads_to_where_it_is_entered(town: Dutied) -> None:
    """Owed once a year in the last quarter; once it is begun its own count is owed, and closed nothing more."""
    small, day = town.small, date(2026, 12, 8)
    (before,) = [one for one in owed(town, day, quarter=4) if "民主评议" in one.said]
    assert (before.page, before.button, dict(before.arguments)["tab"]) == ("titles", "评议", "members")
    voters = (VoterDraft(Voter.MEMBERS, Decimal(100), 2, 2),)
    people = (PersonDraft("甲"), PersonDraft("乙"))
    draft = AppraisalDraft(
        AppraisalKind.MEMBERS, small.village, 2026, "2026年度民主评议党员", date(2026, 9, 28), people, voters
    )
    with small.store.write(small.secretary) as session:
        made = appraisals.create(session, small.secretary, draft).value
    (begun,) = [one for one in owed(town, day, quarter=4) if "民主评议" in one.said]
    assert begun.said == "“2026年度民主评议党员”已计票 0/2，已定等次 0/2，办结后计入组织生活。"
    assert begun.arguments == before.arguments
    with small.store.write(small.secretary) as session:
        view = appraisals_now.appraisal(session, made)
        assert view is not None
        grades = [GradeDraft(one.id, Level.QUALIFIED) for one in view.people]
        appraisals.decide_all(session, small.secretary, grades)
        appraisals.close(session, small.secretary, made)
    assert not [one for one in owed(town, day, quarter=4) if "民主评议" in one.said]

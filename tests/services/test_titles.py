"""Titles on a real database: the whole way with rows, trail and changes; what is refused; what is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from okr_desk.clock import FixedClock
from okr_desk.errors import InputRefused, NotAllowed, WrongState
from okr_desk.model.tables import Card, Finding, TitleScore, TitleStep
from okr_desk.rules.titles import ApplyDraft
from okr_desk.services import titles
from okr_desk.services.outcome import Topic
from okr_desk.terms import EntryBasis
from okr_desk.title_terms import TitleParty, TitleState
from okr_desk.title_terms import TitleStep as T
from tests.small_titles import Titled, day, four, titled


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Iterator[Titled]:
    made = titled(tmp_path / "小镇.okr", clock)
    made.good()
    yield made
    made.small.store.close()


def test_the_whole_way(town: Titled) -> None:
    """Self 90, peers 90 (two villages), upper 90: granted after five working days of publicity."""
    made = town.apply()
    town.move(made, T.QUALIFY, "09-02")
    assert town.move(made, T.SELF, "09-03", town.small.secretary) == TitleState.SELF_MARKED
    town.move(made, T.PEERS, "09-07")
    town.move(made, T.PEERS, "09-08", marks=(four(80, 80, 80, 80, peer=town.brook),))
    for step, on in ((T.UPPER, "09-10"), (T.DECIDE, "09-14"), (T.PUBLICISE, "09-15"), (T.GRANT, "09-23")):
        town.move(made, step, on)
    found = town.title(made)
    assert (found.state, found.mean(TitleParty.PEERS), found.total.value) == (TitleState.GRANTED, 85, 88.5)
    assert [one.step for one in found.standing_steps][-1] is T.GRANT and found.marked == {town.hill, town.brook}
    with town.small.store.rows() as session:
        assert len(session.exec(select(TitleScore)).all()) == 16
        assert len(session.exec(select(TitleStep)).all()) == 9
    assert any(entry.table == "titlestep" for entry in town.small.trail())


def test_changes_and_what_lacks_are_told(town: Titled) -> None:
    with town.small.store.write(town.small.office) as session:
        draft = ApplyDraft(town.hill, 2026, day("09-01"), "贺岚")
        outcome = titles.apply(session, town.small.office, draft)
    assert outcome.changes.topics == {Topic.TITLES} and outcome.changes.orgs == {town.hill}
    assert outcome.notices[0].startswith("已申报。目前还不具备的条件：")


def test_publicity_has_to_end(town: Titled) -> None:
    """Publicised Tuesday 15 September: five working days are 16 to 22, so the 23rd is the first day."""
    made = town.apply()
    town.through(made, 6)
    with pytest.raises(InputRefused) as refused:
        town.move(made, T.GRANT, "09-22")
    assert refused.value.sentence == "公示还没有期满，最早 2026-09-23 才能授予。"
    assert town.move(made, T.RECHECK, "09-18") == TitleState.UPPER_MARKED
    assert town.move(made, T.DECIDE, "09-20") == TitleState.DECIDED


def test_a_red_card_and_an_open_finding_stand_in_the_way(town: Titled, clock: FixedClock) -> None:
    made = town.apply()
    said = {"org_id": town.small.village, "quarter_id": town.small.quarters[3], "basis": EntryBasis.OWN.value}
    with town.small.store.write(town.small.office) as session:
        on = day("09-01")
        session.add(
            Card(number="红1", colour="red", causes="连续两季滞后", issued_on=on, recorded_at=clock.now(), **said)
        )
        session.add(
            Finding(
                number="改1", source="quarter", problem="党课未开", kind="limited", found_on=on, due_on=on,
                first_due_on=on, state="working", recorded_at=clock.now(), **said,
            )
        )  # fmt: skip
    with pytest.raises(InputRefused) as refused:
        town.move(made, T.QUALIFY, "09-02")
    assert refused.value.sentence == "条件不具备：有 1 张红牌没有摘除；有 1 项整改没有销号。"
    with town.small.store.write(town.small.office) as session:
        session.exec(select(Card)).one().lifted_on = day("09-03")
        session.exec(select(Finding)).one().state = "written_off"
    assert town.move(made, T.QUALIFY, "09-04") == TitleState.QUALIFIED


def test_rights(town: Titled) -> None:
    with pytest.raises(NotAllowed):
        town.apply(town.small.stranger)
    made = town.apply()
    with pytest.raises(NotAllowed):
        town.move(made, T.QUALIFY, "09-02", town.small.secretary)
    town.move(made, T.QUALIFY, "09-02")
    with pytest.raises(NotAllowed):
        town.move(made, T.SELF, "09-03", town.small.stranger)
    with pytest.raises(NotAllowed), town.small.store.write(town.small.secretary) as session:
        titles.take_back(session, town.small.secretary, made, "不该核查")


def test_a_branch_never_marks_itself(town: Titled) -> None:
    made = town.apply()
    town.through(made, 2)
    for peer, words in ((town.small.village, "不能给自己打分"), (town.small.school, "同类别的其他支部")):
        with pytest.raises(InputRefused) as refused:
            town.move(made, T.PEERS, "09-07", marks=(four(peer=peer),))
        assert words in refused.value.sentence


def test_a_step_is_taken_back_with_a_reason_and_its_marks_go(town: Titled) -> None:
    made = town.apply()
    town.through(made, 4)
    with pytest.raises(InputRefused), town.small.store.write(town.small.office) as session:
        titles.take_back(session, town.small.office, made, " ")
    with town.small.store.write(town.small.office) as session:
        outcome = titles.take_back(session, town.small.office, made, "分数抄错")
    assert outcome.value == TitleState.PEER_MARKED
    found = town.title(made)
    assert found.total.value is None and found.steps[-1].withdrawn_reason == "分数抄错"
    town.move(made, T.UPPER, "09-10", marks=(four(80, 80, 80, 80),))
    assert town.title(made).mean(TitleParty.UPPER) == 80


def test_an_application_that_was_taken_back_can_be_made_anew(town: Titled) -> None:
    made = town.apply()
    with pytest.raises(WrongState) as refused:
        town.apply()
    assert "已经申报过" in refused.value.sentence
    with town.small.store.write(town.small.secretary) as session:
        titles.take_back(session, town.small.secretary, made, "材料不全")
    assert town.title(made).state is TitleState.NONE
    assert town.apply(on=date(2026, 9, 5)) == made
    with pytest.raises(WrongState) as unknown:
        town.move(99, T.QUALIFY, "09-06")
    assert "没有找到" in unknown.value.sentence


def test_a_title_is_taken_away_with_cause(town: Titled) -> None:
    made = town.apply()
    town.through(made)
    with pytest.raises(InputRefused):
        town.move(made, T.REVOKE, "09-30", note="")
    assert town.move(made, T.REVOKE, "09-30", note="发生安全责任事故") == TitleState.REVOKED
    with pytest.raises(WrongState):
        town.move(made, T.RECHECK, "10-01")


def test_only_branches_apply(town: Titled) -> None:
    with pytest.raises(InputRefused) as refused:
        town.apply(town.small.office, org_id=town.small.township)
    assert refused.value.field == "org_id"

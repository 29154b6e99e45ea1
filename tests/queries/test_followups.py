"""What the page says of findings: chains, reminders, proposals from the figures, cards, idle committee members."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from okr_desk.clock import FixedClock
from okr_desk.errors import Refusal
from okr_desk.followup_terms import CardColour, FindingKind, FindingSource, FollowupStep, ItemLight
from okr_desk.model.store import Store
from okr_desk.queries import (
    cycles,
    documents,
    export,
    followup_board,
    followup_cards,
    followup_proposals,
    followups,
    idle_committee,
    open_findings,
    orgs,
    reminders,
)
from okr_desk.queries.followup_board import FollowupBoard
from okr_desk.queries.followup_cards import CardBoard, lowest
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.survey_papers import Asked
from okr_desk.rules.cards import CardDraft
from okr_desk.rules.followups import ChainDraft
from okr_desk.rules.policy import PolicyDraft
from okr_desk.rules.scores import RedLineDraft
from okr_desk.scoring.grades import RedLineKind
from okr_desk.services import cards, policy, scores
from okr_desk.services import followups as write
from okr_desk.services.permits import SETUP
from okr_desk.terms import OrgKind
from tests.scored_township import scored
from tests.small_followups import DONE, Rectified, T, draft, rectified

D = Decimal


@pytest.fixture
def desk(tmp_path: Path, clock: FixedClock) -> Iterator[Rectified]:
    made = rectified(tmp_path / "整改.okr", clock)
    yield made
    made.small.store.close()


def board(desk: Rectified, number: int = 3, org_ids: tuple[int, ...] | None = None) -> FollowupBoard:
    with desk.small.store.read() as session:
        quarter = cycles.quarter(session, 2026, number)
        assert quarter is not None
        tree = [one for one in orgs.tree(session, date(2026, 10, 8)) if one.kind == OrgKind.BRANCH]
        return followup_board.board(session, quarter, tree, org_ids)


def carded(store: Store, number: int = 3) -> CardBoard:
    with store.read() as session:
        quarter = cycles.quarter(session, 2026, number)
        assert quarter is not None
        tree = [one for one in orgs.tree(session, date(2026, 10, 8)) if one.kind == OrgKind.BRANCH]
        return followup_cards.board(session, quarter, tree, None, proposed=True)


def said(desk: Rectified, org_id: int) -> list[str]:
    with desk.small.store.read() as session:
        quarter = cycles.quarter(session, 2026, 3)
        assert quarter is not None
        found = reminders.reminders(session, quarter, org_id, desk.small.store.clock.today())
        return [one.said for one in found if one.page == "followups"]


def test_the_chains_of_a_finding_until_it_is_written_off(desk: Rectified) -> None:
    key = desk.issue()
    (chains,) = board(desk).chains
    assert [link.done for link in (chains.feedback, chains.incentive, chains.rectified)] == [False] * 3
    assert (chains.feedback.words, chains.incentive.words) == ("通知书 10-08 下发，没有签收", "没有登记")
    assert chains.rectified.words == "未启动，还没有签收"
    desk.through(key, T.SIGN, T.PLAN)
    small = desk.small
    with small.store.write(small.office) as session:
        write.describe(session, small.office, ChainDraft(key, "三季度通报第二条", "本年不得评先"))
    desk.day(date(2026, 10, 20))
    (chains,) = board(desk).chains
    assert chains.feedback.words == "通知书 10-08 下发，张三签收；三季度通报第二条" and chains.feedback.done
    assert chains.incentive.words == "本年不得评先" and chains.incentive.done
    assert chains.rectified.words == "整改中，还没有提请验收，逾期 6 天" and not chains.is_closed
    desk.through(key, T.ASK_CHECK)
    assert followup_board.missing(desk.view(key)) == "等镇党建办验收"
    desk.move(key, T.WRITE_OFF, by="王玥")
    (chains,) = board(desk).chains
    assert chains.rectified.words == "10-20 销号，验收人王玥" and chains.is_closed


def test_open_findings_of_earlier_quarters_stay_in_sight(desk: Rectified) -> None:
    small = desk.small
    old = desk.issue(quarter_id=small.quarters[2], found_on=date(2026, 6, 1))
    done = desk.issue(quarter_id=small.quarters[2], found_on=date(2026, 6, 1))
    desk.through(done, *DONE)
    other = desk.issue(org_id=small.school)
    assert {one.id for one in board(desk).findings} == {old, other}
    assert {one.id for one in board(desk, 2).findings} == {old, done}
    assert {one.id for one in board(desk, org_ids=(small.school,)).findings} == {other}
    desk.day(date(2026, 12, 1))
    found = board(desk)
    assert {one.id for one in found.late} == {old, other} and len(found.of_light(ItemLight.RED)) == 2


def test_a_branch_and_the_office_are_reminded(desk: Rectified) -> None:
    small, key = desk.small, desk.issue()
    assert said(desk, small.village) == ["整改2026-3-001 支委会少开一次：整改通知书还没有签收"]
    desk.through(key, T.SIGN)
    assert said(desk, small.village) == ["整改2026-3-001 支委会少开一次：还没有整改措施"]
    desk.through(key, T.PLAN)
    assert said(desk, small.village) == ["整改2026-3-001 支委会少开一次：还没有报进展"]
    desk.through(key, T.PROGRESS)
    assert said(desk, small.village) == []
    desk.day(date(2026, 10, 11))  # three days before the 14th
    assert said(desk, small.village) == ["整改2026-3-001 支委会少开一次：即将到期，还没有提请验收"]
    desk.day(date(2026, 10, 15))
    assert said(desk, small.village) == ["整改2026-3-001 支委会少开一次：逾期没有提请验收"]
    assert said(desk, small.township) == ["1 件整改逾期"]
    desk.move(key, T.ASK_EXTENSION)
    assert said(desk, small.village) == [] and said(desk, small.township) == ["1 件整改逾期", "1 件申请延期待答复"]
    desk.move(key, T.EXTEND)
    desk.move(key, T.ASK_CHECK)
    assert said(desk, small.township) == ["1 件整改待验收"] and said(desk, small.village) == []
    desk.move(key, T.WRITE_OFF)
    assert said(desk, small.township) == []


def test_the_office_reads_two_numbers_on_its_desk(desk: Rectified) -> None:
    small, key = desk.small, desk.issue()
    desk.issue(org_id=small.school)
    desk.through(key, T.SIGN, T.PLAN, T.ASK_CHECK)
    both = {small.village, small.school}
    with small.store.read() as session:
        assert open_findings.counts(session, date(2026, 10, 14), both) == (0, 1)
        assert open_findings.counts(session, date(2026, 10, 15), both) == (1, 1)
        assert open_findings.counts(session, date(2026, 10, 15), {small.village}) == (0, 1)


def test_an_overdue_finding_speaks_for_one_card_only(desk: Rectified) -> None:
    small, key = desk.small, desk.issue()
    desk.through(key, T.SIGN, T.PLAN)
    desk.day(date(2026, 11, 13))  # 30 days behind the 14th of October
    assert carded(small.store).proposals == ()
    desk.day(date(2026, 11, 14))
    (one,) = carded(small.store).proposals
    assert (one.colour, one.causes) == (CardColour.YELLOW, "整改2026-3-001 逾期 31 天，超过 30 天")
    assert one.effects == "提醒谈话；下发整改通知书"

    def issue(quarter_id: int, causes: str) -> None:
        made = CardDraft(small.village, quarter_id, CardColour.YELLOW, causes, one.effects)
        with small.store.write(small.office) as session:
            cards.issue(session, small.office, [made])

    issue(small.quarters[3], one.causes)
    assert carded(small.store).proposals == () == carded(small.store, 4).proposals
    issue(small.quarters[4], "季度得分 58 分，低于 60 分")
    (red,) = carded(small.store, 4).proposals
    assert red.colour is CardColour.RED and red.causes == "一年内黄牌 2 张：黄牌2026-3-001、黄牌2026-4-001"
    assert "建议本季等次不高于“一般”" in red.effects
    with small.store.write(small.office) as session:
        cards.issue(session, small.office, [
            CardDraft(small.village, small.quarters[4], CardColour.RED, red.causes, red.effects)
        ])  # fmt: skip
    assert carded(small.store, 4).proposals == ()


def test_points_that_were_lost_are_proposed_once(tmp_path: Path, clock: FixedClock) -> None:
    """19 points: 到会率 from 60 to 90, the value half way; nothing else is reported in the open quarter."""
    of = scored(tmp_path / "计分.okr", clock)
    of.measure("B08", "60")
    of.small.store.clock = FixedClock(date(2026, 9, 30))

    def proposed() -> dict[str, tuple[str, FindingKind, Decimal | None]]:
        with of.small.store.read() as session:
            quarter = cycles.quarter(session, 2026, 3)
            assert quarter is not None
            village = orgs.view(session, of.small.village, clock.today())
            found = followup_proposals.proposals(session, quarter, [village])
        assert all(one.draft.source is FindingSource.QUARTER for one in found)
        return {one.draft.problem: (one.draft.fact, one.draft.kind, one.lost) for one in found}

    found = proposed()
    fact, kind, lost = found["党员到会率没有达到要求"]
    assert kind is FindingKind.LIMITED and lost is not None and fact.endswith(f"扣 {lost.normalize():f} 分")
    assert all("没有报送" not in problem for problem in found)  # it is not yet due
    of.small.store.clock = FixedClock(date(2026, 11, 20))
    late = proposed()
    assert late["村集体经营性收入没有报送"][1] is FindingKind.IMMEDIATE
    with of.small.store.write(of.small.office) as session:
        made = draft(of.small, indicator_id=of.ids["B08"], due_on=date(2026, 12, 1))
        write.issue(session, of.small.office, [made])
    assert "党员到会率没有达到要求" not in proposed()
    of.small.store.close()


def test_a_veto_speaks_for_a_red_card(tmp_path: Path, clock: FixedClock) -> None:
    of = scored(tmp_path / "红线.okr", clock)
    with of.small.store.read() as session:
        from okr_desk.queries import red_lines

        quarter = cycles.quarter(session, 2026, 3)
        assert quarter is not None
        veto = next(one for one in red_lines.counting(session, quarter, None) if one.kind is RedLineKind.VETO)
    with of.small.store.write(of.small.office) as session:
        made = RedLineDraft(
            of.small.village,
            of.small.quarters[3],
            veto.code,
            RedLineKind.VETO,
            date(2026, 8, 1),
            "被立案",
            "青纪〔2026〕3号",
        )
        scores.record_red_line(session, of.small.office, made)
    red = [one for one in carded(of.small.store).proposals if one.colour is CardColour.RED]
    assert [one.causes for one in red] == [f"发生红线事项：{veto.title}"]
    of.small.store.close()


def test_the_lowest_of_a_category_stands_alone() -> None:
    quarter = QuarterView(3, 2026, 3, date(2026, 7, 1), date(2026, 9, 30), date(2026, 10, 13), None, "三季度", "2026Q3")  # type: ignore[arg-type]
    tree = [OrgView(n, "", "branch", "", f"支部{n}", "农村", None, (n,), "", "", None, None, "") for n in range(1, 6)]
    found = lowest(quarter, {1: D(80), 2: D(61), 3: D(70), 4: D("61.5"), 5: D(90)}, tree)
    assert list(found) == [2] and (found[2].count, found[2].score, found[2].category) == (5, D(61), "农村")
    assert lowest(quarter, {1: D(61), 2: D(61), 3: D(70)}, tree) == {}  # a shared last place is nobody's
    assert lowest(quarter, {1: D(61)}, tree) == {}


def test_papers_are_of_one_record_or_of_the_quarter(desk: Rectified) -> None:
    small, key = desk.small, desk.issue()
    desk.issue()
    with small.store.read() as session:
        quarter = cycles.quarter(session, 2026, 3)
        assert quarter is not None
        village = [orgs.view(session, small.village, date(2026, 10, 8))]
        (both,) = documents.snapshots(session, "finding-notice", quarter, village)
        (single,) = documents.snapshots(session, "finding-notice", quarter, village, Asked(record_id=key))
        with pytest.raises(Refusal):
            documents.snapshots(session, "card-notice", quarter, village)
        with pytest.raises(Refusal):
            documents.snapshots(session, "branch-plan", quarter, village)
    assert [one.number for one in both.notices] == ["整改2026-3-001", "整改2026-3-002"]  # type: ignore[attr-defined]
    assert both.digests[0] == single.digests[0] != both.digests[1]  # type: ignore[attr-defined]
    desk.through(key, T.SIGN, T.PLAN, T.ASK_EXTENSION, T.EXTEND)
    with small.store.read() as session:
        (later,) = documents.snapshots(session, "finding-notice", quarter, village, Asked(record_id=key))
    assert later.notices[0].due_on == date(2026, 10, 14)  # type: ignore[attr-defined]


def test_the_demo_has_a_little_of_everything(demo_store: Store) -> None:
    with demo_store.read() as session:
        found = followups.findings(session)
        rows = export.export(session, "findings", "2026Q3")
        quarter = cycles.quarter(session, 2026, 3)
        assert quarter is not None
        tree = [one for one in orgs.tree(session, date(2026, 10, 8)) if one.kind == OrgKind.BRANCH]
        idle = {one.org.short_name: one for one in idle_committee.committees(session, quarter, tree)}
    assert len(found) == 12 and len({one.state for one in found}) == 5 and rows is not None and len(rows) == 10
    assert sum(one.light is ItemLight.RED for one in found) == 3
    assert rows[0] | {"late_days": 52, "light": "红灯", "state": "整改中", "promised": "2026-08-17"} == rows[0]
    of = carded(demo_store)
    assert [(one.number, one.stands) for one in of.cards] == [("黄牌2026-3-002", True), ("黄牌2026-3-001", False)]
    assert [one.org.short_name for one in of.proposals] == ["北坪村党支部", "滨河社区第二党支部"]
    assert [one.org.short_name for one in of.tail] == ["东岭村党支部"] and of.tail[0].count == 12
    assert [name for name, _duty in idle["新华社区党支部"].idle] == ["孙玥"] and not idle["青石村党支部"].idle
    assert not idle["龙泉村党支部"].is_listed


def test_without_a_share_nobody_is_listed_last(demo_store: Store) -> None:
    with demo_store.write(SETUP) as session:
        policy.change(session, SETUP, PolicyDraft("followup.tail_share", "0"))
    assert carded(demo_store).tail == ()


def test_steps_in_words_are_all_named() -> None:
    from okr_desk.terms import label

    assert all(label(step) for step in FollowupStep)

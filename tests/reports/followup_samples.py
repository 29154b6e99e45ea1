"""Papers of rectification with a little of everything, and without a word that somebody typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from okr_desk.followup_terms import (
    CardColour,
    FindingKind,
    FindingSource,
    FindingState,
    FollowupStep,
    ItemLight,
    Recognised,
)
from okr_desk.queries.branch_plans import AcceptanceView, PlanView
from okr_desk.queries.entered import EntryView
from okr_desk.queries.followup_cards import CardView
from okr_desk.queries.followup_papers import FollowupPaper, Notice, notice
from okr_desk.queries.followups import FindingView, LookBackView, ReceiptView, StepView
from okr_desk.review_terms import ReceiptWay
from okr_desk.rules.branch_plans import ExitLimits
from okr_desk.terms import EntryBasis
from tests.reports.samples import ORG, QUARTER

AT = datetime(2026, 10, 8, 2, tzinfo=UTC)
ENTRY = EntryView("王玥", "", EntryBasis.OWN, AT)
S, T = FindingState, FollowupStep


def step(number: int, what: FollowupStep, after: FindingState, day: date, by: str = "", note: str = "") -> StepView:
    """A step that stands."""
    said = Recognised.MOSTLY if what is T.WRITE_OFF else None
    return StepView(number, what, S.NOT_STARTED, after, day, by, note, None, said, "", "王玥", AT, False, "")


WAY = (
    step(1, T.ISSUE, S.NOT_STARTED, date(2026, 9, 1), "王玥"),
    step(2, T.SIGN, S.NOT_STARTED, date(2026, 9, 2), "李旭昇"),
    step(3, T.PLAN, S.WORKING, date(2026, 9, 3), "李旭昇", "补开支委会"),
    step(4, T.ASK_CHECK, S.TO_CHECK, date(2026, 9, 8), "李旭昇", "已补开"),
    step(5, T.WRITE_OFF, S.WRITTEN_OFF, date(2026, 9, 9), "李喆", "会议记录齐全"),
)


def finding(**more: object) -> FindingView:
    """One that was written off and looked back on."""
    found = FindingView(
        id=7, number="整改2026-3-001", org_id=ORG.id, org=ORG.short_name, quarter_id=3, source=FindingSource.QUARTER,
        indicator_id=None, problem="支委会少开一次", fact="应开 3 次，实开 2 次，扣 1 分", clause="《方案》B02",
        kind=FindingKind.LIMITED, demand="补开并学习工作条例", measure="补开支委会", owner="李旭昇", leader="董玥",
        contact="王玥", found_on=date(2026, 9, 1), due_on=date(2026, 10, 20), first_due_on=date(2026, 10, 16),
        state=S.WRITTEN_OFF, feedback="三季度通报第二条", incentive="", again_of="", withdrawn=False,
        withdrawn_reason="", entry=ENTRY, steps=WAY,
        receipt=ReceiptView(date(2026, 9, 2), "李旭昇", ReceiptWay.PAPER),
        looks=(LookBackView(date(2026, 10, 6), True, "李喆", "按期开会"),), light=ItemLight.CALM, late=0, left=None,
        extended=1,
    )  # fmt: skip
    return replace(found, **more)  # type: ignore[arg-type]


LATE = finding(
    id=8, number="整改2026-3-002", problem="台账没有建", state=S.WORKING, steps=WAY[:3], looks=(),
    light=ItemLight.RED, late=41, due_on=date(2026, 8, 28), first_due_on=date(2026, 8, 28),
)  # fmt: skip


def card(colour: CardColour = CardColour.YELLOW, **more: object) -> CardView:
    """A card whose talk has been held."""
    mark = "黄牌" if colour is CardColour.YELLOW else "红牌"
    found = CardView(
        id=1, number=f"{mark}2026-3-001", org_id=ORG.id, org=ORG.short_name, quarter_id=3, colour=colour,
        causes="季度得分 58.5，低于 60 分；整改2026-3-002 逾期 41 天，超过 30 天", effects="提醒谈话；下发整改通知书",
        issued_on=date(2026, 10, 8), talked_on=date(2026, 10, 9), talked_by="董玥", lifted_on=None, lifted_by="",
        lifted_reason="", entry=ENTRY,
    )  # fmt: skip
    return replace(found, **more)  # type: ignore[arg-type]


PLAN = PlanView(
    id=1, org_id=ORG.id, org=ORG.short_name, quarter_id=3, ailment="班子不健全，集体经济薄弱",
    remedy="选配书记，清理合同",
    duties="包联领导负责协调", county_leader="方志远", town_leader="董玥", first_secretary="许砚",
    within=("配齐班子", "清理合同", "群众测评"), begins_on=date(2026, 9, 1), superseded=False, entry=ENTRY,
    tests=(AcceptanceView(1, date(2026, 10, 7), Decimal("69.5"), 40, 21, "赵明", "", False),),
)  # fmt: skip


def paper(key: str, **more: object) -> FollowupPaper:
    """The paper of a key with a little of everything."""
    content: dict[str, object] = {
        "finding-notice": {"notices": (notice(finding()), notice(replace(LATE, receipt=None)))},
        "finding-register": {"findings": (finding(), LATE), "files": {7: 2}},
        "card-notice": {"cards": (card(), card(CardColour.RED, id=2))},
        "branch-plan": {"plans": (PLAN,), "exit": ExitLimits()},
    }[key]
    bare = FollowupPaper("青山镇", ORG, QUARTER, date(2026, 10, 8), digest="3F2A91BC07DE")
    return replace(bare, **{**content, **more})  # type: ignore[arg-type]


def plain(key: str) -> FollowupPaper:
    """The same without a word that somebody typed."""
    empty = Notice("A-1", FindingSource.DAILY, FindingKind.IMMEDIATE, "a", "", "", "b", date(2026, 10, 14), "",
                   date(2026, 10, 8), None, "")  # fmt: skip
    words = {"number": "A-1", "problem": "a", "fact": "", "clause": "", "demand": "b", "measure": "", "owner": "c",
             "leader": "", "contact": "", "org": "d"}  # fmt: skip
    return paper(key, **{
        "finding-notice": {"notices": (empty,)},
        "finding-register": {"findings": (replace(LATE, steps=WAY[:1], receipt=None, **words),), "files": {}},  # type: ignore[arg-type]
        "card-notice": {"cards": tuple(
            card(one, number="A-1", causes="a", effects="b", talked_by="", talked_on=None) for one in CardColour
        )},
        "branch-plan": {"plans": (replace(PLAN, ailment="a", remedy="b", duties="", county_leader="", town_leader="",
                                          first_secretary="", within=("a", "", ""), tests=()),)},
    }[key])  # fmt: skip

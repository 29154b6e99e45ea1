"""Hand-made snapshots of whistles for tests of paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from okr_desk.clock import BEIJING
from okr_desk.queries.departments import DepartmentView
from okr_desk.queries.whistle_figures import DepartmentLine, DepartmentTable, Figures, Rate
from okr_desk.queries.whistle_papers import DepartmentBulletin, WhistleForms
from okr_desk.queries.whistles import MoveView, RatingView, WhistleView
from okr_desk.rules.whistle_limits import Due
from okr_desk.scoring.explained import Explained
from okr_desk.scoring.whistle_ratings import Rated, RatingRule, too_few, whistle_score
from okr_desk.terms import EntryBasis
from okr_desk.whistle_terms import (
    DepartmentKind,
    ItemUse,
    RatedItem,
    Rater,
    Solved,
    WhistleClass,
    WhistleState,
    WhistleStep,
)
from tests.reports import samples

P, R = ItemUse.PROCESS, ItemUse.RESULT
RULE = RatingRule(
    dict(zip(RatedItem, (P, P, R, P, P, R), strict=True)),
    Decimal("0.6"),
    {Rater.BRANCH: Decimal(40), Rater.RESIDENTS: Decimal(40), Rater.DELEGATES: Decimal(20)},
)
WATER = DepartmentView(1, "a", "水利站", "", DepartmentKind.STATION, None, "", True)
POLICE = DepartmentView(2, "b", "派出所", "", DepartmentKind.STATIONED, None, "", True)
_S, _T = WhistleState, WhistleStep


def at(text: str) -> datetime:
    """7-03 09:00 of 2026 in the office."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=BEIJING)


def move(number: int, step: WhistleStep, after: WhistleState, when: str, by: str = "", note: str = "") -> MoveView:
    """A step that stands."""
    return MoveView(number, step, _S.DRAFT, after, at(when), by, note, "王玥", at(when), False, "")


def whistle(**more: object) -> WhistleView:
    """One that went all the way: 87 points."""
    levels = dict(zip(RatedItem, (4, 5, 5, 4, 4, 4), strict=True))
    found = WhistleView(
        id=7, number="哨2026-3-001", org_id=samples.ORG.id, org=samples.ORG.short_name, quarter_id=3,
        kind=WhistleClass.URGENT, source="网格巡查", matter="沟渠堵塞，汛期有漫堤风险", place="二组桥头",
        goal="三日内清淤",
        department=WATER, helpers=(POLICE,), drawn_on=date(2026, 7, 3), blown_by="李旭昇", signed_by="王玥",
        plan="水利站出挖机，村里出人", promised_on=date(2026, 7, 6), result="清淤两百米", solved=Solved.YES,
        said="满意",
        state=_S.RATED, again_of_id=None, again_of="", again=(), reported_by="", basis=EntryBasis.OWN, is_late=False,
        late_reason="", withdrawn=False, withdrawn_reason="",
        moves=(
            move(1, _T.BLOW, _S.BLOWN, "07-03 09:00", "王玥"), move(2, _T.SIGN_IN, _S.RECEIVED, "07-03 09:12", "张三"),
            move(3, _T.ARRIVE, _S.ARRIVED, "07-03 09:25", "张三"), move(4, _T.FINISH, _S.TO_RATE, "07-05 16:00"),
        ),
        ratings=(RatingView(Rater.BRANCH, levels, ""),),
        due=Due(at("07-03 09:30"), at("07-03 09:30"), date(2026, 7, 6)),
        signed_in_time=True, came_in_time=True, closed_in_time=True, sign_in_minutes=12, arrive_minutes=25,
        score=whistle_score([Rated(Rater.BRANCH, levels)], RULE),
    )  # fmt: skip
    return replace(found, **more)  # type: ignore[arg-type]


def form(*of: WhistleView) -> WhistleForms:
    """A branch's sheets, of the one whistle unless others are given."""
    return WhistleForms("青山镇", samples.ORG, samples.QUARTER, of or (whistle(),), RULE, "ab12" * 16, True)


def bare_form() -> WhistleForms:
    """A sheet without a word that somebody typed, to be filled by hand."""
    empty: dict[str, object] = dict.fromkeys(
        ("source", "matter", "place", "goal", "blown_by", "signed_by", "plan", "result", "said"), ""
    )
    nobody = replace(WATER, name="")
    moves = tuple(replace(one, by="", note="") for one in whistle().moves)
    return form(whistle(**empty, number="2026-3-001", department=nobody, helpers=(), moves=moves))


def figures(count: int = 3) -> Figures:
    """Of three whistles two came in time and one nobody knows."""
    return Figures(count, Rate(3, 3), Rate(1, 2, 1), Rate(2, 3), Rate(0, 0, 3), Rate(0, 3), 23, None, 3, 1)


def bulletin(*names: str) -> DepartmentBulletin:
    """A station with a score and a stationed department with too few ratings."""
    first, second = (replace(d, name=n) for d, n in zip((WATER, POLICE), names or ("水利站", "派出所"), strict=True))
    lines = (
        DepartmentLine(first, figures(), Explained(Decimal("76.25"), ("得分",)), ()),
        DepartmentLine(second, figures(1), Explained(None, (too_few(3),)), ()),
    )
    table = DepartmentTable(samples.QUARTER, lines, figures(4), 3, RULE)
    return DepartmentBulletin("青山镇", table, date(2026, 9, 30), "cd34" * 16, True)

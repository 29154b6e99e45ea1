"""A small township with the indicators that the small registers feed, and short ways to enter something."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from sqlmodel import col, select

from okr_desk.clock import FixedClock
from okr_desk.model.tables import Indicator, MeasuredValue
from okr_desk.register_terms import ConfirmedBy, DemandAction, DemandSource
from okr_desk.rules.demands import DemandDraft, StepDraft
from okr_desk.rules.permissions import Actor
from okr_desk.rules.projects import NodeDraft, ProjectDraft
from okr_desk.services import demands, indicators
from okr_desk.services.permits import SETUP
from tests.made_once import made_once
from tests.small_township import Small, build, percent

CODES = ("F01", "X01", "X02", "X05", "X06", "F20")


@made_once
def registers(path: Path, clock: FixedClock) -> Small:
    """The small township; its third quarter is open, the first two are frozen."""
    small = build(path, clock)
    with small.store.write(SETUP) as session:
        for code in CODES:
            indicators.create(session, SETUP, percent(code, code))
    return small


def values(small: Small, code: str, org_id: int | None = None) -> dict[int, tuple[Decimal, str]]:
    """The standing values of an indicator by number of the quarter, with their notes."""
    numbers = {key: number for number, key in small.quarters.items()}
    with small.store.rows() as session:
        rows = session.exec(
            select(MeasuredValue)
            .join(Indicator, col(Indicator.id) == MeasuredValue.indicator_id)
            .where(
                Indicator.code == code,
                MeasuredValue.org_id == (org_id or small.village),
                col(MeasuredValue.superseded_at).is_(None),
            )
        ).all()
        return {numbers[row.quarter_id]: (row.value, row.note) for row in rows}


def project(org_id: int, **more: object) -> ProjectDraft:
    """A project since January: 立项 20 in March, 开工 30 in July, 完工 30 in August, 验收 20 in December."""
    nodes = (("立项", 20, 3, 31), ("开工", 30, 7, 15), ("完工", 30, 8, 31), ("验收", 20, 12, 20))
    plain: dict[str, object] = {
        "name": "红色研学路线",
        "lead": "李旭昇",
        "goal": "建成2公里研学路线",
        "started_on": date(2026, 1, 10),
        "nodes": tuple(NodeDraft(name, Decimal(w), date(2026, month, day)) for name, w, month, day in nodes),
    }
    return ProjectDraft(org_id, **{**plain, **more})  # type: ignore[arg-type]


def demand(org_id: int, **more: object) -> DemandDraft:
    """A demand of the third quarter, promised for its end."""
    plain: dict[str, object] = {
        "raised_on": date(2026, 7, 3),
        "source": DemandSource.VISIT,
        "what": "三组路灯不亮",
        "owner": "单晓",
        "promised_on": date(2026, 9, 10),
        "asker": "覃大爷",
    }
    return DemandDraft(org_id, **{**plain, **more})  # type: ignore[arg-type]


def raised(small: Small, actor: Actor, **more: object) -> int:
    """A demand of the village; its id."""
    with small.store.write(actor) as session:
        return demands.register(session, actor, demand(small.village, **more)).value


def step(demand_id: int, action: DemandAction, day: date, note: str = "已办", **more: object) -> StepDraft:
    """A move with everything that a move may need."""
    plain: dict[str, object] = {"way": ConfirmedBy.SIGNED, **more}
    return StepDraft(demand_id, action, day, note, **plain)  # type: ignore[arg-type]


def moved(small: Small, actor: Actor, demand_id: int, *steps: tuple[DemandAction, date]) -> list[int]:
    """Moves one after the other; their ids."""
    made = []
    for action, day in steps:
        with small.store.write(actor) as session:
            made.append(demands.move(session, actor, step(demand_id, action, day)).value)
    return made


def confirmed(small: Small, actor: Actor, demand_id: int, day: date) -> list[int]:
    """A demand taken through to the resident's yes on `day`."""
    ways = (DemandAction.START, DemandAction.FINISH, DemandAction.SATISFIED)
    return moved(small, actor, demand_id, *((action, day) for action in ways))

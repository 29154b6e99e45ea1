"""The small township in the last days of its third quarter, its village with one key result of each kind approved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from okr_desk.clock import FixedClock
from okr_desk.rules.indicators import BaselineDraft, IndicatorDraft, TargetDraft
from okr_desk.rules.objectives import KeyResultDraft
from okr_desk.services import approvals, cycles, indicators, library, objectives
from okr_desk.services.permits import SETUP
from okr_desk.terms import Accumulation, Dimension, Direction, KrKind
from tests.made_once import made_once
from tests.small_township import Small, bare, build, metric, objective

D = Decimal
DAY = date(2026, 9, 25)
NODES = (("立项", D(20)), ("开工", D(30)), ("主体完成", D(30)), ("验收", D(20)))
PLAN = (D(68), D(75), D(82), D(90))


@dataclass
class Filled:
    """The township with the ids of the village's key results, in the order of the table."""

    small: Small
    rate: int
    income: int
    road: int
    safety: int
    rules: int
    survey: int

    @property
    def all(self) -> tuple[int, ...]:
        """The ids from top to bottom."""
        return self.rate, self.income, self.road, self.safety, self.rules, self.survey


@made_once
def fill(path: Path, day: date = DAY) -> Filled:
    """A rate from 60 to 90 %, an income of the year so far, a road in four steps, a guard rail, yes/no, a baseline."""
    small = build(path, FixedClock(day))
    with small.store.write(SETUP) as session:
        cycles.fill_from_library(session, SETUP, 2026)
        yearly = IndicatorDraft(
            "F08",
            "村集体经营性收入",
            "万元",
            Direction.UP,
            Dimension.FUSION,
            accumulation=Accumulation.YEAR_TO_DATE,
        )
        income = library.create(session, SETUP, yearly).value
        indicators.set_baseline(
            session, SETUP, BaselineDraft(small.village, income, 2026, D(50), date(2025, 12, 31), "2025年决算")
        )
        indicators.set_target(session, SETUP, TargetDraft(small.village, income, 2026, D(80)))
        above = objectives.create(session, SETUP, objective(small.village)).value
        made = [objectives.create_key_result(session, SETUP, above, draft).value for draft in _drafts(income)]
        approvals.submit(session, SETUP, [above])
        approvals.approve(session, SETUP, [above])
    return Filled(small, *made)


def _drafts(income: int) -> tuple[KeyResultDraft, ...]:
    linked = {"baseline": None, "baseline_on": None, "baseline_source": "", "target": None, "unit": ""}
    return (
        metric("KR1.1", weight=D(40), plan=PLAN),
        metric("KR1.2", title="村集体经营性收入", weight=D(20), indicator_id=income, direction=None, **linked),
        bare(KrKind.MILESTONE, "KR1.3", title="产业路硬化", weight=D(10), nodes=NODES),
        bare(
            KrKind.GUARD_RAIL, "KR1.4", title="安全生产事故", weight=D(10), unit="起", target=D(0),
            direction=Direction.AT_MOST,
        ),
        bare(KrKind.YES_NO, "KR1.5", title="财务制度公示", weight=D(10), plan=(None, None, D(1), None)),
        bare(
            KrKind.ESTABLISH_BASELINE, "KR1.6", title="外出党员联系率摸底", weight=D(10), unit="%",
            plan=(None, None, D(1), None),
        ),
    )  # fmt: skip

"""The small township with measures that daily work counts for, on a sheet whose points can be worked out by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from sqlmodel import select

from okr_desk.clock import FixedClock
from okr_desk.model.tables import Category
from okr_desk.queries import cycles, orgs, scores
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.scores import ScoreSheet
from okr_desk.rules.indicators import BaselineDraft, IndicatorDraft, TargetDraft
from okr_desk.rules.permissions import Actor
from okr_desk.rules.schemes import BlockDraft, LineDraft, SchemeDraft
from okr_desk.rules.worklog import EntryDraft
from okr_desk.services import approvals, indicators, objectives, schemes, worklog
from okr_desk.services.outcome import Outcome
from okr_desk.services.permits import SETUP
from okr_desk.terms import Accumulation, Dimension, Direction
from tests.made_once import made_once
from tests.small_township import Small, build, metric, objective, percent

D = Decimal
DAY = date(2026, 9, 25)


@dataclass
class Worked:
    """The township, its indicators by code, and a key result without an indicator: 开展宣讲由 4 场到 12 场."""

    small: Small
    ids: dict[str, int]
    talks: int

    def record(self, kind: str, day: date, what: str, amount: str = "1", **more: object) -> Outcome[int]:
        """An entry of the village, by its secretary unless somebody else is named."""
        actor = more.pop("actor", self.small.secretary)
        assert isinstance(actor, Actor)
        said = EntryDraft(self.small.village, kind, day, what, D(amount), **more)  # type: ignore[arg-type]
        with self.small.store.write(actor) as session:
            return worklog.record(session, actor, said)

    def quarter(self, number: int = 3) -> QuarterView:
        """A quarter of 2026."""
        with self.small.store.read() as session:
            found = cycles.quarter(session, 2026, number)
        assert found is not None
        return found

    def sheet(self) -> ScoreSheet:
        """The village's sheet of the third quarter."""
        quarter = self.quarter()
        with self.small.store.read() as session:
            org = orgs.view(session, self.small.village, quarter.ends_on)
            return scores.sheets(session, quarter, [org])[0]


@made_once
def worked(path: Path, day: date = DAY) -> Worked:
    """F27 20 → 40 人天 (3 分), F36 全年 4 条 (4 分), B22 90 → 100 % (3 分, 每低 1 点扣 1 分); 农村 has the scheme."""
    small = build(path, FixedClock(day))
    more = {"direction": Direction.UP, "dimension": Dimension.FUSION}
    yearly = {"accumulation": Accumulation.YEAR_TO_DATE, "decimals": 0}
    with small.store.write(SETUP) as session:
        ids = {
            "F27": indicators.create(session, SETUP, IndicatorDraft("F27", "科技服务人天", "人天", **more)).value,  # type: ignore[arg-type]
            "F36": indicators.create(
                session,
                SETUP,
                IndicatorDraft("F36", "合理化建议采纳数", "条", **more, **yearly),  # type: ignore[arg-type]
            ).value,
            "B22": indicators.create(session, SETUP, percent("B22", "上级任务按时办结率")).value,
            "B01": indicators.create(
                session, SETUP, percent("B01", "支部党员大会应开率", computed_from="三会一课记录")
            ).value,
        }
        for code, start, end in (("F27", 20, 40), ("F36", 2, 4), ("B22", 90, 100)):
            place = (small.village, ids[code], 2026)
            baseline = BaselineDraft(*place, D(start), date(2025, 12, 31), "2025年底")
            indicators.set_line(session, SETUP, baseline, TargetDraft(*place, D(end)))
        above = objectives.create(session, SETUP, objective(small.village)).value
        draft = metric(
            title="开展宣讲由 4 场到 12 场", unit="场", baseline=D(4), target=D(12), baseline_source="2025年底"
        )
        talks = objectives.create_key_result(session, SETUP, above, draft).value
        approvals.submit(session, SETUP, [above])
        approvals.approve(session, SETUP, [above])
        lines = (
            LineDraft(ids["F27"], D(3), "linear"),
            LineDraft(ids["F36"], D(4), "ratio"),
            LineDraft(ids["B22"], D(3), "per-point rounding=ceil"),
        )
        rural = session.exec(select(Category.id).where(Category.name == "农村")).one()
        assert rural is not None
        blocks = (BlockDraft("融合性", D(10), lines),)
        scheme = schemes.create(session, SETUP, rural, 2026, SchemeDraft("农村", blocks, bonus_cap=D(0))).value
    with small.store.write(SETUP) as session:
        schemes.activate(session, SETUP, schemes.standing.scheme(session, scheme).versions[0].id)
    return Worked(small, ids, talks)

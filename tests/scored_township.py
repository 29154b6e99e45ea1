"""The small township with a scheme whose points can be worked out by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from sqlmodel import Session, select

from okr_desk.clock import FixedClock
from okr_desk.model.tables import Category, Quarter
from okr_desk.queries import cycles, orgs, scores
from okr_desk.queries.scores import ScoreSheet
from okr_desk.rules.indicators import BaselineDraft, IndicatorDraft, TargetDraft, ValueDraft
from okr_desk.rules.schemes import BlockDraft, LineDraft, SchemeDraft
from okr_desk.services import indicators, measured, red_lines, schemes
from okr_desk.terms import BlockKind, Dimension, Direction, Frequency, Origin, QuarterState
from tests.made_once import made_once
from tests.small_township import Small, build, percent

D = Decimal
DAY = date(2026, 9, 28)


@dataclass
class Scored:
    """The township, the ids of its indicators by code, and the category of the village."""

    small: Small
    ids: dict[str, int]
    rural: int
    scheme: int

    def sheet(self, number: int = 3, org_id: int | None = None) -> ScoreSheet:
        """The village's sheet of a quarter of 2026."""
        with self.small.store.read() as session:
            quarter = cycles.quarter(session, 2026, number)
            assert quarter is not None
            org = orgs.view(session, org_id or self.small.village, quarter.ends_on)
            return scores.sheets(session, quarter, [org])[0]

    def year(self) -> ScoreSheet:
        """The village's sheet of the year."""
        with self.small.store.read() as session:
            org = orgs.view(session, self.small.village, date(2026, 12, 31))
            return scores.year_sheets(session, 2026, [org])[0]

    def measure(self, code: str, value: str, number: int = 3, org_id: int | None = None) -> None:
        """A value for a quarter, given by the office."""
        small = self.small
        day = date(2026, 3 * number - 1, 28)
        said = ValueDraft(
            org_id or small.village, self.ids[code], small.quarters[number], D(value), day, Origin.TOWNSHIP, "补录"
        )
        with small.store.write(small.office) as session:
            measured.record_value(session, small.office, said)

    def state(self, number: int, state: QuarterState) -> None:
        """Put a quarter into a state, whatever the moves say."""
        with self.small.store.write(self.small.office) as session:
            row = session.exec(select(Quarter).where(Quarter.id == self.small.quarters[number])).one()
            row.state = state.value
            session.add(row)


def draft(ids: dict[str, int], **more: object) -> SchemeDraft:
    """19 points and a bonus: 到会率 4, 党费 4, 差错 3 in one block, 收入 8 in another."""
    blocks = (
        BlockDraft(
            "基础性",
            D(11),
            (
                LineDraft(ids["B08"], D(4), "linear"),
                LineDraft(ids["B09"], D(4), "per-point rounding=ceil"),
                LineDraft(ids["B11"], D(3), "deduct each=1"),
            ),
        ),
        BlockDraft("融合性", D(8), (LineDraft(ids["F07"], D(8), "ratio"),)),
        BlockDraft("加分", D(3), (LineDraft(ids["X03"], D(3), "bonus"),), kind=BlockKind.BONUS),
    )
    plain: dict[str, object] = {"bonus_cap": D(3)}
    return SchemeDraft("农村百分制", blocks, **{**plain, **more})  # type: ignore[arg-type]


@made_once
def scored(path: Path, clock: FixedClock) -> Scored:
    """Village: 到会率 72 → 85, 党费 96 → 100, 收入 5 → 8; a scheme for 农村 in use since the first quarter."""
    small = build(path, clock)
    with small.store.write(small.office) as session:
        office = small.office
        red_lines.load_seed(session, date(2026, 1, 1))
        ids = {"B08": small.attendance, "F07": small.income}
        ids["B09"] = indicators.create(session, office, percent("B09", "党费按月足额收缴率")).value
        ids["B11"] = indicators.create(
            session,
            office,
            IndicatorDraft("B11", "发展党员程序差错", "项", Direction.DOWN, Dimension.BASIC, Frequency.ON_EVENT),
        ).value
        ids["X03"] = indicators.create(
            session,
            office,
            IndicatorDraft("X03", "首创做法被上级采用", "次", Direction.UP, Dimension.INNOVATION, Frequency.YEARLY),
        ).value
        give_lines(session, small, ids, small.village)
        rural = session.exec(select(Category.id).where(Category.name == "农村")).one()
        assert rural is not None
        scheme = schemes.create(session, office, rural, 2026, draft(ids)).value
    made = Scored(small, ids, rural, scheme)
    with small.store.write(small.office) as session:
        version = schemes.standing.scheme(session, scheme).versions[0]
        schemes.activate(session, small.office, version.id)
    return made


def give_lines(session: Session, small: Small, ids: dict[str, int], org_id: int) -> None:
    """到会率 72 → 85, 党费 96 → 100, 收入 5 → 8 for a branch."""
    for code, start, aim in (("B08", 72, 85), ("B09", 96, 100), ("F07", 5, 8)):
        key = (org_id, ids[code], 2026)
        indicators.set_line(
            session,
            small.office,
            BaselineDraft(*key, D(start), date(2025, 12, 31), "2025年末实绩"),
            TargetDraft(*key, D(aim)),
        )

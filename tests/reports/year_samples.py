"""Hand-made year sheets for tests of paper and workbook: quarters of other versions, every reason for no points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.schemes import BlockView
from okr_desk.queries.score_lines import LineScore
from okr_desk.queries.score_years import QuarterPlace, YearForm
from okr_desk.queries.scores import Limits, RedLineView, ScoreSheet, year_of
from okr_desk.terms import Across, BlockKind, Dimension, QuarterState
from tests.reports import score_samples as made
from tests.reports.samples import DIGEST, ORG

D = Decimal
Blocks = Sequence[tuple[BlockView, tuple[LineScore, ...]]]
_LABELS = ("第一季度", "第二季度", "第三季度", "第四季度")
_STATES = (QuarterState.CLOSED, QuarterState.FROZEN, QuarterState.OPEN, QuarterState.PLANNING)


def quarter(number: int, state: QuarterState) -> QuarterView:
    """A quarter of 2026."""
    first, last = date(2026, 3 * number - 2, 1), date(2026, 3 * number, 28)
    key = f"2026Q{number}"
    return QuarterView(number, 2026, number, first, last, last, state, "2026年" + _LABELS[number - 1], key)


def form(
    quarters: Sequence[Blocks],
    rates: Sequence[str | None] = (),
    red_lines: Sequence[RedLineView] = (),
    changed_in: int = 1,
    **changes: object,
) -> YearForm:
    """A year of the quarters that have begun, summed by the program's own arithmetic; `changes` replace its parts.

    `rates` are the quarters' satisfaction, `red_lines` those of the last; in quarter `changed_in` the second version
    of the scheme came into force.
    """
    states = [*_STATES[: len(quarters)], *(QuarterState.PLANNING,) * (4 - len(quarters))]
    calendar = tuple(quarter(number, state) for number, state in enumerate(states, start=1))
    sheets: list[ScoreSheet] = []
    versions = {}
    for place, blocks in enumerate(quarters):
        rate = rates[place] if place < len(rates) else None
        crossed = red_lines if place == len(quarters) - 1 else ()
        found = made.form(blocks, satisfaction=rate, red_lines=crossed)
        is_old = place + 1 < changed_in
        number, start, reason = (1, 1, "") if is_old else (2, changed_in, found.version.reason)
        version = replace(found.version, id=number, version=number, from_quarter=start, reason=reason)
        versions[number] = version
        sheets.append(replace(found.sheet, quarter=calendar[place], version=version))
    scheme = replace(found.scheme, versions=tuple(versions.values()))
    sheets = [replace(one, scheme=scheme) for one in sheets]
    year = year_of(ORG, 2026, sheets, scheme, Limits(D("0.7"), ""), D("0.634"))
    assert year.version is not None
    placed = [*sheets, *(None,) * (4 - len(sheets))]
    whole = YearForm(
        "青山镇", "年度2026-007", calendar[len(quarters) - 1], scheme, year.version, year, found.away, DIGEST,
        places=tuple(QuarterPlace(*pair) for pair in zip(calendar, placed, strict=True)),
    )  # fmt: skip
    return replace(whole, **changes)  # type: ignore[arg-type]


def usual() -> YearForm:
    """到会率 2 4 —; 党费 — 1 4 (末次); 换届 not due, 2; 收入 4 6 8 (最好); the bonus 1 and 2; a red line; 92.5%."""
    return form([_quarter(*said) for said in _SAID], (None, "96", "92.5"), [made.red_line()])


_SAID = (
    ("78.5", None, made.NOT_DUE, "4", "1"),
    ("85", "97.2", made.NOT_DUE, "6", "2"),
    (None, "100", "1", "8", None),
)


def _quarter(
    attendance: str | None, fees: str | None, election: str, income: str, award: str | None, full: str = "4"
) -> Blocks:
    base = (
        made.line("B08", "党员到会率", "linear", full, attendance, ("72", "85")),
        made.line("B09", "党费按月足额收缴率", "per-point rounding=ceil", "4", fees, ("96", "100"), across=Across.LAST),
        made.line("B14", "按期换届", "ratio t=1", "2", election),
        made.line("B12", "在职党员到社区报到率", "ratio t=100", "5", made.AWAY),
    )
    best = Across.BEST
    work = (made.line("F07", "村集体经营性收入", "ratio", "8", income, ("0", "8"), Dimension.FUSION, across=best),)
    said = () if award is None else (replace(made.event(award, "县级推广"), id=int(award)),)
    value = made.NOT_DUE if award is None else None
    extra = made.line("X03", "首创做法被上级采用", "bonus", "3", value, None, Dimension.INNOVATION, said)
    view, lines = made.block("融合性", work)
    return (
        made.block("组织生活", base, "党建基础"),
        (replace(view, across=best), lines),
        made.block("加分", (extra,), kind=BlockKind.BONUS),
    )


def changed() -> YearForm:
    """到会率 counted 8 points in the first quarter, 2×4 of them earned; from the second on it counts 4."""
    return form([_quarter(*_SAID[0], full="8"), _quarter(*_SAID[1])], changed_in=2)


def begun_late() -> YearForm:
    """No scheme in the first quarter, 收入 not yet among its lines in the second."""
    blocks = [_quarter(*said) for said in _SAID]
    found = form([blocks[0], (blocks[1][0], blocks[1][2]), blocks[2]])
    first = found.places[0]
    assert first.sheet is not None
    bare = replace(first.sheet, version=None, blocks=(), sheet=None, grade=None)
    return replace(found, places=(replace(first, sheet=bare), *found.places[1:]))


def cumulative() -> YearForm:
    """Two quarters of flags: a fourth of the year's points each."""
    return form([made.flag_blocks(), made.flag_blocks()])


def plain() -> YearForm:
    """Three quarters without a Chinese word that an office would type."""
    one = made.plain_form()
    blocks = tuple((block.block, block.lines) for block in one.sheet.blocks)
    found = form([blocks] * 3, ("85",) * 3)
    version = replace(found.version, reason="", by="Wang", approved_by="Li")
    places = tuple(
        replace(place, sheet=None if place.sheet is None else replace(place.sheet, version=version))
        for place in found.places
    )
    return replace(found, scheme=replace(found.scheme, name="Rural"), version=version, places=places)


def many(count: int) -> YearForm:
    """A full year of `count` lines."""
    return form([made.many(count)] * 4)

"""The score sheet of a branch as it is filed: the points with what paper and workbook say around them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import select

from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.model.columns import NotApplicable
from okr_desk.model.reading import Reader
from okr_desk.queries import letterheads, scores
from okr_desk.queries import schemes as standing
from okr_desk.queries.letterheads import Letterhead, digest
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.schemes import SchemeView, VersionView
from okr_desk.queries.score_lines import LineScore
from okr_desk.queries.score_rates import RateSource, rates
from okr_desk.queries.scores import BlockScore, ScoreSheet
from okr_desk.scoring.blocks import Subtotal
from okr_desk.terms import BlockKind


@dataclass(frozen=True)
class ScoreForm:
    """One score sheet. `number` is that of the review sheet it belongs to; `digest` as there.

    `scheme` and `version` are those of the sheet, never missing here. `away`: why indicators do not apply, by their id.
    `rate`: where the satisfaction comes from that limits the grade, where there is one.
    """

    township: str
    number: str
    quarter: QuarterView
    scheme: SchemeView
    version: VersionView
    sheet: ScoreSheet
    away: Mapping[int, str]
    digest: str
    is_demo: bool = False
    rate: RateSource | None = None


@dataclass(frozen=True)
class Heading:
    """Begins a block."""

    block: BlockScore


@dataclass(frozen=True)
class Entry:
    """A line with its running number, in its block."""

    number: int
    score: LineScore
    block: BlockScore


@dataclass(frozen=True)
class BlockSum:
    """Ends a block. `points`: what its lines come to, for a bonus before any cap; None while there are none."""

    block: BlockScore
    points: Decimal | None


@dataclass(frozen=True)
class PartSum:
    """Ends a part that several blocks make up."""

    name: str
    total: Subtotal
    blocks: tuple[BlockScore, ...]


def forms(session: Reader, quarter: QuarterView, of: Sequence[OrgView]) -> tuple[ScoreForm, ...]:
    """The score sheets of those branches whose category has a scheme in force, in their order."""
    head = letterheads.letterhead(session, quarter)
    found = forms_with(session, head, of)
    return tuple(replace(form, digest=digest(form)) for form in found)


def forms_with(session: Reader, head: Letterhead, of: Sequence[OrgView]) -> tuple[ScoreForm, ...]:
    """The same without a check code, for a document that has one of its own."""
    quarter = head.quarter
    scored = {one.category for one in standing.schemes(session, quarter.year) if one.in_force(quarter.number)}
    mine = [org for org in of if org.category in scored]
    if not mine:
        return ()
    ids = [org.id for org in mine]
    away = exempt(session, quarter.year, ids)
    found = rates(session, [quarter.id], ids, quarter.ends_on)
    made = []
    for sheet in scores.sheets(session, quarter, mine):
        if sheet.scheme is None or sheet.version is None:
            continue
        made.append(
            ScoreForm(
                township=head.township,
                number=head.number(sheet.org.id),
                quarter=quarter,
                scheme=sheet.scheme,
                version=sheet.version,
                sheet=sheet,
                away=away.get(sheet.org.id, {}),
                digest="",
                is_demo=head.is_demo,
                rate=found.get((sheet.org.id, quarter.id)),
            )
        )
    return tuple(made)


def asked(session: Reader, quarter: QuarterView, of: Sequence[OrgView]) -> tuple[ScoreForm, ...]:
    """The score sheets that somebody asks for. Raises Refusal where not one of the branches has a scheme in force."""
    found = forms(session, quarter, of)
    if not found:
        raise Refusal(
            _("所选支部在{quarter}都没有启用的考核方案，没有计分表可印，请先在“考核方案”中启用。").format(
                quarter=quarter.label
            )
        )
    return found


def without(of: Sequence[OrgView], found: Sequence[ScoreForm]) -> tuple[str, ...]:
    """The branches that were asked for and have no score sheet, because no scheme is in force for them."""
    there = {form.sheet.org.id for form in found}
    return tuple(org.short_name for org in of if org.id not in there)


def layout(form: ScoreForm) -> tuple[Heading | Entry | BlockSum | PartSum, ...]:
    """The body of a sheet from top to bottom: the same on paper and in a workbook."""
    return tuple(_layout(form))


def _layout(form: ScoreForm) -> Iterator[Heading | Entry | BlockSum | PartSum]:
    number = 0
    parts = _parts(form)
    for block in form.sheet.blocks:
        yield Heading(block)
        for score in block.lines:
            number += 1
            yield Entry(number, score, block)
        yield BlockSum(block, points_of(block))
        name = block.block.part
        if block.block.kind is BlockKind.BASE and len(parts[name]) > 1 and parts[name][-1] is block:
            total = None if form.sheet.sheet is None else form.sheet.sheet.parts.get(name)
            if total is not None:
                yield PartSum(name, total, tuple(parts[name]))


def _parts(form: ScoreForm) -> dict[str, list[BlockScore]]:
    found: dict[str, list[BlockScore]] = defaultdict(list)
    for block in form.sheet.blocks:
        if block.block.kind is BlockKind.BASE and block.block.part:
            found[block.block.part].append(block)
    found.setdefault("", [])
    return found


def points_of(block: BlockScore) -> Decimal | None:
    """What the lines of a block come to, for a bonus before any cap; None while there are none."""
    if block.total is not None:
        return block.total.total.points
    if block.block.kind is BlockKind.BASE:
        return None
    given = [one.points.points for one in block.lines if one.points and one.points.points is not None]
    return sum(given, Decimal(0)) if given else None


def exempt(session: Reader, year: int, org_ids: Sequence[int]) -> dict[int, dict[int, str]]:
    """Why indicators do not apply to branches in a year, by branch and indicator."""
    rows = session.execute(
        select(*NotApplicable.ALL).where(NotApplicable.year == year, NotApplicable.org_id.in_(org_ids))
    )
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for row in rows:
        found[row.org_id][row.indicator_id] = row.reason
    return found

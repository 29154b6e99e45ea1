"""Schemes of a year with their versions, the one in force in a quarter, and what would keep a draft from use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from sqlalchemy import select

from okr_desk.clock import local
from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.model.columns import Category, Scheme, SchemeBlock, SchemeLine, SchemeParty, SchemeVersion
from okr_desk.model.reading import Facts, Reader
from okr_desk.queries import facts, library, orgs, users
from okr_desk.queries.library import IndicatorView
from okr_desk.review_terms import Party
from okr_desk.rules.red_lines import COMMON, lists_of
from okr_desk.rules.scheme_problems import problems
from okr_desk.rules.schemes import BlockDraft, BranchLine, Known, LineDraft, Problem, SchemeDraft
from okr_desk.terms import Accumulation, Across, BlockKind, Dimension, Direction, OrgKind, SchemeState


@dataclass(frozen=True)
class LineView:
    """A line with what the library says of its indicator."""

    id: int
    indicator_id: int
    code: str
    name: str
    unit: str
    dimension: Dimension
    direction: Direction
    maximum: Decimal
    rule: str
    second_id: int | None
    across: Across

    @cached_property
    def title(self) -> str:
        """Code and name, as one says them."""
        return f"{self.code} {self.name}"


@dataclass(frozen=True)
class BlockView:
    """A block in its order."""

    id: int
    name: str
    part: str
    kind: BlockKind
    maximum: Decimal
    across: Across
    flags: bool
    lines: tuple[LineView, ...]


@dataclass(frozen=True)
class VersionView:
    """A scheme as it stands from a quarter on; `recorded_on` and `activated_on` are local dates.

    `by` drew it up, `approved_by` put it to use. `red_lists` are the lists of red lines that count.
    """

    id: int
    version: int
    from_quarter: int
    state: SchemeState
    grades: str
    bonus_cap: Decimal
    bonus_from: Decimal
    reason: str
    by: str
    recorded_on: date
    activated_on: date | None
    blocks: tuple[BlockView, ...]
    approved_by: str = ""
    red_lists: tuple[str, ...] = (COMMON,)
    parties: tuple[tuple[Party, Decimal], ...] = ()

    @property
    def maximum(self) -> Decimal:
        """Full points without the bonus."""
        return sum((block.maximum for block in self.blocks if block.kind is BlockKind.BASE), Decimal(0))

    @property
    def lines(self) -> tuple[LineView, ...]:
        """All lines in order."""
        return tuple(line for block in self.blocks for line in block.lines)


@dataclass(frozen=True)
class SchemeView:
    """By what a category is scored in a year; versions oldest first."""

    id: int
    category_id: int
    category: str
    year: int
    name: str
    preset: str
    versions: tuple[VersionView, ...]

    def in_force(self, quarter: int) -> VersionView | None:
        """The version that scores a quarter: the newest in use that has begun by then."""
        begun = [one for one in self.versions if one.state is SchemeState.ACTIVE and one.from_quarter <= quarter]
        return max(begun, key=lambda one: (one.from_quarter, one.version), default=None)

    @property
    def draft(self) -> VersionView | None:
        """The version that is being worked on."""
        return next((one for one in self.versions if one.state is SchemeState.DRAFT), None)


def schemes(session: Reader, year: int) -> tuple[SchemeView, ...]:
    """All schemes of a year, in the order of their categories."""
    rows = session.execute(
        select(*Scheme.ALL, Category.name.label("category"))
        .select_from(Scheme.TABLE)
        .join(Category.TABLE, Category.id == Scheme.category_id)
        .where(Scheme.year == year)
        .order_by(Category.position, Category.id)
    ).all()
    versions = _versions(session, [row.id for row in rows], date(year, 12, 31))
    return tuple(
        SchemeView(
            row.id, row.category_id, row.category, row.year, row.name, row.preset, tuple(versions.get(row.id, ()))
        )
        for row in rows
    )


def scheme(session: Reader, scheme_id: int) -> SchemeView:
    """One scheme. Raises Refusal when it is gone."""
    year = session.execute(select(Scheme.year).where(Scheme.id == scheme_id)).scalar()
    found = next((one for one in schemes(session, year) if one.id == scheme_id), None) if year else None
    if found is None:
        raise Refusal(_("没有找到这个方案，请刷新后再试。"))
    return found


def draft_of(name: str, version: VersionView) -> SchemeDraft:
    """The draft that would make a version again."""
    blocks = tuple(
        BlockDraft(
            block.name,
            block.maximum,
            tuple(
                LineDraft(
                    line.indicator_id,
                    line.maximum,
                    line.rule,
                    line.second_id,
                    None if line.across is block.across else line.across,
                )
                for line in block.lines
            ),
            block.part,
            block.kind,
            block.across,
            block.flags,
        )
        for block in version.blocks
    )
    return SchemeDraft(
        name,
        blocks,
        version.grades,
        version.bonus_cap,
        version.bonus_from,
        version.from_quarter,
        version.reason,
        version.red_lists,
        version.parties,
    )


def known(session: Reader, year: int, category: str) -> dict[int, Known]:
    """The library as a draft is checked against it, with the lines of the category's branches."""
    return known_by_category(session, year, [category])[category]


def known_by_category(session: Reader, year: int, categories: Sequence[str]) -> dict[str, dict[int, Known]]:
    """`known` of several categories from one reading."""
    day = date(year, 12, 31)
    lines = facts.year_lines(session, year, [])
    views = library.library(session, day, retired=True)
    branches: dict[str, list[orgs.OrgView]] = defaultdict(list)
    for org in orgs.tree(session, day):
        if org.kind == OrgKind.BRANCH:
            branches[org.category].append(org)
    return {name: {view.id: _known(view, day, branches[name], lines) for view in views} for name in categories}


def check(session: Reader, year: int, category: str, draft: SchemeDraft) -> tuple[Problem, ...]:
    """What one would stumble over when scoring by this draft."""
    return problems(draft, category, known(session, year, category))


def _known(view: IndicatorView, day: date, branches: list[orgs.OrgView], lines: facts.YearLines) -> Known:
    """A year-cumulative measure starts at 0, so it lacks no baseline."""
    start = Decimal(0) if view.accumulation is Accumulation.YEAR_TO_DATE else None
    of = []
    for org in branches:
        key = (org.id, view.id)
        if key in lines.not_applicable:
            continue
        own, aim = lines.baselines.get(key), lines.targets.get(key)
        baseline = own.value if own and start is None else start
        of.append(BranchLine(org.short_name, baseline, aim.value if aim else None))
    is_retired = view.retired_on is not None and view.retired_on <= day
    exempt = len(branches) - len(of)
    return Known(view.code, view.name, view.dimension, is_retired, view.categories, tuple(of), view.direction, exempt)


def _versions(session: Reader, scheme_ids: list[int], day: date) -> dict[int, list[VersionView]]:
    if not scheme_ids:
        return {}  # nothing IN () makes the mapper load, which another thread may be doing just now
    rows = session.execute(
        select(*SchemeVersion.ALL).where(SchemeVersion.scheme_id.in_(scheme_ids)).order_by(SchemeVersion.version)
    ).all()
    blocks = _blocks(session, [row.id for row in rows], day)
    names, parties = users.names(session), _parties(session)
    found: dict[int, list[VersionView]] = defaultdict(list)
    for row in rows:
        found[row.scheme_id].append(
            VersionView(
                id=row.id,
                version=row.version,
                from_quarter=row.from_quarter,
                state=SchemeState(row.state),
                grades=row.grades,
                bonus_cap=row.bonus_cap,
                bonus_from=row.bonus_from,
                reason=row.reason,
                by=names.get(row.account_id or 0, ""),
                recorded_on=local(row.recorded_at).date(),
                activated_on=local(row.activated_at).date() if row.activated_at else None,
                blocks=tuple(blocks.get(row.id, ())),
                approved_by=names.get(row.activated_by or 0, ""),
                red_lists=lists_of(row.red_lists),
                parties=tuple(parties.get(row.id, ())),
            )
        )
    return found


def _parties(session: Reader) -> dict[int, list[tuple[Party, Decimal]]]:
    """The weights of parties by version, in the order of the parties."""
    found: dict[int, list[tuple[Party, Decimal]]] = defaultdict(list)
    for row in session.execute(select(*SchemeParty.ALL)):
        found[row.version_id].append((Party(row.party), row.weight))
    order = list(Party)
    return {key: sorted(each, key=lambda one: order.index(one[0])) for key, each in found.items()}


def _blocks(session: Reader, version_ids: list[int], day: date) -> dict[int, list[BlockView]]:
    rows = session.execute(
        select(*SchemeBlock.ALL).where(SchemeBlock.version_id.in_(version_ids)).order_by(SchemeBlock.position)
    ).all()
    if not rows:
        return {}
    meanings = {view.id: view for view in library.library(session, day, retired=True)}
    lines: dict[int, list[Facts]] = defaultdict(list)
    ids = [row.id for row in rows]
    for line in session.execute(
        select(*SchemeLine.ALL).where(SchemeLine.block_id.in_(ids)).order_by(SchemeLine.position)
    ):
        lines[line.block_id].append(line)
    found: dict[int, list[BlockView]] = defaultdict(list)
    for row in rows:
        across = Across(row.across)
        views = tuple(_line(line, meanings[line.indicator_id], across) for line in lines[row.id])
        found[row.version_id].append(
            BlockView(row.id, row.name, row.part, BlockKind(row.kind), row.maximum, across, row.flags, views)
        )
    return found


def _line(row: Facts, meaning: IndicatorView, across: Across) -> LineView:
    return LineView(
        id=row.id,
        indicator_id=row.indicator_id,
        code=meaning.code,
        name=meaning.name,
        unit=meaning.unit,
        dimension=meaning.dimension,
        direction=meaning.direction,
        maximum=row.maximum,
        rule=row.rule,
        second_id=row.second_id,
        across=Across(row.across) if row.across else across,
    )

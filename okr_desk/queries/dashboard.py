"""What the office sees first: who owes what, and the matrix of branches by dimension."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select

from okr_desk.i18n import _
from okr_desk.model.columns import ImportBatch, ImportQuestion, Meta
from okr_desk.model.reading import Reader
from okr_desk.model.store import today
from okr_desk.queries import board as boards
from okr_desk.queries import cycles, orgs, policy
from okr_desk.queries.letterheads import digest
from okr_desk.queries.objectives import Board, KeyResultView, OrgView, QuarterView
from okr_desk.queries.reviews import dimension_rollup, weighted
from okr_desk.queries.wording import reached
from okr_desk.scoring.explained import Explained, Steps
from okr_desk.scoring.pace import Thresholds
from okr_desk.scoring.rollup import Part, rollup
from okr_desk.scoring.rounding import kept, percent, plain, wide
from okr_desk.terms import Dimension, KrKind, OrgKind, QuarterState, Status, label


@dataclass(frozen=True)
class Cell:
    """One number of the matrix with its light, the quarter before, and why it is so."""

    value: Explained
    previous: Decimal | None
    status: Status
    reason: str = ""


@dataclass(frozen=True)
class BranchRow:
    """A branch in the matrix: `reported` of `owed` key results have a value; `missing` names those that have none."""

    org: OrgView
    total: Cell
    basic: Cell
    fusion: Cell
    innovation: Cell
    satisfaction: Cell
    owed: int
    reported: int
    overdue: int
    status: Status
    coverage: Decimal
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Means:
    """The means of several branches: of their progress, by dimension, and of their satisfaction."""

    total: Cell
    basic: Cell
    fusion: Cell
    innovation: Cell
    satisfaction: Cell


@dataclass(frozen=True)
class CategoryRows:
    """The branches of one category and their means (branches count equally; the explanation says so)."""

    category: str
    rows: tuple[BranchRow, ...]
    means: Means

    @property
    def mean(self) -> Cell:
        """The mean progress."""
        return self.means.total


@dataclass(frozen=True)
class Township:
    """The whole township in a quarter."""

    name: str
    quarter: QuarterView
    as_of: date
    categories: tuple[CategoryRows, ...]
    means: Means
    unreported: tuple[str, ...]
    overdue: int
    open_questions: int
    conflicts: int
    digest: str
    is_demo: bool = False

    @property
    def mean(self) -> Cell:
        """The mean progress of all branches."""
        return self.means.total

    @property
    def rows(self) -> tuple[BranchRow, ...]:
        """All branches in order."""
        return tuple(row for category in self.categories for row in category.rows)


def township(session: Reader, quarter: QuarterView, within: int | None = None, with_digest: bool = True) -> Township:
    """The matrix of all branches (or of those below `within`), each number with its reasons.

    The digest is for paper; it writes out every sentence, so a screen goes without.
    """
    tree = orgs.tree(session, min(today(session), quarter.ends_on))
    of = [org for org in tree if org.kind == OrgKind.BRANCH and (within is None or within in org.line)]
    past = [quarter]
    before = cycles.quarter(session, quarter.year, quarter.number - 1) if quarter.number > 1 else None
    if before is not None:
        past.insert(0, before)
    found = boards.boards_at(session, past, of, with_history=())
    now, earlier = found[quarter.number], found.get(quarter.number - 1, {})
    limits = policy.thresholds(session)
    rows = [_row(now[org.id], earlier.get(org.id), limits, quarter, today(session)) for org in of]
    closed = quarter.state is QuarterState.CLOSED
    made = Township(
        name=next((org.short_name for org in tree if org.kind == OrgKind.TOWNSHIP), ""),
        quarter=quarter,
        as_of=min(today(session), quarter.ends_on),
        categories=_categories(rows, [c.name for c in orgs.categories(session)], closed),
        means=_means(rows, _("全镇"), closed),
        unreported=tuple(row.org.short_name for row in rows if row.owed and not row.reported),
        overdue=sum(row.overdue for row in rows),
        open_questions=_open_questions(session),
        conflicts=sum(bool(kr.conflict) for one in now.values() for kr in one.key_results),
        digest="",
        is_demo=session.execute(select(Meta.value).where(Meta.name == "demo")).scalar() == "yes",
    )
    return replace(made, digest=digest(made)) if with_digest else made


def _row(board: Board, earlier: Board | None, limits: Thresholds, quarter: QuarterView, day: date) -> BranchRow:
    owed = [kr for kr in board.key_results if kr.is_owed]
    reported = sum(kr.is_reported for kr in owed)
    overdue = sum(not kr.is_reported for kr in owed) if quarter.is_overdue(day) else 0
    total = Cell(
        board.rollup.explained,
        None if earlier is None else earlier.rollup.progress,
        light_of(weighted(board), limits),
        _reason(board.key_results),
    )
    return BranchRow(
        org=board.org,
        total=total,
        basic=_cell(board, earlier, limits, lambda kr: kr.dimension is Dimension.BASIC),
        fusion=_cell(board, earlier, limits, lambda kr: kr.dimension is Dimension.FUSION),
        innovation=_cell(board, earlier, limits, lambda kr: kr.dimension is Dimension.INNOVATION),
        satisfaction=_satisfaction(board, earlier),
        owed=len(owed),
        reported=reported,
        overdue=overdue,
        status=total.status,
        coverage=board.rollup.coverage,
        missing=tuple(f"{kr.code} {kr.title}" for kr in owed if not kr.is_reported),
    )


def _cell(board: Board, earlier: Board | None, limits: Thresholds, belongs: Callable[[KeyResultView], bool]) -> Cell:
    mine = [(w, kr) for w, kr in weighted(board) if belongs(kr)]
    if not mine:
        return Cell(Explained(None, (_("本支部没有这一维度的关键结果。"),)), None, Status.NOT_STARTED)
    before = [] if earlier is None else [(w, kr) for w, kr in weighted(earlier) if belongs(kr)]
    return Cell(
        dimension_rollup(mine).explained,
        dimension_rollup(before).progress if before else None,
        light_of(mine, limits),
        _reason([kr for _w, kr in mine]),
    )


def _satisfaction(board: Board, earlier: Board | None) -> Cell:
    kr = _satisfaction_of(board)
    if kr is None:
        return Cell(Explained(None, (_("本支部没有满意度关键结果。"),)), None, Status.NOT_STARTED)
    before = None if earlier is None else _satisfaction_of(earlier)
    said = (_("满意度得分，满分100分；基线 {b}，目标 {t}。").format(b=plain(kr.baseline), t=plain(kr.target)),)
    return Cell(
        Explained(kr.value, said if kr.value is not None else (_("本季还没有满意度数据。"),)),
        None if before is None else before.value,
        kr.pace.status,
        _reason([kr]),
    )


def _satisfaction_of(board: Board) -> KeyResultView | None:
    return next((kr for kr in board.key_results if kr.kind is KrKind.SATISFACTION), None)


def expected_of(of: Sequence[tuple[Decimal, KeyResultView]]) -> Decimal | None:
    """Where a mean should stand today: the expected progress by weight."""
    return rollup([Part(w, kr.pace.expected, kr.pace.expected is not None) for w, kr in of]).progress


def light_of(of: Sequence[tuple[Decimal, KeyResultView]], limits: Thresholds) -> Status:
    """The light of a mean: silence is never green, nor is a satisfied rate below its guard; else progress by weight."""
    live = [(w, kr) for w, kr in of if kr.is_owed]
    if not live:
        return Status.NOT_STARTED
    if any(not kr.is_reported for _w, kr in live):
        return Status.DUE
    made = rollup([Part(w, kr.progress.raw) for w, kr in live]).progress
    expected = expected_of(live)
    if made is None or expected is None:
        return Status.WATCH
    is_barred = any(kr.guard for _w, kr in live)
    if made >= 1:
        return Status.WATCH if is_barred else Status.DONE
    gap = made - expected
    if gap >= limits.watch:
        return Status.WATCH if is_barred else Status.ON_TRACK
    return Status.WATCH if gap >= limits.behind else Status.BEHIND


def _reason(key_results: Sequence[KeyResultView]) -> str:
    """What weighs on the light, worst first, in one line."""
    behind = [kr for kr in key_results if kr.applies and kr.pace.status in (Status.BEHIND, Status.WATCH)]
    behind.sort(key=lambda kr: kr.pace.gap if kr.pace.gap is not None else Decimal(0))
    silent = [kr.title for kr in key_results if kr.is_owed and not kr.is_reported]
    parts = []
    if silent:
        parts.append(_("未报{names}").format(names=_("、").join(silent)))
    parts += [_("{name}：{guard}").format(name=kr.title, guard=kr.guard.rstrip("。")) for kr in behind if kr.guard]
    for kr in [kr for kr in behind if not kr.guard][:3]:
        parts.append(
            _("{name}：完成{made}，应达{expected}").format(
                name=kr.title, made=reached(kr.progress), expected=percent(kr.pace.expected)
            )
        )
    return _("；").join(parts)


def _categories(rows: Sequence[BranchRow], order: Sequence[str], closed: bool) -> tuple[CategoryRows, ...]:
    known = [name for name in order if any(row.org.category == name for row in rows)]
    found = []
    for name in dict.fromkeys((*known, *(row.org.category for row in rows))):
        mine = tuple(row for row in rows if row.org.category == name)
        found.append(CategoryRows(name, mine, _means(mine, name, closed)))
    return tuple(found)


def _means(rows: Sequence[BranchRow], name: str, closed: bool) -> Means:
    """The plain means of branches: each counts once, whatever its size, where it has something of the kind at all."""
    return Means(
        total=_mean(rows, lambda row: row.total, _("{name}完成度").format(name=name), closed),
        basic=_mean(rows, lambda row: row.basic, _("{name}基础性完成度").format(name=name), closed),
        fusion=_mean(rows, lambda row: row.fusion, _("{name}融合性完成度").format(name=name), closed),
        innovation=_mean(rows, lambda row: row.innovation, _("{name}创新性完成度").format(name=name), closed),
        satisfaction=_mean_satisfaction(rows, name),
    )


def applies(cell: Cell) -> bool:
    """Whether a branch has something to show here; what it has not is not a gap."""
    return cell.value.value is not None or cell.status is not Status.NOT_STARTED


def _mean(rows: Sequence[BranchRow], cell: Callable[[BranchRow], Cell], what: str, closed: bool) -> Cell:
    given = [row for row in rows if applies(cell(row))]
    if not given:
        return Cell(Explained(None, ()), None, Status.NOT_STARTED)
    made = rollup([Part(Decimal(1), cell(row).value.value, row.owed > 0, row.org.short_name) for row in given], closed)
    before = rollup([Part(Decimal(1), cell(row).previous) for row in given])
    said = _("{what}＝各支部完成度的简单平均，一个支部算一份，{n} 个支部有此项。").format(what=what, n=len(given))
    steps = Steps(lambda: (said, *made.steps[1:]))
    lights = [cell(row).status for row in given]
    return Cell(Explained(made.progress, steps), before.progress, _commonest(lights), _counted(lights))


def _mean_satisfaction(rows: Sequence[BranchRow], name: str) -> Cell:
    """Points, not shares: a branch whose survey is still out does not count, once the quarter is closed neither."""
    given = [row.satisfaction for row in rows if applies(row.satisfaction)]
    if not given:
        return Cell(Explained(None, ()), None, Status.NOT_STARTED)
    scores = [cell.value.value for cell in given if cell.value.value is not None]
    said = _("{name}满意度＝已有结果的 {n} 个支部的简单平均，一个支部算一份；另有 {rest} 个支部还没有结果。").format(
        name=name, n=len(scores), rest=len(given) - len(scores)
    )
    lights = [cell.status for cell in given]
    before = _plain_mean([cell.previous for cell in given if cell.previous is not None])
    return Cell(Explained(_plain_mean(scores), (said,)), before, _commonest(lights), _counted(lights))


def _plain_mean(values: Sequence[Decimal]) -> Decimal | None:
    with wide():
        return kept(sum(values, Decimal(0)) / len(values)) if values else None


_WORST_FIRST = (Status.BEHIND, Status.DUE, Status.WATCH, Status.ON_TRACK, Status.DONE)


def _counted(lights: Sequence[Status]) -> str:
    return _("、").join(f"{label(s)} {n}" for s in _WORST_FIRST if (n := lights.count(s)))


def _commonest(lights: Sequence[Status]) -> Status:
    """The light most branches have; the worse of two that are equally common."""
    order = (*_WORST_FIRST, Status.NOT_STARTED)
    return max(order, key=lambda s: (lights.count(s), -order.index(s)))


def _open_questions(session: Reader) -> int:
    statement = (
        select(func.count())
        .select_from(ImportQuestion.TABLE)
        .join(ImportBatch.TABLE, ImportBatch.id == ImportQuestion.batch_id)
        .where(ImportQuestion.decision == "", ImportBatch.undone_at.is_(None))
    )
    return int(session.execute(statement).scalar_one())

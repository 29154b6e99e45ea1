"""What is unfinished in an organisation that ends, and what of it its heir would take over: shown first, then done."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from okr_desk.i18n import _
from okr_desk.model.columns import Baseline, KeyResult, NotApplicable, Objective, Target, Year
from okr_desk.model.reading import Facts, Reader
from okr_desk.queries import board as boards
from okr_desk.queries import cycles, facts, orgs
from okr_desk.queries.objectives import KeyResultView
from okr_desk.scoring.rounding import plain
from okr_desk.terms import ApprovalState, KrKind, YearState

Key = tuple[int, int]
"""Year and indicator id."""
_CODE = re.compile(r"[A-Za-z]*(\d+)")


@dataclass(frozen=True)
class LineView:
    """Baseline and target that `owner` has for an indicator; either may be missing. `applies` False: 不适用."""

    owner: str
    baseline: Decimal | None = None
    as_of: date | None = None
    source: str = ""
    target: Decimal | None = None
    applies: bool = True

    def words(self, unit: str) -> str:
        """石桥村党支部 基线 70%、目标值 80%."""
        parts = [] if self.applies else [_("标为不适用")]
        if self.baseline is not None:
            parts.append(_("基线 {amount}").format(amount=plain(self.baseline) + unit))
        if self.target is not None:
            parts.append(_("目标值 {amount}").format(amount=plain(self.target) + unit))
        return f"{self.owner} {'、'.join(parts)}"


@dataclass(frozen=True)
class PassingLine:
    """The line of an indicator that the heir does not have and takes over."""

    year: int
    indicator_id: int
    name: str
    unit: str
    line: LineView


@dataclass(frozen=True)
class Unsettled:
    """An indicator for which both have a line: nothing is overwritten or added up, the office decides.

    `codes` are the key results taken over that are measured by the heir's own line until then.
    """

    year: int
    name: str
    unit: str
    own: LineView
    theirs: LineView
    codes: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """Which indicator, and what each of the two has."""
        sentence = _("{year}年度“{name}”两边都有：{own}；{theirs}。")
        own, theirs = self.own.words(self.unit), self.theirs.words(self.unit)
        said = sentence.format(year=self.year, name=self.name, own=own, theirs=theirs)
        if not self.codes:
            return said
        sentence = (
            _("承接的 {codes} 暂按{owner}的基线和目标值计算。") if self.own.applies else _("承接的 {codes} 暂不计算。")
        )
        return said + sentence.format(codes="、".join(self.codes), owner=self.own.owner)


@dataclass(frozen=True)
class PassingKeyResult:
    """A key result that goes on under a new code; `nodes_done` were done by `done_on`."""

    id: int
    code: str
    new_code: str
    nodes_done: tuple[str, ...] = ()
    done_on: date | None = None


@dataclass(frozen=True)
class PassingObjective:
    """An approved objective with something unfinished, and the code it gets behind the heir's own."""

    id: int
    year: int
    code: str
    title: str
    new_code: str
    key_results: tuple[PassingKeyResult, ...]


@dataclass(frozen=True)
class Passing:
    """What one predecessor passes on. `finished` key results stay with it, `waiting` objectives are not approved."""

    org_id: int
    org: str
    objectives: tuple[PassingObjective, ...]
    lines: tuple[PassingLine, ...]
    unsettled: tuple[Unsettled, ...]
    finished: int
    waiting: int

    @property
    def counts(self) -> str:
        """3 项目标、8 项关键结果、6 条基线; empty when nothing passes on."""
        key_results = sum(len(objective.key_results) for objective in self.objectives)
        baselines = sum(line.line.baseline is not None for line in self.lines)
        targets = sum(line.line.target is not None for line in self.lines)
        parts = []
        if self.objectives:
            parts.append(_("{o} 项目标、{k} 项关键结果").format(o=len(self.objectives), k=key_results))
        if baselines:
            parts.append(_("{n} 条基线").format(n=baselines))
        if targets:
            parts.append(_("{n} 个目标值").format(n=targets))
        return "、".join(parts)

    @property
    def summary(self) -> str:
        """One line for the dialog: what passes on, what the office settles, what stays."""
        parts = [self.counts or _("没有可以承接的事项")]
        if self.unsettled:
            parts.append(_("{n} 个指标两边都有，由镇党建办核定").format(n=len(self.unsettled)))
        if self.finished:
            parts.append(_("{n} 项关键结果已完成，留在原支部").format(n=self.finished))
        if self.waiting:
            parts.append(_("{n} 项目标还没有批准，不承接").format(n=self.waiting))
        return f"{self.org}：{'；'.join(parts)}"


def plan(session: Reader, heirs_of: Sequence[int], into_id: int | None, on: date) -> tuple[Passing, ...]:
    """What each of `heirs_of` would pass on from the quarter of `on`, in their order; `into_id` None: to a new one.

    Later ones are numbered behind earlier ones, and share nothing that an earlier one has already passed on.
    """
    names = facts.indicators(session)
    heir = _Heir.of(session, into_id, on)
    latest = _latest(session, heirs_of, on)
    return tuple(_passing(session, org_id, on, heir, latest, names) for org_id in heirs_of)


@dataclass
class _Heir:
    """What the heir has while the plan is made: codes given out, and lines by year and indicator."""

    last: dict[int, int] = field(default_factory=dict)
    lines: dict[Key, LineView] = field(default_factory=dict)

    @classmethod
    def of(cls, session: Reader, org_id: int | None, on: date) -> _Heir:
        if org_id is None:
            return cls()
        made = cls(lines=_lines(session, org_id, on))
        for key in _exempt(session, org_id, on):
            made.lines[key] = LineView(orgs.view(session, org_id, on).short_name, applies=False)
        for row in session.execute(select(Objective.year, Objective.code).where(Objective.org_id == org_id)):
            made.last[row.year] = max(made.last.get(row.year, 0), _number(row.code))
        return made

    def next_number(self, year: int) -> int:
        self.last[year] = self.last.get(year, 0) + 1
        return self.last[year]


def _number(code: str) -> int:
    """The number of a code such as O3; 0 for a code of another form."""
    found = _CODE.fullmatch(code)
    return int(found[1]) if found else 0


def _passing(
    session: Reader, org_id: int, on: date, heir: _Heir, latest: dict[int, KeyResultView], names: dict[int, Facts]
) -> Passing:
    rows = _key_results(session, org_id, on)
    exempt = _exempt(session, org_id, on)
    counted = [row for row in rows if (row.year, row.indicator_id) not in exempt]
    unfinished = [row for row in counted if not _is_finished(latest.get(row.id))]
    objectives = _objectives(unfinished, heir, latest)
    linked = {row.id: (row.year, row.indicator_id) for row in unfinished}
    lines: list[PassingLine] = []
    unsettled: list[Unsettled] = []
    for key, line in _lines(session, org_id, on).items():
        year, meaning = key[0], names[key[1]]
        own = heir.lines.get(key)
        if key in exempt:
            continue
        if own is None:
            heir.lines[key] = line
            lines.append(PassingLine(year, key[1], meaning.name, meaning.unit, line))
        else:
            codes = tuple(kr.new_code for o in objectives for kr in o.key_results if linked[kr.id] == key)
            unsettled.append(Unsettled(year, meaning.name, meaning.unit, own, line, codes))
    return Passing(
        org_id=org_id,
        org=orgs.view(session, org_id, on).short_name,
        objectives=tuple(objectives),
        lines=tuple(lines),
        unsettled=tuple(unsettled),
        finished=len(counted) - len(unfinished),
        waiting=_waiting(session, org_id, on),
    )


def _objectives(rows: Sequence[Facts], heir: _Heir, latest: dict[int, KeyResultView]) -> list[PassingObjective]:
    found = []
    for objective_id in dict.fromkeys(row.objective_id for row in rows):
        mine = [row for row in rows if row.objective_id == objective_id]
        number = heir.next_number(mine[0].year)
        key_results = tuple(
            _key_result(row, f"KR{number}.{place}", latest.get(row.id)) for place, row in enumerate(mine, 1)
        )
        first = mine[0]
        found.append(PassingObjective(objective_id, first.year, first.above, first.heading, f"O{number}", key_results))
    return found


def _key_result(row: Facts, new_code: str, view: KeyResultView | None) -> PassingKeyResult:
    done = tuple(node.name for node in view.nodes if node.done) if view is not None else ()
    day = view.current.as_of if view is not None and view.current is not None and done else None
    return PassingKeyResult(row.id, row.code, new_code, done, day)


def _is_finished(view: KeyResultView | None) -> bool:
    """A guard rail has to be kept until the end of the year, so being kept today does not finish it."""
    if view is None or view.kind is KrKind.GUARD_RAIL or view.progress.raw is None:
        return False
    return view.progress.raw >= 1


def _latest(session: Reader, org_ids: Sequence[int], on: date) -> dict[int, KeyResultView]:
    """Each key result of the year as the last quarter with a report, up to the one of `on`, shows it."""
    past = [quarter for quarter in cycles.quarters(session) if quarter.year == on.year and quarter.starts_on <= on]
    if not past or not org_ids:
        return {}
    by_quarter = boards.boards_at(session, past, [orgs.view(session, org_id, on) for org_id in org_ids])
    found: dict[int, KeyResultView] = {}
    for number in sorted(by_quarter):
        for board in by_quarter[number].values():
            found |= {view.id: view for view in board.key_results if view.progress.raw is not None}
    return found


def _key_results(session: Reader, org_id: int, on: date) -> list[Facts]:
    """Key results that count, of the year of `on` and later years, in the order of the sheet."""
    statement = (
        select(
            KeyResult.id,
            KeyResult.objective_id,
            KeyResult.code,
            KeyResult.indicator_id,
            Objective.year,
            Objective.code.label("above"),
            Objective.title.label("heading"),
        )
        .join(Objective.TABLE, Objective.id == KeyResult.objective_id)
        .join(Year.TABLE, Year.number == Objective.year)
        .where(
            Objective.org_id == org_id,
            Objective.year >= on.year,
            Objective.state == ApprovalState.APPROVED,
            KeyResult.state == ApprovalState.APPROVED,
            KeyResult.stopped_on.is_(None),
            Year.state != YearState.CLOSED,
        )
        .order_by(Objective.year, Objective.id, KeyResult.position, KeyResult.code)
    )
    return sorted(session.execute(statement), key=lambda row: (row.year, _number(row.above)))


def _waiting(session: Reader, org_id: int, on: date) -> int:
    """Objectives that were drawn up and never approved."""
    states = (ApprovalState.DRAFT, ApprovalState.SUBMITTED, ApprovalState.RETURNED)
    statement = select(Objective.id).where(
        Objective.org_id == org_id, Objective.year >= on.year, Objective.state.in_(states)
    )
    return len(session.execute(statement).all())


def _lines(session: Reader, org_id: int, on: date) -> dict[Key, LineView]:
    """Baselines and targets in force, of the year of `on` and later ones, by year and indicator."""
    owner = orgs.view(session, org_id, on).short_name
    starts = session.execute(
        select(Baseline.year, Baseline.indicator_id, Baseline.value, Baseline.as_of, Baseline.source).where(
            Baseline.org_id == org_id, Baseline.year >= on.year, Baseline.superseded_at.is_(None)
        )
    )
    aims = session.execute(
        select(Target.year, Target.indicator_id, Target.value).where(
            Target.org_id == org_id, Target.year >= on.year, Target.superseded_at.is_(None)
        )
    )
    baselines = {(row.year, row.indicator_id): row for row in starts}
    targets = {(row.year, row.indicator_id): row.value for row in aims}
    return {
        key: LineView(
            owner=owner,
            baseline=baselines[key].value if key in baselines else None,
            as_of=baselines[key].as_of if key in baselines else None,
            source=baselines[key].source if key in baselines else "",
            target=targets.get(key),
        )
        for key in sorted(baselines.keys() | targets.keys())
    }


def _exempt(session: Reader, org_id: int, on: date) -> set[Key]:
    rows = session.execute(
        select(NotApplicable.year, NotApplicable.indicator_id).where(
            NotApplicable.org_id == org_id, NotApplicable.year >= on.year
        )
    )
    return {(row.year, row.indicator_id) for row in rows}

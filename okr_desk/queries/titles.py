"""Titles as they stand: the way of each branch, marks by party, and whether it meets the conditions now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import and_, or_, select

from okr_desk.followup_terms import CardColour, FindingState
from okr_desk.i18n import _
from okr_desk.model.columns import Card, Finding, OrgVersion, Title, TitleScore, TitleStep
from okr_desk.model.reading import Facts, Reader
from okr_desk.queries import incentive_rules, users
from okr_desk.queries.entered import parts
from okr_desk.queries.incentive_rules import TitleRule
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.standings import Standing
from okr_desk.rules.titles import Fact
from okr_desk.scoring.explained import Explained
from okr_desk.scoring.titles import Marks, mean_of, title_score
from okr_desk.title_terms import Strength, TitleFact, TitleParty, TitleState
from okr_desk.title_terms import TitleStep as Step


@dataclass(frozen=True)
class StepView:
    """One step with its day; `recorded_by` entered it. A step taken back stays with its reason."""

    id: int
    step: Step
    before: TitleState
    after: TitleState
    on: date
    by: str
    note: str
    document: str
    recorded_by: str
    recorded_at: datetime
    is_withdrawn: bool
    withdrawn_reason: str


@dataclass(frozen=True)
class MarksView:
    """What one marker gave; `peer` names the branch where it is one."""

    party: TitleParty
    peer_id: int | None
    peer: str
    points: Mapping[Strength, Decimal]


@dataclass(frozen=True)
class TitleView:
    """A branch's way to a title in a year; marks of steps that were taken back are not among `marks`."""

    id: int
    org_id: int
    year: int
    name: str
    state: TitleState
    steps: tuple[StepView, ...]
    marks: tuple[MarksView, ...]
    total: Explained

    @property
    def standing_steps(self) -> tuple[StepView, ...]:
        """The steps that count."""
        return tuple(one for one in self.steps if not one.is_withdrawn)

    @property
    def last(self) -> StepView | None:
        """The step that was taken last."""
        return next(reversed(self.standing_steps), None)

    @property
    def marked(self) -> frozenset[int]:
        """The peers that have marked."""
        return frozenset(one.peer_id for one in self.marks if one.peer_id is not None)

    def on(self, *steps: Step) -> date | None:
        """The day of the last of these steps."""
        return next((one.on for one in reversed(self.standing_steps) if one.step in steps), None)

    def mean(self, party: TitleParty, strength: Strength | None = None) -> Decimal | None:
        """A party's mean of one strength, or of all four."""
        return mean_of([Marks(one.party, one.points) for one in self.marks], party, strength)


def titles(
    session: Reader, year: int, org_ids: Collection[int] | None = None, *, with_earlier: bool = False
) -> tuple[TitleView, ...]:
    """The titles of a year in the order of applying; an application that was taken back is not among them.

    `with_earlier`: those granted in years before that still stand, because they are watched on.
    """
    wanted = and_(Title.year == year, Title.state != TitleState.NONE.value)
    if with_earlier:
        wanted = or_(wanted, and_(Title.year < year, Title.state == TitleState.GRANTED.value))
    rows = session.execute(select(*Title.ALL).where(wanted).order_by(Title.id))
    return _views(session, [row for row in rows if org_ids is None or row.org_id in org_ids])


def title(session: Reader, title_id: int) -> TitleView | None:
    """One title, whatever its state; None where there is none."""
    return next(iter(_views(session, session.execute(select(*Title.ALL).where(Title.id == title_id)).all())), None)


def facts(
    session: Reader, standing: Mapping[int, Standing], org_ids: Sequence[int], rule: TitleRule
) -> dict[int, tuple[Fact, ...]]:
    """The conditions of branches, each with what is the case (标准化规范化达标): grade, red lines, cards, findings."""
    red = _counted(session, Card, org_ids, Card.colour == CardColour.RED.value, Card.lifted_on.is_(None))
    open_ = _counted(session, Finding, org_ids, Finding.state != FindingState.WRITTEN_OFF.value)
    return {
        org_id: (
            *_year_facts(standing.get(org_id), rule.least_grade),
            _none_left(TitleFact.CARDS, red[org_id], _("没有未摘除的红牌"), _("有 {n} 张红牌没有摘除")),
            _none_left(TitleFact.FINDINGS, open_[org_id], _("没有未销号的整改事项"), _("有 {n} 项整改没有销号")),
        )
        for org_id in org_ids
    }


def peers_of(org: OrgView, branches: Sequence[OrgView]) -> tuple[OrgView, ...]:
    """The branches that may mark this one: others of its category; where it is alone there, all others."""
    others = [one for one in branches if one.id != org.id]
    same = tuple(one for one in others if one.category == org.category)
    return same or tuple(others)


def _year_facts(of: Standing | None, least: str) -> tuple[Fact, Fact]:
    if of is None:
        unknown = _("年度还没有开始，没有等次")
        return Fact(TitleFact.GRADE, None, unknown), Fact(TitleFact.RED_LINES, True, _("没有红线事项"))
    met = of.at_least(least)
    if of.grade is None:
        said = of.thin or _("还没有年度等次（要求“{least}”以上）")
    elif met is None:
        said = _("考核方案里没有“{least}”这个等次，不能判断")
    else:
        said = _("年度等次为“{grade}”，要求“{least}”以上")
    grade = Fact(TitleFact.GRADE, met, said.format(least=_(least), grade=of.grade_text))
    if not of.red_lines:
        return grade, Fact(TitleFact.RED_LINES, True, _("没有红线事项"))
    crossed = _("有 {n} 项红线：{lines}").format(n=len(of.red_lines), lines=_("、").join(of.red_lines))
    return grade, Fact(TitleFact.RED_LINES, False, crossed)


def _none_left(fact: TitleFact, count: int, none: str, some: str) -> Fact:
    return Fact(fact, count == 0, some.format(n=count) if count else none)


def _counted(
    session: Reader, table: type[Card] | type[Finding], org_ids: Sequence[int], *more: object
) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    for some in parts(list(org_ids)):
        wanted = select(table.org_id).where(table.org_id.in_(some), table.withdrawn_at.is_(None), *more)  # type: ignore[arg-type]
        for org_id in session.execute(wanted).scalars():
            found[org_id] += 1
    return found


def _views(session: Reader, rows: Sequence[Facts]) -> tuple[TitleView, ...]:
    if not rows:
        return ()
    ids, names = [row.id for row in rows], users.names(session)
    called, weights = _org_names(session), incentive_rules.title_rule(session).weights
    steps, scores = _of(session, TitleStep, ids), _of(session, TitleScore, ids)
    return tuple(_view(row, steps[row.id], scores[row.id], names, called, weights) for row in rows)


def _of(session: Reader, table: type[TitleStep] | type[TitleScore], ids: Sequence[int]) -> dict[int, list[Facts]]:
    found: dict[int, list[Facts]] = defaultdict(list)
    for some in parts(ids):
        for row in session.execute(select(*table.ALL).where(table.title_id.in_(some)).order_by(table.id)):
            found[row.title_id].append(row)
    return found


def _org_names(session: Reader) -> dict[int, str]:
    rows = session.execute(select(OrgVersion.org_id, OrgVersion.short_name).order_by(OrgVersion.valid_from))
    return {row.org_id: row.short_name for row in rows}


def _view(
    row: Facts,
    steps: Sequence[Facts],
    scores: Sequence[Facts],
    names: Mapping[int, str],
    called: Mapping[int, str],
    weights: Mapping[TitleParty, Decimal],
) -> TitleView:
    standing = {one.id for one in steps if one.withdrawn_at is None}
    marks = _marks([one for one in scores if one.step_id in standing], called)
    return TitleView(
        id=row.id,
        org_id=row.org_id,
        year=row.year,
        name=row.name,
        state=TitleState(row.state),
        steps=tuple(_step(one, names) for one in steps),
        marks=marks,
        total=title_score([Marks(one.party, one.points) for one in marks], weights),
    )


def _marks(scores: Sequence[Facts], called: Mapping[int, str]) -> tuple[MarksView, ...]:
    """Markers in order; where a party marks anew after a review of objections, the newest stands."""
    found: dict[tuple[str, int | None], dict[int, dict[Strength, Decimal]]] = defaultdict(lambda: defaultdict(dict))
    for one in scores:
        found[one.party, one.peer_id][one.step_id][Strength(one.aspect)] = one.points
    return tuple(
        MarksView(TitleParty(party), peer_id, called.get(peer_id or 0, ""), given[max(given)])
        for (party, peer_id), given in found.items()
    )


def _step(row: Facts, names: Mapping[int, str]) -> StepView:
    return StepView(
        row.id,
        Step(row.step),
        TitleState(row.before),
        TitleState(row.after),
        row.on,
        row.by,
        row.note,
        row.document,
        names.get(row.account_id, ""),
        row.recorded_at,
        row.withdrawn_at is not None,
        row.withdrawn_reason,
    )

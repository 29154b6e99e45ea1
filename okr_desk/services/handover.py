"""What is unfinished passes from an organisation that ends to its heir, as adjustments; nothing is scored anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import Session, select

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.model.store import now
from okr_desk.model.tables import KeyResult, KeyResultPlan, Objective
from okr_desk.queries import cycles, orgs, successions
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.successions import Passing, PassingKeyResult, PassingLine, PassingObjective
from okr_desk.rules.checkins import NOTE_LIMIT, CheckInDraft
from okr_desk.rules.indicators import BaselineDraft, TargetDraft
from okr_desk.rules.objectives import TAKEN_OVER, ObjectiveDraft
from okr_desk.rules.orgs import MERGER
from okr_desk.rules.permissions import Action, Actor
from okr_desk.services import adjustments, checkins, indicators, official, permits
from okr_desk.services.carry_over import key_result_like, objective_like
from okr_desk.services.objectives import check_alignment, key_result_row, objective_notices, objective_row
from okr_desk.terms import ApprovalState, KrKind, QuarterState

APPROVED = ApprovalState.APPROVED.value
_ONCE = (KrKind.YES_NO, KrKind.ESTABLISH_BASELINE)
_SOURCE_LIMIT = 120


@dataclass(frozen=True)
class Heir:
    """Who takes over and from which day, by a merger or split, and the decision that stands in every line written."""

    id: int
    name: str
    kind: str
    on: date
    decision: str
    quarters: tuple[QuarterView, ...]

    @property
    def first(self) -> QuarterView | None:
        """The quarter from which on the heir goes on."""
        return next((quarter for quarter in self.quarters if quarter.starts_on <= self.on <= quarter.ends_on), None)

    def reason(self, origin: str) -> str:
        """What the adjustments of both sides give as their reason."""
        sentence = _("{old}并入{new}（{said}）") if self.kind == MERGER else _("{old}拆分，由{new}承接（{said}）")
        return sentence.format(old=origin, new=self.name, said=self.decision)


def pass_on(
    session: Session, actor: Actor, kind: str, heirs_of: Sequence[int], heir_id: int, on: date, decision: str
) -> tuple[str, ...]:
    """Let `heir_id` go on with what each of `heirs_of` has not finished; what is left to settle, as sentences.

    Objectives are numbered behind the heir's own; lines of indicators that it has itself stay as they are.
    """
    if not heirs_of:
        return ()
    permits.require(session, actor, Action.APPROVE_OBJECTIVES, heir_id)
    name = orgs.view(session, heir_id, on).short_name
    heir = Heir(heir_id, name, kind, on, decision.strip(), cycles.quarters(session))
    plan = successions.plan(session, heirs_of, heir_id, on)
    notices = [said for passing in plan for said in _pass_on(session, actor, passing, heir)]
    return (*notices, *_weights(session, heir, {found.year for passing in plan for found in passing.objectives}))


def _pass_on(session: Session, actor: Actor, passing: Passing, heir: Heir) -> Iterator[str]:
    if passing.counts:
        sentence = _("“{old}”的 {counts}已由“{new}”承接。")
        yield sentence.format(old=passing.org, counts=passing.counts, new=heir.name)
    for line in passing.lines:
        _take_line(session, actor, line, passing.org, heir)
    for objective in passing.objectives:
        yield from _take_objective(session, actor, objective, passing.org, heir)
    for found in passing.unsettled:
        yield _("{sentence}请镇党建办在“指标”页核定。").format(sentence=found.sentence)
    if passing.waiting:
        sentence = _("“{old}”还有 {n} 项目标没有批准，没有承接。需要的，请在“{new}”名下另行拟定。")
        yield sentence.format(old=passing.org, n=passing.waiting, new=heir.name)


def _take_line(session: Session, actor: Actor, found: PassingLine, origin: str, heir: Heir) -> None:
    """The line as the heir's own, its date kept and its source named; as a pair it was judged when it was set."""
    key, line = (heir.id, found.indicator_id, found.year), found.line
    if line.baseline is not None and line.as_of is not None:
        source = _("承接自{org}（{source}）").format(org=origin, source=line.source)
        if len(source) > _SOURCE_LIMIT:
            source = source[: _SOURCE_LIMIT - 1] + "…"
        draft = BaselineDraft(*key, line.baseline, line.as_of, source, heir.reason(origin))
        indicators.set_baseline(session, actor, draft, checks_line=False)
    if line.target is not None:
        draft_target = TargetDraft(*key, line.target, heir.reason(origin))
        indicators.set_target(session, actor, draft_target, checks_line=False)


def _take_objective(session: Session, actor: Actor, found: PassingObjective, origin: str, heir: Heir) -> Iterator[str]:
    source = objective_row(session, found.id)
    above_id = _alignment(session, source, heir)
    stated = {"code": found.new_code, "state": APPROVED, "aligned_to_id": above_id, "counts_from": heir.on}
    approval = {"approved_at": now(session), "approved_by": official.account_of(actor)}
    row = objective_like(session, source, heir.id, found.year, **stated, **approval)
    copies = [_take_key_result(session, one, row, heir) for one in found.key_results]
    adjustments.hand_over(session, actor, found.id, [one.id for one in found.key_results], heir.on, heir.reason(origin))
    _note(session, actor, row, found, origin, heir)
    session.flush()
    if above_id is None and source.aligned_to_id is not None:
        sentence = _("“{new}”的 {code} 没有对应上级目标：原来对应的已中止，或不属于现在的上级，请重新选择。")
        yield sentence.format(new=heir.name, code=row.code)
    for one, copy in zip(found.key_results, copies, strict=True):
        if one.nodes_done:
            yield _mark_nodes(session, actor, one, copy, origin, heir)


def _note(session: Session, actor: Actor, row: Objective, found: PassingObjective, origin: str, heir: Heir) -> None:
    codes = "、".join(one.new_code for one in found.key_results)
    sentence = _("{code} {title}（{codes}），承接自{old} {old_code}")
    official.note(
        session,
        actor,
        org_id=heir.id,
        year=row.year,
        objective_id=row.key,
        what=TAKEN_OVER,
        before="",
        after=sentence.format(code=row.code, title=row.title, codes=codes, old=origin, old_code=found.code),
        reason=heir.reason(origin),
        on=heir.on,
    )


def _alignment(session: Session, source: Objective, heir: Heir) -> int | None:
    """The objective above, where it stands above the heir as well."""
    above_id = source.aligned_to_id
    draft = ObjectiveDraft(heir.id, source.year, source.code, source.title, source.weight, above_id)
    try:
        if above_id is not None:
            check_alignment(session, draft)
    except InputRefused:
        return None
    return above_id


def _take_key_result(session: Session, found: PassingKeyResult, under: Objective, heir: Heir) -> KeyResult:
    source, _above = key_result_row(session, found.id)
    copy = key_result_like(session, source, under, code=found.new_code, state=APPROVED)
    for quarter, value in _plan(session, source, under.year, heir).items():
        session.add(KeyResultPlan(key_result_id=copy.key, quarter=quarter, value=value))
    session.flush()
    return copy


def _plan(session: Session, source: KeyResult, year: int, heir: Heir) -> dict[int, Decimal]:
    """The plan of the quarters that are not closed. What should have been done once before is due at once."""
    rows = session.exec(select(KeyResultPlan).where(KeyResultPlan.key_result_id == source.key))
    planned = {row.quarter: row.value for row in rows}
    closed = {q.number for q in heir.quarters if q.year == year and q.state is QuarterState.CLOSED}
    kept = {number: value for number, value in planned.items() if number not in closed}
    is_overdue = any(value >= 1 for number, value in planned.items() if number in closed)
    if source.kind in _ONCE and is_overdue and heir.first is not None:
        kept[heir.first.number] = Decimal(1)
    return kept


def _mark_nodes(
    session: Session, actor: Actor, found: PassingKeyResult, copy: KeyResult, origin: str, heir: Heir
) -> str:
    """Say what was done before as an opening statement that names its origin; only an open quarter can take it."""
    nodes = "、".join(found.nodes_done)
    if heir.first is None or heir.first.state is not QuarterState.OPEN:
        sentence = _("“{new}”的 {code} 在原支部已完成：{nodes}。{quarter}不在填报期，请开放填报后勾选。")
        quarter = heir.first.label if heir.first else str(heir.on.year)
        return sentence.format(new=heir.name, code=copy.code, nodes=nodes, quarter=quarter)
    said = _("承接自{old} {code}，截至 {day} 已完成：{nodes}。")
    note = said.format(old=origin, code=found.code, day=found.done_on, nodes=nodes)[:NOTE_LIMIT]
    draft = CheckInDraft(copy.key, heir.first.id, nodes=found.nodes_done, progress_note=note)
    checkins.record(session, actor, draft)
    sentence = _("“{new}”的 {code} 已按原支部情况记为完成：{nodes}，请支部核对后填报。")
    return sentence.format(new=heir.name, code=copy.code, nodes=nodes)


def _weights(session: Session, heir: Heir, years: set[int]) -> Iterator[str]:
    """The heir's own objectives and those taken over rarely sum to 100 together."""
    for year in sorted(years):
        row = session.exec(select(Objective).where(Objective.org_id == heir.id, Objective.year == year)).first()
        for said in objective_notices(session, row) if row is not None else ():
            yield _("“{new}”{year}年度{said}").format(new=heir.name, year=year, said=said)

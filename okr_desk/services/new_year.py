"""Turn the year: quarters, last year's final values as baselines with source and date; the gaps are listed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, select

from okr_desk.errors import Refusal, WrongState
from okr_desk.i18n import _
from okr_desk.model.tables import Year
from okr_desk.queries import new_year as standing
from okr_desk.queries.new_year import Gap
from okr_desk.rules.cycles import RollOverDraft
from okr_desk.rules.indicators import BaselineDraft
from okr_desk.rules.permissions import Action, Actor
from okr_desk.services import cycles, indicators, permits
from okr_desk.services.outcome import Changes, Outcome, Topic, changed
from okr_desk.terms import YearState


@dataclass(frozen=True)
class NewYear:
    """The year that was made, how many baselines were written, and what remains to be settled."""

    number: int
    written: int
    gaps: tuple[Gap, ...]


def roll_over(session: Session, actor: Actor, draft: RollOverDraft) -> Outcome[NewYear]:
    """Make the year after `draft.from_year`. Run again while that year is being prepared, it adds only what has come
    in since; what is there stays. Raises WrongState once the new year is in use, Refusal for an unknown year.
    """
    permits.require(session, actor, Action.MOVE_CYCLES)
    permits.require(session, actor, Action.EDIT_BASELINES)
    old = session.exec(select(Year).where(Year.number == draft.from_year)).first()
    if old is None:
        raise Refusal(_("没有 {year} 年度，不能结转。").format(year=draft.from_year))
    plan = standing.plan(session, draft.from_year)
    notices: tuple[str, ...] = ()
    made = Changes()
    row = session.exec(select(Year).where(Year.number == plan.to_year)).first()
    if row is None:
        outcome = cycles.create_year(session, actor, plan.to_year, copied_from=draft.from_year)
        notices, made = outcome.notices, outcome.changes
    elif row.state != YearState.PLANNING:
        raise WrongState(_("{year}年度已经启用，不能再次结转。请逐项修改基线。").format(year=plan.to_year))
    for org_id, indicator_id, reason in plan.not_applicable:
        made |= indicators.not_applicable(session, actor, org_id, indicator_id, plan.to_year, reason).changes
    for found in plan.proposals:
        baseline = BaselineDraft(found.org_id, found.indicator_id, plan.to_year, found.value, found.as_of, found.source)
        made |= indicators.set_baseline(session, actor, baseline).changes
    value = NewYear(plan.to_year, len(plan.proposals), plan.gaps)
    changes = made | changed(Topic.CYCLES) if made else Changes()
    return Outcome(value, changes, notices)

"""Usual baselines and targets for the branches that lack them: once a year this is one step, not one dialog a pair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.model.store import today
from okr_desk.model.tables import Baseline, Target
from okr_desk.queries import usual_lines
from okr_desk.queries.library import IndicatorView
from okr_desk.queries.usual_lines import OwnLine
from okr_desk.rules.indicators import check_line
from okr_desk.rules.permissions import Action, Actor
from okr_desk.rules.scheme_problems import named
from okr_desk.rules.usual_lines import UsualLine, UsualLinesDraft, check, check_pair
from okr_desk.services import official, permits
from okr_desk.services.indicators import CHANGED, baseline_row, target_row
from okr_desk.services.outcome import Changes, Outcome


@dataclass(frozen=True)
class Filled:
    """How many were set, and for how many branches."""

    baselines: int
    targets: int
    branches: int


def fill(session: Session, actor: Actor, draft: UsualLinesDraft) -> Outcome[Filled]:
    """Set what the branches of the draft lack; what they have stays, what does not apply to them is passed over.

    A branch whose own half would not go with the usual other half is left out, and named in a notice. Raises
    InputRefused for a draft that sets nothing or leads nowhere, WrongState for a year that is closed.
    """
    for org_id in draft.org_ids:
        permits.require(session, actor, Action.EDIT_BASELINES, org_id)
    check(draft, today(session))
    official.year_state(session, draft.year)
    wanted = {line.indicator_id: line for line in draft.lines}
    starts: list[Baseline] = []
    aims: list[Target] = []
    notices = []
    for found in usual_lines.lacking(session, draft.year, draft.org_ids, list(wanted)):
        line, meaning = wanted[found.indicator.id], found.indicator
        name = f"{meaning.code} {meaning.name}"
        check_pair(line, name, meaning.direction, meaning.accumulation)
        fitting = [one for one in found.lines if _fits(meaning, one, line)]
        starts += _baselines(session, actor, draft, line, fitting)
        aims += _targets(session, actor, draft, line, fitting)
        left = [one.org for one in found.lines if one not in fitting]
        if left:
            said = _("{name}有 {n} 个支部没有设，原有的基线或目标与通常值不相配，请逐个核对：{orgs}。")
            notices.append(said.format(name=name, n=len(left), orgs=named(left)))
    session.add_all([*starts, *aims])
    session.flush()
    of = {row.org_id for row in starts} | {row.org_id for row in aims}
    made = Filled(len(starts), len(aims), len(of))
    return Outcome(made, CHANGED.of(*of) if of else Changes(), tuple(notices))


def _fits(meaning: IndicatorView, own: OwnLine, usual: UsualLine) -> bool:
    """Whether what a branch has and what it would get make a line that leads somewhere."""
    start = usual.baseline if own.baseline is None else own.baseline
    aim = usual.target if own.target is None else own.target
    if start is None or aim is None:
        return True
    try:
        check_line(start, aim, meaning.direction, meaning.accumulation)
    except InputRefused:
        return False
    return True


def _baselines(
    session: Session, actor: Actor, draft: UsualLinesDraft, line: UsualLine, of: Sequence[OwnLine]
) -> list[Baseline]:
    drafts = (draft.baseline_of(one.org_id, line) for one in of if one.baseline is None)
    return [baseline_row(session, actor, one) for one in drafts if one is not None]


def _targets(
    session: Session, actor: Actor, draft: UsualLinesDraft, line: UsualLine, of: Sequence[OwnLine]
) -> list[Target]:
    drafts = (draft.target_of(one.org_id, line) for one in of if one.target is None)
    return [target_row(session, actor, one) for one in drafts if one is not None]

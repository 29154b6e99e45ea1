"""What a survey asks, whom and when: definitions frozen by their first answer, rounds of a quarter, populations."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, select

from okr_desk.errors import InputRefused, WrongState
from okr_desk.i18n import _
from okr_desk.model.store import now
from okr_desk.model.tables import (
    SurveyChannel,
    SurveyDefinition,
    SurveyGroup,
    SurveyItem,
    SurveyPopulation,
    SurveyRound,
)
from okr_desk.queries import cycles, surveys
from okr_desk.queries.objectives import QuarterView
from okr_desk.rules.checks import check_reason
from okr_desk.rules.permissions import Action, Actor
from okr_desk.rules.surveys import (
    DefinitionDraft,
    PopulationDraft,
    RoundDraft,
    check_definition,
    check_population,
    check_round,
)
from okr_desk.scoring.rounding import plain
from okr_desk.services import official, permits
from okr_desk.services.outcome import Outcome, Topic, changed
from okr_desk.survey_terms import RoundState
from okr_desk.terms import QuarterState

CHANGED = changed(Topic.SURVEYS)


def define(session: Session, actor: Actor, draft: DefinitionDraft) -> Outcome[int]:
    """Set what a year asks. What nobody has answered yet is written anew; after that a new version needs a reason.

    The notice says that a new version is not compared with results of the old one. Raises InputRefused, NotAllowed.
    """
    permits.require(session, actor, Action.EDIT_SURVEYS)
    check_definition(draft)
    standing = surveys.definitions(session, draft.year)
    last = standing[-1] if standing else None
    if last is not None and not last.is_frozen:
        row = session.get(SurveyDefinition, last.id)
        assert row is not None
        _drop_parts(session, last.id)
    else:
        reason = check_reason(draft.reason, _("本年已有答卷，改测评表要写明理由，并从新的一版起计。")) if last else ""
        row = SurveyDefinition(
            year=draft.year, version=1 if last is None else last.version + 1, name="", level_scores="", reason=reason,
            account_id=official.account_of(actor), recorded_at=now(session),
        )  # fmt: skip
    row.name = draft.name.strip()
    row.level_scores = ",".join(plain(score) for score in draft.scores)
    row.wide_levels, row.narrow_levels = draft.wide, draft.narrow
    session.add(row)
    session.flush()
    _add_parts(session, row.key, draft)
    made = surveys.definition(session, row.key)
    differs = last is not None and last.is_frozen and not made.is_comparable(last)
    said = _("第{n}版的总体评价题、分值或口径与上一版不同，两版的结果不作比较。").format(n=made.version)
    return Outcome(row.key, CHANGED, (said,) if differs else ())


def open_round(session: Session, actor: Actor, draft: RoundDraft) -> Outcome[int]:
    """Begin a survey in a quarter that is not closed. Raises InputRefused, WrongState or NotAllowed."""
    permits.require(session, actor, Action.EDIT_SURVEYS)
    quarter = _quarter(session, draft.quarter_id)
    check_round(draft, quarter.starts_on, quarter.ends_on)
    known = surveys.definition(session, draft.definition_id)
    if known.year != quarter.year:
        raise InputRefused(_("测评表是{year}年的，请选择本年的测评表。").format(year=known.year), "definition_id")
    row = SurveyRound(
        definition_id=draft.definition_id,
        quarter_id=draft.quarter_id,
        name=draft.name.strip(),
        starts_on=draft.starts_on,
        ends_on=draft.ends_on,
        sampling=draft.sampling.value,
        drawn_by=draft.drawn_by.strip(),
        collected_by=draft.collected_by.strip(),
        is_independent=draft.is_independent,
        state=RoundState.OPEN.value,
        account_id=official.account_of(actor),
        recorded_at=now(session),
    )
    session.add(row)
    session.flush()
    return Outcome(row.key, CHANGED)


def set_populations(session: Session, actor: Actor, round_id: int, drafts: Sequence[PopulationDraft]) -> Outcome[int]:
    """Say how many people there are and how many were asked, for some branches and groups; how many lines changed."""
    permits.require(session, actor, Action.EDIT_SURVEYS)
    open_row(session, round_id)
    changed_lines = 0
    for draft in drafts:
        check_population(draft)
        row = session.exec(
            select(SurveyPopulation).where(
                SurveyPopulation.round_id == round_id,
                SurveyPopulation.org_id == draft.org_id,
                SurveyPopulation.group_id == draft.group_id,
            )
        ).first() or SurveyPopulation(round_id=round_id, org_id=draft.org_id, group_id=draft.group_id)
        if (row.population, row.invited) == (draft.population, draft.invited):
            continue
        changed_lines += 1
        if draft.population is None and draft.invited is None:
            session.delete(row)  # a line that says nothing would leave the sum over all groups unknown
        else:
            row.population, row.invited = draft.population, draft.invited
            session.add(row)
    session.flush()
    return Outcome(changed_lines, CHANGED)


def open_row(session: Session, round_id: int) -> SurveyRound:
    """The round, which still takes answers. Raises WrongState once it is counted or its quarter is closed."""
    row = session.get(SurveyRound, round_id)
    if row is None:
        raise WrongState(_("没有这次测评，请刷新。"))
    if row.state != RoundState.OPEN:
        raise WrongState(_("“{name}”的结果已经计入，不能再增减答卷。需要更正的，请先撤回计入。").format(name=row.name))
    _quarter(session, row.quarter_id)
    return row


def _quarter(session: Session, quarter_id: int) -> QuarterView:
    quarter = cycles.by_id(session, quarter_id)
    if quarter is None:
        raise InputRefused(_("没有这个季度。"), "quarter_id")
    if quarter.state in (QuarterState.PLANNING, QuarterState.CLOSED):
        raise WrongState(_("{quarter}还没有开始或已关账，不能登记测评。").format(quarter=quarter.label))
    return quarter


def _drop_parts(session: Session, definition_id: int) -> None:
    """A definition that nobody has answered is written anew; the trail keeps what stood."""
    for table in (SurveyItem, SurveyGroup, SurveyChannel):
        for part in session.exec(select(table).where(table.definition_id == definition_id)):
            session.delete(part)
    session.flush()


def _add_parts(session: Session, definition_id: int, draft: DefinitionDraft) -> None:
    for place, item in enumerate(draft.items):
        session.add(
            SurveyItem(
                definition_id=definition_id,
                position=place,
                kind=item.kind.value,
                text=item.text.strip(),
                aliases="\n".join(item.aliases),
                is_overall=item.is_overall,
            )
        )
    for place, group in enumerate(draft.groups):
        aliases = "\n".join(group.aliases)
        session.add(SurveyGroup(definition_id=definition_id, position=place, name=group.name.strip(), aliases=aliases))
    for place, (channel, weight) in enumerate(draft.channels):
        session.add(SurveyChannel(definition_id=definition_id, position=place, channel=channel.value, weight=weight))
    session.flush()

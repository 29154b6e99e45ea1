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
from okr_desk.queries.surveys import DefinitionView
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
from okr_desk.survey_terms import NumberOrder, RoundState
from okr_desk.terms import QuarterState, label

CHANGED = changed(Topic.SURVEYS)


def define(session: Session, actor: Actor, draft: DefinitionDraft) -> Outcome[int]:
    """Set what a year asks. What nobody has answered yet is written anew; after that a new version needs a reason.

    Other wordings and the order of numbers only help to recognise files: they change in what is answered too. The
    notice says that a new version is not compared with results of the old one. Raises InputRefused, NotAllowed.
    """
    permits.require(session, actor, Action.EDIT_SURVEYS)
    check_definition(draft)
    standing = surveys.definitions(session, draft.year)
    last = standing[-1] if standing else None
    if last is not None and last.is_frozen and _asks_the_same(draft, last):
        return _recognise(session, draft, last)
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
    row.number_order = draft.number_order or ""
    session.add(row)
    session.flush()
    _add_parts(session, row.key, draft)
    made = surveys.definition(session, row.key)
    differs = last is not None and last.is_frozen and not made.is_comparable(last)
    said = _("第{n}版的总体评价题、分值或口径与上一版不同，两版的结果不作比较。").format(n=made.version)
    return Outcome(row.key, CHANGED, (said,) if differs else ())


def record_number_order(session: Session, round_id: int, order: NumberOrder) -> tuple[str, ...]:
    """Keep with the definition of a round what 1 means in its files, so that nobody is asked again; what to tell.

    Raises InputRefused where the definition says otherwise.
    """
    asked = session.get(SurveyRound, round_id)
    row = None if asked is None else session.get(SurveyDefinition, asked.definition_id)
    if row is None or row.number_order == order:
        return ()
    if row.number_order:
        said = _("测评表已记明按序号导出时{known}，与这次所说的不同。请核对；确需改的，先在“测评表”中改正。")
        raise InputRefused(said.format(known=label(NumberOrder(row.number_order))), "order")
    row.number_order = order.value
    session.add(row)
    session.flush()
    return (_("已在测评表记明：按序号导出时{order}，以后不再询问。").format(order=label(order)),)


def open_round(session: Session, actor: Actor, draft: RoundDraft) -> Outcome[int]:
    """Begin a survey in a quarter that is not closed. Raises InputRefused, WrongState or NotAllowed."""
    permits.require(session, actor, Action.EDIT_SURVEYS)
    quarter = _quarter(session, draft.quarter_id)
    check_round(draft, quarter.starts_on, quarter.ends_on)
    known = surveys.definition(session, draft.definition_id)
    if known.year != quarter.year:
        raise InputRefused(_("测评表是{year}年的，请选择本年的测评表。").format(year=known.year), "definition_id")
    if any(one.name == draft.name.strip() for one in surveys.rounds_of(session, quarter)):
        said = _("{quarter}已经有名为“{name}”的测评，请换一个名称，例如写上“第二次”。")
        raise InputRefused(said.format(quarter=quarter.label, name=draft.name.strip()), "name")
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


def _asks_the_same(draft: DefinitionDraft, last: DefinitionView) -> bool:
    """Whether a draft differs from what stands in nothing but other wordings and the order of numbers."""
    return (
        draft.name.strip(),
        [(item.text.strip(), item.kind, item.is_overall) for item in draft.items],
        [group.name.strip() for group in draft.groups],
        draft.channels,
        draft.scores,
        (draft.wide, draft.narrow),
    ) == (
        last.name,
        [(item.text, item.kind, item.is_overall) for item in last.items],
        [group.name for group in last.groups],
        last.channels,
        last.scores,
        (last.wide, last.narrow),
    )


def _recognise(session: Session, draft: DefinitionDraft, last: DefinitionView) -> Outcome[int]:
    """Write other wordings and the order of numbers into what is answered; the trail keeps what stood."""
    row = session.get(SurveyDefinition, last.id)
    assert row is not None
    row.number_order = draft.number_order or ""
    session.add(row)
    for one, view in zip(draft.items, last.items, strict=True):
        item = session.get(SurveyItem, view.id)
        assert item is not None
        item.aliases = _as_lines(one.aliases)
        session.add(item)
    for named, standing in zip(draft.groups, last.groups, strict=True):
        group = session.get(SurveyGroup, standing.id)
        assert group is not None
        group.aliases = _as_lines(named.aliases)
        session.add(group)
    session.flush()
    said = _("题目、人群和计分没有改动，只保存了其他写法和序号说明，仍是第{n}版。").format(n=last.version)
    return Outcome(last.id, CHANGED, (said,))


def _as_lines(aliases: Sequence[str]) -> str:
    return "\n".join(dict.fromkeys(alias.strip() for alias in aliases if alias.strip()))


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
                aliases=_as_lines(item.aliases),
                is_overall=item.is_overall,
            )
        )
    for place, group in enumerate(draft.groups):
        aliases = _as_lines(group.aliases)
        session.add(SurveyGroup(definition_id=definition_id, position=place, name=group.name.strip(), aliases=aliases))
    for place, (channel, weight) in enumerate(draft.channels):
        session.add(SurveyChannel(definition_id=definition_id, position=place, channel=channel.value, weight=weight))
    session.flush()

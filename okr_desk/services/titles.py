"""Titles are applied for, checked, marked by three parties, decided, granted and taken away: dated step by step."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, select

from okr_desk.errors import InputRefused, WrongState
from okr_desk.i18n import _
from okr_desk.model.store import now, today
from okr_desk.model.tables import Title, TitleScore, TitleStep
from okr_desk.queries import cycles, incentive_rules, orgs, standings
from okr_desk.queries import titles as queries
from okr_desk.queries.objectives import OrgView
from okr_desk.rules import titles as rules
from okr_desk.rules.checks import check_reason
from okr_desk.rules.permissions import Actor
from okr_desk.rules.titles import ApplyDraft, MoveDraft, Present
from okr_desk.services import official, permits
from okr_desk.services.outcome import Outcome, Topic, changed
from okr_desk.terms import OrgKind
from okr_desk.title_terms import FOUR_STRONG, PARTY_OF, TitleState
from okr_desk.title_terms import TitleStep as Step

CHANGED = changed(Topic.TITLES)


def apply(session: Session, actor: Actor, draft: ApplyDraft) -> Outcome[int]:
    """A branch applies for the title of a year; the id. Raises InputRefused, WrongState or NotAllowed.

    The notice names the conditions that are not met yet: one may apply, the check comes later.
    """
    move = rules.move_of(TitleState.NONE, Step.APPLY)
    permits.require(session, actor, move.who, draft.org_id)
    rules.check_apply(draft, today(session))
    official.year_state(session, draft.year)
    org = orgs.view(session, draft.org_id, today(session))
    if org.kind != OrgKind.BRANCH:
        raise InputRefused(_("四强党支部由党支部申报，请选支部。"), "org_id")
    row = session.exec(
        select(Title).where(Title.org_id == draft.org_id, Title.year == draft.year, Title.name == FOUR_STRONG)
    ).first()
    if row is not None and row.state != TitleState.NONE:
        raise WrongState(
            _("{org}{year}年度已经申报过，请在看板上接着办理。").format(org=org.short_name, year=draft.year)
        )
    if row is None:
        row = Title(org_id=draft.org_id, year=draft.year, name=FOUR_STRONG, state=TitleState.NONE.value)
        session.add(row)
        session.flush()
    step = MoveDraft(row.key, Step.APPLY, draft.on, draft.by, draft.note, draft.document)
    _take(session, actor, row, move, step)
    lacking = [one.said for one in _facts(session, org, draft.year) if not one.met]
    said = _("已申报。目前还不具备的条件：{lacking}。").format(lacking=_("；").join(lacking))
    return Outcome(row.key, CHANGED.of(row.org_id), (said,) if lacking else ())


def move(session: Session, actor: Actor, draft: MoveDraft) -> Outcome[str]:
    """Take one step; the new state. Raises WrongState for one that the table lacks, InputRefused or NotAllowed."""
    row = _row(session, draft.title_id)
    step = rules.move_of(TitleState(row.state), draft.step)
    permits.require(session, actor, step.who, row.org_id)
    last = _last(session, row.key)
    rules.check_move(step, draft, _present(session, row, draft), None if last is None else last.on, today(session))
    _take(session, actor, row, step, draft)
    return Outcome(row.state, CHANGED.of(row.org_id))


def take_back(session: Session, actor: Actor, title_id: int, reason: str) -> Outcome[str]:
    """Take the last step back; it stays with the reason, its marks no longer count. The state before stands again."""
    row = _row(session, title_id)
    last = _last(session, row.key)
    if last is None:
        raise WrongState(_("这次申报还没有办理，没有可以撤回的步骤。"))
    permits.require(session, actor, rules.move_of(TitleState(last.before), Step(last.step)).who, row.org_id)
    last.withdrawn_reason = check_reason(reason, _("撤回要写明理由，原来的记录留存备查。"))
    last.withdrawn_at = now(session)
    row.state = last.before
    session.add(last)
    session.add(row)
    session.flush()
    return Outcome(row.state, CHANGED.of(row.org_id))


def _take(session: Session, actor: Actor, row: Title, step: rules.Move, draft: MoveDraft) -> None:
    done = TitleStep(
        title_id=row.key,
        step=draft.step.value,
        before=step.before.value,
        after=step.after.value,
        on=draft.on,
        by=draft.by.strip(),
        note=draft.note.strip(),
        document=draft.document.strip(),
        account_id=official.account_of(actor) or 0,
        recorded_at=now(session),
    )
    session.add(done)
    session.flush()
    if draft.step in PARTY_OF:
        for marks in draft.marks:
            for aspect, points in marks.points:
                session.add(
                    TitleScore(
                        title_id=row.key,
                        step_id=done.key,
                        party=PARTY_OF[draft.step].value,
                        aspect=aspect.value,
                        points=points,
                        peer_id=marks.peer_id,
                    )
                )
    row.state = step.after.value
    session.add(row)
    session.flush()


def _present(session: Session, row: Title, draft: MoveDraft) -> Present:
    view = queries.title(session, row.key)
    assert view is not None
    org, rule = orgs.view(session, row.org_id, today(session)), incentive_rules.title_rule(session)
    branches = [one for one in orgs.tree(session, today(session)) if one.kind == OrgKind.BRANCH]
    return Present(
        org_id=row.org_id,
        facts=_facts(session, org, _year_of(session, org, row, draft)),
        total=view.total,
        least=rule.least_total,
        peers=frozenset(one.id for one in queries.peers_of(org, branches)),
        marked=view.marked,
        may_grant_on=_may_grant_on(session, view.on(Step.PUBLICISE), rule.publicity_days),
    )


def _year_of(session: Session, org: OrgView, row: Title, draft: MoveDraft) -> int:
    """The year whose facts count: that of the title; of a later review the year it is in, once that has a grade."""
    if draft.step is not Step.RECHECK or draft.on.year <= row.year:
        return row.year
    later = standings.standings(session, draft.on.year, [org]).get(org.id)
    return row.year if later is None or later.grade is None else draft.on.year


def _facts(session: Session, org: OrgView, year: int) -> tuple[rules.Fact, ...]:
    standing = standings.standings(session, year, [org])
    return queries.facts(session, standing, [org.id], incentive_rules.title_rule(session))[org.id]


def _may_grant_on(session: Session, publicised_on: date | None, days: int) -> date | None:
    """The first working day after the days of publicity; None where the calendar does not say."""
    if publicised_on is None:
        return None
    return cycles.calendar(session).nth_working_day_after(publicised_on, days + 1)


def _row(session: Session, title_id: int) -> Title:
    row = session.get(Title, title_id)
    if row is None:
        raise WrongState(_("没有找到这次申报，请刷新后再试。"))
    return row


def _last(session: Session, title_id: int) -> TitleStep | None:
    wanted = select(TitleStep).where(TitleStep.title_id == title_id, col(TitleStep.withdrawn_at).is_(None))
    return session.exec(wanted.order_by(col(TitleStep.id).desc()).limit(1)).first()

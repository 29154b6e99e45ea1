"""Cards are issued by the office, lead to a talk, are lifted when a write-off is verified, taken back with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select

from okr_desk.errors import InputRefused, WrongState
from okr_desk.followup_terms import OPEN, CardColour, FindingState
from okr_desk.i18n import _, using
from okr_desk.model.store import today
from okr_desk.model.tables import Card, Finding, Quarter, Year
from okr_desk.rules import cards as rules
from okr_desk.rules.cards import CardDraft, LiftDraft, TalkDraft
from okr_desk.rules.entered import ITSELF
from okr_desk.rules.followups import next_running
from okr_desk.rules.permissions import Action, Actor
from okr_desk.services import entered, notices, permits
from okr_desk.services.outcome import Outcome, Topic, changed
from okr_desk.terms import label

CHANGED = changed(Topic.FOLLOWUPS)


def issue(session: Session, actor: Actor, drafts: Sequence[CardDraft]) -> Outcome[tuple[int, ...]]:
    """Issue cards, all or none; their ids. Raises InputRefused, NotAllowed, WrongState for a second of a quarter."""
    if not drafts:
        raise InputRefused(_("请先勾选要发的牌。"), "drafts")
    made = [_issued(session, actor, draft) for draft in drafts]
    return Outcome(tuple(made), CHANGED.of(*{draft.org_id for draft in drafts}))


def talk(session: Session, actor: Actor, draft: TalkDraft) -> Outcome[int]:
    """The talk that the card brings has been held (提醒谈话, 约谈)."""
    row = _standing(session, actor, draft.card_id)
    rules.check_talk(draft, row.issued_on, today(session))
    row.talked_on, row.talked_by = draft.on, draft.by.strip()
    session.add(row)
    session.flush()
    return Outcome(row.key, CHANGED.of(row.org_id))


def lift(session: Session, actor: Actor, draft: LiftDraft) -> Outcome[int]:
    """Lift a card by hand. Raises WrongState while a finding that belongs to it is open, or where none was issued."""
    row = _standing(session, actor, draft.card_id)
    rules.check_lift(draft, row.issued_on, today(session))
    own = _findings(session, row)
    waiting = [one.number for one in own if FindingState(one.state) in OPEN]
    if waiting:
        said = _("{numbers} 还没有销号，{card}不能解除。")
        raise WrongState(said.format(numbers=_("、").join(waiting), card=row.number))
    if not own:
        raise WrongState(_("还没有就这张牌下发整改通知书。请先下发，整改销号以后再解除。"))
    row.lifted_on, row.lifted_by, row.lifted_reason = draft.on, draft.by.strip(), draft.reason.strip()
    session.add(row)
    session.flush()
    return Outcome(row.key, CHANGED.of(row.org_id))


def withdraw(session: Session, actor: Actor, card_id: int, reason: str) -> Outcome[str]:
    """Take a card back that was issued in error; it stays with the reason, its number is spent."""
    row = entered.standing(session, Card, card_id)
    permits.require(session, actor, Action.CHECK_FINDINGS, row.org_id)
    entered.take_back(session, row, reason)
    return Outcome(row.number, CHANGED.of(row.org_id))


def lift_after(session: Session, written_off: Finding, on: date, by: str) -> tuple[str, ...]:
    """Lift the cards that waited for this write-off alone; their numbers."""
    lifted = []
    for row in _of_branch(session, written_off.org_id):
        own = _findings(session, row)
        waited = row.lifted_on is None and any(one.key == written_off.key for one in own)
        if waited and all(FindingState(one.state) not in OPEN for one in own):
            row.lifted_on, row.lifted_by, row.lifted_reason = max(on, row.issued_on), by, _because(written_off)
            session.add(row)
            lifted.append(row.number)
    session.flush()
    return tuple(lifted)


def unlift_after(session: Session, reopened: Finding) -> None:
    """The write-off was taken back: the cards that it lifted stand again."""
    for row in _of_branch(session, reopened.org_id):
        if row.lifted_reason == _because(reopened):
            row.lifted_on, row.lifted_by, row.lifted_reason = None, "", ""
            session.add(row)
    session.flush()


def next_number(session: Session, colour: CardColour, quarter_id: int) -> str:
    """The next number of a colour and quarter: 黄牌2026-3-001."""
    quarter = session.get_one(Quarter, quarter_id)
    year = session.get_one(Year, quarter.year_id).number
    first = rules.prefix(colour, year, quarter.number)
    taken = session.exec(select(Card.number).where(col(Card.number).startswith(first))).all()
    return f"{first}{next_running(taken):03d}"


# Inside


def _issued(session: Session, actor: Actor, draft: CardDraft) -> int:
    permits.require(session, actor, Action.CHECK_FINDINGS, draft.org_id)
    rules.check_card(draft)
    if session.get(Quarter, draft.quarter_id) is None:
        raise InputRefused(_("没有这个季度。"), "quarter_id")
    for one in _of_branch(session, draft.org_id):
        if one.quarter_id == draft.quarter_id and one.colour == draft.colour:
            said = _("这个支部本季已经发过{colour}（{number}），不用再发。")
            raise WrongState(said.format(colour=label(draft.colour), number=one.number))
    row = Card(
        number=next_number(session, draft.colour, draft.quarter_id),
        org_id=draft.org_id,
        quarter_id=draft.quarter_id,
        colour=draft.colour.value,
        causes=draft.causes.strip(),
        effects=draft.effects.strip(),
        issued_on=today(session),
        **entered.stamp(session, actor, ITSELF),
    )
    session.add(row)
    session.flush()
    notices.freeze_card(session, actor, row)
    return row.key


def _standing(session: Session, actor: Actor, card_id: int) -> Card:
    row = entered.standing(session, Card, card_id)
    permits.require(session, actor, Action.CHECK_FINDINGS, row.org_id)
    if row.lifted_on is not None:
        raise WrongState(_("{number}已经解除，不用再办理。").format(number=row.number))
    return row


def _of_branch(session: Session, org_id: int) -> list[Card]:
    return list(session.exec(select(Card).where(Card.org_id == org_id, col(Card.withdrawn_at).is_(None))))


def _findings(session: Session, card: Card) -> list[Finding]:
    """The findings that a card waits for: those of its quarter, and those that its causes name."""
    own = select(Finding).where(Finding.org_id == card.org_id, col(Finding.withdrawn_at).is_(None))
    return [one for one in session.exec(own) if one.quarter_id == card.quarter_id or one.number in card.causes]


def _because(finding: Finding) -> str:
    with using("zh_CN"):
        return _("{number}验收销号").format(number=finding.number)

"""Cards that stand, and those that the figures of a quarter speak for: proposed with causes, issued by the office."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from okr_desk.followup_terms import OPEN, CardColour
from okr_desk.i18n import _, using
from okr_desk.model.columns import Card
from okr_desk.model.reading import Facts, Reader
from okr_desk.queries import cycles, followup_rules, followups, review_sheets, users
from okr_desk.queries.entered import EntryView, entry_view
from okr_desk.queries.followups import FindingView, short_names
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.scores import ScoreSheet
from okr_desk.rules import cards as rules
from okr_desk.rules.cards import CardFacts, CardLimits, Lowest
from okr_desk.scoring.grades import RedLineKind
from okr_desk.terms import QuarterState


@dataclass(frozen=True)
class CardView:
    """A card as it was issued, with the talk and the lifting."""

    id: int
    number: str
    org_id: int
    org: str
    quarter_id: int
    colour: CardColour
    causes: str
    effects: str
    issued_on: date
    talked_on: date | None
    talked_by: str
    lifted_on: date | None
    lifted_by: str
    lifted_reason: str
    entry: EntryView

    @property
    def stands(self) -> bool:
        """Whether it was not lifted yet."""
        return self.lifted_on is None


@dataclass(frozen=True)
class CardProposal:
    """A card that the figures speak for, with causes and effects as the paper says them."""

    org: OrgView
    colour: CardColour
    causes: str
    effects: str


@dataclass(frozen=True)
class TailLine:
    """A branch at the end of its category, only to be looked into. `count` branches of the category have a score."""

    org: OrgView
    score: Decimal
    count: int


@dataclass(frozen=True)
class CardBoard:
    """Cards of the year, newest first, what is proposed for the quarter, and the ends of categories with their rule."""

    quarter: QuarterView
    cards: tuple[CardView, ...]
    proposals: tuple[CardProposal, ...]
    tail: tuple[TailLine, ...]
    limits: CardLimits


def cards(
    session: Reader, org_ids: Collection[int] | None = None, year: int | None = None, ids: Collection[int] | None = None
) -> tuple[CardView, ...]:
    """Cards that were not taken back, the newest first; of a year those of its quarters."""
    wanted = select(*Card.ALL).where(Card.withdrawn_at.is_(None)).order_by(Card.id.desc())
    if org_ids is not None:
        wanted = wanted.where(Card.org_id.in_(list(org_ids)))
    if ids is not None:
        wanted = wanted.where(Card.id.in_(list(ids)))
    if year is not None:
        own = [one.id for one in cycles.quarters(session) if one.year == year]
        wanted = wanted.where(Card.quarter_id.in_(own))
    rows = session.execute(wanted).all()
    if not rows:
        return ()
    names, orgs = users.names(session), short_names(session)
    return tuple(_view(row, orgs.get(row.org_id, ""), entry_view(row, names)) for row in rows)


def board(
    session: Reader, quarter: QuarterView, orgs: Sequence[OrgView], org_ids: Collection[int] | None, *, proposed: bool
) -> CardBoard:
    """`orgs`: all branches, as scores are compared among all; `org_ids`: whose cards are shown, None for all.

    Proposals cost two quarters of scores, so they are asked for.
    """
    limits = followup_rules.card_limits(session)
    held = cards(session, None, quarter.year)
    shown = tuple(one for one in held if org_ids is None or one.org_id in org_ids)
    if not proposed:
        return CardBoard(quarter, shown, (), (), limits)
    before = _before(session, quarter)
    now_ = review_sheets.scored(session, quarter, orgs)
    then = {} if before is None else review_sheets.scored(session, before, orgs)
    facts = _facts(session, quarter, before, orgs, now_, then, held)
    made = tuple(_proposals(quarter, orgs, facts, held, limits))
    return CardBoard(quarter, shown, made, _tail(orgs, now_, limits), limits)


def judged(of: ScoreSheet) -> Decimal | None:
    """The percent that a card may rest on; None where so little applies, or was reported, that there is no grade."""
    if of.sheet is None or of.grade is None or of.grade.grade is None:
        return None
    return of.sheet.percent


def lowest(quarter: QuarterView, scored: Mapping[int, Decimal], orgs: Sequence[OrgView]) -> dict[int, Lowest]:
    """The only lowest of each category; where several share the lowest score nobody is."""
    groups: dict[str, list[tuple[Decimal, int]]] = defaultdict(list)
    for org in orgs:
        if org.id in scored:
            groups[org.category].append((scored[org.id], org.id))
    found = {}
    for category, own in groups.items():
        least = min(own)
        if sum(score == least[0] for score, _id in own) == 1 and len(own) > 1:
            found[least[1]] = Lowest(quarter.label, category, len(own), least[0])
    return found


# Inside


def _scored(of: Mapping[int, ScoreSheet]) -> dict[int, Decimal]:
    return {org_id: score for org_id, one in of.items() if (score := judged(one)) is not None}


def _facts(
    session: Reader,
    quarter: QuarterView,
    before: QuarterView | None,
    orgs: Sequence[OrgView],
    now_: Mapping[int, ScoreSheet],
    then: Mapping[int, ScoreSheet],
    held: Sequence[CardView],
) -> dict[int, CardFacts]:
    late = _late(session, held)
    last = lowest(quarter, _scored(now_), orgs)
    first = {} if before is None else lowest(before, _scored(then), orgs)
    found = {}
    for org in orgs:
        sheet = now_.get(org.id)
        twice = (first[org.id], last[org.id]) if org.id in first and org.id in last else ()
        found[org.id] = CardFacts(
            score=None if sheet is None else judged(sheet),
            rate=None if sheet is None else sheet.satisfaction,
            late=tuple((one.number, one.late) for one in late[org.id]),
            lowest=twice,
            yellows=_yellows(held, org.id),
            vetoes=tuple(line.title for line in (sheet.red_lines if sheet else ()) if line.kind is RedLineKind.VETO),
            is_open=quarter.state is QuarterState.OPEN,
        )
    return found


def _late(session: Reader, held: Sequence[CardView]) -> dict[int, list[FindingView]]:
    """Findings that are late, by branch, without those for which a card still stands."""
    found: dict[int, list[FindingView]] = defaultdict(list)
    said = {(one.org_id): "" for one in held}
    for one in held:
        if one.stands:
            said[one.org_id] += one.causes
    for finding in followups.findings(session, states=OPEN):
        if finding.late and finding.number not in said.get(finding.org_id, ""):
            found[finding.org_id].append(finding)
    return found


def _yellows(held: Sequence[CardView], org_id: int) -> tuple[str, ...]:
    """Numbers of the yellow cards of the year since its last red one, oldest first."""
    own = [one for one in held if one.org_id == org_id]
    last = max((one.id for one in own if one.colour is CardColour.RED), default=0)
    return tuple(one.number for one in reversed(own) if one.colour is CardColour.YELLOW and one.id > last)


def _proposals(
    quarter: QuarterView,
    orgs: Sequence[OrgView],
    facts: Mapping[int, CardFacts],
    held: Sequence[CardView],
    limits: CardLimits,
) -> list[CardProposal]:
    given = {(one.org_id, one.colour) for one in held if one.quarter_id == quarter.id}
    found = []
    with using("zh_CN"):
        for colour, causes_of in ((CardColour.RED, rules.red_causes), (CardColour.YELLOW, rules.yellow_causes)):
            for org in orgs:
                causes = causes_of(facts[org.id], limits)
                if causes and (org.id, colour) not in given:
                    text = rules.one_text(causes, rules.CAUSES_LIMIT)
                    found.append(CardProposal(org, colour, text, _("；").join(rules.effects(colour))))
    return found


def _tail(orgs: Sequence[OrgView], now_: Mapping[int, ScoreSheet], limits: CardLimits) -> tuple[TailLine, ...]:
    """The ends of categories; those who share a score are in together, or out where they would be too many."""
    scored = _scored(now_)
    groups: dict[str, list[OrgView]] = defaultdict(list)
    for org in orgs:
        if org.id in scored:
            groups[org.category].append(org)
    found = []
    for own in groups.values():
        count = rules.tail_count(len(own), limits)
        for org in sorted(own, key=lambda org: scored[org.id]):
            if sum(scored[other.id] <= scored[org.id] for other in own) <= count:
                found.append(TailLine(org, scored[org.id], len(own)))
    return tuple(found)


def _before(session: Reader, quarter: QuarterView) -> QuarterView | None:
    """The quarter before, across the new year too."""
    year, number = (quarter.year, quarter.number - 1) if quarter.number > 1 else (quarter.year - 1, 4)
    return cycles.quarter(session, year, number)


def _view(row: Facts, org: str, entry: EntryView) -> CardView:
    return CardView(
        id=row.id,
        number=row.number,
        org_id=row.org_id,
        org=org,
        quarter_id=row.quarter_id,
        colour=CardColour(row.colour),
        causes=row.causes,
        effects=row.effects,
        issued_on=row.issued_on,
        talked_on=row.talked_on,
        talked_by=row.talked_by,
        lifted_on=row.lifted_on,
        lifted_by=row.lifted_by,
        lifted_reason=row.lifted_reason,
        entry=entry,
    )

"""Notices and cards as they were issued: what is frozen of one, and what is printed from it ever after.

Only what a pen adds to the frozen sheet follows the records: who signed for a notice, and the talk that a card brings.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from okr_desk.model.reading import Reader
from okr_desk.model.store import today
from okr_desk.queries import cycles, followup_cards, followup_papers, followups, letterheads, orgs, publications
from okr_desk.queries.followup_cards import CardView
from okr_desk.queries.followup_papers import FollowupPaper, Notice
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.publications import Publication
from okr_desk.queries.survey_papers import Asked
from okr_desk.review_terms import PublicationKind

KINDS: Mapping[str, PublicationKind] = {
    "finding-notice": PublicationKind.NOTICE,
    "card-notice": PublicationKind.CARD,
}
"""Papers that are frozen when they are issued, by their key."""


def of_finding(
    session: Reader, finding_id: int, correction: str = "", corrected_on: date | None = None
) -> FollowupPaper:
    """What the notice of a finding says, to be frozen; its signature is none of it."""
    (one,) = followups.findings(session, ids=(finding_id,))
    said = replace(
        followup_papers.notice(one), received_on=None, received_by="", correction=correction, corrected_on=corrected_on
    )
    return replace(_sheet(session, one.org_id, one.quarter_id), notices=(said,))


def of_card(session: Reader, card_id: int, org_id: int) -> FollowupPaper:
    """What the notice of a card says, to be frozen; the talk is still to be held."""
    one = next(card for card in followup_cards.cards(session, (org_id,)) if card.id == card_id)
    said = replace(one, talked_on=None, talked_by="", lifted_on=None, lifted_by="", lifted_reason="")
    return replace(_sheet(session, one.org_id, one.quarter_id), cards=(said,))


def papers(
    session: Reader, key: str, quarter: QuarterView, of: Sequence[OrgView], asked: Asked
) -> tuple[FollowupPaper, ...]:
    """The notices or cards of these branches as they were issued, of one alone where it is named.

    One that was issued before there were publications is printed as it stands. Raises Refusal where there is none.
    """
    live = followup_papers.papers(session, key, quarter, of, asked)
    newest = _newest(session, KINDS[key], [paper.org.id for paper in live])
    wanted = [newest[number] for paper in live for number in _numbers(paper) if number in newest]
    kept = dict(zip([one.number for one in wanted], _read(session, wanted), strict=True))
    found: list[FollowupPaper] = []
    for paper in live:
        singles = [_kept_or_live(kept, paper, place) for place in range(len(_numbers(paper)))]
        found += [_together(list(some)) for _head, some in groupby(singles, key=_head_of)]
    return tuple(found)


def version(session: Reader, of: Publication) -> FollowupPaper:
    """One version of a notice or a card as it was issued, with what was signed while it is in force."""
    (frozen,) = _read(session, [of])
    newest = _newest(session, of.kind, [frozen.org.id])[of.number]
    if newest.version != of.version:
        return replace(frozen, superseded_by=newest.version)
    if of.kind is PublicationKind.NOTICE:
        own = [followup_papers.notice(one) for one in followups.findings(session, org_ids=(frozen.org.id,))]
        signed = next((one for one in own if one.number == of.number), None)
        return frozen if signed is None else replace(frozen, notices=(_signed(frozen.notices[0], signed),))
    cards = followup_cards.cards(session, (frozen.org.id,))
    talked = next((one for one in cards if one.number == of.number), None)
    return frozen if talked is None else replace(frozen, cards=(_talked(frozen.cards[0], talked),))


def versions(session: Reader, number: str, org_id: int) -> tuple[Publication, ...]:
    """All versions of a notice or a card, the oldest first; none where it was issued before there were any."""
    every = publications.publications(session, org_ids=(org_id,))
    return tuple(one for one in every if one.number == number and one.kind in KINDS.values())


# Inside


def _kept_or_live(kept: Mapping[str, FollowupPaper], paper: FollowupPaper, place: int) -> FollowupPaper:
    """One sheet of a paper as it was issued, signed as it is signed now; as it stands where nothing was kept."""
    frozen = kept.get(_numbers(paper)[place])
    if paper.notices:
        if frozen is None:
            return replace(paper, notices=(paper.notices[place],), digests=(paper.digests[place],))
        return replace(frozen, notices=(_signed(frozen.notices[0], paper.notices[place]),))
    if frozen is None:
        return replace(paper, cards=(paper.cards[place],), digests=(paper.digests[place],))
    return replace(frozen, cards=(_talked(frozen.cards[0], paper.cards[place]),))


def _sheet(session: Reader, org_id: int, quarter_id: int) -> FollowupPaper:
    quarter = cycles.by_id(session, quarter_id)
    assert quarter is not None
    head = letterheads.letterhead(session, quarter)
    org = orgs.view(session, org_id, min(today(session), quarter.ends_on))
    return FollowupPaper(head.township, org, quarter, quarter.ends_on, is_demo=head.is_demo)


def _newest(session: Reader, kind: PublicationKind, org_ids: Collection[int]) -> dict[str, Publication]:
    return {one.number: one for one in publications.publications(session, kind, org_ids=tuple(org_ids))}


def _read(session: Reader, of: Sequence[Publication]) -> list[FollowupPaper]:
    return [
        _dressed(one, paper) for one, paper in zip(of, publications.contents(session, of, FollowupPaper), strict=True)
    ]


def _dressed(of: Publication, paper: FollowupPaper) -> FollowupPaper:
    """The frozen sheet with its check code and, for a notice, its version."""
    said = tuple(replace(one, edition=of.version) for one in paper.notices)
    return replace(paper, notices=said, digest=of.digest, digests=(of.digest,))


def _signed(frozen: Notice, live: Notice) -> Notice:
    return replace(frozen, received_on=live.received_on, received_by=live.received_by)


def _talked(frozen: CardView, live: CardView) -> CardView:
    return replace(frozen, talked_on=live.talked_on, talked_by=live.talked_by)


def _numbers(paper: FollowupPaper) -> list[str]:
    return [*(one.number for one in paper.notices), *(one.number for one in paper.cards)]


def _head_of(paper: FollowupPaper) -> tuple[str, ...]:
    """What sheets must share to stand in one file of a branch."""
    return paper.township, paper.org.full_name, paper.org.short_name, paper.org.secretary


def _together(singles: Sequence[FollowupPaper]) -> FollowupPaper:
    return replace(
        singles[0],
        notices=tuple(notice for one in singles for notice in one.notices),
        cards=tuple(card for one in singles for card in one.cards),
        digests=tuple(digest for one in singles for digest in one.digests),
    )

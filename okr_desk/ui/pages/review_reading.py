"""What the page 评审 reads: the reviews of a quarter at once, the lines and versions of the branch that is shown."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from okr_desk.model.store import Reader
from okr_desk.queries import cycles, orgs, publications, review_desk, review_differences, review_items
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.publications import Publication
from okr_desk.queries.review_desk import ReviewDesk
from okr_desk.queries.review_items import Items
from okr_desk.review_terms import PublicationKind
from okr_desk.rules.cycles import Calendar
from okr_desk.rules.permissions import Actor


@dataclass(frozen=True)
class Shown:
    """The reviews of a quarter with the working days that terms are counted in."""

    of: ReviewDesk
    calendar: Calendar
    differing: Counter[int]


@dataclass(frozen=True)
class Detail:
    """One branch: its lines, and its sheets as they were published."""

    items: Items
    versions: tuple[Publication, ...]


Asked = tuple[QuarterView, frozenset[int], Actor]
"""The quarter, the branches, and the person whose steps are shown."""


def read(asked: Asked, session: Reader) -> Shown:
    """The reviews of these branches with the steps that this person may take."""
    quarter, ids, actor = asked
    of = [org for org in orgs.tree(session, quarter.ends_on) if org.id in ids]
    return _shown(session, review_desk.desk(session, quarter, of, actor))


def follow(asked: Asked, shown: Shown, changed: frozenset[int], session: Reader) -> Shown:
    """What is shown, with the branches that changed."""
    return _shown(session, review_desk.follow(session, shown.of, changed, asked[2]))


def _shown(session: Reader, found: ReviewDesk) -> Shown:
    quarter = found.quarter
    scored = [row.sheet for row in found.rows if row.sheet is not None]
    return Shown(found, cycles.calendar(session), review_differences.differing(session, quarter.id, scored))


def read_branch(session: Reader, quarter: QuarterView, org: OrgView) -> Detail:
    """The lines of a branch and the versions of its sheet."""
    found = review_items.items(session, quarter, org)
    return Detail(found, publications.publications(session, PublicationKind.REVIEW, quarter.id, [org.id]))

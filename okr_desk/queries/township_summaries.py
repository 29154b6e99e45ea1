"""The summary of the township as it is printed: frozen once every branch is final, before that as things stand."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from okr_desk.i18n import using
from okr_desk.model.columns import Review
from okr_desk.model.reading import Reader
from okr_desk.queries import dashboard, orgs, publications
from okr_desk.queries.dashboard import Township
from okr_desk.queries.objectives import QuarterView
from okr_desk.review_terms import PublicationKind, ReviewState
from okr_desk.terms import OrgKind


def printed(session: Reader, quarter: QuarterView) -> Township:
    """What was frozen, in its newest version; else the matrix of now."""
    kept = publications.newest(session, PublicationKind.SUMMARY, quarter.id).get(None)
    if kept is None:
        return dashboard.township(session, quarter)
    (found,) = publications.contents(session, [kept], Township)
    return replace(found, digest=kept.digest)


def is_final(session: Reader, quarter: QuarterView) -> bool:
    """Whether the review of every branch of the quarter is final."""
    rows = session.execute(select(Review.org_id, Review.state).where(Review.quarter_id == quarter.id))
    final = {row.org_id for row in rows if row.state == ReviewState.FINAL.value}
    of = [org.id for org in orgs.tree(session, quarter.ends_on) if org.kind == OrgKind.BRANCH]
    return bool(of) and final.issuperset(of)


def for_publication(session: Reader, quarter: QuarterView) -> Township:
    """The summary as it is frozen: in Chinese whatever the window speaks, without its own check code."""
    with using("zh_CN"):
        return dashboard.township(session, quarter, with_digest=False)


def number(quarter: QuarterView) -> str:
    """汇总2026-3."""
    return f"汇总{quarter.year}-{quarter.number}"

"""A scheme for the villages of the demo, put to use: what papers of points can be tried on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from okr_desk.model.columns import (
    Objection,
    ObjectionDecision,
    Publication,
    PublishedContent,
    Review,
    ReviewScore,
    ReviewStep,
    Scheme,
    SchemeBlock,
    SchemeLine,
    SchemeVersion,
)
from okr_desk.model.store import Store
from okr_desk.queries import library, orgs
from okr_desk.rules.schemes import BlockDraft, LineDraft, SchemeDraft
from okr_desk.services import schemes
from okr_desk.services.permits import SETUP

D = Decimal
YEAR = 2026


def without_schemes(store: Store) -> Store:
    """The demo as an office that has not drawn up any scheme yet, and so has reviewed and published nothing."""
    reviewed = (PublishedContent, Publication, ObjectionDecision, ReviewScore, Objection, ReviewStep, Review)
    with store.write(SETUP) as session:
        for table in (*reviewed, SchemeLine, SchemeBlock, SchemeVersion, Scheme):
            session.execute(table.TABLE.delete())
    return store


def put_to_use(store: Store, category: str = "农村") -> None:
    """Twenty points on values that the demo has, and no other scheme: 到会率 10, 党费 4, 经营性收入 6."""
    without_schemes(store)
    with store.read() as session:
        ids = {view.code: view.id for view in library.library(session, date(YEAR, 9, 30))}
        known = {one.name: one.id for one in orgs.categories(session)}
    blocks = (
        BlockDraft(
            "基础性",
            D(14),
            (LineDraft(ids["B08"], D(10), "linear"), LineDraft(ids["B09"], D(4), "per-point rounding=ceil")),
        ),
        BlockDraft("融合性", D(6), (LineDraft(ids["F07"], D(6), "ratio"),)),
    )
    with store.write(SETUP) as session:
        made = schemes.create(session, SETUP, known[category], YEAR, SchemeDraft("农村试行方案", blocks)).value
    with store.write(SETUP) as session:
        version = schemes.standing.scheme(session, made).versions[0]
        schemes.activate(session, SETUP, version.id)

"""The board reads each register once: its lines and sums are those that each query finds alone."""

from __future__ import annotations

from okr_desk.model.store import Store, today
from okr_desk.queries import cycles, orgs, partner_board, partner_counts, partners, post_counts
from okr_desk.terms import OrgKind


def test_lines_and_sums_are_those_of_the_registers_read_alone(demo_store: Store) -> None:
    with demo_store.read() as session:
        quarter = cycles.quarter(session, 2026, 3)
        assert quarter is not None
        of = [org for org in orgs.tree(session, today(session)) if org.kind == OrgKind.BRANCH]
        ids = [org.id for org in of]
        found = partner_board.board(session, quarter, of)
        assert found.posts and found.partners and any(one.partner for one in found.items)
        assert found.partners == partners.partners(session, ids)
        assert found.items == partners.items(session, ids)
        assert found.checked == post_counts.tallies(session, quarter, ids)
        assert found.due == partner_counts.tallies(session, quarter, ids)

"""A page of the review, opened for a person of the small township."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from okr_desk.queries import cycles, orgs
from okr_desk.rules.permissions import Actor
from okr_desk.settings import Settings
from okr_desk.ui.desk import Desk
from okr_desk.ui.pages.base import Page
from okr_desk.ui.pages.reviews import ReviewsPage
from tests.reviewed_township import Reviewed


@pytest.fixture
def open_review(look: None, qtbot: QtBot, idle: Callable[[Desk], None]) -> Iterator[Callable[..., Any]]:
    """Opens a page for a person in a quarter of 2026, the third where none is named."""
    desks: list[Desk] = []

    def open_page(town: Reviewed, actor: Actor, kind: type[Page] = ReviewsPage, quarter: int = 3) -> Page:
        desk = Desk(Settings(theme="light"), town.store.clock)
        desks.append(desk)
        desk.take_store(town.store)
        desk.sign_in(actor)
        with town.store.read() as session:
            tree, quarters = orgs.tree(session, town.store.clock.today()), cycles.quarters(session)
        seen = [one for one in tree if any(grant.org_id in one.line for grant in actor.grants)]
        desk.selection.offer(quarters, seen)
        desk.selection.choose_quarter(town.scored.small.quarters[quarter])
        page = kind(desk)
        qtbot.addWidget(page)
        page.resize(1200, 700)
        page.show()
        idle(desk)
        return page

    yield open_page
    for desk in desks:
        desk.close()

"""通报 as a branch gets it: only what was issued, signed for by its secretary, looked at by others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from okr_desk.clock import FixedClock
from okr_desk.queries import cycles, orgs
from okr_desk.rules.bulletins import IssueDraft
from okr_desk.rules.permissions import Actor
from okr_desk.services import bulletins as service
from okr_desk.settings import Settings
from okr_desk.ui.desk import Desk
from okr_desk.ui.navigation import BY_KEY
from okr_desk.ui.pages.bulletin_receipts import ReceivedBulletinsPage
from okr_desk.ui.pages.bulletins import BulletinsPage
from tests.scored_township import Scored, scored

Idle = Callable[[Desk], None]
Sit = Callable[[Actor], ReceivedBulletinsPage]


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Iterator[Scored]:
    made = scored(tmp_path / "小镇.okr", clock)
    made.measure("B08", "78.5")
    yield made
    made.small.store.close()


@pytest.fixture
def sit(look: None, qtbot: QtBot, idle: Idle, clock: FixedClock, town: Scored) -> Iterator[Sit]:
    """Opens the page as the rail does, for a person in the third quarter."""
    desks: list[Desk] = []

    def open_page(actor: Actor) -> ReceivedBulletinsPage:
        desk = Desk(Settings(theme="light"), clock)
        desks.append(desk)
        desk.take_store(town.small.store)
        desk.sign_in(actor)
        with town.small.store.read() as session:
            tree, quarters = orgs.tree(session, clock.today()), cycles.quarters(session)
        seen = [one for one in tree if any(grant.org_id in one.line for grant in actor.grants)]
        desk.selection.offer(quarters, seen)
        desk.selection.choose_quarter(town.small.quarters[3])
        page = BY_KEY["bulletins"].build(desk)
        assert isinstance(page, ReceivedBulletinsPage)
        qtbot.addWidget(page)
        page.resize(1150, 620)
        page.show()
        idle(desk)
        return page

    yield open_page
    for desk in desks:
        desk.close()


def draft(town: Scored) -> int:
    office = town.small.office
    with town.small.store.write(office) as session:
        return service.draft(session, office, town.small.quarters[3]).value


def issue(town: Scored, key: int) -> None:
    office = town.small.office
    with town.small.store.write(office) as session:
        service.issue(session, office, key, IssueDraft("青党建〔2026〕12号", "王玥", town.small.store.clock.today()))


def test_nothing_of_a_draft_is_seen(town: Scored, sit: Sit) -> None:
    draft(town)
    page = sit(town.small.secretary)
    assert page.empty.sentence == "2026年第三季度还没有印发通报。"
    assert page.sign_button.isHidden() and page.print_button.isHidden()


def test_the_secretary_signs_for_the_own_branch(
    town: Scored, sit: Sit, idle: Idle, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue(town, draft(town))
    page = sit(town.small.secretary)
    assert page.answer.text().endswith("签发，本支部还没有签收。") and not page.sign_button.isHidden()
    assert page.view.path is not None and page.view.path.is_file()
    asked: list[str] = []

    def question(_parent: object, _title: str, words: str, *_more: object) -> QMessageBox.StandardButton:
        asked.append(words)
        return QMessageBox.StandardButton.Ok

    monkeypatch.setattr(QMessageBox, "question", question)
    counts: list[int] = []
    page.badge_changed.connect(counts.append)
    page.sign()
    idle(page.desk)
    assert "青石村党支部确认收到" in asked[0]
    assert page.sign_button.isHidden() and page.answer.text().endswith("李旭昇签收。") and counts == [0]
    assert page.shown is not None and set(page.shown.receipts) == {town.small.village}


def test_who_only_looks_does_not_sign(town: Scored, sit: Sit) -> None:
    key = draft(town)
    issue(town, key)
    page = sit(town.small.viewer)
    assert page.sign_button.isHidden() and page.list.count() == 1
    assert page.answer.text().endswith("还有 2 个支部没签收。")


def test_a_withdrawn_one_says_so(town: Scored, sit: Sit, idle: Idle) -> None:
    key, office = draft(town), town.small.office
    issue(town, key)
    page = sit(town.small.secretary)
    with town.small.store.write(office) as session:
        service.withdraw(session, office, key, "数据有误")
    page.refresh()
    idle(page.desk)
    assert page.answer.text() == "青党建〔2026〕12号已撤回，以更正的通报为准。" and page.sign_button.isHidden()
    assert page._band_text.text() == "已撤回：数据有误"


def test_the_office_gets_its_own_page(look: None, qtbot: QtBot, clock: FixedClock, town: Scored) -> None:
    desk = Desk(Settings(theme="light"), clock)
    desk.take_store(town.small.store)
    desk.sign_in(town.small.office)
    page = BY_KEY["bulletins"].build(desk)
    qtbot.addWidget(page)
    assert isinstance(page, BulletinsPage)
    desk.close()

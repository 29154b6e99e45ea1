"""Notices and cards are frozen when they are issued: later changes leave them, a correction is a version beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import col, select

from okr_desk.clock import FixedClock
from okr_desk.errors import InputRefused, NotAllowed, WrongState
from okr_desk.followup_terms import CardColour, FindingState
from okr_desk.model import audit_check
from okr_desk.model.tables import OrgVersion, Publication, PublishedContent, Receipt
from okr_desk.queries import cycles, documents, notices, orgs, publications, review_papers
from okr_desk.queries.followup_papers import FollowupPaper
from okr_desk.queries.publications import Publication as PublicationView
from okr_desk.queries.survey_papers import ONE_EACH
from okr_desk.review_terms import PublicationKind
from okr_desk.rules.cards import CardDraft, TalkDraft
from okr_desk.rules.followups import CorrectionDraft
from okr_desk.services import cards, followups
from okr_desk.services.permits import SETUP
from tests.small_followups import DONE, Rectified, T, draft, rectified


@pytest.fixture
def desk(tmp_path: Path, clock: FixedClock) -> Iterator[Rectified]:
    made = rectified(tmp_path / "通知书.okr", clock)
    yield made
    made.small.store.close()


def printed(desk: Rectified, key: str = "finding-notice") -> FollowupPaper:
    """The village's paper of the third quarter."""
    with desk.small.store.read() as session:
        quarter = cycles.quarter(session, 2026, 3)
        assert quarter is not None
        village = orgs.view(session, desk.small.village, quarter.ends_on)
        (found,) = documents.snapshots(session, key, quarter, [village], ONE_EACH)
    assert isinstance(found, FollowupPaper)
    return found


def published(desk: Rectified) -> tuple[PublicationView, ...]:
    with desk.small.store.read() as session:
        return publications.publications(session)


def receipts(desk: Rectified) -> list[str]:
    """Under which words somebody signed."""
    with desk.small.store.write(SETUP) as session:
        return [one.record for one in session.exec(select(Receipt).order_by(col(Receipt.id))).all()]


def correct(desk: Rectified, key: int, reason: str = "依据条款写错", **more: object) -> int:
    office = desk.small.office
    with desk.small.store.write(office) as session:
        return followups.correct(session, office, CorrectionDraft(key, draft(desk.small, **more), reason)).value


def test_a_notice_is_frozen_when_it_is_issued(desk: Rectified) -> None:
    key = desk.issue()
    before = printed(desk)
    (one,) = before.notices
    assert (one.edition, one.due_on, one.received_on) == (1, date(2026, 10, 14), None)
    desk.through(key, T.SIGN, T.PLAN, T.ASK_EXTENSION, T.EXTEND)
    after = printed(desk)
    assert replace(after.notices[0], received_on=None, received_by="") == one
    assert after.notices[0].received_by == "张三" and after.digests == before.digests
    (row,) = published(desk)
    assert (row.kind, row.number, row.version) == (PublicationKind.NOTICE, "整改2026-3-001", 1)
    assert (row.digest,) == before.digests


def test_a_reprint_is_that_of_the_day_whatever_becomes_of_the_branch(desk: Rectified) -> None:
    desk.issue()
    before = printed(desk)
    with desk.small.store.write(SETUP) as session:
        for row in session.exec(select(OrgVersion).where(OrgVersion.org_id == desk.small.village)).all():
            row.full_name = "另一个名称"
            session.add(row)
    assert printed(desk) == before and before.org.full_name != "另一个名称"


def test_a_notice_put_right_is_a_second_version_to_be_signed_anew(desk: Rectified) -> None:
    key = desk.issue()
    desk.move(key, T.SIGN)
    assert correct(desk, key, clause="《农村党支部考核方案》B03", due_on=date(2026, 10, 20)) == 2
    (one,) = printed(desk).notices
    assert (one.edition, one.clause, one.correction) == (2, "《农村党支部考核方案》B03", "依据条款写错")
    assert (one.due_on, one.received_on) == (date(2026, 10, 20), None)
    found = desk.view(key)
    assert found.receipt is None and found.due_on == date(2026, 10, 20) and not found.present.is_signed
    desk.move(key, T.SIGN, by="李旭昇")
    assert printed(desk).notices[0].received_by == "李旭昇"
    desk.move(key, T.PLAN)
    assert receipts(desk) == ["finding", "notice"]
    with desk.small.store.read() as session:
        first, second = notices.versions(session, found.number, desk.small.village)
        old, new = notices.version(session, first), notices.version(session, second)
        assert audit_check.first_fault(session) is None
    assert (old.notices[0].clause, old.superseded_by) == ("《农村党支部考核方案》B02", 2)
    assert (new.notices[0].received_by, new.superseded_by) == ("李旭昇", 0)
    assert (second.reason, second.version) == ("依据条款写错", 2)


def test_signing_the_new_version_can_be_taken_back_alone(desk: Rectified) -> None:
    key = desk.issue()
    desk.move(key, T.SIGN)
    correct(desk, key, fact="应开 3 次，实开 1 次")
    desk.move(key, T.SIGN, by="李旭昇")
    with desk.small.store.write(desk.small.secretary) as session:
        followups.take_back(session, desk.small.secretary, key, "签错了")
    assert desk.view(key).receipt is None
    assert receipts(desk) == ["finding"]
    with pytest.raises(WrongState), desk.small.store.write(desk.small.office) as session:
        followups.take_back(session, desk.small.office, key, "更正撤回")


def test_what_cannot_be_put_right(desk: Rectified) -> None:
    key = desk.issue()
    with pytest.raises(InputRefused) as same:
        correct(desk, key)
    assert same.value.sentence == "内容没有变化，不用更正。"
    with pytest.raises(InputRefused):
        correct(desk, key, reason=" ", fact="另一件事")
    small = desk.small
    with pytest.raises(NotAllowed), small.store.write(small.secretary) as session:
        followups.correct(session, small.secretary, CorrectionDraft(key, draft(small, fact="另一件事"), "自己改"))
    assert any(entry.action == "denied" for entry in small.trail())
    desk.through(key, T.SIGN, T.PLAN, T.ASK_EXTENSION, T.EXTEND)
    with pytest.raises(InputRefused) as moved:
        correct(desk, key, due_on=date(2026, 12, 1))
    assert moved.value.field == "due_on"
    desk.move(key, T.ASK_CHECK)
    with pytest.raises(WrongState):
        correct(desk, key, fact="另一件事")
    assert desk.view(key).state is FindingState.TO_CHECK


def test_one_issued_by_an_earlier_program_is_frozen_before_it_is_put_right(desk: Rectified) -> None:
    key = desk.issue()
    with desk.small.store.write(SETUP) as session:
        for kind in (PublishedContent, Publication):
            for row in session.exec(select(kind)).all():
                session.delete(row)
    assert printed(desk).notices[0].edition == 0
    assert correct(desk, key, fact="应开 3 次，实开 1 次") == 2
    with desk.small.store.read() as session:
        first = notices.versions(session, "整改2026-3-001", desk.small.village)[0]
        assert notices.version(session, first).notices[0].fact == "应开 3 次，实开 2 次，扣 1 分"


def test_a_card_is_frozen_and_the_talk_is_written_beside_it(desk: Rectified) -> None:
    small = desk.small
    card = CardDraft(small.village, small.quarters[3], CardColour.YELLOW, "季度得分 58.5，低于 60 分", "提醒谈话")
    with small.store.write(small.office) as session:
        (key,) = cards.issue(session, small.office, [card]).value
    before = printed(desk, "card-notice")
    with small.store.write(small.office) as session:
        cards.talk(session, small.office, TalkDraft(key, date(2026, 10, 8), "赵明"))
    after = printed(desk, "card-notice")
    assert after.cards[0].talked_by == "赵明" and after.digests == before.digests
    with small.store.read() as session:
        (version,) = notices.versions(session, "黄牌2026-3-001", small.village)
        assert notices.version(session, version).cards[0].talked_by == "赵明"
    assert version.kind is PublicationKind.CARD


def test_the_archive_lists_them_and_changed_content_is_found(desk: Rectified) -> None:
    desk.through(desk.issue(), *DONE)
    with desk.small.store.write(SETUP) as session:
        quarter = cycles.quarter(session, 2026, 3)
        assert quarter is not None
        (row,) = review_papers.archive(session, quarter).rows
        assert (row.name, row.number, row.version) == ("整改通知书", "整改2026-3-001", 1)
        content = session.exec(select(PublishedContent).order_by(col(PublishedContent.id))).first()
        assert content is not None
        content.content = content.content[:-1] + b"x"
        session.add(content)
        session.flush()
        fault = audit_check.first_fault(session)
    assert fault is not None and "整改2026-3-001 第 1 版" in fault

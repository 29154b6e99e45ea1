"""Bulletins on a real file: drafted, edited in versions, issued once for ever, withdrawn and corrected, signed for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from okr_desk import i18n
from okr_desk.clock import FixedClock
from okr_desk.errors import InputRefused, NotAllowed, WrongState
from okr_desk.model.store import Store
from okr_desk.queries import bulletin_papers, bulletin_receipts, bulletins, cycles, documents
from okr_desk.queries.bulletins import BulletinView
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.reminder import Reminder
from okr_desk.reports import bulletin as paper
from okr_desk.review_terms import ReceiptWay
from okr_desk.rules.bulletins import BulletinMode, BulletinState, IssueDraft, ReceiptDraft
from okr_desk.rules.permissions import Actor
from okr_desk.services import bulletins as service
from okr_desk.services.outcome import Topic
from tests.reports import pdf
from tests.scored_township import Scored, scored

DAY = date(2026, 10, 8)
AT = datetime(2026, 10, 8, 1, 32, tzinfo=UTC)
ISSUE = IssueDraft("青党建〔2026〕12号", "王玥", DAY)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Scored]:
    made = scored(tmp_path / "镇.okr", FixedClock(DAY))
    made.measure("B08", "78.5")
    made.measure("B09", "100")
    made.measure("F07", "9")
    yield made
    made.small.store.close()


@pytest.fixture
def store(town: Scored) -> Store:
    return town.small.store


@pytest.fixture
def office(town: Scored) -> Actor:
    return town.small.office


@pytest.fixture
def drafted(town: Scored, store: Store, office: Actor) -> int:
    with store.write(office) as session:
        return service.draft(session, office, town.small.quarters[3]).value


def view(store: Store, bulletin_id: int) -> BulletinView:
    with store.read() as session:
        return bulletins.view(session, bulletin_id)


def issued(store: Store, office: Actor, bulletin_id: int, draft: IssueDraft = ISSUE) -> BulletinView:
    with store.write(office) as session:
        service.issue(session, office, bulletin_id, draft)
    return view(store, bulletin_id)


def quarter(store: Store, number: int = 3) -> QuarterView:
    with store.read() as session:
        found = cycles.quarter(session, 2026, number)
    assert found is not None
    return found


def printed(store: Store, path: Path) -> bytes:
    with store.read() as session:
        content = documents.snapshots(session, "bulletin", quarter(store), [])
    paper.render(content, path, printed_at=AT, bundled_fonts=True)  # type: ignore[arg-type]
    return path.read_bytes()


def test_a_draft_is_written_from_the_data(town: Scored, store: Store, drafted: int) -> None:
    found = view(store, drafted)
    assert (found.state, found.mode, len(found.versions)) == (BulletinState.DRAFT, BulletinMode.GRADES, 1)
    assert "农村党支部1个。" in found.text.wording.overall
    assert "党员到会率：青石村党支部（78.5%，目标85%）" in found.text.wording.problems
    assert "村集体经营性收入：1个党支部超过目标：青石村党支部（9" in found.text.wording.results
    assert found.waiting == () and found.text.wording.signer == "青山镇"
    told = [one for one in town.small.trail() if one.table == "bulletin"]
    assert told and told[-1].account_id == town.small.office.account_id


def test_one_draft_at_a_time_and_none_before_the_quarter(
    town: Scored, store: Store, office: Actor, drafted: int
) -> None:
    with pytest.raises(WrongState, match="已经有一份通报草稿"), store.write(office) as session:
        service.draft(session, office, town.small.quarters[3])
    with pytest.raises(WrongState, match="还没有开始"), store.write(office) as session:
        service.draft(session, office, town.small.quarters[4])


def test_only_the_office_writes_bulletins(town: Scored, store: Store, drafted: int) -> None:
    for who in (town.small.secretary, town.small.viewer):
        with pytest.raises(NotAllowed), store.write(who) as session:
            service.save(session, who, drafted, view(store, drafted).text.wording)


def test_wording_is_kept_in_versions(store: Store, office: Actor, drafted: int) -> None:
    first = view(store, drafted).text.wording
    with store.write(office) as session:
        same = service.save(session, office, drafted, first)
        assert same.value == 1 and not same.changes
        edited = replace(first, demands="1. 补齐会议记录。")
        outcome = service.save(session, office, drafted, edited)
        assert outcome.value == 2 and outcome.changes.topics == {Topic.BULLETINS}
    found = view(store, drafted)
    assert found.text.wording == edited and len(found.versions) == 2
    with store.read() as session:
        assert bulletins.version(session, drafted, found.versions[0].id).wording == first
    with pytest.raises(InputRefused, match="四、下一步要求"), store.write(office) as session:
        service.save(session, office, drafted, replace(first, demands=" "))


def test_a_long_text_is_remarked(store: Store, office: Actor, drafted: int) -> None:
    wording = view(store, drafted).text.wording
    with store.write(office) as session:
        outcome = service.save(session, office, drafted, replace(wording, problems="长" * 4200))
    assert "超过 4000 字" in outcome.notices[0]


def test_another_language_of_the_window_is_no_change_of_the_data(store: Store, drafted: int) -> None:
    with i18n.using("en"), store.read() as session:
        assert not bulletins.is_behind(session, bulletins.view(session, drafted))


def test_an_official_document_is_written_in_chinese_in_every_window(
    town: Scored, store: Store, office: Actor, drafted: int
) -> None:
    town.measure("B08", "85")
    with i18n.using("en"), store.write(office) as session:
        service.regenerate(session, office, drafted, BulletinMode.GRADES)
    found = view(store, drafted)
    assert found.text.wording.title == "关于2026年第三季度基层党组织OKR考评情况的通报"
    assert "Branches" not in found.text.wording.text
    with store.read() as session:
        assert not bulletins.is_behind(session, found)


def test_regenerating_keeps_the_edited_one_and_takes_the_mode(
    town: Scored, store: Store, office: Actor, drafted: int
) -> None:
    wording = view(store, drafted).text.wording
    with store.write(office) as session:
        service.save(session, office, drafted, replace(wording, results="1. 手写的成效。"))
    town.measure("B08", "85")
    with store.read() as session:
        assert bulletins.is_behind(session, bulletins.view(session, drafted))
    with store.write(office) as session:
        assert service.regenerate(session, office, drafted, BulletinMode.UNNAMED).value == 3
    found = view(store, drafted)
    assert found.mode is BulletinMode.UNNAMED and "青石村" not in found.text.wording.text
    with store.read() as session:
        assert bulletins.version(session, drafted, found.versions[1].id).wording.results == "1. 手写的成效。"
        assert not bulletins.is_behind(session, found)


def test_issuing_freezes_for_ever(town: Scored, store: Store, office: Actor, drafted: int, tmp_path: Path) -> None:
    before = issued(store, office, drafted)
    assert (before.state, before.document, before.issued_on) == (BulletinState.ISSUED, "青党建〔2026〕12号", DAY)
    first = printed(store, tmp_path / "a.pdf")
    town.measure("B08", "60")
    town.measure("F07", "1")
    assert printed(store, tmp_path / "b.pdf") == first
    said = pdf.squeezed(tmp_path / "b.pdf")
    assert "青党建〔2026〕12号" in said and "2026年10月8日" in said and "草稿" not in said
    for change in (
        lambda session: service.save(session, office, drafted, before.text.wording),
        lambda session: service.regenerate(session, office, drafted, BulletinMode.RANKED),
        lambda session: service.issue(session, office, drafted, ISSUE),
    ):
        with pytest.raises(WrongState, match="已经签发"), store.write(office) as session:
            change(session)


def test_a_number_is_used_once_and_in_its_form(town: Scored, store: Store, office: Actor, drafted: int) -> None:
    for draft, said in (
        (replace(ISSUE, document="青党建[2026]12号"), "六角括号"),
        (replace(ISSUE, signed_by=""), "签发人"),
        (replace(ISSUE, issued_on=date(2026, 10, 9)), "还没有到"),
    ):
        with pytest.raises(InputRefused, match=said), store.write(office) as session:
            service.issue(session, office, drafted, draft)
    issued(store, office, drafted)
    with store.write(office) as session:
        second = service.draft(session, office, town.small.quarters[2]).value
    with pytest.raises(InputRefused, match="已经用过"), store.write(office) as session:
        service.issue(session, office, second, ISSUE)


def test_a_withdrawn_one_is_corrected_by_another(
    town: Scored, store: Store, office: Actor, drafted: int, tmp_path: Path
) -> None:
    issued(store, office, drafted)
    with pytest.raises(WrongState, match="先撤回原通报"), store.write(office) as session:
        service.draft(session, office, town.small.quarters[3], replaces_id=drafted)
    with pytest.raises(InputRefused, match="撤回的原因"), store.write(office) as session:
        service.withdraw(session, office, drafted, " ")
    with store.write(office) as session:
        service.withdraw(session, office, drafted, "收入数据有误")
        second = service.draft(session, office, town.small.quarters[3], replaces_id=drafted).value
    found = view(store, second)
    assert found.corrects == "青党建〔2026〕12号"
    assert found.text.wording.introduction.startswith("青党建〔2026〕12号通报因收入数据有误已经撤回")
    issued(store, office, second, replace(ISSUE, document="青党建〔2026〕13号"))
    with store.read() as session:
        old = bulletins.paper(session, bulletins.view(session, drafted))
        new = bulletin_papers.paper(session, quarter(store))
    assert old.withdrawn == "收入数据有误" and old.document == "青党建〔2026〕12号"
    assert new.document == "青党建〔2026〕13号" and new.corrects == "青党建〔2026〕12号"
    with store.read() as session:
        paper.render([bulletins.paper(session, bulletins.view(session, drafted))], tmp_path / "o.pdf", printed_at=AT)
    assert "已撤回：收入数据有误" in pdf.squeezed(tmp_path / "o.pdf")
    with pytest.raises(WrongState, match="已经撤回"), store.write(office) as session:
        service.withdraw(session, office, drafted, "再撤一次")
    with pytest.raises(WrongState, match="已经有更正"), store.write(office) as session:
        service.draft(session, office, town.small.quarters[3], replaces_id=drafted)


def test_a_draft_can_be_dropped(town: Scored, store: Store, office: Actor, drafted: int) -> None:
    with store.write(office) as session:
        service.withdraw(session, office, drafted, "改用不点名")
        service.draft(session, office, town.small.quarters[3], BulletinMode.UNNAMED)
    with store.read() as session:
        board = bulletins.board(session, quarter(store))
    assert [one.state for one in board.bulletins] == [BulletinState.DRAFT, BulletinState.WITHDRAWN]


def test_branches_sign_for_it_in_bulk_or_by_themselves(town: Scored, store: Store, office: Actor, drafted: int) -> None:
    small = town.small
    draft = ReceiptDraft((small.village, small.school), DAY, way=ReceiptWay.CHAT)
    with pytest.raises(WrongState, match="还没有签发"), store.write(office) as session:
        service.receive(session, office, drafted, draft)
    found = issued(store, office, drafted)
    assert [org.id for org in found.waiting] == [small.village, small.school]
    assert "【签收提醒】青石村党支部、中心小学党支部" in bulletins.urging(found, quarter(store))
    own = ReceiptDraft((small.village,), DAY, "李旭昇", ReceiptWay.SCREEN)
    with store.write(small.secretary) as session:
        assert service.receive(session, small.secretary, drafted, own).value == 1
    with pytest.raises(NotAllowed), store.write(small.secretary) as session:
        service.receive(session, small.secretary, drafted, replace(own, org_ids=(small.school,)))
    assert [entry.action for entry in small.trail()][-1] == "denied"
    with pytest.raises(NotAllowed), store.write(small.viewer) as session:
        service.receive(session, small.viewer, drafted, replace(own, org_ids=(small.school,)))
    with store.write(office) as session:
        assert service.receive(session, office, drafted, draft).value == 1
        assert service.receive(session, office, drafted, draft).value == 0
    found = view(store, drafted)
    assert found.waiting == () and bulletins.urging(found, quarter(store)) == ""
    assert found.receipts[small.village].received_by == "李旭昇"
    assert found.receipts[small.village].way is ReceiptWay.SCREEN
    with store.read() as session:
        sheet = bulletin_papers.receipt_sheet(session, quarter(store))
    assert [line.received_by for line in sheet.lines] == ["李旭昇", "支部"]


def test_a_branch_is_reminded_until_it_has_signed(town: Scored, store: Store, office: Actor, drafted: int) -> None:
    small = town.small

    def owed(org_id: int) -> list[Reminder]:
        with store.read() as session:
            return [*bulletin_receipts.owed(session, quarter(store), org_id, DAY)]

    assert owed(small.village) == []
    issued(store, office, drafted)
    (one,) = owed(small.village)
    assert one.said == "2026年第三季度通报待签收：青党建〔2026〕12号"
    assert dict(one.arguments) == {"bulletin_id": drafted, "quarter_id": small.quarters[3]}
    assert owed(small.township) == []
    with store.write(small.secretary) as session:
        service.receive(session, small.secretary, drafted, ReceiptDraft((small.village,), DAY, "李旭昇"))
    assert owed(small.village) == [] and len(owed(small.school)) == 1
    with store.write(office) as session:
        service.withdraw(session, office, drafted, "数据有误")
    assert owed(small.school) == []


def test_a_branch_gets_what_was_issued_and_its_own_receipt(
    town: Scored, store: Store, office: Actor, drafted: int
) -> None:
    small = town.small
    with store.read() as session:
        village = [org for org in bulletins.recipients(session, quarter(store)) if org.id == small.village]
        assert bulletin_receipts.received(session, quarter(store), village).bulletins == ()
    issued(store, office, drafted)
    with store.write(office) as session:
        service.receive(session, office, drafted, ReceiptDraft((small.school,), DAY))
    with store.read() as session:
        (one,) = bulletin_receipts.received(session, quarter(store), village).bulletins
    assert (one.receipts, [org.id for org in one.waiting], one.versions) == ({}, [small.village], ())


def test_the_papers_around_it(town: Scored, store: Store) -> None:
    with store.read() as session:
        notice = bulletin_papers.grade_notice(session, quarter(store))
        page = bulletin_papers.committee_paper(session, quarter(store))
        with pytest.raises(Exception, match="还没有签发的通报"):
            bulletin_papers.receipt_sheet(session, quarter(store))
    assert "公示时间：自张贴次日起5个工作日。" in notice.text.paragraphs
    assert notice.undecided == 1 and not any("名次" in one or "第1" in one for one in notice.text.paragraphs)
    assert page.decisions[1] == "通报方式：□仅等次　□不点名　□含排名（同类之内）"

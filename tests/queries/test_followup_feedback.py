"""反馈 by itself: the notice, the sheet that was delivered and the bulletin that lists the finding, with who signed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from okr_desk.followup_terms import FindingSource
from okr_desk.queries import followup_feedback, followups
from okr_desk.review_terms import ReviewStep as Step
from okr_desk.rules.bulletins import BulletinMode, IssueDraft, ReceiptDraft
from okr_desk.services import bulletins
from okr_desk.services import followups as write
from tests.reviewed_township import Reviewed, reviewed
from tests.small_followups import draft


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Reviewed]:
    made = reviewed(tmp_path / "镇.okr")
    yield made
    made.store.close()


def issue(town: Reviewed, **more: object) -> int:
    with town.store.write(town.office) as session:
        return write.issue(session, town.office, [draft(town.scored.small, **more)]).value[0]


def told(town: Reviewed, key: int) -> list[str]:
    with town.store.read() as session:
        return [one.words for one in followup_feedback.told(session, followups.findings(session))[key]]


def publish(town: Reviewed, mode: BulletinMode, number: str) -> int:
    with town.store.write(town.office) as session:
        key = bulletins.draft(session, town.office, town.quarter_id, mode).value
        day = town.store.clock.today()
        bulletins.issue(session, town.office, key, IssueDraft(number, "王玥", day))
    return key


def test_every_document_that_told_the_branch_says_so(town: Reviewed) -> None:
    for step, actor in ((Step.SUBMIT, town.secretary), (Step.OPINE, None), (Step.CHECK, None)):
        town.take(step, actor)
    found, other = issue(town), issue(town, source=FindingSource.DAILY)
    assert told(town, found) == ["通知书 10-09 下发，没有签收"]
    town.on(10, 12)
    town.take(Step.DELIVER, by="李旭昇")
    key = publish(town, BulletinMode.GRADES, "青党建〔2026〕12号")
    assert told(town, found) == [
        "通知书 10-09 下发，没有签收",
        "评审表 10-12 送达，李旭昇签收",
        "青党建〔2026〕12号 10-12 印发，没有签收",
    ]
    assert told(town, other) == ["通知书 10-09 下发，没有签收", "青党建〔2026〕12号 10-12 印发，没有签收"]
    town.on(10, 13)
    with town.store.write(town.secretary) as session:
        receipt = ReceiptDraft((town.village,), town.store.clock.today(), "李旭昇")
        bulletins.receive(session, town.secretary, key, receipt)
    assert told(town, found)[-1] == "青党建〔2026〕12号 10-12 印发，10-13 李旭昇签收"


def test_a_bulletin_that_names_nobody_or_was_withdrawn_told_nobody(town: Reviewed) -> None:
    found = issue(town)
    publish(town, BulletinMode.UNNAMED, "青党建〔2026〕13号")
    assert told(town, found) == ["通知书 10-09 下发，没有签收"]
    key = publish(town, BulletinMode.GRADES, "青党建〔2026〕14号")
    assert len(told(town, found)) == 2
    with town.store.write(town.office) as session:
        bulletins.withdraw(session, town.office, key, "数据有误")
    assert len(told(town, found)) == 1

"""申辩和公示 through the real widgets: objected, answered by another person, published anew; deliveries and terms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from okr_desk.errors import NotAllowed, WrongState
from okr_desk.queries import attachments, review_reminders
from okr_desk.review_terms import ReviewState
from okr_desk.review_terms import ReviewStep as Step
from okr_desk.services import attachments as keeping
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.objection import ObjectionDialog
from okr_desk.ui.dialogs.objection_decision import DecisionDialog
from okr_desk.ui.dialogs.review_bulk import ReviewBulkDialog
from okr_desk.ui.pages.objections import DELIVERIES, OBJECTIONS, ObjectionsPage
from okr_desk.ui.widgets.objection_panel import ObjectionPanel
from tests.reviewed_township import Reviewed, reviewed
from tests.services.test_objections import TO_DELIVERY, decide, object_, views
from tests.services.test_reviews import line, points
from tests.ui.answers import answering, put

Idle = Callable[[Desk], None]
Sit = Callable[..., ObjectionsPage]


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Reviewed]:
    made = reviewed(tmp_path / "小镇.okr")
    made.through(*TO_DELIVERY)
    yield made
    made.store.close()


def panel(page: ObjectionsPage) -> ObjectionPanel:
    return next(one for one in page.side.findChildren(ObjectionPanel) if not one.isHidden())


def words(page: ObjectionsPage) -> list[str]:
    return [button.text().rstrip("…") for button in panel(page).buttons]


def test_objected_answered_and_published_anew(
    town: Reviewed,
    open_review: Sit,
    idle: Idle,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    mine = open_review(town, town.secretary, ObjectionsPage)
    assert mine.places[OBJECTIONS].empty.sentence == "本季没有申辩。"
    assert mine.filed is not None
    dialog = ObjectionDialog(mine.desk, mine.filed.quarter, mine._able(mine.filed), parent=mine)
    idle(mine.desk)
    assert "basis" not in dialog.fields and dialog.text("by") == "李旭昇"
    put(dialog, claimed="4")
    dialog.submit()
    assert "整张评审表" in dialog.refusal
    dialog.line.setCurrentIndex(dialog.line.findData(line(town, "B09")))
    dialog.submit()
    qtbot.waitUntil(lambda: "申辩理由" in dialog.refusal)
    put(dialog, reason="党费已全额收缴")
    dialog.submit()
    qtbot.waitUntil(lambda: dialog.outcome is not None)
    idle(mine.desk)
    key = dialog.outcome.value
    mine.open_objection(key)
    idle(mine.desk)
    assert words(mine)[:1] == ["撤回申辩"]
    slip = tmp_path / "银行回单.txt"
    slip.write_bytes("收款 300 元".encode())
    panel(mine).files.add([slip])
    idle(mine.desk)
    shown = panel(mine).files.attached
    assert shown is not None and [one.kept.name for one in shown.pieces] == ["银行回单.txt"]

    page = open_review(town, town.second, ObjectionsPage)
    assert page.answer.text() == "本季 1 件申辩，1 件待答复；最早的是 申辩2026-3-001，10月22日前答复。"
    page.open_objection(key)
    idle(page.desk)
    assert words(page)[0] == "答复" and panel(page).buttons[0].property("accent")

    def act(answer: DecisionDialog) -> None:
        put(answer, points="2", opinion="经核银行回单，情况属实")
        answer.submit()
        idle(page.desk)
        assert "新得分与原得分相同" in answer.refusal
        put(answer, points="4", rests_on="考核办法第七条")
        answer.submit()
        idle(page.desk)

    answering(act)
    page.act("decide")
    idle(page.desk)
    assert points(town, "B09") == 4 and town.state() is ReviewState.RECHECKED
    issued = town.printed().issued
    assert issued is not None and issued.version == 2
    assert page.answer.text() == "本季 1 件申辩，都已办结。"
    QAbstractItemModelTester(page.table.model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_who_scored_is_told_at_the_field_and_somebody_may_stand_in(
    town: Reviewed,
    open_review: Sit,
    idle: Idle,
    qtbot: QtBot,
) -> None:
    object_(town)
    page = open_review(town, town.office, ObjectionsPage)
    assert page.filed is not None
    dialog = DecisionDialog(page.desk, page.filed.objections[0], page)
    put(dialog, opinion="维持原分")
    box = dialog.fields["outcome"]
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(2)
    dialog.submit()
    qtbot.waitUntil(lambda: bool(dialog.refusal))
    assert "王玥参加过这次评分" in dialog.refusal and dialog.fields["by"].property("wrong")
    put(dialog, by="孙立")
    dialog.submit()
    qtbot.waitUntil(lambda: "不能自己复核" in dialog.refusal)
    assert dialog.fields["substitution"].property("wrong")
    put(dialog, substitution="分管领导 孙立")
    dialog.submit()
    qtbot.waitUntil(lambda: dialog.outcome is not None)
    decision = views(town)[0].decision
    assert decision is not None and decision.substitution == "分管领导 孙立"


def test_on_paper_it_counts_from_its_arrival(town: Reviewed, open_review: Sit, idle: Idle, qtbot: QtBot) -> None:
    town.on(10, 19)
    page = open_review(town, town.office, ObjectionsPage)
    assert page.filed is not None and [one.id for one in page._able(page.filed)] == [town.village]
    dialog = ObjectionDialog(page.desk, page.filed.quarter, page._able(page.filed), parent=page)
    idle(page.desk)
    put(dialog, reason="党费已全额收缴", by="李旭昇")
    dialog.submit()
    qtbot.waitUntil(lambda: "已经超过" in dialog.refusal)
    assert dialog.fields["received_on"].property("wrong")
    put(dialog, received_on="10.15")
    dialog.submit()
    qtbot.waitUntil(lambda: dialog.outcome is not None)
    late = open_review(town, town.secretary, ObjectionsPage)
    assert late.filed is not None and late._able(late.filed) == []


def test_an_answer_may_be_objected_to_once(town: Reviewed, open_review: Sit, idle: Idle) -> None:
    from okr_desk.review_terms import ObjectionOutcome

    key = object_(town)
    decide(town, key, ObjectionOutcome.DISMISSED, None)
    page = open_review(town, town.secretary, ObjectionsPage)
    page.open_objection(key)
    assert words(page) == ["再次申辩", "查看评审表", "打印"]
    object_(town, again_of_id=key)
    again = open_review(town, town.secretary, ObjectionsPage)
    again.open_objection(key)
    assert words(again) == ["查看评审表", "打印"]


def test_deliveries_terms_and_closing_many_at_once(town: Reviewed, open_review: Sit, idle: Idle) -> None:
    page = open_review(town, town.office, ObjectionsPage)
    page.tabs.setCurrentIndex(DELIVERIES)
    idle(page.desk)
    (first,) = page.given.model.rows
    assert first.receipt is not None and first.receipt.received_by == "王玥"
    assert page.answer.text() == "已送达 1 个支部，1 个期限未满。"
    assert all(button.isHidden() for button in page.closing.values())
    going: list[object] = []
    page.desk.going.connect(lambda key, arguments: going.append((key, arguments)))
    page.print_receipts()
    assert going == [("reports", {"document": "receipts"})]
    town.through(Step.AGREE, Step.DECIDE)
    page.refresh()
    idle(page.desk)
    assert not page.closing[Step.PUBLICISE].isHidden()

    def act(dialog: ReviewBulkDialog) -> None:
        assert "公示到 10月15日。" in dialog.note.text()
        dialog.submit()

    answering(act)
    page.close_term(Step.PUBLICISE)
    idle(page.desk)
    assert town.state() is ReviewState.PUBLICISED
    QAbstractItemModelTester(page.given.model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_files_are_added_until_it_is_answered_by_who_may_object(town: Reviewed, tmp_path: Path) -> None:
    """An objection comes after the freeze: the right to object decides, not the quarter."""
    key = object_(town)
    slip = tmp_path / "回单.txt"
    slip.write_bytes("收款".encode())
    for actor in (town.scored.small.stranger, town.scored.small.viewer):
        with pytest.raises(NotAllowed), town.store.write(actor) as session:
            keeping.attach(session, actor, "objections", key, [slip])
    with town.store.write(town.secretary) as session:
        (piece,) = keeping.attach(session, town.secretary, "objections", key, [slip]).value
    decide(town, key)
    with pytest.raises(WrongState), town.store.write(town.secretary) as session:
        keeping.detach(session, town.secretary, piece, "附错了")
    with town.store.read() as session:
        assert [one.kept.name for one in attachments.of_record(session, "objections", key)] == ["回单.txt"]


def test_reminders_of_branch_and_office(town: Reviewed) -> None:
    def owed(org_id: int, month: int, day: int) -> list[str]:
        with town.store.read() as session:
            found = review_reminders.owed(session, town.quarter(), org_id, date(2026, month, day))
        return [one.said for one in found]

    top, school = town.scored.small.township, town.scored.small.school
    assert owed(town.village, 10, 9) == ["2026年第三季度评审表已送达，请确认无异议或提出申辩"]
    assert owed(school, 10, 9) == ["2026年第三季度的自评还没有报送"] and owed(school, 9, 30) == []
    assert owed(top, 10, 15) == [] and owed(top, 10, 16) == ["1 个支部申辩期满，待审定"]
    object_(town)
    assert owed(top, 10, 16) == ["1 件申辩待答复，最早的 10月22日前"]
    assert owed(town.village, 10, 9) == []

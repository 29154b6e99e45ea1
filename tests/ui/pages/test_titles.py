"""激励与评议 through the real widgets: the board, legal steps, counts typed and undone, refusals, who sees what."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from okr_desk.appraisal_terms import AppraisalItem, AppraisalKind, Level, Voter
from okr_desk.clock import FixedClock
from okr_desk.model.tables import Quarter
from okr_desk.queries import cycles, duty_registers, orgs
from okr_desk.queries.title_board import Group
from okr_desk.rules.appraisals import PersonDraft, VoterDraft
from okr_desk.rules.honours import HonourDraft
from okr_desk.rules.permissions import Actor
from okr_desk.rules.titles import move_of
from okr_desk.services import honours
from okr_desk.services.permits import SETUP
from okr_desk.settings import Settings
from okr_desk.terms import QuarterState
from okr_desk.title_terms import TitleState, TitleStep
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.adjust import Reason
from okr_desk.ui.dialogs.appraisal import AppraisalDialog, GradeDialog, HeldDialog
from okr_desk.ui.dialogs.honour import GiveDialog, KindDialog
from okr_desk.ui.dialogs.title import ApplyDialog, StepDialog
from okr_desk.ui.pages.titles import BOARD, COEFFICIENTS, HONOURS, MEMBERS, SECRETARIES, TitlesPage
from okr_desk.ui.widgets.title_panel import TitlePanel
from tests.small_titles import Titled, titled

Idle = Callable[[Desk], None]
Sit = Callable[..., TitlesPage]


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Iterator[Titled]:
    made = titled(tmp_path / "小镇.okr", clock)
    made.good()
    yield made
    made.small.store.close()


@pytest.fixture
def sit(look: None, qtbot: QtBot, idle: Idle, clock: FixedClock) -> Iterator[Sit]:
    """Opens the page for a person in the third quarter."""
    desks: list[Desk] = []

    def open_page(town: Titled, actor: Actor) -> TitlesPage:
        desk = Desk(Settings(theme="light"), clock)
        desks.append(desk)
        desk.take_store(town.small.store)
        desk.sign_in(actor)
        with town.small.store.read() as session:
            tree, quarters = orgs.tree(session, clock.today()), cycles.quarters(session)
        seen = [one for one in tree if any(grant.org_id in one.line for grant in actor.grants)]
        desk.selection.offer(quarters, seen)
        desk.selection.choose_quarter(town.small.quarters[3])
        page = TitlesPage(desk)
        qtbot.addWidget(page)
        page.resize(1200, 700)
        page.show()
        idle(desk)
        return page

    yield open_page
    for desk in desks:
        desk.close()


def panel(page: TitlesPage) -> TitlePanel:
    return next(one for one in page.side.findChildren(TitlePanel) if not one.isHidden())


def buttons(page: TitlesPage) -> list[str]:
    return [button.text() for button in panel(page).buttons]


def typed(field: Any, text: str) -> None:
    assert isinstance(field, QLineEdit)
    field.setText(text)


def test_nothing_yet_says_what_to_do_first(town: Titled, sit: Sit) -> None:
    page = sit(town, town.small.office)
    assert page.places[BOARD].empty.sentence == "今年还没有支部申报四强党支部。"
    page.tabs.setCurrentIndex(SECRETARIES)
    assert page.secretaries.empty.sentence == "今年还没有述职评议。" and not page.next_button.isVisible()
    page.tabs.setCurrentIndex(HONOURS)
    assert page.honours.empty.sentence == "今年还没有设荣誉。"
    viewer = sit(town, town.small.viewer)
    viewer.tabs.setCurrentIndex(HONOURS)
    assert not viewer.next_button.isVisible()


def test_the_board_and_only_legal_steps(town: Titled, sit: Sit) -> None:
    first = town.apply()
    town.apply(town.small.office, org_id=town.hill, by="贺岚")
    town.through(first, 2)
    page = sit(town, town.small.office)
    assert page.answer.text() == "四强党支部：待核查和自评 1 个，评分中 1 个。"
    card = page.board.cards[Group.APPLIED.value][0]
    assert card.card.warns and "只报了" in card.card.state
    QTest.keyClick(card, Qt.Key.Key_Right)
    assert page.board.current == first
    QTest.keyClick(page.board.cards[Group.MARKING.value][0], Qt.Key.Key_Return)
    assert buttons(page) == ["互评", "评定不予授予", "打印申报评定表", "撤回上一步"]
    assert "申报条件" in [label.text() for label in page.side.findChildren(QLabel)]
    page.tabs.setCurrentIndex(SECRETARIES)
    assert page.side.isHidden()
    for table in (page.coefficients, page.candidates, page.honours.kinds, page.secretaries.people):
        QAbstractItemModelTester(table.model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_the_secretary_marks_his_own_branch_and_sees_no_other(town: Titled, sit: Sit) -> None:
    made = town.apply()
    town.apply(town.small.office, org_id=town.hill, by="贺岚")
    town.through(made, 1)
    page = sit(town, town.small.secretary)
    assert page.shown is not None and [one.id for one in page.shown.titles] == [made]
    page.open_title(made)
    assert buttons(page) == ["自评", "打印申报评定表"]
    assert not page.next_button.isVisible()
    page.tabs.setCurrentIndex(COEFFICIENTS)
    assert [line.org.id for line in page.coefficients.model.rows] == [town.small.village]
    assert "不作为发放依据" in page.disclaimer.text()


def test_peers_are_typed_a_row_a_branch(town: Titled, sit: Sit, idle: Idle, qtbot: QtBot) -> None:
    made = town.apply()
    town.through(made, 2)
    page = sit(town, town.small.office)
    assert page.shown is not None
    one, org = page.shown.titles[0], page.shown.org(town.small.village)
    assert org is not None
    peers = [other for other in page.shown.branches if other.id in (town.hill, town.brook)]
    dialog = StepDialog(page.desk, one, move_of(TitleState.SELF_MARKED, TitleStep.PEERS), org, (), peers, page)
    assert dialog.grid is not None
    dialog.grid.paste("90\t88\t89\t92")
    dialog.grid.setCurrentCell(1, 0)
    dialog.grid.paste("80\t80\t80")
    dialog.submit()
    assert dialog.refusal == "“溪口村党支部”的四项得分没有填全。"
    dialog.grid.put(1, 3, "８０")
    dialog.submit()
    qtbot.waitUntil(lambda: dialog.outcome is not None)
    idle(page.desk)
    assert town.title(made).marked == {town.hill, town.brook}
    assert dialog.outcome.value == TitleState.PEER_MARKED


def test_applying_through_the_dialog(town: Titled, sit: Sit, idle: Idle, qtbot: QtBot) -> None:
    page = sit(town, town.small.secretary)
    assert page.shown is not None
    dialog = ApplyDialog(page.desk, 2026, page.shown.may_apply(), parent=page)
    dialog.submit()
    qtbot.waitUntil(lambda: dialog.refusal == "请填写“申报人”。")
    typed(dialog.fields["by"], "李旭昇")
    dialog.submit()
    qtbot.waitUntil(lambda: dialog.outcome is not None)
    idle(page.desk)
    assert len(page.board.cards[Group.APPLIED.value]) == 1


def test_counts_are_typed_class_by_class_and_undone(town: Titled, sit: Sit, idle: Idle) -> None:
    made = town.appraisal()
    town.count(made)
    page = sit(town, town.small.office)
    page.tabs.setCurrentIndex(SECRETARIES)
    tab = page.secretaries
    assert tab.places.text() == "“好”0 人，最多 1 人（3 人的三分之一）"
    tab.votes.setCurrentCell(5, 0)
    tab.votes.paste("18\t5\t2\t0\t10\t10\t0\t0")
    assert page.next_button.text() == "保存计票（2）" and page.next_button.isEnabled()
    assert tab.votes.text(5, 4) == "25" and tab.votes.text(5, 5) == "93.76"
    assert tab.classes.tabText(0) == "领导 ✓" and tab.classes.tabText(1) == "同级 ✓"
    stack = page.undo_stack()
    assert stack is tab.stack
    stack.undo()
    assert tab.count == 0 and tab.votes.text(5, 0) == "" and not page.next_button.isEnabled()
    stack.redo()
    page.do_next()
    idle(page.desk)
    assert tab.count == 0
    person = town.of(made).people[0]
    assert person.votes_of(Voter.PEERS, AppraisalItem.OVERALL) == (10, 10, 0, 0)


def test_what_does_not_add_up_is_said_at_once_and_refused(town: Titled, sit: Sit, idle: Idle) -> None:
    made = town.appraisal()
    town.count(made)
    page = sit(town, town.small.office)
    page.tabs.setCurrentIndex(SECRETARIES)
    tab, said = page.secretaries, list[str]()
    page.desk.refused.connect(lambda error: said.append(str(error)))
    tab.votes.setCurrentCell(5, 0)
    tab.votes.paste("38")
    assert tab.sums.text() == "领导“总体评价”各档 38 票，多于有效票 37 张"
    page.do_next()
    idle(page.desk)
    assert "多于领导的有效票 37 张" in said[-1] and tab.count == 1
    tab.votes.paste("不好")
    assert said[-1] == "“不好”不是票数，请填整数。" and tab.votes.text(5, 0) == "38"
    tab.ballots.setCurrentCell(0, 1)
    tab.ballots.paste("41\t39\t0")
    assert tab.ballots.text(0, 4) == "39" and tab.sums.text() == "各项票数没有超过有效票。"
    page.do_next()
    idle(page.desk)
    assert tab.count == 0 and town.of(made).voters[0].issued == 41


def test_enter_goes_through_the_classes_to_the_next_person(town: Titled, sit: Sit) -> None:
    town.appraisal()
    page = sit(town, town.small.office)
    page.tabs.setCurrentIndex(SECRETARIES)
    tab = page.secretaries
    first = tab.person
    for _class in range(4):
        tab.votes.setCurrentCell(5, 3)
        tab.votes.go_on()
    assert tab.classes.currentIndex() == 0 and tab.person is not None and first is not None
    assert tab.person.id != first.id and (tab.votes.currentRow(), tab.votes.currentColumn()) == (0, 0)


def test_leaving_asks_for_what_is_not_saved(town: Titled, sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    town.appraisal()
    page = sit(town, town.small.office)
    page.tabs.setCurrentIndex(SECRETARIES)
    assert page.can_leave()
    page.secretaries.votes.setCurrentCell(0, 0)
    page.secretaries.votes.paste("1")
    asked = list[str]()

    def answer(_parent: object, _title: str, said: str) -> QMessageBox.StandardButton:
        asked.append(said)
        return QMessageBox.StandardButton.No if len(asked) == 1 else QMessageBox.StandardButton.Yes

    monkeypatch.setattr(QMessageBox, "question", answer)
    assert not page.can_leave() and page.secretaries.count == 1
    assert page.can_leave() and page.secretaries.count == 0
    assert asked[0] == "有 1 行计票还没有保存。离开就不保存了，要离开吗？"


def test_grades_within_a_third(town: Titled, sit: Sit, idle: Idle, qtbot: QtBot) -> None:
    made = town.appraisal()
    town.count(made, *((n, Voter.LEADERS, (37, 0, 0, 0)) for n in range(3)))
    page = sit(town, town.small.office)
    page.tabs.setCurrentIndex(SECRETARIES)
    of = page.secretaries.view
    assert of is not None
    dialog = GradeDialog(page.desk, of, of.people[0], page)
    assert "按票数建议“好”。" in dialog.note.text() and dialog.box("grade").currentData() == Level.GOOD
    dialog.submit()
    qtbot.waitUntil(lambda: dialog.outcome is not None)
    idle(page.desk)
    said = list[str]()
    page.desk.refused.connect(lambda error: said.append(str(error)))
    page.act("rest")
    idle(page.desk)
    assert said[0].startswith("“好”最多 1 人") and town.of(made).best == 1


def test_the_secretary_counts_and_closes_the_own_round(
    town: Titled, sit: Sit, idle: Idle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Typed once: closing writes the record of organisational life; only the office opens the round again."""
    people = (*(PersonDraft(f"党员{n}") for n in range(6)), PersonDraft("新党员", is_probationary=True))
    made = town.appraisal(AppraisalKind.MEMBERS, people=people, actor=town.small.secretary)
    page = sit(town, town.small.secretary)
    page.arrive(tab="members", org_id=town.small.village)
    tab = page.members
    assert page.tabs.currentIndex() == MEMBERS and page.next_button.text() == "保存计票"
    assert tab.classes.isHidden() and tab.bar.buttons["record"].isHidden() and tab.bar.buttons["reopen"].isHidden()
    assert not tab.bar.buttons["withdraw"].isHidden() and not tab.votes.is_locked
    tab.ballots.setCurrentCell(0, 1)
    tab.ballots.paste("7\t7\t0")
    page.do_next()
    idle(page.desk)
    page.act("rest")
    idle(page.desk)
    monkeypatch.setattr(QMessageBox, "question", lambda *_args: QMessageBox.StandardButton.Yes)
    page.act("close")
    idle(page.desk)
    record = tab.bar.buttons["record"]
    assert record.accessibleName() == "已记入组织生活" and not record.isEnabled()
    assert tab.bar.buttons["reopen"].isHidden() and tab.bar.buttons["withdraw"].isHidden()
    with town.small.store.read() as session:
        found = duty_registers.reviews(session, 2026, [town.small.village])[town.small.village]
    assert (found.due, found.probationary, found.qualified) == (7, 1, 6)
    assert not town.of(made).is_open
    page.tabs.setCurrentIndex(SECRETARIES)
    assert not page.next_button.isVisible()


def test_the_office_opens_a_closed_round_again(
    town: Titled, sit: Sit, idle: Idle, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = town.appraisal(AppraisalKind.MEMBERS, "甲", "乙", "丙")
    town.count(made, voters=(VoterDraft(Voter.MEMBERS, Decimal(100), 3, 3),))
    page = sit(town, town.small.office)
    page.tabs.setCurrentIndex(MEMBERS)
    page.act("rest")
    idle(page.desk)
    monkeypatch.setattr(QMessageBox, "question", lambda *_args: QMessageBox.StandardButton.Yes)
    with town.small.store.write(SETUP) as session:
        session.get_one(Quarter, town.small.quarters[3]).state = QuarterState.FROZEN.value
    asked = list[str]()

    def reason(_parent: object, _title: str, note: str, _label: str, _accept: str) -> str:
        asked.append(note)
        return "会后更正"

    monkeypatch.setattr(Reason, "ask", reason)
    page.act("close")
    idle(page.desk)
    assert "季度已冻结" in asked[0] and not town.of(made).is_open
    assert not page.members.bar.buttons["reopen"].isHidden() and page.members.votes.is_locked
    page.act("reopen")
    idle(page.desk)
    bar = page.members.bar
    assert town.of(made).reopened == ("会后更正",) and not page.members.votes.is_locked
    assert "第 2 版" in bar.facts.text() and bar.facts.toolTip() == "办结后重新开放：会后更正。"


def test_a_meeting_is_put_off(town: Titled, sit: Sit, idle: Idle, qtbot: QtBot) -> None:
    made = town.appraisal()
    page = sit(town, town.small.office)
    page.tabs.setCurrentIndex(SECRETARIES)
    of = page.secretaries.view
    assert of is not None and not page.secretaries.bar.buttons["day"].isHidden()
    dialog = HeldDialog(page.desk, of, page)
    typed(dialog.day, "10月20日")
    dialog.submit()
    qtbot.waitUntil(lambda: dialog.outcome is not None)
    idle(page.desk)
    assert town.of(made).held_on == date(2026, 10, 20)


def test_a_round_is_set_up_from_lines(town: Titled, sit: Sit, idle: Idle, qtbot: QtBot) -> None:
    page = sit(town, town.small.office)
    assert page.shown is not None and page.shown.township is not None
    weights = dict.fromkeys(Voter, 25)
    dialog = AppraisalDialog(
        page.desk, AppraisalKind.SECRETARIES, 2026, (page.shown.township,), {}, weights, page.shown.branches,
        parent=page,
    )  # fmt: skip
    dialog.submit()
    qtbot.waitUntil(lambda: "至少写一名被测评人" in dialog.refusal)
    dialog.fields["people"].setPlainText("李旭昇 青石村党支部\n单晓 副书记\n")  # type: ignore[attr-defined]
    dialog.submit()
    qtbot.waitUntil(lambda: dialog.outcome is not None)
    idle(page.desk)
    people = town.of(dialog.outcome.value).people
    assert [(one.name, one.org_id, one.post) for one in people] == [
        ("李旭昇", town.small.village, "支部书记"),
        ("单晓", None, "副书记"),
    ]
    members = AppraisalDialog(
        page.desk, AppraisalKind.MEMBERS, 2026, page.shown.orgs, {town.small.village: "甲\n乙 预备"},
        {Voter.MEMBERS: 100}, page.shown.branches, parent=page,
    )  # fmt: skip
    assert [one.is_probationary for one in members.draft().people] == [False, True]


def test_honours_and_their_places(town: Titled, sit: Sit, idle: Idle, qtbot: QtBot) -> None:
    page = sit(town, town.small.office)
    dialog = KindDialog(page.desk, 2026, ("好", "较好"), parent=page)
    typed(dialog.fields["name"], "先进基层党组织")
    typed(dialog.fields["quota"], "25%")
    dialog.submit()
    qtbot.waitUntil(lambda: dialog.outcome is not None)
    idle(page.desk)
    kind_id = dialog.outcome.value
    with town.small.store.write(town.small.office) as session:
        draft = HonourDraft(kind_id, town.small.village, date(2026, 7, 1), "青党〔2026〕12号")
        honours.give(session, town.small.office, draft)
    page.refresh()
    idle(page.desk)
    page.tabs.setCurrentIndex(HONOURS)
    assert page.next_button.text() == "授予荣誉"
    assert page.honours.kinds.model.rows[0].left == 0 and len(page.honours.given.model.rows) == 1
    give = GiveDialog(page.desk, page.shown.kinds, page.shown.branches, kind_id, page)  # type: ignore[union-attr]
    give.org.setCurrentIndex(1)
    typed(give.fields["document"], "青党〔2026〕13号")
    give.submit()
    qtbot.waitUntil(lambda: "不能再授" in give.refusal)
    assert "已授予 1 个：青石村党支部" in give.refusal
    own = sit(town, town.small.secretary)
    assert [one.org_id for one in own.honours.given.model.rows] == [town.small.village]


def test_a_branch_sees_its_own_line_of_the_secretaries_alone(town: Titled, sit: Sit) -> None:
    small = town.small
    people = (PersonDraft("李旭昇", small.village), PersonDraft("单晓", small.school))
    town.appraisal(people=people)
    page = sit(town, small.secretary)
    page.tabs.setCurrentIndex(SECRETARIES)
    tab = page.secretaries
    assert [row.person.name for row in tab.people.model.rows] == ["李旭昇"]
    assert tab.places.isHidden() and tab.votes.is_locked
    assert all(button.isHidden() for button in tab.bar.buttons.values())
    tab.votes.setCurrentCell(0, 0)
    tab.votes.paste("5")
    assert tab.count == 0

"""整改 through the real widgets: the ledger and its side, steps typed and refused, who sees what, cards and plans."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from okr_desk.clock import FixedClock
from okr_desk.errors import InputRefused
from okr_desk.followup_terms import FindingKind, FindingState, Recognised
from okr_desk.queries import cycles, orgs
from okr_desk.queries.followup_proposals import Proposal
from okr_desk.rules.followups import move_of
from okr_desk.rules.permissions import Actor
from okr_desk.settings import Settings
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.branch_plan import BranchPlanDialog, PlanTestDialog
from okr_desk.ui.dialogs.card import CardLiftDialog, CardTalkDialog
from okr_desk.ui.dialogs.editions import EditionsDialog
from okr_desk.ui.dialogs.finding import ChainDialog, FindingDialog
from okr_desk.ui.dialogs.finding_correction import FindingCorrectionDialog
from okr_desk.ui.dialogs.finding_proposals import FindingProposalsDialog
from okr_desk.ui.dialogs.finding_step import FindingStepDialog
from okr_desk.ui.pages.followups import BOARD, CARDS, IDLE, LEDGER, PLANS, FollowupsPage
from okr_desk.ui.widgets.followup_panel import FollowupPanel
from tests.small_followups import DONE, Rectified, T, draft, rectified

Idle = Callable[[Desk], None]
Sit = Callable[[Rectified, Actor], FollowupsPage]


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Iterator[Rectified]:
    made = rectified(tmp_path / "小镇.okr", clock)
    yield made
    made.small.store.close()


@pytest.fixture
def sit(look: None, qtbot: QtBot, idle: Idle) -> Iterator[Sit]:
    """Opens the page for a person in the third quarter."""
    desks: list[Desk] = []

    def open_page(town: Rectified, actor: Actor) -> FollowupsPage:
        desk = Desk(Settings(theme="light"), town.small.store.clock)
        desks.append(desk)
        desk.take_store(town.small.store)
        desk.sign_in(actor)
        day = town.small.store.clock.today()
        with town.small.store.read() as session:
            tree, quarters = orgs.tree(session, day), cycles.quarters(session)
        seen = [one for one in tree if any(grant.org_id in one.line for grant in actor.grants)]
        desk.selection.offer(quarters, seen)
        desk.selection.choose_quarter(town.small.quarters[3])
        page = FollowupsPage(desk)
        qtbot.addWidget(page)
        page.resize(1200, 700)
        page.show()
        idle(desk)
        return page

    yield open_page
    for desk in desks:
        desk.close()


def panel(page: FollowupsPage) -> FollowupPanel:
    return next(one for one in page.side.findChildren(FollowupPanel) if not one.isHidden())


def buttons(page: FollowupsPage) -> list[str]:
    return [button.text() for button in panel(page).buttons]


def test_an_empty_quarter_says_what_is_issued_here(town: Rectified, sit: Sit, idle: Idle) -> None:
    page = sit(town, town.small.office)
    assert page.ledger.empty.sentence == "没有要整改的问题。" and page.plans.empty.sentence == "还没有一支部一策。"
    page.tabs.setCurrentIndex(CARDS)
    idle(page.desk)
    assert page.cards._quiet.text() == "本季没有达到发牌条件的支部。"
    viewer = sit(town, town.small.viewer)
    assert viewer.next_button.isHidden() and viewer.hand_button.isHidden()


def test_the_top_says_who_is_late_and_what_lacks(town: Rectified, sit: Sit) -> None:
    town.issue()
    late = town.issue(org_id=town.small.school)
    town.move(late, T.SIGN, actor=town.small.office)
    town.day(date(2026, 11, 20))
    town.issue(kind=FindingKind.LONG)
    page = sit(town, town.small.office)
    assert page.answer.text().startswith("还有 3 件没有改完（未启动 3），逾期 2 件，红灯 2 件。最久的：")
    assert "中心小学党支部 整改2026-3-002 逾期 37 天，还没有整改措施" in page.answer.text()
    assert [row.light.value for row in page.ledger.table.model.rows] == ["red", "red", "calm"]
    for table in (page.ledger.table, page.board.table, page.idle.table):
        QAbstractItemModelTester(table.model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_only_the_legal_next_steps_are_offered(town: Rectified, sit: Sit, idle: Idle) -> None:
    key = town.issue()
    page = sit(town, town.small.secretary)
    page.open_finding(key)
    assert buttons(page) == ["签收", "打印整改通知书", "查看通知书各版"]
    town.through(key, T.SIGN, T.PLAN, T.ASK_EXTENSION)
    office = sit(town, town.small.office)
    office.open_finding(key)
    assert buttons(office)[:2] == ["准予延期", "不予延期"]
    assert buttons(office)[-6:] == [
        "打印整改通知书", "查看通知书各版", "反馈和激励", "更正通知书", "撤回上一步", "撤回整件",
    ]  # fmt: skip
    town.through(key, T.EXTEND, T.ASK_CHECK)
    page.refresh()
    idle(page.desk)
    page.open_finding(key)
    assert buttons(page) == ["打印整改通知书", "查看通知书各版", "撤回上一步"]
    assert "下一步由镇党建办或支部书记办理。" in [one.text() for one in page.side.findChildren(QLabel)]
    office.refresh()
    idle(office.desk)
    office.open_finding(key)
    assert buttons(office)[:2] == ["验收销号", "验收不通过"]
    office.tabs.setCurrentIndex(BOARD)
    assert office.side.isHidden() and len(office.board.table.model.rows) == 1


def test_the_register_is_printed_of_the_branches_in_it(town: Rectified, sit: Sit) -> None:
    town.issue()
    page, went = sit(town, town.small.office), []
    page.desk.go = lambda key, **more: went.append((key, more))  # type: ignore[method-assign]
    page.print_register()
    assert went == [("reports", {"document": "finding-register", "org_ids": (town.small.village,)})]


def test_a_secretary_sees_his_own(town: Rectified, sit: Sit, idle: Idle) -> None:
    town.issue()
    town.issue(org_id=town.small.school)
    page = sit(town, town.small.secretary)
    assert [row.org_id for row in page.ledger.table.model.rows] == [town.small.village]
    page.tabs.setCurrentIndex(CARDS)
    idle(page.desk)
    assert page.cards.above.isHidden() and page.cards.tail.isHidden()
    assert [row.view.org.id for row in page.idle.table.model.rows] == [town.small.village]


def test_a_step_is_typed_and_a_refusal_stands_at_its_field(town: Rectified, sit: Sit, idle: Idle, qtbot: QtBot) -> None:
    key = town.issue()
    town.through(key, *DONE[:-1])
    page = sit(town, town.small.office)
    page.open_finding(key)
    one = next(row for row in page.ledger.table.model.rows if row.id == key)
    dialog = FindingStepDialog(page.desk, one, move_of(FindingState.TO_CHECK, T.WRITE_OFF), False, page)
    qtbot.addWidget(dialog)
    assert "substitute" not in dialog.fields
    line = dialog.fields["by"]
    assert isinstance(line, QLineEdit) and line.text() == "王玥"
    line.setText("李旭昇")
    dialog.fields["note"].setPlainText("已整改")  # type: ignore[attr-defined]
    dialog.box("recognised").setCurrentIndex(1)
    dialog.submit()
    idle(page.desk)
    assert dialog.refusal == "验收人不能是整改责任人本人，请由其他同志验收。"
    line.setText("王玥")
    dialog.submit()
    idle(page.desk)
    assert dialog.outcome.value == "written_off" and town.view(key).recognised is Recognised.YES


def test_the_fields_follow_the_step(town: Rectified, sit: Sit, qtbot: QtBot) -> None:
    key = town.issue()
    page = sit(town, town.small.office)
    one = town.view(key)
    fields = {
        step: list(FindingStepDialog(page.desk, one, move_of(state, step), True, page).fields)
        for state, step in (
            (FindingState.NOT_STARTED, T.SIGN),
            (FindingState.NOT_STARTED, T.PLAN),
            (FindingState.WORKING, T.EXTEND),
            (FindingState.TO_CHECK, T.WRITE_OFF),
            (FindingState.WRITTEN_OFF, T.REOPEN),
        )
    }
    assert fields == {
        T.SIGN: ["on", "by", "way"],
        T.PLAN: ["on", "owner", "leader", "note"],
        T.EXTEND: ["by", "due_on", "note"],
        T.WRITE_OFF: ["on", "by", "recognised", "note", "substitute"],
        T.REOPEN: ["by", "due_on", "note"],
    }


def test_one_is_issued_by_hand_and_its_chains_are_described(town: Rectified, sit: Sit, idle: Idle) -> None:
    page = sit(town, town.small.office)
    assert page.shown is not None
    dialog = FindingDialog(page.desk, page.shown, page._branches(), town.small.school, page)
    dialog.submit()
    idle(page.desk)
    assert dialog.refusal == "请填写“问题”。"
    dialog.fields["problem"].setText("会议记录不全")  # type: ignore[attr-defined]
    dialog.fields["demand"].setPlainText("补齐")  # type: ignore[attr-defined]
    dialog.submit()
    idle(page.desk)
    found = town.view(dialog.outcome.value[0])
    assert (found.org_id, found.problem, found.contact) == (town.small.school, "会议记录不全", "王玥")
    words = ChainDialog(page.desk, found, page)
    words.fields["incentive"].setPlainText("不得评先")  # type: ignore[attr-defined]
    words.submit()
    idle(page.desk)
    assert town.view(found.id).incentive == "不得评先"


def test_many_are_ticked_and_issued_together(town: Rectified, sit: Sit, idle: Idle) -> None:
    page = sit(town, town.small.office)
    assert page.shown is not None
    village, school = (
        next(o for o in page.shown.orgs if o.id == key) for key in (town.small.village, town.small.school)
    )
    proposals = [
        Proposal(village, draft(town.small, problem="到会率没有达到要求")),
        Proposal(school, draft(town.small, org_id=school.id, problem="党费没有报送")),
    ]
    dialog = FindingProposalsDialog(page.desk, page.shown, proposals, page)
    assert dialog.shown() == [0, 1]
    with pytest.raises(InputRefused):
        dialog.draft()
    dialog.search.setText("dangfei")
    assert dialog.shown() == [] or dialog.shown() == [1]
    dialog.search.setText("")
    dialog.tick(0)
    dialog.tick(1)
    dialog.submit()
    idle(page.desk)
    assert len(dialog.outcome.value) == 2 and page.ledger.table.model.rowCount() == 2


def test_cards_are_issued_after_one_question(
    town: Rectified, sit: Sit, idle: Idle, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = town.issue()
    town.through(key, T.SIGN, T.PLAN)
    town.day(date(2026, 11, 20))
    page = sit(town, town.small.office)
    page.tabs.setCurrentIndex(CARDS)
    idle(page.desk)
    assert "整改2026-3-001 逾期 37 天" in page.cards.proposed.table.model.rows[0].causes
    monkeypatch.setattr(QMessageBox, "question", lambda *_more: QMessageBox.StandardButton.Yes)
    page.cards.proposed.table.view.selectRow(0)
    page.cards.issue_button.click()
    idle(page.desk)
    assert page.carded is not None and page.carded.proposals == ()
    (card,) = page.carded.cards
    assert card.number == "黄牌2026-3-001"
    page.open_card(card)
    assert "登记谈话" in [one.text() for one in page.side.findChildren(QLabel)] or not page.side.isHidden()
    talk = CardTalkDialog(page.desk, card, page)
    talk.fields["by"].setText("董玥")  # type: ignore[attr-defined]
    talk.submit()
    idle(page.desk)
    assert page.carded.cards[0].talked_by == "董玥"
    lift = CardLiftDialog(page.desk, card, page)
    lift.fields["reason"].setPlainText("已改")  # type: ignore[attr-defined]
    lift.submit()
    idle(page.desk)
    assert "整改2026-3-001 还没有销号" in lift.refusal


def test_a_plan_is_drawn_up_and_tested(town: Rectified, sit: Sit, idle: Idle) -> None:
    page = sit(town, town.small.office)
    assert page.shown is not None
    dialog = BranchPlanDialog(page.desk, page.shown, page._branches(), town.small.village, parent=page)
    for name, text in (("ailment", "班子不健全"), ("remedy", "选配书记"), ("within_30", "配齐")):
        dialog.fields[name].setPlainText(text)  # type: ignore[attr-defined]
    dialog.fields["town_leader"].setText("董玥")  # type: ignore[attr-defined]
    dialog.submit()
    idle(page.desk)
    page.tabs.setCurrentIndex(PLANS)
    (plan,) = page.shown.plans
    page.open_plan(plan)
    assert page.next_button.text() == "制定计划" and not page.side.isHidden()
    test = PlanTestDialog(page.desk, page.shown, plan, page)
    test.fields["points"].setText("72")  # type: ignore[attr-defined]
    test.submit()
    assert test.refusal == "请填写参加测评的票数，至少 1 票。"
    test.votes.setValue(40)
    test.against.setValue(3)
    test.submit()
    idle(page.desk)
    assert test.outcome.value is True and page.shown.plans[0].passed is not None
    page.tabs.setCurrentIndex(IDLE)
    page.tabs.setCurrentIndex(LEDGER)


def test_a_notice_is_put_right_and_both_versions_can_be_opened(
    town: Rectified, sit: Sit, idle: Idle, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = town.issue()
    town.move(key, T.SIGN)
    page = sit(town, town.small.office)
    page.open_finding(key)

    def mend(dialog: FindingCorrectionDialog) -> None:
        dialog.submit()
        idle(page.desk)
        assert dialog.outcome is None
        clause, reason = dialog.fields["clause"], dialog.fields["reason"]
        assert isinstance(clause, QLineEdit) and isinstance(reason, QLineEdit)
        clause.setText("《农村党支部考核方案》B03")
        reason.setText("依据条款写错")
        dialog.submit()
        idle(page.desk)

    said: list[str] = []
    page.desk.noticed.connect(said.append)
    monkeypatch.setattr(FindingCorrectionDialog, "exec", mend)
    page.act("correct")
    idle(page.desk)
    assert said[-1] == "整改2026-3-001已更正为第 2 版，请打印或请支部重新签收。"
    assert page.shown is not None and page.shown.findings[0].receipt is None
    shown: list[EditionsDialog] = []
    monkeypatch.setattr(EditionsDialog, "exec", lambda dialog: shown.append(dialog))
    page.act("editions")
    idle(page.desk)
    (dialog,) = shown
    assert [dialog.list.item(row).text().split("\n")[0] for row in range(2)] == ["第 2 版", "第 1 版"]
    assert dialog.reason.text() == "依据条款写错" and dialog.view.path is not None
    dialog.list.setCurrentRow(1)
    idle(page.desk)
    assert dialog.reason.isHidden() and dialog.print_button.isEnabled()


def test_the_rail_counts_what_the_branch_owes_and_what_is_late_for_the_office(
    town: Rectified, sit: Sit, idle: Idle
) -> None:
    town.issue()
    town.through(town.issue(), T.SIGN, T.PLAN, T.ASK_CHECK)
    for actor, expected in ((town.small.secretary, 1), (town.small.office, 0)):
        page = sit(town, actor)
        counts: list[int] = []
        page.badge_changed.connect(counts.append)
        page.refresh()
        idle(page.desk)
        assert counts == [expected]

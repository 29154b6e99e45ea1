"""通报 through the real widgets: drafted, edited, refused, issued, signed for, withdrawn and corrected."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from okr_desk.clock import FixedClock
from okr_desk.queries import cycles, orgs
from okr_desk.rules.bulletins import BulletinMode, BulletinState
from okr_desk.rules.permissions import Actor
from okr_desk.settings import Settings
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.adjust import Reason
from okr_desk.ui.dialogs.editions import EditionsDialog
from okr_desk.ui.pages.bulletins import BulletinsPage
from okr_desk.ui.widgets.bulletin_editor import PartText
from tests.scored_township import Scored, scored

Idle = Callable[[Desk], None]


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Iterator[Scored]:
    made = scored(tmp_path / "小镇.okr", clock)
    made.measure("B08", "78.5")
    made.measure("F07", "9")
    yield made
    made.small.store.close()


@pytest.fixture
def sit(
    look: None, qtbot: QtBot, idle: Idle, clock: FixedClock, town: Scored
) -> Iterator[Callable[[Actor], BulletinsPage]]:
    """Opens the page for a person in the third quarter."""
    desks: list[Desk] = []

    def open_page(actor: Actor) -> BulletinsPage:
        desk = Desk(Settings(theme="light"), clock)
        desks.append(desk)
        desk.take_store(town.small.store)
        desk.sign_in(actor)
        with town.small.store.read() as session:
            tree, quarters = orgs.tree(session, clock.today()), cycles.quarters(session)
        desk.selection.offer(quarters, tree)
        desk.selection.choose_quarter(town.small.quarters[3])
        page = BulletinsPage(desk)
        qtbot.addWidget(page)
        page.resize(1150, 620)
        page.show()
        idle(desk)
        return page

    yield open_page
    for desk in desks:
        desk.close()


@pytest.fixture
def page(sit: Callable[[Actor], BulletinsPage], town: Scored) -> BulletinsPage:
    return sit(town.small.office)


@pytest.fixture
def agrees(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Questions are answered with yes and noted."""
    asked: list[str] = []

    def question(_parent: object, _title: str, words: str, *_more: object) -> QMessageBox.StandardButton:
        asked.append(words)
        return QMessageBox.StandardButton.Ok

    monkeypatch.setattr(QMessageBox, "question", question)
    return asked


def drafted(page: BulletinsPage, idle: Idle) -> None:
    page.draft()
    idle(page.desk)


def typed(page: BulletinsPage, part: str, text: str) -> None:
    field = page.editor.fields[part]
    if isinstance(field, PartText):
        field.selectAll()
        field.insertPlainText(text)
    else:
        field.setText(text)


def issued(page: BulletinsPage, idle: Idle) -> None:
    page.side_place.number.setText("青党建〔2026〕12号")
    page.side_place.signer.setText("王玥")
    page.issue()
    idle(page.desk)


def test_an_empty_quarter_offers_the_draft_and_nothing_else(page: BulletinsPage, idle: Idle) -> None:
    assert page.empty.sentence == "2026年第三季度还没有通报。"
    assert page.next_button.isHidden() and page.print_button.isHidden()
    drafted(page, idle)
    assert page.list.count() == 1 and page.next_button.text() == "签发"
    assert page.editor.fields["title"].text() == "关于2026年第三季度基层党组织OKR考评情况的通报"  # type: ignore[union-attr]
    assert page.length.text().startswith("全文 ")


def test_a_branch_may_not_write_bulletins(sit: Callable[[Actor], BulletinsPage], town: Scored) -> None:
    assert sit(town.small.secretary).empty.sentence == "通报由镇党建办起草，您没有查看本页的权限。"


def test_what_is_typed_is_counted_saved_and_undone(page: BulletinsPage, idle: Idle) -> None:
    drafted(page, idle)
    before = page.editor.wording()
    typed(page, "demands", "1. 补齐记录。")
    assert page.editor.counters["demands"].text() == "7 字"
    assert (page.next_button.text(), page.revert_button.isHidden()) == ("保存", False)
    field = page.editor.fields["demands"]
    assert isinstance(field, PartText)
    field.undo()
    assert page.editor.wording() == before and page.next_button.text() == "签发"
    typed(page, "demands", "1. 补齐记录。")
    page.editor.revert()
    assert page.editor.wording() == before
    typed(page, "demands", "1. 补齐记录。")
    page.do_next()
    idle(page.desk)
    assert page.shown is not None and len(page.shown.versions) == 2
    assert page.next_button.text() == "签发" and not page.editor.is_dirty
    field.undo()
    assert not page.editor.is_dirty


def test_an_empty_part_is_refused_where_it_stands(page: BulletinsPage, idle: Idle) -> None:
    drafted(page, idle)
    told: list[str] = []
    page.desk.refused.connect(told.append)
    typed(page, "problems", "")
    page.save()
    idle(page.desk)
    assert told == ["请填写“三、存在问题”。"] and page.editor.fields["problems"].property("wrong")
    typed(page, "title", "关" * 51)
    assert page.editor.fields["title"].property("wrong") and page.editor.counters["title"].text() == "51 / 50"


def test_another_mode_writes_it_anew(page: BulletinsPage, idle: Idle, agrees: list[str], qtbot: QtBot) -> None:
    drafted(page, idle)
    typed(page, "demands", "1. 手写的要求。")
    page.side_place.number.setText("青党建〔2026〕12号")
    page.change_mode(BulletinMode.UNNAMED)
    idle(page.desk)
    assert "没有保存的改动会丢失" in agrees[0]
    assert page.shown is not None and page.shown.mode is BulletinMode.UNNAMED
    assert "手写" not in page.editor.wording().demands and "青石村" not in page.editor.wording().text
    assert page.side_place.number.text() == "青党建〔2026〕12号"


def test_a_number_is_refused_at_its_field(page: BulletinsPage, idle: Idle, agrees: list[str]) -> None:
    drafted(page, idle)
    page.issue()
    assert page.side_place.refusal.text().startswith("请填写发文字号") and not agrees
    page.side_place.number.setText("青党建[2026]12号")
    page.side_place.signer.setText("王玥")
    page.issue()
    idle(page.desk)
    assert "是不是“青党建〔2026〕12号”" in page.side_place.refusal.text()
    assert page.side_place.number.property("wrong")


def test_issued_it_is_read_only_and_signed_for(
    page: BulletinsPage, idle: Idle, agrees: list[str], town: Scored
) -> None:
    drafted(page, idle)
    issued(page, idle)
    assert "签发后正文、附件和数字都不再变动" in agrees[0]
    assert page.shown is not None and page.shown.state is BulletinState.ISSUED
    assert all(field.isReadOnly() for field in page.editor.fields.values())
    assert page.next_button.text() == "打印" and page.again_button.isHidden()
    assert "还有 2 个支部没签收" in page.answer.text()
    receipts = page.side_place.receipts
    page.copy_urging()
    assert "【签收提醒】青石村党支部、中心小学党支部" in QGuiApplication.clipboard().text()
    receipts.list.item(0).setCheckState(Qt.CheckState.Checked)
    assert receipts.ticked == (town.small.village,)
    receipts.enter_button.click()
    idle(page.desk)
    assert "还有 1 个支部没签收" in page.answer.text()
    receipts.tick_all()
    receipts.enter_button.click()
    idle(page.desk)
    assert receipts.said.text() == "2 个支部全部签收。" and not receipts.urge_button.isEnabled()


def test_withdrawn_it_says_why_and_offers_the_correction(
    page: BulletinsPage, idle: Idle, agrees: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    drafted(page, idle)
    issued(page, idle)
    monkeypatch.setattr(Reason, "ask", lambda *_words: "收入数据有误")
    page.withdraw()
    idle(page.desk)
    assert page.new_button.text() == "起草更正的通报" and not page.new_button.isHidden()
    page.draft()
    idle(page.desk)
    assert page.shown is not None and page.shown.corrects == "青党建〔2026〕12号"
    assert page.editor.wording().introduction.startswith("青党建〔2026〕12号通报因收入数据有误")
    assert page.list.count() == 2


def test_earlier_wordings_and_what_was_corrected_can_be_opened(
    page: BulletinsPage, idle: Idle, agrees: list[str], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    shown: list[EditionsDialog] = []
    monkeypatch.setattr(EditionsDialog, "exec", lambda dialog: shown.append(dialog))
    drafted(page, idle)
    assert page.editions_button.isHidden()
    typed(page, "demands", "1. 补齐记录。")
    page.save()
    idle(page.desk)
    assert not page.editions_button.isHidden()
    issued(page, idle)
    monkeypatch.setattr(Reason, "ask", lambda *_words: "收入数据有误")
    page.withdraw()
    idle(page.desk)
    page.draft()
    idle(page.desk)
    page.show_editions()
    idle(page.desk)
    (dialog,) = shown
    names = [dialog.list.item(row).text().partition("\n")[0] for row in range(dialog.list.count())]
    assert names == ["第 1 稿", "青党建〔2026〕12号"]
    first = dialog.view.path
    dialog.list.setCurrentRow(1)
    idle(page.desk)
    assert dialog.reason.text() == "已撤回：收入数据有误" and dialog.view.path not in (None, first)
    page.list.setCurrentRow(1)
    page.show_editions()
    idle(page.desk)
    names = [shown[-1].list.item(row).text().partition("\n")[0] for row in range(shown[-1].list.count())]
    assert names == ["青党建〔2026〕12号", "第 2 稿", "第 1 稿"]
    shown[-1].list.setCurrentRow(2)
    idle(page.desk)
    assert shown[-1].print_button.isEnabled()


def test_the_pages_follow_what_is_typed(page: BulletinsPage, idle: Idle, qtbot: QtBot) -> None:
    drafted(page, idle)
    first = page.side_place.view.path
    assert first is not None and first.is_file()
    typed(page, "title", "关于考评情况的通报")
    page.make_pages()
    idle(page.desk)
    assert page.side_place.view.path not in (None, first)


def test_what_is_not_saved_is_asked_about(page: BulletinsPage, idle: Idle, monkeypatch: pytest.MonkeyPatch) -> None:
    drafted(page, idle)
    assert page.can_leave()
    typed(page, "demands", "1. 补齐记录。")
    button = QMessageBox.StandardButton
    monkeypatch.setattr(QMessageBox, "question", lambda *_words: button.Cancel)
    assert not page.can_leave() and not page.can_close()
    monkeypatch.setattr(QMessageBox, "question", lambda *_words: button.Discard)
    assert page.can_leave() and not page.editor.is_dirty


def test_a_draft_left_behind_by_the_data_says_so(page: BulletinsPage, idle: Idle, town: Scored) -> None:
    drafted(page, idle)
    town.measure("B08", "85")
    page.refresh()
    idle(page.desk)
    assert "起草以后数据有变化" in page._band_text.text()


def test_without_a_printer_it_is_said_what_to_do(page: BulletinsPage, idle: Idle) -> None:
    drafted(page, idle)
    told: list[str] = []
    page.desk.refused.connect(told.append)
    page.printers = ()
    page.print()
    assert told and told[0].startswith("本机没有安装打印机")


def test_the_whole_text_is_copied(page: BulletinsPage, idle: Idle) -> None:
    drafted(page, idle)
    page.copy_all()
    text = QGuiApplication.clipboard().text()
    assert text.splitlines()[0] == "关于2026年第三季度基层党组织OKR考评情况的通报" and "四、下一步要求" in text

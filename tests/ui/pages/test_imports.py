"""导入: read, decide, confirm, settle later, take back; on the demo's own workbooks."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot
from sqlmodel import select

from okr_desk import paths
from okr_desk.appraisal_terms import AppraisalKind
from okr_desk.clock import FixedClock
from okr_desk.errors import InputRefused
from okr_desk.exchange import founding
from okr_desk.model.store import Store
from okr_desk.model.tables import CheckIn, ImportBatch, ImportQuestion
from okr_desk.queries import cycles as standing
from okr_desk.queries import imports as queries
from okr_desk.queries import users
from okr_desk.rules.imports import Decision, Verdict
from okr_desk.services import cycles
from okr_desk.settings import Settings
from okr_desk.terms import QuarterState
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.adjust import Reason
from okr_desk.ui.dialogs.two_returns import TwoReturns
from okr_desk.ui.models.questions import Item
from okr_desk.ui.models.workbook_rows import read_row
from okr_desk.ui.pages.imports import ImportPage
from okr_desk.ui.widgets.returns_panel import ReturnsPanel, reminder

Idle = Callable[[Desk], None]
RETURNS = paths.resource("demo", "青山镇_2026", "07_支部填报_2026Q3")


@pytest.fixture
def said(desk: Desk) -> list[str]:
    """What the desk was told to say, refusals included."""
    found: list[str] = []
    desk.noticed.connect(found.append)
    desk.refused.connect(found.append)
    return found


@pytest.fixture
def page(desk: Desk, qtbot: QtBot, idle: Idle) -> Iterator[ImportPage]:
    with desk.store.rows() as session:  # type: ignore[union-attr]
        from okr_desk.queries import cycles, orgs

        desk.selection.offer(cycles.quarters(session), orgs.tree(session, desk.clock.today()))
    made = ImportPage(desk)
    qtbot.addWidget(made)
    made.resize(1180, 640)
    made.show()
    made.activateWindow()
    qtbot.waitActive(made)
    idle(desk)
    yield made


def counts(page: ImportPage) -> dict[str, str]:
    return {key: card.number.text() for key, card in page.plan_view.counts.cards.items()}


def questions(store: Store) -> list[ImportQuestion]:
    with store.rows() as session:
        return list(session.exec(select(ImportQuestion)))


def item_of(page: ImportPage, workbook: str, cell: str) -> Item:
    answers = page.draft.answers if page.draft.plan is not None else page.answers
    return next(i for i in answers.items if (i.doubt.place.workbook, i.doubt.place.cell) == (workbook, cell))


def changed_copy(folder: Path, name: str, cell: str, value: object) -> Path:
    """A return of the demo with one other value."""
    target = folder / name
    shutil.copyfile(RETURNS / name, target)
    book = openpyxl.load_workbook(target)
    book["填报表"][cell] = value
    book.save(target)
    return target


def test_opens_on_the_questions_that_wait(page: ImportPage, demo_store: Store) -> None:
    waiting = [question for question in questions(demo_store) if not question.decision]
    assert page.states.currentWidget() is page.open_desk
    assert f"有 {len(waiting)} 格等您定" in page.answer.text()
    assert page.accent_button is not None and not page.accent_button.isEnabled()
    assert page.open_desk.card.item is not None
    QAbstractItemModelTester(page.open_desk.table.model)


def test_the_card_shows_the_row_of_the_workbook(page: ImportPage, desk: Desk, idle: Idle) -> None:
    item = item_of(page, "东岭村党支部.xlsx", "F5")
    page.open_desk.go_to(item)
    idle(desk)
    row = page.open_desk.card.picture.row
    assert row is not None and row.comes_from_file and row.number == 5
    assert [(cell.letter, cell.text) for cell in row.cells if cell.is_asked] == [("F", "约59%")]
    assert "KR1.2" in [cell.text for cell in row.cells]
    assert "59 %" in page.open_desk.card.accept_button.text()


def test_without_the_workbook_the_record_is_drawn(page: ImportPage, desk: Desk, idle: Idle) -> None:
    page.open_desk._find_file = lambda _name: None
    item = item_of(page, "东岭村党支部.xlsx", "F11")
    page.open_desk.go_to(item)
    idle(desk)
    row = page.open_desk.card.picture.row
    assert row is not None and not row.comes_from_file
    assert [cell.text for cell in row.cells if cell.is_asked] == ["无"]
    assert page.open_desk.card.accept_button.isHidden()
    assert read_row(RETURNS / "没有这个文件.xlsx", item.doubt.place) is None


def test_keys_decide_and_the_next_comes_by_itself(page: ImportPage, demo_store: Store) -> None:
    desk_of_questions = page.open_desk
    first = item_of(page, "东岭村党支部.xlsx", "F5")
    desk_of_questions.go_to(first)
    before = len(page.answers.waiting)
    QTest.keyClick(desk_of_questions.card, Qt.Key.Key_A)
    assert page.answers.of(first) == Decision(Verdict.ACCEPT)
    second = desk_of_questions.card.item
    assert second is not None and second.identity != first.identity
    QTest.keyClick(desk_of_questions.card, Qt.Key.Key_L)
    assert page.answers.of(second) == Decision(Verdict.BLANK)
    assert len(page.answers.waiting) == before - 2
    desk_of_questions.steps.undo()
    assert page.answers.of(second) is None
    assert all(not q.decision for q in questions(demo_store) if q.cell == "F5" and q.workbook == "东岭村党支部.xlsx")


def test_another_value_is_checked_while_it_is_typed(page: ImportPage) -> None:
    card = page.open_desk.card
    item = item_of(page, "东岭村党支部.xlsx", "F5")
    page.open_desk.go_to(item)
    QTest.keyClick(card, Qt.Key.Key_E)
    assert not card.line.isHidden() and card.line.text() == "59"
    card.line.setText("大约六十")
    QTest.keyClick(card.line, Qt.Key.Key_Return)
    assert not card.refusal.isHidden() and page.answers.of(item) is None
    card.line.setText("60.5")
    QTest.keyClick(card.line, Qt.Key.Key_Return)
    assert page.answers.of(item) == Decision(Verdict.CHANGE, "60.5")


def test_letters_typed_into_the_line_are_letters(page: ImportPage) -> None:
    card = page.open_desk.card
    page.open_desk.go_to(item_of(page, "东岭村党支部.xlsx", "F5"))
    card.start_change()
    QTest.keyClicks(card.line, "al")
    assert card.line.text() == "al" and not page.answers.decided
    QTest.keyClick(card.line, Qt.Key.Key_Escape)
    assert card.line.isHidden()


def test_none_in_a_count_column_is_never_taken_by_all(page: ImportPage) -> None:
    zero = [item for item in page.answers.items if item.doubt.raw.strip() == "无" and item.doubt.proposal == "0"]
    assert zero
    page.open_desk.accept_harmless()
    assert all(page.answers.of(item) is None for item in zero)


def test_decisions_are_written_together(
    page: ImportPage, desk: Desk, idle: Idle, demo_store: Store, said: list[str]
) -> None:
    accepted = item_of(page, "东岭村党支部.xlsx", "F5")
    left = item_of(page, "东岭村党支部.xlsx", "F11")
    page.open_desk.decide(accepted, Decision(Verdict.ACCEPT))
    page.open_desk.decide(left, Decision(Verdict.BLANK))
    assert "2" in page.accent_button.text()  # type: ignore[union-attr]
    page.confirm()
    idle(desk)
    verdicts = {q.id: q.decision for q in questions(demo_store)}
    assert verdicts[accepted.question_id] == "accept" and verdicts[left.question_id] == "blank"
    assert "已写入 2 格的决定。" in said
    assert accepted.identity not in {item.identity for item in page.answers.items}


def test_a_value_that_cannot_be_written_keeps_everything(
    page: ImportPage, desk: Desk, idle: Idle, demo_store: Store, said: list[str]
) -> None:
    good, bad = item_of(page, "东岭村党支部.xlsx", "F5"), item_of(page, "中心小学党支部.xlsx", "F5")
    page.answers.put_all([(good, Decision(Verdict.ACCEPT)), (bad, Decision(Verdict.CHANGE, "六十"))])
    page.confirm()
    idle(desk)
    assert all(not q.decision for q in questions(demo_store) if q.id in (good.question_id, bad.question_id))
    assert page.open_desk.card.item is not None and page.open_desk.card.item.identity == bad.identity
    assert not page.open_desk.card.refusal.isHidden() and said


def test_a_second_import_changes_nothing(
    page: ImportPage, desk: Desk, idle: Idle, demo_store: Store, said: list[str]
) -> None:
    page.read_paths([paths.resource("demo", "青山镇_2026")])
    assert page.states.currentWidget() is page.reading
    idle(desk)
    assert page.states.currentWidget() is page.plan_view
    assert counts(page)["write"] == "0" and int(counts(page)["same"]) > 1000
    assert len(page.plan_view.tables["same"].model.rows) == int(counts(page)["same"])
    assert "2 个支部没有交" in page.answer.text() and "1 个支部交了不止一份" in page.answer.text()
    page.plan_view.counts.open("back")
    notes = [note.workbook for note in page.plan_view.tables["back"].model.rows]
    assert "说明.txt" in notes and "~$临时文件.xlsx" in notes
    page.confirm()
    idle(desk)
    with demo_store.rows() as session:
        assert len(session.exec(select(ImportBatch)).all()) == 1
    assert said[-1] == "与系统中已有内容完全相同，没有新的内容要写入。"


def test_nothing_is_written_before_the_yes_and_a_differing_cell_is_asked(
    page: ImportPage, desk: Desk, idle: Idle, demo_store: Store, tmp_path: Path
) -> None:
    with demo_store.rows() as session:
        before = len(session.exec(select(CheckIn)).all())
    page.read_paths([changed_copy(tmp_path, "青石村党支部.xlsx", "F4", 64.1)])
    idle(desk)
    item = item_of(page, "青石村党支部.xlsx", "F4")
    assert "63.4" in item.doubt.reason and item.doubt.proposal == "64.1"
    page.plan_view.questions.decide(item, Decision(Verdict.ACCEPT))
    with demo_store.rows() as session:
        assert len(session.exec(select(CheckIn)).all()) == before
    page.confirm()
    idle(desk)
    with demo_store.rows() as session:
        assert len(session.exec(select(CheckIn)).all()) == before + 1
    assert page.draft.plan is None
    page.undo(page.batches[0])
    idle(desk)
    with demo_store.rows() as session:
        assert len(session.exec(select(CheckIn)).all()) == before
        assert queries.batches(session)[0].undone_at is not None


@pytest.fixture
def reasons(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """What the office gives as its reason, one after the other; the notes it read are put behind."""
    given: list[str | None] = []

    def ask(_cls: type, _parent: object, _title: str, note: str, _label: str, _accept: str) -> str | None:
        given.append(note)
        return given.pop(0)

    monkeypatch.setattr(Reason, "ask", classmethod(ask))
    return given


def test_lines_for_a_frozen_quarter_are_told_and_need_a_reason(
    page: ImportPage, desk: Desk, idle: Idle, demo_store: Store, tmp_path: Path, reasons: list[str | None]
) -> None:
    late = changed_copy(tmp_path, "青石村党支部.xlsx", "F4", 61.9)
    book = openpyxl.load_workbook(late)
    sheet = book["填报表"]
    for cell in [cell for row in sheet.iter_rows(max_row=3) for cell in row if isinstance(cell.value, str)]:
        cell.value = cell.value.replace("第三季度", "第一季度").replace("三季度", "一季度").replace("Q3", "Q1")
    book.save(late)
    page.read_paths([late])
    idle(desk)
    waiting = counts(page)["write"]
    assert int(waiting) > 5 and f"其中 {waiting} 条写入已冻结的2026年第一季度，作为补报" in page.answer.text()
    with demo_store.rows() as session:
        before = len(session.exec(select(CheckIn)).all())
    reasons.append(None)
    page.confirm()
    idle(desk)
    with demo_store.rows() as session:
        assert len(session.exec(select(CheckIn)).all()) == before
    assert page.draft.plan is not None and reasons == [
        f"有 {waiting} 条要写入已冻结的季度，作为补报登记，理由随每条保留。"
    ]
    reasons[:] = ["换届漏报"]
    page.confirm()
    idle(desk)
    with demo_store.rows() as session:
        made = session.exec(select(CheckIn)).all()[before:]
    assert len(made) == int(waiting) and {(row.is_late, row.late_reason) for row in made} == {(True, "换届漏报")}


def test_an_answer_for_a_frozen_quarter_asks_for_the_reason(
    page: ImportPage, desk: Desk, idle: Idle, demo_store: Store, reasons: list[str | None]
) -> None:
    with demo_store.write(desk.actor) as session:  # type: ignore[arg-type]
        third = standing.quarter(session, 2026, 3)
        cycles.move_quarter(session, desk.actor, third.id, QuarterState.FROZEN)  # type: ignore[arg-type,union-attr]
    page.refresh()
    idle(desk)
    page.open_desk.decide(item_of(page, "东岭村党支部.xlsx", "F5"), Decision(Verdict.ACCEPT))
    reasons.append("已向支部核实")
    page.confirm()
    idle(desk)
    with demo_store.rows() as session:
        assert "已向支部核实" in {row.late_reason for row in session.exec(select(CheckIn))}
    page.open_desk.decide(item_of(page, "东岭村党支部.xlsx", "F11"), Decision(Verdict.BLANK))
    page.confirm()  # leaving blank writes nothing, so nobody is asked
    idle(desk)
    assert len(reasons) == 1


def test_a_plan_can_be_dropped(page: ImportPage, desk: Desk, idle: Idle, tmp_path: Path) -> None:
    page.read_paths([changed_copy(tmp_path, "青石村党支部.xlsx", "F4", 64.1)])
    idle(desk)
    page.drop_plan()
    assert page.states.currentWidget() is page.open_desk and not page.draft.answers.items


def test_reading_can_be_stopped(page: ImportPage, desk: Desk, idle: Idle, said: list[str]) -> None:
    page.read_paths([RETURNS])
    page.stop_reading()
    idle(desk)
    assert page.draft.plan is None and page.states.currentWidget() is page.open_desk
    assert said == ["已停止导入，没有写入任何内容。"]


def test_damaged_and_missing_files_are_told(
    page: ImportPage, desk: Desk, idle: Idle, tmp_path: Path, said: list[str]
) -> None:
    (tmp_path / "坏表.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    page.read_paths([tmp_path / "坏表.xlsx"])
    idle(desk)
    assert counts(page)["back"] == "1"
    assert "另存为" in page.plan_view.tables["back"].model.rows[0].reason
    page.drop_plan()
    page.read_paths([tmp_path / "没有.xlsx"])
    idle(desk)
    assert said[-1].startswith("找不到“没有.xlsx”")


def test_the_plan_outlives_the_page(page: ImportPage, desk: Desk, idle: Idle, qtbot: QtBot, tmp_path: Path) -> None:
    page.read_paths([changed_copy(tmp_path, "青石村党支部.xlsx", "F4", 64.1)])
    idle(desk)
    again = ImportPage(desk)
    qtbot.addWidget(again)
    again.show()
    idle(desk)
    assert again.states.currentWidget() is again.plan_view and again.draft.answers.items


def test_dropped_files_are_read(page: ImportPage, desk: Desk, idle: Idle) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(RETURNS / "青石村党支部.xlsx"))])
    page.start.dropEvent(
        QDropEvent(
            QPoint(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    idle(desk)
    assert page.draft.plan is not None and page.draft.plan.reading.files == ("青石村党支部.xlsx",)


def test_who_is_missing_is_copied_as_a_reminder(page: ImportPage, desk: Desk, idle: Idle) -> None:
    page.read_paths([paths.resource("demo", "青山镇_2026")])
    idle(desk)
    page.follow("missing")
    panel = page.findChild(ReturnsPanel)
    assert panel is not None
    panel.copy_reminder()
    text = QGuiApplication.clipboard().text()
    assert text == reminder(page.draft.plan.missing)  # type: ignore[union-attr]
    assert "双河村党支部、朝阳社区第二党支部" in text and "2026年第三季度" in text


def test_two_returns_side_by_side(page: ImportPage, desk: Desk, idle: Idle, qtbot: QtBot) -> None:
    page.read_paths([paths.resource("demo", "青山镇_2026")])
    idle(desk)
    plan = page.draft.plan
    assert plan is not None
    dialog = TwoReturns(plan.duplicates[0], page.draft.answers.items)
    qtbot.addWidget(dialog)
    assert list(dialog.books) == ["东岭村党支部.xlsx", "东岭村党支部(2).xlsx"]
    assert not dialog.ok.isEnabled() and dialog.table.rowCount() == len(dialog.lines) > 0
    dialog.whole["东岭村党支部(2).xlsx"].click()
    chosen = {(i.doubt.place.workbook, i.doubt.place.cell): d.verdict for i, d in dialog.decisions() if d}
    assert chosen["东岭村党支部(2).xlsx", "F10"] is Verdict.ACCEPT
    assert chosen["东岭村党支部.xlsx", "F10"] is Verdict.BLANK
    dialog.whole["东岭村党支部.xlsx"].click()
    kept = {i.doubt.place.workbook: d.verdict for i, d in dialog.decisions() if d}
    assert kept == {"东岭村党支部(2).xlsx": Verdict.BLANK}  # 0.796 is itself a question and still waits


def test_a_value_of_one_copy_settles_the_other(page: ImportPage) -> None:
    one, other = item_of(page, "东岭村党支部(2).xlsx", "F10"), item_of(page, "东岭村党支部.xlsx", "F10")
    page.open_desk.decide(one, Decision(Verdict.ACCEPT))
    assert page.answers.is_settled(other) and page.answers.word(other) == "以另一份为准"
    page.open_desk.decide(other, Decision(Verdict.ACCEPT))
    assert page.answers.of(one) is None and list(page.answers.decided) == [other.identity]


def test_forms_for_the_branches(page: ImportPage, desk: Desk, idle: Idle, tmp_path: Path, said: list[str]) -> None:
    desk.selection.choose_org(desk.selection.branches[0].id)
    page.forms.make_forms(tmp_path)
    idle(desk)
    folder = tmp_path / "2026年第三季度填报表"
    assert [file.name for file in folder.iterdir()] == ["青石村党支部_2026Q3_填报表.xlsx"]
    assert said[-1] == "已生成 1 份填报表，在“2026年第三季度填报表”文件夹中。"
    page.forms.make_forms(tmp_path, blank=True)
    idle(desk)
    assert (tmp_path / "2026年第三季度空白填报表").is_dir()
    assert not list(tmp_path.glob(".okr_desk_*"))


def test_the_empty_ledger_of_demands(page: ImportPage, desk: Desk, idle: Idle, tmp_path: Path, said: list[str]) -> None:
    page.forms.make_ledger(tmp_path / "急难愁盼台账.xlsx")
    idle(desk)
    assert (tmp_path / "急难愁盼台账.xlsx").stat().st_size > 5000
    assert said[-1] == "已生成“急难愁盼台账.xlsx”。填好后在本页导入。"


def test_the_sheet_to_count_an_appraisal_in(
    page: ImportPage, desk: Desk, idle: Idle, tmp_path: Path, said: list[str]
) -> None:
    page.forms.make_count(AppraisalKind.SECRETARIES, tmp_path / "述职评议计票表.xlsx")
    idle(desk)
    assert (tmp_path / "述职评议计票表.xlsx").stat().st_size > 5000
    assert said[-1] == "已生成“述职评议计票表.xlsx”。填好后在本页导入。"


def test_only_an_import_that_nothing_stands_upon_is_offered_to_be_taken_back(
    page: ImportPage, desk: Desk, idle: Idle, tmp_path: Path
) -> None:
    page.show_history()
    assert page.history is not None and not page.history.buttons  # the demo's accounts stand upon its branches
    assert "撤消此次导入" not in page.answer.text()
    page.read_paths([changed_copy(tmp_path, "青石村党支部.xlsx", "F4", 64.1)])
    idle(desk)
    page.plan_view.questions.decide(item_of(page, "青石村党支部.xlsx", "F4"), Decision(Verdict.ACCEPT))
    page.confirm()
    idle(desk)
    page.show_history()
    assert list(page.history.buttons) == [page.batches[0].id] and "撤消此次导入" in page.answer.text()


def test_answers_are_checked_by_kind(page: ImportPage) -> None:
    item = item_of(page, "东岭村党支部.xlsx", "F5")
    assert item.check("60％") == "60％"
    for wrong in ("", "很多"):
        with pytest.raises(InputRefused):
            item.check(wrong)


def test_a_new_township_goes_in_and_out_again(
    look: None, tmp_path: Path, clock: FixedClock, qtbot: QtBot, idle: Idle
) -> None:
    """The first import of a real file: a verified copy first, everything in one transaction, taken back in one."""
    store = founding.new_township(tmp_path / "新镇.okr", "青山镇", "admin", "青山依旧在2026", 2026, clock)
    with store.rows() as session:
        actor = users.actor(session, 1, clock.today())
    desk = Desk(Settings(theme="light"))
    desk.take_store(store)
    desk.sign_in(actor)
    page, badges, told = ImportPage(desk), list[int](), list[str]()
    page.badge_changed.connect(badges.append)
    desk.noticed.connect(told.append)
    qtbot.addWidget(page)
    page.show()
    idle(desk)
    assert page.states.currentWidget() is page.start
    page.read_paths([paths.resource("demo", "青山镇_2026")])
    idle(desk)
    written = int(counts(page)["write"])
    assert written > 1000 and counts(page)["same"] == "0"
    harmless = len(page.draft.answers.harmless)
    page.plan_view.questions.accept_harmless()
    assert harmless > 50 and len(page.draft.answers.decided) == harmless
    page.confirm()
    idle(desk)
    assert page.batches[0].written == written + harmless
    assert [copy.suffix for copy in (tmp_path / "新镇_备份").iterdir() if copy.suffix == ".okr"] == [".okr"]
    assert page.states.currentWidget() is page.open_desk
    assert badges[-1] == len(page.answers.items) > 0
    assert f"导入 {written + harmless} 条" in page.answer.text()
    page.undo(page.batches[0])
    idle(desk)
    assert told[-1] == f"已撤消，收回 {written + harmless} 条。"
    assert page.states.currentWidget() is page.start and not page.answers.items
    assert badges[-1] == 0
    with store.rows() as session:
        assert not session.exec(select(CheckIn)).all()
    desk.close()

"""红线清单 as a person works in it: lists ticked, red lines added, reworded, retired, found and taken out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialog
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from sqlmodel import select

from okr_desk.clock import FixedClock
from okr_desk.i18n import using
from okr_desk.model.tables import RedLineRule, RedLineVersion
from okr_desk.queries import cycles, orgs, red_lines
from okr_desk.queries.red_lines import RedLineRuleView
from okr_desk.scoring.grade_schemes import GRADES
from okr_desk.scoring.grades import RedLineKind
from okr_desk.settings import Settings
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.adjust import Reason
from okr_desk.ui.dialogs.red_line_rule import RedLineRuleDialog, coming
from okr_desk.ui.dialogs.red_lines import RedLinesDialog
from tests.scored_township import Scored, scored
from tests.ui.answers import answering, put


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Iterator[Scored]:
    made = scored(tmp_path / "镇.okr", clock)
    yield made
    made.small.store.close()


@pytest.fixture
def desk(town: Scored, look: None) -> Iterator[Desk]:
    """The office's desk: the third quarter of 2026 in front."""
    made = Desk(Settings(theme="light"))
    made.take_store(town.small.store)
    made.sign_in(town.small.office)
    with town.small.store.rows() as session:
        made.selection.offer(cycles.quarters(session), orgs.tree(session, town.small.store.clock.today()))
    made.selection.choose_quarter(town.small.quarters[3])
    yield made
    made.tasks.finish()


def shown(desk: Desk, qtbot: QtBot, is_open: bool = True) -> RedLinesDialog:
    dialog = RedLinesDialog(desk, ("通用",), GRADES.names, is_open)
    qtbot.addWidget(dialog)
    dialog.show()
    rest(desk, qtbot)
    return dialog


def rest(desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: desk.tasks.is_idle, timeout=20_000)


def cells(dialog: RedLinesDialog, column: int) -> list[str]:
    sieve = dialog.table.sieve
    return [str(sieve.index(row, column).data()) for row in range(sieve.rowCount())]


def mark(dialog: RedLinesDialog, code: str) -> None:
    assert dialog.table.mark(lambda one: one.code == code)


def stored(town: Scored, code: str) -> list[RedLineVersion]:
    with town.small.store.rows() as session:
        rule = session.exec(select(RedLineRule).where(RedLineRule.code == code)).one()
        return list(session.exec(select(RedLineVersion).where(RedLineVersion.rule_id == rule.key)))


def test_every_red_line_stands_there_those_of_the_scheme_first(desk: Desk, qtbot: QtBot) -> None:
    dialog = shown(desk, qtbot)
    ModelTester(dialog.table.model)
    assert cells(dialog, 0) == [*(f"V{n}" for n in range(1, 9)), *(f"Q{n}" for n in range(1, 7))]
    assert cells(dialog, 5) == ["适用"] * 8 + [""] * 6
    assert dialog.draft() == ("通用",) and "回车修改" in dialog.told.text()
    mark(dialog, "V7")
    assert "满意率低于60%" in dialog.told.text() and "依据：软弱涣散党组织认定标准" in dialog.told.text()
    dialog.tick("青海反向")
    dialog.tick("通用", False)
    assert (
        dialog.draft() == ("青海反向",) and cells(dialog, 0)[0] == "Q1" and cells(dialog, 5)[:7] == ["适用"] * 6 + [""]
    )


@pytest.mark.parametrize("typed", ["作假", "nongxu", "nxzj", "签字"])
def test_it_is_found_by_characters_pinyin_and_what_it_says(desk: Desk, qtbot: QtBot, typed: str) -> None:
    dialog = shown(desk, qtbot)
    dialog.table.search.setText(typed)
    assert cells(dialog, 0) == ["V4"]


def test_it_is_copied_with_headers(desk: Desk, qtbot: QtBot) -> None:
    dialog = shown(desk, qtbot)
    mark(dialog, "V1")
    dialog.table.copy()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].startswith("编号\t名称\t触碰情形\t处理\t清单") and lines[1].startswith("V1\t班子成员严重违纪违法\t")


def test_one_is_added_to_a_list_of_its_own_which_can_then_be_ticked(desk: Desk, town: Scored, qtbot: QtBot) -> None:
    """锦州供电 (domain 1.1, scheme 5): the main operating target was missed."""
    dialog = shown(desk, qtbot)

    def enter(form: QDialog) -> None:
        assert isinstance(form, RedLineRuleDialog)
        assert form.box("quarter_id").currentText() == "2026年第三季度" and form.highest.currentText() == "次高等次"
        put(form, code="v1", name="主要经营指标未完成", trigger="年度主要经营指标\n未完成", list_name="国企否决")
        form.kind.setCurrentIndex(form.kind.findData(RedLineKind.VETO))
        assert form.highest.isHidden()
        form.submit()
        qtbot.waitUntil(lambda: form.refusal != "")
        assert form.refusal == "编号“v1”已有红线（含已停用的），请换一个编号。"
        put(form, code="J1", source="锦州供电考核")
        form.submit()
        qtbot.waitUntil(lambda: not form.isVisible())

    answering(enter)
    dialog.add_button.click()
    rest(desk, qtbot)
    (made,) = stored(town, "J1")
    assert (made.name, made.trigger, made.kind, made.highest) == (
        "主要经营指标未完成",
        "年度主要经营指标 未完成",
        "veto",
        "",
    )
    assert cells(dialog, 0)[-1] == "J1" and dialog.draft() == ("通用",)
    dialog.tick("国企否决")
    assert dialog.draft() == ("通用", "国企否决")


def test_enter_gives_another_wording_and_leaves_the_dialog_open(desk: Desk, town: Scored, qtbot: QtBot) -> None:
    dialog = shown(desk, qtbot)
    mark(dialog, "V5")

    def enter(form: QDialog) -> None:
        assert isinstance(form, RedLineRuleDialog)
        assert not form.fields["code"].isEnabled() and not form.list_name.isEnabled()
        put(form, trigger="任期届满超过3个月未换届")
        form.highest.setCurrentIndex(form.highest.findData("一般"))
        form.submit()
        qtbot.waitUntil(lambda: form.refusal != "")
        assert form.refusal == "修改红线须写明理由，原来的表述保留备查。"
        put(form, reason="县里收紧")
        form.submit()
        qtbot.waitUntil(lambda: not form.isVisible())

    answering(enter)
    dialog.table.view.setFocus()
    QTest.keyClick(dialog.table.view, Qt.Key.Key_Return)
    rest(desk, qtbot)
    assert dialog.isVisible()
    assert [(row.version, row.highest) for row in stored(town, "V5")] == [(1, ""), (2, "一般")]
    mark(dialog, "V5")
    told = dialog.told.text()
    assert "第2版，2026年第三季度起：不按期换届（王玥 2026-10-08：县里收紧）" in told and "第1版" in told
    assert cells(dialog, 3)[4] == "最高为“一般”"


def test_del_retires_with_a_reason(desk: Desk, qtbot: QtBot) -> None:
    dialog = shown(desk, qtbot)
    mark(dialog, "V8")

    def enter(form: QDialog) -> None:
        assert isinstance(form, Reason) and form.windowTitle() == "停用红线 V8 侵害群众利益被通报"
        put(form, reason="并入V4")
        form.submit()

    answering(enter)
    dialog.table.view.setFocus()
    QTest.keyClick(dialog.table.view, Qt.Key.Key_Delete)
    rest(desk, qtbot)
    assert "V8" not in cells(dialog, 0)
    dialog.retired.setChecked(True)
    assert (cells(dialog, 0)[-1], cells(dialog, 5)[-1]) == ("V8", "已停用")
    mark(dialog, "V8")
    assert not dialog.change_button.isEnabled() and not dialog.retire_button.isEnabled()
    dialog.change()
    dialog.retire()


def test_of_a_version_in_use_the_lists_are_only_shown(desk: Desk, qtbot: QtBot) -> None:
    dialog = shown(desk, qtbot, is_open=False)
    assert not dialog.ticks.isEnabled() and dialog.ok.isHidden() and dialog.cancel.text() == "关闭"
    assert dialog.add_button.isEnabled()


def test_an_empty_list_says_what_to_do_first(desk: Desk, town: Scored, qtbot: QtBot) -> None:
    with town.small.store.write(town.small.office) as session:
        for table in (RedLineVersion, RedLineRule):
            for row in session.exec(select(table)).all():
                session.delete(row)
            session.flush()
    dialog = shown(desk, qtbot)
    assert dialog.place.currentWidget() is dialog.nothing and dialog.nothing.sentence == "清单里还没有红线。"


def test_words_of_the_program_left_as_they_are_shown_stay_what_they_are(desk: Desk, town: Scored, qtbot: QtBot) -> None:
    with town.small.store.read() as session:
        one: RedLineRuleView = next(one for one in red_lines.board(session).rules if one.code == "V4")
    with using("en"):
        form = RedLineRuleDialog(desk, one, ["通用"], GRADES.names, coming(desk))
        qtbot.addWidget(form)
        draft, _quarter = form.draft()
    assert (draft.name, draft.trigger, draft.list_name) == (one.name, one.trigger, "通用")
    assert isinstance(form.fields["list_name"], QComboBox)

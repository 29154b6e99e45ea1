"""What passes on is shown while one ticks, and what is left to settle after accepting: through real widgets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from okr_desk.queries import orgs as orgs_now
from okr_desk.settings import Settings
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs import merge as dialogs
from okr_desk.ui.dialogs.merge import MergeDialog, SplitDialog
from okr_desk.ui.dialogs.notices import NoticesDialog
from okr_desk.ui.dialogs.org import Surroundings
from okr_desk.ui.pages.orgs import OrgsPage
from tests.two_branches import DAY, Two, join

Idle = Callable[[Desk], None]
SUMMARY = (
    "中心小学党支部：1 项目标、5 项关键结果、1 条基线、1 个目标值；1 个指标两边都有，由镇党建办核定；"
    "2 项关键结果已完成，留在原支部；1 项目标还没有批准，不承接"
)


@pytest.fixture
def two(tmp_path: Path) -> Two:
    return join(tmp_path / "镇.okr")


@pytest.fixture
def desk(two: Two, look: None) -> Iterator[Desk]:
    made = Desk(Settings(theme="light"))
    made.take_store(two.small.store)
    made.sign_in(two.small.office)
    yield made
    made.close()


@pytest.fixture
def around(two: Two) -> Surroundings:
    with two.small.store.read() as session:
        return Surroundings(orgs_now.tree(session, DAY), orgs_now.categories(session), DAY)


@pytest.fixture
def merging(two: Two, desk: Desk, around: Surroundings, qtbot: QtBot) -> MergeDialog:
    """The dialog opened on the village."""
    village = next(org for org in around.orgs if org.id == two.small.village)
    dialog = MergeDialog(desk, around, village)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_the_preview_follows_every_tick_and_choice(merging: MergeDialog, two: Two, desk: Desk, idle: Idle) -> None:
    assert merging.passing.texts() == ("勾选被合并的支部后，这里列出将承接的事项。",)
    merging.list.tick(two.small.school)
    idle(desk)
    summary, shared = merging.passing.texts()
    assert summary == SUMMARY
    assert shared.startswith("需核定：2026年度“党员到会率”两边都有：青石村党支部 基线 75%")
    merging.into.setCurrentIndex(merging.into.count() - 1)
    idle(desk)
    assert [text.split("：")[0] for text in merging.passing.texts()] == ["青石村党支部", "中心小学党支部", "需核定"]
    merging.inherit.setChecked(False)
    idle(desk)
    assert merging.passing.texts() == ("不承接：未完成的事项留在原支部名下，合并后不再考核。",)
    merging.inherit.setChecked(True)
    merging.list.tick(two.small.village, on=False)
    idle(desk)
    assert len(merging.passing.texts()) == 1
    merging.on.set_day(date(2027, 1, 1))
    idle(desk)
    assert merging.passing.texts() == ("中心小学党支部：没有可以承接的事项",)


def test_an_answer_that_comes_too_late_is_dropped(merging: MergeDialog, two: Two, desk: Desk, idle: Idle) -> None:
    merging.list.tick(two.small.school)
    merging.list.tick(two.small.school, on=False)
    idle(desk)
    assert merging.passing.texts() == ("勾选被合并的支部后，这里列出将承接的事项。",)


def test_what_was_shown_is_what_is_done(merging: MergeDialog, two: Two, desk: Desk, idle: Idle) -> None:
    merging.list.tick(two.small.school)
    idle(desk)
    reason = merging.fields["reason"]
    assert isinstance(reason, QLineEdit)
    reason.setText("青委〔2026〕12号")
    QTest.mouseClick(merging.ok, Qt.MouseButton.LeftButton)
    idle(desk)
    assert merging.refusal == ""
    assert "“中心小学党支部”的 1 项目标、5 项关键结果、1 条基线、1 个目标值已由“青石村党支部”承接。" in (
        merging.outcome.notices
    )


def test_the_page_lists_what_is_left_to_settle(
    two: Two, desk: Desk, around: Surroundings, qtbot: QtBot, idle: Idle, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    def accept(dialog: MergeDialog) -> None:
        dialog.list.tick(two.small.school)
        dialog.fields["reason"].setText("并")  # type: ignore[attr-defined]
        dialog.submit()
        idle(desk)

    def read(dialog: NoticesDialog) -> None:
        dialog.copy.click()
        told.extend(dialog.list.toPlainText().splitlines())

    monkeypatch.setattr(dialogs.MergeDialog, "exec", accept)
    monkeypatch.setattr(NoticesDialog, "exec", read)
    page = OrgsPage(desk)
    qtbot.addWidget(page)
    page.show()
    idle(desk)
    page.arrive(org_id=two.small.village)
    page.merge()
    assert told[0] == "1. 合并后的党员人数、任职等请及时修改。"
    assert any("“党员到会率”两边都有" in line and "请镇党建办在“指标”页核定" in line for line in told)
    assert QApplication.clipboard().text().splitlines() == told


def test_a_split_shows_what_its_heir_takes_over(
    two: Two, desk: Desk, around: Surroundings, qtbot: QtBot, idle: Idle
) -> None:
    school = next(org for org in around.orgs if org.id == two.small.school)
    dialog = SplitDialog(desk, around, school)
    qtbot.addWidget(dialog)
    for field, name in (("successors", "东校区党支部"), ("short_2", "西校区党支部")):
        dialog.fields[field].setText(name)  # type: ignore[attr-defined]
    idle(desk)
    assert dialog.heir.currentText() == "东校区党支部"
    assert dialog.passing.texts()[0].startswith("中心小学党支部：1 项目标、5 项关键结果、2 条基线、2 个目标值")
    dialog.heir.setCurrentIndex(dialog.heir.count() - 1)
    assert dialog.passing.texts() == ("不承接：未完成的事项留在原支部名下，拆分后不再考核。",)
    dialog.fields["short_2"].setText("西区党支部")  # type: ignore[attr-defined]
    assert dialog.heir.currentText() == "不承接"
    dialog.continues.setChecked(True)
    assert dialog.passing.texts() == ("原支部保留，未完成的事项仍由它承担，不移交。",)


@pytest.mark.parametrize("size", ["standard", "large", "huge"])
def test_the_dialog_fits_a_small_screen(
    size: str, two: Two, desk: Desk, around: Surroundings, qapp: QApplication, qtbot: QtBot, idle: Idle
) -> None:
    """1366 × 768 with the extra row of a new branch, at every size of text."""
    from okr_desk.ui import theme

    theme.apply(qapp, Settings(theme="dark", text_size=size))
    dialog = MergeDialog(desk, around, around.orgs[1])
    qtbot.addWidget(dialog)
    dialog.into.setCurrentIndex(dialog.into.count() - 1)
    dialog.show()
    idle(desk)
    assert dialog.width() <= 1366 and dialog.height() <= 768

"""指标 through the real widget: library, dot plot, lines, rulings, who may change what."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from sqlmodel import col, select

from okr_desk.clock import FixedClock
from okr_desk.model.tables import IndicatorVersion, MeasuredValue, NotApplicable, Target
from okr_desk.queries import cycles, orgs
from okr_desk.queries.library import IndicatorView
from okr_desk.rules import library
from okr_desk.rules.indicators import BaselineDraft, TargetDraft, ValueDraft
from okr_desk.rules.permissions import Actor
from okr_desk.services import indicators
from okr_desk.settings import Settings
from okr_desk.terms import Origin
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.measured import ValueDialog
from okr_desk.ui.dialogs.usual_lines import UsualLinesDialog
from okr_desk.ui.forms import FormDialog
from okr_desk.ui.pages.indicators import IndicatorsPage
from okr_desk.ui.widgets.definition import Definition
from okr_desk.ui.widgets.usual_table import BASELINE, TARGET
from tests.small_township import Small, build
from tests.ui.answers import answering, put

D = Decimal
Open = Callable[[Actor], IndicatorsPage]
DEFINITION, PLOT, LINES, CONFLICTS = range(4)


@pytest.fixture
def small(tmp_path: Path, clock: FixedClock) -> Iterator[Small]:
    """The village has a line on attendance, and two origins that differ in the third quarter."""
    town = build(tmp_path / "镇.okr", clock)
    where = (town.village, town.attendance)
    with town.store.write(town.office) as session:
        start = BaselineDraft(*where, 2026, D("78.5"), date(2025, 12, 31), "2025年末实绩")
        indicators.set_baseline(session, town.office, start)
        indicators.set_target(session, town.office, TargetDraft(*where, 2026, D("89.9")))
        for value, origin in (("81", Origin.BRANCH), ("79.1", Origin.DEPARTMENT)):
            said = ValueDraft(*where, town.quarters[3], D(value), date(2026, 9, 28), origin)
            indicators.record_value(session, town.office, said)
    yield town
    town.store.close()


@pytest.fixture
def sit(small: Small, look: None, qtbot: QtBot) -> Iterator[Open]:
    """Opens the page for a person."""
    desks: list[Desk] = []

    def open_page(actor: Actor) -> IndicatorsPage:
        desk = Desk(Settings(theme="light"))
        desks.append(desk)
        desk.take_store(small.store)
        desk.sign_in(actor)
        with small.store.rows() as session:
            tree, quarters = orgs.tree(session, small.store.clock.today()), cycles.quarters(session)
        desk.selection.offer(quarters, tree)
        desk.selection.choose_quarter(next(q.id for q in quarters if q.key == "2026Q3"))
        page = IndicatorsPage(desk)
        qtbot.addWidget(page)
        page.resize(1200, 640)
        page.show()
        rest(qtbot, page)
        return page

    yield open_page
    for desk in desks:
        desk.tasks.finish()


def rest(qtbot: QtBot, page: IndicatorsPage) -> None:
    """Wait until everything that was asked has been answered."""
    qtbot.waitUntil(lambda: page.chosen is not None and page.desk.tasks.is_idle, timeout=20_000)


def type_into(field: QWidget, text: str) -> None:
    assert isinstance(field, QLineEdit)
    field.setText(text)
    field.textEdited.emit(text)


def texts(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def test_the_library_leads_to_definition_and_branches(small: Small, sit: Open, qtbot: QtBot) -> None:
    page = sit(small.office)
    assert page.answer.text() == "指标库共 2 项，2026年使用 1 项；本季度有 1 处不同来源的数不一致，等待核定。"
    assert page.heading.text() == "B08 党员到会率（%）"
    assert "越高越好" in texts(page.definition) and "全部支部" in texts(page.definition)
    assert page.note.text() == "2 个支部，本季未报 1 个"
    rows = [page.lines.sieve.index(0, column).data() for column in range(9)]
    assert rows[0] == "青石村党支部" and rows[2:4] == ["78.5", "89.9"] and rows[6] == "79.1"
    page.library.search.setText("cjt")
    rest(qtbot, page)
    qtbot.waitUntil(lambda: page.heading.text().startswith("F07"))


def test_the_definition_says_how_an_indicator_is_usually_scored(small: Small, sit: Open, qtbot: QtBot) -> None:
    with small.store.write(small.office) as session:
        indicators.load_seed(session)
    page = sit(small.office)
    assert "未设" in texts(page.definition) and "由各支部自定" in texts(page.definition)
    page.library.search.setText("党费按月")
    qtbot.waitUntil(lambda: page.heading.text().startswith("B09"))
    shown = texts(page.definition)
    assert "96% → 100%" in shown and "4 分" in shown and "党费收缴标准（党务资料）" in shown
    assert (
        "按百分点扣分：达到目标计满分，每低 1 个百分点扣 1 分，不足 1 个百分点按 1 个计（向上取整），扣完为止" in shown
    )
    page.library.search.setText("场次×满意度")
    qtbot.waitUntil(lambda: page.heading.text().startswith("F12"))
    assert "目标 12场" in texts(page.definition)
    page.library.search.setText("万户投诉")
    qtbot.waitUntil(lambda: page.heading.text().startswith("F23"))
    assert "逐次填报" in texts(page.definition)
    page.library.search.setText("F13")
    qtbot.waitUntil(lambda: page.heading.text().startswith("F13"))
    assert "备选，不自动列入评分方案" in texts(page.definition)


def test_the_definition_says_what_the_number_is(small: Small, sit: Open, qtbot: QtBot) -> None:
    with small.store.write(small.office) as session:
        indicators.load_seed(session)
    page = sit(small.office)
    page.library.search.setText("B02")
    qtbot.waitUntil(lambda: page.heading.text().startswith("B02"))
    shown = texts(page.definition)
    assert "实开支委会次数÷应开次数" in shown and "7 人及以上" in shown and "每季应开 3 次" in shown


def test_the_usual_rule_is_tried_while_one_types(small: Small, sit: Open, qtbot: QtBot) -> None:
    """97.4 of 96→100 loses three begun points of 4; what is typed stays when the page reads again."""
    with small.store.write(small.office) as session:
        indicators.load_seed(session)
    page = sit(small.office)
    page.tabs.setCurrentIndex(DEFINITION)
    trial = page.definition.trial
    assert not trial.isVisible()  # attendance of the small township has no usual rule
    page.library.search.setText("党费按月")
    qtbot.waitUntil(lambda: page.heading.text().startswith("B09"))
    assert (trial.target.text(), trial.usual.text()) == ("100", "参照指标库通常值 96→100")
    type_into(trial.values["v"], "97.4")
    assert trial.result.text() == "得 1 分" and "差 2.6 个百分点 → 扣 3 分" in trial.steps.text()
    qtbot.waitUntil(lambda: trial.chart.has_image, timeout=20_000)
    page.refresh()
    rest(qtbot, page)
    assert trial.result.text() == "得 1 分"
    page.library.search.setText("B11")
    qtbot.waitUntil(lambda: page.heading.text().startswith("B11"))
    assert list(trial.values) == ["count"] and trial.result.text() == "得 2 分"
    page.library.search.setText("F13")
    qtbot.waitUntil(lambda: page.heading.text().startswith("F13"))
    assert trial.usual.text() == "参照指标库通常值 90→98；没有通常分值，按满分 5 分试算"


def test_every_usual_rule_of_the_seed_can_be_tried(look: None, bare_desk: Desk, qtbot: QtBot) -> None:
    """Points at once, but for a plan that only the branch knows (B10)."""
    definition = Definition(bare_desk)
    qtbot.addWidget(definition)
    lacking = []
    for number, draft in enumerate(library.seed()):
        own = {field.name: getattr(draft, field.name) for field in fields(draft)}
        view = IndicatorView(
            id=number, uid="", version=1, valid_from=date(2026, 1, 1), search_keys="", retired_on=None, **own
        )
        definition.show_versions([view])
        lacking += [draft.code] if definition.trial.refused else []
    assert lacking == ["B10", "S02"]


def test_the_dot_plot_follows_the_category(small: Small, sit: Open, qtbot: QtBot) -> None:
    page = sit(small.office)
    page.tabs.setCurrentIndex(PLOT)
    qtbot.waitUntil(lambda: page.chart.has_image, timeout=20_000)
    page.category.setCurrentIndex(page.category.findText("学校"))
    rest(qtbot, page)
    assert page.note.text() == "同类不足 5 个，不作比较；各支部的数见“数据”。"
    assert not page.chart.has_image
    page.category.setCurrentIndex(0)
    qtbot.waitUntil(lambda: page.chart.has_image, timeout=20_000)
    assert "不作比较" not in page.note.text()


def test_a_line_changes_with_its_reason(small: Small, sit: Open, qtbot: QtBot) -> None:
    page = sit(small.office)
    page.tabs.setCurrentIndex(LINES)
    page.lines.mark(lambda line: line.org_id == small.village)

    def change(dialog: FormDialog) -> None:
        put(dialog, target="八十五")
        dialog.submit()
        assert dialog.refusal.startswith("“目标值”")
        put(dialog, target="85", reason="外出务工增加")
        dialog.submit()

    answering(change)
    assert page.next_button.text() == "设基线和目标"
    page.do_next()
    rest(qtbot, page)
    with small.store.rows() as session:
        rows = session.exec(select(Target).order_by(col(Target.version))).all()
    assert [(row.value, row.reason) for row in rows] == [(D("89.9"), ""), (D(85), "外出务工增加")]
    assert page.lines.block()[1][-1] == "年中调整过"


def test_a_conflict_is_settled_on_its_tab(small: Small, sit: Open, qtbot: QtBot) -> None:
    page = sit(small.office)
    page.arrive(conflicts=True)
    assert page.tabs.tabText(CONFLICTS) == "不一致（1）" and page.next_button.text() == "核定"

    def rule(dialog: FormDialog) -> None:
        assert dialog.note.text() == "部门提供 79.1%；支部自报 81%"
        put(dialog, value="80", note="核对签到表")
        dialog.submit()

    answering(rule)
    page.do_next()
    rest(qtbot, page)
    assert page.tabs.tabText(CONFLICTS) == "不一致（0）" and page.next_button.isHidden()
    with small.store.rows() as session:
        last = session.exec(select(MeasuredValue).order_by(col(MeasuredValue.id).desc())).first()
    assert last is not None and (last.origin, last.value, last.note) == ("township", D(80), "核对签到表")


def test_the_office_puts_down_what_a_department_gave(small: Small, sit: Open, qtbot: QtBot) -> None:
    page = sit(small.office)
    page.tabs.setCurrentIndex(LINES)
    page.lines.mark(lambda line: line.org_name == "青石村党支部")

    def act(dialog: FormDialog) -> None:
        assert isinstance(dialog, ValueDialog)
        assert dialog.before.text().splitlines()[0].startswith("部门提供 79.1（截至 2026-09-28，王玥）")
        put(dialog, value="不是数", note="民政办更正")
        dialog.submit()
        assert dialog.refusal
        put(dialog, value="80.2")
        dialog.submit()
        qtbot.waitUntil(lambda: dialog.outcome is not None, timeout=20_000)

    answering(act)
    page.record()
    rest(qtbot, page)
    heads, *rows = page.lines.block(everything=True)
    mine = dict(zip(heads, next(row for row in rows if row[0] == "青石村党支部"), strict=True))
    assert (mine["三季度"], mine["来源"], mine["登记人"]) == ("80.2", "部门提供", "王玥")
    assert mine["另有或此前"] == "支部自报 81；部门提供 79.1"
    assert not sit(small.secretary).record_button.isVisible()


def test_what_does_not_apply_leaves_the_plot(small: Small, sit: Open, qtbot: QtBot) -> None:
    page = sit(small.office)
    page.tabs.setCurrentIndex(LINES)
    page.lines.mark(lambda line: line.org_id == small.school)

    def exempt(dialog: FormDialog) -> None:
        put(dialog, reason="没有在校党员活动日")
        dialog.submit()

    answering(exempt)
    page.exempt()
    rest(qtbot, page)
    assert page.note.text() == "1 个支部，不适用 1 个"
    with small.store.rows() as session:
        assert len(session.exec(select(NotApplicable)).all()) == 1


def test_a_definition_gets_its_next_version(small: Small, sit: Open, qtbot: QtBot) -> None:
    page = sit(small.office)

    def define(dialog: FormDialog) -> None:
        assert not dialog.fields["code"].isEnabled()
        put(dialog, name="党员平均到会率", reason="统一口径")
        dialog.submit()

    answering(define)
    page.edit()
    rest(qtbot, page)
    assert page.heading.text() == "B08 党员平均到会率（%）"
    assert "口径沿革" in texts(page.definition) and "修改理由：统一口径" in texts(page.definition)
    with small.store.rows() as session:
        rows = session.exec(select(IndicatorVersion).where(IndicatorVersion.indicator_id == small.attendance)).all()
    assert {(row.version, row.direction, row.dimension) for row in rows} == {(1, "up", "basic"), (2, "up", "basic")}


def test_a_new_indicator_is_shown_at_once(small: Small, sit: Open, qtbot: QtBot) -> None:
    page = sit(small.office)
    page.library.search.setText("cjt")
    qtbot.waitUntil(lambda: page.heading.text().startswith("F07"))

    def define(dialog: FormDialog) -> None:
        put(dialog, code="B77", name="微党课次数", method="本季讲微党课的次数")
        dialog.submit()

    answering(define)
    page.add()
    qtbot.waitUntil(lambda: page.heading.text() == "B77 微党课次数", timeout=20_000)
    rest(qtbot, page)
    assert page.chosen is not None and page.library.current == page.chosen.now.id
    assert "本季讲微党课的次数" in texts(page.definition) and page.library.search.text() == ""


def test_a_secretary_sees_the_own_branch(small: Small, sit: Open, qtbot: QtBot) -> None:
    """Not what others aim at and reach, not in the table, not in its export, not in the dot plot."""
    page = sit(small.stranger)
    assert [row[0] for row in page.lines.block(everything=True)[1:]] == ["中心小学党支部"]
    assert (
        page.tabs.tabText(PLOT) == "本支部"
        and page.category.isHidden()
        and page.note.text() == "1 个支部，本季未报 1 个"
    )
    assert page.tabs.tabText(CONFLICTS) == "不一致（0）" and "不一致" not in page.answer.text()
    own = sit(small.secretary)
    assert [row[0] for row in own.lines.block(everything=True)[1:]] == ["青石村党支部"]
    assert own.tabs.tabText(CONFLICTS) == "不一致（1）"


def test_a_viewer_only_looks(small: Small, sit: Open) -> None:
    page = sit(small.viewer)
    page.tabs.setCurrentIndex(LINES)
    hidden = (page.add_button, page.edit_button, page.retire_button, page.exempt_button, page.next_button)
    assert all(button.isHidden() for button in hidden)
    page.edit()
    page.set_line()
    page.settle()
    assert QApplication.activeModalWidget() is None


def test_branches_without_a_line_get_the_usual_one(small: Small, sit: Open, qtbot: QtBot) -> None:
    """The school lacks both sides on attendance; the library has no usual numbers here, so they are typed."""
    page = sit(small.office)
    page.tabs.setCurrentIndex(LINES)
    assert page.fill_button.isVisible()

    def take(dialog: UsualLinesDialog) -> None:
        assert [one.org for one in dialog.table.lacking[0].lines] == ["中心小学党支部"]
        dialog.table.item(0, BASELINE).setText("70")
        dialog.table.item(0, TARGET).setText("85%")
        put(dialog, source="2025年台账")
        with qtbot.waitSignal(dialog.finished, timeout=20_000):
            dialog.submit()

    notices: list[str] = []
    page.desk.noticed.connect(notices.append)
    answering(take)
    page.fill_button.click()
    qtbot.waitUntil(lambda: bool(notices), timeout=20_000)
    rest(qtbot, page)
    with small.store.rows() as session:
        rows = session.exec(select(Target).where(Target.org_id == small.school)).all()
    assert [row.value for row in rows] == [85]
    assert notices[-1].startswith("已为 1 个支部设好 1 个基线、1 个目标值")


def test_a_secretary_is_not_offered_the_usual_lines(small: Small, sit: Open) -> None:
    page = sit(small.secretary)
    page.tabs.setCurrentIndex(LINES)
    assert not page.fill_button.isVisible()
    page.fill_usual()
    assert page.desk.tasks.is_idle

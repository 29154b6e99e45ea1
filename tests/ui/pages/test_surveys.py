"""满意度 through the real widgets: its answer, what is lacking, who sees what, why a number is what it is."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from okr_desk import services
from okr_desk.model.tables import SurveyRound
from okr_desk.queries import cycles, orgs
from okr_desk.queries.survey_quadrant import Quadrant, Quadrants
from okr_desk.rules.ballots import BallotDraft
from okr_desk.rules.surveys import RoundDraft
from okr_desk.services import ballots, surveys
from okr_desk.services import cycles as move
from okr_desk.services.outcome import Outcome
from okr_desk.settings import Settings
from okr_desk.survey_terms import Channel, NumberOrder, RoundState
from okr_desk.terms import QuarterState, Sampling
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.adjust import Reason
from okr_desk.ui.dialogs.survey_ballots import BallotsDialog
from okr_desk.ui.dialogs.survey_definition import DefinitionDialog
from okr_desk.ui.dialogs.survey_populations import PopulationsDialog
from okr_desk.ui.dialogs.survey_round import RoundDialog
from okr_desk.ui.models import survey_rows
from okr_desk.ui.pages.surveys import ACTIVITY, ENTRIES, RESULTS, SCHEME, SurveysPage
from okr_desk.ui.widgets.explain_panel import ExplainedNumber
from okr_desk.ui.widgets.other_words import OtherWords
from okr_desk.ui.widgets.population_grid import ASKED, SUGGESTED
from tests.asked_township import SPRING, VILLAGE, Surveyed, definition_draft, opened, surveyed
from tests.founded_township import Town
from tests.ui.answers import answering, put

D = Decimal
Open = Callable[..., SurveysPage]
Idle = Callable[[Desk], None]
GOOD = ("111",) * 16 + ("112",) * 4


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Surveyed]:
    found = surveyed(tmp_path / "镇.okr")
    yield found
    found.town.store.close()


@pytest.fixture
def sit(look: None, qtbot: QtBot, idle: Idle) -> Iterator[Open]:
    """Opens the page for a person in a quarter."""
    desks: list[Desk] = []

    def open_page(town: Town, who: str = "admin", number: int = 3) -> SurveysPage:
        desk = Desk(Settings(theme="light", bundled_fonts=True))
        desks.append(desk)
        desk.take_store(town.store)
        actor = town.actors[who]
        desk.sign_in(actor)
        with town.store.read() as session:
            tree, quarters = orgs.tree(session, desk.clock.today()), cycles.quarters(session)
        seen = [one for one in tree if any(grant.org_id in one.line for grant in actor.grants)]
        desk.selection.offer(quarters, seen)
        desk.selection.choose_quarter(town.quarter(number).id)
        page = SurveysPage(desk)
        qtbot.addWidget(page)
        page.resize(1200, 640)
        page.show()
        idle(desk)
        return page

    yield open_page
    for desk in desks:
        desk.tasks.finish()


def line(page: SurveysPage, org: str) -> dict[str, str]:
    """The row of a branch by the titles of its columns."""
    table = page.results.table
    row = next(n for n in range(table.sieve.rowCount()) if table.sieve.index(n, 0).data() == org)
    return {column.title: table.sieve.index(row, at).data() or "" for at, column in enumerate(table.model.columns)}


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if not label.isHidden()]


# What is lacking


def test_a_year_without_a_definition_starts_from_a_sample(tmp_path: Path, sit: Open, idle: Idle) -> None:
    town = opened(tmp_path / "镇.okr")
    page = sit(town)
    assert page.results.is_empty and page.results.empty.sentence == "2026年还没有测评表。"
    assert not page.define_button.isVisible() and not page.round_button.isVisible()
    answering(lambda dialog: dialog.submit())
    page.results.empty._button.click()
    idle(page.desk)
    assert page.shown is not None and page.shown.definition is not None
    assert len(page.shown.definition.levels) == 10 and page.shown.definition.overall.text == "党支部工作总体评价"
    assert page.results.empty.sentence == "2026年第三季度还没有开展测评。"


def test_a_round_is_opened_from_the_empty_place(tmp_path: Path, sit: Open, idle: Idle) -> None:
    town = opened(tmp_path / "镇.okr")
    town.write("admin", surveys.define, definition_draft())
    page = sit(town)

    def fill(dialog: RoundDialog) -> None:
        put(dialog, drawn_by="镇党建办", collected_by="大学生志愿者")
        dialog.submit()

    answering(lambda dialog: (fill(dialog), idle(page.desk)))
    page.results.empty._button.click()
    idle(page.desk)
    assert page.shown is not None and page.shown.round is not None
    assert (page.shown.round.name, page.shown.round.drawn_by) == ("三季度测评", "镇党建办")
    assert page.answer.text() == "“三季度测评”还没有收回答卷。"


def test_a_branch_and_a_viewer_are_told_to_wait(tmp_path: Path, sit: Open) -> None:
    town = opened(tmp_path / "镇.okr")
    page = sit(town, "secretary")
    assert page.results.empty.sentence == "2026年还没有测评表。"
    assert not page.results.empty._button.isVisible() and not page.define_button.isVisible()


def test_nobody_opens_a_survey_in_a_quarter_that_has_not_begun(made: Surveyed, sit: Open) -> None:
    page = sit(made.town, number=4)
    assert page.shown is not None and page.shown.quarter.state is QuarterState.PLANNING
    assert page._band_text.text() == "本季度还没有开始，还不能开展测评。"
    assert not page.round_button.isVisible() and not page.results.empty._button.isVisible()


# Results


def test_the_answer_counts_ballots_and_verdicts(made: Surveyed, sit: Open) -> None:
    made.answer(VILLAGE, *GOOD)
    made.answer(SPRING, "111", "112")
    page = sit(made.town)
    assert page.answer.text() == "三季度测评收回有效答卷 22 份，2 个支部中 2 个未设目标。"
    assert page.tabs.currentIndex() == RESULTS and not page.results.is_empty
    QAbstractItemModelTester(page.results.table.model)


def test_figures_of_enough_answers_and_counts_of_too_few(made: Surveyed, sit: Open) -> None:
    """16 × 100 and 4 × 80 of 20 are 96; two answers give counts only."""
    made.answer(VILLAGE, *GOOD)
    made.answer(VILLAGE, "---", void="整份空白")
    made.answer(SPRING, "111", "112")
    page = sit(made.town)
    good, few = line(page, VILLAGE), line(page, SPRING)
    assert (good["有效"], good["作废"], good["测评得分"]) == ("20", "1", "96")
    assert (good["满意率（宽口径）"], good["满意率（窄口径）"], good["判定"]) == ("100%", "100%", "未设目标")
    assert (few["有效"], few["测评得分"], few["区间"], few["满意率（宽口径）"], few["证据等级"]) == (
        "2",
        "",
        "",
        "",
        "D",
    )


def test_columns_without_anything_are_not_there(made: Surveyed, sit: Open) -> None:
    made.answer(VILLAGE, *GOOD)
    page = sit(made.town)
    heads = page.results.table.block()[0]
    assert "作废" not in heads and "回收率" not in heads and "核查" not in heads and "测评得分" in heads


def test_a_secretary_hears_of_the_own_branch_alone(made: Surveyed, sit: Open) -> None:
    made.answer(VILLAGE, *GOOD)
    made.answer(SPRING, *GOOD)
    page = sit(made.town, "secretary")
    assert page.answer.text() == "青石村党支部在三季度测评中有有效答卷 20 份。得分 96，没有设目标。"
    assert page.results.table.sieve.rowCount() == 1
    assert not any(one.isVisible() for one in (page.define_button, page.round_button, page.import_button))


def test_a_number_explains_itself_and_a_branch_its_groups(made: Surveyed, sit: Open) -> None:
    made.answer(VILLAGE, *GOOD)
    made.answer(VILLAGE, "111", group="党员")
    page = sit(made.town)
    table = page.results.table
    table.view.setCurrentIndex(table.sieve.index(0, 4))
    table._explain(table.view.currentIndex())
    assert page.side.isVisible() and page._side_title.text() == "青石村党支部 测评得分"
    page.show_branch(table.current())
    said = texts(page.side)
    assert page._side_title.text() == VILLAGE
    assert {"党员", "村民", "1／1 份", "分人群", "逐题满意率（宽口径）"} <= set(said)


def test_people_fewer_than_answers_are_to_be_checked(made: Surveyed, sit: Open) -> None:
    from okr_desk.rules.surveys import PopulationDraft

    made.answer(VILLAGE, *GOOD)
    people = [PopulationDraft(made.town.ids[VILLAGE], None, 12, 10)]
    made.town.write("admin", surveys.set_populations, made.round_id, people)
    page = sit(made.town)
    assert line(page, VILLAGE)["核查"] == "请核查"
    page.show_branch(page.results.table.model.rows[0])
    assert "请核查：登记人数 12 人，少于作答 20 份，这里按人数不明计算，请核对人数。" in texts(page.side)


# Dialogs


def test_an_answered_definition_becomes_a_new_version_with_a_reason(made: Surveyed, sit: Open, idle: Idle) -> None:
    made.answer(VILLAGE, "111")
    page = sit(made.town)
    seen: list[str] = []

    def change(dialog: DefinitionDialog) -> None:
        dialog.scores[3].setText("20")
        dialog.submit()
        idle(page.desk)
        seen.append(dialog.refusal)
        put(dialog, reason="县里统一口径")
        dialog.submit()
        idle(page.desk)

    answering(change)
    page.define()
    idle(page.desk)
    assert seen == ["本年已有答卷，改测评表要写明理由，并从新的一版起计。"]
    assert page.shown is not None and [one.version for one in page.shown.versions] == [1, 2]
    assert page.shown.round is not None and page.shown.round.definition.version == 1


def test_items_keep_their_other_words_when_they_move(made: Surveyed, sit: Open) -> None:
    page = sit(made.town)
    dialog = DefinitionDialog(page.desk, 2026, made.definition, page)
    dialog.items.set_texts([("甲", ("甲题",)), ("乙", ())])
    dialog._follow_items()
    dialog.overall.setCurrentText("乙")
    dialog.items.setCurrentRow(1)
    dialog.items.move(-1)
    dialog.items.put(2, "丙")
    drafted = dialog.draft()
    assert [(one.text, one.is_overall, one.aliases) for one in drafted.items[:3]] == [
        ("乙", True, ()),
        ("甲", False, ("甲题",)),
        ("丙", False, ()),
    ]
    assert [one.aliases for one in drafted.groups] == [(), ("群众",)]


def test_a_round_outside_its_quarter_is_refused_at_the_date(made: Surveyed, sit: Open, idle: Idle) -> None:
    page = sit(made.town)
    dialog = RoundDialog(page.desk, made.town.quarter(3), made.definition, page)
    dialog.ends_on.set_day(date(2026, 10, 3))
    dialog.submit()
    idle(page.desk)
    assert dialog.refusal == "测评日期须在本季度（2026-07-01 至 2026-09-30）内。"
    assert dialog.draft().sampling is Sampling.RANDOM


# The scheme and whom one asks


def test_the_scheme_says_what_is_asked_and_how_it_counts(made: Surveyed, sit: Open) -> None:
    page = sit(made.town)
    page.tabs.setCurrentIndex(SCHEME)
    said = texts(page.scheme.facts)
    assert "1. 办事效率\n2. 环境卫生\n3. 总体评价（总体评价，得分按此题）" in said
    assert "非常满意 100、满意 80、基本满意 60、不太满意 30、不满意 0" in said
    assert "还没有填写，回收率和证据等级按不明处理" in said and "随机抽样" in said


def test_the_plan_answers_while_one_types(made: Surveyed, sit: Open) -> None:
    page = sit(made.town)
    page.tabs.setCurrentIndex(SCHEME)
    plan = page.scheme.plan
    assert plan.headline.text() == "需要有效答卷 73 份；按回收率 60%，应发放 122 份。"
    plan.population.setText("")
    plan.answers.setText("15")
    assert plan.proof.text().startswith("15 份答卷即使全部满意，也不能证明满意率达到 85%。")
    plan.population.setText("10")
    assert plan.headline.text() == "计划有效答卷 15 份，超过总人数 10 人，请改正。"
    assert plan.answers.property("wrong") is True and plan.proof.text() == ""


def test_a_branch_reads_the_scheme_without_the_plan(made: Surveyed, sit: Open) -> None:
    page = sit(made.town, "secretary")
    page.tabs.setCurrentIndex(SCHEME)
    assert page.scheme.facts.isVisible() and not page.scheme.plan.isVisible()
    assert not page.next_button.isVisible()


def test_people_are_pasted_by_the_names_of_branches(made: Surveyed, sit: Open, idle: Idle) -> None:
    """In another order than the register, with a branch that is not known."""
    page = sit(made.town)
    page.tabs.setCurrentIndex(SCHEME)

    def fill(dialog: PopulationsDialog) -> None:
        dialog.grid.paste("龙泉村党支部\t80\t40\n别处\t1\t1\n青石村\t1,200\t100\n")
        dialog.submit()
        idle(page.desk)

    answering(fill)
    page.do_next()
    idle(page.desk)
    assert page.shown is not None
    found = {one.org_id: (one.population, one.invited) for one in page.shown.populations}
    assert found == {made.town.ids[VILLAGE]: (1200, 100), made.town.ids[SPRING]: (80, 40)}
    assert "2 个支部，共 1280 人，发放 140 份" in texts(page.scheme.facts)


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (("十",), "青石村党支部写着“十”，请填人数；不清楚的留空。"),
        (("10", "12"), "青石村党支部：发放 12 份，超过这一人群的 10 人，请核对。"),
        (("10", "", "5"), "青石村党支部既填了“全部”，又填了分人群的数，会重复计算，请只填一种。"),
    ],
)
def test_people_that_cannot_be_are_refused_with_the_branch(
    made: Surveyed, sit: Open, idle: Idle, cells: tuple[str, ...], sentence: str
) -> None:
    page = sit(made.town)
    assert page.shown is not None
    dialog = PopulationsDialog(page.desk, page.shown, page._branches(), page)
    row = next(n for n, one in enumerate(page._branches()) if one.short_name == VILLAGE)
    dialog.grid.put(row, 0, *cells)
    dialog.submit()
    idle(page.desk)
    assert dialog.refusal == sentence and dialog.outcome is None
    assert dialog.grid.item(row, 0).text() == cells[0]


def test_only_changed_people_are_sent(made: Surveyed, sit: Open) -> None:
    from okr_desk.rules.surveys import PopulationDraft

    people = [PopulationDraft(made.town.ids[VILLAGE], None, 120, 60)]
    made.town.write("admin", surveys.set_populations, made.round_id, people)
    page = sit(made.town)
    assert page.shown is not None
    dialog = PopulationsDialog(page.desk, page.shown, page._branches(), page)
    assert dialog.draft() == ()
    row = next(n for n, one in enumerate(page._branches()) if one.short_name == VILLAGE)
    dialog.grid.put(row, 0, "", "")
    assert dialog.draft() == (PopulationDraft(made.town.ids[VILLAGE], None, None, None),)


def test_ballots_are_suggested_and_taken_over_in_one_step_that_can_be_undone(made: Surveyed, sit: Open) -> None:
    """300 people, 60 answers, a response of 60 %: 100 ballots; at 100 % it is 60. 12 people are all asked."""
    page = sit(made.town)
    assert page.shown is not None
    dialog = PopulationsDialog(page.desk, page.shown, page._branches(), page)
    grid = dialog.grid
    names = [one.short_name for one in page._branches()]
    village, spring = names.index(VILLAGE), names.index(SPRING)
    grid.put(village, 0, "300")
    grid.put(spring, 0, "12", "9")
    assert [grid.item(row, SUGGESTED).text() for row in (village, spring)] == ["100", "12"]
    assert grid.item(village, SUGGESTED).toolTip().endswith("共 100 份。")
    dialog.take_button.click()
    assert grid.item(village, ASKED).text() == "100" and grid.item(spring, ASKED).text() == "9"  # what was said stays
    assert dialog.told.text() == "已填入 1 处，可以撤消。"
    dialog.undo_button.click()
    assert grid.item(village, ASKED).text() == "" and not dialog.undo_button.isEnabled()
    dialog.response.setText("100")
    assert grid.item(village, SUGGESTED).text() == "60"
    dialog.response.setText("六成")
    assert "1 至 100" in dialog.told.text() and not dialog.take_button.isEnabled()
    if os.environ.get("PICTURES"):
        dialog.response.setText("60")
        grid.put(spring, 0, "", "", "30", "", "250")
        dialog.take_button.click()
        dialog.show()
        dialog.grab().save(os.environ["PICTURES"] + "/populations.png")


# Counting the results


@pytest.fixture
def settling(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int, str]]:
    """What the page asks of the service that counts results: its name, the round, the reason."""
    asked: list[tuple[str, int, str]] = []

    def service(name: str) -> Callable[..., Outcome[int]]:
        def run(_session: object, _actor: object, round_id: int, reason: str = "", **_more: object) -> Outcome[int]:
            asked.append((name, round_id, reason))
            return Outcome(2, surveys.CHANGED)

        return run

    fake = SimpleNamespace(settle=service("settle"), unsettle=service("unsettle"))
    monkeypatch.setitem(vars(services), "survey_settling", fake)
    return asked


def test_results_are_counted_after_asking(
    made: Surveyed, sit: Open, idle: Idle, settling: list[tuple[str, int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    made.answer(VILLAGE, *GOOD)
    page = sit(made.town)
    assert page.next_button.isVisible() and page.next_button.text() == "计入指标"
    said: list[str] = []
    for button in (QMessageBox.StandardButton.Cancel, QMessageBox.StandardButton.Ok):
        monkeypatch.setattr(QMessageBox, "question", lambda *_a, answer=button: answer)
        page.desk.noticed.connect(said.append)
        page.do_next()
        idle(page.desk)
    assert settling == [("settle", made.round_id, "")]
    assert said[-1] == "“三季度测评”的结果已计入 2 个支部的指标。"


def test_a_frozen_quarter_asks_why_results_come_late(
    made: Surveyed, sit: Open, idle: Idle, settling: list[tuple[str, int, str]]
) -> None:
    made.answer(VILLAGE, *GOOD)
    made.town.write("admin", move.move_quarter, made.town.quarter(3).id, QuarterState.FROZEN)
    page = sit(made.town)
    assert page._band_text.text() == "本季度已冻结。镇党建办仍可录入答卷，关账以后不再变动。"

    def give(dialog: Reason) -> None:
        put(dialog, reason="问卷晚收回三天")
        dialog.submit()

    answering(give)
    page.do_next()
    idle(page.desk)
    assert settling == [("settle", made.round_id, "问卷晚收回三天")]


def test_counted_results_stand_still_until_they_are_taken_back(
    made: Surveyed, sit: Open, idle: Idle, settling: list[tuple[str, int, str]]
) -> None:
    made.answer(VILLAGE, *GOOD)
    with made.town.store.write(made.town.actors["admin"]) as session:
        row = session.get(SurveyRound, made.round_id)
        assert row is not None
        row.state = RoundState.SETTLED.value
        session.add(row)
    page = sit(made.town)
    assert page._band_text.text() == "“三季度测评”的结果已计入指标，不再增减答卷。需要更正的，请先撤回计入。"
    assert page.ballots.is_empty and page.ballots.empty.sentence == "“三季度测评”不再录入答卷。"
    assert not page.next_button.isVisible() and page.back_button.isVisible()

    def give(dialog: Reason) -> None:
        put(dialog, reason="龙泉村录错一箱")
        dialog.submit()

    answering(give)
    page.take_back()
    idle(page.desk)
    assert settling == [("unsettle", made.round_id, "龙泉村录错一箱")]


def test_nothing_is_counted_before_there_are_answers(
    made: Surveyed, sit: Open, settling: list[tuple[str, int, str]]
) -> None:
    page = sit(made.town)
    assert not page.next_button.isVisible() and not page.back_button.isVisible()


def test_two_signs_ask_for_a_look_and_one_does_not() -> None:
    def result(check: bool) -> object:
        return SimpleNamespace(findings=SimpleNamespace(check=check, signals=(SimpleNamespace(sentence="全选最好"),)))

    assert survey_rows.findings(result(True)) == ("全选最好",)  # type: ignore[arg-type]
    assert survey_rows.findings(result(False)) == ()  # type: ignore[arg-type]
    assert survey_rows.findings(SimpleNamespace(findings=None)) == ()  # type: ignore[arg-type]


# Closer looks


def test_a_single_ballot_is_found_and_taken_back_with_a_reason(made: Surveyed, sit: Open, idle: Idle) -> None:
    made.answer(VILLAGE, *GOOD)
    made.answer(SPRING, "555")
    page = sit(made.town)
    page.tabs.setCurrentIndex(ENTRIES)
    seen: list[object] = []

    def take_back(dialog: BallotsDialog) -> None:
        idle(page.desk)
        seen.append(dialog.said.text())
        dialog.number.setText("二")
        dialog.look()
        seen.append(dialog.refusal.text())
        dialog.number.setText("")
        dialog.branch.setCurrentText(SPRING)
        idle(page.desk)
        (one,) = dialog.table.model.rows
        dialog.table.view.setCurrentIndex(dialog.table.sieve.index(0, 0))
        answering(lambda reason: (put(reason, reason="按错一题"), reason.submit()))
        dialog.take_back()
        idle(page.desk)
        (back,) = dialog.table.model.rows
        seen.extend((one.answers, back.said, dialog.back_button.isEnabled()))

    answering(take_back)
    page.entries.single_button.click()
    idle(page.desk)
    assert seen == ["共 21 份。", "编号只填数字，例如 12；不知道编号的留空，按支部找。", "555", "按错一题", False]
    assert line(page, VILLAGE)["有效"] == "20" and page.shown is not None and page.shown.answers == 20
    assert page.entries.table.model.rows[0].singly == 1


def test_activities_are_read_when_somebody_looks(made: Surveyed, sit: Open, idle: Idle) -> None:
    made.answer(VILLAGE, *GOOD)
    page = sit(made.town)
    page.tabs.setCurrentIndex(ACTIVITY)
    idle(page.desk)
    assert page.activity.is_empty and page.activity.empty.sentence == "还没有可以放在一起看的活动和满意度。"
    assert not page.next_button.isVisible()
    few = Quadrants("农村", (D(1), D("0.9")), (Quadrant(page._branches()[0], D(1), D("0.9"), ""),), 5)
    page.activity.show_quadrants([few])
    assert page.activity.said.text() == "同类不足5个，不作比较；下面只列各支部自己的数。"
    points = [Quadrant(page._branches()[0], D(n) / 4, D("0.9"), "多而无感", D(n), D(1)) for n in range(5)]
    page.activity.show_quadrants([few, Quadrants("社区", (D("0.5"), D("0.9")), tuple(points), 5)], "社区")
    assert page.activity.said.text() == "以同类平均分界（活动完成率 50%，满意度 90 分）：多而无感 5 个。"
    heads, *rows = page.activity.table.block()
    assert heads[-1] == "所在" and rows[2][-1] == "多而无感" and rows[2][3] == "+1"
    assert "先停办一部分" in page.activity.advice.text()


def test_other_wordings_are_typed_beside_the_line_and_need_no_new_version(
    made: Surveyed, sit: Open, idle: Idle
) -> None:
    made.answer(VILLAGE, "111")
    page = sit(made.town)

    def change(dialog: DefinitionDialog) -> None:
        words = dialog.fields["item_words"]
        assert isinstance(words, OtherWords)
        dialog.items.setCurrentRow(2)
        words.setPlainText("总的满意吗\n\n总体满意度")
        dialog.items.setCurrentRow(0)
        assert words.toPlainText() == ""
        dialog.groups.setCurrentRow(1)
        assert dialog.fields["group_words"].toPlainText() == "群众"  # type: ignore[attr-defined]
        dialog.order.setCurrentIndex(1)
        dialog.submit()
        idle(page.desk)

    answering(change)
    page.define()
    idle(page.desk)
    assert page.shown is not None and [one.version for one in page.shown.versions] == [1]
    standing = page.shown.versions[0]
    assert standing.overall.aliases == ("总的满意吗", "总体满意度")
    assert standing.number_order is NumberOrder.BEST_FIRST


def test_four_quarters_together_stand_beside_and_explain_themselves(made: Surveyed, sit: Open, idle: Idle) -> None:
    second = made.town.quarter(2)
    made.town.write("admin", move.move_quarter, second.id, QuarterState.OPEN)
    earlier = RoundDraft(
        made.definition.id, second.id, "二季度测评", date(2026, 6, 1), date(2026, 6, 20), Sampling.RANDOM
    )
    round_id = made.town.write("admin", surveys.open_round, earlier).value
    ballots_of = [BallotDraft(made.town.ids[VILLAGE], None, Channel.HOME_PAPER, one) for one in GOOD]
    made.town.write("admin", ballots.record_ballots, round_id, ballots_of)
    made.answer(VILLAGE, *GOOD)
    page = sit(made.town)
    assert page.shown is not None and page.shown.is_checked and "正在核查" not in page.answer.text()
    page.show_branch(page.results.row_of(made.town.ids[VILLAGE]))
    said = texts(page.side)
    assert "近四个季度合计" in said and any("不是本季度的判定" in one for one in said)
    numbers = {one.accessibleName(): one for one in page.side.findChildren(ExplainedNumber)}
    assert "近四个季度合计 作答（份） 40" in numbers
    numbers["近四个季度合计 作答（份） 40"].click()
    assert "2026年第二季度“二季度测评”：总体评价作答 20 份" in texts(page.side)

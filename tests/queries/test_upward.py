"""A form filled for a quarter of the demo: every figure is the one that its own page shows, and what is missing is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from okr_desk.errors import Refusal
from okr_desk.exchange import upward as workbooks
from okr_desk.i18n import using
from okr_desk.model.reading import Reader
from okr_desk.model.store import Store
from okr_desk.queries import (
    cycles,
    dashboard,
    duty_overview,
    orgs,
    score_summary,
    scores,
    upward,
    upward_catalogue,
    upward_figures,
    whistle_figures,
)
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.upward import FilledCell, FilledForm
from okr_desk.queries.upward_columns import column
from okr_desk.queries.upward_facts import UpwardFacts
from okr_desk.rules import upward_labels
from okr_desk.terms import OrgKind
from okr_desk.upward_terms import NAME_KEY
from tests.demo_copy import demo_copy


@pytest.fixture(scope="module")
def demo(demo_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = Store.open(demo_copy(demo_template, tmp_path_factory.mktemp("upward") / demo_template.name))
    yield made
    made.close()


@pytest.fixture(scope="module")
def session(demo: Store) -> Iterator[Reader]:
    with demo.read() as reading:
        yield reading


def quarter(session: Reader, key: str = "2026Q3") -> QuarterView:
    found = cycles.by_key(session, key)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def facts(session: Reader) -> UpwardFacts:
    return UpwardFacts(session, quarter(session), "王玥")


@pytest.fixture(scope="module")
def filled(session: Reader, facts: UpwardFacts) -> FilledForm:
    (form,) = upward.forms(session, 2026)
    book = workbooks.kept(upward.workbook_path(session, form), form.display_name)
    return upward.filled(session, facts, form, book)


def at(filled: FilledForm, sheet: str, cell: str) -> FilledCell:
    return next(one for one in filled.cells if one.cell.sheet.startswith(sheet) and one.cell.cell == cell)


def test_figures_are_those_of_their_own_pages(session: Reader, facts: UpwardFacts) -> None:
    of = quarter(session)
    town, points = dashboard.township(session, of), score_summary.township(session, of)
    branches = [org for org in orgs.tree(session, of.ends_on) if org.kind == OrgKind.BRANCH]
    sheets = scores.sheets(session, of, branches)
    kept = whistle_figures.table(session, of).all
    duties = duty_overview.overview(session, of, branches).branches
    mean = score_summary.mean_of(sheets, 1)
    assert mean is not None and town.mean.value.value is not None
    expected = {
        "branches": Decimal(len(town.rows)),
        "branches-owing": Decimal(sum(row.owed > 0 for row in town.rows)),
        "branches-reported": Decimal(sum(row.reported >= row.owed > 0 for row in town.rows)),
        "progress-mean": town.mean.value.value * 100,
        "satisfaction-mean": town.means.satisfaction.value.value,
        "score-mean": mean.percent,
        "grade-count:好": Decimal(sum(one.grade is not None and one.grade.grade == "好" for one in sheets)),
        "whistles": Decimal(kept.count),
        "whistles-rate": kept.closed.explained.value,
        "duties-due": Decimal(sum(one.due for one in duties)),
        "members": Decimal(sum((org.full_members or 0) + (org.probationary_members or 0) for org in branches)),
        "year": Decimal(2026), "quarter": "第三季度", "period": "2026年第三季度", "filled-by": "王玥",
        "filled-on": date(2026, 10, 8), "township": "青山镇",
    }  # fmt: skip
    assert {word: upward_figures.township(facts, word).value for word in expected} == expected
    assert points.categories
    got = column(facts, "score")
    assert {key: found.value for key, found in got.items()} == {
        one.org.id: one.sheet.percent for one in sheets if one.sheet is not None
    }


def test_every_word_of_the_catalogue_gives_a_figure_or_says_why_not(session: Reader, facts: UpwardFacts) -> None:
    for word, figure in upward_catalogue.figures(session, 2026).items():
        if word == NAME_KEY:
            continue
        found = list(column(facts, word).values()) if figure.of_branch else [upward_figures.township(facts, word)]
        assert all(one.words for one in found), word
        assert len(found) in (1, len(facts.branches))


def test_labels_are_no_two_figures_in_one_place(session: Reader) -> None:
    known = upward_catalogue.figures(session, 2026)
    for of_branch in (False, True):
        labels = [label for one in known.values() if one.of_branch is of_branch for label in one.labels]
        twice = {label for label in labels if labels.count(label) > 1}
        assert all(label in known["branches"].labels or len(label) > 3 for label in twice), twice


def test_the_form_of_the_demo(filled: FilledForm) -> None:
    assert filled.problem == "" and len(filled.cells) == 36
    head, share = at(filled, "表一", "B2"), at(filled, "表一", "D14")
    assert (head.label, head.shown) == ("填报单位：", "青山镇")
    assert share.shown.endswith("%") and "单元格是百分比格式，写入 0." in share.words
    (target,) = (line.target for line in share.lines)
    assert target is not None and Decimal(target.text) * 100 == Decimal(share.shown.rstrip("%"))
    day = at(filled, "表一", "F2").lines[0]
    assert (
        day.shown == "2026年10月8日" and day.target is not None and (day.target.kind, day.target.text) == ("n", "46303")
    )
    names = at(filled, "表二", "B4")
    assert "找到 29 个支部" in names.words and names.lines == ()
    score = at(filled, "表二", "G4")
    assert score.label == "考核得分" and score.shown == "29 个支部，29 个有数" and len(score.lines) == 29
    assert score.lines[0].cell == "G4" and score.lines[0].branch


def test_missing_is_blank_and_listed_never_zero(filled: FilledForm) -> None:
    rate = at(filled, "表一", "G10")
    assert rate.shown == "" and rate.lines[0].target is None
    assert "“表一 基本情况”G10 群众满意率（支部平均）：本季的满意度测评还没有计入" in filled.missing
    assert all(target.text for target in filled.targets)


def test_the_words_of_the_form_speak_for_what_is_mapped(session: Reader, filled: FilledForm) -> None:
    (form,) = upward.forms(session, 2026)
    book = workbooks.kept(upward.workbook_path(session, form), form.display_name)
    known, names = upward_catalogue.figures(session, 2026), upward_catalogue.branch_names(session, date(2026, 9, 30))
    assert {one.draft for one in upward_labels.proposals(book, known, (), names)} == set(form.drafts)
    assert upward_labels.proposals(book, known, form.drafts, names) == ()


def test_a_cell_that_has_gone_is_a_problem_not_a_guess(session: Reader, facts: UpwardFacts) -> None:
    (form,) = upward.forms(session, 2026)
    book = workbooks.kept(upward.workbook_path(session, form), form.display_name)
    short = type(book)(book.sha256, book.sheets[:1])
    made = upward.filled(session, facts, form, short)
    assert made.problem == "表里没有“表二 支部情况”这张工作表，只有：表一 基本情况。"
    assert at(made, "表一", "D4").problem == "" and at(made, "表二", "G4").shown == ""


def test_quarters_that_have_not_begun_and_forms_that_are_not_there(session: Reader) -> None:
    (form,) = upward.forms(session, 2026)
    book = workbooks.kept(upward.workbook_path(session, form), form.display_name)
    with pytest.raises(Refusal, match="还没有开始，没有可以上报的数"):
        upward.filled(session, UpwardFacts(session, quarter(session, "2026Q4"), ""), form, book)
    with pytest.raises(Refusal, match="没有叫“年报”的表，现有：基层党建季度报表。"):
        upward.form_named(session, 2026, "年报")


def test_the_catalogue_in_english(session: Reader, facts: UpwardFacts) -> None:
    with using("en"):
        known = upward_catalogue.figures(session, 2026)
        assert known["branches"].title.isascii() and upward_figures.township(facts, "branches").words.isascii()

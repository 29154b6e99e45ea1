"""Files of answer sheets among the workbooks: the demo against truth.json, rounds by name or days, what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path

import pytest

from okr_desk.errors import InputRefused
from okr_desk.exchange import founding
from okr_desk.exchange.ballots import read_ballots
from okr_desk.exchange.folder import read_folder
from okr_desk.model import audit_check
from okr_desk.model.store import Store
from okr_desk.queries import cycles, survey_counts, survey_results, surveys
from okr_desk.rules.imports import Known
from okr_desk.survey_terms import LEVELS, NumberOrder
from tests.exchange.sample import TRUTH, exact
from tests.exchange.survey_files import sheet, write_csv, write_xlsx
from tests.founded_township import Town, found
from tests.surveyed_township import surveyed


@pytest.fixture
def round_of(tmp_path: Path) -> Iterator[tuple[Town, int]]:
    town, round_id = surveyed(tmp_path / "镇.okr")
    yield town, round_id
    town.store.close()


def taken(town: Town, *paths: Path, **more: object) -> founding.Report:
    """An import by the administrator."""
    return founding.import_paths(town.store, town.actors["admin"], paths, **more)  # type: ignore[arg-type]


def test_the_demo_has_all_892_ballots_and_the_scores_of_the_truth(demo_store: Store) -> None:
    with demo_store.read() as session:
        (of,) = surveys.rounds(session, 2026)
        results = survey_results.results(session, of.id)
        cells = survey_counts.cells(session, of)
        returned = survey_counts.returned(session, of.id)
        assert audit_check.first_fault(session) is None
        assert of.quarter == cycles.quarter(session, 2026, 3)
    assert of.ballots == TRUTH["survey_rows"] == 892
    scores = {one.org.short_name: one.score.estimate for one in results.branches if one.score}
    truth = {name: exact(score) for name, score in TRUTH["satisfaction_score_2026Q3"].items()}
    assert scores.keys() == truth.keys() and len(scores) == 29
    half_even = {name: score.quantize(Decimal("0.1"), ROUND_HALF_EVEN) for name, score in scores.items()}
    assert half_even == truth  # 柳湾村 has 74.25 sharp, and the sample's maker rounded to even
    assert sum(one.suspect for one in returned.values()) == TRUTH["suspicious_rows"] == 13
    names = {one.org.id: one.org.short_name for one in results.branches}
    place = of.definition.overall.place or 0
    tally: dict[str, dict[str, int]] = {}
    for cell in cells:
        mine = tally.setdefault(names[cell.org_id], dict.fromkeys((*LEVELS, "不了解"), 0))
        for word, count in zip(LEVELS, cell.items[place].levels, strict=True):
            mine[word] += count
        mine["不了解"] += cell.items[place].unsure
    assert tally == TRUTH["overall_tally"]


def test_the_marked_rows_are_the_hasty_ones(tmp_path: Path) -> None:
    store, report = founding.demo(tmp_path / "示范.okr")
    store.close()
    assert report is not None
    (line,) = report["surveys"]
    assert (line["stored"], line["void"], line["sent_back"]) == (892, 0, 0)
    assert len(line["marked"]) == 13 and all("作答过快" in why for _row, _where, why in line["marked"])


def test_the_round_is_found_by_name_or_by_days(round_of: tuple[Town, int], tmp_path: Path) -> None:
    town, round_id = round_of
    rows = [sheet(1, "青石村", "满意", "满意", "党员")]
    report = taken(town, write_csv(tmp_path / "满意度_2026Q3.csv", rows, "utf-8"))
    assert [(one["round"], one["stored"]) for one in report["surveys"]] == [("三季度测评", 1)]
    assert (report["taken"], report["refused"], report["lost"]) == (1, [], 0)
    report = taken(town, write_xlsx(tmp_path / "导出.xlsx", [sheet(9, "龙泉村", "满意", "满意", "党员", took="1秒")]))
    assert [mark[1:] for mark in report["surveys"][0]["marked"]] == [("龙泉村", "作答过快（1 秒）")]
    assert town.read(surveys.round_view, round_id).ballots == 2


def test_a_trial_writes_nothing_and_a_second_import_is_the_same(round_of: tuple[Town, int], tmp_path: Path) -> None:
    town, round_id = round_of
    path = write_csv(tmp_path / "满意度.csv", [sheet(1, "青石村", "满意", "满意", "党员")], "utf-8")
    assert taken(town, path, dry_run=True)["taken"] == 1
    assert town.read(surveys.round_view, round_id).ballots == 0
    assert taken(town, path)["taken"] == 1
    again = taken(town, path)
    assert (again["taken"], again["unchanged"], again["doubtful"], again["refused"]) == (0, 1, [], [])


def test_what_is_unclear_is_listed_by_cell_and_the_file_waits(round_of: tuple[Town, int], tmp_path: Path) -> None:
    town, round_id = round_of
    rows = [sheet(1, "青石村", "很好", "满意", "党员"), sheet(2, "南村", "满意", "满意", "党员")]
    report = taken(town, write_csv(tmp_path / "满意度.csv", rows, "utf-8"))
    assert [(one["cell"], one["raw"], one["taken"]) for one in report["doubtful"]] == [
        ("G3", "南村", False),
        ("H2", "很好", False),
    ]
    assert report["taken"] == 0 and town.read(surveys.round_view, round_id).ballots == 0


def test_numbers_need_their_order(round_of: tuple[Town, int], tmp_path: Path) -> None:
    town, round_id = round_of
    path = write_csv(tmp_path / "满意度.csv", [sheet(1, "青石村", "5", "4", "党员")], "utf-8")
    assert "没有写明" in taken(town, path)["doubtful"][0]["reason"]
    assert taken(town, path, order=NumberOrder.WORST_FIRST)["taken"] == 1
    assert town.read(surveys.round_view, round_id).ballots == 1


def test_what_one_means_is_asked_once_and_contradicted_never(round_of: tuple[Town, int], tmp_path: Path) -> None:
    town, round_id = round_of
    first = write_csv(tmp_path / "满意度_1.csv", [sheet(1, "青石村", "5", "4", "党员")], "utf-8")
    words = write_csv(tmp_path / "满意度_0.csv", [sheet(1, "青石村", "满意", "满意", "党员")], "utf-8")
    taken(town, words, order=NumberOrder.BEST_FIRST)
    assert town.read(surveys.round_view, round_id).definition.number_order is None
    taken(town, first, order=NumberOrder.WORST_FIRST)
    assert town.read(surveys.round_view, round_id).definition.number_order is NumberOrder.WORST_FIRST
    second = write_csv(tmp_path / "满意度_2.csv", [sheet(2, "青石村", "4", "4", "党员")], "utf-8")
    assert taken(town, second)["taken"] == 1
    third = write_csv(tmp_path / "满意度_3.csv", [sheet(3, "青石村", "1", "1", "党员")], "utf-8")
    with pytest.raises(InputRefused, match="测评表已记明"):
        taken(town, third, order=NumberOrder.BEST_FIRST)
    assert town.read(surveys.round_view, round_id).ballots == 3


def test_without_a_survey_the_sentence_says_how_to_begin(tmp_path: Path) -> None:
    town = found(tmp_path / "镇.okr")
    path = write_csv(tmp_path / "满意度.csv", [sheet(1, "青石村", "满意", "满意", "党员")], "utf-8")
    with pytest.raises(InputRefused, match="2026年还没有测评表，请先在“满意度”页建立"):
        taken(town, path)
    town.store.close()


def test_without_a_round_the_sentence_says_which_quarter(round_of: tuple[Town, int], tmp_path: Path) -> None:
    town, _round_id = round_of
    path = write_csv(tmp_path / "满意度_2026Q2.csv", [sheet(1, "青石村", "满意", "满意", "党员")], "utf-8")
    with pytest.raises(InputRefused, match="2026年第2季度还没有开始测评"):
        taken(town, path)
    silent = write_csv(
        tmp_path / "问卷.csv", [["1", "--", "60秒", "", "", "", "青石村", "满意", "满意", "党员"]], "utf-8"
    )
    with pytest.raises(InputRefused, match="看不出是哪个季度"):
        taken(town, silent)


def test_a_long_export_is_recognised_without_reading_its_formats(tmp_path: Path) -> None:
    rows = [sheet(n, "青石村", "满意", "满意", "党员") for n in range(1, 12_000)]
    path = write_xlsx(tmp_path / "满意度.xlsx", rows)
    assert path.stat().st_size > 300_000
    found = read_folder([path], Known())
    assert found.surveys == (str(path),) and "“满意度”页" in found.not_taken[0].reason
    assert read_ballots(path).rows == 11_999

"""The year sheet read back from its PDF: hand-worked years, every reason for no points, pages and faces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from pypdf import PdfReader

from okr_desk.clock import FixedClock
from okr_desk.errors import Refusal
from okr_desk.queries import orgs, score_years
from okr_desk.queries.score_years import YearForm
from okr_desk.reports import score_sheet, score_year_table
from okr_desk.reports.outcome import Printed
from tests.reports import pdf, samples, score_reading
from tests.reports import year_samples as years
from tests.reports.score_reading import YEAR, PaperRow
from tests.scored_township import Scored, scored

AT = datetime(2026, 10, 8, 1, 32, tzinfo=UTC)
QUARTERS, FULL, POINTS, SAID = slice(6, 10), 11, 12, 13


def printed(folder: Path, *forms: YearForm) -> Printed:
    return score_sheet.render(forms, folder / "year.pdf", printed_at=AT, bundled_fonts=True)


def rows(path: Path, first: int = 0, last: int | None = None) -> list[PaperRow]:
    return score_reading.rows(path, first, last, YEAR)


def line(path: Path, code: str) -> list[str]:
    """The texts of a line, column by column."""
    row = next(row for row in rows(path) if row.text(2).startswith(code))
    return [row.text(column) for column in range(len(score_year_table.COLUMNS_MM))]


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return printed(tmp_path_factory.mktemp("year"), years.usual()).path


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Iterator[Scored]:
    found = scored(tmp_path / "镇.okr", clock)
    yield found
    found.small.store.close()


def test_the_columns_fill_the_landscape_type_area() -> None:
    assert sum(score_year_table.COLUMNS_MM) == 225


@pytest.mark.parametrize(
    "phrase",
    [
        "中共青山镇桃源村支部委员会2026年度支部计分表",
        "年度2026-007",
        "各季状态一季度已关账，二季度已冻结，三季度填报中，四季度未开始",
        "满意率92.5%（三季度）",
        "红线V4弄虚作假：会议照片挪用上年（青纪〔2026〕3号），不得评为“好”，最高为“较好”。",
        "一季度已关账二季度已冻结三季度填报中四季度未开始",
        "党建基础·组织生活（满分15分）",
        "维度：融合性888",
        "满意率（前三档，%）—9692.5—92.5",
        "加分1.5（上限5）",
        "加分小计12——31.5各项相加，未封顶。",
        "2026-09-01V4弄虚作假会议照片挪用上年",
        "“末次”的，取最后一个有得分的季度",
        "“最好”的，取得分最高的季度",
        "该季按0分参加",
        "本年还有季度没有关账，本表按打印时的数据暂计。",
        "数据校验码3F2A-91BC-07DE",
        "填表人：",
    ],
)
def test_the_sheet_says(usual: Path, phrase: str) -> None:
    assert phrase in pdf.squeezed(usual)


@pytest.mark.parametrize(
    ("code", "quarters", "way", "points", "said"),
    [
        ("B08", ["2", "4", "— 未报", "—"], "平均", "3", "全年按各季平均：（2＋4）÷2＝3"),
        ("B09", ["— 未报", "1", "4", "—"], "末次", "4", "全年取最后一季：4"),
        ("B14", ["— 未到期", "— 未到期", "2", "—"], "平均", "2", "全年按各季平均：（2）÷1＝2"),
        ("B12", ["— 不适用", "— 不适用", "— 不适用", "—"], "平均", "— 不适用", "不适用：没有在职党员"),
        ("F07", ["4", "6", "8", "—"], "最好", "8", "全年取最好一季：8"),
        ("X03", ["1", "2", "— 未到期", "—"], "平均", "1.5", "全年按各季平均：（1＋2）÷2＝1.5"),
    ],
)
def test_each_line_has_four_quarters_and_how_they_make_the_year(
    usual: Path, code: str, quarters: list[str], way: str, points: str, said: str
) -> None:
    """A quarter without points is a dash with its reason, never 0."""
    found = line(usual, code)
    assert (found[QUARTERS], found[10], found[POINTS], "".join(found[SAID].split())) == (quarters, way, points, said)


def test_it_is_a4_landscape_with_embedded_faces_and_counted_pages(usual: Path) -> None:
    box = PdfReader(usual).pages[0].mediabox
    pages = pdf.texts(usual)
    assert (round(box.width), round(box.height)) == (842, 595)
    assert pdf.unembedded(usual) == []
    assert [f"第{n}页 共{len(pages)}页" in page for n, page in enumerate(pages, 1)] == [True] * len(pages)


def test_a_quarter_of_an_earlier_version_is_converted_and_the_sum_is_written_out(tmp_path: Path) -> None:
    """4 of 8 count as 2 of 4; with 4 in the second quarter the year is 3."""
    path = printed(tmp_path, years.changed()).path
    found = line(path, "B08")
    assert (found[QUARTERS], found[FULL], found[POINTS]) == (["4", "4", "—", "—"], "4", "3")
    assert "".join(found[SAID].split()) == "一季度满分8分，折算4×4÷8＝2；全年按各季平均：（2＋4）÷2＝3"
    said = pdf.squeezed(path)
    assert "一季度已关账（第1版），二季度已冻结（第2版）" in said and "先按现行分值折算" in said


def test_a_quarter_without_a_scheme_and_a_line_that_came_later_say_so(tmp_path: Path) -> None:
    path = printed(tmp_path, years.begun_late()).path
    assert line(path, "F07")[QUARTERS] == ["—", "— 未列入", "8", "—"]
    assert line(path, "B08")[QUARTERS] == ["—", "4", "— 未报", "—"]
    assert "各季状态一季度没有方案，二季度已冻结" in pdf.squeezed(path)


def test_what_adds_up_has_the_full_points_of_the_quarters_so_far(tmp_path: Path) -> None:
    """96 of 92 and so on: 40, 40 and 10 of 100 points, a fourth of them each quarter."""
    path = printed(tmp_path, years.cumulative()).path
    found = line(path, "C01")
    assert (found[QUARTERS], found[FULL], found[POINTS]) == (["10", "10", "—", "—"], "20", "20")
    assert "业绩亮旗（全年满分100分，已开始的季度计50分）" in pdf.squeezed(path)
    assert found[SAID].startswith("△红旗")


def test_every_sum_on_the_paper_can_be_done_again(tmp_path: Path) -> None:
    for form in (years.usual(), years.changed(), years.many(24)):
        for row in rows(printed(tmp_path, form).path):
            for value, shown in score_reading.sums(row.text(SAID).replace("折算", "。")):
                assert abs(value - shown) <= Fraction(1, 1_000_000)


def test_a_year_worked_out_by_hand_from_the_database(town: Scored, tmp_path: Path) -> None:
    """到会率 4 and 2 → 3; 党费 only in the third: 1; 差错 3 each quarter; 收入 8 and 7 → 7.5: 14.5 of 19, 76.32 %."""
    for code, value in (("B08", "78.5"), ("B09", "97.2"), ("F07", "7")):
        town.measure(code, value)
    town.measure("B08", "85", 2)
    town.measure("F07", "8", 2)
    small = town.small
    with small.store.read() as session:
        of = [orgs.view(session, org, date(2026, 9, 30)) for org in (small.village, small.school)]
        (form,) = score_years.asked(session, 2026, of)
        with pytest.raises(Refusal, match="2026年都没有启用的考核方案"):
            score_years.asked(session, 2026, of[1:])
        assert score_years.forms(session, 2030, of) == ()
    path = printed(tmp_path, form).path
    assert [line(path, code)[POINTS] for code in ("B08", "B09", "B11", "F07")] == ["3", "1", "3", "7.5"]
    assert "总分14.5得分率76.32%" in pdf.squeezed(path)


# Pages


def test_three_hundred_lines_leave_no_row_alone(tmp_path: Path) -> None:
    done = printed(tmp_path, years.many(300))
    pages = [rows(done.path, page, page + 1) for page in range(done.pages)]
    assert sum(row.is_line for of in pages for row in of) == 300
    for of in filter(None, pages):
        assert not of[0].sum_name, "a sum begins a page without a line above it"
        assert not of[-1].text(0) or of[-1].text(0).isdigit(), "a heading ends a page"


def test_the_signatures_never_stand_alone_on_a_page(tmp_path: Path) -> None:
    for count in range(8, 26, 2):
        last = pdf.texts(printed(tmp_path, years.many(count)).path)[-1]
        assert "填表人" in last and "目标完成度是另一本账" in last


def test_names_with_rare_characters_are_printed(tmp_path: Path) -> None:
    form = years.usual()
    org = replace(samples.ORG, full_name="中共青山镇䶮堃村支部委员会", short_name="䶮堃村党支部")
    done = printed(tmp_path, replace(form, sheet=replace(form.sheet, org=org)))
    assert done.missing == () and "䶮堃村" in pdf.squeezed(done.path)


def test_files_and_bookmarks_of_a_batch(tmp_path: Path) -> None:
    forms = [years.usual(), years.cumulative()]
    done = score_sheet.render_each(forms, tmp_path, printed_at=AT, bundled_fonts=True)
    names = ["年度2026-007_桃源村党支部_计分表.pdf", "年度2026-007_桃源村党支部_计分表_2.pdf"]
    assert [one.path.name for one in done] == names
    assert len(pdf.bookmarks(printed(tmp_path, *forms).path)) == 2

"""The count sheet read back: blank with room for strokes, filled signed, with the seal's space free."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from okr_desk.queries.survey_papers import CountForm
from okr_desk.reports import count_sheet
from okr_desk.reports.pages import MM
from okr_desk.reports.signatures import SEAL_HEIGHT, SEAL_WIDTH
from tests.reports import pdf
from tests.reports import survey_samples as made

AT = datetime(2026, 10, 8, 1, 32, tzinfo=UTC)


def printed(folder: Path, *forms: CountForm) -> Path:
    return count_sheet.render(forms, folder / "c.pdf", printed_at=AT, bundled_fonts=True).path


def test_the_tables_fill_the_type_area() -> None:
    assert sum(count_sheet.COLUMNS_MM) == sum(count_sheet.FACTS_MM) == 156


@pytest.mark.parametrize(
    "phrase",
    [
        "中共青山镇桃源村支部委员会2026年第三季度满意度测评计票表",
        "发出（份）56收回（份）47有效（份）46作废（份）1",
        "6总体评价2118500",
        "合计46满意率100.0%得分87.3",
        "满意率＝（非常满意＋满意＋基本满意）÷五档合计",
        "得分＝（非常满意×100＋满意×80＋基本满意×60＋不太满意×30＋不满意×0）÷五档合计；支部得分取第6题",
        "主持人：",
        "计票人：",
        "监票人：",
        "测评组织单位（盖章）",
        "数据校验码",
    ],
)
def test_a_filled_sheet_says(phrase: str, tmp_path: Path) -> None:
    assert phrase in pdf.squeezed(printed(tmp_path, made.count_form()))


def test_a_blank_sheet_of_six_items_is_one_page_with_room_for_strokes(tmp_path: Path) -> None:
    path = printed(tmp_path, made.count_form(filled=False))
    assert len(PdfReader(path).pages) == 1
    assert pdf.unembedded(path) == []
    said = pdf.squeezed(path)
    assert "上格画“正”字" in said and said.count("合计") >= 6 and "数据校验码" not in said
    best, second = count_sheet.WIDTHS[2:4]
    assert min(best, second) >= 4 * 4.4 * MM and count_sheet.TALLY >= 2 * 5 * MM


def test_ten_items_go_over_two_pages_and_the_signatures_never_stand_alone(tmp_path: Path) -> None:
    of = made.a_round(made.definition([f"题目{n}" for n in range(1, 11)]))
    pages = pdf.texts(printed(tmp_path, made.count_form(filled=False, of=of)))
    assert len(pages) == 2
    assert "题目10" in pages[1] and "主持人" in pages[1]


def test_names_and_the_day_of_a_typed_count_are_printed(tmp_path: Path) -> None:
    form = made.count_form(counted_on=date(2026, 9, 28), hosts=("王喆",), counters=("李堃", "赵䶮"), watchers=("孙颖",))
    said = pdf.squeezed(printed(tmp_path, form))
    for phrase in ("计票日期2026-09-28", "主持人：王喆", "计票人：李堃、赵䶮", "监票人：孙颖"):
        assert phrase in said


def test_the_space_of_the_seal_is_free() -> None:
    signed = count_sheet._signed(made.count_form())
    (sealed,) = signed.right
    assert sealed.seal and sealed.height >= SEAL_HEIGHT and signed.width / 2 >= SEAL_WIDTH


def test_what_nobody_knows_is_left_to_be_written(tmp_path: Path) -> None:
    said = pdf.squeezed(printed(tmp_path, made.count_form(issued=None)))
    assert "发出（份）收回（份）47" in said


def test_a_branch_without_answers_gets_the_blank_form_in_the_same_file(tmp_path: Path) -> None:
    forms = (made.count_form(), made.count_form(filled=False, org=made.org(2)))
    path = printed(tmp_path, *forms)
    assert [title for title, _page in pdf.bookmarks(path)] == ["桃源村党支部", "第2村党支部"]
    done = count_sheet.render_each(forms, tmp_path / "each", printed_at=AT, bundled_fonts=True)
    assert [one.path.name for one in done] == ["桃源村党支部_计票表.pdf", "第2村党支部_计票表.pdf"]

"""The questionnaire read back from its PDF: one page a copy, its number, its boxes, and nobody's name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from okr_desk.errors import Cancelled
from okr_desk.queries.survey_papers import QuestionnaireForm
from okr_desk.queries.surveys import GroupView
from okr_desk.reports import questionnaire
from okr_desk.reports.pages import MM
from tests.reports import pdf, samples
from tests.reports import survey_samples as made

AT = datetime(2026, 10, 8, 1, 32, tzinfo=UTC)


def printed(folder: Path, *forms: QuestionnaireForm) -> Path:
    return questionnaire.render(forms, folder / "q.pdf", printed_at=AT, bundled_fonts=True).path


def boxes(path: Path, page: int = 0) -> list[tuple[float, float]]:
    """Width of each square frame and the weight of its line, points."""
    content = PdfReader(path).pages[page].get_contents().get_data().decode("latin-1")
    found, weight = [], 0.0
    for line in re.finditer(r"([\d.]+) w\b|[\d.]+ [\d.]+ ([\d.]+) ([\d.]+) re", content):
        if line[1]:
            weight = float(line[1])
        elif abs(float(line[2]) - float(line[3])) < 0.01 and float(line[2]) < 8 * MM:  # not a square cell
            found.append((float(line[2]), weight))
    return found


def test_it_fills_the_type_area() -> None:
    assert sum(questionnaire.COLUMNS_MM) == 156


def test_a_copy_says_what_the_form_of_the_office_says(tmp_path: Path) -> None:
    path = printed(tmp_path, made.questionnaire())
    said = pdf.squeezed(path)
    for phrase in (
        "青山镇群众满意度测评表",
        "单位（支部）：桃源村党支部",
        "季度：2026年第三季度",
        "填表日期：",
        "编号：001（不记名）",
        "1党员干部作风和带头作用",
        "6总体评价",
        "非常满意满意基本满意不太满意不满意不了解",
        "最希望解决的一件事：",
        "您属于（限选一格）：",
        "村民代表",
        "多选或漏选的，该项不计入",
    ):
        assert phrase in said
    assert pdf.unembedded(path) == []


def test_every_item_has_six_boxes_that_a_copier_keeps_and_every_group_one(tmp_path: Path) -> None:
    found = boxes(printed(tmp_path, made.questionnaire()))
    assert len(found) == 6 * 6 + 3
    assert all(wide >= 4 * MM and weight >= 0.8 for wide, weight in found)


def test_the_copies_of_a_branch_are_numbered_from_the_first(tmp_path: Path) -> None:
    path = printed(tmp_path, made.questionnaire(3, 98), made.questionnaire(2, org=made.org(2)))
    said = pdf.texts(path)
    numbers = [re.search(r"编号：(\d+)", "".join(text.split())) for text in said]
    assert [found and found[1] for found in numbers] == ["098", "099", "100", "001", "002"]
    assert [title for title, _page in pdf.bookmarks(path)] == [
        "桃源村党支部 098", "桃源村党支部 099", "桃源村党支部 100", "第2村党支部 001", "第2村党支部 002",
    ]  # fmt: skip


def test_nothing_personal_is_asked_or_printed(tmp_path: Path) -> None:
    said = pdf.squeezed(printed(tmp_path, made.questionnaire()))
    for word in ("姓名", "电话", "身份证", "住址", "签名", samples.ORG.secretary, samples.ORG.liaison):
        assert word not in said
    assert "数据校验码" not in said


def test_ten_questions_of_eighty_characters_stay_on_one_page(tmp_path: Path) -> None:
    of = made.a_round(made.definition([f"{n}" + "您对党务村务居务公开是否满意" * 3 for n in range(10)]))
    path = printed(tmp_path, made.questionnaire(of=of))
    assert len(PdfReader(path).pages) == 1
    assert len(boxes(path)) == 63


def test_the_group_that_it_goes_to_is_ticked(tmp_path: Path) -> None:
    plain = PdfReader(printed(tmp_path, made.questionnaire())).pages[0].get_contents().get_data()
    ticked = PdfReader(printed(tmp_path, made.questionnaire(group=made.GROUPS[1]))).pages[0].get_contents().get_data()
    assert ticked.count(b"1.4 w") == plain.count(b"1.4 w") + 2


def test_without_groups_and_an_open_question_neither_is_printed(tmp_path: Path) -> None:
    of = made.a_round(made.definition(groups=(), wish=""))
    path = printed(tmp_path, made.questionnaire(of=of))
    said = pdf.squeezed(path)
    assert "您属于" not in said and "最希望" not in said
    assert len(boxes(path)) == 36


def test_rare_characters_of_items_and_groups_are_printed(tmp_path: Path) -> None:
    of = made.a_round(made.definition(("𬱖堃社区服务", "总体评价"), (GroupView(1, "喆䶮组", ()),)))
    done = questionnaire.render([made.questionnaire(of=of)], tmp_path / "q.pdf", printed_at=AT, bundled_fonts=True)
    assert done.missing == ()
    assert "𬱖堃社区服务" in pdf.squeezed(done.path) and "喆䶮组" in pdf.squeezed(done.path)


def test_one_file_each_and_cancelling(tmp_path: Path) -> None:
    forms = [made.questionnaire(2), made.questionnaire(2, org=made.org(2))]
    done = questionnaire.render_each(forms, tmp_path, printed_at=AT, bundled_fonts=True)
    assert [one.path.name for one in done] == ["桃源村党支部_测评表_001.pdf", "第2村党支部_测评表_001.pdf"]
    assert [one.pages for one in done] == [2, 2]

    asked: Iterable[bool] = iter((False, True))
    with pytest.raises(Cancelled):
        questionnaire.render(forms, tmp_path / "no.pdf", printed_at=AT, cancelled=lambda: next(iter(asked)))
    assert not (tmp_path / "no.pdf").exists()


def test_a_name_that_ends_in_the_word_is_not_doubled() -> None:
    assert questionnaire.survey_name(made.definition(name="民主测评表")) == "民主测评表"

"""吹哨单 and 部门评价通报表 are read back: one sheet a whistle, blanks to be filled, what is not listed said."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from okr_desk.reports import department_table, whistle_sheet
from okr_desk.whistle_terms import WhistleState
from tests.reports import pdf, whistle_samples
from tests.reports.whistle_samples import whistle

AT = datetime(2026, 10, 8, tzinfo=UTC)


def test_a_whistle_stands_whole_on_one_sheet(tmp_path: Path) -> None:
    done = whistle_sheet.render([whistle_samples.form()], tmp_path / "a.pdf", printed_at=AT, bundled_fonts=True)
    said = pdf.squeezed(done.path)
    assert (done.pages, done.missing) == (1, ())
    for words in (
        "青山镇“吹哨报到”办理单", "哨2026-3-001", "沟渠堵塞，汛期有漫堤风险", "水利站", "派出所",
        "2026-07-0309:12（张三）", "水利站出挖机，村里出人", "2026-07-06", "清淤两百米", "满意", "响应速度（过程）",
        "落实成效（结果）", "87", "主责部门确认", "过程分占60%，结果分占40%",
    ):  # fmt: skip
        assert words in said, words
    assert pdf.unembedded(done.path) == []


def test_files_of_a_whistle_are_named_on_its_sheet(tmp_path: Path) -> None:
    form = whistle_samples.form()
    with_files = replace(form, files={form.whistles[0].id: ("现场照片.jpg", "会议纪要.pdf")})
    done = whistle_sheet.render([with_files], tmp_path / "a.pdf", printed_at=AT, bundled_fonts=True)
    assert done.pages == 1 and "附件现场照片.jpg、会议纪要.pdf" in pdf.squeezed(done.path)


def test_several_whistles_are_several_sheets_with_bookmarks(tmp_path: Path) -> None:
    again = whistle(number="哨2026-3-002", again_of="哨2026-3-001", state=WhistleState.SIGNING, ratings=(), moves=())
    done = whistle_sheet.render(
        [whistle_samples.form(whistle(), again)], tmp_path / "a.pdf", printed_at=AT, bundled_fonts=True
    )
    assert [title.split()[0] for title, _page in pdf.bookmarks(done.path)] == ["哨2026-3-001", "哨2026-3-002"]
    assert "本哨为哨2026-3-001的重吹。" in pdf.squeezed(done.path)


def test_a_long_plan_and_result_still_fit_two_pages_at_most(tmp_path: Path) -> None:
    long = whistle(plan="水利站出挖机，" * 40, result="清淤两百米，" * 48, said="群众说，" * 70)
    done = whistle_sheet.render([whistle_samples.form(long)], tmp_path / "a.pdf", printed_at=AT, bundled_fonts=True)
    assert done.pages <= 2


def test_the_table_of_departments_says_what_is_not_listed(tmp_path: Path) -> None:
    of = whistle_samples.bulletin()
    done = department_table.render([of], tmp_path / "a.pdf", printed_at=AT, bundled_fonts=True)
    said = pdf.squeezed(done.path)
    for words in (
        "“一哨一评”部门评价通报表",
        "镇直站所（1个）",
        "76.3",
        "不足3次，不列",
        "66.7",
        "全镇合计",
        "数据截至2026-09-30",
    ):
        assert words in said, words
    assert done.pages == 1 and done.missing == ()
    order = [said.index(name) for name in ("水利站", "派驻", "派出所")]
    assert order == sorted(order)


def test_the_file_is_the_same_twice(tmp_path: Path) -> None:
    of = replace(whistle_samples.bulletin(), is_demo=False)
    first, second = (
        department_table.render([of], tmp_path / name, printed_at=AT, bundled_fonts=True).path.read_bytes()
        for name in ("a.pdf", "b.pdf")
    )
    assert first == second

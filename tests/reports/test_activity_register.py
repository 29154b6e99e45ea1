"""The register of activities on A4: every line, what counts, the sum with its interval; blank where there is none."""

from __future__ import annotations

from pathlib import Path

from okr_desk.reports import activity_register
from tests.reports.activity_samples import AT, form, held, usual
from tests.reports.pdf import texts


def test_lines_sum_and_notes_are_on_one_page(tmp_path: Path) -> None:
    done = activity_register.render([usual()], tmp_path / "登记表.pdf", printed_at=AT, bundled_fonts=True)
    pages = texts(done.path)
    assert len(pages) == 1
    told = pages[0].replace(" ", "").replace("\n", "")
    for words in (
        "暑期托管班", "80.5", "10/5/3/1/1", "未达标", "没有评价", "补报", "合计举办3场，参加120人次",
        "计入场次1场，占33%", "各场得分平均52.3", "置信水平90%", "达到60分的计入场次", "支部书记（签名）",
    ):  # fmt: skip
        assert words in told, words


def test_forty_lines_go_on_with_their_head_and_none_gives_a_blank_form(tmp_path: Path) -> None:
    many = form(*(held(n, f"第{n}场活动", (10, 5, 3, 1, 1)) for n in range(1, 41)))
    done = activity_register.render_each([many, form()], tmp_path, printed_at=AT, bundled_fonts=True)
    pages = texts(done[0].path)
    assert len(pages) == 2 and all("现场评价" in page for page in pages)
    blank = texts(done[1].path)
    assert len(blank) == 1 and "合计举办" not in blank[0]

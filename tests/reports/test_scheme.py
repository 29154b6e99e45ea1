"""考核评分办法 read back from its PDF: every line with its rule, the terms below, and what a draft says of itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from okr_desk.queries import scheme_wording
from okr_desk.queries.scheme_papers import SchemePaper
from okr_desk.reports import scheme
from okr_desk.rules import scheme_presets
from tests.reports import pdf
from tests.reports import scheme_samples as made

AT = datetime(2026, 10, 8, 1, 32, tzinfo=UTC)


def printed(path: Path, *papers: SchemePaper) -> Path:
    return scheme.render(papers, path, printed_at=AT, bundled_fonts=True).path


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return printed(tmp_path_factory.mktemp("scheme") / "s.pdf", made.paper())


def test_the_columns_fill_the_type_area() -> None:
    assert sum(scheme.COLUMNS_MM) == sum(scheme.FACTS_MM) == 156
    assert len(scheme.COLUMNS_MM) == len(scheme_wording.HEADS)


def test_it_is_a4_upright_with_embedded_faces(usual: Path) -> None:
    box = PdfReader(usual).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)
    assert pdf.unembedded(usual) == []


@pytest.mark.parametrize(
    "phrase",
    [
        "青山镇2026年度农村党支部考核评分办法",
        "方案名称百分制（60/25/15）适用类别农村",
        "版本第1版，自第1季度起用满分100分，另加分不超过5分",
        "编制王玥，批准王玥2026-01-09",
        "基础性（满分60分；年度取平均）",
        "8B08党员到会率%4直线计分：得分＝满分×（实绩－基线）÷（目标值－基线），不低于0分，最高计满分平均按三会一课记录统计；签到表",
        "合计（不含加分）100",
        "加分（加分，最多5分；年度取最好）",
        "一、计分和年度计法",
        "基线、目标值按各支部本年度核定的数",
        "加分合计不超过5分；基本分的得分率不到60%的不计加分",
        "90%及以上为“好”，80%至不足90%为“较好”",
        "群众满意率（前三档）：低于90%的，最高评为“一般”",
        "V1班子成员严重违纪违法：以处分决定或通报为准。一票否决，评为最低等次。",
        "不适用的项目不计分，也不计入满分，分值由同一块的其余各项按比例分担",
        "本办法参照：基础60分参照青海省堡垒指数（2018）",
        "镇党建办负责人：",
        "数据校验码3F2A-91BC-07DE",
    ],
)  # fmt: skip
def test_it_says(usual: Path, phrase: str) -> None:
    assert phrase in pdf.squeezed(usual)


def test_a_draft_is_sent_round_as_one(tmp_path: Path) -> None:
    said = pdf.squeezed(printed(tmp_path / "s.pdf", made.draft()))
    assert "考核评分办法（征求意见稿）" in said and "方案第2版的理由：县里调整了分值。" in said
    assert "第2版，自第3季度起用（草稿，未启用）" in said


def test_quotas_gates_flags_and_the_satisfaction_beside_an_activity_are_said(tmp_path: Path) -> None:
    stars = pdf.squeezed(printed(tmp_path / "s.pdf", made.paper("stars", "社区")))
    assert "同类支部中“五星”不超过10%，“四星”不超过20%" in stars
    assert "低于60%的，最高评为“二星”；低于50%的，最高评为“无星”" in stars
    flags = pdf.squeezed(printed(tmp_path / "s.pdf", made.paper("cz420-field", "生产一线型")))
    assert "业绩亮旗（满分100分；年度取累计），亮旗" in flags and "超过目标为红旗" in flags
    assert "累计：每季计全年分值的四分之一，四季相加为全年得分" in flags
    assert "满分420分" in flags and "合计420" in flags and "加分合计" not in flags
    community = pdf.squeezed(printed(tmp_path / "s.pdf", made.paper("hundred", "社区")))
    assert "满意度取“党群服务活动满意度”" in community


@pytest.mark.parametrize("key", list(scheme_presets.declared()))
def test_every_preset_prints_whole_and_no_heading_ends_a_page(tmp_path: Path, key: str) -> None:
    preset = scheme_presets.declared()[key]
    paper = made.paper(key, preset.categories[0] if preset.categories else "国企")
    path = printed(tmp_path / "s.pdf", paper)
    said = pdf.squeezed(path)
    for line in paper.version.lines:
        assert f"{line.code}{line.name}".replace(" ", "") in said
    names = {"".join(scheme_wording.heading(block).split()) for block in paper.version.blocks}
    for page in pdf.texts(path):
        lines = ["".join(line.split()) for line in page.splitlines() if line.strip()]
        body = [line for line in lines if not line.startswith(("数据校验码", "第", "打印时间", "草稿"))]
        assert body and body[-1] not in names
        assert not body[0].startswith("编制人")


def test_several_categories_each_have_their_pages_and_bookmark(tmp_path: Path) -> None:
    path = printed(tmp_path / "s.pdf", made.paper(), made.paper("stars", "社区"))
    marks = pdf.bookmarks(path)
    assert [name for name, _page in marks] == ["农村", "社区"] and marks[1][1] > 0
    assert "第1页共" in "".join(pdf.texts(path)[marks[1][1]].split())


def test_a_rule_that_cannot_be_read_is_said_in_plain_words(tmp_path: Path) -> None:
    whole = made.bare()
    block = whole.version.blocks[0]
    broken = replace(block, lines=(replace(block.lines[0], rule="ratio t=x"),))
    said = pdf.squeezed(printed(tmp_path / "s.pdf", replace(whole, version=replace(whole.version, blocks=(broken,)))))
    assert "不是可用的数字" in said and "t=x" not in said

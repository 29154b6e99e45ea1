"""The township's table of points read back from its PDF."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from pypdf import PdfReader

from okr_desk.queries.score_summary import Column
from okr_desk.reports import score_summary
from tests.reports import pdf
from tests.reports import score_samples as made

AT = datetime(2026, 10, 8, 1, 32, tzinfo=UTC)


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("summary") / "s.pdf"
    return score_summary.render([made.summary()], path, printed_at=AT, bundled_fonts=True).path


@pytest.mark.parametrize("points", range(1, 9))
def test_the_columns_fill_the_landscape_type_area(points: int) -> None:
    widths = score_summary.columns_mm(points)
    assert round(sum(widths), 6) == 225 and len(widths) == points + 7
    assert widths[1] >= score_summary.NAME_MM - 1e-9 and min(widths) >= 8


def test_it_is_a4_landscape_with_embedded_faces(usual: Path) -> None:
    box = PdfReader(usual).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (842, 595)
    assert pdf.unembedded(usual) == []


@pytest.mark.parametrize(
    "phrase",
    [
        "青山镇2026年第三季度计分汇总表",
        "农村（6个支部）农村百分制，第2版",
        "组织生活10分党员队伍15分融合创新15分加分总分40分得分率%等次备注",
        "1农村第1党支部510722472.73一般未报1项",
        "同类平均得分率（一个支部算一份）68.12",
        "“好”评了2个，最多1个，请研究调整。",
        "学校（1个支部）",
        "1中心小学党支部24—2496一般红线V4弄虚作假（青纪〔2026〕3号）；按得分为好",
        "同类不足5个，不作比较。",
        "不排名次；只在同类之内比较",
        "没有启用方案、不在本表的类别：机关、国企。",
        "镇党建办负责人：",
        "第1页共1页",
        "数据校验码3F2A-91BC-07DE",
    ],
)
def test_it_says(usual: Path, phrase: str) -> None:
    assert phrase in pdf.squeezed(usual)


def test_branches_stand_in_the_order_of_the_register(usual: Path) -> None:
    said = pdf.squeezed(usual)
    places = [said.index(f"农村第{n}党支部") for n in range(1, 7)]
    assert places == sorted(places)


def test_the_mean_stands_below_its_branches_on_every_length(tmp_path: Path) -> None:
    for branches in range(6, 40):
        done = score_summary.render([made.summary(branches)], tmp_path / "s.pdf", printed_at=AT, bundled_fonts=True)
        for page in pdf.texts(done.path):
            before, mean, _after = "".join(page.split()).partition("同类平均得分率")
            assert not mean or f"农村第{branches}党支部" in before
            assert "农村第" not in page or "组织生活" in page


def test_many_columns_still_fit(tmp_path: Path) -> None:
    whole = made.summary(1)
    first = whole.categories[0]
    columns = tuple(Column(f"第{n}个部分", Decimal(10), is_part=True) for n in range(8))
    wide = replace(whole, categories=(replace(first, columns=columns),))
    done = score_summary.render([wide], tmp_path / "s.pdf", printed_at=AT, bundled_fonts=True)
    assert "第7个部分10分" in pdf.squeezed(done.path)


@pytest.mark.parametrize(
    ("name", "room", "lines"),
    [
        ("组织建设", 3, "组织 建设"),
        ("宣传与意识形态", 3, "宣传与 意识 形态"),
        ("组织体系", 4, "组织体系"),
        ("工作", 1, "工 作"),
        ("Meetings", 3, "Meetings"),
    ],
)
def test_heads_are_broken_evenly(name: str, room: int, lines: str) -> None:
    assert score_summary.balanced(name, room).split("\n") == lines.split()

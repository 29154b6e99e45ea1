"""The township's table read back from its PDF."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from okr_desk.reports import township_summary
from tests.reports import pdf, samples

AT = datetime(2026, 10, 8, 1, 32, tzinfo=UTC)


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("township") / "t.pdf"
    return township_summary.render([samples.township()], path, printed_at=AT, bundled_fonts=True).path


def test_the_columns_fill_the_landscape_type_area() -> None:
    assert sum(township_summary.COLUMNS_MM) == 225


def test_it_is_a4_landscape_with_embedded_faces(usual: Path) -> None:
    box = PdfReader(usual).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (842, 595)
    assert pdf.unembedded(usual) == []


@pytest.mark.parametrize(
    "phrase",
    [
        "青山镇2026年第三季度目标完成情况汇总表",
        "农村（12个支部）61.7",
        "社区（6个支部",
        "97.3●正常",
        "未报",
        "○待报",
        "100.0✓完成",
        "80.0●正常",
        "全镇平均（22个支部）",
        "88.6",  # the mean satisfaction of a category
        "91.3●正常",  # and its mean of fusion
        "61.0▲关注",
        "本季尚未报送的支部：农村第2党支部、社区第2党支部、机关第2党支部。",
        "逾期未报3项，导入待核对14格，来源不一致2项。",
        "填表人：",
        "审核人：",
        "第1页共2页",
    ],
)
def test_it_says(usual: Path, phrase: str) -> None:
    assert phrase in pdf.squeezed(usual)


def test_the_head_is_repeated(usual: Path) -> None:
    pages = pdf.texts(usual)
    assert len(pages) == 2 and all("总灯号" in page for page in pages)


def test_a_township_without_branches_still_prints(tmp_path: Path) -> None:
    done = township_summary.render([samples.township(())], tmp_path / "t.pdf", printed_at=AT, bundled_fonts=True)
    assert "全镇平均（0个支部）" in pdf.squeezed(done.path)

"""The preview shows the pages of the very file."""

from __future__ import annotations

from pathlib import Path

import pytest

from okr_desk.errors import FileRefused
from okr_desk.reports import preview, quarterly_review
from tests.reports import samples, score_samples
from tests.reports.test_quarterly_review import AT, printed


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return printed(tmp_path_factory.mktemp("preview"), samples.sheet(), samples.sheet()).path


def test_pages_sizes_and_bookmarks(file: Path) -> None:
    assert preview.page_count(file) == 4
    assert [round(size) for size in preview.page_sizes(file)[0]] == [595, 842]
    assert preview.outline(file) == [preview.Entry("桃源村党支部", 0), preview.Entry("桃源村党支部", 2)]


def test_an_appendix_is_a_bookmark_below_its_sheet(tmp_path: Path) -> None:
    sheets = [samples.sheet(scores=score_samples.form())] * 2
    done = quarterly_review.render(sheets, tmp_path / "a.pdf", printed_at=AT, bundled_fonts=True, with_scores=True)
    half = done.pages // 2
    found = preview.outline(done.path)
    assert [(entry.title, entry.level) for entry in found] == [("桃源村党支部", 0), ("计分附表", 1)] * 2
    assert [found[0].page, found[2].page] == [0, half] and found[3].page - found[1].page == half


@pytest.mark.parametrize("dpi", [37, 72, 96.5])
def test_a_page_is_opaque_rgb_without_padding(file: Path, dpi: float) -> None:
    width, height, data = preview.page_image(file, 0, dpi)
    assert len(data) == width * height * 3
    assert abs(width - 595.3 * dpi / 72) <= 1.5 and abs(height - 841.9 * dpi / 72) <= 1.5
    assert data[:3] == b"\xff\xff\xff"
    assert min(data) < 100


def test_a_page_that_is_not_there_is_refused(file: Path) -> None:
    with pytest.raises(FileRefused, match="没有第9页"):
        preview.page_image(file, 8, 72)


@pytest.mark.parametrize("content", [None, b"", b"%PDF-1.4 nonsense"])
def test_a_file_that_is_no_pdf_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "坏.pdf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(FileRefused, match=r"不能打开“坏\.pdf”"):
        preview.page_count(path)

"""Bulletins on paper, short and long, with their annexes; the papers around them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from okr_desk.queries.bulletin_text import BulletinPaper
from okr_desk.reports import bulletin, committee_paper, grade_notice, receipt_sheet
from okr_desk.rules.bulletins import BulletinMode, BulletinState
from tests import bulletin_samples as made
from tests.reports import bulletin_document_samples as samples
from tests.reports import pdf
from tests.reports.official_reading import Measured, pages, said

AT = datetime(2026, 10, 8, 1, 32, tzinfo=UTC)
NEAR = 0.3


def printed(path: Path, of: BulletinPaper) -> list[Measured]:
    bulletin.render([of], path, printed_at=AT, bundled_fonts=True)
    return pages(path)


def long() -> BulletinPaper:
    """About six pages of text."""
    of = samples.bulletin()
    wording = replace(of.text.wording, problems="\n".join([of.text.wording.problems] * 6))
    return replace(of, text=replace(of.text, wording=wording))


def short() -> BulletinPaper:
    """A page and a bit, without annexes and record block."""
    of = samples.bulletin()
    words = dict.fromkeys(("overall", "results", "problems", "demands"), "无。")
    wording = replace(of.text.wording, copies="", printed_by="", **words)
    return replace(of, text=replace(of.text, wording=wording, annexes=()))


@pytest.mark.parametrize("mode", BulletinMode)
def test_every_mode_prints_whole(tmp_path: Path, mode: BulletinMode) -> None:
    of = made.paper(mode)
    done = bulletin.render([of], tmp_path / "b.pdf", printed_at=AT, bundled_fonts=True)
    text = pdf.squeezed(done.path)
    for part in ("introduction", "overall", "results", "problems", "demands"):
        for paragraph in getattr(of.text.wording, part).splitlines():
            assert paragraph.replace(" ", "")[:20] in text
    assert done.pages % 2 == 0 and done.missing == () and pdf.unembedded(done.path) == []
    assert "草稿，未签发" in text


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    printed(tmp_path / "a.pdf", samples.bulletin())
    printed(tmp_path / "b.pdf", samples.bulletin())
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_a_long_bulletin_fills_its_pages_and_keeps_to_the_grid(tmp_path: Path) -> None:
    found = printed(tmp_path / "b.pdf", long())
    assert len(found) >= 8
    signed = next(n for n, page in enumerate(found) if any(said(line) == "2026年10月8日" for line in page.lines))
    assert signed >= 5
    for number, page in enumerate(found[1 : signed - 1], 2):
        body = [line for line in page.lines if round(line[0].size) == 16]
        assert len(body) >= 21, number
        assert min(line[0].x for line in body) == pytest.approx(28, abs=NEAR)
        for line in body:
            last = [char for char in line if char.text not in "，。、；：）”》"][-1]
            assert last.right <= 184 + NEAR
    for number, page in enumerate(found, 1):
        is_alone = not page.chars or any("印发" in said(line) for line in page.lines)
        assert is_alone or said(page.lines[-1]) == f"—{number}—"


def test_a_short_bulletin_is_one_page_or_two_and_signed_with_text(tmp_path: Path) -> None:
    found = printed(tmp_path / "b.pdf", short())
    assert len(found) <= 2
    last = [said(line) for line in found[-1].lines]
    at = last.index("中共青山镇委员会")
    assert at >= 2


def test_an_issued_one_says_nothing_at_its_foot_and_a_withdrawn_one_why(tmp_path: Path) -> None:
    bulletin.render([samples.bulletin()], tmp_path / "b.pdf", printed_at=AT)
    assert "草稿" not in pdf.squeezed(tmp_path / "b.pdf")
    back = replace(samples.bulletin(), state=BulletinState.WITHDRAWN, withdrawn="得分有误")
    bulletin.render([back], tmp_path / "w.pdf", printed_at=AT)
    assert "已撤回：得分有误" in pdf.squeezed(tmp_path / "w.pdf")


def test_the_rectification_list_lies_across(tmp_path: Path) -> None:
    found = printed(tmp_path / "b.pdf", samples.bulletin())
    page = next(page for page in found if any(char.text == "编" for char in page.chars) and page.strokes)
    assert page.size == pytest.approx((210, 297), abs=0.1)
    assert said(page.lines[-1]).startswith("—")


def test_the_notice_says_grades_without_place_and_leaves_the_telephone_blank(tmp_path: Path) -> None:
    done = grade_notice.render([samples.notice()], tmp_path / "n.pdf", printed_at=AT, bundled_fonts=True)
    text = pdf.squeezed(done.path)
    assert "关于2026年第三季度党支部" in text and "还有2个党支部的等次未经镇党委审定，不得张贴" in text
    decided = replace(samples.notice(), undecided=0)
    grade_notice.render([decided], tmp_path / "d.pdf", printed_at=AT)
    assert "不得张贴" not in pdf.squeezed(tmp_path / "d.pdf")


@pytest.mark.parametrize("times", [1, 4, 12])
def test_the_committee_gets_exactly_one_page(tmp_path: Path, times: int) -> None:
    of = samples.committee()
    fact = "农村：好7、较好5；社区：好5、较好1；机关：好3；国企：好1、较好1；科研院所：好1；学校：好1、较好1。"
    of = replace(of, facts=(fact,) * times, problems=(fact,) * times)
    done = committee_paper.render([of], tmp_path / "c.pdf", printed_at=AT, bundled_fonts=True)
    assert done.pages == 1
    text = pdf.squeezed(done.path)
    assert text.count("科研院所：好1") == 2 * times and "主要领导" in text
    assert not any(line[0].base > 275 for line in pages(done.path)[0].lines)


def test_the_receipts_are_a_list_to_sign(tmp_path: Path) -> None:
    done = receipt_sheet.render([samples.receipts()], tmp_path / "r.pdf", printed_at=AT, bundled_fonts=True)
    text = pdf.squeezed(done.path)
    assert "应签收29个，已登记1个" in text and "1青石村党支部李旭昇2026-10-09纸质签收" in text
    assert date(2026, 10, 8).isoformat() in text

"""The papers around a review, read back: objections with their answers, receipts, the archive's list."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from okr_desk.queries.review_papers import Handed
from okr_desk.reports import archive_list, objection_sheet, receipt_list
from tests.reports import pdf, review_samples

AT = datetime(2026, 10, 28, 1, 30, tzinfo=UTC)


def text(path: Path) -> str:
    return "\n".join(pdf.texts(path)).replace("\r", "")


def test_an_objection_has_a_sheet_with_old_points_beside_new(tmp_path: Path) -> None:
    made = objection_sheet.render([review_samples.objections()], tmp_path / "o.pdf", printed_at=AT, bundled_fonts=True)
    assert (made.sheets, made.pages, made.missing) == (2, 2, ())
    first, second = pdf.texts(made.path)
    for said in ("申辩2026-3-001", "主张得分", "部分采纳", "3.5", "赵海", "银行回单.jpg", "评审2026-3-001"):
        assert said in first.replace("\r", ""), said
    assert "申辩2026-3-002" in second and "李旭昇（纸质表）" in second and "赵海" not in second


def test_receipts_count_what_is_still_to_come(tmp_path: Path) -> None:
    made = receipt_list.render([review_samples.receipts()], tmp_path / "r.pdf", printed_at=AT, bundled_fonts=True)
    said = text(made.path)
    assert "已送达 27 份，未送达 2 份" in said and said.count("2026-10-15") == 27 and made.missing == ()


def test_notices_stand_below_with_who_signed(tmp_path: Path) -> None:
    noticed = (Handed("青石村党支部", "整改2026-3-001", 2, None, "", "", date(2026, 10, 14)),)
    of = replace(review_samples.receipts(2), notices=noticed)
    made = receipt_list.render([of], tmp_path / "n.pdf", printed_at=AT, bundled_fonts=True)
    said = text(made.path)
    assert "整改通知书签收" in said and "整改2026-3-001" in said and "整改通知书 1 份，1 份没有签收。" in said


def test_the_archive_lists_versions_beside_each_other(tmp_path: Path) -> None:
    made = archive_list.render([review_samples.archive()], tmp_path / "a.pdf", printed_at=AT, bundled_fonts=True)
    said = text(made.path)
    assert said.count("评审2026-3-001") == 2 and "青党建〔2026〕12号" in said and "共 4 件" in said
    assert (made.pages, made.missing) == (1, ())

"""Export files as columns: encodings, workbooks, what never leaves the limited process, what is refused."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from okr_desk.errors import Cancelled, FileRefused
from okr_desk.exchange.ballots import read_ballots
from tests.exchange.sample import FOLDER
from tests.exchange.survey_files import HEADS, sheet, write_csv, write_xlsx

ROWS = [sheet(1, "东村", "满意", "非常满意", "党员"), sheet(2, "西村", "(空)", "不了解", "村民")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
def test_csv_is_read_in_the_encodings_that_offices_have(tmp_path: Path, encoding: str) -> None:
    path = write_csv(tmp_path / "导出.csv", ROWS, encoding)
    found = read_ballots(path)
    assert [column.head for column in found.columns] == list(HEADS)
    assert (found.rows, found.first_row) == (2, 2)
    assert [found.columns[6].text(n) for n in (0, 1)] == ["东村", "西村"]
    assert found.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_workbook_gives_whole_numbers_and_skips_what_stands_above_the_head(tmp_path: Path) -> None:
    rows = [
        ["2026年三季度满意度"],
        [],
        list(HEADS),
        [1, "2026/09/07 08:00:00", 60, "微信", "", "ip", "东村", 5, -3.0, "党员"],
    ]
    found = read_ballots(write_xlsx(tmp_path / "按序号.xlsx", rows[1:], ["2026年三季度满意度"]))
    assert found.first_row == 4 and found.rows == 1
    assert [found.columns[n].text(0) for n in (2, 7, 8)] == ["60", "5", "-3"]


def test_addresses_nick_names_and_running_numbers_do_not_come_through(tmp_path: Path) -> None:
    heads = [*HEADS, "微信昵称", "您的姓名", "您对电话回访是否满意？"]
    found = read_ballots(write_csv(tmp_path / "a.csv", [[*ROWS[0], "山里人", "王五", "满意"]], "utf-8", heads))
    seen = {column.head: column.texts for column in found.columns}
    assert seen["来自IP"] == seen["微信昵称"] == seen["您的姓名"] == seen["序号"] == ("",)
    assert seen["您对电话回访是否满意？"] == ("满意",)


def test_the_sample_is_read_whole() -> None:
    found = read_ballots(next(FOLDER.glob("06_*.xlsx")))
    assert found.rows == 892 and len(found.columns) == 15
    assert not any("36." in text for column in found.columns for text in column.texts)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("空.csv", b"", "是空文件"),
        ("坏.xlsx", b"PK\x03\x04 broken", "已损坏"),
        ("图.xlsx", b"\x89PNG....", "不是电子表格"),
        ("表头.csv", "序号,提交答卷时间,所用时间\n".encode(), "没有答卷"),
        ("说明.csv", "请看附件\n".encode(), "不是电子表格"),
    ],
)
def test_a_bad_file_is_refused_with_one_sentence(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(FileRefused, match=words):
        read_ballots(path)


def test_reading_can_be_stopped(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ROWS * 5000, "utf-8")
    with pytest.raises(Cancelled):
        read_ballots(path, cancelled=lambda: True)

"""Which cells of a county's form may be filled, where columns go, and what the words on a form speak for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from okr_desk.errors import FileRefused, InputRefused
from okr_desk.rules import upward as rules
from okr_desk.rules import upward_labels
from okr_desk.rules.upward import BranchName, CellDraft
from okr_desk.rules.upward_book import Book, FormCell, FormSheet, Shows, named, placed
from okr_desk.upward_terms import BRANCH_FIGURES, NAME_KEY, TOWNSHIP_FIGURES, Figure

KNOWN = {one.word: one for one in (*TOWNSHIP_FIGURES, *BRANCH_FIGURES)}
BRANCHES = (
    BranchName(1, "青石村党支部", "中共青山镇青石村支部委员会"),
    BranchName(2, "东岭村党支部", "中共青山镇东岭村支部委员会"),
)


def sheet(texts: dict[str, str], merged: tuple[str, ...] = (), **more: object) -> FormSheet:
    """A sheet with texts; "=" begins a formula, "#%" is a cell that shows percents."""
    cells = {
        placed(cell): FormCell(
            "" if text in ("=", "#%") else text, text == "=", False, Shows(1) if text == "#%" else Shows()
        )
        for cell, text in texts.items()
    }
    areas = tuple((*placed(one.split(":")[0]), *placed(one.split(":")[1])) for one in merged)
    return replace(FormSheet("表一", False, cells, areas), **more)  # type: ignore[arg-type]


def check(of: FormSheet, cell: str, figure: str, *others: CellDraft) -> CellDraft:
    return rules.check_cell(Book("", (of,)), CellDraft("表一", cell, figure), KNOWN, others, BRANCHES)


def refusal(of: FormSheet, cell: str, figure: str, *others: CellDraft) -> str:
    with pytest.raises(InputRefused) as refused:
        check(of, cell, figure, *others)
    return refused.value.sentence


@pytest.mark.parametrize(
    ("cell", "place"), [("A1", (1, 1)), (" $c$5 ", (5, 3)), ("AA10", (10, 27)), ("XFD1", (1, 16384))]
)
def test_cells_by_name(cell: str, place: tuple[int, int]) -> None:
    assert placed(cell) == place and placed(named(*place)) == place


@pytest.mark.parametrize("cell", ["5C", "", "C0", "C", "12", "XFE1", "A1048577", "A1:B2", "表!C5"])
def test_what_is_no_cell(cell: str) -> None:
    with pytest.raises(InputRefused, match="不是单元格，请写列的字母和行的数字，例如 C5。"):
        placed(cell)


def test_one_sentence_for_each_cell_that_cannot_be_filled() -> None:
    of = sheet({"A1": "标题", "C5": "=", "C6": "已填", "C7": "#%"}, ("A1:D1",))
    assert check(of, "c2", "branches") == CellDraft("表一", "C2", "branches")
    assert refusal(of, "C5", "branches") == "“表一”的 C5 是公式，不能填数，由表自己计算。"
    assert refusal(of, "B1", "branches") == "“表一”的 B1 是合并单元格的一部分，请选它左上角的 A1。"
    assert refusal(of, "C6", "branches").startswith("“表一”的 C6 已有内容“已填”，不能覆盖。")
    assert refusal(of, "C7", "branches").startswith("“表一”的 C7 是百分比格式，“支部总数”不是百分数")
    assert check(of, "C7", "duties-rate").cell == "C7"
    assert refusal(of, "C2", "nonsense") == "没有“nonsense”这个数，请从列出的数里选。"
    taken = CellDraft("表一", "C2", "branches")
    assert refusal(of, "C2", "members", taken) == "“表一”的 C2 已经填“支部总数”，请先移去再改。"
    with pytest.raises(InputRefused, match="表里没有“表九”这张工作表，只有：表一。"):
        rules.check_cell(Book("", (of,)), CellDraft("表九", "C2", "branches"), KNOWN, (), BRANCHES)


def test_a_column_stops_before_what_is_there() -> None:
    """Two branches need two rows; the total of the form stands in the second."""
    of = sheet({"B5": "="})
    assert check(of, "B3", "score").is_column
    assert refusal(of, "B4", "score") == "“表一”的 B5 是公式，不能填数，由表自己计算。"
    column = CellDraft("表一", "B3", "score", True)
    assert "B4 会被填两次（从 B3 和 B4 开始的两项）" in refusal(sheet({}), "B4", "branches", column)


def test_figures_never_stand_beside_the_name_of_another_branch() -> None:
    """The form names its branches in an order of its own, in a column that nobody has declared."""
    of = sheet({"B3": "东岭村", "B4": "青石村"})
    said = refusal(of, "C3", "score")
    assert said.startswith("“表一”的 B3 写着“东岭村党支部”，按名册顺序这一行是“青石村党支部”。")
    assert check(of, "C3", "score", CellDraft("表一", "B3", NAME_KEY, True)).is_column
    assert check(sheet({"B3": "青石村", "B4": "东岭村"}), "C3", "score").is_column, "the same order is no contradiction"


def test_columns_go_by_the_names_that_stand_there() -> None:
    """Another order than the tree's, one spelt without 党支部, a sum between, one that is nobody's."""
    of = sheet(
        {"A3": "东岭村", "A4": "小计", "A5": "北坡村党支部", "A6": "青石村 党支部", "A7": "合计", "A9": "填表人：王"}
    )
    key = check(of, "A3", NAME_KEY)
    found = rules.rows_of(of, CellDraft("表一", "B3", "score", True), (key,), BRANCHES)
    assert dict(found.rows) == {1: 6, 2: 3} and found.lacking == ()
    assert found.strange == ("“表一”A5 的“北坡村党支部”不是支部名称，这一行没有填",)
    other = rules.rows_of(of, CellDraft("表一", "B12", "score", True), (key,), BRANCHES)
    assert dict(other.rows) == {1: 12, 2: 13}, "what begins in another row has no names beside it"
    assert rules.rows_by_name(of, 5, 1, BRANCHES).lacking == ("东岭村党支部",)
    assert "往下没有找到任何支部的名称" in refusal(of, "A7", NAME_KEY)


def test_a_name_that_two_branches_share_is_nobodys() -> None:
    twins = (*BRANCHES, BranchName(3, "青石村支部", "中共青山镇青石村临时支部"))
    assert dict(rules.rows_by_name(sheet({"A1": "青石村", "A2": "青石村支部"}), 1, 1, twins).rows) == {3: 2}


def test_files_and_names() -> None:
    for name in ("报表.xls", "报表.xlsm", "报表.et", "报表"):
        with pytest.raises(FileRefused, match="请在 WPS 或 Excel 里“另存为”"):
            rules.check_file(name)
    rules.check_file("报表.XLSX")
    assert rules.check_name(" 季报 ", ["年报"]) == "季报"
    for name in ("", "季报", "长" * 61):
        with pytest.raises(InputRefused):
            rules.check_name(name, ["季报"])


def proposed(of: FormSheet, *mapped: CellDraft) -> dict[str, str]:
    found = upward_labels.proposals(Book("", (of,)), KNOWN, mapped, BRANCHES)
    return {one.draft.cell: one.draft.figure for one in found}


def test_words_beside_and_above() -> None:
    of = sheet(
        {"A1": "季度情况表", "A2": "支部总数（个）：", "A3": "党员总数", "B3": "人", "A4": "年 度", "B4": "已写",
         "A5": "", "D2": "黄牌", "E2": "红牌", "F2": "说明", "A8": "不认识的话"},
        ("A1:F1",),
    )  # fmt: skip
    assert proposed(of) == {"B2": "branches", "C3": "members", "D3": "cards-yellow", "E3": "cards-red"}
    assert "B2" not in proposed(of, CellDraft("表一", "B2", "members")), "a cell that is mapped is not proposed again"
    assert proposed(replace(of, is_hidden=True)) == {}


def test_heads_of_a_table_of_branches() -> None:
    """Two rows of heads; 正式 stands below 党员数. With names: by name; without them the names are filled too."""
    heads = {"A2": "支部名称", "B2": "党员数", "B3": "正式", "C3": "预备", "D2": "等次", "E2": "备注"}
    merged = ("A2:A3", "B2:C2", "D2:D3", "E2:E3")
    named_rows = sheet({**heads, "A4": "东岭村", "A5": "青石村", "B6": "="}, merged)
    columns = {"B4": "branch-full-members", "C4": "branch-probationary", "D4": "grade"}
    assert proposed(named_rows) == {"A4": NAME_KEY, **columns}
    assert proposed(sheet(heads, merged)) == {"A4": "name", **columns}
    assert proposed(sheet({**heads, "B5": "="}, merged)) == {"A4": "name", "C4": "branch-probationary", "D4": "grade"}


def test_every_word_of_the_catalogue_is_one_figures() -> None:
    for of_branch in (False, True):
        labels = [label for one in KNOWN.values() if one.of_branch is of_branch for label in one.labels]
        assert len(labels) == len(set(labels))
        assert labels == [upward_labels.key_of(label) for label in labels], "labels stand as they are compared"
    assert all(len(word) <= 40 for word in KNOWN) and isinstance(KNOWN["branches"], Figure)

"""What offices do to a template: moved, renamed and inserted columns, two-line heads, other names, wrong quarters."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from okr_desk.errors import FileRefused
from okr_desk.exchange.duplicates import said
from okr_desk.exchange.folder import check_anything, read_folder
from okr_desk.rules.imports import (
    CheckInFact,
    FactKind,
    Known,
    KnownIndicator,
    KnownKeyResult,
    NumberFact,
    OrgFact,
    OrgName,
    Reading,
)
from okr_desk.terms import KrKind, OrgKind

ORGS = (
    OrgName("青石村党支部", "中共青山镇青石村支部委员会", others=("青石大队党支部",)),
    OrgName("滨河社区第一党支部", "中共青山镇滨河社区第一支部委员会"),
    OrgName("滨河社区第二党支部", "中共青山镇滨河社区第二支部委员会"),
    OrgName("滨河社区党总支", "中共青山镇滨河社区总支部委员会", is_general=True),
)
NODES = ("立项", "开工", "主体完成", "验收")
KNOWN = Known(
    township="青山镇",
    orgs=ORGS,
    indicators=(
        KnownIndicator("B08", "党员到会率", "%"),
        KnownIndicator("F07", "村集体经营性收入", "万元"),
        KnownIndicator("F18", "超时办件数", "件"),
    ),
    key_results=tuple(
        KnownKeyResult("青石村党支部", 2026, code, title, kind, unit, nodes)
        for code, title, kind, unit, nodes in (
            ("KR1.1", "村集体经营性收入", KrKind.METRIC, "万元", ()),
            ("KR1.2", "产业路硬化", KrKind.MILESTONE, "", NODES),
            ("KR1.3", "财务制度公示", KrKind.YES_NO, "", ()),
            ("KR3.1", "党员到会率", KrKind.METRIC, "%", ()),
        )
    ),
)
TITLE = "中共青山镇青石村支部委员会2026年第三季度关键结果填报表"
HEAD = ("KR编号", "关键结果", "单位", "本季实绩", "信心(1-10)")


def _read(path: Path, *rows: tuple[object, ...], dress=None, known: Known = KNOWN) -> Reading:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if dress:
        dress(book.active)
    book.save(path)
    return read_folder([path], known)


def _values(found: Reading) -> dict[str, str]:
    return {f.key_result: said(f) for f in found.facts if isinstance(f, CheckInFact)}


def _numbers(found: Reading) -> dict[tuple[str, str], Decimal | None]:
    return {(f.org, f.indicator): f.value for f in found.facts if isinstance(f, NumberFact)}


@pytest.mark.parametrize(
    "head",
    [
        "本季实绩",
        "三季度完成情况",
        "第三季度实绩",
        "本季度完成情况（截至9月底）",
        "Q3完成值",
        "实际完成",
        "3季度实际",
        "本季\n实绩",
    ],
)
def test_the_value_column_is_known_by_its_meaning(tmp_path: Path, head: str):
    found = _read(
        tmp_path / "a.xlsx", (TITLE,), (head, "编号", "单位", "关键结果"), (63.4, "KR1.1", "万元", "村集体经营性收入")
    )
    assert _values(found) == {"KR1.1": "63.4"} and not found.doubts


@pytest.mark.parametrize(
    ("title", "name", "org"),
    [
        (TITLE, "微信文件.xlsx", "青石村党支部"),
        ("青石村2026年第三季度填报表", "微信文件.xlsx", "青石村党支部"),
        ("青石大队党支部2026年三季度", "a.xlsx", "青石村党支部"),
        ("2026年第三季度", "青石村党支部(1).xlsx", "青石村党支部"),
        ("2026年第三季度", "青石村-改2.xlsx", "青石村党支部"),
        ("", "青石村党支部2026年第三季度填报表最终版.xlsx", "青石村党支部"),
        ("中共青山镇青石村支部委员會2026年第三季度關鍵結果填報表", "a.xlsx", "青石村党支部"),
    ],
)
def test_a_branch_is_known_by_title_or_file_name(tmp_path: Path, title: str, name: str, org: str):
    found = _read(tmp_path / name, (title,), HEAD, ("KR1.1", "村集体经营性收入", "万元", 63.4, 8))
    assert not found.damaged, found.damaged
    assert [(r.org, r.year, r.quarter) for r in found.returns] == [(org, 2026, 3)]
    assert _values(found) == {"KR1.1": "63.4"}


def test_an_ambiguous_branch_is_not_guessed(tmp_path: Path):
    found = _read(tmp_path / "滨河社区.xlsx", ("2026年第三季度",), HEAD, ("KR1.1", "甲", "万元", 1, 8))
    assert "看不出是哪个支部" in found.damaged[0].reason


def test_title_and_file_name_that_disagree_come_back(tmp_path: Path):
    found = _read(tmp_path / "滨河社区第一党支部.xlsx", (TITLE,), HEAD, ("KR1.1", "甲", "万元", 1, 8))
    assert "青石村党支部" in found.damaged[0].reason and "滨河社区第一党支部" in found.damaged[0].reason


def test_an_old_quarter_in_the_new_form_comes_back(tmp_path: Path):
    heads = ("KR编号", "关键结果", "单位", "二季度完成情况")
    found = _read(tmp_path / "a.xlsx", (TITLE,), heads, ("KR1.1", "村集体经营性收入", "万元", 40))
    assert "另一季度" in found.damaged[0].reason and not found.facts


def test_of_two_quarters_the_right_column_is_taken(tmp_path: Path):
    heads = ("KR编号", "关键结果", "单位", "二季度实绩", "三季度实绩")
    found = _read(tmp_path / "a.xlsx", (TITLE,), heads, ("KR1.1", "村集体经营性收入", "万元", 40, 63.4))
    assert _values(found) == {"KR1.1": "63.4"}


def test_two_columns_that_could_both_be_it_come_back(tmp_path: Path):
    heads = ("KR编号", "关键结果", "单位", "本季实绩", "实际完成")
    found = _read(tmp_path / "a.xlsx", (TITLE,), heads, ("KR1.1", "村集体经营性收入", "万元", 40, 63.4))
    assert "不止一列" in found.damaged[0].reason


def test_lines_without_numbers_are_found_by_name_and_others_are_listed(tmp_path: Path):
    heads = ("关键结果", "单位", "本季实绩")
    found = _read(
        tmp_path / "a.xlsx",
        (TITLE,),
        heads,
        ("村集体经营性收入", "万元", 63.4),
        ("别的事", "件", 3),
        ("合计", None, 66),
    )
    assert _values(found) == {"KR1.1": "63.4"}
    assert [note.reason for note in found.not_taken] == ["第 4 行“别的事”不是该支部已登记的关键结果，没有读取。"]


def test_a_number_under_another_name_is_a_question(tmp_path: Path):
    found = _read(tmp_path / "a.xlsx", (TITLE,), HEAD, ("KR1.1", "党员到会率", "%", 79.1, 8))
    assert not found.facts
    assert "登记的是“村集体经营性收入”" in found.doubts[0].reason and not found.doubts[0].lossless


def test_hidden_rows_comments_and_lost_formulas_are_questions(tmp_path: Path):
    def dress(sheet) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet["D4"].comment = Comment("估计数", "某")
        sheet["D5"] = "=1+1"

    rows = (
        ("KR1.1", "村集体经营性收入", "万元", 63.4, 8),
        ("KR3.1", "党员到会率", "%", 79.1, 8),
        ("KR1.3", "财务制度公示", "", 0, 8),
    )
    found = _read(tmp_path / "a.xlsx", (TITLE,), HEAD, *rows, dress=dress)
    assert not found.facts
    assert [d.reason for d in found.doubts] == [
        "该行或该列在表中被隐藏",
        "单元格有批注：估计数",
        "公式没有计算结果，请在 WPS 中打开、保存后重新导入",
    ]
    assert [d.proposal for d in found.doubts] == ["63.4", "79.1", ""]


@pytest.mark.parametrize(
    ("text", "done", "lossless"),
    [
        ("立项、开工", "立项、开工", None),
        ("立项;开工", "立项、开工", None),
        ("立项 开工 主体完成", "立项、开工、主体完成", None),
        ("已开工", "立项、开工", True),
        ("已完成开工", "立项、开工", True),
        ("开工", "立项、开工", True),
        ("立项、验收", "", False),
        ("快了", "", False),
        ("全部完成", "", False),
    ],
)
def test_milestones_in_words(tmp_path: Path, text: str, done: str, lossless: bool | None):
    found = _read(tmp_path / "a.xlsx", (TITLE,), HEAD, ("KR1.2", "产业路硬化", "", text, 8))
    if lossless is None:
        assert _values(found) == {"KR1.2": done}
    else:
        assert (found.doubts[0].proposal, found.doubts[0].lossless) == (done, lossless) and not found.facts


@pytest.mark.parametrize(
    ("raw", "proposal", "lossless"),
    [
        ("2000万", "2000", False),
        ("1,200", "1200", True),
        ("３３.５", "33.5", True),
        ("63.4万元", "63.4", True),
        ("约63", "63", False),
        ("60-65", "", False),
        ("无", "", False),
        ("#DIV/0!", "", False),
    ],
)
def test_doubtful_incomes(tmp_path: Path, raw: str, proposal: str, lossless: bool):
    found = _read(tmp_path / "a.xlsx", (TITLE,), HEAD, ("KR1.1", "村集体经营性收入", "万元", raw, 8))
    assert not found.facts
    doubt = found.doubts[0]
    assert (doubt.raw, doubt.proposal, doubt.lossless, doubt.place.cell) == (raw, proposal, lossless, "D3")


def test_confidence_outside_one_to_ten_is_left_out_and_said(tmp_path: Path):
    found = _read(tmp_path / "a.xlsx", (TITLE,), HEAD, ("KR1.1", "村集体经营性收入", "万元", 63.4, 85))
    fact = next(f for f in found.facts if isinstance(f, CheckInFact))
    assert fact.confidence is None and "1 至 10" in found.not_taken[0].reason


def test_a_matrix_with_a_two_line_head_and_moved_columns(tmp_path: Path):
    def dress(sheet) -> None:
        sheet.merge_cells("A2:A3")
        sheet.merge_cells("B2:C2")

    found = _read(
        tmp_path / "实绩.xlsx",
        ("青山镇2026年第二季度指标实绩",),
        ("单位名称", "基础性", None, "融合性"),
        (None, "B08党员到会率(%)", "备注", "F07 村集体经营性收入（万元）"),
        ("青石村", 79.1, "好", 40.5),
        ("中共青山镇滨河社区第一支部委员会", "/", None, None),
        ("某某村", 80, None, 1),
        ("合计", None, None, 41),
        dress=dress,
    )
    assert _numbers(found) == {
        ("青石村党支部", "B08"): Decimal("79.1"),
        ("青石村党支部", "F07"): Decimal("40.5"),
        ("滨河社区第一党支部", "B08"): None,
    }
    assert {(f.kind, f.year, f.quarter) for f in found.facts} == {(FactKind.VALUE, 2026, 2)}
    assert len(found.blanks) == 1
    assert "“某某村”不在组织名册中" in found.not_taken[0].reason


@pytest.mark.parametrize(
    "head", ["党员到会率（%）", "党员到会率", "B08", "党员到会率B08（%）", "B08：党员到会率(％)", "b08 党员到会率"]
)
def test_an_indicator_is_known_by_code_or_name(tmp_path: Path, head: str):
    found = _read(tmp_path / "基线.xlsx", ("2026年度指标基线",), ("序号", "党支部", head), (1, "青石村", 78.5))
    assert _numbers(found) == {("青石村党支部", "B08"): Decimal("78.5")} and not found.doubts


def test_another_unit_in_the_head_makes_the_column_a_question(tmp_path: Path):
    found = _read(
        tmp_path / "基线.xlsx", ("2026年度基线",), ("党支部", "F07 村集体经营性收入（元）"), ("青石村", 614000)
    )
    assert not found.facts and "表头单位是“元”" in found.doubts[0].reason


def test_an_unknown_indicator_is_said_and_the_rest_taken(tmp_path: Path):
    found = _read(
        tmp_path / "目标.xlsx", ("2026年度指标目标",), ("党支部", "B08", "Z99 新指标（个）"), ("青石村", 89.9, 3)
    )
    assert _numbers(found) == {("青石村党支部", "B08"): Decimal("89.9")}
    assert "Z99" in found.not_taken[0].reason


def test_a_matrix_that_does_not_say_its_year_comes_back(tmp_path: Path):
    found = _read(tmp_path / "数.xlsx", ("指标实绩",), ("党支部", "B08"), ("青石村", 89.9))
    assert "哪一年" in found.damaged[0].reason


@pytest.mark.parametrize(
    "when", ["2021.1.11", "2021年1月11日", "2021-01-11", "2021/1/11", "44207", 44207, date(2021, 1, 11)]
)
def test_dates_in_every_form(tmp_path: Path, when: object):
    found = _read(
        tmp_path / "名册.xlsx",
        ("青山镇党组织名册（2026年1月）",),
        ("组织全称", "简称", "分类", "换届时间", "正式党员数"),
        ("中共青山镇新村支部委员会", "新村党支部", "农村", when, "４５ "),
    )
    org = next(f for f in found.facts if isinstance(f, OrgFact))
    assert (org.elected, org.kind, org.as_of) == (date(2021, 1, 11), OrgKind.BRANCH, date(2026, 1, 1))
    assert org.full_members is None
    assert [(d.proposal, d.lossless, d.kind) for d in found.doubts] == [("45", True, FactKind.ORG)]


def test_a_sheet_of_another_kind_is_said(tmp_path: Path):
    found = _read(tmp_path / "通讯录.xlsx", ("姓名", "电话"), ("张三", "1"))
    assert "没有找到认识的表头" in found.damaged[0].reason


def test_notes_beside_the_workbooks_are_not_damaged_files(tmp_path: Path):
    (tmp_path / "说明.txt").write_text("请于9月30日前报", "gb18030")
    found = read_folder([tmp_path], KNOWN)
    assert [note.workbook for note in found.not_taken] == ["说明.txt"] and not found.damaged


def test_a_line_copied_within_a_sheet_is_a_question(tmp_path: Path):
    lines = (("KR1.1", "村集体经营性收入", "万元", 63.4, 8), ("KR1.1", "村集体经营性收入", "万元", 60, 8))
    found = _read(tmp_path / "a.xlsx", (TITLE,), HEAD, *lines, ("KR3.1", "党员到会率", "%", 79, 8))
    assert _values(found) == {"KR3.1": "79"}
    assert [(d.raw, d.proposal, d.place.cell) for d in found.doubts] == [("63.4", "63.4", "D3"), ("60", "60", "D4")]
    assert "另一处：a.xlsx D4 60" in found.doubts[0].reason


def test_files_of_the_same_name_in_two_folders_are_told_apart(tmp_path: Path):
    for folder, value in (("上旬", 63.4), ("下旬", 60)):
        (tmp_path / folder).mkdir()
        _read(tmp_path / folder / "a.xlsx", (TITLE,), HEAD, ("KR1.1", "村集体经营性收入", "万元", value, 8))
    found = read_folder([tmp_path], KNOWN)
    assert not found.facts
    assert {d.place.workbook for d in found.doubts} == {"上旬/a.xlsx", "下旬/a.xlsx"}


def test_a_hidden_sheet_is_left_and_said(tmp_path: Path):
    book = openpyxl.Workbook()
    book.active.append(("无关",))
    other = book.create_sheet("旧表")
    for row in ((TITLE,), HEAD, ("KR1.1", "村集体经营性收入", "万元", 63.4, 8)):
        other.append(row)
    other.sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    found = read_folder([tmp_path / "a.xlsx"], KNOWN)
    assert not found.facts and "隐藏的工作表“旧表”" in found.not_taken[0].reason


def test_the_hidden_sheet_of_our_own_form_is_never_taken_for_a_table(tmp_path: Path):
    """An id is drawn at random: "b08…" reads like an indicator code over the name of a branch."""

    def stamp(sheet) -> None:
        own = sheet.parent.create_sheet("模板信息")
        for row in (("版本", "1"), ("组织标识", "b08-5"), ("党支部", "青石村党支部"), ("年", "2026"), ("季度", "3")):
            own.append(row)
        own.sheet_state = "hidden"

    found = _read(tmp_path / "a.xlsx", (TITLE,), HEAD, ("KR1.1", "村集体经营性收入", "万元", 63.4, 8), dress=stamp)
    assert _values(found) and not found.not_taken


def test_nothing_readable_is_refused_with_the_first_reason(tmp_path: Path):
    (tmp_path / "断.xlsx").write_bytes(b"PK")
    with pytest.raises(FileRefused, match=r"“断\.xlsx”已损坏"):
        check_anything(read_folder([tmp_path / "断.xlsx"], KNOWN))
    (tmp_path / "空.xlsx").write_bytes(b"")
    with pytest.raises(FileRefused, match="另有 1 个文件"):
        check_anything(read_folder([tmp_path], KNOWN))


def test_a_folder_without_workbooks_is_refused_and_one_good_file_is_enough(tmp_path: Path):
    (tmp_path / "说明.txt").write_text("无", "utf-8")
    with pytest.raises(FileRefused, match="没有找到电子表格"):
        check_anything(read_folder([tmp_path], KNOWN))
    (tmp_path / "断.xlsx").write_bytes(b"PK")
    check_anything(_read(tmp_path / "a.xlsx", (TITLE,), HEAD, ("KR1.1", "村集体经营性收入", "万元", 63.4, 8)))
    check_anything(read_folder([tmp_path], KNOWN))


def test_an_unknown_branch_alone_is_refused_by_file_name(tmp_path: Path):
    found = _read(tmp_path / "x.xlsx", ("2026年第三季度",), HEAD, ("KR1.1", "甲", "万元", 1, 8))
    with pytest.raises(FileRefused, match=r"“x\.xlsx”：看不出是哪个支部"):
        check_anything(found)

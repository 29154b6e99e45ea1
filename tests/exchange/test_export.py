"""What leaves the database, and what is said when it cannot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from okr_desk.clock import FixedClock
from okr_desk.errors import InputRefused
from okr_desk.exchange import export
from okr_desk.i18n import using
from okr_desk.model.store import Store
from okr_desk.queries import orgs
from okr_desk.register_terms import PartnerList, PartnerRole, PostResult
from okr_desk.rules.activities import ActivityDraft
from okr_desk.rules.demands import PostponeDraft
from okr_desk.rules.entered import By
from okr_desk.rules.partners import ItemDraft, PartnerDraft
from okr_desk.rules.permissions import Actor, GrantHeld
from okr_desk.rules.posts import CheckDraft, PostDraft
from okr_desk.services import activities, demands, indicators, partners, posts, projects
from okr_desk.terms import Role
from tests.exchange import desk
from tests.exchange.sample import reading
from tests.registers import project, raised, registers
from tests.scored_township import Scored, scored


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The sample township."""
    made, actor = desk.new(tmp_path_factory.mktemp("export") / "青山镇.okr", FixedClock(date(2026, 10, 8)))
    desk.take(made, actor, reading(), take_safe=True)
    yield made
    made.close()


def test_numbers_are_text_and_what_is_missing_is_absent(store: Store):
    values = export.rows(store, "values", "2026Q1")
    assert all(row["period"] == "2026Q1" and isinstance(row["value"], str) for row in values)
    assert not any((row["org"], row["code"]) == ("龙泉村党支部", "F07") for row in values)
    assert all(None not in row.values() for word in export.WORDS for row in export.rows(store, word))


def test_words_stay_chinese_for_an_english_office(store: Store):
    with using("en"):
        kinds = {row["kind"] for row in export.rows(store, "key-results")}
    assert kinds == {"指标", "满意度", "里程碑", "守底线", "是否", "建立基线"}


def test_indicators_of_the_library(store: Store):
    library = {row["code"]: row for row in export.rows(store, "indicators")}
    assert (library["F07"]["accumulation"], library["F07"]["unit"], library["F18"]["direction"]) == (
        "year_to_date", "万元", "down",
    )  # fmt: skip
    usual = ("usual_baseline", "usual_target", "usual_points", "usual_rule", "computed_from", "source")
    assert [library["B09"][key] for key in usual] == [
        "96", "100", "4", "per-point rounding=ceil", "组织生活台账", "党费收缴标准（党务资料）",
    ]  # fmt: skip
    assert library["F07"]["usual_points"] == "0" and "usual_target" not in library["B10"]


def test_the_library_as_a_workbook_has_chinese_heads_and_number_cells(store: Store, tmp_path: Path):
    records = export.rows(store, "indicators")
    sheet = openpyxl.load_workbook(export.write_xlsx(tmp_path / "库.xlsx", "indicators", records)).worksheets[0]
    heads = [cell.value for cell in sheet[2]]
    assert {"通常基线", "通常目标", "通常分值", "通常规则", "数据来源"} <= set(heads)
    points = heads.index("通常分值") + 1
    assert {type(sheet.cell(row, points).value) for row in range(3, sheet.max_row + 1)} <= {int, float}


@pytest.mark.parametrize(
    ("what", "quarter", "sentence"),
    [("things", "", "可选"), ("values", "2026年三季度", "2026Q3 的样子")],
)
def test_what_cannot_be_exported_is_said(store: Store, what: str, quarter: str, sentence: str):
    with pytest.raises(InputRefused, match=sentence):
        export.rows(store, what, quarter)


def test_the_same_as_a_workbook(store: Store, tmp_path: Path):
    records = export.rows(store, "baselines")
    sheet = openpyxl.load_workbook(export.write_xlsx(tmp_path / "基线.xlsx", "baselines", records)).worksheets[0]
    assert [cell.value for cell in sheet[2]] == ["党支部", "指标编码", "年度", "数值", "来源", "数据截至日"]
    assert sheet.max_row == len(records) + 2
    assert {type(sheet.cell(row, 4).value) for row in range(3, 20)} <= {int, float}


def test_an_empty_word_is_a_workbook_with_a_head(store: Store, tmp_path: Path):
    path = export.write_xlsx(tmp_path / "空.xlsx", "checkins", export.rows(store, "checkins", "2026Q4"))
    assert openpyxl.load_workbook(path).worksheets[0]["A1"].value == "填报记录"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Scored]:
    """A village with a scheme: 到会率 2 of 4 points, 党费 not reported, 差错 3 of 3, 收入 7 of 8, 加分 0 of 3."""
    made = scored(tmp_path / "镇.okr", FixedClock(date(2026, 10, 8)))
    for code, value in (("B08", "78.5"), ("F07", "7")):
        made.measure(code, value)
    yield made
    made.small.store.close()


def test_points_by_line_are_absent_where_nothing_was_reported(town: Scored):
    def row(dimension: str, code: str, maximum: str, **more: str) -> dict[str, object]:
        where = {"org": "青石村党支部", "period": "2026Q3", "dimension": dimension, "code": code}
        return {**where, **more, "maximum": maximum}

    contract = ("org", "period", "dimension", "code", "points", "maximum")
    found = export.rows(town.small.store, "scores", "2026Q3")
    assert [{key: one[key] for key in contract if key in one} for one in found] == [
        row("basic", "B08", "4", points="2"),
        row("basic", "B09", "4"),
        row("basic", "B11", "3", points="3"),
        row("basic", "F07", "8", points="7"),
    ]  # 加分 X03 is due once a year


def test_what_does_not_apply_is_not_among_the_points(town: Scored):
    small = town.small
    with small.store.write(small.office) as session:
        indicators.not_applicable(session, small.office, small.village, town.ids["B08"], 2026, "没有在职党员")
    assert [row["code"] for row in export.rows(small.store, "scores", "2026Q3")] == ["B09", "B11", "F07"]


def test_points_of_every_quarter_that_has_begun_and_only_for_those_who_may(town: Scored):
    small = town.small
    rows = export.rows(small.store, "scores", "", small.secretary)
    assert {row["period"] for row in rows} == {"2026Q1", "2026Q2", "2026Q3"}
    assert export.rows(small.store, "scores", "", small.stranger) == []


def test_points_in_a_workbook_are_numbers(town: Scored, tmp_path: Path):
    records = export.rows(town.small.store, "scores", "2026Q3")
    sheet = openpyxl.load_workbook(export.write_xlsx(tmp_path / "计分.xlsx", "scores", records)).worksheets[0]
    heads, *rows = ([cell.value for cell in row] for row in sheet.iter_rows(min_row=2))
    assert heads == [
        "党支部", "季度", "维度", "分块", "指标编码", "指标名称", "单位", "基线", "目标值", "实绩", "得分", "满分",
        "状态", "怎么算的", "方案版本",
    ]  # fmt: skip
    assert [row[10] for row in rows] == [2, None, 3, 7]
    assert rows[0][:13] == [
        "青石村党支部", "2026Q3", "基础性", "基础性", "B08", "党员到会率", "%", 72, 85, 78.5, 2, 4, "已计分",
    ]  # fmt: skip
    assert rows[0][13:] == ["4×（78.5－72）÷（85－72）＝2", "农村百分制，第1版"]
    assert rows[1][12] == "未报" and {row[2] for row in rows} == {"基础性"}


def test_a_secretary_exports_the_own_branch_only(store: Store):
    with store.read() as session:
        org = next(org for org in orgs.tree(session, date(2026, 10, 8)) if org.short_name == "青石村党支部")
    grant = GrantHeld(1, Role.BRANCH_SECRETARY, org.id, False, date(2026, 1, 1), None)
    secretary = Actor(7, "qingshi", "李旭昇", (grant,))
    assert {row["org"] for row in export.rows(store, "checkins", "", secretary)} == {"青石村党支部"}
    assert [row["short"] for row in export.rows(store, "orgs", "", secretary)] == ["青石村党支部"]
    assert len(export.rows(store, "indicators", "", secretary)) == 72


def test_small_registers_as_workbooks_with_chinese_heads_and_masked_names(tmp_path: Path):
    small = registers(tmp_path / "镇.okr", FixedClock(date(2026, 9, 20)))
    who, org, july = small.secretary, small.village, date(2026, 7, 1)
    late = raised(small, who, promised_on=date(2026, 9, 25))
    with small.store.write(small.office) as session:
        projects.register(session, small.office, project(org, by=By(reason="补登")))
    with small.store.write(who) as session:
        demands.postpone(session, who, PostponeDraft(late, date(2026, 10, 20), "排期在十月"))
        post = posts.hang(session, who, PostDraft(org, "环境卫生岗", "三组", "王玥", july)).value
        posts.check(session, who, CheckDraft(post, date(2026, 9, 10), PostResult.MET, "李旭昇"))
        partners.join(session, who, PartnerDraft(org, "卫生院", PartnerRole.LEAD, july, "欧阳慧"))
        partners.list_item(session, who, ItemDraft(org, PartnerList.NEED, "老人体检", july))
        activities.record(session, who, ActivityDraft(org, july, "义诊", 30, (10, 5, 0, 0, 0), 1, "广场"))
    seen = {}
    for word in ("projects", "demands", "posts", "partners", "activities"):
        records = export.rows(small.store, word)
        sheet = openpyxl.load_workbook(export.write_xlsx(tmp_path / f"{word}.xlsx", word, records)).worksheets[0]
        heads = [str(cell.value) for cell in sheet[2]]
        assert not any(head.isascii() for head in heads), heads
        rows = [dict(zip(heads, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(min_row=3)]
        assert rows, word
        seen[word] = rows
    small.store.close()
    assert seen["demands"][0]["原承诺"] == "2026-09-25" and seen["demands"][0]["延期理由"] == "排期在十月"
    assert seen["demands"][0]["诉求人"] == "覃**" and seen["demands"][0]["状态"] == "登记"
    assert [row["清单"] for row in seen["partners"]] == ["共建单位", "需求"]
    assert seen["partners"][0]["联系人"] == "欧阳*"
    assert seen["posts"][0]["责任党员"] == "王*" and seen["posts"][0]["考评结果"] == "达标"
    assert (seen["activities"][0]["非常满意"], seen["activities"][0]["计入场次"]) == (10, "是")

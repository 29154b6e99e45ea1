"""The township's ledger of demands from a real workbook: read back whole, never guessed, entered once, taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from okr_desk.clock import FixedClock
from okr_desk.errors import Refusal
from okr_desk.exchange import demand_template, export
from okr_desk.exchange.folder import read_folder
from okr_desk.queries import demands
from okr_desk.queries import imports as known_queries
from okr_desk.queries.demands import DemandView
from okr_desk.register_terms import ConfirmedBy, DemandAction, DemandSource, DemandState
from okr_desk.services import demands as service
from okr_desk.services import imports
from tests.registers import raised, registers, step, values
from tests.small_township import Small

HEADS = (
    "编号", "支部", "提出日期", "来源", "诉求人", "诉求内容", "类别", "责任人", "承诺办结", "办结日期", "办理结果",
    "群众确认", "备注",
)  # fmt: skip
DAY = datetime(2026, 7, 3)  # noqa: DTZ001 - a cell of a workbook has no zone
LINES: tuple[tuple[object, ...], ...] = (
    (
        7, "青石村党支部", DAY, "走访", "覃大爷", "三组路灯不亮", "水电气路灯", "单晓", "2026-09-10", "2026年8月20日",
        "已换灯", "满意（电话）", "已告知用电安全",
    ),
    ("2026-009", "青石村", "7月6日", "12345", "", "五组积水", "", "单晓", "2026.9.30", "", "办理中", "", ""),
    (
        "青急-3", "中心小学党支部", "2026-07-08", "议事会", "欧阳修", "校门口拥堵", "道路出行", "石磊", "2026-08-31",
        "2026-08-30", "已划线", "不满意", "",
    ),
    (
        "", "青石村党支部", "2026-07-10", "网格员", "王某", "垃圾清运不及时", "环境卫生", "李旭昇", "2026-08-10", "",
        "", "", "/",
    ),
)  # fmt: skip


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Small]:
    made = registers(tmp_path / "镇.okr", FixedClock(date(2026, 9, 20)))
    yield made
    made.store.close()


def workbook(
    folder: Path,
    lines: Sequence[Sequence[object]] = LINES,
    heads: Sequence[str] = HEADS,
    name: str = "急难愁盼台账.xlsx",
) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "台账"
    sheet.append(["青山镇2026年急难愁盼台账"])
    sheet.append(list(heads))
    for line in lines:
        sheet.append(list(line))
    path = folder / name
    book.save(path)
    return path


def take(town: Small, path: Path, reason: str = "") -> tuple[imports.ImportPlan, imports.ImportResult]:
    with town.store.read() as session:
        reading = read_folder([path], known_queries.known(session))
    with town.store.read() as session:
        plan = imports.prepare(session, reading)
    with town.store.write(town.office) as session:
        return plan, imports.apply(session, town.office, plan, late_reason=reason).value


def standing(town: Small) -> dict[str, DemandView]:
    with town.store.read() as session:
        return {one.what: one for one in demands.demands(session, [town.village, town.school])}


def test_every_cell_of_the_ledger_stands_as_it_was(town: Small, tmp_path: Path) -> None:
    plan, result = take(town, workbook(tmp_path))
    assert (len(plan.will_write), result.taken, result.refused) == (4, 4, ())
    found = standing(town)
    light = found["三组路灯不亮（备注：已告知用电安全）"]
    assert (light.label, light.raised_on, light.source) == ("2026-007", date(2026, 7, 3), DemandSource.VISIT)
    assert (light.who, light.category, light.owner) == ("覃**", "水电气路灯", "单晓")
    assert (light.promised_on, light.state) == (date(2026, 9, 10), DemandState.CONFIRMED)
    assert [(one.action, one.on) for one in light.steps] == [
        (DemandAction.START, date(2026, 7, 3)),
        (DemandAction.FINISH, date(2026, 8, 20)),
        (DemandAction.SATISFIED, date(2026, 8, 20)),
    ]
    start, done, word = light.steps
    assert "台账没有开始办理的日期" in start.note and done.note == "已换灯"
    assert (word.way, word.note) == (ConfirmedBy.PHONE, "台账没有确认日期，按办结日期记")
    water = found["五组积水"]
    assert (water.label, water.who, water.raised_on) == ("2026-009", "无名", date(2026, 7, 6))
    assert (water.state, water.source) == (DemandState.HANDLING, DemandSource.HOTLINE)
    gate = found["校门口拥堵（台账编号 青急-3）"]
    assert (gate.label, gate.who, gate.state) == ("2026-001", "欧阳*", DemandState.RETURNED)
    assert gate.answer is not None and gate.answer.way is None and "台账记“不满意”" in gate.answer.note
    rubbish = found["垃圾清运不及时"]
    assert (rubbish.label, rubbish.state, rubbish.steps) == ("2026-010", DemandState.REGISTERED, ())
    assert values(town, "X01")[3][0].to_integral_value() == 33, "one of three that were promised for the quarter"


def test_a_full_name_is_kept_nowhere(town: Small, tmp_path: Path) -> None:
    plan, _result = take(town, workbook(tmp_path))
    assert "覃大爷" not in str(plan) and "欧阳修" not in str(plan)


def test_reading_again_adds_nothing_also_after_the_desk_went_on(town: Small, tmp_path: Path) -> None:
    path = workbook(tmp_path)
    take(town, path)
    water = standing(town)["五组积水"]
    with town.store.write(town.office) as session:
        service.move(session, town.office, step(water.id, DemandAction.FINISH, date(2026, 9, 1)))
    plan, result = take(town, path)
    assert (plan.same, len(plan.will_write), result.taken, len(standing(town))) == (4, 0, 0, 4)


def test_what_changed_in_the_ledger_is_sent_back_and_never_overwrites(town: Small, tmp_path: Path) -> None:
    take(town, workbook(tmp_path))
    changed = (
        (*LINES[0][:7], "王玥", *LINES[0][8:]),
        (*LINES[3][:7], "王玥", *LINES[3][8:]),
        (*LINES[1][:1], *LINES[1][1:5], "六组积水", *LINES[1][6:]),
    )
    _plan, result = take(town, workbook(tmp_path, changed, name="改过.xlsx"))
    said = [note.reason for note in result.refused]
    assert result.taken == 0 and len(said) == 3
    assert said[0] == "台账 F3：2026-007号已经登记，与表中不同，没有改动。需要办理或更正的，请到“项目和诉求”页。"
    assert "同一天的这件诉求已经登记" in said[1] and "2026-009号已经登记" in said[2]
    assert standing(town)["三组路灯不亮（备注：已告知用电安全）"].owner == "单晓"


@pytest.mark.parametrize(
    ("at", "text", "said"),
    [
        (1, "黑石村党支部", "台账 B3：“黑石村党支部”不在组织名册中。"),
        (2, "上周五", "台账 C3：“上周五”看不出是哪一天，应写作 2026-09-28 或 2026年9月28日。"),
        (2, "", "台账 C3：没有填写提出日期。"),
        (3, "群众会", "台账 D3：来源“群众会”看不懂，应为走访、12345热线、议事会、网格或接待。"),
        (5, "", "台账 F3：请填写“诉求事项”。"),
        (5, "路灯不亮，电话13800000000", "台账 F3：请不要填写电话、身份证号等个人信息，本程序不保存。"),
        (7, "", "台账 H3：请填写“责任人”。"),
        (8, "", "台账 I3：没有填写承诺办结日期，请补齐后再导入。"),
        (8, "2026-06-30", "台账 I3：承诺办结日 2026-06-30 早于提出日期 2026-07-03，请改正。"),
        (9, "2026-07-01", "台账 J3：办结日期早于提出日期，请核对。"),
        (9, "", "台账 J3：有群众确认却没有办结日期，请核对。"),
        (10, "", "台账 K3：有办结日期却没有办理结果，请补齐后再导入。"),
        (11, "签认", "台账 L3：“签认”看不出群众是否满意，应写满意、不满意或未表态。"),
        (12, "很长" * 120, "台账 F3：“诉求事项”最多 200 个字，请缩短。"),
    ],
)
def test_a_line_that_cannot_be_read_comes_back_with_its_cell(
    town: Small, tmp_path: Path, at: int, text: str, said: str
) -> None:
    line = [*LINES[0][:at], text, *LINES[0][at + 1 :]]
    plan, result = take(town, workbook(tmp_path, [line, LINES[3]]))
    assert [note.reason for note in plan.refused] == [said]
    assert result.taken == 1 and list(standing(town)) == ["垃圾清运不及时"]


def test_days_to_come_and_numbers_twice_are_sent_back(town: Small, tmp_path: Path) -> None:
    ahead = (*LINES[0][:9], "2026-09-25", *LINES[0][10:])
    twice = (7, *LINES[3][1:])
    _plan, result = take(town, workbook(tmp_path, [ahead, twice, (7, *LINES[1][1:])]))
    said = [note.reason for note in result.refused]
    assert said == ["台账 F3：有还没有到的日期（2026-09-25），请核对。", "台账 F5：7号在表中写了两次，以先读到的为准。"]


def test_a_result_without_a_day_is_not_taken_for_done(town: Small, tmp_path: Path) -> None:
    line = (*LINES[0][:9], "", "已协调供电所", "", "")
    plan, result = take(town, workbook(tmp_path, [line]))
    assert [note.reason for note in plan.refused] == ["台账 J3：有办理结果却没有办结日期；还在办的请写“办理中”。"]
    assert result.taken == 0


def test_a_frozen_quarter_takes_lines_with_a_reason_only(town: Small, tmp_path: Path) -> None:
    path = workbook(tmp_path, [(1, "青石村", "2026-05-06", *LINES[3][3:8], "2026-05-30", "", "", "", "")])
    _plan, result = take(town, path)
    assert result.taken == 0 and "2026年第二季度已冻结，没有写入。补报须写明理由。" in result.refused[0].reason
    _plan, result = take(town, path, "台账漏录")
    assert result.taken == 1
    entry = standing(town)["垃圾清运不及时"].entry
    assert "台账漏录" in entry.told


def test_the_day_takes_the_ledger_back_with_what_it_fed(town: Small, tmp_path: Path) -> None:
    own = raised(town, town.secretary)
    before = values(town, "X01")
    _plan, result = take(town, workbook(tmp_path))
    assert values(town, "X01") != before
    with town.store.write(town.office) as session:
        imports.undo(session, town.office, result.batch_id or 0)
    assert [one.id for one in standing(town).values()] == [own] and values(town, "X01")[3][0] == before[3][0]
    _plan, again = take(town, workbook(tmp_path))
    assert again.taken == 4


def test_a_ledger_that_was_built_upon_is_not_taken_back(town: Small, tmp_path: Path) -> None:
    _plan, result = take(town, workbook(tmp_path))
    water = standing(town)["五组积水"]
    with town.store.write(town.office) as session:
        service.move(session, town.office, step(water.id, DemandAction.FINISH, date(2026, 9, 1)))
    with town.store.write(town.office) as session, pytest.raises(Refusal, match="不能整批撤消"):
        imports.undo(session, town.office, result.batch_id or 0)


def test_one_branch_merged_down_over_its_lines_is_read_for_each(town: Small, tmp_path: Path) -> None:
    path = workbook(tmp_path, [LINES[0], (8, "", *LINES[3][2:])])
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    sheet.merge_cells("B3:B4")
    book.save(path)
    _plan, result = take(town, path)
    assert result.taken == 2


def test_the_empty_ledger_is_read_back_once_filled_in(town: Small, tmp_path: Path) -> None:
    path = demand_template.write(tmp_path / "空白.xlsx")
    with town.store.read() as session:
        reading = read_folder([path], known_queries.known(session))
    assert not reading.facts and not reading.damaged and not reading.not_taken
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]] == [HEADS[0], "党支部", *HEADS[2:]]
    for column, value in enumerate(LINES[0], 1):
        sheet.cell(3, column, value)
    book.save(path)
    _plan, result = take(town, path)
    assert (result.taken, result.refused) == (1, ())


def test_what_the_program_exported_comes_back_into_another_database(town: Small, tmp_path: Path) -> None:
    """Demands that were given back have no day on which they are done: the export says so, and that line stays out."""
    take(town, workbook(tmp_path))
    out = tmp_path / "导出.xlsx"
    export.write_xlsx(out, "demands", export.rows(town.store, "demands"))
    other = registers(tmp_path / "另一个.okr", FixedClock(date(2026, 9, 20)))
    plan, result = take(other, out)
    assert [note.reason for note in plan.refused] == ["急难愁盼台账 N6：有群众确认却没有办结日期，请核对。"]
    mine, theirs = standing(town), standing(other)
    mine.pop("校门口拥堵（台账编号 青急-3）")
    assert result.taken == 3
    assert {what: (one.label, one.who, one.state) for what, one in mine.items()} == {
        what: (one.label, one.who, one.state) for what, one in theirs.items()
    }
    other.store.close()

"""Counts from real workbooks: the template read back, cells that do not add up named, entered once, taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from okr_desk.appraisal_terms import AppraisalItem, AppraisalKind, Level, Voter
from okr_desk.clock import FixedClock
from okr_desk.errors import Refusal
from okr_desk.exchange import appraisal_template
from okr_desk.exchange.folder import read_folder
from okr_desk.queries import appraisals as queries
from okr_desk.queries import imports as known_queries
from okr_desk.queries.appraisals import AppraisalView
from okr_desk.rules.appraisals import GradeDraft, PersonDraft
from okr_desk.services import appraisals, imports
from tests.small_titles import Titled, copied, titled

K, V = AppraisalKind, Voter
MEMBER_HEADS = ("党支部", "姓名", "类别", "优秀", "合格", "基本合格", "不合格", "发出", "收回", "废票", "测评日期")
SECRETARY_HEADS = ("支部", "书记", "投票人", "好", "较好", "一般", "差", "发出", "收回", "废票")
MEMBERS = (
    ("青石村党支部", "甲", "正式", 6, 2, 0, 0, 9, 9, 1, "2026-09-20"),
    ("", "乙", "正式", 3, 5, 0, 0, "", "", "", "2026年9月20日"),
    ("", "丙", "预备", "８", 0, "", "", "", "", "", "9月20日"),
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Titled:
    """Made once; each test has its own copy of the file."""
    made = titled(tmp_path_factory.mktemp("评议") / "小镇.okr", FixedClock(date(2026, 10, 8)))
    made.small.store.close()
    return made


@pytest.fixture
def town(built: Titled, tmp_path: Path, clock: FixedClock) -> Iterator[Titled]:
    made = copied(built, tmp_path, clock)
    yield made
    made.small.store.close()


def workbook(folder: Path, heads: Sequence[str], lines: Sequence[Sequence[object]], name: str = "计票.xlsx") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "计票"
    sheet.append(["青山镇2026年计票表"])
    for line in (heads, *lines):
        sheet.append(list(line))
    book.save(folder / name)
    return folder / name


def plan_of(town: Titled, path: Path) -> imports.ImportPlan:
    with town.small.store.read() as session:
        reading = read_folder([path], known_queries.known(session))
    with town.small.store.read() as session:
        return imports.prepare(session, reading)


def take(town: Titled, path: Path) -> imports.ImportResult:
    plan = plan_of(town, path)
    with town.small.store.write(town.small.office) as session:
        return imports.apply(session, town.small.office, plan).value


def undo(town: Titled, result: imports.ImportResult) -> None:
    assert result.batch_id is not None
    with town.small.store.write(town.small.office) as session:
        imports.undo(session, town.small.office, result.batch_id)


def rounds(town: Titled, kind: AppraisalKind = K.MEMBERS) -> tuple[AppraisalView, ...]:
    with town.small.store.read() as session:
        return queries.appraisals(session, 2026, kind)


def test_a_count_makes_its_round_and_is_entered_once(town: Titled, tmp_path: Path) -> None:
    path = workbook(tmp_path, MEMBER_HEADS, MEMBERS)
    result = take(town, path)
    assert (result.taken, result.refused) == (3, ())
    (made,) = rounds(town)
    assert (made.org_id, made.held_on.isoformat(), made.name) == (
        town.small.village,
        "2026-09-20",
        "2026年度民主评议党员",
    )
    assert [(one.name, one.is_probationary) for one in made.people] == [("甲", False), ("乙", False), ("丙", True)]
    assert made.people[2].votes_of(V.MEMBERS, AppraisalItem.OVERALL) == (8, 0, 0, 0)
    assert made.voters[0].turnout.valid == 8 and "计票.xlsx" in made.entry.told
    again = plan_of(town, path)
    assert (again.will_write, again.same) == ((), 3)


def test_cells_that_do_not_add_up_come_back_by_their_name(town: Titled, tmp_path: Path) -> None:
    lines = (
        ("青石村党支部", "甲", "", 7, 2, 0, 0, 9, 9, 1, "2026-09-20"),
        ("", "乙", "", "约3", 5, 0, 0, "", "", "", "2026-09-20"),
        ("", "丙", "", 1, 2, 0, 0, 9, 10, 0, "2026-09-20"),
        ("", "丁", "", 1, 2, 0, 0, 9, "", 0, "2026-09-20"),
        ("", "戊", "", 1, 2, 0, 0, "", "", "", "开会那天"),
        ("黑石村党支部", "己", "", 1, 2, 0, 0, "", "", "", "2026-09-20"),
        ("青石村党支部", "庚", "", 1.5, 2, 0, 0, "", "", "", "2026-09-20"),
        ("云岭村党支部", "辛", "", 1, 2, 0, 0, "", "", "", "2026-09-20"),
        ("溪口村党支部", "壬", "", 1, 2, 0, 0, 5, 5, 0, ""),
    )
    result = take(town, workbook(tmp_path, MEMBER_HEADS, lines))
    said = [note.reason for note in result.refused]
    assert result.taken == 0 and rounds(town) == ()
    for cell, words in (
        ("计票 D3：", "甲：各档加起来 9 票，多于党员的有效票 8 张"),
        ("计票 D4：", "“约3”"),
        ("计票 I5：", "收回 10 张多于发出 9 张"),
        ("计票 I6：", "没有填写“收回”票数"),
        ("计票 K7：", "“开会那天”看不出是哪一天"),
        ("计票 A8：", "“黑石村党支部”不在组织名册中"),
        ("计票 D9：", "应填整数"),
        ("计票 D10：", "没有填写党员的发出和收回票数"),
        ("计票 D11：", "没有写测评日期"),
    ):
        assert any(one.startswith(cell) and words in one for one in said), (cell, said)


def test_secretaries_go_into_the_round_that_is_open(town: Titled, tmp_path: Path) -> None:
    small = town.small
    town.appraisal(people=(PersonDraft("李旭昇", small.village), PersonDraft("单晓", small.school)))
    lines = (
        ("青石村党支部", "李旭昇", "领导", 7, 2, 0, 0, 9, 9, 0),
        ("中心小学党支部", "单晓", "领导", 5, 4, 0, 0, "", "", ""),
        ("青石村党支部", "李旭昇", "群众票", 30, 8, 1, 0, 40, 40, 1),
        ("中心小学党支部", "单晓", "群众票", 30, 8, 2, 0, "", "", ""),
        ("中心小学党支部", "单小", "领导", 5, 4, 0, 0, "", "", ""),
        ("中心小学党支部", "单晓", "家属", 5, 4, 0, 0, "", "", ""),
        ("中心小学党支部", "单晓", "领导", 1, 1, 0, 0, "", "", ""),
    )
    result = take(town, workbook(tmp_path, SECRETARY_HEADS, lines))
    (of,) = rounds(town, K.SECRETARIES)
    said = "\n".join(note.reason for note in result.refused)
    assert result.taken == 3 and of.people[0].votes_of(V.MASS, AppraisalItem.OVERALL) == (30, 8, 1, 0)
    for words in ("各档加起来 40 票，多于群众的有效票 39 张", "名单里没有单小", "投票人“家属”看不懂", "写了两行"):
        assert words in said
    leaders, mass = Decimal(7 * 100 + 2 * 85) / 9, Decimal(30 * 100 + 8 * 85 + 70) / 39
    score = of.people[0].score.value
    assert score is not None and abs(score - (leaders * 30 + mass * 20) / 50) < Decimal("1e-9")


def test_taking_it_back_leaves_what_stood_before(town: Titled, tmp_path: Path) -> None:
    made = town.appraisal(K.MEMBERS, "甲", "乙")
    town.count(made, (0, V.MEMBERS, (30, 7, 0, 0)))
    before = town.of(made)
    lines = (("青石村党支部", "甲", "", 6, 2, 0, 0, 9, 9, 1, ""), ("", "乙", "", 3, 5, 0, 0, "", "", "", ""))
    result = take(town, workbook(tmp_path, MEMBER_HEADS, lines))
    assert result.taken == 2 and town.of(made).people[0].told(AppraisalItem.OVERALL) == (6, 2, 0, 0)
    undo(town, result)
    assert town.of(made) == before
    whole = take(town, workbook(tmp_path, MEMBER_HEADS, [(*MEMBERS[0][:-1], "2026-09-15")], "另一次.xlsx"))
    assert len(rounds(town)) == 2
    undo(town, whole)
    assert [one.id for one in rounds(town)] == [made]


def test_what_was_graded_since_is_not_taken_back(town: Titled, tmp_path: Path) -> None:
    result = take(town, workbook(tmp_path, MEMBER_HEADS, MEMBERS))
    (of,) = rounds(town)
    with town.small.store.write(town.small.office) as session:
        appraisals.decide(session, town.small.office, GradeDraft(of.people[0].id, Level.QUALIFIED))
    with pytest.raises(Refusal) as refused:
        undo(town, result)
    assert "不能整批撤消" in refused.value.sentence


def test_a_closed_round_takes_no_workbook(town: Titled, tmp_path: Path) -> None:
    three = [
        (*MEMBERS[0][:3], 2, 1, 0, 0, 3, 3, 0, "2026-09-20"),
        *((*one[:3], 1, 1, 0, 0, "", "", "", "2026-09-20") for one in MEMBERS[1:]),
    ]
    take(town, workbook(tmp_path, MEMBER_HEADS, three))
    (of,) = rounds(town)
    with town.small.store.write(town.small.office) as session:
        grades = [GradeDraft(one.id, Level.QUALIFIED) for one in of.graded]
        appraisals.decide_all(session, town.small.office, grades)
        appraisals.close(session, town.small.office, of.id)
    changed = [(*MEMBERS[0][:3], 1, 2, *three[0][5:])]
    plan = plan_of(town, workbook(tmp_path, MEMBER_HEADS, changed, "改.xlsx"))
    assert plan.will_write == () and "要改的请先重新开放" in plan.refused[0].reason


def test_the_template_is_read_back_as_it_was_filled_in(town: Titled, tmp_path: Path) -> None:
    small = town.small
    town.appraisal(K.MEMBERS, people=(PersonDraft("甲"), PersonDraft("乙", is_probationary=True)))
    town.appraisal(people=(PersonDraft("李旭昇", small.village),))
    for kind, cells in ((K.MEMBERS, ((3, "D"), (4, "D"))), (K.SECRETARIES, ((3, "E"),))):
        path = appraisal_template.write(small.store, 2026, kind, tmp_path / f"{kind.value}.xlsx")
        blank = plan_of(town, path)
        assert (blank.will_write, blank.refused, blank.damaged) == ((), (), ())
        book = openpyxl.load_workbook(path)
        sheet = book.active
        assert sheet is not None
        heads = {cell.value: cell.column for cell in sheet[2]}
        for row, _column in cells:
            for offset, votes in enumerate((4, 1, 0, 0)):
                sheet.cell(row, heads["优秀" if kind is K.MEMBERS else "好"] + offset, votes)
        for head, number in (("发出", 6), ("收回", 6), ("废票", 1)):
            sheet.cell(3, heads[head], number)
        book.save(path)
        result = take(town, path)
        assert (result.taken, result.refused) == (len(cells), ())
        (of,) = rounds(town, kind)
        assert of.people[0].told(AppraisalItem.OVERALL) == (4, 1, 0, 0) and of.voters[0].turnout.valid == 5
    assert openpyxl.load_workbook(appraisal_template.write(small.store, 2025, K.MEMBERS, tmp_path / "空.xlsx"))

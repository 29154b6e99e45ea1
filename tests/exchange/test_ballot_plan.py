"""Columns by their question, questions for a person, marks, and what would be written; nothing before it is decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from okr_desk.exchange.ballot_columns import propose
from okr_desk.exchange.ballot_plan import branches, plan
from okr_desk.exchange.ballots import read_ballots
from okr_desk.rules.ballot_imports import (
    BallotPlan,
    BallotReading,
    ColumnUse,
    Earlier,
    ImportDecisions,
    KnownRound,
    QuestionKind,
    Role,
)
from okr_desk.survey_terms import NumberOrder
from tests.exchange.survey_files import HEADS, ROUND, SITE, sheet, write_csv


def read(folder: Path, rows: Sequence[Sequence[str]], heads: Sequence[str] = HEADS) -> BallotReading:
    """The reading of a small file."""
    return read_ballots(write_csv(folder / "问卷.csv", rows, "utf-8", heads))


def made(reading: BallotReading, known: KnownRound = ROUND, **decided: object) -> BallotPlan:
    """The plan under the proposed decisions and these."""
    return plan(reading, known, replace(propose(reading, known), **decided))  # type: ignore[arg-type]


def asked(found: BallotPlan) -> list[tuple[QuestionKind, str, tuple[int, ...], int]]:
    """The questions in short."""
    return [(one.kind, one.text, one.rows, one.count) for one in found.questions]


def test_ballots_come_out_of_rows(tmp_path: Path) -> None:
    rows = [sheet(1, "东村", "满意", "非常满意", "党员"), sheet(2, "西村党支部", "(空)", "不了解", "群众")]
    found = made(read(tmp_path, rows))
    assert found.questions == () and found.is_ready and found.will_count == 2
    assert [(b.draft.org_id, b.draft.group_id, b.draft.answers, b.minute, b.seconds) for b in found.ballots] == [
        (11, 1, "21", 481, 60),
        (12, 2, "-0", 482, 60),
    ]
    assert found.ballots[0].draft.answered_on == date(2026, 9, 7)
    assert branches(found) == {11: 1, 12: 1}


def test_columns_are_found_by_question_in_any_order(tmp_path: Path) -> None:
    heads = ["第4题(党支部工作)", "您的身份", *SITE, "3、环境卫生", "您的性别", "党支部名称"]
    row = ["满意", "村民", *sheet(1, "")[:6], "不满意", "女", "中共青山镇东村支部委员会"]
    found = made(read(tmp_path, [row], heads))
    assert [b.draft.answers for b in found.ballots] == ["52"] and found.ballots[0].draft.org_id == 11


def test_unknown_texts_are_listed_with_rows_and_nothing_is_counted(tmp_path: Path) -> None:
    rows = [
        sheet(1, "东村", "很满意", "很满意", "党员"),
        sheet(2, "南村", "满意", "满意", "游客"),
        sheet(3, "东村", "很满意", "满意", "党员"),
        sheet(4, "西村", "满意", "满意", "党员"),
    ]
    reading = read(tmp_path, rows)
    found = made(reading)
    assert found.ballots == () and not found.is_ready
    assert asked(found) == [
        (QuestionKind.PLACE, "南村", (3,), 1),
        (QuestionKind.GROUP, "游客", (3,), 1),
        (QuestionKind.OPTION, "很满意", (2, 4), 3),
    ]
    assert (
        found.questions[0].column == "1、您所在的村（社区、单位）：" and "没有找到这个支部" in found.questions[0].reason
    )
    before = propose(reading, ROUND)
    done = plan(
        reading,
        ROUND,
        replace(
            before,
            options={"很满意": "1"},
            places={**before.places, "南村": None},
            groups={**before.groups, "游客": None},
        ),
    )
    assert [b.draft.answers for b in done.ballots] == ["11", "12", "22"]
    assert [(one.row, one.where) for one in done.sent_back] == [(3, "南村")]


def test_numbers_are_never_guessed(tmp_path: Path) -> None:
    rows = [sheet(1, "东村", "5", "-2", "党员"), sheet(2, "西村", "4", "6", "党员")]
    reading = read(tmp_path, rows)
    first = made(reading)
    assert asked(first) == [(QuestionKind.ORDER, "5", (2,), 1)]
    half = made(reading, order=NumberOrder.WORST_FIRST)
    assert asked(half) == [(QuestionKind.OPTION, "6", (3,), 1)]
    done = made(reading, order=NumberOrder.WORST_FIRST, options={"6": "0"})
    assert [b.draft.answers for b in done.ballots] == ["1-", "20"]
    assert [b.draft.answers for b in made(reading, order=NumberOrder.BEST_FIRST, options={"6": "0"}).ballots] == [
        "5-",
        "40",
    ]


def test_a_column_of_another_version_is_asked_about(tmp_path: Path) -> None:
    known = replace(ROUND, other_questions=("办事效率",))
    heads = [*HEADS, "5、您对办事效率是否满意？", "6、您对环境卫生是否满意？"]
    reading = read(tmp_path, [[*sheet(1, "东村", "满意", "满意", "党员"), "满意", "满意"]], heads)
    found = made(reading, known)
    assert {one.column for one in found.questions} == {heads[7], heads[10], heads[11], ""}
    assert all(one.kind in (QuestionKind.COLUMN, QuestionKind.ITEM) for one in found.questions)
    roles = list(propose(reading, known).roles)
    roles[7], roles[10], roles[11] = Role(ColumnUse.ITEM, 0), Role(ColumnUse.DROPPED), Role(ColumnUse.DROPPED)
    assert made(reading, known, roles=tuple(roles)).is_ready
    roles[11] = Role(ColumnUse.ITEM, 0)
    assert "同样的用途" in made(reading, known, roles=tuple(roles)).questions[0].reason


def test_a_question_that_the_file_does_not_have_waits_for_a_word(tmp_path: Path) -> None:
    known = replace(ROUND, items=(*ROUND.items, replace(ROUND.items[0], place=2, text="办事效率")))
    reading = read(tmp_path, [sheet(1, "东村", "满意", "满意", "党员")])
    assert asked(made(reading, known)) == [(QuestionKind.ITEM, "办事效率", (), 1)]
    assert made(reading, known, accepted=frozenset({"item:2"})).ballots[0].draft.answers == "22-"


def test_a_file_without_a_place_is_one_branch(tmp_path: Path) -> None:
    heads = [*SITE, "环境卫生", "党支部工作"]
    reading = read(tmp_path, [[*sheet(1, "")[:6], "满意", "满意"]], heads)
    assert asked(made(reading)) == [(QuestionKind.PLACE, "", (), 1)]
    assert made(reading, places={"": 12}).ballots[0].draft.org_id == 12


def test_blank_sheets_are_void_and_a_person_may_void_more(tmp_path: Path) -> None:
    rows = [sheet(1, "东村", "(空)", "(跳过)", "党员"), sheet(2, "东村", "满意", "满意", "党员", took="3秒")]
    reading = read(tmp_path, rows)
    found = made(reading)
    assert [(one.row, one.reason) for one in found.void] == [(2, "整份没有作答")]
    assert [(one.row, one.reason) for one in found.suspect] == [(3, "作答过快（3 秒）")]
    assert found.will_count == 1 and len(found.ballots) == 2
    voided = made(reading, voids={3: "现场代填"})
    assert voided.will_count == 0 and voided.suspect == () and voided.void[1].reason == "现场代填"


def test_too_fast_is_below_two_and_a_half_seconds_an_item(tmp_path: Path) -> None:
    rows = [sheet(n, "东村", "满意", "满意", "党员", took=f"{took}秒") for n, took in enumerate((4, 5), 1)]
    assert [one.row for one in made(read(tmp_path, rows)).suspect] == [2]


def test_a_burst_of_equal_sheets_is_marked(tmp_path: Path) -> None:
    rows = [sheet(n, "东村", "满意", "满意", "党员", minute=5) for n in range(1, 4)]
    rows += [sheet(4, "西村", "满意", "满意", "党员", minute=5), sheet(5, "东村", "满意", "不满意", "党员", minute=5)]
    rows += [sheet(6, "东村", "满意", "满意", "党员", minute=9)]
    found = made(read(tmp_path, rows))
    assert [one.row for one in found.suspect] == [2, 3, 4] and found.will_count == 6


def test_more_answers_than_people_wait(tmp_path: Path) -> None:
    known = replace(ROUND, limits={11: 2, 12: 5}, taken={11: 1})
    reading = read(tmp_path, [sheet(n, "东村", "满意", "满意", "党员") for n in (1, 2)])
    found = made(reading, known)
    assert asked(found) == [(QuestionKind.OVER, "东村党支部", (), 2)] and "共 3 份" in found.questions[0].reason
    assert made(reading, known, accepted=frozenset({"over:11"})).is_ready


def test_days_outside_the_round_wait(tmp_path: Path) -> None:
    known = replace(ROUND, starts_on=date(2026, 9, 8))
    reading = read(tmp_path, [sheet(1, "东村", "满意", "满意", "党员")])
    assert asked(made(reading, known)) == [(QuestionKind.DATES, "2026/09/07 08:01:05", (2,), 1)]
    assert made(reading, known, accepted=frozenset({"dates:"})).is_ready


def test_the_same_file_and_the_same_rows_are_noticed(tmp_path: Path) -> None:
    rows = [sheet(n, "东村", "满意", "满意", "党员") for n in (1, 2, 3)]
    reading = read(tmp_path, rows)
    prints = frozenset((11, date(2026, 9, 7), 480 + n, "22") for n in (1, 2))
    again = replace(ROUND, earlier=(Earlier("问卷.csv", reading.sha256, prints),))
    assert asked(made(reading, again)) == [(QuestionKind.TWIN, "问卷.csv", (), 3)]
    assert not made(reading, again, accepted=frozenset({f"twin:{reading.sha256}"})).is_ready
    other = replace(ROUND, earlier=(Earlier("另一份.csv", "x", prints),))
    assert asked(made(reading, other)) == [(QuestionKind.TWIN, "另一份.csv", (), 2)]
    assert made(reading, other, accepted=frozenset({"twin:x"})).is_ready


def test_decisions_are_complete_for_a_clean_file(tmp_path: Path) -> None:
    found: ImportDecisions = propose(read(tmp_path, [sheet(1, "东村", "满意", "满意", "党员")]), ROUND)
    uses = [role.use for role in found.roles]
    assert uses == [
        ColumnUse.UNSEEN, ColumnUse.MOMENT, ColumnUse.SECONDS, ColumnUse.DROPPED, ColumnUse.DROPPED, ColumnUse.UNSEEN,
        ColumnUse.PLACE, ColumnUse.ITEM, ColumnUse.ITEM, ColumnUse.GROUP,
    ]  # fmt: skip

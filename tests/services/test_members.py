"""Members are entered, pasted, corrected and left; nothing private is taken, nobody else's branch is touched."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from okr_desk.clock import FixedClock
from okr_desk.errors import InputRefused, NotAllowed, WrongState
from okr_desk.member_terms import MemberKind
from okr_desk.queries import members as standing
from okr_desk.rules.members import LeaveDraft, MemberDraft, ReporterDraft, pasted
from okr_desk.services import members
from okr_desk.services.outcome import Topic
from tests.membered_township import Membered, membered

DAY = date(2026, 9, 30)


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Membered:
    return membered(tmp_path / "镇.okr", clock)


def names(town: Membered, day: date | None = DAY) -> list[str]:
    return [one.name for one in town.read(standing.members, [town.small.village], day)]


def test_members_stand_committee_first_with_what_was_said(town: Membered) -> None:
    assert names(town) == ["李旭昇", "王玥", "欧阳修", "赵敏"]
    third = town.read(standing.member, town.ids["欧阳修"])
    assert (third.kind, third.grid, third.is_committee) == (MemberKind.PROBATIONARY, "第二网格", False)
    assert any(entry.table == "member" for entry in town.small.trail())


def test_a_name_that_stands_is_refused_with_advice(town: Membered) -> None:
    with pytest.raises(InputRefused, match=r"本支部已有“王玥”.*如“王玥（2组）”"):
        town.write(members.add, [MemberDraft(town.small.village, "王 玥")])
    made = town.write(members.add, [MemberDraft(town.small.village, "王玥（2组）")])
    assert made.changes.orgs == frozenset({town.small.village})
    assert Topic.MEMBERS in made.changes.topics


def test_private_numbers_are_refused(town: Membered) -> None:
    with pytest.raises(InputRefused, match="电话、身份证号"):
        town.write(members.add, [MemberDraft(town.small.village, "孙悟", duty="电话 138 0013 8000")])
    assert "孙悟" not in names(town)


def test_another_branch_may_not_enter(town: Membered) -> None:
    with pytest.raises(NotAllowed):
        town.write(members.add, [MemberDraft(town.small.village, "孙悟")], who=town.small.stranger)
    with pytest.raises(NotAllowed):
        town.write(members.add, [MemberDraft(town.small.village, "孙悟")], who=town.small.viewer)


def test_who_leaves_keeps_the_history(town: Membered) -> None:
    town.write(members.leave, LeaveDraft(town.ids["赵敏"], date(2026, 9, 15), "转往外省"))
    assert names(town) == ["李旭昇", "王玥", "欧阳修"]
    assert "赵敏" in names(town, date(2026, 9, 14))
    with pytest.raises(WrongState, match="已于 2026-09-15 转出"):
        town.write(members.leave, LeaveDraft(town.ids["赵敏"], date(2026, 9, 16), "再转"))


def test_a_correction_keeps_the_id(town: Membered) -> None:
    draft = MemberDraft(town.small.village, "欧阳修", MemberKind.FULL, joined_on=date(2026, 7, 1))
    town.write(members.change, town.ids["欧阳修"], draft)
    assert town.read(standing.member, town.ids["欧阳修"]).kind is MemberKind.FULL


def test_a_pasted_table_becomes_members() -> None:
    lines = (
        "序号\t姓名\t类别\t网格\t分工",
        "1\t李 明\t正式党员\t第三网格\t组织委员",
        "2\t覃喆\t预备党员\t\t",
        "",
        "3\t单晓\t流动党员\t\t务工",
    )
    text = "\n".join(lines)
    found = pasted(text, 7)
    assert [(one.name, one.kind, one.grid, one.duty, one.is_committee) for one in found] == [
        ("李明", MemberKind.FULL, "第三网格", "组织委员", True),
        ("覃喆", MemberKind.PROBATIONARY, "", "", False),
        ("单晓", MemberKind.FLOATING, "", "务工", False),
    ]
    with pytest.raises(InputRefused, match="没有看到姓名"):
        pasted("1\n2\n", 7)


def test_a_list_with_one_bad_line_is_not_half_taken(town: Membered) -> None:
    with pytest.raises(InputRefused):
        town.write(members.add, [*pasted("孙悟\n李旭昇\n", town.small.village)])
    assert "孙悟" not in names(town)


def test_somebody_reports_once_and_ends(town: Membered) -> None:
    draft = ReporterDraft(town.small.village, "周正", "县供电公司", date(2026, 2, 1))
    (key,) = town.write(members.report, [draft]).value
    with pytest.raises(InputRefused, match="已经在报到名单里"):
        town.write(members.report, [draft])
    town.write(members.end_report, LeaveDraft(key, date(2026, 8, 1), "调离"))
    assert town.read(standing.reporters, [town.small.village], town.quarter()) == ()
    assert len(town.read(standing.reporters, [town.small.village])) == 1


def test_the_larger_of_roster_and_list_divides() -> None:
    assert standing.Strength(18, 24).total == 24
    assert standing.Strength(18, 24).said == "党员 24 人（名册 24 人，登记姓名 18 人）"
    assert standing.Strength(18, None).said == "党员 18 人"

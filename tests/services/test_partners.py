"""X05 and F20 worked by hand; a need and a resource become a project in one step."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from okr_desk.clock import FixedClock
from okr_desk.errors import InputRefused, WrongState
from okr_desk.model.tables import Category
from okr_desk.queries import partners as read
from okr_desk.register_terms import PartnerList, PartnerRole
from okr_desk.rules.partners import DoneDraft, EndDraft, ItemDraft, MatchDraft, PartnerDraft
from okr_desk.services import partners
from tests.registers import registers, values
from tests.small_township import Small

DAY = date(2026, 7, 6)


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return registers(tmp_path / "镇.okr", FixedClock(date(2026, 9, 20)))


def joined(small: Small, name: str = "青山供电所", role: PartnerRole = PartnerRole.LEAD) -> int:
    with small.store.write(small.secretary) as session:
        return partners.join(session, small.secretary, PartnerDraft(small.village, name, role, DAY, "王玥")).value


def listed(small: Small, kind: PartnerList, text: str, partner: int | None = None) -> int:
    with small.store.write(small.secretary) as session:
        return partners.list_item(session, small.secretary, ItemDraft(small.village, kind, text, DAY, partner)).value


def matched(small: Small, planned: date, partner: int) -> int:
    need, resource = listed(small, PartnerList.NEED, "路灯"), listed(small, PartnerList.RESOURCE, "电工", partner)
    with small.store.write(small.secretary) as session:
        return partners.match(session, small.secretary, MatchDraft(need, resource, "修路灯", DAY, planned)).value


def finished(small: Small, item: int, day: date) -> int:
    with small.store.write(small.secretary) as session:
        return partners.finish(session, small.secretary, DoneDraft(item, day, "修好12盏")).value


def test_projects_done_of_those_due_in_the_half_year(small: Small) -> None:
    """Due in the third quarter: two, one done in time, one done late; a third is due in the fourth: 2 ÷ 2."""
    unit = joined(small)
    listed(small, PartnerList.NEED, "还没有对接的需求")
    assert values(small, "X05") == {}
    first, second = matched(small, date(2026, 8, 1), unit), matched(small, date(2026, 8, 15), unit)
    matched(small, date(2026, 11, 1), unit)
    assert values(small, "X05")[3][0] == 0
    finished(small, first, date(2026, 7, 30))
    assert values(small, "X05")[3][0] == 50
    step = finished(small, second, date(2026, 9, 1))
    said = "取自共建台账：本半年到期的共建项目 2 个，已办结 2 个，其中逾期办结 1 个"
    assert values(small, "X05") == {3: (Decimal(100), said)} and values(small, "F20") == {}
    with small.store.write(small.secretary) as session:
        partners.withdraw_done(session, small.secretary, step, "尚未验收")
    assert values(small, "X05")[3][0] == 50


def test_organs_have_the_same_in_their_own_indicator(small: Small) -> None:
    with small.store.write(small.office) as session:
        session.get_one(Category, 1).name = "机关"
    finished(small, matched(small, date(2026, 8, 1), joined(small)), date(2026, 8, 1))
    assert values(small, "F20")[3][0] == values(small, "X05")[3][0] == 100


def test_a_need_is_matched_once_and_both_stand_in_the_project(small: Small) -> None:
    item = matched(small, date(2026, 8, 1), joined(small))
    with small.store.read() as session:
        need, resource, project = read.items(session, [small.village])
    assert (project.need, project.resource, project.partner) == ("路灯", "电工", "青山供电所")
    assert need.project_id == resource.project_id == project.id == item
    other = listed(small, PartnerList.RESOURCE, "梯子", resource.partner_id)
    with small.store.write(small.secretary) as session, pytest.raises(WrongState, match="已经对接"):
        partners.match(session, small.secretary, MatchDraft(need.id, other, "再修", DAY, DAY))
    with small.store.write(small.secretary) as session, pytest.raises(InputRefused, match="一条需求和一条资源"):
        partners.match(session, small.secretary, MatchDraft(other, other, "再修", DAY, DAY))
    with small.store.write(small.secretary) as session, pytest.raises(WrongState, match="先撤回项目"):
        partners.withdraw_item(session, small.secretary, need.id, "错")
    with small.store.write(small.secretary) as session:
        partners.withdraw_item(session, small.secretary, item, "没有谈成")
        partners.withdraw_item(session, small.secretary, need.id, "已自行解决")
    assert values(small, "X05") == {}


def test_partners_come_leave_and_are_counted_by_their_part(small: Small) -> None:
    unit = joined(small)
    with pytest.raises(InputRefused, match="牵头单位只有一个"):
        joined(small, "农商行")
    for name in ("农商行", "卫生院", "中学"):
        joined(small, name, PartnerRole.BACKBONE)
    with small.store.write(small.secretary) as session:
        draft = PartnerDraft(small.village, "邮局", PartnerRole.BACKBONE, DAY)
        outcome = partners.join(session, small.secretary, draft)
    assert outcome.notices == ("骨干单位已有 4 个，“1＋3＋N”一般为 3 个，请核对。",)
    with small.store.write(small.secretary) as session:
        partners.leave(session, small.secretary, EndDraft(unit, date(2026, 9, 1), "撤并"))
    with pytest.raises(WrongState, match="已经退出"):
        listed(small, PartnerList.RESOURCE, "电工", unit)
    assert joined(small, "新供电所")
    with small.store.read() as session:
        found = read.partners(session, [small.village])
    assert [one.name for one in found] == ["新供电所", "农商行", "卫生院", "中学", "邮局", "青山供电所"]

"""Days, names and drafts of the small registers as they are typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from okr_desk.errors import InputRefused, WrongState
from okr_desk.register_terms import NodeState, PartnerList, PartnerRole, PostResult
from okr_desk.rules import partners, posts, projects
from okr_desk.rules.days import read_day
from okr_desk.rules.entered import By, check_by
from okr_desk.rules.masking import masked
from okr_desk.terms import EntryBasis
from tests.registers import project

DAY = date(2026, 7, 3)


@pytest.mark.parametrize(
    "text",
    [
        "7.3",
        "7月3日",
        "0703",
        "20260703",
        "2026-07-03",
        "2026.7.3",
        "7/3",
        "７．３",
        "26.7.3",
        "7月3号",
        "2026年7月3日",
    ],
)
def test_a_day_as_people_type_it(text: str) -> None:
    assert read_day(text, 2026, "day", "日期") == DAY


@pytest.mark.parametrize("text", ["2.30", "下周", "13.1", "703"])
def test_what_is_no_day_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(InputRefused, match="请写成"):
        read_day(text, 2026, "day", "日期")


@pytest.mark.parametrize(
    ("name", "said"), [("李旭昇", "李**"), ("单晓", "单*"), ("欧阳文", "欧阳*"), ("", ""), (" 王 玥", "王*")]
)
def test_a_name_is_masked_to_its_surname(name: str, said: str) -> None:
    assert masked(name) == said


def test_who_enters_for_somebody_says_for_whom() -> None:
    with pytest.raises(InputRefused, match="填报人"):
        check_by(By(basis=EntryBasis.PHONE))
    check_by(By("李旭昇", EntryBasis.PHONE))


@pytest.mark.parametrize(
    ("more", "field", "said"),
    [
        ({"name": " "}, "name", "请填写“项目名称”"),
        ({"nodes": ()}, "nodes", "至少填一个节点"),
        ({"nodes": (projects.NodeDraft("立项", Decimal(90), DAY),)}, "nodes", "合计 90"),
        ({"nodes": (projects.NodeDraft("立项", Decimal(100), date(2026, 1, 1)),)}, "nodes", "早于项目启动"),
        ({"nodes": (projects.NodeDraft("立项", Decimal(100), date(2027, 1, 1)),)}, "nodes", "按年度分别登记"),
        ({"nodes": (projects.NodeDraft("立项", Decimal(50), DAY),) * 2}, "nodes", "写了两次"),
        ({"nodes": (projects.NodeDraft("立项", Decimal(0), DAY),)}, "nodes", "须大于 0"),
    ],
)
def test_a_project_that_cannot_be_taken(more: dict[str, object], field: str, said: str) -> None:
    with pytest.raises(InputRefused, match=said) as refused:
        projects.check_project(project(1, **more))
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("planned", "done", "state"),
    [
        (date(2026, 7, 3), None, NodeState.SOON),
        (date(2026, 7, 17), None, NodeState.SOON),
        (date(2026, 7, 18), None, NodeState.COMING),
        (date(2026, 7, 2), None, NodeState.OVERDUE),
        (date(2026, 7, 2), date(2026, 7, 2), NodeState.DONE),
        (date(2026, 7, 2), date(2026, 7, 3), NodeState.LATE),
    ],
)
def test_how_a_node_stands(planned: date, done: date | None, state: NodeState) -> None:
    assert projects.node_state(planned, done, DAY) is state


def test_a_branch_does_not_plan_lateness_away() -> None:
    projects.check_mover(DAY, DAY, is_office=False)
    projects.check_mover(date(2026, 7, 2), DAY, is_office=True)
    with pytest.raises(WrongState, match="已经过了"):
        projects.check_mover(date(2026, 7, 2), DAY, is_office=False)


@pytest.mark.parametrize(
    ("results", "proposed"), [("", False), ("M", False), ("MM", True), ("MOM", False), ("OMM", True), ("MMO", False)]
)
def test_two_misses_in_a_row_propose_to_take_the_sign_down(results: str, proposed: bool) -> None:
    found = [PostResult.MISSED if one == "M" else PostResult.BASIC for one in results]
    assert posts.proposes_takedown(found) is proposed


def test_one_unit_leads_and_no_number_is_kept_of_a_person() -> None:
    draft = partners.PartnerDraft(1, "供电所", PartnerRole.LEAD, DAY)
    partners.check_partner(draft, [("农商行", PartnerRole.BACKBONE)])
    with pytest.raises(InputRefused, match="牵头单位只有一个，现为“农商行”"):
        partners.check_partner(draft, [("农商行", PartnerRole.LEAD)])
    with pytest.raises(InputRefused, match="不登记电话"):
        partners.check_partner(replace(draft, contact="王玥 13800000000"), [])
    with pytest.raises(InputRefused, match="已在共建单位里"):
        partners.check_partner(draft, [("供电所", PartnerRole.MEMBER)])


def test_a_project_is_only_made_by_matching() -> None:
    with pytest.raises(InputRefused, match="对接成项目"):
        partners.check_item(partners.ItemDraft(1, PartnerList.PROJECT, "修路灯", DAY))
    with pytest.raises(InputRefused, match="共建单位"):
        partners.check_item(partners.ItemDraft(1, PartnerList.RESOURCE, "电工两名", DAY))

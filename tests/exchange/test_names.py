"""Branches by all their names; what two of them share finds neither."""

from __future__ import annotations

import pytest

from okr_desk.exchange.names import Names
from okr_desk.rules.imports import OrgName

NAMES = Names(
    (
        OrgName("东岭村党支部", "中共青山镇东岭村支部委员会"),
        OrgName("滨河社区第一党支部", "中共青山镇滨河社区第一支部委员会"),
        OrgName("滨河社区第二党支部", "中共青山镇滨河社区第二支部委员会"),
        OrgName("滨河社区党总支", "中共青山镇滨河社区总支部委员会", is_general=True),
        OrgName("农科站党支部", "中共青山镇农业科学试验站支部委员会"),
        OrgName("绿丰果蔬合作社党支部", "中共青山镇绿丰果蔬合作社支部"),
        OrgName("甲村党支部", "中共青山镇甲村支部委员会", others=("合村党支部",)),
        OrgName("乙村党支部", "中共青山镇乙村支部委员会", others=("合村党支部",)),
    ),
    "青山镇",
)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("东岭村", "东岭村党支部"),
        ("东岭村支部", "东岭村党支部"),
        (" 东 岭 村 党支部\n", "东岭村党支部"),
        ("青山镇东岭村党支部", "东岭村党支部"),
        ("中国共产党青山镇东岭村支部委员会", "东岭村党支部"),
        ("中共青山镇东岭村党支部委员会", "东岭村党支部"),
        ("滨河社区第一", "滨河社区第一党支部"),
        ("滨河社区总支", "滨河社区党总支"),
        ("农业科学试验站", "农科站党支部"),
        ("绿丰果蔬合作社", "绿丰果蔬合作社党支部"),
        ("滨河社区", None),
        ("合村党支部", None),
        ("东", None),
        ("", None),
    ],
)
def test_every_form_of_a_name(name: str, short: str | None):
    assert NAMES.find(name) == short


@pytest.mark.parametrize(
    "name",
    ["东岭村党支部(2).xlsx", "东岭村党支部（1）.xlsx", "东岭村-改2.xls", "2026Q3_东岭村党支部_填报表最终版.xlsx"],
)
def test_file_names(name: str):
    assert NAMES.in_file_name(name) == "东岭村党支部"

"""Search by characters, full pinyin and initials, with the readings that names have."""

from __future__ import annotations

import subprocess
import sys

import pytest

from okr_desk import pinyin

NAMES = {
    name: pinyin.keys(name)
    for name in ("滨河社区第一党支部", "单家湾村党支部", "覃家坡村党支部", "区里机关", "重庆路A座")
}


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("", "滨河社区第一党支部"),
        ("滨河", "滨河社区第一党支部"),
        ("bhsq", "滨河社区第一党支部"),
        ("BHSQ", "滨河社区第一党支部"),
        ("binhe", "滨河社区第一党支部"),
        ("bin he she", "滨河社区第一党支部"),
        ("滨河sq", "滨河社区第一党支部"),
        ("dyd", "滨河社区第一党支部"),
        ("dangzhibu", "滨河社区第一党支部"),
        # Surnames: plain dictionaries read 单 as dan, 覃 as tan, 区 as qu.
        ("sjw", "单家湾村党支部"),
        ("shanjia", "单家湾村党支部"),
        ("djw", "单家湾村党支部"),
        ("qjp", "覃家坡村党支部"),
        ("tanjia", "覃家坡村党支部"),
        ("oul", "区里机关"),
        ("quli", "区里机关"),
        ("cqla", "重庆路A座"),
        ("zqlu", "重庆路A座"),
    ],
)
def test_found(query: str, name: str) -> None:
    assert pinyin.matches(query, name, NAMES[name])


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("xyz", "滨河社区第一党支部"),
        ("bhx", "滨河社区第一党支部"),
        ("河滨", "滨河社区第一党支部"),
        ("wanjia", "单家湾村党支部"),
    ],
)
def test_not_found(query: str, name: str) -> None:
    assert not pinyin.matches(query, name, NAMES[name])


def test_without_keys_only_characters_are_found() -> None:
    assert pinyin.matches("滨河", "滨河社区", "")
    assert not pinyin.matches("bh", "滨河社区", "")


def test_keys_may_belong_to_another_form_of_the_name() -> None:
    assert pinyin.matches("qsc", "青山", pinyin.keys("青山村党支部"))


def test_characters_beyond_the_first_plane_keep_their_place() -> None:
    name = "𬱖䶮村"
    assert len(pinyin.keys(name).split(" ")) == 3
    assert pinyin.matches("ycun", name, pinyin.keys(name))


def test_matching_does_not_load_the_dictionary() -> None:
    code = (
        "import sys; from okr_desk import pinyin; pinyin.matches('bh','滨河','bin he'); "
        "sys.exit('pypinyin' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

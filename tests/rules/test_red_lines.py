"""The red lines that a database starts with, and what a draft of one is refused for."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from okr_desk.errors import InputRefused
from okr_desk.rules import red_lines, scheme_presets
from okr_desk.rules.red_lines import COMMON, RedLineRuleDraft
from okr_desk.scoring.grade_schemes import GRADES, SCHEMES, STARS, GradeScheme
from okr_desk.scoring.grades import RedLine, RedLineKind, grade

EIGHT = {
    "V1": "违纪违法", "V2": "责任事故", "V3": "群体性事件", "V4": "弄虚作假", "V5": "换届", "V6": "组织生活",
    "V7": "满意率", "V8": "侵害群众利益",
}  # fmt: skip
"""Domain 1.4, the red lines V1–V8."""
BY_CODE = {one.code: one for one in red_lines.seed()}
TARGET_MISSED = RedLineRuleDraft("J1", "主要经营指标未完成", RedLineKind.VETO, "年度主要经营指标未完成")
"""One of the five vetoes of 锦州供电 (domain 1.1, scheme 5)."""


def listed(name: str) -> list[str]:
    return [one.code for one in red_lines.seed() if one.list_name == name]


def test_the_eight_of_the_library_are_there() -> None:
    assert listed(COMMON) == list(EIGHT)
    assert all(word in BY_CODE[code].name for code, word in EIGHT.items())
    assert [code for code in EIGHT if BY_CODE[code].kind is RedLineKind.VETO] == ["V1", "V2", "V3"]


def test_low_satisfaction_says_when_it_is_crossed() -> None:
    trigger = BY_CODE["V7"].trigger
    assert "低于60%" in trigger and "“不满意”票超过50%" in trigger


def test_the_reverse_list_of_qinghai_is_one_of_its_own() -> None:
    """Domain 1.1, scheme 2: six situations lead straight to the lowest grade."""
    own = [one for one in red_lines.seed() if one.list_name == "青海反向"]
    assert len(own) == 6 and {one.kind for one in own} == {RedLineKind.VETO}
    named = {key: preset.red_lists for key, preset in scheme_presets.declared().items()}
    assert named.pop("qinghai") == (COMMON, "青海反向")
    assert set(named.values()) == {(COMMON,)}


@pytest.mark.parametrize("scheme", ["grades", "stars"])
@pytest.mark.parametrize("code", list(BY_CODE))
def test_each_limits_the_best_score_under_every_scheme_of_grades(code: str, scheme: str) -> None:
    line, names = BY_CODE[code], SCHEMES[scheme].names
    crossed = RedLine(line.kind, line.name, "青发〔2026〕3号", line.highest or None)
    found = grade(scheme=SCHEMES[scheme], score=Decimal(98), red_lines=(crossed,)).grade
    assert found == (names[-1] if line.kind is RedLineKind.VETO else names[1])


def test_what_a_database_starts_with_can_be_taken_and_has_its_source() -> None:
    for one in red_lines.seed():
        red_lines.check_rule(one, (("农村", GRADES), ("社区", STARS)))
    assert [one.code for one in red_lines.seed() if not one.source] == []


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"code": " "}, "code", "请填写“编号”"),
        ({"code": "J" * 21}, "code", "“编号”最多 20 个字"),
        ({"name": ""}, "name", "请填写“名称”"),
        ({"name": "长" * 41}, "name", "“名称”最多 40 个字"),
        ({"trigger": " \n"}, "trigger", "请填写“触碰情形”"),
        ({"list_name": ""}, "list_name", "请填写“清单”"),
        ({"list_name": "通用，国企"}, "list_name", "不要用逗号和顿号"),
        ({"source": "据" * 121}, "source", "“依据”最多 120 个字"),
        ({"highest": "较好"}, "highest", "一票否决直接定为最低等次"),
        ({"kind": RedLineKind.LOCK, "highest": "优秀"}, "highest", "“国企百分制”的等次里没有“优秀”"),
        ({"kind": RedLineKind.LOCK, "highest": "好"}, "highest", "“好”已是最高等次，限不住"),
    ],
)
def test_what_cannot_be_taken_names_its_field(change: dict[str, object], field: str, sentence: str) -> None:
    with pytest.raises(InputRefused) as refused:
        red_lines.check_rule(replace(TARGET_MISSED, **change), (("国企百分制", GRADES),))  # type: ignore[arg-type]
    assert refused.value.field == field and sentence in refused.value.sentence


def test_a_lock_leaves_a_grade_that_every_scheme_of_its_list_has() -> None:
    """较好 is no star: a list that counts for both leaves the second best, whatever that is called."""
    lock = replace(TARGET_MISSED, kind=RedLineKind.LOCK, highest="较好")
    red_lines.check_rule(lock, (("农村", GRADES), ("机关", GradeScheme("等次", GRADES.bands, "差"))))
    with pytest.raises(InputRefused, match="“社区星级”的等次里没有“较好”"):
        red_lines.check_rule(lock, (("农村", GRADES), ("社区星级", STARS)))
    red_lines.check_rule(replace(lock, highest=""), (("农村", GRADES), ("社区星级", STARS)))
    red_lines.check_rule(lock, ())


def test_lists_are_kept_as_one_text() -> None:
    assert red_lines.lists_text((" 通用", "国企否决", "通用")) == "通用,国企否决"
    assert red_lines.lists_of("通用,国企否决") == ("通用", "国企否决") and red_lines.lists_of("") == ()

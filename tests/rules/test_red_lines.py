"""The red lines that every scheme has, and those of one scheme alone."""

from __future__ import annotations

from decimal import Decimal

import pytest

from okr_desk.rules import red_lines, scheme_presets
from okr_desk.scoring.grade_schemes import SCHEMES
from okr_desk.scoring.grades import RedLine, RedLineKind, grade

EIGHT = {
    "V1": "违纪违法", "V2": "责任事故", "V3": "群体性事件", "V4": "弄虚作假", "V5": "换届", "V6": "组织生活",
    "V7": "满意率", "V8": "侵害群众利益",
}  # fmt: skip
"""Domain 1.4, the red lines V1–V8."""


def test_the_eight_of_the_library_are_there() -> None:
    found = red_lines.declared()
    assert list(found) == list(EIGHT)
    assert all(word in found[code].name for code, word in EIGHT.items())
    assert [code for code, one in found.items() if one.kind is RedLineKind.VETO] == ["V1", "V2", "V3"]


def test_low_satisfaction_says_when_it_is_crossed() -> None:
    trigger = red_lines.declared()["V7"].trigger
    assert "低于60%" in trigger and "“不满意”票超过50%" in trigger


def test_the_reverse_list_of_qinghai_belongs_to_its_scheme_alone() -> None:
    """Domain 1.1, scheme 2: six situations lead straight to the lowest grade."""
    own = {code: one for code, one in red_lines.declared("qinghai").items() if code not in EIGHT}
    assert len(own) == 6 and {one.kind for one in own.values()} == {RedLineKind.VETO}
    assert red_lines.declared("hundred") == red_lines.declared()
    assert {one.preset for one in own.values()} <= set(scheme_presets.declared())


@pytest.mark.parametrize("scheme", ["grades", "stars"])
@pytest.mark.parametrize("code", [*EIGHT, *(f"Q{n}" for n in range(1, 7))])
def test_each_limits_the_best_score_under_every_scheme_of_grades(code: str, scheme: str) -> None:
    line, names = red_lines.declared("qinghai")[code], SCHEMES[scheme].names
    crossed = RedLine(line.kind, line.name, "青发〔2026〕3号", line.highest or None)
    found = grade(scheme=SCHEMES[scheme], score=Decimal(98), red_lines=(crossed,)).grade
    assert found == (names[-1] if line.kind is RedLineKind.VETO else names[1])


def test_every_red_line_has_its_trigger_and_source() -> None:
    assert [code for code, one in red_lines.declared("qinghai").items() if not (one.trigger and one.source)] == []

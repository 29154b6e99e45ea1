"""The grade of the evidence behind a rate and the cap on its score (methods A9)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_desk.errors import InputRefused
from okr_desk.scoring.evidence import Circumstances, EvidenceGrade, capped, evidence
from okr_desk.terms import Sampling

D = Decimal
A, B, C, NO = EvidenceGrade
SOUND = Circumstances(Sampling.RANDOM, 60, 100, population_known=True, all_groups=True, independent=True)


@pytest.mark.parametrize(
    ("changes", "grade", "reason"),
    [
        ({}, A, None),
        ({"sampling": Sampling.CENSUS, "invited": 120}, A, None),
        ({"sampling": Sampling.QUOTA}, B, "测评对象是配额抽样"),
        ({"population_known": False}, B, "应测总人数没有登记"),
        ({"answered": 49}, B, "回收率 49%，不到 50%"),
        ({"all_groups": False}, B, "有的组没有测到"),
        ({"independent": False}, B, "自己收集"),
        ({"independent": False, "population_known": False}, C, "自己收集"),
        ({"sampling": Sampling.CONVENIENCE}, C, "方便抽样"),
        ({"invited": None}, C, "回收率不明"),
        ({"answered": 29}, C, "回收率 29%，低于 30%"),
        ({"answered": 30}, B, "回收率 30%，不到 50%"),
        ({"signals": 1}, C, "有 1 项数据异常提示"),
        ({"signals": 2}, NO, "有 2 项数据异常提示，请核查"),
        ({"answered": 14, "invited": 20}, NO, "答卷只有 14 份，不足 15 份"),
        ({"large_group_missing": True, "all_groups": False}, NO, "占比大的组"),
    ],
)
def test_what_lowers_the_grade(changes: dict[str, object], grade: EvidenceGrade, reason: str | None) -> None:
    found = evidence(replace(SOUND, **changes))  # type: ignore[arg-type]
    assert found.grade is grade
    assert (found.reasons == ()) if reason is None else any(reason in one for one in found.reasons)
    assert f"证据等级 {grade}" in found.steps[-1]
    assert bool(found.obstacle) is (grade is NO)


def test_every_reason_is_said_the_worst_first() -> None:
    found = evidence(replace(SOUND, answered=12, invited=60, sampling=Sampling.QUOTA, independent=False))
    assert found.reasons == (
        "答卷只有 12 份，不足 15 份。",
        "回收率 20%，低于 30%。",
        "测评对象是配额抽样，不是普查或随机抽样。",
        "由被测评的支部自己收集。",
    )
    assert found.response == D("0.2") and found.obstacle.startswith("答卷只有 12 份")


def test_more_answers_than_invitations_are_refused() -> None:
    with pytest.raises(InputRefused, match="按回收率不明处理"):
        evidence(replace(SOUND, invited=59))


ROUGH = evidence(replace(SOUND, invited=None))


@pytest.mark.parametrize(
    ("points", "override", "counted", "said"),
    [
        ("27", "", "24", "最高计 30×0.8＝24"),
        ("24", "", "24", "得分最高计满分的 80%"),
        ("27", "已电话抽查 20 户", "27", "理由：已电话抽查 20 户"),
    ],
)
def test_grade_c_caps_at_80_percent(points: str, override: str, counted: str, said: str) -> None:
    found = capped(D(points), D(30), ROUGH, override)
    assert found.value == D(counted) and said in found.steps[-1]


def test_grade_d_is_pending_and_not_0() -> None:
    assert capped(D(27), D(30), evidence(replace(SOUND, signals=2)), "有理由").value is None


def test_grades_a_and_b_cap_nothing() -> None:
    assert capped(D(30), D(30), evidence(SOUND)).value == 30


@pytest.mark.parametrize(("points", "round_"), [("30", SOUND), ("20", replace(SOUND, invited=None))])
def test_a_reason_without_cause_is_refused(points: str, round_: Circumstances) -> None:
    with pytest.raises(InputRefused, match="不需要填写放宽理由"):
        capped(D(points), D(30), evidence(round_), "理由")


@given(
    st.builds(
        Circumstances,
        st.sampled_from(Sampling),
        st.integers(0, 100),
        st.none() | st.integers(100, 400),
        st.booleans(),
        st.booleans(),
        st.booleans(),
        st.booleans(),
        st.integers(0, 3),
    )
)
def test_mending_one_thing_never_lowers_the_grade(round_: Circumstances) -> None:
    before = evidence(round_).grade
    for mended in ({"independent": True}, {"population_known": True}, {"signals": 0}, {"sampling": Sampling.CENSUS}):
        assert evidence(replace(round_, **mended)).grade <= before  # type: ignore[arg-type]
    assert (before is A) == (evidence(round_).reasons == ())

"""Grades: half-open bands, satisfaction gates, red lines, stars and quotas, each with its source."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_desk.errors import InputRefused
from okr_desk.scoring.grade_schemes import GRADES, STARS, Gate, GradeScheme, quota_excess
from okr_desk.scoring.grades import RedLine, RedLineKind, grade

D = Decimal
LOCK = RedLine(RedLineKind.LOCK, "不按期换届超过6个月", "青党〔2026〕7号")
VETO = RedLine(RedLineKind.VETO, "弄虚作假", "青纪〔2026〕3号")


@pytest.mark.parametrize(
    ("score", "name"),
    [
        # domain fact 5: ≥90 好, 80–89 较好, 60–79 一般, <60 较差; 89.5 has a grade because bands are half-open
        ("105", "好"), ("90", "好"), ("89.9999999999999999999999999999999999", "较好"), ("89.5", "较好"),
        ("80", "较好"), ("79.99", "一般"), ("60", "一般"), ("59.96", "较差"), ("0", "较差"), ("-3", "较差"),
    ],
)  # fmt: skip
def test_half_open_bands_on_the_unrounded_score(score: str, name: str) -> None:
    found = grade(D(score))
    assert (found.grade, found.by_score, found.score, found.ceilings) == (name, name, D(score), ())


def test_near_a_threshold_the_shown_percent_is_truncated() -> None:
    """Methods B2 "threshold and rounding": 59.996 never reads 60. What is compared is a percent, never the points."""
    assert grade(D("59.996")).steps == (
        "等次（按得分率）：90% 及以上为好，80% 及以上为较好，60% 及以上为一般，其余为较差。",
        "得分率 59.99%（按未取整的得分率比较）",
        "没有满意率，不判断满意率门槛。",
        "按得分率评为“较差”。",
    )
    assert "59.96" in grade(D("59.96")).steps[1]


@pytest.mark.parametrize(
    ("score", "satisfaction", "name", "ceilings"),
    [
        # domain 3.4 and fact 6: <90 % not 好 or 较好; <60 % a sign of 软弱涣散; <50 % no star
        ("95", "90", "好", ()),
        (
            "95",
            "89.9999",
            "一般",
            ("满意率（前三档）89.99% 低于 90%，不得评为“好”“较好”，最高为“一般”。",),
        ),
        ("59", "85", "较差", ("满意率（前三档）85% 低于 90%，不得评为“好”“较好”，最高为“一般”。",)),
        ("95", "60", "一般", ("满意率（前三档）60% 低于 90%，不得评为“好”“较好”，最高为“一般”。",)),
        (
            "95",
            "59",
            "一般",
            (
                "满意率（前三档）59% 低于 90%，不得评为“好”“较好”，最高为“一般”。",
                "满意率（前三档）59% 低于 60%，有软弱涣散迹象，请列入排查。",
            ),
        ),
        (
            "95",
            "49",
            "一般",
            (
                "满意率（前三档）49% 低于 90%，不得评为“好”“较好”，最高为“一般”。",
                "满意率（前三档）49% 低于 60%，有软弱涣散迹象，请列入排查。",
                "满意率（前三档）49% 低于 50%，星级评定为无星。",
            ),
        ),
    ],
)
def test_satisfaction_is_a_gate(score: str, satisfaction: str, name: str, ceilings: tuple[str, ...]) -> None:
    found = grade(D(score), satisfaction=D(satisfaction))
    assert found.grade == name
    assert tuple(one.sentence for one in found.ceilings) == ceilings
    assert all(sentence in found.steps for sentence in ceilings)


@pytest.mark.parametrize(
    ("score", "satisfaction", "name"),
    [
        # competitors C7: 90/80/70/60, below 60 % two stars at most; domain fact 6: below 50 % none
        ("95", None, "五星"), ("89.9", None, "四星"), ("79.9", None, "三星"),
        ("60", None, "二星"), ("59", None, "一星"),
        ("95", "60", "五星"), ("95", "59.9", "二星"), ("55", "59.9", "一星"), ("95", "49.9", "无星"),
    ],
)  # fmt: skip
def test_stars(score: str, satisfaction: str | None, name: str) -> None:
    assert grade(D(score), STARS, None if satisfaction is None else D(satisfaction)).grade == name


def test_a_lock_and_a_veto_limit_the_grade_and_leave_the_score() -> None:
    """Domain 1.3 "VETO / LOCK", methods B1 "veto": the raw score stays; each with reason and document."""
    locked, vetoed = grade(D(95), red_lines=[LOCK]), grade(D(95), red_lines=[LOCK, VETO])
    assert (locked.grade, locked.by_score, locked.score) == ("较好", "好", 95)
    assert (vetoed.grade, vetoed.by_score, vetoed.score) == ("较差", "好", 95)
    assert [one.document for one in vetoed.ceilings] == ["青党〔2026〕7号", "青纪〔2026〕3号"]
    assert locked.steps[-2:] == (
        "红线：不按期换届超过6个月（青党〔2026〕7号），不得评为“好”，最高为“较好”。",
        "按得分率为“好”，受限后评为“较好”；原始得分不变。",
    )
    assert vetoed.ceilings[1].sentence == "一票否决：弄虚作假（青纪〔2026〕3号），评为“较差”。"
    assert grade(D(95), STARS, red_lines=[VETO]).grade == "无星"


def test_a_lock_may_name_its_own_grade() -> None:
    plain = RedLine(RedLineKind.LOCK, "红牌", "青党〔2026〕9号", "一般")
    assert grade(D(95), red_lines=[plain]).grade == "一般"
    free = RedLine(RedLineKind.LOCK, "提醒", "青党〔2026〕9号", "好")
    assert grade(D(95), red_lines=[free]).ceilings[0].sentence == "红线：提醒（青党〔2026〕9号），最高为“好”。"
    with pytest.raises(InputRefused, match="没有“优秀”这个等次，可用的有 好、较好、一般、较差"):
        grade(D(95), red_lines=[RedLine(RedLineKind.LOCK, "红牌", "青党〔2026〕9号", "优秀")])


@pytest.mark.parametrize(("reason", "document", "hint"), [(" ", "7号", "写明事由"), ("弄虚作假", " ", "填写依据文号")])
def test_a_red_line_needs_its_reason_and_its_document(reason: str, document: str, hint: str) -> None:
    with pytest.raises(InputRefused, match=hint):
        RedLine(RedLineKind.VETO, reason, document)


def test_without_a_score_or_with_too_little_that_applies_there_is_no_grade() -> None:
    """Methods B2: coverage < 70 % → no tier, no rank; the least is the office's."""
    nothing, little = grade(None), grade(D(95), satisfaction=D(80), coverage=D("0.69"))
    assert (nothing.grade, nothing.steps) == (None, ("没有可评定的得分，不定等次。",))
    assert (little.grade, little.by_score, little.score) == (None, None, 95)
    assert little.steps[0] == "适用分值不足 70%，不定等次、不排名。" and "低于 90%" in little.steps[1]
    assert grade(D(95), coverage=D("0.7")).grade == "好"
    assert grade(D(95), coverage=D("0.7"), least=D("0.8")).grade is None


@pytest.mark.parametrize("rate", ["-0.1", "100.1", "NaN"])
def test_a_rate_that_is_none_is_refused(rate: str) -> None:
    with pytest.raises(InputRefused):
        grade(D(95), satisfaction=D(rate))


def test_a_score_that_is_none_is_refused() -> None:
    with pytest.raises(InputRefused, match="不是可用的数字"):
        grade(D("Infinity"))


@pytest.mark.parametrize(
    ("bands", "rest", "gates", "hint"),
    [
        ([], "差", (), "至少要有一条分数线"),
        ([(60, "一般"), (90, "好")], "差", (), "从高到低"),
        ([(90, "好"), (90, "较好")], "差", (), "从高到低"),
        ([(90, "好"), (80, "好")], "差", (), "名称不能重复"),
        ([(90, "好")], "好", (), "名称不能重复"),
        ([(90, "好")], "差", (Gate(D(90), "一般"),), "没有“一般”这个等次"),
        ([("NaN", "好")], "差", (), "不是可用的数字"),
    ],
)
def test_a_scheme_that_is_none_is_refused(
    bands: list[tuple[object, str]], rest: str, gates: tuple[Gate, ...], hint: str
) -> None:
    with pytest.raises(InputRefused, match=hint):
        GradeScheme("试行", tuple((D(str(at)), name) for at, name in bands), rest, gates=gates)


def test_bands_are_data() -> None:
    """Domain 1.1, scheme 15: ≥90 优秀, 76–89 达标, ≤75 不达标, without its gaps."""
    scheme = GradeScheme("责任制", ((D(90), "优秀"), (D(76), "达标")), "不达标")
    assert [grade(D(x), scheme).grade for x in ("90", "89.5", "76", "75.5")] == ["优秀", "达标", "达标", "不达标"]


def test_a_quota_is_reported_and_not_applied() -> None:
    """Domain 1.1, scheme 11: five stars ≤10 % of all, four stars ≤20 %."""
    given_out = ["五星"] * 3 + ["四星"] * 5 + ["三星"] * 21
    (five,) = quota_excess(given_out)
    assert (five.grade, five.given, five.allowed) == ("五星", 3, 2)
    assert five.sentence == "“五星”评了 3 个，按不超过 10% 最多 2 个，请研究调整。"
    assert quota_excess(["五星"] * 3 + ["四星"] * 6 + ["三星"] * 21) == ()
    assert [one.grade for one in quota_excess(["五星"] * 4 + ["四星"] * 7 + ["三星"] * 19)] == ["五星", "四星"]
    assert quota_excess([]) == ()


rates = st.none() | st.decimals(0, 100, places=2)


@given(st.decimals(0, 110, places=3), st.decimals(0, 110, places=3), rates, st.sampled_from([GRADES, STARS]))
def test_a_better_score_never_has_a_lower_grade(one: D, other: D, rate: D | None, scheme: GradeScheme) -> None:
    low, high = (grade(score, scheme, rate).grade for score in sorted((one, other)))
    assert low is not None and high is not None
    assert scheme.place(high) <= scheme.place(low)


@given(st.decimals(0, 110, places=3), rates, st.sampled_from([GRADES, STARS]))
def test_ceilings_only_lower(score: D, rate: D | None, scheme: GradeScheme) -> None:
    found = grade(score, scheme, rate, [LOCK])
    assert found.grade is not None and found.by_score == scheme.by_score(score)
    assert scheme.place(found.grade) >= max(1, scheme.place(found.by_score))

"""`okr-desk calc rule`, `grade` and `activity`: the contract's examples, the domain's answers, and refusals."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okr_desk import cli_calc, i18n
from okr_desk.scoring import rule_text
from okr_desk.terms import RuleKind

Capture = pytest.CaptureFixture[str]


def ask(capsys: Capture, *words: str) -> dict[str, object]:
    """The JSON answer to a question that must succeed."""
    assert cli_calc.main(["calc", *words, "--json"]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    answer = json.loads(printed.out)
    assert answer["steps"] and all(isinstance(step, str) for step in answer["steps"])
    return {key: value for key, value in answer.items() if key != "steps"}


def refused(capsys: Capture, *words: str) -> str:
    """The one Chinese sentence a bad question gets."""
    assert cli_calc.main(["calc", *words]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1 and re.search(r"[\u4e00-\u9fff]", printed.err)
    return printed.err


@pytest.mark.parametrize(
    ("words", "points"),
    [
        # the examples of the contract, with the answers of domain 1.3 and methods B2
        ("linear b=30 t=36 v=34.5 max=10", "7.5"),
        ("deduct max=5 each=0.5 count=3", "3.5"),
        ("per-point max=25 t=90 v=87.4 rounding=ceil", "22"),
        ("ladder bands=95:10,90:8,85:6 v=89.96", "6"),
        ("bonus each=15 count=2 cap=12", "12"),
        ("range lo=2 a=5 b=6 hi=12 v=7 max=1", "0.8333333333"),
        ("anchors points=60:0,75:60,85:100,92:120 v=70", "40"),
        ("votes counts=18,5,2,0 values=100,85,70,50", "94.6"),
        # the other kinds
        ("ratio v=7 t=8 max=8", "7"),
        ("rank table=60,57,54,51,48 values=95,90,90,80,70 v=80", "51"),
        ("to-first max=6 v=0.6 values=0.8,0.6", "4.5"),
        ("dual n=12 N=12 S=91.4 max=10 form=product", "9.14"),
        ("dual n=12 N=12 S=50 max=10", "6.5975395539"),
        ("yesno max=2 v=是", "2"),
        # odd but readable
        ("linear ｂ＝－１０ t=5 v=-4 max=10", "4"),
        ("ladder bands=95：10，90：8 v=90", "8"),
        ("votes counts=0,0 values=100,50", None),
    ],
)
def test_rule(capsys: Capture, words: str, points: str | None) -> None:
    assert ask(capsys, "rule", *words.split()) == {"points": points}


@pytest.mark.parametrize(
    ("words", "score"),
    [
        # methods A10
        ("--activity 1 --satisfaction .5", "0.6597539554"),
        ("--activity 1.8 --satisfaction .5", "0.6597539554"),
        ("--activity .5 --satisfaction 1", "0.7578582833"),
        ("--activity 0 --satisfaction 1", "0"),
        ("--activity 1 --satisfaction .25 --weight 0.5", "0.5"),
        ("--activity 1 --satisfaction .9 --verdict 未达成", "0.59"),
        ("--activity 1 --satisfaction .5 --verdict 无法判定", "0.6597539554"),
    ],
)
def test_activity(capsys: Capture, words: str, score: str) -> None:
    assert ask(capsys, "activity", *words.split()) == {"score": score}


def test_an_open_verdict_is_marked_provisional(capsys: Capture) -> None:
    assert cli_calc.main(["calc", "activity", "--activity", "1", "--satisfaction", ".5", "--verdict", "无法判定"]) == 0
    assert "标为暂定" in capsys.readouterr().out


GATE_90 = "满意率（前三档）88% 低于 90%，不得评为“好”“较好”，最高为“一般”。"


@pytest.mark.parametrize(
    ("words", "grade", "ceilings"),
    [
        # domain facts 5 and 6
        ("--score 90.36", "好", []),
        ("--score 89.5", "较好", []),
        ("--score 59.96", "较差", []),
        ("--score 95 --satisfaction 88", "一般", [GATE_90]),
        ("--score 95 --satisfaction 90 --scheme 等次", "好", []),
        ("--score 95 --scheme stars", "五星", []),
        (
            "--score 95 --satisfaction 49 --scheme 星级",
            "无星",
            [
                "满意率（前三档）49% 低于 60%，不得评为“五星”“四星”“三星”，最高为“二星”，有软弱涣散迹象，请列入排查。",
                "满意率（前三档）49% 低于 50%，不得评为“五星”“四星”“三星”“二星”“一星”，最高为“无星”。",
            ],
        ),
    ],
)
def test_grade(capsys: Capture, words: str, grade: str, ceilings: list[str]) -> None:
    assert ask(capsys, "grade", *words.split()) == {"grade": grade, "ceilings": ceilings}


def test_without_json_a_person_can_follow(capsys: Capture) -> None:
    assert cli_calc.main(["calc", "rule", "per-point", "max=4", "t=100", "v=97.2", "rounding=ceil"]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "97.2% → 差 2.8 个百分点 → 扣 3 分（向上取整）→ 1 分",
        "4－3＝1",
        "得分：1",
    ]
    assert cli_calc.main(["calc", "grade", "--score", "95", "--satisfaction", "88"]) == 0
    assert capsys.readouterr().out.splitlines()[-2:] == ["等次：一般", f"等次受限：{GATE_90}"]
    assert cli_calc.main(["calc", "grade", "--score", "95"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "等次受限：—"


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("rule", "请先写规则的种类（linear、ratio"),
        ("rule max=10", "请先写规则的种类"),
        ("rule tier v=1", "没有“tier”这种规则"),
        ("rule linear b=30 t=36 max=10", "缺少参数 v"),
        ("rule linear b=30 t=36 max=10 v=1 q=2", "没有参数“q”"),
        ("rule linear b=30 t=36 max=10 v=95%", "v 填的“95%”不是可用的数字"),
        ("rule linear b=30 t=30 max=10 v=1", "请改用 range 规则"),
        ("rule linear b 30", "“b”看不明白，请写成 键=值"),
        ("rule linear =30", "“=30”看不明白"),
        ("rule linear kind=ratio", "“kind=ratio”看不明白"),
        ("rule linear b=30 b=31", "b 写了两次"),
        ("rule linear --b 30", "不认识“--b”"),
        ("rule ratio t=8 max=8 v=-1", "v 不能为负数"),
        ("rule ratio t=0 max=8 v=1", "须大于 0"),
        ("rule anchors points=60:0,60:10 v=1", "依次排列"),
        ("rule votes counts=1.5,1 values=1,2", "须是整数"),
        ("grade", "缺少参数 --score"),
        ("grade --score 高", "--score 填的“高”不是可用的数字"),
        ("grade --score 90 --satisfaction 101", "0 至 100 之间"),
        ("grade --score 90 --satisfaction 0.896", "是 0.896% 还是 89.6%"),
        ("grade --score 90 --scheme 五等", "没有“五等”这种等次办法"),
        ("activity --activity 1", "缺少参数 --satisfaction"),
        ("activity --activity 1 --satisfaction 85", "请填 0 至 1 的数"),
        ("activity --activity -1 --satisfaction 0.5", "不能为负数"),
        ("activity --activity 1 --satisfaction 0.5 --weight 1", "须大于 0、小于 1"),
        ("activity --activity 1 --satisfaction 0.5 --verdict 好", "--verdict 只能填 reached（达成）"),
    ],
)
def test_bad_input_gets_one_chinese_sentence(capsys: Capture, words: str, hint: str) -> None:
    assert hint in refused(capsys, *words.split())


def test_an_entry_over_several_rows_is_quoted_in_one(capsys: Capture) -> None:
    refused(capsys, "rule", "linear", "b=一\n二", "t=1", "max=1", "v=1")
    refused(capsys, "rule", "linear", "一\n二")
    refused(capsys, "rule", "lin\near", "b=1")


@pytest.mark.parametrize("word", ["rule", "grade", "activity"])
def test_help_is_chinese_and_shows_every_kind(capsys: Capture, word: str) -> None:
    assert cli_calc.main(["calc", word, "--help"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith(f"用法：okr-desk calc {word}")
    if word == "rule":
        assert all(rule_text.example(kind) in printed for kind in RuleKind)


def test_answers_in_english_hold_no_chinese(capsys: Capture) -> None:
    with i18n.using("en"):
        for kind in RuleKind:
            assert cli_calc.main(["calc", "rule", *rule_text.example(kind).split()]) == 0
        assert cli_calc.main(["calc", "grade", "--score", "95", "--satisfaction", "40", "--scheme", "stars"]) == 0
        assert (
            cli_calc.main(["calc", "activity", "--activity", "1", "--satisfaction", ".9", "--verdict", "未达成"]) == 0
        )
    assert not re.search(r"[\u4e00-\u9fff]", capsys.readouterr().out)


keys = st.sampled_from(["b", "t", "v", "max", "each", "count", "cap", "bands", "points", "values", "n", "N", "S", "x"])
texts = st.sampled_from(
    ["1", "0", "-1", "90:8", "1,2", "", "高", "NaN", "1e400", "=", ":", ",", "９", "0.1" * 9]
) | st.text(max_size=6)


@given(st.sampled_from(RuleKind), st.dictionaries(keys, texts, max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_gets_an_answer_or_a_sentence(capsys: Capture, kind: RuleKind, typed: dict[str, str]) -> None:
    code = cli_calc.main(["calc", "rule", kind.value, *(f"{key}={text}" for key, text in typed.items())])
    printed = capsys.readouterr()
    assert code in (0, 2)
    assert bool(printed.out) is (code == 0)
    if code == 2:
        assert printed.err.count("\n") == 1 and re.search(r"[\u4e00-\u9fff]", printed.err)

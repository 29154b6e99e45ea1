"""`okr-desk calc interval` … `verdict`: the answers of the contract, bad input, files of groups, and help."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okr_desk import cli_calc, cli_surveys, i18n

Capture = pytest.CaptureFixture[str]

CSV = "group,population,n,k\n党员,80,40,39\n村民,900,20,15\n"


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
    ("words", "answer"),
    [
        # Newcombe 1998a; methods A3; the digits beyond those published by floating point and statsmodels
        ("--successes 81 --n 263 --level 0.95", ("0.3079847909", "0.2552885199", "0.366209577", "263")),
        ("--successes 56 --n 70", ("0.8", "0.7108709032", "0.8668016924", "70")),
        ("--successes ５６ --n 70 --population 300", ("0.8", "0.7228204254", "0.8598558816", "91")),
        ("--successes 0 --n 20 --level .95", ("0", "0", "0.1611251581", "20")),
        ("--successes 40 --n 50 --population 50", ("0.8", "0.8", "0.8", None)),
        ("--successes 28 --n 30 --population 100 --method exact", ("0.9333333333", "0.83", "0.98", "30")),
        ("--successes 0 --n 20 --level .95 --method continuity", ("0", "0", "0.200453345", "20")),
        ("--successes 56 --n 70 --method Wilson", ("0.8", "0.7108709032", "0.8668016924", "70")),
    ],
)
def test_interval(capsys: Capture, words: str, answer: tuple[str | None, ...]) -> None:
    keys = ("estimate", "low", "high", "effective_n")
    assert ask(capsys, "interval", *words.split()) == dict(zip(keys, answer, strict=True))


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        # Newcombe 1998b; methods, decision 3
        ("--now 56/70 --before 48/80 --level 0.95", ("0.2", "0.0524314724", "0.333872654", "提升")),
        ("--now 48／80 --before 56／70 --level 0.95", ("-0.2", "-0.333872654", "-0.0524314724", "下降")),
        ("--now 86/100 --before 82/100", ("0.04", "-0.0460476824", "0.1257873535", "变化不能确认")),
    ],
)
def test_difference(capsys: Capture, words: str, answer: tuple[str, ...]) -> None:
    keys = ("difference", "low", "high", "verdict")
    assert ask(capsys, "difference", *words.split()) == dict(zip(keys, answer, strict=True))


@pytest.mark.parametrize(
    ("words", "n", "invite"),
    [
        # methods A4, at the level of the national tables unless another is asked for
        ("--population 500 --margin 0.05 --response 0.6", "218", "364"),
        ("--population 500 --margin 0.05", "218", "218"),
        ("--population 300 --margin 0.08 --p 0.85", "62", "62"),
        ("--margin 0.05", "385", "385"),
        ("--margin 0.05 --level 0.9", "271", "271"),
    ],
)
def test_samplesize(capsys: Capture, words: str, n: str, invite: str) -> None:
    assert ask(capsys, "samplesize", *words.split()) == {"n": n, "invite": invite}


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        # domain 3.3 and methods A3, by hand in tests/scoring/test_likert.py
        (
            "--counts 32,20,5,2,1 --values 100,80,60,30,0",
            ("86", "81.1467582068", "89.761540781", "0.95", "0.8666666667", "175.7307926211"),
        ),
        (
            "--counts 32,20,5,2,1 --unsure 3 --population 300",
            ("86", "81.7017267442", "89.4193618619", "0.95", "0.8666666667", "218.9312791405"),
        ),
        ("--counts 32，20、5,2,1 --population 60", ("86", "86", "86", "0.95", "0.8666666667", None)),
    ],
)
def test_likert(capsys: Capture, words: str, answer: tuple[str | None, ...]) -> None:
    keys = ("score", "low", "high", "rate_wide", "rate_narrow", "effective_n")
    assert ask(capsys, "likert", *words.split()) == dict(zip(keys, answer, strict=True))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_stratified(capsys: Capture, tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "分组.csv"
    file.write_bytes(CSV.encode(encoding))
    assert ask(capsys, "stratified", str(file), "--level", "0.95") == {
        "estimate": "0.7683673469",
        "low": "0.5603180336",
        "high": "0.8962074335",
        "effective_n": "21.8643646744",
        "unweighted": "0.9",
    }


def test_a_large_group_hardly_asked_has_no_overall_rate(capsys: Capture, tmp_path: Path) -> None:
    file = tmp_path / "分组.csv"
    file.write_text("k,组,group,population,n\n39,x,党员,80,40\n\n3,x,村民,900,4\n", encoding="utf-8")
    assert set(ask(capsys, "stratified", str(file)).values()) == {None}
    assert cli_calc.main(["calc", "stratified", str(file)]) == 0
    assert "不公布总满意率" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "verdict", "needed"),
    [
        # methods A5, needed counts; decision 4
        ("--successes 56 --n 60 --target 0.85", "达成", "56"),
        ("--successes 46 --n 60 --target 0.85", "未达成", "56"),
        ("--successes 52 --n 60 --target 0.85", "无法判定", "56"),
        ("--successes 15 --n 15 --target 0.85", "无法判定", None),
        ("--successes 12 --n 14 --target 0.85", "不予判定", None),
        ("--successes 17 --n 20 --target 0.85 --population 20", "达成", "17"),
        ("--counts 32,20,5,2,1 --values 100,80,60,30,0 --target 82.8", "无法判定", "87.4825531403"),
        ("--counts 32,20,5,2,1 --values 100,80,60,30,0 --target 80", "达成", "84.9632175771"),
        ("--counts 32,20,5,2,1 --target 82.8 --level 0.6 --unsure 2 --population 600", "达成", "85.0748649038"),
    ],
)
def test_verdict(capsys: Capture, words: str, verdict: str, needed: str | None) -> None:
    assert ask(capsys, "verdict", *words.split()) == {"verdict": verdict, "needed": needed}


def test_without_json_a_person_can_follow(capsys: Capture) -> None:
    assert cli_calc.main(["calc", "interval", "--successes", "56", "--n", "70"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "比率 p＝k÷n＝56÷70＝0.8" and lines[2] == "置信水平 90%，z≈1.644854"
    assert lines[-4:] == ["估计值：0.8", "下限：0.7108709032", "上限：0.8668016924", "有效样本量：70"]


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("interval --n 70", "缺少参数 --successes"),
        ("interval --successes 80 --n 70", "核对两个数是否填反"),
        ("interval --successes 5.5 --n 70", "--successes 须是整数"),
        ("interval --successes 5 --n 0", "没有答卷就没有满意率"),
        ("interval --successes -5 --n 7", "不能为负数"),
        ("interval --successes 80% --n 70", "不是可用的数字"),
        ("interval --successes 5 --n 7 --level 90", "一般填 0.90 或 0.95"),
        ("interval --successes 5 --n 7 --population 0", "应测总人数"),
        ("interval --successes 5 --n 7 --method wald", "--method 只能填"),
        ("interval --successes 5 --n 7 --method exact", "精确区间须填应测总人数"),
        ("difference --now 56 --before 48/80", "--now 须写成"),
        ("difference --now 56/70 --before 8.5/80", "--before 须是整数"),
        ("difference --now 56/70 --before x/80", "--before 填的“x”不是可用的数字"),
        ("difference --now 56/70", "缺少参数 --before"),
        ("samplesize --population 500", "缺少参数 --margin"),
        ("samplesize --population 500 --margin 5", "误差 margin"),
        ("samplesize --margin 0.05 --response 60", "预计回收率"),
        ("likert --values 100,80", "缺少参数 --counts"),
        ("likert --counts 1,2 --values 100,80,60", "逐档对应"),
        ("likert --counts 1,2.5 --values 100,80", "--counts 须是整数"),
        ("likert --counts 0,0,0,0,0", "没有有效答卷"),
        ("stratified", "请写出分组数据的文件"),
        ("stratified 没有这个文件.csv", "打不开文件"),
        ("verdict --successes 56 --n 60", "缺少参数 --target"),
        ("verdict --successes 56 --n 60 --target 85", "85% 填 0.85"),
        ("verdict --target 0.85", "缺少参数 --successes"),
        ("verdict --counts 1,2,3,4,5 --n 60 --target 80", "只能填一种"),
        ("verdict --counts 1,2,3,4,5 --target 180", "同一尺度"),
        ("verdict --successes 56 --n 60 --goal 1", "不认识"),
    ],
)
def test_bad_input_gets_one_sentence(capsys: Capture, words: str, hint: str) -> None:
    assert hint in refused(capsys, *words.split())


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        ("", "第一行须有 group,population,n,k"),
        ("group,n,k\n党员,40,39\n", "第一行须有 group,population,n,k"),
        ("group,population,n,k\n", "至少填写一组"),
        ("group,population,n,k\n党员,80,40\n", "第 2 行缺少内容"),
        ("group,population,n,k\n党员,80,四十,39\n", "第 2 行的 n 填的“四十”不是可用的数字"),
        ("group,population,n,k\n党员,80,40,39\n村民,80,4.5,3\n", "第 3 行的 n 须是整数"),
        ("group,population,n,k\n党员,80,40,41\n", "多于答卷数"),
    ],
)
def test_a_file_that_is_no_table_of_groups(capsys: Capture, tmp_path: Path, content: str, hint: str) -> None:
    file = tmp_path / "分组.csv"
    file.write_text(content, encoding="utf-8")
    assert hint in refused(capsys, "stratified", str(file))


def test_a_file_that_is_no_text(capsys: Capture, tmp_path: Path) -> None:
    file = tmp_path / "分组.csv"
    file.write_bytes(b"\xff\xfe\x00\x81\xff")
    assert "不是可读的 CSV" in refused(capsys, "stratified", str(file))


@pytest.mark.parametrize("word", sorted(cli_surveys.WORDS))
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_word_says_how_it_is_written(capsys: Capture, word: str, language: str) -> None:
    with i18n.using(language):
        assert cli_calc.main(["calc", word, "--help"]) == 0
        assert f"okr-desk calc {word}" in capsys.readouterr().out
        assert cli_calc.main(["calc", "--help"]) == 0
        assert re.search(rf"^  {word} ", capsys.readouterr().out, re.MULTILINE)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.sampled_from(sorted(cli_surveys.WORDS)), st.data())
def test_whatever_is_written_gets_an_answer_or_a_sentence(capsys: Capture, word: str, data: st.DataObject) -> None:
    texts = (
        st.text("0123456789.,/-%。，五e ", max_size=8)
        | st.integers(-5, 90).map(str)
        | st.sampled_from(["5/9", "1,2,3", "0.9", "1e400"])
    )
    words = [f"--{name}={data.draw(texts)}" for name in cli_surveys.WORDS[word][1] if data.draw(st.booleans())]
    assert cli_calc.main(["calc", word, *words]) in (0, 2)
    printed = capsys.readouterr()
    assert bool(printed.out) != bool(printed.err)

"""`okr-desk calc`: answers, steps and refusals as a person and a program see them."""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

import pytest

from okr_desk import cli_calc

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
    assert printed.err.count("\n") == 1
    assert re.search(r"[\u4e00-\u9fff]", printed.err)
    assert "usage" not in printed.err and "error" not in printed.err
    return printed.err


@pytest.mark.parametrize(
    ("words", "raw", "clamped"),
    [
        ("--kind metric --baseline 82 --target 90 --value 86.4", "0.55", "0.55"),  # domain 7.2
        ("--baseline 20 --target 8 --value 5", "1.25", "1"),
        ("--baseline -10 --target 5 --value -4", "0.4", "0.4"),
        ("--baseline=-10 --target 5 --value 0", "0.6666666667", "0.6666666667"),
        ("--baseline 82 --target 90 --value ８６.４", "0.55", "0.55"),
        ("--baseline 80 --target 80 --value 80", "1", "1"),
        ("--kind at-least --limit 60 --value 60", "1", "1"),
        ("--kind at-least --target 60 --value 59.99", "0", "0"),
        ("--kind at-most --limit 0 --value 1", "0", "0"),
        ("--kind between --low 5 --high 6 --slack 2 --value 7", "0.5", "0.5"),
        ("--kind yesno --value yes", "1", "1"),
        ("--kind yesno --value 否", "0", "0"),
        ("--kind milestone --nodes 30:done,70:open", "0.3", "0.3"),
        ("--kind milestone --nodes 30:done,70:open,20:done", "0.4166666667", "0.4166666667"),
    ],
)
def test_progress(capsys: Capture, words: str, raw: str, clamped: str) -> None:
    assert ask(capsys, "progress", *words.split()) == {"raw": raw, "clamped": clamped}


@pytest.mark.parametrize(
    ("words", "raw"),
    [
        ("--baseline 20 --target 100 --points 50:0.4,80:0.7 --value 65", "0.55"),
        ("--baseline 100 --target 0 --points 50:0.4,20:0.7 --value 0", "1"),
        ("--baseline 10 --target -20 --points -10:0.5,0:0.4 --value -15", "0.75"),
    ],
)
def test_checkpoints(capsys: Capture, words: str, raw: str) -> None:
    assert ask(capsys, "checkpoints", *words.split()) == {"raw": raw, "clamped": raw}


WEEKS = ("--start", "2026-03-02", "--end", "2026-03-15", "--today", "2026-03-06")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("--progress 0.55", {"expected": "0.5", "gap": "0.05", "status": "正常"}),
        ("--progress 0.4", {"expected": "0.5", "gap": "-0.1", "status": "正常"}),
        ("--progress 0.25", {"expected": "0.5", "gap": "-0.25", "status": "关注"}),
        ("--progress 0.2", {"expected": "0.5", "gap": "-0.3", "status": "滞后"}),
        ("--progress -0.2", {"expected": "0.5", "gap": "-0.7", "status": "滞后"}),
        ("--progress 1", {"expected": "0.5", "gap": "0.5", "status": "完成"}),
        ("", {"expected": "0.5", "gap": None, "status": "待报"}),
        ("--progress 0.3 --nature 挑战型", {"expected": "0.35", "gap": "-0.05", "status": "正常"}),
        ("--progress 0.3 --nature aspirational", {"expected": "0.35", "gap": "-0.05", "status": "正常"}),
        (
            "--progress 0.2 --plan 2026-03-06:0.2,2026-03-13:0.5",
            {"expected": "0.2", "gap": "0", "status": "正常"},
        ),
        (
            "--progress 0.2 --today 2026-03-01",
            {"expected": "0", "gap": None, "status": "未到起算期"},
        ),
    ],
)
def test_pace(capsys: Capture, words: str, answer: dict[str, object]) -> None:
    assert ask(capsys, "pace", *WEEKS, *words.split()) == answer


def written(tmp_path: Path, text: str) -> str:
    path = tmp_path / "汇总.json"
    path.write_text(text, encoding="utf-8")
    return str(path)


ROLLUP = """{"objectives": [
 {"weight": 60, "key_results": [{"weight": 50, "progress": "0.5"}, {"weight": 25, "progress": null},
                                {"weight": 25, "progress": "n/a"}]},
 {"weight": 40, "name": "服务群众", "key_results": [{"progress": 1}]}]}"""


def test_rollup_open_and_closed(capsys: Capture, tmp_path: Path) -> None:
    path = written(tmp_path, "\ufeff" + ROLLUP)
    assert ask(capsys, "rollup", path) == {"progress": "0.7", "coverage": "0.85", "reported": "0.7"}
    assert ask(capsys, "rollup", path, "--closed") == {
        "progress": "0.6",
        "coverage": "0.85",
        "reported": "0.7",
    }


def test_rollup_of_the_worked_case(capsys: Capture, tmp_path: Path) -> None:
    """domain 7.2: 0.55 (2), 1.0 (1), 0.8 (1) make 0.725."""
    path = written(
        tmp_path,
        '{"objectives":[{"weight":1,"key_results":[{"weight":2,"progress":"0.55"},{"weight":1,"progress":1.0},'
        '{"weight":1,"progress":0.8}]}]}',
    )
    assert ask(capsys, "rollup", path) == {"progress": "0.725", "coverage": "1", "reported": "1"}


def test_without_json_a_person_can_follow(capsys: Capture) -> None:
    assert cli_calc.main(["calc", "progress", "--baseline", "82", "--target", "90", "--value", "86.4"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "完成度＝（现值－基线）÷（目标－基线）",
        "（86.4－82）÷（90－82）＝0.55",
        "完成度（不截断）：0.55",
        "计入完成度：0.55",
    ]


def test_a_missing_number_prints_as_a_dash(capsys: Capture) -> None:
    assert cli_calc.main(["calc", "pace", *WEEKS]) == 0
    assert "偏差：—" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("", "没有写要算什么"),
        ("nothing --score 90", "没有“nothing”这个词"),
        ("progress --value", "--value 后面缺少内容"),
        ("progress --bogus 1", "不认识“--bogus”"),
        ("progress extra", "不认识“extra”"),
        ("progress --json=1", "不完整或有多余"),
        ("progress --baseline 1 --target 2", "缺少参数 --value"),
        ("progress --baseline NaN --target 2 --value 1", "不是可用的数字"),
        ("progress --baseline 1 --target inf --value 1", "不是可用的数字"),
        ("progress --baseline 1 --target 2 --value 95%", "不是可用的数字"),
        ("progress --baseline 1 --target 2 --value 1e99", "不是可用的数字"),
        ("progress --baseline 1 --target 2 --value 1_0", "不是可用的数字"),
        ("progress --kind veto --value 1", "没有“veto”这一类"),
        ("progress --kind between --low 6 --high 5 --slack 1 --value 5", "下限大于上限"),
        ("progress --kind between --low 5 --high 6 --slack 0 --value 5", "须大于 0"),
        ("progress --kind at-least --value 5", "缺少参数 --limit"),
        ("progress --kind yesno --value maybe", "请填 yes 或 no"),
        ("progress --kind yesno", "请填 yes 或 no"),
        ("progress --kind milestone", "缺少参数 --nodes"),
        ("progress --kind milestone --nodes 30", "成对填写"),
        ("progress --kind milestone --nodes 30:maybe", "done 或 open"),
        ("progress --kind milestone --nodes 0:done", "权重全为 0"),
        ("checkpoints --baseline 0 --target 100 --points 50-0.4 --value 1", "成对填写"),
        ("checkpoints --baseline 0 --target 100 --points 150:0.4 --value 1", "不在基线与目标之间"),
        ("pace --start 2026-13-01 --end 2026-12-31 --today 2026-01-01 --progress 0", "不是日期"),
        ("pace --start 0001-01-01 --end 2026-12-31 --today 2026-01-01 --progress 0", "不是日期"),
        ("pace --start 2026-12-31 --end 2026-01-01 --today 2026-01-01 --progress 0", "早于开始日期"),
        ("pace --start 2026-01-01 --end 2026-12-31 --progress 0", "缺少参数 --today"),
        ("pace --start 2026-01-01 --end 2026-12-31 --today 2026-01-01 --nature x", "只能填"),
        ("rollup", "请写出要汇总的文件"),
        ("rollup 没有这个文件.json", "打不开文件"),
    ],
)
def test_bad_input_gets_one_chinese_sentence(capsys: Capture, words: str, hint: str) -> None:
    assert hint in refused(capsys, *words.split())


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("{", "不是有效的 JSON"),
        ("[" * 100_000, "不是有效的 JSON"),
        ("[]", "objectives"),
        ('{"objectives": 5}', "objectives"),
        ('{"objectives": [5]}', "objectives"),
        ('{"objectives": [{"weight": 1}]}', "key_results"),
        ('{"objectives": [{"key_results": [{"weight": true, "progress": 1}]}]}', "weight"),
        ('{"objectives": [{"key_results": [{"weight": 1, "progress": NaN}]}]}', "progress"),
        ('{"objectives": [{"key_results": [{"weight": 1, "progress": "高"}]}]}', "progress"),
        ('{"objectives": [{"key_results": [{"weight": 1e999, "progress": 1}]}]}', "不是可用的数字"),
        ('{"objectives": [{"key_results": [{"weight": 0, "progress": 1}]}]}', "权重全为 0"),
        ('{"objectives": [{"key_results": [{"weight": -1, "progress": 1}]}]}', "负数"),
    ],
)
def test_a_bad_file_gets_one_chinese_sentence(capsys: Capture, tmp_path: Path, text: str, hint: str) -> None:
    assert hint in refused(capsys, "rollup", written(tmp_path, text))


def test_a_file_in_another_encoding_is_refused(capsys: Capture, tmp_path: Path) -> None:
    path = tmp_path / "gbk.json"
    path.write_bytes('{"objectives": "目标"}'.encode("gbk"))
    assert "UTF-8" in refused(capsys, "rollup", str(path))


@pytest.mark.parametrize(
    "words", [["--help"], ["progress", "-h"], ["checkpoints", "--help"], ["pace", "-h"], ["rollup", "--help"]]
)
def test_help_is_chinese(capsys: Capture, words: list[str]) -> None:
    assert cli_calc.main(["calc", *words]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("用法：okr-desk calc")
    assert "usage" not in printed and "options" not in printed


def test_it_hangs_into_any_command_line(capsys: Capture) -> None:
    parser = argparse.ArgumentParser(prog="okr-desk")
    cli_calc.add_parser(parser.add_subparsers())
    args = parser.parse_args(["calc", "progress", "--kind", "yesno", "--value", "yes", "--json"])
    assert cli_calc.run(args) == 0
    assert json.loads(capsys.readouterr().out)["raw"] == "1"
    with pytest.raises(SystemExit, match="2"):
        parser.parse_args(["calc", "nothing"])
    assert "没有“nothing”这个词" in capsys.readouterr().err

"""`okr-desk bulletin` and `okr-desk review-step` on the demo: the same services and rights as in the window."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from okr_desk import cli

Run = Callable[..., tuple[int, str, str]]
NUMBER = "青党建〔2026〕27号"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], demo_template: Path, tmp_path: Path) -> Run:
    """A command on a copy of the demo in its third quarter."""
    copy = shutil.copyfile(demo_template, tmp_path / "示范镇.okr")

    def call(command: str, *words: str) -> tuple[int, str, str]:
        code = cli.main([command, str(copy), "--quarter", "2026Q3", *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def test_a_bulletin_from_draft_to_correction(run: Run, tmp_path: Path) -> None:
    code, out, _err = run("bulletin", "--draft", "--mode", "rank", "--json")
    drafted = json.loads(out)
    assert (code, drafted["state"], drafted["mode"]) == (0, "draft", "rank")
    file = tmp_path / "通报.txt"
    assert run("bulletin", "--text", "--out", str(file))[0] == 0
    assert file.read_text(encoding="utf-8").startswith("关于2026年第三季度基层党组织OKR考评情况的通报\n")
    code, _out, err = run("bulletin", "--issue", "--number", NUMBER)
    assert code == 2 and err == "请填写“签发人”。命令行用 --signed-by 填写。\n"
    issue = ("--issue", "--signed-by", "王玥", "--number")
    code, _out, err = run("bulletin", *issue, "青党建[2026]27号")
    assert code == 2 and f"是不是“{NUMBER}”" in err
    code, _out, err = run("bulletin", *issue, NUMBER, "--user", "qingshi")
    assert code == 2 and "没有权限" in err
    code, out, _err = run("bulletin", *issue, NUMBER, "--json")
    assert (code, json.loads(out)["number"]) == (0, NUMBER)
    assert run("bulletin", "--text")[1].count(NUMBER) == 0  # the number is the head's, not the text's
    own = ("--receive", "--user", "qingshi", "--org")
    code, out, _err = run("bulletin", *own, "青石村党支部")
    assert (code, out) == (0, f"{NUMBER}：已登记 1 个支部签收。\n")
    assert run("bulletin", *own, "东岭村党支部")[0] == 2
    code, out, _err = run("bulletin", "--receive", "--org", "东岭村党支部", "--json")
    assert code == 1 and len(json.loads(out)["waiting"]) > 5 and json.loads(out)["received"] == 1
    assert run("bulletin", "--withdraw", "数据有误", "--number", "青党建〔2026〕28号")[0] == 2
    assert run("bulletin", "--withdraw", "数据有误", "--number", NUMBER)[0] == 0
    code, out, _err = run("bulletin", "--draft", "--replaces", NUMBER, "--json")
    assert (code, json.loads(out)["corrects"]) == (0, NUMBER)
    assert run("bulletin", "--withdraw", "不发了")[0] == 0
    code, _out, err = run("bulletin", "--issue", "--signed-by", "王玥", "--number", NUMBER)
    assert code == 2 and "--draft" in err


def test_steps_of_a_review_for_one_and_for_many(run: Run) -> None:
    submit = ("--step", "submit", "--note", "本季任务完成")
    code, _out, err = run("review-step", *submit, "--all")
    assert code == 2 and "逐个支部" in err
    assert run("review-step", *submit, "--org", "青石村党支部", "--user", "chakan")[0] == 2
    assert run("review-step", *submit, "--org", "青石村党支部", "--user", "qingshi")[0] == 0
    assert run("review-step", *submit, "--org", "东岭村党支部")[0] == 0
    code, out, _err = run("review-step", "--step", "opine", "--note", "同意", "--all", "--json")
    said = json.loads(out)
    assert code == 1 and sorted(said["moved"]) == ["东岭村党支部", "青石村党支部"]
    assert all("报送自评" in one["why"] for one in said["refused"]) and len(said["refused"]) > 5
    code, _out, err = run("review-step", "--step", "deliver", "--org", "青石村党支部", "东岭村党支部")
    assert code == 2 and err.count("\n") == 1
    code, _out, err = run("review-step", "--step", "decide", "--org", "青石村党支部", "--on", "昨天")
    assert code == 2 and "不是日期" in err


@pytest.mark.parametrize("words", [("bulletin",), ("review-step",), ("review-step", "--step", "fly")])
def test_an_incomplete_command_is_refused_in_chinese(run: Run, words: tuple[str, ...]) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "") and err.strip().endswith("。") and err.count("\n") == 1

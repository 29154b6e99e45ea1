"""The county's forms without a window: added, found, mapped, filled, exchanged; exit codes and single sentences."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from okr_desk import cli
from tests.demo_copy import demo_copy
from tests.upward_forms import ONE, form, reopened

Run = Callable[..., tuple[int, str, str]]
NAME = "基层党建季度报表"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*words: object) -> tuple[int, str, str]:
        code = cli.main(["upward", *(str(word) for word in words)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture
def demo(demo_template: Path, tmp_path: Path) -> Path:
    return demo_copy(demo_template, tmp_path / "示范镇.okr")


def test_from_the_countys_workbook_to_the_filled_one(run: Run, demo: Path, tmp_path: Path) -> None:
    blank, out = tmp_path / "县表.xlsx", tmp_path / "填好.xlsx"
    blank.write_bytes(form(["东岭村", "青石村党支部"]))
    assert run(demo, "--add", blank, "--name", "县季报")[0] == 0
    code, _out, said = run(demo, "--list", "--find")
    assert code == 2 and "只能填一个" in said
    code, _out, said = run(demo, "--find")
    assert code == 2 and said == "有 2 张表，请用 --form 写明是哪一张。\n"
    code, listed, _err = run(demo, "--form", "县季报", "--find")
    assert code == 0 and f"{ONE}!C2=branches  支部总数 → 支部总数" in listed
    assert run(demo, "--form", "县季报", "--find", "--yes")[1] == "已添加 7 个单元格。\n"
    assert run(demo, "--form", "县季报", "--map", "表二!E4=value:B01", "表一!D2=members")[0] == 0
    assert run(demo, "--form", "县季报", "--unmap", "表一!D2")[0] == 0
    code, told, _err = run(demo, "--form", "县季报", "--fill", "--quarter", "2026Q3", "--out", out, "--json")
    facts = json.loads(told)
    assert code == 1 and facts["files"] == [str(out)]
    assert any("没有这些支部的名称" in one for one in facts["missing"]), "27 branches are not on this form"
    made = reopened(out)
    assert made[ONE]["C2"].value == 29 and made[ONE]["C3"].number_format == "0.0%"
    assert [made["表二"][cell].value for cell in ("A4", "B6")] == ["东岭村", "=SUM(B4:B5)"]
    listed_now = json.loads(run(demo, "--list", "--json")[1])
    assert [(one["name"], len(one["cells"])) for one in listed_now] == [(NAME, 36), ("县季报", 8)]


def test_all_forms_into_a_folder(run: Run, demo: Path, tmp_path: Path) -> None:
    code, said, _err = run(demo, "--fill", "--out", tmp_path / "夹")
    assert code == 1 and "缺数、留空的：" in said
    assert [file.name for file in (tmp_path / "夹").iterdir()] == [f"2026年第三季度{NAME}.xlsx"]


def test_exchanging_and_retiring(run: Run, demo: Path, tmp_path: Path) -> None:
    newer = tmp_path / "新表.xlsx"
    newer.write_bytes(form())
    code, said, _err = run(demo, "--replace", newer)
    assert code == 1 and "0 个单元格照旧" in said and "没有“表一 基本情况”这张工作表" in said
    assert run(demo, "--retire")[1] == f"已停用“{NAME}”。\n"
    assert run(demo, "--list")[1] == "还没有导入县里的表。请用 --add 表.xlsx --name 名称 导入。\n"
    assert run(demo, "--fill", "--out", tmp_path)[2] == "没有可填的表：请先导入县里的表并添加单元格。\n"


def test_what_cannot_be_done_is_one_sentence_and_two(run: Run, demo: Path, tmp_path: Path) -> None:
    sheet = "表一 基本情况"
    cases: list[tuple[tuple[Any, ...], str]] = [
        (("--map", f"{sheet}!5C=branches"), "“5C”不是单元格"),
        (("--map", f"{sheet}!D16=branches"), "是公式"),
        (("--map", f"{sheet}!D4=branches"), "已经填“支部总数”"),
        (("--map", f"{sheet}!G2=branches"), "是合并单元格的一部分，请选它左上角的 F2"),
        (("--map", "表九!D4=branches"), "没有“表九”这张工作表"),
        (("--map", f"{sheet}!D20=nonsense"), "没有“nonsense”这个数"),
        (("--map", "D20=branches"), "请写作 '表!C5=数'"),
        (("--unmap", f"{sheet}!D20"), "没有添加过"),
        (("--add", tmp_path / "没有.xlsx"), "读不到"),
        (("--add", tmp_path / "旧.xls"), "另存为"),
        (("--fill",), "请用 --out 写明"),
        (("--fill", "--form", "年报", "--out", tmp_path / "x.xlsx"), "没有叫“年报”的表"),
        (("--fill", "--quarter", "2026Q4", "--out", tmp_path / "x.xlsx"), "还没有开始"),
        (("--fill", "--out", "/proc/填好.xlsx"), "未能写入“填好.xlsx”"),
        (("--list", "--user", "qingshi"), "您没有权限"),
    ]
    for words, sentence in cases:
        code, out, said = run(demo, *words)
        assert (code, out) == (2, "") and sentence in said and said.count("\n") == 1, words
    assert not (tmp_path / "x.xlsx").exists()


def test_the_figures_are_listed(run: Run, demo: Path) -> None:
    code, said, _err = run(demo, "--figures")
    assert code == 0 and "  branches  支部总数" in said and "  value:B01  B01" in said and "每个支部一行" in said

"""What a wrongly written command answers: one Chinese sentence and where to look."""

from __future__ import annotations

import argparse

import pytest

from okr_desk.cli_parser import Parser

Capture = pytest.CaptureFixture[str]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "缺少 FILE，请用 okr-desk sum --help 查看写法。"),
        (["f", "--count", "x"], "--count 填的“x”不对，请用 okr-desk sum --help 查看写法。"),
        (["f", "--a", "--b"], "--b 与 --a 只能填一个，请用 okr-desk sum --help 查看写法。"),
        (["f", "--day", "x"], "--day：不是日期，请用 okr-desk sum --help 查看写法。"),
        (["f", "--what", "x"], "没有“x”这个词，请用 okr-desk sum --help 查看写法。"),
        (["f", "--all", "--what", "a"], "--all 后面缺少内容，请用 okr-desk sum --help 查看写法。"),
        (["f", "--c=1"], "命令不完整或有多余的内容，请用 okr-desk sum --help 查看写法。"),
    ],
)
def test_every_command_refuses_in_chinese(capsys: Capture, words: list[str], sentence: str) -> None:
    def never_a_day(text: str) -> str:
        raise argparse.ArgumentTypeError("不是日期")

    parser = Parser(prog="okr-desk sum", add_help=False)
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--count", type=int)
    parser.add_argument("--day", type=never_a_day)
    parser.add_argument("--what", choices=["a"])
    parser.add_argument("--all", nargs="+")
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--a", action="store_true")
    either.add_argument("--b", action="store_true")
    parser.add_argument("--c", action="store_true")
    with pytest.raises(SystemExit, match="2"):
        parser.parse_args(words)
    assert capsys.readouterr().err == sentence + "\n"


def test_one_of_two_that_must_be_given(capsys: Capture) -> None:
    parser = Parser(prog="okr-desk sum", add_help=False)
    either = parser.add_mutually_exclusive_group(required=True)
    either.add_argument("--org")
    either.add_argument("--all", action="store_true")
    with pytest.raises(SystemExit, match="2"):
        parser.parse_args([])
    assert "--org --all 须填一个" in capsys.readouterr().err


def test_a_negative_value_is_no_option() -> None:
    parser = Parser(prog="okr-desk sum", add_help=False)
    parser.add_argument("--points")
    assert parser.parse_args(["--points", "-10:0.4,5:1"]).points == "-10:0.4,5:1"

"""`okr-desk document FILE questionnaire|count-sheet|survey-report`: files are read back, refusals are one sentence."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from okr_desk import cli
from okr_desk.model.store import Store
from tests import surveyed_demo
from tests.demo_copy import demo_copy
from tests.reports import pdf

Run = Callable[..., tuple[int, str, str]]
VILLAGE = "青石村党支部"
QUARTER = ("--quarter", "2026Q3")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*words: object) -> tuple[int, str, str]:
        code = cli.main([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture
def surveyed(demo_template: Path, tmp_path: Path) -> Path:
    """The demo with a round that two branches have answered."""
    copy = tmp_path / "示范镇.okr"
    demo_copy(demo_template, copy)
    with Store.open(copy) as store:
        surveyed_demo.ask(store, VILLAGE, "龙泉村党支部")
    return copy


def test_questionnaires_are_numbered_for_every_branch_named(run: Run, surveyed: Path, tmp_path: Path) -> None:
    words = ("document", surveyed, "questionnaire", *QUARTER, "--copies", 3, "--first", 31, "--group", "村民")
    target = tmp_path / "测评表.pdf"
    code, out, _err = run(*words, "--org", VILLAGE, "龙泉村党支部", "--out", target, "--json")
    assert (code, json.loads(out)["pages"]) == (0, 6)
    said = "".join(pdf.texts(target)[5].split())
    assert "单位（支部）：龙泉村党支部" in said and "编号：033（不记名）" in said
    folder = tmp_path / "各支部"
    assert run(*words, "--org", VILLAGE, "龙泉村党支部", "--out", folder)[0] == 0
    assert sorted(file.name for file in folder.iterdir()) == [
        f"{name}_测评表_031.pdf" for name in sorted((VILLAGE, "龙泉村党支部"))
    ]


def test_count_sheets_are_filled_or_blank(run: Run, surveyed: Path, tmp_path: Path) -> None:
    words = ("document", surveyed, "count-sheet", *QUARTER, "--org", VILLAGE)
    target = tmp_path / "计票表.pdf"
    assert run(*words, "--out", target)[0] == 0
    assert "收回（份）16有效（份）16作废（份）0" in pdf.squeezed(target)
    assert run(*words, "--blank", "--out", target)[0] == 0
    assert "上格画“正”字" in pdf.squeezed(target)
    book = tmp_path / "计票表.xlsx"
    assert run(*words, "--out", book)[0] == 0
    assert load_workbook(book).active["A3"].value == VILLAGE


def test_the_report_comes_alone_or_with_the_pages_of_branches(run: Run, surveyed: Path, tmp_path: Path) -> None:
    words = ("document", surveyed, "survey-report", *QUARTER)
    for more, sheets in (((), 1), (("--org", VILLAGE), 2), (("--all",), 3)):
        target = tmp_path / "报告.pdf"
        assert run(*words, *more, "--out", target)[0] == 0
        assert len(PdfReader(target).outline) == sheets
    said = pdf.squeezed(target)
    assert "青山镇2026年第三季度群众满意度测评报告" in said and "造假" not in said
    book = tmp_path / "报告.xlsx"
    assert run(*words, "--out", book)[0] == 0
    assert [row[2].value for row in load_workbook(book).active.iter_rows(min_row=3)] == [VILLAGE, "龙泉村党支部"]


@pytest.mark.parametrize("key", ["questionnaire", "count-sheet", "survey-report"])
def test_a_quarter_without_a_round_is_refused(run: Run, surveyed: Path, tmp_path: Path, key: str) -> None:
    target = tmp_path / "无.pdf"
    code, out, err = run("document", surveyed, key, "--quarter", "2026Q2", "--all", "--out", target)
    assert (code, out) == (2, "") and not target.exists()
    assert err.strip() == "2026年第二季度还没有满意度测评，请先在“满意度”中新建一次测评。"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("questionnaire", "--copies", 0), "每个支部的问卷份数请填 1 至 500。"),
        (("questionnaire", "--first", 9999, "--copies", 2), "问卷编号请在 1 至 9999 之内。"),
        (("questionnaire", "--group", "学生"), "测评表没有“学生”这类人群；现有人群：党员、村民。"),
        (("count-sheet", "--copies", 2), "--copies、--first、--group 只用于测评表 questionnaire。"),
        (("questionnaire", "--blank"), "--blank 只用于计票表 count-sheet。"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    run: Run, surveyed: Path, tmp_path: Path, words: tuple[object, ...], said: str
) -> None:
    target = tmp_path / "无.pdf"
    code, out, err = run("document", surveyed, *words, *QUARTER, "--org", VILLAGE, "--out", target)
    assert (code, out, err.strip()) == (2, "", said) and not target.exists()


def test_questionnaires_are_no_workbook(run: Run, surveyed: Path, tmp_path: Path) -> None:
    words = ("document", surveyed, "questionnaire", *QUARTER, "--org", VILLAGE, "--out", tmp_path / "无.xlsx")
    code, _out, err = run(*words)
    assert code == 2 and "不能存为电子表格" in err


def test_an_earlier_round_is_printed_by_its_name(run: Run, surveyed: Path, tmp_path: Path) -> None:
    words = ("document", surveyed, "questionnaire", *QUARTER, "--org", VILLAGE, "--out", tmp_path / "a.pdf")
    assert run(*words, "--round", "2026年三季度满意度测评")[0] == 0
    assert "对党支部工作的总体评价" in pdf.squeezed(tmp_path / "a.pdf")
    code, _out, said = run(*words, "--round", "复测")
    assert code == 2 and "没有名为“复测”的测评；现有：2026年三季度满意度测评、三季度测评。" in said
    code, _out, said = run("document", surveyed, "summary", *QUARTER, "--out", tmp_path / "b.pdf", "--round", "复测")
    assert code == 2 and "--round 只用于满意度的文书" in said

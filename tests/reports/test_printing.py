"""What is handed to the print system."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from okr_desk.errors import Refusal
from okr_desk.reports import printing
from okr_desk.reports.printing import Job

SHEET = Path("评审表.pdf")


def test_two_copies_on_both_sides_bound_at_the_long_edge() -> None:
    assert printing.command(SHEET, Job("HP 1020")) == [
        "lp",
        "-d",
        "HP 1020",
        "-n",
        "2",
        "-t",
        "okr_desk",
        "-o",
        "media=A4",
        "-o",
        "sides=two-sided-long-edge",
        "-o",
        "collate=true",
        "--",
        "评审表.pdf",
    ]


def test_one_side_and_some_pages() -> None:
    words = printing.command(SHEET, Job("P", copies=1, duplex=False, pages="1-3,5"))
    assert "sides=one-sided" in words
    assert words[words.index("-P") + 1] == "1-3,5"


@pytest.mark.parametrize("pages", ["0", "3-1", "a", "1,", "1--2", "-o"])
def test_a_page_range_that_cannot_be_is_refused(pages: str) -> None:
    with pytest.raises(Refusal, match="页码范围"):
        printing.command(SHEET, Job("P", pages=pages))


@pytest.mark.parametrize("copies", [0, 100])
def test_a_number_of_copies_that_cannot_be_is_refused(copies: int) -> None:
    with pytest.raises(Refusal, match="份数"):
        printing.command(SHEET, Job("P", copies=copies))


def test_without_a_print_system_it_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert printing.printers() == ()
    with pytest.raises(Refusal, match="没有打印服务"):
        printing.send(SHEET, Job("P"))


@pytest.mark.skipif(os.name == "nt", reason="lp belongs to CUPS")
def test_the_queues_are_listed_default_first_and_a_refused_job_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answers = {
        "lpstat": 'case "$1" in -e) echo A4机; echo PDF;; -d) echo "system default destination: PDF";; esac',
        "lp": 'test "$2" = PDF',
    }
    for name, body in answers.items():
        script = tmp_path / name
        script.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert [printer.name for printer in printing.printers()] == ["PDF", "A4机"]
    printing.send(SHEET, Job("PDF"))
    with pytest.raises(Refusal, match="“A4机”没有接受任务"):
        printing.send(SHEET, Job("A4机"))

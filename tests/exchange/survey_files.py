"""Small export files in the shape of 问卷星, and a round that knows two villages; shared by the tests of imports."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import xlsxwriter

from okr_desk.rules.ballot_imports import KnownGroup, KnownItem, KnownRound
from okr_desk.rules.imports import OrgName
from okr_desk.survey_terms import Channel

SITE = ("序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP")
HEADS = (
    *SITE,
    "1、您所在的村（社区、单位）：",
    "2、您对环境卫生是否满意？",
    "3、总体上，您对党支部工作是否满意？",
    "4、您的身份：",
)
ROUND = KnownRound(
    items=(KnownItem(0, "环境卫生"), KnownItem(1, "党支部工作")),
    open_questions=("最希望解决的一件事",),
    groups=(KnownGroup(1, "党员"), KnownGroup(2, "村民", ("群众",))),
    orgs=(OrgName("东村党支部", "中共青山镇东村支部委员会"), OrgName("西村党支部", "中共青山镇西村支部委员会")),
    org_ids={"东村党支部": 11, "西村党支部": 12},
    channels=(Channel.QR_CODE,),
    starts_on=date(2026, 9, 1),
    ends_on=date(2026, 9, 30),
    township="青山镇",
)


def sheet(number: int, place: str, *answers: str, minute: int | None = None, took: str = "60秒") -> list[str]:
    """One row of an export, a minute apart from the one before."""
    at = minute if minute is not None else number
    moment = f"2026/09/07 {8 + at // 60:02}:{at % 60:02}:05"
    return [str(number), moment, took, "微信", "N/A", f"36.1.1.{number}(某省-某市)", place, *answers]


def write_csv(path: Path, rows: Sequence[Sequence[str]], encoding: str, heads: Sequence[str] = HEADS) -> Path:
    """A csv file in an encoding."""
    text = io.StringIO()
    csv.writer(text).writerows([heads, *rows])
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def write_xlsx(path: Path, rows: Sequence[Sequence[object]], heads: Sequence[str] = HEADS) -> Path:
    """A workbook with one sheet."""
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Sheet1")
        for number, row in enumerate([heads, *rows]):
            page.write_row(number, 0, row)
    return path

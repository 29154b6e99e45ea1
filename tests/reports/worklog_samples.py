"""The working paper of the sample branch."""

from __future__ import annotations

from datetime import date

from okr_desk.queries.worklog_papers import MonthPaper, PaperLine, PaperSum, WorklogForm
from tests.reports import samples

DAY = date(2026, 7, 3)


def form() -> WorklogForm:
    """A month with one entry, as people enter it."""
    line = PaperLine(DAY, "科技服务", "果园病虫害防治", "6 人天", "陈立", "后山；防治 40 亩", "F27", "")
    sums = (PaperSum("F27 科技服务人天", 1, "6 人天"),)
    return WorklogForm(
        "青山镇", samples.ORG, samples.QUARTER, (MonthPaper(DAY.replace(day=1), (line,), sums, "0" * 64),)
    )


def bare() -> WorklogForm:
    """The same without a word that somebody typed, and a month without entries."""
    line = PaperLine(DAY, "-", "-", "6", "-", "", "F27", "")
    months = (
        MonthPaper(DAY.replace(day=1), (line,), (PaperSum("F27", 1, "6"),), "0" * 64),
        MonthPaper(date(2026, 8, 1), (), (), "0" * 64),
    )
    return WorklogForm("青山镇", samples.ORG, samples.QUARTER, months)

"""The month's page of the working paper, read back: entries by day, what they count for, who signs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from okr_desk.clock import BEIJING
from okr_desk.queries import documents, orgs
from okr_desk.queries.survey_papers import Asked
from okr_desk.queries.worklog_papers import WorklogForm
from okr_desk.reports import registry, worklog_month
from tests.worked_township import Worked, worked

AT = datetime(2026, 9, 25, 9, 32, tzinfo=BEIJING)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Worked]:
    made = worked(tmp_path / "镇.okr")
    made.record("tech_service", date(2026, 7, 3), "果园病虫害防治", "24", who="陈立", result="防治 40 亩", place="后山")
    made.record("superior_task", date(2026, 7, 9), "防汛督查整改", "10", part=Decimal(9))
    made.record("superior_task", date(2026, 7, 21), "经济普查入户", "2", part=Decimal(2))
    made.record("environment", date(2026, 9, 3), "清洁家园")
    yield made
    made.small.store.close()


def forms(town: Worked, *org_ids: int, month: int = 0) -> list[WorklogForm]:
    with town.small.store.read() as session:
        of = [orgs.view(session, org_id, town.quarter().ends_on) for org_id in org_ids]
        found = documents.snapshots(session, "worklog", town.quarter(), of, Asked(month=month))
    return [one for one in found if isinstance(one, WorklogForm)]


def read(path: Path) -> list[str]:
    paper = pdfium.PdfDocument(path)
    return ["".join(page.get_textpage().get_text_range().split()) for page in paper]


def test_a_sheet_a_month_with_what_was_done_and_what_it_counts_for(town: Worked, tmp_path: Path) -> None:
    made = worklog_month.render(
        forms(town, town.small.village), tmp_path / "底单.pdf", printed_at=AT, bundled_fonts=True
    )
    july, september = read(made.path)
    assert made.missing == ()
    for words in (
        "工作底单（2026年7月）", "青石村党支部", "共3条", "17月3日科技服务果园病虫害防治24人天陈立后山；防治40亩F27",
        "应办结10件，按时办结9件", "本月计入", "B22上级任务按时办结率211／12", "F27科技服务人天124人天",
        "支部书记（签名）", "条数和材料多少不计分",
    ):  # fmt: skip
        assert words in july, words
    assert "清洁家园" in september and "清洁家园" not in july


def test_one_month_alone_and_a_branch_without_entries(town: Worked, tmp_path: Path) -> None:
    (form,) = forms(town, town.small.village, month=9)
    assert [month.label for month in form.months] == ["2026年9月"]
    (empty,) = forms(town, town.small.school)
    made = worklog_month.render([empty], tmp_path / "空.pdf", printed_at=AT, bundled_fonts=True)
    assert "本月没有登记。没有可记的不用补，条数不计分。" in read(made.path)[0]
    document = registry.by_key("worklog")
    assert document is not None and document.per_branch and document.render is worklog_month.render

"""The register of a quarter and the minutes of an event, read back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from pypdf import PdfReader

from okr_desk.duty_terms import DutyKind, RegisterKind
from okr_desk.errors import Refusal
from okr_desk.queries import cycles, documents, orgs
from okr_desk.queries.survey_papers import Asked
from okr_desk.reports import duty_register, minutes, registry
from okr_desk.rules.duties import RegisterDraft, ReviewDraft
from okr_desk.services import duty_registers
from tests.dutied_township import DAY, Dutied, dutied
from tests.reports import pdf

AT = datetime(2026, 10, 8, 1, 32, tzinfo=UTC)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dutied]:
    made = dutied(tmp_path_factory.mktemp("papers") / "镇.okr")
    made.record(kinds=(DutyKind.PARTY_DAY, DutyKind.LESSON), host="李旭昇", place="党群服务中心")
    made.record(kinds=(DutyKind.GROUP,), held_on=date(2026, 8, 3), due=6, present=6, group_number=2, topic="讨论")
    made.record(
        kinds=(DutyKind.ASSEMBLY,), held_on=date(2026, 9, 4), present=12, topic="听取报告",
        minutes="一、书记作半年工作报告。\n二、讨论并通过。",
    )  # fmt: skip
    small = made.small
    with small.store.write(small.secretary) as session:
        fees = RegisterDraft(
            small.village, RegisterKind.FEES, 2026, 3, 7, 13, 12, Decimal("130.5"), Decimal("120"), "一人下月补交"
        )
        duty_registers.save(session, small.secretary, [fees])
        graded = ReviewDraft(small.village, date(2026, 9, 20), 13, 13, 1, 4, 8)
        duty_registers.record_review(session, small.secretary, graded)
    yield made
    small.store.close()


def printed(town: Dutied, key: str, folder: Path) -> Path:
    document = registry.by_key(key)
    assert document is not None and document.per_branch
    with town.small.store.read() as session:
        quarter = cycles.quarter(session, 2026, 3)
        assert quarter is not None
        found = documents.snapshots(session, key, quarter, [orgs.view(session, town.small.village, DAY)])
    return document.render(found, folder / f"{key}.pdf", printed_at=AT, bundled_fonts=True).path


def test_the_columns_fill_the_type_area() -> None:
    assert sum(duty_register.KINDS_MM) == sum(duty_register.EVENTS_MM) == sum(duty_register.LEDGER_MM) == 225
    assert sum(minutes.COLUMNS_MM) == 156


def test_the_register_says_what_was_owed_held_and_kept(town: Dutied, tmp_path: Path) -> None:
    path = printed(town, "duty-register", tmp_path)
    said = pdf.squeezed(path)
    for phrase in (
        "青石村党支部2026年第三季度组织生活登记簿",
        "应开展14次，已开展4次，逾期10次；三会一课完成率",
        "支委会3033",
        "党小组会615",
        "本地要求，非条例",
        "2026-07-03党课、主题党日学习党章",
        "131076.9%李旭昇党群服务中心",
        "第2组",
        "党费收缴7月1312130.5120一人下月补交",
        "优秀4人，合格8人，基本合格0人，不合格0人；预备党员1人参加评议",
        "党支部书记（",
        "数据校验码",
    ):
        assert phrase in said, phrase
    assert pdf.unembedded(path) == []
    box = PdfReader(path).pages[0].mediabox
    assert box.width > box.height


def test_minutes_are_a_page_an_event_with_room_or_with_what_was_written(town: Dutied, tmp_path: Path) -> None:
    path = printed(town, "minutes", tmp_path)
    pages = ["".join(page.split()) for page in pdf.texts(path)]
    assert len(pages) == 3
    assert "党课、主题党日记录" in pages[0] and "到会签名" in pages[0] and "3人，原因：" in pages[0]
    assert "讨论（第2组）" in pages[1] and "缺席无" in pages[1]
    assert "一、书记作半年工作报告。" in pages[2] and "主持人签名：" in pages[2]
    assert "2026年第三季度第3次，本季共3次" in pages[2]


def test_the_minutes_of_the_event_that_was_marked_alone(town: Dutied) -> None:
    """Its place among those of the quarter stays; one that was taken back is refused with what to do."""
    with town.small.store.read() as session:
        quarter = cycles.quarter(session, 2026, 3)
        assert quarter is not None
        of = [orgs.view(session, town.small.village, DAY)]
        every = documents.snapshots(session, "minutes", quarter, of)
        second = every[1].meeting.id  # type: ignore[attr-defined]
        (form,) = documents.snapshots(session, "minutes", quarter, of, Asked(record_id=second))
        assert (form.place, form.count, form.meeting.id) == (2, 3, second)  # type: ignore[attr-defined]
        with pytest.raises(Refusal, match="已经更正或撤回"):
            documents.snapshots(session, "minutes", quarter, of, Asked(record_id=999))


def test_a_quarter_without_events_has_no_minutes(town: Dutied) -> None:
    with town.small.store.read() as session:
        quarter = cycles.quarter(session, 2026, 2)
        assert quarter is not None
        with pytest.raises(Refusal, match="没有可以打印的会议记录"):
            documents.snapshots(session, "minutes", quarter, [orgs.view(session, town.small.village, DAY)])
        assert documents.snapshots(session, "duty-register", quarter, [orgs.view(session, town.small.village, DAY)])


def test_one_file_a_branch(town: Dutied, tmp_path: Path) -> None:
    with town.small.store.read() as session:
        quarter = cycles.quarter(session, 2026, 3)
        assert quarter is not None
        of = [orgs.view(session, org_id, DAY) for org_id in (town.small.village, town.small.school)]
        forms = documents.snapshots(session, "duty-register", quarter, of)
        sheets = documents.snapshots(session, "minutes", quarter, of)
    made = duty_register.render_each(forms, tmp_path, printed_at=AT, bundled_fonts=True)  # type: ignore[arg-type]
    assert [one.path.name[:4] for one in made] == ["青石村党", "中心小学"]
    assert len(minutes.render_each(sheets, tmp_path, printed_at=AT, bundled_fonts=True)) == 1  # type: ignore[arg-type]

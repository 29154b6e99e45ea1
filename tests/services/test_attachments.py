"""Files behind records: two at most, none where the record is the proof, what they say they are, never lost unsaid."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import select

from okr_desk.clock import FixedClock
from okr_desk.errors import FileRefused, InputRefused, NotAllowed, WrongState
from okr_desk.model.tables import Attachment
from okr_desk.queries import attachments as queries
from okr_desk.queries import backup as copies
from okr_desk.queries import cycles, orgs, whistle_reminders
from okr_desk.queries import evidence as stored
from okr_desk.rules.attachments import Behind, refusal
from okr_desk.rules.checkins import EVIDENCE_KINDS
from okr_desk.rules.file_kinds import check_content
from okr_desk.rules.permissions import Actor
from okr_desk.rules.worklog import EntryDraft
from okr_desk.services import attachments, backup, whistles, worklog
from okr_desk.services.outcome import Topic
from tests.small_whistles import whistled
from tests.worked_township import Worked, worked

D = Decimal
DAY = date(2026, 7, 3)
JPEG, PNG, OLE = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Worked]:
    made = worked(tmp_path / "镇.okr")
    yield made
    made.small.store.close()


def packed(*names: str) -> bytes:
    """A zip file with these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return stream.getvalue()


DOCX = packed("[Content_Types].xml", "word/document.xml")
XLSX = packed("[Content_Types].xml", "xl/workbook.xml")
SOUND = {
    "jpg": JPEG, "jpeg": JPEG, "png": PNG, "pdf": b"%PDF-1.7 x", "docx": DOCX, "xlsx": XLSX, "doc": OLE, "xls": OLE,
    "wps": OLE, "et": XLSX, "ofd": packed("OFD.xml"), "txt": "服务记录".encode("gb18030"),
}  # fmt: skip


def file(tmp_path: Path, name: str, content: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def attach(town: Worked, entry: int, *paths: Path, actor: Actor | None = None) -> tuple[int, ...]:
    who = actor or town.small.secretary
    with town.small.store.write(who) as session:
        return attachments.attach(session, who, "worklog", entry, paths).value


def of(town: Worked, entry: int) -> list[tuple[str, str]]:
    with town.small.store.read() as session:
        return [(one.kept.name, one.fault) for one in queries.of_record(session, "worklog", entry)]


def test_a_whistle_takes_two_files_and_says_when_one_is_gone(tmp_path: Path, clock: FixedClock) -> None:
    """A whistle's files are no evidence of an indicator; a withdrawn whistle takes none (domain 4.1, 附件)."""
    made = whistled(tmp_path / "小镇.okr", clock)
    small, number = made.small, made.create()
    photos = [file(tmp_path, f"现场{n}.jpg", JPEG + bytes([n])) for n in range(3)]
    with small.store.write(small.secretary) as session:
        done = attachments.attach(session, small.secretary, "whistles", number, photos[:2])
        assert done.changes.topics == {Topic.WHISTLES} and len(done.value) == 2
        with pytest.raises(InputRefused, match="最多 2 件"):
            attachments.attach(session, small.secretary, "whistles", number, photos[2:])
    with small.store.read() as session:
        quarter, org = cycles.quarter(session, 2026, 3), orgs.view(session, small.village, date(2026, 9, 30))
        assert quarter is not None
        first = queries.of_record(session, "whistles", number)[0].kept
        stored.stored_path(session, first).unlink()
        found = whistle_reminders.owed(session, quarter, org.id, date(2026, 10, 8))
        assert [one.said for one in found] == [
            "哨2026-3-001 沟渠堵塞的附件“现场0.jpg”缺失，请找回原件重新添加，或移除并写明原因"
        ]
    with small.store.write(small.secretary) as session:
        whistles.withdraw(session, small.secretary, number, "重复")
        with pytest.raises(WrongState):
            attachments.attach(session, small.secretary, "whistles", number, photos[2:])
    small.store.close()


def test_every_kind_that_may_be_attached_is_known_by_its_content() -> None:
    assert set(SOUND) == set(EVIDENCE_KINDS)
    for ending, content in SOUND.items():
        check_content(f"材料.{ending}", content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("报告.pdf", b"MZ\x90\x00 program"),
        ("报告.pdf", b"plain words"),
        ("照片.jpg", PNG),
        ("照片.png", b"MZ"),
        ("表.xlsx", DOCX),
        ("表.docx", packed("word/document.xml")),
        ("表.xlsx", b"PK\x03\x04 broken"),
        ("表.xls", b"<html>"),
        ("文.ofd", packed("other.xml")),
        ("记录.txt", b"a\0b"),
        ("记录.txt", b"#!/bin/sh"),
        ("程序.exe", b"MZ"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(FileRefused, match="内容和后缀不符"):
        check_content(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("表.xlsx", packed("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin")),
        ("文.doc", OLE + b"\0" * 64 + "_VBA_PROJECT".encode("utf-16-le")),
    ],
)
def test_macros_are_refused(name: str, content: bytes) -> None:
    with pytest.raises(FileRefused, match="带有宏"):
        check_content(name, content)


def test_a_file_is_kept_by_its_hash_under_no_name_of_its_own(town: Worked, tmp_path: Path) -> None:
    entry = town.record("environment", DAY, "清洁家园").value
    attach(town, entry, file(tmp_path, "现场.jpg", JPEG + b" one"))
    folder = stored.folder_of(town.small.store.path)
    (kept,) = folder.iterdir()
    assert len(kept.name) == 64 and of(town, entry) == [("现场.jpg", "")]
    attach(town, entry, file(tmp_path, "同一张.jpg", JPEG + b" one"))
    assert of(town, entry) == [("现场.jpg", "")]


def test_two_are_the_most_of_a_record_and_of_an_indicator(town: Worked, tmp_path: Path) -> None:
    files = [file(tmp_path, f"{n}.jpg", JPEG + bytes([n])) for n in range(4)]
    first = town.record("tech_service", DAY, "农技服务", "6").value
    second = town.record("tech_service", DAY, "农机检修", "2").value
    free = town.record("environment", DAY, "清洁家园").value
    attach(town, first, files[0])
    attach(town, second, files[1])
    with pytest.raises(InputRefused, match="“F27 科技服务人天”本季已有 2 件佐证材料，每项指标每季最多 2 件"):
        attach(town, second, files[2])
    with pytest.raises(InputRefused, match="每条记录最多 2 件"):
        attach(town, free, *files[:3])
    assert of(town, free) == []  # all or none
    with town.small.store.read() as session:
        assert "本季已有 2 件" in queries.attached(session, "worklog", first).refusal


def test_none_where_the_program_counts_from_its_own_records(town: Worked) -> None:
    counted = Behind("B01 支部党员大会应开率", 0, 2, "三会一课记录")
    assert refusal(0, [counted]) == (
        "“B01 支部党员大会应开率”由程序按三会一课记录计算，记录本身就是依据，不需要佐证材料。"
    )
    assert refusal(0, [counted, Behind("F27 科技服务人天", 0, 2)]) == ""
    assert refusal(0, [Behind("X09 填报项压减率", 0, 0)]) == "“X09 填报项压减率”不要求佐证材料，不用添加。"


def test_taken_away_with_a_reason_it_makes_room(town: Worked, tmp_path: Path) -> None:
    entry = town.record("tech_service", DAY, "农技服务", "6").value
    first, _second = attach(town, entry, *(file(tmp_path, f"{n}.jpg", JPEG + bytes([n])) for n in range(2)))
    with (
        pytest.raises(InputRefused, match="移除材料须写明理由"),
        town.small.store.write(town.small.secretary) as session,
    ):
        attachments.detach(session, town.small.secretary, first, "")
    with town.small.store.write(town.small.secretary) as session:
        attachments.detach(session, town.small.secretary, first, "照片模糊")
    attach(town, entry, file(tmp_path, "清楚.jpg", JPEG + b"9"))
    assert [name for name, _fault in of(town, entry)] == ["1.jpg", "清楚.jpg"]
    with town.small.store.rows() as session:
        assert [row.withdrawn_reason for row in session.exec(select(Attachment))] == ["照片模糊", "", ""]


def test_others_may_not_add_and_nothing_is_added_to_what_was_withdrawn(town: Worked, tmp_path: Path) -> None:
    entry = town.record("environment", DAY, "清洁家园").value
    photo = file(tmp_path, "现场.jpg", JPEG)
    with pytest.raises(NotAllowed):
        attach(town, entry, photo, actor=town.small.stranger)
    with town.small.store.write(town.small.secretary) as session:
        worklog.withdraw(session, town.small.secretary, entry, "重复")
    with pytest.raises(WrongState, match="已经更正或撤回"):
        attach(town, entry, photo)


def test_files_stand_behind_the_correction_too(town: Worked, tmp_path: Path) -> None:
    old = town.record("tech_service", DAY, "农技服务", "60").value
    attach(town, old, *(file(tmp_path, f"{n}.jpg", JPEG + bytes([n])) for n in range(2)))
    with town.small.store.write(town.small.secretary) as session:
        said = EntryDraft(town.small.village, "tech_service", DAY, "农技服务", D(6))
        new = worklog.correct(session, town.small.secretary, old, said, "多写一个 0").value
    assert [name for name, _fault in of(town, new)] == ["0.jpg", "1.jpg"]


def test_missing_and_altered_files_are_said_on_the_page_and_by_the_doctor(town: Worked, tmp_path: Path) -> None:
    entry = town.record("environment", DAY, "清洁家园").value
    attach(town, entry, *(file(tmp_path, f"{n}.jpg", JPEG + bytes([n])) for n in range(2)))
    folder = stored.folder_of(town.small.store.path)
    with town.small.store.read() as session:
        first, second = (one.kept.digest for one in queries.of_record(session, "worklog", entry))
    (folder / first).unlink()
    (folder / second).write_bytes(JPEG + b"other")
    assert of(town, entry) == [("0.jpg", "材料缺失"), ("1.jpg", "已改动")]
    with town.small.store.read() as session:
        sentence, lost = copies.evidence_in_words(session)
    assert "青石村党支部 2026-09-25登记的材料“0.jpg”文件缺失" in sentence and len(lost) == 2
    assert "“1.jpg”内容被改动" in sentence


def test_backups_carry_them_and_bring_them_back(town: Worked, tmp_path: Path) -> None:
    entry = town.record("environment", DAY, "清洁家园").value
    attach(town, entry, file(tmp_path, "现场.pdf", b"%PDF-1.4 paper"))
    made = backup.take(town.small.store.path, tmp_path / "备份", datetime(2026, 9, 25, tzinfo=UTC), backup.MANUAL)
    assert [piece.name for piece in made.evidence or ()] == ["现场.pdf"] and made.is_whole
    assert replace(made).lacking == ()


def test_a_check_in_on_the_same_indicator_counts_with_the_records(town: Worked, tmp_path: Path) -> None:
    from okr_desk.rules.checkins import CheckInDraft
    from okr_desk.services import approvals, checkins, objectives
    from tests.small_township import metric, objective

    small = town.small
    blank = {
        "baseline": None,
        "baseline_on": None,
        "baseline_source": "",
        "target": None,
        "unit": "",
        "direction": None,
    }
    with small.store.write(small.office) as session:
        above = objectives.create(session, small.office, objective(small.village, "O2", weight=D(50))).value
        draft = metric("KR2.1", title="科技服务", indicator_id=town.ids["F27"], **blank)
        linked = objectives.create_key_result(session, small.office, above, draft).value
        approvals.submit(session, small.office, [above])
        approvals.approve(session, small.office, [above], "新增")
    entry = town.record("tech_service", DAY, "农技服务", "6").value
    attach(town, entry, *(file(tmp_path, f"{n}.jpg", JPEG + bytes([n])) for n in range(2)))
    said = CheckInDraft(linked, small.quarters[3], value=D(6), evidence=(file(tmp_path, "又一张.jpg", JPEG + b"9"),))
    with pytest.raises(InputRefused, match="最多 2 件"), small.store.write(small.secretary) as session:
        checkins.record(session, small.secretary, said)

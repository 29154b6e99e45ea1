"""The working paper without a window: a month as paper, entries as rows, evidence by the doctor."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from okr_desk import cli
from okr_desk.model.store import Store
from okr_desk.queries import evidence as stored
from okr_desk.queries import orgs, users
from okr_desk.rules.permissions import Actor
from okr_desk.rules.worklog import EntryDraft
from okr_desk.services import attachments, worklog
from tests.demo_copy import demo_copy
from tests.reports import pdf

Run = Callable[..., tuple[int, str, str]]
VILLAGE = "青石村党支部"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*words: object) -> tuple[int, str, str]:
        code = cli.main([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture
def demo(demo_template: Path, tmp_path: Path) -> Path:
    """The demo with two entries of its village, one of them with a photo."""
    copy, photo = tmp_path / "示范镇.okr", tmp_path / "现场.jpg"
    demo_copy(demo_template, copy)
    photo.write_bytes(b"\xff\xd8\xff one")
    with Store.open(copy) as store:
        with store.read() as session:
            org = orgs.find(session, VILLAGE, date(2026, 9, 30))
            account = users.by_login(session, "admin", date(2026, 9, 30))
        assert org is not None and account is not None
        actor = Actor(account.id, account.login, account.name, account.grants)
        with store.write(actor) as session:
            said = EntryDraft(org.id, "superior_task", date(2026, 7, 9), "防汛督查整改", Decimal(10), Decimal(9))
            entry = worklog.record(session, actor, said).value
            worklog.record(session, actor, EntryDraft(org.id, "environment", date(2026, 9, 2), "清洁家园"))
            attachments.attach(session, actor, "worklog", entry, [photo])
    return copy


def test_a_month_is_paper_and_entries_are_rows(run: Run, demo: Path, tmp_path: Path) -> None:
    target = tmp_path / "底单.pdf"
    words = ("document", demo, "worklog", "--org", VILLAGE, "--out", target)
    assert run(*words, "--month", "2026-07")[0] == 0
    said = pdf.squeezed(target)
    assert "工作底单（2026年7月）" in said and "应办结10件，按时办结9件" in said and "清洁家园" not in said
    assert run(*words, "--quarter", "2026Q3")[0] == 0
    assert "工作底单（2026年9月）" in pdf.squeezed(target)
    code, out, _err = run("export", demo, "--what", "worklog", "--quarter", "2026Q3", "--json")
    rows = [row for row in json.loads(out) if row.get("what") in ("防汛督查整改", "清洁家园")]
    assert code == 0 and [row["codes"] for row in rows if "codes" in row] == ["B22"]
    assert rows[0] | {"amount": "10", "part": "9", "pieces": 1, "date": "2026-07-09"} == rows[0]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("worklog", "--month", "7月"), "--month 请写作 2026-07 的样子。"),
        (("review", "--month", "2026-07"), "--month 只用于工作底单 worklog。"),
        (("worklog", "--month", "2026-07", "--quarter", "2026Q2"), "2026-07 不在 2026Q2，请只写一个。"),
    ],
)
def test_a_month_that_cannot_be_meant_is_refused(
    run: Run, demo: Path, tmp_path: Path, words: tuple[object, ...], said: str
) -> None:
    target = tmp_path / "无.pdf"
    code, out, err = run("document", demo, *words, "--org", VILLAGE, "--out", target)
    assert (code, out, err.strip()) == (2, "", said) and not target.exists()


def test_the_doctor_names_a_file_that_is_gone(run: Run, demo: Path) -> None:
    (kept,) = (one for one in stored.folder_of(demo).iterdir() if one.read_bytes().startswith(b"\xff\xd8"))
    assert "佐证材料 2 件，齐全" in run("doctor", demo)[1], "with the county's form"
    kept.unlink()
    code, out, err = run("doctor", demo)
    assert code != 0 and f"{VILLAGE} 2026-10-08登记的材料“现场.jpg”文件缺失" in out + err

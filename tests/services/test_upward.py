"""The county's forms on a real database: kept, mapped, exchanged, retired; the trail, the files, who may."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from okr_desk.clock import FixedClock
from okr_desk.errors import FileRefused, InputRefused, NotAllowed, WrongState
from okr_desk.queries import backup as copies
from okr_desk.queries import evidence as stored
from okr_desk.queries import upward as queries
from okr_desk.queries.upward import FormView
from okr_desk.rules.permissions import Actor
from okr_desk.rules.upward import CellDraft, FormDraft
from okr_desk.services import backup, upward
from okr_desk.services.outcome import Outcome, Topic
from tests import small_township
from tests.small_township import Small
from tests.upward_forms import ONE, TWO, form, kept

NAMES = ("青石村党支部", "中心小学党支部")


@pytest.fixture(scope="module")
def draft() -> FormDraft:
    return kept(form(NAMES))


@pytest.fixture
def small(tmp_path: Path, clock: FixedClock) -> Iterator[Small]:
    made = small_township.build(tmp_path / "小镇.okr", clock)
    yield made
    made.store.close()


def do(small: Small, service: Any, *args: object, by: Actor | None = None) -> Outcome[Any]:
    actor = by or small.office
    with small.store.write(actor) as session:
        outcome: Outcome[Any] = service(session, actor, *args)
    assert outcome.changes.topics == {Topic.UPWARD}
    return outcome


def only(small: Small, **more: bool) -> FormView:
    with small.store.read() as session:
        (found,) = queries.forms(session, 2026, **more)
    return found


def test_a_form_is_kept_with_its_cells_and_all_of_it_is_on_the_trail(small: Small, draft: FormDraft) -> None:
    form_id = do(small, upward.keep, draft).value
    cells = [CellDraft(ONE, "c2", "branches"), CellDraft(TWO, "A4", "name-key"), CellDraft(TWO, "B4", "value:B08")]
    assert len(do(small, upward.map_cells, form_id, draft.book, cells).value) == 3
    one = only(small)
    assert (one.name, one.display_name, one.by) == ("季度报表", "报表.xlsx", "王玥")
    assert [(c.sheet, c.cell, c.figure, c.is_column) for c in one.cells] == [
        (ONE, "C2", "branches", False), (TWO, "A4", "name-key", True), (TWO, "B4", "value:B08", True)
    ]  # fmt: skip
    assert one.cells[2].title == "B08 党员到会率：实绩"
    assert [(e.action, e.table) for e in small.trail()[-4:]] == [
        ("insert", "upwardform"),
        *[("insert", "upwardcell")] * 3,
    ]
    with small.store.read() as session:
        assert queries.workbook_path(session, one).read_bytes() == draft.content
    assert one.sha256 == hashlib.sha256(draft.content).hexdigest() == draft.book.sha256


def test_the_workbook_travels_with_backups_and_its_loss_is_named(
    small: Small, draft: FormDraft, tmp_path: Path
) -> None:
    do(small, upward.keep, draft)
    with small.store.read() as session:
        path = queries.workbook_path(session, only(small))
    made = backup.make(small.store, small.office, tmp_path / "备份")
    assert made.evidence is not None and [one.sha256 for one in made.evidence] == [path.name] and made.is_whole
    path.unlink()
    with small.store.read() as session:
        (lost,) = stored.lost(session, [stored.folder(session)])
        with pytest.raises(FileRefused, match="不在数据文件旁"):
            queries.workbook_path(session, only(small))
    assert str(lost) == "上报表 季度报表“报表.xlsx”文件缺失"
    assert (copies.evidence_folder(made.path) / path.name).read_bytes() == draft.content


def test_a_newer_workbook_keeps_what_fits_and_names_the_rest(small: Small, draft: FormDraft) -> None:
    form_id = do(small, upward.keep, draft).value
    cells = [CellDraft(ONE, "C2", "branches"), CellDraft(TWO, "B4", "branch-members"), CellDraft(TWO, "A4", "name-key"),
             CellDraft(ONE, "C3", "progress-mean")]  # fmt: skip
    do(small, upward.map_cells, form_id, draft.book, [cells[2], cells[1], cells[0], cells[3]])

    def change(book: Any) -> None:
        book[ONE]["C2"] = "=B9"
        book[ONE]["C3"].number_format = "0%"

    newer = kept(form((*reversed(NAMES), "东岭村党支部"), change), "不看这个名称", "新报表.xlsx")
    made = do(small, upward.replace, form_id, newer).value
    assert made.kept == 3 and made.lost == ("“表一”C2 支部总数：“表一”的 C2 是公式，不能填数，由表自己计算。",)
    one = only(small)
    assert (one.name, one.display_name, len(one.cells)) == ("季度报表", "新报表.xlsx", 3)
    assert [(e.action, e.table) for e in small.trail()[-2:]] == [("update", "upwardform"), ("delete", "upwardcell")]
    with pytest.raises(WrongState, match="已经换过新表"):
        do(small, upward.map_cells, form_id, draft.book, [CellDraft(ONE, "D2", "members")])


def test_taking_a_cell_away_and_mapping_it_again(small: Small, draft: FormDraft) -> None:
    form_id = do(small, upward.keep, draft).value
    do(small, upward.map_cells, form_id, draft.book, [CellDraft(ONE, "C2", "branches")])
    (gone,) = only(small).cells
    assert do(small, upward.unmap, form_id, [gone.draft]).value == 1 and only(small).cells == ()
    with pytest.raises(WrongState):
        do(small, upward.unmap, form_id, [gone.draft])
    do(small, upward.map_cells, form_id, draft.book, [gone.draft])
    assert only(small).drafts == (gone.draft,)


def test_all_cells_or_none(small: Small, draft: FormDraft) -> None:
    form_id = do(small, upward.keep, draft).value
    for second in (CellDraft(ONE, "C5", "members"), CellDraft(ONE, "5C", "members"), CellDraft(ONE, "C2", "members")):
        with pytest.raises(InputRefused):
            do(small, upward.map_cells, form_id, draft.book, [CellDraft(ONE, "C2", "branches"), second])
        assert only(small).cells == ()


def test_names_files_and_retirement(small: Small, draft: FormDraft) -> None:
    form_id = do(small, upward.keep, draft).value
    with pytest.raises(InputRefused, match="已经有叫“季度报表”的表"):
        do(small, upward.keep, draft)
    with pytest.raises(FileRefused, match="另存为"):
        do(small, upward.keep, replace(draft, name="别的", file_name="报表.xls"))
    with pytest.raises(WrongState, match="改动过"):
        do(small, upward.keep, replace(draft, name="别的", content=b"other"))
    do(small, upward.rename, form_id, " 县委季报 ")
    do(small, upward.retire, form_id)
    with small.store.read() as session:
        assert queries.forms(session, 2026) == ()
    assert (only(small, with_retired=True).name, only(small, with_retired=True).is_retired) == ("县委季报", True)
    for service, args in ((upward.retire, ()), (upward.rename, ("又一个",)), (upward.replace, (draft,))):
        with pytest.raises(WrongState, match="已经移去或停用"):
            do(small, service, form_id, *args)
    do(small, upward.retire, form_id, False)
    assert only(small).name == "县委季报"


def test_only_the_office_may_and_a_denial_is_recorded(small: Small, draft: FormDraft) -> None:
    form_id = do(small, upward.keep, draft).value
    tries: list[tuple[Any, tuple[object, ...]]] = [
        (upward.keep, (replace(draft, name="别的"),)), (upward.replace, (form_id, draft)), (upward.retire, (form_id,)),
        (upward.rename, (form_id, "x")), (upward.unmap, (form_id, [])),
        (upward.map_cells, (form_id, draft.book, [CellDraft(ONE, "C2", "branches")])),
    ]  # fmt: skip
    for service, args in tries:
        for who in (small.secretary, small.viewer):
            with pytest.raises(NotAllowed):
                do(small, service, *args, by=who)
            assert small.trail()[-1].action == "denied" and small.trail()[-1].account_id == who.account_id

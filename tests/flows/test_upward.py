"""A form is added, mapped and filled: it says what the published review sheets say, not what is known since."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from okr_desk.exchange import upward as workbooks
from okr_desk.queries import upward as queries
from okr_desk.queries.upward_facts import UpwardFacts
from okr_desk.review_terms import ReviewStep as S
from okr_desk.rules.upward import CellDraft
from okr_desk.services import upward
from tests.reviewed_township import Reviewed, reviewed
from tests.upward_forms import ONE, TWO, form, kept, reopened


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Reviewed]:
    made = reviewed(tmp_path / "小镇.okr")
    yield made
    made.store.close()


def test_what_was_handed_over_is_what_is_filled_in(town: Reviewed, tmp_path: Path) -> None:
    draft = kept(form(("中心小学党支部", "青石村党支部")))
    cells = (
        CellDraft(ONE, "C2", "branches"), CellDraft(ONE, "C3", "score-mean"), CellDraft(ONE, "B4", "filled-on"),
        CellDraft(TWO, "A4", "name-key"), CellDraft(TWO, "D4", "grade"), CellDraft(TWO, "E4", "value:B08"),
    )  # fmt: skip
    with town.store.write(town.office) as session:
        form_id = upward.keep(session, town.office, draft).value
        upward.map_cells(session, town.office, form_id, draft.book, cells)

    town.through(S.SUBMIT, S.OPINE, S.CHECK, S.DELIVER)
    published = town.printed()
    assert published.scores is not None and published.scores.sheet.grade is not None
    town.scored.measure("B08", "84", 3)  # a later, better value is not what the county gets
    assert town.printed() == published

    with town.store.read() as session:
        of = UpwardFacts(session, town.quarter(), "王玥")
        (one,) = queries.forms(session, 2026)
        source = queries.workbook_path(session, one)
        filled = queries.filled(session, of, one, workbooks.kept(source, one.display_name))
        workbooks.write(filled, source, tmp_path / "填好.xlsx")
    made = reopened(tmp_path / "填好.xlsx")
    grade = published.scores.sheet.grade
    assert grade.score is not None
    assert made[TWO]["D5"].value == grade.grade and made[TWO]["E5"].value == 80
    assert Decimal(str(made[ONE]["C3"].value)) * 100 == round(grade.score, 2)
    assert made[ONE]["C2"].value == 2 and made[ONE]["B4"].number_format == "yyyy-mm-dd"
    assert made[TWO]["D4"].value is None, "the school has no scheme: its grade stays blank, and is listed"
    assert any("没有启用考核方案（中心小学党支部）" in said for said in filled.missing)
    assert made[TWO]["B6"].value == "=SUM(B4:B5)" and made[TWO]["A4"].value == "中心小学党支部"
    by_sheet = next(c for c in filled.cells if c.cell.figure == "grade")
    assert [line.words for line in by_sheet.lines if line.branch == "青石村党支部"] == ["计分表；按已送达的评审表第1版"]

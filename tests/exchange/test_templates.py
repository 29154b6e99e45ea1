"""The form goes out, is filled in, and comes back; LibreOffice opens it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from okr_desk import paths
from okr_desk.clock import FixedClock
from okr_desk.errors import Cancelled, WrongState
from okr_desk.exchange import templates
from okr_desk.exchange.folder import read_folder
from okr_desk.i18n import using
from okr_desk.model.store import Store
from okr_desk.queries import board as boards
from okr_desk.queries import orgs
from okr_desk.queries.objectives import Board
from okr_desk.rules.imports import CheckInFact, Known
from tests.exchange import desk
from tests.exchange.sample import reading

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Known]]:
    """The sample township."""
    store, actor = desk.new(tmp_path_factory.mktemp("forms") / "青山镇.okr", FixedClock(date(2026, 10, 8)))
    desk.take(store, actor, reading(), take_safe=True)
    yield store, desk.known(store)
    store.close()


def _board(store: Store, name: str) -> Board:
    with store.read() as session:
        org = orgs.find(session, name, date(2026, 10, 8))
        assert org is not None
        return boards.board(session, org.id, 2026, 3)


def _fill(path: Path, values: dict[str, object], to: Path, **others: object) -> Path:
    """Type into the open cells as a branch would, then save under another name."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[3]}
    for row in range(4, sheet.max_row + 1):
        code = sheet.cell(row, heads["KR编号"]).value
        if code in values:
            sheet.cell(row, heads["本季实绩"]).value = values[code]
            sheet.cell(row, heads["信心(1-10)"]).value = 8
            sheet.cell(row, heads["主要进展"]).value = "按计划推进"
    sheet["B2"] = others.get("by", "李旭昇")
    sheet["F2"] = others.get("on", date(2026, 9, 29))
    if "title" in others:
        sheet["A1"] = others["title"]
    book.save(to)
    return to


def test_a_form_comes_back_by_its_ids_whatever_its_name(filled, tmp_path: Path):
    store, known = filled
    form = templates.write(tmp_path / "a.xlsx", _board(store, "青石村党支部"))
    values = {"KR1.1": 63.4, "KR1.3": "立项、开工", "KR1.5": "是", "KR3.1": 79.1, "KR2.3": "约94%"}
    sent = _fill(form, values, tmp_path / "微信图片2026.xlsx", title="季度表")
    found = read_folder([sent], known)
    facts = {f.key_result: f for f in found.facts if isinstance(f, CheckInFact)}
    assert not found.damaged
    assert {f.org for f in facts.values()} == {"青石村党支部"}
    assert facts["KR1.1"].value == Decimal("63.4") and facts["KR3.1"].value == Decimal("79.1")
    assert facts["KR1.3"].nodes == ("立项", "开工") and facts["KR1.5"].done is True
    assert (facts["KR1.1"].reported_by, facts["KR1.1"].as_of) == ("李旭昇", date(2026, 9, 29))
    assert (facts["KR1.1"].confidence, facts["KR1.1"].year, facts["KR1.1"].quarter) == (8, 2026, 3)
    assert [(d.raw, d.proposal, d.lossless) for d in found.doubts] == [("约94%", "94", False)]


def test_lines_are_found_by_hidden_id_when_their_numbers_are_gone(filled, tmp_path: Path):
    store, known = filled
    form = templates.write(tmp_path / "a.xlsx", _board(store, "青石村党支部"))
    sent = _fill(form, {"KR1.1": 63.4}, tmp_path / "青石村党支部.xlsx")
    book = openpyxl.load_workbook(sent)
    book.worksheets[0].cell(4, 1).value = "1"
    book.save(sent)
    found = read_folder([sent], known)
    assert [f.key_result for f in found.facts if isinstance(f, CheckInFact)] == ["KR1.1"]


def test_only_the_branch_cells_are_open_and_every_rule_speaks_chinese(filled, tmp_path: Path):
    board = _board(filled[0], "青石村党支部")
    book = openpyxl.load_workbook(templates.write(tmp_path / "a.xlsx", board))
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[3]}
    assert list(heads) == [
        "KR编号", "关键结果", "单位", "基线", "目标值", "本季计划", "本季实绩", "信心(1-10)",
        "主要进展", "存在困难", "标识",
    ]  # fmt: skip
    locked = {head: sheet.cell(4, column).protection.locked for head, column in heads.items()}
    assert {head for head, is_locked in locked.items() if not is_locked} == {
        "本季实绩", "信心(1-10)", "主要进展", "存在困难",
    }  # fmt: skip
    assert sheet.protection.sheet and sheet.column_dimensions["K"].hidden
    assert (sheet.cell(4, heads["基线"]).value, sheet.cell(4, heads["目标值"]).value) == (61.4, 67.7)
    assert sheet.cell(4, heads["本季计划"]).value == 48.7
    assert sheet.cell(4, heads["标识"]).value == board.key_results[0].uid
    rules = sheet.data_validations.dataValidation
    assert {rule.type for rule in rules} == {"decimal", "whole", "list", None} - (
        {None} if all(r.type for r in rules) else set()
    )
    assert all("填" in (rule.error or rule.prompt) or "选" in rule.error for rule in rules if rule.type)
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.print_title_rows == "$3:$3" and sheet.sheet_properties.pageSetUpPr.fitToPage
    texts = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert "支部书记签字：" in texts and any(text.startswith("注：只填白色格") for text in texts)
    assert [s.sheet_state for s in book.worksheets] == ["visible", "hidden", "hidden"]


def test_an_unfilled_form_says_nothing(filled, tmp_path: Path):
    store, known = filled
    path = templates.write(tmp_path / "青石村党支部.xlsx", _board(store, "青石村党支部"))
    found = read_folder([path], known)
    assert (found.facts, found.doubts, found.damaged) == ((), (), ())
    assert len(found.blanks) == 11 and [r.org for r in found.returns] == ["青石村党支部"]


def test_one_form_for_every_branch_in_one_go(filled, tmp_path: Path):
    store, known = filled
    seen: list[str] = []
    note = lambda _done, _all, name: seen.append(name)  # noqa: E731
    made = templates.write_for_quarter(store, 2026, 3, tmp_path / "填报表", progress=note)
    assert len(made) == len(set(made)) == 29 and seen[0] == "青石村党支部" and "北坪村党支部" in seen
    assert made[0].name == "青石村党支部_2026Q3_填报表.xlsx"
    found = read_folder([tmp_path / "填报表"], known)
    assert len({r.org for r in found.returns}) == 29 and not found.damaged


def test_some_branches_only_and_stopping(filled, tmp_path: Path):
    store = filled[0]
    one = _board(store, "柳湾村党支部")
    made = templates.write_for_quarter(store, 2026, 3, tmp_path, org_ids={one.org.id})
    assert [path.name for path in made] == ["柳湾村党支部_2026Q3_填报表.xlsx"]
    with pytest.raises(Cancelled, match="已生成 0 份"):
        templates.write_for_quarter(store, 2026, 3, tmp_path / "停", cancelled=lambda: True)
    with pytest.raises(WrongState, match="2031年度"):
        templates.write_for_quarter(store, 2031, 1, tmp_path)


def test_the_form_stays_chinese_for_an_english_office(filled, tmp_path: Path):
    with using("en"):
        path = templates.write(tmp_path / "青石村党支部.xlsx", _board(filled[0], "青石村党支部"))
    assert openpyxl.load_workbook(path).worksheets[0]["G3"].value == "本季实绩"


def test_a_blank_form_has_lines_for_a_pen(filled, tmp_path: Path):
    path = templates.write(tmp_path / "空.xlsx", _board(filled[0], "柳湾村党支部"), blank=True)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert sheet["A1"].value.startswith("中共青山镇柳湾村支部委员会2026年第三季度")
    assert all(sheet.cell(row, 1).value is None for row in range(4, 4 + templates.BLANK_ROWS))


def test_a_form_of_a_newer_program_is_refused(filled, tmp_path: Path):
    store, known = filled
    path = templates.write(tmp_path / "青石村党支部.xlsx", _board(store, "青石村党支部"))
    book = openpyxl.load_workbook(path)
    book["模板信息"]["B1"] = "2"
    book.save(path)
    assert "更新版本" in read_folder([path], known).damaged[0].reason


def _with_our_fonts(folder: Path) -> dict[str, str]:
    """An environment whose fonts are those of the program: a bare machine has none for Chinese."""
    config = folder / "fonts.conf"
    config.write_text(
        f"<fontconfig><dir>{paths.resource('fonts')}</dir><cachedir>{folder}/fonts</cachedir></fontconfig>", "utf-8"
    )
    return {**os.environ, "FONTCONFIG_FILE": str(config)}


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["ods", "xls", "xlsx", "pdf"])
def test_libreoffice_opens_it_and_what_it_saves_comes_back(filled, tmp_path: Path, kind: str):
    store, known = filled
    form = templates.write(tmp_path / "a.xlsx", _board(store, "青石村党支部"))
    sent = _fill(form, {"KR1.1": 63.4, "KR1.3": "立项、开工"}, tmp_path / "青石村党支部.xlsx")
    out = tmp_path / "out"
    subprocess.run(
        [str(OFFICE), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", kind,
         "--outdir", str(out), str(sent)],
        check=True, capture_output=True, timeout=120, env=_with_our_fonts(tmp_path),
    )  # fmt: skip
    made = next(out.iterdir())
    if kind == "pdf":
        import pypdf

        pages = pypdf.PdfReader(made).pages
        assert len(pages) == 1 and pages[0].mediabox.width > pages[0].mediabox.height
        assert "支部书记签字" in pages[0].extract_text()
        return
    if kind == "xls":
        made = made.rename(made.with_suffix(".et"))
    found = read_folder([made], known)
    facts = {f.key_result: f for f in found.facts if isinstance(f, CheckInFact)}
    assert facts["KR1.1"].value == Decimal("63.4") and facts["KR1.3"].nodes == ("立项", "开工")
    assert facts["KR1.1"].org == "青石村党支部" and facts["KR1.1"].as_of == date(2026, 9, 29)

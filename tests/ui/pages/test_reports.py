"""报表: choose, see the real pages, print, save; PDFs are read back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from okr_desk.errors import Cancelled
from okr_desk.queries import cycles, orgs
from okr_desk.reports import preview
from okr_desk.rules.permissions import Action, Actor
from okr_desk.ui import printing
from okr_desk.ui.desk import Desk
from okr_desk.ui.models import paper
from okr_desk.ui.pages import reports
from okr_desk.ui.pages.reports import ReportsPage

Idle = Callable[[Desk], None]


@pytest.fixture
def said(desk: Desk) -> list[str]:
    """What the desk was told to say, refusals included."""
    found: list[str] = []
    desk.noticed.connect(found.append)
    desk.refused.connect(found.append)
    return found


@pytest.fixture
def no_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A PC without any printer, whatever the one that runs the test has."""
    monkeypatch.setattr(paper, "printers", lambda: ())


@pytest.fixture
def open_page(desk: Desk, qtbot: QtBot, idle: Idle) -> Iterator[Callable[..., ReportsPage]]:
    """Opens the page for whoever sits at the desk, with one part of the township chosen."""

    def make(short_name: str = "") -> ReportsPage:
        assert desk.store is not None and desk.actor is not None
        with desk.store.read() as session:
            tree = [org for org in orgs.tree(session, desk.clock.today()) if desk.actor.may(Action.VIEW, org.line)]
            desk.selection.offer(cycles.quarters(session), tree)
        chosen = next((org.id for org in tree if org.short_name == short_name), None)
        desk.selection.choose_org(chosen)
        page = ReportsPage(desk)
        qtbot.addWidget(page)
        page.resize(1180, 640)
        page.show()
        idle(desk)
        return page

    yield make


def names(page: ReportsPage) -> list[str]:
    assert page.offer is not None
    return [branch.org.short_name for branch in page.offer.branches if branch.org.id in page.ticks.ticked]


def press(page: ReportsPage, key: str, idle: Idle) -> None:
    """Change the ticks and wait for the pages."""
    page.ticks.buttons[key].click()
    page.make_pages()
    idle(page.desk)


def text_of(path: Path) -> str:
    return "".join(page.extract_text() for page in PdfReader(path).pages)


def test_a_branch_is_previewed_from_the_file_that_is_printed(open_page: Callable[..., ReportsPage]) -> None:
    page = open_page("青石村党支部")
    assert names(page) == ["青石村党支部"]
    assert page.made is not None and page.view.path == page.made.printed.path
    assert "青石村" in text_of(page.made.printed.path)
    assert len(page.view.pages) == page.made.printed.pages == len(page.made.titles)
    assert page.made.titles[0] == "青石村党支部"
    assert "1 份表" in page.answer.text()
    assert page.faces.text().startswith("使用字体：") and ".ttf" not in page.faces.text()


def test_two_copies_of_the_sheet_are_the_default(open_page: Callable[..., ReportsPage]) -> None:
    page = open_page("青石村党支部")
    assert page.copies.value() == 2
    page.choices.radios["summary"].click()
    assert page.copies.value() == 1


def test_all_branches_in_one_file_with_bookmarks(
    open_page: Callable[..., ReportsPage], idle: Idle, tmp_path: Path, said: list[str]
) -> None:
    page = open_page("教育党总支")
    assert page.made is not None
    chosen = names(page)
    assert page.default_name() == "2026年第三季度支部季度评审表.pdf" and len(chosen) > 1
    page.save(tmp_path / "全部")
    idle(page.desk)
    reader = PdfReader(tmp_path / "全部.pdf")
    assert [entry.title for entry in reader.outline] == chosen  # type: ignore[union-attr]
    assert said == ["已存为“全部.pdf”。"]
    first = page.made.titles[0]
    assert first == chosen[0] and page.view.list.item(0).text() == first


def test_the_first_sheet_is_shown_while_the_others_are_laid_out(
    open_page: Callable[..., ReportsPage], idle: Idle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "QUICK", 1)
    page = open_page("教育党总支")
    shown: list[int] = []
    show = page.view.show_pdf

    def note(path: Path | None, titles: Sequence[str] = ()) -> None:
        shown.append(len(set(titles)))
        show(path, titles)

    page.view.show_pdf = note  # type: ignore[method-assign]
    page.make_pages()
    assert page.made is None and page.accent_button is not None and not page.accent_button.isEnabled()
    idle(page.desk)
    assert page.made is not None and shown[-1] == len(set(page.made.titles)) > 1
    assert page.view.path == page.made.printed.path


def test_earlier_layouts_do_not_pile_up(open_page: Callable[..., ReportsPage], idle: Idle) -> None:
    page = open_page("青石村党支部")
    for _time in range(4):
        page.make_pages()
        idle(page.desk)
    assert page.made is not None
    assert len(list(page.made.printed.path.parent.iterdir())) == 2


def test_one_file_each_in_a_new_folder(
    open_page: Callable[..., ReportsPage], idle: Idle, tmp_path: Path, said: list[str]
) -> None:
    page = open_page("教育党总支")
    page.save_each(tmp_path)
    idle(page.desk)
    page.save_each(tmp_path)
    idle(page.desk)
    folders = sorted(path.name for path in tmp_path.iterdir() if path.name.startswith("2026"))
    assert folders == ["2026年第三季度支部季度评审表", "2026年第三季度支部季度评审表(2)"]
    files = list((tmp_path / folders[0]).iterdir())
    assert len(files) == len(names(page)) and all(len(PdfReader(file).pages) >= 1 for file in files)


def test_cancelling_leaves_no_file(open_page: Callable[..., ReportsPage], tmp_path: Path) -> None:
    page = open_page("教育党总支")
    wish, asked = page.wish(), []

    def after_the_first() -> bool:
        asked.append(1)
        return len(asked) > 1

    assert wish is not None
    target = tmp_path / "空"
    target.mkdir()
    with pytest.raises(Cancelled):
        paper.save_each(page.desk.store, wish, target, progress=lambda _done, _total: None, cancelled=after_the_first)
    asked.clear()
    with pytest.raises(Cancelled):
        paper.make(
            page.desk.store,
            wish,
            target / "全部.pdf",
            progress=lambda _done, _total: None,
            cancelled=after_the_first,
        )
    assert list(target.iterdir()) == []


def test_a_cancelled_layout_says_so_and_can_be_done_again(open_page: Callable[..., ReportsPage], idle: Idle) -> None:
    page = open_page("青石村党支部")
    page.make_pages()
    assert page._job is not None
    page._job.cancel()
    idle(page.desk)
    assert page.nothing.sentence == "已取消排版，没有生成文件。"
    assert page.accent_button is not None and not page.accent_button.isEnabled()
    page.make_pages()
    idle(page.desk)
    assert page.made is not None and page.right.currentWidget() is not page.nothing


def test_ticks_by_search_category_and_completeness(open_page: Callable[..., ReportsPage], idle: Idle) -> None:
    page = open_page("教育党总支")
    assert page.offer is not None
    page.ticks.search.setText("qsc")
    shown = [item.text(0) for item in page.ticks._items.values() if not item.isHidden()]
    assert shown == ["青石村党支部"]
    page.ticks.search.clear()
    page.ticks.buttons["complete"].click()
    complete = [branch.org.short_name for branch in page.offer.branches if branch.is_complete]
    assert names(page) == complete and "双河村党支部" not in complete
    press(page, "none", idle)
    assert page.made is None and page.nothing.sentence == "请在左侧勾选支部。"
    assert not page.save_button.isEnabled()


def test_a_branch_whose_quarter_was_opened_again_is_marked(open_page: Callable[..., ReportsPage]) -> None:
    page = open_page("青石村党支部")
    assert page.offer is not None
    said = ("本季于2026-10-20经王玥申请、朱丽华同意重新开放：录错。此前打印的评审表作废。",)
    branch = next(one for one in page.offer.branches if one.org.short_name == "青石村党支部")
    page.ticks.show_branches((replace(branch, voided=said),), ())
    (item,) = page.ticks._items.values()
    assert item.text(1).endswith(" 作废待换") and said[0] in item.toolTip(1)


def test_the_township_table_needs_no_ticks(open_page: Callable[..., ReportsPage], idle: Idle) -> None:
    page = open_page("青石村党支部")
    page.choices.radios["summary"].click()
    page.make_pages()
    idle(page.desk)
    assert page.ticks.isHidden() and page.made is not None
    assert "汇总表" in text_of(page.made.printed.path)
    width, height = preview.page_sizes(page.made.printed.path)[0]
    assert width > height


def test_a_secretary_prints_only_the_own_branch(
    desk: Desk, demo_actor: Callable[[str], Actor], open_page: Callable[..., ReportsPage]
) -> None:
    desk.sign_in(demo_actor("qingshi"))
    page = open_page()
    assert names(page) == ["青石村党支部"] and page.choices.radios["summary"].isHidden()


def test_without_a_printer_a_sentence_says_what_to_do(
    no_printer: None, open_page: Callable[..., ReportsPage], said: list[str]
) -> None:
    page = open_page("青石村党支部")
    page.print()
    assert said and said[-1].startswith("本机没有安装打印机。请先“存为 PDF”")
    assert page.save_button.isEnabled()


def test_pages_asked_for_by_another_page(open_page: Callable[..., ReportsPage], idle: Idle) -> None:
    page = open_page("教育党总支")
    assert page.offer is not None
    wanted = page.offer.branches[0].org.id
    page.arrive(org_id=wanted)
    page.make_pages()
    idle(page.desk)
    assert page.ticks.ticked == (wanted,)


def test_one_event_asked_for_by_another_page_alone(open_page: Callable[..., ReportsPage], idle: Idle) -> None:
    """A tick takes it back to all of the quarter; other branches are never left out by it."""
    page = open_page("教育党总支")
    assert page.offer is not None
    branch = page.offer.branches[0].org.id
    page.arrive(org_id=branch, document="minutes", record_id=7)
    wish = page.wish()
    assert wish is not None and (wish.document.key, wish.org_ids, wish.asked.record_id) == ("minutes", (branch,), 7)
    page.choices.only.setChecked(False)
    wish = page.wish()
    assert wish is not None and wish.asked.record_id == 0
    page.arrive(org_id=branch, document="minutes", record_id=7)
    page.ticks.buttons["all"].click()
    wish = page.wish()
    assert wish is not None and wish.asked.record_id == 0 and page.choices.only.isHidden()
    idle(page.desk)


def printer_to(file: Path) -> QPrinter:
    """A printer that prints into a PDF file."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    printer.setFullPage(True)
    printer.setResolution(72)
    return printer


def test_painted_pages_lie_as_the_pages_do(open_page: Callable[..., ReportsPage], idle: Idle, tmp_path: Path) -> None:
    page = open_page("青石村党支部")
    page.choices.radios["summary"].click()
    page.make_pages()
    idle(page.desk)
    assert page.made is not None
    told: list[tuple[int, int]] = []
    target = tmp_path / "横.pdf"
    pages = page.made.printed.pages
    printing.paint_pages(
        printer_to(target),
        page.made.printed.path,
        pages,
        progress=lambda done, total: told.append((done, total)),
        cancelled=lambda: False,
    )
    boxes = [sheet.mediabox for sheet in PdfReader(target).pages]
    assert len(boxes) == pages and told[-1] == (pages, pages)
    assert round(boxes[0].width / 72 * 25.4) == 297 and round(boxes[0].height / 72 * 25.4) == 210


def test_a_cancelled_print_stops(open_page: Callable[..., ReportsPage], tmp_path: Path) -> None:
    page = open_page("青石村党支部")
    assert page.made is not None
    with pytest.raises(Cancelled):
        printing.paint_pages(
            printer_to(tmp_path / "停.pdf"),
            page.made.printed.path,
            page.made.printed.pages,
            progress=lambda _done, _total: None,
            cancelled=lambda: True,
        )


def test_both_sides_keep_each_sheet_on_its_own_leaves(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    source = tmp_path / "source.pdf"
    canvas = Canvas(str(source))
    for number, (name, pages) in enumerate((("a", 3), ("b", 2), ("c", 1))):
        canvas.bookmarkPage(f"s{number}")
        canvas.addOutlineEntry(name, f"s{number}")
        for _page in range(pages):
            canvas.drawString(100, 700, name)
            canvas.showPage()
    canvas.save()
    assert printing.sheet_ranges(source) == ["1-3", "4-5", "6-6"]
    target = tmp_path / "double.pdf"
    printing.paint_pages(
        printer_to(target),
        source,
        6,
        double=True,
        progress=lambda _done, _total: None,
        cancelled=lambda: False,
    )
    assert len(PdfReader(target).pages) == 7  # one empty back after the third page


def test_an_appendix_stays_on_the_leaves_of_its_sheet(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    source = tmp_path / "source.pdf"
    canvas = Canvas(str(source))
    for number, (name, level) in enumerate((("a", 0), ("附表", 1), ("b", 0), ("附表", 1))):
        canvas.bookmarkPage(f"s{number}")
        canvas.addOutlineEntry(name, f"s{number}", level=level)
        canvas.drawString(100, 700, "x")
        canvas.showPage()
    canvas.save()
    assert printing.sheet_ranges(source) == ["1-2", "3-4"]


def test_printing_into_a_file_gives_the_previewed_file(
    open_page: Callable[..., ReportsPage], idle: Idle, tmp_path: Path, said: list[str]
) -> None:
    page = open_page("青石村党支部")
    assert page.made is not None
    target = tmp_path / "打印.pdf"
    printing.print_to(page.desk, printer_to(target), page.made.printed.path, page.made.printed.pages)
    idle(page.desk)
    assert target.read_bytes() == page.made.printed.path.read_bytes()
    assert said == ["已送往“打印.pdf”。"]

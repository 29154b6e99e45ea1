"""The smaller parts: picker, chart, preview, skeleton, lights, problems, theme."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from okr_desk import palette, pinyin
from okr_desk.errors import Refusal
from okr_desk.settings import Settings
from okr_desk.terms import Status
from okr_desk.ui import icons, printing, theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.navigation import ENTRIES
from okr_desk.ui.problems import Problems, report
from okr_desk.ui.widgets import delegates, lights
from okr_desk.ui.widgets.cards import NumberCard
from okr_desk.ui.widgets.figure import FigureView
from okr_desk.ui.widgets.pdf_view import PdfView
from okr_desk.ui.widgets.picker import Choice, Picker
from okr_desk.ui.widgets.wrapping import WrappingRow

Idle = Callable[[Desk], None]


def choices() -> list[Choice]:
    names = {1: ("青山镇", None), 2: ("东岭村党总支", 1), 3: ("东岭村第一党支部", 2), 4: ("单家湾村党支部", 1)}
    return [Choice(key, name, pinyin.keys(name), parent) for key, (name, parent) in names.items()]


@pytest.fixture
def picker(qtbot: QtBot, look: None) -> Picker:
    made = Picker("组织")
    qtbot.addWidget(made)
    made.offer(choices(), 1)
    made.show()
    return made


def test_picker_shows_its_choice_and_tells_a_new_one(picker: Picker, qtbot: QtBot) -> None:
    assert picker.text() == "青山镇"
    assert picker.accessibleName() == "组织 青山镇"
    with qtbot.waitSignal(picker.chosen) as chosen:
        picker.pick(4)
    assert chosen.args == [4]
    with qtbot.assertNotEmitted(picker.chosen):
        picker.pick(4)


@pytest.mark.parametrize(("query", "key"), [("sjw", 4), ("djw", 4), ("第一", 3), ("dlcdz", 2)])
def test_tree_finds_by_initials_and_enter_takes(picker: Picker, qtbot: QtBot, query: str, key: int) -> None:
    tree = picker.open()
    qtbot.keyClicks(tree.search, query) if query.isascii() else tree.search.setText(query)
    with qtbot.waitSignal(picker.chosen) as chosen:
        qtbot.keyClick(tree.search, Qt.Key.Key_Return)
    assert chosen.args == [key]


def test_tree_keeps_what_stands_above_a_match_and_says_when_there_is_none(picker: Picker) -> None:
    tree = picker.open()
    tree.search.setText("第一")
    shown = [item.text(0) for item in tree._items() if not item.isHidden()]
    assert shown == ["青山镇", "东岭村党总支", "东岭村第一党支部"]
    tree.search.setText("没有这个")
    assert tree._nothing.isVisible()
    tree.take_current()
    assert picker.text() == "青山镇"
    tree.close()


def test_chart_is_drawn_off_the_ui_thread_in_the_theme_asked_for(qtbot: QtBot, desk: Desk, idle: Idle) -> None:
    import threading

    asked: list[tuple[tuple[float, float], str, threading.Thread]] = []

    def make(size: tuple[float, float], name: str, dpi: float) -> Any:
        from okr_desk.charts import style

        asked.append((size, name, threading.current_thread()))
        made = style.figure(size, dpi)
        style.axes(made, (20, 10, 10, 20), name)
        return made

    view = FigureView(desk, "走势")
    qtbot.addWidget(view)
    view.resize(600, 300)
    view.show_figure(make)
    view.show()
    qtbot.waitUntil(lambda: view.has_image, timeout=20_000)
    idle(desk)
    size, name, thread = asked[-1]
    assert name == "light"
    assert size[0] / size[1] == pytest.approx(2)
    assert thread is not threading.main_thread()
    assert view.grab().toImage().pixelColor(QPoint(300, 150)).isValid()
    view.show_figure(None)
    assert not view.has_image


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """Five A4 pages."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "sheet.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    for number in range(5):
        canvas.rect(100, 100 + number, 200, 300, fill=1)
        canvas.showPage()
    canvas.save()
    return path


def test_preview_shows_the_real_pages_on_demand(qtbot: QtBot, desk: Desk, idle: Idle, sheet: Path) -> None:
    view = PdfView(desk)
    qtbot.addWidget(view)
    view.resize(700, 600)
    view.show()
    assert not view.buttons["print"].isEnabled()
    view.show_pdf(sheet)
    idle(desk)
    QApplication.processEvents()
    idle(desk)
    assert len(view.pages) == 5
    assert view.place.text() == "第 1 页，共 5 页"
    assert view.pages[0].is_drawn
    assert not view.pages[4].is_drawn
    assert view.pages[0].width() / view.pages[0].height() == pytest.approx(210 / 297, abs=0.01)
    assert view.list.isVisible()
    with qtbot.waitSignal(view.page_shown):
        view.list.setCurrentRow(3)
    QApplication.processEvents()
    idle(desk)
    assert view.pages[3].is_drawn
    fitted = view.zoom_factor()
    view.zoom_by(1)
    assert view.zoom_factor() > fitted
    view.zoom(None)
    assert view.zoom_factor() == pytest.approx(fitted)
    view.show_pdf(None)
    assert view.pages == []


def test_damaged_pdf_is_a_sentence(qtbot: QtBot, desk: Desk, idle: Idle, tmp_path: Path) -> None:
    (tmp_path / "坏.pdf").write_bytes(b"no")
    told: list[str] = []
    desk.refused.connect(told.append)
    view = PdfView(desk)
    qtbot.addWidget(view)
    view.show_pdf(tmp_path / "坏.pdf")
    idle(desk)
    assert "坏.pdf" in told[0]


def test_printing_to_a_file_gives_the_pdf_itself(desk: Desk, idle: Idle, sheet: Path, tmp_path: Path) -> None:
    from PySide6.QtPrintSupport import QPrinter

    printer = QPrinter()
    printer.setOutputFileName(str(tmp_path / "出.pdf"))
    said: list[str] = []
    desk.noticed.connect(said.append)
    printing.print_to(desk, printer, sheet, 5)
    idle(desk)
    assert (tmp_path / "出.pdf").read_bytes() == sheet.read_bytes()
    assert said == ["已送往“出.pdf”。"]


def test_pages_are_painted_opaque_where_files_cannot_be_handed_over(sheet: Path, tmp_path: Path, qapp: Any) -> None:
    from PySide6.QtPrintSupport import QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "画.pdf"))
    printer.setFullPage(True)
    printer.setFromTo(2, 3)
    steps: list[tuple[int, int]] = []
    printing.paint_pages(printer, sheet, 5, progress=lambda *step: steps.append(step), cancelled=lambda: False)
    from okr_desk.reports import preview

    assert preview.page_count(tmp_path / "画.pdf") == 2
    assert steps == [(1, 2), (2, 2)]


def test_every_light_has_its_own_shape_in_grey(look: None) -> None:
    """A shape per status: drawn in one tone, no two are alike."""
    drawn = set()
    for status in Status:
        image = QImage(32, 32, QImage.Format.Format_Grayscale8)
        image.fill(255)
        painter = QPainter(image)
        lights.draw_shape(painter, QRectF(0, 0, 32, 32), status, faint=True)
        painter.end()
        drawn.add(bytes(image.constBits()))
    assert len(drawn) == len(Status)


def test_a_missing_value_is_hollow_and_a_zero_is_not(look: None) -> None:
    def drawn(raw: Decimal | None) -> bytes:
        image = QImage(200, 30, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        value = delegates.BarValue(raw, Decimal("0.5"), Status.DUE, "")
        delegates.draw_bar(painter, QRectF(0, 0, 200, 30), value)
        painter.end()
        return bytes(image.constBits())

    assert drawn(None) != drawn(Decimal(0)) != drawn(Decimal("0.4"))


def test_bars_of_a_column_are_equally_long_whatever_is_said_beside_them(look: None) -> None:
    """ "100%（实113%）" under "94%": the same share ends at the same place."""

    def length(words: str, wide: int, beside: str = "") -> int:
        image = QImage(wide, 30, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        value = delegates.BarValue(Decimal("0.5"), None, Status.ON_TRACK, words, beside)
        delegates.draw_bar(painter, QRectF(0, 0, wide, 30), value)
        painter.end()
        track = theme.colour("track").rgb()
        return max(x for x in range(wide) if image.pixel(x, 15) == track)

    longest = "100%（实113%）"
    wide = delegates.bar_room(longest)
    assert length("94%", wide) == length(longest, wide) == length("5%", wide + 200)
    assert length("5%", delegates.bar_room("")) == length("100%", delegates.bar_room(""))
    narrow = wide - 30
    assert length("5%", narrow, longest) == length(longest, narrow, longest) < length(longest, wide)


def test_number_card_speaks_and_opens_with_the_keyboard(qtbot: QtBot, look: None) -> None:
    card = NumberCard("未报支部")
    qtbot.addWidget(card)
    card.set("2", "最早 10月8日")
    card.show()
    assert card.accessibleName() == "未报支部 2 最早 10月8日"
    with qtbot.waitSignal(card.pressed):
        qtbot.keyClick(card, Qt.Key.Key_Return)
    with qtbot.waitSignal(card.pressed):
        qtbot.mouseClick(card, Qt.MouseButton.LeftButton)


def test_bug_gets_a_report_that_can_be_copied(qtbot: QtBot, bare_desk: Desk, caplog: Any) -> None:
    from PySide6.QtWidgets import QWidget

    window = QWidget()
    qtbot.addWidget(window)
    problems = Problems(bare_desk, window)
    try:
        1 / 0  # noqa: B018
    except ZeroDivisionError as error:
        problems.show(error)
        problems.show(error)
    assert problems.dialog is not None
    assert problems.dialog.details.toPlainText().count("ZeroDivisionError") == 2
    next(button for button in problems.dialog.findChildren(QPushButton) if button.text() == "复制详情").click()
    assert "okr_desk" in QGuiApplication.clipboard().text()
    QGuiApplication.clipboard().clear()
    problems.dialog.close()
    caplog.clear()


def test_refusal_that_nobody_caught_is_only_a_sentence(qtbot: QtBot, bare_desk: Desk) -> None:
    from PySide6.QtWidgets import QWidget

    window = QWidget()
    qtbot.addWidget(window)
    problems = Problems(bare_desk, window)
    with qtbot.waitSignal(bare_desk.refused) as told:
        problems._hook(Refusal, Refusal("磁盘空间不足。"), None)
    assert told.args == ["磁盘空间不足。"]
    assert problems.dialog is None
    assert "Refusal" in report(Refusal("磁盘空间不足。"))


@pytest.mark.parametrize("size", ["standard", "large", "huge"])
@pytest.mark.parametrize("name", ["light", "dark"])
def test_theme_sets_palette_fonts_and_icons(qapp: QApplication, qtbot: QtBot, name: str, size: str) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    icons.dress(button, "save")
    theme.apply(qapp, Settings(theme=name, text_size=size))
    assert theme.current() == name
    assert qapp.palette().window().color().name() == palette.colour("window", name)
    assert theme.font().pointSizeF() == theme.POINTS[size][0]
    assert button.iconSize().height() == theme.line_height()
    drawn = button.icon().pixmap(theme.line_height(), theme.line_height()).toImage()
    at = [drawn.pixelColor(x, y) for x in range(drawn.width()) for y in range(drawn.height())]
    colours = {pixel.name() for pixel in at if pixel.alpha() == 255}
    assert colours == {palette.colour("text", name)}
    theme.apply(qapp, Settings(theme="light"))


def test_faces_have_chinese_and_rare_characters(look: None) -> None:
    metrics = QFontMetrics(theme.font())
    for character in "堃喆䶮":
        assert metrics.inFontUcs4(ord(character)), character


def test_every_entry_and_button_has_its_drawing(look: None) -> None:
    for entry in ENTRIES:
        for name in (entry.icon, f"{entry.icon}_filled"):
            assert not icons.icon(name).pixmap(20, 20).isNull()


def test_system_theme_follows_and_unknown_is_light(qapp: QApplication) -> None:
    theme.apply(qapp, replace(Settings(), theme="system"))
    assert theme.current() in ("light", "dark")
    theme.apply(qapp, Settings(theme="light"))


def test_a_row_of_buttons_wraps_and_clips_none(qtbot: QtBot, look: None) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    row = WrappingRow(6)
    place.setLayout(row)
    buttons = [QPushButton(words, place) for words in ("Categories of branches", "Change", "New Party organisation")]
    for number, button in enumerate(buttons):
        row.insert(number, button)
    hidden = QPushButton("Hidden", place)
    row.insert(1, hidden)
    hidden.hide()
    place.resize(900, row.heightForWidth(900) + 40)
    place.show()
    assert len({button.y() for button in buttons}) == 1
    assert buttons[-1].geometry().right() <= row.contentsRect().right() and buttons[0].x() > 100  # set right
    narrow = max(button.sizeHint().width() for button in buttons) + 30
    place.resize(narrow, 300)
    assert all(button.width() >= button.sizeHint().width() and button.x() >= 0 for button in buttons)
    assert len({button.y() for button in buttons}) > 1
    assert row.heightForWidth(narrow) > row.heightForWidth(900)

"""填报表: one form per branch, with its key results locked and its own cells open; it comes back by hidden ids.

The columns are those of `sheets.py`, so that what is written here is what the reader looks for.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from okr_desk.errors import Cancelled, WrongState
from okr_desk.exchange import tables
from okr_desk.exchange.returns import STAMP_SHEET, VERSION
from okr_desk.exchange.sheets import Column, SheetKind, declaration
from okr_desk.files import write_atomically
from okr_desk.i18n import _, using
from okr_desk.model.store import Store, today
from okr_desk.queries import board as query
from okr_desk.queries import cycles, orgs
from okr_desk.queries.objectives import Board, KeyResultView
from okr_desk.queries.wording import plan_text, target_text
from okr_desk.terms import KrKind

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

HEAD = 2
"""The row of heads, counted from 0; title and recorder stand above it."""

BLANK_ROWS = 12
DICTIONARY_SHEET = "字典"
_WIDTHS = {
    "kr": 8, "name": 30, "unit": 9, "baseline": 9, "target": 10, "plan": 10, "value": 13, "confidence": 11,
    "progress": 30, "difficulty": 26, "uid": 4,
}  # fmt: skip
_OPEN = frozenset({"value", "confidence", "progress", "difficulty"})
_LARGEST = 10**12


@dataclass(frozen=True)
class _Styles:
    title: Format
    plain: Format
    head: Format
    locked: Format
    locked_centre: Format
    locked_number: Format
    open: Format
    open_number: Format
    open_words: Format
    note: Format


def write(path: Path, board: Board, *, blank: bool = False) -> Path:
    """Write the form of one branch and quarter; `blank` gives empty lines for a pen. Raises FileRefused."""
    return write_atomically(path, form(board, blank=blank))


def write_for_quarter(
    store: Store,
    year: int,
    number: int,
    folder: Path,
    *,
    blank: bool = False,
    org_ids: Collection[int] | None = None,
    progress: Callable[[int, int, str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[Path, ...]:
    """One form for each branch that has key results (of `org_ids`, or all), in the order of the roster.

    Raises WrongState when there is no such quarter, and as `write_all`.
    """
    with store.read() as session:
        quarter = cycles.quarter(session, year, number)
        if quarter is None:
            raise WrongState(_("{year}年度还没有建立，请先在“年度与季度”中建立。").format(year=year))
        day = min(today(session), quarter.ends_on)
        wanted = [org for org in orgs.tree(session, day) if org_ids is None or org.id in org_ids]
        found = query.boards(session, quarter, wanted)
    boards = [found[org.id] for org in wanted if found[org.id].key_results]
    return write_all(boards, folder, blank=blank, progress=progress, cancelled=cancelled)


def write_all(
    boards: Sequence[Board],
    folder: Path,
    *,
    blank: bool = False,
    progress: Callable[[int, int, str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[Path, ...]:
    """One form per branch into `folder`, named by branch and quarter.

    `progress(done, total, name)` before each. Raises Cancelled between two forms, FileRefused.
    """
    made: list[Path] = []
    for number, board in enumerate(boards):
        if cancelled and cancelled():
            raise Cancelled(_("已停止生成填报表，已生成 {n} 份。").format(n=number))
        if progress:
            progress(number, len(boards), board.org.short_name)
        made.append(write(folder / file_name(board), board, blank=blank))
    return tuple(made)


def file_name(board: Board) -> str:
    """青石村党支部_2026Q3_填报表.xlsx, without characters that a disk refuses."""
    short = "".join(c for c in board.org.short_name if c not in '<>:"/\\|?*.' and unicodedata.category(c)[0] != "C")
    return _("{org}_{quarter}_填报表").format(org=short or board.org.id, quarter=board.quarter.key) + ".xlsx"


def form(board: Board, *, blank: bool = False) -> bytes:
    """The bytes of a form, always in Chinese: it is a document of the office, and the reader knows its heads."""
    import xlsxwriter

    memory = io.BytesIO()
    with using("zh_CN"), xlsxwriter.Workbook(memory, tables.TEXT_STAYS_TEXT) as book:
        sheet = book.add_worksheet(_("填报表"))
        styles = _styles(book)
        _head(sheet, board, styles)
        key_results: Sequence[KeyResultView | None] = [None] * BLANK_ROWS if blank else board.key_results
        for row, key_result in enumerate(key_results, HEAD + 1):
            _line(sheet, row, key_result, styles)
        _foot(sheet, HEAD + 1 + len(key_results), styles)
        _paper(sheet)
        _dictionary(book)
        _stamp(book, board)
    return memory.getvalue()


def columns() -> tuple[Column, ...]:
    """The columns of the form, in order."""
    return declaration(SheetKind.RETURN).columns


def _head(sheet: Worksheet, board: Board, styles: _Styles) -> None:
    last = len(columns()) - 2
    title = _("{org}{quarter}关键结果填报表").format(org=board.org.full_name, quarter=board.quarter.label)
    sheet.merge_range(0, 0, 0, last, tables.clean(title), styles.title)
    sheet.set_row(0, 30)
    sheet.set_row(1, 22)
    sheet.write_string(1, 0, _("填报人："), styles.plain)
    sheet.write_blank(1, 1, None, styles.open_words)
    sheet.merge_range(1, 3, 1, 4, _("填报日期："), styles.plain)
    sheet.merge_range(1, 5, 1, 6, "", styles.open_words)
    for number, column in enumerate(columns()):
        sheet.write_string(HEAD, number, _(column.title), styles.head)
        sheet.set_column(number, number, _WIDTHS[column.key], None, {"hidden": column.key == "uid"})
    sheet.set_row(HEAD, 30)
    sheet.freeze_panes(HEAD + 1, 2)


def _line(sheet: Worksheet, row: int, key_result: KeyResultView | None, styles: _Styles) -> None:
    known = {} if key_result is None else _known(key_result)
    for number, column in enumerate(columns()):
        style = _style_of(column.key, key_result, styles)
        tables.put(sheet, row, number, known.get(column.key), style)
        rule = _validation(column.key, key_result)
        if rule:
            sheet.data_validation(row, number, row, number, rule)
    sheet.set_row(row, 34)


def _known(key_result: KeyResultView) -> dict[str, object]:
    """What the office states: texts, and exact numbers as number cells."""
    numbers = key_result.kind in (KrKind.METRIC, KrKind.SATISFACTION)
    return {
        "kr": key_result.code,
        "name": _named(key_result),
        "unit": key_result.unit,
        "baseline": key_result.baseline,
        "target": key_result.target if numbers else target_text(key_result),
        "plan": key_result.planned if numbers else plan_text(key_result),
        "uid": key_result.uid,
    }


def _named(key_result: KeyResultView) -> str:
    """A milestone names its nodes, because the hint at the cell is not seen on paper."""
    nodes = "、".join(node.name for node in key_result.nodes)
    return f"{key_result.title}（{nodes}）" if nodes else key_result.title


def _style_of(key: str, key_result: KeyResultView | None, styles: _Styles) -> Format:
    if key_result is None and key != "uid":
        return styles.open_words
    if key == "value":
        words = key_result is not None and key_result.kind is KrKind.MILESTONE
        return styles.open_words if words else styles.open_number
    if key in _OPEN:
        return styles.open if key == "confidence" else styles.open_words
    if key in ("kr", "unit"):
        return styles.locked_centre
    return styles.locked_number if key in ("baseline", "target", "plan") else styles.locked


def _validation(key: str, key_result: KeyResultView | None) -> dict[str, object] | None:
    if key == "confidence":
        return {
            "validate": "integer",
            "criteria": "between",
            "minimum": 1,
            "maximum": 10,
            "error_title": _("信心"),
            "error_message": _("请填 1 到 10 的整数，10 为最有把握。"),
        }
    if key != "value" or key_result is None:
        return None
    if key_result.kind is KrKind.YES_NO:
        return {
            "validate": "list",
            "source": f"='{DICTIONARY_SHEET}'!$A$1:$A$2",
            "error_title": _("本季实绩"),
            "error_message": _("请选“是”或“否”。"),
        }
    if key_result.kind is KrKind.MILESTONE:
        names = "、".join(node.name for node in key_result.nodes)
        return {
            "validate": "any",
            "input_title": _("已完成的节点"),
            "input_message": _("用顿号分开，例如：{names}").format(names=names)[:250],
        }
    percent = key_result.unit == "%"
    return {
        "validate": "decimal",
        "criteria": "between",
        "minimum": 0 if percent else -_LARGEST,
        "maximum": 1000 if percent else _LARGEST,
        "error_title": _("本季实绩"),
        "error_message": _("只填数字，不写“约”“无”等字；没有数据请留空。百分数填 95.2，不填 0.952。"),
    }


def _foot(sheet: Worksheet, row: int, styles: _Styles) -> None:
    last = len(columns()) - 2
    note = _("注：只填白色格；没有数据请留空，不要填 0；年累计指标填年初至季末累计数。不得填写国家秘密。")
    sheet.merge_range(row, 0, row, last, note, styles.note)
    sheet.set_row(row + 1, 40)
    sheet.merge_range(row + 1, 0, row + 1, 2, _("支部书记签字："), styles.plain)
    sheet.merge_range(row + 1, 3, row + 1, 7, _("（盖章）"), styles.plain)
    sheet.merge_range(row + 1, 8, row + 1, last, _("年    月    日"), styles.plain)


def _paper(sheet: Worksheet) -> None:
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.center_horizontally()
    sheet.set_footer(_("&C第 &P 页 共 &N 页"))
    sheet.protect("", {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True})


def _dictionary(book: Workbook) -> None:
    sheet = book.add_worksheet(DICTIONARY_SHEET)
    for row, word in enumerate((_("是"), _("否"))):
        sheet.write_string(row, 0, word)
    sheet.hide()


def _stamp(book: Workbook, board: Board) -> None:
    """What a return is recognised by, whatever happens to its name and title."""
    sheet = book.add_worksheet(STAMP_SHEET)
    rows = (
        ("版本", str(VERSION)),
        ("组织标识", board.org.uid),
        ("党支部", board.org.short_name),
        ("年", str(board.quarter.year)),
        ("季度", str(board.quarter.number)),
    )
    for number, (name, value) in enumerate(rows):
        sheet.write_string(number, 0, name)
        sheet.write_string(number, 1, value)
    sheet.hide()


def _styles(book: Workbook) -> _Styles:
    from xlsxwriter.color import Color

    grey = Color.theme(0, 1)
    base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "text_wrap": True}
    boxed = {**base, "border": 1}
    return _Styles(
        title=book.add_format({**base, "font_size": 16, "bold": True, "align": "center"}),
        plain=book.add_format(base),
        head=book.add_format({**boxed, "bold": True, "align": "center", "bg_color": grey}),
        locked=book.add_format({**boxed, "bg_color": grey}),
        locked_centre=book.add_format({**boxed, "bg_color": grey, "align": "center"}),
        locked_number=book.add_format({**boxed, "bg_color": grey, "align": "right"}),
        open=book.add_format({**boxed, "locked": False, "align": "center"}),
        open_number=book.add_format({**boxed, "locked": False, "align": "right"}),
        open_words=book.add_format({**boxed, "locked": False}),
        note=book.add_format({**base, "font_size": 9}),
    )

"""Workbooks as plain cells, read in a limited child process: one process for a whole folder.

Numbers come back as exact decimals with their number format, so that 0.791 shown as 79.1% is known to be 79.1;
hidden rows and comments come along because people use both to say something.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from okr_desk.errors import Cancelled, FileRefused
from okr_desk.exchange.limited import LimitedProcess
from okr_desk.i18n import N_, _

SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".ett", ".ods", ".csv"})
LARGEST = 30_000_000
PATIENCE = 25.0
"""Seconds that one workbook may take."""

_MOST_FILES = 200
"""After so many a new process begins, because its processor time is limited as a whole."""

_SENTENCES = {
    "empty": N_("“{name}”是空文件，请对方重新发送。"),
    "temporary": N_("“{name}”是 WPS 或 Excel 打开文件时留下的临时文件，不含数据，已跳过。"),
    "locked": N_("“{name}”打不开：可能正被 WPS 或 Excel 占用，请关闭后再导入。"),
    "unreachable": N_("“{name}”读不出来，请检查 U 盘或文件夹后再导入。"),
    "missing": N_("找不到“{name}”，请检查文件名和位置。"),
    "encrypted": N_("“{name}”设有打开密码，请在 WPS 中取消密码、另存后再导入。"),
    "damaged": N_("“{name}”已损坏，请用 WPS 打开并另存为 .xlsx 后再导入。"),
    "foreign": N_("“{name}”不是电子表格，请用 WPS 另存为 .xlsx 后再导入。"),
    "bomb": N_("“{name}”展开后过大，不像正常的报表，没有读取。"),
    "large": N_("“{name}”超过 30 MB，请删去图片等无关内容后再导入。"),
    "slow": N_("“{name}”读取时间过长，已停止，请用 WPS 另存为 .xlsx 后再导入。"),
}


@dataclass(frozen=True)
class Cell:
    """One filled cell. `shown` is the text as a person sees it in the workbook."""

    row: int
    column: int
    value: str | Decimal | date | bool
    shown: str
    percent: bool = False
    hidden: bool = False
    comment: str = ""
    lost_formula: bool = False

    @property
    def address(self) -> str:
        """Like F7."""
        return address(self.row, self.column)


@dataclass(frozen=True)
class Sheet:
    """One worksheet: filled cells by (row, column), merged areas, and whether rows beyond the limit were left out."""

    name: str
    hidden: bool
    cells: dict[tuple[int, int], Cell]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    cut: bool = False

    @cached_property
    def rows(self) -> int:
        """The last filled row."""
        return max((row for row, _column in self.cells), default=0)

    @cached_property
    def columns(self) -> int:
        """The last filled column."""
        return max((column for _row, column in self.cells), default=0)

    def text(self, row: int, column: int) -> str:
        """What is shown in a cell without outer spaces; "" when empty."""
        cell = self.cells.get((row, column))
        return cell.shown.strip() if cell else ""

    def head_text(self, row: int, column: int) -> str:
        """Like `text`, and inside a merged area the text of its first cell."""
        for top, left, bottom, right in self.merged:
            if top <= row <= bottom and left <= column <= right:
                return self.text(top, left)
        return self.text(row, column)


@dataclass(frozen=True)
class Workbook:
    """A workbook that could be read, or the sentence that says why not."""

    path: Path
    sheets: tuple[Sheet, ...] = field(default=())
    refused: str = ""
    label: str = ""

    @property
    def name(self) -> str:
        """What people call the file: its name, with the folder where two have the same."""
        return self.label or self.path.name


def address(row: int, column: int) -> str:
    """Row 7, column 6 is F7."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def find_files(paths: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """The workbooks at `paths` (folders with what is below them), and the other files found there.

    Raises FileRefused when a path does not exist.
    """
    workbooks: list[Path] = []
    others: list[Path] = []
    for path in paths:
        if path.is_dir():
            for file in sorted(p for p in path.rglob("*") if p.is_file()):
                (workbooks if file.suffix.lower() in SUFFIXES else others).append(file)
        elif path.exists():
            workbooks.append(path)
        else:
            raise FileRefused(sentence("missing", path))
    return list(dict.fromkeys(workbooks)), list(dict.fromkeys(others))


def read_workbooks(
    files: Sequence[Path],
    *,
    progress: Callable[[int, int, str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    patience: float = PATIENCE,
) -> Iterator[Workbook]:
    """Each file as a Workbook, in order; a file that cannot be read comes back with its sentence, never an error.

    `progress(done, total, name)` is called before each file. Raises Cancelled when `cancelled()` says so.
    """
    child: LimitedProcess | None = None
    try:
        for number, path in enumerate(files):
            if cancelled and cancelled():
                raise Cancelled(_("已停止导入，没有写入任何内容。"))
            if progress:
                progress(number, len(files), path.name)
            word = first_look(path)
            if word:
                yield Workbook(path, refused=sentence(word, path))
                continue
            child = child or LimitedProcess()
            answer = child.ask(str(path), patience)
            if child.ended or child.asked >= _MOST_FILES:
                child.close()
                child = None
            yield _workbook(path, answer)
    finally:
        if child:
            child.close()


def is_lock_file(name: str) -> bool:
    """What WPS and Excel leave beside an open workbook holds no data."""
    return name.rpartition("/")[2].startswith(("~$", ".~"))


def first_look(path: Path) -> str:
    """The reason word for a file that need not be opened at all; "" when it is worth a try."""
    if is_lock_file(path.name):
        return "temporary"
    try:
        size = path.stat().st_size
    except OSError:
        return "missing"
    if size == 0:
        return "empty"
    return "large" if size > LARGEST else ""


def sentence(word: str, path: Path) -> str:
    """What a reason word says to a person."""
    return _(_SENTENCES[word]).format(name=path.name)


def _workbook(path: Path, answer: dict[str, object]) -> Workbook:
    word = answer.get("refused")
    if isinstance(word, str):
        return Workbook(path, refused=sentence(word, path))
    sheets = answer.get("sheets")
    assert isinstance(sheets, list)
    return Workbook(path, tuple(_sheet(entry) for entry in sheets))


def _sheet(entry: dict[str, object]) -> Sheet:
    raw_cells, raw_merged = entry["cells"], entry["merged"]
    assert isinstance(raw_cells, list) and isinstance(raw_merged, list)
    cells = (_cell(*raw) for raw in raw_cells)
    return Sheet(
        str(entry["name"]),
        bool(entry["hidden"]),
        {(cell.row, cell.column): cell for cell in cells},
        tuple((int(a), int(b), int(c), int(d)) for a, b, c, d in raw_merged),
        bool(entry["cut"]),
    )


def _cell(row: int, column: int, kind: str, text: str, percent: int, hidden: bool, comment: str, lost: bool) -> Cell:
    value: str | Decimal | date | bool = text
    shown = text
    if kind == "n":
        number = Decimal(text)
        value = number
        shown = f"{number * 100:.{percent}f}%" if percent >= 0 and number.is_finite() else text
    elif kind == "d":
        value = date.fromisoformat(text[:10])
    elif kind == "b":
        value, shown = text == "1", "TRUE" if text == "1" else "FALSE"
    return Cell(row, column, value, shown, percent >= 0 and kind == "n", hidden, comment, lost)

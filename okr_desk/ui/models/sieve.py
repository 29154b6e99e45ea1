"""Which rows of a table are shown, and in which order."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt, Signal

from okr_desk import pinyin
from okr_desk.ui.models.rows import KEYS, ROW, SORT


class Sieve(QSortFilterProxyModel):
    """Search over all columns, one filter per column, missing values always last."""

    counted = Signal(int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._query = ""
        self._filters: dict[int, str] = {}
        self._group: Callable[[Any], Any] | None = None

    def keep_together(self, group: Callable[[Any], Any]) -> None:
        """Sort only within rows of the same `group(row)`; the groups keep their own order, rising or falling."""
        self._group = group

    def search(self, query: str) -> None:
        """Show rows of which some cell answers `query` (characters, full pinyin, initials)."""
        self._query = query.strip()
        self.invalidateFilter()
        self.tell_count()

    def filter_column(self, column: int, query: str) -> None:
        """Show rows whose cell in `column` answers `query`; `>80`, `<=3` compare numbers."""
        self._filters.pop(column, None)
        if query.strip():
            self._filters[column] = query.strip()
        self.invalidateFilter()
        self.tell_count()

    def tell_count(self) -> None:
        """Say how many rows are shown of how many."""
        source = self.sourceModel()
        self.counted.emit(self.rowCount(), source.rowCount() if source else 0)

    def filterAcceptsRow(self, row: int, parent: QModelIndex | QPersistentModelIndex) -> bool:
        source = self.sourceModel()
        for column, query in self._filters.items():
            if not _answers(source.index(row, column, parent), query):
                return False
        if not self._query:
            return True
        columns = getattr(source, "searched", range(source.columnCount()))
        cells = (source.index(row, column, parent) for column in columns)
        return any(pinyin.matches(self._query, str(cell.data() or ""), cell.data(KEYS) or "") for cell in cells)

    def lessThan(self, left: QModelIndex | QPersistentModelIndex, right: QModelIndex | QPersistentModelIndex) -> bool:
        if self._group is not None:
            one, other = self._group(left.data(ROW)), self._group(right.data(ROW))
            if one != other:
                return bool(one < other) != (self.sortOrder() == Qt.SortOrder.DescendingOrder)
        first, second = left.data(SORT), right.data(SORT)
        if first is None or second is None:
            falling = self.sortOrder() == Qt.SortOrder.DescendingOrder
            return (first is not None) != falling if (first is None) != (second is None) else False
        try:
            return bool(first < second)
        except TypeError:
            return str(first) < str(second)


def _answers(cell: Any, query: str) -> bool:
    for sign in (">=", "<=", ">", "<", "="):
        if query.startswith(sign):
            return _compares(_amount(cell), sign, query[len(sign) :].rstrip("%％ "))
    return pinyin.matches(query, str(cell.data() or ""), cell.data(KEYS) or "")


def _amount(cell: Any) -> Any:
    """The number as it is typed: a share that is shown as 65% answers to 65."""
    value, shown = cell.data(SORT), str(cell.data() or "")
    if isinstance(value, Decimal) and shown.endswith("%"):
        said = float(shown.rstrip("%").replace(",", "").replace("−", "-"))
        return value * 100 if abs(float(value) * 100 - said) <= 1 else value
    return value


def _compares(value: Any, sign: str, typed: str) -> bool:
    try:
        limit = Decimal(typed)
    except ArithmeticError:
        return True
    if not isinstance(value, int | Decimal):
        return False
    return {
        ">=": value >= limit,
        "<=": value <= limit,
        ">": value > limit,
        "<": value < limit,
        "=": value == limit,
    }[sign]

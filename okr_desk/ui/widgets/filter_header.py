"""A table header with a row of filter fields under the titles."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QLineEdit, QTableView

from okr_desk.i18n import _
from okr_desk.ui import theme


class FilterHeader(QHeaderView):
    """Titles as usual; `show_filters` opens one field a column."""

    filter_changed = Signal(int, str)

    def __init__(self, view: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self.fields: list[QLineEdit] = []
        self._open = False
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for moved in (self.sectionResized, self.sectionMoved):
            moved.connect(self._place)
        view.horizontalScrollBar().valueChanged.connect(self._place)

    def show_filters(self, shown: bool) -> None:
        """Open or close the row; closing clears it."""
        self._open = shown
        if shown and not self.fields:
            self._make()
        for field in self.fields:
            if not shown:
                field.clear()
            field.setVisible(shown)
        self.updateGeometries()
        self._place()
        if shown and self.fields:
            self.fields[0].setFocus()

    def sizeHint(self) -> QSize:
        found = super().sizeHint()
        if self._open and self.fields:
            found.setHeight(found.height() + self.fields[0].sizeHint().height() + theme.gap(0.2))
        return found

    def updateGeometries(self) -> None:
        below = self.fields[0].sizeHint().height() + theme.gap(0.2) if self._open and self.fields else 0
        self.setViewportMargins(0, 0, 0, below)
        super().updateGeometries()
        self._place()

    def _make(self) -> None:
        model = self.model()
        for column in range(model.columnCount()):
            title = str(model.headerData(column, Qt.Orientation.Horizontal) or "")
            field = QLineEdit(self)
            field.setPlaceholderText(_("筛选"))
            field.setToolTip(_("输入文字或拼音；数字列可以写 >80、<=3"))
            field.setAccessibleName(_("筛选 {column}").format(column=title))
            field.textChanged.connect(lambda words, at=column: self.filter_changed.emit(at, words))
            self.fields.append(field)

    def _place(self) -> None:
        if not self._open:
            return
        for column, field in enumerate(self.fields):
            height = field.sizeHint().height()
            x = self.sectionPosition(column) - self.offset()
            field.setGeometry(x + 2, self.height() - height - 2, max(0, self.sectionSize(column) - 4), height)
            field.setVisible(not self.isSectionHidden(column))

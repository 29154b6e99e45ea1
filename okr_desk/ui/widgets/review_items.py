"""核分: what each line is worth, computed, by the branch and as it stands; below, what is typed and not saved."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from okr_desk.i18n import _
from okr_desk.queries import score_results
from okr_desk.queries.review_items import Items
from okr_desk.review_terms import Party
from okr_desk.scoring.explained import Explained
from okr_desk.scoring.rounding import plain
from okr_desk.terms import label
from okr_desk.ui import icons, theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.fields import optional_number
from okr_desk.ui.models.review_grid import Column, Typed
from okr_desk.ui.models.review_rows import UNEQUAL
from okr_desk.ui.models.score_figures import PLACES
from okr_desk.ui.widgets.review_table import ReviewTable
from okr_desk.ui.widgets.take_out import TakeOut
from okr_desk.ui.wording import sentences

PARTIES = (Party.LEADER, Party.PEERS)
ROOM = 36
"""Characters of width from which the line above the table says all."""
_HORIZONTAL = Qt.Orientation.Horizontal


class ItemsPlace(QWidget):
    """`explain_asked` tells title and Explained of a figure, `changed` that something was typed into a whole score.

    What was typed there is kept by who listens, and comes back with the branch.
    """

    explain_asked = Signal(str, object)
    save_asked = Signal()
    drop_asked = Signal()
    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.items: Items | None = None
        self.words, self.note, self.count = QLabel(self), QLabel(self), QLabel(self)
        self.table = ReviewTable(self)
        self.grid = self.table.grid
        self.wholes = {party: QLineEdit(self) for party in PARTIES}
        self.out = TakeOut(desk, _("核分表"), self.block, self.block, self)
        self.save_button = QPushButton(_("保存核分"), self)
        self.drop_button = QPushButton(_("放弃改动"), self)
        self._parties = QWidget(self)
        self._assemble()

        self.table.explain_asked.connect(self._explain)
        self.table.row_changed.connect(self._show_note)
        self.save_button.clicked.connect(self.save_asked)
        self.drop_button.clicked.connect(self.drop_asked)
        for field in self.wholes.values():
            field.textEdited.connect(lambda _text: self.changed.emit())

    def show_items(
        self,
        items: Items,
        typed: Mapping[int, Typed],
        wholes: Mapping[Party, str],
        writes: Column | None,
        *,
        may_save: bool,
    ) -> None:
        """Show a branch's lines with what was typed into them and into the whole scores.

        `writes`: the column one types into, `may_save`: whether that is kept by itself.
        """
        row = self.table.currentIndex()
        is_same = self.items is not None and self.items.sheet.org.id == items.sheet.org.id
        self.items = items
        self.grid.show(items.items, typed, writes)
        self.table.fit()
        if is_same and row.isValid() and row.row() < len(items.items):
            self.table.setCurrentIndex(self.grid.index(row.row(), row.column()))
        self._say()
        self._parties.setVisible(may_save or bool(items.wholes))
        for party, field in self.wholes.items():
            field.setReadOnly(not may_save)
            text = wholes.get(party, self._stored(party))
            if field.text() != text:
                field.setText(text)  # else the cursor would jump while one types
            field.setModified(party in wholes)
        self._may_save = may_save
        self.follow()

    def follow(self) -> None:
        """Say what is typed and not saved; what can be done with it."""
        count = len(self.grid.drafts()) + len(self.typed_wholes)
        has_lines = bool(self.grid.drafts())
        self.save_button.setVisible(self._may_save and count > 0)
        self.drop_button.setVisible(count > 0)
        said = ""
        if count and self._may_save:
            said = _("{n} 处未保存").format(n=count)
        elif has_lines and self.grid.writes is Column.OWN:
            said = _("有 {n} 项自评与系统计算不同，随“报送自评”一并报送。").format(n=count)
        elif has_lines:
            said = _("有 {n} 项更正，随“更正并出新版”一并办理。").format(n=count)
        self.count.setText(said)
        self.count.setToolTip(said)
        self.count.setVisible(bool(said))
        self._show_note(self.table.currentIndex().row())

    @property
    def typed_wholes(self) -> tuple[Party, ...]:
        """Whose scores out of a hundred were typed and are not saved."""
        return tuple(self.whole_texts)

    @property
    def whole_texts(self) -> dict[Party, str]:
        """What was typed there and says something else than what is stored."""
        texts = {party: field.text().strip() for party, field in self.wholes.items() if field.isModified()}
        return {party: text for party, text in texts.items() if text != self._stored(party)}

    def whole_points(self) -> dict[Party, Decimal | None]:
        """The scores typed. Raises InputRefused for what is no number."""
        return {one: optional_number(self.wholes[one].text(), "points", label(one)) for one in self.typed_wholes}

    def forget_wholes(self) -> None:
        """What was typed there has been saved or given up."""
        for party, field in self.wholes.items():
            field.setText(self._stored(party))
            field.setModified(False)

    def refuse(self, sentence: str) -> None:
        """Say under the table why something cannot be taken."""
        self.note.setText(sentence)
        self.note.setProperty("refusal", True)
        self._polish()

    def block(self) -> list[list[str]]:
        """Headers and all rows as text, to copy and export."""
        heads = [str(self.grid.headerData(column, _HORIZONTAL)) for column in Column]
        return [heads, *([self.grid.text(row, column) for column in Column] for row in range(len(self.grid.rows)))]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say()

    # Inside

    def _stored(self, party: Party) -> str:
        """What stands for a whole score."""
        said = None if self.items is None else self.items.wholes.get(party)
        return "" if said is None or said.points is None else plain(said.points, PLACES)

    def _save_by_key(self) -> None:
        """Only where the button stands: points of a branch's own go with its report."""
        if self.save_button.isVisible():
            self.save_asked.emit()

    def _say(self) -> None:
        """In one line where there is room for it; what the lines come to is left to the tip where there is not."""
        if self.items is not None:
            long = self._said(self.items, long=True)
            has_room = self.width() > theme.span(self, ROOM)
            self.words.setText(long if has_room else self._said(self.items, long=False))
            self.words.setToolTip(long)
            self._fit(has_room)

    def _fit(self, has_room: bool) -> None:
        """Captions and words of buttons give way where they would be cut; fields and icons stay."""
        short = {Party.LEADER: _("领导评分"), Party.PEERS: _("互评")}
        for caption, (party, field) in zip(self._captions, self.wholes.items(), strict=True):
            caption.setVisible(has_room)
            field.setPlaceholderText("" if has_room else short[party])
        for button, words in ((self.save_button, _("保存核分")), (self.drop_button, _("放弃改动"))):
            button.setText(words if has_room else "")
            button.setToolTip(words)
            button.setAccessibleName(words)

    def _said(self, items: Items, *, long: bool) -> str:
        """The total that stands with its grade; beside it what the lines come to by the branch and as they stand."""
        sheet = items.sheet
        if sheet.sheet is None or sheet.sheet.total.points is None:
            return ""
        grade = score_results.marked_grade(sheet) if sheet.grade is not None else ""
        said = _("现行总分 {points}").format(points=plain(sheet.sheet.total.points, PLACES))
        said += _("，等次“{grade}”。").format(grade=grade) if grade else _("。")
        if items.own_total is None or not long:
            return said
        standing = sum((one.points for one in items.items if one.points is not None), Decimal(0))
        more = _("各项合计：自评 {own}，现行 {now}。")
        more = more.format(own=plain(items.own_total, PLACES), now=plain(standing, PLACES))
        count = sum(one.differs for one in items.items)
        unequal = _("{sign} 不同的 {n} 项。").format(sign=UNEQUAL, n=count) if count else _("没有不同的项目。")
        return sentences(said, more, unequal)

    def _explain(self, row: int, column: Column) -> None:
        found = self.grid.explained(row, column)
        if isinstance(found, Explained):
            head = self.grid.headerData(column, _HORIZONTAL)
            self.explain_asked.emit(f"{self.grid.rows[row].name}　{head}", found)

    def _show_note(self, row: int) -> None:
        """The reason of the line under the cursor in full: its cell may be too narrow."""
        words = self.grid.reason(row) if 0 <= row < len(self.grid.rows) else ""
        said = ""
        if words:
            said = _("{item}：{why}").format(item=self.grid.rows[row].name, why=words)
        self.note.setText(said)
        self.note.setProperty("refusal", False)
        self._polish()

    def _polish(self) -> None:
        self.note.setVisible(bool(self.note.text()))
        self.note.style().unpolish(self.note)
        self.note.style().polish(self.note)

    def _assemble(self) -> None:
        self._may_save = False
        self._captions: list[QLabel] = []
        self.words.setWordWrap(True)
        self.note.setWordWrap(True)
        self.note.setFont(theme.font("small"))
        self.note.hide()
        self.count.setObjectName("quiet")
        for button, icon in ((self.save_button, "save"), (self.drop_button, "undo")):
            icons.dress(button, icon, "text")
            button.hide()
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self, self._save_by_key)
        self.drop_button.setProperty("flat", True)
        parties = QHBoxLayout(self._parties)
        parties.setContentsMargins(0, 0, 0, 0)
        parties.setSpacing(theme.gap(0.3))
        for party, field in self.wholes.items():
            caption = QLabel(label(party), self)
            caption.setObjectName("quiet")
            caption.setBuddy(field)
            field.setAccessibleName(_("{party}（满分 100）").format(party=label(party)))
            field.setToolTip(_("{party}，满分 100，不填就不使用").format(party=label(party)))
            field.setFixedWidth(theme.span(self, 4.9))
            self._captions.append(caption)
            parties.addWidget(caption)
            parties.addWidget(field)
            parties.addSpacing(theme.gap(0.4))
        parties.addStretch(1)
        head = QHBoxLayout()
        head.addWidget(self.words, 1)
        head.addWidget(self.out)
        foot = QHBoxLayout()
        foot.addWidget(self._parties)
        foot.addWidget(self.count, 1)
        foot.addWidget(self.drop_button)
        foot.addWidget(self.save_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.gap(0.3), 0, 0)
        layout.setSpacing(theme.gap(0.35))
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.note)
        layout.addLayout(foot)

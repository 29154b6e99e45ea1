"""One entry at the side: what it counts for, who entered it, its files, and the entry that it corrects."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from okr_desk.i18n import _
from okr_desk.queries.worklog import RECORD, EntryView, FeedView, Worklog
from okr_desk.scoring.rounding import plain
from okr_desk.terms import EntryBasis, label
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.widgets.attachments import Attachments


class WorkPanel(QScrollArea):
    """Words and the files; it scrolls where it is long."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("记录"))
        self._inner = QWidget(self)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.gap(0.3))
        self.files = Attachments(desk, self)
        self._files_head = QLabel(_("佐证材料"), self)
        self._files_head.setFont(theme.font("body", bold=True))
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(0, 0, theme.gap(0.3), 0)
        column.setSpacing(theme.gap(0.45))
        column.addLayout(self._rows)
        column.addWidget(self._files_head)
        column.addWidget(self.files)
        column.addStretch(1)
        self.setWidget(self._inner)
        self._inner.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    def show_entry(self, row: EntryView, of: Worklog, may_edit: bool) -> None:
        """An entry; files can be added while it stands and the quarter takes entries."""
        while self._rows.count():
            old = self._rows.takeAt(0).widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._say(row.what)
        for name, text in self._facts(row):
            if text:
                self._say(_("{name}：{text}").format(name=name, text=text), "quiet")
        self._head(_("计入"))
        for feed in row.feeds:
            title = feed.title if feed.key_result_id is not None else of.titles.get(feed.code, feed.title)
            self._say(_("{title}：{figure}").format(title=title, figure=counted(feed)))
        if not row.feeds:
            self._say(_("不计入指标和关键结果，留底备查。"), "quiet")
        before = next((one for one in of.entries if one.id == row.corrects_id), None)
        if before is not None:
            self._head(_("更正前"))
            self._say(_("{day} {what}，{figures}").format(day=before.done_on, what=before.what, figures=before.figures))
            self._say(before.withdrawn_reason, "quiet")
        if not row.stands:
            self._head(_("已撤回"))
            said = _("{who} {day}：{why}")
            self._say(said.format(who=row.withdrawn_by, day=row.withdrawn_on, why=row.withdrawn_reason))
        self.files.show_record(RECORD, row.id, may_edit and row.stands)

    # Inside

    def _facts(self, row: EntryView) -> tuple[tuple[str, str], ...]:
        by = _("{by} {day}").format(by=row.by, day=row.recorded_on)
        if row.basis is not EntryBasis.OWN:
            by += _("代录，{who}{basis}").format(who=row.reported_by, basis=label(row.basis))
        late = row.late_reason or _("已过截止日")
        return (
            (_("日期"), row.done_on.isoformat()),
            (_("类别"), row.kind.name),
            (_("数量"), row.figures),
            (_("谁做的"), row.who),
            (_("结果"), row.result),
            (_("地点"), row.place),
            (_("录入"), by),
            (_("补报"), late if row.is_late else ""),
        )

    def _head(self, words: str) -> None:
        head = QLabel(words, self._inner)
        head.setFont(theme.font("body", bold=True))
        self._rows.addWidget(head)

    def _say(self, words: str, name: str = "") -> None:
        said = QLabel(words, self._inner)
        said.setWordWrap(True)
        said.setMinimumWidth(theme.span(self, 4))
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if name:
            said.setObjectName(name)
        self._rows.addWidget(said)


def counted(feed: FeedView) -> str:
    """How much an entry gives: 6 人天, or 9／10 of a share."""
    if feed.part is None:
        return f"{plain(feed.amount)} {feed.unit}"
    return _("{part}／{whole}").format(part=plain(feed.part), whole=plain(feed.amount))

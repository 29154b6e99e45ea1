"""Look for a single ballot by number and branch, and take it back with a reason: it stays on record."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from okr_desk import services
from okr_desk.i18n import _
from okr_desk.queries import survey_ballots
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.survey_ballots import MOST, BallotView, FoundBallots
from okr_desk.queries.surveys import RoundView
from okr_desk.scoring.spelling import half_width
from okr_desk.ui import placing, theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.adjust import Reason
from okr_desk.ui.forms import choices, mark
from okr_desk.ui.models import survey_ballot_rows
from okr_desk.ui.widgets.table import Table

PAUSE = 250
"""Milliseconds after the last key before ballots are looked for."""


class BallotsDialog(QDialog):
    """Number and branch above, ballots below; while the round takes answers one can be taken back."""

    def __init__(
        self,
        desk: Desk,
        of: RoundView,
        branches: Sequence[OrgView],
        may_take_back: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("查找单份答卷"))
        self._desk, self._round, self._may = desk, of, may_take_back
        self._asked = 0
        self.number = QLineEdit(self)
        self.branch: QComboBox = choices([(_("全部支部"), None), *((one.short_name, one.id) for one in branches)])
        self.said, self.refusal = QLabel(self), QLabel(self)
        self.table = Table(desk, survey_ballot_rows.columns(of.definition), "survey_ballots", _("满意度答卷"), self)
        self.back_button = self.table.add_tool(_("撤回这份"), "undo", self.take_back)
        self.buttons = QDialogButtonBox(self)
        self.buttons.addButton(_("关闭"), QDialogButtonBox.ButtonRole.RejectRole)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._assemble()

        self._pause.timeout.connect(self.look)
        self.number.textChanged.connect(lambda _text: self._pause.start())
        self.number.returnPressed.connect(self.look)
        self.branch.currentIndexChanged.connect(lambda _at: self.look())
        self.table.marked.connect(lambda _row: self._follow())
        self.buttons.rejected.connect(self.reject)
        self.look()

    def look(self) -> None:
        """Read the ballots with this number and of this branch; an older answer is passed over."""
        self._pause.stop()
        text = half_width(self.number.text()).strip()
        wrong = bool(text) and not (text.isascii() and text.isdigit())
        mark(self.number, wrong)
        self._refuse(_("编号只填数字，例如 12；不知道编号的留空，按支部找。") if wrong else "")
        if wrong:
            return
        self._asked += 1
        org_id = self.branch.currentData()
        self._desk.tasks.read(
            survey_ballots.find,
            self._round,
            int(text) if text else None,
            None if org_id is None else (int(org_id),),
            done=partial(self._show, self._asked),
            owner=self,
        )

    def take_back(self) -> None:
        """Withdraw the ballot under the cursor."""
        one = self.table.current()
        if one is None or one.is_withdrawn or not self._may:
            return
        note = _("“{what}”不再计入，原答卷和理由留存备查。").format(what=survey_ballot_rows.named(one))
        reason = Reason.ask(self, _("撤回单份答卷"), note, _("理由"), _("撤回"))
        if reason is not None:
            self._desk.tasks.write(
                services.ballots.withdraw_ballot,
                one.id,
                reason,
                done=lambda _outcome: self._taken_back(one),
                owner=self,
            )

    # Inside

    def _taken_back(self, one: BallotView) -> None:
        self._desk.say(_("已撤回“{what}”。").format(what=survey_ballot_rows.named(one)))
        self.look()

    def _show(self, asked: int, found: FoundBallots) -> None:
        if asked != self._asked:
            return
        self.table.set_rows(found.ballots)
        if not found.total:
            self.said.setText(_("没有找到这样的答卷。请核对编号和支部；整批撤回的不列在这里。"))
        elif found.total > MOST:
            self.said.setText(
                _("共 {total} 份，列出前 {most} 份，请填编号或选支部缩小范围。").format(total=found.total, most=MOST)
            )
        else:
            self.said.setText(_("共 {total} 份。").format(total=found.total))
        self._follow()

    def _follow(self) -> None:
        one = self.table.current()
        self.back_button.setEnabled(self._may and one is not None and not one.is_withdrawn)

    def _refuse(self, sentence: str) -> None:
        self.refusal.setText(sentence)
        self.refusal.setVisible(bool(sentence))

    def _assemble(self) -> None:
        note = _("录错的一份可以单独撤回，不动同批其他答卷。没有编号的，按录入先后称第几份。")
        if not self._may:
            note = _("这次测评不再增减答卷，只能查看；需要更正的，请先撤回计入。")
        head, words = QHBoxLayout(), QLabel(note, self)
        words.setObjectName("quiet")
        words.setWordWrap(True)
        self.refusal.setWordWrap(True)
        self.refusal.setProperty("refusal", True)
        self.refusal.hide()
        self.number.setPlaceholderText(_("例如 12"))
        self.number.setAccessibleName(_("编号"))
        self.number.setFixedWidth(theme.span(self, 8))
        self.branch.setAccessibleName(_("支部"))
        head.addWidget(QLabel(_("编号"), self))
        head.addWidget(self.number)
        head.addSpacing(theme.gap(0.6))
        head.addWidget(QLabel(_("支部"), self))
        head.addWidget(self.branch)
        head.addSpacing(theme.gap(0.6))
        head.addWidget(self.said, 1)
        self.said.setWordWrap(True)
        self.back_button.setVisible(self._may)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.gap(1)] * 4)
        column.addWidget(words)
        column.addLayout(head)
        column.addWidget(self.refusal)
        column.addWidget(self.table, 1)
        column.addWidget(self.buttons)
        room = self.screen().availableGeometry().width()
        self.resize(min(theme.span(self, 66), round(room * 0.92)), placing.height_beside(self, 4))
        self.number.setFocus()

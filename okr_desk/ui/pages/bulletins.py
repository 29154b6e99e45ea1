"""通报: what is published of a quarter, in which words, under which number, and who has not signed for it yet."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMessageBox, QVBoxLayout, QWidget

from okr_desk.errors import InputRefused, Refusal
from okr_desk.i18n import N_, _
from okr_desk.queries import bulletins
from okr_desk.queries.bulletins import BulletinBoard, BulletinView
from okr_desk.rules.bulletins import BulletinMode, BulletinState, ReceiptDraft
from okr_desk.rules.permissions import Action
from okr_desk.services.outcome import Topic
from okr_desk.terms import QuarterState
from okr_desk.ui import icons, theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.models import bulletin_words, paper
from okr_desk.ui.pages.base import Page
from okr_desk.ui.pages.bulletin_pages import BulletinPages
from okr_desk.ui.pages.bulletin_steps import BulletinSteps
from okr_desk.ui.widgets.bulletin_editor import BulletinEditor, counted
from okr_desk.ui.widgets.bulletin_list import BulletinList
from okr_desk.ui.widgets.bulletin_side import PREVIEW, RECEIPTS, BulletinSide

PAUSE = 700
"""Milliseconds after the last key before the pages are laid out."""


class BulletinsPage(Page):
    """Left the bulletins, in the middle the text by parts, right how it looks and who has it."""

    title = N_("通报")
    topics = frozenset({Topic.BULLETINS, Topic.REVIEWS, Topic.SCORES, Topic.CYCLES, Topic.ORGS, Topic.FOLLOWUPS})
    follows_org = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.board: BulletinBoard | None = None
        self.steps = BulletinSteps(desk, self)
        self._shown: int | None = None
        self.printers: tuple[str, ...] | None = None
        self._wanted: int | None = None
        self._gives_way = False
        self._todo: Callable[[], object] | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self.list = BulletinList(self)
        self.editor = BulletinEditor(self)
        self.length = QLabel(self)
        self.side_place = BulletinSide(desk, self)
        self.pages = BulletinPages(desk, self.side_place.view)
        self.new_button = self.add_quiet(_("起草通报"), "add", self.draft)
        self.again_button = self.add_quiet(_("重新生成"), "sync", self.regenerate)
        self.revert_button = self.add_quiet(_("放弃改动"), "undo", self.editor.revert)
        self.copy_button = self.add_quiet(_("复制全文"), "copy", self.copy_all)
        self.editions_button = self.add_quiet(_("各稿"), "history", self.show_editions)
        self.print_button = self.add_quiet(_("打印"), "print", self.print, QKeySequence(QKeySequence.StandardKey.Print))
        self.withdraw_button = self.add_quiet(_("撤回…"), "delete", self.withdraw)
        self.next_button = self.set_accent(_("签发"), "check", self.do_next)
        self._buttons = (
            self.new_button, self.again_button, self.revert_button, self.copy_button, self.editions_button,
            self.print_button, self.withdraw_button, self.next_button,
        )  # fmt: skip

        self._assemble()
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self, self.save)
        self.list.chosen.connect(self._choose)
        self.editor.edited.connect(self._edited)
        self._pause.timeout.connect(self.make_pages)
        self.side_place.mode_wanted.connect(self.change_mode)
        self.side_place.retyped.connect(self._pause.start)
        self.side_place.receipts.entered.connect(self.receive)
        self.side_place.receipts.urged.connect(self.copy_urging)

    # The page's question

    def query(self) -> Callable[..., Any] | None:
        quarter = self.desk.selection.quarter
        if quarter is None or not self._may:
            return None
        return lambda session: bulletins.board(session, quarter)

    def refresh(self) -> None:
        if self.query() is not None:
            super().refresh()
            return
        self._stale = False
        if not self._may:
            self.show_denied(_("通报由镇党建办起草，您没有查看本页的权限。"))
        else:
            self.show_empty(_("还没有年度和季度。"), _("请先在“年度与季度”中建立年度。"))

    def show_answer(self, board: BulletinBoard) -> None:
        self.board = board
        if self.printers is None:
            self.desk.tasks.run(paper.printers, done=self._take_printers, owner=self)
        if not board.bulletins:
            self._shown = None
            self._show_nothing(board)
            return
        kept = self._wanted or self._shown
        self._wanted = None
        one = board.of(kept) or bulletins.latest(board) or board.bulletins[0]
        self.list.show_board(board, one.id)
        self._show(one)

    def arrive(self, **arguments: Any) -> None:
        """`bulletin_id`: this one."""
        if "bulletin_id" in arguments:
            self._wanted, self._stale = int(arguments["bulletin_id"]), True

    def can_leave(self) -> bool:
        return self._may_lose()

    def can_close(self) -> bool:
        return self._may_lose()

    @property
    def shown(self) -> BulletinView | None:
        """The bulletin in front."""
        return None if self.board is None else self.board.of(self._shown)

    # What a person does

    def draft(self) -> None:
        """A new draft; of one that was withdrawn after issue a correction."""
        quarter, one = self.desk.selection.quarter, self.shown
        if quarter is None or not self._may_lose():
            return
        is_back = one is not None and one.state is BulletinState.WITHDRAWN and bool(one.document)
        mode = one.mode if one is not None else BulletinMode.GRADES
        self.steps.draft(quarter.id, mode, one.id if is_back and one is not None else None, self._drafted)

    def save(self) -> None:
        """Keep what was typed."""
        one = self.shown
        if one is None or one.state is not BulletinState.DRAFT or not self.editor.is_dirty:
            return
        self.steps.save(one, self.editor.wording(), self._saved, self._not_saved)

    def regenerate(self) -> None:
        """Write the draft anew from the data."""
        one = self.shown
        if one is not None:
            self.steps.regenerate(one, one.mode, self.editor.is_dirty, self._renewed)

    def change_mode(self, mode: BulletinMode) -> None:
        """Write the draft anew in another mode; back to the old one where the person does not want that."""
        one = self.shown
        if one is None or mode is one.mode:
            return
        if not self.steps.regenerate(one, mode, self.editor.is_dirty, self._renewed):
            self.side_place.set_mode(one.mode)

    def issue(self) -> None:
        """Issue what is saved."""
        one = self.shown
        if one is None or self.editor.is_dirty:
            return
        self.side_place.clear_refusal()
        try:
            draft = self.side_place.draft()
        except InputRefused as refusal:
            self.side_place.refuse(refusal)
            return
        for field, words, text in (
            ("document", _("请填写发文字号，如“青党建〔2026〕12号”。"), draft.document),
            ("signed_by", _("请填写“签发人”。"), draft.signed_by),
        ):
            if not text.strip():
                self.side_place.refuse(InputRefused(words, field))
                return
        self.steps.issue(one, draft, self._issued, self.side_place.refuse)

    def withdraw(self) -> None:
        """Take the bulletin in front back."""
        if self.shown is not None:
            self.steps.withdraw(self.shown, lambda _outcome: self.desk.say(_("已撤回，原件留存备查。")))

    def print(self) -> None:
        """The pages shown, by the system's print dialog; without a printer it is said what to do."""
        if not self.printers:
            self.desk.refuse(Refusal(_(paper.NO_PRINTER)))
            return
        self.side_place.view.print()

    def copy_all(self) -> None:
        """The whole text to the clipboard."""
        QGuiApplication.clipboard().setText(self.editor.wording().text)
        self.desk.say(_("全文已复制，可以粘贴到文字处理软件里。"))

    def show_editions(self) -> None:
        """Earlier wordings and what was issued, as they print."""
        if self.shown is not None:
            self.steps.editions(self.shown)

    def copy_urging(self) -> None:
        """The text for those who have not signed."""
        one, quarter = self.shown, self.desk.selection.quarter
        if one is not None and quarter is not None:
            QGuiApplication.clipboard().setText(bulletins.urging(one, quarter))
            self.desk.say(_("催签文字已复制，可以粘贴到微信群。"))

    def receive(self, draft: ReceiptDraft) -> None:
        """Enter receipts."""
        if self.shown is not None:
            self.steps.receive(self.shown, draft)

    def do_next(self) -> None:
        """The one thing to do next."""
        if self._todo is not None:
            self._todo()

    def make_pages(self) -> None:
        """Lay out what is typed, in the pool."""
        self._pause.stop()
        one = self.shown
        if one is None:
            return
        with suppress(InputRefused):  # half a day is typed: the pages wait for the rest of it
            self.pages.make(one, self.editor.wording(), self.side_place.draft())

    # Inside

    @property
    def _may(self) -> bool:
        return self.desk.actor is not None and self.desk.actor.may(Action.ISSUE_BULLETINS)

    def _show_nothing(self, board: BulletinBoard) -> None:
        self.set_answer("")
        self.set_band("")
        self.badge_changed.emit(0)
        for button in self._buttons:
            button.hide()
        if board.quarter.state is QuarterState.PLANNING:
            self.show_empty(_("{quarter}还没有开始。").format(quarter=board.quarter.label))
            return
        self.show_empty(
            _("{quarter}还没有通报。").format(quarter=board.quarter.label),
            _("点“起草通报”，按本季的等次、指标、满意度和整改自动写成，签发之前都可以改。"),
            _("起草通报"),
            self.draft,
        )

    def _show(self, one: BulletinView) -> None:
        is_new = one.id != self._shown
        self._shown = one.id
        is_draft = one.state is BulletinState.DRAFT
        if is_new or self._gives_way or not self.editor.is_dirty or not is_draft:
            self._gives_way = False
            self.editor.show_wording(one.text.wording, is_draft)
        assert self.board is not None
        self.side_place.show_bulletin(one, self.board, is_new)
        if is_new:
            self.side_place.tabs.setCurrentIndex(PREVIEW)
        said = _("已撤回：{reason}").format(reason=one.withdrawn_reason)
        self.set_band(said if one.state is BulletinState.WITHDRAWN else "")
        if is_draft:
            self._compare(one)
        self._follow()
        self.make_pages()

    def _compare(self, one: BulletinView) -> None:
        """Ask in the pool, after the page stands, whether the data has moved on: writing all anew takes a moment."""

        def tell(is_behind: bool) -> None:
            if is_behind and self._shown == one.id:
                said = _("起草以后数据有变化，正文和附件仍是当时的。需要按今天的数据写，请点“重新生成”。")
                self.set_band(said, "warning")

        self.desk.tasks.read(bulletins.is_behind, one, done=tell, failed=lambda _error: None, owner=self)

    def _follow(self) -> None:
        """Sentence and buttons follow what is typed."""
        one = self.shown
        if one is None or self.board is None:
            return
        is_draft, dirty = one.state is BulletinState.DRAFT, self.editor.is_dirty
        has_draft = any(other.state is BulletinState.DRAFT for other in self.board.bulletins)
        self.set_answer(bulletin_words.answer(one, self.board))
        self.length.setText(counted(self.editor.wording()))
        self.new_button.setVisible(not has_draft)
        is_back = one.state is BulletinState.WITHDRAWN and bool(one.document)
        self.new_button.setText(_("起草更正的通报") if is_back else _("起草通报"))
        self.again_button.setVisible(is_draft)
        self.revert_button.setVisible(is_draft and dirty)
        self.withdraw_button.setVisible(one.state is not BulletinState.WITHDRAWN)
        self.print_button.setVisible(is_draft)
        self.copy_button.show()
        self.editions_button.setVisible(len(one.versions) > 1 or one.replaces_id is not None)
        self.next_button.show()
        self.badge_changed.emit(len(one.waiting) if one.state is BulletinState.ISSUED else 0)
        self._offer_next(one, is_draft, dirty)

    def _offer_next(self, one: BulletinView, is_draft: bool, dirty: bool) -> None:
        words, icon, self._todo = (
            (_("保存"), "save", self.save)
            if dirty and is_draft
            else (_("签发"), "check", self.issue)
            if is_draft
            else (_("打印"), "print", self.print)
        )
        self.next_button.setText(words)
        icons.dress(self.next_button, icon, "on_accent")

    def _choose(self, bulletin_id: int) -> None:
        if self.board is None or bulletin_id == self._shown:
            return
        if not self._may_lose():
            self.list.mark(self._shown or 0)
            return
        one = self.board.of(bulletin_id)
        if one is not None:
            self._show(one)

    def _edited(self) -> None:
        self._follow()
        if self.editor.is_dirty:
            self._pause.start()

    def _take_printers(self, names: tuple[str, ...]) -> None:
        self.printers = names

    def _drafted(self, outcome: Any) -> None:
        self._wanted = int(outcome.value)
        self.desk.say(_("草稿已生成，请核对后填写发文字号签发。"))

    def _saved(self, _outcome: Any) -> None:
        self.editor.keep()
        self._follow()

    def _not_saved(self, error: Exception) -> None:
        if isinstance(error, InputRefused):
            self.editor.point_at(error.field)
        self.desk.refuse(error if isinstance(error, Refusal) else Refusal(_("没有保存成功，请重试。")))

    def _renewed(self, outcome: Any) -> None:
        self._gives_way = True
        self.desk.say(_("已重新生成，存为第 {n} 稿。").format(n=outcome.value))
        self._turn_stale()

    def _issued(self, _outcome: Any) -> None:
        self.desk.say(_("已签发。请打印盖章，送达各支部并登记签收。"))
        self.side_place.tabs.setCurrentIndex(RECEIPTS)

    def _may_lose(self) -> bool:
        """Whether what was typed may be lost: asked where something is not saved."""
        one = self.shown
        if one is None or one.state is not BulletinState.DRAFT or not self.editor.is_dirty:
            return True
        button = QMessageBox.StandardButton
        words = _("通报草稿有改动没有保存，离开后会丢失。")
        answer = QMessageBox.question(self, _("还没有保存"), words, button.Discard | button.Cancel, button.Cancel)
        if answer == button.Discard:
            self.editor.revert()
            return True
        return False

    def _assemble(self) -> None:
        self.length.setObjectName("quiet")
        self.length.setFont(theme.font("small"))
        middle = QWidget(self)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(0.2))
        column.addWidget(self.editor, 1)
        column.addWidget(self.length)
        row = QHBoxLayout()
        row.setSpacing(theme.gap(0.8))
        row.addWidget(self.list)
        row.addWidget(middle, 3)
        row.addWidget(self.side_place, 2)
        self.content.addLayout(row, 1)

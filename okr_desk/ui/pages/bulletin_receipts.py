"""通报 as a branch gets it: what was issued in the quarter, its pages, and the signature for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMessageBox

from okr_desk import services
from okr_desk.errors import Refusal
from okr_desk.i18n import N_, _
from okr_desk.queries import bulletin_receipts
from okr_desk.queries.bulletins import BulletinBoard, BulletinView
from okr_desk.queries.objectives import OrgView
from okr_desk.review_terms import ReceiptWay
from okr_desk.rules.bulletins import BulletinState, IssueDraft, ReceiptDraft
from okr_desk.rules.permissions import Action
from okr_desk.services.outcome import Topic
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.models import bulletin_words, paper
from okr_desk.ui.pages.base import Page
from okr_desk.ui.pages.bulletin_pages import BulletinPages
from okr_desk.ui.widgets.bulletin_list import BulletinList
from okr_desk.ui.widgets.pdf_view import PdfView


class ReceivedBulletinsPage(Page):
    """Left the bulletins that were issued, right the one in front as it was published; nothing of a draft."""

    title = N_("通报")
    topics = frozenset({Topic.BULLETINS, Topic.CYCLES, Topic.ORGS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.board: BulletinBoard | None = None
        self.printers: tuple[str, ...] | None = None
        self._shown: int | None = None
        self._laid_out: tuple[int, BulletinState] | None = None
        self.list = BulletinList(self)
        self.view = PdfView(desk, self)
        self.view.buttons["print"].hide()
        self.view.lists_pages = False
        self.pages = BulletinPages(desk, self.view)
        self.print_button = self.add_quiet(_("打印"), "print", self.print, QKeySequence(QKeySequence.StandardKey.Print))
        self.sign_button = self.set_accent(_("签收"), "check", self.sign)

        row = QHBoxLayout()
        row.setSpacing(theme.gap(0.8))
        row.addWidget(self.list)
        row.addWidget(self.view, 1)
        self.content.addLayout(row, 1)
        self.list.chosen.connect(self._choose)

    # The page's question

    def query(self) -> Callable[..., Any] | None:
        quarter, branches = self.desk.selection.quarter, self.desk.selection.branches
        if quarter is None or not branches:
            return None
        return lambda session: bulletin_receipts.received(session, quarter, branches)

    def refresh(self) -> None:
        if self.query() is not None:
            super().refresh()
            return
        self._stale = False
        self.show_denied(_("没有您可以查看通报的支部。"))

    def show_answer(self, board: BulletinBoard) -> None:
        self.board = board
        if self.printers is None:
            self.desk.tasks.run(paper.printers, done=self._take_printers, owner=self)
        self.badge_changed.emit(sum(bool(self._mine(one)) for one in board.bulletins))
        if not board.bulletins:
            self._shown = self._laid_out = None
            self.set_answer("")
            self.set_band("")
            self.sign_button.hide()
            self.print_button.hide()
            said = _("{quarter}还没有印发通报。").format(quarter=board.quarter.label)
            self.show_empty(said, _("镇党建办签发以后，在这里查看、签收和打印。"))
            return
        waiting = next((one for one in board.bulletins if self._mine(one)), None)
        one = board.of(self._shown) or waiting or board.bulletins[0]
        self.list.show_board(board, one.id)
        self._show(one)

    def arrive(self, **arguments: Any) -> None:
        """`bulletin_id`: this one, in the quarter with this `quarter_id`."""
        quarter_id, bulletin_id = arguments.get("quarter_id"), arguments.get("bulletin_id")
        if isinstance(quarter_id, int):
            self.desk.selection.choose_quarter(quarter_id)
        if isinstance(bulletin_id, int):
            self._shown, self._stale = bulletin_id, True

    @property
    def shown(self) -> BulletinView | None:
        """The bulletin in front."""
        return None if self.board is None else self.board.of(self._shown)

    # What a person does

    def sign(self) -> None:
        """Sign for the bulletin in front, for the own branches that have not."""
        one = self.shown
        mine = () if one is None else self._mine(one)
        if one is None or not mine or self.desk.actor is None:
            return
        names = _("、").join(org.short_name for org in mine)
        said = _("{names}确认收到《{title}》（{document}）。签收以后不能撤回。")
        button = QMessageBox.StandardButton
        words = said.format(names=names, title=one.title, document=one.document)
        if QMessageBox.question(self, _("签收"), words, button.Ok | button.Cancel, button.Ok) != button.Ok:
            return
        ids, today = tuple(org.id for org in mine), self.desk.clock.today()
        draft = ReceiptDraft(ids, today, self.desk.actor.name, ReceiptWay.SCREEN)
        told = _("已签收{document}。").format(document=one.document)
        self.desk.tasks.write(
            services.bulletins.receive, one.id, draft, done=lambda _made: self.desk.say(told), owner=self
        )

    def print(self) -> None:
        """The pages shown, by the system's print dialog; without a printer it is said what to do."""
        if not self.printers:
            self.desk.refuse(Refusal(_(paper.NO_PRINTER)))
            return
        self.view.print()

    # Inside

    def _show(self, one: BulletinView) -> None:
        self._shown = one.id
        assert self.board is not None
        self.set_answer(bulletin_words.of_receiver(one, self.board))
        said = _("已撤回：{reason}").format(reason=one.withdrawn_reason)
        self.set_band(said if one.state is BulletinState.WITHDRAWN else "")
        self.sign_button.setVisible(bool(self._mine(one)))
        self.print_button.show()
        if self._laid_out != (one.id, one.state):
            self._laid_out = (one.id, one.state)
            self.pages.make(one, one.text.wording, IssueDraft("", "", self.desk.clock.today()))

    def _choose(self, bulletin_id: int) -> None:
        one = None if self.board is None else self.board.of(bulletin_id)
        if one is not None and bulletin_id != self._shown:
            self._show(one)

    def _mine(self, one: BulletinView) -> tuple[OrgView, ...]:
        """Branches that this person may sign for and that have not."""
        actor = self.desk.actor
        if actor is None or one.state is not BulletinState.ISSUED:
            return ()
        return tuple(org for org in one.waiting if actor.may(Action.SIGN_BULLETINS, org.line))

    def _take_printers(self, names: tuple[str, ...]) -> None:
        self.printers = names

"""What can be done on 通报: ask, then call the service."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QMessageBox, QWidget

from okr_desk import services
from okr_desk.i18n import _
from okr_desk.queries.bulletins import BulletinView
from okr_desk.rules.bulletins import BulletinMode, IssueDraft, ReceiptDraft, Wording
from okr_desk.terms import label
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.adjust import Reason
from okr_desk.ui.dialogs.editions import EditionsDialog
from okr_desk.ui.models import editions
from okr_desk.ui.models.editions import Edition

Done = Callable[[Any], object]
Failed = Callable[[Exception], object]


class BulletinSteps:
    """The actions of the page; `widget` is what dialogs stand over."""

    def __init__(self, desk: Desk, widget: QWidget) -> None:
        self._desk, self._widget = desk, widget

    def draft(self, quarter_id: int, mode: BulletinMode, replaces_id: int | None, done: Done) -> None:
        """A new draft from the data."""
        self._write(services.bulletins.draft, quarter_id, mode, replaces_id, done=done)

    def save(self, of: BulletinView, wording: Wording, done: Done, failed: Failed) -> None:
        """Keep what was typed as a new version."""

        def saved(outcome: Any) -> None:
            done(outcome)
            self._desk.say(_("已保存为第 {n} 稿。").format(n=outcome.value))

        self._write(services.bulletins.save, of.id, wording, done=saved, failed=failed)

    def regenerate(self, of: BulletinView, mode: BulletinMode, is_dirty: bool, done: Done) -> bool:
        """Write the draft anew in a mode, after asking where somebody has edited it; whether it was begun."""
        edited = is_dirty or len(of.versions) > 1
        said = _("按“{mode}”和今天的数据重新生成正文和附件。").format(mode=label(mode))
        if is_dirty:
            said += _("没有保存的改动会丢失。")
        said += _("以前保存的各稿留存备查。")
        if edited and not self._agrees(_("重新生成"), said):
            return False
        self._write(services.bulletins.regenerate, of.id, mode, done=done)
        return True

    def issue(self, of: BulletinView, draft: IssueDraft, done: Done, failed: Failed) -> None:
        """Issue it, after saying that nothing can be changed afterwards."""
        said = _("以“{number}”签发《{title}》。签发后正文、附件和数字都不再变动；确有错误的只能撤回，另发更正的通报。")
        if self._agrees(_("签发"), said.format(number=draft.document.strip(), title=of.title)):
            self._write(services.bulletins.issue, of.id, draft, done=done, failed=failed)

    def withdraw(self, of: BulletinView, done: Done) -> None:
        """Take it back, with the reason."""
        if of.document:
            note = _("撤回{number}。原件留存备查，重印时注明已撤回；接着可以起草更正的通报。").format(
                number=of.document
            )
        else:
            note = _("作废这份草稿，各稿留存备查。")
        reason = Reason.ask(self._widget, _("撤回通报"), note, _("原因"), _("撤回"))
        if reason is not None:
            self._write(services.bulletins.withdraw, of.id, reason, done=done)

    def receive(self, of: BulletinView, draft: ReceiptDraft) -> None:
        """Enter receipts."""

        def told(outcome: Any) -> None:
            self._desk.say(_("已登记 {n} 个支部签收。").format(n=outcome.value))

        self._write(services.bulletins.receive, of.id, draft, done=told)

    def editions(self, of: BulletinView) -> None:
        """Show all its versions."""

        def show(found: tuple[Edition, ...]) -> None:
            EditionsDialog.show_for(self._widget, self._desk, of.title, found)

        self._desk.tasks.read(editions.of_bulletin, of, done=show, owner=self._widget)

    # Inside

    def _write(
        self, service: Callable[..., Any], *args: Any, done: Done | None = None, failed: Failed | None = None
    ) -> None:
        self._desk.tasks.write(service, *args, done=done, failed=failed, owner=self._widget)

    def _agrees(self, title: str, words: str) -> bool:
        button = QMessageBox.StandardButton
        answer = QMessageBox.question(self._widget, title, words, button.Ok | button.Cancel, button.Cancel)
        return answer == button.Ok

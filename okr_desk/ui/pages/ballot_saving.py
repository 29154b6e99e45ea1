"""Saving a sitting of ballots: all at once; what is refused stays typed, what was typed meanwhile too."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QMessageBox, QWidget
from shiboken6 import isValid

from okr_desk import services
from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.ui.desk import Desk
from okr_desk.ui.models.ballot_sitting import Sitting, Sittings
from okr_desk.ui.widgets.ballot_desk import BallotDesk


class BallotSaving:
    """Sends the ballots of `place` to the service; `widget` is what questions stand over."""

    def __init__(self, desk: Desk, place: BallotDesk, widget: QWidget) -> None:
        self._desk, self._place, self._widget = desk, place, widget
        self.sittings = Sittings.beside(desk)
        self._is_under_way = False

    def save(self, round_id: int) -> None:
        """Record every complete ballot of the sitting; one that is half typed goes on."""
        sitting = self._place.sitting
        if self._is_under_way or not sitting.ballots:
            return
        sent = list(sitting.ballots)
        self._is_under_way = True
        self._desk.tasks.write(
            services.ballots.record_ballots,
            round_id,
            [ballot.draft for ballot in sent],
            done=lambda _outcome: self._saved(sitting, len(sent), sum(bool(one.void) for one in sent)),
            failed=self._refused,
            owner=self.sittings,
        )

    def may_close(self) -> bool:
        """Whether the window may close: ballots that are typed and not saved would be gone."""
        if not self.sittings.is_unsaved:
            return True
        box = QMessageBox(self._widget)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(_("还没有保存"))
        box.setText(_("满意度中录入的 {n} 份答卷还没有保存，关闭后会丢失。").format(n=max(self.sittings.count, 1)))
        leave = box.addButton(_("不保存，关闭"), QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton(_("返回录入"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        box.exec()
        return box.clickedButton() is leave

    # Inside

    def _saved(self, sitting: Sitting, count: int, void: int) -> None:
        self._is_under_way = False
        if isValid(self._place) and sitting is self._place.sitting:
            self._place.saved(count)
        else:
            sitting.forget(count)
        self.sittings.changed.emit()
        said = _("已保存 {n} 份答卷，其中作废 {void} 份。录错的可以在“计票和记录”中整批撤回。")
        self._desk.say(said.format(n=count, void=void))

    def _refused(self, error: Any) -> None:
        self._is_under_way = False
        if isinstance(error, Refusal):
            self._desk.refuse(error)

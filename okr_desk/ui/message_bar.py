"""One quiet line under the top bar for what the user should read."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from okr_desk.i18n import _
from okr_desk.ui import icons, theme

NOTICE_STAYS = 8_000
"""Milliseconds that a good message stays; a refusal stays until it is put away."""


class MessageBar(QFrame):
    """One quiet line under the top bar: refusals stay, notices leave by themselves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self.words = QLabel(self), QLabel(self)
        self.words.setWordWrap(True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._close = QToolButton(self)
        icons.dress(self._close, "close", "text_quiet")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.gap(0.8), theme.gap(0.2), theme.gap(0.5), theme.gap(0.2))
        layout.addWidget(self._icon)
        layout.addWidget(self.words, 1)
        layout.addWidget(self._close)
        self._close.clicked.connect(self.put_away)
        self._timer.timeout.connect(self.put_away)
        self.hide()

    def refuse(self, sentence: str) -> None:
        """A sentence that needs reading; stays."""
        self._timer.stop()
        self._say(sentence, "warning", "watch_text", "band")

    def notice(self, sentence: str) -> None:
        """A sentence that is good to know; leaves by itself."""
        self._say(sentence, "info", "text_quiet", "note")
        self._timer.start(NOTICE_STAYS)

    def put_away(self) -> None:
        """What was said is no longer about what is in front."""
        self._timer.stop()
        self.hide()

    def _say(self, sentence: str, icon: str, role: str, ground: str) -> None:
        self.setObjectName(ground)
        self.style().polish(self)
        size = theme.line_height(self)
        self._icon.setPixmap(icons.pixmap(icon, theme.colour(role), size, self.devicePixelRatioF()))
        self.words.setText(sentence)
        self._close.setAccessibleName(_("收起消息"))
        self.setAccessibleName(sentence)
        self.show()

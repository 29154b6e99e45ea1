"""The column right of the sheet: the next steps, or how a figure came about; both in the same place and width."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from okr_desk.i18n import _
from okr_desk.scoring.explained import Explained
from okr_desk.ui import icons, theme
from okr_desk.ui.widgets.explain_panel import ExplainPanel
from okr_desk.ui.widgets.review_steps_panel import StepsPanel


class ReviewRight(QFrame):
    """Nothing beside it moves when one takes the place of the other. Esc brings the steps back."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self.panel, self.why = StepsPanel(self), ExplainPanel(self)
        self.title = QLabel(self)
        self.title.setFont(theme.font("body", bold=True))
        self.title.setWordWrap(True)
        self.close_button = QToolButton(self)
        self.close_button.setAccessibleName(_("回到下一步"))
        self.close_button.setToolTip(_("回到下一步（Esc）"))
        self.close_button.setShortcut(QKeySequence(QKeySequence.StandardKey.Cancel))
        icons.dress(self.close_button, "close", "text_quiet")
        explained = QWidget(self)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        inside = QVBoxLayout(explained)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addLayout(head)
        inside.addWidget(self.why, 1)
        self.places = QStackedWidget(self)
        self.places.addWidget(self.panel)
        self.places.addWidget(explained)
        layout = QVBoxLayout(self)
        layout.addWidget(self.places)
        self.close_button.clicked.connect(self.show_steps)

    @property
    def explains(self) -> bool:
        """Whether a figure is explained now."""
        return self.places.currentWidget() is not self.panel

    def show_explained(
        self, title: str, explained: Explained, words: str = "", inputs: Sequence[tuple[str, str]] = ()
    ) -> None:
        """How a figure came about, until it is put away; `inputs`: what it was worked out from, with who said so."""
        self.title.setText(title)
        self.why.show_explained(title, explained, words, inputs)
        self.places.setCurrentIndex(1)

    def show_steps(self) -> None:
        """The next steps again."""
        self.places.setCurrentIndex(0)

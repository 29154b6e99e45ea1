"""Who has not sent a return, with the words that remind them, and who sent more than one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from okr_desk.i18n import _
from okr_desk.rules.cycles import quarter_label
from okr_desk.services.import_plan import ImportPlan
from okr_desk.services.import_returns import Missing
from okr_desk.ui import icons, theme
from okr_desk.ui.desk import Desk


class ReturnsPanel(QScrollArea):
    """Two short lists. `compare_asked` tells the branch whose returns are to be compared."""

    compare_asked = Signal(object)

    def __init__(self, desk: Desk, plan: ImportPlan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._plan = desk, plan
        self.setWidgetResizable(True)
        self.viewport().setAutoFillBackground(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        place = QWidget()
        self._column = QVBoxLayout(place)
        self._column.setContentsMargins(0, 0, theme.gap(0.3), 0)
        self._column.setSpacing(theme.gap(0.35))
        self._add_missing()
        self._add_several()
        self._column.addStretch(1)
        self.setWidget(place)
        place.setAutoFillBackground(False)  # set by setWidget; the panel is a card

    def copy_reminder(self) -> None:
        """Put the reminder on the clipboard."""
        QGuiApplication.clipboard().setText(reminder(self._plan.missing))
        self._desk.say(_("催报文字已复制，可以粘贴到微信群或通知中。"))

    def _add_missing(self) -> None:
        if not self._plan.missing:
            self._column.addWidget(QLabel(_("各支部都已交表。")))
            return
        self._head(_("没有交的（{n}）").format(n=len(self._plan.missing)))
        for one in self._plan.missing:
            self._line(_("{org}　{quarter}").format(org=one.org, quarter=quarter_label(one.year, one.quarter)))
        button = QPushButton(_("复制催报文字"))
        icons.dress(button, "copy")
        button.clicked.connect(lambda: self.copy_reminder())
        self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addSpacing(theme.gap(0.6))

    def _add_several(self) -> None:
        if not self._plan.duplicates:
            return
        self._head(_("交了不止一份的（{n}）").format(n=len(self._plan.duplicates)))
        for one in self._plan.duplicates:
            self._line("\n".join((one.org, *one.workbooks)))
            button = QPushButton(_("比对选定…"))
            button.clicked.connect(lambda _checked=False, several=one: self.compare_asked.emit(several))
            self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._line(_("内容相同的格只算一次；不同的格选定后写入。"), "quiet")

    def _head(self, words: str) -> None:
        label = QLabel(words)
        label.setFont(theme.font("body", bold=True))
        self._column.addWidget(label)

    def _line(self, words: str, name: str = "") -> None:
        label = QLabel(words)
        label.setObjectName(name)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._column.addWidget(label)


def reminder(missing: tuple[Missing, ...]) -> str:
    """The words that go out to the branches: one paragraph a quarter."""
    quarters = dict.fromkeys((one.year, one.quarter) for one in missing)
    return "\n".join(
        _("请以下党支部尽快报送{quarter}填报表：{orgs}。如有困难，请与镇党建办联系。").format(
            quarter=quarter_label(*key), orgs=_("、").join(m.org for m in missing if (m.year, m.quarter) == key)
        )
        for key in quarters
    )

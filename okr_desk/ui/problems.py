"""What nobody caught: a sentence for a refusal, for a bug a report to copy; the program lives on."""

from __future__ import annotations

import logging
import platform
import sys
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from okr_desk import __version__
from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.ui import icons, theme
from okr_desk.ui.desk import Desk

log = logging.getLogger("okr_desk")


class BugDialog(QDialog):
    """Says that something went wrong inside, that the data is safe, and offers the details for copying."""

    def __init__(self, details: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("程序出错"))
        words = QLabel(
            _(
                "刚才的操作没有完成，已经保存的数据不受影响。请点“复制详情”，把内容交给维护人员；可以继续使用，也可以重新打开程序。"
            ),
            self,
        )
        words.setWordWrap(True)
        self.details = QPlainTextEdit(details, self)
        self.details.setReadOnly(True)
        self.details.setAccessibleName(_("出错详情"))
        copy = QPushButton(_("复制详情"), self)
        icons.dress(copy, "copy")
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        box.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        layout = QVBoxLayout(self)
        layout.addWidget(words)
        layout.addWidget(self.details, 1)
        layout.addWidget(box)
        self.resize(theme.span(self, 40), theme.line_height(self) * 18)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.details.toPlainText()))
        box.rejected.connect(self.reject)


class Problems(QObject):
    """Catches what nobody caught: installs itself as the exception hook of the program."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self.dialog: BugDialog | None = None
        desk.broke.connect(self.show)

    def install(self) -> None:
        """Slots and pool threads that raise end up here; the program lives on."""
        sys.excepthook = self._hook

    def show(self, error: BaseException) -> None:
        """A Refusal becomes a sentence; anything else a report, one at a time."""
        if isinstance(error, Refusal):
            self._desk.refused.emit(error.sentence)
            return
        log.error("unexpected", exc_info=(type(error), error, error.__traceback__))
        if self.dialog is not None and self.dialog.isVisible():
            self.dialog.details.appendPlainText(report(error))
            return
        self.dialog = BugDialog(report(error), self._window)
        self.dialog.open()

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.show(error.with_traceback(trace))


def report(error: BaseException) -> str:
    """Versions and the traceback; no data of the office."""
    head = f"okr_desk {__version__}, Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}"
    return head + "\n" + "".join(traceback.format_exception(error))

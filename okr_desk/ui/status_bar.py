"""The status bar: where the data lies, when it was saved, the jobs under way, text size, help."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QToolButton,
    QWidget,
)

from okr_desk.clock import local
from okr_desk.i18n import N_, _
from okr_desk.settings import TEXT_SIZES
from okr_desk.ui import icons, theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.tasks import Job

_BESIDE = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
SIZE_WORDS = {"standard": N_("标准"), "large": N_("大"), "huge": N_("特大")}


class StatusBar(QFrame):
    """One quiet line at the foot of the window."""

    help_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusbar")
        self._desk = desk
        self._saved = ""
        self._backup = ""
        self.state = QLabel(self)
        self.jobs = JobArea(desk, self)
        self.extra = QLabel(self)
        self.text_size = QToolButton(self)
        self.help = QToolButton(self)
        icons.dress(self.text_size, "text_size", "text_quiet")
        icons.dress(self.help, "help", "text_quiet")

        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.gap(0.8), theme.gap(0.05), theme.gap(0.4), theme.gap(0.05))
        layout.addWidget(self.state)
        layout.addStretch(1)
        layout.addWidget(self.jobs)
        layout.addWidget(self.extra)
        for button in (self.text_size, self.help):
            button.setToolButtonStyle(_BESIDE)
            layout.addWidget(button)

        self.help.clicked.connect(self.help_asked)
        self.text_size.clicked.connect(self._open_sizes)
        desk.opened.connect(self.follow)
        desk.saved.connect(self._save_heard)
        desk.settings_changed.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """Say where the data lies and when it was saved and copied, in the language in use."""
        self.help.setText(_("F1 帮助"))
        self.help.setAccessibleName(_("帮助"))
        self.text_size.setAccessibleName(_("字号"))
        store = self._desk.store
        parts = [_("正在打开…")]
        if store is not None:
            day = self._desk.clock.today()
            parts = [_("本机 · {file}").format(file=store.path.name)]
            if store.is_demo:
                shown = _("{y}年{m}月{d}日").format(y=day.year, m=day.month, d=day.day)
                parts = [_("示范数据（{day}）").format(day=shown)]
            parts += [text for text in (self._saved, self._backup) if text]
        self.state.setText(" · ".join(parts))
        words = _(SIZE_WORDS[self._desk.settings.text_size])
        self.text_size.setText(_("字号 {size}").format(size=words))

    def show_backup(self, sentence: str) -> None:
        """When the last backup was made, in words."""
        self._backup = sentence
        self.follow()

    def show_extra(self, words: str) -> None:
        """What the page says about the selection (sum, mean, count)."""
        self.extra.setText(words)

    def _save_heard(self, instant: datetime) -> None:
        self._saved = _("已保存 {time}").format(time=local(instant).strftime("%H:%M"))
        self.follow()

    def _open_sizes(self) -> None:
        menu = QMenu(self)
        for size in TEXT_SIZES:
            action = menu.addAction(_(SIZE_WORDS[size]), lambda chosen=size: self._choose(chosen))
            action.setCheckable(True)
            action.setChecked(size == self._desk.settings.text_size)
        menu.popup(self.text_size.mapToGlobal(self.text_size.rect().topLeft()))

    def _choose(self, size: str) -> None:
        self._desk.change_settings(replace(self._desk.settings, text_size=size))


class JobArea(QWidget):
    """The newest long job: what it does, how far it is, and a way to stop it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs: list[Job] = []
        self.words = QLabel(self)
        self.bar = QProgressBar(self)
        self.stop = QPushButton(self)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(theme.span(self, 9))
        self.bar.setAccessibleName(_("进度"))
        self.stop.setProperty("flat", True)
        icons.dress(self.stop, "close", "text_quiet")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.words, self.bar, self.stop):
            layout.addWidget(widget)
        self.hide()
        self.stop.clicked.connect(self._cancel)
        desk.tasks.started.connect(self._start)
        desk.tasks.progressed.connect(self._progress)
        desk.tasks.ended.connect(self._end)

    def _start(self, job: Job) -> None:
        self._jobs.append(job)
        self.words.setText(job.title)
        self.stop.setText(_("取消"))
        self.bar.setRange(0, 0)
        self.stop.setEnabled(True)
        self.show()

    def _progress(self, job: Job, made: int, total: int) -> None:
        if self._jobs and job is self._jobs[-1]:
            self.bar.setRange(0, max(1, total))
            self.bar.setValue(made)
            self.words.setText(_("{title} {made}/{total}").format(title=job.title, made=made, total=total))

    def _end(self, job: Job) -> None:
        if job in self._jobs:
            self._jobs.remove(job)
        self.setVisible(bool(self._jobs))
        if self._jobs:
            self.words.setText(self._jobs[-1].title)
            self.bar.setRange(0, 0)

    def _cancel(self) -> None:
        if self._jobs:
            self._jobs[-1].cancel()
            self.stop.setEnabled(False)
            self.words.setText(_("正在停止…"))

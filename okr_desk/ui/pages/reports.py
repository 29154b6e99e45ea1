"""报表: print what, for whom? Documents, branches, the real pages, one button."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTemporaryDir, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from okr_desk.errors import Cancelled, Refusal
from okr_desk.i18n import N_, _
from okr_desk.reports.registry import Document
from okr_desk.services.outcome import DAILY, Topic
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.models import paper
from okr_desk.ui.models.paper import Made, Offer, Wish
from okr_desk.ui.pages.base import Page
from okr_desk.ui.tasks import Job
from okr_desk.ui.widgets.empty import Empty
from okr_desk.ui.widgets.pdf_view import PdfView
from okr_desk.ui.widgets.print_choices import PrintChoices
from okr_desk.ui.widgets.progress_place import ProgressPlace
from okr_desk.ui.wording import sentences

PAUSE = 350
"""Milliseconds after the last tick before pages are made."""
QUICK = 3
"""Sheets that are laid out so fast that the old pages may stay meanwhile."""


class ReportsPage(Page):
    """What is previewed is the very file that is printed and saved."""

    title = N_("报表")
    topics = frozenset({Topic.ORGS, Topic.CYCLES, Topic.INDICATORS, Topic.OBJECTIVES, Topic.CHECKINS, Topic.IMPORTS,
                        Topic.POLICY, Topic.SCHEMES, Topic.SCORES, Topic.SURVEYS, *DAILY})  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.offer: Offer | None = None
        self.made: Made | None = None
        self.printers: tuple[str, ...] | None = None
        self._job: Job | None = None
        self._number = 0
        self._shows_first = False
        self._wanted: tuple[int, ...] | None = None
        self._folder = QTemporaryDir()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self.choices = PrintChoices(self)
        self.ticks, self.copies, self.one_each = self.choices.ticks, self.choices.copies, self.choices.one_each
        self.view = PdfView(desk, self)
        self.view.buttons["print"].hide()
        self.faces, self.nothing, self.waiting = QLabel(self), Empty(self), ProgressPlace(self)
        self.right = QStackedWidget(self)
        self._assemble()
        self.workbook_button = self.add_quiet(_("导出为电子表格…"), "table", self.ask_workbook)
        self.save_button = self.add_quiet(_("存为 PDF…"), "pdf", self.ask_save)
        self.set_accent(_("打印"), "print", self.print, QKeySequence(QKeySequence.StandardKey.Print))

        self.choices.changed.connect(self._pages_wanted)
        self._pause.timeout.connect(self.make_pages)
        self.waiting.stopped.connect(self.stop_layout)
        desk.tasks.progressed.connect(self._progressed)

    # The page's question

    def query(self) -> Callable[..., Any] | None:
        quarter, actor = self.desk.selection.quarter, self.desk.actor
        if quarter is None or actor is None:
            return None
        return lambda session: paper.offer(session, quarter, actor)

    def refresh(self) -> None:
        if self.query() is not None:
            super().refresh()
            return
        self._stale = False
        self.show_empty(_("还没有可以打印的季度。"), _("请先在“年度与季度”中建立年度，或导入名册和目标。"))

    def show_answer(self, snapshot: Offer) -> None:
        first = self.offer is None
        before = self.ticks.ticked if not first else ()
        self.offer = snapshot
        if self.printers is None:
            self.desk.tasks.run(paper.printers, done=self._take_printers, owner=self)
        known = {branch.org.id for branch in snapshot.branches}
        ticked = self._inside(snapshot) if first or not set(before) & known else before
        if self._wanted is not None:
            ticked, self._wanted = self._wanted, None
        self.choices.show_offer(snapshot, ticked)
        self.make_pages()

    def arrive(self, **arguments: Any) -> None:
        """`org_id` or `org_ids`: print these; `document`: this one; `record_id`: of one event or whistle alone."""
        wanted = arguments.get("org_ids") or ([arguments["org_id"]] if arguments.get("org_id") else None)
        if wanted:
            if self.offer is None:
                self._wanted = tuple(wanted)
            else:
                self.ticks.tick(wanted)
        if arguments.get("document"):
            self.choices.choose(str(arguments["document"]), int(arguments.get("record_id") or 0))

    def _org_moved(self) -> None:
        """The part chosen in the top bar is what is ticked."""
        if self.offer is None:
            return
        if self.isVisible():
            self.ticks.tick(self._inside(self.offer))
        else:
            self._wanted, self._stale = self._inside(self.offer), True

    # What is asked for

    @property
    def document(self) -> Document:
        """The document chosen."""
        return self.choices.document

    def wish(self) -> Wish | None:
        """What would be printed; None when nothing is ticked."""
        if self.offer is None or self.document.key in self.offer.refusals:
            return None
        of = self.ticks.ticked if self.document.per_branch else ()
        if self.document.per_branch and not of:
            return None
        bundled = self.offer.bundled_fonts or self.desk.settings.bundled_fonts
        return Wish(self.document, self.offer.quarter, of, bundled, self.choices.with_scores, self.choices.asked)

    def make_pages(self) -> None:
        """Lay the pages out in the pool; an older layout under way is stopped."""
        self._pause.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self.made = None
        wish = self.wish()
        refusal = self.offer.refusals.get(self.document.key) if self.offer else ""
        if refusal:
            self.view.show_pdf(None)
            self._show_nothing(refusal, "")
            return
        if wish is None:
            self.view.show_pdf(None)
            self._show_nothing(_("请在左侧勾选支部。"), _("勾选后这里显示将要打印的每一页。"))
            return
        self._number += 1
        self.waiting.begin(_("正在排版…"))
        if self.view.path is None:
            self.right.setCurrentWidget(self.waiting)
        path = Path(self._folder.path()) / f"{self._number}.pdf"
        number = self._number
        self._shows_first = False
        if len(wish.org_ids) * wish.asked.copies > QUICK:
            self._make_first(number, wish)
        self._job = self.desk.tasks.long(
            _("正在排版"),
            paper.make,
            self.desk.store,
            wish,
            path,
            done=lambda made: self._pages_made(number, made),
            failed=lambda error: self._not_made(number, error),
            owner=self,
        )
        self._tell()

    def _make_first(self, number: int, wish: Wish) -> None:
        """The first sheet by itself, to look at while the others are laid out."""
        self.desk.tasks.run(
            paper.make_first,
            self.desk.store,
            wish,
            Path(self._folder.path()) / f"{number}_first.pdf",
            done=lambda made: self._show_first(number, made),
            failed=lambda _error: None,
            owner=self,
        )

    def stop_layout(self) -> None:
        """Stop at the next sheet; no file is left."""
        if self._job is not None:
            self._job.cancel()

    # Printing and saving

    def print(self) -> None:
        """The system's print dialog for the pages shown."""
        if self.made is None:
            return
        if not self.printers:
            self.desk.refuse(Refusal(_(paper.NO_PRINTER)))
            return
        self.view.copies = 1 if self.document.numbered else self.copies.value()
        self.view.print()

    def ask_save(self) -> None:
        """Where to: one file, or a folder for one file each."""
        if self.made is None:
            return
        if self.document.per_branch and self.one_each.isChecked():
            folder = QFileDialog.getExistingDirectory(self, _("存到哪个文件夹"))
            if folder:
                self.save_each(Path(folder))
            return
        name, _kind = QFileDialog.getSaveFileName(self, _("存为 PDF"), self.default_name(), _("PDF 文件 (*.pdf)"))
        if name:
            self.save(Path(name))

    def ask_workbook(self) -> None:
        """Where to put the workbook of the pages shown."""
        if self.made is None:
            return
        name, _kind = QFileDialog.getSaveFileName(
            self, _("导出为电子表格"), self.default_name(".xlsx"), _("电子表格 (*.xlsx)")
        )
        if name:
            self.save_workbook(Path(name))

    def default_name(self, ending: str = ".pdf") -> str:
        """The name that the file gets unless another is typed."""
        assert self.made is not None
        names = (
            [b.org.short_name for b in self.offer.branches if b.org.id in self.made.wish.org_ids] if self.offer else []
        )
        return paper.file_name(self.made.wish, names, ending)

    def save(self, target: Path) -> None:
        """The previewed file, with its bookmarks, under a name."""
        if self.made is None:
            return
        target = paper.with_ending(target, ".pdf")
        self.desk.tasks.run(paper.save_one, self.made.printed.path, target, done=self._saved, owner=self)

    def save_workbook(self, target: Path) -> None:
        """What is shown as a workbook whose sums can be followed, under a name."""
        if self.made is None:
            return
        self.desk.tasks.long(
            _("正在导出"),
            paper.save_workbook,
            self.desk.store,
            self.made.wish,
            paper.with_ending(target, ".xlsx"),
            done=self._saved,
            owner=self,
        )

    def save_each(self, folder: Path) -> None:
        """One file a branch in a folder of its own."""
        if self.made is None:
            return
        self.desk.tasks.long(
            _("正在存为 PDF"), paper.save_each, self.desk.store, self.made.wish, folder, done=self._saved, owner=self
        )

    # Inside

    def _pages_made(self, number: int, made: Made) -> None:
        if number != self._number:
            made.printed.path.unlink(missing_ok=True)
            return
        self._job, self.made = None, made
        self.right.setCurrentIndex(0)
        self.view.show_pdf(made.printed.path, made.titles)
        self._drop_earlier(number)
        words = _("使用字体：{faces}，均已嵌入文件。").format(faces=paper.face_words(made.printed.faces))
        if made.printed.missing:
            lacking = _("所有字体都没有的字印作“〓”：{chars}。").format(chars="、".join(made.printed.missing))
            words = sentences(words, lacking)
        self.faces.setText(words)
        self._tell()

    def _drop_earlier(self, number: int) -> None:
        """Layouts do not pile up; the one before this may still be being drawn and goes next time."""
        for file in Path(self._folder.path()).glob("*.pdf"):
            if int(file.stem.partition("_")[0]) < number - 1:
                with suppress(OSError):
                    file.unlink()

    def _show_first(self, number: int, made: Made) -> None:
        if number == self._number and self._job is not None:
            self._shows_first = True
            self.right.setCurrentIndex(0)
            self.view.show_pdf(made.printed.path, made.titles)
            self.faces.setText(_("先看第一份，其余正在排版。"))

    def _not_made(self, number: int, error: Exception) -> None:
        if number != self._number:
            return
        self._job = None
        if isinstance(error, Cancelled):
            self._show_nothing(_("已取消排版，没有生成文件。"), "", _("重新排版"), self.make_pages)
        else:
            said = error.sentence if isinstance(error, Refusal) else _("这些页没有排出来。")
            self._show_nothing(said, _("可以重试；仍不成功时请联系管理员。"), _("重新排版"), self.make_pages)

    def _show_nothing(
        self, sentence: str, advice: str, button: str = "", slot: Callable[[], object] | None = None
    ) -> None:
        self.nothing.set(sentence, advice, button, slot, "document")
        self.right.setCurrentWidget(self.nothing)
        self._tell()

    def _saved(self, path: Path) -> None:
        self.desk.say(_("已存为“{name}”。").format(name=path.name))

    def _take_printers(self, names: tuple[str, ...]) -> None:
        self.printers = names
        self.set_band("" if names else _(paper.NO_PRINTER), "print")
        self._tell()

    def _pages_wanted(self) -> None:
        """Not at once: one ticks several branches in a row."""
        self.made = None
        self._tell()
        self._pause.start()

    def _progressed(self, job: Job, done: int, total: int) -> None:
        if job is self._job:
            words = _("正在排版第 {n} 份，共 {total} 份").format(n=min(done + 1, total), total=total)
            self.waiting.show_progress(words, done, total)
            self.set_answer(words)
            if total > QUICK and not self._shows_first:
                self.right.setCurrentWidget(self.waiting)

    def _tell(self) -> None:
        """The sentence, and what can be pressed now."""
        ready = self.made is not None
        if self.accent_button is not None:
            self.accent_button.setEnabled(ready and bool(self.printers))
        self.save_button.setEnabled(ready)
        self.workbook_button.setEnabled(ready)
        self.workbook_button.setVisible(self.document.as_workbook)
        if self.made is not None:
            self.set_answer(self._answer(self.made))
        elif self.offer is not None and self.document.key in self.offer.refusals:
            self.set_answer(self.offer.refusals[self.document.key])
        elif self.wish() is None:
            self.set_answer(_("请选择要打印的文书和支部。"))
        else:
            self.set_answer(_("正在排版…"))

    def _answer(self, made: Made) -> str:
        printed = made.printed
        said = _("{document}：{n} 份表，共 {pages} 页。下面就是将要打印的文件。").format(
            document=self.document.title, n=printed.sheets, pages=printed.pages
        )
        if not made.unscored:
            return said
        bare = _("没有启用考核方案、没有计分表的支部：{names}。")
        return sentences(said, bare.format(names=_("、").join(made.unscored)))

    def _inside(self, offer: Offer) -> tuple[int, ...]:
        chosen = self.desk.selection.org
        return tuple(b.org.id for b in offer.branches if chosen is None or chosen.id in b.org.line)

    def _assemble(self) -> None:
        self.faces.setObjectName("quiet")
        self.faces.setFont(theme.font("small"))
        self.faces.setWordWrap(True)
        shown = QWidget(self)
        pages = QVBoxLayout(shown)
        pages.setContentsMargins(0, 0, 0, 0)
        pages.setSpacing(theme.gap(0.2))
        pages.addWidget(self.view, 1)
        pages.addWidget(self.faces)
        self.right.addWidget(shown)
        self.right.addWidget(self.nothing)
        self.right.addWidget(self.waiting)
        row = QHBoxLayout()
        row.setSpacing(theme.gap(0.9))
        row.addWidget(self.choices)
        row.addWidget(self.right, 1)
        self.content.addLayout(row, 1)

"""A file of answer sheets is read, shown, decided upon and stored: 将写入 · 作废 · 存疑 · 要您定 · 退回.

Nothing is written before 确认导入; the page takes the whole file back with `services.ballots.withdraw_batch`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from okr_desk.errors import Cancelled, Refusal
from okr_desk.exchange.ballot_columns import propose
from okr_desk.exchange.ballot_plan import plan
from okr_desk.exchange.ballots import read_ballots
from okr_desk.i18n import _
from okr_desk.queries import ballot_imports as known_now
from okr_desk.rules.ballot_imports import (
    BallotPlan,
    BallotReading,
    ImportDecisions,
    KnownRound,
    Question,
    QuestionKind,
    Role,
)
from okr_desk.services import ballot_imports
from okr_desk.terms import label
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.forms import accent
from okr_desk.ui.models.ballot_choices import decided, listing, with_role
from okr_desk.ui.widgets.ballot_questions import ColumnLines, MarkedLines, QuestionLines
from okr_desk.ui.widgets.progress_place import ProgressPlace

if TYPE_CHECKING:
    from okr_desk.model.store import Store
    from okr_desk.services.outcome import Outcome
    from okr_desk.ui.tasks import Job

Prepared = tuple[BallotReading, KnownRound, ImportDecisions]


class BallotImportDialog(QDialog):
    """Choose or drop a file, match its columns, answer what is asked, confirm. `outcome` holds what was stored."""

    def __init__(self, desk: Desk, round_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("导入答卷"))
        self.desk, self.round_id = desk, round_id
        self.outcome: Outcome[ballot_imports.BallotImport] | None = None
        self.plan: BallotPlan | None = None
        self._prepared: Prepared | None = None
        self._answers: dict[str, object] = {}
        self._asked: dict[str, Question] = {}
        self._job: Job | None = None
        self._turn = 0

        self.stack = QStackedWidget(self)
        self.choose = QPushButton(_("选择文件…"), self)
        self.progress = ProgressPlace(self)
        self.counts = QLabel(self)
        self.tabs = QTabWidget(self)
        self.questions, self.columns = QuestionLines(self), ColumnLines(self)
        self.marked, self.void = MarkedLines(_("存疑的答卷"), self), MarkedLines(_("作废的答卷"), self)
        self.back = MarkedLines(_("退回的答卷"), self)
        self.reason, self.void_button = QLineEdit(self), QPushButton(_("作废勾选的答卷"), self)
        self.restore_button = QPushButton(_("恢复我作废的"), self)
        self.copy_button = QPushButton(_("复制清单"), self)
        self.refusal = QLabel(self)
        self.buttons = QDialogButtonBox(self)
        self.ok = self.buttons.addButton(_("确认导入"), QDialogButtonBox.ButtonRole.AcceptRole)
        accent(self.ok)
        self.buttons.addButton(_("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        self._assemble()

        self.choose.clicked.connect(lambda: self.ask_file())
        self.progress.stopped.connect(lambda: self.stop())
        self.questions.answered.connect(self.answer)
        self.columns.changed.connect(self.take_column_for)
        self.void_button.clicked.connect(lambda: self.void_ticked())
        self.restore_button.clicked.connect(lambda: self.restore())
        self.copy_button.clicked.connect(lambda: self.copy())
        self.buttons.accepted.connect(self.confirm)
        self.buttons.rejected.connect(self.reject)

    @classmethod
    def ask(
        cls, parent: QWidget, desk: Desk, round_id: int, path: Path | None = None
    ) -> Outcome[ballot_imports.BallotImport] | None:
        """What was stored, None when the dialog was left; `path` where a file was dropped on the page."""
        dialog = cls(desk, round_id, parent)
        if path is not None:
            dialog.read(path)
        dialog.exec()
        return dialog.outcome

    # What a person does

    def ask_file(self) -> None:
        """Choose a file."""
        kinds = _("问卷导出文件 (*.xlsx *.xls *.csv *.et *.ods)")
        name, _kind = QFileDialog.getOpenFileName(self, _("选择问卷导出文件"), "", kinds)
        if name:
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Read a file in the background; what was decided on another one is forgotten."""
        assert self.desk.store is not None
        self._refuse("")
        self._answers, self._asked, self.plan, self._prepared = {}, {}, None, None
        self.stack.setCurrentIndex(1)
        self.progress.begin(_("正在读取“{name}”…").format(name=path.name))
        self._job = self.desk.tasks.long(
            _("读取答卷"), _prepare, self.desk.store, self.round_id, path,
            done=self._read, failed=self._unread, owner=self,
        )  # fmt: skip

    def stop(self) -> None:
        """Stop reading."""
        if self._job is not None:
            self._job.cancel()

    def answer(self, question: Question, value: object) -> None:
        """Decide one question."""
        assert self._prepared is not None
        reading, known, decisions = self._prepared
        self._answers[question.key] = value
        self._decide(decided(reading, known, decisions, question, value))

    def take_column_for(self, index: int, role: Role) -> None:
        """Say what a column is."""
        assert self._prepared is not None
        reading, known, decisions = self._prepared
        self._decide(with_role(reading, known, decisions, index, role))

    def void_ticked(self) -> None:
        """Void the ticked rows with the reason that was typed."""
        assert self._prepared is not None
        reason, rows = self.reason.text().strip(), self.marked.ticked()
        if not rows or not reason:
            self._refuse(_("请勾选要作废的答卷，并写明作废原因。"))
            return
        decisions = self._prepared[2]
        self._decide(replace(decisions, voids={**decisions.voids, **dict.fromkeys(rows, reason)}))

    def restore(self) -> None:
        """Count again what was voided here."""
        if self._prepared is not None:
            self._decide(replace(self._prepared[2], voids={}))

    def copy(self) -> None:
        """Everything that does not simply count, to the clipboard."""
        if self.plan is not None:
            QGuiApplication.clipboard().setText(listing(self.plan))

    def confirm(self) -> None:
        """Store what the plan says."""
        if self.plan is None or not self.plan.is_ready:
            return
        self.ok.setEnabled(False)
        self.desk.tasks.write(
            ballot_imports.take, self.round_id, self.plan, done=self._stored, failed=self._not_stored, owner=self
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.read(path)

    def reject(self) -> None:
        self.stop()
        super().reject()

    # What comes back

    def _read(self, prepared: Prepared) -> None:
        self._decide(prepared[2], prepared)

    def _unread(self, error: Exception) -> None:
        self.stack.setCurrentIndex(0)
        said = error.sentence if isinstance(error, Refusal) else _("没有读成，请重试。")
        self._refuse("" if isinstance(error, Cancelled) else said)

    def _decide(self, decisions: ImportDecisions, prepared: Prepared | None = None) -> None:
        reading, known, _old = prepared or self._prepared or (None, None, None)
        assert reading is not None and known is not None
        self._prepared = (reading, known, decisions)
        self._turn += 1
        turn = self._turn
        self.ok.setEnabled(False)
        self.desk.tasks.run(plan, reading, known, decisions, done=lambda made: self._planned(turn, made), owner=self)

    def _planned(self, turn: int, made: BallotPlan) -> None:
        if turn != self._turn or self._prepared is None:
            return
        reading, known, decisions = self._prepared
        self.plan = made
        self._refuse("")
        waiting = {one.key for one in made.questions}
        self._asked |= {one.key: one for one in made.questions}
        kept = [one for key, one in self._asked.items() if key in waiting or key in self._answers]
        shown = [one for one in kept if one.kind is not QuestionKind.COLUMN or one.key in waiting]
        shown.sort(key=lambda one: one.key not in waiting)
        self.questions.show_questions(shown, known, reading.sha256, self._answers)
        self.columns.show_columns(reading, known, decisions)
        self.marked.show_rows(made.suspect, ticks=True)
        self.void.show_rows(made.void)
        self.back.show_rows(made.sent_back)
        self._show_counts(made)
        self.stack.setCurrentIndex(2)
        self.ok.setEnabled(made.is_ready)

    def _show_counts(self, made: BallotPlan) -> None:
        words = _("将写入 {count} · 作废 {void} · 存疑 {marked} · 要您定 {ask} · 退回 {back}")
        said = words.format(
            count=made.will_count,
            void=len(made.void),
            marked=len(made.suspect),
            ask=len(made.questions),
            back=len(made.sent_back),
        )
        if made.order is not None:
            said += "\n" + _("选项是序号，按此读取：{order}。").format(order=label(made.order))
        if made.questions:
            said += "\n" + _("全部定下之后才能导入，现在什么都没有写入。")
        self.counts.setText(said)
        titles: tuple[tuple[str, int | None], ...] = (
            (_("要您定"), len(made.questions)),
            (_("列的对应"), None),
            (_("存疑"), len(made.suspect)),
            (_("作废"), len(made.void)),
            (_("退回"), len(made.sent_back)),
        )
        for place, (title, number) in enumerate(titles):
            self.tabs.setTabText(place, title if number is None else f"{title} {number}")

    def _stored(self, outcome: Outcome[ballot_imports.BallotImport]) -> None:
        self.outcome = outcome
        self.accept()

    def _not_stored(self, error: Exception) -> None:
        self.ok.setEnabled(True)
        self._refuse(error.sentence if isinstance(error, Refusal) else _("没有保存成功，请重试。"))

    def _refuse(self, sentence: str) -> None:
        self.refusal.setText(sentence)
        self.refusal.setVisible(bool(sentence))

    def _assemble(self) -> None:
        self.setAcceptDrops(True)
        self.refusal.setWordWrap(True)
        self.refusal.setProperty("refusal", True)
        self.refusal.hide()
        self.reason.setPlaceholderText(_("作废原因，例如：现场代填"))
        self.counts.setWordWrap(True)
        self.counts.setFont(theme.font("body", bold=True))
        self.ok.setEnabled(False)
        accent(self.choose)

        first = QWidget(self)
        words = QLabel(_("把问卷导出文件（xlsx、xls 或 csv）拖到这里"), first)
        advice = QLabel(_("按题目文字对应，不看位置；IP 和昵称不读取；确认之前什么都不写入。"), first)
        advice.setObjectName("quiet")
        start = QVBoxLayout(first)
        start.addStretch(1)
        for place in (words, advice, self.choose):
            start.addWidget(place, 0, Qt.AlignmentFlag.AlignHCenter)
        start.addStretch(1)

        marks = QWidget(self)
        below = QHBoxLayout()
        below.addWidget(self.reason, 1)
        below.addWidget(self.void_button)
        below.addWidget(self.restore_button)
        column = QVBoxLayout(marks)
        column.addWidget(self.marked, 1)
        column.addLayout(below)
        for widget in (self.questions, self.columns, marks, self.void, self.back):
            self.tabs.addTab(widget, "")

        shown = QWidget(self)
        inside = QVBoxLayout(shown)
        top = QHBoxLayout()
        top.addWidget(self.counts, 1)
        top.addWidget(self.copy_button)
        inside.addLayout(top)
        inside.addWidget(self.tabs, 1)
        for page in (first, self.progress, shown):
            self.stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.gap(1)] * 4)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.refusal)
        layout.addWidget(self.buttons)
        self.resize(theme.span(self, 64), theme.line_height(self) * 26)


def _prepare(
    store: Store,
    round_id: int,
    path: Path,
    *,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> Prepared:
    reading = read_ballots(path, progress=progress, cancelled=cancelled)
    with store.read() as session:
        known = known_now.known(session, round_id)
    return reading, known, propose(reading, known)


def _dropped(event: QDragEnterEvent | QDropEvent) -> Path | None:
    found = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return found[0] if len(found) == 1 and found[0].is_file() else None

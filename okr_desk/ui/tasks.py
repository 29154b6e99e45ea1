"""Slow things off the UI thread: one writer, a few readers, long jobs with progress and cancel.

Results come back on the main thread. A result whose receiver is gone is dropped.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal
from shiboken6 import isValid

from okr_desk.errors import Cancelled, Refusal
from okr_desk.i18n import _

if TYPE_CHECKING:
    from okr_desk.ui.desk import Desk

READERS = 3
Callback = Callable[[Any], object]


@dataclass(eq=False)
class Job:
    """One piece of work. Long jobs have a title, report `done of total` and may be cancelled."""

    work: Callable[[], Any]
    done: Callback | None
    failed: Callable[[Exception], object] | None
    owner: QObject | None
    title: str = ""
    writes: bool = False
    _stop: Event = field(default_factory=Event)

    def cancel(self) -> None:
        """Ask the job to stop at its next step."""
        self._stop.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether somebody asked the job to stop."""
        return self._stop.is_set()

    @property
    def is_wanted(self) -> bool:
        """Whether the receiver still lives."""
        receivers = (self.owner, getattr(self.done, "__self__", None))
        return all(isValid(receiver) for receiver in receivers if isinstance(receiver, QObject))


class Tasks(QObject):
    """Runs functions for the desk; the desk gives the store and the person acting."""

    started = Signal(object)
    progressed = Signal(object, int, int)
    ended = Signal(object)
    refused = Signal(str)
    broke = Signal(object)
    wrote = Signal(object)
    _arrived = Signal(object, object, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._writer = QThreadPool(self)
        self._writer.setMaxThreadCount(1)
        self._readers = QThreadPool(self)
        self._readers.setMaxThreadCount(READERS)
        self._running: set[Job] = set()
        self._closed = False
        self._arrived.connect(self._deliver)

    def write(
        self,
        function: Callable[..., Any],
        *args: Any,
        done: Callback | None = None,
        failed: Callable[[Exception], object] | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """Run a service, `function(session, actor, *args)`, in one writing session on the writer thread.

        `done` gets the outcome, `failed` the Refusal; without `failed` the sentence appears in the window.
        """
        store, actor = self._desk.store, self._desk.actor
        assert store is not None and actor is not None, "writing needs an open database and somebody signed in"

        def work() -> Any:
            with store.write(actor) as session:
                return function(session, actor, *args)

        return self._start(self._writer, Job(work, done, failed, owner, writes=True))

    def write_long(
        self,
        title: str,
        function: Callable[..., Any],
        *args: Any,
        done: Callback | None = None,
        failed: Callable[[Exception], object] | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """As `write`, shown in the status bar: `function(session, actor, *args, progress=)` calls `progress(made, of)`.

        All of it or nothing, so that it may be cancelled at each of its steps.
        """
        store, actor = self._desk.store, self._desk.actor
        assert store is not None and actor is not None, "writing needs an open database and somebody signed in"
        job = Job(lambda: None, done, failed, owner, title, writes=True)

        def progress(made: int, total: int) -> None:
            if job.is_cancelled:
                raise Cancelled(_("已取消，没有写入任何内容。"))
            self.progressed.emit(job, made, total)

        def work() -> Any:
            with store.write(actor) as session:
                return function(session, actor, *args, progress=progress)

        job.work = work
        return self._start(self._writer, job)

    def read(
        self,
        function: Callable[..., Any],
        *args: Any,
        done: Callback,
        failed: Callable[[Exception], object] | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """Run a query, `function(session, *args)`, in a reading session of the pool."""
        store = self._desk.store
        assert store is not None, "reading needs an open database"

        def work() -> Any:
            with store.read() as session:
                return function(session, *args)

        return self._start(self._readers, Job(work, done, failed, owner))

    def run(
        self,
        function: Callable[..., Any],
        *args: Any,
        done: Callback | None = None,
        failed: Callable[[Exception], object] | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """Run `function(*args)` in the pool, without a session."""
        return self._start(self._readers, Job(lambda: function(*args), done, failed, owner))

    def long(
        self,
        title: str,
        function: Callable[..., Any],
        *args: Any,
        done: Callback | None = None,
        failed: Callable[[Exception], object] | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """Run `function(*args, progress=, cancelled=)` in the pool, shown in the status bar with a cancel button.

        The function calls `progress(done, total)` and asks `cancelled()` at each step; it raises `Cancelled` to stop.
        """
        job = Job(lambda: None, done, failed, owner, title)

        def progress(made: int, total: int) -> None:
            self.progressed.emit(job, made, total)

        job.work = lambda: function(*args, progress=progress, cancelled=lambda: job.is_cancelled)
        return self._start(self._readers, job)

    @property
    def is_writing(self) -> bool:
        """Whether a write is under way."""
        return any(job.writes for job in self._running)

    @property
    def is_idle(self) -> bool:
        """Whether nothing runs and everything was delivered."""
        return not self._running

    def finish(self) -> None:
        """Cancel long jobs, wait for the writer, deliver nothing more (closing the window)."""
        self._closed = True
        for job in self._running:
            job.cancel()
        self._writer.waitForDone()
        self._readers.waitForDone()

    def _start(self, pool: QThreadPool, job: Job) -> Job:
        self._running.add(job)
        if job.title:
            self.started.emit(job)
        pool.start(_Run(job, self._arrived))
        return job

    def _deliver(self, job: Job, result: Any, error: Exception | None) -> None:
        if self._closed:
            return
        self._running.discard(job)
        if job.title:
            self.ended.emit(job)
        if error is None:
            if job.writes:
                self.wrote.emit(result)
            if job.done is not None and job.is_wanted:
                job.done(result)
        elif isinstance(error, Refusal):
            self._refuse(job, error)
        else:
            self.broke.emit(error)
            if job.failed is not None and job.is_wanted:
                job.failed(error)

    def _refuse(self, job: Job, error: Refusal) -> None:
        if job.failed is not None and job.is_wanted:
            job.failed(error)
        elif isinstance(error, Cancelled):
            self.refused.emit(str(error) or _("已取消，没有写入任何内容。"))
        else:
            self.refused.emit(error.sentence)


class _Run(QRunnable):
    def __init__(self, job: Job, arrived: Any) -> None:
        super().__init__()
        self._job, self._arrived = job, arrived

    def run(self) -> None:
        result, error = None, None
        try:
            result = self._job.work()
        except Exception as caught:  # carried to the main thread whole
            error = caught
        self._arrived.emit(self._job, result, error)

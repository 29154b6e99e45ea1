"""Work off the UI thread: one writer, results on the main thread, dropped when nobody waits."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from sqlmodel import Session, func, select

from okr_desk.errors import Cancelled, InputRefused, NotAllowed
from okr_desk.model import columns
from okr_desk.model.reading import Reader
from okr_desk.model.tables import Category
from okr_desk.rules.permissions import Actor
from okr_desk.services.outcome import Changes, Outcome, Topic, changed
from okr_desk.ui.desk import Desk

Idle = Callable[[Desk], None]


def add(session: Session, actor: Actor, name: str) -> Outcome[str]:
    session.add(Category(name=name, position=99))
    return Outcome(threading.current_thread().name, changed(Topic.ORGS), ("已添加。",))


def count(session: Reader) -> int:
    return int(session.execute(select(func.count()).select_from(columns.Category.TABLE)).scalar_one())


def test_write_commits_tells_the_bus_and_answers_on_the_main_thread(desk: Desk, idle: Idle, qtbot: QtBot) -> None:
    heard: list[Changes] = []
    said: list[str] = []
    answers: list[tuple[Outcome[str], threading.Thread]] = []
    desk.bus.changed.connect(heard.append)
    desk.noticed.connect(said.append)
    with qtbot.waitSignal(desk.saved):
        desk.tasks.write(add, "试验", done=lambda outcome: answers.append((outcome, threading.current_thread())))
    idle(desk)
    outcome, thread = answers[0]
    assert thread is threading.main_thread()
    assert outcome.value != threading.main_thread().name
    assert heard == [Changes(frozenset({Topic.ORGS}))]
    assert said == ["已添加。"]
    with desk.store.rows() as session:
        assert session.exec(select(Category).where(Category.name == "试验")).one()


def test_writes_never_overlap(desk: Desk, idle: Idle) -> None:
    busy, worst = [0], [0]

    def slow(session: Session, actor: Actor) -> Outcome[None]:
        busy[0] += 1
        worst[0] = max(worst[0], busy[0])
        threading.Event().wait(0.01)
        busy[0] -= 1
        return Outcome(None, Changes())

    for _number in range(6):
        desk.tasks.write(slow)
    assert desk.tasks.is_writing
    idle(desk)
    assert worst == [1]


def test_refusal_goes_to_who_asked_and_nothing_is_written(desk: Desk, idle: Idle) -> None:
    def refuse(session: Session, actor: Actor) -> Outcome[None]:
        session.add(Category(name="不留", position=98))
        session.flush()
        raise InputRefused("名称已有。", "name")

    got: list[Exception] = []
    window: list[str] = []
    desk.refused.connect(window.append)
    desk.tasks.write(refuse, failed=got.append)
    idle(desk)
    assert [str(error) for error in got] == ["名称已有。"]
    assert window == []
    desk.tasks.write(refuse)
    idle(desk)
    assert window == ["名称已有。"]
    with desk.store.rows() as session:
        assert session.exec(select(Category).where(Category.name == "不留")).first() is None


def test_bug_is_reported_as_a_bug(desk: Desk, idle: Idle) -> None:
    broke: list[Exception] = []
    desk.broke.connect(broke.append)
    desk.tasks.run(lambda: 1 / 0)
    idle(desk)
    assert [type(error) for error in broke] == [ZeroDivisionError]


def test_read_sees_the_database(desk: Desk, idle: Idle) -> None:
    got: list[int] = []
    desk.tasks.read(count, done=got.append)
    idle(desk)
    assert got[0] > 0


class Receiver(QObject):
    def __init__(self, got: list[Any]) -> None:
        super().__init__()
        self._got = got

    def take(self, result: Any) -> None:
        self._got.append(result)


def test_result_for_somebody_gone_is_dropped(desk: Desk, idle: Idle) -> None:
    import shiboken6

    got: list[Any] = []
    stays, goes, owner = Receiver(got), Receiver(got), QObject()
    desk.tasks.run(lambda: "甲", done=stays.take)
    desk.tasks.run(lambda: "乙", done=goes.take)
    desk.tasks.run(lambda: "丙", done=got.append, owner=owner)
    shiboken6.delete(goes)
    shiboken6.delete(owner)
    idle(desk)
    assert got == ["甲"]


def test_long_job_tells_its_progress_and_can_be_cancelled(desk: Desk, idle: Idle, qtbot: QtBot) -> None:
    steps: list[tuple[int, int]] = []
    told: list[str] = []
    desk.refused.connect(told.append)
    desk.tasks.progressed.connect(lambda _job, made, total: steps.append((made, total)))

    def work(*, progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> None:
        for number in range(10_000):
            progress(number, 10_000)
            if cancelled():
                raise Cancelled("已取消，没有写入任何内容。")
            threading.Event().wait(0.002)

    job = desk.tasks.long("生成评审表", work)
    qtbot.waitUntil(lambda: len(steps) > 2)
    job.cancel()
    idle(desk)
    assert len(steps) < 10_000
    assert told == ["已取消，没有写入任何内容。"]


def test_closing_waits_for_the_writer(demo_store: Any, look: None, demo_actor: Callable[[str], Actor]) -> None:
    desk = Desk()
    desk.take_store(demo_store)
    desk.sign_in(demo_actor("admin"))
    path = demo_store.path
    for number in range(5):
        desk.tasks.write(add, f"收尾{number}")
    desk.close()
    from okr_desk.model.store import Store

    with Store.open(path) as again, again.rows() as session:
        names = session.exec(select(Category.name)).all()
    assert {f"收尾{number}" for number in range(5)} <= set(names)


def test_denied_write_is_a_sentence(desk: Desk, demo_actor: Callable[[str], Actor], idle: Idle) -> None:
    from okr_desk.rules.policy import PolicyDraft
    from okr_desk.services import policy

    desk.sign_in(demo_actor("chakan"))
    got: list[Exception] = []
    desk.tasks.write(policy.change, PolicyDraft("report.working_days", "6"), failed=got.append)
    idle(desk)
    assert isinstance(got[0], NotAllowed)


@pytest.mark.parametrize("value", [None, 3, "文字"])
def test_results_that_are_no_outcome_tell_nothing(desk: Desk, idle: Idle, value: Any) -> None:
    heard: list[Changes] = []
    desk.bus.changed.connect(heard.append)
    desk.tasks.write(lambda session, actor: value)
    idle(desk)
    assert heard == []

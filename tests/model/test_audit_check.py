"""What was changed with another program is named: a shortened trail, a changed row, a row that came or went."""

from __future__ import annotations

import gzip
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import col, select

from okr_desk.clock import FixedClock
from okr_desk.model import audit, audit_check
from okr_desk.model.store import Store
from okr_desk.model.tables import AuditEntry, CalendarDay, Category, Indicator, IndicatorVersion, Person
from okr_desk.rules.permissions import Actor

ACTOR = Actor(7, "wang", "王玥", ())
OLD = Path(__file__).parents[1] / "data" / "old_databases" / "v1.okr.gz"
UNSEAL = "DELETE FROM meta WHERE name='audit_seal'"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed database with five entries: three categories, one renamed, one deleted."""
    path = tmp_path / "镇.okr"
    with Store.create(path, FixedClock(date(2026, 10, 8))) as store:
        for name in ("农村", "社区", "机关"):
            with store.write(ACTOR) as session:
                session.add(Category(name=name))
        with store.write(ACTOR) as session:
            rows = session.exec(select(Category).order_by(col(Category.id))).all()
            rows[0].name = "村"
            session.add(rows[0])
            session.delete(rows[2])
    return path


def tamper(path: Path, *statements: str) -> None:
    """What a database browser does."""
    with closing(sqlite3.connect(path)) as raw, raw:
        for statement in statements:
            raw.execute(statement)


def fault(path: Path) -> str | None:
    """What the check says."""
    with Store.open(path) as store, store.read() as session:
        return audit_check.first_fault(session)


def write_more(path: Path, name: str = "后来") -> None:
    """One more row by the program itself."""
    with Store.open(path) as store, store.write(ACTOR) as session:
        session.add(Person(name=name))


def test_what_the_program_wrote_is_sound(path: Path) -> None:
    assert fault(path) is None
    write_more(path)
    assert fault(path) is None


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE auditentry SET account_id=1 WHERE id=2", "第 2 条起"),
        ("DELETE FROM auditentry WHERE id=2", "第 3 条起"),
        ("DELETE FROM auditentry", "操作记录被清空，数据表里却有内容。"),
        ("DELETE FROM auditentry WHERE id=5", "少了 1 条：应有 5 条，现有 4 条"),
        ("DELETE FROM auditentry WHERE id>2", "少了 3 条"),
        ("DELETE FROM meta WHERE name='audit_seal'", "封存标记不见了"),
        ("UPDATE meta SET value=replace(value, '5:', '4:') WHERE name='audit_seal'", "封存标记被改动"),
        ("UPDATE meta SET value='' WHERE name='audit_seal'", "封存标记被改动"),
        ("UPDATE meta SET value='五:x:y' WHERE name='audit_seal'", "封存标记被改动"),
        ("UPDATE meta SET value=substr(value, 4) WHERE name='audit_key'", "第 1 条起"),
    ],
)
def test_a_trail_that_was_cut_or_changed_is_named(path: Path, statement: str, said: str) -> None:
    tamper(path, statement)
    assert said in (fault(path) or "")


@pytest.mark.parametrize(
    "statements",
    [
        ("DELETE FROM auditentry",),
        ("DELETE FROM auditentry WHERE id=5",),
        ("DELETE FROM auditentry WHERE id=5", "DELETE FROM meta WHERE name='audit_seal'"),
        ("UPDATE meta SET value='0:' || value WHERE name='audit_seal'",),
        ("UPDATE category SET name='镇' WHERE id=2",),
    ],
)
def test_it_stays_found_after_the_program_wrote_again(path: Path, statements: tuple[str, ...]) -> None:
    tamper(path, *statements)
    assert fault(path) is not None
    write_more(path)
    assert fault(path) is not None


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "UPDATE category SET name='镇' WHERE id=1",
            "表 category 第 1 行的 name 与操作记录不符：记录为“村”，数据文件里是“镇”。",
        ),
        (
            "UPDATE category SET position=9 WHERE id=2",
            "第 2 行的 position 与操作记录不符：记录为“0”，数据文件里是“9”。",
        ),
        ("DELETE FROM category WHERE id=2", "表 category 第 2 行在操作记录里，数据文件里却没有。"),
        ("INSERT INTO category (id, name, position) VALUES (3, '机关', 0)", "表 category 第 3 行不在操作记录里"),
        ("INSERT INTO category (id, name, position) VALUES (8, '国企', 0)", "表 category 第 8 行不在操作记录里"),
        (
            "INSERT INTO person (id, uid, name, search_keys) VALUES (1, 'x', '假', '')",
            "表 person 第 1 行不在操作记录里",
        ),
    ],
)
def test_the_first_row_and_field_that_differ_are_named(path: Path, statement: str, said: str) -> None:
    tamper(path, statement)
    assert said in (fault(path) or "")


def indicator_store(path: Path) -> None:
    """Rows with exact numbers, dates and instants beside the categories."""
    with Store.open(path) as store, store.write(ACTOR) as session:
        session.add(CalendarDay(day=date(2026, 10, 1), is_working=False, name="国庆节", source="国务院"))
        session.add(Indicator(uid="u", code="D-1"))
        session.flush()
        session.add(
            IndicatorVersion(
                indicator_id=1, version=1, valid_from=date(2026, 1, 1), name="到会率", unit="%",
                tolerance=Decimal("0.050"), direction="up", dimension="基础", accumulation="point", frequency="quarter",
            )
        )  # fmt: skip


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE indicatorversion SET tolerance=tolerance+1000000", "记录为“0.050”，数据文件里是“1.05”"),
        (
            "UPDATE indicatorversion SET usual_target=1000000",
            "usual_target 与操作记录不符：记录为“空”，数据文件里是“1”",
        ),
        ("UPDATE indicatorversion SET valid_from='2026-02-01'", "记录为“2026-01-01”，数据文件里是“2026-02-01”"),
        ("UPDATE indicatorversion SET valid_from='二月'", "表 indicatorversion 第 1 行的内容读不懂"),
        ("UPDATE calendarday SET is_working=1", "记录为“False”，数据文件里是“True”"),
    ],
)
def test_numbers_dates_and_marks_are_compared_as_what_they_are(path: Path, statement: str, said: str) -> None:
    indicator_store(path)
    assert fault(path) is None
    tamper(path, statement)
    assert said in (fault(path) or "")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A database from before the seal, migrated."""
    path = tmp_path / "旧.okr"
    path.write_bytes(gzip.decompress(OLD.read_bytes()))
    Store.open(path).close()
    return path


def test_an_older_database_is_taken_as_it_is_and_sealed_with_its_first_write(old: Path) -> None:
    """Which is the upgrade itself: it fills in the red lines."""
    assert fault(old) is None
    write_more(old)
    assert fault(old) is None
    with Store.open(old) as store, store.rows() as session:
        actions = session.exec(select(AuditEntry.action).order_by(col(AuditEntry.id))).all()
        assert actions.count(audit.SEALED) == 1 and actions[actions.index(audit.SEALED) + 1] == "insert"
        assert actions[-1] == "insert"
        assert audit.seal(session) is not None
    tamper(old, "DELETE FROM auditentry WHERE id=(SELECT max(id) FROM auditentry)")
    assert "少了 1 条" in (fault(old) or "")
    tamper(old, "DELETE FROM meta WHERE name='audit_seal'")
    assert "封存标记不见了" in (fault(old) or "")


def test_an_older_database_with_rows_and_no_trail_is_named(old: Path) -> None:
    tamper(old, "DELETE FROM auditentry")
    assert "操作记录被清空" in (fault(old) or "")


def test_rows_from_before_the_trail_are_no_difference_but_later_strangers_are(old: Path) -> None:
    """Calendar days that an older program put there without an entry; then the trail begins to know the table."""
    tamper(old, "DELETE FROM calendarday", day(1, "2026-10-01"), day(2, "2026-10-02"))
    tamper(old, "DELETE FROM auditentry", UNSEAL)  # the chain anew, without any entry for these days
    with Store.open(old) as store, store.write(ACTOR) as session:
        session.add(CalendarDay(day=date(2026, 10, 3), is_working=False, name="国庆节", source="办公室"))
    assert fault(old) is None
    tamper(old, day(9, "2026-10-04"))
    assert "表 calendarday 第 9 行不在操作记录里" in (fault(old) or "")


def test_only_the_fields_that_the_trail_saw_are_compared_on_a_row_it_did_not_see_made(old: Path) -> None:
    tamper(old, "DELETE FROM auditentry", UNSEAL, "DELETE FROM calendarday", day(1, "2026-10-01"))
    with Store.open(old) as store, store.write(ACTOR) as session:
        row = session.exec(select(CalendarDay)).one()
        row.name = "国庆"
        session.add(row)
    tamper(old, "UPDATE calendarday SET source='别处'")
    assert fault(old) is None
    tamper(old, "UPDATE calendarday SET name='再改'")
    assert "表 calendarday 第 1 行的 name" in (fault(old) or "")


def day(number: int, when: str) -> str:
    """A day of the calendar, not written by the program."""
    return f"INSERT INTO calendarday (id, day, is_working, name, source) VALUES ({number}, '{when}', 0, '国庆节', '')"


def test_the_demo_is_sound_and_a_changed_value_in_it_is_named(
    demo_store: Store, capsys: pytest.CaptureFixture[str], cli: Callable[..., int]
) -> None:
    path = str(demo_store.path)
    assert cli("audit", "verify", path) == 0 and cli("doctor", path) == 0
    tamper(demo_store.path, "UPDATE measuredvalue SET value=value+1000000 WHERE id=1")
    capsys.readouterr()
    assert cli("audit", "verify", path) == 2
    assert "表 measuredvalue 第 1 行的 value 与操作记录不符" in capsys.readouterr().err
    assert cli("doctor", path) == 1
    told = capsys.readouterr().out
    assert "表 measuredvalue 第 1 行的 value 与操作记录不符" in told and "操作记录完整" not in told


@pytest.fixture
def cli() -> Callable[..., int]:
    """The command line, in this process."""
    from okr_desk import cli as command_line

    return lambda *words: command_line.main(list(words))

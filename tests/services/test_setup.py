"""A new township database and what it starts with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from okr_desk.clock import FixedClock
from okr_desk.errors import InputRefused, WrongState
from okr_desk.model.store import Store
from okr_desk.queries import cycles, orgs, red_lines
from okr_desk.rules import red_lines as red_line_rules
from okr_desk.services import permits, setup, users
from okr_desk.services.outcome import Topic
from okr_desk.terms import OrgKind

DRAFT = setup.TownshipDraft("青山镇", "中共青山镇委员会", "admin", "王玥", "青山依旧在2026", 2026)


@pytest.fixture
def store(tmp_path: Path, clock: FixedClock) -> Store:
    return Store.create(tmp_path / "新镇.okr", clock)


def test_a_new_township_has_what_the_office_needs(store: Store) -> None:
    with store.write(permits.SETUP) as session:
        outcome = setup.create_township(session, DRAFT)
    assert outcome.changes.topics == {Topic.ORGS, Topic.USERS, Topic.CYCLES, Topic.SCHEMES}
    assert outcome.notices == ("2027年的工作日历还没有填写，2026年第四季度的截止日为暂定，请填写日历后核对。",)
    with store.read() as session:
        names = [category.name for category in orgs.categories(session)]
        assert names == ["农村", "社区", "机关", "国企", "科研院所", "学校", "两新组织"]
        assert [(o.kind, o.short_name) for o in orgs.tree(session, date(2026, 1, 1))] == [(OrgKind.TOWNSHIP, "青山镇")]
        assert [q.key for q in cycles.quarters(session)] == ["2026Q1", "2026Q2", "2026Q3", "2026Q4"]
        assert cycles.calendar(session).knows(2026)
        current = cycles.current(session, date(2026, 8, 1))
        assert current is not None
        assert current.key == "2026Q3"
        lines = red_lines.board(session)
        assert [one.code for one in lines.rules] == [one.code for one in red_line_rules.seed()]
        assert {(one.list_name, one.valid_from) for one in lines.rules} == {
            ("通用", date(2026, 1, 1)),
            ("青海反向", date(2026, 1, 1)),
        }
    assert store.facts()["township"] == "青山镇"
    assert users.attempt(store, "admin", "青山依旧在2026").is_office


def test_a_year_beyond_the_library_is_said(store: Store) -> None:
    with store.write(permits.SETUP) as session:
        notices = setup.create_township(session, replace(DRAFT, year=2031)).notices
    assert notices[0].startswith("程序自带的节假日资料没有 2031 年")
    assert [notice[:5] for notice in notices[1:]] == ["2031年", "2032年"]


def test_a_database_is_founded_once(store: Store) -> None:
    for attempt in (1, 2):
        with store.write(permits.SETUP) as session:
            if attempt == 1:
                setup.create_township(session, DRAFT)
            else:
                with pytest.raises(WrongState, match="不能再次初始化"):
                    setup.create_township(session, DRAFT)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "short_name"),
        ({"admin_name": " "}, "name"),
        ({"admin_login": "a"}, "login"),
        ({"password": "12345678"}, "password"),
        ({"year": 26}, "year"),
    ],
)
def test_a_draft_that_will_not_do_names_its_field(store: Store, change: dict[str, object], field: str) -> None:
    with store.write(permits.SETUP) as session, pytest.raises(InputRefused) as refused:
        setup.create_township(session, replace(DRAFT, **change))  # type: ignore[arg-type]
    assert refused.value.field == field

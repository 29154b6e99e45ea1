"""A setting of the office reaches what it is about."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from okr_desk.queries import board as boards
from okr_desk.queries import policy as standing
from okr_desk.rules import policy as declared
from okr_desk.rules.policy import PolicyDraft
from okr_desk.services import policy
from okr_desk.services.permits import SETUP
from tests.filled_township import Filled, fill


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Filled]:
    made = fill(tmp_path / "镇.okr")
    yield made
    made.small.store.close()


def test_limits_of_lights_and_of_grades_follow_the_settings(town: Filled) -> None:
    with town.small.store.write(SETUP) as session:
        for key, value in (("status.watch", "-0.05"), ("status.aspiration", "0.8"), ("coverage.minimum", "0.55")):
            policy.change(session, SETUP, PolicyDraft(key, value))
    with town.small.store.read() as session:
        limits = standing.thresholds(session)
        board = boards.board(session, town.small.village, 2026, 3)
    assert (limits.watch, limits.behind, limits.aspiration) == (Decimal("-0.05"), Decimal("-0.25"), Decimal("0.8"))
    assert board.rollup.least == Decimal("0.55")
    assert {objective.rollup.least for objective in board.objectives} == {Decimal("0.55")}


def test_every_setting_starts_with_its_declared_default(town: Filled) -> None:
    with town.small.store.read() as session:
        values = standing.values(session)
    assert values == {key: setting.default for key, setting in declared.declared().items()}
    for key, value in values.items():
        is_number = declared.declared()[key].type in ("decimal", "integer")
        kept = declared.checked(PolicyDraft(key, value))
        assert Decimal(kept) == Decimal(value) if is_number else kept == value


def test_every_declared_setting_is_read_somewhere() -> None:
    """A setting that nothing asks for would be a promise that the program does not keep."""
    source = "".join(path.read_text("utf-8") for path in Path(standing.__file__).parents[1].rglob("*.py"))
    assert [key for key in declared.declared() if f'"{key}"' not in source] == []

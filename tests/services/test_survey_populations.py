"""Whom a round asks: set, changed, and taken away again."""

from __future__ import annotations

from pathlib import Path

from okr_desk.queries import surveys as asked
from okr_desk.rules.surveys import PopulationDraft
from okr_desk.services import surveys
from tests.asked_township import VILLAGE, surveyed


def test_a_line_that_says_nothing_any_more_is_gone(tmp_path: Path) -> None:
    made = surveyed(tmp_path / "镇.okr")
    town, org = made.town, made.town.ids[VILLAGE]
    some, none = PopulationDraft(org, None, 120, 60), PopulationDraft(org, None, None, None)
    assert town.write("admin", surveys.set_populations, made.round_id, [some, some]).value == 1
    assert [(one.population, one.invited) for one in town.read(asked.populations, made.round_id)] == [(120, 60)]
    assert town.write("admin", surveys.set_populations, made.round_id, [none]).value == 1
    assert town.read(asked.populations, made.round_id) == ()
    assert town.write("admin", surveys.set_populations, made.round_id, [none]).value == 0

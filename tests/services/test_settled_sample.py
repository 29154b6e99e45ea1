"""The demo's round of 892 answers counted: one value, two origins, no conflict."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

from okr_desk.model.store import Store
from okr_desk.queries import export
from okr_desk.services import survey_settling
from tests.sample_survey import office_of, take_in

TRUTH = json.loads((Path(__file__).parents[1] / "data" / "青山镇_2026_truth.json").read_text("utf-8"))


FEW = {"综合执法队党支部", "自来水公司党支部", "青禾社会工作服务中心党支部"}
"""With 9, 12 and 9 answers they cannot be judged: their typed value goes on counting."""


def test_the_computed_scores_are_the_typed_ones(demo_store: Store) -> None:
    made, office = take_in(demo_store), office_of(demo_store)
    with demo_store.write(office) as session:
        settled = survey_settling.settle(session, office, made)
    assert settled.value == 26
    assert {said.split("不予判定")[0] for said in settled.notices} == FEW
    with demo_store.read() as session:
        records = export.export(session, "values", "2026Q3") or []
    found = {str(row["org"]): row for row in records if row["code"] == "F02"}
    wanted = {org: Decimal(str(score)) for org, score in TRUTH["satisfaction_score_2026Q3"].items()}
    assert {org for org, row in found.items() if row["origin"] == "computed"} == wanted.keys() - FEW
    differing = {org: row["value"] for org, row in found.items() if Decimal(str(row["value"])) != wanted[org]}
    assert differing == {"柳湾村党支部": "74.25"}, "typed as 74.2: exactly between 74.2 and 74.3"

"""What progress, values and targets read like, the same wherever they stand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from okr_desk.queries.wording import aim_text, reached
from okr_desk.scoring.progress import metric
from tests.reports import samples

D = Decimal


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("75", "50%"),
        ("90", "100%"),
        ("94", "100%（实113%）"),  # (94-60)/(90-60) = 1.1333
        ("22.8", "0%（实-124%）"),  # (22.8-60)/30 = -1.24
        ("89.99", "99%"),  # never 100 % before the target
        ("90.1", "100%"),  # 1.003 reads the same, nothing is added
        ("60", "0%"),
        (None, "—"),
    ],
)
def test_the_number_that_counts_and_the_real_one_beside_it(value: str | None, words: str) -> None:
    assert reached(metric(D(60), D(90), None if value is None else D(value))) == words


def test_with_places() -> None:
    assert reached(metric(D(60), D(90), D("94")), 1) == "100%（实113.3%）"


def test_a_target_that_is_missing_is_said() -> None:
    """Key results copied into a new year have their target still to come."""
    kr = samples.usual_objectives()[0].key_results[0]
    assert aim_text(kr) == "67.7万元"
    assert aim_text(replace(kr, target=None)) == "未定"

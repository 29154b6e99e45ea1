"""The seed of kinds fits the library: every code exists, is counted by no other register, and can be added up."""

from __future__ import annotations

from decimal import Decimal

import pytest

from okr_desk.rules.library import seed as library
from okr_desk.rules.worklog_kinds import EVENTS, Fed, Kind, KindDraft, check_kind, elsewhere, given, seed

D = Decimal
KNOWN = {
    one.code: Fed(one.code, one.name, one.unit, one.computed_from or elsewhere().get(one.code, "")) for one in library()
}


@pytest.mark.parametrize("kind", seed(), ids=lambda kind: kind.key)
def test_each_kind_could_be_saved_as_it_stands(kind: Kind) -> None:
    draft = KindDraft(
        kind.key, kind.name, kind.unit, kind.amount_name, kind.part_name, kind.feeds, kind.use, is_retired=False
    )
    check_kind(draft, seed(), KNOWN)


def test_no_code_is_fed_by_two_kinds_and_all_work_has_a_place() -> None:
    codes = [code for kind in seed() for code in kind.feeds]
    assert sorted(codes) == sorted(set(codes)) == ["B22", "F27", "F34", "F35", "F36", "X08"]
    assert seed()[-1].key == "other" and len({kind.name for kind in seed()}) == len(seed())
    assert set(elsewhere()) <= set(KNOWN) and EVENTS


@pytest.mark.parametrize(
    ("unit", "part_name", "amount", "part", "to", "gives"),
    [
        ("人天", "", "6", None, "人天", (D(6), None)),
        ("小时", "", "10", None, "场", (D(1), None)),
        ("小时", "", "10", None, "人天", None),
        ("件", "按时办结", "10", "9", "%", (D(10), D(9))),
        ("条", "采纳", "5", "2", "条", (D(2), None)),
        ("次", "", "1", None, "%", None),
    ],
)
def test_what_an_entry_gives(
    unit: str, part_name: str, amount: str, part: str | None, to: str, gives: tuple[Decimal, Decimal | None] | None
) -> None:
    kind = Kind("k", "工作", unit, part_name=part_name)
    assert given(kind, D(amount), None if part is None else D(part), to) == gives

"""What branches owe: hand-worked counts for each kind of branch (domain 0, 2), and what can never happen."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_desk.duty_terms import QUARTERLY, DutyKind
from okr_desk.errors import InputRefused
from okr_desk.scoring import duties
from okr_desk.scoring.duties import WEIGHTS, BranchSize, Frequencies, completion, due

A, C, G, L, P = QUARTERLY


@pytest.mark.parametrize(
    ("members", "groups", "committee", "owed"),
    [
        (12, 3, None, (1, 3, 9, 1, 3)),  # cli.md
        (45, 5, True, (1, 3, 15, 1, 3)),  # 青石村党支部 of the sample
        (4, 0, False, (1, 0, 0, 1, 3)),  # 绿丰果蔬合作社党支部 of the sample
        (8, 0, True, (1, 3, 0, 1, 3)),
        (7, None, None, (1, 3, 0, 1, 3)),  # a committee from seven full members
        (6, 0, None, (1, 0, 0, 1, 3)),
        (6, 0, True, (1, 0, 0, 1, 3)),  # whatever the roster says, six have none
        (9, 2, False, (1, 0, 6, 1, 3)),  # the roster says that there is none
        (None, 0, True, (1, 3, 0, 1, 3)),
        (None, 0, None, (1, 0, 0, 1, 3)),
    ],
)
def test_what_a_branch_owes_in_a_quarter(
    members: int | None, groups: int | None, committee: bool | None, owed: tuple[int, ...]
) -> None:
    found = due(BranchSize(members, groups, committee))
    assert tuple(found.counts[kind] for kind in QUARTERLY) == owed
    assert found.total == sum(owed)
    assert len(found.steps) == len(QUARTERLY)


def test_what_is_yearly_falls_due_in_the_fourth_quarter() -> None:
    assert [due(BranchSize(9), quarter=q).counts[DutyKind.LIFE] for q in (1, 2, 3, 4)] == [0, 0, 0, 1]
    assert due(BranchSize(9), Frequencies(life_quarter=2), quarter=2).counts[DutyKind.REVIEW] == 1


def test_a_quarter_is_spread_over_its_months_and_nothing_falls_due_early() -> None:
    found = due(BranchSize(12, 2))
    assert [found.through(C, month) for month in range(4)] == [0, 1, 2, 3]
    assert [found.through(G, month) for month in range(4)] == [0, 2, 4, 6]
    assert [found.through(A, month) for month in range(4)] == [0, 0, 0, 1]
    assert [found.in_month(P, month) for month in (1, 2, 3)] == [1, 1, 1]


def test_the_steps_say_why() -> None:
    said = due(BranchSize(5, 0)).steps
    assert said[1] == "支委会：正式党员 5 人，不足 7 人不设支委会，不涉及。"
    assert said[2] == "党小组会：没有党小组，不涉及。"
    assert "不是条例规定" in said[3]
    assert due(BranchSize(12, 3)).steps[2] == "党小组会：3×3 个党小组＝9 次"
    assert "名册上不设支委会" in due(BranchSize(12, 3, False)).steps[1]
    assert "没有正式党员数" in due(BranchSize(None)).steps[1]
    assert due(BranchSize(12), quarter=4).steps[-1] == "民主评议党员：每年 1 次，一般在第4季度。"


def test_numbers_that_no_branch_has_are_refused() -> None:
    for size in (BranchSize(-1), BranchSize(3, -1)):
        with pytest.raises(InputRefused):
            due(size)
    with pytest.raises(InputRefused):
        due(BranchSize(3), quarter=5)


def test_completion_vector_of_the_domain() -> None:
    """Domain 2: 1/1, 2/3, N/A, 1/1 → (4 + 2 + 3)/10 = 0.900; nine meetings of the committee do not raise a full one."""
    owed = {A: 1, C: 3, G: 0, L: 1, P: 3}
    assert completion({A: 1, C: 2, L: 1}, owed).value == Decimal("0.9")
    assert completion({A: 1, C: 9, L: 1}, owed).value == 1
    assert completion({A: 0, C: 9, L: 1}, owed).value == Decimal("0.6")
    found = completion({A: 1, C: 2, L: 1}, owed)
    assert found.steps[-1] == "（4×1÷1＋3×2÷3＋3×1÷1）÷10＝0.9"


def test_without_anything_owed_there_is_no_completion() -> None:
    assert completion({A: 3}, {P: 3}).value is None


def test_group_meetings_count_by_group() -> None:
    assert duties.capped_groups({1: 5, 2: 1}, 2, 3) == 4
    assert duties.capped_groups({None: 9}, 2, 3) == 6
    assert duties.capped_groups({1: 3, None: 2}, 2, 3) == 5


counts = st.integers(min_value=0, max_value=40)


@given(st.dictionaries(st.sampled_from(list(WEIGHTS)), counts), st.dictionaries(st.sampled_from(list(WEIGHTS)), counts))
def test_completion_lies_between_nothing_and_everything(held: dict[DutyKind, int], owed: dict[DutyKind, int]) -> None:
    value = completion(held, owed).value
    assert value is None or 0 <= value <= 1


@given(st.sampled_from(list(WEIGHTS)), counts, counts)
def test_extra_meetings_never_raise_it(kind: DutyKind, one: int, more: int) -> None:
    owed = {A: 1, C: 3, G: 6, L: 1}
    full = completion({**owed, kind: owed[kind] + more}, owed).value
    assert full == completion(owed, owed).value == 1
    less, some = completion({kind: one}, owed).value, completion({kind: one + more}, owed).value
    assert less is not None and some is not None and less <= some


@given(st.integers(0, 200), st.integers(0, 20))
def test_months_add_up_to_the_quarter(members: int, groups: int) -> None:
    found = due(BranchSize(members, groups))
    for kind in QUARTERLY:
        assert sum(found.in_month(kind, month) for month in (1, 2, 3)) == found.counts[kind]


def test_more_than_half_and_four_fifths() -> None:
    assert duties.has_quorum(6, 11) and not duties.has_quorum(5, 10)
    assert duties.may_elect(8, 10) and not duties.may_elect(7, 9)


def test_a_third_may_be_excellent() -> None:
    assert [duties.excellent_most(n) for n in (2, 3, 10, 45)] == [0, 1, 3, 15]


def test_terms_and_their_alarm() -> None:
    assert duties.next_election(date(2021, 1, 11), 5) == date(2026, 1, 11)
    assert duties.next_election(date(2024, 2, 29), 3) == date(2027, 2, 28)
    assert duties.months_before(date(2026, 8, 31), 6) == date(2026, 2, 28)
    assert duties.months_before(date(2026, 3, 15), 6) == date(2025, 9, 15)
    assert duties.months_before(date(2026, 12, 31), 6) == date(2026, 6, 30)

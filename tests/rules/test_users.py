"""What a login and a password must be, and how the waiting grows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_desk.errors import InputRefused
from okr_desk.rules import users
from okr_desk.rules.users import PersonDraft


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("abc1234", "至少 8 位"),
        ("a" * 129, "最多 128 位"),
        ("admin2026", "与账号相同或相近"),
        ("Password1", "太常见"),
        ("88888888", "太常见"),
        ("12345678", "太常见"),
        ("hgfedcba", "太常见"),
        ("20260701", "只用数字的密码至少 12 位"),
        ("13905721234", "只用数字的密码至少 12 位"),
    ],
)
def test_weak_passwords_are_refused_with_their_reason(password: str, why: str) -> None:
    with pytest.raises(InputRefused, match=why) as refused:
        users.check_password(password, "admin")
    assert refused.value.field == "password"


@pytest.mark.parametrize("password", ["青山依旧在2026", "correct horse", "202607011430", "qs-dangjian-26"])
def test_length_is_enough_without_rules_on_signs(password: str) -> None:
    users.check_password(password, "admin")


@pytest.mark.parametrize("login", ["a", "x" * 41, "li wei", "li/wei", ""])
def test_odd_logins_are_refused(login: str) -> None:
    with pytest.raises(InputRefused):
        users.check_login(login)


@pytest.mark.parametrize("login", ["admin", "青石村", "li.wei_2", "ＡＢ"])
def test_usual_logins_are_taken(login: str) -> None:
    users.check_login(login)


@pytest.mark.parametrize("name", ["", "  ", "李旭昇13905721234", "长" * 41, "李\n旭昇"])
def test_odd_names_are_refused(name: str) -> None:
    with pytest.raises(InputRefused):
        users.check_person(PersonDraft(name))


@given(st.integers(0, 1000))
def test_waiting_never_shrinks_and_never_passes_a_quarter_of_an_hour(wrong: int) -> None:
    assert users.wait_after(wrong) <= users.wait_after(wrong + 1) <= timedelta(minutes=15)


def test_ten_tries_take_at_least_the_lock() -> None:
    assert users.wait_after(4) == timedelta(0)
    assert users.wait_after(10) == timedelta(minutes=15)

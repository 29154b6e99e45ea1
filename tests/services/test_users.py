"""Accounts, posts, passwords and signing in, on a real file."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlmodel import select

from okr_desk.clock import FixedClock
from okr_desk.errors import InputRefused, NotAllowed, Refusal, WrongState
from okr_desk.model import audit
from okr_desk.model.store import Store
from okr_desk.model.tables import Account
from okr_desk.queries import orgs as orgs_now
from okr_desk.queries import users as standing
from okr_desk.rules.users import AccountDraft, AppointmentDraft, GrantDraft, PersonDraft
from okr_desk.services import users
from okr_desk.services.outcome import Topic
from okr_desk.terms import Post, Role
from tests.founded_township import FIRST, LIGHT, PASSWORD, TODAY, Town, add_account, found

VILLAGE = "青石村党支部"


@pytest.fixture(autouse=True)
def light_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the township's own."""
    monkeypatch.setattr(users, "HASHER", LIGHT)


@pytest.fixture
def town(tmp_path: Path, light_hashes: None) -> Iterator[Town]:
    town = found(tmp_path / "镇.okr")
    yield town
    town.store.close()


class Ticking:
    """A clock that the test moves by hand."""

    def __init__(self) -> None:
        self.at = FixedClock(TODAY).now()

    def now(self) -> datetime:
        return self.at

    def today(self) -> date:
        return TODAY


def account(store: Store, login: str = "admin") -> Account:
    with store.rows() as session:
        return session.exec(select(Account).where(Account.login == login)).one()


def test_passwords_are_argon2id_and_never_in_the_trail(town: Town) -> None:
    stored = account(town.store).password_hash or ""
    assert stored.startswith("$argon2id$")
    assert all(PASSWORD not in entry.after and "argon2" not in entry.after for entry in town.trail())


def test_the_program_hashes_with_at_least_the_recommended_cost() -> None:
    usual = PasswordHasher()
    assert (usual.memory_cost, usual.time_cost) >= (19 * 1024, 2)


def test_an_unknown_login_costs_a_real_verification_of_our_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    for hasher in (LIGHT, PasswordHasher(time_cost=2, memory_cost=128, parallelism=2)):
        monkeypatch.setattr(users, "HASHER", hasher)
        assert not hasher.check_needs_rehash(users._dummy())
        with pytest.raises(VerifyMismatchError):
            hasher.verify(users._dummy(), PASSWORD)


def test_signing_in_gives_the_person_with_the_grants_in_force(town: Town) -> None:
    actor = users.attempt(town.store, " ＡＤＭＩＮ ", PASSWORD)
    assert (actor.name, actor.login, actor.role_label) == ("王玥", "admin", "系统管理员")
    assert account(town.store).last_sign_in_at == town.store.clock.now()
    assert town.trail()[-1].action == "sign_in"


@pytest.mark.parametrize("login", ["admin", "niemand", "viewer"])
def test_wrong_password_unknown_login_and_no_password_read_the_same(town: Town, login: str) -> None:
    with pytest.raises(InputRefused, match=r"^账号或密码不对，请重新输入。$"):
        users.attempt(town.store, login, "不是这个密码")
    assert town.trail()[-1].action == "sign_in_refused"


def test_wrong_tries_are_counted_wait_longer_and_lock(town: Town, tmp_path: Path) -> None:
    clock = Ticking()
    town.store.close()
    store = Store.open(tmp_path / "镇.okr", clock)
    waits = []
    for _try in range(10):
        with pytest.raises(InputRefused, match="账号或密码不对"):
            users.attempt(store, "admin", "不是这个密码")
        until = account(store).locked_until
        waits.append(int((until - clock.at).total_seconds()) if until else 0)
        clock.at = until or clock.at
    assert waits == [0, 0, 0, 0, 5, 15, 30, 60, 120, 900]
    clock.at -= timedelta(seconds=1)
    with pytest.raises(InputRefused, match="请 1 秒后再试"):
        users.attempt(store, "admin", PASSWORD)
    store.close()
    again = Store.open(tmp_path / "镇.okr", clock)
    clock.at -= timedelta(minutes=5)
    with pytest.raises(InputRefused, match="请 6 分钟后再试，或请系统管理员重设密码"):
        users.attempt(again, "admin", PASSWORD)
    clock.at += timedelta(minutes=6)
    assert users.attempt(again, "admin", PASSWORD).login == "admin"
    assert account(again).wrong_passwords == 0
    with again.read() as session:
        assert audit.first_broken(session) is None
    again.close()


def test_a_clock_set_back_does_not_lock_for_longer_than_the_rule(town: Town, tmp_path: Path) -> None:
    clock = Ticking()
    town.store.close()
    store = Store.open(tmp_path / "镇.okr", clock)
    for _try in range(5):
        with pytest.raises(InputRefused):
            users.attempt(store, "admin", "不是这个密码")
    clock.at -= timedelta(days=3650)
    with pytest.raises(InputRefused, match="请 5 秒后再试"):
        users.attempt(store, "admin", PASSWORD)
    store.close()


def test_windows_side_by_side_share_one_counter(town: Town) -> None:
    def one_try(_number: int) -> str:
        with pytest.raises(InputRefused) as refused:
            users.attempt(town.store, "admin", "不是这个密码")
        return refused.value.sentence

    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(one_try, range(8)))
    assert sum("账号或密码不对" in sentence for sentence in said) == 5
    assert sum("秒后再试" in sentence for sentence in said) == 3
    assert account(town.store).wrong_passwords == 5


def test_guessing_over_many_logins_makes_everybody_wait(town: Town, tmp_path: Path) -> None:
    clock = Ticking()
    town.store.close()
    store = Store.open(tmp_path / "镇.okr", clock)
    for number in range(30):
        clock.at += timedelta(seconds=1)
        with pytest.raises(InputRefused, match="账号或密码不对"):
            users.attempt(store, f"guess{number}", "不是这个密码")
    with pytest.raises(InputRefused, match="登录失败次数过多，请 15 分钟后再试"):
        users.attempt(store, "admin", PASSWORD)
    clock.at += timedelta(minutes=15)
    assert users.attempt(store, "admin", PASSWORD).login == "admin"
    store.close()


def test_a_hash_of_lower_cost_is_renewed_at_sign_in(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    before = account(town.store).password_hash
    monkeypatch.setattr(users, "HASHER", PasswordHasher(time_cost=2, memory_cost=64, parallelism=1))
    users.attempt(town.store, "admin", PASSWORD)
    after = account(town.store).password_hash
    assert after != before
    assert "t=2" in (after or "")


def test_resetting_asks_for_an_own_password(town: Town) -> None:
    viewer = town.actors["viewer"].account_id
    town.write("admin", users.reset_password, viewer, "临时口令给覃喆用")
    assert town.read(standing.must_change, viewer)
    with pytest.raises(InputRefused, match="原密码不对"):
        town.write("viewer", users.change_password, "忘了", "我自己想出来的口令")
    town.write("viewer", users.change_password, "临时口令给覃喆用", "我自己想出来的口令")
    assert not town.read(standing.must_change, viewer)
    assert users.attempt(town.store, "viewer", "我自己想出来的口令").name == "覃喆"


def test_disabled_accounts_are_shut_at_once_even_with_a_window_open(town: Town) -> None:
    other = add_account(town, "office", "董玥", Role.ADMINISTRATOR, town.township)
    town.write("admin", users.disable, other)
    with pytest.raises(NotAllowed, match="账号已停用"):
        town.write("office", users.create_person, PersonDraft("朱丽华"))
    town.write("admin", users.reset_password, other, "董玥自己的新口令")
    with pytest.raises(InputRefused, match="已停用"):
        users.attempt(town.store, "office", "董玥自己的新口令")
    town.write("admin", users.enable, other)
    assert users.attempt(town.store, "office", "董玥自己的新口令").name == "董玥"


def test_the_last_administrator_stays(town: Town) -> None:
    held = town.read(standing.grants, 1)[1][0].id
    with pytest.raises(WrongState, match="最后一个系统管理员"):
        town.write("admin", users.revoke, held)
    with pytest.raises(WrongState, match="不能停用自己"):
        town.write("admin", users.disable, 1)
    add_account(town, "office", "董玥", Role.ADMINISTRATOR, town.township)
    town.write("office", users.revoke, held)
    with pytest.raises(NotAllowed):
        town.write("admin", users.create_person, PersonDraft("朱丽华"))


def test_grants_end_and_offices_stand_where_they_belong(town: Town) -> None:
    viewer = town.actors["viewer"].account_id
    with pytest.raises(InputRefused, match="只能在镇党委设置"):
        town.write("admin", users.grant, GrantDraft(viewer, Role.ADMINISTRATOR, town.ids[VILLAGE], FIRST))
    with pytest.raises(InputRefused, match="应当设在具体支部"):
        town.write("admin", users.grant, GrantDraft(viewer, Role.BRANCH_SECRETARY, town.township, FIRST))
    draft = GrantDraft(viewer, Role.BRANCH_RECORDER, town.ids[VILLAGE], FIRST)
    first = town.write("admin", users.grant, draft)
    assert first.changes.topics == {Topic.USERS}
    assert not town.write("admin", users.grant, draft).changes
    town.write("admin", users.revoke, first.value)
    assert [g.role for g in town.read(standing.account, viewer, TODAY).grants] == [Role.VIEWER]
    assert [g.role for g in town.read(standing.account, viewer, date(2026, 10, 7)).grants] == [
        Role.VIEWER,
        Role.BRANCH_RECORDER,
    ]


def test_logins_are_unique_whatever_the_spelling(town: Town) -> None:
    person = town.write("admin", users.create_person, PersonDraft("朱丽华")).value
    draft = AccountDraft("Ａdmin", person, Role.VIEWER, town.township, FIRST)
    with pytest.raises(InputRefused, match="账号“admin”已有人使用"):
        town.write("admin", users.create_account, draft)


def test_appointing_ends_the_term_before(town: Town) -> None:
    org = town.ids[VILLAGE]
    old = town.write("admin", users.create_person, PersonDraft("李旭昇")).value
    new = town.write("admin", users.create_person, PersonDraft("李建国")).value
    town.write("admin", users.appoint, AppointmentDraft(org, Post.SECRETARY, old, FIRST))
    again = town.write("admin", users.appoint, AppointmentDraft(org, Post.SECRETARY, old, FIRST))
    assert not again.changes
    made = town.write("admin", users.appoint, AppointmentDraft(org, Post.SECRETARY, new, date(2026, 9, 1), True))
    assert made.changes.topics == {Topic.USERS, Topic.ORGS}
    terms = [(a.name, a.valid_from, a.valid_to, a.acting) for a in town.read(standing.appointments, org)]
    assert terms == [
        ("李旭昇", FIRST, date(2026, 8, 31), False),
        ("李建国", date(2026, 9, 1), None, True),
    ]
    assert town.read(orgs_now.holder, org, Post.SECRETARY, date(2026, 8, 31)) == "李旭昇"
    with pytest.raises(InputRefused, match="2026-09-01 起已有书记任职记录"):
        town.write("admin", users.appoint, AppointmentDraft(org, Post.SECRETARY, new, date(2026, 5, 1)))
    vacated = town.write("admin", users.vacate, made.value, date(2026, 9, 30))
    assert vacated.notices == ("书记一职自次日起空缺，打印时留空签名。",)
    assert town.read(orgs_now.holder, org, Post.SECRETARY, TODAY) == ""


def test_posts_that_several_share_stay_beside_each_other(town: Town) -> None:
    org = town.ids[VILLAGE]
    for name in ("李旭昇", "李建国"):
        person = town.write("admin", users.create_person, PersonDraft(name)).value
        town.write("admin", users.appoint, AppointmentDraft(org, Post.DEPUTY_SECRETARY, person, FIRST))
    assert [a.name for a in town.read(standing.appointments, org, TODAY)] == ["李旭昇", "李建国"]


def test_a_name_that_two_people_have_is_not_guessed(town: Town) -> None:
    first = town.write("admin", users.person_named, "朱丽华")
    assert town.write("admin", users.person_named, "朱丽华").value == first.value
    twice = town.write("admin", users.create_person, PersonDraft("朱丽华"))
    assert "已有同名人员" in twice.notices[0]
    with pytest.raises(InputRefused, match="有多位同名"):
        town.write("admin", users.person_named, "朱丽华")


@pytest.mark.parametrize("who", ["secretary", "viewer"])
def test_only_administrators_touch_accounts(town: Town, who: str) -> None:
    before = town.read(standing.accounts, TODAY)
    draft = GrantDraft(town.actors[who].account_id, Role.ADMINISTRATOR, town.township, FIRST)
    for service, *arguments in (
        (users.grant, draft),
        (users.disable, 1),
        (users.reset_password, 1, "换成我的口令吧"),
        (users.revoke, 1),
    ):
        with pytest.raises(NotAllowed):
            town.write(who, service, *arguments)
        assert town.trail()[-1].action == "denied"
    assert town.read(standing.accounts, TODAY) == before


def test_the_demo_needs_no_password_and_nothing_else_does(town: Town, tmp_path: Path) -> None:
    with town.store.rows() as session, pytest.raises(NotAllowed, match="需要输入账号和密码"):
        users.enter_demo(session, "admin")
    with town.store.rows() as session, pytest.raises(Refusal):
        users.sign_in(session, "admin", "不是这个密码")

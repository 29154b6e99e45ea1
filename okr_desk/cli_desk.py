"""What commands on a database share: opening it, and knowing who acts."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from okr_desk.errors import InputRefused, NotAllowed, Refusal
from okr_desk.i18n import _
from okr_desk.model.store import Store, today
from okr_desk.queries import cycles, orgs, users
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.rules.permissions import Action, Actor
from okr_desk.services import permits
from okr_desk.terms import OrgKind

DEMO_ACCOUNT = "admin"


def takes_person(parser: argparse.ArgumentParser) -> None:
    """The options that every command on a database takes."""
    parser.add_argument("--user", default="", help=_("以哪个账号办理；密码取自环境变量 OKR_DESK_PASSWORD 或现场输入"))
    parser.add_argument("--json", action="store_true", help=_("输出 JSON，供程序读取"))


@contextmanager
def opened(path: str) -> Iterator[Store]:
    """An open store, closed afterwards."""
    store = Store.open(Path(path))
    try:
        yield store
    finally:
        store.close()


def person(store: Store, args: argparse.Namespace) -> Actor:
    """Who acts: `--user` with a password; a demo file lets its people in without one, as the window does.

    Raises NotAllowed for a wrong account or password.
    """
    from okr_desk.services import users as accounts

    if store.is_demo and (args.user in ("", DEMO_ACCOUNT) or "OKR_DESK_PASSWORD" not in os.environ):
        return _known(store, args.user or DEMO_ACCOUNT)
    if not args.user:
        raise NotAllowed(_("请用 --user 写明账号，密码放在环境变量 OKR_DESK_PASSWORD 里或按提示输入。"))
    return accounts.attempt(store, args.user, password())


def password() -> str:
    """From the environment, else asked for where there is a person to ask."""
    given = os.environ.get("OKR_DESK_PASSWORD")
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise Refusal(_("没有密码。请把密码放在环境变量 OKR_DESK_PASSWORD 里。"))
    return getpass.getpass(_("密码："))


def org_named(store: Store, name: str) -> OrgView:
    """The organisation with this full or short name, or with a name that only one contains.

    Raises Refusal when there is none, or several.
    """
    with store.read() as session:
        found = orgs.find(session, name, today(session))
        near = [] if found else [o for o in orgs.tree(session, today(session)) if name and name in o.short_name]
    if found is None and len(near) == 1:
        return near[0]
    if found is None and near:
        names = "、".join(org.short_name for org in near[:8])
        raise Refusal(_("“{name}”可以指：{names}。请写完整的名称。").format(name=name, names=names))
    if found is None:
        raise Refusal(_("没有名为“{name}”的党组织。请核对名称，可写全称或简称。").format(name=name))
    return found


def quarter_named(store: Store, key: str) -> QuarterView:
    """The quarter `2026Q3`; the current one when `key` is empty. Raises Refusal when there is none."""
    with store.read() as session:
        found = cycles.by_key(session, key) if key else cycles.current(session, today(session))
    if found is None:
        raise _no_quarter(key)
    return found


def check_quarter(key: str) -> None:
    """Refuse what can be no quarter before anything is opened or asked for; an empty `key` is the current one."""
    if key and cycles.spelled(key) is None:
        raise _no_quarter(key)


def _no_quarter(key: str) -> Refusal:
    return Refusal(_("没有“{key}”这个季度。请写成 2026Q3 的样子，或先建立该年度。").format(key=key or _("当前")))


def branches(
    store: Store, actor: Actor, args: argparse.Namespace, quarter: QuarterView, whole: bool = False
) -> tuple[OrgView, ...]:
    """The branches asked for by --org or --all, as far as the person may see them; a document of the `whole` township
    needs all.

    Raises InputRefused without any, NotAllowed for a branch of somebody else.
    """
    if args.org and args.all:
        raise InputRefused(_("--org 与 --all 只能写一个。"))
    found = (org_named(store, name) for name in args.org)
    named = tuple({org.id: org for org in found}.values())
    if not (named or args.all or whole):
        raise InputRefused(_("请用 --org 写明支部，或用 --all 表示全部支部。"))
    with store.read() as session:
        tree = orgs.tree(session, min(today(session), quarter.ends_on))
        for org in named or (tree[:1] if whole else ()):
            permits.require(session, actor, Action.VIEW, org.id)
    of = named or tuple(org for org in tree if org.kind == OrgKind.BRANCH)
    return tuple(org for org in of if actor.may(Action.VIEW, org.line))


def takes_branches(parser: argparse.ArgumentParser) -> None:
    """The options that name branches."""
    parser.add_argument("--org", nargs="+", default=[], help=_("哪些支部，可写多个，全称或简称"))
    parser.add_argument("--all", action="store_true", help=_("全部支部"))


def day(text: str) -> date:
    """A day as it is written on the command line. Raises InputRefused for what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputRefused(_("“{text}”不是日期。请写成 2026-09-30 的样子。").format(text=text)) from None


def naming_option(refusal: InputRefused, options: Mapping[str, str]) -> InputRefused:
    """The refusal with the option to write, where one would mend it."""
    option = options.get(refusal.field)
    if option is None or option in refusal.sentence:
        return refusal
    return InputRefused(refusal.sentence + _("命令行用 {option} 填写。").format(option=option), refusal.field)


def say(args: argparse.Namespace, text: str, facts: object) -> None:
    """Print for a person, or the facts as JSON for a machine."""
    if args.json:
        sys.stdout.write(json.dumps(facts, ensure_ascii=False, default=str) + "\n")
    elif text:
        sys.stdout.write(text + "\n")


def _known(store: Store, login: str) -> Actor:
    with store.read() as session:
        found = users.by_login(session, login, today(session))
        actor = None if found is None else users.actor(session, found.id, today(session))
    if actor is None:
        raise NotAllowed(_("没有账号“{login}”。").format(login=login))
    return actor

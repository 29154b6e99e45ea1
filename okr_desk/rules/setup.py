"""What a new township database starts from."""

from __future__ import annotations

from dataclasses import dataclass

from okr_desk.i18n import N_
from okr_desk.rules import cycles, orgs, users
from okr_desk.rules.users import PersonDraft

CATEGORIES = (N_("农村"), N_("社区"), N_("机关"), N_("国企"), N_("科研院所"), N_("学校"), N_("两新组织"))


@dataclass(frozen=True)
class TownshipDraft:
    """A township (short name 青山镇, full name 中共青山镇委员会), its first administrator and its first year.

    Without a password nobody can sign in: only for the demo.
    """

    name: str
    full_name: str
    admin_login: str
    admin_name: str
    password: str | None
    year: int


def check(draft: TownshipDraft) -> None:
    """Raises InputRefused naming the field of the draft at fault."""
    orgs.check_names(draft.full_name, draft.name)
    users.check_person(PersonDraft(draft.admin_name))
    users.check_login(draft.admin_login)
    if draft.password is not None:
        users.check_password(draft.password, draft.admin_login)
    cycles.check_year(draft.year)

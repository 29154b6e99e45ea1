"""A new township: the usual categories and red lines, the township itself, its first administrator, year, calendar."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, select

from okr_desk.errors import Refusal, WrongState
from okr_desk.i18n import _
from okr_desk.model.tables import Category, Meta, Org
from okr_desk.rules import setup as rules
from okr_desk.rules.orgs import OrgDraft
from okr_desk.rules.setup import TownshipDraft
from okr_desk.rules.users import AccountDraft, PersonDraft
from okr_desk.services import cycles, orgs, permits, red_lines, users
from okr_desk.services.outcome import Outcome, Topic, changed
from okr_desk.terms import OrgKind, Role

__all__ = ["TownshipDraft", "create_township"]


def create_township(session: Session, draft: TownshipDraft) -> Outcome[int]:
    """Fill an empty database; the id of the township. Runs as the program itself: there is nobody yet to ask.

    Raises InputRefused for the draft, WrongState when the database already holds a township.
    """
    rules.check(draft)
    if session.exec(select(Org.id)).first() is not None:
        raise WrongState(_("这个数据文件里已经有党组织，不能再次初始化。"))
    for place, name in enumerate(rules.CATEGORIES, start=1):
        session.add(Category(name=name, position=place))
    first = date(draft.year, 1, 1)
    township = OrgDraft(OrgKind.TOWNSHIP, draft.full_name, draft.name, first)
    org_id = orgs.create(session, permits.SETUP, township).value
    person_id = users.create_person(session, permits.SETUP, PersonDraft(draft.admin_name)).value
    account = AccountDraft(
        draft.admin_login, person_id, Role.ADMINISTRATOR, org_id, first, draft.password, must_change=False
    )
    users.create_account(session, permits.SETUP, account)
    notices = []
    for year in (draft.year, draft.year + 1):
        try:
            cycles.fill_from_library(session, permits.SETUP, year)
        except Refusal as unknown:
            notices += [unknown.sentence] if year == draft.year else []
    made = cycles.create_year(session, permits.SETUP, draft.year)
    lines = red_lines.load_seed(session, first)
    session.add(Meta(name="township", value=draft.name.strip()))
    session.flush()
    topics = changed(Topic.ORGS, Topic.USERS, Topic.CYCLES) | lines.changes
    return Outcome(org_id, topics, (*notices, *made.notices))

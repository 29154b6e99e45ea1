"""A round of mass satisfaction in the demo's third quarter: what papers of satisfaction can be tried on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from okr_desk.model.store import Store
from okr_desk.queries import cycles, orgs, users
from okr_desk.rules.ballots import BallotDraft
from okr_desk.rules.permissions import Actor
from okr_desk.rules.surveys import DefinitionDraft, GroupDraft, ItemDraft, RoundDraft
from okr_desk.services import ballots, surveys
from okr_desk.survey_terms import Channel, ItemKind
from okr_desk.terms import Sampling

ANSWERS = (
    "111",
    "112",
    "121",
    "222",
    "211",
    "132",
    "113",
    "222",
    "111",
    "344",
    "215",
    "111",
    "122",
    "121",
    "11-",
    "220",
)
"""Sixteen ballots of three questions, best level 1; one leaves the last one blank, one does not know."""


def ask(store: Store, *answered: str) -> int:
    """Define a survey, open its round and store ballots of the branches named; the id of the round."""
    with store.read() as session:
        account = users.by_login(session, "admin", store.clock.today())
        assert account is not None
        quarter = cycles.quarter(session, 2026, 3)
        assert quarter is not None
        known = {org.short_name: org.id for org in orgs.tree(session, quarter.ends_on)}
    actor = Actor(account.id, account.login, account.name, account.grants)
    items = (
        ItemDraft("作风和带头作用"),
        ItemDraft("事务公开"),
        ItemDraft("总体评价", is_overall=True),
        ItemDraft("最希望解决的一件事", ItemKind.OPEN),
    )
    said = DefinitionDraft(
        2026, "群众满意度测评", items, (GroupDraft("党员"), GroupDraft("村民")), ((Channel.HOME_PAPER, Decimal(1)),)
    )
    with store.write(actor) as session:
        definition = surveys.define(session, actor, said).value
        draft = RoundDraft(
            definition, quarter.id, "三季度测评", date(2026, 9, 1), date(2026, 9, 28), Sampling.RANDOM, "镇党建办"
        )
        opened = surveys.open_round(session, actor, draft).value
    drafts = [BallotDraft(known[name], None, Channel.HOME_PAPER, keys) for name in answered for keys in ANSWERS]
    if drafts:
        with store.write(actor) as session:
            ballots.record_ballots(session, actor, opened, drafts)
    return opened

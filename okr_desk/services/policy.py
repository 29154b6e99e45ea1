"""Change a setting of the office; audited."""

from __future__ import annotations

from decimal import Decimal

from sqlmodel import Session, select

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.model.tables import PolicyValue
from okr_desk.queries import incentive_rules, whistle_rules
from okr_desk.queries import policy as current
from okr_desk.rules.permissions import Action, Actor
from okr_desk.rules.policy import PolicyDraft, checked
from okr_desk.services import permits
from okr_desk.services.outcome import Changes, Outcome, Topic, changed


def change(session: Session, actor: Actor, draft: PolicyDraft) -> Outcome[str]:
    """Put a new value in force; raises InputRefused for a value that the declaration does not allow."""
    permits.require(session, actor, Action.EDIT_POLICY)
    value = checked(draft)
    after = current.values(session) | {draft.key: value}
    if Decimal(after["status.behind"]) >= Decimal(after["status.watch"]):
        raise InputRefused(_("“关注”的下限须小于“正常”的下限，请先调整另一项。"), "value")
    whistle_rules.check(after)
    incentive_rules.check(after)
    row = session.exec(select(PolicyValue).where(PolicyValue.name == draft.key)).first()
    if row is None:
        row = PolicyValue(name=draft.key, value=value)
    elif row.value == value:
        return Outcome(value, Changes())
    row.value = value
    session.add(row)
    session.flush()
    return Outcome(value, changed(Topic.POLICY))

"""Red lines as the office words them: each with its versions, in a list that schemes name."""

from datetime import date, datetime

from sqlmodel import Field, UniqueConstraint

from okr_desk import pinyin
from okr_desk.model.base import STRICT, Row, new_uid
from okr_desk.model.types import Instant
from okr_desk.rules.red_lines import RedLineRuleDraft


class RedLineRule(Row, table=True):
    """A code in a list; what it means is in its versions."""

    uid: str = Field(default_factory=new_uid, unique=True)
    code: str = Field(max_length=20, unique=True)
    list_name: str = Field(max_length=20)
    position: int = 0
    retired_on: date | None = None


class RedLineVersion(Row, table=True):
    """A wording that counts from a quarter on (`valid_from` is its first day): replaced by the next, never edited."""

    __table_args__ = (UniqueConstraint("rule_id", "version"), STRICT)
    rule_id: int = Field(foreign_key="redlinerule.id", index=True)
    version: int
    valid_from: date
    name: str = Field(max_length=40)
    search_keys: str = ""
    trigger: str = Field(max_length=200)
    kind: str
    highest: str = ""
    source: str = Field(default="", max_length=120)
    reason: str = ""
    account_id: int | None = Field(default=None, foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=Instant)


def wording(
    draft: RedLineRuleDraft, rule_id: int, version: int, valid_from: date, at: datetime, account_id: int | None = None
) -> RedLineVersion:
    """The row of a draft."""
    return RedLineVersion(
        rule_id=rule_id,
        version=version,
        valid_from=valid_from,
        name=draft.name.strip(),
        search_keys=pinyin.keys(draft.name.strip()),
        trigger=draft.trigger.strip(),
        kind=draft.kind.value,
        highest=draft.highest.strip(),
        source=draft.source.strip(),
        reason=draft.reason.strip(),
        account_id=account_id,
        recorded_at=at,
    )

"""The office's settings as they stand: what was changed, else the declared default."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from okr_desk.model.columns import PolicyValue
from okr_desk.model.reading import Reader
from okr_desk.rules import policy
from okr_desk.scoring.duties import Frequencies
from okr_desk.scoring.pace import Thresholds

RATE_INDICATOR = "grade.satisfaction_indicator"
"""The setting that names the indicator of the satisfied rate, by which gates limit grades and lights."""


def values(session: Reader) -> dict[str, str]:
    """Every declared setting with the value in force."""
    changed = {row.name: row.value for row in session.execute(_CHANGED)}
    return {key: changed.get(key, setting.default) for key, setting in policy.declared().items()}


_CHANGED = select(PolicyValue.name, PolicyValue.value)


def integer(session: Reader, key: str) -> int:
    """A whole number in force."""
    return int(Decimal(values(session)[key]))


def thresholds(session: Reader) -> Thresholds:
    """The limits of the lights."""
    found = values(session)
    return Thresholds(
        watch=Decimal(found["status.watch"]),
        behind=Decimal(found["status.behind"]),
        aspiration=Decimal(found["status.aspiration"]),
        coverage=Decimal(found["coverage.minimum"]),
    )


def frequencies(session: Reader) -> Frequencies:
    """How often each kind of meeting is owed."""
    found = values(session)
    keys = (
        "duty.assembly", "duty.committee", "duty.group", "duty.lesson", "duty.party_day", "duty.life",
        "duty.life_quarter",
    )  # fmt: skip
    return Frequencies(*(int(Decimal(found[key])) for key in keys))

"""The seal of the ballots of one batch: one entry of the trail stands for thousands of rows."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

FIELDS = (
    "org_id", "group_id", "channel", "number", "answers", "wish", "answered_on", "minute", "seconds", "void_reason",
    "suspect",
)  # fmt: skip
"""What is sealed of a ballot, in this order."""
_END = "\x1e"
_NEXT = "\x1f"


def digest(ballots: Iterable[Sequence[Any]]) -> str:
    """SHA-256 over the `FIELDS` of each ballot in order; blank and not said are the same."""
    lines = [_NEXT.join(["" if value is None else str(value) for value in ballot]) + _END for ballot in ballots]
    return hashlib.sha256("".join(lines).encode()).hexdigest()

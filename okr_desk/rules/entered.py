"""Who says an entry of daily work: the branch itself, or the office for it and on what ground (design 9)."""

from __future__ import annotations

from dataclasses import dataclass

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.rules.checks import check_length
from okr_desk.terms import EntryBasis


@dataclass(frozen=True)
class By:
    """Who reported it and on what ground, where somebody else typed it. `reason` is needed after the freeze."""

    reported_by: str = ""
    basis: EntryBasis = EntryBasis.OWN
    reason: str = ""


ITSELF = By()
"""The branch enters for itself."""


def check_by(by: By) -> None:
    """Raise InputRefused for a ground without the person who reported it."""
    check_length(by.reported_by, "reported_by", _("填报人"), 40)
    if by.basis is not EntryBasis.OWN and not by.reported_by.strip():
        raise InputRefused(_("代录的请写明填报人。"), "reported_by")

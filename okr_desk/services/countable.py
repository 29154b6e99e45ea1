"""A typed satisfaction figure that its number of answers cannot give is asked about before it counts (methods A8)."""

from __future__ import annotations

from decimal import Decimal

from sqlmodel import Session

from okr_desk.errors import InputRefused
from okr_desk.i18n import N_, _
from okr_desk.model.tables import IndicatorVersion
from okr_desk.queries import survey_grim
from okr_desk.scoring.grim import doubt, stated
from okr_desk.services import official
from okr_desk.terms import Origin

SATISFIED = N_("满意")
"""What the name of an indicator of satisfaction holds, whatever its code."""


def check(
    session: Session,
    org_id: int,
    quarter_id: int,
    meaning: IndicatorVersion,
    value: Decimal,
    note: str,
    origin: Origin = Origin.BRANCH,
) -> None:
    """Refuse (field "value") a rate or score that cannot come from the answers.

    The number of answers is what the note states (有效答卷 60 份); else the round of the quarter has counted it: then
    a note that says why lets the figure stand, and what another department measured is not held against it.
    """
    if SATISFIED not in meaning.name:
        return
    n = stated(note)
    if n is not None:
        said = doubt(meaning.unit, value, n)
        if said:
            raise InputRefused(said, "value")
    elif origin is not Origin.DEPARTMENT and not note.strip():
        code = official.code_of(session, meaning.indicator_id)
        said = survey_grim.why(session, org_id, quarter_id, code, meaning.unit, value)
        if said:
            raise InputRefused(_("{said}确认无误的，请在说明里写明依据。").format(said=said), "value")

"""What a branch still owes in an appraisal of its members that was begun: it counts once it is closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from okr_desk.i18n import _
from okr_desk.model.reading import Reader
from okr_desk.queries import appraisals
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.reminder import Reminder

PAGE, TAB = "titles", "members"


def owed(session: Reader, quarter: QuarterView, org_id: int, day: date) -> Sequence[Reminder]:
    """The count that is not closed, once its meeting was held; before it nothing is owed."""
    of = appraisals.under_way(session, quarter.year, org_id)
    if of is None or of.held_on > day:
        return ()
    counted, graded = sum(one.is_counted for one in of.people), sum(one.grade is not None for one in of.graded)
    said = _("“{name}”已计票 {n}/{all}，已定等次 {graded}/{due}，办结后计入组织生活。").format(
        name=of.name, n=counted, all=len(of.people), graded=graded, due=len(of.graded)
    )
    return (Reminder(said, PAGE, _("评议"), quarter.ends_on, arguments(org_id)),)


def arguments(org_id: int) -> tuple[tuple[str, object], ...]:
    """Where the appraisal of a branch's members is entered."""
    return (("org_id", org_id), ("tab", TAB))

"""What member points make of X10: members who earned points in the quarter, of all members (domain 1.4 X10).

A deduction alone is no activity. The divisor is the larger of names registered and the roster's members.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from okr_desk.i18n import N_, _
from okr_desk.model.reading import Reader
from okr_desk.queries import member_points, members
from okr_desk.queries.counting import Counted, Source, share
from okr_desk.queries.objectives import QuarterView


def counted(session: Reader, quarter: QuarterView, org_ids: Sequence[int]) -> Mapping[tuple[int, str], Counted]:
    """X10 of branches with any entry in the quarter."""
    strengths = members.strengths(session, org_ids, quarter.ends_on)
    found = {}
    for org_id, one in member_points.activity(session, quarter, org_ids).items():
        strength = strengths[org_id]
        if strength.total:
            said = _("{members}，本季有加分记录 {n} 人").format(members=strength.said, n=one.active)
            found[org_id, "X10"] = Counted(share(one.active, strength.total), one.newest, said)
    return found


SOURCE = Source(N_("党员积分"), ("X10",), counted)

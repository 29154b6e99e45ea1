"""What hours of service make of F11 and X04 (domain 1.4, 1.1 row 23).

F11: those who have served the hours due by the quarter's end (12.5, 25, 37.5, 50 of 50 a year), of all who report:
reporters from elsewhere, and members of the branch who served this year. Who reported and never came counts as not
reached. X04: hours of the branch's own members in the quarter, by all its members.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from okr_desk.i18n import N_, _
from okr_desk.model.reading import Reader
from okr_desk.queries import members, service_hours
from okr_desk.queries.counting import PLACES, Counted, Source, share
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.service_hours import PersonHours
from okr_desk.scoring.rounding import half_up, plain


def counted(session: Reader, quarter: QuarterView, org_ids: Sequence[int]) -> Mapping[tuple[int, str], Counted]:
    """F11 of branches with any hours this year, X04 of those whose members served in the quarter."""
    of: dict[int, list[PersonHours]] = defaultdict(list)
    for person in service_hours.people(session, quarter, org_ids):
        of[person.org_id].append(person)
    strengths = members.strengths(session, org_ids, quarter.ends_on)
    found = {}
    for org_id, people in of.items():
        made = [entry for person in people for entry in person.entries]
        if made:
            newest = max(one.served_on for one in made)
            found[org_id, "F11"] = Counted(share(_reached(people), len(people)), newest, _said(people))
        own = [entry for person in people if person.member_id is not None for entry in person.entries]
        own = [entry for entry in own if entry.quarter_id == quarter.id]
        if own and strengths[org_id].total:
            hours = sum((one.hours for one in own), Decimal(0))
            said = _("{members}，本季服务 {n} 小时").format(members=strengths[org_id].said, n=plain(hours))
            newest = max(one.served_on for one in own)
            found[org_id, "X04"] = Counted(half_up(hours / strengths[org_id].total, PLACES), newest, said)
    return found


def _reached(people: Sequence[PersonHours]) -> int:
    return sum(one.is_reached for one in people)


def _said(people: Sequence[PersonHours]) -> str:
    said = _("报到党员 {all} 人，年初至本季末满 {due} 小时的 {n} 人")
    return said.format(all=len(people), due=plain(people[0].due), n=_reached(people))


SOURCE = Source(N_("志愿服务记录"), ("F11", "X04"), counted)

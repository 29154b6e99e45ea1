"""What organisational life makes of indicators: B01–B08 from meetings and grading, B09–B19 from the ledger.

How each is counted is said in `resources/seed/indicators.toml`; numbers due are those of the roster at the quarter's
start. What is not owed gives nothing, and so does a branch without any entry: missing is not zero.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from okr_desk.duty_terms import ATTENDED, DutyKind, RegisterKind
from okr_desk.i18n import N_, _, using
from okr_desk.model.reading import Reader
from okr_desk.queries import duties, duty_meetings, duty_registers, policy
from okr_desk.queries.counting import Counted, Source, share
from okr_desk.queries.duties import Held, Roster
from okr_desk.queries.duty_registers import LineView
from okr_desk.queries.objectives import QuarterView
from okr_desk.scoring.duties import Frequencies, capped, due
from okr_desk.terms import label

RATES = {
    DutyKind.ASSEMBLY: "B01",
    DutyKind.COMMITTEE: "B02",
    DutyKind.GROUP: "B03",
    DutyKind.PARTY_DAY: "B05",
}
"""Held of due in percent, by kind."""
LESSONS, LIFE, GRADED, ATTENDANCE = "B04", "B06", "B07", "B08"
LEDGER = {
    RegisterKind.FEES: "B09",
    RegisterKind.MEMBER_HOURS: "B12",
    RegisterKind.COMMITTEE_HOURS: "B13",
    RegisterKind.ELECTION: "B14",
    RegisterKind.TALKS: "B16",
    RegisterKind.FLOATING: "B17",
    RegisterKind.OPENNESS: "B19",
}
"""Which line of the ledger feeds which indicator."""
Values = dict[tuple[int, str], Counted]


def from_meetings(session: Reader, quarter: QuarterView, org_ids: Sequence[int]) -> Mapping[tuple[int, str], Counted]:
    """B01 to B06 and B08 of a quarter; B06 looks at the year so far."""
    often, rosters = policy.frequencies(session), duties.rosters(session, quarter.starts_on, org_ids)
    events: dict[int, list[Held]] = defaultdict(list)
    for one in duty_meetings.held_in(session, org_ids, quarter):
        events[one.org_id].append(one)
    found: Values = {}
    with using("zh_CN"):
        for org_id, of_year in events.items():
            own = [one for one in of_year if one.held_on >= quarter.starts_on]
            if own:
                found |= _of_quarter(org_id, own, rosters[org_id], often, quarter)
            found |= _life(org_id, of_year, often, quarter)
    return found


def from_reviews(session: Reader, quarter: QuarterView, org_ids: Sequence[int]) -> Mapping[tuple[int, str], Counted]:
    """B07: who took part of those who should, in the quarter of the grading."""
    found: Values = {}
    with using("zh_CN"):
        for org_id, one in duty_registers.reviews(session, quarter.year, org_ids).items():
            if quarter.starts_on <= one.reviewed_on <= quarter.ends_on:
                said = _("应参评 {due} 人，参评 {n} 人").format(due=one.due, n=one.took_part)
                found[org_id, GRADED] = Counted(share(one.took_part, one.due), one.reviewed_on, said)
    return found


def from_ledger(session: Reader, quarter: QuarterView, org_ids: Sequence[int]) -> Mapping[tuple[int, str], Counted]:
    """B09, B12, B13, B14, B16, B17, B19: done of due.

    Fees add up over the quarter's months; talks are those of the half-year so far, by its newest line. A line with
    nothing due gives nothing.
    """
    of_line: dict[tuple[int, RegisterKind], list[LineView]] = defaultdict(list)
    for one in duty_registers.lines(session, quarter.year, org_ids):
        if one.quarter == quarter.number or _same_half(one, quarter):
            of_line[one.org_id, one.kind].append(one)
    found: Values = {}
    with using("zh_CN"):
        for (org_id, kind), lines in of_line.items():
            counts = lines if kind is RegisterKind.FEES else lines[-1:]
            owed, done = sum(one.due for one in counts), sum(one.done for one in counts)
            if not owed:
                continue
            value = Decimal(int(done >= owed)) if kind is RegisterKind.ELECTION else share(done, owed)
            said = _("{name}应 {due}，完成 {done}").format(name=label(kind), due=owed, done=done)
            found[org_id, LEDGER[kind]] = Counted(value, max(quarter.starts_on, *(one.as_of for one in counts)), said)
    return found


MEETINGS = Source(N_("三会一课记录"), (*RATES.values(), LESSONS, LIFE, ATTENDANCE), from_meetings)
REVIEWS = Source(N_("民主评议党员登记"), (GRADED,), from_reviews)
REGISTERS = Source(N_("组织生活台账"), tuple(LEDGER.values()), from_ledger)


def _of_quarter(org_id: int, own: Sequence[Held], roster: Roster, often: Frequencies, quarter: QuarterView) -> Values:
    found: Values = {}
    owed = due(roster.size, often, quarter.number).counts
    held = duties.counted(own, roster.size, often)
    newest = own[-1].held_on
    for kind, code in RATES.items():
        if owed[kind]:
            done = capped(held.get(kind, 0), owed[kind])
            said = _("{kind}应开 {due} 次，计 {done} 次").format(kind=label(kind), due=owed[kind], done=done)
            found[org_id, code] = Counted(share(done, owed[kind]), newest, said)
    if owed[DutyKind.LESSON]:
        lessons = held.get(DutyKind.LESSON, 0)
        found[org_id, LESSONS] = Counted(Decimal(lessons), newest, _("党课 {n} 次").format(n=lessons))
    attended = [one for one in own if set(one.kinds) & set(ATTENDED)]
    if attended:
        present, should = sum(one.present for one in attended), sum(one.due for one in attended)
        said = _("应到 {due} 人次，实到 {present} 人次").format(due=should, present=present)
        found[org_id, ATTENDANCE] = Counted(share(present, should), attended[-1].held_on, said)
    return found


def _life(org_id: int, of_year: Sequence[Held], often: Frequencies, quarter: QuarterView) -> Values:
    """1 once one was held, 0 in the quarter in which it falls due; before that nothing is said."""
    held = [one for one in of_year if DutyKind.LIFE in one.kinds]
    is_silent = of_year[-1].held_on < quarter.starts_on
    if not held and (quarter.number < often.life_quarter or is_silent):
        return {}
    newest = (held or of_year)[-1].held_on
    said = _("本年组织生活会 {n} 次").format(n=len(held))
    return {(org_id, LIFE): Counted(Decimal(int(bool(held))), max(newest, quarter.starts_on), said)}


def _same_half(one: LineView, quarter: QuarterView) -> bool:
    is_talk = one.kind is RegisterKind.TALKS
    return is_talk and one.quarter < quarter.number and (one.quarter + 1) // 2 == (quarter.number + 1) // 2

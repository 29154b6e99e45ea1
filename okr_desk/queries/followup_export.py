"""Findings as flat rows for files that leave the program: the columns of the ledger, one row a finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from okr_desk.model.reading import Reader
from okr_desk.queries import cycles, followups
from okr_desk.terms import label

Cells = dict[str, object]


def findings_of(session: Reader, orgs: Mapping[int, str], period: str) -> Iterator[Cells]:
    """Findings that stand in the order of their numbers; of a period those of its quarter."""
    keys = {quarter.id: quarter.key for quarter in cycles.quarters(session)}
    for one in followups.findings(session):
        if one.org_id not in orgs or period not in ("", keys[one.quarter_id]):
            continue
        done = one.written_off
        yield {
            "number": one.number, "org": orgs[one.org_id], "period": keys[one.quarter_id],
            "source": label(one.source), "problem": one.problem, "fact": one.fact, "clause": one.clause,
            "class": label(one.kind), "demand": one.demand, "measure": one.measure, "owner": one.owner,
            "leader": one.leader, "issued": one.issued_on, "promised": one.due_on,
            "first_promised": None if one.due_on == one.first_due_on else one.first_due_on,
            "progress": one.progress, "recognised": label(one.recognised) if one.recognised else "",
            "by": "" if done is None else done.by, "done": None if done is None else done.on,
            "looked": one.looks[-1].on if one.looks else None, "state": label(one.state), "light": label(one.light),
            "late_days": one.late, "feedback": one.feedback, "incentive": one.incentive,
        }  # fmt: skip

"""Projects, demands, vanguard posts and partners as flat rows for files that leave the program; names masked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from sqlalchemy import func, select

from okr_desk.i18n import _
from okr_desk.model.columns import Demand, Project
from okr_desk.model.reading import Reader
from okr_desk.model.store import today
from okr_desk.queries import activities, cycles, demands, partners, posts, projects
from okr_desk.register_terms import DemandAction, PartnerList
from okr_desk.rules.masking import masked
from okr_desk.terms import label

Cells = dict[str, object]


def project_rows(session: Reader, orgs: Mapping[int, str], period: str) -> Iterator[Cells]:
    """One row a node; of a period those planned in it."""
    day = today(session)
    for year in session.execute(select(Project.year).distinct().order_by(Project.year)).scalars():
        for one in projects.projects(session, year, list(orgs)):
            for node in one.nodes:
                key = f"{node.planned_on.year}Q{(node.planned_on.month + 2) // 3}"
                if period in ("", key):
                    yield {
                        "org": orgs[one.org_id], "period": key, "project": one.name, "lead": one.lead, "goal": one.goal,
                        "started": one.started_on, "node": node.name, "weight": node.weight,
                        "planned": node.planned_on, "first_planned": node.first_planned_on, "done": node.done_on,
                        "state": label(node.state(day)), "note": node.done_note,
                        "moved": "；".join(move.reason for move in node.moves),
                    }  # fmt: skip


def demand_rows(session: Reader, orgs: Mapping[int, str], period: str) -> Iterator[Cells]:
    """One row a demand by the quarter in which it was raised, with the resident's word and the case."""
    keys = {quarter.id: quarter.key for quarter in cycles.quarters(session)}
    last = session.execute(select(func.max(Demand.year))).scalar() or 0
    told = {}
    for year in range(session.execute(select(func.min(Demand.year))).scalar() or 0, last + 1) if last else ():
        for case in demands.cases(session, year, today(session), list(orgs)):
            told[case.demand.id] = case
    for one in demands.demands(session, list(orgs)):
        if period not in ("", keys[one.quarter_id]):
            continue
        found, answer, written = one.done, one.answer, told.get(one.id)
        review = None if written is None else written.review
        why = one.last(DemandAction.CANNOT)
        yield {
            "org": orgs[one.org_id], "period": keys[one.quarter_id], "number": one.label, "date": one.raised_on,
            "source": label(one.source), "asker": one.asker, "what": one.what, "category": one.category,
            "owner": one.owner, "promised": one.promised_on,
            "first_promised": one.first_promised_on if one.postponed else None,
            "postponed": "；".join(move.reason for move in one.postponed), "state": label(one.state),
            "done": None if found is None else found.on, "result": "" if found is None else found.note,
            "answered": None if answer is None else answer.on,
            "answer": "" if answer is None else label(answer.action),
            "way": "" if answer is None or answer.way is None else label(answer.way),
            "explained": "" if why is None else why.note, "case": "" if written is None else written.title,
            "case_valid": None if review is None else review.is_valid,
        }  # fmt: skip


def post_rows(session: Reader, orgs: Mapping[int, str], period: str) -> Iterator[Cells]:
    """One row a post and quarter that was checked; a post that was never checked has one row without a result."""
    keys = {quarter.id: quarter.key for quarter in cycles.quarters(session)}
    for one in posts.posts(session, list(orgs)):
        plain: Cells = {
            "org": orgs[one.org_id], "post": one.name, "place": one.place, "holder": masked(one.holder),
            "promise": one.promise, "hung": one.hung_on, "down": one.down_on, "cause": one.cause,
        }  # fmt: skip
        checks = [check for check in one.checks if period in ("", keys[check.quarter_id])]
        for check in checks:
            yield {
                **plain, "period": keys[check.quarter_id], "date": check.on, "result": label(check.result),
                "by": check.checked_by, "note": check.note,
            }  # fmt: skip
        if not one.checks and not period:
            yield plain


def partner_rows(session: Reader, orgs: Mapping[int, str], period: str) -> Iterator[Cells]:
    """Partners, and the lines of the three lists; of a period the projects planned in it."""
    day = today(session)
    if not period:
        for unit in partners.partners(session, list(orgs)):
            yield {
                "org": orgs[unit.org_id], "list": "partner", "partner": unit.name, "role": label(unit.role),
                "contact": masked(unit.contact), "date": unit.since, "ended": unit.ended_on,
            }  # fmt: skip
    for one in partners.items(session, list(orgs)):
        key = "" if one.planned_on is None else f"{one.planned_on.year}Q{(one.planned_on.month + 2) // 3}"
        if period not in ("", key):
            continue
        state = one.state(day)
        yield {
            "org": orgs[one.org_id], "period": key, "list": label(one.kind), "partner": one.partner, "text": one.text,
            "date": one.agreed_on, "need": one.need, "resource": one.resource, "planned": one.planned_on,
            "done": one.done_on, "result": one.result, "state": "" if state is None else label(state),
            "matched": None if one.kind is PartnerList.PROJECT else one.project_id is not None,
        }  # fmt: skip


def activity_rows(session: Reader, orgs: Mapping[int, str], period: str) -> Iterator[Cells]:
    """One row an activity that stands, with its ratings from best to worst."""
    for quarter in cycles.quarters(session):
        if period not in ("", quarter.key):
            continue
        for one in activities.register(session, quarter, list(orgs)).activities:
            if one.stands:
                yield {
                    "org": orgs[one.org.id], "period": quarter.key, "date": one.held_on, "topic": one.topic,
                    "place": one.place, "attended": one.attended,
                    **{f"level{place}": count for place, count in enumerate(one.counts, start=1)},
                    "unsure": one.unsure, "rated": one.rated, "score": one.score, "counted": one.reached,
                    "late": one.late_reason or (_("补报") if one.is_late else ""), "reported_by": one.reported_by,
                }  # fmt: skip


ROWS: dict[str, Callable[[Reader, Mapping[int, str], str], Iterator[Cells]]] = {
    "projects": project_rows,
    "demands": demand_rows,
    "posts": post_rows,
    "partners": partner_rows,
    "activities": activity_rows,
}
"""The words of the export and who gives their rows."""

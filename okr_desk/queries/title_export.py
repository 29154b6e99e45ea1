"""Titles, appraisals, honours and suggested coefficients as flat rows for files that leave the program."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from okr_desk.appraisal_terms import AppraisalKind
from okr_desk.model.reading import Reader
from okr_desk.model.store import today
from okr_desk.queries import appraisals, coefficients, cycles, honours, orgs, titles
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.scoring.rounding import half_up
from okr_desk.terms import OrgKind, QuarterState, label
from okr_desk.title_terms import TitleParty
from okr_desk.title_terms import TitleStep as Step

Cells = dict[str, object]


def title_rows(session: Reader, of: Mapping[int, str], period: str) -> Iterator[Cells]:
    """One row a title: its state, marks by party, and the days of its steps."""
    for year in _years(session, period):
        for one in titles.titles(session, year, set(of)):
            last = one.last
            yield {
                "org": of[one.org_id], "year": year, "name": one.name, "state": label(one.state),
                "self": _shown(one.mean(TitleParty.SELF)), "peers": _shown(one.mean(TitleParty.PEERS)),
                "upper": _shown(one.mean(TitleParty.UPPER)), "total": _shown(one.total.value),
                "applied": one.on(Step.APPLY), "decided": one.on(Step.DECIDE), "granted": one.on(Step.GRANT),
                "document": "" if last is None else last.document, "note": "" if last is None else last.note,
            }  # fmt: skip


def appraisal_rows(session: Reader, of: Mapping[int, str], period: str) -> Iterator[Cells]:
    """One row a person, item and class of voters that was counted; the grade stands in each of them."""
    names = {one.id: one.short_name for one in orgs.tree(session, today(session))} | dict(of)
    for year in _years(session, period):
        for view in reversed(appraisals.appraisals(session, year)):
            for person in view.people:
                own = person.org_id if view.kind is AppraisalKind.SECRETARIES else None
                org = names.get(own or view.org_id) or names.get(view.org_id, "")  # never without: rights hang on it
                said: Cells = {
                    "org": org, "year": year, "kind": label(view.kind), "round": view.name, "date": view.held_on,
                    "name": person.name, "grade": "" if person.grade is None else label(person.grade),
                    "score": _shown(person.score.value),
                }  # fmt: skip
                if not person.votes:
                    yield said
                for one in person.votes:
                    levels = {f"level{place}": count for place, count in enumerate(one.votes, start=1)}
                    yield {**said, "voter": label(one.voter), "item": label(one.item), **levels}


def honour_rows(session: Reader, of: Mapping[int, str], period: str) -> Iterator[Cells]:
    """One row an honour that was given."""
    for year in _years(session, period):
        for kind in honours.kinds(session, year, set(of)):
            for one in kind.given:
                yield {
                    "org": of[one.org_id], "year": year, "name": kind.name, "person": one.person,
                    "given": one.given_on, "document": one.document, "note": one.note,
                }  # fmt: skip


def coefficient_rows(session: Reader, of: Mapping[int, str], period: str) -> Iterator[Cells]:
    """One row a branch and quarter that has begun; what there is nothing to suggest from stays empty."""
    for quarter in cycles.quarters(session):
        if quarter.state is QuarterState.PLANNING or period not in ("", quarter.key):
            continue
        table = coefficients.of_quarter(session, quarter, _branches(session, quarter, of))
        for line in table.lines:
            yield {
                "org": of[line.org.id], "period": quarter.key, "percent": _shown(line.score), "grade": line.grade or "",
                "coefficient": _shown(line.coefficient.value), "way": table.way, "note": table.note,
            }  # fmt: skip


ROWS: Mapping[str, Callable[[Reader, Mapping[int, str], str], Iterator[Cells]]] = {
    "titles": title_rows,
    "appraisals": appraisal_rows,
    "honours": honour_rows,
    "coefficients": coefficient_rows,
}
"""The words of the export, and what gives their rows."""


def _shown(value: Decimal | None) -> Decimal | None:
    """Four decimals, as they are read; nothing is reckoned from an exported row."""
    return None if value is None else half_up(value, 4)


def _years(session: Reader, period: str) -> Sequence[int]:
    """The years asked for: that of the quarter named, or all."""
    return sorted({one.year for one in cycles.quarters(session) if period in ("", one.key)})


def _branches(session: Reader, quarter: QuarterView, of: Mapping[int, str]) -> list[OrgView]:
    tree = orgs.tree(session, min(today(session), quarter.ends_on))
    return [one for one in tree if one.kind == OrgKind.BRANCH and one.id in of]

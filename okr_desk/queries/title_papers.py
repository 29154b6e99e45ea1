"""What the papers of the incentive chain are printed from: titles, ballots and counts, suggestions, candidates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from okr_desk.appraisal_terms import VOTERS, AppraisalKind, Voter
from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.member_terms import MemberKind
from okr_desk.model.reading import Reader
from okr_desk.model.store import today
from okr_desk.queries import (
    appraisals,
    board,
    candidates,
    coefficients,
    honours,
    incentive_rules,
    letterheads,
    members,
    orgs,
    standings,
    titles,
)
from okr_desk.queries.appraisals import AppraisalView
from okr_desk.queries.candidates import CandidateList
from okr_desk.queries.coefficients import CoefficientTable
from okr_desk.queries.incentive_rules import TitleRule
from okr_desk.queries.letterheads import digest
from okr_desk.queries.objectives import ObjectiveView, OrgView, QuarterView
from okr_desk.queries.titles import TitleView
from okr_desk.rules.titles import Fact
from okr_desk.terms import ApprovalState, OrgKind, label

_NEEDED = {
    "secretary-ballot": AppraisalKind.SECRETARIES,
    "secretary-count": AppraisalKind.SECRETARIES,
    "member-count": AppraisalKind.MEMBERS,
}
BLANK_LINES = 20
"""Lines of a members' ballot where nobody is registered by name."""


@dataclass(frozen=True)
class TitleForm:
    """The application and assessment of a branch; `title` None: it has not applied, the form is filled by hand."""

    township: str
    org: OrgView
    year: int
    title: TitleView | None
    facts: tuple[Fact, ...]
    rule: TitleRule
    is_demo: bool = False
    digest: str = ""


@dataclass(frozen=True)
class BallotForm:
    """What is voted on, and by which classes. `people` are names with their post; a name may be blank."""

    township: str
    org: OrgView
    year: int
    name: str
    kind: AppraisalKind
    people: tuple[tuple[str, str], ...]
    voters: tuple[Voter, ...]
    is_demo: bool = False
    digest: str = ""


@dataclass(frozen=True)
class AppraisalForm:
    """The count of an appraisal. `orgs` are short names of branches by id."""

    township: str
    org: OrgView
    of: AppraisalView
    orgs: Mapping[int, str] = field(default_factory=dict)
    is_demo: bool = False
    digest: str = ""


@dataclass(frozen=True)
class IncentiveForm:
    """Suggested coefficients of a quarter, with the honours of the year by branch."""

    township: str
    year: int
    table: CoefficientTable
    honours: Mapping[int, tuple[str, ...]]
    day: date
    is_demo: bool = False
    digest: str = ""


@dataclass(frozen=True)
class CandidateForm:
    """The list of candidates as of a year."""

    township: str
    of: CandidateList
    day: date
    is_demo: bool = False
    digest: str = ""


@dataclass(frozen=True)
class LetterForm:
    """The target responsibility letter of a branch: approved objectives with the targets of the year."""

    township: str
    committee: str
    org: OrgView
    year: int
    objectives: tuple[ObjectiveView, ...]
    is_demo: bool = False
    digest: str = ""


def asked(
    session: Reader, key: str, quarter: QuarterView, of: Sequence[OrgView], record_id: int = 0
) -> tuple[object, ...]:
    """The snapshots of a paper. Raises Refusal where there is nothing to print it from."""
    return tuple(replace(form, digest=digest(form)) for form in _FORMS[key](session, quarter, of, record_id))


def refusal(session: Reader, key: str, quarter: QuarterView) -> str:
    """Why a paper would be blank: nobody has set the appraisal up that it is of; else empty."""
    kind = _NEEDED.get(key)
    if kind is None or appraisals.has_any(session, quarter.year, kind):
        return ""
    said = _("{year}年还没有建立{kind}，请先在“激励与评议”中建立。")
    return said.format(year=quarter.year, kind=label(kind))


def _title_forms(session: Reader, quarter: QuarterView, of: Sequence[OrgView], record_id: int) -> Sequence[Any]:
    head, rule = letterheads.letterhead(session, quarter), incentive_rules.title_rule(session)
    found = {one.org_id: one for one in titles.titles(session, quarter.year, [org.id for org in of])}
    standing = standings.standings(session, quarter.year, of)
    facts = titles.facts(session, standing, [org.id for org in of], rule)
    chosen = [org for org in of if not record_id or (org.id in found and found[org.id].id == record_id)]
    return [
        TitleForm(head.township, org, quarter.year, found.get(org.id), facts[org.id], rule, head.is_demo)
        for org in chosen
    ]


def _secretary_ballots(session: Reader, quarter: QuarterView, _of: Sequence[OrgView], record_id: int) -> Sequence[Any]:
    head, view = letterheads.letterhead(session, quarter), _of_secretaries(session, quarter, record_id)
    names = _names(session, quarter)
    people = tuple(
        (one.name, " ".join(w for w in (names.get(one.org_id or 0, ""), one.post) if w)) for one in view.people
    )
    voters = tuple(one.voter for one in view.voters)
    return [
        BallotForm(
            head.township, _town(session, quarter), view.year, view.name, view.kind, people, voters, head.is_demo
        )
    ]


def _secretary_counts(session: Reader, quarter: QuarterView, _of: Sequence[OrgView], record_id: int) -> Sequence[Any]:
    head, view = letterheads.letterhead(session, quarter), _of_secretaries(session, quarter, record_id)
    return [AppraisalForm(head.township, _town(session, quarter), view, _names(session, quarter), head.is_demo)]


def _member_ballots(session: Reader, quarter: QuarterView, of: Sequence[OrgView], record_id: int) -> Sequence[Any]:
    """From the appraisal of the year; without one from the list of members, else with blank lines."""
    head, kind = letterheads.letterhead(session, quarter), AppraisalKind.MEMBERS
    found = _of_members(session, quarter, of, record_id)
    registered = members.members(session, [org.id for org in of], min(today(session), quarter.ends_on))
    forms = []
    for org in of:
        view = found.get(org.id)
        if view is not None:
            names = [(one.name, one.post) for one in view.graded]
        else:
            own = [one for one in registered if one.org_id == org.id and one.kind is not MemberKind.PROBATIONARY]
            names = [(one.name, one.duty) for one in own]
            names += [("", "")] * ((org.full_members or BLANK_LINES) - len(names))  # those not registered by name
        name = _("民主评议党员") if view is None else view.name
        form = BallotForm(head.township, org, quarter.year, name, kind, tuple(names), VOTERS[kind], head.is_demo)
        forms.append(form)
    return forms


def _member_counts(session: Reader, quarter: QuarterView, of: Sequence[OrgView], record_id: int) -> Sequence[Any]:
    head, found = letterheads.letterhead(session, quarter), _of_members(session, quarter, of, record_id)
    if not found:
        said = _("所选支部{year}年还没有建立民主评议，请先在“激励与评议”中建立。")
        raise Refusal(said.format(year=quarter.year))
    return [AppraisalForm(head.township, org, found[org.id], is_demo=head.is_demo) for org in of if org.id in found]


def _incentives(session: Reader, quarter: QuarterView, _of: Sequence[OrgView], _record_id: int) -> Sequence[Any]:
    head, every = letterheads.letterhead(session, quarter), _branches(session, quarter)
    given: dict[int, list[str]] = {}
    for kind in honours.kinds(session, quarter.year):
        for one in kind.given:
            words = f"{kind.name} {one.person}".strip()
            given.setdefault(one.org_id, []).append(words)
    table = coefficients.of_quarter(session, quarter, every)
    day = min(today(session), quarter.ends_on)
    known = {org_id: tuple(words) for org_id, words in given.items()}
    return [IncentiveForm(head.township, quarter.year, table, known, day, head.is_demo)]


def _candidates(session: Reader, quarter: QuarterView, _of: Sequence[OrgView], _record_id: int) -> Sequence[Any]:
    head = letterheads.letterhead(session, quarter)
    found = candidates.candidates(session, quarter.year, _branches(session, quarter))
    return [CandidateForm(head.township, found, today(session), head.is_demo)]


def _letters(session: Reader, quarter: QuarterView, of: Sequence[OrgView], _record_id: int) -> Sequence[Any]:
    """Only what was approved binds; a branch with nothing approved gets no letter."""
    head, town = letterheads.letterhead(session, quarter), _town(session, quarter)
    boards = board.boards(session, quarter, of)
    forms = []
    for org in of:
        approved = tuple(
            replace(one, key_results=tuple(kr for kr in one.key_results if kr.applies and not kr.is_stopped))
            for one in boards[org.id].objectives
            if one.state is ApprovalState.APPROVED
        )
        kept = tuple(one for one in approved if one.key_results)
        if kept:
            forms.append(LetterForm(head.township, town.full_name, org, quarter.year, kept, head.is_demo))
    if not forms:
        said = _("所选支部{year}年还没有批准的目标，目标批准后才能签订目标责任书。")
        raise Refusal(said.format(year=quarter.year))
    return forms


_FORMS = {
    "title-form": _title_forms,
    "secretary-ballot": _secretary_ballots,
    "secretary-count": _secretary_counts,
    "member-ballot": _member_ballots,
    "member-count": _member_counts,
    "incentives": _incentives,
    "candidates": _candidates,
    "responsibility": _letters,
}
KEYS = tuple(_FORMS)


def _of_secretaries(session: Reader, quarter: QuarterView, record_id: int) -> AppraisalView:
    """The one named, or the latest of the year."""
    found = appraisals.appraisals(session, quarter.year, AppraisalKind.SECRETARIES)
    chosen = [one for one in found if not record_id or one.id == record_id]
    if not chosen:
        said = _("{year}年还没有建立述职评议，请先在“激励与评议”中建立。")
        raise Refusal(said.format(year=quarter.year))
    return chosen[0]


def _of_members(
    session: Reader, quarter: QuarterView, of: Sequence[OrgView], record_id: int
) -> dict[int, AppraisalView]:
    """The latest of the year by branch, or the one named."""
    ids = [org.id for org in of]
    found = appraisals.appraisals(session, quarter.year, AppraisalKind.MEMBERS, ids)
    return {one.org_id: one for one in reversed(found) if not record_id or one.id == record_id}


def _branches(session: Reader, quarter: QuarterView) -> list[OrgView]:
    tree = orgs.tree(session, min(today(session), quarter.ends_on))
    return [one for one in tree if one.kind == OrgKind.BRANCH]


def _town(session: Reader, quarter: QuarterView) -> OrgView:
    tree = orgs.tree(session, min(today(session), quarter.ends_on))
    return next(one for one in tree if one.kind == OrgKind.TOWNSHIP)


def _names(session: Reader, quarter: QuarterView) -> dict[int, str]:
    return {one.id: one.short_name for one in _branches(session, quarter)}

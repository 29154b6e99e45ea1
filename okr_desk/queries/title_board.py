"""The page 激励与评议 in one answer: titles with their conditions, appraisals, honours, coefficients, candidates."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from okr_desk.appraisal_terms import AppraisalKind
from okr_desk.i18n import N_
from okr_desk.model.reading import Reader
from okr_desk.model.store import today
from okr_desk.queries import (
    appraisals,
    candidates,
    coefficients,
    duty_registers,
    honours,
    incentive_rules,
    orgs,
    review_sheets,
    scores,
    standings,
    titles,
)
from okr_desk.queries.appraisals import AppraisalView, is_recorded
from okr_desk.queries.candidates import CandidateList
from okr_desk.queries.coefficients import CoefficientTable
from okr_desk.queries.duty_registers import ReviewView
from okr_desk.queries.honours import KindView
from okr_desk.queries.incentive_rules import TitleRule
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.standings import Standing
from okr_desk.queries.titles import TitleView
from okr_desk.rules.titles import Fact
from okr_desk.terms import OrgKind, QuarterState
from okr_desk.title_terms import TitleState


class Group(StrEnum):
    """The columns of the board."""

    APPLIED = "applied"
    MARKING = "marking"
    DECIDING = "deciding"
    GRANTED = "granted"
    BESIDE = "beside"


_S = TitleState
GROUPS = {
    Group.APPLIED: (N_("申报和核查"), (_S.APPLIED, _S.QUALIFIED)),
    Group.MARKING: (N_("自评和互评"), (_S.SELF_MARKED, _S.PEER_MARKED)),
    Group.DECIDING: (N_("评定和公示"), (_S.UPPER_MARKED, _S.DECIDED, _S.PUBLICISED)),
    Group.GRANTED: (N_("已经授予"), (_S.GRANTED,)),
    Group.BESIDE: (N_("不予授予和撤销"), (_S.DECLINED, _S.REVOKED)),
}
"""Each column's name and the states that stand in it."""


@dataclass(frozen=True)
class TitleBoard:
    """All that the page shows of the quarter's year. `orgs` are the branches shown, `branches` all of the township.

    A branch sees itself alone: among those voted on, too.
    """

    quarter: QuarterView
    day: date
    orgs: tuple[OrgView, ...]
    branches: tuple[OrgView, ...]
    township: OrgView | None
    titles: tuple[TitleView, ...]
    facts: Mapping[int, tuple[Fact, ...]]
    rule: TitleRule
    appraisals: tuple[AppraisalView, ...]
    reviews: Mapping[int, ReviewView]
    kinds: tuple[KindView, ...]
    standings: Mapping[int, Standing]
    by_quarter: CoefficientTable | None
    by_year: CoefficientTable | None
    candidates: CandidateList

    def org(self, org_id: int) -> OrgView | None:
        """A branch by id."""
        return next((one for one in self.branches if one.id == org_id), None)

    def column(self, group: Group) -> tuple[TitleView, ...]:
        """The cards of a column, what has waited longest first."""
        own = [one for one in self.titles if one.state in GROUPS[group][1]]
        return tuple(sorted(own, key=lambda one: (one.last.on if one.last else self.day, one.id)))

    def rounds(self, kind: AppraisalKind) -> tuple[AppraisalView, ...]:
        """The appraisals of a kind, the newest first."""
        return tuple(one for one in self.appraisals if one.kind is kind)

    def may_apply(self) -> tuple[OrgView, ...]:
        """The branches that have not applied this year."""
        taken = {one.org_id for one in self.titles if one.year == self.quarter.year}
        return tuple(one for one in self.orgs if one.id not in taken)

    def is_recorded(self, of: AppraisalView) -> bool:
        """Whether the yearly record of the branch says what this appraisal of its members says."""
        return is_recorded(of, self.reviews.get(of.org_id))


def board(session: Reader, quarter: QuarterView, org_ids: Collection[int] | None = None) -> TitleBoard:
    """`org_ids`: the branches of a person who does not see the whole township; None: all."""
    day = min(today(session), quarter.ends_on)
    tree = orgs.tree(session, day)
    branches = tuple(one for one in tree if one.kind == OrgKind.BRANCH)
    shown = tuple(one for one in branches if org_ids is None or one.id in org_ids)
    rule = incentive_rules.title_rule(session)
    sheets = scores.years(session, quarter.year, shown)
    standing = standings.standings(session, quarter.year, shown, [one.year for one in sheets])
    found = titles.titles(session, quarter.year, org_ids, with_earlier=True)
    has_begun = quarter.state is not QuarterState.PLANNING
    live = [sheet for one in sheets for sheet in one.quarters if sheet.quarter and sheet.quarter.id == quarter.id]
    of_quarter = tuple(review_sheets.scored(session, quarter, shown, live).values())
    return TitleBoard(
        quarter=quarter,
        day=today(session),
        orgs=shown,
        branches=branches,
        township=next((one for one in tree if one.kind == OrgKind.TOWNSHIP), None),
        titles=found,
        facts=titles.facts(session, standing, [one.id for one in shown], rule),
        rule=rule,
        appraisals=_appraisals(session, quarter.year, org_ids),
        reviews=duty_registers.reviews(session, quarter.year, [one.id for one in shown]),
        kinds=honours.kinds(session, quarter.year, org_ids),
        standings=standing,
        by_quarter=coefficients.of_quarter(session, quarter, shown, of_quarter) if has_begun else None,
        by_year=coefficients.of_year(session, quarter.year, shown, [one.year for one in sheets]) if standing else None,
        candidates=candidates.candidates(session, quarter.year, shown, standing),
    )


def _appraisals(session: Reader, year: int, org_ids: Collection[int] | None) -> tuple[AppraisalView, ...]:
    """A branch sees the appraisal of its members, and of its secretary his own line."""
    found = appraisals.appraisals(session, year)
    if org_ids is None:
        return found
    seen = []
    for one in found:
        if one.kind is AppraisalKind.MEMBERS:
            seen += [one] if one.org_id in org_ids else []
            continue
        own = tuple(person for person in one.people if person.org_id in org_ids)
        seen += [replace(one, people=own)] if own else []
    return tuple(seen)

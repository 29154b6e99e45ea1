"""What the papers of rectification are printed from: notices, the register, cards, plans; one snapshot a branch.

Notices and cards are frozen when they are issued (`notices`); what is read here is how they stand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from okr_desk.errors import Refusal
from okr_desk.followup_terms import FindingKind, FindingSource
from okr_desk.i18n import _
from okr_desk.model.reading import Reader
from okr_desk.model.store import today
from okr_desk.queries import attachments, branch_plans, followup_cards, followup_rules, followups, letterheads
from okr_desk.queries.branch_plans import PlanView
from okr_desk.queries.followup_cards import CardView
from okr_desk.queries.followups import FindingView
from okr_desk.queries.letterheads import digest
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.survey_papers import Asked
from okr_desk.rules.branch_plans import ExitLimits

KEYS = ("finding-notice", "finding-register", "branch-plan", "card-notice")
RECORD = "followups"
"""The word under which the files of a finding are kept."""


@dataclass(frozen=True)
class Notice:
    """整改通知书 of one finding, with the signature of who received it where it was handed over.

    `edition`: the version that was published, 0 for one that never was; `correction`: why it takes the place of the
    one before.
    """

    number: str
    source: FindingSource
    kind: FindingKind
    problem: str
    fact: str
    clause: str
    demand: str
    due_on: date
    contact: str
    issued_on: date
    received_on: date | None
    received_by: str
    edition: int = 0
    correction: str = ""
    corrected_on: date | None = None


@dataclass(frozen=True)
class FollowupPaper:
    """A branch in a quarter with what the paper asked for tells of; `files`: pieces of evidence by finding.

    `day`: as of when the register stands; the other papers do not change with the day on which they are printed.
    `digests` are those of single sheets, so that one notice keeps its code whatever others are issued.
    `superseded_by`: the version that took the place of this one, 0 for one that is in force.
    """

    township: str
    org: OrgView
    quarter: QuarterView
    day: date
    notices: tuple[Notice, ...] = ()
    findings: tuple[FindingView, ...] = ()
    cards: tuple[CardView, ...] = ()
    plans: tuple[PlanView, ...] = ()
    exit: ExitLimits | None = None
    files: Mapping[int, int] = field(default_factory=dict)
    is_demo: bool = False
    digest: str = ""
    digests: tuple[str, ...] = ()
    superseded_by: int = 0


def papers(
    session: Reader, key: str, quarter: QuarterView, of: Sequence[OrgView], asked: Asked
) -> tuple[FollowupPaper, ...]:
    """The snapshots of a paper for these branches, of one record alone where it is named.

    Raises Refusal where there is nothing to print.
    """
    head = letterheads.letterhead(session, quarter)
    day = today(session) if key == "finding-register" else quarter.ends_on
    orgs, found = {org.id: org for org in of}, []
    for org, content in _contents(session, key, quarter, of, asked.record_id).items():
        made = FollowupPaper(head.township, orgs[org], quarter, day, is_demo=head.is_demo, **content)
        single = (
            *(replace(made, notices=(one,)) for one in made.notices),
            *(replace(made, cards=(one,)) for one in made.cards),
            *(replace(made, plans=(one,)) for one in made.plans),
        )
        found.append(replace(made, digest=digest(made), digests=tuple(digest(one) for one in single)))
    if not found:
        raise Refusal(_nothing(key).format(quarter=quarter.label))
    return tuple(found)


def notice(one: FindingView) -> Notice:
    """What the notice of a finding says."""
    return Notice(
        one.number,
        one.source,
        one.kind,
        one.problem,
        one.fact,
        one.clause,
        one.demand,
        one.first_due_on,
        one.contact,
        one.issued_on,
        None if one.receipt is None else one.receipt.on,
        "" if one.receipt is None else one.receipt.by,
    )


# Inside


def _contents(
    session: Reader, key: str, quarter: QuarterView, of: Sequence[OrgView], record_id: int
) -> dict[int, dict[str, Any]]:
    """What each branch's paper holds, in the order of the branches; a branch without any is left out."""
    ids = [org.id for org in of]
    if key == "card-notice":
        cards = [one for one in followup_cards.cards(session, ids) if _asked(one, quarter, record_id)]
        return _by_branch(of, "cards", cards[::-1])
    if key == "branch-plan":
        plans = [
            one
            for one in branch_plans.plans(session, ids)
            if (one.id == record_id if record_id else one.is_running or one.quarter_id == quarter.id)
            and (record_id or not one.superseded)
        ]
        limits = followup_rules.exit_limits(session)
        return {org: {**content, "exit": limits} for org, content in _by_branch(of, "plans", plans).items()}
    found = followups.findings(session, org_ids=ids)
    if key == "finding-notice":
        own = [(one.org_id, notice(one)) for one in found if _asked(one, quarter, record_id)]
        return {
            org.id: {"notices": tuple(paper for org_id, paper in own if org_id == org.id)}
            for org in of
            if any(org_id == org.id for org_id, _paper in own)
        }
    shown = [one for one in found if one.quarter_id == quarter.id or (one.is_open and one.found_on <= quarter.ends_on)]
    held = {one: len(pieces) for one, pieces in attachments.of_records(session, RECORD, None).items()}
    return {
        org: {**content, "files": {one.id: held[one.id] for one in shown if one.org_id == org and one.id in held}}
        for org, content in _by_branch(of, "findings", shown).items()
    }


def _asked(one: FindingView | CardView, quarter: QuarterView, record_id: int) -> bool:
    return one.id == record_id if record_id else one.quarter_id == quarter.id


def _by_branch(
    of: Sequence[OrgView], name: str, rows: Sequence[FindingView | CardView | PlanView]
) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for org in of:
        own = tuple(one for one in rows if one.org_id == org.id)
        if own:
            found[org.id] = {name: own}
    return found


def _nothing(key: str) -> str:
    return {
        "card-notice": _("所选支部在{quarter}没有红黄牌，没有可以打印的内容。"),
        "branch-plan": _("所选支部在{quarter}没有一支部一策，没有可以打印的内容。"),
    }.get(key, _("所选支部在{quarter}没有要整改的问题，没有可以打印的内容。"))

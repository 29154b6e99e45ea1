"""The page 评审 in one answer: every branch with its state, its term, its points, and the steps that are legal now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from okr_desk.model.reading import Reader
from okr_desk.model.store import today
from okr_desk.queries import cycles, objections, policy, publications, review_records, scores
from okr_desk.queries.objections import ObjectionView
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.publications import Publication
from okr_desk.queries.review_records import ReviewRecord
from okr_desk.queries.scores import ScoreSheet
from okr_desk.review_terms import PublicationKind, ReviewState, ReviewStep
from okr_desk.rules import reviews as rules
from okr_desk.rules.permissions import Actor
from okr_desk.terms import QuarterState

ORDER = tuple(ReviewState)
WAITING_FOR_BRANCH = (ReviewState.DRAFTING, ReviewState.RETURNED)
WAITING_FOR_OFFICE = (
    ReviewState.SUBMITTED,
    ReviewState.OPINED,
    ReviewState.CHECKED,
    ReviewState.OBJECTED,
    ReviewState.AGREED,
    ReviewState.DECIDED,
)


@dataclass(frozen=True)
class Legal:
    """A step that the table allows from here; `lacking` says what does not hold yet, empty when it may be taken."""

    step: ReviewStep
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReviewRow:
    """One branch: its review, its sheet of points (None where no scheme is in force), objections and publications."""

    org: OrgView
    record: ReviewRecord
    sheet: ScoreSheet | None
    objections: tuple[ObjectionView, ...]
    publication: Publication | None
    legal: tuple[Legal, ...]

    @property
    def state(self) -> ReviewState:
        """Where it stands."""
        return self.record.state

    @property
    def open_objections(self) -> int:
        """How many wait for their decision."""
        return sum(one.is_open for one in self.objections)

    def is_overdue(self, day: date) -> bool:
        """Whether the office is late: a term is over and the next step was not taken, or an objection is overdue."""
        if any(one.is_overdue(day) for one in self.objections):
            return True
        until = self.record.until
        return until is not None and day > until and self.state is not ReviewState.FINAL


@dataclass(frozen=True)
class ReviewDesk:
    """The reviews of a quarter as of `day`, in the order of the register."""

    quarter: QuarterView
    day: date
    rows: tuple[ReviewRow, ...]
    objections: tuple[ObjectionView, ...]
    terms: Mapping[str, int]

    @property
    def counts(self) -> Counter[ReviewState]:
        """How many branches stand where."""
        return Counter(row.state for row in self.rows)

    def row(self, org_id: int | None) -> ReviewRow | None:
        """The row of a branch."""
        return next((row for row in self.rows if row.org.id == org_id), None)

    @property
    def waiting_for_office(self) -> int:
        """How many reviews the office has to move on."""
        return sum(row.state in WAITING_FOR_OFFICE or row.is_overdue(self.day) for row in self.rows)


def desk(session: Reader, quarter: QuarterView, of: Sequence[OrgView], actor: Actor | None = None) -> ReviewDesk:
    """The reviews of these branches; with an `actor` only the steps that this person may take."""
    ids, day = [org.id for org in of], today(session)
    records = review_records.records(session, quarter.id, ids)
    sheets = {one.org.id: one for one in scores.sheets(session, quarter, of)} if of else {}
    raised = objections.objections(session, quarter, ids)
    published = publications.newest(session, PublicationKind.REVIEW, quarter.id)
    reopened = {one.org_id for one in cycles.reopenings(session, quarter.id) if one.ended_at is None and one.agreed_at}
    rows = []
    for org in of:
        record = records[org.id]
        own = tuple(one for one in raised if one.org_id == org.id)
        facts = _facts(record, quarter, day, own, org.id in reopened, actor)
        sheet = sheets.get(org.id)
        rows.append(
            ReviewRow(
                org,
                record,
                sheet if sheet is not None and sheet.version is not None else None,
                own,
                published.get(org.id),
                _legal(record, facts, org, actor),
            )
        )
    terms = (rules.AFTER_DELIVERY, rules.AFTER_OBJECTION, rules.AFTER_PUBLICITY)
    return ReviewDesk(quarter, day, tuple(rows), raised, {key: policy.integer(session, key) for key in terms})


def follow(session: Reader, shown: ReviewDesk, changed: Collection[int], actor: Actor | None = None) -> ReviewDesk:
    """The desk shown, with the branches that changed read anew: a step of one does not score all the others again."""
    of = [row.org for row in shown.rows if row.org.id in changed]
    fresh = desk(session, shown.quarter, of, actor)
    rows = {row.org.id: row for row in fresh.rows}
    kept = [one for one in shown.objections if one.org_id not in rows]
    return replace(
        fresh,
        rows=tuple(rows.get(row.org.id, row) for row in shown.rows),
        objections=tuple(sorted([*kept, *fresh.objections], key=lambda one: one.id)),
    )


def _facts(
    record: ReviewRecord,
    quarter: QuarterView,
    day: date,
    own: Sequence[ObjectionView],
    is_reopened: bool,
    actor: Actor | None,
) -> Mapping[str, bool]:
    """What holds now, as far as it can be said before the form is filled in."""
    submitted, checked = record.last(ReviewStep.SUBMIT), record.last(ReviewStep.CHECK)
    me = None if actor is None else actor.account_id
    return {
        "ended": day > quarter.ends_on,
        "narrative": True,
        "frozen": quarter.state in (QuarterState.FROZEN, QuarterState.CLOSED),
        "not_reopened": not is_reopened,
        "other_than_submitter": submitted is None or submitted.account_id != me,
        "other_than_checker": checked is None or checked.account_id != me,
        "none_open": not any(one.is_open for one in own),
        "term_over": record.until is not None and day > record.until,
    }


def _legal(record: ReviewRecord, facts: Mapping[str, bool], org: OrgView, actor: Actor | None) -> tuple[Legal, ...]:
    found = []
    for move in rules.moves_from(record.state):
        if move.step is ReviewStep.RECHECK or (actor is not None and not actor.may(move.who, org.line)):
            continue
        lacking = rules.missing(move, facts, record.until)
        if move.step is ReviewStep.OBJECT and record.until is not None and facts["term_over"]:
            lacking = (rules.over(record.until),)
        found.append(Legal(move.step, lacking))
    return tuple(found)

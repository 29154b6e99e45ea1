"""The working paper as people read it: what was done, by whom, and what each entry counts for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select

from okr_desk.clock import local
from okr_desk.i18n import _
from okr_desk.model.columns import Indicator, KeyResult, WorkEntry, WorkEntryLink
from okr_desk.model.reading import Facts, Reader, facts
from okr_desk.model.store import today as today_of
from okr_desk.queries import attachments, cycles, library, orgs, users, worklog_key_results, worklog_kinds
from okr_desk.queries.attachments import AttachmentView
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.worklog_key_results import Offer
from okr_desk.rules.worklog_kinds import Kind
from okr_desk.scoring.rounding import plain
from okr_desk.terms import EntryBasis, QuarterState, stored

RECORD = "worklog"
"""The word by which attachments know entries of this register."""


@dataclass(frozen=True)
class FeedView:
    """Something that an entry counts for: an indicator, or (`key_result_id`) a key result without one."""

    code: str
    name: str
    unit: str
    amount: Decimal
    part: Decimal | None
    key_result_id: int | None = None

    @property
    def title(self) -> str:
        """Code and name, as one says them."""
        return f"{self.code} {self.name}"


@dataclass(frozen=True)
class EntryView:
    """One entry. `corrects_id`: the one it stands for; `withdrawn_on` and the reason of one that no longer counts."""

    id: int
    org_id: int
    org: str
    quarter_id: int
    kind: Kind
    done_on: date
    what: str
    who: str
    result: str
    place: str
    amount: Decimal
    part: Decimal | None
    feeds: tuple[FeedView, ...]
    evidence: tuple[AttachmentView, ...]
    reported_by: str
    basis: EntryBasis
    is_late: bool
    late_reason: str
    by: str
    recorded_on: date
    corrects_id: int | None
    withdrawn_on: date | None
    withdrawn_by: str
    withdrawn_reason: str
    search_keys: str

    @property
    def stands(self) -> bool:
        """Whether it counts."""
        return self.withdrawn_on is None

    @property
    def figures(self) -> str:
        """Its figures with their unit, as one says them."""
        return self.kind.figures(plain(self.amount), "" if self.part is None else plain(self.part))

    @property
    def fed(self) -> str:
        """The codes that it counts for."""
        return "、".join(feed.code for feed in self.feeds)


@dataclass(frozen=True)
class Worklog:
    """A branch's working paper of a quarter: all entries, newest first, with what is needed to enter the next one."""

    org: OrgView
    quarter: QuarterView
    today: date
    entries: tuple[EntryView, ...]
    kinds: tuple[Kind, ...]
    offers: tuple[Offer, ...]
    titles: dict[str, str]
    """Code and name of every indicator that applies to the branch, with the key results that show it."""
    is_reopened: bool
    reported_by: str
    basis: EntryBasis

    @property
    def standing(self) -> tuple[EntryView, ...]:
        """The entries that count."""
        return tuple(entry for entry in self.entries if entry.stands)

    @property
    def last(self) -> EntryView | None:
        """The entry made last, for a copy of it."""
        return max(self.standing, key=lambda entry: entry.id, default=None)

    def is_open_to(self, is_office: bool) -> bool:
        """Whether a person may enter something: the office also after the freeze, with a reason."""
        if self.quarter.state is QuarterState.PLANNING:
            return False
        return is_office or self.quarter.state is QuarterState.OPEN or self.is_reopened

    @property
    def needs_reason(self) -> bool:
        """Whether an entry is a late one of the office, after the freeze."""
        return self.quarter.state in (QuarterState.FROZEN, QuarterState.CLOSED) and not self.is_reopened


def worklog(session: Reader, org_id: int, quarter: QuarterView) -> Worklog:
    """The working paper of a branch. Raises Refusal when the organisation does not exist."""
    day = today_of(session)
    org = orgs.view(session, org_id, min(day, quarter.ends_on))
    found = entries(session, [org_id], quarter)
    helped = next((one for one in sorted(found, key=lambda e: -e.id) if one.basis is not EntryBasis.OWN), None)
    return Worklog(
        org=org,
        quarter=quarter,
        today=day,
        entries=found,
        kinds=worklog_kinds.kinds(session),
        offers=worklog_key_results.offers(session, org_id, quarter),
        titles=_titles(session, org, quarter),
        is_reopened=cycles.in_force(session, quarter.id, org_id) is not None,
        reported_by="" if helped is None else helped.reported_by,
        basis=EntryBasis.PAPER if helped is None else helped.basis,
    )


def _titles(session: Reader, org: OrgView, quarter: QuarterView) -> dict[str, str]:
    shown_by = worklog_key_results.linked(session, org.id, quarter.year)
    found = {}
    for view in library.library(session, quarter.ends_on):
        if not view.categories or org.category in view.categories:
            title, codes = f"{view.code} {view.name}", shown_by.get(view.id, ())
            said = _("{title}（{codes}）").format(title=title, codes=_("、").join(codes)) if codes else title
            found[view.code] = said
    return found


def entries(
    session: Reader, org_ids: Sequence[int] | None, quarter: QuarterView | None, standing_only: bool = False
) -> tuple[EntryView, ...]:
    """Entries of a quarter (None: of all), newest day first; the withdrawn ones beside them unless `standing_only`.

    `org_ids` None: of every organisation.
    """
    asked = select(*WorkEntry.ALL).order_by(WorkEntry.done_on.desc(), WorkEntry.id.desc())
    if org_ids is not None:
        asked = asked.where(WorkEntry.org_id.in_(org_ids))
    if quarter is not None:
        asked = asked.where(WorkEntry.quarter_id == quarter.id)
    if standing_only:
        asked = asked.where(WorkEntry.withdrawn_at.is_(None))
    rows = facts(session.execute(asked))
    shared = _Shared(
        kinds=worklog_kinds.by_key(session),
        feeds=_feeds(session, org_ids, quarter),
        evidence=attachments.of_records(session, RECORD, None if quarter is None else quarter.id),
        people=users.names(session),
        orgs=orgs.short_names(session, today_of(session)),
    )
    return tuple(_view(row, shared) for row in rows)


@dataclass(frozen=True)
class _Shared:
    kinds: dict[str, Kind]
    feeds: dict[int, list[FeedView]]
    evidence: dict[int, tuple[AttachmentView, ...]]
    people: dict[int, str]
    orgs: dict[int, str]


_BASES = stored(EntryBasis)


def _view(row: Facts, of: _Shared) -> EntryView:
    return EntryView(
        id=row.id,
        org_id=row.org_id,
        org=of.orgs.get(row.org_id, ""),
        quarter_id=row.quarter_id,
        kind=of.kinds.get(row.kind) or Kind(row.kind, row.kind, ""),
        done_on=row.done_on,
        what=row.what,
        who=row.who,
        result=row.result,
        place=row.place,
        amount=row.amount,
        part=row.part,
        feeds=tuple(of.feeds.get(row.id, ())),
        evidence=of.evidence.get(row.id, ()),
        reported_by=row.reported_by,
        basis=_BASES[row.basis],
        is_late=row.is_late,
        late_reason=row.late_reason,
        by=of.people.get(row.account_id, ""),
        recorded_on=local(row.recorded_at).date(),
        corrects_id=row.corrects_id,
        withdrawn_on=None if row.withdrawn_at is None else local(row.withdrawn_at).date(),
        withdrawn_by=of.people.get(row.withdrawn_by or 0, ""),
        withdrawn_reason=row.withdrawn_reason,
        search_keys=row.search_keys,
    )


def codes_fed(session: Reader, quarter: QuarterView) -> dict[int, list[str]]:
    """The codes of indicators and key results that the entries of a quarter count for, by entry."""
    asked = (
        select(WorkEntryLink.entry_id, func.coalesce(Indicator.code, KeyResult.code).label("code"))
        .join_from(WorkEntryLink.TABLE, WorkEntry.TABLE, WorkEntry.id == WorkEntryLink.entry_id)
        .outerjoin(Indicator.TABLE, Indicator.id == WorkEntryLink.indicator_id)
        .outerjoin(KeyResult.TABLE, KeyResult.id == WorkEntryLink.key_result_id)
        .where(WorkEntry.quarter_id == quarter.id)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for row in session.execute(asked):
        found[row.entry_id].append(row.code)
    return found


def _feeds(session: Reader, org_ids: Sequence[int] | None, quarter: QuarterView | None) -> dict[int, list[FeedView]]:
    """What entries count for, by entry; indicators before key results."""
    asked = (
        select(
            WorkEntryLink.entry_id, WorkEntryLink.amount, WorkEntryLink.part, WorkEntryLink.key_result_id,
            Indicator.code, KeyResult.code.label("kr"), KeyResult.title, KeyResult.unit,
        )
        .join_from(WorkEntryLink.TABLE, WorkEntry.TABLE, WorkEntry.id == WorkEntryLink.entry_id)
        .outerjoin(Indicator.TABLE, Indicator.id == WorkEntryLink.indicator_id)
        .outerjoin(KeyResult.TABLE, KeyResult.id == WorkEntryLink.key_result_id)
        .order_by(WorkEntryLink.key_result_id.is_not(None), Indicator.code, KeyResult.code, WorkEntryLink.id)
    )  # fmt: skip
    if org_ids is not None:
        asked = asked.where(WorkEntry.org_id.in_(org_ids))
    if quarter is not None:
        asked = asked.where(WorkEntry.quarter_id == quarter.id)
    rows, day = facts(session.execute(asked)), today_of(session) if quarter is None else quarter.ends_on
    fed = {row.code for row in rows if row.code is not None}
    names = {view.code: view for view in library.library(session, day, retired=True, codes=fed)}
    found: dict[int, list[FeedView]] = defaultdict(list)
    for row in rows:
        if row.key_result_id is not None:
            feed = FeedView(row.kr, row.title, row.unit, row.amount, row.part, row.key_result_id)
        else:
            feed = FeedView(row.code, names[row.code].name, names[row.code].unit, row.amount, row.part)
        found[row.entry_id].append(feed)
    return dict(found)

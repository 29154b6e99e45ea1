"""Activities as they stand: one by one, and what a quarter of them comes to for each branch.

An activity counts once those on site rated it 60 and more; without a rating it is held and does not count (domain 3.4).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select

from okr_desk.i18n import N_, _, using
from okr_desk.model.columns import Activity
from okr_desk.model.reading import Reader
from okr_desk.queries import orgs, policy, surveys, users
from okr_desk.queries.counting import Counted, Source
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.scoring.channels import Channel, weighted_score
from okr_desk.scoring.intervals import ZERO, Interval
from okr_desk.scoring.likert import VALUES
from okr_desk.scoring.rounding import kept, plain, wide
from okr_desk.terms import EntryBasis, OrgKind

HELD, RATED = "F12", "S01"
"""The indicators that activities feed: how many count, and how they were rated (domain 1.4)."""
LEAST_SETTING = "activity.least_score"


@dataclass(frozen=True)
class ActivityView:
    """One activity. `score` 0..100 by the year's scale, None where nobody rated; `reached`: it counts.

    `by` entered it, `reported_by` said so. `withdrawn_at` None: it stands.
    """

    id: int
    uid: str
    org: OrgView
    held_on: date
    topic: str
    place: str
    attended: int
    counts: tuple[int, ...]
    unsure: int
    score: Decimal | None
    reached: bool
    by: str
    reported_by: str
    basis: EntryBasis
    is_late: bool
    late_reason: str
    recorded_at: datetime
    withdrawn_at: datetime | None
    withdrawn_reason: str

    @property
    def stands(self) -> bool:
        """Whether it was not taken back."""
        return self.withdrawn_at is None

    @property
    def rated(self) -> int:
        """Ratings that count: without 不了解."""
        return sum(self.counts)


@dataclass(frozen=True)
class ActivitySum:
    """A branch's quarter. `held` activities, `counted` of them rated 60 and more, `people` who came together.

    `score` is the mean of the scores of the `rated` activities, with the interval that `answers` ratings give; None
    without any. It is what S01 holds, `counted` what F12 holds.
    """

    org: OrgView
    held: int
    counted: int
    rated: int
    people: int
    answers: int
    score: Interval | None

    @property
    def share(self) -> Decimal | None:
        """Which share of the activities held counts, 0..1."""
        if not self.held:
            return None
        with wide():
            return kept(Decimal(self.counted) / self.held)


@dataclass(frozen=True)
class Register:
    """The activities of a quarter, the latest first, those taken back among them, and the sums of who held any."""

    quarter: QuarterView
    scale: tuple[Decimal, ...]
    least: Decimal
    activities: tuple[ActivityView, ...]
    sums: tuple[ActivitySum, ...]

    def of(self, org_id: int) -> tuple[ActivityView, ...]:
        """The activities of one branch that stand, by day."""
        own = [one for one in self.activities if one.org.id == org_id and one.stands]
        return tuple(sorted(own, key=lambda one: (one.held_on, one.id)))


def register(session: Reader, quarter: QuarterView, org_ids: Sequence[int] | None = None) -> Register:
    """The activities of a quarter for `org_ids` (None: all branches)."""
    scale, least = _scale(session, quarter.year), _least(session)
    known = {one.id: one for one in orgs.tree(session, quarter.ends_on) if one.kind == OrgKind.BRANCH}
    names = users.names(session)
    statement = select(*Activity.ALL).where(Activity.quarter_id == quarter.id)
    if org_ids is not None:
        statement = statement.where(Activity.org_id.in_(org_ids))
    found = []
    for row in session.execute(statement.order_by(Activity.held_on.desc(), Activity.id.desc())):
        if row.org_id not in known:
            continue
        counts = _counts(row.counts)
        score = score_of(counts, scale)
        found.append(
            ActivityView(
                row.id,
                row.uid,
                known[row.org_id],
                row.held_on,
                row.topic,
                row.place,
                row.attended,
                counts,
                row.unsure,
                score,
                score is not None and score >= least,
                names.get(row.account_id, ""),
                row.reported_by,
                EntryBasis(row.basis),
                row.is_late,
                row.late_reason,
                row.recorded_at,
                row.withdrawn_at,
                row.withdrawn_reason,
            )
        )
    return Register(quarter, scale, least, tuple(found), _sums(known.values(), found, scale))


def counted(session: Reader, quarter: QuarterView, org_ids: Sequence[int]) -> Mapping[tuple[int, str], Counted]:
    """What the quarter's activities make of F12 (how many count) and S01 (the mean of their scores)."""
    made = register(session, quarter, org_ids)
    found: dict[tuple[int, str], Counted] = {}
    for one in made.sums:
        last = max(view.held_on for view in made.of(one.org.id))
        with using("zh_CN"):
            said = _("办了 {held} 场，现场评价达到 {least} 分的 {counted} 场").format(
                held=one.held, least=plain(made.least), counted=one.counted
            )
            rated = _("{rated} 场有评价，共 {n} 份").format(rated=one.rated, n=one.answers)
        found[one.org.id, HELD] = Counted(Decimal(one.counted), last, said)
        if one.score is not None:
            found[one.org.id, RATED] = Counted(one.score.estimate, last, rated)
    return found


SOURCE = Source(N_("活动登记"), (HELD, RATED), counted)
"""What activities feed, for `services.counting`."""


def _sums(
    branches: Iterable[OrgView], found: Sequence[ActivityView], scale: Sequence[Decimal]
) -> tuple[ActivitySum, ...]:
    of: dict[int, list[ActivityView]] = defaultdict(list)
    for one in found:
        if one.stands:
            of[one.org.id].append(one)
    return tuple(sum_of(org, of[org.id], scale) for org in branches if org.id in of)


def sum_of(org: OrgView, own: Sequence[ActivityView], scale: Sequence[Decimal]) -> ActivitySum:
    """What the activities of a branch that stand come to."""
    rated = [one for one in own if one.rated]
    each = [Channel(one.topic, Decimal(1), one.counts) for one in rated]
    return ActivitySum(
        org,
        held=len(own),
        counted=sum(one.reached for one in own),
        rated=len(rated),
        people=sum(one.attended for one in own),
        answers=sum(one.rated for one in rated),
        score=weighted_score(each, scale) if each else None,
    )


def score_of(counts: Sequence[int], scale: Sequence[Decimal]) -> Decimal | None:
    """The mean of the ratings; None where nobody rated."""
    if not sum(counts):
        return None
    with wide():
        return kept(sum((value * n for value, n in zip(scale, counts, strict=True)), ZERO) / sum(counts))


def _counts(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(","))


def _scale(session: Reader, year: int) -> tuple[Decimal, ...]:
    """The points of the five levels as the year's survey has them; the usual ones where there is none."""
    versions = surveys.definitions(session, year)
    return versions[-1].scores if versions else VALUES


def _least(session: Reader) -> Decimal:
    return Decimal(policy.values(session)[LEAST_SETTING])

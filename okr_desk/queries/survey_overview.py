"""The surveys of a quarter in one reading: what is asked, the round, its results, and what came in by whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import select

from okr_desk.model.columns import Ballot, BallotWithdrawal, CountSheet, SurveyBatch
from okr_desk.model.reading import Reader
from okr_desk.queries import orgs, policy, survey_caps, survey_results, survey_rolling, surveys, users
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.survey_caps import Standing
from okr_desk.queries.survey_results import RoundResult
from okr_desk.queries.survey_rolling import Rolling
from okr_desk.queries.surveys import DefinitionView, PopulationView, RoundView
from okr_desk.survey_terms import Channel


class EntrySource(StrEnum):
    """How answers came in together: from a file, typed at a sitting, or counted by hand."""

    FILE = "file"
    SITTING = "sitting"
    SHEET = "sheet"


@dataclass(frozen=True)
class SurveyEntry:
    """Answers that came in together and are taken back together. `org_ids`: the branches that they are of.

    `channel` and `group_id` are known of a count sheet only; `said` is why it was taken back. `singly` counts ballots
    of it that were taken back one by one.
    """

    source: EntrySource
    id: int
    name: str
    org_ids: tuple[int, ...]
    orgs: tuple[str, ...]
    valid: int
    void: int
    suspect: int
    by: str
    recorded_at: datetime
    withdrawn_at: datetime | None
    said: str
    channel: Channel | None = None
    group_id: int | None = None
    counted_on: date | None = None
    singly: int = 0

    @property
    def counts(self) -> bool:
        """Whether its answers still count."""
        return self.withdrawn_at is None


@dataclass(frozen=True)
class SurveyOverview:
    """A quarter's surveys for one person. `round` is the one shown, `definition` what it asks or the year's newest.

    `populations` and `entries` are of the round; the entries are read for the office only. `standing`: by branch the
    evidence that caps the points of the quarter, once a round is counted. `response`: the share of ballots that the
    office expects back. `is_checked`: the ballots were compared with those of peers, which may bar a verdict, and
    `rolling` has the four quarters together.
    """

    quarter: QuarterView
    versions: tuple[DefinitionView, ...]
    rounds: tuple[RoundView, ...]
    round: RoundView | None
    result: RoundResult | None
    populations: tuple[PopulationView, ...]
    entries: tuple[SurveyEntry, ...]
    standing: Mapping[int, Standing] = field(default_factory=dict)
    response: Decimal = Decimal(1)
    is_checked: bool = False
    rolling: Mapping[int, Rolling] = field(default_factory=dict)

    @property
    def definition(self) -> DefinitionView | None:
        """What is asked: by the round shown, else by the newest version of the year."""
        if self.round is not None:
            return self.round.definition
        return self.versions[-1] if self.versions else None

    @property
    def answers(self) -> int:
        """Valid ballots of the branches shown."""
        return 0 if self.result is None else sum(one.ballots for one in self.result.branches)


def overview(
    session: Reader,
    quarter: QuarterView,
    round_id: int | None = None,
    org_ids: Sequence[int] | None = None,
    with_entries: bool = False,
) -> SurveyOverview:
    """The surveys of a quarter; results for `org_ids` (None: all). Without `round_id` the latest round is shown.

    Quick: single ballots are not compared; `checked` does that.
    """
    rounds = surveys.rounds_of(session, quarter)
    shown = next((one for one in rounds if one.id == round_id), rounds[-1] if rounds else None)
    if shown is None:
        return SurveyOverview(quarter, surveys.definitions(session, quarter.year), (), None, None, (), ())
    return SurveyOverview(
        quarter,
        surveys.definitions(session, quarter.year),
        rounds,
        shown,
        survey_results.results(session, shown.id, org_ids),
        tuple(one for one in surveys.populations(session, shown.id) if org_ids is None or one.org_id in org_ids),
        entries(session, shown) if with_entries else (),
        _standing(session, quarter.id),
        Decimal(policy.values(session)["survey.response"]),
    )


def checked(session: Reader, of: SurveyOverview, org_ids: Sequence[int] | None = None) -> SurveyOverview:
    """The same with every ballot compared with those of peers, and with the four quarters together.

    Slow where ballots are many: what the page shows in the meantime is `of`. Settling reads the ballots for itself.
    """
    if of.round is None:
        return of
    return replace(
        of,
        result=survey_results.results(session, of.round.id, org_ids, with_signals=True),
        rolling=survey_rolling.rolling(session, of.round.id, org_ids),
        is_checked=True,
    )


def _standing(session: Reader, quarter_id: int) -> dict[int, Standing]:
    return {org_id: one for (_quarter, org_id), one in survey_caps.standing(session, [quarter_id]).items()}


def entries(session: Reader, of: RoundView) -> tuple[SurveyEntry, ...]:
    """What came in for a round, the latest first; what was taken back stands with its reason."""
    names = orgs.short_names(session, of.quarter.ends_on)
    people = users.names(session)
    found = [*_batches(session, of.id, names, people), *_sheets(session, of.id, names, people)]
    return tuple(sorted(found, key=lambda one: (one.recorded_at, one.source, one.id), reverse=True))


def _batches(session: Reader, round_id: int, names: dict[int, str], people: dict[int, str]) -> list[SurveyEntry]:
    of_batch: dict[int, list[int]] = defaultdict(list)
    asked = select(Ballot.batch_id, Ballot.org_id).where(Ballot.round_id == round_id).distinct().order_by(Ballot.org_id)
    for batch_id, org_id in session.execute(asked):
        of_batch[batch_id].append(org_id)
    singly = Counter(
        session.execute(
            select(Ballot.batch_id)
            .join(BallotWithdrawal.TABLE, BallotWithdrawal.ballot_id == Ballot.id)
            .where(Ballot.round_id == round_id)
        ).scalars()
    )
    rows = session.execute(select(*SurveyBatch.ALL).where(SurveyBatch.round_id == round_id))
    return [
        SurveyEntry(
            EntrySource.FILE if row.file_name else EntrySource.SITTING,
            row.id,
            row.file_name,
            tuple(of_batch[row.id]),
            tuple(names.get(org_id, "") for org_id in of_batch[row.id]),
            row.taken,
            row.void,
            row.suspect,
            people.get(row.account_id, ""),
            row.recorded_at,
            row.withdrawn_at,
            row.withdrawn_reason,
            singly=singly[row.id],
        )
        for row in rows
    ]


def _sheets(session: Reader, round_id: int, names: dict[int, str], people: dict[int, str]) -> list[SurveyEntry]:
    rows = session.execute(select(*CountSheet.ALL).where(CountSheet.round_id == round_id))
    return [
        SurveyEntry(
            EntrySource.SHEET,
            row.id,
            "",
            (row.org_id,),
            (names.get(row.org_id, ""),),
            row.valid,
            row.returned - row.valid,
            0,
            people.get(row.account_id, ""),
            row.recorded_at,
            row.withdrawn_at,
            row.withdrawn_reason,
            Channel(row.channel),
            row.group_id,
            row.counted_on,
        )
        for row in rows
    ]

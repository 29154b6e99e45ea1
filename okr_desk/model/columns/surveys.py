"""Mass satisfaction: a definition frozen for the year, rounds with whom they ask, ballots and count sheets."""

from datetime import date, datetime
from decimal import Decimal

from okr_desk.model.columns.base import Column, Columns


class SurveyDefinition(Columns, table="surveydefinition"):
    """What is asked and how answers count in a year. `level_scores`: of the five levels by comma, best first."""

    uid: Column[str]
    year: Column[int]
    version: Column[int]
    name: Column[str]
    level_scores: Column[str]
    wide_levels: Column[int]
    narrow_levels: Column[int]
    number_order: Column[str]
    reason: Column[str]
    account_id: Column[int | None]
    recorded_at: Column[datetime]


class SurveyItem(Columns, table="surveyitem"):
    """One question: of five levels, or the open one at the end."""

    definition_id: Column[int]
    position: Column[int]
    kind: Column[str]
    text: Column[str]
    aliases: Column[str]
    is_overall: Column[bool]


class SurveyGroup(Columns, table="surveygroup"):
    """A group of people with one way of being asked: 党员, 村民, 职工 …; `aliases` as they stand in export files."""

    definition_id: Column[int]
    position: Column[int]
    name: Column[str]
    aliases: Column[str]


class SurveyChannel(Columns, table="surveychannel"):
    """A way in which answers come in, with its weight where channels are weighted (70:30); 1 for all: not weighted."""

    definition_id: Column[int]
    position: Column[int]
    channel: Column[str]
    weight: Column[Decimal]


class SurveyRound(Columns, table="surveyround"):
    """One survey of the township in a quarter: when, how people were drawn, by whom; counted once it is settled."""

    uid: Column[str]
    definition_id: Column[int]
    quarter_id: Column[int]
    name: Column[str]
    starts_on: Column[date]
    ends_on: Column[date]
    sampling: Column[str]
    drawn_by: Column[str]
    collected_by: Column[str]
    is_independent: Column[bool]
    state: Column[str]
    account_id: Column[int | None]
    recorded_at: Column[datetime]
    settled_at: Column[datetime | None]


class SurveyPopulation(Columns, table="surveypopulation"):
    """How many people a branch has in a group (None: in all), and how many of them were asked to answer."""

    round_id: Column[int]
    org_id: Column[int]
    group_id: Column[int | None]
    population: Column[int | None]
    invited: Column[int | None]


class SurveyBatch(Columns, table="surveybatch"):
    """Ballots that came in together: of one file (`sha256` finds it again) or typed at one sitting (no file name)."""

    uid: Column[str]
    round_id: Column[int]
    file_name: Column[str]
    sha256: Column[str]
    rows: Column[int]
    taken: Column[int]
    void: Column[int]
    suspect: Column[int]
    digest: Column[str]
    account_id: Column[int]
    recorded_at: Column[datetime]
    withdrawn_at: Column[datetime | None]
    withdrawn_reason: Column[str]


class Ballot(Columns, table="ballot"):
    """One anonymous answer sheet. `answers`: a character an item in order, 1 (best) to 5, 0 不了解, - left blank."""

    round_id: Column[int]
    batch_id: Column[int]
    org_id: Column[int]
    group_id: Column[int | None]
    channel: Column[str]
    number: Column[int | None]
    answers: Column[str]
    wish: Column[str]
    answered_on: Column[date | None]
    minute: Column[int | None]
    seconds: Column[int | None]
    void_reason: Column[str]
    suspect: Column[str]


class BallotWithdrawal(Columns, table="ballotwithdrawal"):
    """A single ballot that was taken back, with the reason; the ballot stays."""

    ballot_id: Column[int]
    reason: Column[str]
    account_id: Column[int]
    recorded_at: Column[datetime]


class CountSheet(Columns, table="countsheet"):
    """A branch's count by hand: how many were given out, came back and are valid, and who counted and watched."""

    uid: Column[str]
    round_id: Column[int]
    org_id: Column[int]
    group_id: Column[int | None]
    channel: Column[str]
    counted_on: Column[date]
    issued: Column[int]
    returned: Column[int]
    valid: Column[int]
    host: Column[str]
    counter: Column[str]
    watcher: Column[str]
    account_id: Column[int]
    recorded_at: Column[datetime]
    withdrawn_at: Column[datetime | None]
    withdrawn_reason: Column[str]


class CountLine(Columns, table="countline"):
    """Answers to one item on a count sheet: by level, best first, by comma; unsure and left blank beside them."""

    sheet_id: Column[int]
    item_id: Column[int]
    counts: Column[str]
    unsure: Column[int]
    blank: Column[int]

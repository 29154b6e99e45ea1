"""What an import of answer sheets would do: 将写入 · 作废 · 存疑 · 要您定 · 退回. Pure; nothing is written here.

Every text is understood once and every row put together from columns, so that fifty thousand rows take a second.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from okr_desk.exchange import ballot_texts as texts
from okr_desk.exchange.ballot_marks import suspects
from okr_desk.exchange.ballot_questions import (
    column_questions,
    is_by_number,
    over_questions,
    row_questions,
    twin_questions,
)
from okr_desk.exchange.ballot_summaries import summary_questions
from okr_desk.i18n import _
from okr_desk.rules.ballot_imports import (
    AnswerColumn,
    BallotPlan,
    BallotReading,
    ColumnUse,
    ImportDecisions,
    KnownRound,
    Marked,
)
from okr_desk.rules.ballots import BallotDraft, BallotRow

_T = TypeVar("_T")
UNDECIDED = -1
"""Stands for a branch that is still to be decided."""


@dataclass(frozen=True)
class Sheets:
    """The answer sheets of a file by column: one entry a row in each list.

    `orgs`: branch, None where the row is sent back, `UNDECIDED`; `answers` have `?` for an unknown option.
    """

    places: list[str]
    orgs: list[int | None]
    groups: list[int | None]
    answers: list[str]
    moments: list[tuple[date, int | None] | None]
    stamps: list[str]
    seconds: list[int | None]
    wishes: list[str]


def plan(reading: BallotReading, known: KnownRound, decisions: ImportDecisions) -> BallotPlan:
    """What would be stored under these decisions; as long as questions wait nothing is."""
    asked = summary_questions(reading, known, decisions) or column_questions(reading, known, decisions)
    if asked:
        return BallotPlan(reading, (), 0, (), (), asked, ())
    sheets = _sheets(reading, known, decisions)
    asked = row_questions(reading, known, decisions, sheets.moments)
    marks = suspects(sheets.orgs, sheets.answers, sheets.moments, sheets.stamps, sheets.seconds, len(known.items))
    ballots: list[BallotRow] = []
    void: list[Marked] = []
    marked: list[Marked] = []
    back: list[Marked] = []
    drafts: dict[tuple[object, ...], BallotDraft] = {}
    waiting = 0
    nothing = texts.BLANK * len(known.items)
    for index, org in enumerate(sheets.orgs):
        answers, when, row = sheets.answers[index], sheets.moments[index], reading.first_row + index
        if org is None:
            back.append(Marked(row, sheets.places[index], _("已定为不导入这个单位的答卷")))
            continue
        reason = decisions.voids.get(row, "") or (_("整份没有作答") if answers == nothing else "")
        mark = "" if reason else marks.get(index, "")
        if org == UNDECIDED or "?" in answers:
            waiting += 1
        if reason:
            void.append(Marked(row, sheets.places[index], reason))
        elif mark:
            marked.append(Marked(row, sheets.places[index], mark))
        day, minute = when or (None, None)
        key = (org, sheets.groups[index], answers, sheets.wishes[index], day, reason)
        draft = drafts.get(key)
        if draft is None:
            draft = drafts[key] = BallotDraft(
                org, sheets.groups[index], decisions.channel, answers, None, sheets.wishes[index], day, reason
            )
        ballots.append(BallotRow(draft, minute, sheets.seconds[index], mark))
    if not asked:
        asked = (*over_questions(ballots, known, decisions), *twin_questions(reading, ballots, known, decisions))
    return BallotPlan(
        reading,
        () if asked else tuple(ballots),
        len(ballots) - len(void) - waiting,
        tuple(void),
        tuple(marked),
        asked,
        tuple(back),
        decisions.order if is_by_number(reading, decisions) else None,
    )


def branches(made: BallotPlan) -> Counter[int]:
    """How many ballots each branch would get, void ones left out."""
    return Counter(one.draft.org_id for one in made.ballots if not one.draft.void_reason)


def _sheets(reading: BallotReading, known: KnownRound, decisions: ImportDecisions) -> Sheets:
    none = AnswerColumn("", ("",), bytes(reading.rows))
    by_use = {role.use: column for role, column in zip(decisions.roles, reading.columns, strict=True)}
    by_item = {role.item: column for role, column in zip(decisions.roles, reading.columns, strict=True)}
    place, group = by_use.get(ColumnUse.PLACE, none), by_use.get(ColumnUse.GROUP, none)
    wish, moment = by_use.get(ColumnUse.WISH, none), by_use.get(ColumnUse.MOMENT, none)
    lasted = by_use.get(ColumnUse.SECONDS, none)
    keys = []
    for item in known.items:
        column = by_item.get(item.place, none)
        keys.append(_spread(column, [answer_key(text, decisions) or "?" for text in column.texts]))
    return Sheets(
        places=_spread(place, list(place.texts)),
        orgs=_spread(place, [decisions.places.get(text, UNDECIDED) for text in place.texts]),
        groups=_spread(group, [decisions.groups.get(text) for text in group.texts]),
        answers=list(map("".join, zip(*keys, strict=True))),
        moments=_spread(moment, [texts.moment(text) for text in moment.texts]),
        stamps=_spread(moment, list(moment.texts)),
        seconds=_spread(lasted, [texts.seconds(text) for text in lasted.texts]),
        wishes=_spread(wish, [texts.wish(text) for text in wish.texts]),
    )


def answer_key(text: str, decisions: ImportDecisions) -> str | None:
    """The key of an answer, as decided where the text itself does not say."""
    return decisions.options.get(texts.option(text)) or texts.answer(text, decisions.order)


def _spread(column: AnswerColumn, values: list[_T]) -> list[_T]:
    """What stands in each row, from what each text means."""
    return [values[place] for place in column.places]

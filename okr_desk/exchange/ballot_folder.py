"""Files of answer sheets among the workbooks of an import, each into the round of its quarter; without a window.

What is unclear is listed and the file waits: nothing of it counts until somebody decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from okr_desk.errors import InputRefused, Refusal
from okr_desk.exchange import ballot_texts as texts
from okr_desk.exchange.ballot_columns import FIXED_HEADS, propose
from okr_desk.exchange.ballot_plan import plan
from okr_desk.exchange.ballots import read_ballots
from okr_desk.exchange.meaning import quarter_in, year_in
from okr_desk.exchange.reading import address
from okr_desk.i18n import _
from okr_desk.model.reading import Reader
from okr_desk.model.store import Store
from okr_desk.queries import ballot_imports as known_now
from okr_desk.queries import surveys
from okr_desk.queries.surveys import RoundView
from okr_desk.rules.ballot_imports import BallotPlan, BallotReading, ColumnUse, Question, QuestionKind
from okr_desk.rules.permissions import Actor
from okr_desk.services import ballot_imports
from okr_desk.survey_terms import NumberOrder, RoundState


@dataclass(frozen=True)
class SurveyFile:
    """One file of answer sheets: into which round, and what its plan says; `refused` where there is no such round."""

    name: str
    round_name: str = ""
    plan: BallotPlan | None = None
    refused: str = ""
    is_set_up: bool = True

    @property
    def same(self) -> int:
        """Ballots that are in already, because the very same file was imported before."""
        if self.plan is None or not any(self._is_twin(one) for one in self.plan.questions):
            return 0
        return self.plan.reading.rows

    @property
    def questions(self) -> tuple[Question, ...]:
        """What a person has to decide."""
        return () if self.plan is None or self.same else self.plan.questions

    @property
    def stored(self) -> int:
        """Ballots that were stored, or would be."""
        return 0 if self.plan is None else len(self.plan.ballots)

    def _is_twin(self, one: Question) -> bool:
        return (
            self.plan is not None
            and one.kind is QuestionKind.TWIN
            and one.key == f"{one.kind}:{self.plan.reading.sha256}"
        )


def take_files(
    store: Store, actor: Actor, files: Sequence[str], *, order: NumberOrder | None = None, dry_run: bool = False
) -> tuple[SurveyFile, ...]:
    """Read each file, and store those that are clear; with `dry_run` only say what would happen."""
    return tuple(_one(store, actor, Path(file), order, dry_run) for file in files)


def cell_of(reading: BallotReading, question: Question) -> str:
    """The address of the first cell that a question is about; "" when it is about the file."""
    if question.column_index is None:
        return ""
    row = question.rows[0] if question.rows else reading.first_row - 1
    return address(row, question.column_index + 1)


def round_for(session: Reader, reading: BallotReading) -> RoundView:
    """The round of a file, by the quarter that its name says or else by its days. Raises InputRefused with advice."""
    year, number, days = _when(reading)
    if year is None or number is None:
        said = _("“{name}”看不出是哪个季度的，请在文件名里写上，例如 满意度_2026Q3.xlsx。")
        raise InputRefused(said.format(name=reading.file_name), "file")
    quarter = _("{year}年第{number}季度").format(year=year, number=number)
    if not surveys.definitions(session, year):
        said = _("{year}年还没有测评表，请先在“满意度”页建立测评表、开始本季度的测评，再导入“{name}”。")
        raise NotSetUp(said.format(year=year, name=reading.file_name), "file")
    rounds = [one for one in surveys.rounds(session, year) if one.quarter.number == number]
    if not rounds:
        said = _("{quarter}还没有开始测评，请先在“满意度”页开始本季度的测评，再导入“{name}”。")
        raise NotSetUp(said.format(quarter=quarter, name=reading.file_name), "file")
    open_ones = [one for one in rounds if one.state is RoundState.OPEN]
    if not open_ones:
        return rounds[-1]  # a file that is in already is found there; another is refused when it is stored
    fitting = [one for one in open_ones if days and one.starts_on <= days[0] <= one.ends_on]
    chosen = fitting or open_ones
    if len(chosen) > 1:
        said = _("{quarter}有 {n} 轮测评都在收集，请在“满意度”页选定一轮再导入“{name}”。")
        raise InputRefused(said.format(quarter=quarter, n=len(chosen), name=reading.file_name), "file")
    return chosen[0]


class NotSetUp(InputRefused):
    """There is no definition or no round for this file yet."""


def _one(store: Store, actor: Actor, path: Path, order: NumberOrder | None, dry_run: bool) -> SurveyFile:
    try:
        reading = read_ballots(path)
        with store.read() as session:
            of = round_for(session, reading)
            known = known_now.known(session, of.id)
        proposed = propose(reading, known)
        made = plan(reading, known, proposed if order is None else replace(proposed, order=order))
        if made.is_ready and not dry_run:
            with store.write(actor) as session:
                ballot_imports.take(session, actor, of.id, made)
    except NotSetUp as refused:
        return SurveyFile(path.name, refused=refused.sentence, is_set_up=False)
    except Refusal as refused:
        return SurveyFile(path.name, refused=refused.sentence)
    return SurveyFile(path.name, of.name, made)


def _when(reading: BallotReading) -> tuple[int | None, int | None, list[date]]:
    """Year and quarter by the file's name, else by most of its days; and these days, the most frequent first."""
    days: Counter[date] = Counter()
    for column in reading.columns:
        if _is_moment(column.head):
            for place, count in Counter(column.places).items():
                when = texts.moment(column.texts[place])
                if when is not None:
                    days[when[0]] += count
    ordered = [day for day, _count in days.most_common()]
    stem = Path(reading.file_name).stem
    year, number = year_in(stem), quarter_in(stem)
    if ordered and (year is None or number is None):
        year, number = ordered[0].year, (ordered[0].month + 2) // 3
    return year, number, ordered


def _is_moment(head: str) -> bool:
    return FIXED_HEADS.get(head) is ColumnUse.MOMENT

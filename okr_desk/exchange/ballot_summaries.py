"""A file of results instead of answers: rates and scores by branch are no ballots, and some of them cannot even be.

Nothing of such a file is counted; what it says is listed with row and reason, so that the office can ask for the votes.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from okr_desk.i18n import _
from okr_desk.rules.ballot_imports import (
    AnswerColumn,
    BallotReading,
    ColumnUse,
    ImportDecisions,
    KnownRound,
    Question,
    QuestionKind,
)
from okr_desk.scoring.grim import SCORE, SHARE, doubt
from okr_desk.scoring.rounding import plain

_COUNT = re.compile(r"有效|份数|票数|答卷数|样本|回访")
_RATE = re.compile(r"满意率")
_SCORE = re.compile(r"得分|满意度|平均分")
_HALF = 0.5


def summary_questions(reading: BallotReading, known: KnownRound, decisions: ImportDecisions) -> tuple[Question, ...]:
    """Questions that nobody can answer away; none for a file that has any question of the round."""
    if any(role.use is ColumnUse.ITEM for role in decisions.roles):
        return ()
    figures = [
        (place, SHARE if _RATE.search(column.head) else SCORE)
        for place, column in enumerate(reading.columns)
        if (_RATE.search(column.head) or _SCORE.search(column.head)) and _is_numeric(column)
    ]
    if not figures:
        return ()
    said = _("这是汇总结果，只有满意率或得分，没有逐档票数，不能当答卷导入；请用“登记计票表”按各档票数登记")
    found = [Question(QuestionKind.SUMMARY, f"{QuestionKind.SUMMARY}:", "", reading.sheet, said, (), reading.rows)]
    count = next((column for column in reading.columns if _COUNT.search(column.head) and _is_numeric(column)), None)
    return (*found, *(() if count is None else _impossible(reading, known, figures, count)))


def _impossible(
    reading: BallotReading, known: KnownRound, figures: list[tuple[int, str]], count: AnswerColumn
) -> list[Question]:
    found = []
    for place, unit in figures:
        column = reading.columns[place]
        for index in range(reading.rows):
            value, n = _number(column.text(index)), _number(count.text(index))
            if value is None or n is None or n != int(n):
                continue
            if unit == SHARE and "%" not in _folded(column.text(index)) and 0 < value <= 1:
                value *= 100  # a share, as workbooks keep a percentage
            why = doubt(unit, value, int(n), known.scores)
            if why:
                row = reading.first_row + index
                key = f"{QuestionKind.SUMMARY}:{row}:{place}"
                text, reason = plain(value) + (unit if unit == SHARE else ""), why.removesuffix(_("。"))
                found.append(Question(QuestionKind.SUMMARY, key, column.head, text, reason, (row,), 1, place))
    return sorted(found, key=lambda one: one.rows)


def _is_numeric(column: AnswerColumn) -> bool:
    said = [text for text in column.texts if text.strip()]
    return bool(said) and sum(_number(text) is not None for text in said) > _HALF * len(said)


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(_folded(text).rstrip("%分份票件"))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace(",", "").strip()

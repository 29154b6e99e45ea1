"""A survey's export file as plain columns of text: 问卷星 by text or by number, xlsx, xls or csv.

Addresses of devices and nick-names do not leave the limited process: they are never stored and never logged.
"""

from __future__ import annotations

import base64
from array import array
from collections.abc import Callable
from pathlib import Path
from typing import Any

from okr_desk.errors import FileRefused
from okr_desk.exchange.ballot_texts import BLIND
from okr_desk.exchange.limited import LimitedProcess
from okr_desk.exchange.reading import first_look, sentence
from okr_desk.i18n import _
from okr_desk.rules.ballot_imports import AnswerColumn, BallotReading

PATIENCE = 90.0
"""Seconds that one file of answers may take."""


def read_ballots(
    path: Path,
    *,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> BallotReading:
    """The first sheet of a file of answer sheets. Raises FileRefused with the reason, Cancelled when asked to stop."""
    word = first_look(path)
    if word:
        raise FileRefused(sentence(word, path))
    if progress:
        progress(0, 2)
    child = LimitedProcess()
    try:
        answer = child.ask({"ballots": str(path), "blind": BLIND}, PATIENCE, cancelled)
    finally:
        child.close()
    refused = answer.get("refused")
    if isinstance(refused, str):
        raise FileRefused(sentence(refused, path))
    if progress:
        progress(1, 2)
    return _reading(path.name, answer)


def _reading(name: str, answer: dict[str, Any]) -> BallotReading:
    if not answer["rows"]:
        raise FileRefused(_("“{name}”只有表头，没有答卷。").format(name=name))
    if answer["cut"]:
        raise FileRefused(_("“{name}”超过 20 万份答卷，请分成几个文件后再导入。").format(name=name))
    columns = tuple(_column(one) for one in answer["columns"])
    return BallotReading(name, answer["sha256"], answer["sheet"], answer["first_row"], answer["rows"], columns)


def _column(one: dict[str, Any]) -> AnswerColumn:
    places: array[int] = array("I")
    places.frombytes(base64.b64decode(one["places"]))
    return AnswerColumn(one["head"], tuple(one["texts"]), places)

"""Steps are written at the first reading, once, and stand for the tuple of their sentences."""

from __future__ import annotations

import copy
import json
import pickle
from dataclasses import asdict
from decimal import Decimal

from okr_desk.scoring.explained import Explained, Steps


def test_steps_are_written_when_first_read_and_only_once() -> None:
    written: list[str] = []

    def make() -> tuple[str, ...]:
        written.append("now")
        return "甲", "乙"

    steps = Steps(make)
    assert written == []
    assert (len(steps), steps[-1], steps[1:], list(steps)) == (2, "乙", ("乙",), ["甲", "乙"])
    assert written == ["now"]


def test_steps_equal_the_tuple_and_each_other() -> None:
    steps = Steps(lambda: ("甲",))
    assert steps == ("甲",) and steps == Steps(lambda: ["甲"])
    assert steps != ("乙",) and steps != "甲"
    assert hash(steps) == hash(("甲",))
    assert repr(steps) == "('甲',)"


def test_copies_are_plain_tuples_so_that_a_digest_reads_the_sentences() -> None:
    steps = Steps(lambda: ("甲",))
    assert type(copy.deepcopy(steps)) is tuple
    assert pickle.loads(pickle.dumps(Steps(lambda: ("甲",)))) == ("甲",)
    written = json.dumps(asdict(Explained(Decimal(1), steps)), default=str, ensure_ascii=False)
    assert written == json.dumps(asdict(Explained(Decimal(1), ("甲",))), default=str, ensure_ascii=False)

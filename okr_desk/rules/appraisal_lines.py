"""A line of a count in a workbook: the votes of one class for one person on one item, with the ballots of the class."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from okr_desk.appraisal_terms import AppraisalItem, AppraisalKind, Voter
from okr_desk.rules.imports import YES, EntryFact
from okr_desk.scoring.appraisals import Turnout


@dataclass(frozen=True)
class CountLine:
    """What a line says. `turnout` and `held_on` None: the workbook does not say them, the round in the desk does."""

    kind: AppraisalKind
    name: str
    voter: Voter
    item: AppraisalItem
    votes: tuple[int, ...]
    turnout: Turnout | None = None
    held_on: date | None = None
    is_probationary: bool = False

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """The line as an import carries and compares it."""
        ballots = "" if self.turnout is None else _joined(self.turnout.issued, self.turnout.returned, self.turnout.void)
        said = {
            "name": self.name,
            "votes": _joined(*self.votes),
            "round": self.kind.value,
            "voter": self.voter.value,
            "item": self.item.value,
            "ballots": ballots,
            "held": "" if self.held_on is None else self.held_on.isoformat(),
            "probationary": YES if self.is_probationary else "",
        }
        return tuple((key, text) for key, text in said.items() if text)


def line_of(fact: EntryFact) -> CountLine:
    """The line that a fact carries."""
    ballots, held = fact.text("ballots"), fact.text("held")
    return CountLine(
        AppraisalKind(fact.text("round")),
        fact.text("name"),
        Voter(fact.text("voter")),
        AppraisalItem(fact.text("item")),
        _numbers(fact.text("votes")),
        Turnout(*_numbers(ballots)) if ballots else None,
        date.fromisoformat(held) if held else None,
        bool(fact.text("probationary")),
    )


def _joined(*numbers: int) -> str:
    return "-".join(str(one) for one in numbers)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split("-"))

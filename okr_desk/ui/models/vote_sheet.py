"""The count of an appraisal while it is typed: what stands, what was typed over it, sums, scores, places left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from okr_desk.appraisal_terms import AppraisalItem, Voter
from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.queries.appraisals import AppraisalView, PersonView
from okr_desk.rules.appraisals import CountDraft, CountsDraft, VoterDraft
from okr_desk.scoring.appraisals import Tally, Turnout, check_turnout, item_score
from okr_desk.scoring.explained import Explained
from okr_desk.terms import label

Key = tuple[int, Voter, AppraisalItem]
BALLOTS = ("issued", "returned", "void")
"""What is typed of a class, in the order of the grid."""


@dataclass
class VoteSheet:
    """One appraisal with what was typed and not saved: votes by person, class and item, ballots by class."""

    of: AppraisalView
    votes: dict[Key, list[int | None]] = field(default_factory=dict)
    ballots: dict[tuple[Voter, str], int] = field(default_factory=dict)

    @property
    def is_typed(self) -> bool:
        """Whether something is not saved."""
        return bool(self.votes or self.ballots)

    @property
    def count(self) -> int:
        """How many lines are not saved."""
        return len(self.votes) + len({voter for voter, _name in self.ballots})

    def line(self, person: PersonView, voter: Voter, item: AppraisalItem) -> list[int | None]:
        """The votes as they are seen: typed, else stored, else open."""
        typed = self.votes.get((person.id, voter, item))
        if typed is not None:
            return list(typed)
        stored = person.votes_of(voter, item)
        return [None] * len(self.of.levels) if stored is None else list(stored)

    def type_vote(self, person: PersonView, voter: Voter, item: AppraisalItem, place: int, text: str) -> None:
        """Take what was typed into one cell. Raises InputRefused for what is no whole number."""
        line = self.line(person, voter, item)
        line[place] = _whole(text)
        stored = person.votes_of(voter, item)
        same = [None] * len(line) if stored is None else list(stored)
        if line == same:
            self.votes.pop((person.id, voter, item), None)
        else:
            self.votes[person.id, voter, item] = line

    def ballot(self, voter: Voter, name: str) -> int:
        """Ballots of a class: typed, else stored."""
        view = self.of.voter(voter)
        assert view is not None
        stored: int = getattr(view, name)
        return self.ballots.get((voter, name), stored)

    def type_ballot(self, voter: Voter, name: str, text: str) -> None:
        """Take the number of ballots of a class. Raises InputRefused for what is no whole number."""
        number = _whole(text) or 0
        view = self.of.voter(voter)
        if view is not None and getattr(view, name) == number:
            self.ballots.pop((voter, name), None)
        else:
            self.ballots[voter, name] = number

    def turnout(self, voter: Voter) -> Turnout:
        """Ballots of a class as they are seen."""
        return Turnout(*(self.ballot(voter, name) for name in BALLOTS))

    def score(self, person: PersonView, item: AppraisalItem) -> Explained:
        """The score as it would be saved now."""
        tallies, weights = [], dict[Voter, Decimal]()
        for one in self.of.voters:
            weights[one.voter] = one.weight
            tallies.append(Tally(one.voter, tuple(votes or 0 for votes in self.line(person, one.voter, item))))
        return item_score(tallies, weights)

    def problems(self, person: PersonView) -> list[str]:
        """What does not add up: ballots of classes, votes of this person beyond the valid ones."""
        said = []
        for one in self.of.voters:
            try:
                check_turnout(self.turnout(one.voter), label(one.voter))
            except InputRefused as refusal:
                said.append(refusal.sentence)
            for item in self.of.items:
                total = self.total(person, one.voter, item)
                valid = self.turnout(one.voter).valid
                if total is not None and total > valid:
                    words = _("{voter}“{item}”各档 {n} 票，多于有效票 {valid} 张")
                    told = {"voter": label(one.voter), "item": label(item), "n": total, "valid": valid}
                    said.append(words.format(**told))
        return said

    def total(self, person: PersonView, voter: Voter, item: AppraisalItem) -> int | None:
        """The sum of a line; None where nothing was counted."""
        line = self.line(person, voter, item)
        return None if all(one is None for one in line) else sum(one or 0 for one in line)

    def draft(self) -> CountsDraft:
        """What is saved: the ballots of all classes, the lines that were typed."""
        voters = tuple(
            VoterDraft(one.voter, one.weight, *(self.ballot(one.voter, name) for name in BALLOTS))
            for one in self.of.voters
        )
        counts = tuple(CountDraft(*key, tuple(line)) for key, line in self.votes.items())
        return CountsDraft(self.of.id, voters, counts)

    def follow(self, of: AppraisalView) -> None:
        """The appraisal was read again; what was typed stays where its person still stands."""
        known = {one.id for one in of.people}
        self.of = of
        self.votes = {key: line for key, line in self.votes.items() if key[0] in known}

    def forget(self) -> None:
        """What was typed is saved, or given up."""
        self.votes.clear()
        self.ballots.clear()


def snapshot(sheet: VoteSheet) -> tuple[Mapping[Key, list[int | None]], Mapping[tuple[Voter, str], int]]:
    """What was typed, to be put back by undo."""
    return {key: list(line) for key, line in sheet.votes.items()}, dict(sheet.ballots)


def _whole(text: str) -> int | None:
    if not text:
        return None
    if not text.isdecimal():
        raise InputRefused(_("“{text}”不是票数，请填整数。").format(text=text), "counts")
    return int(text)

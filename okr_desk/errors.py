"""Expected errors: each carries one sentence for the user that says what happened and what to do.

A `Refusal` is shown as it is (screen) or printed with exit code 2 (command line); nothing was changed.
Any other exception is a bug and gets a report.
"""

from __future__ import annotations


class Refusal(Exception):
    """Something that the user can put right. `str(error)` is the sentence."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class InputRefused(Refusal):
    """A draft that cannot be taken; `field` names the attribute of the draft at fault."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class NotAllowed(Refusal):
    """The person acting lacks the right; recorded as a denial."""


class WrongState(Refusal):
    """The year, quarter, objective or account is in a state that forbids this."""


class DayShut(InputRefused, WrongState):
    """A day whose quarter takes nothing from this person: another day may be meant, so it is said at its field."""


class IllegalMove(WrongState, NotAllowed):
    """A step that the table of moves or a term forbids; recorded like a denial, because it would skip somebody."""


class Backdated(InputRefused, NotAllowed):
    """A day before what it follows, or outside its term; recorded like a denial."""


class Conflict(Refusal):
    """Somebody else changed the same thing since it was read."""


class FileRefused(Refusal):
    """A file that cannot be read or written: locked, damaged, encrypted, wrong kind, disk full."""


class DatabaseRefused(Refusal):
    """A database that cannot be opened: missing, foreign, damaged, newer than this program."""


class DatabaseInUse(DatabaseRefused):
    """A database that another program holds: sound as far as anyone knows, so nothing may take its place."""


class Cancelled(Refusal):
    """The user stopped a long task; shown quietly, nothing was written."""

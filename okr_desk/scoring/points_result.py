"""What all points rules share: the measured values they take, their result with its way, and common checks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.scoring.explained import Explained
from okr_desk.scoring.spelling import check_numbers
from okr_desk.terms import Direction, PointsState, SurveyVerdict

ZERO = Decimal(0)
ONE = Decimal(1)
HUNDRED = Decimal(100)
Told = Callable[[], tuple[str, ...]]


@dataclass(frozen=True)
class Group:
    """One's own value beside the values of the group, which may or may not hold one's own."""

    own: Decimal
    values: tuple[Decimal, ...]

    @property
    def everyone(self) -> tuple[Decimal, ...]:
        """All values, one's own among them."""
        return self.values if self.own in self.values else (self.own, *self.values)


@dataclass(frozen=True)
class Held:
    """Activities held, with the satisfaction of those who came (0..100) and the verdict on it, if there is one.

    `source` names what the satisfaction was measured by; without it the steps say 满意度.
    """

    activity: Decimal
    satisfaction: Decimal
    verdict: SurveyVerdict | None = None
    source: str = ""


@dataclass(frozen=True)
class Awards:
    """What each matter was honoured with: its name, and the points of every award for it."""

    matters: tuple[tuple[str, tuple[Decimal, ...]], ...]


Value = Decimal | bool | tuple[Decimal, ...] | Group | Held | Awards


@dataclass(frozen=True)
class Points:
    """Points of one line. `maximum` are its full points; a bonus or a cap above 1 may lead beyond them.

    `points` is None where nothing was reported in an open quarter (missing) and where the line does not apply; the
    sheet drops the maximum of the latter. `provisional`: a verdict that the points hang on is still open.
    """

    points: Decimal | None
    maximum: Decimal
    state: PointsState
    steps: Sequence[str]
    provisional: bool = False

    @property
    def explained(self) -> Explained:
        """The points, with their steps."""
        return Explained(self.points, self.steps)


@dataclass(frozen=True)
class Reached:
    """What a rule makes of a value; None where the value holds nothing to judge (no valid ballot)."""

    points: Decimal | None
    told: Told
    provisional: bool = False


def a_number(value: Value) -> Decimal:
    """The value as one number; raises InputRefused for another kind of value, NaN and the infinite."""
    if not isinstance(value, Decimal):
        raise other_kind()
    check_numbers("v", value)
    return value


def other_kind() -> InputRefused:
    """The refusal of a value that the rule cannot take."""
    return InputRefused(_("所给的数据与计分规则不相配，请检查规则的种类。"), "v")


def check_full(maximum: Decimal) -> None:
    """Refuse full points that are no number or below 0; 0 is a spare line that is only watched."""
    check_numbers("max", maximum)
    if maximum < 0:
        raise InputRefused(_("满分 max 不能为负数，请改正。"), "max")


def check_not_negative(name: str, *values: Decimal) -> None:
    """Refuse what is no number or below 0, with a sentence that names the entry."""
    check_numbers(name, *values)
    if any(value < 0 for value in values):
        raise InputRefused(_("{name} 不能为负数，请改正。").format(name=name), name)


def check_up_or_down(direction: Direction) -> None:
    """Refuse directions that belong to guard rails."""
    if direction not in (Direction.UP, Direction.DOWN):
        raise InputRefused(_("方向 direction 只能填 up（越高越好）或 down（越低越好）。"), "direction")

"""What entries of daily work make of indicators: typed once, counted everywhere.

Each word of daily work says in one `Source` which indicators it feeds and how; `services.counting` writes what it says
as computed values, so that progress, points, sheet and paper find them where every other value stands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from okr_desk.i18n import _, using
from okr_desk.model.reading import Reader
from okr_desk.queries.objectives import QuarterView
from okr_desk.scoring.rounding import half_up

PLACES = 6
"""Stored as exactly as a number can be: thresholds compare what nobody has rounded, screens round for display."""


@dataclass(frozen=True)
class Counted:
    """A branch's value of an indicator for a quarter, as its entries make it.

    `as_of` is the day of the newest entry; `said` tells in Chinese what was counted ("应到 96 人次，实到 81 人次") and
    stands in the value's note, whatever the language of the screen.
    """

    value: Decimal
    as_of: date
    said: str


@dataclass(frozen=True)
class Source:
    """A register that feeds indicators. `name` is its Chinese name, `codes` what it feeds and nothing else computes.

    `counted` gives, for the quarter and these branches, what there is by organisation and code. Where a branch has no
    entry at all it gives nothing: missing is not zero. Measures that add up through the year count from January.
    """

    name: str
    codes: tuple[str, ...]
    counted: Callable[[Reader, QuarterView, Sequence[int]], Mapping[tuple[int, str], Counted]]

    def note(self, of: Counted, reason: str = "") -> str:
        """What the value's note says: where it comes from and what was counted."""
        with using("zh_CN"):
            said = _("取自{name}：{said}").format(name=_(self.name), said=of.said)
            return said + (_("；补报理由：{reason}").format(reason=reason.strip()) if reason.strip() else "")


def share(done: int | Decimal, due: int | Decimal) -> Decimal:
    """`done` of `due` in percent, with six decimals."""
    return half_up(Decimal(done) * 100 / Decimal(due), PLACES)

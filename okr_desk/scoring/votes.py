"""Points by ballot: every valid ballot counts what its answer is worth."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.scoring.explained import result, rounding_note
from okr_desk.scoring.points_result import ZERO, Reached, Value, check_not_negative, other_kind
from okr_desk.scoring.rounding import kept, plain, wide
from okr_desk.scoring.spelling import check_numbers


@dataclass(frozen=True)
class Votes:
    """The mean worth of the valid ballots; `values` are points for each answer, usually from best to worst.

    Takes the number of ballots for each answer, void ones left out beforehand, or the mean that somebody has counted
    already. Without a valid ballot nothing is known, which is not 0. Raises InputRefused for negative values and for
    counts that do not fit or are not whole.
    Source: domain 1.3 "VOTE".
    """

    values: tuple[Decimal, ...]

    def __post_init__(self) -> None:
        if not self.values:
            raise InputRefused(_("各档票的分值 values 没有填写，请补上，例如 100,85,70,50。"), "values")
        check_not_negative("values", *self.values)

    @property
    def maximum(self) -> Decimal:
        """What every ballot being the best one would give."""
        return max(self.values)

    def reach(self, value: Value) -> Reached:
        """Points of so many ballots for each answer."""
        if isinstance(value, Decimal):
            return self._counted_elsewhere(value)
        if not isinstance(value, tuple):
            raise other_kind()
        check_not_negative("counts", *value)
        if len(value) != len(self.values):
            raise InputRefused(_("票数 counts 与分值 values 的个数不同，请逐档对应填写。"), "counts")
        if any(count != count.to_integral_value() for count in value):
            raise InputRefused(_("票数 counts 须是整数，请改正。"), "counts")
        rule = _("得分＝各档（票数×分值）之和÷有效票数")
        with wide():
            valid = sum(value, ZERO)
            if valid == 0:
                return Reached(None, lambda: (rule, _("没有有效票，不能计分，也不按 0 计。")))
            found = kept(sum((count * worth for count, worth in zip(value, self.values, strict=True)), ZERO) / valid)
        sum_ = "＋".join(f"{plain(count)}×{plain(worth)}" for count, worth in zip(value, self.values, strict=True))
        line = _("（{sum}）÷{valid}{result}").format(sum=sum_, valid=plain(valid), result=result(found))
        return Reached(found, lambda: (rule, line, *rounding_note(found)))

    def _counted_elsewhere(self, mean: Decimal) -> Reached:
        check_numbers("v", mean)
        if not min(self.values) <= mean <= self.maximum:
            said = _("平均分 {mean} 不在各档分值 {low} 至 {high} 之间，请核对。")
            raise InputRefused(
                said.format(mean=plain(mean), low=plain(min(self.values)), high=plain(self.maximum)), "v"
            )
        return Reached(mean, lambda: (_("按已计票的平均分 {mean} 计。").format(mean=plain(mean)),))

"""Suggested pay coefficients: by a table of grades, or by a straight line of the score. Never a basis for payment.

Source: domain 5.3 (usual table; linear k = 0.8 + 0.4·(score−60)/40, clipped; 90.36 → 1.1036).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.scoring.explained import Explained, figure, result, rounding_note
from okr_desk.scoring.rounding import kept, plain, wide, without_dust

PASS, ROOM = Decimal(60), Decimal(40)
"""The score at which the line starts, and how far it is from there to full marks."""


def disclaimer() -> str:
    """What stands wherever a coefficient is shown."""
    return _("仅供参考，不作为发放依据，以上级文件为准。")


@dataclass(frozen=True)
class ByGrade:
    """A coefficient for each grade by its place, the best first; what stands below the last takes the last.

    Raises InputRefused for none at all, or values that rise towards lower grades.
    """

    values: tuple[Decimal, ...]

    def __post_init__(self) -> None:
        if not self.values:
            raise InputRefused(_("系数表还没有填写，请从最好的等次写起，例如 1.2 1.0 0.9 0.6。"), "value")
        if any(after > before for before, after in pairwise(self.values)):
            raise InputRefused(_("系数须从最好的等次起由高到低，请改正。"), "value")

    def of(self, _score: Decimal | None, grade: str | None, names: Sequence[str]) -> Explained:
        """The coefficient of a grade; `names` are those of its scheme, the best first. None without a grade."""
        if grade is None or grade not in names:
            return Explained(None, (_("还没有等次，不建议系数，也不按 0 计。"),))
        table = {name: self.values[min(place, len(self.values) - 1)] for place, name in enumerate(names)}
        listed = _("，").join(f"{_(name)} {plain(value)}" for name, value in table.items())
        said = _("等次为“{grade}”，系数为 {value}。").format(grade=_(grade), value=plain(table[grade]))
        return Explained(table[grade], (_("系数表：{listed}。").format(listed=listed), said, disclaimer()))


@dataclass(frozen=True)
class ByScore:
    """k = base + span·(score − 60)/40, kept within [low, high]; raises InputRefused where low is above high."""

    base: Decimal = Decimal("0.8")
    span: Decimal = Decimal("0.4")
    low: Decimal = Decimal("0.6")
    high: Decimal = Decimal("1.2")

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise InputRefused(_("系数的下限不能大于上限，请先调整另一项。"), "value")

    def of(self, score: Decimal | None, _grade: str | None, _names: Sequence[str]) -> Explained:
        """The coefficient of an unrounded score; None without a score."""
        if score is None:
            return Explained(None, (_("还没有得分，不建议系数，也不按 0 计。"),))
        with wide():
            raw = without_dust(kept(self.base + self.span * (score - PASS) / ROOM))
        rule = _("系数＝{base}＋{span}×（得分率－60）÷40，限于 {low} 至 {high}").format(
            base=plain(self.base), span=plain(self.span), low=plain(self.low), high=plain(self.high)
        )
        line = _("{base}＋{span}×（{score}－60）÷40{result}").format(
            base=plain(self.base), span=plain(self.span), score=figure(score), result=result(raw)
        )
        found = min(max(raw, self.low), self.high)
        cut = () if found == raw else (_("超出范围，取 {value}。").format(value=plain(found)),)
        return Explained(found, (rule, line, *cut, *rounding_note(raw), disclaimer()))


CoefficientRule = ByGrade | ByScore


def read_table(text: str) -> tuple[Decimal, ...]:
    """Coefficients by place from a text such as 1.2 1.0 0.9. Raises InputRefused for what is no number."""
    parts = text.replace("，", " ").replace("、", " ").replace(",", " ").split()
    for part in parts:
        if not part.replace(".", "", 1).isdecimal():
            raise InputRefused(
                _("系数表里的“{part}”不是数字，请从最好的等次写起，例如 1.2 1.0 0.9 0.6。").format(part=part), "value"
            )
    return tuple(Decimal(part) for part in parts)

"""Suggested pay coefficients: by a table of grades, or by a straight line of the score. Never a basis for payment.

Source: domain 5.3 (usual table; linear k = 0.8 + 0.4·(score−60)/40, clipped; 90.36 → 1.1036).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

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
    """A coefficient for each grade by its name; raises InputRefused for none at all or a negative one."""

    table: Mapping[str, Decimal]

    def __post_init__(self) -> None:
        if not self.table:
            raise InputRefused(_("系数表还没有填写，请写成“好=1.2，较好=1.0”。"), "value")
        if any(value < 0 for value in self.table.values()):
            raise InputRefused(_("系数不能是负数，请改正。"), "value")

    def of(self, _score: Decimal | None, grade: str | None) -> Explained:
        """The coefficient of a grade; None without a grade or where the table does not name it."""
        if grade is None:
            return Explained(None, (_("还没有等次，不建议系数，也不按 0 计。"),))
        if grade not in self.table:
            return Explained(None, (_("系数表里没有“{grade}”，请先在“设置”中补上。").format(grade=_(grade)),))
        listed = _("，").join(f"{_(name)} {plain(value)}" for name, value in self.table.items())
        found = self.table[grade]
        said = _("等次为“{grade}”，系数为 {value}。").format(grade=_(grade), value=plain(found))
        return Explained(found, (_("系数表：{listed}。").format(listed=listed), said, disclaimer()))


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

    def of(self, score: Decimal | None, _grade: str | None) -> Explained:
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


def read_table(text: str) -> dict[str, Decimal]:
    """Grades with their coefficients from a text such as 好=1.2，较好=1.0. Raises InputRefused for what is none."""
    found: dict[str, Decimal] = {}
    for part in text.replace("，", ",").replace("、", ",").split(","):
        name, sign, value = (piece.strip() for piece in part.replace("＝", "=").partition("="))
        if not name and not sign:
            continue
        if not (name and value.replace(".", "", 1).isdecimal()):
            raise InputRefused(_("系数表“{part}”看不懂，请写成“好=1.2，较好=1.0”。").format(part=part.strip()), "value")
        if name in found:
            raise InputRefused(_("系数表里“{name}”写了两次，请只留一个。").format(name=name), "value")
        found[name] = Decimal(value)
    return found

"""What a sample would have to be, from what is typed: how many to ask, and what so many answers could prove."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.scoring.rounding import percent
from okr_desk.scoring.sample_size import CENSUS_BELOW, plan, sample_size
from okr_desk.ui.dialogs.fields import optional_number

MARGINS = (Decimal("0.10"), Decimal("0.08"), Decimal("0.05"))
"""Margins of error that are offered, as shares."""


@dataclass(frozen=True)
class PlanTold:
    """What a person is told: the number to give out first, then the sentences on the target, then the steps."""

    headline: str
    target: tuple[str, ...]
    steps: tuple[str, ...]


def told(population: str, margin: Decimal, response: str, target: str, answers: str) -> PlanTold:
    """The plan from the texts of the fields; rates are typed in percent, an empty field is not known.

    Raises InputRefused at the field that cannot be.
    """
    people = _count(population, "population", _("人数"))
    wanted = _count(answers, "answers", _("计划有效答卷"))
    share, aim = _share(response, "response", _("预计回收率")), _share(target, "target", _("目标满意率"))
    found = sample_size(margin, people, response=share)
    n = wanted if wanted is not None else found.n
    if people is not None and n > people:
        said = _("计划有效答卷 {n} 份，超过总人数 {people} 人，请改正。")
        raise InputRefused(said.format(n=n, people=people), "answers")
    proof = None if aim is None else plan(n, aim, people)
    return PlanTold(
        _headline(found.n, found.invite, share, people),
        () if proof is None else tuple(proof.steps)[1:],
        (*found.steps, *(() if proof is None else (_("判定目标：{note}").format(note=proof.steps[0]),))),
    )


def _headline(n: int, invite: int, response: Decimal | None, people: int | None) -> str:
    if people is not None and people < CENSUS_BELOW:
        return _("只有 {people} 人，建议普查：{people} 份全部发到，尽量全部收回。").format(people=people)
    if response is None:
        return _("需要有效答卷 {n} 份。").format(n=n)
    said = _("需要有效答卷 {n} 份；按回收率 {rate}，应发放 {invite} 份。")
    return said.format(n=n, rate=percent(response), invite=invite)


def _count(text: str, field: str, name: str) -> int | None:
    found = optional_number(text, field, name)
    if found is None:
        return None
    if found != int(found) or found < 1:
        raise InputRefused(_("“{name}”请填大于 0 的整数。").format(name=name), field)
    return int(found)


def _share(text: str, field: str, name: str) -> Decimal | None:
    found = optional_number(text.strip().rstrip("%％"), field, name)
    if found is None:
        return None
    if not 1 <= found <= 100:
        raise InputRefused(_("“{name}”请填百分数，如 85 表示 85%。").format(name=name), field)
    return found / 100

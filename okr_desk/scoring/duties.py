"""What a branch owes in organisational life and how far it is done; kinds do not make up for each other (domain 2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from okr_desk.duty_terms import QUARTERLY, DutyKind
from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.scoring.explained import Explained, Steps, result
from okr_desk.scoring.rounding import kept, wide
from okr_desk.terms import label

COMMITTEE_FROM = 7
"""Full members from which a branch has a committee (中国共产党支部工作条例(试行))."""
WEIGHTS = {DutyKind.ASSEMBLY: 4, DutyKind.COMMITTEE: 3, DutyKind.GROUP: 2, DutyKind.LESSON: 3}
"""Weights of completion (domain 2, [design])."""
MONTHS = 3


@dataclass(frozen=True)
class Frequencies:
    """How often each kind is owed; `life_quarter` is the quarter in which what is yearly falls due."""

    assembly: int = 1
    committee: int = 3
    group: int = 3
    lesson: int = 1
    party_day: int = 3
    life: int = 1
    life_quarter: int = 4

    def a_quarter(self, kind: DutyKind) -> int:
        """How many of a kind a quarter asks for, by committee, group or branch."""
        return int(getattr(self, kind.value))


@dataclass(frozen=True)
class BranchSize:
    """What the number of meetings depends on, as of the first day of the quarter; None: not on the roster."""

    full_members: int | None
    groups: int | None = None
    has_committee: bool | None = None

    @property
    def owes_committee(self) -> bool | None:
        """Whether the branch has a committee: from 7 full members, unless the roster says that it has none.

        None where neither is known.
        """
        if self.has_committee is False:
            return False
        if self.full_members is None:
            return self.has_committee
        return self.full_members >= COMMITTEE_FROM


@dataclass(frozen=True)
class Due:
    """How many meetings of each kind are owed in a quarter; 0 where a kind does not apply."""

    counts: Mapping[DutyKind, int]
    steps: Sequence[str]

    def through(self, kind: DutyKind, month: int) -> int:
        """How many of a kind are owed by the end of the quarter's `month` (0 to 3): spread evenly, none early."""
        return self.counts.get(kind, 0) * max(0, min(month, MONTHS)) // MONTHS

    def in_month(self, kind: DutyKind, month: int) -> int:
        """How many of a kind fall due in the quarter's `month` (1 to 3)."""
        return self.through(kind, month) - self.through(kind, month - 1)

    @property
    def total(self) -> int:
        """All meetings owed."""
        return sum(self.counts.values())


def due(size: BranchSize, often: Frequencies = Frequencies(), quarter: int = 1) -> Due:
    """What a branch of this size owes in a quarter (1 to 4).

    Under 7 full members there is no committee, without groups no group meeting. 组织生活会 and 民主评议 are owed once a
    year, in `often.life_quarter`. Raises InputRefused for negative numbers. Source: domain 2.
    """
    for field, value in (("full-members", size.full_members), ("groups", size.groups)):
        if value is not None and value < 0:
            raise InputRefused(_("“{name}”不能是负数，请改正。").format(name=field), field)
    if not 1 <= quarter <= 4:
        raise InputRefused(_("季度请填 1 到 4。"), "quarter")
    groups = size.groups or 0
    yearly = often.life if quarter == often.life_quarter else 0
    counts = {
        DutyKind.ASSEMBLY: often.assembly,
        DutyKind.COMMITTEE: often.committee if size.owes_committee else 0,
        DutyKind.GROUP: often.group * groups,
        DutyKind.LESSON: often.lesson,
        DutyKind.PARTY_DAY: often.party_day,
        DutyKind.LIFE: yearly,
        DutyKind.REVIEW: yearly,
    }
    return Due(counts, Steps(lambda: _told(size, often, counts)))


def capped(held: int, owed: int) -> int:
    """What counts of what was held: extra meetings earn nothing (domain 0, 8)."""
    return min(held, owed)


def capped_groups(by_group: Mapping[int | None, int], groups: int, each: int) -> int:
    """What counts of group meetings: each group up to `each`, those without a number on top, never above the whole."""
    numbered = sum(min(held, each) for group, held in by_group.items() if group is not None)
    return min(numbered + by_group.get(None, 0), groups * each)


def completion(held: Mapping[DutyKind, int], owed: Mapping[DutyKind, int]) -> Explained:
    """C = Σ w·min(held, due)/due ÷ Σ w over the kinds that apply, 0..1; None where none applies. Source: domain 2."""
    kinds = [kind for kind in WEIGHTS if owed.get(kind, 0) > 0]
    if not kinds:
        return Explained(None, (_("没有应开展的会议，不计算完成率。"),))
    with wide():
        whole = sum(WEIGHTS[kind] for kind in kinds)
        done = sum(
            (Decimal(WEIGHTS[kind] * capped(held.get(kind, 0), owed[kind])) / owed[kind] for kind in kinds), Decimal(0)
        )
        value = kept(done / whole)

    def told() -> tuple[str, ...]:
        parts = [
            _("{kind} {held}/{due}（权重 {w}）").format(
                kind=label(kind), held=capped(held.get(kind, 0), owed[kind]), due=owed[kind], w=WEIGHTS[kind]
            )
            for kind in kinds
        ]
        rule = _("完成率＝各类会议（已开÷应开）的加权平均，多开的按应开计，各类之间不能互补，不涉及的不计。")
        sums = "＋".join(f"{WEIGHTS[kind]}×{capped(held.get(kind, 0), owed[kind])}÷{owed[kind]}" for kind in kinds)
        return rule, "、".join(parts), f"（{sums}）÷{whole}{result(value)}"

    return Explained(value, Steps(told))


def has_quorum(present: int, voters: int) -> bool:
    """Whether more than half of the members with a vote were there (domain 2, 党员大会)."""
    return present * 2 > voters


def may_elect(present: int, voters: int) -> bool:
    """Whether four fifths of the members with a vote were there, which an election needs (domain 2)."""
    return present * 5 >= voters * 4


def excellent_most(members: int) -> int:
    """How many members may be graded 优秀: a third, cut off (domain 2, 民主评议党员)."""
    return members // 3


def next_election(elected_on: date, years: int) -> date:
    """The day on which a term of `years` ends; 29 February ends on the 28th where the year has none."""
    try:
        return elected_on.replace(year=elected_on.year + years)
    except ValueError:
        return elected_on.replace(year=elected_on.year + years, day=28)


def months_before(day: date, months: int) -> date:
    """The day so many months earlier; the month's last where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError(day)


def _told(size: BranchSize, often: Frequencies, counts: Mapping[DutyKind, int]) -> tuple[str, ...]:
    return tuple(_why(kind, size, often, counts[kind]) for kind in (*QUARTERLY, *_yearly(counts)))


def _yearly(counts: Mapping[DutyKind, int]) -> tuple[DutyKind, ...]:
    return tuple(kind for kind in (DutyKind.LIFE, DutyKind.REVIEW) if counts[kind])


def _why(kind: DutyKind, size: BranchSize, often: Frequencies, count: int) -> str:
    name = label(kind)
    if kind is DutyKind.COMMITTEE and not count and size.owes_committee is not None:
        if size.has_committee is False:
            return _("{kind}：名册上不设支委会，不涉及。").format(kind=name)
        if size.full_members is not None and size.full_members < COMMITTEE_FROM:
            said = _("{kind}：正式党员 {n} 人，不足 {least} 人不设支委会，不涉及。")
            return said.format(kind=name, n=size.full_members, least=COMMITTEE_FROM)
    if kind is DutyKind.COMMITTEE and size.owes_committee is None:
        return _("{kind}：名册上没有正式党员数，也没有写是否设支委会，暂不计应开。").format(kind=name)
    if kind is DutyKind.GROUP:
        if not size.groups:
            return _("{kind}：没有党小组，不涉及。").format(kind=name)
        said = _("{kind}：{each}×{groups} 个党小组＝{n} 次")
        return said.format(kind=name, each=often.group, groups=size.groups, n=count)
    if kind in (DutyKind.LIFE, DutyKind.REVIEW):
        return _("{kind}：每年 {n} 次，一般在第{q}季度。").format(kind=name, n=count, q=often.life_quarter)
    if kind is DutyKind.LESSON:
        return _("{kind}：{n} 次（本地要求，可在设置中调整，不是条例规定的次数）").format(kind=name, n=count)
    return _("{kind}：{n} 次").format(kind=name, n=count)

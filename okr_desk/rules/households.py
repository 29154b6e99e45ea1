"""Households that members look after, visits and half-yearly marks, as drafts with their checks (domain 1.1 row 24)."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from okr_desk.errors import InputRefused, Refusal
from okr_desk.i18n import _
from okr_desk.member_terms import HouseholdKind, Rater
from okr_desk.rules.checks import check_amount, check_day, check_length, check_text
from okr_desk.rules.members import NAME_LIMIT, check_private
from okr_desk.terms import EntryBasis, label

LABEL_LIMIT, WHAT_LIMIT = 20, 200
MARK_DAY = 20
"""Who looks after a household on this day of a month owes it a visit in that month; reminders begin here too."""
_FULL = Decimal(100)


@dataclass(frozen=True)
class HouseholdDraft:
    """A household by its label and the name at its head, and who looks after it from `since` on (None: nobody yet)."""

    org_id: int
    label: str
    since: date
    head: str = ""
    kind: HouseholdKind = HouseholdKind.ORDINARY
    member_id: int | None = None


@dataclass(frozen=True)
class VisitDraft:
    """One visit. `reported_by` and `basis`: who says so when the office enters it for a branch."""

    household_id: int
    visited_on: date
    what: str = ""
    has_demand: bool = False
    reported_by: str = ""
    basis: EntryBasis = EntryBasis.OWN
    reason: str = ""


@dataclass(frozen=True)
class MonthDraft:
    """The days of a month on which a household was visited, as the grid shows them: others are taken back."""

    household_id: int
    year: int
    month: int
    days: tuple[int, ...]
    reported_by: str = ""
    basis: EntryBasis = EntryBasis.OWN
    reason: str = ""


class MonthRefused(InputRefused):
    """A month of visits that cannot be taken: of which household and month, the sentence names the household."""

    def __init__(self, household_id: int, month: int, name: str, cause: Refusal) -> None:
        said = cause.sentence
        if name and name not in said:
            said = _("{label}：{said}").format(label=name, said=said)
        super().__init__(said, getattr(cause, "field", "days"))
        self.household_id, self.month = household_id, month


@dataclass(frozen=True)
class RatingDraft:
    """The marks of a half-year, 0 to 100 each; None: not given."""

    member_id: int
    year: int
    half: int
    cadre: Decimal | None = None
    committee: Decimal | None = None
    households: Decimal | None = None
    monthly: Decimal | None = None

    @property
    def marks(self) -> dict[Rater, Decimal | None]:
        """The marks by who gave them."""
        given = (self.cadre, self.committee, self.households, self.monthly)
        return dict(zip(Rater, given, strict=True))


@dataclass(frozen=True)
class Limits:
    """How many households a member should and may look after."""

    least: int
    most: int

    def check(self, name: str, count: int) -> None:
        """Refuse more households than a member may have, with what to do instead."""
        if count > self.most:
            said = _("{name}已联系 {n} 户，按规定每名党员最多 {most} 户。请把这一户安排给别的党员。")
            raise InputRefused(said.format(name=name, n=self.most, most=self.most), "member_id")

    def notice(self, name: str, count: int) -> str:
        """What to say of a member who has fewer than he should; empty where all is well."""
        if count >= self.least:
            return ""
        said = _("{name}目前联系 {n} 户，规定每名党员 {least} 至 {most} 户。")
        return said.format(name=name, n=count, least=self.least, most=self.most)


def check_household(draft: HouseholdDraft, today: date) -> None:
    """Refuse a household without a label, with private numbers, or of a day that has not come."""
    check_text(draft.label, "label", _("门牌"), LABEL_LIMIT)
    check_length(draft.head, "head", _("户主"), NAME_LIMIT)
    check_private(draft.label, "label")
    check_private(draft.head, "head")
    check_day(draft.since, "since", _("联系起始日"), today)


def check_visit(draft: VisitDraft) -> None:
    """Refuse words that are too long or hold private numbers; the day is checked with its quarter."""
    check_length(draft.what, "what", _("走访情况"), WHAT_LIMIT)
    check_private(draft.what, "what")


def check_rating(draft: RatingDraft, today: date) -> None:
    """Refuse marks outside 0 to 100, none at all, or of a half-year that has not begun."""
    given = [(rater, mark) for rater, mark in draft.marks.items() if mark is not None]
    if not given:
        raise InputRefused(_("四项评分一项也没有填，请至少填写一项。"), "cadre")
    for rater, mark in given:
        check_amount(mark, rater.value, label(rater))
        if not 0 <= mark <= _FULL:
            raise InputRefused(_("“{name}”请填 0 至 100 的分数。").format(name=label(rater)), rater.value)
    if draft.half not in (1, 2) or date(draft.year, 6 * draft.half - 5, 1) > today:
        raise InputRefused(_("这个半年还没有开始，还不能评分。"), "half")


def typed_days(text: str, year: int, month: int) -> tuple[int, ...]:
    """The days typed into a cell of the grid: "3", "3 17", "3、17日"; raises InputRefused for what is no day."""
    plain = text.translate(_DIGITS)
    parts = [part for part in plain.translate(_BETWEEN).split() if part]
    last = calendar.monthrange(year, month)[1]
    days = []
    for part in parts:
        bare = part.removeprefix(f"{month}月").removeprefix(f"{month}.").removesuffix("日").removesuffix("号")
        if not bare.isdecimal() or not 1 <= int(bare) <= last:
            said = _("“{text}”看不出是几日，请填 1 至 {last} 的日子，两次用空格隔开，如“3 17”。")
            raise InputRefused(said.format(text=text.strip(), last=last), "days")
        days.append(int(bare))
    return tuple(sorted(set(days)))


def typed_households(text: str, org_id: int, since: date, member_id: int | None) -> tuple[HouseholdDraft, ...]:
    """Households from lines such as 3组12号 张三 重点户, however the words are separated."""
    found = []
    words = [label(one) for one in (HouseholdKind.PRIORITY, HouseholdKind.ORDINARY)]
    for line in text.splitlines():
        cells = [cell for cell in re.split(r"[\s,，、;；]+", line.strip()) if cell]
        kinds = [cell for cell in cells if "重点" in cell or "普通" in cell or cell in words]
        is_priority = any("重点" in cell or cell == words[0] for cell in kinds)
        kind = HouseholdKind.PRIORITY if is_priority else HouseholdKind.ORDINARY
        cells = [cell for cell in cells if cell not in kinds]
        if cells:
            found.append(HouseholdDraft(org_id, cells[0], since, "".join(cells[1:2]), kind, member_id))
    return tuple(found)


_DIGITS = {0xFF10 + digit: str(digit) for digit in range(10)} | {ord("．"): "."}
_BETWEEN = str.maketrans(dict.fromkeys("、，,;；/", " "))

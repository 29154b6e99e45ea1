"""What co-building makes of X05 and, for organs, F20: projects done of those agreed and due in the half-year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from okr_desk.i18n import N_, _, using
from okr_desk.model.reading import Reader
from okr_desk.queries import orgs, partners
from okr_desk.queries.counting import Counted, Source, share
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.partners import ItemView
from okr_desk.register_terms import PartnerList

CODE, ORGANS_CODE = "X05", "F20"
ORGANS = "机关"
"""The category for which F20 is made (domain 1.4, scope O)."""


@dataclass(frozen=True)
class PartnerTally:
    """Projects due from the beginning of the half-year to the quarter's end, how many of them done, how many late."""

    due: int = 0
    done: int = 0
    late: int = 0
    carried: int = 0
    newest: date | None = None

    @property
    def rate(self) -> Decimal | None:
        """Percent of those due that were done; None where none was due."""
        return share(self.done, self.due) if self.due else None

    def __add__(self, other: PartnerTally) -> PartnerTally:
        return PartnerTally(
            self.due + other.due, self.done + other.done, self.late + other.late, self.carried + other.carried
        )


def half_year_start(quarter: QuarterView) -> date:
    """The first day of the half-year that a quarter lies in."""
    return date(quarter.year, 1 if quarter.number <= 2 else 7, 1)


def tallies(session: Reader, quarter: QuarterView, org_ids: Sequence[int]) -> dict[int, PartnerTally]:
    """The tally of every branch with a project."""
    return tallies_of(partners.items(session, org_ids), quarter)


def tallies_of(views: Iterable[ItemView], quarter: QuarterView) -> dict[int, PartnerTally]:
    """The same of lines that were read already."""
    found: dict[int, list[ItemView]] = {}
    for item in views:
        if item.kind is PartnerList.PROJECT:
            found.setdefault(item.org_id, []).append(item)
    return {org_id: _tally(own, quarter) for org_id, own in found.items()}


def _tally(views: Sequence[ItemView], quarter: QuarterView) -> PartnerTally:
    first, end = half_year_start(quarter), quarter.ends_on
    due = [one for one in views if one.planned_on is not None and first <= one.planned_on <= end]
    done = [one for one in due if one.done_on is not None and one.done_on <= end]
    before = [one for one in views if one.planned_on is not None and one.planned_on < first]
    return PartnerTally(
        due=len(due),
        done=len(done),
        late=sum(one.is_late for one in done),
        carried=sum(one.done_on is None or one.done_on > end for one in before),
        newest=max([one.done_on for one in done if one.done_on] + [one.agreed_on for one in due], default=None),
    )


def _counted(session: Reader, quarter: QuarterView, org_ids: Sequence[int]) -> Mapping[tuple[int, str], Counted]:
    with using("zh_CN"):
        found = {}
        groups = orgs.branch_categories(session, quarter.ends_on)
        for org_id, tally in tallies(session, quarter, org_ids).items():
            if tally.rate is None:
                continue
            counted = Counted(tally.rate, tally.newest or quarter.starts_on, said(tally))
            found[org_id, CODE] = counted
            if groups.get(org_id) == ORGANS:
                found[org_id, ORGANS_CODE] = counted
        return found


def said(tally: PartnerTally) -> str:
    """What was counted, in the language in use."""
    words = _("本半年到期的共建项目 {due} 个，已办结 {done} 个").format(due=tally.due, done=tally.done)
    if tally.late:
        words += _("，其中逾期办结 {n} 个").format(n=tally.late)
    if tally.carried:
        words += _("；另有以前到期未办结的 {n} 个，不在本期基数").format(n=tally.carried)
    return words


SOURCE = Source(N_("共建台账"), (CODE, ORGANS_CODE), _counted)
"""A need or a resource that is not matched yet is no project and does not count."""

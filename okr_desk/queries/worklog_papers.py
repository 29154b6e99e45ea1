"""What the month's page of the working paper is printed from: a branch, its months, what stood and what it fed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from okr_desk.i18n import _
from okr_desk.model.reading import Reader
from okr_desk.model.store import today
from okr_desk.queries import worklog
from okr_desk.queries.letterheads import digest, letterhead
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.worklog import EntryView, FeedView
from okr_desk.queries.worklog_matrix import months
from okr_desk.scoring.rounding import plain


@dataclass(frozen=True)
class PaperLine:
    """One entry in words, as it stands on paper."""

    day: date
    kind: str
    what: str
    figures: str
    who: str
    result: str
    fed: str
    note: str


@dataclass(frozen=True)
class PaperSum:
    """What a month's entries give an indicator or key result: "F27 科技服务人天", 2 entries, "30 人天"."""

    title: str
    entries: int
    figures: str


@dataclass(frozen=True)
class MonthPaper:
    """One month: its entries by day, and what each measure got from them."""

    first: date
    lines: tuple[PaperLine, ...]
    sums: tuple[PaperSum, ...]
    digest: str

    @property
    def label(self) -> str:
        """2026年7月."""
        return _("{year}年{n}月").format(year=self.first.year, n=self.first.month)


@dataclass(frozen=True)
class WorklogForm:
    """The working paper of a branch for the months of a quarter that have entries, or for the newest where none has."""

    township: str
    org: OrgView
    quarter: QuarterView
    months: tuple[MonthPaper, ...]
    is_demo: bool = False


def forms(session: Reader, quarter: QuarterView, of: Sequence[OrgView], month: int = 0) -> tuple[WorklogForm, ...]:
    """One form a branch; `month` (1 to 12) that month alone, 0 all with entries."""
    head = letterhead(session, quarter)
    found = worklog.entries(session, [org.id for org in of], quarter, standing_only=True)
    begun = [day for day in months(quarter) if day <= today(session)] or [months(quarter)[0]]
    made = []
    for org in of:
        own = sorted((one for one in found if one.org_id == org.id), key=lambda one: (one.done_on, one.id))
        named = [day for day in months(quarter) if day.month == month]
        busy = [day for day in begun if any(one.done_on.month == day.month for one in own)]
        shown = named or busy or begun[-1:]
        papers = tuple(_month(day, [one for one in own if one.done_on.month == day.month], org) for day in shown)
        made.append(WorklogForm(head.township, org, quarter, papers, head.is_demo))
    return tuple(made)


@dataclass(frozen=True)
class _Content:
    """What the check code of a month is taken from."""

    org: str
    first: date
    lines: tuple[PaperLine, ...]


def _month(first: date, entries: Sequence[EntryView], org: OrgView) -> MonthPaper:
    lines = tuple(_line(one) for one in entries)
    return MonthPaper(first, lines, _sums(entries), digest(_Content(org.uid, first, lines)))


def _line(one: EntryView) -> PaperLine:
    """Place stands with the result; a late or corrected entry says so, and how many files lie behind it."""
    result = _("；").join(part for part in (one.place, one.result) if part)
    notes = [_("补报") if one.is_late else "", _("更正") if one.corrects_id is not None else ""]
    notes.append(_("材料 {n} 件").format(n=len(one.evidence)) if one.evidence else "")
    said = _("、").join(note for note in notes if note)
    return PaperLine(one.done_on, one.kind.name, one.what, one.figures, one.who, result, one.fed, said)


def _sums(entries: Sequence[EntryView]) -> tuple[PaperSum, ...]:
    """By measure, in order of the code; shares as part of whole."""
    found: dict[str, list[FeedView]] = defaultdict(list)
    for one in entries:
        for feed in one.feeds:
            found[feed.title].append(feed)
    return tuple(PaperSum(title, len(feeds), _figures(feeds)) for title, feeds in sorted(found.items()))


def _figures(feeds: Sequence[FeedView]) -> str:
    amount = sum((feed.amount for feed in feeds), Decimal(0))
    parts = [feed.part for feed in feeds if feed.part is not None]
    if parts:
        return _("{part}／{whole}").format(part=plain(sum(parts, Decimal(0))), whole=plain(amount))
    return f"{plain(amount)} {feeds[0].unit}"

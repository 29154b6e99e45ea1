"""What the quarter's checks of vanguard posts make of X06: those that met the standard, of those checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from okr_desk.i18n import N_, _, using
from okr_desk.model.reading import Reader
from okr_desk.queries import posts
from okr_desk.queries.counting import Counted, Source, share
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.posts import PostView
from okr_desk.register_terms import PostResult

CODE = "X06"


@dataclass(frozen=True)
class PostTally:
    """Posts that hung in the quarter: how many, checked, and what was found; the rest is missing, not bad."""

    hung: int = 0
    checked: int = 0
    met: int = 0
    basic: int = 0
    missed: int = 0
    newest: date | None = None

    @property
    def unchecked(self) -> int:
        """Posts that nobody has checked in the quarter."""
        return self.hung - self.checked

    @property
    def rate(self) -> Decimal | None:
        """Percent of those checked that met the standard; None where none was checked."""
        return share(self.met, self.checked) if self.checked else None

    def __add__(self, other: PostTally) -> PostTally:
        return PostTally(
            self.hung + other.hung,
            self.checked + other.checked,
            self.met + other.met,
            self.basic + other.basic,
            self.missed + other.missed,
        )


def tallies(session: Reader, quarter: QuarterView, org_ids: Sequence[int]) -> dict[int, PostTally]:
    """The tally of every branch with a post that hung in the quarter."""
    return tallies_of(posts.posts(session, org_ids), quarter)


def tallies_of(views: Iterable[PostView], quarter: QuarterView) -> dict[int, PostTally]:
    """The same of posts that were read already."""
    found: dict[int, list[PostView]] = {}
    for post in views:
        if post.hangs(quarter.starts_on, quarter.ends_on):
            found.setdefault(post.org_id, []).append(post)
    return {org_id: _tally(own, quarter.id) for org_id, own in found.items()}


def _tally(views: Sequence[PostView], quarter_id: int) -> PostTally:
    checks = [check for view in views if (check := view.check(quarter_id)) is not None]
    results = [check.result for check in checks]
    return PostTally(
        hung=len(views),
        checked=len(checks),
        met=results.count(PostResult.MET),
        basic=results.count(PostResult.BASIC),
        missed=results.count(PostResult.MISSED),
        newest=max((check.on for check in checks), default=None),
    )


def _counted(session: Reader, quarter: QuarterView, org_ids: Sequence[int]) -> Mapping[tuple[int, str], Counted]:
    with using("zh_CN"):
        return {
            (org_id, CODE): Counted(tally.rate, tally.newest or quarter.starts_on, said(tally))
            for org_id, tally in tallies(session, quarter, org_ids).items()
            if tally.rate is not None
        }


def said(tally: PostTally) -> str:
    """What was counted, in the language in use."""
    words = _("本季考评 {checked} 个岗位：达标 {met} 个、基本达标 {basic} 个、不达标 {missed} 个").format(
        checked=tally.checked, met=tally.met, basic=tally.basic, missed=tally.missed
    )
    return words + (_("；未考评 {n} 个，不计入").format(n=tally.unchecked) if tally.unchecked else "")


SOURCE = Source(N_("先锋岗台账"), (CODE,), _counted)
"""Only 达标 counts as met; a post that was not checked is missing and stands in the note."""

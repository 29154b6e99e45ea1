"""What 指标 asks for: the library with what this quarter adds to it, and one indicator with its branches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from okr_desk.i18n import _
from okr_desk.model.store import Reader, today
from okr_desk.queries import indicators as queries
from okr_desk.queries import orgs, policy
from okr_desk.queries.indicators import Conflict, IndicatorLine, IndicatorView
from okr_desk.queries.objectives import QuarterView
from okr_desk.rules.permissions import Actor


@dataclass(frozen=True)
class Shown:
    """The library with what this quarter adds to it."""

    library: tuple[IndicatorView, ...]
    in_use: frozenset[int]
    conflicts: tuple[Conflict, ...]
    categories: tuple[str, ...]
    quarter: QuarterView
    today: date
    least: int


@dataclass(frozen=True)
class Chosen:
    """One indicator with its versions and all branches' lines."""

    versions: tuple[IndicatorView, ...]
    lines: tuple[IndicatorLine, ...]

    @property
    def now(self) -> IndicatorView:
        """The definition in force."""
        return self.versions[0]


def read(quarter: QuarterView, actor: Actor | None, session: Reader) -> Shown:
    """The library, and of the quarter what this person may see."""
    library = queries.library(session, max(quarter.ends_on, today(session)))
    starts, aims = queries.baselines(session, quarter.year), queries.targets(session, quarter.year)
    return Shown(
        library,
        frozenset(indicator_id for _org_id, indicator_id in (*starts, *aims)),
        queries.conflicts(session, quarter.id, actor),
        tuple(one.name for one in orgs.categories(session) if not one.is_retired),
        quarter,
        today(session),
        policy.integer(session, "comparison.minimum"),
    )


def read_one(session: Reader, indicator_id: int, year: int, actor: Actor | None) -> Chosen:
    """One indicator with the branches that this person may see."""
    return Chosen(queries.history(session, indicator_id), queries.lines(session, indicator_id, year, actor))


def sentence(shown: Shown) -> str:
    """The answer to the page's question, in a sentence."""
    said = _("指标库共 {n} 项，{year}年使用 {used} 项").format(
        n=len(shown.library), year=shown.quarter.year, used=len(shown.in_use)
    )
    if shown.conflicts:
        said += _("；本季度有 {n} 处不同来源的数不一致，等待核定").format(n=len(shown.conflicts))
    return said + _("。")

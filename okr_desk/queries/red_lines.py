"""Red lines as the office words them: each as it stands on a day, its wordings, and those that count for a branch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import select

from okr_desk.clock import local
from okr_desk.i18n import _
from okr_desk.model.columns import RedLineRule, RedLineVersion, Year
from okr_desk.model.reading import Facts, Reader
from okr_desk.queries import orgs, schemes, users
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.schemes import VersionView
from okr_desk.rules.grades import grading_from
from okr_desk.rules.red_lines import COMMON, RedLineRuleDraft
from okr_desk.scoring.grade_schemes import GradeScheme
from okr_desk.scoring.grades import RedLineKind
from okr_desk.terms import YearState


@dataclass(frozen=True)
class RedLineRuleView:
    """A red line in one wording, which counts from `valid_from` on, the first day of a quarter.

    `highest` is the best grade that a lock leaves, "" for the second best. `recorded_on` is a local date.
    """

    id: int
    version_id: int
    version: int
    code: str
    name: str
    kind: RedLineKind
    trigger: str
    highest: str
    source: str
    list_name: str
    valid_from: date
    reason: str
    by: str
    recorded_on: date
    retired_on: date | None
    search_keys: str

    @property
    def title(self) -> str:
        """Code and name, as one says them."""
        return f"{self.code} {_(self.name)}"

    @property
    def draft(self) -> RedLineRuleDraft:
        """What a dialog starts from."""
        same = {one.name: getattr(self, one.name) for one in fields(RedLineRuleDraft) if one.name != "reason"}
        return RedLineRuleDraft(**same)


@dataclass(frozen=True)
class RedLineBoard:
    """All red lines in their newest wording, retired ones among them; `earlier` wordings of each, newest first; and the
    names of all lists, the common one first."""

    rules: tuple[RedLineRuleView, ...]
    earlier: Mapping[int, tuple[RedLineRuleView, ...]]
    lists: tuple[str, ...]


@dataclass(frozen=True)
class Names:
    """The names of red lines by the wording that an entry holds; without one by the first wording of its code."""

    by_version: Mapping[int, str]
    by_code: Mapping[str, str]

    def of(self, version_id: int | None, code: str) -> str:
        """The name, "" for a code that nobody declared."""
        return self.by_version.get(version_id or 0) or self.by_code.get(code, "")


def rules(session: Reader, day: date, retired: bool = False) -> tuple[RedLineRuleView, ...]:
    """Every red line as worded on `day` (one that starts later: in its first wording), in the order they were added.

    Retired ones only where they are asked for.
    """
    found: dict[int, RedLineRuleView] = {}
    for view in _views(session):
        if view.id not in found or view.valid_from <= day:
            found[view.id] = view
    return tuple(one for one in found.values() if retired or one.retired_on is None)


def board(session: Reader) -> RedLineBoard:
    """What the office keeps them by."""
    told: dict[int, list[RedLineRuleView]] = defaultdict(list)
    for view in _views(session):
        told[view.id].insert(0, view)
    newest = tuple(found[0] for found in told.values())
    lists = tuple(dict.fromkeys((COMMON, *(one.list_name for one in newest))))
    return RedLineBoard(newest, {rule_id: tuple(found[1:]) for rule_id, found in told.items()}, lists)


def counting(session: Reader, quarter: QuarterView, version: VersionView | None) -> tuple[RedLineRuleView, ...]:
    """The red lines that count in a quarter under a version of a scheme; without a scheme those of every list."""
    begun = [one for one in rules(session, quarter.ends_on) if one.valid_from <= quarter.ends_on]
    return tuple(one for one in begun if version is None or one.list_name in version.red_lists)


def unknown_grades(session: Reader, year: int, version: VersionView) -> tuple[RedLineRuleView, ...]:
    """The red lines of a version's lists that leave a grade which the version does not have."""
    names = grading_from(version.grades).scheme.names
    known = (one for one in rules(session, date(year, 12, 31)) if one.list_name in version.red_lists)
    return tuple(one for one in known if one.highest and one.highest not in names)


def in_force(session: Reader, quarter: QuarterView, org_id: int) -> VersionView | None:
    """The version of the scheme that scores a branch in a quarter."""
    category = orgs.view(session, org_id, quarter.ends_on).category
    found = next((one for one in schemes.schemes(session, quarter.year) if one.category == category), None)
    return None if found is None else found.in_force(quarter.number)


def gradings(session: Reader, list_name: str) -> tuple[tuple[str, GradeScheme], ...]:
    """The grades of the schemes for which a list counts, each with its name: as last in force and as drawn up now, in
    years that are not closed."""
    years = session.execute(select(Year.number).where(Year.state != YearState.CLOSED.value)).scalars().all()
    return tuple(
        (scheme.name, grading_from(version.grades).scheme)
        for year in years
        for scheme in schemes.schemes(session, year)
        for version in (scheme.in_force(4), scheme.draft)
        if version is not None and list_name in version.red_lists
    )


def names(session: Reader) -> Names:
    """What red lines are called, in every wording."""
    rows = session.execute(
        select(RedLineVersion.id, RedLineRule.code, RedLineVersion.name)
        .select_from(RedLineVersion.TABLE)
        .join(RedLineRule.TABLE, RedLineRule.id == RedLineVersion.rule_id)
        .order_by(RedLineVersion.version.desc())
    ).all()
    return Names({row.id: row.name for row in rows}, {row.code: row.name for row in rows})


def _views(session: Reader) -> list[RedLineRuleView]:
    """All wordings, by red line from the first to the newest."""
    rows = session.execute(
        select(*RedLineVersion.ALL, RedLineRule.code, RedLineRule.list_name, RedLineRule.retired_on)
        .select_from(RedLineVersion.TABLE)
        .join(RedLineRule.TABLE, RedLineRule.id == RedLineVersion.rule_id)
        .order_by(RedLineRule.position, RedLineRule.id, RedLineVersion.version)
    ).all()
    accounts = users.names(session) if rows else {}
    return [_view(row, accounts) for row in rows]


def _view(row: Facts, accounts: Mapping[int, str]) -> RedLineRuleView:
    return RedLineRuleView(
        id=row.rule_id,
        version_id=row.id,
        version=row.version,
        code=row.code,
        name=row.name,
        kind=RedLineKind(row.kind),
        trigger=row.trigger,
        highest=row.highest,
        source=row.source,
        list_name=row.list_name,
        valid_from=row.valid_from,
        reason=row.reason,
        by=accounts.get(row.account_id or 0, ""),
        recorded_on=local(row.recorded_at).date(),
        retired_on=row.retired_on,
        search_keys=row.search_keys,
    )

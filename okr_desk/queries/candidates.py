"""Candidates for recruitment (定向招录): two years in a row with the best grade and no red line (domain 5.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from okr_desk.i18n import _
from okr_desk.model.reading import Reader
from okr_desk.queries import standings
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.standings import Standing


@dataclass(frozen=True)
class CandidateLine:
    """The secretary of a branch with what stands in the way; `years` are the two years, None where there is none."""

    org: OrgView
    years: tuple[Standing | None, Standing | None]
    lacking: tuple[str, ...]

    @property
    def is_candidate(self) -> bool:
        """Whether nothing is lacking."""
        return not self.lacking

    @property
    def is_near(self) -> bool:
        """Whether the later year is good: the second year, or one thing in it, is all that lacks."""
        later = self.years[1]
        return not self.is_candidate and later is not None and later.is_best and not later.red_lines


@dataclass(frozen=True)
class CandidateList:
    """The list as of a year. `notice` says what the data cannot say: that a year is not there, or not over."""

    year: int
    lines: tuple[CandidateLine, ...]
    notice: str

    @property
    def candidates(self) -> tuple[CandidateLine, ...]:
        """Those whom nothing lacks."""
        return tuple(one for one in self.lines if one.is_candidate)

    @property
    def near(self) -> tuple[CandidateLine, ...]:
        """Those who are near it."""
        return tuple(one for one in self.lines if one.is_near)


def candidates(
    session: Reader, year: int, of: Sequence[OrgView], later: dict[int, Standing] | None = None
) -> CandidateList:
    """Who is a candidate by the year and the one before; `later`: the year's standings where they are read already."""
    now = standings.standings(session, year, of) if later is None else later
    before = standings.standings(session, year - 1, of)
    lines = tuple(_line(org, year, before.get(org.id), now.get(org.id)) for org in of)
    return CandidateList(year, lines, _notice(year, before, now))


def _line(org: OrgView, year: int, before: Standing | None, now: Standing | None) -> CandidateLine:
    lacking = [*_lacking(year - 1, before), *_lacking(year, now)]
    if not org.secretary:
        lacking.append(_("书记空缺"))
    return CandidateLine(org, (before, now), tuple(lacking))


def _lacking(year: int, of: Standing | None) -> list[str]:
    if of is None or not of.grades:
        return [_("没有{year}年度的数据").format(year=year)]
    if of.grade is None:
        return [_("{year}年度{why}").format(year=year, why=of.thin or _("没有等次"))]
    said = [] if of.is_best else [_("{year}年度为“{grade}”").format(year=year, grade=of.grade_text)]
    if of.red_lines:
        said.append(_("{year}年度有红线：{lines}").format(year=year, lines=_("、").join(of.red_lines)))
    if not of.is_over and of.is_best:
        said.append(_("{year}年度还没有结束，等次为暂定").format(year=year))
    return said


def _notice(year: int, before: dict[int, Standing], now: dict[int, Standing]) -> str:
    if not any(one.grades for one in before.values()):
        said = _("名单须连续两年为最好等次。本机只有{year}年度的数据，{before}年度还没有，现在列不出名单。")
        return said.format(year=year, before=year - 1)
    if any(not one.is_over for one in now.values()):
        return _("{year}年度还没有结束，等次为暂定，年度评定后再出名单。").format(year=year)
    return ""

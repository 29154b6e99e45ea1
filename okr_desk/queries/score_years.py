"""The year sheet of a branch as it is filed: the year's points beside those of the four quarters they are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.model.reading import Reader
from okr_desk.queries import cycles, letterheads, scores
from okr_desk.queries.letterheads import digest
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.score_forms import ScoreForm, exempt
from okr_desk.queries.score_lines import LineScore
from okr_desk.queries.score_rates import RateSource, rates
from okr_desk.queries.scores import ScoreSheet
from okr_desk.terms import QuarterState


@dataclass(frozen=True)
class QuarterPlace:
    """One of the four quarters with its sheet; None: it has not begun."""

    quarter: QuarterView
    sheet: ScoreSheet | None

    @cached_property
    def scores(self) -> Mapping[int, LineScore]:
        """The lines of the quarter by indicator."""
        return {} if self.sheet is None else {one.line.indicator_id: one for one in self.sheet.lines}


@dataclass(frozen=True, kw_only=True)
class YearForm(ScoreForm):
    """The score sheet of a year: `sheet` is the year's, `quarter` the last that has begun, `places` are all four.

    `number` is its own, not that of a review sheet.
    """

    places: tuple[QuarterPlace, ...]


def forms(session: Reader, year: int, of: Sequence[OrgView]) -> tuple[YearForm, ...]:
    """The year sheets of those branches whose category has a scheme in force, in their order."""
    calendar = tuple(one for one in cycles.quarters(session) if one.year == year)
    begun = [one for one in calendar if one.state is not QuarterState.PLANNING]
    if not begun or not of:
        return ()
    head = letterheads.letterhead(session, begun[-1])
    away = exempt(session, year, [org.id for org in of])
    known = rates(session, [one.id for one in begun], [org.id for org in of], begun[-1].ends_on)
    made = []
    for found in scores.years(session, year, of):
        sheet = found.year
        if sheet.scheme is None or sheet.version is None:
            continue
        at = {one.quarter.number: one for one in found.quarters if one.quarter is not None}
        form = YearForm(
            township=head.township,
            number=head.number_of_year(sheet.org.id),
            quarter=head.quarter,
            scheme=sheet.scheme,
            version=sheet.version,
            sheet=sheet,
            away=away.get(sheet.org.id, {}),
            digest="",
            is_demo=head.is_demo,
            rate=_rate(found.quarters, known),
            places=tuple(QuarterPlace(quarter, at.get(quarter.number)) for quarter in calendar),
        )
        made.append(replace(form, digest=digest(form)))
    return tuple(made)


def _rate(of: Sequence[ScoreSheet], known: Mapping[tuple[int, int], RateSource]) -> RateSource | None:
    """Where the rate of the year comes from, which is that of the last quarter that has one."""
    found = (known.get((one.org.id, one.quarter.id)) for one in reversed(of) if one.quarter is not None)
    return next((one for one in found if one is not None), None)


def asked(session: Reader, year: int, of: Sequence[OrgView]) -> tuple[YearForm, ...]:
    """The year sheets that somebody asks for. Raises Refusal where not one of the branches has a scheme in force."""
    found = forms(session, year, of)
    if not found:
        raise Refusal(
            _("所选支部在{year}年都没有启用的考核方案，没有年度计分表可印，请先在“考核方案”中启用。").format(year=year)
        )
    return found

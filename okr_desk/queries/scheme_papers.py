"""A scheme as an office hands it out: one version of one category, with all that a branch must know to be scored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.model.reading import Reader
from okr_desk.queries import cycles, letterheads, library, red_lines, schemes
from okr_desk.queries.letterheads import digest
from okr_desk.queries.library import IndicatorView
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.schemes import SchemeView, VersionView
from okr_desk.rules import scheme_presets
from okr_desk.scoring.grades import RedLineKind
from okr_desk.terms import SchemeState


@dataclass(frozen=True)
class RedLineWords:
    """A red line as the paper says it; `effect` is what it does to the grade."""

    code: str
    name: str
    effect: str
    trigger: str


@dataclass(frozen=True)
class SchemePaper:
    """One version of a scheme; `indicators` are those of its lines by id, `source` where it comes from."""

    township: str
    category: str
    year: int
    name: str
    version: VersionView
    indicators: Mapping[int, IndicatorView]
    red_lines: tuple[RedLineWords, ...]
    source: str
    digest: str
    is_demo: bool = False

    @property
    def is_draft(self) -> bool:
        """Whether it is still being drawn up, and given out only to ask what people think of it."""
        return self.version.state is SchemeState.DRAFT


def asked(session: Reader, quarter: QuarterView, of: Sequence[OrgView] = ()) -> tuple[SchemePaper, ...]:
    """The versions in force in a quarter, for the categories of `of` (none given: all), in the office's order.

    Raises Refusal where none is in force.
    """
    wanted = {org.category for org in of}
    found = []
    for scheme in schemes.schemes(session, quarter.year):
        version = scheme.in_force(quarter.number)
        if version is not None and (not wanted or scheme.category in wanted):
            found.append(_paper(session, quarter, scheme, version))
    if not found:
        said = _("{quarter}没有启用的考核方案，没有办法可印，请先在“考核方案”中启用。")
        raise Refusal(said.format(quarter=quarter.label))
    return tuple(found)


def paper(session: Reader, scheme_id: int, version_id: int) -> SchemePaper:
    """One version, a draft too. Raises Refusal when it is gone."""
    scheme = schemes.scheme(session, scheme_id)
    version = next((one for one in scheme.versions if one.id == version_id), None)
    quarter = None if version is None else cycles.quarter(session, scheme.year, version.from_quarter)
    if version is None or quarter is None:
        raise Refusal(_("没有找到这一版方案，请刷新后再试。"))
    return _paper(session, quarter, scheme, version)


def _paper(session: Reader, quarter: QuarterView, scheme: SchemeView, version: VersionView) -> SchemePaper:
    head = letterheads.letterhead(session, quarter)
    used = {key for line in version.lines for key in (line.indicator_id, line.second_id)}
    views = library.library(session, date(scheme.year, 12, 31), retired=True)
    preset = scheme_presets.declared().get(scheme.preset)
    made = SchemePaper(
        head.township,
        scheme.category,
        scheme.year,
        scheme.name,
        version,
        {view.id: view for view in views if view.id in used},
        _red_lines(session, quarter, version),
        _(preset.source) if preset is not None else "",
        "",
        head.is_demo,
    )
    return replace(made, digest=digest(made))


def _red_lines(session: Reader, quarter: QuarterView, version: VersionView) -> tuple[RedLineWords, ...]:
    return tuple(
        RedLineWords(one.code, _(one.name), _effect(one.kind is RedLineKind.VETO, one.highest), _(one.trigger))
        for one in red_lines.counting(session, quarter, version)
    )


def _effect(is_veto: bool, highest: str) -> str:
    if is_veto:
        return _("一票否决，评为最低等次")
    return _("最高评为“{grade}”").format(grade=_(highest)) if highest else _("不得评为最高等次")

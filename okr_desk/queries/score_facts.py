"""The head of a score sheet: who is scored, by which scheme, and for a year of which quarters and with what limits."""

from __future__ import annotations

from okr_desk.i18n import _
from okr_desk.queries import score_method, score_results, score_year_wording
from okr_desk.queries.score_forms import ScoreForm
from okr_desk.queries.score_years import YearForm
from okr_desk.scoring.rounding import plain

Fact = tuple[str, str, str, str]
"""Name and text, and a second pair beside it."""


def facts(form: ScoreForm) -> tuple[Fact, ...]:
    """The lines of the head from top to bottom, the same on paper and in a workbook."""
    usual = (
        (_("支部全称"), form.sheet.org.full_name, _("类别"), form.sheet.org.category or "—"),
        (_("计分方案"), score_method.scheme_text(form), _("满分"), _full(form)),
        (_("编制批准"), score_method.approval_text(form.version), _("编号"), form.number),
    )
    if not isinstance(form, YearForm):
        return usual
    rate = score_year_wording.satisfaction(form)
    return (
        *usual,
        (_("各季状态"), score_year_wording.states(form), _("满意率"), rate),
        (_("评定等次"), score_year_wording.graded(form), _("得分率"), score_results.percent_text(form.sheet)),
    )


def _full(form: ScoreForm) -> str:
    """The scheme's full points and, where it is another, that of the quarter or of the quarters that have begun."""
    whole = form.version.maximum
    found = form.sheet.sheet
    if found is None or found.total.maximum == whole:
        return plain(whole)
    said = _("{whole}（已到期 {now}）") if form.sheet.quarter is None else _("{whole}（本季 {now}）")
    return said.format(whole=plain(whole), now=plain(found.total.maximum))

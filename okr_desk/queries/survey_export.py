"""Ballots and results of surveys as flat rows for files that leave the program; nobody is named in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.model.columns import Ballot
from okr_desk.model.reading import Reader
from okr_desk.queries import cycles, survey_results, surveys
from okr_desk.queries.survey_results import BranchResult
from okr_desk.queries.surveys import RoundView
from okr_desk.scoring.rounding import half_up
from okr_desk.survey_terms import LEVELS, UNSURE, Channel, ItemKind
from okr_desk.terms import label

Cells = dict[str, object]
_PLACES = 6


def ballots(session: Reader, names: Mapping[int, str], period: str, name: str = "") -> Iterator[Cells]:
    """One row a ballot that stands, with its answers under the questions' own words; void ones say why.

    `names`: short names of the organisations by id; `period` like 2026Q3 and `name` of a round, "" for all. Raises
    InputRefused for a name that no round has.
    """
    for of in _rounds(session, period, name):
        groups = {group.id: group.name for group in of.definition.groups}
        wish = next((item.text for item in of.definition.items if item.kind is ItemKind.OPEN), "")
        for row in session.execute(
            surveys.standing_ballots(*_ASKED).where(Ballot.round_id == of.id).order_by(Ballot.id)
        ):
            if row.org_id in names:
                yield {
                    "org": names[row.org_id],
                    "period": of.quarter.key,
                    "round": of.name,
                    "group": groups.get(row.group_id, ""),
                    "channel": label(Channel(row.channel)),
                    "number": row.number,
                    "date": row.answered_on,
                    **{item.text: _answer(row.answers[item.place or 0]) for item in of.definition.levels},
                    **({wish: row.wish} if wish else {}),
                    "void": row.void_reason,
                    "suspect": row.suspect,
                }


def results(session: Reader, names: Mapping[int, str], period: str, name: str = "") -> Iterator[Cells]:
    """One row a branch and round: score with its interval, both rates in percent, response, verdict, evidence."""
    for of in _rounds(session, period, name):
        for one in survey_results.results(session, of.id, with_signals=True).branches:
            if one.org.id in names:
                yield {"org": names[one.org.id], "period": of.quarter.key, "round": of.name, **_result(one)}


_ASKED = (
    Ballot.org_id, Ballot.group_id, Ballot.channel, Ballot.number, Ballot.answers, Ballot.wish, Ballot.answered_on,
    Ballot.void_reason, Ballot.suspect,
)  # fmt: skip


def _rounds(session: Reader, period: str, name: str) -> tuple[RoundView, ...]:
    years = sorted({quarter.year for quarter in cycles.quarters(session)})
    found = [one for year in years for one in surveys.rounds(session, year) if period in ("", one.quarter.key)]
    named = tuple(one for one in found if name in ("", one.name))
    if name and not named:
        known = _("、").join(dict.fromkeys(one.name for one in found)) or _("没有")
        said = _("没有名为“{name}”的测评；现有：{known}。")
        raise InputRefused(said.format(name=name, known=known), "round")
    return named


def _answer(key: str) -> str:
    if key == "-":
        return ""
    return _(UNSURE) if key == "0" else _(LEVELS[int(key) - 1])


def _result(one: BranchResult) -> Cells:
    return {
        "ballots": one.ballots,
        "answered": one.overall.answered,
        "void": one.returned.void,
        "score": None if one.score is None else half_up(one.score.estimate, _PLACES),
        "low": None if one.score is None else half_up(one.score.low, _PLACES),
        "high": None if one.score is None else half_up(one.score.high, _PLACES),
        "rate": _percent(None if one.rate is None else one.rate.estimate),
        "narrow": _percent(one.narrow),
        "response": _percent(one.response),
        "target": one.target,
        "verdict": "" if one.judgement is None else label(one.judgement.verdict),
        "change": "" if one.change is None else label(one.change.change),
        "evidence": one.evidence.grade.value,
    }


def _percent(share: Decimal | None) -> Decimal | None:
    return None if share is None else half_up(share * 100, _PLACES)

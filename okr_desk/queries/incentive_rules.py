"""The office's settings for titles, appraisals and coefficients, as the rules and the arithmetic take them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from okr_desk.appraisal_terms import VOTERS, AppraisalKind, Voter
from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.model.reading import Reader
from okr_desk.queries import policy
from okr_desk.rules.appraisals import Cuts
from okr_desk.scoring.coefficients import ByGrade, ByScore, CoefficientRule, read_table
from okr_desk.title_terms import TitleParty

BY_GRADE = "按等次"
_PARTIES = {
    TitleParty.SELF: "title.weight.self",
    TitleParty.PEERS: "title.weight.peers",
    TitleParty.UPPER: "title.weight.upper",
}
_VOTERS = {
    Voter.LEADERS: "appraisal.weight.leaders",
    Voter.PEERS: "appraisal.weight.peers",
    Voter.MEMBERS: "appraisal.weight.members",
    Voter.MASS: "appraisal.weight.mass",
}

_LINE = ("coefficient.base", "coefficient.span", "coefficient.low", "coefficient.high")


@dataclass(frozen=True)
class TitleRule:
    """How titles are judged: parties' weights, least total and grade, working days of publicity."""

    weights: Mapping[TitleParty, Decimal]
    least_total: Decimal
    least_grade: str
    publicity_days: int


def title_rule(session: Reader) -> TitleRule:
    """How titles are judged now."""
    found = policy.values(session)
    return TitleRule(
        _weights(found),
        Decimal(found["title.least_total"]),
        found["title.least_grade"],
        int(Decimal(found["title.publicity_days"])),
    )


def voter_weights(session: Reader, kind: AppraisalKind) -> dict[Voter, Decimal]:
    """The usual weights of a new round; members of a branch are one class."""
    if kind is AppraisalKind.MEMBERS:
        return {voter: Decimal(100) for voter in VOTERS[kind]}
    found = policy.values(session)
    return {voter: Decimal(found[_VOTERS[voter]]) for voter in VOTERS[kind]}


def cuts(session: Reader) -> Cuts:
    """From which score each grade is suggested."""
    return _cuts(policy.values(session))


def is_limited(session: Reader, kind: AppraisalKind) -> bool:
    """Whether the best grade is limited to a third; that of members always is (domain 0, 26)."""
    return kind is AppraisalKind.MEMBERS or policy.values(session)["appraisal.good_third"] == "true"


def coefficient_rule(session: Reader) -> CoefficientRule:
    """How coefficients are suggested now."""
    return _coefficients(policy.values(session))


def check(values: Mapping[str, str]) -> None:
    """Raise InputRefused for settings that cannot hold together: weights all zero, cuts that do not fall."""
    if not sum(_weights(values).values()):
        raise InputRefused(_("四强党支部三方的权重不能都为 0。"), "value")
    if not sum(Decimal(values[key]) for key in _VOTERS.values()):
        raise InputRefused(_("述职评议各类票的权重不能都为 0。"), "value")
    of = _cuts(values)
    if not of.good > of.fairly > of.fair:
        raise InputRefused(_("述职评议的分数线须从高到低：好、较好、一般，请先调整另一项。"), "value")
    ByGrade(read_table(values["coefficient.table"]))
    _by_score(values)


def _weights(values: Mapping[str, str]) -> dict[TitleParty, Decimal]:
    return {party: Decimal(values[key]) for party, key in _PARTIES.items()}


def _cuts(values: Mapping[str, str]) -> Cuts:
    return Cuts(*(Decimal(values[key]) for key in ("appraisal.cut.good", "appraisal.cut.fairly", "appraisal.cut.fair")))


def _by_score(values: Mapping[str, str]) -> ByScore:
    return ByScore(*(Decimal(values[key]) for key in _LINE))


def _coefficients(values: Mapping[str, str]) -> CoefficientRule:
    if values["coefficient.way"] == BY_GRADE:
        return ByGrade(read_table(values["coefficient.table"]))
    return _by_score(values)

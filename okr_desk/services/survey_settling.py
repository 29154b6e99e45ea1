"""A round is counted into the indicators: score and satisfied rate stand there as computed values; it can be undone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from decimal import Decimal

from sqlmodel import Session, col, select

from okr_desk.errors import InputRefused, WrongState
from okr_desk.i18n import _, using
from okr_desk.model.store import now, today
from okr_desk.model.tables import MeasuredValue, NotApplicable, Quarter, SurveyEvidence, SurveyRound
from okr_desk.queries import library, policy, survey_results
from okr_desk.queries.library import IndicatorView
from okr_desk.queries.survey_results import SCORE_INDICATOR, BranchResult
from okr_desk.rules.checks import check_reason
from okr_desk.rules.indicators import ValueDraft
from okr_desk.rules.permissions import Action, Actor
from okr_desk.scoring.evidence import EvidenceGrade
from okr_desk.scoring.rounding import half_up
from okr_desk.services import measured_bulk, permits
from okr_desk.services.outcome import Outcome, Topic, changed
from okr_desk.survey_terms import RoundState
from okr_desk.terms import Origin, QuarterState

RATE_PLACES = 6
"""The rate is stored as exactly as a number can be, because gates compare what nobody has rounded."""
_HUNDRED = Decimal(100)
_STEPS = 3
"""Read and judged, values written, evidence written."""
_CHANGED = changed(Topic.SURVEYS, Topic.INDICATORS, Topic.OBJECTIVES, Topic.CHECKINS, Topic.SCORES)
_LATE = (QuarterState.FROZEN, QuarterState.CLOSED)


def settle(
    session: Session,
    actor: Actor,
    round_id: int,
    reason: str = "",
    progress: Callable[[int, int], None] | None = None,
) -> Outcome[int]:
    """Count a round: for how many branches. Then nothing more comes in until it is taken back.

    The score stands with the decimals of its indicator, rounded half-up (`_shown`), the rate in percent unrounded.
    The evidence of each branch is kept beside it, because it caps the points. Where it is D nothing is judged and
    nothing written; the notices name those branches, and values of other origins that differ. A frozen or closed
    quarter asks for a `reason`. Raises InputRefused, WrongState or NotAllowed.
    """
    permits.require(session, actor, Action.EDIT_SURVEYS)
    row = _open(session, round_id)
    quarter = session.get(Quarter, row.quarter_id)
    assert quarter is not None
    if quarter.state in _LATE:
        reason = check_reason(reason, _("本季度已冻结或关账，补计测评结果须写明理由。"))
    told = progress or (lambda _done, _total: None)
    told(0, _STEPS)
    found = survey_results.results(session, round_id, with_signals=True)
    told(1, _STEPS)
    score, rate = _indicators(session, found.round.quarter.ends_on)
    exempt = _exempt(session, found.round.quarter.year)
    counted, notices = _sorted_out(found.branches, score.id, exempt)
    if not counted:
        raise InputRefused(" ".join((_("没有一个支部的结果可以计入。"), *notices)), "round_id")
    day = min(row.ends_on, today(session))
    drafts = [
        ValueDraft(one.org.id, meaning.id, row.quarter_id, value, day, Origin.COMPUTED, _note(row.name, one, reason))
        for one in counted
        for meaning, value in _values(one, score, rate)
        if (one.org.id, meaning.id) not in exempt
    ]
    said = measured_bulk.record_values(session, actor, row.quarter_id, drafts).value
    for one in counted:
        notices += [_("{name}：{said}").format(name=one.org.short_name, said=line) for line in said.get(one.org.id, ())]
    told(2, _STEPS)
    _keep_evidence(session, round_id, found.branches)
    row.state, row.settled_at = RoundState.SETTLED.value, now(session)
    session.add(row)
    session.flush()
    told(_STEPS, _STEPS)
    if rate is None:
        code = policy.values(session)[policy.RATE_INDICATOR]
        notices.append(_("指标库里没有满意率指标“{code}”，只计入了得分。").format(code=code))
    return Outcome(len(counted), _CHANGED, tuple(notices))


def unsettle(session: Session, actor: Actor, round_id: int, reason: str) -> Outcome[int]:
    """Take a counted round back: its values stay on record with the reason and no longer count; how many.

    The round takes answers again, as far as its quarter does. Raises InputRefused, WrongState or NotAllowed.
    """
    permits.require(session, actor, Action.EDIT_SURVEYS)
    permits.require(session, actor, Action.RECORD_VALUES)
    row = _row(session, round_id)
    if row.state != RoundState.SETTLED:
        raise WrongState(_("“{name}”还没有计入，不需要撤回。").format(name=row.name))
    said = check_reason(reason, _("撤回计入须写明理由，原数保留备查。"))
    values = session.exec(
        select(MeasuredValue).where(
            MeasuredValue.quarter_id == row.quarter_id,
            MeasuredValue.origin == Origin.COMPUTED.value,
            col(MeasuredValue.superseded_at).is_(None),
            col(MeasuredValue.note).startswith(_mark(row.name), autoescape=True),
        )
    ).all()
    with using("zh_CN"):
        taken_back = _("；撤回：{reason}").format(reason=said)
    for value in values:
        value.superseded_at = now(session)
        value.note += taken_back
        session.add(value)
    for kept in session.exec(
        select(SurveyEvidence).where(SurveyEvidence.round_id == round_id, col(SurveyEvidence.withdrawn_at).is_(None))
    ):
        kept.withdrawn_at = now(session)
        session.add(kept)
    row.state, row.settled_at = RoundState.OPEN.value, None
    session.add(row)
    session.flush()
    return Outcome(len(values), _CHANGED)


def _row(session: Session, round_id: int) -> SurveyRound:
    row = session.get(SurveyRound, round_id)
    if row is None:
        raise WrongState(_("没有这次测评，请刷新。"))
    return row


def _open(session: Session, round_id: int) -> SurveyRound:
    """The round, which is not counted yet, and neither is another one of its quarter: one quarter has one value."""
    row = _row(session, round_id)
    settled = session.exec(
        select(SurveyRound).where(
            SurveyRound.quarter_id == row.quarter_id, SurveyRound.state == RoundState.SETTLED.value
        )
    ).first()
    if settled is not None:
        said = _("本季度已经计入“{name}”，一个季度只计一次。要改计的，请先撤回计入。")
        raise WrongState(said.format(name=settled.name))
    return row


def _indicators(session: Session, day: date) -> tuple[IndicatorView, IndicatorView | None]:
    """The indicator of the score, and that of the rate, where the library has it."""
    known = {one.code: one for one in library.library(session, day)}
    score = known.get(SCORE_INDICATOR)
    if score is None:
        said = _("指标库里没有满意度得分指标“{code}”，不能计入。请先在“指标库”中增加。")
        raise InputRefused(said.format(code=SCORE_INDICATOR), "round_id")
    return score, known.get(policy.values(session)[policy.RATE_INDICATOR])


def _exempt(session: Session, year: int) -> set[tuple[int, int]]:
    """Organisation and indicator of what was said not to apply in the year."""
    rows = session.exec(select(NotApplicable).where(NotApplicable.year == year))
    return {(row.org_id, row.indicator_id) for row in rows}


def _keep_evidence(session: Session, round_id: int, branches: Sequence[BranchResult]) -> None:
    """The grade of everybody that answered, judged or not, with its reasons in the language of who counts."""
    for one in branches:
        if one.ballots:
            session.add(
                SurveyEvidence(
                    round_id=round_id,
                    org_id=one.org.id,
                    grade=one.evidence.grade.value,
                    answered=one.overall.answered,
                    reasons="\n".join(one.evidence.reasons),
                    recorded_at=now(session),
                )
            )


def _sorted_out(
    branches: Sequence[BranchResult], score_id: int, exempt: Collection[tuple[int, int]]
) -> tuple[list[BranchResult], list[str]]:
    """The branches that are counted, and why the others are not."""
    counted, notices = [], []
    for one in branches:
        name = one.org.short_name
        if one.score is None:
            notices.append(_("{name}没有有效答卷，没有计入。").format(name=name))
        elif one.evidence.grade is EvidenceGrade.D:
            said = _("{name}不予判定，没有计入：{reason}")
            notices.append(said.format(name=name, reason=one.evidence.obstacle))
        elif (one.org.id, score_id) in exempt:
            notices.append(_("{name}的满意度指标已标为不适用，没有计入。").format(name=name))
        else:
            counted.append(one)
    return counted, notices


def _values(one: BranchResult, score: IndicatorView, rate: IndicatorView | None) -> list[tuple[IndicatorView, Decimal]]:
    found = [] if one.score is None else [(score, _shown(one.score.estimate, score.decimals))]
    if rate is not None and one.rate is not None:
        found.append((rate, half_up(one.rate.estimate * _HUNDRED, RATE_PLACES)))
    return found


def _shown(estimate: Decimal, decimals: int) -> Decimal:
    """The score as it is told; one exactly between two steps (74.25) is kept, as both 74.2 and 74.3 are typed for it.

    Kept, it is half a step from either, which is no conflict; rounded, it would contradict one of them.
    """
    rounded = half_up(estimate, decimals)
    return estimate if abs(rounded - estimate) * 2 == Decimal(1).scaleb(-decimals) else rounded


def _note(name: str, one: BranchResult, reason: str) -> str:
    """Where the value comes from, in Chinese whatever the language: it is part of the record and found again by it."""
    with using("zh_CN"):
        said = _("有效答卷 {n} 份，证据等级 {grade}").format(n=one.overall.answered, grade=one.evidence.grade)
        why = _("；补计理由：{reason}").format(reason=reason) if reason else ""
    return f"{_mark(name)}{said}{why}"


def _mark(name: str) -> str:
    """What the note of a value from this round begins with."""
    with using("zh_CN"):
        return _("取自测评“{name}”：").format(name=name)

"""The KPI library: definitions are created, replaced by a next version, retired; never edited."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, func, select

from okr_desk import pinyin
from okr_desk.errors import InputRefused, WrongState
from okr_desk.i18n import _
from okr_desk.model.store import today
from okr_desk.model.tables import Indicator, IndicatorVersion, KeyResult, Objective, Year
from okr_desk.rules import library, rule_words
from okr_desk.rules.checks import check_reason
from okr_desk.rules.indicators import IndicatorDraft, check_indicator
from okr_desk.rules.permissions import Action, Actor
from okr_desk.services import permits
from okr_desk.services.outcome import Changes, Outcome, Topic, changed
from okr_desk.terms import ApprovalState, YearState

_CHANGED = changed(Topic.INDICATORS, Topic.OBJECTIVES)


def load_seed(session: Session) -> Outcome[int]:
    """Fill an empty library from the seed file; codes that are already there stay as they are."""
    return _add_missing(session, library.seed())


def add_missing(session: Session, actor: Actor, drafts: Sequence[IndicatorDraft]) -> Outcome[int]:
    """Add those of `drafts` whose codes are not in the library yet, such as a preset scheme's own; how many."""
    permits.require(session, actor, Action.EDIT_INDICATORS)
    return _add_missing(session, drafts)


def create(session: Session, actor: Actor, draft: IndicatorDraft) -> Outcome[int]:
    """Add an indicator. Raises InputRefused for a code that is taken."""
    permits.require(session, actor, Action.EDIT_INDICATORS)
    check_indicator(draft)
    code = draft.code.strip()
    if session.exec(select(Indicator.id).where(Indicator.code == code)).first() is not None:
        raise InputRefused(_("编号“{code}”已有指标，请换一个编号。").format(code=code), "code")
    last = session.exec(select(func.max(Indicator.position))).one()
    row = Indicator(code=code, position=(last or 0) + 1)
    session.add(row)
    session.flush()
    session.add(_version(row.key, 1, draft, date(today(session).year, 1, 1)))
    session.flush()
    return Outcome(row.key, changed(Topic.INDICATORS))


def new_version(session: Session, actor: Actor, indicator_id: int, draft: IndicatorDraft) -> Outcome[int]:
    """Replace the definition from today on; the old one stays. A reason is needed; the code never changes."""
    permits.require(session, actor, Action.EDIT_INDICATORS)
    check_indicator(draft)
    row = _living(session, indicator_id)
    if draft.code.strip() != row.code:
        raise InputRefused(_("指标编号不能改。需要新编号的，请新建指标并停用旧的。"), "code")
    last = newest(session, indicator_id)
    made = _version(indicator_id, last.version + 1, draft, today(session))
    if not _differs(last, made):
        return Outcome(last.version, Changes())
    made.reason = check_reason(draft.reason, _("修改指标口径须写明理由，旧口径会保留备查。"))
    session.add(made)
    session.flush()
    return Outcome(made.version, _CHANGED)


def retire(session: Session, actor: Actor, indicator_id: int, reason: str) -> Outcome[int]:
    """Take an indicator out of use. Raises WrongState while key results of a year not closed are linked to it."""
    permits.require(session, actor, Action.EDIT_INDICATORS)
    said = check_reason(reason, _("请写明停用的理由。"))
    row = _living(session, indicator_id)
    linked = _linked(session, indicator_id)
    if linked:
        raise WrongState(_("还有 {n} 项关键结果关联“{code}”，请先中止或改关联。").format(n=linked, code=row.code))
    last = newest(session, indicator_id)
    kept = last.model_dump(exclude={"id", "version", "valid_from", "reason"})
    session.add(IndicatorVersion(**kept, version=last.version + 1, valid_from=today(session), reason=said))
    row.retired_on = today(session)
    session.add(row)
    session.flush()
    return Outcome(row.key, changed(Topic.INDICATORS))


def newest(session: Session, indicator_id: int) -> IndicatorVersion:
    """The definition in force. Raises WrongState for an unknown indicator."""
    row = session.exec(
        select(IndicatorVersion)
        .where(IndicatorVersion.indicator_id == indicator_id)
        .order_by(col(IndicatorVersion.version).desc())
        .limit(1)
    ).first()
    if row is None:
        raise WrongState(_("没有找到这个指标，请刷新后再试。"))
    return row


def _add_missing(session: Session, drafts: Sequence[IndicatorDraft]) -> Outcome[int]:
    known = set(session.exec(select(Indicator.code)))
    day = date(today(session).year, 1, 1)
    fresh = [draft for draft in drafts if draft.code not in known]
    last = session.exec(select(func.max(Indicator.position))).one()
    for position, draft in enumerate(fresh, 0 if last is None else last + 1):
        check_indicator(draft)
        row = Indicator(code=draft.code, position=position)
        session.add(row)
        session.flush()
        session.add(_version(row.key, 1, draft, day))
    session.flush()
    return Outcome(len(fresh), changed(Topic.INDICATORS) if fresh else Changes())


def _living(session: Session, indicator_id: int) -> Indicator:
    row = session.get(Indicator, indicator_id)
    if row is None:
        raise WrongState(_("没有找到这个指标，请刷新后再试。"))
    if row.retired_on is not None:
        raise WrongState(_("指标“{code}”已停用，不能再改。").format(code=row.code))
    return row


def _linked(session: Session, indicator_id: int) -> int:
    return session.exec(
        select(func.count(col(KeyResult.id)))
        .join(Objective, col(Objective.id) == KeyResult.objective_id)
        .join(Year, col(Year.number) == Objective.year)
        .where(
            KeyResult.indicator_id == indicator_id,
            KeyResult.state != ApprovalState.STOPPED,
            col(KeyResult.stopped_on).is_(None),
            Year.state != YearState.CLOSED,
        )
    ).one()


def _version(indicator_id: int, version: int, draft: IndicatorDraft, day: date) -> IndicatorVersion:
    return IndicatorVersion(
        indicator_id=indicator_id,
        version=version,
        valid_from=day,
        name=draft.name.strip(),
        search_keys=pinyin.keys(draft.name.strip()),
        unit=draft.unit.strip(),
        direction=draft.direction.value,
        dimension=draft.dimension.value,
        frequency=draft.frequency.value,
        accumulation=draft.accumulation.value,
        decimals=draft.decimals,
        categories=",".join(draft.categories),
        evidence=draft.evidence.strip(),
        evidence_limit=draft.evidence_limit,
        precedence=",".join(draft.precedence),
        tolerance=draft.tolerance,
        usual_baseline=draft.usual_baseline,
        usual_target=draft.usual_target,
        usual_points=draft.usual_points,
        usual_rule=rule_words.canonical(draft.usual_rule),
        computed_from=draft.computed_from.strip(),
        source=draft.source.strip(),
        reason=draft.reason.strip(),
        method=draft.method.strip(),
    )


def _differs(one: IndicatorVersion, other: IndicatorVersion) -> bool:
    beside = {"id", "version", "valid_from", "reason"}
    return one.model_dump(exclude=beside) != other.model_dump(exclude=beside)

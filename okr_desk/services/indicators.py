"""What a branch starts from, aims at and reaches: versioned lines, one value per origin, nothing overwritten.

The library itself is in `services.library`, measured values in `services.measured`; both are offered here too.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlmodel import Session, col, select

from okr_desk.errors import InputRefused
from okr_desk.i18n import N_, _
from okr_desk.model.store import now, today
from okr_desk.model.tables import (
    Baseline,
    IndicatorVersion,
    KeyResult,
    NotApplicable,
    Objective,
    Target,
)
from okr_desk.rules.checks import check_reason
from okr_desk.rules.indicators import BaselineDraft, TargetDraft, check_baseline, check_line, check_target
from okr_desk.rules.permissions import Action, Actor
from okr_desk.scoring.rounding import plain
from okr_desk.services import official, permits
from okr_desk.services.library import add_missing, create, load_seed, new_version, newest, retire
from okr_desk.services.measured import put_value, record_value, settle_conflict
from okr_desk.services.outcome import Changes, Outcome, Topic, changed
from okr_desk.terms import Accumulation, ApprovalState, Direction, KrKind, YearState

__all__ = [
    "add_missing",
    "applicable_again",
    "create",
    "current_baseline",
    "current_target",
    "load_seed",
    "new_version",
    "not_applicable",
    "put_value",
    "record_value",
    "retire",
    "set_baseline",
    "set_line",
    "set_target",
    "settle_conflict",
]

CHANGED = changed(Topic.INDICATORS, Topic.OBJECTIVES)
BASELINE, TARGET, APPLIES = N_("基线"), N_("目标值"), N_("适用范围")


def set_baseline(
    session: Session, actor: Actor, draft: BaselineDraft, batch_id: int | None = None, *, checks_line: bool = True
) -> Outcome[int]:
    """Set where a branch starts. The first one is plain; a change in an open year needs a reason and keeps the old.

    `batch_id` marks an import: a baseline that equals its target is then taken with a notice, not refused.
    """
    permits.require(session, actor, Action.EDIT_BASELINES, draft.org_id)
    check_baseline(draft, today(session))
    state = official.year_state(session, draft.year)
    official.check_applies(session, draft.org_id, draft.indicator_id, draft.year)
    old = current_baseline(session, draft.org_id, draft.indicator_id, draft.year)
    source = draft.source.strip()
    if old is not None and (old.value, old.as_of, old.source) == (draft.value, draft.as_of, source):
        return Outcome(old.key, Changes())
    meaning = newest(session, draft.indicator_id)
    target = current_target(session, draft.org_id, draft.indicator_id, draft.year)
    notices = _line_notices(session, draft, meaning, draft, target, batch_id is not None) if checks_line else ()
    row = baseline_row(session, actor, draft, 1 if old is None else old.version + 1, batch_id)
    if old is not None:
        before = _dated(old.value, meaning.unit, str(old.as_of), old.source)
        after = _dated(draft.value, meaning.unit, str(draft.as_of), source)
        _supersede(session, actor, old, draft, state, BASELINE, before, after)
    session.add(row)
    session.flush()
    return Outcome(row.key, CHANGED.of(draft.org_id), notices)


def set_target(
    session: Session, actor: Actor, draft: TargetDraft, batch_id: int | None = None, *, checks_line: bool = True
) -> Outcome[int]:
    """Set what a branch aims at; versioned as the baseline is.

    Raises InputRefused for a target that equals its baseline or lies on the wrong side (an import gets a notice).
    """
    permits.require(session, actor, Action.EDIT_BASELINES, draft.org_id)
    check_target(draft)
    state = official.year_state(session, draft.year)
    official.check_applies(session, draft.org_id, draft.indicator_id, draft.year)
    old = current_target(session, draft.org_id, draft.indicator_id, draft.year)
    if old is not None and old.value == draft.value:
        return Outcome(old.key, Changes())
    meaning = newest(session, draft.indicator_id)
    baseline = current_baseline(session, draft.org_id, draft.indicator_id, draft.year)
    notices = _line_notices(session, draft, meaning, baseline, draft, batch_id is not None) if checks_line else ()
    row = target_row(session, actor, draft, 1 if old is None else old.version + 1, batch_id)
    if old is not None:
        before, after = plain(old.value) + meaning.unit, plain(draft.value) + meaning.unit
        _supersede(session, actor, old, draft, state, TARGET, before, after)
    session.add(row)
    session.flush()
    return Outcome(row.key, CHANGED.of(draft.org_id), notices)


def set_line(session: Session, actor: Actor, baseline: BaselineDraft, target: TargetDraft) -> Outcome[int]:
    """Set baseline and target of one branch together; they are judged as a pair, so their order does not matter."""
    permits.require(session, actor, Action.EDIT_BASELINES, baseline.org_id)
    _line_notices(session, baseline, newest(session, baseline.indicator_id), baseline, target, is_import=False)
    first = set_baseline(session, actor, baseline, checks_line=False)
    second = set_target(session, actor, target, checks_line=False)
    return Outcome(second.value, first.changes | second.changes, first.notices + second.notices)


def baseline_row(
    session: Session, actor: Actor, draft: BaselineDraft, version: int = 1, batch_id: int | None = None
) -> Baseline:
    """The row that a draft makes; it is not added yet."""
    common = _common(session, actor, draft, version, batch_id)
    return Baseline(**common, as_of=draft.as_of, source=draft.source.strip())


def target_row(
    session: Session, actor: Actor, draft: TargetDraft, version: int = 1, batch_id: int | None = None
) -> Target:
    """The row that a draft makes; it is not added yet."""
    return Target(**_common(session, actor, draft, version, batch_id))


def _common(
    session: Session, actor: Actor, draft: BaselineDraft | TargetDraft, version: int, batch_id: int | None
) -> dict[str, Any]:
    return {
        "org_id": draft.org_id,
        "indicator_id": draft.indicator_id,
        "year": draft.year,
        "version": version,
        "value": draft.value,
        "reason": draft.reason.strip(),
        "account_id": official.account_of(actor),
        "recorded_at": now(session),
        "batch_id": batch_id,
    }


def not_applicable(
    session: Session, actor: Actor, org_id: int, indicator_id: int, year: int, reason: str, batch_id: int | None = None
) -> Outcome[int]:
    """Say that an indicator does not apply to a branch: re-weighted away, never scored as zero."""
    permits.require(session, actor, Action.EDIT_BASELINES, org_id)
    state = official.year_state(session, year)
    said = check_reason(reason, _("请写明这项指标为什么不适用。"))
    newest(session, indicator_id)
    old = official.exempt(session, org_id, indicator_id, year)
    if old is not None:
        return Outcome(old.key, Changes())
    row = NotApplicable(org_id=org_id, indicator_id=indicator_id, year=year, reason=said, batch_id=batch_id)
    session.add(row)
    if state is YearState.OPEN and batch_id is None:
        official.note(
            session, actor, org_id=org_id, year=year, indicator_id=indicator_id, what=APPLIES,
            before=_("适用"), after=_("不适用"), reason=said,
        )  # fmt: skip
    session.flush()
    return Outcome(row.key, CHANGED.of(org_id))


def applicable_again(
    session: Session, actor: Actor, org_id: int, indicator_id: int, year: int, reason: str
) -> Outcome[int]:
    """Take back that an indicator does not apply."""
    permits.require(session, actor, Action.EDIT_BASELINES, org_id)
    state = official.year_state(session, year)
    said = check_reason(reason, _("请写明恢复适用的理由。"))
    row = official.exempt(session, org_id, indicator_id, year)
    if row is None:
        return Outcome(indicator_id, Changes())
    session.delete(row)
    if state is YearState.OPEN:
        official.note(
            session, actor, org_id=org_id, year=year, indicator_id=indicator_id, what=APPLIES,
            before=_("不适用"), after=_("适用"), reason=said,
        )  # fmt: skip
    session.flush()
    return Outcome(indicator_id, CHANGED.of(org_id))


def _line_notices(
    session: Session,
    draft: BaselineDraft | TargetDraft,
    meaning: IndicatorVersion,
    baseline: Baseline | BaselineDraft | None,
    target: Target | TargetDraft | None,
    is_import: bool,
) -> tuple[str, ...]:
    if baseline is None or target is None or _only_guarded(session, draft):
        return ()
    try:
        check_line(baseline.value, target.value, Direction(meaning.direction), Accumulation(meaning.accumulation))
    except InputRefused as refusal:
        if not is_import:
            raise
        return (f"{official.code_of(session, draft.indicator_id)} {meaning.name}：{refusal.sentence}",)
    return ()


def _only_guarded(session: Session, draft: BaselineDraft | TargetDraft) -> bool:
    """Whether every key result on this line is a guard rail, for which standing still is the aim."""
    kinds = session.exec(
        select(KeyResult.kind)
        .join(Objective, col(Objective.id) == KeyResult.objective_id)
        .where(
            Objective.org_id == draft.org_id,
            Objective.year == draft.year,
            KeyResult.indicator_id == draft.indicator_id,
            KeyResult.state != ApprovalState.STOPPED,
        )
    ).all()
    return bool(kinds) and all(kind == KrKind.GUARD_RAIL for kind in kinds)


def _supersede(
    session: Session,
    actor: Actor,
    old: Baseline | Target,
    draft: BaselineDraft | TargetDraft,
    state: YearState,
    what: str,
    before: str,
    after: str,
) -> None:
    if state is YearState.OPEN:
        reason = check_reason(draft.reason, _("年度已开始，调整基线或目标须写明理由，原数会保留并印在评审表上。"))
        official.note(
            session, actor, org_id=draft.org_id, year=draft.year, indicator_id=draft.indicator_id,
            what=what, before=before, after=after, reason=reason,
        )  # fmt: skip
    old.superseded_at = now(session)
    session.add(old)


def _dated(value: Decimal, unit: str, day: str, source: str) -> str:
    return _("{amount}（{day}，{source}）").format(amount=plain(value) + unit, day=day, source=source)


def current_baseline(session: Session, org_id: int, indicator_id: int, year: int) -> Baseline | None:
    """The baseline in force, or None."""
    return session.exec(
        select(Baseline).where(
            Baseline.org_id == org_id,
            Baseline.indicator_id == indicator_id,
            Baseline.year == year,
            col(Baseline.superseded_at).is_(None),
        )
    ).first()


def current_target(session: Session, org_id: int, indicator_id: int, year: int) -> Target | None:
    """The target in force, or None."""
    return session.exec(
        select(Target).where(
            Target.org_id == org_id,
            Target.indicator_id == indicator_id,
            Target.year == year,
            col(Target.superseded_at).is_(None),
        )
    ).first()

"""Red lines are added to a list, replaced by a next wording, retired; never edited: what was entered keeps its own."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, func, select

from okr_desk.errors import InputRefused, WrongState
from okr_desk.i18n import _
from okr_desk.model import beginning
from okr_desk.model.red_lines import wording
from okr_desk.model.store import now, today
from okr_desk.model.tables import RedLineRule, RedLineVersion
from okr_desk.queries import cycles
from okr_desk.queries import red_lines as standing
from okr_desk.queries.objectives import QuarterView
from okr_desk.rules.checks import check_reason
from okr_desk.rules.permissions import Action, Actor
from okr_desk.rules.red_lines import RedLineRuleDraft, check_rule
from okr_desk.services import official, permits
from okr_desk.services.outcome import Changes, Outcome, Topic, changed
from okr_desk.terms import QuarterState

_CHANGED = changed(Topic.SCHEMES)


def load_seed(session: Session, first: date) -> Outcome[int]:
    """Begin with the red lines of the seed, counting from `first` on; codes that are there already stay as they are."""
    made = beginning.red_lines_begin(session, first)
    return Outcome(made, _CHANGED if made else Changes())


def create(session: Session, actor: Actor, draft: RedLineRuleDraft, quarter_id: int) -> Outcome[int]:
    """Add a red line to its list, counting from a quarter on; its id. Raises InputRefused for a code that is taken."""
    permits.require(session, actor, Action.EDIT_SCHEMES)
    quarter = _coming(session, quarter_id)
    check_rule(draft, standing.gradings(session, draft.list_name.strip()))
    code = draft.code.strip()
    if session.exec(select(RedLineRule.id).where(func.lower(RedLineRule.code) == code.lower())).first() is not None:
        raise InputRefused(_("编号“{code}”已有红线（含已停用的），请换一个编号。").format(code=code), "code")
    last = session.exec(select(func.max(RedLineRule.position))).one()
    row = RedLineRule(code=code, list_name=draft.list_name.strip(), position=0 if last is None else last + 1)
    session.add(row)
    session.flush()
    session.add(wording(draft, row.key, 1, quarter.starts_on, now(session), official.account_of(actor)))
    session.flush()
    return Outcome(row.key, _CHANGED)


def new_version(session: Session, actor: Actor, rule_id: int, draft: RedLineRuleDraft, quarter_id: int) -> Outcome[int]:
    """Replace the wording from a quarter on; the number of the version. A reason is needed; code and list stay.

    What is entered later in that quarter has the new wording, what was entered keeps the old one.
    """
    permits.require(session, actor, Action.EDIT_SCHEMES)
    row, last = _living(session, rule_id)
    quarter = _coming(session, quarter_id)
    check_rule(draft, standing.gradings(session, row.list_name))
    if (draft.code.strip(), draft.list_name.strip()) != (row.code, row.list_name):
        raise InputRefused(_("编号和清单不能改。需要改的，请另加一条并停用这一条。"), "code")
    if quarter.starts_on < last.valid_from:
        said = _("现行的表述从 {day} 起用，新的表述不能更早，请另选季度。")
        raise InputRefused(said.format(day=last.valid_from.isoformat()), "quarter_id")
    made = wording(draft, rule_id, last.version + 1, quarter.starts_on, now(session), official.account_of(actor))
    if not _differs(last, made):
        return Outcome(last.version, Changes())
    made.reason = check_reason(draft.reason, _("修改红线须写明理由，原来的表述保留备查。"))
    session.add(made)
    session.flush()
    return Outcome(made.version, _CHANGED)


def retire(session: Session, actor: Actor, rule_id: int, reason: str) -> Outcome[int]:
    """Take a red line out of use: it can be entered no more, in no quarter; what was entered stays and counts."""
    permits.require(session, actor, Action.EDIT_SCHEMES)
    said = check_reason(reason, _("请写明停用的理由。"))
    row, last = _living(session, rule_id)
    kept = last.model_dump(exclude={"id", "version", "reason", "account_id", "recorded_at"})
    made = RedLineVersion(**kept, version=last.version + 1, reason=said, recorded_at=now(session))
    made.account_id = official.account_of(actor)
    session.add(made)
    row.retired_on = today(session)
    session.add(row)
    session.flush()
    return Outcome(row.key, _CHANGED)


def _coming(session: Session, quarter_id: int) -> QuarterView:
    quarter = cycles.by_id(session, quarter_id)
    if quarter is None:
        raise InputRefused(_("请选择从哪个季度起用。"), "quarter_id")
    if quarter.state not in (QuarterState.PLANNING, QuarterState.OPEN):
        raise InputRefused(_("{quarter}已冻结或关账，请从以后的季度起用。").format(quarter=quarter.label), "quarter_id")
    return quarter


def _living(session: Session, rule_id: int) -> tuple[RedLineRule, RedLineVersion]:
    row = session.get(RedLineRule, rule_id)
    if row is None:
        raise WrongState(_("没有找到这条红线，请刷新后再试。"))
    if row.retired_on is not None:
        raise WrongState(_("红线“{code}”已停用，不能再改。").format(code=row.code))
    versions = select(RedLineVersion).where(RedLineVersion.rule_id == rule_id)
    return row, session.exec(versions.order_by(col(RedLineVersion.version).desc()).limit(1)).one()


def _differs(one: RedLineVersion, other: RedLineVersion) -> bool:
    beside = {"id", "version", "valid_from", "reason", "account_id", "recorded_at"}
    return one.model_dump(exclude=beside) != other.model_dump(exclude=beside)

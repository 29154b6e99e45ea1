"""The words of the review pages: lights of states, terms in working days, who takes a step, and the pages' answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from okr_desk.i18n import _
from okr_desk.queries.objections import ObjectionView
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.review_desk import WAITING_FOR_BRANCH, WAITING_FOR_OFFICE, Legal, ReviewDesk, ReviewRow
from okr_desk.queries.wording import day_text
from okr_desk.review_terms import ReviewState, ReviewStep
from okr_desk.rules import reviews as rules
from okr_desk.rules.cycles import Calendar
from okr_desk.rules.permissions import Action
from okr_desk.terms import QuarterState, Status, label
from okr_desk.ui.wording import sentences

TWO_PERSONS = ("other_than_submitter", "other_than_checker")
"""Facts that a recorded substitution stands in for."""
RUNNING = (ReviewState.DELIVERED, ReviewState.RECHECKED, ReviewState.PUBLICISED)
"""States in which a term runs and nobody has to do anything."""


def light(row: ReviewRow, day: date) -> Status:
    """■ overdue, ▲ the office's turn, ○ the branch's turn, ◇ a term runs, ✓ final: a shape beside every word."""
    if row.is_overdue(day):
        return Status.BEHIND
    if row.state is ReviewState.FINAL:
        return Status.DONE
    if row.state in WAITING_FOR_OFFICE:
        return Status.WATCH
    return Status.DUE if row.state in WAITING_FOR_BRANCH else Status.NOT_STARTED


def left(until: date, day: date, calendar: Calendar) -> str:
    """How long a term still runs in working days; calendar days once it is over, or where no calendar is known."""
    if until < day:
        return _("已过 {n} 天").format(n=(day - until).days)
    if until == day:
        return _("今天到期")
    days = calendar.working_days(day + timedelta(days=1), until)
    if days is None:
        return _("还有 {n} 天").format(n=(until - day).days)
    return _("还有 {n} 个工作日").format(n=days)


def term(row: ReviewRow, day: date, calendar: Calendar) -> str:
    """What runs at a branch, in a few words: the objection's day before the review's own term."""
    due = due_on(row)
    return "" if due is None or row.state is ReviewState.FINAL else left(due, day, calendar)


def due_on(row: ReviewRow) -> date | None:
    """The day that counts now: by when an open objection is decided, else the end of the term."""
    waiting = [one.due_on for one in row.objections if one.is_open]
    return min(waiting) if waiting else row.record.until


def who(action: Action) -> str:
    """Who takes a step."""
    return {
        Action.SUBMIT_REVIEW: _("由支部书记办理"),
        Action.OBJECT: _("由支部书记办理"),
        Action.DECIDE_REVIEW: _("由镇党委审定，镇党建办登记"),
    }.get(action, _("由镇党建办办理"))


def by_when(row: ReviewRow, step: ReviewStep, quarter: QuarterView) -> str:
    """By when, or from when on; empty where nothing says so."""
    until = row.record.until
    if step is ReviewStep.SUBMIT:
        return _("{day}前").format(day=day_text(quarter.due_on))
    if until is None:
        return ""
    if step in (ReviewStep.AGREE, ReviewStep.OBJECT):
        return _("{day}前").format(day=day_text(until))
    if step is ReviewStep.FINALISE or (step is ReviewStep.DECIDE and row.state in RUNNING):
        return _("{day}期满以后").format(day=day_text(until))
    return ""


def needs_substitution(row: ReviewRow, legal: Legal) -> bool:
    """Whether all that lacks is a second person: then somebody may stand in, on record."""
    move = rules.move_of(row.state, legal.step)
    said = rules.missing(move, {fact: fact not in TWO_PERSONS for fact in move.facts})
    return bool(legal.lacking) and set(legal.lacking) <= set(said)


def may_take(row: ReviewRow, legal: Legal) -> bool:
    """Whether the step can be taken now, if need be by somebody who stands in."""
    return not legal.lacking or needs_substitution(row, legal)


def next_by_others(row: ReviewRow) -> str:
    """Who has to do what next, for somebody who may do nothing here."""
    if row.state is ReviewState.FINAL:
        return _("本季评审已经办结。")
    if row.state is ReviewState.OBJECTED:
        return _("下一步由镇党建办答复申辩。")
    move = next(one for one in rules.moves_from(row.state) if one.step is not ReviewStep.RETURN)
    return _("下一步：{step}，{who}。").format(who=who(move.who), step=label(move.step))


def of_desk(of: ReviewDesk) -> str:
    """29 个支部：待自评 2，待镇核定 5 …; what ends today and what is overdue."""
    counts = of.counts
    parts = [f"{label(state)} {counts[state]}" for state in ReviewState if counts[state]]
    said = _("{n} 个支部：{parts}").format(n=len(of.rows), parts=_("，").join(parts))
    today = sum(due_on(row) == of.day and row.state is not ReviewState.FINAL for row in of.rows)
    late = sum(row.is_overdue(of.day) for row in of.rows)
    more = [
        _("今天到期 {n}").format(n=today) if today else "",
        _("逾期 {n}").format(n=late) if late else "",
    ]
    return _("；").join((said, *(one for one in more if one))) + _("。")


def of_branch(row: ReviewRow, day: date, quarter: QuarterView, calendar: Calendar) -> str:
    """What the state means for the branch, and what its secretary may do."""
    until = row.record.until
    last = row.record.steps[-1] if row.record.steps else None
    waiting = [one for one in row.objections if one.is_open]
    said = {
        ReviewState.DRAFTING: _owed(quarter, day),
        ReviewState.RETURNED: _("镇党建办退回了自评：{why}。请修改后重新报送。").format(
            why=last.note.rstrip(_("。")) if last else ""
        ),
        ReviewState.SUBMITTED: _("自评已经报送，等联系领导意见和镇党建办核定。"),
        ReviewState.OPINED: _("联系领导意见已经登记，等镇党建办核定。"),
        ReviewState.CHECKED: _("镇党建办已经核定，等送达。"),
        ReviewState.OBJECTED: _("{n} 件申辩正在复核，{day}前答复。").format(
            n=len(waiting), day=day_text(min((one.due_on for one in waiting), default=day))
        ),
        ReviewState.AGREED: _("已确认无异议，等镇党委审定。"),
        ReviewState.DECIDED: _("镇党委已经审定，等公示。"),
        ReviewState.FINAL: _("本季评审已经定为最终。"),
    }.get(row.state, "")
    if until is not None and row.state is ReviewState.DELIVERED:
        said = _("本季评审表已送达，申辩期到 {day}。").format(day=day_text(until))
    elif until is not None and row.state is ReviewState.RECHECKED:
        said = _("申辩已经答复，{day}前可以再次提出。").format(day=day_text(until))
    elif until is not None and row.state is ReviewState.PUBLICISED:
        return _("正在公示，到 {day}。").format(day=day_text(until))
    if row.state in (ReviewState.DELIVERED, ReviewState.RECHECKED) and until is not None:
        may = _("您可以确认无异议，或提出申辩。") if day <= until else _("期限已过，等镇党委审定。")
        return sentences(said, may)
    return said


def _owed(quarter: QuarterView, day: date) -> str:
    due = day_text(quarter.due_on)
    if day <= quarter.due_on:
        return _("本季等您报送自评，{day}前。").format(day=due)
    return _("本季还没有报送自评，{day}已经到期，请尽快报送。").format(day=due)


def not_begun(quarter: QuarterView, day: date) -> tuple[str, str]:
    """That a quarter is not reviewed yet, and what to do meanwhile."""
    first = quarter.ends_on + timedelta(days=1)
    if quarter.state is QuarterState.PLANNING and day < quarter.starts_on:
        return _("本季还没有开始，没有评审。"), _("请在上方选择已经结束的季度。")
    sentence = _("本季还没有结束，评审从 {day}开始。").format(day=day_text(first))
    return sentence, _("季度结束以后，支部报送自评，镇党建办核定、送达。现在的得分见“计分”。")


def band(of: ReviewDesk, is_office: bool) -> str:
    """What stands in the way of all reviews of the quarter."""
    waiting = any(row.state in (ReviewState.OPINED, ReviewState.CHECKED) for row in of.rows)
    if is_office and waiting and of.quarter.state is QuarterState.OPEN:
        return _("本季度还在填报，核定以前请先在“年度与季度”中冻结。")
    return ""


def of_objections(of: Sequence[ObjectionView], day: date) -> str:
    """How many objections wait, and which comes first."""
    if not of:
        return _("本季没有申辩。")
    waiting = [one for one in of if one.is_open]
    if not waiting:
        return _("本季 {n} 件申辩，都已办结。").format(n=len(of))
    late = sum(one.is_overdue(day) for one in waiting)
    first = min(waiting, key=lambda one: (one.due_on, one.id))
    said = _("本季 {n} 件申辩，{waiting} 件待答复；最早的是 {number}，{day}前答复。").format(
        n=len(of), waiting=len(waiting), number=first.number, day=day_text(first.due_on)
    )
    return sentences(said, _("逾期 {n} 件。").format(n=late) if late else "")

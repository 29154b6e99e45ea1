"""The columns of 组织生活: kinds of one branch, its meetings, all branches, terms by their end."""

from __future__ import annotations

from decimal import Decimal

from okr_desk.duty_terms import QUARTERLY, DutyKind, DutyLight, ElectionState
from okr_desk.i18n import N_, _
from okr_desk.queries.duties import BranchDuties, Held, KindStand, MeetingView
from okr_desk.rules.duties import kind_words
from okr_desk.scoring.rounding import NOTHING, percent
from okr_desk.terms import EntryBasis, Status, label
from okr_desk.ui.models.duty_sentences import rate
from okr_desk.ui.models.rows import Column
from okr_desk.ui.widgets.matrix import Figure

_LETTERS = N_("大委组课日生评")
"""One character a kind in their order: what stands in a day of the calendar."""
SHAPES = {
    DutyLight.DONE: Status.DONE,
    DutyLight.ON_TIME: Status.ON_TRACK,
    DutyLight.BEHIND: Status.BEHIND,
    DutyLight.UNKNOWN: Status.DUE,
}
"""The shape beside a count; what is not owed has none."""
TERMS = {ElectionState.RUNNING: "●", ElectionState.NEAR: "▲", ElectionState.OVERDUE: "■", ElectionState.UNKNOWN: "○"}
"""The sign before the word of a term: the shapes of the lights as characters."""


def letter(kind: DutyKind) -> str:
    """The character of a kind."""
    return _(_LETTERS)[list(DutyKind).index(kind)]


def figure(one: KindStand) -> Figure:
    """2/3 with its shape and, where something is overdue, how much."""
    if one.light is DutyLight.NONE:
        return Figure(NOTHING, "", None)
    words = f"{one.done}/{one.due}" if one.due else "?"
    late = _("逾期{n}").format(n=one.behind) if one.behind else ""
    return Figure(words, late, SHAPES[one.light])


def kind_columns() -> tuple[Column, ...]:
    """One kind a row."""
    return (
        Column(_("类型"), lambda it: f"{letter(it.kind)} {label(it.kind)}", sort=_order, width=8),
        Column(
            _("已开展/应开展"),
            lambda it: figure(it).words,
            sort=lambda it: Decimal(it.done - it.due),
            look="figure",
            value=figure,
            beside=((_("状态"), lambda it: label(it.light)),),
            tooltip=lambda it: label(it.light),
            spoken=_spoken,
            width=7.5,
        ),
        Column(_("还差"), lambda it: str(it.missing) if it.due else "", look="number", width=3.4),
        Column(_("到会率"), lambda it: rate(it.present, it.should) if it.should else "", look="number", width=5),
        Column(_("依据"), lambda it: it.basis, tooltip=lambda it: it.basis, width=8, stretch=True),
    )


def meeting_columns() -> tuple[Column, ...]:
    """One event a row."""
    return (
        Column(_("日期"), lambda it: it.held_on.isoformat(), width=7.2),
        Column(_("类型"), lambda it: kind_words(it.kinds), tooltip=lambda it: kind_words(it.kinds), width=9),
        Column(_("主题"), lambda it: it.topic, tooltip=lambda it: it.minutes or it.topic, width=9, stretch=True),
        Column(_("应到"), lambda it: str(it.due), sort=lambda it: Decimal(it.due), look="number", width=3.2),
        Column(_("实到"), lambda it: str(it.present), sort=lambda it: Decimal(it.present), look="number", width=3.2),
        Column(_("到会率"), lambda it: rate(it.present, it.due), sort=_present, look="number", width=4.8),
        Column(_("主持人"), lambda it: it.host, width=4.6),
        Column(_("小组"), lambda it: _group(it), width=3.6),
        Column(_("登记"), _recorded, tooltip=_recorded, width=10),
    )


def branch_columns() -> tuple[Column, ...]:
    """One branch a row: each kind with its shape, then attendance, completion and what is overdue."""
    return (
        Column(_("党支部"), lambda it: it.org.short_name, keys=lambda it: it.org.search_keys, width=12),
        Column(_("类别"), lambda it: it.org.category, width=4.6, hidden=True),
        *(_kind_column(kind) for kind in QUARTERLY),
        Column(_("到会率"), lambda it: _attendance(it), sort=_attended, look="number", width=5),
        Column(
            _("完成率"),
            lambda it: percent(it.completion.value),
            sort=lambda it: it.completion.value,
            look="number",
            explained=lambda it: it.completion,
            width=5,
        ),
        Column(
            _("逾期"),
            lambda it: str(it.behind) if it.behind else "",
            sort=lambda it: Decimal(it.behind),
            look="number",
            width=3.6,
        ),
        Column(_("还差"), _lacking, tooltip=_lacking, width=6, stretch=True),
    )


def election_columns() -> tuple[Column, ...]:
    """One term a row."""
    return (
        Column(_("党支部"), lambda it: it.org.short_name, keys=lambda it: it.org.search_keys, width=11),
        Column(_("类别"), lambda it: it.org.category, width=6),
        Column(_("书记"), lambda it: it.org.secretary, width=5),
        Column(_("上次换届"), lambda it: _day(it.elected_on), width=7),
        Column(_("任期"), lambda it: _("{n} 年").format(n=it.years), look="number", width=4),
        Column(_("任期届满"), lambda it: _day(it.ends_on), width=7),
        Column(_("开始准备"), lambda it: _day(it.alarm_from), width=7),
        Column(
            _("状态"),
            lambda it: f"{TERMS[it.state]} {label(it.state)}",
            sort=lambda it: list(ElectionState).index(it.state),
            width=8,
            stretch=True,
        ),
    )


def _kind_column(kind: DutyKind) -> Column:
    def stand(it: BranchDuties[Held]) -> KindStand:
        return it.kind(kind)

    return Column(
        label(kind),
        lambda it: figure(stand(it)).words,
        sort=lambda it: Decimal(stand(it).done - stand(it).due),
        look="figure",
        value=lambda it: figure(stand(it)),
        beside=((_("{kind}状态").format(kind=label(kind)), lambda it: label(stand(it).light)),),
        tooltip=lambda it: f"{label(stand(it).light)}\n{stand(it).basis}",
        spoken=lambda it: _spoken(stand(it)),
        width=7,
    )


def _spoken(one: KindStand) -> str:
    return f"{label(one.kind)} {figure(one).words} {label(one.light)}"


def _order(one: KindStand) -> Decimal:
    return Decimal(list(DutyKind).index(one.kind))


def _group(one: MeetingView) -> str:
    return "" if one.group_number is None else _("第{n}组").format(n=one.group_number)


def _present(one: MeetingView) -> Decimal:
    return Decimal(one.present) / one.due


def _recorded(one: MeetingView) -> str:
    who = one.reported_by or one.recorded_by
    said = who if one.basis is EntryBasis.OWN else f"{who} {label(one.basis)}".strip()
    late = _("补报：{reason}").format(reason=one.late_reason) if one.late_reason else _("补报") if one.is_late else ""
    return _("，").join(part for part in (said, late) if part)


def _attendance(one: BranchDuties[Held]) -> str:
    present, should = one.attendance
    return rate(present, should) if should else NOTHING


def _attended(one: BranchDuties[Held]) -> Decimal | None:
    present, should = one.attendance
    return Decimal(present) / should if should else None


def _lacking(one: BranchDuties[Held]) -> str:
    parts = (_("{kind} {n} 次").format(kind=label(kind.kind), n=kind.missing) for kind in one.kinds if kind.missing)
    return _("、").join(parts)


def _day(day: object) -> str:
    return NOTHING if day is None else str(day)

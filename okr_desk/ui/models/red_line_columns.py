"""The columns of the list of red lines, and what is told of the one under the cursor."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date

from okr_desk.i18n import _
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.red_lines import RedLineBoard, RedLineRuleView
from okr_desk.queries.score_wording import effect
from okr_desk.ui.models.rows import Column


def columns(counting: Callable[[], Collection[str]], quarters: Sequence[QuarterView]) -> tuple[Column, ...]:
    """One red line a row; `counting` is asked for the lists that count for the scheme in front."""

    def counts(one: RedLineRuleView) -> str:
        if one.retired_on is not None:
            return _("已停用")
        return _("适用") if one.list_name in counting() else ""

    return (
        Column(_("编号"), lambda one: one.code, width=4),
        Column(_("名称"), lambda one: _(one.name), keys=lambda one: one.search_keys, width=13, tooltip=_tip),
        Column(_("触碰情形"), lambda one: _(one.trigger), stretch=True, width=14, tooltip=_tip),
        Column(_("处理"), effect, width=9.5),
        Column(_("清单"), lambda one: _(one.list_name), width=6.5),
        Column(_("本方案"), counts, width=4.5),
        Column(_("起用"), lambda one: begins(one.valid_from, quarters), sort=lambda one: one.valid_from, width=10),
        Column(_("依据"), lambda one: one.source, width=12, hidden=True),
        Column(_("停用"), lambda one: "" if one.retired_on is None else one.retired_on.isoformat(), hidden=True),
    )


def begins(day: date, quarters: Sequence[QuarterView]) -> str:
    """The quarter that a wording counts from; a day where no such quarter is kept."""
    return next((one.label for one in quarters if one.starts_on == day), day.isoformat())


def told(one: RedLineRuleView, board: RedLineBoard, quarters: Sequence[QuarterView]) -> str:
    """When it is crossed, what it rests on, and its wordings with who changed them and why."""
    said = [_("{title}：{trigger}").format(title=one.title, trigger=_(one.trigger).rstrip("。")) + _("。")]
    if one.source:
        said.append(_("依据：{source}").format(source=one.source))
    if one.reason:
        said.append(_version(one, quarters))
    said += (_version(earlier, quarters) for earlier in board.earlier.get(one.id, ()))
    return "\n".join(said)


def _version(one: RedLineRuleView, quarters: Sequence[QuarterView]) -> str:
    words = _("第{n}版，{quarter}起：{name}").format(
        n=one.version, quarter=begins(one.valid_from, quarters), name=_(one.name)
    )
    by = f"{one.by} {one.recorded_on.isoformat()}".strip()
    why = f"{by}：{one.reason}" if one.reason else by
    return _("{words}（{why}）").format(words=words, why=why)


def _tip(one: RedLineRuleView) -> str:
    return f"{_(one.name)}\n{_(one.trigger)}"

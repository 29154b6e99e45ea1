"""按通常值设基线和目标, from 考核方案 and from 指标: who lacks what is read first, then asked, then said."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from okr_desk.errors import InputRefused
from okr_desk.i18n import N_, _
from okr_desk.model.store import Reader
from okr_desk.queries import usual_lines
from okr_desk.queries.usual_lines import LackingLine
from okr_desk.rules.schemes import SchemeDraft
from okr_desk.scoring.line_rule import Needs, needs
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.notices import NoticesDialog
from okr_desk.ui.dialogs.usual_lines import UsualLinesDialog, told

ACTION = N_("按通常值设基线和目标…")
BOTH = Needs(True, True)


def for_scheme(desk: Desk, widget: QWidget, year: int, category: str, draft: SchemeDraft) -> None:
    """For the branches of a category: what the rules of a draft take from them and they do not have."""
    wanted = _wanted(draft)
    title = _("“{category}”{year}年：按通常值设基线和目标").format(category=category, year=year)
    _ask(desk, widget, title, year, wanted, partial(_of_category, year, category, tuple(wanted)))


def for_indicator(desk: Desk, widget: QWidget, year: int, name: str, indicator_id: int, org_ids: Sequence[int]) -> None:
    """For the branches that one indicator concerns."""
    title = _("{name}：按通常值设基线和目标").format(name=name)
    question = partial(_of_orgs, year, tuple(org_ids), (indicator_id,))
    _ask(desk, widget, title, year, {indicator_id: BOTH}, question)


def _ask(
    desk: Desk,
    widget: QWidget,
    title: str,
    year: int,
    wanted: Mapping[int, Needs],
    question: Callable[[Reader], tuple[LackingLine, ...]],
) -> None:
    def show(found: tuple[LackingLine, ...]) -> None:
        rows = [one for one in found if _lacks(one, wanted[one.indicator.id])]
        if not rows:
            desk.say(_("各支部的基线和目标值都已设好。"))
            return
        assert desk.store is not None
        day = desk.store.clock.today()
        baselines = {key: one.baseline for key, one in wanted.items()}
        outcome = UsualLinesDialog.ask(widget, desk, title, year, day, rows, baselines)
        if outcome is None:
            return
        if outcome.notices:
            NoticesDialog.tell(widget, title, (told(outcome.value), *outcome.notices))
        else:
            desk.say(told(outcome.value))

    desk.tasks.read(question, done=show, owner=widget)


def _wanted(draft: SchemeDraft) -> dict[int, Needs]:
    """What each line takes from the branches; a rule that cannot be read yet asks for both, a flag for the target."""
    found = {}
    for block in draft.blocks:
        for line in block.lines:
            try:
                own = needs(line.rule)
            except InputRefused:
                own = BOTH
            found[line.indicator_id] = Needs(own.baseline, own.target or block.flags)
    return {key: own for key, own in found.items() if own.baseline or own.target}


def _lacks(one: LackingLine, wanted: Needs) -> bool:
    return bool((wanted.baseline and one.no_baseline) or (wanted.target and one.no_target))


def _of_category(year: int, category: str, indicator_ids: Sequence[int], session: Reader) -> tuple[LackingLine, ...]:
    return _of_orgs(year, usual_lines.branches(session, year, category), indicator_ids, session)


def _of_orgs(
    year: int, org_ids: Sequence[int], indicator_ids: Sequence[int], session: Reader
) -> tuple[LackingLine, ...]:
    return usual_lines.lacking(session, year, org_ids, indicator_ids)

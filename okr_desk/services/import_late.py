"""What an import would write into frozen quarters: 补报, which needs the office's reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from okr_desk.i18n import _
from okr_desk.queries.import_standing import Identity
from okr_desk.rules.cycles import quarter_label
from okr_desk.rules.imports import CheckInFact, Decision, Doubt, EntryFact, Fact, FileNote, Frozen, NumberFact, Verdict
from okr_desk.services.import_plan import ImportPlan

VALUED = (Verdict.ACCEPT, Verdict.CHANGE)


def late(plan: ImportPlan) -> tuple[Fact, ...]:
    """Facts that would go into a frozen quarter."""
    return tuple(fact for fact in plan.will_write if plan.frozen.holds(fact))


def quarters(plan: ImportPlan) -> tuple[str, ...]:
    """The frozen quarters that facts would go into, in words."""
    return tuple(quarter_label(*key) for key in sorted({_quarter(fact) for fact in late(plan)}))


def answered(frozen: Frozen, decisions: Mapping[Identity, Decision], doubts: tuple[Doubt, ...]) -> int:
    """How many of these decisions put a value into a frozen quarter."""
    valued = {identity for identity, decision in decisions.items() if decision.verdict in VALUED}
    return sum(doubt.identity in valued and frozen.asks_for(doubt) for doubt in doubts)


def sent_back(plan: ImportPlan) -> ImportPlan:
    """The plan without its late facts, each listed with what would let it in: nobody gave a reason."""
    refused = [_note(fact) for fact in late(plan)]
    kept = tuple(fact for fact in plan.will_write if not plan.frozen.holds(fact))
    return replace(plan, will_write=kept, refused=(*plan.refused, *refused))


def _note(fact: Fact) -> FileNote:
    reason = _("{place}：{quarter}已冻结，没有写入。补报须写明理由。")
    place = f"{fact.place.sheet} {fact.place.cell}"
    return FileNote(fact.place.workbook, reason.format(place=place, quarter=quarter_label(*_quarter(fact))))


def _quarter(fact: Fact) -> tuple[int, int]:
    if isinstance(fact, EntryFact):
        return fact.on.year, (fact.on.month + 2) // 3
    assert isinstance(fact, CheckInFact | NumberFact)
    return fact.year, fact.quarter

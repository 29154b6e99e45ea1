"""The same thing returned more than once: equal cells count once, differing cells become questions.

Two files of one branch, two sheets of one file, one line copied within a sheet: all are treated alike.
"""

from __future__ import annotations

from dataclasses import replace

from okr_desk.exchange.harvest import Harvest
from okr_desk.i18n import _
from okr_desk.rules.imports import CheckInFact, Doubt, FactKind, check_in_target, check_in_text, subject_of

_Entry = CheckInFact | Doubt


def settle_duplicates(harvest: Harvest) -> None:
    """Replace what several returns say on the same thing by one fact, one question, or a question for each."""
    cells: dict[str, list[_Entry]] = {}
    facts = [fact for fact in harvest.facts if isinstance(fact, CheckInFact)]
    everything: list[_Entry] = [*facts, *(doubt for doubt in harvest.doubts if doubt.kind is FactKind.CHECK_IN)]
    for entry in everything:
        cells.setdefault(_subject(entry), []).append(entry)
    dropped: set[int] = set()
    added: list[Doubt] = []
    for entries in cells.values():
        entries.sort(key=lambda entry: (len(entry.place.workbook), entry.place.workbook))
        alike = len({_said(entry) for entry in entries}) == 1
        dropped.update(id(entry) for entry in (entries[1:] if alike else entries))
        if not alike:
            added += [_either(entry, [other for other in entries if other is not entry]) for entry in entries]
    harvest.facts = [fact for fact in harvest.facts if id(fact) not in dropped]
    harvest.doubts = [doubt for doubt in harvest.doubts if id(doubt) not in dropped] + added


def said(fact: CheckInFact) -> str:
    """The value of a check-in as text: 63.4, 立项、开工, 是."""
    return check_in_text(fact.value, fact.done, fact.nodes)


def _either(entry: _Entry, others: list[_Entry]) -> Doubt:
    rival = "、".join(f"{other.place.workbook} {other.place.cell} {_said(other)}" for other in others)
    reason = _("该支部所报不止一处，内容不一致（另一处：{rival}），请选定").format(rival=rival)
    if isinstance(entry, CheckInFact):
        text, target = said(entry), check_in_target(entry)
        return Doubt(entry.place, text, text, reason, False, FactKind.CHECK_IN, target, entry.org)
    return replace(entry, reason="；".join([entry.reason, reason]), lossless=False)


def _said(entry: _Entry) -> str:
    return said(entry) if isinstance(entry, CheckInFact) else entry.raw.strip()


def _subject(entry: _Entry) -> str:
    return entry.subject if isinstance(entry, Doubt) else subject_of(FactKind.CHECK_IN, check_in_target(entry))

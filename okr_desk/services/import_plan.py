"""What an import would do: facts that are new, facts that stand already, cells to decide, lines to send back.

Compares what workbooks say with what stands. Anything that differs from what stands is a question: an import
never overwrites by itself.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from okr_desk.i18n import _
from okr_desk.queries.import_standing import Standing
from okr_desk.rules.imports import (
    NO,
    UNDATED,
    YES,
    CheckInFact,
    Doubt,
    EntryFact,
    Fact,
    FactKind,
    FileNote,
    Frozen,
    KeyResultFact,
    NumberFact,
    ObjectiveFact,
    OrgFact,
    Reading,
    check_in_target,
    check_in_text,
    number_target,
    subject_of,
    target_of,
)
from okr_desk.scoring.rounding import plain
from okr_desk.services import import_differences as differs
from okr_desk.services import import_returns
from okr_desk.services.import_returns import Missing, Several


@dataclass(frozen=True)
class ImportPlan:
    """What would be written after a yes, and everything that a person has to know before.

    `doubtful` holds the cells to decide, those asked in an earlier import included; `same` counts what stands
    already. `refused` are lines that cannot be taken, files of kinds not yet taken, and why. What is `frozen` needs a
    reason to be written.
    """

    reading: Reading
    will_write: tuple[Fact, ...]
    same: int
    doubtful: tuple[Doubt, ...]
    refused: tuple[FileNote, ...]
    damaged: tuple[FileNote, ...]
    missing: tuple[Missing, ...]
    duplicates: tuple[Several, ...]
    frozen: Frozen

    @property
    def new_doubts(self) -> int:
        """Cells that need a person."""
        return len(self.doubtful)


def compare(reading: Reading, stand: Standing, day: date) -> ImportPlan:
    """The plan for `reading` against what stands on `day`; quarters that have not begun are sent back."""
    draft = _Draft(stand, day)
    for fact in reading.facts:
        draft.take(fact)
    counted = draft.same
    for line in _from_key_results(reading.facts, stand):
        draft.take(line)
    draft.same = counted
    for doubt in reading.doubts:
        draft.ask(doubt)
    return ImportPlan(
        reading=reading,
        will_write=tuple(draft.will_write),
        same=draft.same,
        doubtful=tuple(draft.doubtful),
        refused=(*reading.not_taken, *draft.refused),
        damaged=reading.damaged,
        missing=import_returns.missing(reading, stand),
        duplicates=import_returns.several(reading),
        frozen=stand.frozen,
    )


@dataclass
class _Draft:
    stand: Standing
    day: date
    will_write: list[Fact] = field(default_factory=list)
    doubtful: list[Doubt] = field(default_factory=list)
    refused: list[FileNote] = field(default_factory=list)
    same: int = 0

    def __post_init__(self) -> None:
        self._orgs: set[str] = set(self.stand.orgs)
        self._key_results: set[tuple[str, int, str]] = set(self.stand.key_results)
        self._numbers: dict[str, NumberFact] = {}
        self._exempt: set[tuple[str, str, int]] = set()
        self._lines: set[tuple[str, ...]] = set()
        self._codes: set[tuple[str, int, str]] = set()
        self._entries = Counter(self.stand.entries)
        codes = {indicator.id: code for code, indicator in self.stand.indicators.items()}
        self._linked = {key: codes.get(row.indicator_id or 0, "") for key, row in self.stand.key_results.items()}

    def take(self, fact: Fact) -> None:
        """Sort one fact into write, same, doubtful or refused."""
        if isinstance(fact, OrgFact):
            self._org(fact)
        elif isinstance(fact, ObjectiveFact):
            self._objective(fact)
        elif isinstance(fact, KeyResultFact):
            self._key_result(fact)
        elif isinstance(fact, NumberFact):
            self._number(fact)
        elif isinstance(fact, EntryFact):
            self._entry(fact)
        else:
            self._check_in(fact)

    def ask(self, doubt: Doubt) -> None:
        """A question of the reader: new, waiting since an earlier import, or decided long ago."""
        known = self.stand.questions.get(doubt.identity)
        if (known and known[1]) or (doubt.proposal and self._stands(doubt)):
            self.same += 1
        else:
            self.doubtful.append(doubt)

    def _stands(self, doubt: Doubt) -> bool:
        if doubt.kind is FactKind.CHECK_IN:
            said = self.stand.check_ins.get(doubt.subject)
            return said is not None and doubt.proposal in said.ever
        number = self.stand.numbers.get(doubt.subject)
        return number is not None and Decimal(doubt.proposal) in number.ever

    def _differs(self, fact: Fact, kind: FactKind, target: str, org: str, said: str, stands: str) -> None:
        reason = _("系统中已有 {stands}，与表中的 {said} 不同").format(stands=stands or "—", said=said)
        self.ask(Doubt(fact.place, said, said, reason, False, kind, target, org))

    def _refuse(self, fact: Fact, reason: str) -> None:
        place = f"{fact.place.sheet} {fact.place.cell}"
        self.refused.append(FileNote(fact.place.workbook, _("{place}：{reason}").format(place=place, reason=reason)))

    def _org(self, fact: OrgFact) -> None:
        if fact.short not in self.stand.orgs:
            if ("org", fact.short) in self._lines:
                self._refuse(fact, _("“{name}”在名册中重复出现，以先读到的为准。").format(name=fact.short))
                return
            self._lines.add(("org", fact.short))
            self._orgs.add(fact.short)
            self.will_write.append(fact)
            return
        version = self.stand.orgs[fact.short][1]
        differing = 0
        for name, said, stands in org_fields(fact, dict(version._mapping)):
            if said is not None and said != stands:
                differing += 1
                target = target_of(org=fact.short, field=name, as_of=fact.as_of)
                self._differs(fact, FactKind.ORG, target, fact.short, _text(said), _text(stands))
        told = list(differs.of_org(fact, *self.stand.orgs[fact.short], self.stand))
        for what, stands, said in told:
            sentence = _("{org}的{what}：系统中是{stands}，表中是{said}，没有改动。请在“组织”页办理。")
            self._refuse(fact, sentence.format(org=fact.short, what=what, stands=stands or _("空"), said=said))
        self.same += not (differing or told)

    def _objective(self, fact: ObjectiveFact) -> None:
        if fact.org and fact.org not in self._orgs:
            self._refuse(fact, _("“{name}”不在组织名册中。").format(name=fact.org))
            return
        old = self.stand.objectives.get((fact.org, fact.year, fact.code))
        above = self.stand.objectives.get(("", fact.year, fact.aligned))
        self._codes.add((fact.org, fact.year, fact.code))
        known = above is not None or ("", fact.year, fact.aligned) in self._codes
        if fact.aligned and not known:
            reason = _("目标 {code} 对应的镇级目标 {above} 还没有登记，没有对应。请先导入镇级目标，再导入本表。")
            self._refuse(fact, reason.format(code=fact.code, above=fact.aligned))
        if old is None:
            self.will_write.append(fact)
        elif (old.title, old.weight) == (fact.title, fact.weight) and differs.same_alignment(fact, old, above):
            self.same += 1
        elif (old.title, old.weight, old.aligned_to_id) == (fact.title, fact.weight, None) and known:
            self.will_write.append(fact)  # the township's objectives came later
        elif not fact.aligned or known or (old.title, old.weight) != (fact.title, fact.weight):
            self._refuse(fact, _("目标 {code} 与系统中的不同，需要改动请在“目标”页办理调整。").format(code=fact.code))

    def _key_result(self, fact: KeyResultFact) -> None:
        key = (fact.org, fact.year, fact.code)
        old = self.stand.key_results.get(key)
        if old is None:
            if key in self._key_results:
                self._refuse(fact, _("关键结果 {code} 重复出现，以先读到的为准。").format(code=fact.code))
                return
            self._key_results.add(key)
            self._linked[key] = fact.indicator
            self.will_write.append(fact)
        elif differs.same_key_result(fact, old, self._linked[key], self.stand):
            self.same += 1
        else:
            reason = _("关键结果 {code} 与系统中的不同，需要改动请在“目标”页办理调整。")
            self._refuse(fact, reason.format(code=fact.code))

    def _number(self, fact: NumberFact) -> None:
        if fact.org not in self._orgs or fact.indicator not in self.stand.indicators:
            self._refuse(fact, _("“{name}”不在组织名册中。").format(name=fact.org))
            return
        if fact.value is None:
            self._does_not_apply(fact)
            return
        if fact.kind is FactKind.VALUE and not self._quarter_takes(fact):
            return
        subject = subject_of(fact.kind, number_target(fact))
        stands, earlier = self.stand.numbers.get(subject), self._numbers.get(subject)
        if stands is not None:
            if fact.value in stands.ever:
                self.same += 1
            else:
                said = plain(fact.value)
                self._differs(fact, fact.kind, number_target(fact), fact.org, said, plain(stands.value))
        elif earlier is not None:
            if earlier.value != fact.value:
                rival = f"{earlier.place.workbook} {earlier.place.cell} {plain(earlier.value)}"
                self._differs(fact, fact.kind, number_target(fact), fact.org, plain(fact.value), rival)
        elif (fact.org, fact.indicator, fact.year) in self.stand.exempt:
            self._differs(fact, fact.kind, number_target(fact), fact.org, plain(fact.value), _("不适用"))
        elif (before := self._reached(fact)) is not None and fact.value < before:
            self._falls(fact, fact.kind, number_target(fact), plain(fact.value), before)
        elif why := differs.uncountable(fact, fact.value, self.stand):
            self.ask(Doubt(fact.place, plain(fact.value), "", why, False, fact.kind, number_target(fact), fact.org))
        else:
            self._numbers[subject] = fact
            self.will_write.append(fact)

    def _reached(self, fact: NumberFact) -> Decimal | None:
        """What a year-cumulative measure had reached a quarter earlier; it never falls without a correction."""
        if fact.kind is not FactKind.VALUE or not self.stand.indicators[fact.indicator].is_year_to_date:
            return None
        subject = subject_of(fact.kind, number_target(replace(fact, quarter=fact.quarter - 1)))
        earlier, stands = self._numbers.get(subject), self.stand.numbers.get(subject)
        return earlier.value if earlier else stands.value if stands else None

    def _does_not_apply(self, fact: NumberFact) -> None:
        key = (fact.org, fact.indicator, fact.year)
        if key in self._exempt:
            return
        self._exempt.add(key)
        if key in self.stand.exempt:
            self.same += 1
        else:
            self.will_write.append(fact)

    def _check_in(self, fact: CheckInFact) -> None:
        if (fact.org, fact.year, fact.key_result) not in self._key_results:
            self._refuse(fact, _("{org}没有登记关键结果 {code}。").format(org=fact.org, code=fact.key_result))
            return
        if not self._quarter_takes(fact):
            return
        said = check_in_text(fact.value, fact.done, fact.nodes)
        stands = self.stand.check_ins.get(subject_of(FactKind.CHECK_IN, check_in_target(fact)))
        if stands is None:
            self._first_check_in(fact, said)
        elif said in stands.ever:
            self.same += 1
        else:
            self._differs(fact, FactKind.CHECK_IN, check_in_target(fact), fact.org, said, stands.said)

    def _entry(self, fact: EntryFact) -> None:
        """A line of a register: as many as stand already are the same, the others are new."""
        if fact.org not in self._orgs:
            self._refuse(fact, _("“{name}”不在组织名册中。").format(name=fact.org))
        elif fact.on == UNDATED or self._quarter_takes(fact):
            if self._entries[fact.identity] > 0:
                self._entries[fact.identity] -= 1
                self.same += 1
            elif fact.kind in self.stand.obstacles and (why := self.stand.obstacles[fact.kind](fact)):
                self._refuse(fact, why)
            else:
                self.will_write.append(fact)

    def _first_check_in(self, fact: CheckInFact, said: str) -> None:
        code = self._linked[fact.org, fact.year, fact.key_result]
        before = (
            None
            if fact.value is None or code not in self.stand.indicators
            else self._reached(
                NumberFact(FactKind.VALUE, fact.org, code, fact.year, fact.quarter, fact.value, None, "", fact.place)
            )
        )
        if before is None or fact.value is None or fact.value >= before:
            self.will_write.append(fact)
        else:
            self._falls(fact, FactKind.CHECK_IN, check_in_target(fact), said, before)

    def _falls(self, fact: Fact, kind: FactKind, target: str, said: str, before: Decimal) -> None:
        reason = _("这是年累计数，少于上一季度的 {before}，请核对").format(before=plain(before))
        self.ask(Doubt(fact.place, said, said, reason, False, kind, target, str(json.loads(target)["org"])))

    def _quarter_takes(self, fact: NumberFact | CheckInFact | EntryFact) -> bool:
        if isinstance(fact, EntryFact):
            year, number = fact.on.year, (fact.on.month + 2) // 3
        else:
            year, number = fact.year, fact.quarter
        quarter = self.stand.quarters.get((year, number))
        if quarter is None:
            self._refuse(fact, _("{year}年度还没有建立，请先在“年度与季度”中建立。").format(year=year))
        elif quarter.starts_on > self.day:
            reason = _("{year}年第{quarter}季度还没有开始，没有写入。")
            self._refuse(fact, reason.format(year=year, quarter=number))
        return quarter is not None and quarter.starts_on <= self.day


def org_fields(fact: OrgFact, version: dict[str, object]) -> Iterable[tuple[str, object, object]]:
    """What a roster line states beside what stands: field, said (None: not stated), stands."""
    said: dict[str, object] = {
        "full_name": fact.full,
        "full_members": fact.full_members,
        "probationary_members": fact.probationary,
        "groups": fact.groups,
        "has_committee": fact.has_committee,
        "households": fact.households,
        "workers": fact.workers,
        "elected_on": fact.elected,
    }
    return [(name, value, version.get(name)) for name, value in said.items()]


def _text(value: object) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)


def _from_key_results(facts: Iterable[Fact], stand: Standing) -> list[NumberFact]:
    """Baselines and targets that key results of linked indicators state: they belong to the indicator."""
    found: list[NumberFact] = []
    for fact in facts:
        if not isinstance(fact, KeyResultFact) or fact.indicator not in stand.indicators:
            continue
        line = NumberFact(
            kind=FactKind.BASELINE,
            org=fact.org,
            indicator=fact.indicator,
            year=fact.year,
            quarter=0,
            value=fact.baseline,
            as_of=fact.baseline_on,
            source=fact.baseline_source,
            place=replace(fact.place, cell=fact.baseline_at or fact.place.cell),
        )
        if fact.baseline is not None:
            found.append(line)
        if fact.target is not None:
            place = replace(fact.place, cell=fact.target_at or fact.place.cell)
            found.append(replace(line, kind=FactKind.TARGET, value=fact.target, place=place))
    return found

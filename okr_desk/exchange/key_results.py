"""The year's objectives and key results of all branches in one sheet: 02."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from okr_desk.exchange import doubts
from okr_desk.exchange.harvest import Harvest, Source
from okr_desk.exchange.meaning import short_title, weighted_nodes, year_in
from okr_desk.i18n import _
from okr_desk.rules.imports import YES, FactKind, FileNote, KeyResultFact, KnownKeyResult, ObjectiveFact, target_of
from okr_desk.terms import Direction, KrKind, Nature, by_label

_HUNDRED = Decimal(100)
_NO_NUMBERS = frozenset({KrKind.MILESTONE, KrKind.YES_NO, KrKind.ESTABLISH_BASELINE})


def take_key_results(source: Source, harvest: Harvest) -> None:
    """Every objective and key result; a doubtful cell becomes a question and stays missing."""
    year = next((y for text in source.titles if (y := year_in(text))), None)
    if year is None:
        reason = _("看不出是哪一年的关键结果，请在表题中写明年份。")
        harvest.damaged.append(FileNote(source.workbook.name, reason))
        return
    objectives: set[tuple[str, str]] = set()
    for row in source.rows():
        code = source.text(row, "kr").upper()
        name = source.text(row, "org")
        if not code or not name:
            continue
        org = harvest.names.find(name)
        kind = by_label(KrKind, source.text(row, "kind"))
        if org is None or kind is None:
            _left_out(source, harvest, row, name, org)
            continue
        strange = _strange(source, row)
        if strange:
            reason = _("第 {row} 行的“{word}”不认识，该行没有读取。").format(row=row, word=strange)
            harvest.not_taken.append(FileNote(source.workbook.name, reason))
            continue
        _Row(source, harvest, row, org, year, code, kind).take(objectives)


def _left_out(source: Source, harvest: Harvest, row: int, name: str, org: str | None) -> None:
    if org is None:
        reason = _("第 {row} 行的“{name}”不在组织名册中，该行没有读取。").format(row=row, name=name)
    else:
        reason = _("第 {row} 行的类型“{kind}”不认识，该行没有读取。").format(row=row, kind=source.text(row, "kind"))
    harvest.not_taken.append(FileNote(source.workbook.name, reason))


def _strange(source: Source, row: int) -> str:
    """A nature or direction that is written but not known: a guess would change what the number means."""
    nature, direction = source.text(row, "nature"), source.text(row, "direction")
    if nature and by_label(Nature, nature) is None:
        return nature
    return direction if direction and _direction(direction) is None else ""


class _Row:
    """One row on its way to facts."""

    def __init__(
        self, source: Source, harvest: Harvest, row: int, org: str, year: int, code: str, kind: KrKind
    ) -> None:
        self.source, self.harvest, self.row = source, harvest, row
        self.org, self.year, self.code, self.kind = org, year, code, kind

    def take(self, objectives: set[tuple[str, str]]) -> None:
        """Add the objective when it is new, the key result always."""
        objective = self.source.text(self.row, "objective").upper()
        if (self.org, objective) not in objectives:
            objectives.add((self.org, objective))
            self.harvest.facts.append(self._objective(objective))
        fact = self._key_result(objective)
        self.harvest.facts.append(fact)
        nodes = tuple(name for name, _weight in fact.nodes)
        self.harvest.know(KnownKeyResult(self.org, self.year, self.code, fact.title, self.kind, fact.unit, nodes))

    def _objective(self, code: str) -> ObjectiveFact:
        return ObjectiveFact(
            org=self.org,
            year=self.year,
            code=code,
            title=self.source.text(self.row, "objective_title"),
            weight=self._number("objective_weight") or Decimal(0),
            aligned=self.source.text(self.row, "aligned").upper(),
            leader="",
            place=self.source.place(self.row, self.source.found.columns["objective_title"]),
        )

    def _key_result(self, objective: str) -> KeyResultFact:
        statement = self.source.text(self.row, "statement")
        unit = self.source.text(self.row, "unit")
        indicator = self.source.text(self.row, "indicator").upper()
        title, nodes = weighted_nodes(statement) if self.kind is KrKind.MILESTONE else (short_title(statement), ())
        known = self.harvest.indicators.get(indicator)
        numbers = self.kind not in _NO_NUMBERS
        return KeyResultFact(
            org=self.org,
            year=self.year,
            objective=objective,
            code=self.code,
            title=known.name if known else title,
            kind=self.kind,
            nature=by_label(Nature, self.source.text(self.row, "nature")) or Nature.COMMITTED,
            unit=unit,
            direction=_direction(self.source.text(self.row, "direction")),
            baseline=self._number("baseline", unit) if numbers else None,
            baseline_source=self.source.text(self.row, "baseline_source"),
            baseline_on=self._day("baseline_on"),
            target=self._number("target", unit) if numbers else None,
            weight=self._number("weight") or Decimal(0),
            indicator=indicator,
            plan=tuple(self._plan(quarter, unit) for quarter in (1, 2, 3, 4)),
            nodes=nodes,
            place=self.source.place(self.row, self.source.found.columns["kr"]),
            baseline_at=self._cell("baseline"),
            target_at=self._cell("target"),
        )

    def _cell(self, key: str) -> str:
        column = self.source.found.columns.get(key)
        return self.source.place(self.row, column).cell if column else ""

    def _number(self, key: str, unit: str = "") -> Decimal | None:
        column = self.source.found.columns.get(key)
        if column is None:
            return None
        read = doubts.number(self.source.sheet.cells.get((self.row, column)), unit=unit)
        return self.harvest.number(
            read, self.source, self.row, column, FactKind.KEY_RESULT, self._target(key), self.org
        )

    def _plan(self, quarter: int, unit: str) -> Decimal | None:
        """Percent of the node weights for a milestone, 1 or 0 for a yes/no, else the unit of the key result."""
        key = f"plan{quarter}"
        column = self.source.found.columns.get(key)
        if column is None or self.kind is not KrKind.YES_NO:
            return self._number(key, unit)
        read = doubts.decision(self.source.sheet.cells.get((self.row, column)))
        text = self.harvest.text(read, self.source, self.row, column, FactKind.KEY_RESULT, self._target(key), self.org)
        return None if not text else Decimal(1 if text == YES else 0)

    def _day(self, key: str) -> date | None:
        column = self.source.found.columns.get(key)
        if column is None:
            return None
        read = doubts.day(self.source.sheet.cells.get((self.row, column)))
        text = self.harvest.text(read, self.source, self.row, column, FactKind.KEY_RESULT, self._target(key), self.org)
        return date.fromisoformat(text) if text else None

    def _target(self, key: str) -> str:
        return target_of(org=self.org, year=self.year, key_result=self.code, field=key)


def _direction(text: str) -> Direction | None:
    return by_label(Direction, text) if text else None

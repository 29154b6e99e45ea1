"""Branch by indicator: baselines (03a), targets (03b) and a quarter's measured values (04)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

from okr_desk.exchange import doubts
from okr_desk.exchange.doubts import Question, Read, ask
from okr_desk.exchange.harvest import Harvest, Source
from okr_desk.exchange.meaning import date_in, normal, quarter_in, year_in
from okr_desk.i18n import _
from okr_desk.rules.imports import FactKind, FileNote, KnownIndicator, NumberFact, number_target

_SOURCE = re.compile(r"[（(]([^（）()，,]*(?:实绩|决算|统计|核定|年报)[^（）()，,]*)")
_AS_OF = re.compile(r"截至(\d{4}年\d{1,2}月\d{1,2}日|\d{4}[.\-/]\d{1,2}[.\-/]\d{1,2})")


def take_matrix(source: Source, harvest: Harvest) -> None:
    """Every cell of the matrix: a number, "/" for does-not-apply, blank for missing, or a question."""
    said = _what(source)
    if isinstance(said, str):
        harvest.damaged.append(FileNote(source.workbook.name, said))
        return
    kind, year, quarter = said
    as_of, stated = _as_of(source.title), _stated(source.title)
    columns = _columns(source, harvest)
    for row in source.rows():
        name = source.text(row, "org")
        org = harvest.names.find(name) if name else None
        if org is None:
            if name:
                reason = _("第 {row} 行的“{name}”不在组织名册中，该行没有读取。").format(row=row, name=name)
                harvest.not_taken.append(FileNote(source.workbook.name, reason))
            continue
        for column, (indicator, warning) in columns.items():
            place = source.place(row, column)
            fact = NumberFact(kind, org, indicator.code, year, quarter, None, as_of, stated, place)
            _take_cell(source, harvest, row, column, fact, indicator, warning)


def _take_cell(
    source: Source,
    harvest: Harvest,
    row: int,
    column: int,
    fact: NumberFact,
    indicator: KnownIndicator,
    warning: str,
) -> None:
    cell = source.sheet.cells.get((row, column))
    read = doubts.number(cell, unit=indicator.unit)
    if warning and read.value:
        read = Read(question=Question(read.value, warning, False))
    if read.blank:
        harvest.blanks.append(fact.place)
    elif read.not_applicable:
        harvest.facts.append(fact)
    elif read.question and cell:
        harvest.doubts.append(ask(fact.place, cell, read.question, fact.kind, number_target(fact), fact.org))
    else:
        harvest.facts.append(replace(fact, value=Decimal(read.value)))


def _what(source: Source) -> tuple[FactKind, int, int] | str:
    """Kind, year and quarter (0 for a year), or a sentence that says what the title fails to say."""
    year = next((y for text in source.titles if (y := year_in(text))), None)
    if year is None:
        return _("看不出是哪一年的数据，请在表题中写明年份。")
    for text in source.titles:
        words = normal(text)
        if "基线" in words:
            return FactKind.BASELINE, year, 0
        quarter = quarter_in(words)
        if quarter:
            return FactKind.VALUE, year, quarter
        if "目标" in words:
            return FactKind.TARGET, year, 0
    return _("看不出是基线、目标还是哪一季度的实绩，请在表题中写明。")


def _columns(source: Source, harvest: Harvest) -> dict[int, tuple[KnownIndicator, str]]:
    """Known indicators by column, with a warning where the head's name or unit is not the library's."""
    columns: dict[int, tuple[KnownIndicator, str]] = {}
    for column, (code, name, unit) in source.found.indicators.items():
        known = harvest.indicators.get(code)
        if known is None:
            reason = _("指标“{code} {name}”不在指标库中，请先登记，再导入这一列。").format(code=code, name=name)
            harvest.not_taken.append(FileNote(source.workbook.name, reason))
            continue
        warning = ""
        if unit and normal(unit) != normal(known.unit):
            warning = _("表头单位是“{head}”，指标库中是“{known}”").format(head=unit, known=known.unit)
        elif name and normal(name).upper() != normal(known.name).upper():
            warning = _("表头写作“{head}”，指标库中是“{known}”").format(head=name, known=known.name)
        columns[column] = (known, warning)
    return columns


def _as_of(title: str) -> date | None:
    found = _AS_OF.search(normal(title))
    return date_in(found.group(1)) if found else None


def _stated(title: str) -> str:
    found = _SOURCE.search(title)
    return found.group(1).strip() if found else ""

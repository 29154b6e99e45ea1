"""Registers of organisational life: one line, one meeting (sheet 05). What cannot be read is sent back by its row."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from okr_desk.exchange import doubts
from okr_desk.exchange.harvest import Harvest, Source
from okr_desk.exchange.meaning import date_in, normal
from okr_desk.i18n import _
from okr_desk.rules.duties import NAME_LIMIT, PLACE_LIMIT, TOPIC_LIMIT, entry_fields, kinds_of
from okr_desk.rules.imports import EntryFact, FactKind, FileNote

_GROUP = re.compile(r"第?(\d{1,2})(?:党?小?组)?")
_CHINESE = {sign: number for number, sign in enumerate("一二三四五六七八九十", 1)}


def take_meetings(source: Source, harvest: Harvest) -> None:
    """Every line that says branch, day, kind and numbers; the others are listed with their row and the reason."""
    for row in source.rows():
        read = _line(source, harvest, row)
        if isinstance(read, str):
            said = _("{sheet} 第 {row} 行：{reason}").format(sheet=source.sheet.name, row=row, reason=read)
            harvest.not_taken.append(FileNote(source.workbook.name, said))
        elif read is not None:
            harvest.facts.append(read)


def _line(source: Source, harvest: Harvest, row: int) -> EntryFact | str | None:
    """The fact of a line, the reason why there is none, or None for a line without a branch and a date."""
    name, day_text = source.text(row, "org"), source.text(row, "date")
    if not name and not day_text:
        return None
    org = harvest.names.find(name)
    if org is None:
        return _("“{name}”不在组织名册中，没有写入。").format(name=name)
    on = _day(source, row)
    if on is None:
        return _("“{text}”看不出是哪一天，应写作 2026-09-28 或 2026年9月28日。").format(text=day_text)
    kinds = kinds_of(normal(source.text(row, "kind")))
    if kinds is None:
        said = _(
            "“{text}”不是组织生活的类型。应为党员大会、支委会、党小组会、党课、主题党日、组织生活会或民主评议党员。"
        )
        return said.format(text=source.text(row, "kind"))
    due, present = _count(source, row, "due"), _count(source, row, "present")
    if due is None or present is None:
        said = _("应到“{due}”、实到“{present}”应为整数。")
        return said.format(due=source.text(row, "due"), present=source.text(row, "present"))
    if present > due:
        said = _("实到 {present} 人多于应到 {due} 人，请核对。列席人员不计入应到和实到。")
        return said.format(present=present, due=due)
    fields = entry_fields(
        kinds,
        source.text(row, "topic")[:TOPIC_LIMIT],
        due,
        present,
        source.text(row, "host")[:NAME_LIMIT],
        source.text(row, "place")[:PLACE_LIMIT],
        _group(source.text(row, "group")),
    )
    return EntryFact(FactKind.MEETING, org, on, fields, source.place(row, source.found.columns["kind"]))


def _day(source: Source, row: int) -> date | None:
    cell = source.sheet.cells.get((row, source.found.columns["date"]))
    if cell is None:
        return None
    return date_in(cell.value) or source.short_day(cell)


def _count(source: Source, row: int, key: str) -> int | None:
    """A whole number of people; what only has to be freed of spaces or full-width digits is one."""
    read = doubts.count(source.sheet.cells.get((row, source.found.columns[key])))
    if read.question is not None and read.question.lossless and read.question.proposal:
        number = Decimal(read.question.proposal)
        return int(number) if number == number.to_integral_value() else None
    return int(Decimal(read.value)) if read.value else None


def _group(text: str) -> int | None:
    """3, 第三党小组, 三组 → 3."""
    bare = normal(text)
    for sign, number in _CHINESE.items():
        bare = bare.replace(sign, str(number))
    found = _GROUP.fullmatch(bare)
    return int(found[1]) if found else None

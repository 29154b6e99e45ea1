"""Rosters of organisations and the township's objectives: sheets 00 and 01."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from okr_desk.exchange import doubts
from okr_desk.exchange.harvest import Harvest, Source
from okr_desk.exchange.meaning import normal, year_in, yes_no
from okr_desk.i18n import _
from okr_desk.rules.imports import FactKind, FileNote, ObjectiveFact, OrgFact, OrgName, target_of
from okr_desk.terms import OrgKind, by_label

_FIELDS = {"probationary": "probationary_members", "elected": "elected_on"}
"""Where the database calls a fact by another word than the roster's column."""

_COUNTS = ("full_members", "probationary", "groups", "households", "workers")


def take_roster(source: Source, harvest: Harvest) -> None:
    """Every organisation of a roster; doubtful counts and dates become questions, the organisation stands."""
    as_of = _as_of(source)
    for row in source.rows():
        full, short = source.text(row, "full"), source.text(row, "short")
        if not (full and short):
            continue
        kind = by_label(OrgKind, source.text(row, "level"))
        if kind is None:
            kind = OrgKind.GENERAL_BRANCH if "总支" in normal(full) else OrgKind.BRANCH
        counts = {key: _count(source, harvest, row, key, short) for key in _COUNTS}
        harvest.facts.append(
            OrgFact(
                full=full,
                short=short,
                kind=kind,
                category=source.text(row, "category"),
                parent=source.text(row, "parent"),
                secretary=source.text(row, "secretary"),
                liaison=source.text(row, "liaison"),
                full_members=counts["full_members"],
                probationary=counts["probationary"],
                groups=counts["groups"],
                has_committee=yes_no(source.text(row, "has_committee")),
                households=counts["households"],
                workers=counts["workers"],
                elected=_elected(source, harvest, row, short),
                as_of=as_of,
                place=source.place(row, source.found.columns["full"]),
            )
        )
        harvest.names.add(OrgName(short, full, kind is OrgKind.GENERAL_BRANCH))


def _as_of(source: Source) -> date | None:
    """名册（2026年1月） speaks of the first day of that month, 2026年 of that of the year."""
    text = normal(source.title)
    year = year_in(text)
    if year is None:
        return None
    month = re.search(r"20\d\d年(\d{1,2})月", text)
    return date(year, int(month.group(1)) if month and 1 <= int(month.group(1)) <= 12 else 1, 1)


def _count(source: Source, harvest: Harvest, row: int, key: str, short: str) -> int | None:
    column = source.found.columns.get(key)
    if column is None:
        return None
    read = doubts.count(source.sheet.cells.get((row, column)))
    target = target_of(org=short, field=_FIELDS.get(key, key))
    number = harvest.number(read, source, row, column, FactKind.ORG, target, short)
    return None if number is None else int(number)


def _elected(source: Source, harvest: Harvest, row: int, short: str) -> date | None:
    column = source.found.columns.get("elected")
    if column is None:
        return None
    read = doubts.day(source.sheet.cells.get((row, column)))
    target = target_of(org=short, field=_FIELDS["elected"])
    text = harvest.text(read, source, row, column, FactKind.ORG, target, short)
    return date.fromisoformat(text) if text else None


def take_township_objectives(source: Source, harvest: Harvest) -> None:
    """The township's objectives that branch objectives align to."""
    year = next((y for text in source.titles if (y := year_in(text))), None)
    if year is None:
        reason = _("看不出是哪一年的目标，请在表题中写明年份。")
        harvest.damaged.append(FileNote(source.workbook.name, reason))
        return
    for row in source.rows():
        code, title = source.text(row, "code"), source.text(row, "title")
        if not (code and title):
            continue
        column = source.found.columns["weight"]
        read = doubts.number(source.sheet.cells.get((row, column)), low=Decimal(0))
        target = target_of(org="", year=year, key_result=code, field="weight")
        weight = harvest.number(read, source, row, column, FactKind.OBJECTIVE, target, "")
        harvest.facts.append(
            ObjectiveFact(
                org="",
                year=year,
                code=code,
                title=title,
                weight=weight or Decimal(0),
                aligned="",
                leader=source.text(row, "leader"),
                place=source.place(row, source.found.columns["code"]),
            )
        )

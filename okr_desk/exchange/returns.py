"""What the branches sent back: one form per branch and quarter (07), in whatever shape it returns."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from okr_desk.exchange import doubts
from okr_desk.exchange.doubts import Question, Read, ask
from okr_desk.exchange.harvest import Harvest, Source
from okr_desk.exchange.meaning import date_in, normal, quarter_in, year_in
from okr_desk.exchange.meaning import head as reduced
from okr_desk.exchange.reading import Cell
from okr_desk.i18n import _
from okr_desk.rules.imports import (
    YES,
    CheckInFact,
    Doubt,
    FactKind,
    FileNote,
    KnownKeyResult,
    Returned,
    check_in_target,
)
from okr_desk.rules.numbers import FULL_SCORE
from okr_desk.terms import KrKind

STAMP_SHEET = "模板信息"
"""The hidden sheet of our own forms: rows of (word, value) with the ids that survive renaming."""

VERSION = 1
"""Of the form; a newer one may mean something else by the same cells."""

_RECORDER = re.compile(r"填报人[:：]\s*([^\s:：]+?)\s*(?:填报日期|$)")
_REPORTED = re.compile(r"填报日期[:：]\s*(\S+)")


@dataclass(frozen=True)
class _Head:
    """Who returns, for which quarter, by whom and when."""

    org: str
    year: int
    quarter: int
    reported_by: str
    as_of: date | None


def take_return(source: Source, harvest: Harvest) -> None:
    """Every key result of a return; a form that does not say whose or which quarter it is comes back as refused."""
    head = _head(source, harvest)
    if isinstance(head, str):
        harvest.damaged.append(FileNote(source.workbook.name, head))
        return
    column = _value_column(source, head.quarter)
    if isinstance(column, str):
        harvest.damaged.append(FileNote(source.workbook.name, column))
        return
    before = _said(harvest)
    for row in source.rows():
        _take_row(source, harvest, head, row, column)
    is_blank = _said(harvest) == before
    harvest.returns.append(Returned(head.org, head.year, head.quarter, source.workbook.name, is_blank))
    if is_blank:
        reason = _("{org}的填报表是空表，按未报处理。").format(org=head.org)
        harvest.not_taken.append(FileNote(source.workbook.name, reason))


def _said(harvest: Harvest) -> int:
    """How much has been said so far, taken or not."""
    return len(harvest.facts) + len(harvest.doubts) + len(harvest.not_taken)


def _take_row(source: Source, harvest: Harvest, head: _Head, row: int, column: int) -> None:
    known = _key_result(source, harvest, head, row)
    if known is None:
        if source.sheet.text(row, column):
            reason = _("第 {row} 行“{name}”不是该支部已登记的关键结果，没有读取。").format(
                row=row, name=source.text(row, "kr") or source.text(row, "name")
            )
            harvest.not_taken.append(FileNote(source.workbook.name, reason))
        return
    cell = source.sheet.cells.get((row, column))
    fact = CheckInFact(
        org=head.org,
        year=head.year,
        quarter=head.quarter,
        key_result=known.code,
        value=None,
        nodes=None,
        done=None,
        confidence=_confidence(source, harvest, head, row, known),
        progress_note=source.text(row, "progress"),
        difficulty=source.text(row, "difficulty"),
        reported_by=head.reported_by,
        as_of=head.as_of,
        place=source.place(row, column),
    )
    read = _named_otherwise(_read(known, cell), source.text(row, "name"), known)
    if read.value:
        harvest.facts.append(with_value(fact, known, read.value))
    elif read.question and cell:
        harvest.doubts.append(ask(fact.place, cell, read.question, FactKind.CHECK_IN, check_in_target(fact), fact.org))
    elif read.blank and not (fact.progress_note or fact.difficulty):
        harvest.blanks.append(fact.place)
    else:
        harvest.doubts.append(_without_value(fact, read))


def _read(known: KnownKeyResult, cell: Cell | None) -> Read:
    if known.kind is KrKind.MILESTONE:
        return doubts.nodes(cell, known.nodes)
    if known.kind is KrKind.YES_NO:
        return doubts.decision(cell)
    most = FULL_SCORE if known.kind is KrKind.SATISFACTION else None
    return doubts.number(cell, unit=known.unit, high=most)


def with_value(fact: CheckInFact, known: KnownKeyResult, text: str) -> CheckInFact:
    """The fact with its clean value: milestone nodes, yes/no or a number, by the kind of key result."""
    if known.kind is KrKind.MILESTONE:
        return replace(fact, nodes=tuple(text.split("、")))
    if known.kind is KrKind.YES_NO:
        return replace(fact, done=text == YES)
    return replace(fact, value=Decimal(text))


def _without_value(fact: CheckInFact, read: Read) -> Doubt:
    """A line with words but no value, or with "/": listed, because a return should say something."""
    if read.blank:
        raw, reason = "", _("本季实绩空白，仍按未报处理；如已掌握数据，请填入")
    else:
        raw, reason = "/", _("填为不适用，但该项已列入本支部关键结果，请核对")
    target = check_in_target(fact)
    return Doubt(fact.place, raw, "", reason, False, FactKind.CHECK_IN, target, fact.org)


def _named_otherwise(read: Read, name: str, known: KnownKeyResult) -> Read:
    """A line whose number says one key result and whose words say another is a question."""
    said, meant = normal(name), normal(known.title)
    if not said or said in meant or meant in said or not (read.value or read.question):
        return read
    reason = _("这一行写的是“{said}”，登记的是“{meant}”").format(said=name, meant=known.title)
    if read.question:
        return Read(question=replace(read.question, reason=read.question.reason + "；" + reason, lossless=False))
    return Read(question=Question(read.value, reason, False))


def _key_result(source: Source, harvest: Harvest, head: _Head, row: int) -> KnownKeyResult | None:
    """By hidden id, else by number, else by name."""
    mine = harvest.key_results.get((head.org, head.year), [])
    uid, code, name = (
        source.text(row, "uid"),
        source.text(row, "kr").upper(),
        normal(source.text(row, "name")),
    )
    for known in mine:
        if uid and known.uid == uid:
            return known
    for known in mine:
        if code and normal(code) == known.code:
            return known
    named = [known for known in mine if name and normal(known.title) == name]
    return named[0] if len(named) == 1 else None


def _confidence(source: Source, harvest: Harvest, head: _Head, row: int, known: KnownKeyResult) -> int | None:
    """1 to 10; anything else is left out and listed, the value itself still counts."""
    column = source.found.columns.get("confidence")
    cell = source.sheet.cells.get((row, column)) if column else None
    read = doubts.number(cell, low=Decimal(1), high=Decimal(10))
    if read.value and Decimal(read.value) in range(1, 11):
        return int(Decimal(read.value))
    if column and cell and not read.blank and not read.not_applicable:
        reason = _("信心指数应为 1 至 10 的整数，没有采用")
        harvest.not_taken.append(
            FileNote(source.workbook.name, f"{source.place(row, column).cell} “{cell.shown}”：{reason}")
        )
    return None


def _head(source: Source, harvest: Harvest) -> _Head | str:
    """From the hidden stamp, else from the title, else from the file's name; or why it cannot be said."""
    stamp = _stamp(source)
    if (_number(stamp.get("版本")) or VERSION) > VERSION:
        return _("这张填报表由更新版本的程序生成，请先升级程序再导入。")
    by_title = harvest.names.in_title(source.title)
    by_file = harvest.names.in_file_name(source.workbook.name)
    org = harvest.org_uids.get(stamp.get("组织标识", "")) or by_title or by_file
    if org is None:
        return _("看不出是哪个支部的填报表，请在表题中写明支部名称。")
    other = next((name for name in (by_title, by_file) if name and name != org), None)
    if other:
        return _("表内写的是{org}，文件名或表题又写着{other}，请核对后再导入。").format(org=org, other=other)
    year = _number(stamp.get("年")) or next((y for text in source.titles if (y := year_in(text))), None)
    quarter = _number(stamp.get("季度")) or next((q for t in source.titles if (q := quarter_in(t))), None)
    if year is None or quarter is None:
        return _("看不出是哪一年哪一季度的填报表，请在表题中写明。")
    recorder, reported = _RECORDER.search(source.title), _REPORTED.search(source.title)
    return _Head(
        org,
        year,
        quarter,
        recorder.group(1) if recorder else "",
        date_in(reported.group(1)) if reported else None,
    )


def _stamp(source: Source) -> dict[str, str]:
    sheet = next((s for s in source.workbook.sheets if s.name == STAMP_SHEET), None)
    if sheet is None:
        return {}
    return {sheet.text(row, 1): sheet.text(row, 2) for row in range(1, sheet.rows + 1) if sheet.text(row, 1)}


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() else None


def _value_column(source: Source, quarter: int) -> int | str:
    """The column of this quarter's value, or why it is not clear which one that is."""
    candidates = {}
    value = next(c for c in source.found.declaration.columns if c.key == "value")
    for column in range(1, source.sheet.columns + 1):
        text = source.sheet.head_text(source.found.head_row, column)
        if text and value.fits(reduced(text)):
            candidates[column] = quarter_in(text)
    mine = [column for column, said in candidates.items() if said in (None, quarter)]
    exact = [column for column, said in candidates.items() if said == quarter]
    if len(mine) == 1 or len(exact) == 1:
        return (exact or mine)[0]
    if not candidates:
        return source.found.columns["value"]
    if not mine:
        return _("表题是第{quarter}季度，数据列却是另一季度，请核对后再导入。").format(quarter=quarter)
    return _("有不止一列像是本季实绩，请只留一列后再导入。")

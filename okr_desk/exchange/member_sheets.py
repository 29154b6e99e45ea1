"""Member points from workbooks: a line a member and matter (党支部, 姓名, 日期, 事项, 分值)."""

from __future__ import annotations

from datetime import date

from okr_desk.exchange import doubts
from okr_desk.exchange.doubts import Read
from okr_desk.exchange.harvest import Harvest, Source
from okr_desk.exchange.reading import Cell
from okr_desk.i18n import _
from okr_desk.rules.imports import EntryFact, FactKind, FileNote


def take_member_points(source: Source, harvest: Harvest) -> None:
    """Every line that says who, when, what and how much; the others are sent back with their row.

    A branch that stands once above its lines counts for those below it.
    """
    above = ""
    for row in source.rows():
        above = source.text(row, "org") or above
        name = "".join(source.text(row, "name").split())
        if not name:
            continue
        org, matter = harvest.names.find(above), " ".join(source.text(row, "matter").split())
        day = doubts.day(_cell(source, row, "date"))
        points = doubts.number(_cell(source, row, "points"))
        refused = _unknown(org, above) or _unclear(day, _("日期")) or _unclear(points, _("分值"))
        if not refused and not matter:
            refused = _("没有填写事项")
        if refused or org is None:
            said = _("{sheet} 第 {row} 行 {name}：{reason}，没有读入。")
            reason = said.format(sheet=source.sheet.name, row=row, name=name, reason=refused)
            harvest.not_taken.append(FileNote(source.workbook.name, reason))
            continue
        fields = (("name", name), ("matter", matter), ("points", points.value), ("note", source.text(row, "note")))
        on = date.fromisoformat(day.value)
        place = source.place(row, source.found.columns["name"])
        harvest.facts.append(EntryFact(FactKind.MEMBER_POINTS, org, on, fields, place))


def _cell(source: Source, row: int, key: str) -> Cell | None:
    return source.sheet.cells.get((row, source.found.columns[key]))


def _unknown(org: str | None, said: str) -> str:
    return "" if org else _("“{name}”不在组织名册中").format(name=said or _("空"))


def _unclear(read: Read, name: str) -> str:
    if read.question is not None:
        return _("{name}：{reason}").format(name=name, reason=read.question.reason)
    return "" if read.value else _("没有填写{name}").format(name=name)

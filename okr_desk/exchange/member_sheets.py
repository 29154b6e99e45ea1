"""Members and their points from workbooks: a line a member (党支部, 姓名, 类别), a line a matter (日期, 事项, 分值)."""

from __future__ import annotations

from datetime import date

from okr_desk.exchange import doubts
from okr_desk.exchange.doubts import Read
from okr_desk.exchange.harvest import Harvest, Source
from okr_desk.exchange.reading import Cell
from okr_desk.i18n import _
from okr_desk.rules.imports import UNDATED, YES, EntryFact, FactKind, FileNote
from okr_desk.rules.members import TITLES, committee_of, kind_of


def take_members(source: Source, harvest: Harvest) -> None:
    """Every line that names a member of a known branch and says nothing unclear; the others are sent back.

    Columns that the program does not keep (phones, identity numbers) are not even read.
    """
    above = ""
    for row in source.rows():
        above = source.text(row, "org") or above
        name = "".join(source.text(row, "name").split())
        if not name:
            continue
        org, kind = harvest.names.find(above), kind_of(source.text(row, "kind"))
        committee, duty = source.text(row, "committee"), source.text(row, "duty")
        refused = _unknown(org, above)
        if not refused and kind is None:
            refused = _("类别“{text}”看不懂，请填正式、预备或流动").format(text=source.text(row, "kind"))
        if refused or org is None or kind is None:
            harvest.not_taken.append(_sent_back(source, row, name, refused))
            continue
        titled = committee if committee.endswith(TITLES) else ""
        is_on = committee_of(committee) or duty.endswith(TITLES)
        fields = (
            ("name", name),
            ("kind", kind),
            ("committee", YES if is_on else ""),
            ("grid", " ".join(source.text(row, "grid").split())),
            ("duty", " ".join((duty or titled).split())),
        )
        place = source.place(row, source.found.columns["name"])
        harvest.facts.append(EntryFact(FactKind.MEMBER, org, UNDATED, fields, place))


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
            harvest.not_taken.append(_sent_back(source, row, name, refused))
            continue
        fields = (("name", name), ("matter", matter), ("points", points.value), ("note", source.text(row, "note")))
        on = date.fromisoformat(day.value)
        place = source.place(row, source.found.columns["name"])
        harvest.facts.append(EntryFact(FactKind.MEMBER_POINTS, org, on, fields, place))


def _sent_back(source: Source, row: int, name: str, reason: str) -> FileNote:
    said = _("{sheet} 第 {row} 行 {name}：{reason}，没有读入。")
    return FileNote(source.workbook.name, said.format(sheet=source.sheet.name, row=row, name=name, reason=reason))


def _cell(source: Source, row: int, key: str) -> Cell | None:
    return source.sheet.cells.get((row, source.found.columns[key]))


def _unknown(org: str | None, said: str) -> str:
    return "" if org else _("“{name}”不在组织名册中").format(name=said or _("空"))


def _unclear(read: Read, name: str) -> str:
    if read.question is not None:
        return _("{name}：{reason}").format(name=name, reason=read.question.reason)
    return "" if read.value else _("没有填写{name}").format(name=name)

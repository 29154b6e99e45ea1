"""The township's list of whistles (吹哨单): one line a whistle, with its times and the six ratings."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time
from itertools import pairwise

from okr_desk.exchange.harvest import Harvest, Source
from okr_desk.exchange.meaning import date_in, normal, whole
from okr_desk.exchange.reading import Cell
from okr_desk.i18n import _
from okr_desk.rules.imports import EntryFact, FactKind, FileNote
from okr_desk.scoring.whistle_ratings import BEST
from okr_desk.terms import by_label
from okr_desk.whistle_terms import RatedItem, WhistleClass

TIMES = ("blown", "received", "arrived", "finished")
RATINGS = tuple(item.value for item in RatedItem)
_TEXTS = ("number", "matter", "department", "kind", "source", "place", "goal", "blown_by")
_CLOCK = re.compile(r"(\d{1,2})[:时](\d{1,2})分?(?::\d{1,2}(?:\.\d+)?)?$")


def take_whistles(source: Source, harvest: Harvest) -> None:
    """Every whistle as a line of the register; a line that cannot be read whole is sent back, not half taken."""
    for row in source.rows():
        try:
            harvest.facts.append(_fact(source, harvest, row))
        except _Unreadable as problem:
            place = source.place(row, problem.column or source.found.columns["number"])
            said = _("{place}：{reason}").format(place=f"{place.sheet} {place.cell}", reason=problem)
            harvest.not_taken.append(FileNote(place.workbook, said))


def moment_in(cell: Cell) -> datetime | None:
    """A day with its time of day as the office reads it: 2026-01-19 14:55, 2026年1月19日14时55分, a date cell."""
    day = date_in(cell.value)
    if day is None:
        return None
    text = unicodedata.normalize("NFKC", cell.shown).strip()
    found = _CLOCK.search(re.sub(r"\s*([:时分])\s*", r"\1", text))
    if found is None:
        is_day_alone = isinstance(cell.value, date) or len(normal(text)) <= len("2026年12月31日")
        return datetime.combine(day, time()) if is_day_alone else None
    try:
        return datetime.combine(day, time(int(found[1]), int(found[2])))
    except ValueError:
        return None


class _Unreadable(Exception):
    """A line that is sent back: why, and in which column."""

    def __init__(self, sentence: str, column: int = 0) -> None:
        super().__init__(sentence)
        self.column = column


def _fact(source: Source, harvest: Harvest, row: int) -> EntryFact:
    fields = {key: source.text(row, key).strip() for key in _TEXTS}
    org = harvest.names.find(source.text(row, "org"))
    if org is None:
        said = _("“{name}”不在组织名册中。").format(name=source.text(row, "org"))
        raise _Unreadable(said, source.found.columns.get("org", 0))
    if not fields["number"] or not fields["department"] or not fields["matter"]:
        raise _Unreadable(_("哨号、事项和主责部门不能为空，请补齐后再导入。"))
    kind = by_label(WhistleClass, normal(fields["kind"]))
    if kind is None:
        raise _Unreadable(_("类别应为“日常”“重大”或“紧急”。"), source.found.columns.get("kind", 0))
    fields["kind"] = kind.value
    moments = {key: _moment(source, row, key) for key in TIMES}
    blown = moments["blown"]
    if blown is None:
        raise _Unreadable(_("没有吹哨时间，请补齐后再导入。"), source.found.columns.get("blown", 0))
    _check_order(source, moments)
    fields |= {key: f"{at:%Y-%m-%d %H:%M}" for key, at in moments.items() if at is not None}
    fields["promised"] = _day(source, row, "promised")
    fields |= {key: _level(source, row, key) for key in RATINGS}
    if any(fields[key] for key in RATINGS) and moments["finished"] is None:
        raise _Unreadable(_("有评分却没有实际办结时间，请核对。"), source.found.columns.get("finished", 0))
    kept = tuple((key, text) for key, text in fields.items() if text)
    place = source.place(row, source.found.columns["number"])
    return EntryFact(FactKind.WHISTLE, org, blown.date(), kept, place)


def _moment(source: Source, row: int, key: str) -> datetime | None:
    cell = _cell(source, row, key)
    if cell is None:
        return None
    found = moment_in(cell)
    if found is None:
        said = _("“{text}”看不出是什么时间，应写作 2026-09-28 14:30。").format(text=cell.shown)
        raise _Unreadable(said, cell.column)
    return found


def _check_order(source: Source, moments: dict[str, datetime | None]) -> None:
    there = [(at, key) for key, at in moments.items() if at is not None]
    for (earlier, _key), (later, key) in pairwise(there):
        if later < earlier:
            raise _Unreadable(_("时间早于上一步，请核对先后。"), source.found.columns[key])
    if moments["received"] is None and (moments["arrived"] or moments["finished"]):
        raise _Unreadable(_("没有签收时间，却有到场或办结时间，请核对。"), source.found.columns.get("received", 0))


def _day(source: Source, row: int, key: str) -> str:
    cell = _cell(source, row, key)
    if cell is None:
        return ""
    found = date_in(cell.value)
    if found is None:
        said = _("“{text}”看不出是哪一天，应写作 2026-09-28。").format(text=cell.shown)
        raise _Unreadable(said, cell.column)
    return found.isoformat()


def _level(source: Source, row: int, key: str) -> str:
    cell = _cell(source, row, key)
    if cell is None:
        return ""
    found = whole(cell.value)
    if found is None or not 1 <= found <= BEST or found != found.to_integral_value():
        raise _Unreadable(_("“{text}”不是评分，应填 1 到 5 的整数。").format(text=cell.shown), cell.column)
    return str(int(found))


def _cell(source: Source, row: int, key: str) -> Cell | None:
    """The filled cell of a column, or None."""
    column = source.found.columns.get(key)
    cell = source.sheet.cells.get((row, column)) if column else None
    return cell if cell is not None and cell.shown.strip() not in ("", "/", "—", "-") else None

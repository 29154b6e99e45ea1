"""Facts of an import as lines of a list: what would be written, what stands already, what is sent back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from okr_desk import pinyin
from okr_desk.i18n import N_, _
from okr_desk.rules.cycles import quarter_label
from okr_desk.rules.imports import (
    UNDATED,
    CheckInFact,
    Doubt,
    EntryFact,
    Fact,
    FactKind,
    FileNote,
    KeyResultFact,
    NumberFact,
    ObjectiveFact,
    OrgFact,
    check_in_text,
    number_target,
    subject_of,
)
from okr_desk.scoring.rounding import plain
from okr_desk.services.import_plan import ImportPlan
from okr_desk.ui.models.rows import Column

_REGISTERS = {
    FactKind.MEETING: N_("组织生活"),
    FactKind.WHISTLE: N_("吹哨"),
    FactKind.MEMBER_POINTS: N_("党员积分"),
    FactKind.MEMBER: N_("党员名单"),
    FactKind.DEMAND: N_("急难愁盼"),
    FactKind.APPRAISAL: N_("评议计票"),
}
"""How lines of registers are listed."""


@dataclass(frozen=True)
class Line:
    """One fact in words."""

    what: str
    org: str
    subject: str
    value: str
    workbook: str
    cell: str


def lines(facts: tuple[Fact, ...]) -> list[Line]:
    """Facts in the order of their workbooks."""
    return [_line(fact) for fact in facts]


def standing(plan: ImportPlan) -> list[Line]:
    """What the workbooks say and the database holds already: facts, and cells that were decided before."""
    moved = {id(fact) for fact in plan.will_write}
    asked = {doubt.place for doubt in plan.doubtful}
    back = {(note.workbook, note.reason.partition("：")[0]) for note in plan.refused}
    told = {_thing(fact) for fact in plan.will_write}
    found = []
    for fact in plan.reading.facts:
        place = (fact.place.workbook, f"{fact.place.sheet} {fact.place.cell}")
        if id(fact) in moved or fact.place in asked or place in back or _thing(fact) in told:
            continue
        found.append(_line(fact))
        if isinstance(fact, NumberFact) and fact.value is None:
            told.add(_thing(fact))  # that an indicator does not apply counts once, wherever it is said
    waiting = {doubt.identity for doubt in plan.doubtful}
    return found + [_decided(doubt) for doubt in plan.reading.doubts if doubt.identity not in waiting]


def fact_columns() -> list[Column]:
    """How facts are listed."""
    return [
        Column(_("内容"), lambda it: it.what, width=9),
        Column(_("支部"), lambda it: it.org, keys=lambda it: _sound(it.org), width=11),
        Column(_("项目"), lambda it: it.subject, stretch=True),
        Column(_("值"), lambda it: it.value, width=12),
        Column(_("文件"), lambda it: it.workbook, width=15),
        Column(_("单元格"), lambda it: it.cell, width=5),
    ]


def note_columns() -> list[Column]:
    """How what is sent back is listed."""
    return [
        Column(_("文件"), lambda note: note.workbook, width=17),
        Column(_("为什么没有采用"), lambda note: note.reason, tooltip=lambda note: note.reason, stretch=True),
    ]


def sent_back(plan: ImportPlan) -> list[FileNote]:
    """Files that could not be read first, then files and lines that are not taken."""
    return [*plan.damaged, *plan.refused]


def _thing(fact: Fact) -> object:
    """Equal for numbers on the same thing; itself for other facts."""
    if not isinstance(fact, NumberFact):
        return id(fact)
    if fact.value is None:
        return fact.org, fact.indicator, fact.year
    return subject_of(fact.kind, number_target(fact))


def _decided(doubt: Doubt) -> Line:
    return Line(_("已定的格"), doubt.org, doubt.reason, doubt.raw, doubt.place.workbook, doubt.place.cell)


@cache
def _sound(name: str) -> str:
    """Search keys of a name; the same few names stand in many lines."""
    return pinyin.keys(name)


def _line(fact: Fact) -> Line:
    what, org, subject, value = _words(fact)
    return Line(what, org, subject, value, fact.place.workbook, fact.place.cell)


def _words(fact: Fact) -> tuple[str, str, str, str]:
    if isinstance(fact, OrgFact):
        members = "" if fact.full_members is None else _("正式党员 {n}").format(n=fact.full_members)
        return _("党组织"), fact.short, fact.full, members
    if isinstance(fact, ObjectiveFact):
        return _("目标"), fact.org or _("全镇"), f"{fact.code} {fact.title}", _("权重 {n}").format(n=plain(fact.weight))
    if isinstance(fact, KeyResultFact):
        target = "" if fact.target is None else _("目标 {n}").format(n=plain(fact.target))
        return _("关键结果"), fact.org, f"{fact.code} {fact.title}", target
    if isinstance(fact, NumberFact):
        names = {FactKind.BASELINE: _("基线"), FactKind.TARGET: _("年度目标")}
        what = names.get(fact.kind) or _short(fact.year, fact.quarter)
        return what, fact.org, fact.indicator, _("不适用") if fact.value is None else plain(fact.value)
    if isinstance(fact, EntryFact):
        said, *rest = [text for _name, text in fact.fields] or [""]
        subject = f"{fact.on}　{said}" if fact.on != UNDATED else said
        return _(_REGISTERS[fact.kind]), fact.org, subject, " ".join(rest[:1])
    assert isinstance(fact, CheckInFact)
    said = check_in_text(fact.value, fact.done, fact.nodes)
    return _("支部填报"), fact.org, f"{fact.key_result}　{fact.progress_note}".strip("　"), said


def _short(year: int, quarter: int) -> str:
    """第三季度实绩."""
    return _("{quarter}实绩").format(quarter=quarter_label(year, quarter).rpartition("年")[2])

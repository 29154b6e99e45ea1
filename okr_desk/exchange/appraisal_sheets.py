"""Counts of 述职评议 and 民主评议 from workbooks: a line a person and class of voters, with votes by level.

Ballots given out, returned and spoiled may stand once above the lines of their class. A line whose numbers are not
whole, or whose votes exceed the valid ballots, is sent back with its cell.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from okr_desk.appraisal_terms import ITEMS, LEVELS, PROBATIONARY, VOTERS, AppraisalItem, AppraisalKind, Voter
from okr_desk.errors import InputRefused
from okr_desk.exchange import doubts
from okr_desk.exchange.harvest import Harvest, Source
from okr_desk.exchange.meaning import date_in, normal
from okr_desk.exchange.sheets import SheetKind
from okr_desk.i18n import _, using
from okr_desk.rules.appraisal_lines import CountLine
from okr_desk.rules.appraisals import PERSON_LIMIT
from okr_desk.rules.checks import check_text
from okr_desk.rules.imports import UNDATED, EntryFact, FactKind, FileNote
from okr_desk.scoring.appraisals import Tally, Turnout, check_tally, check_turnout
from okr_desk.terms import label

KINDS = {
    SheetKind.SECRETARY_COUNT: AppraisalKind.SECRETARIES,
    SheetKind.MEMBER_COUNT: AppraisalKind.MEMBERS,
}
BALLOTS = ("issued", "returned", "void")
_Above = dict[tuple[str, Voter], Turnout]


def take_counts(source: Source, harvest: Harvest) -> None:
    """Every line whose numbers add up; the others come back with their cell and the reason."""
    above: _Above = {}
    org_name = ""
    for row in source.rows():
        org_name = source.sheet.head_text(row, source.found.columns["org"]) or org_name
        try:
            fact = _fact(source, harvest, row, org_name, above)
        except InputRefused as refusal:
            place = source.place(row, source.found.columns.get(refusal.field, source.found.columns["name"]))
            said = _("{place}：{reason}").format(place=f"{place.sheet} {place.cell}", reason=refusal.sentence)
            harvest.not_taken.append(FileNote(place.workbook, said))
            continue
        if fact is not None:
            harvest.facts.append(fact)


def _fact(source: Source, harvest: Harvest, row: int, org_name: str, above: _Above) -> EntryFact | None:
    """The fact of a line; None where no votes are filled in yet."""
    kind = KINDS[source.found.kind]
    org = harvest.names.find(org_name)
    if org is None:
        raise InputRefused(_("“{name}”不在组织名册中。").format(name=org_name or _("空")), "org")
    name = "".join(source.text(row, "name").split())
    check_text(name, "name", _("姓名"), PERSON_LIMIT)
    voter, item = _voter(source, row, kind), _item(source, row, kind)
    turnout = _turnout(source, row, voter)
    if turnout is None:
        turnout = above.get((_whose(kind, org), voter))
    else:
        above[_whose(kind, org), voter] = turnout
    found = [_number(source, row, level.value) for level in LEVELS[kind]]
    if all(one is None for one in found):
        return None
    votes = tuple(one or 0 for one in found)
    if turnout is not None:
        try:
            check_tally(Tally(voter, votes), turnout.valid, name)
        except InputRefused as refusal:
            raise InputRefused(refusal.sentence, LEVELS[kind][0].value) from refusal
    is_probationary = normal(source.text(row, "kind")).startswith(PROBATIONARY[0])
    line = CountLine(kind, name, voter, item, votes, turnout, _day(source, row), is_probationary)
    place = source.place(row, source.found.columns[LEVELS[kind][0].value])
    return EntryFact(FactKind.APPRAISAL, org, UNDATED, line.fields, place)


def _whose(kind: AppraisalKind, org: str) -> str:
    """Whose ballots they are: a branch's for its members, one for all secretaries."""
    return org if kind is AppraisalKind.MEMBERS else ""


def _voter(source: Source, row: int, kind: AppraisalKind) -> Voter:
    if len(VOTERS[kind]) == 1:
        return VOTERS[kind][0]
    said = normal(source.text(row, "voter"))
    with using("zh_CN"):
        found = next((one for one in VOTERS[kind] if said in (label(one), f"{label(one)}票")), None)
        names = "、".join(label(one) for one in VOTERS[kind])
    if found is None:
        raise InputRefused(_("投票人“{text}”看不懂，应为{names}。").format(text=said, names=names), "voter")
    return found


def _item(source: Source, row: int, kind: AppraisalKind) -> AppraisalItem:
    """What was voted on; a sheet without that column counts the answer as a whole."""
    said = normal(source.text(row, "item"))
    if not said:
        return AppraisalItem.OVERALL
    with using("zh_CN"):
        found = next((one for one in ITEMS[kind] if said in (label(one), one.value)), None)
    if found is None and said in ("综合评定", "综合评价", "总评"):
        return AppraisalItem.OVERALL
    if found is None:
        raise InputRefused(_("“{text}”不是测评票上的项目。").format(text=said), "item")
    return found


def _turnout(source: Source, row: int, voter: Voter) -> Turnout | None:
    """The ballots of the class where the line says them; given out and returned belong together."""
    found = {key: _number(source, row, key) for key in BALLOTS}
    if found["issued"] is None and found["returned"] is None:
        return None
    for key, name in (("issued", _("发出")), ("returned", _("收回"))):
        if found[key] is None:
            raise InputRefused(_("没有填写“{name}”票数，发出和收回要一起填。").format(name=name), key)
    of = Turnout(*(found[key] or 0 for key in BALLOTS))
    try:
        check_turnout(of, label(voter))
    except InputRefused as refusal:
        raise InputRefused(refusal.sentence, "void" if of.void > of.returned else "returned") from refusal
    return of


def _number(source: Source, row: int, key: str) -> int | None:
    """A whole number of ballots; None where the cell is empty. What is anything else goes back with its cell."""
    column = source.found.columns.get(key)
    cell = source.sheet.cells.get((row, column)) if column else None
    read = doubts.count(cell)
    if read.value:
        return int(Decimal(read.value))
    question = read.question
    if question is not None and question.lossless and question.proposal.isdecimal():
        return int(question.proposal)
    if question is not None:
        text = "" if cell is None else cell.shown
        raise InputRefused(_("“{text}”{reason}。").format(text=text, reason=question.reason), key)
    return None


def _day(source: Source, row: int) -> date | None:
    """The day of the meeting where a column says it."""
    column = source.found.columns.get("held")
    cell = source.sheet.cells.get((row, column)) if column else None
    if cell is None or not cell.shown.strip():
        return None
    found = date_in(cell.value) or source.short_day(cell)
    if found is None:
        said = _("“{text}”看不出是哪一天，应写作 2026-09-28 或 2026年9月28日。")
        raise InputRefused(said.format(text=cell.shown), "held")
    return found

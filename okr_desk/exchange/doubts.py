"""From a cell to a clean value or a question: nothing doubtful is taken without a yes, nothing becomes 0 silently."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from okr_desk.exchange.meaning import date_in, nodes_done, yes_no
from okr_desk.exchange.reading import Cell
from okr_desk.i18n import _
from okr_desk.rules.imports import NO, YES, Doubt, FactKind, Place
from okr_desk.rules.numbers import read_number
from okr_desk.scoring.rounding import plain


@dataclass(frozen=True)
class Read:
    """What one cell says: a clean value as text, or a question, or nothing (blank), or "does not apply".

    Exactly one of `value`, `question`, `blank` and `not_applicable` is set.
    """

    value: str = ""
    question: Question | None = None
    blank: bool = False
    not_applicable: bool = False


@dataclass(frozen=True)
class Question:
    """Why a cell is doubtful, and what we would take; `proposal` "" when we cannot propose anything."""

    proposal: str
    reason: str
    lossless: bool


def ask(place: Place, cell: Cell, question: Question, kind: FactKind, target: str, org: str) -> Doubt:
    """The question as it is listed, stored and shown."""
    return Doubt(place, cell.shown, question.proposal, question.reason, question.lossless, kind, target, org)


def number(cell: Cell | None, *, unit: str = "", low: Decimal | None = None, high: Decimal | None = None) -> Read:
    """A number cell. `low` and `high` are the values that make sense; beyond them we ask."""
    if cell is None or cell.lost_formula or not cell.shown.strip():
        return _nothing(cell)
    if not isinstance(cell.value, str | Decimal):
        return _asked("", _("应填数字，这里是日期或选项"))
    raw = cell.value if isinstance(cell.value, str) else float(cell.value)
    least = Decimal(0) if low is None and unit == "%" else low
    reading = read_number(raw, unit=unit, low=least, high=high, percent_format=cell.percent)
    if reading.not_applicable:
        return Read(not_applicable=True)
    if reading.blank:
        return Read(blank=True)
    if reading.value is not None:
        return _unless_marked(cell, plain(reading.value))
    proposal = "" if reading.proposal is None else plain(reading.proposal)
    return _unless_marked(cell, "", Question(proposal, reading.reason, reading.lossless))


def nodes(cell: Cell | None, names: tuple[str, ...]) -> Read:
    """Milestone nodes done, joined by 、; a single "已…" is a proposal that follows the order of the nodes."""
    if cell is None or cell.lost_formula or not cell.shown.strip():
        return _nothing(cell)
    done = nodes_done(cell.shown, names)
    if done is None:
        reason = _("没有列出这一里程碑的节点（{nodes}），请核对").format(nodes="、".join(names))
        return _unless_marked(cell, "", Question("", reason, False))
    text = "、".join(done[0])
    if done[1]:
        reason = _("只写了最后一个节点，按节点先后顺序认定此前节点均已完成")
        return _unless_marked(cell, "", Question(text, reason, True))
    return _unless_marked(cell, text)


def decision(cell: Cell | None) -> Read:
    """是 or 否."""
    if cell is None or cell.lost_formula or not cell.shown.strip():
        return _nothing(cell)
    word = cell.value if isinstance(cell.value, bool) else yes_no(cell.shown)
    if word is None:
        return _unless_marked(cell, "", Question("", _("应填“是”或“否”"), False))
    return _unless_marked(cell, YES if word else NO)


def day(cell: Cell | None) -> Read:
    """A date in any of the forms that offices write; ISO text when clean."""
    if cell is None or cell.lost_formula or not cell.shown.strip():
        return _nothing(cell)
    found = date_in(cell.value)
    if found is None:
        return _asked("", _("看不出是哪一天，应写作 2026-09-28 或 2026年9月28日"))
    return Read(value=found.isoformat())


def count(cell: Cell | None) -> Read:
    """A whole number of persons, households or groups, not below zero."""
    read = number(cell, low=Decimal(0))
    if read.value and Decimal(read.value) != Decimal(read.value).to_integral_value():
        return _asked("", _("应填整数"))
    return read


def _nothing(cell: Cell | None) -> Read:
    """A cell without content; a formula that was never computed is not blank."""
    if cell is not None and cell.lost_formula:
        return _asked("", _("公式没有计算结果，请在 WPS 中打开、保存后重新导入"))
    return Read(blank=True)


def _asked(proposal: str, reason: str) -> Read:
    return Read(question=Question(proposal, reason, False))


def _unless_marked(cell: Cell, value: str, question: Question | None = None) -> Read:
    """Hidden rows and comments turn even a clean value into a question: somebody meant something by them."""
    marks = [_("该行或该列在表中被隐藏")] if cell.hidden else []
    if cell.comment:
        marks.append(_("单元格有批注：{text}").format(text=" ".join(cell.comment.split())[:80]))
    if not marks:
        return Read(value=value) if question is None else Read(question=question)
    if question is None:
        return Read(question=Question(value, "；".join(marks), False))
    return Read(question=replace(question, reason="；".join([question.reason, *marks]), lossless=False))

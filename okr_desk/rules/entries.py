"""What one types into the check-in table, for each kind of key result: an answer, or a question that stays open.

Milestones take the number of nodes done or their names, yes/no takes 1 and 0 or 是 and 否, everything else a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.rules import checkins
from okr_desk.rules.numbers import read_number
from okr_desk.scoring.rounding import plain
from okr_desk.terms import KrKind

_YES = frozenset({"1", "是", "y", "yes", "√", "完成", "已完成", "有"})
_NO = frozenset({"0", "否", "n", "no", "×", "x", "未完成", "没有", "未"})
_ALL = frozenset({"全部", "全部完成", "都完成"})
_NOTHING_YET = frozenset({"未启动", "未开始", "无"})
_SEPARATORS = re.compile(r"[、，,；;\s]+")
_WIDE_DIGITS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


@dataclass(frozen=True)
class Asked:
    """What a cell asks for. `previous` is the value of the quarter before, `nodes` the names in their order."""

    kind: KrKind
    unit: str = ""
    decimals: int | None = None
    nodes: tuple[str, ...] = ()
    previous: Decimal | None = None
    year_to_date: bool = False


@dataclass(frozen=True)
class Typed:
    """A typed text: an answer (`value`, `done` or `nodes`), or a `question` with perhaps a `proposal`.

    `note` says what was tidied without loss (a percent sign, full-width digits).
    """

    text: str
    value: Decimal | None = None
    done: bool | None = None
    nodes: tuple[str, ...] | None = None
    question: str = ""
    proposal: Decimal | None = None
    note: str = ""

    @property
    def is_answer(self) -> bool:
        """Whether it can be taken as it stands."""
        return not self.question

    @property
    def accepted(self) -> Typed:
        """The proposal taken as the answer; itself where there is nothing to take."""
        if self.is_answer or self.proposal is None:
            return self
        return Typed(plain(self.proposal), value=self.proposal)


def read(text: str, asked: Asked) -> Typed | None:
    """Read what was typed; None where nothing was."""
    bare = text.translate(_WIDE_DIGITS).strip()
    if not bare:
        return None
    if asked.kind is KrKind.MILESTONE:
        return _milestone(text, bare, asked.nodes)
    if asked.kind is KrKind.YES_NO:
        return _yes_no(text, bare)
    return _number(text, asked)


def read_confidence(text: str) -> int | None:
    """The confidence typed, None for nothing. Raises InputRefused unless it is a whole number from 1 to 10."""
    bare = text.translate(_WIDE_DIGITS).strip()
    if not bare:
        return None
    if not (bare.isascii() and bare.isdigit() and 1 <= int(bare) <= 10):
        raise InputRefused(_("信心请填 1 到 10 的整数。"), "confidence")
    return int(bare)


def node_text(done: Sequence[str], nodes: Sequence[str]) -> str:
    """The nodes done as one would type them: how many, or their names where one was passed over."""
    if tuple(done) == tuple(nodes[: len(done)]):
        return str(len(done))
    return "、".join(done)


def _milestone(text: str, bare: str, nodes: tuple[str, ...]) -> Typed:
    if bare in _NOTHING_YET:
        return Typed(text, nodes=())
    if bare in _ALL:
        return Typed(text, nodes=nodes)
    if bare.isascii() and bare.isdigit():
        count = int(bare)
        if count <= len(nodes):
            return Typed(text, nodes=nodes[:count])
        return Typed(text, question=_("只有 {n} 个节点，请填 0 到 {n}。").format(n=len(nodes)))
    names = [name.removeprefix("已") for name in _SEPARATORS.split(bare) if name]
    unknown = [name for name in names if name not in nodes]
    if unknown:
        listed = "、".join(f"{number} {name}" for number, name in enumerate(nodes, 1))
        return Typed(text, question=_("没有这个节点。请填完成到第几个：{nodes}。").format(nodes=listed))
    if len(names) == 1:
        upto = nodes[: nodes.index(names[0]) + 1]
        return Typed(text, nodes=upto, note=_("按顺序计到“{name}”").format(name=names[0]) if len(upto) > 1 else "")
    return Typed(text, nodes=tuple(name for name in nodes if name in names))


def _yes_no(text: str, bare: str) -> Typed:
    word = bare.lower()
    if word in _YES:
        return Typed(text, done=True)
    if word in _NO:
        return Typed(text, done=False)
    return Typed(text, question=_("请填“是”或“否”（也可填 1 或 0）。"))


def _number(text: str, asked: Asked) -> Typed:
    reading = read_number(text, unit=asked.unit, decimals=asked.decimals)
    meant = reading.proposal if reading.value is None else reading.value
    try:
        if meant is not None:
            checkins.check_possible(meant, asked.kind, asked.unit)
    except InputRefused as refusal:
        return Typed(text, question=refusal.sentence)
    if reading.safe is None:
        question = reading.reason
        if reading.not_applicable or reading.blank:
            question = _("{reason}。不填请留空；不适用请由镇党建办登记").format(reason=reading.reason)
        return Typed(text, question=_sentence(question), proposal=reading.proposal)
    try:
        checkins.check_value(reading.safe)
        checkins.check_not_falling(reading.safe, asked.previous, asked.year_to_date)
    except InputRefused as refusal:
        return Typed(text, question=refusal.sentence)
    return Typed(text, value=reading.safe, note=reading.reason if reading.value is None else "")


def _sentence(text: str) -> str:
    return text if text.endswith(("。", "？", "”")) else text + "。"

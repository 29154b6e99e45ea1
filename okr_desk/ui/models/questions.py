"""Doubtful cells on the screen: what each asks, what was decided so far, and what a typed answer must be."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QObject, Signal

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.queries.import_standing import Identity
from okr_desk.queries.imports import QuestionView
from okr_desk.rules.cycles import quarter_label
from okr_desk.rules.imports import Decision, Doubt, FactKind, Known, Verdict
from okr_desk.rules.numbers import lowest, read_number
from okr_desk.terms import KrKind, label

YES_NO = ("是", "否")


@dataclass(frozen=True)
class Item:
    """One doubtful cell with the words around it.

    `question_id` is set for questions of earlier imports; `subject` is equal for copies of the same thing.
    """

    doubt: Doubt
    question_id: int | None
    code: str
    title: str
    unit: str
    kind: KrKind | None
    nodes: tuple[str, ...]
    when: str
    subject: str

    @property
    def identity(self) -> Identity:
        """Which cell and text this is."""
        return self.doubt.identity

    @property
    def parts(self) -> dict[str, Any]:
        """What stands beside the value."""
        found: dict[str, Any] = json.loads(self.doubt.target)
        return found

    @property
    def name(self) -> str:
        """Branch, code and title in one line."""
        return " ".join(part for part in (self.doubt.org, self.code, self.title) if part)

    @property
    def asks_about_blank(self) -> bool:
        """Whether the cell itself is empty."""
        return not self.doubt.raw.strip()

    def with_unit(self, text: str) -> str:
        """A value with its unit; words (nodes, yes, a date) stay as they are."""
        return f"{text} {self.unit}" if self.unit and _is_number(text) else text

    def check(self, text: str) -> str:
        """The typed answer in the form that is written. Raises InputRefused with what is asked for."""
        typed = text.strip()
        if not typed:
            raise InputRefused(_("请填一个值；没有数据请选“留空”。"), "value")
        if self.kind is KrKind.YES_NO:
            if typed not in YES_NO:
                raise InputRefused(_("请填“是”或“否”。"), "value")
        elif self.kind is KrKind.MILESTONE:
            names = [name for name in typed.replace("，", "、").replace(",", "、").split("、") if name]
            if not names or any(name not in self.nodes for name in names):
                raise InputRefused(_("请填已完成的节点，可选：{nodes}。").format(nodes="、".join(self.nodes)), "value")
            return "、".join(names)
        elif self.kind is not None or self.doubt.kind in (FactKind.BASELINE, FactKind.TARGET, FactKind.VALUE):
            return self._checked_number(typed)
        return typed

    def _checked_number(self, typed: str) -> str:
        reading = read_number(typed, unit=self.unit)
        if reading.safe is None and read_number(typed, low=lowest(self.unit)).value is None:
            raise InputRefused(reading.reason or _("请填数字，不要带“约”“左右”等字。"), "value")
        return typed


def items(found: Iterable[QuestionView | Doubt], known: Known) -> list[Item]:
    """Doubtful cells with names and units from what the database knows."""
    key_results = {(kr.org, kr.year, kr.code): kr for kr in known.key_results}
    indicators = {one.code: one for one in known.indicators}
    made = []
    for entry in found:
        doubt = entry.doubt if isinstance(entry, QuestionView) else entry
        parts = json.loads(doubt.target)
        key_result = key_results.get((str(parts.get("org", "")), parts.get("year"), str(parts.get("key_result", ""))))
        indicator = indicators.get(str(parts.get("indicator", "")))
        of_check_in = doubt.kind is FactKind.CHECK_IN and key_result is not None
        made.append(
            Item(
                doubt,
                entry.id if isinstance(entry, QuestionView) else None,
                str(parts.get("key_result") or parts.get("indicator") or ""),
                key_result.title if key_result else indicator.name if indicator else "",
                key_result.unit if of_check_in else indicator.unit if indicator else "",
                key_result.kind if of_check_in else None,
                key_result.nodes if key_result else (),
                _when(doubt, parts),
                doubt.subject,
            )
        )
    return made


class Answers(QObject):
    """The decisions taken so far, none of them written."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.items: list[Item] = []
        self._decisions: dict[Identity, Decision] = {}
        self._taken: frozenset[str] = frozenset()

    def ask(self, found: Sequence[Item]) -> None:
        """Put questions; decisions on those that are still asked stay."""
        self.items = list(found)
        asked = {item.identity for item in found}
        self._decisions = {key: decision for key, decision in self._decisions.items() if key in asked}
        self._count()

    def forget(self) -> None:
        """Drop every decision."""
        self._decisions.clear()
        self._count()

    @property
    def decided(self) -> Mapping[Identity, Decision]:
        """What would be written."""
        return dict(self._decisions)

    @property
    def waiting(self) -> list[Item]:
        """What still needs a decision."""
        return [item for item in self.items if not self.is_settled(item)]

    @property
    def harmless(self) -> list[Item]:
        """Waiting cells whose proposal loses nothing; a count read from 无 is never among them."""
        return [item for item in self.waiting if item.doubt.lossless and item.doubt.proposal]

    def of(self, item: Item) -> Decision | None:
        """What was decided on a cell."""
        return self._decisions.get(item.identity)

    def is_settled(self, item: Item) -> bool:
        """Whether the cell, or another copy of the same thing, was decided."""
        return item.identity in self._decisions or self.is_overtaken(item)

    def is_overtaken(self, item: Item) -> bool:
        """Whether a value was taken from another copy of the same thing."""
        return item.identity not in self._decisions and item.subject in self._taken

    def put_all(self, decisions: Iterable[tuple[Item, Decision | None]]) -> None:
        """Take decisions, None takes one back. A value ends what was decided on other copies of the same thing."""
        asked = {item.identity for item in self.items}
        for item, decision in decisions:
            if item.identity not in asked:
                continue
            if decision is None:
                self._decisions.pop(item.identity, None)
                continue
            if decision.verdict in (Verdict.ACCEPT, Verdict.CHANGE):
                for other in self.items:
                    if other.subject == item.subject:
                        self._decisions.pop(other.identity, None)
            self._decisions[item.identity] = decision
        self._count()
        self.changed.emit()

    def restore(self, decisions: Mapping[Identity, Decision]) -> None:
        """Back to the decisions of an earlier moment."""
        asked = {item.identity for item in self.items}
        self._decisions = {key: decision for key, decision in decisions.items() if key in asked}
        self._count()
        self.changed.emit()

    def word(self, item: Item) -> str:
        """The decision in words; empty while it waits."""
        decision = self.of(item)
        if decision is None:
            return _("以另一份为准") if self.is_overtaken(item) else ""
        if decision.verdict is Verdict.BLANK:
            return _("留空")
        value = item.doubt.proposal if decision.verdict is Verdict.ACCEPT else decision.value
        words = _("接受 {value}") if decision.verdict is Verdict.ACCEPT else _("改为 {value}")
        return words.format(value=item.with_unit(value))

    def _count(self) -> None:
        """The things of which some copy was given a value."""
        valued = (Verdict.ACCEPT, Verdict.CHANGE)
        taken = {key for key, decision in self._decisions.items() if decision.verdict in valued}
        self._taken = frozenset(item.subject for item in self.items if item.identity in taken)


def _when(doubt: Doubt, parts: dict[str, Any]) -> str:
    """What of the branch the cell speaks of: 2026年第三季度实绩, 2026年基线 …"""
    year, quarter = parts.get("year"), parts.get("quarter")
    words = {
        FactKind.BASELINE: _("{year}年基线"),
        FactKind.TARGET: _("{year}年目标"),
        FactKind.ORG: _("组织名册"),
        FactKind.OBJECTIVE: _("{year}年目标责任书"),
        FactKind.KEY_RESULT: _("{year}年关键结果"),
    }
    if quarter:
        return _("{quarter}实绩").format(quarter=quarter_label(int(year or 0), int(quarter)))
    return words.get(doubt.kind, label(KrKind.METRIC)).format(year=year)


def _is_number(text: str) -> bool:
    try:
        Decimal(text)
    except ArithmeticError:
        return False
    return True

"""What a person may state on a key result, and the checks made while one types."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from okr_desk.errors import FileRefused, InputRefused, Refusal
from okr_desk.i18n import _
from okr_desk.scoring.rounding import plain
from okr_desk.terms import EntryBasis, KrKind

NOTE_LIMIT = 600
PLACES = 6
LARGEST = Decimal(10) ** 12
EVIDENCE_KINDS = ("jpg", "jpeg", "png", "pdf", "doc", "docx", "xls", "xlsx", "wps", "et", "ofd", "txt")
"""Endings of the files that may be evidence: pictures and papers, nothing that runs."""


class RowRefused(InputRefused):
    """A line of a table that cannot be taken: `row` counts from 0, the sentence names the key result."""

    def __init__(self, row: int, code: str, cause: Refusal) -> None:
        field = "evidence" if isinstance(cause, FileRefused) else getattr(cause, "field", "value")
        super().__init__(_("{code}：{sentence}").format(code=code, sentence=cause.sentence), field)
        self.row = row


@dataclass(frozen=True)
class CheckInDraft:
    """One statement: a value, done or not, or the names of all milestone nodes done so far.

    `as_of` is the date of the data (None: the end of the quarter, or today while it runs). `reported_by` and
    `basis` are kept when the office enters for a branch. `reason` is needed after the quarter was frozen.
    """

    key_result_id: int
    quarter_id: int
    value: Decimal | None = None
    done: bool | None = None
    nodes: tuple[str, ...] | None = None
    as_of: date | None = None
    confidence: int | None = None
    progress_note: str = ""
    difficulty: str = ""
    evidence: tuple[Path, ...] = ()
    reported_by: str = ""
    basis: EntryBasis = EntryBasis.OWN
    reason: str = ""


@dataclass(frozen=True)
class NarrativeDraft:
    """What a branch writes on its quarter; each text at most 150 characters (one line of thought, not a report)."""

    org_id: int
    quarter_id: int
    practice: str = ""
    problems: str = ""
    next_quarter: str = ""


NARRATIVE_LIMIT = 150


def check(draft: CheckInDraft, kind: KrKind, today: date, starts_on: date, ends_on: date) -> date:
    """The as-of date of the draft once everything in it is sound.

    Raises InputRefused: nothing stated, not a finite number, more than six decimals, data date in the future or
    outside the quarter, confidence outside 1..10, note too long.
    """
    _check_statement(draft, kind)
    if draft.value is not None:
        check_value(draft.value)
    as_of = draft.as_of or min(today, ends_on)
    if as_of > today:
        raise InputRefused(_("数据截至日不能晚于今天（{today}）。请改成已经发生的日期。").format(today=today), "as_of")
    if not starts_on <= as_of <= ends_on:
        sentence = _("数据截至日应在本季度内（{first} 至 {last}）。请改日期，或换到对应的季度填报。")
        raise InputRefused(sentence.format(first=starts_on, last=ends_on), "as_of")
    if draft.confidence is not None and not 1 <= draft.confidence <= 10:
        raise InputRefused(_("信心请填 1 到 10 的整数。"), "confidence")
    for text, field in ((draft.progress_note, "progress_note"), (draft.difficulty, "difficulty")):
        if len(text) > NOTE_LIMIT:
            raise InputRefused(_("文字请控制在 {n} 字以内。").format(n=NOTE_LIMIT), field)
    return as_of


def check_value(value: Decimal) -> None:
    """Raises InputRefused unless the value is a finite number that can be kept exactly."""
    if not value.is_finite():
        raise InputRefused(_("请填数字。没有数据请留空，不要填 0。"), "value")
    if abs(value) >= LARGEST:
        raise InputRefused(_("数值过大，请核对单位。"), "value")
    if value != round(value, PLACES):
        raise InputRefused(_("小数最多 {n} 位，请四舍五入后再填。").format(n=PLACES), "value")


def check_not_falling(value: Decimal, previous: Decimal | None, year_to_date: bool) -> None:
    """A year-cumulative figure never falls without a correction of the earlier quarter. Raises InputRefused."""
    if year_to_date and previous is not None and value < previous:
        sentence = _("这是年累计数，不应少于上一季度的 {previous}。如上季度报多了，请先更正上季度。")
        raise InputRefused(sentence.format(previous=plain(previous)), "value")


def check_evidence_kind(name: str) -> None:
    """Raises FileRefused for a file that is no picture and no paper; says which are."""
    if Path(name).suffix.lower().removeprefix(".") not in EVIDENCE_KINDS:
        sentence = _("“{name}”不能作佐证材料。可用的有：{kinds}。")
        raise FileRefused(sentence.format(name=name, kinds=_("、").join(EVIDENCE_KINDS)))


def check_narrative(draft: NarrativeDraft) -> None:
    """Raises InputRefused when a text is longer than the sheet has room for."""
    for field in ("practice", "problems", "next_quarter"):
        if len(getattr(draft, field)) > NARRATIVE_LIMIT:
            raise InputRefused(_("每栏请控制在 {n} 字以内，评审表只留这些地方。").format(n=NARRATIVE_LIMIT), field)


def _check_statement(draft: CheckInDraft, kind: KrKind) -> None:
    if kind is KrKind.MILESTONE:
        if draft.nodes is None:
            raise InputRefused(_("请勾选已完成的节点；还没有启动请选“未启动”。"), "nodes")
    elif kind is KrKind.YES_NO:
        if draft.done is None:
            raise InputRefused(_("请选“是”或“否”。"), "done")
    elif draft.value is None:
        raise InputRefused(_("请填本季实绩。没有数据请留空，不要填 0。"), "value")

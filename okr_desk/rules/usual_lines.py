"""Baselines and targets set in bulk, as they usually are, for branches that have none of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.rules.checks import check_amount
from okr_desk.rules.indicators import BaselineDraft, TargetDraft, check_baseline, check_line
from okr_desk.terms import Accumulation, Direction


@dataclass(frozen=True)
class UsualLine:
    """Where branches start and what they aim at on an indicator; None leaves that side as it is."""

    indicator_id: int
    baseline: Decimal | None
    target: Decimal | None


@dataclass(frozen=True)
class UsualLinesDraft:
    """What branches get that have no line of their own in `year`; `source` and `as_of` are those of the baselines."""

    year: int
    org_ids: tuple[int, ...]
    lines: tuple[UsualLine, ...]
    source: str
    as_of: date

    def baseline_of(self, org_id: int, line: UsualLine) -> BaselineDraft | None:
        """The draft of one baseline."""
        if line.baseline is None:
            return None
        return BaselineDraft(org_id, line.indicator_id, self.year, line.baseline, self.as_of, self.source)

    def target_of(self, org_id: int, line: UsualLine) -> TargetDraft | None:
        """The draft of one target."""
        return None if line.target is None else TargetDraft(org_id, line.indicator_id, self.year, line.target)


def check(draft: UsualLinesDraft, today: date) -> None:
    """Raise InputRefused where nothing is to be set, or a baseline has no source or a date that has not come."""
    if not draft.lines:
        raise InputRefused(_("请勾选要设的指标。"), "lines")
    for line in draft.lines:
        start = draft.baseline_of(0, line)
        if start is not None:
            check_baseline(start, today)
        if line.target is not None:
            check_amount(line.target, "lines", _("目标值"))


def check_pair(line: UsualLine, name: str, direction: Direction, accumulation: Accumulation) -> None:
    """Raise InputRefused, with the indicator's `name`, for a line that is empty or leads nowhere."""
    if line.baseline is None and line.target is None:
        said = _("{name}：没有填通常基线，也没有填通常目标。请填写，或不勾选。")
        raise InputRefused(said.format(name=name), "lines")
    if line.baseline is None or line.target is None:
        return
    try:
        check_line(line.baseline, line.target, direction, accumulation)
    except InputRefused as refusal:
        raise InputRefused(_("{name}：{reason}").format(name=name, reason=refusal.sentence), "lines") from refusal

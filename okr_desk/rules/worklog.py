"""What a person may enter in the working paper, and the checks made while one types."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.rules.checks import check_amount, check_length, check_text
from okr_desk.rules.members import check_private
from okr_desk.rules.worklog_kinds import WHOLE, Kind
from okr_desk.terms import EntryBasis

WHAT, WHO, RESULT, PLACE = 120, 60, 200, 60
"""Characters that the month's paper has room for."""


@dataclass(frozen=True)
class EntryDraft:
    """One piece of work. `part` is the second figure of a share; `key_results` those that it counts for, by id.

    `reported_by` and `basis` are kept when the office enters for a branch; `reason` is needed after the freeze.
    """

    org_id: int
    kind: str
    done_on: date
    what: str
    amount: Decimal = Decimal(1)
    part: Decimal | None = None
    who: str = ""
    result: str = ""
    place: str = ""
    key_results: tuple[int, ...] = ()
    reported_by: str = ""
    basis: EntryBasis = EntryBasis.OWN
    reason: str = ""


def check(draft: EntryDraft, kind: Kind) -> None:
    """Raise InputRefused for what cannot be: nothing said, no figure, halves of what is counted, more done than due."""
    check_text(draft.what, "what", _("做了什么"), WHAT)
    for text, field, name, longest in (
        (draft.who, "who", _("谁做的"), WHO),
        (draft.result, "result", _("结果"), RESULT),
        (draft.place, "place", _("地点"), PLACE),
        (draft.reported_by, "reported_by", _("填报人"), 40),
    ):
        check_length(text, field, name, longest)
    check_private(draft.who, "who")
    _check_figure(draft.amount, "amount", kind.amount_name or _("数量"), kind.unit)
    if draft.amount <= 0:
        raise InputRefused(_("“{name}”须大于 0。").format(name=kind.amount_name or _("数量")), "amount")
    if not kind.is_share:
        if draft.part is not None:
            raise InputRefused(_("“{name}”只有一个数，请把另一个数删去。").format(name=kind.name), "part")
        return
    if draft.part is None:
        said = _("请填“{name}”；一件也没有的填 0。")
        raise InputRefused(said.format(name=kind.part_name), "part")
    _check_figure(draft.part, "part", kind.part_name, kind.unit)
    if not 0 <= draft.part <= draft.amount:
        said = _("“{part}”应在 0 和“{whole}”之间，请核对。")
        raise InputRefused(said.format(part=kind.part_name, whole=kind.amount_name or _("数量")), "part")


def _check_figure(value: Decimal, field: str, name: str, unit: str) -> None:
    check_amount(value, field, name)
    if unit in WHOLE and value != value.to_integral_value():
        said = _("“{name}”按{unit}计，应是整数，请核对。")
        raise InputRefused(said.format(name=name, unit=unit), field)

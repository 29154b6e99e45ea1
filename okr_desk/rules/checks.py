"""Checks that drafts of every kind share: amounts, days, texts and reasons."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from okr_desk.errors import InputRefused
from okr_desk.i18n import _

DECIMALS_MOST = 6
_TOO_LARGE = Decimal(10**12)


def check_amount(value: Decimal, field: str, name: str) -> None:
    """Raise InputRefused for what the database cannot keep exactly: not a number, too large, too many decimals."""
    if not value.is_finite():
        raise InputRefused(_("“{name}”不是数字，请重新填写。").format(name=name), field)
    if abs(value) >= _TOO_LARGE:
        raise InputRefused(_("“{name}”太大，请核对单位。").format(name=name), field)
    exponent = value.normalize().as_tuple().exponent
    if isinstance(exponent, int) and exponent < -DECIMALS_MOST:
        raise InputRefused(_("“{name}”最多保留 {n} 位小数。").format(name=name, n=DECIMALS_MOST), field)


def check_day(day: date, field: str, name: str, today: date) -> None:
    """Raise InputRefused for a date that has not come yet."""
    if day > today:
        raise InputRefused(_("“{name}”{day} 还没有到，请改为今天或以前的日期。").format(name=name, day=day), field)


def check_text(text: str, field: str, name: str, longest: int) -> None:
    """Raise InputRefused for an empty or overlong text."""
    if not text.strip():
        raise InputRefused(_("请填写“{name}”。").format(name=name), field)
    check_length(text, field, name, longest)


def check_length(text: str, field: str, name: str, longest: int) -> None:
    """Raise InputRefused for a text longer than the form has room for."""
    if len(text.strip()) > longest:
        raise InputRefused(_("“{name}”最多 {n} 个字，请缩短。").format(name=name, n=longest), field)


def check_reason(reason: str, sentence: str) -> str:
    """The reason without blanks around it; raises InputRefused with `sentence` when there is none."""
    if not reason.strip():
        raise InputRefused(sentence, "reason")
    check_length(reason, "reason", _("理由"), 300)
    return reason.strip()

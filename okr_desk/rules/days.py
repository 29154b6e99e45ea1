"""A day as people type it: 7.3, 7月3日, 0703, 20260703, 2026-07-03."""

from __future__ import annotations

import re
from datetime import date

from okr_desk.errors import InputRefused
from okr_desk.i18n import _

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_PARTS = re.compile(r"(?:(\d{4}|\d{2})[年./\-])?(\d{1,2})[月./\-](\d{1,2})[日号]?")
_DIGITS = re.compile(r"(\d{4})?(\d{2})(\d{2})")
_CENTURY = 100


def read_day(text: str, year: int, field: str, name: str) -> date:
    """The day typed; without a year it is one of `year`. Raises InputRefused for nothing or what is no day."""
    bare = text.translate(_WIDE).replace(" ", "").replace("。", ".")
    if not bare:
        raise InputRefused(_("请填写“{name}”。").format(name=name), field)
    found = _PARTS.fullmatch(bare) or _DIGITS.fullmatch(bare)
    try:
        if found is not None:
            said = int(found[1]) if found[1] else year
            return date(said + 2000 if said < _CENTURY else said, int(found[2]), int(found[3]))
    except ValueError:
        pass
    said_so = _("“{name}”里的“{text}”不是日期，请写成 7.3、7月3日 或 20260703。")
    raise InputRefused(said_so.format(name=name, text=text.strip()), field)

"""The office's settings: declared once in `resources/policy.toml`, checked here."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache

from okr_desk import paths
from okr_desk.errors import InputRefused
from okr_desk.i18n import _


@dataclass(frozen=True)
class Setting:
    """A declaration. `minimum` and `maximum` include themselves; texts are Chinese sources for `_()`.

    A text that has a `pattern` must match it as a whole; `help` says how it is written.
    """

    key: str
    group: str
    label: str
    type: str
    default: str
    help: str
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    choices: tuple[str, ...] = ()
    pattern: str = ""


@dataclass(frozen=True)
class PolicyDraft:
    """A new value for a setting, as text."""

    key: str
    value: str


@cache
def declared() -> dict[str, Setting]:
    """All settings by key, in the order of the file."""
    raw = tomllib.loads(paths.resource("policy.toml").read_text(encoding="utf-8"))
    return {row["key"]: _setting(row) for row in raw["setting"]}


def checked(draft: PolicyDraft) -> str:
    """The value as it is stored; raises InputRefused for an unknown key, a wrong type or a value out of bounds."""
    setting = declared().get(draft.key)
    if setting is None:
        raise InputRefused(_("没有名为“{key}”的设置。").format(key=draft.key), "key")
    text = draft.value.strip()
    if setting.type == "boolean":
        if text not in ("true", "false"):
            raise InputRefused(_("“{label}”只能选择开或关。").format(label=_(setting.label)), "value")
        return text
    if setting.type == "choice":
        if text not in setting.choices:
            raise InputRefused(_("“{label}”请从列表中选择。").format(label=_(setting.label)), "value")
        return text
    if setting.type in ("decimal", "integer"):
        return str(_number(setting, text))
    if setting.pattern and not re.fullmatch(setting.pattern, text):
        raise InputRefused(
            _("“{label}”的写法不对。{help}").format(label=_(setting.label), help=_(setting.help)), "value"
        )
    return text


def _number(setting: Setting, text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("nan")
    low, high = setting.minimum, setting.maximum
    whole = setting.type == "integer"
    if (
        not number.is_finite()
        or (low is not None and number < low)
        or (high is not None and number > high)
        or (whole and number != number.to_integral_value())
    ):
        sentence = (
            _("“{label}”请填 {low} 到 {high} 之间的整数。") if whole else _("“{label}”请填 {low} 到 {high} 之间的数。")
        )
        raise InputRefused(sentence.format(label=_(setting.label), low=low, high=high), "value")
    return number


def _setting(row: dict[str, str]) -> Setting:
    return Setting(
        key=row["key"],
        group=row["group"],
        label=row["label"],
        type=row["type"],
        default=row["default"],
        help=row["help"],
        minimum=Decimal(row["min"]) if "min" in row else None,
        maximum=Decimal(row["max"]) if "max" in row else None,
        choices=tuple(row.get("choices", ())),
        pattern=row.get("pattern", ""),
    )

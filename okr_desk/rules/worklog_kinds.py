"""Kinds of work (工作底单): declared in `resources/seed/worklog.toml`, changed by the office, checked here."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from okr_desk import paths
from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.rules.checks import check_length, check_text

PERCENT = "%"
WHOLE = frozenset("件个条次场项户人份篇期名处组届本堂") | {"人次"}
"""Units of what is counted one by one: no halves."""
EVENTS = frozenset("次场件个项期堂条篇")
"""Units in which an entry is one, whatever its own figure: "开展志愿服务 12 场" grows by 1 with 10 hours of service."""


@dataclass(frozen=True)
class Kind:
    """A kind of work. `part_name` names the second figure of a share, empty for a plain amount; `feeds` are codes."""

    key: str
    name: str
    unit: str
    amount_name: str = ""
    part_name: str = ""
    feeds: tuple[str, ...] = ()
    use: str = ""
    is_retired: bool = False

    @property
    def is_share(self) -> bool:
        """Whether entries of this kind have two figures."""
        return bool(self.part_name)

    @property
    def amount_title(self) -> str:
        """What the first figure is called: 应办结（件）."""
        return _("{name}（{unit}）").format(name=self.amount_name or _("数量"), unit=self.unit)

    def figures(self, amount: str, part: str = "") -> str:
        """The figures as one says them: "10 小时", "应办结 3 件，按时办结 2 件"."""
        if not self.is_share:
            return f"{amount} {self.unit}"
        said = _("{whole} {amount} {unit}，{name} {part} {unit}")
        return said.format(
            whole=self.amount_name or _("数量"), amount=amount, unit=self.unit, name=self.part_name, part=part
        )


@dataclass(frozen=True)
class KindDraft:
    """A kind as the office wants it. An unknown `key` is a new kind; empty: the program gives one."""

    key: str
    name: str
    unit: str
    amount_name: str = ""
    part_name: str = ""
    feeds: tuple[str, ...] = ()
    use: str = ""
    is_retired: bool = False


@dataclass(frozen=True)
class Fed:
    """What a code means, as far as a kind has to know it. `computed_from` names the register that counts it."""

    code: str
    name: str
    unit: str
    computed_from: str


@cache
def seed() -> tuple[Kind, ...]:
    """The kinds that every office starts with, in the order of the file."""
    text = paths.resource("seed", "worklog.toml").read_text(encoding="utf-8")
    return tuple(
        Kind(
            key=row["key"],
            name=row["name"],
            unit=row["unit"],
            amount_name=row.get("amount", ""),
            part_name=row.get("part", ""),
            feeds=tuple(row["feeds"]),
            use=row["use"],
        )
        for row in tomllib.loads(text)["kind"]
    )


@cache
def elsewhere() -> Mapping[str, str]:
    """Codes that other registers count although the library does not say so, with the registers' names."""
    text = paths.resource("seed", "worklog.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text)["elsewhere"])


def check_kind(draft: KindDraft, others: tuple[Kind, ...], known: Mapping[str, Fed]) -> None:
    """Raise InputRefused for a kind that cannot be entered or counted.

    A code must be in the library and counted by no other register (design 9: one value, one origin); a share needs the
    second figure, and a sum of anything else needs the same unit.
    """
    check_text(draft.name, "name", _("类别名称"), 20)
    check_text(draft.unit, "unit", _("单位"), 10)
    check_length(draft.amount_name, "amount_name", _("数量叫什么"), 20)
    check_length(draft.part_name, "part_name", _("其中叫什么"), 20)
    check_text(draft.use, "use", _("什么时候用"), 120)
    if any(one.name == draft.name.strip() and one.key != draft.key for one in others):
        raise InputRefused(_("已有名为“{name}”的类别，请换一个名称。").format(name=draft.name.strip()), "name")
    for code in draft.feeds:
        _check_feed(draft, code, known)


def _check_feed(draft: KindDraft, code: str, known: Mapping[str, Fed]) -> None:
    fed = known.get(code)
    if fed is None:
        raise InputRefused(_("指标库里没有“{code}”，请核对编码。").format(code=code), "feeds")
    title = f"{fed.code} {fed.name}"
    if fed.computed_from:
        said = _("“{title}”由程序按{source}计算，不能再由工作底单计入，请去掉。")
        raise InputRefused(said.format(title=title, source=fed.computed_from), "feeds")
    if fed.unit == PERCENT and not draft.part_name.strip():
        said = _("“{title}”是比率，请在“其中叫什么”里写明分子，例如“按时办结”。")
        raise InputRefused(said.format(title=title), "part_name")
    if fed.unit not in (PERCENT, draft.unit.strip()) and fed.unit not in EVENTS:
        said = _("“{title}”的单位是{other}，这类工作按{unit}计，加不到一起，请改单位或去掉这个指标。")
        raise InputRefused(said.format(title=title, other=fed.unit or _("（无）"), unit=draft.unit.strip()), "feeds")


def given(kind: Kind, amount: Decimal, part: Decimal | None, unit: str) -> tuple[Decimal, Decimal | None] | None:
    """What an entry gives a measure in `unit`: amount, and part where it is a share; None where it gives nothing.

    A count takes the achieved part of a share (采纳 of 登记); a count of events takes one for each entry.
    """
    reached = amount if part is None else part
    if unit == PERCENT:
        return None if part is None else (amount, part)
    if unit == kind.unit:
        return reached, None
    return (Decimal(1), None) if unit in EVENTS else None

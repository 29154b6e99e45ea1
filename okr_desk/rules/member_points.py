"""Rules of member points: those a database starts with, drafts of rules and entries, and their checks.

Source: domain 1.1 row 22 and 10 row 14.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from okr_desk import paths
from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.member_terms import PointsKind
from okr_desk.rules.checks import check_amount, check_length, check_text
from okr_desk.rules.members import check_private
from okr_desk.scoring.rounding import plain
from okr_desk.terms import EntryBasis

MATTER_LIMIT, NOTE_LIMIT, CODE_LIMIT, SCHEME_LIMIT = 60, 200, 10, 40
RULES_MOST = 60
POINTS_MOST = Decimal(200)


@dataclass(frozen=True)
class RuleDraft:
    """A matter: `low` to `high` points each time (positive, whichever its kind), `cap` the most in a quarter."""

    code: str
    name: str
    kind: PointsKind
    low: Decimal
    high: Decimal
    cap: Decimal | None = None

    @property
    def sign(self) -> int:
        """1 for a bonus, -1 for a deduction."""
        return 1 if self.kind is PointsKind.BONUS else -1

    @property
    def words(self) -> str:
        """What it is worth: ＋5 至 10 分."""
        mark = "＋" if self.sign > 0 else "－"
        if self.low == self.high:
            return _("{mark}{n} 分").format(mark=mark, n=plain(self.low))
        return _("{mark}{low} 至 {high} 分").format(mark=mark, low=plain(self.low), high=plain(self.high))


@dataclass(frozen=True)
class PointsSchemeDraft:
    """All rules with what holds for everybody; in force from `valid_from` (a preset has none yet)."""

    name: str
    base: Decimal
    rules: tuple[RuleDraft, ...]
    bonus_cap: Decimal | None = None
    correction_below: Decimal | None = None
    probationary_below: Decimal | None = None
    source: str = ""
    valid_from: date | None = None

    def rule(self, text: str) -> RuleDraft | None:
        """The rule with this code or name, however it is spaced; None for another matter."""
        wanted = _bare(text)
        return next((one for one in self.rules if wanted in (_bare(one.code), _bare(one.name))), None)

    @property
    def caps(self) -> dict[str, Decimal | None]:
        """The cap of each rule by its code."""
        return {one.code: one.cap for one in self.rules}


@dataclass(frozen=True)
class PointsDraft:
    """Points of a member on a day. `code` names a rule, or `matter` what is outside the list; `points` are signed.

    `points` None: what the rule gives, where it gives one number.
    """

    member_id: int
    happened_on: date
    code: str = ""
    matter: str = ""
    points: Decimal | None = None
    note: str = ""
    reported_by: str = ""
    basis: EntryBasis = EntryBasis.OWN
    reason: str = ""


@cache
def presets() -> tuple[PointsSchemeDraft, ...]:
    """What can be started from (`resources/seed/member_points.toml`), the usual one first."""
    raw = tomllib.loads(paths.resource("seed", "member_points.toml").read_text(encoding="utf-8"))
    return tuple(_scheme(row) for row in raw["scheme"])


def check_scheme(draft: PointsSchemeDraft) -> None:
    """Refuse a scheme that cannot count: no rule, codes twice, ranges the wrong way, caps below one time."""
    check_text(draft.name, "name", _("名称"), SCHEME_LIMIT)
    for value, field, name in (
        (draft.base, "base", _("基础分")),
        (draft.bonus_cap, "bonus_cap", _("每季加分上限")),
        (draft.correction_below, "correction_below", _("转入整改支部的分数")),
        (draft.probationary_below, "probationary_below", _("预备党员最低分")),
    ):
        if value is not None:
            _check_points(value, field, name, allow_zero=True)
    if not draft.rules:
        raise InputRefused(_("请至少写一条积分事项。"), "rules")
    if len(draft.rules) > RULES_MOST:
        raise InputRefused(_("积分事项最多 {n} 条，请合并。").format(n=RULES_MOST), "rules")
    seen: set[str] = set()
    for one in draft.rules:
        _check_rule(one)
        for word in (_bare(one.code), _bare(one.name)):
            if word in seen:
                raise InputRefused(_("积分事项“{name}”写了两次，请只留一个。").format(name=one.name), "rules")
            seen.add(word)


def check_points(draft: PointsDraft, scheme: PointsSchemeDraft) -> tuple[str, str, Decimal]:
    """The code, the words and the signed points of an entry. Raises InputRefused for what no rule gives."""
    check_length(draft.note, "note", _("说明"), NOTE_LIMIT)
    check_private(draft.note, "note")
    rule = scheme.rule(draft.code) if draft.code.strip() else None
    if rule is None:
        if draft.code.strip():
            raise InputRefused(_("积分办法里没有“{code}”，请重新选择事项。").format(code=draft.code.strip()), "code")
        return _outside(draft)
    if draft.points is None:
        if rule.low != rule.high:
            said = _("“{name}”每次{words}，请填写分值。")
            raise InputRefused(said.format(name=rule.name, words=rule.words), "points")
        return rule.code, rule.name, rule.low * rule.sign
    check_amount(draft.points, "points", _("分值"))
    size = abs(draft.points)
    if draft.points * rule.sign < 0 and rule.sign > 0:
        raise InputRefused(_("“{name}”是加分事项，分值请填正数。").format(name=rule.name), "points")
    if not rule.low <= size <= rule.high:
        said = _("“{name}”每次{words}，填的是 {n}，请核对。")
        raise InputRefused(said.format(name=rule.name, words=rule.words, n=plain(draft.points)), "points")
    return rule.code, rule.name, size * rule.sign


def _outside(draft: PointsDraft) -> tuple[str, str, Decimal]:
    """A matter that no rule names: it needs words and points of its own."""
    check_text(draft.matter, "matter", _("事项"), MATTER_LIMIT)
    check_private(draft.matter, "matter")
    if draft.points is None or draft.points == 0:
        raise InputRefused(_("“{name}”不在积分办法里，请填写分值，扣分填负数。").format(name=draft.matter), "points")
    _check_points(abs(draft.points), "points", _("分值"))
    return "", draft.matter.strip(), draft.points


def _check_rule(one: RuleDraft) -> None:
    check_text(one.code, "rules", _("编号"), CODE_LIMIT)
    check_text(one.name, "rules", _("事项"), MATTER_LIMIT)
    _check_points(one.low, "rules", one.name)
    _check_points(one.high, "rules", one.name)
    if one.low > one.high:
        raise InputRefused(_("“{name}”的最低分高于最高分，请改正。").format(name=one.name), "rules")
    if one.cap is not None:
        _check_points(one.cap, "rules", one.name)
        if one.cap < one.low:
            said = _("“{name}”的本季上限低于一次的分值，一次也计不满，请改正。")
            raise InputRefused(said.format(name=one.name), "rules")


def _check_points(value: Decimal, field: str, name: str, allow_zero: bool = False) -> None:
    check_amount(value, field, name)
    if value < 0 or (value == 0 and not allow_zero) or value > POINTS_MOST:
        raise InputRefused(_("“{name}”请填 {most} 以内的正数。").format(name=name, most=plain(POINTS_MOST)), field)


def _scheme(row: Mapping[str, Any]) -> PointsSchemeDraft:
    return PointsSchemeDraft(
        name=row["name"],
        base=Decimal(row["base"]),
        rules=tuple(_rules(row["deduction"], PointsKind.DEDUCTION) + _rules(row["bonus"], PointsKind.BONUS)),
        bonus_cap=_optional(row, "bonus_cap"),
        correction_below=_optional(row, "correction_below"),
        probationary_below=_optional(row, "probationary_below"),
        source=row["source"],
    )


def _rules(rows: Sequence[Mapping[str, str]], kind: PointsKind) -> list[RuleDraft]:
    return [
        RuleDraft(
            code=row["code"],
            name=row["name"],
            kind=kind,
            low=Decimal(row["points"].split("-")[0]),
            high=Decimal(row["points"].split("-")[-1]),
            cap=_optional(row, "cap"),
        )
        for row in rows
    ]


def _optional(row: Mapping[str, Any], key: str) -> Decimal | None:
    return Decimal(row[key]) if key in row else None


def _bare(text: str) -> str:
    return "".join(text.split()).upper()

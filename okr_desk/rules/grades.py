"""Grades as an office writes them: the key of a preset, or bands, gates and quotas of its own, kept as one text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.scoring.grade_schemes import GRADES, QUOTAS, SCHEMES, STARS, Gate, GradeScheme
from okr_desk.scoring.rounding import plain

PRESETS = {"grades": GRADES, "stars": STARS}
ONE = Decimal(1)


@dataclass(frozen=True)
class Grading:
    """Bands and gates with the share (0..1) of all organisations that a grade may be given to at most."""

    scheme: GradeScheme
    quotas: Mapping[str, Decimal] = field(default_factory=dict)


def grading_from(text: str) -> Grading:
    """Read what `grading_text` wrote, or the key of a preset.

    Raises InputRefused for an unknown key, bands that do not fall, unknown grades, and quotas outside 0..1.
    """
    known = SCHEMES.get(text)
    if known is not None:
        return Grading(known, QUOTAS if known is STARS else {})
    try:
        raw = json.loads(text)
        made = Grading(_scheme(raw), {str(name): _number(share) for name, share in raw.get("quotas", {}).items()})
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise InputRefused(_("等次设置看不明白，请重新选择或填写。"), "grades") from error
    for name, share in made.quotas.items():
        made.scheme.place(name)
        if not 0 <= share <= ONE:
            raise InputRefused(_("“{grade}”的比例须在 0% 至 100% 之间。").format(grade=name), "grades")
    return made


def grading_text(made: Grading) -> str:
    """The one spelling of a grading: the key of a preset that it equals, else its parts as JSON."""
    for key in PRESETS:
        if made == grading_from(key):
            return key
    scheme = made.scheme
    return json.dumps(
        {
            "name": scheme.name,
            "bands": [[plain(threshold), name] for threshold, name in scheme.bands],
            "rest": scheme.rest,
            "lowest": scheme.lowest,
            "gates": [[plain(gate.below), gate.highest, gate.sign] for gate in scheme.gates],
            "quotas": {name: plain(share) for name, share in made.quotas.items()},
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _scheme(raw: Mapping[str, Any]) -> GradeScheme:
    return GradeScheme(
        str(raw["name"]),
        tuple((_number(threshold), str(name)) for threshold, name in raw["bands"]),
        str(raw["rest"]),
        raw.get("lowest"),
        tuple(Gate(_number(below), highest, str(sign)) for below, highest, sign in raw.get("gates", [])),
    )


def _number(text: object) -> Decimal:
    try:
        return Decimal(str(text))
    except InvalidOperation as error:
        raise ValueError(str(text)) from error

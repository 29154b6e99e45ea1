"""Red lines that limit a grade whatever the points: those a database starts with, drafts, and the checks of them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from okr_desk import paths
from okr_desk.errors import InputRefused
from okr_desk.i18n import N_, _
from okr_desk.rules.checks import check_length, check_text
from okr_desk.scoring.grade_schemes import GradeScheme
from okr_desk.scoring.grades import RedLineKind

COMMON = N_("通用")
"""The list that counts for a scheme unless it says otherwise."""

CODE_LIMIT, LIST_LIMIT, NAME_LIMIT, TRIGGER_LIMIT, SOURCE_LIMIT = 20, 20, 40, 200, 120
_BETWEEN = ","


@dataclass(frozen=True)
class RedLineRuleDraft:
    """What limits a grade, by its code: `trigger` says when it is crossed, `source` what it rests on.

    `highest` is the best grade that a lock leaves, "" for the second best; a veto gives the lowest and names none.
    `list_name` is the list it belongs to. `reason` is asked when a wording is replaced.
    """

    code: str
    name: str
    kind: RedLineKind
    trigger: str
    highest: str = ""
    source: str = ""
    list_name: str = COMMON
    reason: str = ""


@cache
def seed() -> tuple[RedLineRuleDraft, ...]:
    """What a new database starts with (`resources/seed/red_lines.toml`), in the order of the file."""
    raw = tomllib.loads(paths.resource("seed", "red_lines.toml").read_text(encoding="utf-8"))
    return tuple(_draft(row) for row in raw["red_line"])


def check_rule(draft: RedLineRuleDraft, grades: Sequence[tuple[str, GradeScheme]]) -> None:
    """Raise InputRefused at the first field that cannot be taken.

    `grades` are those of the schemes for which the list counts, with the scheme's name: each must know `highest`.
    """
    check_text(draft.code, "code", _("编号"), CODE_LIMIT)
    check_text(draft.name, "name", _("名称"), NAME_LIMIT)
    check_text(draft.trigger, "trigger", _("触碰情形"), TRIGGER_LIMIT)
    check_list(draft.list_name)
    check_length(draft.source, "source", _("依据"), SOURCE_LIMIT)
    if draft.kind is RedLineKind.VETO and draft.highest:
        raise InputRefused(_("一票否决直接定为最低等次，不填最高等次。"), "highest")
    for name, scheme in grades:
        said = _("“{name}”的等次里没有“{grade}”，请换一个，或选“次高等次”。")
        if draft.highest and draft.highest not in scheme.names:
            raise InputRefused(said.format(name=name, grade=_(draft.highest)), "highest")
        if draft.highest == scheme.names[0]:
            raise InputRefused(_("“{grade}”已是最高等次，限不住，请改低。").format(grade=_(draft.highest)), "highest")


def check_list(name: str) -> None:
    """Raise InputRefused for a name that no list can have."""
    check_text(name, "list_name", _("清单"), LIST_LIMIT)
    if any(sign in name for sign in (_BETWEEN, "，", "、")):
        raise InputRefused(_("清单名称里不要用逗号和顿号。"), "list_name")


def lists_of(text: str) -> tuple[str, ...]:
    """The lists that a scheme names, from their one text."""
    return tuple(name for name in text.split(_BETWEEN) if name)


def lists_text(names: Sequence[str]) -> str:
    """The one spelling of the lists that a scheme names, each once."""
    return _BETWEEN.join(dict.fromkeys(name.strip() for name in names))


def _draft(row: Mapping[str, str]) -> RedLineRuleDraft:
    return RedLineRuleDraft(
        code=row["code"],
        name=row["name"],
        kind=RedLineKind(row["kind"]),
        trigger=row["trigger"],
        highest=row["highest"],
        source=row["source"],
        list_name=row.get("list", COMMON),
    )

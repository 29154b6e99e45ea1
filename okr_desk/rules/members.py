"""Members of a branch and those who report to it, as drafts, with the checks made while one types.

No phone, no identity number: what the drafts do not have cannot be kept (domain 8.5).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.member_terms import MemberKind
from okr_desk.rules.checks import check_day, check_length, check_text

NAME_LIMIT, GRID_LIMIT, DUTY_LIMIT, UNIT_LIMIT = 20, 20, 60, 40
_LONG_NUMBER = re.compile(r"\d{7,}")
_CONTACT = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|\d{17}[\dXx])(?!\d)")
_HEADS = frozenset(("姓名", "党员姓名", "名字", "序号"))
TITLES = ("书记", "委员")
"""How duties of a branch committee end."""
_NOT_ON = frozenset(("", "否", "无", "×", "x", "X", "不是", "/", "—", "-", "0"))
_KINDS = (("预备", MemberKind.PROBATIONARY), ("流动", MemberKind.FLOATING), ("正式", MemberKind.FULL))


@dataclass(frozen=True)
class MemberDraft:
    """A member of a branch. `joined_on` None: longer ago than anybody noted."""

    org_id: int
    name: str
    kind: MemberKind = MemberKind.FULL
    is_committee: bool = False
    grid: str = ""
    duty: str = ""
    joined_on: date | None = None


@dataclass(frozen=True)
class LeaveDraft:
    """The day from which a member no longer belongs to the branch, and why (转出, 去世 …)."""

    member_id: int
    left_on: date
    reason: str


@dataclass(frozen=True)
class ReporterDraft:
    """A Party member from elsewhere who reports to the branch for service: name and unit."""

    org_id: int
    name: str
    unit: str
    reported_on: date


def check_member(draft: MemberDraft, today: date) -> None:
    """Refuse a member without a name, with a number that looks personal, or who joins in the future."""
    check_text(draft.name, "name", _("姓名"), NAME_LIMIT)
    check_length(draft.grid, "grid", _("网格"), GRID_LIMIT)
    check_length(draft.duty, "duty", _("分工"), DUTY_LIMIT)
    for field, text in (("name", draft.name), ("grid", draft.grid), ("duty", draft.duty)):
        check_private(text, field)
    if draft.joined_on is not None:
        check_day(draft.joined_on, "joined_on", _("转入日期"), today)


def check_reporter(draft: ReporterDraft, today: date) -> None:
    """Refuse a reporter without name or unit, or of a day that has not come."""
    check_text(draft.name, "name", _("姓名"), NAME_LIMIT)
    check_text(draft.unit, "unit", _("单位"), UNIT_LIMIT)
    for field, text in (("name", draft.name), ("unit", draft.unit)):
        check_private(text, field)
    check_day(draft.reported_on, "reported_on", _("报到日期"), today)


def check_private(text: str, field: str) -> None:
    """Refuse what looks like the number of a phone or an identity card: the program keeps neither."""
    if _LONG_NUMBER.search("".join(text.split())):
        raise InputRefused(_("请不要填写电话、身份证号等个人信息，本程序不保存。"), field)


def check_contacts(text: str, field: str) -> None:
    """Refuse a phone or identity number in a sentence, where other long numbers (amounts, contracts) may stand."""
    if _CONTACT.search("".join(text.split())):
        raise InputRefused(_("请不要填写电话、身份证号等个人信息，本程序不保存。"), field)


def check_new_names(drafts: Sequence[MemberDraft], known: Sequence[str]) -> None:
    """Refuse a name that stands already in the branch, or twice in what is entered: both must be told apart."""
    seen = {_bare(name) for name in known}
    for draft in drafts:
        name = _bare(draft.name)
        if name in seen:
            said = _("本支部已有“{name}”。如果是同名的另一人，请在姓名后注明，如“{name}（2组）”。")
            raise InputRefused(said.format(name=name), "name")
        seen.add(name)


def pasted(text: str, org_id: int) -> tuple[MemberDraft, ...]:
    """Members from a column or table copied out of a workbook: name, then kind, grid and duty in any column.

    A head row, running numbers and empty rows are passed over. Raises InputRefused where no name is found.
    """
    found = []
    for line in text.splitlines():
        cells = [" ".join(cell.split()) for cell in re.split(r"\t", line)]
        cells = [cell for cell in cells if cell and not cell.isdecimal()]
        if not cells or any("".join(cell.split()) in _HEADS for cell in cells):
            continue
        kind = next((kind for cell in cells[1:] for word, kind in _KINDS if cell.startswith(word)), MemberKind.FULL)
        rest = [cell for cell in cells[1:] if not cell.startswith(tuple(word for word, _kind in _KINDS))]
        is_committee = any("委员" in cell or "书记" in cell for cell in rest)
        grid = next((cell for cell in rest if "网格" in cell), "")
        duty = "、".join(cell for cell in rest if cell != grid)
        found.append(MemberDraft(org_id, _name(cells[0]), kind, is_committee, grid, duty))
    if not found:
        raise InputRefused(_("没有看到姓名。请从表格中复制“姓名”一列，再粘贴到这里。"), "text")
    return tuple(found)


def kind_of(text: str) -> str | None:
    """The kind that a cell names (正式党员, 预备, 流动党员): "" where it is empty, None for what is none."""
    bare = "".join(text.split())
    if not bare or bare in ("党员", "中共党员"):
        return ""
    return next((kind.value for word, kind in _KINDS if bare.startswith(word)), None)


def committee_of(text: str) -> bool:
    """Whether a cell says that somebody sits on the committee: 是, √ or a duty, not 否 or nothing."""
    return "".join(text.split()) not in _NOT_ON


def _name(cell: str) -> str:
    """李 明 is 李明: two characters set wide apart for the sake of a column."""
    return "".join(cell.split()) if not cell.isascii() else cell


def _bare(name: str) -> str:
    return "".join(name.split())

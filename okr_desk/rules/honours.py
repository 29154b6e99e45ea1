"""What may be entered of honours: kinds of a year with their quotas, and who got one by what document (domain 5.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.rules.checks import check_amount, check_day, check_length, check_text
from okr_desk.rules.entered import ITSELF, By
from okr_desk.scoring.rounding import plain

NAME_LIMIT, PERSON_LIMIT, DOCUMENT_LIMIT, NOTE_LIMIT, GRADE_LIMIT = 40, 40, 80, 200, 20
_SHOWN = 6


@dataclass(frozen=True)
class KindDraft:
    """An honour of a year. `quota`: largest share of the branches (0..1), `most`: largest number; None: no limit."""

    year: int
    name: str
    of_person: bool = False
    quota: Decimal | None = None
    most: int | None = None
    least_grade: str = ""
    is_retired: bool = False


@dataclass(frozen=True)
class HonourDraft:
    """An honour given to a branch, or to a person of it, by a document."""

    kind_id: int
    org_id: int
    given_on: date
    document: str
    person: str = ""
    note: str = ""
    by: By = ITSELF


def check_kind(draft: KindDraft) -> None:
    """Raise InputRefused for a kind without a name, a share that is none, a number below 1."""
    check_text(draft.name, "name", _("荣誉名称"), NAME_LIMIT)
    check_length(draft.least_grade, "least_grade", _("最低等次"), GRADE_LIMIT)
    if draft.quota is not None:
        check_amount(draft.quota, "quota", _("比例"))
        if not 0 < draft.quota <= 1:
            raise InputRefused(_("比例请填 0 到 100 之间的百分数，不限的留空。"), "quota")
    if draft.most is not None and draft.most < 1:
        raise InputRefused(_("名额请填 1 以上的整数，不限的留空。"), "most")


def allowed(quota: Decimal | None, most: int | None, branches: int) -> int | None:
    """How many may be given: the share of the branches, cut off, and the number, whichever is less; None: any."""
    limits = [*([int(quota * branches)] if quota is not None else []), *([most] if most is not None else [])]
    return min(limits, default=None)


def check_honour(draft: HonourDraft, of_person: bool, year: int, today: date) -> None:
    """Raise InputRefused for what an honour cannot lack: its document, its day, the person where it is a person's."""
    check_text(draft.document, "document", _("依据文号"), DOCUMENT_LIMIT)
    check_day(draft.given_on, "given_on", _("授予日期"), today)
    if draft.given_on.year not in (year, year + 1):
        raise InputRefused(_("授予日期不在{year}年度，请核对。").format(year=year), "given_on")
    check_length(draft.note, "note", _("备注"), NOTE_LIMIT)
    if of_person:
        check_text(draft.person, "person", _("姓名"), PERSON_LIMIT)
    elif draft.person.strip():
        raise InputRefused(_("这项荣誉授予支部，不填个人姓名。"), "person")


def check_quota(name: str, most: int | None, why: str, taken: Sequence[str]) -> None:
    """Raise InputRefused where no place is left, saying how many are taken and by whom."""
    if most is None or len(taken) < most:
        return
    shown = _("、").join(taken[:_SHOWN]) + (_("等") if len(taken) > _SHOWN else "")
    said = _("“{name}”最多 {most} 个（{why}），已授予 {n} 个：{taken}，不能再授。")
    raise InputRefused(said.format(name=name, most=most, why=why, n=len(taken), taken=shown), "kind_id")


def quota_words(quota: Decimal | None, most: int | None, branches: int) -> str:
    """What the limit rests on: 20 个支部的 20%，名额 3 个."""
    said = []
    if quota is not None:
        said.append(_("{n} 个支部的 {share}%").format(n=branches, share=plain(quota * 100)))
    if most is not None:
        said.append(_("名额 {n} 个").format(n=most))
    return _("，").join(said)


def check_grade(name: str, needed: str, grade: str | None, names: Sequence[str]) -> None:
    """Raise InputRefused where the year's grade is not known or below what the honour takes; `names`: best first."""
    if not needed:
        return
    if grade is None:
        said = _("“{name}”要求年度等次“{needed}”以上，这个支部还没有年度等次，不能授予。")
        raise InputRefused(said.format(name=name, needed=_(needed)), "org_id")
    if needed not in names or names.index(grade) > names.index(needed):
        said = _("“{name}”要求年度等次“{needed}”以上，这个支部为“{grade}”，不能授予。")
        raise InputRefused(said.format(name=name, needed=_(needed), grade=_(grade)), "org_id")

"""The columns of 组织 as a list: every organisation a row, to be sorted, filtered and taken out."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from okr_desk.i18n import _
from okr_desk.queries.objectives import OrgView
from okr_desk.terms import OrgKind, label
from okr_desk.ui.models.rows import Column


def of_list(name: Callable[[int | None], str]) -> list[Column]:
    """`name` gives the short name of an organisation above."""

    def count(value: Callable[[OrgView], int | None]) -> dict[str, Any]:
        return {
            "text": lambda org: "" if value(org) is None else str(value(org)),
            "sort": lambda org: None if value(org) is None else Decimal(value(org) or 0),
            "look": "number",
        }

    return [
        Column(_("党组织"), lambda org: org.short_name, keys=lambda org: org.search_keys, stretch=True, width=12),
        Column(_("全称"), lambda org: org.full_name, hidden=True),
        Column(_("层级"), lambda org: label(OrgKind(org.kind))),
        Column(_("类别"), lambda org: org.category),
        Column(_("上级"), lambda org: name(org.parent_id)),
        Column(_("书记"), lambda org: org.secretary),
        Column(_("联系领导"), lambda org: org.liaison),
        Column(_("正式党员"), **count(lambda org: org.full_members)),
        Column(_("预备党员"), **count(lambda org: org.probationary_members)),
    ]

"""Finding a branch by whatever name a workbook uses: full, short, without 党支部, with the township in front."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from okr_desk.exchange.meaning import normal
from okr_desk.rules.imports import OrgName

_ENDINGS = (
    "党总支部委员会",
    "总支部委员会",
    "党支部委员会",
    "支部委员会",
    "党总支部",
    "党总支",
    "总支部",
    "总支",
    "党支部",
    "支部",
    "党委",
    "委员会",
)
_FILE_NOISE = re.compile(
    r"[(（]\d+[)）]|副本|最终版?|终稿|定稿|改\d*|修改版?|新版?|填报表?|报表|上报|[-_—]|20\d\d年?|Q[1-4]"
    r"|第?[一二三四1-4]季度|关键结果|v\d+",
    re.IGNORECASE,
)


class Names:
    """All branches by every form of their names. A form that two of them share finds neither."""

    def __init__(self, orgs: Iterable[OrgName], township: str = "") -> None:
        self._township = normal(township)
        self._shorts: set[str] = set()
        self._exact: dict[str, set[str]] = {}
        self._core: dict[tuple[str, bool], set[str]] = {}
        for org in orgs:
            self.add(org)

    def add(self, org: OrgName) -> None:
        """Know one more organisation."""
        self._shorts.add(org.short)
        for name in (org.short, org.full, *org.others):
            self._exact.setdefault(normal(name), set()).add(org.short)
            core, _general = self._reduced(name)
            self._core.setdefault((core, org.is_general), set()).add(org.short)

    def find(self, name: str) -> str | None:
        """The short name of the branch meant, or None when unknown or ambiguous."""
        text = normal(name)
        if not text:
            return None
        exact = self._exact.get(text, set())
        if exact:
            return next(iter(exact)) if len(exact) == 1 else None
        found = self._core.get(self._reduced(name), set())
        return next(iter(found)) if len(found) == 1 else None

    def in_title(self, title: str) -> str | None:
        """The branch named at the head of a form: 中共青山镇青石村支部委员会2026年第三季度…"""
        return self.find(re.split(r"20\d\d|第?[一二三四]季度|关键结果|填报|季报", normal(title))[0])

    def in_file_name(self, name: str) -> str | None:
        """The branch named by a file: 北坪村党支部-改2.xlsx, 供电所党支部(1).xlsx."""
        bare = _FILE_NOISE.sub("", normal(Path(name).stem))
        return self.find(bare)

    def _reduced(self, name: str) -> tuple[str, bool]:
        text = normal(name).removeprefix("中国共产党").removeprefix("中共")
        if self._township and text != self._township:
            text = text.removeprefix(self._township)
        for ending in _ENDINGS:
            if text.endswith(ending) and text != ending:
                return text.removesuffix(ending), "总支" in ending
        return text, False

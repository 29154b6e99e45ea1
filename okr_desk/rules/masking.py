"""Names of residents and members as they may leave the branch: the surname alone."""

from __future__ import annotations

_DOUBLE = frozenset(("欧阳", "司马", "上官", "诸葛", "司徒", "皇甫", "尉迟", "长孙", "慕容", "令狐", "东方", "南宫"))


def masked(name: str) -> str:
    """The surname with a star for every other character (李旭昇 → 李**); empty stays empty (domain 8.5)."""
    bare = "".join(name.split())
    kept = 2 if len(bare) > 2 and bare[:2] in _DOUBLE else 1
    return bare[:kept] + "*" * (len(bare) - kept)

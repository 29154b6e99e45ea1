"""The smallest schemes and libraries that rules can be tried on."""

from __future__ import annotations

from decimal import Decimal

from okr_desk.rules.schemes import BlockDraft, BranchLine, Known, LineDraft, SchemeDraft
from okr_desk.terms import Dimension

D = Decimal
VILLAGE = BranchLine("青石村党支部", D(72), D(85))


def known(**more: object) -> dict[int, Known]:
    """Two indicators with one branch; `more` is what the first one has different."""
    plain: dict[str, object] = {"is_retired": False, "categories": (), "branches": (VILLAGE,)}
    return {
        1: Known("B08", "党员到会率", Dimension.BASIC, **{**plain, **more}),  # type: ignore[arg-type]
        2: Known("F01", "重点项目节点", Dimension.FUSION, **plain),  # type: ignore[arg-type]
    }


def scheme(*lines: LineDraft, maximum: str = "10", **more: object) -> SchemeDraft:
    """One block of lines."""
    return SchemeDraft("百分制", (BlockDraft("基础性", D(maximum), lines),), **more)  # type: ignore[arg-type]


WHOLE = LineDraft(1, D(10), "linear")

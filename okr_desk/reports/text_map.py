"""The text map of embedded faces, repaired: what is copied out of a PDF is what was printed."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.pdfbase import ttfonts


def repair() -> None:
    """Put our map in the place of ReportLab's; a test shows that it is still needed."""
    ttfonts.makeToUnicodeCMap = to_unicode_map


def to_unicode_map(name: str, subset: Sequence[int]) -> str:
    """The text map of an embedded subset, so that copied text is what was printed.

    ReportLab writes code points beyond U+FFFF as five digits, which readers take for other characters (𬱖
    copies wrongly); here they are UTF-16 pairs, in blocks of at most 100 entries (ISO 32000-1, 9.10.3).
    """
    entries = [
        f"<{code:02X}> <{chr(point).encode('utf-16-be').hex().upper()}>" for code, point in enumerate(subset) if point
    ]
    blocks = []
    for start in range(0, len(entries), 100):
        part = entries[start : start + 100]
        blocks += [f"{len(part)} beginbfchar", *part, "endbfchar"]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *blocks,
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )

"""Characters beyond the first plane copy as themselves."""

from __future__ import annotations

import importlib.util

from reportlab.pdfbase import ttfonts

from okr_desk.reports import text_map


def test_the_text_map_writes_pairs_beyond_the_first_plane_in_blocks_of_a_hundred() -> None:
    made = text_map.to_unicode_map("F", [0, *range(0x4E00, 0x4E00 + 150), 0x2CC56])
    assert "<97> <D873DC56>" in made
    assert "100 beginbfchar" in made and "51 beginbfchar" in made
    assert "<00> <" not in made.replace("<00> <FF>", "")


def test_reportlab_still_needs_the_repair() -> None:
    """When this fails, ReportLab writes a right map itself and ours can go."""
    found = importlib.util.find_spec("reportlab.pdfbase.ttfonts")
    assert found is not None and found.loader is not None
    fresh = importlib.util.module_from_spec(found)
    found.loader.exec_module(fresh)
    assert "2CC56" in fresh.makeToUnicodeCMap("F", [0x2CC56])
    text_map.repair()
    assert ttfonts.makeToUnicodeCMap is text_map.to_unicode_map

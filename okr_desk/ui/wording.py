"""How sentences stand after each other: English wants a blank between them, Chinese none."""

from __future__ import annotations

from okr_desk.i18n import language


def sentences(*parts: str) -> str:
    """The parts that are not empty, one after the other."""
    return (" " if language() == "en" else "").join(part for part in parts if part)

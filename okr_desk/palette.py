"""Colours by role, from theme files: screen, charts and paper ask the same table. Nothing in Python names a colour."""

from __future__ import annotations

import tomllib
from functools import cache

from okr_desk import paths

THEMES = ("light", "dark", "paper")


@cache
def roles(theme: str) -> dict[str, str]:
    """Every role of a theme with its colour, "#rrggbb". Raises KeyError for a theme that does not exist."""
    if theme not in THEMES:
        raise KeyError(theme)
    with paths.resource("themes", f"{theme}.toml").open("rb") as file:
        table = tomllib.load(file)
    base: dict[str, str] = table["base"]
    named = {role: base[name] for role, name in table["roles"].items()}
    named.setdefault("head", named["window"])
    return named


def colour(role: str, theme: str = "light") -> str:
    """The colour of a role, "#rrggbb"; KeyError for a role that no theme declares."""
    return roles(theme)[role]


def grey(role: str) -> str:
    """The role's tone on paper, where every tone is a grey."""
    return colour(role, "paper")


def contrast(first: str, second: str) -> float:
    """The contrast of two colours, 1 to 21, after WCAG 2.1 (relative luminance of sRGB)."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(value: str) -> float:
    channels = (int(value[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

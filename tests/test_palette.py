"""Colours by role: every theme has every role, text can be read, the accent is kept for one thing."""

from __future__ import annotations

import re
import tomllib
from itertools import pairwise

import pytest

from okr_desk import palette, paths

HEAT = ("heat_below_60", "heat_from_60", "heat_from_80", "heat_from_90", "heat_full")
# Text must reach 4.5 (WCAG 2.1, 1.4.3), marks and controls 3.0 (1.4.11).
TEXT = [
    ("text", "window"),
    ("text", "card"),
    ("text", "selection"),
    ("text", "hover"),
    ("text_quiet", "window"),
    ("text_quiet", "card"),
    ("text_quiet", "panel"),
    ("on_accent", "accent"),
    ("on_accent", "accent_pressed"),
    ("link", "window"),
    ("ok_text", "card"),
    ("watch_text", "card"),
    ("bad_text", "card"),
    ("ok_text", "ok_soft"),
    ("watch_text", "watch_soft"),
    ("bad_text", "bad_soft"),
    ("idle_text", "idle_soft"),
    ("text", "watch_soft"),
    ("on_tooltip", "tooltip"),
    *(("text", role) for role in HEAT),
]
MARKS = [
    ("ok", "card"), ("watch", "card"), ("bad", "card"), ("pace", "card"), ("trend", "card"), ("focus", "field"),
    ("flag_red", "card"), ("flag_blue", "card"), ("flag_yellow", "card"),
]  # fmt: skip


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_can_be_read(theme: str, front: str, back: str) -> None:
    assert palette.contrast(palette.colour(front, theme), palette.colour(back, theme)) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back"), MARKS)
def test_marks_can_be_seen(theme: str, front: str, back: str) -> None:
    assert palette.contrast(palette.colour(front, theme), palette.colour(back, theme)) >= 3.0


@pytest.mark.parametrize("theme", palette.THEMES)
def test_steps_of_the_heat_map_differ_in_grey_too(theme: str) -> None:
    """Each step is further from the ground of the theme than the better one, by enough to see it without its hue."""
    ground = palette.colour("card", theme)
    away = [palette.contrast(palette.colour(role, theme), ground) for role in HEAT]
    assert all(worse >= 1.08 * better for worse, better in pairwise(away)), away


def test_contrast_has_its_known_ends() -> None:
    # WCAG 2.1: black on white is 21, a colour on itself 1.
    assert palette.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert palette.contrast("#b3201f", "#b3201f") == 1


def test_every_theme_has_every_role() -> None:
    sets = {theme: set(palette.roles(theme)) for theme in palette.THEMES}
    assert sets["light"] == sets["dark"] == sets["paper"]


def test_accent_is_for_the_one_thing_to_do_next() -> None:
    for theme in ("light", "dark"):
        table = tomllib.loads(paths.resource("themes", f"{theme}.toml").read_text("utf-8"))
        sharing = [role for role, name in table["roles"].items() if name == table["roles"]["accent"]]
        assert sharing == ["accent"]
    assert palette.colour("accent", "light") == "#b3201f"


def test_paper_is_grey_but_for_the_head_of_official_documents() -> None:
    for role, value in palette.roles("paper").items():
        if role == "official":
            assert value[1:3] > value[3:5] == "00"
            continue
        assert value[1:3] == value[3:5] == value[5:7]
    assert palette.grey("text") == "#000000"


def test_style_sheet_asks_only_for_declared_roles() -> None:
    sheet = paths.resource("themes", "desk.qss").read_text("utf-8")
    assert set(re.findall(r"@(\w+)", sheet)) <= set(palette.roles("light"))
    assert not re.search(r"#[0-9a-fA-F]{6}\b", sheet)


def test_unknown_role_and_theme_are_refused() -> None:
    with pytest.raises(KeyError):
        palette.colour("pink", "light")
    with pytest.raises(KeyError):
        palette.colour("text", "../light")

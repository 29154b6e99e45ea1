"""The demo township's folder and what a correct reader ends up with, shared by the tests of this package."""

from __future__ import annotations

import json
import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path

from okr_desk import paths
from okr_desk.exchange.folder import read_folder
from okr_desk.rules.imports import Known, KnownIndicator, Reading

FOLDER = paths.resource("demo", "青山镇_2026")
TRUTH = json.loads((Path(__file__).parents[1] / "data" / "青山镇_2026_truth.json").read_text("utf-8"))


def exact(number: object) -> Decimal | None:
    """A number of truth.json as the exact decimal it was written as."""
    return None if number is None else Decimal(str(number)).normalize()


@cache
def known() -> Known:
    """A fresh township: its name and the seed library, no branches yet."""
    seed = tomllib.loads(paths.resource("seed", "indicators.toml").read_text("utf-8"))
    library = tuple(KnownIndicator(i["code"], i["name"], i["unit"]) for i in seed["indicator"])
    return Known(township="青山镇", indicators=library)


@cache
def reading() -> Reading:
    """The whole folder, read once for all tests."""
    return read_folder([FOLDER], known())

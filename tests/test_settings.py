"""Personal settings: kept whole, read with patience."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from okr_desk import settings
from okr_desk.settings import Settings


def test_nothing_there_gives_the_defaults() -> None:
    assert settings.load() == Settings()


def test_what_is_saved_comes_back() -> None:
    mine = Settings("dark", "huge", "en", True, ("/甲/青山镇.okr",), "admin")
    settings.save(mine)
    assert settings.load() == mine


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "\x00\x01"])
def test_damaged_file_gives_the_defaults(text: str) -> None:
    settings.file().write_text(text, "utf-8")
    assert settings.load() == Settings()


def test_unknown_words_are_passed_over_one_by_one() -> None:
    settings.file().write_text('{"theme": "pink", "text_size": "large", "fonts": 3, "bundled_fonts": "yes"}', "utf-8")
    assert settings.load() == replace(Settings(), text_size="large")


def test_files_opened_lately_stay_short_and_newest_first() -> None:
    mine = Settings()
    for number in range(9):
        mine = mine.opened(Path(f"/{number}.okr"))
    mine = mine.opened(Path("/5.okr"))
    assert mine.recent[0] == str(Path("/5.okr"))
    assert len(mine.recent) == settings.RECENT == len(set(mine.recent))

"""No Chinese word of the program in English, no English word in Chinese: pages, menus, dialogs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from okr_desk import paths
from okr_desk.queries import followup_proposals
from okr_desk.ui.desk import Desk
from okr_desk.ui.main_window import MainWindow
from tests.ui.walk import Walk, data_words, intercept

CHINESE = re.compile(r"[\u3400-\u9fff]+")
ENGLISH = re.compile(r"[A-Za-z]{3,}")
ROW = "KR编号"
HEADS = "KR编号 关键结果 单位 基线 目标值 本季实绩 三季度完成情况 信心 主要进展 存在困难"
"""What stands above the columns of the demo's own workbooks, shown as it is."""
STAY = "中文 仿宋 小标宋"
"""A language under its own name, and typefaces that people look for under theirs."""
MARKUP = re.compile(r"<[^>]*>|\*\.\w+")
NAMED_SO = {
    "pdf",
    "ctrl",
    "alt",
    "shift",
    "esc",
    "english",
    "del",
    "pgup",
    "pgdown",
    "okr",
    "xlsx",
    "xls",
    "csv",
    "usb",
}
"""Keys, formats and a language that carry these names in Chinese too."""
Idle = Callable[[Desk], None]


def walked(window: MainWindow, idle: Idle, monkeypatch: pytest.MonkeyPatch, language: str) -> Walk:
    """A walk through the demo in a language."""
    desk = window.desk
    desk.change_settings(replace(desk.settings, language=language))
    QApplication.processEvents()
    idle(desk)
    walk = Walk(window, idle)
    intercept(walk, monkeypatch)
    walk.pages()
    walk.clear_away()
    return walk


def left_over(walk: Walk, word: re.Pattern[str], is_known: Callable[[str, str], bool]) -> str:
    """Where a word stands that nobody knows, each text once, a line each."""
    found: dict[str, str] = {}
    assert walk.window.desk.store is not None
    folder = str(walk.window.desk.store.path)
    for place, texts in walk.seen.items():
        for text in texts:
            text = text.replace(folder, "")
            if any(not is_known(run, text) for run in word.findall(MARKUP.sub(" ", text))):
                found.setdefault(text, f"{place}: {text}")
    return "\n".join(sorted(found.values()))


def proposed(desk: Desk) -> str:
    """The findings that the quarter proposes, worded as they would be stored."""
    quarter = desk.selection.quarter
    assert desk.store is not None and quarter is not None
    with desk.store.read() as session:
        found = followup_proposals.proposals(session, quarter, desk.selection.branches)
    return "\n".join(f"{one.draft.problem}\n{one.draft.fact}" for one in found)


def test_english_shows_no_chinese_but_data(window: MainWindow, idle: Idle, monkeypatch: pytest.MonkeyPatch) -> None:
    walk = walked(window, idle, monkeypatch, "en")
    assert window.desk.store is not None
    kinds = paths.resource("seed", "worklog.toml").read_text(encoding="utf-8")  # the office's words, like its library
    known = data_words(window.desk.store.path) + proposed(window.desk) + STAY + kinds
    assert left_over(walk, CHINESE, lambda run, text: run in known or (ROW in text and run in HEADS)) == ""
    assert len(set(walk.dialogs)) > 5


def test_chinese_shows_no_english_but_data(window: MainWindow, idle: Idle, monkeypatch: pytest.MonkeyPatch) -> None:
    walk = walked(window, idle, monkeypatch, "zh_CN")
    assert window.desk.store is not None
    known = data_words(window.desk.store.path).lower()
    assert left_over(walk, ENGLISH, lambda run, _text: run.lower() in NAMED_SO or run.lower() in known) == ""

"""The light of a key result on paper: a shape and a word, so that a copy in grey says the same."""

from __future__ import annotations

from okr_desk.terms import Status, label

SHAPES = {
    Status.NOT_STARTED: "◇",
    Status.DUE: "○",
    Status.ON_TRACK: "●",
    Status.WATCH: "▲",
    Status.BEHIND: "■",
    Status.DONE: "✓",
}


def light(status: Status) -> str:
    """▲关注"""
    return SHAPES[status] + label(status)

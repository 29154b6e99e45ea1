"""The text of an official document in its parts: what every 公文 is laid out from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from okr_desk.i18n import _


@dataclass(frozen=True)
class OfficialText:
    """The parts of an official document in their order; an empty `mark` is a paper without a red head.

    `paragraphs` may begin with 一、, （一）, 1. or （1）; `copies` are those who get a copy.
    """

    mark: str
    number: str
    title: str
    addressees: str
    paragraphs: tuple[str, ...]
    signer: str = ""
    dated: str = ""
    copies: tuple[str, ...] = ()
    printed_by: str = ""
    printed_on: str = ""


def official_date(day: date) -> str:
    """A date as documents write it: 2026年10月15日, no leading zeros."""
    return _("{y}年{m}月{d}日").format(y=day.year, m=day.month, d=day.day)

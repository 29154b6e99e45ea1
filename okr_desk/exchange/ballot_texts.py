"""What the texts of a survey's export mean: questions, options, times, wishes. None when a text does not say it.

Source: domain 3.7 (columns and marks of 问卷星 as public readers parse them).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache

from okr_desk.rules.ballots import WISH_LIMIT
from okr_desk.survey_terms import LEVELS, UNSURE, NumberOrder

BLIND = (
    r"(?i)^(?!.*满意).*(?:\bip\b|来自ip|昵称|姓名|手机号|电话|联系方式|openid|unionid|微信号|用户id|身份证|头像|邮箱|住址|门牌)"
    r"|^(?:序号|编号)$"
)
"""Heads of columns that are not read at all: who answered, from which device, and the running number."""

BLANK = "-"
_BLANKS = frozenset({"", "(空)", "(跳过)", "-2", "-3"})
_NUMBERING = re.compile(r"^(?:第?\d+题?[、.:)]|[一二三四五六七八九十]+[、.]|Q\d+[、.:])")
_MATRIX = re.compile(r"^第?\d+题?[(\[](.+)[)\]]$")
_PHRASES = re.compile(
    r"请问|总体上|总的来说|总体来看|您认为|您觉得|您对于?|^对于?|是否感到满意|是否满意|满意吗|是否认可|的?满意度(?:如何|怎么样|评价)?$|(?:如何|怎么样)$"
)
_MARKS = re.compile(r"[^\w]+")
_FILLED = re.compile(r"〖([^〗]*)〗")
_LETTER = re.compile(r"^[A-Ha-h][.、]\s*")
_NUMBER = re.compile(r"^[1-9]\d?$")
_DATE = re.compile(r"^(\d{4})[-/年.](\d{1,2})[-/月.](\d{1,2})日?$")
_TIME = re.compile(r"^(\d{1,2}):(\d{2})")
_CLOCK = re.compile(r"^(?:(\d+)(?:小时|时))?(?:(\d+)分钟?)?(?:(\d+)秒)?$")
_PHONE = re.compile(r"(?<!\d)(?:1\d{10}|\d{17}[\dXx])(?!\d)")
_KEYS = {**{text: str(place + 1) for place, text in enumerate(LEVELS)}, UNSURE: "0"}


@lru_cache(maxsize=4096)
def question(text: str) -> str:
    """A question reduced to what it asks: without numbering, marks, 您对 … 是否满意; of a matrix the row's title."""
    words = unicodedata.normalize("NFKC", text).replace(" ", "").strip("*")
    inner = _MATRIX.match(words)
    words = inner.group(1) if inner else _NUMBERING.sub("", words)
    bare = _MARKS.sub("", _PHRASES.sub("", words))
    return bare or _MARKS.sub("", words)


def option(text: str) -> str:
    """An option as it is compared: width folded, without a letter before it and what was filled in behind it."""
    return _LETTER.sub("", _FILLED.sub("", unicodedata.normalize("NFKC", text)).strip())


def answer(text: str, order: NumberOrder | None = None) -> str | None:
    """The key of an answer, `-` for what was left out or skipped; None for an unknown text.

    A number counts only once `order` is known, and only from 1 to 5.
    """
    words = option(text)
    if words in _BLANKS:
        return BLANK
    if words in _KEYS:
        return _KEYS[words]
    if order is not None and words in "12345" and len(words) == 1:
        return words if order is NumberOrder.BEST_FIRST else str(len(LEVELS) + 1 - int(words))
    return None


def is_number(text: str) -> bool:
    """Whether an option is given by its number."""
    return bool(_NUMBER.match(option(text)))


def is_blank(text: str) -> bool:
    """Whether a cell says that nothing was said."""
    return option(text) in _BLANKS


def moment(text: str) -> tuple[date, int | None] | None:
    """The day, and the minute counted from midnight where the text has a time."""
    day_text, _gap, time_text = text.partition(" ")
    day = _day(day_text)
    if day is None:
        return None
    found = _TIME.match(time_text)
    return day, int(found.group(1)) * 60 + int(found.group(2)) if found else None


def second_of(text: str) -> int:
    """The second within the minute of a moment; 0 where there is none."""
    tail = text.rpartition(":")[2]
    return int(tail) if text.count(":") == 2 and tail.isdecimal() else 0


def seconds(text: str) -> int | None:
    """How long answering took: 123秒, 2分5秒, 123; None for "--" and the like."""
    words = unicodedata.normalize("NFKC", text).replace(" ", "")
    if words.isdecimal():
        return int(words)
    found = _CLOCK.match(words)
    if found is None or not words:
        return None
    hours, minutes, rest = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + rest


def wish(text: str) -> str:
    """What somebody wishes: 其他〖下水道〗 is 下水道, several choices by 、; phone and identity numbers go."""
    if is_blank(text) and not _FILLED.search(text):
        return ""
    parts = [_filled(part) for part in text.split("┋")]
    words = _PHONE.sub("×", "、".join(part for part in parts if part))
    return words if len(words) <= WISH_LIMIT else words[: WISH_LIMIT - 1] + "…"


def _filled(part: str) -> str:
    found = _FILLED.search(part)
    if found is None:
        return part.strip()
    before, inside = _FILLED.sub("", part).strip(), found.group(1).strip()
    if not inside:
        return before
    return inside if before in ("", "其他", "其它") else f"{before}：{inside}"


@lru_cache(maxsize=1024)
def _day(text: str) -> date | None:
    found = _DATE.match(text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None

"""What short texts in an office's workbooks mean: heads, quarters, dates, yes and no, milestone nodes.

Pure text in, plain values out; None when the text does not say it. Nothing is guessed here.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

_SIMPLE = str.maketrans(
    "黨標關鍵結實績進難單編號負責領導組織級別類戶數時間換屆專職員書記聯繫區幹權對應會報鎮鄉總滿",
    "党标关键结实绩进难单编号负责领导组织级别类户数时间换届专职员书记联系区干权对应会报镇乡总满",
)
_SPACE = re.compile(r"[\s\u200b\ufeff]+")
_BRACKETS = re.compile(r"[(（\[【<《〈][^)）\]】>》〉]*[)）\]】>》〉]")
_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_QUARTER = re.compile(r"(?:第?([一二三四1-4])季度?)|(?:[Qq]([1-4]))")
_YEAR = re.compile(r"(20\d\d)(?=年|Q|q|$|[^0-9])")
_DATE = re.compile(r"(\d{4})[年./\-](\d{1,2})[月./\-](\d{1,2})日?")
_SERIAL_START = date(1899, 12, 30)
_NODE = re.compile(r"^(.*?)(\d+(?:\.\d+)?)%?$")
_SEPARATORS = re.compile(r"[、，,;；/／|\s]+")
_DONE = re.compile(r"^(?:已经完成|已完成|已经|已|全部)?(.*?)(?:已完成|完毕|了)?$")


def normal(text: str) -> str:
    """Compatibility forms folded, blanks removed, common traditional characters simplified."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)).translate(_SIMPLE)


@lru_cache(maxsize=8192)
def head(text: str) -> str:
    """A column head reduced to its words: without remarks in brackets, colons and stars."""
    return _BRACKETS.sub("", normal(text)).strip(":：*＊·.。").upper()


def year_in(text: str) -> int | None:
    """The first year from 2000 to 2099 named in a text."""
    found = _YEAR.search(normal(text))
    return int(found.group(1)) if found else None


def quarter_in(text: str) -> int | None:
    """第三季度, 3季度, 三季度, Q3 → 3."""
    found = _QUARTER.search(normal(text))
    return _DIGITS[found.group(1) or found.group(2)] if found else None


def date_in(value: str | Decimal | date | bool) -> date | None:
    """2021.1.11, 2026年9月28日, 2026-9-28, a date cell, or a serial day number of a workbook."""
    if isinstance(value, date):
        return value
    if isinstance(value, bool):
        return None
    text = normal(str(value))
    found = _DATE.search(text)
    try:
        if found:
            return date(int(found.group(1)), int(found.group(2)), int(found.group(3)))
        if re.fullmatch(r"[2-6]\d{4}", text):
            return _SERIAL_START + timedelta(days=int(text))
    except ValueError:
        return None
    return None


def yes_no(text: str) -> bool | None:
    """是, 已完成, √ → True; 否, 未完成, × → False; anything else None."""
    word = normal(text).upper()
    if word in {"是", "有", "已完成", "完成", "√", "✓", "✔", "Y", "YES", "TRUE", "设"}:
        return True
    if word in {"否", "未完成", "没有完成", "×", "✗", "N", "NO", "FALSE", "不设", "未设"}:
        return False
    return None


def weighted_nodes(statement: str) -> tuple[str, tuple[tuple[str, Decimal], ...]]:
    """ "产业路硬化：立项20、开工30" → its title and its nodes with weights; no nodes when the text has none."""
    title, mark, rest = re.sub("[：﹕]", ":", statement).partition(":")
    nodes: list[tuple[str, Decimal]] = []
    if mark:
        for part in re.split("[、,;]", unicodedata.normalize("NFKC", rest).strip("。. ")):
            found = _NODE.match(normal(part))
            if not found or not found.group(1):
                return statement.strip(), ()
            nodes.append((found.group(1).rstrip("(（"), Decimal(found.group(2))))
    return (title.strip() if nodes else statement.strip()), tuple(nodes)


def nodes_done(text: str, nodes: tuple[str, ...]) -> tuple[tuple[str, ...], bool] | None:
    """Which of `nodes` a return states as done, and whether that was read from the last one only.

    Named nodes ("立项、开工") are taken as named. A single "已开工" means everything up to it: `True` then.
    None when a part of the text is no node of this milestone.
    """
    parts = [part for part in _SEPARATORS.split(unicodedata.normalize("NFKC", text).strip()) if part]
    named: list[str] = []
    last_only = False
    for part in parts:
        bare = part if part in nodes else _bare(part)
        if bare not in nodes:
            return None
        last_only = last_only or part not in nodes
        named.append(bare)
    if not named:
        return None
    furthest = max(nodes.index(name) for name in named)
    upto = nodes[: furthest + 1]
    if set(named) == set(upto):
        return upto, last_only
    return (upto, True) if len(named) == 1 else None


def _bare(part: str) -> str:
    found = _DONE.match(part)
    return found.group(1) if found else part


def short_title(statement: str) -> str:
    """The thing that a statement speaks of: "党员到会率由78.5%提高到89.9%" → "党员到会率"."""
    text = statement.strip()
    if text.startswith("摸清"):
        return text.removeprefix("摸清").split("，")[0].split(",")[0] + "摸底"
    text = text.removeprefix("完成") if not text.startswith("完成率") else text
    for pattern in (r"由\d.*$", r"全年(?:达到|不).*$", r"(?:保持|实现)?(?:为零|零发生)$", r"[（(].*[)）]$"):
        text = re.sub(pattern, "", text)
    return text.strip("，, ") or statement.strip()


def whole(value: str | Decimal | date | bool) -> Decimal | None:
    """A clean number from a number cell or from plain digits; None for anything else."""
    if isinstance(value, bool | date):
        return None
    try:
        number = value if isinstance(value, Decimal) else Decimal(value.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None

"""Search by sound: stored keys of a name, and the match of what was typed. Only making keys loads pypinyin.

The keys of a name are one "word" a character, separated by blanks; a character with several readings keeps
them all, joined by "/": 单支部 gives "dan/shan/chan zhi bu". A character that has no reading stands for itself.
"""

from __future__ import annotations

SURNAMES = {
    "单": "shan", "覃": "qin/tan", "区": "ou", "解": "xie", "仇": "qiu", "查": "zha", "曾": "zeng", "盖": "ge",
    "朴": "piao", "尉": "yu/wei", "乐": "yue/le", "缪": "miao", "翟": "zhai", "种": "chong", "员": "yun", "冼": "xian",
    "繁": "po", "折": "she", "那": "na", "召": "shao", "宓": "mi/fu", "晟": "cheng", "黑": "he", "祭": "zhai",
}  # fmt: skip
"""Readings that family names have and that a reading dictionary may not list; added to those it gives."""


def keys(name: str) -> str:
    """The search keys to store beside a name: every reading of each character."""
    from pypinyin import Style, pinyin

    words: list[str] = []
    for character in name:
        if character.isspace():
            continue
        if character.isascii():
            words.append(character.lower())
            continue
        read = pinyin(character, style=Style.NORMAL, heteronym=True, errors=lambda unknown: unknown)[0]
        known = SURNAMES.get(character, "").split("/")
        readings = [*known, *(reading.lower().replace("ü", "v") for reading in read)]
        words.append("/".join(dict.fromkeys(reading for reading in readings if reading)))
    return " ".join(words)


def matches(query: str, name: str, stored: str) -> bool:
    """Whether what was typed is part of `name`: as characters, as full pinyin, as initials, or mixed.

    Matching starts at any character; every letter typed must fit. An empty query matches everything.
    """
    typed = "".join(query.split()).lower()
    if not typed or typed in "".join(name.split()).lower():
        return True
    words = [word.split("/") for word in stored.split(" ")] if stored else []
    letters = [character for character in name if not character.isspace()]
    if len(letters) != len(words):
        letters = [""] * len(words)
    return any(_fits(typed, words[start:], letters[start:]) for start in range(len(words)))


def _fits(typed: str, words: list[list[str]], letters: list[str]) -> bool:
    """Spend `typed` on the words in order: each takes its character, a whole syllable or its beginning."""
    if not typed:
        return True
    if not words:
        return False
    if letters[0] and typed.startswith(letters[0].lower()) and _fits(typed[1:], words[1:], letters[1:]):
        return True
    for reading in words[0]:
        shared = 0
        while shared < min(len(reading), len(typed)) and reading[shared] == typed[shared]:
            shared += 1
        if shared == len(typed) and shared:
            return True
        if any(_fits(typed[cut:], words[1:], letters[1:]) for cut in range(shared, 0, -1)):
            return True
    return False

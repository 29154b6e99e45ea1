"""What the columns of a survey's export are: by the text of their questions and by what stands in them, never by place.

What is not certain stays unknown and is asked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from okr_desk.exchange import ballot_texts as texts
from okr_desk.exchange.meaning import head, normal
from okr_desk.exchange.names import Names
from okr_desk.rules.ballot_imports import (
    AnswerColumn,
    BallotReading,
    ColumnUse,
    ImportDecisions,
    KnownRound,
    Role,
)

FIXED_HEADS = {
    "提交答卷时间": ColumnUse.MOMENT, "提交时间": ColumnUse.MOMENT, "填写时间": ColumnUse.MOMENT,
    "所用时间": ColumnUse.SECONDS, "答题时长": ColumnUse.SECONDS, "用时": ColumnUse.SECONDS,
    "来源": ColumnUse.DROPPED, "来源详情": ColumnUse.DROPPED, "总分": ColumnUse.DROPPED,
    "性别": ColumnUse.DROPPED, "年龄": ColumnUse.DROPPED, "年龄段": ColumnUse.DROPPED, "居住年限": ColumnUse.DROPPED,
}  # fmt: skip
"""Heads of the survey site itself, and of the block about the person, which is not stored."""
_PLACE = re.compile(r"所在|所属|哪个(?:村|社区|单位|支部)|党支部名称|^(?:村|社区|单位|支部|党支部)$")
_GROUP = re.compile(r"身份|人群|您是")
_HALF = 0.5
_Share = Callable[[AnswerColumn], float]


def propose(reading: BallotReading, known: KnownRound) -> ImportDecisions:
    """What can be said for certain of a file: its columns, and the places and groups by their names."""
    roles = recognise(reading, known)
    names = Names(known.orgs, known.township)
    return ImportDecisions(
        roles=roles,
        channel=known.channels[0],
        places=_places(reading, roles, known, names),
        groups=_groups(reading, roles, known),
        order=known.order,
    )


def with_roles(
    reading: BallotReading, known: KnownRound, decisions: ImportDecisions, roles: tuple[Role, ...]
) -> ImportDecisions:
    """The decisions after a person changed what columns are: names in newly chosen ones are looked up."""
    names = Names(known.orgs, known.township)
    places = {**_places(reading, roles, known, names), **decisions.places}
    groups = {**_groups(reading, roles, known), **decisions.groups}
    return replace(decisions, roles=roles, places=places, groups=groups)


def recognise(reading: BallotReading, known: KnownRound) -> tuple[Role, ...]:
    """What each column is taken for. Two columns for one question stay unknown both: the file mixes versions."""
    items = _items(known)
    opened = {texts.question(one) for one in known.open_questions}
    found = [_role(column, items, opened) for column in reading.columns]
    twice = {item for item, count in Counter(one.item for one in found if one.item is not None).items() if count > 1}
    found = [Role(ColumnUse.UNKNOWN) if one.item in twice else one for one in found]
    _find_one(found, reading, ColumnUse.PLACE, lambda column: _place_share(column, known), _PLACE)
    _find_one(found, reading, ColumnUse.GROUP, lambda column: _group_share(column, known), _GROUP)
    return tuple(found)


def asks_levels(column: AnswerColumn) -> bool:
    """Whether most texts of a column are answers of five levels."""
    said = [text for text in column.texts if not texts.is_blank(text)]
    return bool(said) and sum(texts.answer(text) is not None for text in said) > _HALF * len(said)


def group_ids(known: KnownRound) -> dict[str, int]:
    """Groups by every word for them."""
    found: dict[str, int] = {}
    for group in known.groups:
        for name in (group.name, *group.aliases):
            found[normal(name)] = group.id
    return found


def _items(known: KnownRound) -> dict[str, int]:
    """Places of the questions by every wording; a wording that two questions share finds neither."""
    found: dict[str, set[int]] = {}
    for item in known.items:
        for text in (item.text, *item.aliases):
            found.setdefault(texts.question(text), set()).add(item.place)
    return {text: next(iter(places)) for text, places in found.items() if len(places) == 1}


def _role(column: AnswerColumn, items: dict[str, int], opened: set[str]) -> Role:
    asked = texts.question(column.head)
    if asked in items:
        return Role(ColumnUse.ITEM, items[asked])
    if asked in opened:
        return Role(ColumnUse.WISH)
    if re.search(texts.BLIND, column.head):
        return Role(ColumnUse.UNSEEN)
    fixed = FIXED_HEADS.get(head(column.head)) or FIXED_HEADS.get(asked)
    return Role(fixed or ColumnUse.UNKNOWN)


def _find_one(
    found: list[Role], reading: BallotReading, use: ColumnUse, share: _Share, pattern: re.Pattern[str]
) -> None:
    """Give `use` to the one column whose texts are mostly such names; by its head where texts do not tell."""
    open_ones = [n for n, role in enumerate(found) if role.use is ColumnUse.UNKNOWN]
    shares = {n: share(reading.columns[n]) for n in open_ones}
    sure = [n for n in open_ones if shares[n] > _HALF]
    named = [n for n in open_ones if pattern.search(texts.question(reading.columns[n].head))]
    chosen = sure if len(sure) == 1 else [n for n in sure or open_ones if n in named]
    if len(chosen) == 1:
        found[chosen[0]] = Role(use)


def _place_share(column: AnswerColumn, known: KnownRound) -> float:
    names = Names(known.orgs, known.township)
    said = [text for text in column.texts if not texts.is_blank(text)][:300]
    return sum(names.find(texts.option(text)) is not None for text in said) / max(1, len(said))


def _group_share(column: AnswerColumn, known: KnownRound) -> float:
    groups = group_ids(known)
    said = [text for text in column.texts if not texts.is_blank(text)][:300]
    return sum(normal(texts.option(text)) in groups for text in said) / max(1, len(said))


def _places(reading: BallotReading, roles: tuple[Role, ...], known: KnownRound, names: Names) -> dict[str, int | None]:
    found: dict[str, int | None] = {}
    for column, role in zip(reading.columns, roles, strict=True):
        if role.use is ColumnUse.PLACE:
            for text in column.texts:
                short = names.find(texts.option(text))
                if short is not None and short in known.org_ids:
                    found[text] = known.org_ids[short]
    return found


def _groups(reading: BallotReading, roles: tuple[Role, ...], known: KnownRound) -> dict[str, int | None]:
    groups = group_ids(known)
    found: dict[str, int | None] = {}
    for column, role in zip(reading.columns, roles, strict=True):
        if role.use is ColumnUse.GROUP:
            for text in column.texts:
                if texts.is_blank(text):
                    found[text] = None
                elif (key := normal(texts.option(text))) in groups:
                    found[text] = groups[key]
    return found

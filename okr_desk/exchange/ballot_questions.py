"""What a person has to decide before a file of answer sheets counts, each with rows, column, text and reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from okr_desk.exchange import ballot_texts as texts
from okr_desk.exchange.ballot_columns import asks_levels
from okr_desk.i18n import _
from okr_desk.rules.ballot_imports import (
    AnswerColumn,
    BallotReading,
    ColumnUse,
    ImportDecisions,
    KnownRound,
    Question,
    QuestionKind,
)
from okr_desk.rules.ballots import BallotRow

SHOWN = 5
"""Rows named with a question; the rest is counted."""
_SAME_SHARE = 0.5


def column_questions(reading: BallotReading, known: KnownRound, decisions: ImportDecisions) -> tuple[Question, ...]:
    """Columns that ask what this round does not, its questions that are missing or come twice, the order of numbers."""
    found: list[Question] = []
    others = {texts.question(one) for one in known.other_questions}
    uses = Counter(role.item if role.use is ColumnUse.ITEM else role.use for role in decisions.roles)
    for index, (role, column) in enumerate(zip(decisions.roles, reading.columns, strict=True)):
        if role.use is ColumnUse.UNKNOWN and (texts.question(column.head) in others or asks_levels(column)):
            reason = _("本轮测评表没有这道题，或同一道题出现两次，可能混入了另一版问卷，请选定它是哪道题或不采用")
            found.append(_about(QuestionKind.COLUMN, reading, index, column.head, reason))
        twice = uses[role.item if role.use is ColumnUse.ITEM else role.use] > 1
        if twice and role.use not in (ColumnUse.DROPPED, ColumnUse.UNSEEN, ColumnUse.UNKNOWN):
            found.append(
                _about(QuestionKind.COLUMN, reading, index, column.head, _("另有一列选定了同样的用途，请改正"))
            )
    for item in known.items:
        key = f"{QuestionKind.ITEM}:{item.place}"
        if item.place not in uses and key not in decisions.accepted:
            reason = _("文件里没有找到这道题；照此导入则全部按漏选计")
            found.append(Question(QuestionKind.ITEM, key, "", item.text, reason, (), reading.rows))
    if decisions.order is None:
        found += _order_question(reading, decisions)
    return tuple(found)


def row_questions(
    reading: BallotReading,
    known: KnownRound,
    decisions: ImportDecisions,
    moments: Sequence[tuple[date, int | None] | None],
) -> tuple[Question, ...]:
    """Options, places and groups that are unknown, and days outside the round."""
    found: list[Question] = []
    has_place = False
    options: dict[str, Question] = {}
    for index, (role, column) in enumerate(zip(decisions.roles, reading.columns, strict=True)):
        if role.use is ColumnUse.ITEM:
            reason = _("不是本表的选项，请选定它算哪一档")
            for one in _texts(QuestionKind.OPTION, reading, index, _open_options(column, decisions), reason):
                before = options.get(one.text)
                options[one.text] = one if before is None else _together(before, one)
        elif role.use is ColumnUse.PLACE:
            has_place = True
            reason = _("没有找到这个支部，请选定是哪个支部或不导入")
            open_places = [n for n, text in enumerate(column.texts) if text not in decisions.places]
            found += _texts(QuestionKind.PLACE, reading, index, open_places, reason)
        elif role.use is ColumnUse.GROUP:
            reason = _("测评表没有这类人群，请选定是哪一类或不分人群")
            open_groups = [n for n, text in enumerate(column.texts) if text not in decisions.groups]
            found += _texts(QuestionKind.GROUP, reading, index, open_groups, reason)
    if not has_place and "" not in decisions.places:
        reason = _("文件里没有“所在支部”一列，请选定整份文件是哪个支部的，或指定哪一列是支部")
        found.insert(0, Question(QuestionKind.PLACE, f"{QuestionKind.PLACE}:", "", "", reason, (), reading.rows))
    return (*found, *options.values(), *_date_question(reading, known, decisions, moments))


def over_questions(ballots: Sequence[BallotRow], known: KnownRound, decisions: ImportDecisions) -> Iterator[Question]:
    """Branches that would have more answers than people."""
    names = {org_id: short for short, org_id in known.org_ids.items()}
    coming = Counter(one.draft.org_id for one in ballots if not one.draft.void_reason)
    for org_id, limit in known.limits.items():
        key = f"{QuestionKind.OVER}:{org_id}"
        total = coming[org_id] + known.taken.get(org_id, 0)
        if coming[org_id] and total > limit and key not in decisions.accepted:
            reason = _("导入后共 {total} 份答卷，超过应答人数 {limit} 人，请核对").format(total=total, limit=limit)
            yield Question(QuestionKind.OVER, key, "", names.get(org_id, ""), reason, (), coming[org_id])


def twin_questions(
    reading: BallotReading, ballots: Sequence[BallotRow], known: KnownRound, decisions: ImportDecisions
) -> Iterator[Question]:
    """The same file again, which is never taken; or another with more than half of the rows the same."""
    for earlier in known.earlier:
        key = f"{QuestionKind.TWIN}:{earlier.sha256 or earlier.file_name}"
        if earlier.sha256 == reading.sha256:
            reason = _("这个文件已经导入过（{name}），不会重复写入").format(name=earlier.file_name)
            yield Question(QuestionKind.TWIN, key, "", earlier.file_name, reason, (), reading.rows)
            continue
        if not earlier.prints or key in decisions.accepted:
            continue
        same = sum(
            one.draft.answered_on is not None
            and (one.draft.org_id, one.draft.answered_on, one.minute, one.draft.answers) in earlier.prints
            for one in ballots
        )
        if same > _SAME_SHARE * len(ballots):
            reason = _("有 {same} 份与已导入的“{name}”时间和答案相同，可能是重复上报")
            said = reason.format(same=same, name=earlier.file_name)
            yield Question(QuestionKind.TWIN, key, "", earlier.file_name, said, (), same)


def is_by_number(reading: BallotReading, decisions: ImportDecisions) -> bool:
    """Whether any answer stands there as a number, so that what 1 means decides."""
    return any(
        role.use is ColumnUse.ITEM and any(texts.is_number(text) for text in column.texts)
        for role, column in zip(decisions.roles, reading.columns, strict=True)
    )


def _order_question(reading: BallotReading, decisions: ImportDecisions) -> Iterator[Question]:
    for index, (role, column) in enumerate(zip(decisions.roles, reading.columns, strict=True)):
        if role.use is not ColumnUse.ITEM:
            continue
        numbers = [n for n, text in enumerate(column.texts) if texts.is_number(text)]
        if numbers:
            reason = _("选项按序号导出，文件没有写明 1 是“非常满意”还是“不满意”，请对照问卷选定")
            yield from _texts(QuestionKind.ORDER, reading, index, numbers[:1], reason)
            return


def _open_options(column: AnswerColumn, decisions: ImportDecisions) -> list[int]:
    """Texts that are no answer and that nobody has decided on."""
    return [
        place
        for place, text in enumerate(column.texts)
        if texts.option(text) not in decisions.options and texts.answer(text, decisions.order) is None
    ]


def _date_question(
    reading: BallotReading,
    known: KnownRound,
    decisions: ImportDecisions,
    moments: Sequence[tuple[date, int | None] | None],
) -> Iterator[Question]:
    first, last, key = known.starts_on, known.ends_on, f"{QuestionKind.DATES}:"
    outside = [n for n, when in enumerate(moments) if when is not None and not first <= when[0] <= last]
    if not outside or key in decisions.accepted:
        return
    index = next(n for n, role in enumerate(decisions.roles) if role.use is ColumnUse.MOMENT)
    column = reading.columns[index]
    reason = _("提交日期不在本轮测评期间（{first} 至 {last}），请核对是不是这一轮的文件").format(first=first, last=last)
    rows = tuple(reading.first_row + n for n in outside[:SHOWN])
    yield Question(QuestionKind.DATES, key, column.head, column.text(outside[0]), reason, rows, len(outside), index)


def _about(kind: QuestionKind, reading: BallotReading, index: int, head: str, reason: str) -> Question:
    return Question(kind, f"{kind}:{index}", head, head, reason, (), reading.rows, index)


def _texts(
    kind: QuestionKind, reading: BallotReading, index: int, places: Sequence[int], reason: str
) -> list[Question]:
    """A question on each of these texts of a column, with the rows that have it."""
    column = reading.columns[index]
    rows: dict[int, list[int]] = {place: [] for place in places}
    if rows:
        for n, one in enumerate(column.places):
            if one in rows:
                rows[one].append(reading.first_row + n)
    found = []
    for place in places:
        text = texts.option(column.texts[place]) if kind is QuestionKind.OPTION else column.texts[place]
        named = tuple(rows[place][:SHOWN])
        found.append(Question(kind, f"{kind}:{text}", column.head, text, reason, named, len(rows[place]), index))
    return found


def _together(one: Question, other: Question) -> Question:
    """The same text in two columns."""
    rows = tuple(sorted({*one.rows, *other.rows})[:SHOWN])
    return replace(one, rows=rows, count=one.count + other.count)

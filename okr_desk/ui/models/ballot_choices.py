"""What a person may answer to each question of an import of answer sheets, and the decisions that follow."""

from __future__ import annotations

from dataclasses import dataclass, replace

from okr_desk.exchange.ballot_columns import with_roles
from okr_desk.i18n import _
from okr_desk.rules.ballot_imports import (
    BallotPlan,
    BallotReading,
    ColumnUse,
    ImportDecisions,
    KnownRound,
    Question,
    QuestionKind,
    Role,
)
from okr_desk.survey_terms import LEVELS, UNSURE, NumberOrder
from okr_desk.terms import label

_USES = (ColumnUse.PLACE, ColumnUse.GROUP, ColumnUse.WISH, ColumnUse.MOMENT, ColumnUse.SECONDS, ColumnUse.DROPPED)


@dataclass(frozen=True)
class Choice:
    """One answer: its words and what it stands for."""

    words: str
    value: object


def choices(question: Question, known: KnownRound, sha256: str = "") -> tuple[Choice, ...]:
    """The answers to a question; none where it cannot be waved through (the very same file)."""
    if question.kind is QuestionKind.COLUMN:
        return column_choices(known)
    if question.kind is QuestionKind.ORDER:
        return tuple(Choice(label(order), order) for order in NumberOrder)
    if question.kind is QuestionKind.OPTION:
        levels = [Choice(_(text), str(place + 1)) for place, text in enumerate(LEVELS)]
        return (*levels, Choice(_(UNSURE), "0"), Choice(_("按漏选计"), "-"))
    if question.kind is QuestionKind.PLACE:
        skip = () if question.column_index is None else (Choice(_("不导入这些答卷"), None),)
        return (*(Choice(short, org_id) for short, org_id in known.org_ids.items()), *skip)
    if question.kind is QuestionKind.GROUP:
        return (*(Choice(group.name, group.id) for group in known.groups), Choice(_("不分人群"), None))
    if question.kind is QuestionKind.SUMMARY or question.key == f"{QuestionKind.TWIN}:{sha256}":
        return ()
    return (Choice(_("已核对，照此导入"), True),)


def column_choices(known: KnownRound) -> tuple[Choice, ...]:
    """What a column may be: each question of the round, or one of the other uses."""
    items = tuple(Choice(item.text, Role(ColumnUse.ITEM, item.place)) for item in known.items)
    return (*items, *(Choice(label(use), Role(use)) for use in _USES))


def decided(
    reading: BallotReading, known: KnownRound, decisions: ImportDecisions, question: Question, value: object
) -> ImportDecisions:
    """The decisions with this answer."""
    if question.kind is QuestionKind.COLUMN and isinstance(value, Role) and question.column_index is not None:
        return with_role(reading, known, decisions, question.column_index, value)
    if question.kind is QuestionKind.ORDER and isinstance(value, NumberOrder):
        return replace(decisions, order=value)
    if question.kind is QuestionKind.OPTION and isinstance(value, str):
        return replace(decisions, options={**decisions.options, question.text: value})
    if question.kind is QuestionKind.PLACE and (value is None or isinstance(value, int)):
        return replace(decisions, places={**decisions.places, question.text: value})
    if question.kind is QuestionKind.GROUP and (value is None or isinstance(value, int)):
        return replace(decisions, groups={**decisions.groups, question.text: value})
    return replace(decisions, accepted=decisions.accepted | {question.key})


def with_role(
    reading: BallotReading, known: KnownRound, decisions: ImportDecisions, index: int, role: Role
) -> ImportDecisions:
    """The decisions with another meaning of one column."""
    roles = (*decisions.roles[:index], role, *decisions.roles[index + 1 :])
    return with_roles(reading, known, decisions, roles)


def role_words(role: Role, known: KnownRound) -> str:
    """What a column is taken for, in words."""
    if role.use is ColumnUse.ITEM:
        return next((item.text for item in known.items if item.place == role.item), "")
    return label(role.use)


def where(question: Question) -> str:
    """Column and rows of a question in words."""
    if not question.rows:
        return question.column
    named = _("、").join(str(row) for row in question.rows)
    if question.count > len(question.rows):
        return _("第 {rows} 等 {n} 行 · {column}").format(rows=named, n=question.count, column=question.column)
    return _("第 {rows} 行 · {column}").format(rows=named, column=question.column)


def listing(plan: BallotPlan) -> str:
    """Everything that does not simply count, as lines to be pasted elsewhere."""
    lines = [f"{_('要您定')}\t{where(one)}\t{one.text}\t{one.reason}" for one in plan.questions]
    for word, marked in ((_("作废"), plan.void), (_("存疑"), plan.suspect), (_("退回"), plan.sent_back)):
        lines += [f"{word}\t{_('第 {row} 行').format(row=one.row)}\t{one.where}\t{one.reason}" for one in marked]
    return "\n".join(lines)

"""What may be entered on organisational life: meetings, lines of the ledger, the yearly grading (domain 2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from okr_desk.duty_terms import DutyKind, RegisterKind
from okr_desk.errors import InputRefused
from okr_desk.i18n import N_, _, using
from okr_desk.rules.checks import check_amount, check_length
from okr_desk.scoring.duties import COMMITTEE_FROM, BranchSize, excellent_most, has_quorum, may_elect
from okr_desk.terms import EntryBasis, label

TOPIC_LIMIT, PLACE_LIMIT, NAME_LIMIT, MINUTES_LIMIT, NOTE_LIMIT = 120, 60, 40, 4000, 300
MOST_PEOPLE = 9999

WORDS: Mapping[str, DutyKind] = {
    "支部党员大会": DutyKind.ASSEMBLY,
    "党员大会": DutyKind.ASSEMBLY,
    "支部大会": DutyKind.ASSEMBLY,
    "支委会": DutyKind.COMMITTEE,
    "支部委员会": DutyKind.COMMITTEE,
    "支部委员会会议": DutyKind.COMMITTEE,
    "支委会会议": DutyKind.COMMITTEE,
    "党小组会": DutyKind.GROUP,
    "党小组会议": DutyKind.GROUP,
    "小组会": DutyKind.GROUP,
    "党课": DutyKind.LESSON,
    "上党课": DutyKind.LESSON,
    "主题党日": DutyKind.PARTY_DAY,
    "主题党日活动": DutyKind.PARTY_DAY,
    "党日活动": DutyKind.PARTY_DAY,
    "固定党日": DutyKind.PARTY_DAY,
    "组织生活会": DutyKind.LIFE,
    "专题组织生活会": DutyKind.LIFE,
    "民主评议": DutyKind.REVIEW,
    "民主评议党员": DutyKind.REVIEW,
}
"""What a workbook calls each kind."""

MONTHLY = frozenset({RegisterKind.FEES})
"""Lines of the ledger that are kept by month; the others by quarter."""

_FIELDS = ("kind", "topic", "due", "present", "host", "place", "group")
"""Columns of a line, in the order in which it is listed."""

BASIS: Mapping[DutyKind, str] = {
    DutyKind.ASSEMBLY: N_("条例：一般每季 1 次"),
    DutyKind.COMMITTEE: N_("条例：一般每月 1 次"),
    DutyKind.GROUP: N_("条例：每组每月 1 次"),
    DutyKind.LESSON: N_("本地要求，非条例"),
    DutyKind.PARTY_DAY: N_("条例：每月固定 1 天"),
    DutyKind.LIFE: N_("条例：每年至少 1 次"),
    DutyKind.REVIEW: N_("条例：一般每年 1 次"),
}
"""On what the number of each kind rests, 条例 being 中国共产党支部工作条例(试行); shown beside it."""


@dataclass(frozen=True)
class MeetingDraft:
    """One event as it was held. `reason` is needed after the quarter was frozen."""

    org_id: int
    held_on: date
    kinds: tuple[DutyKind, ...]
    due: int
    present: int
    topic: str = ""
    host: str = ""
    place: str = ""
    minutes: str = ""
    group_number: int | None = None
    is_election: bool = False
    reported_by: str = ""
    basis: EntryBasis = EntryBasis.OWN
    reason: str = ""


@dataclass(frozen=True)
class RegisterDraft:
    """One line of the ledger; `month` for what is kept by month. Without `due` and `done` the standing line goes."""

    org_id: int
    kind: RegisterKind
    year: int
    quarter: int
    month: int | None = None
    due: int | None = None
    done: int | None = None
    amount_due: Decimal | None = None
    amount_done: Decimal | None = None
    note: str = ""
    reported_by: str = ""
    basis: EntryBasis = EntryBasis.OWN
    reason: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether the line says nothing at all."""
        return self.due is None and self.done is None


@dataclass(frozen=True)
class ReviewDraft:
    """The yearly grading: `due` members, probationary ones among them, `took_part`, and how many got each grade."""

    org_id: int
    reviewed_on: date
    due: int
    took_part: int
    probationary: int = 0
    excellent: int = 0
    qualified: int = 0
    basically: int = 0
    unqualified: int = 0
    note: str = ""
    reported_by: str = ""
    basis: EntryBasis = EntryBasis.OWN
    reason: str = ""


def check_meeting(draft: MeetingDraft, size: BranchSize, name: str) -> tuple[str, ...]:
    """What has to be said about an event that is taken; raises InputRefused at the first field that is wrong.

    `name` is the branch's. Too few members for a decision is said, not refused: the meeting took place.
    """
    if not draft.kinds:
        raise InputRefused(_("请至少选一种类型，例如“主题党日”。"), "kinds")
    if len(set(draft.kinds)) != len(draft.kinds):
        raise InputRefused(_("同一种类型写了两次，请只留一个。"), "kinds")
    _check_kinds(draft, size, name)
    check_present(draft.due, draft.present)
    check_length(draft.topic, "topic", _("主题"), TOPIC_LIMIT)
    check_length(draft.host, "host", _("主持人"), NAME_LIMIT)
    check_length(draft.place, "place", _("地点"), PLACE_LIMIT)
    check_length(draft.minutes, "minutes", _("会议记录"), MINUTES_LIMIT)
    check_length(draft.reported_by, "reported_by", _("填报人"), NAME_LIMIT)
    return _notices(draft, size)


def check_present(due: int, present: int) -> None:
    """Refuse numbers that cannot be: nobody due, more present than due."""
    if not 1 <= due <= MOST_PEOPLE:
        raise InputRefused(_("“应到”请填 1 到 {most} 的整数。").format(most=MOST_PEOPLE), "due")
    if present < 0:
        raise InputRefused(_("“实到”不能是负数，请改正。"), "present")
    if present > due:
        said = _("实到 {present} 人多于应到 {due} 人，请核对。列席人员不计入应到和实到。")
        raise InputRefused(said.format(present=present, due=due), "present")


def check_register(draft: RegisterDraft) -> None:
    """Raise InputRefused for a line that cannot be: half filled in, more done than due, amounts where none belong."""
    name = label(draft.kind)
    if (draft.month is not None) != (draft.kind in MONTHLY):
        raise InputRefused(_("“{name}”的期间不对，请刷新后再填。").format(name=name), "month")
    if draft.due is None or draft.done is None:
        raise InputRefused(_("{name}：应完成数和已完成数都要填。没有的请都留空，不要填 0。").format(name=name), "done")
    if not 0 <= draft.due <= MOST_PEOPLE or draft.done < 0:
        raise InputRefused(_("{name}：请填 0 到 {most} 的整数。").format(name=name, most=MOST_PEOPLE), "due")
    if draft.done > draft.due:
        said = _("{name}：已完成 {done} 多于应完成 {due}，请核对。")
        raise InputRefused(said.format(name=name, done=draft.done, due=draft.due), "done")
    if draft.kind is RegisterKind.ELECTION and draft.due > 1:
        raise InputRefused(_("按期换届：本季度任期届满的填应换届 1，没有届满的留空。"), "due")
    for amount, field in ((draft.amount_due, "amount_due"), (draft.amount_done, "amount_done")):
        if amount is None:
            continue
        if draft.kind is not RegisterKind.FEES:
            raise InputRefused(_("只有党费收缴填金额，请删去。"), field)
        check_amount(amount, field, _("金额"))
        if amount < 0:
            raise InputRefused(_("金额不能是负数，请改正。"), field)
    check_length(draft.note, "note", _("备注"), NOTE_LIMIT)
    check_length(draft.reported_by, "reported_by", _("填报人"), NAME_LIMIT)


def check_review(draft: ReviewDraft) -> tuple[str, ...]:
    """What has to be said about a grading that is taken; raises InputRefused at the first number that cannot be.

    优秀 at most a third of the members who get a grade, cut off; probationary members get none (domain 0, 26).
    """
    grades = (draft.excellent, draft.qualified, draft.basically, draft.unqualified)
    if min(draft.due, draft.took_part, draft.probationary, *grades) < 0 or draft.due > MOST_PEOPLE:
        raise InputRefused(_("人数请填 0 到 {most} 的整数。").format(most=MOST_PEOPLE), "due")
    if draft.due < 1:
        raise InputRefused(_("请填应参加民主评议的党员人数。"), "due")
    if draft.took_part > draft.due:
        said = _("参加评议 {n} 人多于应参加 {due} 人，请核对。")
        raise InputRefused(said.format(n=draft.took_part, due=draft.due), "took_part")
    if draft.probationary > draft.due:
        raise InputRefused(_("预备党员多于应参加评议的党员，请核对。"), "probationary")
    full = draft.due - draft.probationary
    if sum(grades) > full:
        said = _("评定等次共 {n} 人，多于正式党员 {full} 人。预备党员参加评议，不评定等次。")
        raise InputRefused(said.format(n=sum(grades), full=full), "qualified")
    most = excellent_most(full)
    if draft.excellent > most:
        said = _("“优秀”{n} 人，超过正式党员 {full} 人的三分之一，最多 {most} 人，请核减。")
        raise InputRefused(said.format(n=draft.excellent, full=full, most=most), "excellent")
    check_length(draft.note, "note", _("备注"), NOTE_LIMIT)
    check_length(draft.reported_by, "reported_by", _("填报人"), NAME_LIMIT)
    if sum(grades) < full:
        return (_("还有 {n} 名正式党员没有评定等次，请核对。").format(n=full - sum(grades)),)
    return ()


def kinds_of(text: str) -> tuple[DutyKind, ...] | None:
    """The kinds that a workbook names ("党员大会、党课"), each once; None where a word is none of them."""
    words = [word for word in _separated(text) if word]
    found = [WORDS.get(word) for word in words]
    if not words or None in found:
        return None
    return tuple(dict.fromkeys(kind for kind in found if kind is not None))


def kind_words(kinds: tuple[DutyKind, ...]) -> str:
    """Kinds in one text, in their order of declaration: 党员大会、党课."""
    return _("、").join(label(kind) for kind in DutyKind if kind in kinds)


def entry_fields(
    kinds: tuple[DutyKind, ...], topic: str, due: int, present: int, host: str, place: str, group: int | None
) -> tuple[tuple[str, str], ...]:
    """What a line of a register says by column, always in Chinese: the same for what is read and what is stored."""
    with using("zh_CN"):
        words = kind_words(kinds)
    group_text = "" if group is None else str(group)
    said = (words, topic.strip(), str(due), str(present), host.strip(), place.strip(), group_text)
    return tuple(zip(_FIELDS, said, strict=True))


def _separated(text: str) -> list[str]:
    for sign in "，,；;/＋+暨和与及\n":
        text = text.replace(sign, "、")
    return ["".join(word.split()) for word in text.split("、")]


def _check_kinds(draft: MeetingDraft, size: BranchSize, name: str) -> None:
    if DutyKind.COMMITTEE in draft.kinds and size.owes_committee is False:
        why = _("名册上不设支委会") if size.has_committee is False else _("正式党员不足 {n} 人，不设支委会")
        said = _("{name}{why}。议事请登记为“党员大会”；已设支委会的，请先在“组织”页更正名册。")
        raise InputRefused(said.format(name=name, why=why.format(n=COMMITTEE_FROM)), "kinds")
    if DutyKind.GROUP in draft.kinds and size.groups == 0:
        said = _("{name}名册上没有党小组，不能登记党小组会。已设党小组的，请先在“组织”页更正名册。")
        raise InputRefused(said.format(name=name), "kinds")
    if draft.group_number is None:
        return
    if DutyKind.GROUP not in draft.kinds:
        raise InputRefused(_("只有党小组会才填第几小组，请清空，或选上“党小组会”。"), "group_number")
    if not 1 <= draft.group_number <= (size.groups or 0):
        said = _("{name}有 {n} 个党小组，第几小组请填 1 到 {n}。")
        raise InputRefused(said.format(name=name, n=size.groups or 0), "group_number")


def _notices(draft: MeetingDraft, size: BranchSize) -> tuple[str, ...]:
    found = []
    voters = size.full_members
    if DutyKind.ASSEMBLY in draft.kinds and voters:
        if draft.is_election and not may_elect(draft.present, voters):
            said = _("到会 {n} 人，不足有选举权的正式党员 {voters} 人的五分之四，不能进行选举，请核对。")
            found.append(said.format(n=draft.present, voters=voters))
        elif not has_quorum(draft.present, voters):
            said = _("到会 {n} 人，没有超过有表决权的正式党员 {voters} 人的半数，不能作出决议，请核对。")
            found.append(said.format(n=draft.present, voters=voters))
    if DutyKind.COMMITTEE in draft.kinds and not has_quorum(draft.present, draft.due):
        said = _("到会委员 {n} 人，没有超过应到 {due} 人的半数，不能作出决定，请核对。")
        found.append(said.format(n=draft.present, due=draft.due))
    return tuple(found)

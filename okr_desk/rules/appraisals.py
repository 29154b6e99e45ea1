"""What may be entered of an appraisal: the meeting, who is voted on, ballots by class, votes, grades (domain 5.5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from okr_desk.appraisal_terms import ITEMS, LEVELS, VOTERS, AppraisalItem, AppraisalKind, Level, Voter
from okr_desk.errors import InputRefused, WrongState
from okr_desk.i18n import _
from okr_desk.rules.checks import check_amount, check_length, check_text
from okr_desk.rules.entered import ITSELF, By
from okr_desk.rules.permissions import Action
from okr_desk.scoring.appraisals import Tally, Turnout, check_best, check_tally, check_turnout
from okr_desk.terms import label

NAME_LIMIT, PERSON_LIMIT, POST_LIMIT, NOTE_LIMIT = 60, 40, 40, 200
MOST_PEOPLE, MOST_BALLOTS = 500, 100_000
EDITORS = {
    AppraisalKind.SECRETARIES: Action.EDIT_APPRAISALS,
    AppraisalKind.MEMBERS: Action.APPRAISE_MEMBERS,
}
"""Who sets up, counts, grades and closes each kind: a branch appraises its own members, secretaries the township."""
REOPENERS = Action.EDIT_APPRAISALS
"""Who opens one again that is closed, or takes it back then."""


@dataclass(frozen=True)
class PersonDraft:
    """Somebody who is voted on; probationary members take part and get no grade."""

    name: str
    org_id: int | None = None
    post: str = ""
    is_probationary: bool = False
    problems: str = ""


@dataclass(frozen=True)
class VoterDraft:
    """A class of voters: its weight, and how many ballots were given out, came back and were spoiled."""

    voter: Voter
    weight: Decimal
    issued: int = 0
    returned: int = 0
    void: int = 0

    @property
    def turnout(self) -> Turnout:
        """The ballots alone."""
        return Turnout(self.issued, self.returned, self.void)


AHEAD = 90
"""Days by which a meeting may be set up before it is held."""


@dataclass(frozen=True)
class HeldDraft:
    """The day on which a meeting was, or will be held."""

    appraisal_id: int
    held_on: date


@dataclass(frozen=True)
class AppraisalDraft:
    """A meeting at which votes are given. `org_id`: the township for secretaries, the branch for its members."""

    kind: AppraisalKind
    org_id: int
    year: int
    name: str
    held_on: date
    people: tuple[PersonDraft, ...]
    voters: tuple[VoterDraft, ...]
    by: By = ITSELF


@dataclass(frozen=True)
class CountDraft:
    """The votes of one class for one person on one item, by level, the best first; all None takes them back."""

    person_id: int
    voter: Voter
    item: AppraisalItem
    votes: tuple[int | None, ...]

    @property
    def is_blank(self) -> bool:
        """Whether nothing was counted."""
        return all(one is None for one in self.votes)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The votes, what was left open as 0."""
        return tuple(one or 0 for one in self.votes)


@dataclass(frozen=True)
class CountsDraft:
    """What one saving of the grid says: ballots of the classes, and the votes of the lines that changed."""

    appraisal_id: int
    voters: tuple[VoterDraft, ...]
    counts: tuple[CountDraft, ...]


@dataclass(frozen=True)
class GradeDraft:
    """The grade decided for a person. `reason` is needed where it is not what the votes suggest; None takes it back."""

    person_id: int
    grade: Level | None
    reason: str = ""


@dataclass(frozen=True)
class Cuts:
    """From which score of a secretary each grade is suggested; a threshold belongs to the better side."""

    good: Decimal = Decimal(90)
    fairly: Decimal = Decimal(80)
    fair: Decimal = Decimal(60)


def check_appraisal(draft: AppraisalDraft, today: date) -> None:
    """Raise InputRefused for what a meeting lacks, people named twice, classes that do not fit its kind."""
    check_text(draft.name, "name", _("名称"), NAME_LIMIT)
    check_held_on(draft.held_on, draft.year, today)
    check_people(draft.people)
    check_voters(draft.kind, draft.voters)


def check_held_on(day: date, year: int, today: date) -> None:
    """Raise InputRefused for a day that is not of the year, or so far ahead that it is a slip of the pen.

    A meeting to come is set up before it is held: its ballots are printed from it.
    """
    if (day - today).days > AHEAD:
        said = _("“测评日期”{day} 太远，最多提前 {n} 天建立，请核对。")
        raise InputRefused(said.format(day=day, n=AHEAD), "held_on")
    if day.year not in (year, year + 1):
        raise InputRefused(_("测评日期不在{year}年度，请核对。").format(year=year), "held_on")


def check_was_held(day: date, today: date) -> None:
    """Raise WrongState for a meeting that is still to come: there are no votes yet."""
    if day > today:
        said = _("测评会定在 {day}，会后再录票数、定等次。会期有变的，请先改日期。")
        raise WrongState(said.format(day=day))


def check_people(people: Sequence[PersonDraft], known: Sequence[str] = ()) -> None:
    """Raise InputRefused for nobody, too many, a name that is empty or stands twice."""
    if not people:
        raise InputRefused(_("请至少写一名被测评人，每行一名。"), "people")
    if len(people) + len(known) > MOST_PEOPLE:
        raise InputRefused(_("被测评人最多 {n} 名，请分开组织。").format(n=MOST_PEOPLE), "people")
    seen = {name.strip() for name in known}
    for one in people:
        check_text(one.name, "people", _("姓名"), PERSON_LIMIT)
        check_length(one.post, "people", _("职务"), POST_LIMIT)
        check_length(one.problems, "people", _("存在问题"), NOTE_LIMIT)
        if one.name.strip() in seen:
            said = _("“{name}”写了两次；确有同名的，请在姓名后加支部或括注。")
            raise InputRefused(said.format(name=one.name.strip()), "people")
        seen.add(one.name.strip())


def check_voters(kind: AppraisalKind, voters: Sequence[VoterDraft]) -> None:
    """Raise InputRefused for classes that the kind does not have, one that stands twice, weights that cannot be."""
    named = [one.voter for one in voters]
    if not named or len(set(named)) != len(named) or set(named) - set(VOTERS[kind]):
        raise InputRefused(_("投票人类别不对，请刷新后再填。"), "voters")
    for one in voters:
        who = label(one.voter)
        check_amount(one.weight, "voters", who)
        if one.weight < 0:
            raise InputRefused(_("{who}：权重不能是负数，请改正。").format(who=who), "voters")
        if one.issued > MOST_BALLOTS:
            raise InputRefused(_("{who}：发出的票数太多，请核对。").format(who=who), "voters")
        check_turnout(one.turnout, who)
    if not sum(one.weight for one in voters):
        raise InputRefused(_("各类投票人的权重不能都为 0。"), "voters")


def check_counts(
    kind: AppraisalKind, names: Mapping[int, str], turnouts: Mapping[Voter, Turnout], counts: Sequence[CountDraft]
) -> None:
    """Raise InputRefused for the first line that does not add up; `counts` are all that will stand."""
    seen: dict[tuple[int, Voter], set[AppraisalItem]] = defaultdict(set)
    for one in counts:
        if one.person_id not in names or one.voter not in turnouts or one.item not in ITEMS[kind]:
            raise InputRefused(_("计票的对象不在这次测评里，请刷新后再填。"), "counts")
        if len(one.votes) != len(LEVELS[kind]) or one.item in seen[one.person_id, one.voter]:
            raise InputRefused(_("同一格票数填了两次或档数不对，请刷新后再填。"), "counts")
        seen[one.person_id, one.voter].add(one.item)
        who = _("{name}“{item}”").format(name=names[one.person_id], item=label(one.item))
        check_tally(Tally(one.voter, one.numbers), turnouts[one.voter].valid, who)


def suggested(kind: AppraisalKind, score: Decimal | None, cuts: Cuts) -> Level | None:
    """The grade that the votes suggest for a secretary; members are graded by the meeting, not by a score."""
    if kind is AppraisalKind.MEMBERS or score is None:
        return None
    if score >= cuts.good:
        return Level.GOOD
    if score >= cuts.fairly:
        return Level.FAIRLY
    return Level.FAIR if score >= cuts.fair else Level.POOR


def check_grade(
    kind: AppraisalKind, draft: GradeDraft, name: str, advised: Level | None, is_probationary: bool
) -> None:
    """Raise InputRefused for a grade of another ballot, one for a probationary member, a departure without reason."""
    check_length(draft.reason, "reason", _("理由"), NOTE_LIMIT)
    if draft.grade is None:
        return
    if is_probationary:
        said = _("{name}是预备党员，参加评议但不定等次。")
        raise InputRefused(said.format(name=name), "grade")
    if draft.grade not in LEVELS[kind]:
        raise InputRefused(_("没有这个等次，请从列表中选择。"), "grade")
    if advised is not None and draft.grade is not advised and not draft.reason.strip():
        said = _("按票数建议“{advised}”，定为“{grade}”的请写明理由。")
        raise InputRefused(said.format(advised=label(advised), grade=label(draft.grade)), "reason")


def check_limit(kind: AppraisalKind, grades: Sequence[Level | None], is_limited: bool) -> None:
    """Raise InputRefused where the best grade is given to more than a third; `grades` of all who get one."""
    best = LEVELS[kind][0]
    if is_limited:
        check_best(list(grades).count(best), len(grades), label(best))


def check_close(kind: AppraisalKind, names: Sequence[str], returned: int) -> None:
    """Raise InputRefused while some who get a grade have none, or no ballot of a branch came back.

    `names` are theirs; who took part in a branch is counted from its ballots, and missing is not zero.
    """
    if kind is AppraisalKind.MEMBERS and not returned:
        raise InputRefused(_("还没有录入发出和收回的票数，参评率按它计算。录好再办结。"), "voters")
    if names:
        shown = _("、").join(names[:5]) + (_("等 {n} 人").format(n=len(names)) if len(names) > 5 else "")
        raise InputRefused(_("还没有定等次的：{names}。定完再办结。").format(names=shown), "grade")

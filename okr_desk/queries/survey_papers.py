"""What the three papers of mass satisfaction are printed from: questionnaires, count sheets, the report of a round."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import select

from okr_desk.errors import InputRefused, Refusal
from okr_desk.i18n import _
from okr_desk.model.columns import Ballot, CountSheet
from okr_desk.model.reading import Reader
from okr_desk.queries import letterheads, survey_quadrant, survey_results, survey_rolling, surveys
from okr_desk.queries.letterheads import digest
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.survey_quadrant import Quadrants
from okr_desk.queries.survey_results import BranchResult
from okr_desk.queries.survey_rolling import Rolling
from okr_desk.queries.surveys import GroupView, RoundView

COPIES_MOST = 500
"""Questionnaires a branch in one go: more is a slip of the keyboard."""
NUMBER_MOST = 9999
WISHES_MOST = 10
"""Wishes that a report names."""
_TWICE = 2
_NOTHING_WISHED = frozenset(
    ("无", "没有", "暂无", "没", "没有了", "无意见", "没意见", "没有意见", "无建议", "没有建议")
)


@dataclass(frozen=True)
class Asked:
    """How papers are wanted: questionnaires a branch and their first number, and for which group.

    `is_blank`: count sheets without figures, to count by hand; `with_pages`: the report with a page a branch. `round`:
    the name of the round where a quarter has several, empty for the latest. `in_full`: papers on members with what is
    else left out (names of households, reasons of points). `month` (1 to 12): the working paper of that month alone,
    0 of every month with entries. `record_id`: the paper of one event or whistle alone, 0 of all in the quarter.
    """

    copies: int = 1
    first: int = 1
    group: str = ""
    is_blank: bool = False
    with_pages: bool = False
    round: str = ""
    in_full: bool = False
    month: int = 0
    record_id: int = 0


ONE_EACH = Asked()
"""One copy a branch, numbered from 1."""


@dataclass(frozen=True)
class QuestionnaireForm:
    """Numbered copies of one questionnaire of a branch; nothing on it tells who fills it in."""

    township: str
    org: OrgView
    round: RoundView
    copies: int = 1
    first: int = 1
    group: GroupView | None = None
    is_demo: bool = False


@dataclass(frozen=True)
class CountForm:
    """The count of a branch; without `result` the blank form. `issued` is None where nobody knows.

    The names and the day are those of the count sheets that were typed in.
    """

    township: str
    org: OrgView
    round: RoundView
    result: BranchResult | None = None
    issued: int | None = None
    counted_on: date | None = None
    hosts: tuple[str, ...] = ()
    counters: tuple[str, ...] = ()
    watchers: tuple[str, ...] = ()
    digest: str = ""
    is_demo: bool = False


@dataclass(frozen=True)
class Wish:
    """What several people wished for in the same words."""

    text: str
    count: int


@dataclass(frozen=True)
class SurveyReport:
    """A round on paper. `wished`: ballots that wished for something; `pages`: branches with a page of their own.

    `rolling`: four quarters together by branch; `quadrants`: activities beside satisfaction as it was counted.
    """

    township: str
    round: RoundView
    branches: tuple[BranchResult, ...]
    wishes: tuple[Wish, ...] = ()
    wished: int = 0
    pages: tuple[int, ...] = ()
    digest: str = ""
    is_demo: bool = False
    rolling: Mapping[int, Rolling] = field(default_factory=dict)
    quadrants: tuple[Quadrants, ...] = ()


@dataclass
class _Counted:
    """What the count sheets of a branch say beside the answers."""

    issued: int = 0
    days: list[date] = field(default_factory=list)
    hosts: dict[str, None] = field(default_factory=dict)
    counters: dict[str, None] = field(default_factory=dict)
    watchers: dict[str, None] = field(default_factory=dict)


def round_of(session: Reader, quarter: QuarterView, name: str = "") -> RoundView | None:
    """The round of a quarter with this name, without one the latest; None where the quarter has no round.

    Raises InputRefused for a name that no round of the quarter has.
    """
    found = surveys.rounds_of(session, quarter)
    named = [one for one in found if name in ("", one.name)]
    if found and not named:
        said = _("{quarter}没有名为“{name}”的测评；现有：{known}。")
        known = _("、").join(one.name for one in found)
        raise InputRefused(said.format(quarter=quarter.label, name=name, known=known), "round")
    return named[-1] if named else None


def no_round(quarter: QuarterView) -> str:
    """Why nothing can be printed."""
    said = _("{quarter}还没有满意度测评，请先在“满意度”中新建一次测评。")
    return said.format(quarter=quarter.label)


def questionnaires(
    session: Reader, quarter: QuarterView, of: Sequence[OrgView], asked: Asked
) -> tuple[QuestionnaireForm, ...]:
    """Questionnaires for `of`. Raises Refusal without a round, InputRefused for numbers or a group that cannot be."""
    found = _round(session, quarter, asked)
    check_numbers(asked)
    group = _group(found, asked.group)
    head = letterheads.letterhead(session, quarter)
    return tuple(
        QuestionnaireForm(head.township, org, found, asked.copies, asked.first, group, head.is_demo) for org in of
    )


def check_numbers(asked: Asked) -> None:
    """Refuse copies and numbers that no office prints."""
    if not 1 <= asked.copies <= COPIES_MOST:
        raise InputRefused(_("每个支部的问卷份数请填 1 至 {most}。").format(most=COPIES_MOST), "copies")
    if asked.first < 1 or asked.first + asked.copies - 1 > NUMBER_MOST:
        raise InputRefused(_("问卷编号请在 1 至 {most} 之内。").format(most=NUMBER_MOST), "first")


def count_forms(session: Reader, quarter: QuarterView, of: Sequence[OrgView], asked: Asked) -> tuple[CountForm, ...]:
    """Count sheets for `of`, filled from the round where there are answers. Raises Refusal without a round."""
    found = _round(session, quarter, asked)
    head = letterheads.letterhead(session, quarter)
    blank = [CountForm(head.township, org, found, is_demo=head.is_demo) for org in of]
    if asked.is_blank:
        return tuple(blank)
    known = {one.org.id: one for one in survey_results.results(session, found.id, [org.id for org in of]).branches}
    counted = _counted(session, found.id)
    return tuple(_filled(form, known.get(form.org.id), counted.get(form.org.id)) for form in blank)


def report(session: Reader, quarter: QuarterView, of: Sequence[OrgView], asked: Asked) -> SurveyReport:
    """The report of the round of a quarter; `of`, or with `asked.with_pages` all, get a page of their own.

    Raises Refusal without a round.
    """
    found = _round(session, quarter, asked)
    head = letterheads.letterhead(session, quarter)
    branches = survey_results.results(session, found.id, with_signals=True).branches
    wishes, wished = _wishes(session, found.id)
    pages = tuple(one.org.id for one in branches) if asked.with_pages else tuple(org.id for org in of)
    made = SurveyReport(
        head.township,
        found,
        branches,
        wishes,
        wished,
        is_demo=head.is_demo,
        rolling=survey_rolling.rolling(session, found.id),
        quadrants=survey_quadrant.quadrants(session, quarter),
    )
    return replace(made, digest=digest(made), pages=pages)


def _round(session: Reader, quarter: QuarterView, asked: Asked) -> RoundView:
    found = round_of(session, quarter, asked.round)
    if found is None:
        raise Refusal(no_round(quarter))
    return found


def _group(of: RoundView, name: str) -> GroupView | None:
    if not name:
        return None
    found = next((one for one in of.definition.groups if name in (one.name, *one.aliases)), None)
    if found is None:
        known = _("、").join(one.name for one in of.definition.groups) or _("没有")
        raise InputRefused(_("测评表没有“{name}”这类人群；现有人群：{known}。").format(name=name, known=known), "group")
    return found


def _filled(form: CountForm, result: BranchResult | None, counted: _Counted | None) -> CountForm:
    if result is None or not (result.ballots or result.returned.void):
        return form
    issued = result.invited
    if issued is None and counted is not None:
        issued = counted.issued
    if issued is not None and issued < result.ballots + result.returned.void:
        issued = None  # more came back than the register knows of: left to be written by hand
    made = replace(form, result=result, issued=issued)
    if counted is not None:
        made = replace(
            made,
            counted_on=max(counted.days),
            hosts=tuple(counted.hosts),
            counters=tuple(counted.counters),
            watchers=tuple(counted.watchers),
        )
    return replace(made, digest=digest(made))


def _counted(session: Reader, round_id: int) -> dict[int, _Counted]:
    found: dict[int, _Counted] = defaultdict(_Counted)
    rows = session.execute(
        select(*CountSheet.ALL)
        .where(CountSheet.round_id == round_id, CountSheet.withdrawn_at.is_(None))
        .order_by(CountSheet.id)
    )
    for row in rows:
        one = found[row.org_id]
        one.issued += row.issued
        one.days.append(row.counted_on)
        for names, name in ((one.hosts, row.host), (one.counters, row.counter), (one.watchers, row.watcher)):
            if name:
                names[name] = None
    return dict(found)


def _wishes(session: Reader, round_id: int) -> tuple[tuple[Wish, ...], int]:
    """Wishes that more than one ballot names, most named first, and how many ballots wish for anything.

    One that a single person has might tell who it is.
    """
    statement = surveys.standing_ballots(Ballot.wish).where(
        Ballot.round_id == round_id, Ballot.void_reason == "", Ballot.wish != ""
    )
    counts: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for text in session.execute(statement).scalars():
        same = _bare(text)
        if same and same not in _NOTHING_WISHED:
            counts[same] += 1
            shown.setdefault(same, text.strip())
    named = [Wish(shown[same], n) for same, n in counts.items() if n >= _TWICE]
    named.sort(key=lambda one: (-one.count, one.text))
    return tuple(named[:WISHES_MOST]), sum(counts.values())


def _bare(text: str) -> str:
    """The same words written with other blanks, widths or a full stop are the same wish."""
    return "".join(unicodedata.normalize("NFKC", text).split()).rstrip("。.;,!")

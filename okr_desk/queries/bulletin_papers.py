"""What the papers around a bulletin are printed from: itself, the notice of grades, the committee's page, receipts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select

from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.model.columns import Bulletin, Review
from okr_desk.model.reading import Reader
from okr_desk.model.store import today
from okr_desk.queries import (
    bulletin_annexes,
    bulletin_reading,
    bulletin_wording,
    bulletins,
    cycles,
    letterheads,
    policy,
)
from okr_desk.queries.bulletin_facts import BulletinFacts, CategoryFacts
from okr_desk.queries.bulletin_problems import problems
from okr_desk.queries.bulletin_text import BulletinPaper
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.official_text import OfficialText, official_date
from okr_desk.review_terms import ReviewState
from okr_desk.rules.bulletins import BulletinMode
from okr_desk.terms import SurveyVerdict, label

KEYS = ("bulletin", "grade-notice", "committee-paper", "bulletin-receipts")
"""Documents of the bulletin, by key."""
_DECIDED = (ReviewState.DECIDED, ReviewState.PUBLICISED, ReviewState.FINAL)
PUBLICITY_DAYS = "5"
"""Working days of publicity where the office has set none (design 8)."""
_BLANK = "＿" * 14
_MOST_PROBLEMS = 4


@dataclass(frozen=True)
class GradeNotice:
    """等次公示公告: the grades of the quarter by category. `undecided` branches wait for the committee's decision."""

    text: OfficialText
    undecided: int
    is_demo: bool = False


@dataclass(frozen=True)
class CommitteePaper:
    """党委会议题材料 on one page: what is the case, what is proposed, what the meeting is asked to decide."""

    title: str
    subject: str
    unit: str
    facts: tuple[str, ...]
    problems: tuple[str, ...]
    proposals: tuple[str, ...]
    decisions: tuple[str, ...]
    is_demo: bool = False
    digest: str = ""


@dataclass(frozen=True)
class ReceiptLine:
    """One branch, with its receipt where it is entered."""

    name: str
    received_by: str = ""
    received_on: date | None = None
    way: str = ""


@dataclass(frozen=True)
class ReceiptSheet:
    """签收单 of an issued bulletin, by the order of the register."""

    township: str
    quarter: str
    title: str
    document: str
    issued_on: date | None
    lines: tuple[ReceiptLine, ...]
    is_demo: bool = False
    digest: str = ""


def asked(session: Reader, key: str, quarter: QuarterView, record_id: int = 0) -> Sequence[object]:
    """The snapshot of one of `KEYS`; `record_id`: of this bulletin, else of the one that counts in the quarter.

    Raises Refusal where there is nothing to print.
    """
    if key == "bulletin":
        return (paper(session, quarter, record_id),)
    if key == "grade-notice":
        return (grade_notice(session, quarter),)
    if key == "committee-paper":
        return (committee_paper(session, quarter),)
    return (receipt_sheet(session, quarter, record_id),)


def paper(session: Reader, quarter: QuarterView, record_id: int = 0) -> BulletinPaper:
    """A bulletin; where none is drafted, as it would be drafted now."""
    found = bulletins.view(session, record_id) if record_id else bulletins.latest(bulletins.board(session, quarter))
    if found is None:
        return BulletinPaper(bulletin_wording.generated(session, quarter, BulletinMode.GRADES), quarter.label)
    return bulletins.paper(session, found)


def grade_notice(session: Reader, quarter: QuarterView) -> GradeNotice:
    """The grades of a quarter for the notice board; days by the working calendar, no place, no points."""
    found = bulletin_reading.facts(session, quarter)
    rows = (
        select(func.count())
        .select_from(Review.TABLE)
        .where(Review.quarter_id == quarter.id, Review.state.in_([state.value for state in _DECIDED]))
    )
    decided = int(session.execute(rows).scalar_one())
    said = _(
        "根据各类党支部考核评分办法，经支部自评、镇党建办核定、镇党委审定，现将{quarter}全镇{n}个党支部的考评等次予以公示。"
    )
    text = OfficialText(
        mark="",
        number="",
        title=_("关于{quarter}党支部考评等次的公示公告").format(quarter=quarter.label),
        addressees="",
        paragraphs=(
            said.format(quarter=quarter.label, n=len(found.branches)),
            _term(session),
            _("公示期间，对等次有异议的，可以书面、来访或者电话等方式向镇党建办反映；以个人名义反映的，请署真实姓名。"),
            _("受理地点：{blank}").format(blank=_BLANK),
            _("受理电话：{blank}").format(blank=_BLANK),
            *_grades(found),
        ),
        signer=found.issuer,
        dated=official_date(today(session)),
    )
    return GradeNotice(text, max(0, len(found.branches) - decided), found.is_demo)


def _term(session: Reader) -> str:
    """From which working day to which; in words where the calendar is not filled in."""
    days = int(policy.values(session).get("review.publicity_days", PUBLICITY_DAYS))
    calendar, now = cycles.calendar(session), today(session)
    first, last = calendar.nth_working_day_after(now, 1), calendar.nth_working_day_after(now, days)
    if first is None or last is None:
        return _("公示时间：自张贴次日起{n}个工作日。").format(n=days)
    said = _("公示时间：{first}至{last}（{n}个工作日）。")
    return said.format(first=official_date(first), last=official_date(last), n=days)


def _grades(of: BulletinFacts) -> list[str]:
    found = []
    numbers = "一二三四五六七八九十"
    for place, category in enumerate(of.categories):
        number = numbers[place] if place < len(numbers) else f"十{numbers[place - len(numbers)]}"
        head = _("{number}、{name}党支部（{n}个）")
        found.append(head.format(number=number, name=category.name, n=len(category.branches)))
        found += _by_grade(category)
    note = "".join(bulletin_wording.notes(of, BulletinMode.GRADES))
    return [*found, _("注：{note}").format(note=note)] if note else found


def _by_grade(of: CategoryFacts) -> list[str]:
    found = []
    for grade in (*of.grades, None):
        names = [one.said + (_("（暂定）") if one.is_provisional else "") for one in of.branches if one.grade == grade]
        if names:
            called = _("不定等次") if grade is None else _(grade)
            found.append(_("{grade}：{names}。").format(grade=called, names=_("、").join(names)))
    return found


def committee_paper(session: Reader, quarter: QuarterView) -> CommitteePaper:
    """The page for the committee's meeting."""
    found = bulletin_reading.facts(session, quarter)
    days = int(policy.values(session).get("review.publicity_days", PUBLICITY_DAYS))
    made = CommitteePaper(
        title=_("{township}党委会议议题材料").format(township=found.township),
        subject=_("审定{quarter}党支部考评等次并印发通报").format(quarter=quarter.label),
        unit=_("镇党建办"),
        facts=_case(found),
        problems=_main_problems(found),
        proposals=_proposals(found, days),
        decisions=(
            _("{quarter}党支部考评等次：□同意　□调整后同意　□缓议").format(quarter=quarter.label),
            _("通报方式：□仅等次　□不点名　□含排名（同类之内）"),
            _("公示{n}个工作日并印发通报：□同意　□不同意").format(n=days),
            _("其他：{blank}").format(blank=_BLANK),
        ),
        is_demo=found.is_demo,
    )
    return replace(made, digest=letterheads.digest(made))


def _case(of: BulletinFacts) -> tuple[str, ...]:
    whole = bulletin_wording.whole(of)
    told = [_("{name}：{grades}").format(name=one.name, grades=bulletin_annexes.counts(one)) for one in of.categories]
    facts = [whole, _("分类情况：{told}。").format(told=_("；").join(told))]
    marked = [one.name for one in of.branches if one.marked]
    open_ = [one.name for one in of.branches if one.is_provisional]
    if marked:
        facts.append(_("申辩未结：{names}，得分以复核结果为准。").format(names=_listed(marked)))
    if open_:
        facts.append(_("等次暂定（有项目未报）：{names}。").format(names=_listed(open_)))
    verdicts = Counter(one.survey.verdict for one in of.branches if one.survey is not None and one.survey.verdict)
    if verdicts:
        counted = _("、").join(f"{label(verdict)}{verdicts[verdict]}" for verdict in SurveyVerdict if verdicts[verdict])
        facts.append(_("群众满意度对照目标：{counted}（个）。").format(counted=counted))
    facts += [_("名额提示：{said}").format(said=sentence) for sentence in of.excess]
    return tuple(facts)


def _listed(names: Sequence[str], most: int = 6) -> str:
    shown = _("、").join(names[:most])
    return shown if len(names) <= most else _("{shown}等{n}个").format(shown=shown, n=len(names))


def _main_problems(of: BulletinFacts) -> tuple[str, ...]:
    """The problems as counts: names stand in the draft of the bulletin."""
    told = [one for one in problems(of, BulletinMode.UNNAMED) if not one.startswith("（")]
    return tuple(one.split(". ", 1)[-1] for one in told[:_MOST_PROBLEMS])


def _proposals(of: BulletinFacts, days: int) -> tuple[str, ...]:
    given = Counter(one.grade for one in of.branches if one.grade is not None)
    order = dict.fromkeys(grade for category in of.categories for grade in category.grades)
    counted = _("、").join(_("{grade}{n}个").format(grade=_(one), n=given[one]) for one in order if given[one])
    found = [
        _("审定等次：{counted}；等次暂定的，待补报后另行报告。").format(counted=counted)
        if any(one.is_provisional for one in of.branches)
        else _("审定等次：{counted}。").format(counted=counted),
        _("以“仅等次”方式印发通报，不公布名次；在全镇公示{n}个工作日。").format(n=days),
    ]
    mended = official_date(of.mend_on) if of.mend_on else _("下季度考评前")
    said = _("问题逐项整改，{day}前由镇党建办核实销号，结果向党委会议报告。")
    if of.findings:
        said = _("整改清单{n}项按各自时限销号，结果向党委会议报告。")
    found.append(said.format(day=mended, n=len(of.findings)))
    return tuple(found)


def has_issued(session: Reader, quarter: QuarterView) -> bool:
    """Whether a bulletin of the quarter was ever issued."""
    asked = select(Bulletin.id).where(Bulletin.quarter_id == quarter.id, Bulletin.issued_on.is_not(None))
    return session.execute(asked).first() is not None


def nothing_issued(quarter: QuarterView) -> str:
    """Why there is nothing to sign."""
    return _("{quarter}还没有签发的通报，没有签收单可以打印。").format(quarter=quarter.label)


def receipt_sheet(session: Reader, quarter: QuarterView, record_id: int = 0) -> ReceiptSheet:
    """Who gets a bulletin, to be signed. Raises Refusal where none of the quarter is issued."""
    board = bulletins.board(session, quarter)
    found = board.of(record_id) if record_id else next((one for one in board.bulletins if one.issued_on), None)
    if found is None or found.issued_on is None:
        raise Refusal(nothing_issued(quarter))
    lines = []
    for org in board.branches:
        receipt = found.receipts.get(org.id)
        if receipt is None:
            lines.append(ReceiptLine(org.short_name))
            continue
        way = label(receipt.way) if receipt.way is not None else ""
        lines.append(ReceiptLine(org.short_name, receipt.received_by, receipt.received_on, way))
    head = letterheads.letterhead(session, quarter)
    made = ReceiptSheet(
        head.township, quarter.label, found.title, found.document, found.issued_on, tuple(lines), head.is_demo
    )
    return replace(made, digest=letterheads.digest(made))

"""Hand-made snapshots of the incentive chain for tests of paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from okr_desk.appraisal_terms import ITEMS, VOTERS, AppraisalKind, AppraisalState, Level, Voter
from okr_desk.queries.appraisals import AppraisalView, PersonView, VoterView, VotesView
from okr_desk.queries.candidates import CandidateLine, CandidateList
from okr_desk.queries.coefficients import CoefficientLine, CoefficientTable
from okr_desk.queries.incentive_rules import TitleRule
from okr_desk.queries.standings import Standing
from okr_desk.queries.title_papers import (
    AppraisalForm,
    BallotForm,
    CandidateForm,
    IncentiveForm,
    LetterForm,
    TitleForm,
)
from okr_desk.queries.titles import MarksView, StepView, TitleView
from okr_desk.rules.appraisals import Cuts, suggested
from okr_desk.rules.titles import Fact
from okr_desk.scoring.appraisals import Tally, item_score, overall
from okr_desk.scoring.coefficients import ByScore, disclaimer
from okr_desk.scoring.titles import Marks, title_score
from okr_desk.title_terms import Strength, TitleFact, TitleParty, TitleState
from okr_desk.title_terms import TitleStep as Step
from tests.reports import samples
from tests.reports.register_samples import ENTRY

D = Decimal
AT = datetime(2026, 8, 19, 2, tzinfo=UTC)
RULE = TitleRule({TitleParty.SELF: D(10), TitleParty.PEERS: D(30), TitleParty.UPPER: D(60)}, D(80), "较好", 5)
WEIGHTS = {Voter.LEADERS: D(30), Voter.PEERS: D(20), Voter.MEMBERS: D(30), Voter.MASS: D(20)}
_S = TitleState


def _step(number: int, step: Step, after: TitleState, day: int, **more: str) -> StepView:
    said = {"by": "", "note": "", "document": "", **more}
    return StepView(
        number, step, _S.NONE, after, date(2026, 8, day), said["by"], said["note"], said["document"], "王玥", AT,
        False, "",
    )  # fmt: skip


def marks(party: TitleParty, *points: int, peer: str = "") -> MarksView:
    """Four marks of one marker."""
    return MarksView(party, 9 if peer else None, peer, dict(zip(Strength, map(D, points), strict=True)))


def title() -> TitleView:
    """One granted: 95·10 + 90·30 + 88·60 over 100 is 89.3."""
    given = (
        marks(TitleParty.SELF, 96, 94, 95, 95),
        marks(TitleParty.PEERS, 90, 90, 88, 92, peer="白鹭村党支部"),
        marks(TitleParty.UPPER, 88, 90, 86, 88),
    )
    steps = (
        _step(1, Step.APPLY, _S.APPLIED, 3, by="王喆", note="标准化规范化建设已达标"),
        _step(2, Step.DECIDE, _S.DECIDED, 10, by="镇党委会议", document="会议纪要〔2026〕11号"),
        _step(3, Step.PUBLICISE, _S.PUBLICISED, 11, document="公示〔2026〕4号"),
        _step(4, Step.GRANT, _S.GRANTED, 19, document="青党〔2026〕21号"),
    )
    total = title_score([Marks(one.party, one.points) for one in given], RULE.weights)
    return TitleView(1, samples.ORG.id, 2026, "四强党支部", _S.GRANTED, steps, given, total)


def title_form(of: TitleView | None = None) -> TitleForm:
    """The form of a branch that was granted the title."""
    facts = (
        Fact(TitleFact.GRADE, True, "年度等次为“好”，要求“较好”以上"),
        Fact(TitleFact.RED_LINES, True, "没有红线事项"),
        Fact(TitleFact.CARDS, False, "有 1 张红牌没有摘除"),
        Fact(TitleFact.FINDINGS, None, "没有未销号的整改事项"),
    )
    return TitleForm("青山镇", samples.ORG, 2026, of or title(), facts, RULE, True, samples.DIGEST)


def ballot(kind: AppraisalKind, *names: str) -> BallotForm:
    """What is voted on in a meeting."""
    people = tuple((name, "青石村党支部 支部书记" if name == "李旭昇" else "") for name in names)
    return BallotForm("青山镇", samples.ORG, 2026, "述职评议", kind, people, VOTERS[kind], True)


def person(kind: AppraisalKind, name: str, number: int = 1, **more: object) -> PersonView:
    """Somebody with 18 5 2 0 of the first class and 10 10 0 0 of the second, on every item."""
    given = {Voter.LEADERS: (18, 5, 2, 0), Voter.PEERS: (10, 10, 0, 0), Voter.MEMBERS: (12, 6, 1, 0)}
    weights = {voter: WEIGHTS[voter] for voter in VOTERS[kind]}
    votes = tuple(
        VotesView(voter, item, given[voter]) for voter in VOTERS[kind] if voter in given for item in ITEMS[kind]
    )
    scores = {
        item: item_score([Tally(one.voter, one.votes) for one in votes if one.item is item], weights)
        for item in ITEMS[kind]
    }
    score = overall(scores)
    grade = Level.GOOD if kind is AppraisalKind.SECRETARIES else Level.EXCELLENT
    found = PersonView(
        number, number, name, samples.ORG.id, "", False, "", grade, "", votes, scores, score,
        suggested(kind, score.value, Cuts()),
    )  # fmt: skip
    return replace(found, **more)  # type: ignore[arg-type]


def appraisal(kind: AppraisalKind, people: tuple[PersonView, ...]) -> AppraisalView:
    """A meeting of 28 September."""
    voters = tuple(VoterView(voter, WEIGHTS[voter], 30, 28, 3) for voter in VOTERS[kind])
    return AppraisalView(
        1, kind, samples.ORG.id, 2026, "述职评议", date(2026, 9, 28), AppraisalState.OPEN, None, ENTRY, voters, people,
        True,
    )  # fmt: skip


def count_form(kind: AppraisalKind) -> AppraisalForm:
    """One who was counted, one who was not, and a probationary member where there are any."""
    blank = person(kind, "单晓", 2, votes=(), scores=dict.fromkeys(ITEMS[kind], item_score([], WEIGHTS)), grade=None)
    people = [person(kind, "李旭昇"), blank]
    if kind is AppraisalKind.MEMBERS:
        people.append(person(kind, "覃喆", 3, is_probationary=True, grade=None))
    form = AppraisalForm("青山镇", samples.ORG, appraisal(kind, tuple(people)), {samples.ORG.id: "桃源村党支部"}, True)
    return replace(form, digest=samples.DIGEST)


def incentives() -> IncentiveForm:
    """One branch with 90.36, one without a score."""
    rule = ByScore()
    lines = (
        CoefficientLine(samples.ORG, D("90.36"), "好", rule.of(D("90.36"), "好", ("好",))),
        CoefficientLine(replace(samples.ORG, id=8, short_name="柳湾村党支部"), None, None, rule.of(None, None, ())),
    )
    table = CoefficientTable("2026年第三季度", "按得分", disclaimer(), lines)
    given = {samples.ORG.id: ("先进基层党组织", "优秀党务工作者 王喆")}
    return IncentiveForm("青山镇", 2026, table, given, date(2026, 9, 30), True, samples.DIGEST)


def standing(year: int, grade: str = "好", **more: object) -> Standing:
    """A year that is over."""
    found = Standing(samples.ORG, year, D(92), grade, ("好", "较好"), (), True)
    return replace(found, **more)  # type: ignore[arg-type]


def candidates() -> CandidateForm:
    """One who qualifies, one who lacks the year before."""
    lines = (
        CandidateLine(samples.ORG, (standing(2025), standing(2026)), ()),
        CandidateLine(replace(samples.ORG, id=8), (None, standing(2026)), ("没有2025年度的数据",)),
    )
    return CandidateForm("青山镇", CandidateList(2026, lines, ""), date(2026, 10, 8), True, samples.DIGEST)


def letter() -> LetterForm:
    """The objectives of the usual branch."""
    board = samples.sheet().board
    return LetterForm("青山镇", "中共青山镇委员会", samples.ORG, 2026, board.objectives, True, samples.DIGEST)


SAMPLES = {
    "title-form": title_form,
    "secretary-ballot": lambda: ballot(AppraisalKind.SECRETARIES, "李旭昇", "单晓", "覃喆"),
    "secretary-count": lambda: count_form(AppraisalKind.SECRETARIES),
    "member-ballot": lambda: ballot(AppraisalKind.MEMBERS, "李旭昇", "单晓", ""),
    "member-count": lambda: count_form(AppraisalKind.MEMBERS),
    "incentives": incentives,
    "candidates": candidates,
    "responsibility": letter,
}


def plain(key: str) -> object:
    """The same without a word that somebody typed."""
    if key == "title-form":
        return TitleForm("青山镇", samples.ORG, 2026, None, (), RULE)
    if key.endswith("-ballot"):
        form = SAMPLES[key]()
        return replace(form, people=(("A", ""), ("B", "")))
    if key.endswith("-count"):
        form = SAMPLES[key]()
        kind = form.of.kind
        return replace(form, of=replace(form.of, name="A", people=(person(kind, "A"),)), orgs={})
    if key == "incentives":
        form = incentives()
        quarter = replace(form.table, period="", way="", note="", lines=())
        return replace(form, table=quarter, honours={})
    if key == "candidates":
        return replace(candidates(), of=CandidateList(2026, (), ""))
    board = samples.sheet(()).board
    return replace(letter(), committee="A", org=replace(samples.ORG, full_name="A"), objectives=board.objectives)

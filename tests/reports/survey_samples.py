"""Hand-made snapshots of mass satisfaction for tests of paper and charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from okr_desk.queries.objectives import OrgView
from okr_desk.queries.survey_counts import ItemCounts, Returned
from okr_desk.queries.survey_papers import CountForm, QuestionnaireForm, SurveyReport, Wish
from okr_desk.queries.survey_results import BranchResult, GroupResult, RoundResult
from okr_desk.queries.surveys import DefinitionView, GroupView, ItemView, RoundView
from okr_desk.scoring.differences import difference
from okr_desk.scoring.evidence import Circumstances, evidence
from okr_desk.scoring.intervals import interval
from okr_desk.scoring.likert import VALUES, likert
from okr_desk.scoring.response import response_rate, worst_case
from okr_desk.scoring.verdicts import judge_score
from okr_desk.survey_terms import Channel, ItemKind, RoundState
from okr_desk.terms import Sampling
from tests.reports import samples

D = Decimal
TEXTS = ("党员干部作风和带头作用", "办事效率与便利", "事务公开", "环境卫生", "矛盾调解与平安", "总体评价")
GROUPS = tuple(GroupView(number, name, ()) for number, name in enumerate(("党员", "村民", "村民代表"), start=1))
USUAL = ItemCounts((21, 18, 5, 0, 0), 1, 1)
"""(21×100 + 18×80 + 5×60) ÷ 44 = 87.27; satisfied 44 of 44 in the wide sense, 39 of 44 in the narrow one."""
BEFORE = ItemCounts((4, 10, 14, 8, 4), 0, 0)
"""(4×100 + 10×80 + 14×60 + 8×30) ÷ 40 = 57."""


def definition(
    texts: Sequence[str] = TEXTS, groups: Sequence[GroupView] = GROUPS, wish: str = "最希望解决的一件事", **more: object
) -> DefinitionView:
    """Questions of five levels, the last of them the overall one, and an open question."""
    items = [ItemView(at + 1, ItemKind.LEVELS, text, (), at == len(texts) - 1, at) for at, text in enumerate(texts)]
    if wish:
        items.append(ItemView(99, ItemKind.OPEN, wish, (), False, None))
    plain: dict[str, object] = {
        "id": 1, "year": 2026, "version": 1, "name": "群众满意度测评", "items": tuple(items), "groups": tuple(groups),
        "channels": ((Channel.HOME_PAPER, D(1)),), "scores": VALUES, "wide": 3, "narrow": 2, "reason": "",
        "is_frozen": True,
    }  # fmt: skip
    return DefinitionView(**{**plain, **more})  # type: ignore[arg-type]


def a_round(of: DefinitionView | None = None, **more: object) -> RoundView:
    """A random sample of September, collected by others."""
    plain: dict[str, object] = {
        "id": 9, "uid": "round-9", "definition": of or definition(), "quarter": samples.QUARTER, "name": "三季度测评",
        "starts_on": date(2026, 9, 1), "ends_on": date(2026, 9, 30), "sampling": Sampling.RANDOM,
        "drawn_by": "镇党建办", "collected_by": "第三方调查员", "is_independent": True, "state": RoundState.OPEN,
        "ballots": 46, "sheets": 0,
    }  # fmt: skip
    return RoundView(**{**plain, **more})  # type: ignore[arg-type]


def branch(
    overall: ItemCounts = USUAL,
    target: str | None = "85",
    org: OrgView = samples.ORG,
    population: int | None = 241,
    invited: int | None = 56,
    of: RoundView | None = None,
    before: ItemCounts | None = None,
) -> BranchResult:
    """A branch whose answers to every question are `overall`, scored by the program's own arithmetic."""
    asked = of or a_round()
    ballots = overall.answered + overall.unsure + overall.blank
    response = response_rate(ballots, invited).value if invited and ballots else None
    held = evidence(
        Circumstances(
            Sampling.RANDOM,
            overall.answered,
            invited if response is not None else None,
            population is not None,
            True,
            True,
        )
    )
    made = BranchResult(
        org, ballots, Returned(1 if ballots else 0), population, invited, (overall,) * len(asked.definition.levels),
        (), overall, None, None, None, None, None, response, None, held, None if target is None else D(target), None,
    )  # fmt: skip
    if not overall.answered:
        return made
    found = likert(overall.levels, VALUES, overall.unsure, population)
    rate = interval(sum(overall.levels[:3]), overall.answered, population)
    shares = [GroupResult(GROUPS[0], None, None, ballots, overall)] if asked.definition.groups else []
    earlier = None if before is None else likert(before.levels, VALUES, before.unsure, population)
    return replace(
        made,
        groups=tuple(shares),
        likert=found,
        score=found.score,
        rate=rate,
        narrow=found.rate_narrow,
        worst=None if response is None else worst_case(rate.estimate, response),
        judgement=None if target is None else judge_score(
            overall.levels, D(target), VALUES, overall.unsure, population, obstacle=held.obstacle
        ),
        before=None if before is None else a_round(name="二季度测评"),
        change=None if earlier is None else difference(found.score, earlier.score, rates=False),
    )  # fmt: skip


def silent(org: OrgView = samples.ORG) -> BranchResult:
    """A branch that was asked and from which nothing came back."""
    return branch(ItemCounts(), org=org)


def org(number: int, name: str = "", category: str = "农村") -> OrgView:
    """One of many branches."""
    short = name or f"第{number}村党支部"
    return replace(samples.ORG, id=100 + number, short_name=short, full_name=f"中共青山镇{short}", category=category)


def many(count: int) -> tuple[BranchResult, ...]:
    """Branches of two categories with scores from low to high, every seventh of them without answers."""
    made = []
    for number in range(1, count + 1):
        levels = (number % 30 + 1, 12, 7 - number % 5, number % 5, number % 3)
        counts = ItemCounts() if number % 7 == 0 else ItemCounts(levels, 1)
        made.append(branch(counts, org=org(number, category="农村" if number * 2 <= count else "社区")))
    return tuple(made)


def questionnaire(copies: int = 1, first: int = 1, of: RoundView | None = None, **more: object) -> QuestionnaireForm:
    """Copies for the usual branch."""
    plain: dict[str, object] = {"township": "青山镇", "org": samples.ORG, "round": of or a_round()}
    return QuestionnaireForm(**{**plain, "copies": copies, "first": first, **more})  # type: ignore[arg-type]


def count_form(filled: bool = True, of: RoundView | None = None, **more: object) -> CountForm:
    """The count of the usual branch, or its blank form."""
    asked = of or a_round()
    plain: dict[str, object] = {"township": "青山镇", "org": samples.ORG, "round": asked}
    if filled:
        plain |= {"result": branch(of=asked), "issued": 56, "digest": samples.DIGEST}
    return CountForm(**{**plain, **more})  # type: ignore[arg-type]


def report(branches: Sequence[BranchResult] | None = None, of: RoundView | None = None, **more: object) -> SurveyReport:
    """The report of a round with two wishes."""
    plain: dict[str, object] = {
        "township": "青山镇", "round": of or a_round(),
        "branches": (branch(),) if branches is None else tuple(branches),
        "wishes": (Wish("路灯", 5), Wish("村道破损修补", 2)), "wished": 9, "digest": samples.DIGEST,
    }  # fmt: skip
    return SurveyReport(**{**plain, **more})  # type: ignore[arg-type]


def result(branches: Sequence[BranchResult] | None = None) -> RoundResult:
    """A round's results for the charts."""
    return RoundResult(a_round(), (branch(),) if branches is None else tuple(branches))


def plain(key: str) -> object:
    """A paper of mass satisfaction without a word that somebody typed, but for the names of organisations."""
    words = definition(("Politeness", "Overall"), (GroupView(1, "Villagers", ()),), "One wish", name="Survey")
    of = a_round(words, name="Round", drawn_by="A", collected_by="B")
    one = branch(of=of)
    one = replace(one, groups=tuple(replace(group, group=words.groups[0]) for group in one.groups))
    if key == "questionnaire":
        return questionnaire(of=of)
    if key == "count-sheet":
        return count_form(of=of, result=one)
    return report((one,), of, wishes=(Wish("Lamps", 2),), pages=(samples.ORG.id,))

"""Random sequences of steps, by anybody, on any day: no state is reached from which an illegal result follows.

What is held against them is written down here once more, by hand, and not asked of the table of moves.
"""

from __future__ import annotations

import contextlib
import itertools
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from okr_desk.clock import FixedClock
from okr_desk.errors import Refusal
from okr_desk.model.store import Store
from okr_desk.model.tables import Objection, ObjectionDecision, Publication, ReviewScore, ReviewStep
from okr_desk.review_terms import ObjectionOutcome
from okr_desk.review_terms import ReviewStep as Step
from okr_desk.rules.objections import DecisionDraft, ObjectionDraft
from okr_desk.rules.permissions import Actor
from okr_desk.rules.reviews import LineDraft
from okr_desk.services import objections, review_scores
from tests.reviewed_township import BEGIN, Reviewed, reviewed

WORKED = {date(2026, 10, 10)}
"""The one Saturday of these weeks that is made up for (State Council, notice on 2026)."""
PEOPLE = ("office", "second", "secretary", "stranger", "viewer")
ACTIONS = (*(step.value for step in Step), "objection", "answer", "withdrawal", "line")


@dataclass(frozen=True)
class Act:
    """Somebody tries something, some days later."""

    days: int
    who: str
    what: str
    number: int
    stands_in: bool


acts = st.builds(
    Act,
    st.sampled_from((0, 0, 0, 1, 3, 7, 9)),
    st.sampled_from(PEOPLE),
    st.sampled_from(ACTIONS),
    st.integers(0, 3),
    st.booleans(),
)
HELPFUL = ("submit", "opine", "check", "deliver", "objection", "answer", "agree", "decide", "publicise", "finalise")


USUAL = {"submit": "secretary", "objection": "secretary", "agree": "secretary", "answer": "second"}


@st.composite
def walks(draw: st.DrawFn) -> list[Act]:
    """Mostly along the way, so that its end is reached, with anything in between."""
    found = []
    for what in HELPFUL:
        found += draw(st.lists(acts, max_size=2))
        if draw(st.integers(0, 9)):
            found.append(Act(draw(st.sampled_from((0, 0, 8))), USUAL.get(what, "office"), what, 0, False))
    return found


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reviewed]:
    made = reviewed(tmp_path_factory.mktemp("walk") / "小镇.okr")
    made.store.close()
    yield made


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(walk=walks())
def test_no_walk_ends_where_it_may_not(template: Reviewed, tmp_path: Path, walk: list[Act]) -> None:
    path = tmp_path / "walk.okr"
    shutil.copyfile(template.store.path, path)
    with Store.open(path, FixedClock(BEGIN)) as store:
        town = replace(template, scored=replace(template.scored, small=replace(template.scored.small, store=store)))
        seen: dict[int, str] = {}
        for act in walk:
            store.clock = FixedClock(store.clock.today() + timedelta(days=act.days))
            with contextlib.suppress(Refusal):
                attempt(town, act)
            with store.rows() as session:
                judge(session, seen)
    path.unlink()


def attempt(town: Reviewed, act: Act) -> None:
    """Try it; whatever is refused has changed nothing."""
    actor: Actor = town.second if act.who == "second" else getattr(town.scored.small, act.who)
    stands_in = "分管领导 孙立" if act.stands_in else ""
    lines = [one.line.id for one in town.scored.sheet().lines if one.points is not None]
    if act.what == "objection":
        draft = ObjectionDraft(town.quarter_id, town.village, "与事实不符", "李旭昇", lines[act.number % len(lines)])
        with town.store.write(actor) as session:
            objections.object_(session, actor, draft)
    elif act.what in ("answer", "withdrawal"):
        with town.store.write(actor) as session:
            if act.what == "withdrawal":
                objections.withdraw(session, actor, act.number + 1, "核对后无误")
            else:
                outcome = ObjectionOutcome.DISMISSED if act.number % 2 else ObjectionOutcome.UPHELD
                points = None if act.number % 2 else Decimal(1)
                decision = DecisionDraft(act.number // 2 + 1, outcome, "已核", "赵海", points, substitution=stands_in)
                objections.decide(session, actor, decision)
    elif act.what == "line":
        with town.store.write(actor) as session:
            line = LineDraft(lines[act.number % len(lines)], Decimal(1), "抽查")
            review_scores.set_line(session, actor, town.quarter_id, town.village, line)
    else:
        town.take(Step(act.what), actor, substitution=stands_in)


def judge(session: Session, seen: dict[int, str]) -> None:
    """What must hold of the record after every act."""
    steps = session.exec(select(ReviewStep).order_by("id")).all()
    raised = session.exec(select(Objection)).all()
    answers = {one.objection_id: one for one in session.exec(select(ObjectionDecision))}
    kinds = [Step(one.step) for one in steps]
    assert [one.on for one in steps] == sorted(one.on for one in steps)
    assert all(one.after == two.before for one, two in itertools.pairwise(steps))
    for place, one in enumerate(steps):
        before = kinds[:place]
        if kinds[place] is Step.CHECK:
            reporter = next(s for s in reversed(steps[:place]) if s.step == Step.SUBMIT.value)
            assert one.account_id != reporter.account_id or one.substitution
        if kinds[place] is Step.DELIVER:
            assert Step.CHECK in since(before, Step.RETURN)
        if kinds[place] is Step.DECIDE:
            last = next(s for s in reversed(steps[:place]) if s.step in (Step.DELIVER.value, Step.RECHECK.value))
            agreed = steps[place - 1].step == Step.AGREE.value
            assert agreed or whole_days(last.on, one.on) >= 5
            assert not [o for o in raised if o.recorded_at < one.recorded_at and is_open_at(o, answers, one)]
        if kinds[place] is Step.FINALISE:
            assert steps[place - 1].step == Step.PUBLICISE.value
            assert whole_days(steps[place - 1].on, one.on) >= 5
            way = since(before, Step.RETURN)
            order = (Step.SUBMIT, Step.OPINE, Step.CHECK, Step.DELIVER, Step.DECIDE, Step.PUBLICISE)
            assert [way.index(step) for step in order] == sorted(way.index(step) for step in order)
    scorers = {s.account_id for s in steps if s.step in (Step.CHECK.value, Step.CORRECT.value)}
    scorers |= {
        s.account_id for s in session.exec(select(ReviewScore)) if s.party == "office" and s.objection_id is None
    }
    assert all(one.account_id not in scorers or one.substitution for one in answers.values())
    kept = {one.id: one.digest for one in session.exec(select(Publication).order_by("id"))}
    assert [one.version for one in session.exec(select(Publication))] == list(range(1, len(kept) + 1))
    assert seen.items() <= kept.items()
    seen.update(kept)  # type: ignore[arg-type]


def since(steps: list[Step], kind: Step) -> list[Step]:
    """The steps behind the last of a kind."""
    place = max((n for n, one in enumerate(steps) if one is kind), default=-1)
    return steps[place + 1 :]


def whole_days(first: date, day: date) -> int:
    """Working days that have passed between two days, both left out, counted by hand."""
    between = (first + timedelta(days=n) for n in range(1, (day - first).days))
    return sum(one.weekday() < 5 or one in WORKED for one in between)


def is_open_at(raised: Objection, answers: dict[int, ObjectionDecision], step: ReviewStep) -> bool:
    """Whether an objection waited when a step was taken."""
    answer = answers.get(raised.key)
    if answer is not None:
        return answer.decided_on > step.on
    return raised.withdrawn_at is None or raised.withdrawn_at > step.recorded_at

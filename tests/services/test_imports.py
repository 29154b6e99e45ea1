"""The sample township into a real database: against truth.json, twice, settled, undone."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import col, func, select

from okr_desk.clock import FixedClock
from okr_desk.errors import InputRefused, NotAllowed, Refusal, WrongState
from okr_desk.exchange import export
from okr_desk.model.audit import first_broken
from okr_desk.model.store import Store
from okr_desk.model.tables import (
    AuditEntry,
    Baseline,
    CheckIn,
    ImportBatch,
    ImportQuestion,
    MeasuredValue,
    Org,
    Reopening,
)
from okr_desk.queries import cycles as standing
from okr_desk.queries import imports as queries
from okr_desk.queries import orgs as org_queries
from okr_desk.rules.imports import (
    CheckInFact,
    Decision,
    FactKind,
    KeyResultFact,
    NumberFact,
    ObjectiveFact,
    OrgFact,
    Reading,
    Verdict,
)
from okr_desk.rules.permissions import Actor
from okr_desk.services import cycles, import_late, imports, users
from okr_desk.terms import QuarterState, YearState
from tests.exchange import desk
from tests.exchange.sample import TRUTH, exact, reading

DAY = FixedClock(date(2026, 10, 8))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Actor, imports.ImportResult]]:
    """The whole folder, taken with safe proposals; the tests of this fixture only read."""
    store, actor = desk.new(tmp_path_factory.mktemp("import") / "青山镇.okr", DAY)
    yield store, actor, desk.take(store, actor, reading(), take_safe=True)
    store.close()


@pytest.fixture(scope="module")
def careful(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, imports.ImportResult]:
    """A file with the whole folder taken without a single yes."""
    path = tmp_path_factory.mktemp("careful") / "青山镇.okr"
    store, actor = desk.new(path, DAY)
    result = desk.take(store, actor, reading())
    store.close()
    return path, result


@pytest.fixture
def waiting(careful: tuple[Path, imports.ImportResult], tmp_path: Path) -> Iterator[tuple[Store, Actor]]:
    """A copy of it with all its open questions."""
    path = Path(shutil.copy(careful[0], tmp_path / "青山镇.okr"))
    store = Store.open(path, DAY)
    yield store, users.attempt(store, "王玥", "qingshan-2026")
    store.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[tuple[Store, Actor]]:
    """A township without branches."""
    store, actor = desk.new(tmp_path / "青山镇.okr", DAY)
    yield store, actor
    store.close()


def test_what_is_written_is_what_is_true(filled):
    store = filled[0]
    orgs = {row["short"]: row for row in export.rows(store, "orgs")}
    assert len(orgs) == 31
    for true in TRUTH["orgs"]:
        row = orgs[true["short"]]
        assert (row["name"], row["category"], row["secretary"]) == (true["full"], true["cat"], true["sec"])
        assert row["elected"] == true["elected"] and row["committee"] is true["committee"]
        assert row.get("full_members", 0) == true["members"]
    for word, name in (("baselines", "baseline"), ("targets", "target")):
        read = {f"{r['org']}|{r['code']}": Decimal(r["value"]) for r in export.rows(store, word)}
        assert read == {key: exact(value) for key, value in TRUTH[name].items() if value is not None}
    for period, true in TRUTH["actual"].items():
        read = {f"{r['org']}|{r['code']}": Decimal(r["value"]) for r in export.rows(store, "values", period)}
        assert read == {key: exact(value) for key, value in true.items() if value is not None}


def test_key_results_leave_as_they_came(filled):
    read = {(r["org"], r["kr"]): r for r in export.rows(filled[0], "key-results")}
    assert len(read) == 224
    for true in TRUTH["key_results"]:
        row = read[true["org"], true["kr"]]
        for name in ("objective", "name", "kind", "nature", "unit", "direction", "code"):
            assert row.get(name, "") == true[name], (true["org"], true["kr"], name)
        for name in ("baseline", "target", "weight"):
            assert (Decimal(row[name]) if name in row else None) == exact(true[name])


def test_no_stored_check_in_differs_from_the_truth(filled):
    read = {f"{r['org']}|{r['kr']}": r for r in export.rows(filled[0], "checkins", "2026Q3")}
    for key, row in read.items():
        if key in TRUTH["returns"] and "value" in row:
            assert Decimal(row["value"]) == exact(TRUTH["returns"][key]["true"]), key
        if key in TRUTH["milestone_returns"]:
            assert row["text"] == "、".join(TRUTH["milestone_returns"][key]["done"])
    assert read["青石村党支部|KR1.5"]["text"] == "是"
    assert len([key for key in read if key in TRUTH["milestone_returns"]]) == 27


def test_who_is_missing_and_who_sent_two(filled):
    store, _actor, _result = filled
    with store.rows() as session:
        plan = imports.prepare(session, reading())
    assert [one.org for one in plan.missing] == ["双河村党支部", "朝阳社区第二党支部"]
    assert [(one.org, len(one.workbooks)) for one in plan.duplicates] == [("东岭村党支部", 2)]


def test_who_reported_earlier_is_not_missing_when_one_more_return_comes(filled):
    store, _actor, _result = filled
    one = next(returned for returned in reading().returns if returned.org == "青石村党支部")
    with store.read() as session:
        plan = imports.prepare(session, Reading(returns=(one,), files=(one.workbook,)))
        assert [late.org for late in plan.missing] == ["双河村党支部", "朝阳社区第二党支部"]


def test_a_return_that_waits_as_a_question_has_come(waiting):
    store, actor = waiting
    with store.write(actor) as session:
        for row in session.exec(select(CheckIn)):
            row.withdrawn = True
            session.add(row)
        waits = {one.doubt.org for one in queries.open_questions(session) if one.doubt.kind is FactKind.CHECK_IN}
        plan = imports.prepare(session, Reading(returns=reading().returns[:1], files=("一份.xlsx",)))
    assert len(waits) > 3 and not waits & {late.org for late in plan.missing}


def test_a_blank_return_counts_as_none(empty):
    store, actor = empty
    desk.take(store, actor, _only(reading(), keep_returns=False))
    blank = replace(next(r for r in reading().returns if r.org == "青石村党支部"), is_blank=True)
    both = (blank, replace(blank, workbook="青石村(1).xlsx", is_blank=False))
    with store.read() as session:
        alone = imports.prepare(session, Reading(returns=(blank,), files=("青石村.xlsx",)))
        beside = imports.prepare(session, Reading(returns=both, files=("青石村.xlsx", "青石村(1).xlsx")))
    assert len(alone.missing) == 29 and "青石村党支部" in {one.org for one in alone.missing}
    assert len(beside.missing) == 28 and beside.duplicates == ()


def test_a_first_import_says_what_keeps_the_branches_from_reporting(empty):
    store, actor = empty
    facts = _only(reading(), keep_returns=True)
    before = desk.take(store, actor, facts)
    assert before.next_steps == ("2026年度还在筹备。下一步请在“年度与季度”中启用年度，再开放季度，支部才能填报。",)
    with store.write(actor) as session:
        imports.undo(session, actor, before.batch_id)
        cycles.move_year(session, actor, standing.years(session)[0].id, YearState.OPEN)
        for number in (1, 2):
            cycles.move_quarter(session, actor, standing.quarter(session, 2026, number).id, QuarterState.OPEN)
    after = desk.take(store, actor, facts)
    assert after.next_steps == ("2026年第三季度还没有开放。下一步请在“年度与季度”中开放，支部才能填报。",)
    with store.write(actor) as session:
        imports.undo(session, actor, after.batch_id)
        cycles.move_quarter(session, actor, standing.quarter(session, 2026, 3).id, QuarterState.OPEN)
    assert desk.take(store, actor, facts).next_steps == ()


def test_the_same_files_again_change_nothing(filled):
    store, actor, first = filled
    before = _count(store, AuditEntry), _count(store, ImportBatch), _count(store, ImportQuestion)
    again = desk.take(store, actor, reading(), take_safe=True)
    assert (again.batch_id, again.taken) == (None, 0)
    assert again.unchanged == first.taken
    assert before == (_count(store, AuditEntry), _count(store, ImportBatch), _count(store, ImportQuestion))
    with store.rows() as session:
        assert first_broken(session) is None


def test_open_questions_say_where_what_and_why(filled):
    with filled[0].read() as session:
        waiting = queries.open_questions(session)
    assert waiting
    for view in waiting:
        assert view.doubt.place.cell and view.doubt.reason and not view.doubt.lossless
    raws = {view.doubt.raw for view in waiting}
    assert {"未统计", "无", "0.796", "88.8"} <= raws


def test_without_a_yes_nothing_doubtful_is_taken(waiting, careful):
    store, actor = waiting
    result = careful[1]
    assert not any(doubt.taken for doubt in result.doubtful)
    read = {f"{r['org']}|{r['kr']}" for r in export.rows(store, "checkins")}
    assert "柳湾村党支部|KR2.2" not in read
    later = desk.take(store, actor, reading(), take_safe=True)
    assert later.taken == sum(doubt.taken for doubt in later.doubtful) > 0
    read = {f"{r['org']}|{r['kr']}": r for r in export.rows(store, "checkins")}
    assert read["柳湾村党支部|KR2.2"]["value"] == "83.2"


def test_settling_one_of_two_returns_answers_the_other(waiting):
    store, actor = waiting
    question = _question(store, "东岭村党支部.xlsx", "0.796")
    with store.write(actor) as session:
        imports.settle(session, actor, question.id, Decision(Verdict.ACCEPT))
    read = {(r["org"], r["kr"]): r["value"] for r in export.rows(store, "checkins") if "value" in r}
    assert read["东岭村党支部", "KR3.1"] == "79.6"
    with store.rows() as session:
        other = session.exec(select(ImportQuestion).where(ImportQuestion.raw == "88.8")).one()
        assert other.decision == Verdict.OVERTAKEN
        check_in = session.exec(select(CheckIn).where(CheckIn.value == Decimal("79.6"))).first()
        assert check_in is not None and check_in.confidence == 10 and check_in.reported_by == "唐晨曦"
    with pytest.raises(WrongState), store.write(actor) as session:
        imports.settle(session, actor, question.id, Decision(Verdict.ACCEPT))


def test_another_value_and_leaving_blank(waiting):
    store, actor = waiting
    words, none = _question(store, "供电所党支部(1).xlsx", "未统计"), _question(store, "供电所党支部(1).xlsx", "无")
    with pytest.raises(Refusal, match="没有建议值"), store.write(actor) as session:
        imports.settle(session, actor, words.id, Decision(Verdict.ACCEPT))
    with store.write(actor) as session:
        imports.settle(session, actor, words.id, Decision(Verdict.CHANGE, "2.5"))
        imports.settle(session, actor, none.id, Decision(Verdict.BLANK))
    read = {(r["org"], r["kr"]): r.get("value") for r in export.rows(store, "checkins")}
    assert read["供电所党支部", "KR1.2"] == "2.5"
    assert ("供电所党支部", "KR1.1") not in read
    again = desk.take(store, actor, reading())
    assert again.taken == 0 and again.batch_id is None


def test_a_value_that_stands_is_never_overwritten_silently(waiting):
    store, actor = waiting
    facts = [f for f in reading().facts if isinstance(f, CheckInFact) and f.org == "青石村党支部"]
    one = next(f for f in facts if f.key_result == "KR1.1")
    changed = Reading(facts=(replace(one, value=Decimal("64")),), files=("青石村更正.xlsx",))
    result = desk.take(store, actor, changed)
    assert result.taken == 0 and [d.raw for d in result.doubtful] == ["64"]
    assert "63.4" in result.doubtful[0].reason
    with store.rows() as session:
        question = session.exec(select(ImportQuestion).where(ImportQuestion.raw == "64")).one()
    with store.write(actor) as session:
        imports.settle(session, actor, question.key, Decision(Verdict.ACCEPT))
    with store.rows() as session:
        rows = session.exec(
            select(CheckIn).where(
                CheckIn.progress_note == one.progress_note, col(CheckIn.value).in_([Decimal("63.4"), 64])
            )
        ).all()
        branch = session.exec(select(MeasuredValue).where(MeasuredValue.value == 64)).one()
    assert {(row.value, row.superseded_at is None) for row in rows} == {(Decimal("63.4"), False), (Decimal(64), True)}
    assert branch.origin == "branch" and branch.superseded_at is None


def test_a_key_result_that_says_another_baseline_than_the_list_is_asked(empty):
    store, actor = empty
    mine = [f for f in reading().facts if isinstance(f, OrgFact | ObjectiveFact | NumberFact | KeyResultFact)]
    one = next(f for f in mine if isinstance(f, KeyResultFact) and (f.org, f.code) == ("青石村党支部", "KR1.1"))
    changed = [replace(f, baseline=Decimal(60)) if f is one else f for f in mine]
    result = desk.take(store, actor, Reading(facts=tuple(changed)))
    assert [(d.kind, d.raw, d.place.cell) for d in result.doubtful] == [(FactKind.BASELINE, "60", "L3")]
    assert "03a_指标基线_2026.xlsx H3 61.4" in result.doubtful[0].reason
    row = next(r for r in export.rows(store, "key-results") if (r["org"], r["kr"]) == ("青石村党支部", "KR1.1"))
    assert row["baseline"] == "61.4"


def test_key_results_alone_bring_the_lines_of_their_indicators(empty):
    store, actor = empty
    kept = tuple(f for f in reading().facts if isinstance(f, OrgFact | ObjectiveFact | KeyResultFact))
    desk.take(store, actor, Reading(facts=kept))
    read = {f"{r['org']}|{r['code']}": r["value"] for r in export.rows(store, "baselines")}
    assert read["青石村党支部|F07"] == "61.4"
    assert {r["source"] for r in export.rows(store, "baselines")} == {"2025年末实绩"}


def test_undo_takes_everything_back_and_a_new_import_brings_it_again(empty):
    store, actor = empty
    before = {word: export.rows(store, word) for word in export.WORDS}
    done = desk.take(store, actor, reading(), take_safe=True)
    with store.write(actor) as session:
        assert imports.undo(session, actor, done.batch_id).value == done.taken > 1500
    assert {word: export.rows(store, word) for word in export.WORDS} == before
    with store.rows() as session:
        assert queries.open_questions(session) == ()
        assert session.exec(select(func.count()).select_from(Org)).one() == 1
        assert first_broken(session) is None
    with pytest.raises(Refusal, match="已经撤消"), store.write(actor) as session:
        imports.undo(session, actor, done.batch_id)
    assert desk.take(store, actor, reading(), take_safe=True).taken == done.taken


def test_undo_is_refused_when_something_was_built_upon_it(empty):
    store, actor = empty
    first = desk.take(store, actor, _only(reading(), keep_returns=False))
    second = desk.take(store, actor, reading())
    assert second.taken > 0
    with store.read() as session:
        assert [(b.id, b.can_undo) for b in queries.batches(session)] == [
            (second.batch_id, True), (first.batch_id, False)
        ]  # fmt: skip
    with pytest.raises(Refusal, match="逐项更正"), store.write(actor) as session:
        imports.undo(session, actor, first.batch_id)
    with store.write(actor) as session:
        imports.undo(session, actor, second.batch_id)
        imports.undo(session, actor, first.batch_id)


@pytest.fixture
def frozen(waiting) -> tuple[Store, Actor, Reading]:
    """The first quarter is frozen; a return for it comes late."""
    store, actor = waiting
    with store.write(actor) as session:
        cycles.move_year(session, actor, standing.years(session)[0].id, YearState.OPEN)
        for state in (QuarterState.OPEN, QuarterState.FROZEN):
            cycles.move_quarter(session, actor, standing.quarter(session, 2026, 1).id, state)
    facts = [f for f in reading().facts if isinstance(f, CheckInFact) and f.org == "青石村党支部"]
    late = replace(next(f for f in facts if f.key_result == "KR1.1"), quarter=1, as_of=date(2026, 3, 31))
    return store, actor, Reading(facts=(late,), files=("一季度.xlsx",))


def test_what_goes_into_a_frozen_quarter_is_sent_back_without_a_reason(frozen):
    store, actor, late = frozen
    with store.read() as session:
        plan = imports.prepare(session, late)
    assert import_late.late(plan) == late.facts and import_late.quarters(plan) == ("2026年第一季度",)
    done = desk.take(store, actor, late, late_reason="  ")
    assert (done.batch_id, done.taken) == (None, 0)
    assert [note.reason.partition("：")[2] for note in done.refused] == [
        "2026年第一季度已冻结，没有写入。补报须写明理由。"
    ]
    assert not export.rows(store, "checkins", "2026Q1")


def test_with_a_reason_it_is_written_as_reported_late(frozen):
    store, actor, late = frozen
    assert desk.take(store, actor, late, late_reason=" 换届期间漏报 ").taken == 1
    with store.rows() as session:
        row = session.exec(select(CheckIn).order_by(col(CheckIn.id).desc())).first()
        assert (row.is_late, row.late_reason) == (True, "换届期间漏报")


def test_a_branch_whose_quarter_was_opened_again_needs_no_reason(frozen):
    store, actor, late = frozen
    with store.write(actor) as session:
        quarter = standing.quarter(session, 2026, 1)
        org = next(o for o in org_queries.tree(session, DAY.day) if o.short_name == "青石村党支部")
        session.add(
            Reopening(
                quarter_id=quarter.id, org_id=org.id, reason="漏报", asked_by=actor.account_id, asked_at=DAY.now(),
                agreed_by=actor.account_id, agreed_at=DAY.now(),
            )
        )  # fmt: skip
    assert desk.take(store, actor, late).taken == 1


def test_an_answer_for_a_frozen_quarter_needs_a_reason_too(frozen):
    store, actor, late = frozen
    again = replace(late, facts=(replace(late.facts[0], value=late.facts[0].value + 1),))
    desk.take(store, actor, late, late_reason="漏报")
    desk.take(store, actor, again)
    with store.rows() as session:
        question = session.exec(select(ImportQuestion).order_by(col(ImportQuestion.id).desc())).first()
    with pytest.raises(InputRefused, match="写明理由"), store.write(actor) as session:
        imports.settle(session, actor, question.id, Decision(Verdict.ACCEPT))
    with store.write(actor) as session:
        imports.settle(session, actor, question.id, Decision(Verdict.ACCEPT), "核对台账")
    with store.rows() as session:
        row = session.exec(select(CheckIn).order_by(col(CheckIn.id).desc())).first()
        assert (row.is_late, row.late_reason) == (True, "核对台账")


def test_an_organisation_that_differs_is_asked_and_then_corrected(waiting):
    store, actor = waiting
    fact = next(f for f in reading().facts if isinstance(f, OrgFact) and f.short == "青石村党支部")
    changed = Reading(facts=(replace(fact, full_members=46, households=None),))
    result = desk.take(store, actor, changed)
    assert [(d.kind, d.proposal) for d in result.doubtful] == [(FactKind.ORG, "46")]
    with store.write(actor) as session:
        row = session.exec(select(ImportQuestion).where(ImportQuestion.raw == "46")).one()
        imports.settle(session, actor, row.key, Decision(Verdict.ACCEPT))
    org = next(r for r in export.rows(store, "orgs") if r["short"] == "青石村党支部")
    assert (org["full_members"], org["households"], org["category"]) == (46, 482, "农村")


def test_a_baseline_that_differs_keeps_the_old_line(waiting):
    store, actor = waiting
    fact = next(f for f in reading().facts if isinstance(f, NumberFact) and f.kind is FactKind.BASELINE)
    assert fact.value is not None
    result = desk.take(store, actor, Reading(facts=(replace(fact, value=fact.value + 1),)))
    assert result.taken == 0 and "系统中已有" in result.doubtful[0].reason
    with store.write(actor) as session:
        row = session.exec(select(ImportQuestion).where(ImportQuestion.raw == result.doubtful[0].raw)).all()[-1]
        imports.settle(session, actor, row.key, Decision(Verdict.ACCEPT))
    with store.rows() as session:
        lines = session.exec(
            select(Baseline).where(Baseline.value.in_([fact.value, fact.value + 1]))  # type: ignore[attr-defined]
        ).all()
        versions = {(line.version, line.superseded_at is None, bool(line.reason)) for line in lines}
    assert {(1, False, False), (2, True, True)} <= versions


def test_beyond_the_range_one_may_insist_but_not_on_a_share(waiting):
    store, actor = waiting
    one, two = _question(store, "供电所党支部(1).xlsx", "无"), _question(store, "东岭村党支部.xlsx", "0.796")
    with store.write(actor) as session:
        imports.settle(session, actor, one.id, Decision(Verdict.CHANGE, "105"))
    with pytest.raises(InputRefused, match="若确为"), store.write(actor) as session:
        imports.settle(session, actor, two.id, Decision(Verdict.CHANGE, "0.8"))
    with store.write(actor) as session:
        imports.settle(session, actor, two.id, Decision(Verdict.CHANGE, "0.8%"))
    read = {(r["org"], r["kr"]): r.get("value") for r in export.rows(store, "checkins")}
    assert (read["供电所党支部", "KR1.1"], read["东岭村党支部", "KR3.1"]) == ("105", "0.8")


def test_a_returned_year_cumulative_value_that_falls_is_asked(waiting):
    store, actor = waiting
    mine = [f for f in reading().facts if isinstance(f, CheckInFact) and f.org == "南塘村党支部"]
    fact = next(f for f in mine if f.key_result == "KR1.1")
    with store.write(actor) as session:
        for row in session.exec(select(CheckIn).where(CheckIn.value == fact.value)):
            row.withdrawn = True
            session.add(row)
    result = desk.take(store, actor, Reading(facts=(replace(fact, value=Decimal(1)),)))
    assert result.taken == 0 and "年累计数" in result.doubtful[0].reason


def test_a_year_cumulative_value_that_falls_is_asked(waiting):
    store, actor = waiting
    known = {f.org for f in reading().facts if isinstance(f, CheckInFact)}
    fact = next(
        f for f in reading().facts
        if isinstance(f, NumberFact) and (f.indicator, f.quarter) == ("F07", 3) and f.value and f.org in known
    )  # fmt: skip
    with store.write(actor) as session:
        for row in session.exec(select(MeasuredValue).where(MeasuredValue.value == fact.value)):
            row.origin = "department"
            session.add(row)
    result = desk.take(store, actor, Reading(facts=(replace(fact, value=Decimal(1)),)))
    assert result.taken == 0 and "年累计数" in result.doubtful[0].reason


def test_a_branch_may_not_import(filled):
    store = filled[0]
    with pytest.raises(NotAllowed), store.write(Actor(99, "x", "x", ())) as session:
        imports.apply(session, Actor(99, "x", "x", ()), imports.prepare(session, reading()))


def test_a_missing_year_is_said(filled):
    fact = next(f for f in reading().facts if isinstance(f, CheckInFact))
    with filled[0].read() as session, pytest.raises(WrongState, match="2031年度还没有建立"):
        imports.prepare(session, Reading(facts=(replace(fact, year=2031),)))


def test_batches_are_listed(filled):
    store, actor, result = filled
    with store.rows() as session:
        view = queries.batches(session)[-1]
    assert (view.id, view.by, view.written) == (result.batch_id, actor.name, result.taken)
    assert "01_组织名册.xlsx" in view.files and view.open_questions > 0
    with store.rows() as session:
        stored = session.get(ImportBatch, result.batch_id)
        assert stored is not None and len(json.loads(stored.files)) == 40


def _count(store: Store, table: type) -> int:
    with store.rows() as session:
        return session.exec(select(func.count()).select_from(table)).one()


def _question(store: Store, workbook: str, raw: str) -> queries.QuestionView:
    with store.rows() as session:
        return next(
            view
            for view in queries.open_questions(session)
            if (view.doubt.place.workbook, view.doubt.raw) == (workbook, raw)
        )


def _only(whole: Reading, *, keep_returns: bool) -> Reading:
    facts = tuple(f for f in whole.facts if keep_returns or not isinstance(f, CheckInFact))
    return replace(whole, facts=facts, doubts=(), returns=())

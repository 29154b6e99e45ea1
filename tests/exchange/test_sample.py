"""The sample folder against truth.json: every organisation, number, key result and return."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal

import pytest

from okr_desk.exchange.duplicates import said
from okr_desk.rules.imports import (
    CheckInFact,
    Doubt,
    FactKind,
    KeyResultFact,
    NumberFact,
    ObjectiveFact,
    OrgFact,
)
from okr_desk.terms import label
from tests.exchange.sample import TRUTH, exact, reading


def test_every_organisation_with_its_counts_and_dates():
    orgs = {fact.short: fact for fact in reading().facts if isinstance(fact, OrgFact)}
    assert len(orgs) == len(TRUTH["orgs"]) == 31
    for true in TRUTH["orgs"]:
        org = orgs[true["short"]]
        assert (org.full, org.category, label(org.kind), org.parent) == (
            true["full"],
            true["cat"],
            true["kind"],
            true["parent"],
        )
        assert (org.secretary, org.liaison) == (true["sec"], true["lead"])
        assert (org.full_members or 0, org.probationary or 0) == (true["members"], true["prob"])
        assert (org.groups or 0, org.households or 0, org.workers or 0) == (
            true["groups"],
            true["households"] or 0,
            true["workers"] or 0,
        )
        assert org.has_committee is true["committee"]
        assert org.elected == date.fromisoformat(true["elected"])


@pytest.mark.parametrize(("kind", "name"), [(FactKind.BASELINE, "baseline"), (FactKind.TARGET, "target")])
def test_every_baseline_and_target(kind: FactKind, name: str):
    read = {f"{f.org}|{f.indicator}": f.value for f in _numbers(kind) if f.value is not None}
    assert read == {key: exact(value) for key, value in TRUTH[name].items() if value is not None}


def test_baselines_say_when_and_from_where():
    facts = _numbers(FactKind.BASELINE)
    assert {(f.as_of, f.source, f.year) for f in facts} == {(date(2025, 12, 31), "2025年末实绩", 2026)}


@pytest.mark.parametrize("quarter", [1, 2])
def test_first_two_quarters_are_clean(quarter: int):
    read = {f"{f.org}|{f.indicator}": f.value for f in _numbers(FactKind.VALUE, quarter) if f.value is not None}
    true = TRUTH["actual"][f"2026Q{quarter}"]
    assert read == {key: exact(value) for key, value in true.items() if value is not None}


def test_third_quarter_clean_values_are_true_and_safe_proposals_complete_it():
    true = {key: exact(v) for key, v in TRUTH["actual"]["2026Q3"].items() if v is not None}
    read = {f"{f.org}|{f.indicator}": f.value for f in _numbers(FactKind.VALUE, 3) if f.value is not None}
    assert read.items() <= true.items()
    safe = {_number_key(d): Decimal(d.proposal) for d in _doubts(FactKind.VALUE) if d.lossless}
    assert read | safe == true


def test_slash_means_does_not_apply_and_blank_means_nothing():
    facts = _numbers(FactKind.VALUE, 1)
    not_applicable = {f"{f.org}|{f.indicator}" for f in facts if f.value is None}
    assert "青石村党支部|F18" in not_applicable
    assert "龙泉村党支部|F07" not in {f"{f.org}|{f.indicator}" for f in facts}
    assert len(reading().blanks) >= 1


def test_township_objectives():
    read = [(f.code, f.title, f.weight) for f in reading().facts if isinstance(f, ObjectiveFact) and not f.org]
    assert read == [(code, title, Decimal(weight)) for code, title, weight in TRUTH["township_objectives"]]


def test_every_key_result():
    read = {(f.org, f.code): f for f in reading().facts if isinstance(f, KeyResultFact)}
    titles = {(f.org, f.code): f for f in reading().facts if isinstance(f, ObjectiveFact)}
    assert len(read) == len(TRUTH["key_results"]) == 224
    for true in TRUTH["key_results"]:
        fact = read[true["org"], true["kr"]]
        objective = titles[true["org"], true["objective"]]
        assert (fact.objective, objective.title, objective.weight, objective.aligned) == (
            true["objective"],
            true["title"],
            exact(true["o_weight"]),
            true["aligned"],
        )
        assert (fact.title, label(fact.kind), label(fact.nature), fact.unit) == (
            true["name"],
            true["kind"],
            true["nature"],
            true["unit"],
        )
        assert (fact.direction or "") == true["direction"]
        assert (fact.baseline, fact.target, fact.weight, fact.indicator) == (
            exact(true["baseline"]),
            exact(true["target"]),
            exact(true["weight"]),
            true["code"],
        )
        assert [[name, int(weight)] for name, weight in fact.nodes] == true.get("nodes", [])


def test_returned_numbers_are_true_or_asked():
    clean = {f"{f.org}|{f.key_result}": f for f in reading().facts if isinstance(f, CheckInFact)}
    asked: dict[str, list[Doubt]] = defaultdict(list)
    for doubt in _doubts(FactKind.CHECK_IN):
        _kind, org, _year, _quarter, key_result, *_rest = doubt.subject.split("|")
        asked[f"{org}|{key_result}"].append(doubt)
    for key, true in TRUTH["returns"].items():
        value = exact(true["true"])
        if key in clean:
            assert clean[key].value == value, key
            assert true["mess"] in ("", "percent format", "text with spaces"), key
        elif true["mess"] != "missing":
            assert asked[key], key
        for doubt in asked[key]:
            if doubt.lossless:
                assert Decimal(doubt.proposal) == value, key
            assert doubt.reason and doubt.place.cell and doubt.place.workbook.endswith(".xlsx")


@pytest.mark.parametrize("mess", ["approximate", "none", "words", "ratio in a percent column"])
def test_a_guess_is_never_safe(mess: str):
    keys = {key for key, true in TRUTH["returns"].items() if true["mess"] == mess}
    for doubt in _doubts(FactKind.CHECK_IN):
        _kind, org, _year, _quarter, key_result, *_rest = doubt.subject.split("|")
        if f"{org}|{key_result}" in keys:
            assert not doubt.lossless


@pytest.mark.parametrize("mess", ["full-width percent", "full-width digits", "text with spaces"])
def test_what_loses_nothing_is_proposed_as_safe(mess: str):
    keys = {key for key, true in TRUTH["returns"].items() if true["mess"] == mess}
    safe = {"|".join(d.subject.split("|")[i] for i in (1, 4)) for d in _doubts(FactKind.CHECK_IN) if d.lossless}
    clean = {f"{f.org}|{f.key_result}" for f in reading().facts if isinstance(f, CheckInFact)}
    assert keys <= safe | clean


def test_milestones():
    clean = {f"{f.org}|{f.key_result}": f for f in reading().facts if isinstance(f, CheckInFact)}
    asked = {"|".join(d.subject.split("|")[i] for i in (1, 4)): d for d in _doubts(FactKind.CHECK_IN)}
    for key, true in TRUTH["milestone_returns"].items():
        if key in clean:
            assert list(clean[key].nodes or ()) == true["done"]
            assert true["mess"] == ""
        else:
            assert asked[key].proposal == "、".join(true["done"])
            assert true["mess"] == "last node only"


def test_two_returns_of_one_branch_are_compared_cell_by_cell():
    east = [d for d in _doubts(FactKind.CHECK_IN) if d.org == "东岭村党支部"]
    differing = [d for d in east if "KR3.1" in d.subject]
    assert {(d.place.workbook, d.raw) for d in differing} == {
        ("东岭村党支部.xlsx", "0.796"),
        ("东岭村党支部(2).xlsx", "88.8"),
    }
    assert not any(d.lossless for d in differing)
    same = [d for d in east if "KR1.2" in d.subject]
    assert [d.place.workbook for d in same] == ["东岭村党支部.xlsx"]
    facts = [f for f in reading().facts if isinstance(f, CheckInFact) and f.org == "东岭村党支部"]
    assert [said(f) for f in facts if f.key_result == "KR1.1"] == ["31.4"]


def test_head_of_a_return_gives_recorder_and_date():
    fact = next(f for f in reading().facts if isinstance(f, CheckInFact) and f.org == "北坪村党支部")
    assert (fact.reported_by, fact.as_of, fact.year, fact.quarter) == ("林䶮", date(2026, 9, 28), 2026, 3)
    assert fact.confidence in range(1, 11)


def test_who_returned_and_what_was_left_aside():
    returned = {r.org for r in reading().returns}
    branches = {o["short"] for o in TRUTH["orgs"] if o["kind"] == "党支部"}
    assert branches - returned == {"双河村党支部", "朝阳社区第二党支部"}
    assert [note.workbook for note in reading().damaged] == ["~$临时文件.xlsx"]
    later = {note.workbook for note in reading().not_taken if "暂不导入" in note.reason}
    assert later == set()
    assert [path.rpartition("/")[2] for path in reading().surveys] == ["06_满意度_问卷星按文本_2026Q3.xlsx"]


def _numbers(kind: FactKind, quarter: int = 0) -> list[NumberFact]:
    return [f for f in reading().facts if isinstance(f, NumberFact) and f.kind is kind and f.quarter == quarter]


def _doubts(kind: FactKind) -> list[Doubt]:
    return [doubt for doubt in reading().doubts if doubt.kind is kind]


def _number_key(doubt: Doubt) -> str:
    _kind, org, _year, _quarter, _key_result, indicator, _field = doubt.subject.split("|")
    return f"{org}|{indicator}"

"""What one types into the check-in table becomes an answer or a question."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_desk.errors import InputRefused
from okr_desk.rules import entries
from okr_desk.rules.entries import Asked, Typed
from okr_desk.terms import KrKind

D = Decimal
RATE = Asked(KrKind.METRIC, "%", 1)
SCORE = Asked(KrKind.SATISFACTION, "分", 1)
ROAD = Asked(KrKind.MILESTONE, nodes=("立项", "开工", "主体完成", "验收"))
YES_NO = Asked(KrKind.YES_NO)


def read(text: str, asked: Asked) -> Typed:
    found = entries.read(text, asked)
    assert found is not None
    return found


@pytest.mark.parametrize("text", ["", "   ", "　"])
@pytest.mark.parametrize("asked", [RATE, ROAD, YES_NO])
def test_nothing_typed_is_nothing(text: str, asked: Asked) -> None:
    assert entries.read(text, asked) is None


@pytest.mark.parametrize(
    ("text", "value"), [("63.4", "63.4"), ("９５", "95"), ("95%", "95"), (" 1.0 ", "1.0"), ("0", "0"), ("-2", "-2")]
)
def test_clean_numbers_are_answers(text: str, value: str) -> None:
    asked = RATE if "%" in text else Asked(KrKind.METRIC, "万元")
    assert read(text, asked).value == D(value)
    assert read(text, asked).is_answer


@pytest.mark.parametrize(
    ("text", "asked", "proposal", "word"),
    [
        ("0.95", RATE, "95", "还是"),
        ("约95", RATE, "95", "约数"),
        ("95%", SCORE, "95", "带百分号"),
        ("87.456", SCORE, "87.5", "小数"),
        ("105", RATE, "105", "大于 100"),
        ("9230", RATE, "9230", "大于 100"),
        ("-5", RATE, "-5", "小于 0"),
    ],
)
def test_doubtful_numbers_are_asked_about_with_a_proposal(text: str, asked: Asked, proposal: str, word: str) -> None:
    found = read(text, asked)
    assert not found.is_answer and found.value is None
    assert word in found.question and found.proposal == D(proposal)
    assert found.accepted.value == D(proposal) and found.accepted.is_answer


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("-1", Asked(KrKind.GUARD_RAIL, "起")),
        ("-1件", Asked(KrKind.METRIC, "件")),
        ("-2", Asked(KrKind.METRIC, "人天")),
        ("-0.1", Asked(KrKind.METRIC, "件/万户")),
        ("100.1", SCORE),
        ("约230", SCORE),
        ("-1", Asked(KrKind.SATISFACTION, "%")),
    ],
)
def test_what_cannot_be_is_asked_about_and_nothing_is_proposed(text: str, asked: Asked) -> None:
    found = read(text, asked)
    assert found.question and found.proposal is None
    assert found.accepted is found


@pytest.mark.parametrize("text", ["abc", "无", "/", "—", "2026.3.1", "8~9"])
def test_what_is_no_number_stays_a_question_and_never_becomes_nought(text: str) -> None:
    found = read(text, RATE)
    assert found.question and found.value is None
    assert found.accepted is found


def test_a_figure_of_the_year_so_far_is_asked_about_when_it_falls() -> None:
    asked = Asked(KrKind.METRIC, "万元", 1, previous=D("40.5"), year_to_date=True)
    assert "不应少于上一季度的 40.5" in read("40.4", asked).question
    assert read("40.5", asked).value == D("40.5")


@pytest.mark.parametrize(
    ("text", "nodes"),
    [
        ("0", ()),
        ("2", ("立项", "开工")),
        ("４", ROAD.nodes),
        ("全部", ROAD.nodes),
        ("未启动", ()),
        ("已开工", ("立项", "开工")),
        ("验收", ROAD.nodes),
        ("立项、主体完成", ("立项", "主体完成")),
    ],
)
def test_nodes_by_number_or_name(text: str, nodes: tuple[str, ...]) -> None:
    assert read(text, ROAD).nodes == nodes


def test_a_node_that_does_not_exist_is_asked_about() -> None:
    assert "只有 4 个节点" in read("5", ROAD).question
    assert "1 立项、2 开工、3 主体完成、4 验收" in read("通车", ROAD).question
    assert "按顺序计到“开工”" in read("已开工", ROAD).note


@given(st.integers(0, 4))
def test_the_nodes_done_are_typed_back_as_their_number(count: int) -> None:
    assert entries.node_text(ROAD.nodes[:count], ROAD.nodes) == str(count)
    assert read(str(count), ROAD).nodes == ROAD.nodes[:count]


def test_a_gap_among_the_nodes_is_typed_back_by_name() -> None:
    assert read(entries.node_text(("立项", "验收"), ROAD.nodes), ROAD).nodes == ("立项", "验收")


@pytest.mark.parametrize(
    ("text", "done"), [("1", True), ("是", True), ("Y", True), ("0", False), ("否", False), ("０", False)]
)
def test_yes_and_no(text: str, done: bool) -> None:
    assert read(text, YES_NO).done is done


def test_neither_yes_nor_no_is_asked_about() -> None:
    assert read("2", YES_NO).question


@pytest.mark.parametrize(("text", "value"), [("", None), ("7", 7), ("１０", 10)])
def test_confidence(text: str, value: int | None) -> None:
    assert entries.read_confidence(text) == value


@pytest.mark.parametrize("text", ["0", "11", "7.5", "高", "-1", "²"])
def test_confidence_out_of_range_is_refused(text: str) -> None:
    with pytest.raises(InputRefused) as refused:
        entries.read_confidence(text)
    assert refused.value.field == "confidence"


@given(st.text(max_size=20), st.sampled_from([RATE, SCORE, ROAD, YES_NO]))
def test_any_text_is_an_answer_or_a_question(text: str, asked: Asked) -> None:
    found = entries.read(text, asked)
    if found is not None:
        answers = (found.value is not None) + (found.done is not None) + (found.nodes is not None)
        assert answers == (1 if found.is_answer else 0)

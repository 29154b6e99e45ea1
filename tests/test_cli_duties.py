"""`okr-desk calc duty` and `calc fee` as cli.md has them."""

from __future__ import annotations

import pytest

from okr_desk import i18n
from tests.test_cli_calc import Capture, ask, refused


def test_duty_of_the_contract(capsys: Capture) -> None:
    found = ask(capsys, "duty", "--quarter", "2026Q3", "--full-members", "12", "--groups", "3")
    assert found == {"due": {"党员大会": "1", "支委会": "3", "党小组会": "9", "党课": "1", "主题党日": "3"}}


def test_duty_without_committee_and_groups(capsys: Capture) -> None:
    for words in (("--full-members", "6"), ("--full-members", "９", "--committee", "no", "--groups", "0")):
        found = ask(capsys, "duty", "--quarter", "2026Q3", *words)["due"]
        assert isinstance(found, dict) and (found["支委会"], found["党小组会"]) == ("0", "0")


def test_names_stay_chinese_for_machines(capsys: Capture) -> None:
    i18n.use("en")
    found = ask(capsys, "duty", "--quarter", "2026Q3", "--full-members", "12")["due"]
    assert isinstance(found, dict) and "党员大会" in found


def test_duty_as_text(capsys: Capture) -> None:
    from okr_desk import cli_calc

    assert cli_calc.main(["calc", "duty", "--quarter", "2026Q4", "--full-members", "12"]) == 0
    said = capsys.readouterr().out
    assert "应开展：党员大会 1，支委会 3，党小组会 0，党课 1，主题党日 3" in said and "组织生活会：每年 1 次" in said


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("--base", "3000"), {"fee": "15.00"}),
        (("--base", "3000.01"), {"fee": "30.00"}),
        (("--base", "8000"), {"fee": "120.00"}),
        (("--base", "8000", "--retired"), {"fee": "80.00"}),
        (("--farmer",), {"low": "0.2", "high": "1"}),
        (("--relief",), {"fee": "0.20"}),
    ],
)
def test_fee(capsys: Capture, words: tuple[str, ...], answer: dict[str, str]) -> None:
    assert ask(capsys, "fee", *words) == answer


@pytest.mark.parametrize(
    "words",
    [
        ("duty", "--quarter", "三季度", "--full-members", "12"),
        ("duty", "--full-members", "12"),
        ("duty", "--quarter", "2026Q3"),
        ("duty", "--quarter", "2026Q3", "--full-members", "十二"),
        ("duty", "--quarter", "2026Q3", "--full-members", "12", "--groups", "1.5"),
        ("fee",),
        ("fee", "--base", "-5"),
        ("fee", "--base", "八千"),
        ("fee", "--farmer", "--retired"),
        ("fee", "--farmer", "--base", "8000"),
    ],
)
def test_bad_questions_get_one_sentence(capsys: Capture, words: tuple[str, ...]) -> None:
    refused(capsys, *words)

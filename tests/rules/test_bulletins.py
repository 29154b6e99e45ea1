"""What may be issued: numbers in their form, titles that fit, no empty part, days that can be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from okr_desk.errors import InputRefused
from okr_desk.review_terms import ReceiptWay
from okr_desk.rules import bulletins as rules
from okr_desk.rules.bulletins import PARTS, BulletinMode, IssueDraft, ReceiptDraft
from okr_desk.terms import label
from tests import bulletin_samples as made

DAY = date(2026, 10, 8)


@pytest.mark.parametrize("number", ["青党建〔2026〕12号", "青〔2026〕1号", " 青山镇委〔2026〕120号 "])
def test_numbers_in_their_form_are_taken(number: str) -> None:
    assert rules.check_number(number, 2026) == number.strip()


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("", "请填写发文字号"),
        ("青党建[2026]12号", "是不是“青党建〔2026〕12号”"),
        ("青党建（2026）012号", "是不是“青党建〔2026〕12号”"),
        ("青党建〔2026〕第12号", "是不是“青党建〔2026〕12号”"),
        ("青党建〔2026〕12", "是不是“青党建〔2026〕12号”"),
        ("12号", "由机关代字、年份、序号组成"),
        ("青党建〔26〕12号", "由机关代字、年份、序号组成"),
        ("青党建〔2025〕12号", "年份是2025年，成文日期在2026年"),
    ],
)
def test_other_numbers_are_refused_with_what_is_meant(number: str, said: str) -> None:
    with pytest.raises(InputRefused) as refused:
        rules.check_number(number, 2026)
    assert said in refused.value.sentence and refused.value.field == "document"


def test_no_part_may_be_empty_but_for_the_record_block() -> None:
    whole = made.text().wording
    assert rules.check_wording(replace(whole, copies="", printed_by="")).copies == ""
    for name, title in PARTS:
        if name in rules.MAY_BE_EMPTY:
            continue
        with pytest.raises(InputRefused) as refused:
            rules.check_wording(replace(whole, **{name: " \n "}))
        assert refused.value.field == name and title in refused.value.sentence


def test_a_title_has_fifty_characters_at_most() -> None:
    whole = made.text().wording
    assert rules.check_wording(replace(whole, title="关" * 50)).title == "关" * 50
    with pytest.raises(InputRefused, match="最多 50 个字"):
        rules.check_wording(replace(whole, title="关" * 51))


def test_wording_is_tidied() -> None:
    whole = replace(made.text().wording, demands="  1. 整改。 \n\n 2. 补报。  ")
    assert rules.check_wording(whole).demands == "1. 整改。\n2. 补报。"
    assert replace(whole, introduction="一 二").characters == replace(whole, introduction="一二").characters


def test_the_day_of_a_document_lies_in_its_time() -> None:
    draft = IssueDraft("青党建〔2026〕12号", " 王玥 ", DAY)
    assert rules.check_issue(draft, date(2026, 7, 1), DAY).signed_by == "王玥"
    for day, said in ((date(2026, 10, 9), "还没有到"), (date(2026, 6, 30), "早于本季度第一天")):
        with pytest.raises(InputRefused, match=said):
            rules.check_issue(replace(draft, issued_on=day), date(2026, 7, 1), DAY)
    with pytest.raises(InputRefused, match="签发人"):
        rules.check_issue(replace(draft, signed_by=""), date(2026, 7, 1), DAY)


def test_receipts_name_branches_and_a_day_since_the_issue() -> None:
    draft = ReceiptDraft((1,), DAY, "李旭昇", ReceiptWay.CHAT)
    rules.check_receipt(draft, DAY, DAY)
    for wrong in (replace(draft, org_ids=()), replace(draft, received_on=date(2026, 10, 7)),
                  replace(draft, received_on=date(2026, 10, 9)), replace(draft, received_by="李" * 41)):  # fmt: skip
        with pytest.raises(InputRefused):
            rules.check_receipt(wrong, DAY, DAY)


def test_modes_have_their_words() -> None:
    assert [label(mode) for mode in BulletinMode] == ["仅等次", "不点名", "含排名（同类之内）"]

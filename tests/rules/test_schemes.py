"""What cannot even be kept as a draft is refused; the aims of a sheet and its grades are data."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from okr_desk.errors import InputRefused
from okr_desk.rules.grades import Grading, grading_from, grading_text
from okr_desk.rules.schemes import (
    BlockDraft,
    LineDraft,
    SchemeDraft,
    aims,
    check_draft,
)
from okr_desk.scoring.grade_schemes import GRADES, QUOTAS, STARS, Gate, GradeScheme
from okr_desk.terms import BlockKind, Dimension
from tests.plain_schemes import WHOLE, known, scheme

D = Decimal


def test_aims_are_shares_of_the_full_points() -> None:
    bonus = BlockDraft("加分", D(5), (LineDraft(2, D(5), "bonus"),), kind=BlockKind.BONUS)
    base = scheme(replace(WHOLE, maximum=D(6)), LineDraft(2, D(4), "linear"))
    found = aims(replace(base, blocks=(*base.blocks, bonus)), known())
    assert found.shares == {Dimension.BASIC: D("0.6"), Dimension.FUSION: D("0.4"), Dimension.INNOVATION: 0}
    assert found.indicators == 3


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        (scheme(WHOLE, from_quarter=5), "第几季度"),
        (replace(scheme(WHOLE), name=" "), "名称须填写"),
        (scheme(replace(WHOLE, maximum=D("NaN"))), "分值须是不小于 0 的数"),
        (scheme(WHOLE, bonus_cap=D(-1)), "分值须是不小于 0 的数"),
        (scheme(WHOLE, grades="优良中差"), "等次设置看不明白"),
    ],
)
def test_what_cannot_even_be_kept(broken: SchemeDraft, sentence: str) -> None:
    with pytest.raises(InputRefused, match=sentence):
        check_draft(broken)


def test_grades_are_data() -> None:
    assert grading_from("grades") == Grading(GRADES)
    assert grading_from("stars") == Grading(STARS, QUOTAS)
    assert (grading_text(Grading(GRADES)), grading_text(Grading(STARS, QUOTAS))) == ("grades", "stars")
    own = Grading(
        GradeScheme("三档", ((D(85), "优"), (D(60), "中")), "差", gates=(Gate(D(70), "中", "请核查"),)),
        {"优": D("0.3")},
    )
    assert grading_from(grading_text(own)) == own


@pytest.mark.parametrize("text", ["", "{}", '{"name":"a","bands":[["x","好"]],"rest":"差"}', "[1]", '{"name":1}'])
def test_grades_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(InputRefused, match="等次"):
        grading_from(text)


def test_quotas_name_known_grades_and_shares() -> None:
    text = grading_text(Grading(GRADES, {"好": D("0.2")}))
    for wrong in (text.replace('"好":"0.2"', '"好":"1.2"'), text.replace('"好":"0.2"', '"甲":"0.2"')):
        with pytest.raises(InputRefused):
            grading_from(wrong)

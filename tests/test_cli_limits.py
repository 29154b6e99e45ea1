"""`okr-desk calc rule na|veto|lock` and what limits a grade in `calc grade`: the domain's answers, and refusals."""

from __future__ import annotations

import re

import pytest

from okr_desk import cli_calc, i18n
from tests.test_cli_points import Capture, ask, refused


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        # domain 1.3 "N/A": 支委会 3 + 小组会 2 not applicable of a block of 8, 3 of 3 reached
        ("na max=8 lines=3:3,3:na,2:na", {"points": "8", "coverage": "0.375"}),
        ("na max=8 lines=3:1.5,3:na,2:na", {"points": "4", "coverage": "0.375"}),
        # 8 × (3 + 1) ÷ (3 + 2) = 6.4
        ("na max=8 lines=3:3,3:不适用,2:1", {"points": "6.4", "coverage": "0.625"}),
        # what is missing is no "not applicable": it takes its full points along, 8 × 3 ÷ 8
        ("na max=8 lines=3:3,3:missing,2:未报", {"points": "3", "coverage": "1"}),
        ("不适用 max=8 lines=3：3，3：na，2：na", {"points": "8", "coverage": "0.375"}),
        ("na max=8 lines=8:na", {"points": None, "coverage": "0"}),
        ("na max=8 lines=8:missing", {"points": None, "coverage": "1"}),
    ],
)
def test_what_does_not_apply_is_shared_by_the_rest(capsys: Capture, words: str, answer: dict[str, object]) -> None:
    assert ask(capsys, "rule", *words.split()) == answer


VETO = "一票否决：班子成员违纪（青纪〔2026〕3号），评为“较差”。"
LOCK = "红线：假定触碰红线（试算，无文号），不得评为“好”，最高为“较好”。"


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        # domain 1.3 "VETO / LOCK": the score stays, the grade is limited; 96 is 好, the lowest 较差 (facts 5 and 6)
        (
            "veto score=96 name=班子成员违纪 document=青纪〔2026〕3号",
            {"points": "96", "by_score": "好", "grade": "较差", "ceilings": [VETO]},
        ),
        ("lock score=96 highest=较好", {"points": "96", "by_score": "好", "grade": "较好", "ceilings": [LOCK]}),
        ("lock score=96", {"points": "96", "by_score": "好", "grade": "较好", "ceilings": [LOCK]}),
        ("限定等次 score=75 highest=较好", {"points": "75", "by_score": "一般", "grade": "一般", "ceilings": [LOCK]}),
        (
            "一票否决 score=96 scheme=stars name=弄虚作假",
            {
                "points": "96",
                "by_score": "五星",
                "grade": "无星",
                "ceilings": ["一票否决：弄虚作假（试算，无文号），评为“无星”。"],
            },
        ),
    ],
)
def test_veto_and_lock_leave_the_score(capsys: Capture, words: str, answer: dict[str, object]) -> None:
    assert ask(capsys, "rule", *words.split()) == answer


@pytest.mark.parametrize(
    ("words", "by_score", "grade", "limits"),
    [
        ("--score 96 --red-line 较好", "好", "较好", 1),
        ("--score 96 --red-line 较好 --red-line 一般", "好", "一般", 2),
        ("--score 96 --red-line 较好 --veto 违纪违法", "好", "较差", 2),
        ("--score 96 --veto 违纪违法 --scheme stars", "五星", "无星", 1),
        ("--score 96 --satisfaction 88 --red-line 较好", "好", "一般", 2),
        ("--score 55 --red-line 较好", "较差", "较差", 1),
    ],
)
def test_a_grade_with_red_lines_tells_both(capsys: Capture, words: str, by_score: str, grade: str, limits: int) -> None:
    found = ask(capsys, "grade", *words.split())
    assert (found["by_score"], found["grade"]) == (by_score, grade)
    assert isinstance(found["ceilings"], list) and len(found["ceilings"]) == limits


def test_without_json_a_person_can_follow(capsys: Capture) -> None:
    assert cli_calc.main(["calc", "rule", "na", "max=8", "lines=3:3,3:na,2:na"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "整块（满分 8 分）",
        "第1项：3 分（满分 3 分）",
        "第2项：不适用",
        "第3项：不适用",
        "不适用 2 项（第2项、第3项），其余各项满分 3 分，按这一块的满分折算。",
        "得分：8×3÷3＝8",
        "得分：8",
        "适用权重占比：0.375",
    ]
    assert cli_calc.main(["calc", "grade", "--score", "96", "--veto", "违纪违法"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "按得分率为“好”，受限后评为“较差”；原始得分不变。" in lines
    assert lines[-3:] == ["按得分等次：好", "等次：较差", "等次受限：一票否决：违纪违法（试算，无文号），评为“较差”。"]


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("rule na max=8", "缺少参数 lines"),
        ("rule na lines=3:3", "缺少参数 max"),
        ("rule na max=8 lines=3", "lines 要成对填写"),
        ("rule na max=8 lines=3:半", "lines 填的“半”不是可用的数字"),
        ("rule na max=8 lines=3:4", "第1项得 4 分，超过满分 3 分"),
        ("rule na max=8 lines=-3:1", "不能为负数"),
        ("rule na max=0 lines=0:0", "满分全为 0"),
        ("rule na max=8 lines=3:3 v=1", "没有参数“v”"),
        ("rule veto name=违纪", "缺少参数 score"),
        ("rule veto score=96 highest=较好", "没有参数“highest”"),
        ("rule lock score=96 highest=优秀", "没有“优秀”这个等次"),
        ("rule lock score=高", "score 填的“高”不是可用的数字"),
        ("rule lock score=96 scheme=五等", "没有“五等”这种等次办法"),
        ("grade --score 96 --red-line 优秀", "没有“优秀”这个等次"),
        ("grade --score 96 --red-line", "--red-line 后面缺少内容"),
        ("grade --score 96 --veto=", "红线事项须写明事由"),
    ],
)
def test_bad_input_gets_one_chinese_sentence(capsys: Capture, words: str, hint: str) -> None:
    assert hint in refused(capsys, *words.split())


@pytest.mark.parametrize(("word", "said"), [("rule", "na max=8 lines=3:3,3:na,2:na"), ("grade", "--red-line 最高等次")])
def test_help_says_how(capsys: Capture, word: str, said: str) -> None:
    assert cli_calc.main(["calc", word, "--help"]) == 0
    assert said in capsys.readouterr().out


def test_answers_in_english_hold_no_chinese(capsys: Capture) -> None:
    with i18n.using("en"):
        for words in ("na max=8 lines=3:3,3:na,2:na", "veto score=96 name=bribe", "lock score=96 highest=一般"):
            assert cli_calc.main(["calc", "rule", *words.split()]) == 0
        assert cli_calc.main(["calc", "grade", "--score", "96", "--red-line", "较好"]) == 0
    assert not re.search(r"[\u4e00-\u9fff]", capsys.readouterr().out)

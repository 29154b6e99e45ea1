"""Papers of the incentive chain read back: what stands on them, on how many pages, with the seal's space free."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from okr_desk.appraisal_terms import AppraisalKind
from okr_desk.reports import registry
from okr_desk.reports.outcome import Printed
from okr_desk.reports.responsibility import _signed
from okr_desk.reports.signatures import SEAL_HEIGHT, SEAL_WIDTH
from tests.reports import pdf, samples, title_samples

AT = datetime(2026, 10, 8, tzinfo=UTC)


def printed(key: str, form: object, tmp_path: Path) -> Printed:
    document = registry.by_key(key)
    assert document is not None
    return document.render([form], tmp_path / f"{key}.pdf", printed_at=AT, bundled_fonts=True)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (
            "title-form",
            ("四强党支部申报评定表", "年度等次为“好”，要求“较好”以上", "有1张红牌没有摘除", "政治功能强", "89.3",
             "青党〔2026〕21号", "镇党委评定意见（盖章）", "互评（权重30）"),
        ),
        (
            "secretary-ballot",
            ("2026年述职评议测评票（领导）", "2026年述职评议测评票（群众）", "被测评人：李旭昇", "政治建设",
             "班子与责任落实", "组织生活与党员管理", "服务群众与中心工作", "作风廉洁", "总体评价", "本票不记名"),
        ),
        (
            "secretary-count",
            ("述职评议计票汇总表", "加权得分", "93.73", "领导", "计票人", "监票人", "“好”1人，最多0人"),
        ),
        (
            "member-ballot",
            ("民主评议党员测评票", "理想信念", "组织纪律", "廉洁自律", "联系群众", "模范作用", "基本合格",
             "1理想信念动摇", "10受到处理、处分", "预备党员参加评议，不定等次"),
        ),
        ("member-count", ("不定等次", "优秀", "有效票", "25", "覃喆")),
        (
            "incentives",
            ("激励建议表", "仅供参考，不作为发放依据，以上级文件为准。", "1.1036", "90.36", "先进基层党组织",
             "系数＝0.8＋0.4×（得分率－60）÷40"),
        ),
        ("candidates", ("定向招录候选名单", "没有2025年度的数据", "一、候选名单", "二、接近条件的", "不代表录用")),
        (
            "responsibility",
            ("2026年度基层党建目标责任书", "甲方：中共青山镇委员会", "乙方：中共青山镇桃源村支部委员会", "一、目标任务",
             "四、考核和结果运用", "一式两份", "书记（王喆）签名"),
        ),
    ],
)  # fmt: skip
def test_what_stands_on_paper(key: str, words: tuple[str, ...], tmp_path: Path) -> None:
    done = printed(key, title_samples.SAMPLES[key](), tmp_path)
    said = pdf.squeezed(done.path)
    assert [word for word in words if word not in said] == []
    assert done.missing == () and pdf.unembedded(done.path) == []


def test_a_count_that_was_opened_again_says_so(tmp_path: Path) -> None:
    form = title_samples.count_form(AppraisalKind.MEMBERS)
    again = replace(form, of=replace(form.of, reopened=("漏计 1 张", "等次复议")))
    said = pdf.squeezed(printed("member-count", again, tmp_path).path)
    assert "（第3版）" in said and "3.本表为第3版：办结后重新开放，理由：漏计1张；等次复议。" in said
    assert "版" not in pdf.squeezed(printed("member-count", form, tmp_path).path)


def test_the_weighted_score_on_paper_is_the_one_worked_out_by_hand(tmp_path: Path) -> None:
    """Leaders 94.6 · 30, peers 92.5 · 20, members (12·100 + 6·85 + 70)/19 = 93.684… · 30: 7498.5…/80 = 93.73…"""
    form = title_samples.count_form(AppraisalKind.SECRETARIES)
    score = form.of.people[0].score.value
    assert score is not None
    expected = (94.6 * 30 + 92.5 * 20 + (1200 + 510 + 70) / 19 * 30) / 80
    assert abs(float(score) - expected) < 1e-9


def test_forms_that_belong_on_one_page_stay_there(tmp_path: Path) -> None:
    assert printed("title-form", title_samples.title_form(), tmp_path).pages == 1
    blank = replace(title_samples.title_form(), title=None)
    assert printed("title-form", blank, tmp_path).pages == 1


def test_six_slips_a_page_and_one_page_a_class(tmp_path: Path) -> None:
    six = title_samples.ballot(AppraisalKind.SECRETARIES, *(f"书记{n}" for n in range(6)))
    done = printed("secretary-ballot", six, tmp_path)
    assert done.pages == 4 and pdf.bookmarks(done.path) == [("领导", 0), ("同级", 1), ("党员", 2), ("群众", 3)]
    seven = title_samples.ballot(AppraisalKind.SECRETARIES, *(f"书记{n}" for n in range(7)))
    assert printed("secretary-ballot", seven, tmp_path).pages == 8


def test_a_ballot_says_nothing_of_who_filled_it_in(tmp_path: Path) -> None:
    for key in ("secretary-ballot", "member-ballot"):
        said = pdf.squeezed(printed(key, title_samples.SAMPLES[key](), tmp_path).path)
        assert "编号" not in said.replace("填编号", "") and "不记名" in said


def test_the_seal_s_space_of_the_letter_is_free() -> None:
    """54 mm high, the name above and one line below: 45 mm stay free; half of 156 mm wide."""
    block = _signed(title_samples.letter())
    for one in (*block.left, *block.right):
        assert one.seal and len(one.lines) == 1 and one.height >= SEAL_HEIGHT
    assert block.width / 2 > SEAL_WIDTH


def test_a_long_letter_keeps_its_signatures_whole(tmp_path: Path) -> None:
    form = title_samples.letter()
    long = replace(form, objectives=form.objectives * 6)
    done = printed("responsibility", long, tmp_path)
    last = "".join(pdf.texts(done.path)[-1].split())
    assert "甲方（盖章）" in last and "乙方（章，无章可不盖）" in last


def test_the_file_is_the_same_twice(tmp_path: Path) -> None:
    for key, sample in title_samples.SAMPLES.items():
        first = printed(key, sample(), tmp_path).path.read_bytes()
        assert printed(key, sample(), tmp_path).path.read_bytes() == first, key


def test_one_file_a_branch(tmp_path: Path) -> None:
    for key in ("title-form", "member-ballot", "member-count", "responsibility"):
        document = registry.by_key(key)
        assert document is not None and document.render_each is not None
        (made,) = document.render_each([title_samples.SAMPLES[key]()], tmp_path, printed_at=AT, bundled_fonts=True)
        assert made.path.name.startswith("桃源村党支部_")
    assert samples.ORG.short_name == "桃源村党支部"
